//! The portfolio: many projects of one owner or province.

use kycuong_rules_macros::View;

use crate::codes::{ReviewOutcome, Stage, SubjectKind};
use crate::date::Date;
use crate::dossier::{Issue, Kpi};
use crate::money::Money;
use crate::procurement::Package;
use crate::regime::Regime;
use crate::subject::{Owner, ProvinceRef};
use crate::view::{Count, Field, List, Object, Text, Timestamp};

/// Danh mục nhiệm vụ, dự án.
#[derive(View)]
pub struct Portfolio<'a> {
    /// Phiên bản lược đồ dữ liệu
    #[view(required)]
    pub schema_version: Field<'a, Text<'a>>,
    /// Đối tượng kiểm tra
    #[view(required)]
    pub subject: Field<'a, SubjectKind>,
    /// Mã hồ sơ
    pub code: Field<'a, Text<'a>>,
    /// Chế độ pháp lý (nghị định áp dụng)
    pub regime: Field<'a, Regime>,
    /// Ngày lấy số liệu
    pub as_of: Field<'a, Date>,
    /// Thời điểm nộp
    pub submitted_at: Field<'a, Timestamp>,
    /// Tỉnh, thành phố
    pub province: Object<'a, ProvinceRef<'a>>,
    /// Đơn vị
    pub owner: Object<'a, Owner<'a>>,
    /// Các nhiệm vụ, dự án
    pub projects: List<'a, Project<'a>>,
    /// Các báo cáo đã nhận
    pub reports: List<'a, ReceivedReport<'a>>,
}

/// Một nhiệm vụ, dự án trong danh mục.
#[derive(View)]
pub struct Project<'a> {
    /// Mã
    pub id: Field<'a, Text<'a>>,
    /// Tên
    pub title: Field<'a, Text<'a>>,
    /// Chủ đầu tư
    pub owner: Object<'a, Owner<'a>>,
    /// Bước
    pub stage: Field<'a, Stage>,
    /// Đang được sử dụng
    pub in_use: Field<'a, bool>,
    /// Ngày bắt đầu
    pub started_on: Field<'a, Date>,
    /// Ngày dự kiến kết thúc
    pub planned_end: Field<'a, Date>,
    /// Ngày nghiệm thu, bàn giao
    pub accepted_on: Field<'a, Date>,
    /// Ngày cung cấp thông tin hoàn thành
    pub completion_informed_on: Field<'a, Date>,
    /// Tổng kinh phí
    pub total: Field<'a, Money>,
    /// Kinh phí đã bố trí
    pub allocated: Field<'a, Money>,
    /// Ngày bố trí
    pub allocated_on: Field<'a, Date>,
    /// Đã giải ngân
    pub disbursed: Field<'a, Money>,
    /// Mức độ ưu tiên
    pub priority: Field<'a, Count>,
    /// Quý bắt đầu: `2026-Q3`
    pub start_quarter: Field<'a, Text<'a>>,
    /// Quý kết thúc
    pub end_quarter: Field<'a, Text<'a>>,
    /// Phụ thuộc (mã)
    pub depends_on: List<'a, Field<'a, Text<'a>>>,
    /// Báo cáo đánh giá hiệu quả
    pub effectiveness_report: Object<'a, EffectivenessReport<'a>>,
    /// Chỉ tiêu hiệu quả
    pub kpis: List<'a, Kpi<'a>>,
    /// Lần sử dụng gần nhất
    pub last_used_on: Field<'a, Date>,
    /// Kết quả rà soát
    pub review_outcome: Field<'a, ReviewOutcome>,
    /// Khó khăn, vướng mắc đã phản ánh
    pub issues: List<'a, Issue<'a>>,
    /// Hệ thống (mã)
    pub system_id: Field<'a, Text<'a>>,
    /// Mã chức năng
    pub function_code: Field<'a, Text<'a>>,
    /// Quyết định cấp kinh phí
    pub funding_decision: Field<'a, Text<'a>>,
    /// Các gói thầu
    pub packages: List<'a, Package<'a>>,
}

/// Báo cáo đánh giá hiệu quả.
#[derive(View)]
pub struct EffectivenessReport<'a> {
    /// Số văn bản
    pub number: Field<'a, Text<'a>>,
    /// Ngày gửi
    pub date: Field<'a, Date>,
    /// Nơi nhận
    pub received_by: Field<'a, crate::codes::Role>,
}

/// Báo cáo đã nhận.
#[derive(View)]
pub struct ReceivedReport<'a> {
    /// Dự án (mã)
    pub project_id: Field<'a, Text<'a>>,
    /// Ngày nhận
    pub received_on: Field<'a, Date>,
    /// Ngày trả lời
    pub answered_on: Field<'a, Date>,
}
