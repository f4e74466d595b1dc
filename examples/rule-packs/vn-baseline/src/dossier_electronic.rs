use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải gửi bằng bản điện tử; hồ sơ có nội dung bí mật nhà nước không được gửi qua hệ thống.
///
/// Kiểm tra kênh gửi, dấu hiệu bí mật nhà nước của hồ sơ và của từng giấy tờ kèm theo.
#[rule(
    requirement = "R91",
    title_vi = "Gửi hồ sơ điện tử",
    title_en = "Sent electronically",
    severity = Block,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 66 khoản 2 điểm b, Điều 67 khoản 1 điểm a",
    violations = [SecretDossier, SecretPaper, ChannelMissing, NotElectronic]
)]
pub fn dossier_electronic(
    dossier: &Dossier,
    context: &Context,
    findings: &mut Findings,
) -> Checked {
    for paper in dossier.attachments.iter().filter(|paper| paper.secret.is(true)) {
        let name =
            if paper.number.is_filled() { paper.number.owned() } else { paper.document_id.owned() };
        findings.add(at!(paper.secret), SecretPaper { name });
    }
    if dossier.secret.is(true) {
        findings.add(at!(dossier.secret), SecretDossier);
        return Ok(());
    }
    // A secret dossier does not belong here under any decree; the channel is a matter of this one.
    if require!(context.regime) != Regime::Nd224_2026 {
        return not_applicable(
            "Quy tắc này chỉ áp dụng cho hồ sơ theo Nghị định 224/2026/NĐ-CP; hồ sơ áp dụng nghị định trước đó.",
            "This rule only concerns dossiers under Decree 224/2026/NĐ-CP; the dossier stays under an older decree.",
        );
    }
    match dossier.channel.get() {
        None => findings.add(at!(dossier.channel), ChannelMissing),
        Some(Channel::Electronic) => {}
        Some(channel @ (Channel::Paper | Channel::Post)) => {
            findings.add(at!(dossier.channel), NotElectronic { channel });
        }
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ có nội dung bí mật nhà nước nên không được gửi qua hệ thống này.",
    en = "The dossier holds state secrets, so it must not be sent through this system.",
    remedy_vi = "Rút hồ sơ khỏi hệ thống ngay và gửi theo quy định về bảo vệ bí mật nhà nước.",
    remedy_en = "Withdraw the dossier from the system at once and send it as the rules on state secrets require."
)]
struct SecretDossier;

#[derive(Violation)]
#[violation(
    vi = "Giấy tờ “{name}” là bí mật nhà nước nên không được gửi qua hệ thống này.",
    en = "The paper “{name}” is a state secret, so it must not be sent through this system.",
    remedy_vi = "Gỡ giấy tờ “{name}” khỏi hồ sơ ngay và gửi theo quy định về bảo vệ bí mật nhà nước.",
    remedy_en = "Remove the paper “{name}” at once and send it as the rules on state secrets require."
)]
struct SecretPaper {
    name: String,
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa khai kênh gửi.",
    en = "The dossier does not say how it was sent.",
    remedy_vi = "Khai kênh gửi; hồ sơ không thuộc bí mật nhà nước thì gửi bằng bản điện tử.",
    remedy_en = "Declare the channel; a dossier without state secrets is sent electronically."
)]
struct ChannelMissing;

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ gửi theo hình thức {channel}; hồ sơ không thuộc bí mật nhà nước phải gửi bằng bản điện tử.",
    en = "The dossier was sent {channel}; without state secrets it has to be sent electronically.",
    remedy_vi = "Gửi lại hồ sơ bằng bản điện tử.",
    remedy_en = "Send the dossier again, electronically."
)]
struct NotElectronic {
    channel: Channel,
}
