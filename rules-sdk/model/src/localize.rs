//! How a value is written inside a message, in Vietnamese and in English.

use std::borrow::Cow;

/// One of the two languages in which everything is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Language {
    /// The text in this language.
    pub fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Vi => vi,
            Self::En => en,
        }
    }

    /// A value as this language writes it.
    pub fn localize(self, value: &impl Localize) -> String {
        match self {
            Self::Vi => value.vi(),
            Self::En => value.en(),
        }
    }
}

/// A value that a message can hold: both languages write it their own way.
pub trait Localize {
    /// As a Vietnamese official writes it: `1.234.567 đồng`, `01/07/2026`.
    fn vi(&self) -> String;
    /// As an English text writes it: `VND 1,234,567`, `2026-07-01`.
    fn en(&self) -> String;
}

impl<T: Localize + ?Sized> Localize for &T {
    fn vi(&self) -> String {
        (**self).vi()
    }
    fn en(&self) -> String {
        (**self).en()
    }
}

impl Localize for str {
    fn vi(&self) -> String {
        self.to_owned()
    }
    fn en(&self) -> String {
        self.to_owned()
    }
}

impl Localize for String {
    fn vi(&self) -> String {
        self.clone()
    }
    fn en(&self) -> String {
        self.clone()
    }
}

impl Localize for Cow<'_, str> {
    fn vi(&self) -> String {
        self.to_string()
    }
    fn en(&self) -> String {
        self.to_string()
    }
}

/// Groups the digits of a decimal text by three; `point` separates the fraction.
pub(crate) fn group_digits(decimal: &str, group: char, point: char) -> String {
    let (sign, unsigned) = match decimal.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", decimal),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let mut out = String::from(sign);
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position) % 3 == 0 {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

macro_rules! localize_integers {
    ($($integer:ty),*) => {$(
        impl Localize for $integer {
            fn vi(&self) -> String {
                group_digits(&self.to_string(), '.', ',')
            }
            fn en(&self) -> String {
                group_digits(&self.to_string(), ',', '.')
            }
        }
    )*};
}
localize_integers!(u8, u16, u32, u64, usize, i32, i64);
