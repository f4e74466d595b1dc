//! The solution: components, systems, interoperability, security, architecture, data.

use kycuong_rules_macros::View;

use crate::codes::{
    ComponentAction, ComponentType, CoreRelation, InteropVia, Provision, SecurityCriterion,
};
use crate::date::Date;
use crate::money::Quantity;
use crate::subject::DecisionRef;
use crate::view::{Count, Field, List, Object, Text};

/// Một cấu phần.
#[derive(View)]
pub struct Component<'a> {
    /// Mã cấu phần
    pub id: Field<'a, Text<'a>>,
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Loại
    pub r#type: Field<'a, ComponentType>,
    /// Việc làm
    pub action: Field<'a, ComponentAction>,
    /// Cách có được
    pub provision: Field<'a, Provision>,
    /// Hệ thống được nâng cấp, mở rộng (mã)
    pub target_system_id: Field<'a, Text<'a>>,
    /// Cách mà hệ thống được nâng cấp đã có được
    pub target_acquired_by: Field<'a, Provision>,
    /// Hệ thống quan trọng về an ninh quốc gia
    pub national_security: Field<'a, bool>,
    /// Mã chức năng
    pub function_code: Field<'a, Text<'a>>,
    /// Ngành, lĩnh vực khi thuộc hệ thống ngành dọc
    pub sector: Field<'a, Text<'a>>,
    /// Quan hệ với hệ thống lõi
    pub relation: Field<'a, CoreRelation>,
    /// Lý do độc lập
    pub standalone_reason: Object<'a, StandaloneReason<'a>>,
    /// Mục tiêu phục vụ
    pub objective_ids: List<'a, Field<'a, Text<'a>>>,
    /// Số lượng (thiết bị)
    pub quantity: Field<'a, Quantity>,
    /// Năng lực mỗi thiết bị
    pub capacity: Field<'a, Quantity>,
}

/// Lý do xây dựng độc lập, được cấp có thẩm quyền chấp thuận.
#[derive(View)]
pub struct StandaloneReason<'a> {
    /// Lý do
    pub text: Field<'a, Text<'a>>,
    /// Cơ quan, người chấp thuận
    pub approved_by: Field<'a, Text<'a>>,
}

/// Hệ thống lõi và kế thừa.
#[derive(View)]
pub struct Systems<'a> {
    /// Hệ thống lõi (mã)
    pub core_system_id: Field<'a, Text<'a>>,
    /// Hệ thống của chính hồ sơ là hệ thống lõi
    pub is_core: Field<'a, bool>,
    /// Lý do là hệ thống lõi
    pub core_reason: Field<'a, Text<'a>>,
    /// Phân tích kế thừa, tận dụng
    pub reuse_analysis: List<'a, ReuseEntry<'a>>,
}

/// Phân tích kế thừa một hệ thống.
#[derive(View)]
pub struct ReuseEntry<'a> {
    /// Hệ thống (mã)
    pub system_id: Field<'a, Text<'a>>,
    /// Quyết định
    pub decision: Field<'a, Text<'a>>,
    /// Lý do
    pub reason: Field<'a, Text<'a>>,
}

/// Kết nối, chia sẻ dữ liệu.
#[derive(View)]
pub struct Interop<'a> {
    /// Cách kết nối
    pub via: Field<'a, InteropVia>,
    /// Lý do khi kết nối trực tiếp hoặc không kết nối
    pub reason: Field<'a, Text<'a>>,
    /// Các hệ thống kết nối
    pub counterparts: List<'a, Counterpart<'a>>,
    /// Các dịch vụ kết nối (API)
    pub apis: List<'a, Api<'a>>,
    /// Báo cáo, thống kê ngành
    pub reports: List<'a, Field<'a, Text<'a>>>,
}

/// Hệ thống kết nối.
#[derive(View)]
pub struct Counterpart<'a> {
    /// Hệ thống (mã)
    pub system_id: Field<'a, Text<'a>>,
    /// Thuộc Bộ, ngành hoặc quốc gia
    pub national: Field<'a, bool>,
}

