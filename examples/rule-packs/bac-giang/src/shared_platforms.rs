//! Nền tảng, hạ tầng dùng chung mà hồ sơ được dùng.

use kycuong_rules_sdk::model::facts::SharedPlatform;
use kycuong_rules_sdk::prelude::*;

/// Whether a shared platform serves the dossier's province: a national one, or the province's own.
pub(crate) fn serves(platform: &SharedPlatform, dossier: &Dossier) -> bool {
    let province = dossier.province.code.text();
    platform.level.is_text("national")
        || (!province.is_empty() && platform.province.is_text(&province))
}

/// Whether it is some province's and the dossier does not say which province is its own.
pub(crate) fn is_undecided(platform: &SharedPlatform, dossier: &Dossier) -> bool {
    !platform.level.is_text("national") && !dossier.province.code.is_filled()
}

/// Whether it is infrastructure (a data centre, a cloud) and no platform.
pub(crate) fn is_infrastructure(platform: &SharedPlatform) -> bool {
    platform.kind.is_text("infrastructure")
}

/// Whether the dossier says of this platform why it is used, extended or left aside.
pub(crate) fn is_analysed(platform: &SharedPlatform, dossier: &Dossier) -> bool {
    let id = platform.id.text();
    let mut entries = dossier.systems.reuse_analysis.iter();
    entries.any(|entry| entry.system_id.is_text(&id) && entry.reason.is_filled())
}

/// Names for a message: `“Cổng dữ liệu” (NT-01), “…” (…)`.
pub(crate) fn names(platforms: &[&SharedPlatform]) -> String {
    let name =
        |platform: &&SharedPlatform| format!("“{}” ({})", platform.name.text(), platform.id.text());
    platforms.iter().map(name).collect::<Vec<_>>().join(", ")
}
