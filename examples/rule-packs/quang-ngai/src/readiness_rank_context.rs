use kycuong_rules_sdk::model::facts::ReadinessRank;
use kycuong_rules_sdk::prelude::*;

/// Kết quả xếp hạng gần nhất của đơn vị được nêu để người thẩm định tham khảo.
///
/// Không phải điều kiện của hồ sơ và không đánh giá đơn vị: quy tắc chỉ nêu thứ hạng của năm gần nhất tính đến ngày xét
/// trong bảng xếp hạng do tỉnh phê duyệt.
#[rule(
    requirement = "R68",
    title_vi = "Xếp hạng của đơn vị",
    title_en = "Unit's rank",
    severity = Inform,
    effective = "2012-11-30..",
    basis = "Quyết định 42/2012/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi",
    quote = "kết quả đánh giá xếp hạng chỉ số sẵn sàng ứng dụng CNTT hằng năm",
    facts = [readiness_ranks(column = "owner", path = "owner.org_id")],
    violations = [LastRank]
)]
pub fn readiness_rank_context(
    dossier: &Dossier,
    context: &Context,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let (owner, on) = (require!(dossier.owner.org_id), require!(context.on));
    let ranks = facts.readiness_ranks.iter().filter(|row| row.owner.is_text(&owner));
    let last = ranks
        .filter_map(|row| Some((year(row).filter(|year| *year <= on.year())?, row)))
        .filter(|(_, row)| row.rank.is_filled())
        // Of two rows of one year, which there should not be, always the same one.
        .max_by_key(|(year, row)| (*year, row.rank.text()));
    let Some((year, row)) = last else {
        return not_applicable(
            "Đơn vị chưa có trong bảng xếp hạng đến năm xét.",
            "The unit has not been ranked up to this year.",
        );
    };
    let (year, rank, more) = (year.to_string(), row.rank.owned(), more(row));
    findings.add(at!(dossier.owner.org_id), LastRank { year, rank, more });
    Ok(())
}

fn year(row: &ReadinessRank) -> Option<i32> {
    row.year.text().trim().parse().ok()
}

/// Among how many, and with which score, as far as the table says so.
fn more(row: &ReadinessRank) -> Bilingual {
    let (mut vi, mut en) = (String::new(), String::new());
    if row.units.is_filled() {
        vi += &format!(" trên {} đơn vị", row.units.text());
        en += &format!(" of {} units", row.units.text());
    }
    if row.score.is_filled() {
        vi += &format!(", {} điểm", row.score.text());
        en += &format!(", with {} points", row.score.text());
    }
    Bilingual::new(vi, en)
}

#[derive(Violation)]
#[violation(
    vi = "Năm {year}, đơn vị xếp thứ {rank}{more} về chỉ số sẵn sàng ứng dụng công nghệ thông tin.",
    en = "In {year} the unit ranked {rank}{more} in readiness for information technology.",
    remedy_vi = "Thông tin để tham khảo, không phải sửa hồ sơ.",
    remedy_en = "For information; nothing is to be fixed."
)]
struct LastRank {
    year: String,
    rank: String,
    more: Bilingual,
}
