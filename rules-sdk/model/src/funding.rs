//! Where the money comes from, and under which codes of the state budget.

use kycuong_rules_macros::View;

use crate::codes::{ActivityType, FundingKind};
use crate::date::Date;
use crate::money::Money;
use crate::view::{Count, Field, List, Object, Text};

/// Một nguồn vốn trong một năm.
#[derive(View)]
pub struct Funding<'a> {
    /// Loại nguồn
    pub kind: Field<'a, FundingKind>,
    /// Mã tính chất nguồn kinh phí (2 chữ số)
    pub nature_code: Field<'a, Text<'a>>,
    /// Năm ngân sách
    pub year: Field<'a, Count>,
    /// Số tiền
    pub amount: Field<'a, Money>,
    /// Mục lục ngân sách
    pub codes: Object<'a, BudgetCodes<'a>>,
    /// Quyết định chủ trương, phân bổ
    pub decision: Object<'a, FundingDecision<'a>>,
    /// Nhà tài trợ (nguồn ngoài ngân sách)
    pub donor: Object<'a, Donor<'a>>,
}

/// Mã theo hệ thống mục lục ngân sách nhà nước.
#[derive(View)]
pub struct BudgetCodes<'a> {
    /// Cấp ngân sách (1 chữ số)
    pub level: Field<'a, Text<'a>>,
    /// Chương (3 chữ số)
    pub chapter: Field<'a, Text<'a>>,
    /// Loại (3 chữ số)
    pub category: Field<'a, Text<'a>>,
    /// Khoản (3 chữ số)
    pub item: Field<'a, Text<'a>>,
    /// Mục (4 chữ số)
    pub section: Field<'a, Text<'a>>,
    /// Tiểu mục (4 chữ số)
    pub subsection: Field<'a, Text<'a>>,
    /// Chương trình, mục tiêu, dự án (5 chữ số)
    pub programme: Field<'a, Text<'a>>,
    /// Nguồn (2 chữ số)
    pub source: Field<'a, Text<'a>>,
}

/// Quyết định chủ trương và dự kiến kinh phí, hoặc giao dự toán.
#[derive(View)]
pub struct FundingDecision<'a> {
    /// Số, ký hiệu
    pub number: Field<'a, Text<'a>>,
    /// Ngày ban hành
    pub date: Field<'a, Date>,
    /// Tổng kinh phí được duyệt
    pub total: Field<'a, Money>,
    /// Mã dự án trong kế hoạch đầu tư công
    pub project_code: Field<'a, Text<'a>>,
    /// Các hoạt động được phép chi
    pub allowed_activities: List<'a, Field<'a, ActivityType>>,
}

/// Nhà tài trợ.
#[derive(View)]
pub struct Donor<'a> {
    /// Tên
    pub name: Field<'a, Text<'a>>,
    /// Mã số thuế
    pub tax_code: Field<'a, Text<'a>>,
    /// Văn bản thỏa thuận
    pub agreement: Field<'a, Text<'a>>,
    /// Điều kiện kèm theo
    pub conditions: Field<'a, Text<'a>>,
}
