//! Vốn hỗn hợp: ngân sách nhà nước và các nguồn khác.

use kycuong_rules_sdk::prelude::*;

/// The share of the state budget from which the decree binds a project of mixed capital, from 2026-07-01
/// (Decree 224/2026/NĐ-CP, article 36.1).
pub(crate) const SHARE_MIN: Percent = Percent::new(30);

/// What bears a project.
pub(crate) struct Capital {
    pub(crate) budget: Money,
    pub(crate) total: Money,
    /// What the largest donor gives; absent when the state budget bears all.
    pub(crate) largest: Option<Money>,
    /// [`SHARE_MIN`] of the total.
    pub(crate) minimum: Money,
}

impl Capital {
    /// Adds the sources up.
    ///
    /// # Errors
    /// *Missing* when a source has no kind or no amount.
    pub(crate) fn of(dossier: &Dossier) -> Result<Self, kycuong_rules_sdk::Stop> {
        let (mut budget, mut total) = (Money::ZERO, Money::ZERO);
        let mut donors: BTreeMap<String, Money> = BTreeMap::new();
        for source in require!(dossier.funding) {
            let (kind, amount) = (require!(source.kind), require!(source.amount));
            total = total + amount;
            if kind != FundingKind::Other {
                budget = budget + amount;
                continue;
            }
            let code = source.donor.tax_code.text();
            let donor = if code.trim().is_empty() { source.donor.name.text() } else { code };
            let given = donors.entry(donor.trim().to_owned()).or_default();
            *given = *given + amount;
        }
        let minimum = (SHARE_MIN * total).round_up_to_dong();
        Ok(Self { budget, total, largest: donors.values().max().copied(), minimum })
    }

    /// Whether the decree does not bind it: less than 30% from the state budget, and less than from the largest donor.
    pub(crate) fn is_outside_the_decree(&self) -> bool {
        self.largest.is_some_and(|largest| self.budget < self.minimum && self.budget < largest)
    }
}

/// The severity of a finding about the kind of dossier: for information only when Decree 224/2026/NĐ-CP does not bind the
/// project (article 36.1), a warning under a decree whose numbers could not be read.
pub(crate) fn severity(dossier: &Dossier, regime: Regime) -> Severity {
    let outside = regime == Regime::Nd224_2026
        && Capital::of(dossier).is_ok_and(|capital| capital.is_outside_the_decree());
    match (outside, regime.verified()) {
        (true, _) => Severity::Inform,
        (false, true) => Severity::Block,
        (false, false) => Severity::Warn,
    }
}
