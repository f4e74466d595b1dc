use kycuong_rules_sdk::model::costs::CostLine;
use kycuong_rules_sdk::model::facts::PriceBenchmark;
use kycuong_rules_sdk::prelude::*;

#[derive(Parameters)]
pub struct BenchmarkParameters {
    /// Tỷ lệ cao hơn mặt bằng giá mà vượt quá thì đơn giá được lưu ý (%).
    #[parameter(default = "15", min = "5", max = "50")]
    pub notable_excess: Percent,
    /// Tỷ lệ cao hơn mặt bằng giá mà vượt quá thì đơn giá cần thẩm định giá (%).
    #[parameter(default = "50", min = "15", max = "500")]
    pub large_excess: Percent,
}

/// Đơn giá không cao hơn nhiều so với mặt bằng giá.
///
/// Mỗi dòng chi có khóa tra giá được so với mặt bằng giá mới nhất tính đến ngày xét; cả hai đều là giá trước thuế của
/// cùng một đơn vị tính. Giá cao hay thấp do người thẩm định quyết định nên chỉ được lưu ý.
#[rule(
    requirement = "R06",
    title_vi = "Đơn giá so với mặt bằng",
    title_en = "Unit price against the benchmark",
    severity = Warn,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022",
    quote = "tiết kiệm, hiệu quả",
    reads = ["costs.lines.item_key", "costs.lines.unit", "costs.lines.unit_price"],
    facts = [price_benchmarks(column = "item_key", path = "costs.lines.*.item_key")],
    violations = [Above, FarAbove, UnitDiffers]
)]
pub fn unit_price_benchmark(
    dossier: &Dossier,
    context: &Context,
    facts: &Facts,
    parameters: &BenchmarkParameters,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    // The newest benchmark of a line's item that is not of a later day; of one day, the higher price.
    let latest = |line: &CostLine| {
        let key = line.item_key.get().filter(|key| !key.trim().is_empty())?;
        let rows = facts.price_benchmarks.iter().filter(|row| row.item_key.is_text(&key));
        rows.filter(|row| row.date.get().is_none_or(|date| date <= on))
            .filter_map(|row| Some((row.price.get().filter(|price| !price.is_zero())?, row)))
            .max_by_key(|(price, row)| (row.date.get(), *price))
    };
    let (mut compared, mut without_price) = (false, None);
    for line in require!(dossier.costs.lines) {
        let Some((benchmark, row)) = latest(line) else { continue };
        compared = true;
        let Some(price) = line.unit_price.get() else {
            without_price.get_or_insert_with(|| Missing::Field(at!(line.unit_price)));
            continue;
        };
        if let Some((unit, expected)) = other_unit(line, row) {
            findings.add(at!(line.unit), UnitDiffers { line: line.label(), unit, expected });
            continue;
        }
        let above = |excess| (Percent::new(100) + excess) * benchmark;
        let (notable, large) = (parameters.notable_excess, parameters.large_excess);
        let (line_title, source) = (line.label(), row.source.owned());
        if price > above(large) {
            let (line_title, ceiling, excess) = (line_title, above(large), large);
            findings.add(
                at!(line.unit_price),
                FarAbove { line: line_title, price, ceiling, benchmark, source, excess },
            );
        } else if price > above(notable) {
            let (ceiling, excess) = (above(notable), notable);
            findings.add(
                at!(line.unit_price),
                Above { line: line_title, price, ceiling, benchmark, source, excess },
            );
        }
    }
    if let Some(missing) = without_price {
        return Err(missing.into());
    }
    if !compared {
        return not_applicable(
            "Không dòng chi nào có trong bảng mặt bằng giá.",
            "The price benchmarks have none of the lines.",
        );
    }
    Ok(())
}

/// Both units, when both are stated and differ.
fn other_unit(line: &CostLine, row: &PriceBenchmark) -> Option<(String, String)> {
    let (unit, expected) = (line.unit.text(), row.unit.text());
    let (unit, expected) = (unit.trim(), expected.trim());
    let differ =
        !unit.is_empty() && !expected.is_empty() && unit.to_lowercase() != expected.to_lowercase();
    differ.then(|| (unit.to_owned(), expected.to_owned()))
}

#[derive(Violation)]
#[violation(
    vi = "Đơn giá của dòng chi “{line}” là {price}, cao hơn {ceiling}, tức mặt bằng giá {benchmark} (nguồn: {source}) cộng {excess}.",
    en = "The unit price of the line “{line}” is {price}, above {ceiling}, which is the benchmark of {benchmark} (source: {source}) plus {excess}.",
    remedy_vi = "Giảm đơn giá, hoặc thuyết minh vì sao cao hơn mặt bằng.",
    remedy_en = "Lower the unit price, or explain why it is above the benchmark."
)]
struct Above {
    line: String,
    price: Money,
    ceiling: Money,
    benchmark: Money,
    source: String,
    excess: Percent,
}

#[derive(Violation)]
#[violation(
    vi = "Đơn giá của dòng chi “{line}” là {price}, cao hơn {ceiling}, tức mặt bằng giá {benchmark} (nguồn: {source}) cộng {excess}; mức chênh lệch lớn.",
    en = "The unit price of the line “{line}” is {price}, above {ceiling}, which is the benchmark of {benchmark} (source: {source}) plus {excess}: a large excess.",
    remedy_vi = "Giảm đơn giá, hoặc bổ sung chứng thư thẩm định giá cho dòng chi này.",
    remedy_en = "Lower the unit price, or add a price certificate for the line."
)]
struct FarAbove {
    line: String,
    price: Money,
    ceiling: Money,
    benchmark: Money,
    source: String,
    excess: Percent,
}

#[derive(Violation)]
#[violation(
    severity = Inform,
    vi = "Dòng chi “{line}” tính theo đơn vị “{unit}”, mặt bằng giá tính theo “{expected}” nên không so sánh được.",
    en = "The line “{line}” is priced per “{unit}” and the benchmark per “{expected}”, so that they cannot be compared.",
    remedy_vi = "Người thẩm định quy đổi về cùng đơn vị tính khi xem xét đơn giá.",
    remedy_en = "The appraiser converts them when judging the price."
)]
struct UnitDiffers {
    line: String,
    unit: String,
    expected: String,
}
