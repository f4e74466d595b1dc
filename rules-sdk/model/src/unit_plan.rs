//! The unit plan: one unit, one budget year.

use kycuong_rules_macros::View;

use crate::codes::{ActivityType, FundingKind, SubjectKind};
use crate::date::Date;
use crate::funding::BudgetCodes;
use crate::money::Money;
use crate::papers::PlanRef;
use crate::regime::Regime;
use crate::subject::{Owner, ProvinceRef};
use crate::view::{Count, Field, List, Object, Text, Timestamp};

/// Dự toán năm của đơn vị cho chuyển đổi số.
#[derive(View)]
pub struct UnitPlan<'a> {
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
    /// Năm ngân sách
    pub year: Field<'a, Count>,
    /// Tổng chi ngân sách thường xuyên
    pub total_recurrent: Field<'a, Money>,
    /// Kinh phí chuyển đổi số đơn vị kê khai
    pub claimed_total: Field<'a, Money>,
    /// Các khoản chi
    pub entries: List<'a, PlanEntry<'a>>,
    /// Năm trước
    pub last_year: Object<'a, LastYear<'a>>,
    /// Kế hoạch chuyển đổi số của đơn vị
    pub dx_plan: Object<'a, PlanRef<'a>>,
    /// Kế hoạch khác làm căn cứ
    pub plan_refs: List<'a, PlanRef<'a>>,
    /// Nhiệm vụ trong kế hoạch
    pub tasks: List<'a, PlannedTask<'a>>,
}

/// Một khoản chi của dự toán năm.
#[derive(View)]
pub struct PlanEntry<'a> {
    /// Mã khoản chi
    pub id: Field<'a, Text<'a>>,
    /// Nội dung chi
    pub name: Field<'a, Text<'a>>,
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
    /// Kê khai là chi chuyển đổi số
    pub claimed: Field<'a, bool>,
    /// Mục đích
    pub purpose: Field<'a, Text<'a>>,
    /// Nhiệm vụ trong kế hoạch (mã)
    pub task_id: Field<'a, Text<'a>>,
}

/// Số liệu năm trước.
#[derive(View)]
pub struct LastYear<'a> {
    /// Tổng chi ngân sách thường xuyên
    pub total_recurrent: Field<'a, Money>,
    /// Kinh phí chuyển đổi số hợp lệ
    pub eligible: Field<'a, Money>,
}

/// Nhiệm vụ trong kế hoạch năm.
#[derive(View)]
pub struct PlannedTask<'a> {
    /// Mã nhiệm vụ
    pub id: Field<'a, Text<'a>>,
    /// Tên nhiệm vụ
    pub name: Field<'a, Text<'a>>,
    /// Lý do chưa bố trí kinh phí
    pub unfunded_reason: Field<'a, Text<'a>>,
}
