//! Which kind of dossier the law asks for: by decree, by the nature of the money, by what is done, by value.

use kycuong_law::budget_index::is_investment_section;
use kycuong_law::one_step_design;
use kycuong_rules_sdk::prelude::*;

use kycuong_rules_sdk::model::solution::Component;

/// Up to this value recurrent money needs no dossier: Nghị định 73/2019/NĐ-CP Điều 51, to 2026-06-30.
const NO_DOSSIER_MAX_ND_73: Money = Money::dong(200_000_000);

/// What needs no project from recurrent money: Nghị định 224/2026/NĐ-CP Điều 65 khoản 1 điểm a, b.
const NEVER_A_PROJECT: [Work; 2] = [Work::Purchase, Work::LeaseAvailable];

codes! {
    /// Tính chất nguồn vốn.
    pub enum Source {
        Capital = "capital" "vốn đầu tư công" "public investment",
        Recurrent = "recurrent" "chi thường xuyên" "recurrent expenditure",
    }
}

impl Source {
    /// The nature of a dossier's money: capital as soon as some of it is; `None` without state budget.
    pub fn of(dossier: &Dossier) -> Option<Self> {
        let is_capital =
            |section: &Field<Text>| section.text().parse().is_ok_and(is_investment_section);
        let natures = dossier.funding.iter().filter_map(|source| match source.kind.get()? {
            FundingKind::PublicInvestment => Some(Self::Capital),
            FundingKind::TargetProgramme if is_capital(&source.codes.section) => {
                Some(Self::Capital)
            }
            FundingKind::Recurrent | FundingKind::TargetProgramme => Some(Self::Recurrent),
            FundingKind::Other => None,
        });
        natures.reduce(|all, one| if all == Self::Capital { all } else { one })
    }
}

codes! {
    /// Việc phải làm của một hạng mục, để chọn loại hồ sơ.
    pub enum Work {
        System = "system" "xây dựng, nâng cấp, mở rộng hệ thống" "building, upgrading or expanding a system",
        Purchase = "purchase" "mua sắm, thay thế" "purchase or replacement",
        LeaseUnavailable = "lease-unavailable" "thuê dịch vụ không sẵn có" "lease of an unavailable service",
        LeaseAvailable = "lease-available" "thuê dịch vụ sẵn có" "lease of an available service",
    }
}

impl Work {
    /// What one component is; `None` for training and the like, which follow the rest.
    pub fn of(component: &Component) -> Option<Self> {
        match component.provision.get() {
            Some(Provision::LeaseUnavailable) => return Some(Self::LeaseUnavailable),
            Some(Provision::LeaseAvailable) => return Some(Self::LeaseAvailable),
            Some(Provision::Purchase) => return Some(Self::Purchase),
            Some(Provision::Invest) | None => {}
        }
        if component.r#type.is(ComponentType::Training) {
            return None;
        }
        // Renewing licences or devices is a purchase, whatever it is called (article 65.1.a).
        let is_bought = [ComponentType::CommercialSoftware, ComponentType::EndUserDevice]
            .into_iter()
            .any(|bought| component.r#type.is(bought));
        match component.action.get()? {
            ComponentAction::Lease => Some(Self::LeaseUnavailable),
            ComponentAction::Purchase | ComponentAction::Replace => Some(Self::Purchase),
            ComponentAction::Upgrade if is_bought => Some(Self::Purchase),
            ComponentAction::Build
            | ComponentAction::Upgrade
            | ComponentAction::Expand
            | ComponentAction::Integrate => Some(Self::System),
        }
    }
}

/// What decides the kind of a dossier.
#[derive(Clone, Debug)]
pub struct Task {
    /// The governing decree.
    pub regime: Regime,
    /// The nature of the money.
    pub source: Source,
    /// What is done.
    pub works: BTreeSet<Work>,
    /// The value that the limits are compared with: see [`system_value`].
    pub value: Money,
    /// The basis for having no project, when one is claimed.
    pub exempt_basis: Option<ExemptBasis>,
    /// Whether the authority permits one-step design above the limit (article 42.2.b).
    pub one_step_permitted: bool,
}

impl Task {
    /// The kinds that the law allows; empty when its tables do not say.
    pub fn expected_kinds(&self) -> Vec<DossierKind> {
        match self.regime {
            Regime::Nd224_2026 => self.under_nd_224(),
            Regime::Nd73_2019 | Regime::Nd82_2024 => self.before_nd_224(),
            // Its table could not be read: what its predecessor or its successor allows is let through.
            Regime::Nd45_2026 => {
                let mut kinds = self.under_nd_224();
                let older = self.before_nd_224();
                kinds.extend(
                    older.into_iter().filter(|kind| !kinds.contains(kind)).collect::<Vec<_>>(),
                );
                kinds
            }
        }
    }

    fn under_nd_224(&self) -> Vec<DossierKind> {
        match self.source {
            Source::Capital => self.capital(),
            Source::Recurrent => self.recurrent(),
        }
    }

