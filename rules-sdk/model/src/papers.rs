//! Papers: legal bases, plans, opinions, appraisal, attachments.

use kycuong_rules_macros::View;

use crate::codes::{
    DirectiveType, DocumentFormat, DocumentOrigin, DocumentType, Level, PlanType, Role,
    SignatureStatus,
};
use crate::date::Date;
use crate::money::Money;
use crate::view::{Count, Field, List, Object, Text};

/// Một căn cứ pháp lý.
#[derive(View)]
pub struct LegalBasis<'a> {
    /// Số, ký hiệu
    pub number: Field<'a, Text<'a>>,
    /// Ngày ban hành
    pub date: Field<'a, Date>,
    /// Cơ quan ban hành
    pub issuer: Field<'a, Text<'a>>,
    /// Trích yếu
    pub title: Field<'a, Text<'a>>,
    /// Điều, khoản, điểm hoặc số nhiệm vụ
    pub clause: Field<'a, Text<'a>>,
    /// Là nghị định về quản lý đầu tư mà hồ sơ lập theo
    pub governing: Field<'a, bool>,
    /// Dùng làm căn cứ cho: `necessity`, `kind`, …
    pub used_for: List<'a, Field<'a, Text<'a>>>,
}

/// Kế hoạch làm căn cứ.
#[derive(View)]
pub struct PlanRef<'a> {
    /// Loại kế hoạch
    pub r#type: Field<'a, PlanType>,
    /// Số, ký hiệu
    pub number: Field<'a, Text<'a>>,
    /// Ngày ban hành
    pub date: Field<'a, Date>,
    /// Cấp ban hành
    pub issuer_level: Field<'a, Level>,
    /// Từ năm
    pub period_from: Field<'a, Count>,
    /// Đến năm
    pub period_to: Field<'a, Count>,
    /// Mục trong kế hoạch
    pub item_code: Field<'a, Text<'a>>,
    /// Mã dự án
    pub project_code: Field<'a, Text<'a>>,
    /// Kinh phí ghi trong kế hoạch
    pub amount: Field<'a, Money>,
}

/// Văn bản chỉ đạo khi đột xuất.
#[derive(View)]
pub struct DirectiveRef<'a> {
    /// Loại văn bản
    pub r#type: Field<'a, DirectiveType>,
    /// Số, ký hiệu
    pub number: Field<'a, Text<'a>>,
    /// Ngày ban hành
    pub date: Field<'a, Date>,
    /// Điều, khoản, mục
    pub clause: Field<'a, Text<'a>>,
}

/// Ý kiến của một cơ quan.
#[derive(View)]
pub struct Opinion<'a> {
    /// Vai trò của cơ quan
    pub from_role: Field<'a, Role>,
    /// Tên cơ quan
    pub from: Field<'a, Text<'a>>,
    /// Số văn bản
    pub number: Field<'a, Text<'a>>,
    /// Ngày
    pub date: Field<'a, Date>,
    /// Kinh phí nêu trong ý kiến
    pub total: Field<'a, Money>,
    /// Kết quả
    pub result: Field<'a, Text<'a>>,
    /// Tóm tắt
    pub summary: Field<'a, Text<'a>>,
    /// Lý do không cần ý kiến
    pub not_needed_reason: Field<'a, Text<'a>>,
}

/// Thẩm định.
#[derive(View)]
pub struct Appraisal<'a> {
    /// Ngày nhận hồ sơ hợp lệ
    pub received_on: Field<'a, Date>,
    /// Ngày gửi lấy ý kiến thẩm định thiết kế
    pub sent_for_design_on: Field<'a, Date>,
    /// Ngày yêu cầu bổ sung
    pub supplement_requested_on: Field<'a, Date>,
    /// Kết quả thẩm định thiết kế
    pub design_report: Object<'a, AppraisalReport<'a>>,
    /// Báo cáo thẩm định
    pub report: Object<'a, AppraisalReport<'a>>,
    /// Ngày quyết định
    pub decided_on: Field<'a, Date>,
    /// Do hội đồng thẩm định
    pub by_council: Field<'a, bool>,
}

/// Một kết quả thẩm định.
#[derive(View)]
pub struct AppraisalReport<'a> {
    /// Số văn bản
    pub number: Field<'a, Text<'a>>,
    /// Ngày
    pub date: Field<'a, Date>,
    /// Mã định danh đơn vị thẩm định
    pub appraiser_org_id: Field<'a, Text<'a>>,
    /// Giấy tờ kèm theo
    pub document_id: Field<'a, Text<'a>>,
}

/// Một giấy tờ kèm theo.
#[derive(View)]
pub struct Attachment<'a> {
    /// Mã giấy tờ trong hồ sơ
    pub document_id: Field<'a, Text<'a>>,
    /// Loại giấy tờ
    pub document_type: Field<'a, DocumentType>,
    /// Số, ký hiệu
    pub number: Field<'a, Text<'a>>,
    /// Ngày
    pub date: Field<'a, Date>,
    /// Tên giấy tờ
    pub title: Field<'a, Text<'a>>,
    /// Người ký
    pub signer: Object<'a, Signer<'a>>,
    /// Tình trạng chữ ký số
    pub signature_status: Field<'a, SignatureStatus>,
    /// Định dạng
    pub format: Field<'a, DocumentFormat>,
    /// Nguồn gốc bản điện tử
    pub origin: Field<'a, DocumentOrigin>,
    /// Là bí mật nhà nước
    pub secret: Field<'a, bool>,
    /// Số tiền ghi trong giấy tờ
    pub amount: Field<'a, Money>,
}

/// Người ký.
#[derive(View)]
pub struct Signer<'a> {
    /// Họ và tên
    pub name: Field<'a, Text<'a>>,
    /// Chức vụ
    pub position: Field<'a, Text<'a>>,
    /// Ký thay, ký thừa lệnh
    pub on_behalf: Field<'a, bool>,
    /// Văn bản ủy quyền (mã giấy tờ kèm theo)
    pub authorisation_id: Field<'a, Text<'a>>,
}
