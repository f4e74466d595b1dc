//! The dossier of a task or project.

use kycuong_rules_macros::View;

use crate::codes::{
    Channel, DocumentType, DossierKind, ExemptBasis, Pillar, ProjectGroup, ReviewOutcome,
    SectionKey, Stage, SubjectKind,
};
use crate::costs::{Costs, LeaseOption, Operations, Warranty};
use crate::date::Date;
use crate::funding::Funding;
use crate::money::{Money, Percent};
use crate::papers::{Appraisal, Attachment, DirectiveRef, LegalBasis, Opinion, PlanRef};
use crate::procurement::Procurement;
use crate::regime::Regime;
use crate::solution::{
    Architecture, Cloud, Component, DataUse, Interop, Ipv6, PersonalData, Security, Sizing,
    Standard, Systems,
};
use crate::subject::{DecisionRef, Owner, Period, ProvinceRef, Transition};
use crate::view::{Count, Field, List, Object, Text, Timestamp};

/// Hồ sơ nhiệm vụ, dự án công nghệ thông tin, chuyển đổi số.
#[derive(View)]
pub struct Dossier<'a> {
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
    /// Kênh gửi
    pub channel: Field<'a, Channel>,
    /// Có nội dung bí mật nhà nước
    pub secret: Field<'a, bool>,
    /// Tỉnh, thành phố
    pub province: Object<'a, ProvinceRef<'a>>,
    /// Căn cứ chuyển tiếp
    pub transition: Object<'a, Transition<'a>>,
    /// Loại hồ sơ
    pub kind: Field<'a, DossierKind>,
    /// Căn cứ không phải lập dự án
    pub exempt_basis: Field<'a, ExemptBasis>,
    /// Bước của hồ sơ
    pub stage: Field<'a, Stage>,
    /// Nhóm dự án
    pub group: Field<'a, ProjectGroup>,
    /// Tên nhiệm vụ, dự án
    pub title: Field<'a, Text<'a>>,
    /// Chủ đầu tư
    pub owner: Object<'a, Owner<'a>>,
    /// Do tư vấn lập báo cáo
    pub prepared_by_consultant: Field<'a, bool>,
    /// Mục tiêu
    pub objectives: List<'a, Objective<'a>>,
    /// Thời gian thực hiện
    pub time: Object<'a, Period<'a>>,
    /// Nhiệm vụ chuyển tiếp
    pub is_carry_over: Field<'a, bool>,
    /// Sự cần thiết
    pub necessity: Object<'a, Necessity<'a>>,
    /// Nội dung báo cáo, kế hoạch hoặc đề cương
    pub sections: List<'a, Section<'a>>,
    /// Căn cứ pháp lý
    pub legal_bases: List<'a, LegalBasis<'a>>,
    /// Kế hoạch làm căn cứ
    pub plan_refs: List<'a, PlanRef<'a>>,
    /// Văn bản chỉ đạo khi đột xuất
    pub urgent_directive: Object<'a, DirectiveRef<'a>>,
    /// Phân loại
    pub classification: Object<'a, Classification<'a>>,
    /// Phạm vi triển khai
    pub scope: Object<'a, RolloutScope<'a>>,
    /// Nguồn vốn
    pub funding: List<'a, Funding<'a>>,
    /// Dự toán
    pub costs: Object<'a, Costs<'a>>,
    /// Cấu phần
    pub components: List<'a, Component<'a>>,
    /// Hệ thống lõi và kế thừa
    pub systems: Object<'a, Systems<'a>>,
    /// Kết nối, chia sẻ dữ liệu
    pub interop: Object<'a, Interop<'a>>,
    /// An ninh mạng
    pub security: Object<'a, Security<'a>>,
    /// Dữ liệu cá nhân
    pub personal_data: Object<'a, PersonalData<'a>>,
    /// Khung kiến trúc
    pub architecture: Object<'a, Architecture<'a>>,
    /// IPv6
    pub ipv6: Object<'a, Ipv6<'a>>,
    /// Điện toán đám mây
    pub cloud: Object<'a, Cloud<'a>>,
    /// Định cỡ hệ thống
    pub sizing: Object<'a, Sizing<'a>>,
    /// Tiêu chuẩn, quy chuẩn áp dụng
    pub standards: List<'a, Standard<'a>>,
    /// Dữ liệu và khả năng dùng lại
    pub data: Object<'a, DataUse<'a>>,
    /// Ý kiến các cơ quan
    pub opinions: List<'a, Opinion<'a>>,
    /// Thẩm định
    pub appraisal: Object<'a, Appraisal<'a>>,
    /// Đấu thầu
    pub procurement: Object<'a, Procurement<'a>>,
    /// Giấy tờ kèm theo
    pub attachments: List<'a, Attachment<'a>>,
    /// Kinh phí vận hành
    pub operations: Object<'a, Operations<'a>>,
    /// So sánh phương án thuê
    pub lease_analysis: List<'a, LeaseOption<'a>>,
    /// Điều khoản khi thuê
    pub lease_terms: Object<'a, LeaseTerms<'a>>,
    /// Chỉ tiêu hiệu quả
    pub kpis: List<'a, Kpi<'a>>,
    /// Rà soát sau phê duyệt
    pub review: Object<'a, Review<'a>>,
    /// Quyết định điều chỉnh hoặc dừng
    pub adjustment_decision: Object<'a, DecisionRef<'a>>,
    /// Mức kinh phí sau điều chỉnh
    pub adjusted_total: Field<'a, Money>,
    /// Sản phẩm bàn giao
    pub deliverables: List<'a, Field<'a, crate::codes::Deliverable>>,
    /// Bảo hành
    pub warranty: Object<'a, Warranty<'a>>,
    /// Nơi nhận văn bản
    pub recipients: List<'a, Recipient<'a>>,
    /// Nhân lực
    pub team: List<'a, TeamMember<'a>>,
    /// Khó khăn, vướng mắc đã phản ánh
    pub issues: List<'a, Issue<'a>>,
    /// Bên thực hiện đào tạo khi không có dòng chi
    pub training_by: Field<'a, Text<'a>>,
    /// Công khai
    pub publication: Object<'a, Publication<'a>>,
    /// Các bước trong tiến độ
    pub schedule: List<'a, ScheduleStep<'a>>,
    /// Ngày nghiệm thu, bàn giao
    pub accepted_on: Field<'a, Date>,
}

