use kycuong_rules_sdk::prelude::*;

/// Đơn vị trình hồ sơ phải khắc phục đúng hạn các nội dung theo kết luận kiểm tra.
///
/// Dùng bảng kết luận kiểm tra, thanh tra của tỉnh: nội dung đã quá hạn khắc phục vào ngày xét mà chưa khắc phục xong
/// thì được lưu ý. Việc kiểm tra do cơ quan có thẩm quyền làm; quy tắc chỉ cho thấy kết quả đã ghi nhận.
#[rule(
    requirement = "R19",
    title_vi = "Đơn vị có kết luận kiểm tra chưa khắc phục",
    title_en = "Open inspection findings",
    severity = Warn,
    effective = "2022-02-28..",
    basis = "Công văn số 305/THH-QLĐT ngày 28/02/2022; Nghị định 224/2026/NĐ-CP, Điều 69",
    quote = "Kiểm tra định kỳ hoặc đột xuất việc tuân thủ các quy định",
    facts = [inspections(column = "owner", path = "owner.org_id")],
    violations = [OpenPastDue]
)]
pub fn compliance_history_flag(
    dossier: &Dossier,
    context: &Context,
    facts: &Facts,
    findings: &mut Findings,
) -> Checked {
    let (owner, on) = (require!(dossier.owner.org_id), require!(context.on));
    for item in facts.inspections.iter().filter(|item| item.owner.is_text(&owner)) {
        let Some(due) = item.due.get().filter(|due| *due < on) else { continue };
        if item.closed_on.get().is_some_and(|closed| closed <= on) {
            continue;
        }
        let [number, content] = [&item.number, &item.content].map(|text| text.owned());
        let days = on.days_since(due);
        findings.add(at!(dossier.owner.org_id), OpenPastDue { number, content, due, on, days });
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Kết luận kiểm tra số {number}: nội dung “{content}” phải khắc phục chậm nhất ngày {due}, đến ngày {on} chưa khắc phục xong (quá hạn {days} ngày).",
    en = "Inspection conclusion {number}: “{content}” was due on {due} and is still open on {on}, {days} days late.",
    remedy_vi = "Khắc phục và báo cáo cơ quan kiểm tra; nếu đã khắc phục thì đề nghị cập nhật ngày hoàn thành.",
    remedy_en = "Fix it and report to the inspecting authority; if that was done, have the date entered."
)]
struct OpenPastDue {
    number: String,
    content: String,
    due: Date,
    on: Date,
    days: i32,
}
