//! What every subject has in common: who submits, where, when, under which decree.

use kycuong_rules_macros::View;

use crate::codes::{DossierKind, Level, Stage, SubjectKind};
use crate::date::Date;
use crate::regime::Regime;
use crate::tape::Document;
use crate::view::{Count, Field, List, Object, Text, Timestamp, View};

/// The head of every subject: enough to choose schema, regime and packs.
///
/// Phần đầu chung của mọi đối tượng.
#[derive(View)]
pub struct SubjectHeader<'a> {
    /// Đối tượng kiểm tra
    pub subject: Field<'a, SubjectKind>,
    /// Chế độ pháp lý khai báo
    pub regime: Field<'a, Regime>,
    /// Thời điểm nộp
    pub submitted_at: Field<'a, Timestamp>,
    /// Tỉnh, thành phố
    pub province: Object<'a, ProvinceRef<'a>>,
    /// Đơn vị
    pub owner: Object<'a, Owner<'a>>,
    /// Lựa chọn chuyển tiếp
    pub transition: Object<'a, Transition<'a>>,
    /// Loại hồ sơ
    pub kind: Field<'a, DossierKind>,
    /// Bước trình
    pub stage: Field<'a, Stage>,
}

impl<'a> SubjectHeader<'a> {
    /// Reads the head of any subject.
    pub fn read(document: Document<'a>) -> Self {
        Self::of(document)
    }
}

/// Tỉnh, thành phố và địa bàn.
#[derive(View)]
pub struct ProvinceRef<'a> {
    /// Mã tỉnh, thành phố (2 chữ số)
    pub code: Field<'a, Text<'a>>,
    /// Mã tỉnh trước sắp xếp (2 chữ số), nếu thuộc địa bàn cũ
    pub legacy_code: Field<'a, Text<'a>>,
    /// Mã xã, phường, đặc khu (5 chữ số)
    pub commune_code: Field<'a, Text<'a>>,
}

/// Căn cứ chuyển tiếp giữa các nghị định.
#[derive(View)]
pub struct Transition<'a> {
    /// Ngày quyết định đầu tư, mua sắm hoặc thuê
    pub decided_on: Field<'a, Date>,
    /// Ngày báo cáo thẩm định
    pub appraisal_report_on: Field<'a, Date>,
    /// Nghị định mà cấp có thẩm quyền chọn áp dụng
    pub choice: Field<'a, Regime>,
    /// Văn bản lựa chọn (mã giấy tờ kèm theo)
    pub document_id: Field<'a, Text<'a>>,
}

/// Đơn vị: chủ đầu tư, chủ trì hoặc đơn vị lập dự toán.
#[derive(View)]
pub struct Owner<'a> {
    /// Tên đơn vị
    pub name: Field<'a, Text<'a>>,
    /// Mã định danh điện tử (Quyết định 20/2020/QĐ-TTg)
    pub org_id: Field<'a, Text<'a>>,
    /// Mã đơn vị có quan hệ với ngân sách (7 chữ số)
    pub budget_unit_code: Field<'a, Text<'a>>,
    /// Cấp
    pub level: Field<'a, Level>,
    /// Vai trò của chính đơn vị
    pub roles: List<'a, Field<'a, crate::codes::Role>>,
    /// Mã số thuế
    pub tax_code: Field<'a, Text<'a>>,
    /// Người đứng đầu
    pub head: Object<'a, Person<'a>>,
    /// Cam kết trách nhiệm
    pub accountability_statement: Object<'a, AccountabilityStatement<'a>>,
    /// Hình thức quản lý dự án: đơn vị trực tiếp quản lý
    pub manages_directly: Field<'a, bool>,
    /// Quyết định thành lập ban quản lý dự án
    pub pmu_decision: Object<'a, DecisionRef<'a>>,
}

/// Một người.
#[derive(View)]
pub struct Person<'a> {
    /// Họ và tên
    pub name: Field<'a, Text<'a>>,
    /// Chức vụ
    pub position: Field<'a, Text<'a>>,
}

/// Cam kết chịu trách nhiệm của chủ đầu tư.
#[derive(View)]
pub struct AccountabilityStatement<'a> {
    /// Giấy tờ kèm theo
    pub document_id: Field<'a, Text<'a>>,
    /// Người ký
    pub signer: Field<'a, Text<'a>>,
    /// Ngày ký
    pub date: Field<'a, Date>,
}

/// Số và ngày của một văn bản.
#[derive(View)]
pub struct DecisionRef<'a> {
    /// Số, ký hiệu
    pub number: Field<'a, Text<'a>>,
    /// Ngày ban hành
    pub date: Field<'a, Date>,
    /// Giấy tờ kèm theo
    pub document_id: Field<'a, Text<'a>>,
}

/// Thời gian thực hiện.
#[derive(View)]
pub struct Period<'a> {
    /// Ngày bắt đầu
    pub start: Field<'a, Date>,
    /// Ngày kết thúc
    pub end: Field<'a, Date>,
    /// Số tháng
    pub months: Field<'a, Count>,
}
