//! Phần mềm được xây dựng, phát triển: đối tượng của các quy tắc về hệ thống lõi.

use kycuong_rules_sdk::model::solution::Component;
use kycuong_rules_sdk::prelude::*;

/// Whether a component is a system that is developed. Commercial software, databases, equipment and
/// services are used as they are, so they have no core system to be developed from.
pub(crate) fn is_developed_software(component: &Component) -> bool {
    matches!(
        component.r#type.get(),
        Some(ComponentType::InternalSoftware | ComponentType::Platform)
    )
}

/// Whether a component is a developed system that is built anew: what is upgraded or expanded is there already.
///
/// # Errors
/// Missing when a developed component does not say what is done with it.
pub(crate) fn is_new_system(component: &Component) -> Result<bool, Stop> {
    if !is_developed_software(component) {
        return Ok(false);
    }
    Ok(require!(component.action) == ComponentAction::Build)
}