/// Mục tiêu.
#[derive(View)]
pub struct Objective<'a> {
    /// Mã mục tiêu
    pub id: Field<'a, Text<'a>>,
    /// Nội dung
    pub text: Field<'a, Text<'a>>,
    /// Mục tương ứng trong kế hoạch
    pub plan_item: Field<'a, Text<'a>>,
}

/// Sự cần thiết đầu tư.
#[derive(View)]
pub struct Necessity<'a> {
    /// Thuyết minh
    pub statement: Field<'a, Text<'a>>,
    /// Hiện trạng
    pub current_state: Object<'a, CurrentState<'a>>,
}

/// Hiện trạng đã khảo sát.
#[derive(View)]
pub struct CurrentState<'a> {
    /// Các hệ thống hiện có (mã)
    pub systems: List<'a, Field<'a, Text<'a>>>,
    /// Số người dùng
    pub users: Field<'a, Count>,
    /// Số văn bản, hồ sơ mỗi năm
    pub documents_per_year: Field<'a, Count>,
    /// Ngày khảo sát
    pub survey_date: Field<'a, Date>,
}

/// Một mục nội dung của báo cáo, kế hoạch hoặc đề cương.
#[derive(View)]
pub struct Section<'a> {
    /// Mục
    pub key: Field<'a, SectionKey>,
    /// Trang hoặc điểm trong tài liệu
    pub location: Field<'a, Text<'a>>,
    /// Tóm tắt nội dung
    pub summary: Field<'a, Text<'a>>,
}

/// Phân loại nhiệm vụ.
#[derive(View)]
pub struct Classification<'a> {
    /// Nội dung chuyển đổi số
    pub pillar: Field<'a, Pillar>,
}

