//! Reference data that the host hands to rules: only the tables and rows that their manifest names.
//!
//! A facts document is an object with one member for each table supplied: a list of rows whose
//! members are the table's columns, all of them texts. A cell without text is a member left out.

mod need;
mod selection;
mod tables;

pub use need::{FactNeedError, is_column, is_value};
pub use selection::values_at;
pub use tables::{FACT_TABLES, Format, TableDescription};

use kycuong_rules_macros::View;

use crate::codes::Stage;
use crate::date::Date;
use crate::money::Money;
use crate::regime::Regime;
use crate::view::{Field, List, Text};

/// Dữ liệu tham chiếu.
#[derive(View)]
pub struct Facts<'a> {
    /// Văn bản pháp lý và hiệu lực
    pub legal_register: List<'a, LegalInstrument<'a>>,
    /// Mục lục ngân sách
    pub budget_codes: List<'a, BudgetCode<'a>>,
    /// Danh mục hệ thống thông tin
    pub systems: List<'a, InventorySystem<'a>>,
    /// Nền tảng dùng chung
    pub shared_platforms: List<'a, SharedPlatform<'a>>,
    /// Mặt bằng giá
    pub price_benchmarks: List<'a, PriceBenchmark<'a>>,
    /// Lịch ngày làm việc
    pub working_days: List<'a, CalendarDay<'a>>,
    /// Lịch sử nhiệm vụ, dự án của đơn vị
    pub project_history: List<'a, HistoryProject<'a>>,
    /// Kết luận kiểm tra, thanh tra
    pub inspections: List<'a, Inspection<'a>>,
    /// Báo cáo định kỳ của đơn vị
    pub unit_reports: List<'a, UnitReport<'a>>,
    /// Xếp hạng sẵn sàng ứng dụng công nghệ thông tin
    pub readiness_ranks: List<'a, ReadinessRank<'a>>,
    /// Danh mục cấp xã
    pub communes: List<'a, Commune<'a>>,
}

/// Một văn bản pháp lý.
#[derive(View)]
pub struct LegalInstrument<'a> {
    /// Số, ký hiệu
    pub number: Field<'a, Text<'a>>,
    /// Tên
    pub title: Field<'a, Text<'a>>,
    /// Có hiệu lực từ ngày
    pub from: Field<'a, Date>,
    /// Hết hiệu lực sau ngày
    pub to: Field<'a, Date>,
    /// Bị thay thế bởi
    pub replaced_by: Field<'a, Text<'a>>,
    /// Chế độ pháp lý mà văn bản quy định, khi là nghị định về quản lý đầu tư
    pub regime: Field<'a, Regime>,
}

/// Một mã mục lục ngân sách.
#[derive(View)]
pub struct BudgetCode<'a> {
    /// Loại mã: `chapter`, `category`, `item`, `section`, `subsection`, `programme`
    pub kind: Field<'a, Text<'a>>,
    /// Mã
    pub code: Field<'a, Text<'a>>,
    /// Mã cha
    pub parent: Field<'a, Text<'a>>,
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Từ năm ngân sách
    pub from: Field<'a, Date>,
    /// Đến năm ngân sách
    pub to: Field<'a, Date>,
}

/// Một hệ thống trong danh mục.
#[derive(View)]
pub struct InventorySystem<'a> {
    /// Mã
    pub id: Field<'a, Text<'a>>,
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Mã chức năng
    pub function_code: Field<'a, Text<'a>>,
    /// Phạm vi: `VN`, mã tỉnh hai chữ số, hoặc mã định danh của đơn vị
    pub scope: Field<'a, Text<'a>>,
    /// Đơn vị chủ quản (mã định danh)
    pub owner: Field<'a, Text<'a>>,
    /// Lĩnh vực
    pub domain: Field<'a, Text<'a>>,
    /// Là hệ thống lõi: `yes` hoặc `no`
    pub is_core: Field<'a, Text<'a>>,
}

/// Một nền tảng dùng chung.
#[derive(View)]
pub struct SharedPlatform<'a> {
    /// Mã
    pub id: Field<'a, Text<'a>>,
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Mã chức năng
    pub function_code: Field<'a, Text<'a>>,
    /// Cấp: `national` hoặc `province`
    pub level: Field<'a, Text<'a>>,
    /// Loại: `platform` hoặc `infrastructure` (trung tâm dữ liệu, điện toán đám mây)
    pub kind: Field<'a, Text<'a>>,
    /// Mã tỉnh hai chữ số; để trống khi dùng chung cả nước
    pub province: Field<'a, Text<'a>>,
}

