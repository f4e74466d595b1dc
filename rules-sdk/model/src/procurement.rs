//! Procurement: packages and the order of events.

use kycuong_rules_macros::View;

use crate::codes::{PackageCategory, ProcurementForm};
use crate::date::Date;
use crate::money::Money;
use crate::view::{Count, Field, List, Object, Text};

/// Đấu thầu.
#[derive(View)]
pub struct Procurement<'a> {
    /// Thuộc dự án (không phải dự toán mua sắm)
    pub is_project: Field<'a, bool>,
    /// Các gói thầu
    pub packages: List<'a, Package<'a>>,
    /// Các mốc
    pub events: Object<'a, ProcurementEvents<'a>>,
}

/// Một gói thầu.
#[derive(View)]
pub struct Package<'a> {
    /// Mã gói thầu
    pub id: Field<'a, Text<'a>>,
    /// Tên gói thầu
    pub name: Field<'a, Text<'a>>,
    /// Lĩnh vực
    pub category: Field<'a, PackageCategory>,
    /// Hình thức lựa chọn nhà thầu
    pub form: Field<'a, ProcurementForm>,
    /// Căn cứ chỉ định thầu: `nd-214-2025/78/3/d`
    pub form_basis: Field<'a, Text<'a>>,
    /// Tài liệu chứng minh căn cứ (mã giấy tờ kèm theo)
    pub form_evidence_id: Field<'a, Text<'a>>,
    /// Giá gói thầu
    pub price: Field<'a, Money>,
    /// Nhóm hàng hóa, dịch vụ
    pub goods_group: Field<'a, Text<'a>>,
    /// Thời điểm dự kiến
    pub planned_at: Field<'a, Date>,
    /// Dòng ngân sách
    pub budget_line: Field<'a, Text<'a>>,
    /// Năm ngân sách
    pub budget_year: Field<'a, Count>,
    /// Gói thầu chuẩn bị dự án
    pub preparation: Field<'a, bool>,
    /// Các mốc riêng của gói
    pub events: Object<'a, ProcurementEvents<'a>>,
}

/// Các mốc đấu thầu.
#[derive(View)]
pub struct ProcurementEvents<'a> {
    /// Quyết định phê duyệt
    pub approval: Field<'a, Date>,
    /// Kế hoạch lựa chọn nhà thầu
    pub plan: Field<'a, Date>,
    /// Phát hành hồ sơ mời thầu, hồ sơ yêu cầu
    pub invitation: Field<'a, Date>,
    /// Phê duyệt kết quả lựa chọn nhà thầu
    pub award: Field<'a, Date>,
    /// Ký hợp đồng
    pub contract: Field<'a, Date>,
}
