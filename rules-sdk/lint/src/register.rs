//! The legal register: which text is in force when, and what replaced it.

use std::collections::{BTreeMap, BTreeSet};

use kycuong_model::date::{Date, DateError};

/// A legal register cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterError {
    /// A row has no number.
    #[error("row {row} of the legal register has no `number`")]
    Number {
        /// Which row, from 1.
        row: usize,
    },
    /// A day is none.
    #[error("the legal register gives no date as `{column}` of `{number}`")]
    Date {
        /// The text's number.
        number: String,
        /// `from` or `to`.
        column: &'static str,
        /// What stands there.
        source: DateError,
    },
}

kycuong_model::error_codes!(RegisterError {
    Number => "no-number",
    Date => "bad-date",
});

/// Legal texts by number, with their days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegalRegister {
    texts: BTreeMap<String, Vec<Period>>,
}

/// When a text was in force.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Period {
    from: Option<Date>,
    to: Option<Date>,
    replaced_by: Option<String>,
}

/// What the register says of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) number: &'a str,
    periods: &'a [Period],
}

impl LegalRegister {
    /// Reads the rows of the facts table `legal_register`: `number`, `from`, `to`, `replaced_by`; an
    /// absent or empty day is open. A text may have several rows.
    ///
    /// # Errors
    /// [`RegisterError`], with the row or the number.
    pub fn from_rows<'a>(
        rows: impl IntoIterator<Item = &'a BTreeMap<String, String>>,
    ) -> Result<Self, RegisterError> {
        let mut texts: BTreeMap<String, Vec<Period>> = BTreeMap::new();
        for (place, row) in rows.into_iter().enumerate() {
            let cell = |column: &str| {
                row.get(column).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
            };
            let number = cell("number").ok_or(RegisterError::Number { row: place + 1 })?;
            let day = |column: &'static str| {
                cell(column).map(str::parse).transpose().map_err(|source| RegisterError::Date {
                    number: number.to_owned(),
                    column,
                    source,
                })
            };
            let replaced_by = cell("replaced_by").map(str::to_owned);
            let period = Period { from: day("from")?, to: day("to")?, replaced_by };
            texts.entry(number.to_owned()).or_default().push(period);
        }
        Ok(Self { texts })
    }

    /// The text that an instrument names: the longest number that stands in it as a word.
    pub(crate) fn text(&self, instrument: &str) -> Option<Text<'_>> {
        self.texts
            .iter()
            .filter(|(number, _)| names(instrument, number))
            .max_by_key(|(number, _)| number.len())
            .map(|(number, periods)| Text { number, periods })
    }

    /// Whether one text came, over one or several steps, in the place of another.
    pub(crate) fn replaces(&self, later: &str, earlier: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![earlier];
        while let Some(number) = open.pop() {
            if !seen.insert(number) {
                continue;
            }
            let periods = self.texts.get(number).map(Vec::as_slice).unwrap_or_default();
            for next in periods.iter().filter_map(|period| period.replaced_by.as_deref()) {
                if next == later {
                    return true;
                }
                open.push(next);
            }
        }
        false
    }
}

impl<'a> Text<'a> {
    pub(crate) fn is_in_force(self, on: Date) -> bool {
        self.periods.iter().any(|period| {
            period.from.is_none_or(|from| from <= on) && period.to.is_none_or(|to| on <= to)
        })
    }

    /// The last day of a text that is no longer in force on a day, and what replaced it.
    pub(crate) fn ended(self, on: Date) -> Option<(Date, Option<&'a str>)> {
        if self.is_in_force(on) {
            return None;
        }
        let ended = self.periods.iter().filter_map(|period| Some((period.to?, period)));
        let last = ended.filter(|(to, _)| *to < on).max_by_key(|(to, _)| *to);
        last.map(|(to, period)| (to, period.replaced_by.as_deref()))
    }

    /// The first day; `None` when the register leaves it open.
    pub(crate) fn first_day(self) -> Option<Date> {
        let days: Option<Vec<Date>> = self.periods.iter().map(|period| period.from).collect();
        days?.into_iter().min()
    }
}

/// Whether a number stands in a text as a word of its own: `24/2026/NĐ-CP` is not in `224/2026/NĐ-CP`.
fn names(instrument: &str, number: &str) -> bool {
    instrument.match_indices(number).any(|(at, found)| {
        let before = instrument.get(..at).and_then(|text| text.chars().next_back());
        let after = instrument.get(at + found.len()..).and_then(|text| text.chars().next());
        let joins = |letter: Option<char>| {
            letter.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '/' | '-'))
        };
        !joins(before) && !joins(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(rows: &[[&str; 4]]) -> Result<LegalRegister, RegisterError> {
        let rows: Vec<BTreeMap<String, String>> = rows
            .iter()
            .map(|cells| {
                let columns = ["number", "from", "to", "replaced_by"];
                columns.iter().zip(cells).map(|(c, v)| ((*c).to_owned(), (*v).to_owned())).collect()
            })
            .collect();
        LegalRegister::from_rows(&rows)
    }

    #[test]
    fn numbers_are_words() {
        let register =
            register(&[["24/2026/NĐ-CP", "", "", ""], ["224/2026/NĐ-CP", "2026-07-01", "", ""]])
                .unwrap();
        let text = register.text("Nghị định 224/2026/NĐ-CP").unwrap();
        assert_eq!(text.number, "224/2026/NĐ-CP");
        assert!(register.text("Nghị định 1224/2026/NĐ-CP").is_none());
        assert!(register.text("Nghị định 24/2026/NĐ-CP-X").is_none());
    }

    #[test]
    fn a_chain_of_replacements_and_its_days() {
        let register = register(&[
            ["73/2019/NĐ-CP", "2020-01-01", "2026-02-28", "45/2026/NĐ-CP"],
            ["45/2026/NĐ-CP", "2026-03-01", "2026-06-30", "224/2026/NĐ-CP"],
            ["224/2026/NĐ-CP", "2026-07-01", "", ""],
        ])
        .unwrap();
        assert!(register.replaces("224/2026/NĐ-CP", "73/2019/NĐ-CP"));
        assert!(!register.replaces("73/2019/NĐ-CP", "224/2026/NĐ-CP"));
        let old = register.text("Nghị định 73/2019/NĐ-CP").unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(old.ended(day("2026-02-28")), None);
        assert_eq!(old.ended(day("2026-03-01")), Some((day("2026-02-28"), Some("45/2026/NĐ-CP"))));
        assert_eq!(old.first_day(), Some(day("2020-01-01")));
    }

    #[test]
    fn what_is_no_register_is_refused() {
        let said = |rows| register(rows).unwrap_err().to_string();
        assert_eq!(said(&[["", "", "", ""]]), "row 1 of the legal register has no `number`");
        assert_eq!(
            said(&[["1/2026/NĐ-CP", "01/07/2026", "", ""]]),
            "the legal register gives no date as `from` of `1/2026/NĐ-CP`"
        );
    }
}