/// Mặt bằng giá của một mặt hàng.
#[derive(View)]
pub struct PriceBenchmark<'a> {
    /// Khóa tra giá
    pub item_key: Field<'a, Text<'a>>,
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Đơn vị tính
    pub unit: Field<'a, Text<'a>>,
    /// Giá trước thuế
    pub price: Field<'a, Money>,
    /// Nguồn giá
    pub source: Field<'a, Text<'a>>,
    /// Ngày
    pub date: Field<'a, Date>,
}

/// Một ngày khác lịch thường: ngày nghỉ lễ, hoặc ngày thứ Bảy, Chủ nhật làm bù.
///
/// Ngày không có trong bảng là ngày làm việc từ thứ Hai đến thứ Sáu. Mỗi năm đều có ngày lễ, nên một năm không có dòng
/// nào là năm chưa có lịch.
#[derive(View)]
pub struct CalendarDay<'a> {
    /// Ngày
    pub date: Field<'a, Date>,
    /// Là ngày làm việc: `yes` hoặc `no`
    pub working: Field<'a, Text<'a>>,
    /// Ngày gì
    pub name: Field<'a, Text<'a>>,
}

/// Một nhiệm vụ, dự án trước đây của đơn vị.
#[derive(View)]
pub struct HistoryProject<'a> {
    /// Mã
    pub id: Field<'a, Text<'a>>,
    /// Chủ đầu tư (mã định danh)
    pub owner: Field<'a, Text<'a>>,
    /// Tên
    pub title: Field<'a, Text<'a>>,
    /// Mã chức năng
    pub function_code: Field<'a, Text<'a>>,
    /// Quyết định cấp kinh phí
    pub funding_decision: Field<'a, Text<'a>>,
    /// Ngày ban hành quyết định cấp kinh phí; số quyết định lặp lại qua các năm và giữa các cơ quan
    pub funding_decided_on: Field<'a, Date>,
    /// Kinh phí
    pub total: Field<'a, Money>,
    /// Năm bắt đầu
    pub start_year: Field<'a, Text<'a>>,
    /// Ngày báo cáo hiệu quả
    pub report_date: Field<'a, Date>,
    /// Bước
    pub stage: Field<'a, Stage>,
    /// Đang được sử dụng: `yes` hoặc `no`
    pub in_use: Field<'a, Text<'a>>,
    /// Ngày bắt đầu
    pub started_on: Field<'a, Date>,
    /// Ngày kết thúc
    pub ended_on: Field<'a, Date>,
    /// Hệ thống được đầu tư (mã)
    pub system_id: Field<'a, Text<'a>>,
    /// Đã giải ngân
    pub disbursed: Field<'a, Money>,
}

/// Một nội dung phải khắc phục theo kết luận kiểm tra.
#[derive(View)]
pub struct Inspection<'a> {
    /// Mã
    pub id: Field<'a, Text<'a>>,
    /// Đơn vị được kiểm tra (mã định danh)
    pub owner: Field<'a, Text<'a>>,
    /// Số văn bản kết luận
    pub number: Field<'a, Text<'a>>,
    /// Ngày kết luận
    pub date: Field<'a, Date>,
    /// Nội dung phải khắc phục
    pub content: Field<'a, Text<'a>>,
    /// Hạn khắc phục
    pub due: Field<'a, Date>,
    /// Ngày khắc phục xong
    pub closed_on: Field<'a, Date>,
}

/// Một báo cáo định kỳ mà đơn vị phải gửi.
#[derive(View)]
pub struct UnitReport<'a> {
    /// Đơn vị (mã định danh)
    pub owner: Field<'a, Text<'a>>,
    /// Tên báo cáo
    pub name: Field<'a, Text<'a>>,
    /// Kỳ báo cáo
    pub period: Field<'a, Text<'a>>,
    /// Hạn gửi
    pub due: Field<'a, Date>,
    /// Ngày gửi
    pub sent_on: Field<'a, Date>,
}

/// Xếp hạng của một đơn vị trong một năm.
#[derive(View)]
pub struct ReadinessRank<'a> {
    /// Đơn vị (mã định danh)
    pub owner: Field<'a, Text<'a>>,
    /// Năm
    pub year: Field<'a, Text<'a>>,
    /// Thứ hạng
    pub rank: Field<'a, Text<'a>>,
    /// Số đơn vị được xếp hạng
    pub units: Field<'a, Text<'a>>,
    /// Điểm
    pub score: Field<'a, Text<'a>>,
}

/// Một xã, phường, đặc khu.
#[derive(View)]
pub struct Commune<'a> {
    /// Mã năm chữ số
    pub code: Field<'a, Text<'a>>,
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Mã tỉnh hai chữ số
    pub province: Field<'a, Text<'a>>,
    /// Có hiệu lực từ ngày
    pub from: Field<'a, Date>,
    /// Đến hết ngày
    pub to: Field<'a, Date>,
}
