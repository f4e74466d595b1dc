use kycuong_rules_sdk::prelude::*;

/// Thông tin về nhiệm vụ, dự án đã hoàn thành được công khai trên môi trường mạng.
///
/// Hồ sơ ở bước hoàn thành ghi địa chỉ trang thông tin đã công khai quyết định phê duyệt, kế hoạch lựa chọn nhà thầu và
/// ngày công khai. Quy tắc không mở trang nên chỉ ghi nhận phần còn thiếu.
#[rule(
    requirement = "R67",
    title_vi = "Thông tin phải công khai",
    title_en = "Publication duty",
    severity = Inform,
    effective = "2012-11-30..",
    basis = "Quyết định 42/2012/QĐ-UBND của Ủy ban nhân dân tỉnh Quảng Ngãi",
    quote = "thực hiện cung cấp trên môi trường mạng những thông tin thuộc trách nhiệm của cơ quan",
    stages = [Completion],
    violations = [NoAddress, NoWebAddress, NoDate, LaterThanToday]
)]
pub fn public_information_duty(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    let on = require!(context.on);
    require!(dossier.stage);
    let url = dossier.publication.url.trimmed();
    if url.is_empty() {
        findings.add(at!(dossier.publication.url), NoAddress);
        return Ok(());
    }
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        findings.add(at!(dossier.publication.url), NoWebAddress { url });
    }
    match dossier.publication.date.get() {
        None => findings.add(at!(dossier.publication.date), NoDate),
        Some(date) if date > on => {
            findings.add(at!(dossier.publication.date), LaterThanToday { date, on });
        }
        Some(_) => {}
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ hoàn thành chưa ghi địa chỉ trang thông tin đã công khai quyết định phê duyệt, kế hoạch lựa chọn nhà thầu.",
    en = "The completed dossier does not say where its decision and procurement plan are published.",
    remedy_vi = "Công khai trên cổng, trang thông tin điện tử của cơ quan và ghi địa chỉ.",
    remedy_en = "Publish them on the agency's portal and state the address."
)]
struct NoAddress;

#[derive(Violation)]
#[violation(
    vi = "“{url}” không phải địa chỉ trang thông tin điện tử.",
    en = "“{url}” is no web address.",
    remedy_vi = "Ghi đầy đủ địa chỉ, bắt đầu bằng “https://” hoặc “http://”.",
    remedy_en = "Write the whole address, beginning with “https://” or “http://”."
)]
struct NoWebAddress {
    url: String,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ hoàn thành chưa ghi ngày công khai thông tin.",
    en = "The completed dossier does not say when it was published.",
    remedy_vi = "Ghi ngày công khai.",
    remedy_en = "State the date of publication."
)]
struct NoDate;

#[derive(Violation)]
#[violation(
    vi = "Ngày công khai {date} sau ngày xét {on}.",
    en = "The date of publication, {date}, is after the day of judging, {on}.",
    remedy_vi = "Kiểm tra lại ngày công khai.",
    remedy_en = "Check the date of publication."
)]
struct LaterThanToday {
    date: Date,
    on: Date,
}
