//! Phần mềm được xây dựng, phát triển: đối tượng của các quy tắc về hệ thống lõi.

use kycuong_rules_sdk::model::solution::Component;
use kycuong_rules_sdk::prelude::*;

/// Whether a component is a system that is developed. Commercial software, databases, equipment and
/// services are used as they are, so they have no core system to be developed from.
pub(crate) fn is_developed_software(component: &Component<'_>) -> bool {
    matches!(
        component.r#type.get(),
        Some(ComponentType::InternalSoftware | ComponentType::Platform)
    )
}
