//! How messages name a line of the estimate.

use kycuong_rules_sdk::model::costs::CostLine;

/// What an official looks for in the estimate: the line's name, else its id, else its number from 1.
pub fn label(line: &CostLine<'_>, position: usize) -> String {
    if line.name.is_filled() {
        line.name.text().trim().to_owned()
    } else if line.id.is_filled() {
        line.id.text().trim().to_owned()
    } else {
        (position + 1).to_string()
    }
}
