//! Định mức tỷ lệ của Quyết định 1688/QĐ-BTTTT, chỉ dùng cho hồ sơ lập theo Nghị định 73/2019/NĐ-CP (kể cả khi được
//! sửa đổi bởi Nghị định 82/2024/NĐ-CP). Số liệu lấy từ một bản chép, chưa đối chiếu với văn bản gốc.

use kycuong_rules_sdk::prelude::*;

/// Cost before tax in billion đồng, and the rate at that cost in thousandths of a per cent.
type Milestone = (i128, i128);

const BILLION: i128 = 1_000_000_000;
/// Thousandths of a per cent in the whole.
const RATE_UNITS: i128 = 100_000;
/// Factors are in hundredths.
const FACTOR_UNITS: i128 = 100;

/// The rates of a norm, by ascending cost.
fn milestones(norm: &RateNorm) -> &[Milestone] {
    match norm {
        RateNorm::ManagementInfrastructure => &[
            (7, 2_644),
            (15, 2_184),
            (20, 1_913),
            (30, 1_747),
            (50, 1_324),
            (100, 1_045),
            (150, 1_007),
            (200, 975),
            (500, 841),
            (1_000, 696),
        ],
        RateNorm::ManagementSoftware => &[
            (7, 2_809),
            (15, 2_133),
            (20, 1_964),
            (30, 1_782),
            (50, 1_710),
            (100, 1_346),
            (150, 1_287),
            (200, 1_248),
        ],
        RateNorm::ManagementSoftwareReport => &[(7, 1_855), (15, 1_532)],
        RateNorm::PreparationInfrastructure => &[
            (7, 992),
            (15, 739),
            (20, 652),
            (30, 533),
            (50, 420),
            (100, 310),
            (150, 253),
            (200, 205),
            (500, 164),
            (1_000, 144),
        ],
        RateNorm::PreparationSoftware => &[
            (7, 992),
            (15, 906),
            (20, 812),
            (30, 763),
            (50, 648),
            (100, 485),
            (150, 437),
            (200, 381),
        ],
        RateNorm::ReportSoftware => &[(7, 3_640), (15, 3_240)],
        RateNorm::DesignSoftware => &[
            (7, 3_376),
            (15, 3_155),
            (20, 3_023),
            (30, 2_847),
            (50, 2_506),
            (100, 2_211),
            (150, 2_091),
            (200, 1_975),
        ],
        RateNorm::FeasibilityVerificationInfrastructure => {
            &[(7, 105), (15, 74), (20, 66), (30, 59), (50, 47), (100, 35)]
        }
        RateNorm::FeasibilityVerificationSoftware => {
            &[(7, 126), (15, 88), (20, 85), (30, 77), (50, 65), (100, 51), (150, 42), (200, 36)]
        }
        RateNorm::DesignVerificationSoftware => {
            &[(7, 95), (15, 66), (20, 59), (30, 47), (50, 32), (100, 24), (150, 20), (200, 17)]
        }
        RateNorm::EstimateVerificationSoftware => {
            &[(7, 85), (15, 54), (20, 48), (30, 37), (50, 28), (100, 19), (150, 16), (200, 14)]
        }
    }
}

/// The factors K that the decision names, in hundredths: islands 135 and 120, several provinces 125 and 130, mostly
/// equipment 80 and 70, economic-technical reports 84, service lease plans 165; 100 where none applies.
const FACTORS: [i64; 9] = [100, 70, 80, 84, 120, 125, 130, 135, 165];

/// A declared factor in hundredths; `None` when the decision does not name it.
pub(crate) fn factor_in_hundredths(factor: Quantity) -> Option<i64> {
    let hundredths = factor.decimal() * Quantity::new(100).decimal();
    FACTORS.into_iter().find(|known| hundredths == Quantity::new(*known).decimal())
}

/// The most that a norm allows on a cost before tax, in whole đồng; the đồng that is not reached does not count.
/// `None` when the amounts are out of all range.
///
/// Nt = Nb − (Nb − Na) / (Ga − Gb) · (Gt − Gb) between two milestones; below the first and above the last their own
/// rates. One division at the end, so that nothing is rounded before.
pub(crate) fn ceiling(norm: RateNorm, base: Money, factor: i64) -> Option<Money> {
    let milestones = milestones(&norm);
    let cost: i128 = base.round_half_up_to_dong().to_plain().parse().ok()?;
    let (first, last) = (milestones.first()?, milestones.last()?);
    let (rate, parts) = if cost <= first.0 * BILLION {
        (first.1, 1)
    } else if cost >= last.0 * BILLION {
        (last.1, 1)
    } else {
        let mut spans = milestones.iter().zip(milestones.iter().skip(1));
        let (below, above) = spans.find(|(_, above)| cost <= above.0 * BILLION)?;
        let span = (above.0 - below.0) * BILLION;
        (below.1 * span - (below.1 - above.1) * (cost - below.0 * BILLION), span)
    };
    let product = cost.checked_mul(rate)?.checked_mul(i128::from(factor))?;
    i64::try_from(product / (parts * RATE_UNITS * FACTOR_UNITS)).ok().map(Money::dong)
}
