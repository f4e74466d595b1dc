//! Up to what value a task is designed in one step (báo cáo kinh tế - kỹ thuật).

use kycuong_model::money::Money;
use kycuong_model::regime::Regime;

/// The limit under the decree that governs a dossier, in đồng; a value equal to it is within it. The decrees have
/// their days themselves: [`Regime::from`] and [`Regime::to`].
///
/// 15 billion under Decree 73/2019/NĐ-CP, article 10; Decree 82/2024/NĐ-CP is taken to keep it, unverified.
/// 20 billion under Decree 224/2026/NĐ-CP, article 42.2.a; Decree 45/2026/NĐ-CP is taken to have the same, unverified.
pub const fn limit(regime: Regime) -> Money {
    match regime {
        Regime::Nd73_2019 | Regime::Nd82_2024 => Money::dong(15_000_000_000),
        Regime::Nd45_2026 | Regime::Nd224_2026 => Money::dong(20_000_000_000),
    }
}

#[cfg(test)]
mod tests {
    use kycuong_model::code::Code as _;

    use super::*;

    #[test]
    fn each_decree_has_its_limit() {
        let limits = Regime::ALL.iter().map(|regime| limit(*regime)).collect::<Vec<_>>();
        let billions = [15, 15, 20, 20].map(|billions| Money::dong(billions * 1_000_000_000));
        assert_eq!(limits, billions);
    }
}
