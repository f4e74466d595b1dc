//! The budget entry: one line of an allocation or estimate.

use kycuong_rules_macros::View;

use crate::codes::{ActivityType, FundingKind, SubjectKind};
use crate::date::Date;
use crate::dossier::Review;
use crate::funding::{BudgetCodes, FundingDecision};
use crate::money::Money;
use crate::papers::Attachment;
use crate::regime::Regime;
use crate::subject::{Owner, ProvinceRef};
use crate::view::{Count, Field, List, Object, Text, Timestamp};

/// Khoản mục dự toán ngân sách.
#[derive(View)]
pub struct BudgetEntry<'a> {
    /// Phiên bản lược đồ dữ liệu
    #[view(required)]
    pub schema_version: Field<'a, Text<'a>>,
    /// Đối tượng kiểm tra
    #[view(required)]
    pub subject: Field<'a, SubjectKind>,
    /// Mã khoản mục
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
    /// Năm ngân sách
    pub year: Field<'a, Count>,
    /// Tên khoản mục
    pub title: Field<'a, Text<'a>>,
    /// Hồ sơ được cấp kinh phí (mã hồ sơ)
    pub dossier_code: Field<'a, Text<'a>>,
    /// Hoạt động
    pub activity_type: Field<'a, ActivityType>,
    /// Loại nguồn
    pub kind: Field<'a, FundingKind>,
    /// Mã tính chất nguồn kinh phí
    pub nature_code: Field<'a, Text<'a>>,
    /// Mục lục ngân sách
    pub codes: Object<'a, BudgetCodes<'a>>,
    /// Số tiền
    pub amount: Field<'a, Money>,
    /// Quyết định chủ trương, phân bổ
    pub decision: Object<'a, FundingDecision<'a>>,
    /// Đã giải ngân
    pub disbursed: Field<'a, Money>,
    /// Là nhiệm vụ chuyển tiếp
    pub is_carry_over: Field<'a, bool>,
    /// Rà soát sự cần thiết, quy mô, phạm vi
    pub review: Object<'a, Review<'a>>,
    /// Giấy tờ kèm theo
    pub attachments: List<'a, Attachment<'a>>,
}
