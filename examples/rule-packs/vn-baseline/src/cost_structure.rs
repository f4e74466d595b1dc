//! What the law prescribes for the estimate of a kind of dossier: its groups, and how their prices are found.

use kycuong_rules_sdk::prelude::*;

/// The cost structures that the decrees prescribe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostStructure {
    /// Six groups, with construction (Nghị định 73/2019/NĐ-CP; Thông tư 03/2020, 04/2020/TT-BTTTT).
    SixGroups,
    /// Five groups (Nghị định 224/2026/NĐ-CP Điều 49 khoản 2).
    FiveGroups,
    /// Five groups of a lease (Điều 49 khoản 3, Điều 67 khoản 2 điểm h).
    ServiceLease,
}

impl CostStructure {
    /// The structure of a kind; `None` where none is prescribed. An outline keeps the structure of the decree
    /// that knew outlines, whatever decree it is judged under.
    pub fn of(kind: DossierKind, regime: Regime) -> Option<Self> {
        match kind {
            DossierKind::PurchaseWithoutProject => None,
            DossierKind::ServiceLease | DossierKind::LeaseFeasibilityReport => {
                Some(Self::ServiceLease)
            }
            DossierKind::OutlineAndEstimate => Some(Self::SixGroups),
            DossierKind::FeasibilityReport
            | DossierKind::PurchaseFeasibilityReport
            | DossierKind::EconomicTechnicalReport => match regime {
                Regime::Nd73_2019 | Regime::Nd82_2024 => Some(Self::SixGroups),
                Regime::Nd45_2026 | Regime::Nd224_2026 => Some(Self::FiveGroups),
            },
        }
    }

    /// The groups that have to be there, in the order of the summary.
    pub fn groups(&self) -> &[CostGroupKey] {
        use CostGroupKey::{
            Construction, Consulting, Contingency, Equipment, Other, ProjectManagement,
            ServiceLease,
        };
        match self {
            Self::SixGroups => {
                &[Construction, Equipment, ProjectManagement, Consulting, Other, Contingency]
            }
            Self::FiveGroups => &[Equipment, ProjectManagement, Consulting, Other, Contingency],
            Self::ServiceLease => {
                &[ServiceLease, ProjectManagement, Consulting, Other, Contingency]
            }
        }
    }
}

/// The methods by which a price of a group may be found; `None` where any will do.
///
/// Nghị định 224/2026/NĐ-CP Điều 49 khoản 4 (equipment, lease, other; Điều 67 khoản 3 likewise), khoản 5
/// (management, consulting), khoản 6 (self-performed: prescribed norms). Under the older decrees the
/// methods that were read cover all of the list.
pub fn price_methods(
    structure: Option<CostStructure>,
    group: CostGroupKey,
) -> Option<Vec<PriceMethod>> {
    use PriceMethod::{
        Combined, ExpertEstimate, ListPrice, PrescribedNorm, PriceAppraisal, Quote, SectorNorm,
        SimilarResult,
    };
    if structure == Some(CostStructure::SixGroups) {
        return None;
    }
    match group {
        CostGroupKey::Equipment
        | CostGroupKey::ServiceLease
        | CostGroupKey::Other
        | CostGroupKey::Construction => Some(
            [Quote, SimilarResult, PriceAppraisal, ListPrice, SectorNorm, Combined, PrescribedNorm]
                .to_vec(),
        ),
        CostGroupKey::ProjectManagement | CostGroupKey::Consulting => Some(
            [
                Quote,
                SimilarResult,
                ExpertEstimate,
                PriceAppraisal,
                SectorNorm,
                Combined,
                PrescribedNorm,
            ]
            .to_vec(),
        ),
        CostGroupKey::Contingency => None,
    }
}
