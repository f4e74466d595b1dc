//! Up to what price a package may be appointed directly, without another ground.

use kycuong_model::codes::PackageCategory;
use kycuong_model::date::Date;
use kycuong_model::money::Money;

use crate::dated::{self, Version};

/// The limits of one wording; a price equal to its limit is within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectAppointment {
    /// For a package of a purchase estimate that is no project.
    pub estimate_max: Money,
    /// For consulting in a project.
    pub project_consulting_max: Money,
    /// For goods, works, non-consulting services and mixed packages in a project.
    pub project_other_max: Money,
    /// The clause, as packages cite their basis: `nd-214-2025/78/4`.
    pub clause: &'static str,
}

/// Decree 214/2025/NĐ-CP, article 78, clause 4: 500 million, 800 million, 2 billion đồng.
const DECREE_214: DirectAppointment = DirectAppointment {
    estimate_max: Money::dong(500_000_000),
    project_consulting_max: Money::dong(800_000_000),
    project_other_max: Money::dong(2_000_000_000),
    clause: "nd-214-2025/78/4",
};

/// The limits before 2025-08-04 were not verified, so that they are not here.
const VERSIONS: [Version<DirectAppointment>; 1] =
    [Version { from: Date::literal(2025, 8, 4), until: None, law: DECREE_214 }];

impl DirectAppointment {
    /// The limits of a day; `None` before 2025-08-04.
    pub fn on(day: Date) -> Option<Self> {
        dated::on(&VERSIONS, day).copied()
    }

    /// The limit for a package of a category in a project, in đồng.
    pub fn in_project(&self, category: PackageCategory) -> Money {
        match category {
            PackageCategory::Consulting => self.project_consulting_max,
            _ => self.project_other_max,
        }
    }
}

#[cfg(test)]
mod tests {
    use kycuong_model::code::Code as _;

    use super::*;

    #[test]
    fn the_limits_begin_with_their_decree() {
        assert!(dated::follow_one_another(&VERSIONS));
        assert_eq!(DirectAppointment::on(Date::literal(2025, 8, 3)), None);
        assert_eq!(DirectAppointment::on(Date::literal(2025, 8, 4)), Some(DECREE_214));
    }

    #[test]
    fn consulting_has_a_limit_of_its_own() {
        for category in PackageCategory::ALL {
            let limit = match category {
                PackageCategory::Consulting => 800_000_000,
                _ => 2_000_000_000,
            };
            assert_eq!(DECREE_214.in_project(*category), Money::dong(limit), "{category:?}");
        }
    }
}