/// Phạm vi triển khai.
#[derive(View)]
pub struct RolloutScope<'a> {
    /// Triển khai toàn tỉnh
    pub province_wide: Field<'a, bool>,
    /// Các xã, phường, đặc khu (mã 5 chữ số)
    pub communes: List<'a, Field<'a, Text<'a>>>,
}

/// Điều khoản khi thuê dịch vụ.
#[derive(View)]
pub struct LeaseTerms<'a> {
    /// Sở hữu thông tin, dữ liệu
    pub data_ownership: Field<'a, crate::codes::DataOwnership>,
    /// Lý do khi dữ liệu không thuộc cơ quan thuê
    pub ownership_reason: Field<'a, Text<'a>>,
    /// Phương án chuyển giao
    pub transfer_plan: Field<'a, Text<'a>>,
    /// Bàn giao dữ liệu khi kết thúc
    pub handover_at_end: Field<'a, bool>,
}

/// Chỉ tiêu hiệu quả.
#[derive(View)]
pub struct Kpi<'a> {
    /// Tên chỉ tiêu
    pub name: Field<'a, Text<'a>>,
    /// Đơn vị tính
    pub unit: Field<'a, Text<'a>>,
    /// Giá trị hiện tại
    pub baseline: Field<'a, crate::money::Quantity>,
    /// Giá trị cần đạt
    pub target: Field<'a, crate::money::Quantity>,
    /// Giá trị đạt được
    pub actual: Field<'a, crate::money::Quantity>,
    /// Năm phải đạt
    pub due_year: Field<'a, Count>,
}

/// Rà soát sự cần thiết, quy mô, phạm vi.
#[derive(View)]
pub struct Review<'a> {
    /// Ngày rà soát
    pub date: Field<'a, Date>,
    /// Kết quả
    pub outcome: Field<'a, ReviewOutcome>,
    /// Giấy tờ kèm theo
    pub document_id: Field<'a, Text<'a>>,
}

/// Nơi nhận.
#[derive(View)]
pub struct Recipient<'a> {
    /// Tên cơ quan
    pub name: Field<'a, Text<'a>>,
    /// Mã định danh
    pub org_id: Field<'a, Text<'a>>,
    /// Vai trò
    pub role: Field<'a, crate::codes::Role>,
}

/// Người tham gia.
#[derive(View)]
pub struct TeamMember<'a> {
    /// Họ và tên
    pub name: Field<'a, Text<'a>>,
    /// Vai trò: `project-lead`, `operator` hoặc khác
    pub role: Field<'a, Text<'a>>,
    /// Đơn vị
    pub unit: Field<'a, Text<'a>>,
}

/// Khó khăn, vướng mắc.
#[derive(View)]
pub struct Issue<'a> {
    /// Nội dung
    pub text: Field<'a, Text<'a>>,
    /// Ngày phản ánh
    pub reported_on: Field<'a, Date>,
    /// Nơi tiếp nhận
    pub reported_to: Field<'a, crate::codes::Role>,
}

/// Công khai thông tin.
#[derive(View)]
pub struct Publication<'a> {
    /// Địa chỉ
    pub url: Field<'a, Text<'a>>,
    /// Ngày công khai
    pub date: Field<'a, Date>,
}

/// Một bước trong tiến độ.
#[derive(View)]
pub struct ScheduleStep<'a> {
    /// Tên bước
    pub name: Field<'a, Text<'a>>,
    /// Là vận hành thử
    pub trial_run: Field<'a, bool>,
    /// Bắt đầu
    pub start: Field<'a, Date>,
    /// Kết thúc
    pub end: Field<'a, Date>,
    /// Tỷ lệ khối lượng
    pub share: Field<'a, Percent>,
}

impl Dossier<'_> {
    /// Whether a paper of this type is attached.
    pub fn has(&self, document: DocumentType) -> bool {
        self.attachments.iter().any(|paper| paper.document_type.is(document))
    }

    /// Whether a paper of this id is attached.
    pub fn has_document(&self, document_id: &str) -> bool {
        self.attachments.iter().any(|paper| paper.document_id.is_text(document_id))
    }
}
