//! Whether a parameter's value is of its kind and within its bounds.

use kycuong_model::date::Date;
use kycuong_model::manifest::ParameterDescription;
use kycuong_model::money::{Money, Percent, Quantity};

use crate::error::BuildError;

/// Whether a value is of the parameter's kind and within its bounds, both of which are allowed.
pub(super) fn check_value(
    rule: &str,
    parameter: &ParameterDescription,
    value: &str,
) -> Result<(), BuildError> {
    let within = match parameter.kind.as_str() {
        "switch" => matches!(value, "true" | "false").then_some(true),
        "percent" => is_within::<Percent>(parameter, value),
        "money" => is_within::<Money>(parameter, value),
        "quantity" => is_within::<Quantity>(parameter, value),
        "date" => is_within::<Date>(parameter, value),
        // `count`, `days`, `months`: digits alone, so that `+5` and `-0` are refused.
        _ if value.bytes().all(|byte| byte.is_ascii_digit()) => is_within::<u32>(parameter, value),
        _ => None,
    };
    let (rule, name, value) = (rule.to_owned(), parameter.name.clone(), value.to_owned());
    match within {
        Some(true) => Ok(()),
        Some(false) => {
            let bound = |bound: &Option<String>| bound.clone().unwrap_or_else(|| "any".to_owned());
            let (min, max) = (bound(&parameter.min), bound(&parameter.max));
            Err(BuildError::ParameterBounds { rule, name, value, min, max })
        }
        None => Err(BuildError::ParameterKind { rule, name, kind: parameter.kind.clone(), value }),
    }
}

/// `None` when the value, or a bound in the manifest, cannot be read.
fn is_within<T: std::str::FromStr + Ord>(
    parameter: &ParameterDescription,
    value: &str,
) -> Option<bool> {
    let value = value.parse::<T>().ok()?;
    let above = match &parameter.min {
        Some(min) => min.parse::<T>().ok()? <= value,
        None => true,
    };
    let below = match &parameter.max {
        Some(max) => value <= max.parse::<T>().ok()?,
        None => true,
    };
    Some(above && below)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameter(kind: &str, min: &str, max: &str) -> ParameterDescription {
        let bound = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ParameterDescription {
            name: "share".to_owned(),
            doc: "Tỷ lệ.".to_owned(),
            kind: kind.to_owned(),
            default: min.to_owned(),
            min: bound(min),
            max: bound(max),
        }
    }

    fn said(parameter: &ParameterDescription, value: &str) -> String {
        check_value("thu/mot", parameter, value)
            .map_or_else(|error| error.to_string(), |()| "fits".to_owned())
    }

    #[test]
    fn a_parameter_stays_within_its_bounds_and_the_error_says_them() {
        let percent = parameter("percent", "2", "10");
        assert_eq!(said(&percent, "2"), "fits");
        assert_eq!(said(&percent, "10"), "fits");
        assert_eq!(
            said(&percent, "1.99"),
            "the parameter `share` of the rule `thu/mot` is 2 to 10, got 1.99"
        );
        assert_eq!(
            said(&percent, "nhiều"),
            "the parameter `share` of the rule `thu/mot` is a percent, got `nhiều`"
        );
        assert_eq!(said(&parameter("switch", "", ""), "true"), "fits");
        assert!(said(&parameter("switch", "", ""), "yes").contains("is a switch"));
        assert_eq!(said(&parameter("date", "2026-01-01", "2026-12-31"), "2026-07-01"), "fits");
        assert!(said(&parameter("count", "1", "30"), "+5").contains("is a count"));
        assert!(said(&parameter("months", "1", "30"), "31").contains("is 1 to 30, got 31"));
        assert!(said(&parameter("money", "0", "x"), "5").contains("is a money"), "a broken bound");
    }
}
