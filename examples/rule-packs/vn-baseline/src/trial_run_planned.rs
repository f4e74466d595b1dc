use kycuong_rules_sdk::prelude::*;

/// Mua sắm theo điểm a, d, đ khoản 1 Điều 65 và thuê dịch vụ phải có bước vận hành thử trong tiến độ.
///
/// Kiểm tra tiến độ có ít nhất một bước là vận hành thử.
#[rule(
    requirement = "R97",
    title_vi = "Có vận hành thử",
    title_en = "Trial run planned",
    severity = Warn,
    effective = "2026-07-01..",
    basis = "Nghị định 224/2026/NĐ-CP, Điều 65 khoản 7 điểm a, Điều 67 khoản 5",
    kinds = [LeaseFeasibilityReport, ServiceLease, PurchaseWithoutProject],
    regimes = [Nd224_2026],
    reads = ["schedule.trial_run"],
    violations = [NoSchedule, NoTrialRun]
)]
pub fn trial_run_planned(dossier: &Dossier, findings: &mut Findings) -> Checked {
    if require!(dossier.kind) == DossierKind::PurchaseWithoutProject
        && !matches!(
            require!(dossier.exempt_basis),
            ExemptBasis::A | ExemptBasis::D | ExemptBasis::Dd
        )
    {
        return not_applicable(
            "Mua sắm không theo điểm a, d, đ khoản 1 Điều 65 không phải chạy thử.",
            "A purchase not under article 65.1, points a, d and đ needs no trial run.",
        );
    }
    if dossier.schedule.is_empty() {
        findings.add(at!(dossier.schedule), NoSchedule);
    } else if !dossier.schedule.iter().any(|step| step.trial_run.is(true)) {
        findings.add(at!(dossier.schedule), NoTrialRun);
    }
    Ok(())
}

#[derive(Violation)]
#[violation(
    vi = "Hồ sơ chưa nêu tiến độ nên chưa có bước vận hành thử.",
    en = "The dossier has no schedule, hence no trial run.",
    remedy_vi = "Nêu các bước thực hiện, trong đó có vận hành thử trước khi nghiệm thu.",
    remedy_en = "State the steps, with a trial run before acceptance."
)]
struct NoSchedule;

#[derive(Violation)]
#[violation(
    vi = "Tiến độ của hồ sơ không có bước vận hành thử.",
    en = "The schedule has no trial run.",
    remedy_vi = "Bổ sung bước vận hành thử trước khi nghiệm thu.",
    remedy_en = "Add a trial run before acceptance."
)]
struct NoTrialRun;
