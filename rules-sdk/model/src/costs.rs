//! The estimate: groups, lines, prices and what they rest on.

use kycuong_rules_macros::View;

use crate::codes::{
    ActivityType, ContingencyPart, CostGroupKey, FundingKind, PriceMethod, Provision, RateNorm,
    VatRate,
};
use crate::date::Date;
use crate::money::{Money, Percent, Quantity};
use crate::view::{Count, Field, List, Placed, Text};

/// Dự toán.
#[derive(View)]
pub struct Costs<'a> {
    /// Các nhóm chi phí
    pub groups: List<'a, CostGroup<'a>>,
    /// Các dòng chi
    pub lines: List<'a, CostLine<'a>>,
    /// Tổng cộng
    pub total: Field<'a, Money>,
    /// Ngày sửa đổi dự toán gần nhất
    pub revised_on: Field<'a, Date>,
}

/// Một nhóm chi phí.
#[derive(View)]
pub struct CostGroup<'a> {
    /// Nhóm
    pub key: Field<'a, CostGroupKey>,
    /// Số tiền
    pub amount: Field<'a, Money>,
    /// Lý do khi số tiền bằng 0
    pub zero_reason: Field<'a, Text<'a>>,
    /// Các phần của chi phí dự phòng
    pub parts: List<'a, ContingencyAmount<'a>>,
}

/// Một phần của chi phí dự phòng.
#[derive(View)]
pub struct ContingencyAmount<'a> {
    /// Phần
    pub key: Field<'a, ContingencyPart>,
    /// Số tiền
    pub amount: Field<'a, Money>,
}

/// Một dòng chi.
#[derive(View)]
pub struct CostLine<'a> {
    /// Mã dòng
    pub id: Field<'a, Text<'a>>,
    /// Nhóm chi phí
    pub group: Field<'a, CostGroupKey>,
    /// Cấu phần
    pub component_id: Field<'a, Text<'a>>,
    /// Hoạt động
    pub activity_type: Field<'a, ActivityType>,
    /// Nội dung chi
    pub name: Field<'a, Text<'a>>,
    /// Khóa tra giá
    pub item_key: Field<'a, Text<'a>>,
    /// Đơn vị tính
    pub unit: Field<'a, Text<'a>>,
    /// Số lượng
    pub quantity: Field<'a, Quantity>,
    /// Đơn giá trước thuế
    pub unit_price: Field<'a, Money>,
    /// Thuế suất thuế giá trị gia tăng
    pub vat_rate: Field<'a, VatRate>,
    /// Thành tiền sau thuế
    pub amount: Field<'a, Money>,
    /// Trọn gói
    pub lump_sum: Field<'a, bool>,
    /// Ngày dự kiến thanh toán
    pub paid_on: Field<'a, Date>,
    /// Nguồn vốn chi trả
    pub funding_kind: Field<'a, FundingKind>,
    /// Căn cứ giá
    pub price_basis: List<'a, PriceBasis<'a>>,
    /// Định mức tỷ lệ áp dụng (hồ sơ cũ)
    pub rate_norm: Field<'a, RateNorm>,
    /// Hệ số điều chỉnh định mức tỷ lệ (hồ sơ cũ); để trống khi bằng 1
    pub rate_factor: Field<'a, Quantity>,
}

/// Căn cứ của một đơn giá.
#[derive(View)]
pub struct PriceBasis<'a> {
    /// Phương pháp
    pub method: Field<'a, PriceMethod>,
    /// Mã số thuế nhà cung cấp
    pub supplier_tax_code: Field<'a, Text<'a>>,
    /// Ngày báo giá, ngày kết quả
    pub date: Field<'a, Date>,
    /// Giá trị đến ngày
    pub valid_until: Field<'a, Date>,
    /// Giá
    ///
    /// Giá của một đơn vị tính, trước thuế, để so sánh được với đơn giá của dòng chi.
    pub amount: Field<'a, Money>,
    /// Số văn bản định mức, mức chi
    pub norm_number: Field<'a, Text<'a>>,
    /// Mã băm định dạng tệp báo giá
    pub format_hash: Field<'a, Text<'a>>,
    /// Giấy tờ chứng minh
    pub evidence_document_id: Field<'a, Text<'a>>,
}

/// Kinh phí vận hành sau khi hoàn thành.
#[derive(View)]
pub struct Operations<'a> {
    /// Chi phí mỗi năm
    pub annual_cost: Field<'a, Money>,
    /// Nguồn
    pub source: Field<'a, FundingKind>,
    /// Số năm cam kết
    pub years: Field<'a, Count>,
}

/// So sánh phương án thuê của một cấu phần.
#[derive(View)]
pub struct LeaseOption<'a> {
    /// Cấu phần
    pub component_id: Field<'a, Text<'a>>,
    /// Có sẵn dưới dạng dịch vụ
    pub available_as_service: Field<'a, bool>,
    /// Phương án chọn
    pub option: Field<'a, Provision>,
    /// Lý do
    pub reason: Field<'a, Text<'a>>,
}

/// Bảo hành.
#[derive(View)]
pub struct Warranty<'a> {
    /// Số tháng
    pub months: Field<'a, Count>,
    /// Tỷ lệ bảo đảm
    pub share: Field<'a, Percent>,
}

impl CostLine<'_> {
    /// What an official looks for in the estimate: the line's name, else its id, else its number from 1.
    pub fn label(&self) -> String {
        if self.name.is_filled() {
            self.name.trimmed()
        } else if self.id.is_filled() {
            self.id.trimmed()
        } else {
            let place = self.id.pointer();
            let index =
                place.as_str().rsplit('/').nth(1).and_then(|step| step.parse::<usize>().ok());
            index.map_or_else(String::new, |index| (index + 1).to_string())
        }
    }
}
