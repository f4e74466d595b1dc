use kycuong_rules_sdk::model::regime::governing;
use kycuong_rules_sdk::prelude::*;

/// Hồ sơ phải khai đúng nghị định áp dụng theo ngày xét và quy định chuyển tiếp.
///
/// Nghị định áp dụng được tính từ ngày xét, ngày quyết định hoặc báo cáo thẩm định, và lựa chọn chuyển tiếp của cấp có thẩm
/// quyền. Quy định chuyển tiếp ở các mốc 10/7/2024 và 01/3/2026 chưa đối chiếu được văn bản nên chỉ cảnh báo.
#[rule(
    requirement = "R80",
    title_vi = "Chế độ pháp lý áp dụng",
    title_en = "Governing regime",
    severity = Block,
    effective = "2020-01-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 91; Nghị định 73/2019/NĐ-CP, Điều 63",
    reads = ["transition.decided_on", "transition.appraisal_report_on", "transition.choice"],
    violations = [NotDeclared, DeclaredOlder, DeclaredNewer]
)]
pub fn regime_selected(dossier: &Dossier, context: &Context, findings: &mut Findings) -> Checked {
    let computed = require!(context.regime);
    let on = require!(context.on);
    let transition = &dossier.transition;
    let derived = governing(
        transition.decided_on.get(),
        transition.appraisal_report_on.get(),
        transition.choice.get(),
        on,
    )
    .ok()
    .filter(|derived| derived.regime == computed);
    let reason = match (context.regime_reason_vi.get(), context.regime_reason_en.get(), &derived) {
        (Some(vi), Some(en), _) => Bilingual::new(vi, en),
        (_, _, Some(derived)) => derived.why(),
        (_, _, None) => Bilingual::new(
            format!("{} áp dụng cho hồ sơ này.", computed.vi()),
            format!("{} applies to this dossier.", computed.en()),
        ),
    };
    let severity = match &derived {
        Some(derived) if !derived.verified => Severity::Warn,
        _ => Severity::Block,
    };
    match dossier.regime.get() {
        None => findings.add_as(severity, at!(dossier.regime), NotDeclared { reason, computed }),
        Some(declared) if declared < computed => {
            findings.add_as(
                severity,
                at!(dossier.regime),
                DeclaredOlder { reason, declared, computed },
            );
        }
        Some(declared) if declared > computed => {
            findings.add_as(
                severity,
                at!(dossier.regime),
                DeclaredNewer { reason, declared, computed },
            );
        }
        Some(_) => {}
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "{reason} Hồ sơ chưa khai nghị định áp dụng.",
    en = "{reason} The dossier does not declare its regime.",
    remedy_vi = "Khai chế độ pháp lý là {computed}.",
    remedy_en = "Declare {computed}."
)]
struct NotDeclared {
    reason: Bilingual,
    computed: Regime,
}

#[derive(Violation)]
#[violation(
    vi = "{reason} Hồ sơ lại khai áp dụng {declared}.",
    en = "{reason} The dossier declares {declared}.",
    remedy_vi = "Lập lại hồ sơ theo {computed}; nếu thuộc trường hợp chuyển tiếp thì khai ngày quyết định hoặc ngày báo cáo thẩm định.",
    remedy_en = "Draw up the dossier under {computed}; in a transitional case declare the date of the decision or of the appraisal report."
)]
struct DeclaredOlder {
    reason: Bilingual,
    declared: Regime,
    computed: Regime,
}

#[derive(Violation)]
#[violation(
    vi = "{reason} Hồ sơ lại khai áp dụng {declared}.",
    en = "{reason} The dossier declares {declared}.",
    remedy_vi = "Lập lại hồ sơ theo {computed}; nếu cấp có thẩm quyền đã chọn áp dụng {declared} theo quy định chuyển tiếp thì khai lựa chọn đó và kèm văn bản.",
    remedy_en = "Draw up the dossier under {computed}; if the authority chose {declared} under the transitional rule, declare the choice and attach its document."
)]
struct DeclaredNewer {
    reason: Bilingual,
    declared: Regime,
    computed: Regime,
}
