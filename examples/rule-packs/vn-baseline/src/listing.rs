//! Several things in one message, separated by semicolons: the titles of codes hold commas.

use std::fmt;

use kycuong_rules_sdk::Localize;

/// Things that a message lists, in the order in which they are held.
pub struct Listing<T>(pub Vec<T>);

impl<T: Localize> Localize for Listing<T> {
    fn vi(&self) -> String {
        self.0.iter().map(Localize::vi).collect::<Vec<_>>().join("; ")
    }
    fn en(&self) -> String {
        self.0.iter().map(Localize::en).collect::<Vec<_>>().join("; ")
    }
}

/// The codes, for programs.
impl<T: fmt::Display> fmt::Display for Listing<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (position, thing) in self.0.iter().enumerate() {
            let separator = if position == 0 { "" } else { "; " };
            write!(f, "{separator}{thing}")?;
        }
        Ok(())
    }
}
