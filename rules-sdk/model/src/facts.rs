//! Reference data that the host hands to rules: only the tables and rows that their manifest names.
//!
//! A facts document is an object with one member for each table supplied: a list of rows whose
//! members are the table's columns, all of them texts.

use kycuong_rules_macros::View;

use crate::date::Date;
use crate::money::Money;
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
    /// Phạm vi
    pub scope: Field<'a, Text<'a>>,
    /// Đơn vị chủ quản (mã định danh)
    pub owner: Field<'a, Text<'a>>,
    /// Lĩnh vực
    pub domain: Field<'a, Text<'a>>,
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
}

/// Mặt bằng giá của một mặt hàng.
#[derive(View)]
pub struct PriceBenchmark<'a> {
    /// Khóa tra giá
    pub item_key: Field<'a, Text<'a>>,
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Giá trước thuế
    pub price: Field<'a, Money>,
    /// Ngày
    pub date: Field<'a, Date>,
}

/// Một ngày của lịch.
#[derive(View)]
pub struct CalendarDay<'a> {
    /// Ngày
    pub date: Field<'a, Date>,
    /// Là ngày làm việc: `yes` hoặc `no`
    pub working: Field<'a, Text<'a>>,
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
    /// Kinh phí
    pub total: Field<'a, Money>,
    /// Năm bắt đầu
    pub start_year: Field<'a, Text<'a>>,
    /// Ngày báo cáo hiệu quả
    pub report_date: Field<'a, Date>,
}
