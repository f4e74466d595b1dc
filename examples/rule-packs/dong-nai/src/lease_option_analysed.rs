use kycuong_rules_sdk::prelude::*;

/// Cấu phần được đầu tư phải có so sánh với phương án thuê dịch vụ.
///
/// Mỗi cấu phần chọn cách đầu tư có một mục so sánh; khi đã có dịch vụ sẵn trên thị trường mà vẫn chọn đầu tư thì
/// phải nêu lý do. Phương án nào phù hợp do người thẩm định xem xét.
#[rule(
    requirement = "R48",
    title_vi = "Đã so sánh phương án thuê",
    title_en = "Lease option analysed",
    severity = Warn,
    effective = "2019-01-01..",
    basis = "Kế hoạch thực hiện Chương trình mục tiêu Công nghệ thông tin giai đoạn 2019 - 2020 của Ủy ban nhân dân tỉnh Đồng Nai; Nghị định 224/2026/NĐ-CP, Điều 36 khoản 4",
    quote = "Nghiên cứu triển khai thuê các dịch vụ công nghệ thông tin đối với một số hạng mục phù hợp",
    reads = ["components.id", "components.provision"],
    violations = [NoAnalysis, AvailabilityUnknown, NoReason]
)]
pub fn lease_option_analysed(dossier: &Dossier, findings: &mut Findings) -> Checked {
    let mut invested: Vec<_> = require!(dossier.components).iter().collect();
    invested.retain(|component| component.provision.is(Provision::Invest));
    if invested.is_empty() {
        return not_applicable(
            "Hồ sơ không có cấu phần được đầu tư.",
            "No component of the dossier is invested in.",
        );
    }
    for component in invested {
        let id = component.id.text();
        let name = component.name.owned();
        let analysis = dossier
            .lease_analysis
            .iter()
            .find(|entry| !id.is_empty() && entry.component_id.is_text(&id));
        match analysis {
            None => findings.add(at!(component.provision), NoAnalysis { name }),
            Some(entry) if !entry.available_as_service.is_present() => {
                findings.add(at!(entry.available_as_service), AvailabilityUnknown { name });
            }
            Some(entry) if entry.available_as_service.is(true) && !entry.reason.is_filled() => {
                findings.add(at!(entry.reason), NoReason { name });
            }
            Some(_) => {}
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” chọn đầu tư nhưng chưa có so sánh với phương án thuê dịch vụ.",
    en = "The component “{name}” is invested in, without a comparison with leasing.",
    remedy_vi = "Bổ sung mục so sánh phương án thuê của cấu phần này.",
    remedy_en = "Add the comparison for this component."
)]
struct NoAnalysis {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "So sánh phương án thuê của cấu phần “{name}” chưa nêu dịch vụ đã có sẵn trên thị trường hay chưa.",
    en = "The comparison for the component “{name}” does not say whether it is available as a service.",
    remedy_vi = "Nêu rõ cấu phần có sẵn dưới dạng dịch vụ hay không.",
    remedy_en = "State whether it is available as a service."
)]
struct AvailabilityUnknown {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Cấu phần “{name}” có sẵn dưới dạng dịch vụ nhưng chọn đầu tư mà chưa nêu lý do.",
    en = "The component “{name}” is available as a service, yet it is invested in without a reason.",
    remedy_vi = "Nêu lý do chọn đầu tư, hoặc chuyển sang thuê dịch vụ.",
    remedy_en = "Give the reason, or lease the service."
)]
struct NoReason {
    name: String,
}
