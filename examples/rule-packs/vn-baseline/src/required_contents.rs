//! What a dossier of a kind has to contain: sections of its report, and papers that go with it.

use kycuong_rules_sdk::prelude::*;

use crate::expected_kind::Source;

/// The sections of a kind under a decree, in the order of the law; empty where the list was not read.
pub fn sections(kind: DossierKind, regime: Regime) -> Vec<SectionKey> {
    use SectionKey::{
        ArchitectureCompliance, ArisingCases, BaseDesign, CurrentState, DataOwnershipTransfer,
        DetailedDesign, DetailedEstimate, GeneralInformation, LeaseEstimate, LeasePeriod,
        ManagementOperation, Necessity, ObjectivesScope, Proposals, Schedule, ServiceQuality,
        TechnicalSolution,
    };
    match (kind, regime) {
        // Nghị định 224/2026/NĐ-CP Điều 66 khoản 4; Điều 45 for public investment.
        (DossierKind::FeasibilityReport, Regime::Nd224_2026) => project_sections(Some(BaseDesign)),
        (DossierKind::EconomicTechnicalReport, Regime::Nd224_2026) => {
            project_sections(Some(DetailedDesign))
        }
        (
            DossierKind::PurchaseFeasibilityReport | DossierKind::LeaseFeasibilityReport,
            Regime::Nd224_2026,
        ) => project_sections(None),
        // Nghị định 224/2026/NĐ-CP Điều 67 khoản 2, one for each of the points a to h: point a joins the
        // current state and the necessity, point c the architecture and the plan.
        (DossierKind::ServiceLease, Regime::Nd224_2026) => vec![
            CurrentState,
            ObjectivesScope,
            ArchitectureCompliance,
            ServiceQuality,
            DataOwnershipTransfer,
            LeasePeriod,
            ArisingCases,
            LeaseEstimate,
        ],
        // Thông tư 03/2020/TT-BTTTT Điều 4.
        (DossierKind::OutlineAndEstimate, _) => vec![
            GeneralInformation,
            Necessity,
            TechnicalSolution,
            DetailedEstimate,
            Schedule,
            ManagementOperation,
            Proposals,
        ],
        (
            DossierKind::FeasibilityReport
            | DossierKind::PurchaseFeasibilityReport
            | DossierKind::LeaseFeasibilityReport
            | DossierKind::EconomicTechnicalReport
            | DossierKind::ServiceLease,
            Regime::Nd73_2019 | Regime::Nd82_2024 | Regime::Nd45_2026,
        )
        | (DossierKind::PurchaseWithoutProject, _) => Vec::new(),
    }
}

/// Điều 66 khoản 4, điểm a to m; clearing a site (điểm g) only where there is one.
fn project_sections(design: Option<SectionKey>) -> Vec<SectionKey> {
    use SectionKey::{
        Effectiveness, EnvironmentalImpact, InvestmentAndFunding, ManagementOperation, Necessity,
        ObjectivesScope, OperatingCost, PlanConformity, ProjectOrganisation, Schedule,
        SiteConditions,
    };
    let before = [Necessity, PlanConformity, ObjectivesScope];
    let after = [
        SiteConditions,
        ManagementOperation,
        EnvironmentalImpact,
        Schedule,
        InvestmentAndFunding,
        OperatingCost,
        ProjectOrganisation,
        Effectiveness,
    ];
    before.into_iter().chain(design).chain(after).collect()
}

/// The papers that go with a kind at a stage, under a decree; a dossier that says no stage is being appraised.
pub fn papers(
    kind: DossierKind,
    regime: Regime,
    source: Option<Source>,
    stage: Option<Stage>,
) -> Vec<DocumentType> {
    if kind == DossierKind::PurchaseWithoutProject {
        return Vec::new();
    }
    let mut papers = vec![DocumentType::ProposalLetter, DocumentType::MainReport];
    // The papers of older decrees were read for the outline only, which has just these two.
    if regime != Regime::Nd224_2026 || kind == DossierKind::OutlineAndEstimate {
        return papers;
    }
    let to_be_approved = stage.is_some_and(|stage| stage >= Stage::Approval);
    match source {
        // Điều 66 khoản 2 điểm b, khoản 5 điểm e; Điều 67 khoản 1 điểm a.
        // The decision is what a dossier at the policy stage asks for.
        Some(Source::Recurrent) if stage != Some(Stage::Policy) => {
            papers.push(DocumentType::FundingPolicyDecision)
        }
        // Điều 50 khoản 6.
        Some(Source::Capital) if to_be_approved => {
            papers.push(DocumentType::InvestmentPolicyDecision)
        }
        Some(Source::Recurrent | Source::Capital) | None => {}
    }
    if to_be_approved {
        papers.push(DocumentType::AppraisalReport);
    }
    papers
}