/// Dịch vụ kết nối.
#[derive(View)]
pub struct Api<'a> {
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Chiều dữ liệu: `in`, `out` hoặc `both`
    pub direction: Field<'a, Text<'a>>,
    /// Dữ liệu
    pub data: Field<'a, Text<'a>>,
}

/// An ninh mạng.
#[derive(View)]
pub struct Security<'a> {
    /// Cấp độ đề xuất (1 đến 5)
    pub proposed_level: Field<'a, Count>,
    /// Tiêu chí
    pub criteria_hit: List<'a, Field<'a, SecurityCriterion>>,
    /// Thuyết minh cấp độ (giấy tờ kèm theo)
    pub explanation_document_id: Field<'a, Text<'a>>,
    /// Quyết định phê duyệt cấp độ
    pub level_decision: Object<'a, DecisionRef<'a>>,
}

/// Dữ liệu cá nhân.
#[derive(View)]
pub struct PersonalData<'a> {
    /// Số chủ thể dữ liệu cơ bản
    pub basic_subjects: Field<'a, Count>,
    /// Số chủ thể dữ liệu nhạy cảm
    pub sensitive_subjects: Field<'a, Count>,
    /// Hồ sơ đánh giá tác động (giấy tờ kèm theo)
    pub impact_assessment_id: Field<'a, Text<'a>>,
    /// Ngày dự kiến đánh giá
    pub impact_assessment_planned_on: Field<'a, Date>,
}

/// Khung kiến trúc.
#[derive(View)]
pub struct Architecture<'a> {
    /// Khung kiến trúc áp dụng
    pub framework: Field<'a, Text<'a>>,
    /// Quyết định ban hành
    pub decision_number: Field<'a, Text<'a>>,
    /// Ngày ban hành
    pub decision_date: Field<'a, Date>,
    /// Lớp trong kiến trúc
    pub layer: Field<'a, Text<'a>>,
    /// Thuyết minh tuân thủ
    pub statement: Field<'a, Text<'a>>,
}

/// IPv6.
#[derive(View)]
pub struct Ipv6<'a> {
    /// Có kết nối Internet
    pub internet_facing: Field<'a, bool>,
    /// Đã sẵn sàng
    pub ready: Field<'a, bool>,
    /// Kế hoạch chuyển đổi
    pub plan: Field<'a, Text<'a>>,
}

/// Điện toán đám mây.
#[derive(View)]
pub struct Cloud<'a> {
    /// Đã xem xét
    pub considered: Field<'a, bool>,
    /// Được chọn
    pub chosen: Field<'a, bool>,
    /// Lý do không chọn
    pub reason_if_not: Field<'a, Text<'a>>,
}

/// Định cỡ.
#[derive(View)]
pub struct Sizing<'a> {
    /// Số người dùng
    pub users: Field<'a, Count>,
    /// Giao dịch mỗi giây
    pub transactions_per_second: Field<'a, Count>,
    /// Dung lượng (GB)
    pub storage_gb: Field<'a, Count>,
    /// Tăng trưởng mỗi năm
    pub growth: Field<'a, crate::money::Percent>,
    /// Nhu cầu tính theo năng lực thiết bị
    pub need: Field<'a, Quantity>,
}

/// Tiêu chuẩn, quy chuẩn.
#[derive(View)]
pub struct Standard<'a> {
    /// Số hiệu
    pub id: Field<'a, Text<'a>>,
    /// Tên
    pub title: Field<'a, Text<'a>>,
    /// Áp dụng cho loại cấu phần
    pub applies_to: Field<'a, ComponentType>,
    /// Là tiêu chuẩn mở
    pub open: Field<'a, bool>,
}

/// Dữ liệu.
#[derive(View)]
pub struct DataUse<'a> {
    /// Thực thể dữ liệu
    pub entities: List<'a, Field<'a, Text<'a>>>,
    /// Có API mở
    pub open_api: Field<'a, bool>,
    /// Hệ thống chủ dữ liệu gốc (mã)
    pub master_data_owner: Field<'a, Text<'a>>,
}