    /// Nghị định 224/2026/NĐ-CP Điều 42, 45: vốn đầu tư công.
    fn capital(&self) -> Vec<DossierKind> {
        let has = |work| self.works.contains(&work);
        let leases = has(Work::LeaseUnavailable) || has(Work::LeaseAvailable);
        if has(Work::System) {
            return self.by_steps();
        }
        let mut kinds = Vec::new();
        if has(Work::Purchase) {
            kinds.push(DossierKind::PurchaseFeasibilityReport);
        }
        if leases {
            kinds.push(DossierKind::LeaseFeasibilityReport);
        }
        kinds
    }

    /// Nghị định 224/2026/NĐ-CP Điều 65, 66, 67: chi thường xuyên.
    fn recurrent(&self) -> Vec<DossierKind> {
        let has = |work| self.works.contains(&work);
        let mut kinds = Vec::new();
        // Purchases need no project (65.1.a) but may have one, as part of it or by themselves (65.8).
        if has(Work::System) || has(Work::Purchase) {
            kinds.extend(self.by_steps());
        }
        if has(Work::LeaseUnavailable) && !has(Work::System) {
            kinds.push(DossierKind::ServiceLease);
        }
        let only = |allowed: &[Work]| self.works.iter().all(|work| allowed.contains(work));
        let exempt = match self.exempt_basis {
            // Devices and available services bought together are exempt both, under either point.
            Some(ExemptBasis::A) => has(Work::Purchase) && only(&NEVER_A_PROJECT),
            Some(ExemptBasis::B) => has(Work::LeaseAvailable) && only(&NEVER_A_PROJECT),
            Some(ExemptBasis::C | ExemptBasis::D | ExemptBasis::Dd) => true,
            // Other activities of article 34: building a system is none of them (65.2), nor is point 65.3.
            Some(ExemptBasis::E) => only(&NEVER_A_PROJECT),
            None => false,
        };
        // Shown as what is expected, too, where no other kind is.
        if exempt || kinds.is_empty() {
            kinds.push(DossierKind::PurchaseWithoutProject);
        }
        kinds
    }

    /// One step up to the limit, two steps above.
    fn by_steps(&self) -> Vec<DossierKind> {
        let one_step = self.value <= one_step_design::limit(Regime::Nd224_2026);
        let mut kinds = Vec::new();
        if !one_step {
            kinds.push(DossierKind::FeasibilityReport);
        }
        if one_step || self.one_step_permitted {
            kinds.push(DossierKind::EconomicTechnicalReport);
        }
        kinds
    }

    /// Nghị định 73/2019/NĐ-CP Điều 10, 51 to 58. The two decrees after it are taken to differ in the
    /// limit of one-step design only, unverified.
    fn before_nd_224(&self) -> Vec<DossierKind> {
        let has = |work| self.works.contains(&work);
        let large = self.value > one_step_design::limit(self.regime);
        if self.source == Source::Capital {
            return match (large, has(Work::System)) {
                (true, true) => vec![DossierKind::FeasibilityReport],
                // A purchase may be designed in one step whatever it costs.
                (true, false) => {
                    vec![DossierKind::FeasibilityReport, DossierKind::EconomicTechnicalReport]
                }
                (false, _) => vec![DossierKind::EconomicTechnicalReport],
            };
        }
        if has(Work::System) {
            return if large {
                vec![DossierKind::FeasibilityReport, DossierKind::EconomicTechnicalReport]
            } else if self.value > NO_DOSSIER_MAX_ND_73 {
                vec![DossierKind::OutlineAndEstimate]
            } else {
                vec![DossierKind::PurchaseWithoutProject]
            };
        }
        if has(Work::LeaseUnavailable) {
            return vec![DossierKind::ServiceLease];
        }
        vec![DossierKind::PurchaseWithoutProject]
    }
}

/// Whether a component should be some work, but does not say which.
pub fn is_undecided(component: &Component) -> bool {
    Work::of(component).is_none() && !component.r#type.is(ComponentType::Training)
}

/// What a dossier does, by its components.
pub fn works(dossier: &Dossier) -> BTreeSet<Work> {
    dossier.components.iter().filter_map(Work::of).collect()
}

/// The value that the limit of one-step design is compared with: the total, or in a project that also
/// leases (article 42.2.c) the lines of its system components.
pub fn system_value(dossier: &Dossier, total: Money) -> Money {
    let works = works(dossier);
    let leases = works.contains(&Work::LeaseUnavailable) || works.contains(&Work::LeaseAvailable);
    if !(leases && works.contains(&Work::System)) {
        return total;
    }
    let of_system = |id: &str| {
        dossier
            .components
            .iter()
            .any(|component| component.id.is_text(id) && Work::of(component) == Some(Work::System))
    };
    let lines = dossier
        .costs
        .lines
        .iter()
        .filter(|line| line.component_id.get().is_some_and(|id| of_system(&id)));
    let system: Money = lines.filter_map(|line| line.amount.get()).sum();
    // Lines that name no component say nothing about the system items.
    if system.is_zero() { total } else { system }
}
