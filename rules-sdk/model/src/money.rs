//! Exact amounts, shares and quantities. No float, and no rounding that is not in a name.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Sub};
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::localize::{Localize, group_digits};

/// An amount in đồng.
///
/// Documents hold whole, non-negative đồng of at most 18 digits, as text; a computed amount may have
/// a fraction until it is rounded by a method that says how. 96-bit decimals hold the product of any
/// amount, quantity and rate in range; past that, arithmetic traps and is never silently wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(Decimal);

/// A share in per cent: `Percent::new(2)` is 2 %.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(Decimal);

/// A quantity, up to 12 digits and 6 decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(Decimal);

/// A text that is not a number of the kind expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, got `{text}`")]
pub struct NumberError {
    expected: &'static str,
    text: String,
}

impl NumberError {
    fn new(expected: &'static str, text: &str) -> Self {
        Self { expected, text: text.chars().take(40).collect() }
    }
}

/// Most digits of an amount in a document: 18, a thousand times the yearly state budget.
pub const MONEY_DIGITS_MAX: usize = 18;

/// A whole decimal; every `i64` fits its 96-bit integer.
const fn whole(number: i64) -> Decimal {
    let magnitude = number.unsigned_abs();
    Decimal::from_parts(magnitude as u32, (magnitude >> 32) as u32, 0, number < 0, 0)
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A whole number of đồng.
    pub const fn dong(amount: i64) -> Self {
        Self(whole(amount))
    }

    /// The nearest whole đồng, halves up (away from zero): the rounding of estimates by line.
    pub fn round_half_up_to_dong(self) -> Self {
        Self(self.0.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero))
    }

    /// The next whole đồng that is not smaller: what is still to be added to reach a minimum.
    pub fn round_up_to_dong(self) -> Self {
        Self(self.0.round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity))
    }

    /// Whether there is none.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The share of `whole` that this amount is, to two decimals half up, for showing in a message;
    /// `None` when `whole` is zero. Comparisons multiply instead: see [`Percent::of`].
    pub fn share_of(self, whole: Self) -> Option<Percent> {
        let share = (self.0 * Decimal::ONE_HUNDRED).checked_div(whole.0)?;
        Some(Percent(
            share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize(),
        ))
    }

    /// The amount as the decimal text of documents and reports: `4800000000`.
    pub fn to_plain(self) -> String {
        self.0.normalize().to_string()
    }

    /// The mean of some amounts, exact to 28 digits; `None` of none.
    pub fn mean(amounts: &[Self]) -> Option<Self> {
        let sum: Self = amounts.iter().copied().sum();
        Some(Self(sum.0.checked_div(Decimal::from(amounts.len()))?))
    }

    /// The product with a quantity; `None` when it is more than 28 digits hold.
    pub fn checked_times(self, quantity: Quantity) -> Option<Self> {
        self.0.checked_mul(quantity.0).map(Self)
    }

    /// The difference, however signed.
    pub fn distance(self, other: Self) -> Self {
        Self((self.0 - other.0).abs())
    }
}

impl Percent {
    /// A whole number of per cent.
    pub const fn new(percent: i64) -> Self {
        Self(whole(percent))
    }

    /// This share of an amount, exact (not rounded): `amount · percent / 100`.
    pub fn of(self, amount: Money) -> Money {
        Money(amount.0 * self.0 * Decimal::new(1, 2))
    }

    /// The number itself: 2 for 2 %.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl Quantity {
    /// A whole quantity.
    pub const fn new(quantity: i64) -> Self {
        Self(whole(quantity))
    }

    /// The product of two quantities; `None` when it is more than 28 digits hold.
    pub fn checked_times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(other.0).map(Self)
    }

    /// The sum of two quantities; `None` when it is more than 28 digits hold.
    pub fn checked_plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The number itself.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl Mul<Quantity> for Money {
    type Output = Self;
    fn mul(self, quantity: Quantity) -> Self {
        Self(self.0 * quantity.0)
    }
}

/// `Percent::new(2) * amount` reads as the norm does: two per cent of the amount.
impl Mul<Money> for Percent {
    type Output = Money;
    fn mul(self, amount: Money) -> Money {
        self.of(amount)
    }
}

impl Add for Percent {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Percent {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

/// At most `whole` digits, and at most `fraction` digits after a point; nothing else.
fn plain_decimal(text: &str, whole: usize, fraction: usize) -> Option<Decimal> {
    let (integer, decimals) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some((integer, decimals)) => (integer, decimals),
        None => (text, ""),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let in_range = (1..=whole).contains(&integer.len()) && decimals.len() <= fraction;
    (in_range && digits(integer) && digits(decimals)).then(|| Decimal::from_str_exact(text).ok())?
}

impl FromStr for Money {
    type Err = NumberError;
    /// Reads what documents hold: whole đồng, 1 to 18 digits, no separators, no sign.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        plain_decimal(text, MONEY_DIGITS_MAX, 0)
            .map(Self)
            .ok_or_else(|| NumberError::new("whole đồng of 1 to 18 digits", text))
    }
}

impl FromStr for Percent {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        plain_decimal(text, 6, 6)
            .map(Self)
            .ok_or_else(|| NumberError::new("a share in per cent", text))
    }
}

impl FromStr for Quantity {
    type Err = NumberError;
    fn from_str(text: &str) -> Result<Self, NumberError> {
        plain_decimal(text, 12, 6)
            .map(Self)
            .ok_or_else(|| NumberError::new("a quantity of up to 12 digits and 6 decimals", text))
    }
}

macro_rules! decimal_text {
    ($($number:ty),*) => {$(
        /// The plain decimal text, as in documents and reports.
        impl fmt::Display for $number {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.normalize(), f)
            }
        }

        impl serde::Serialize for $number {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}
decimal_text!(Money, Percent, Quantity);

impl Localize for Money {
    fn vi(&self) -> String {
        format!("{} đồng", group_digits(&self.to_string(), '.', ','))
    }
    fn en(&self) -> String {
        format!("VND {}", group_digits(&self.to_string(), ',', '.'))
    }
}

impl Localize for Percent {
    fn vi(&self) -> String {
        format!("{}%", group_digits(&self.to_string(), '.', ','))
    }
    fn en(&self) -> String {
        format!("{}%", group_digits(&self.to_string(), ',', '.'))
    }
}

impl Localize for Quantity {
    fn vi(&self) -> String {
        group_digits(&self.to_string(), '.', ',')
    }
    fn en(&self) -> String {
        group_digits(&self.to_string(), ',', '.')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_hold_whole_dong_only() {
        for text in
            ["", "-1", "1.5", "1e9", "4.800.000.000", "4,8 tỷ", " 1", "+1", "1234567890123456789"]
        {
            assert!(text.parse::<Money>().is_err(), "{text}");
        }
        assert_eq!("123456789012345678".parse::<Money>().unwrap().to_plain(), "123456789012345678");
        assert_eq!("000".parse::<Money>().unwrap(), Money::ZERO);
    }

    #[test]
    fn vat_of_s7_is_rounded_half_up() {
        let base = Money::dong(69_090_909);
        assert_eq!((Percent::new(10) * base).round_half_up_to_dong(), Money::dong(6_909_091));
    }

    #[test]
    fn the_shortfall_of_s5() {
        let minimum = (Percent::new(2) * Money::dong(98_400_000_000)).round_up_to_dong();
        assert_eq!(minimum, Money::dong(1_968_000_000));
        assert_eq!((minimum - Money::dong(1_080_000_000)).vi(), "888.000.000 đồng");
    }

    #[test]
    fn shares_are_shown_with_two_decimals() {
        let share = Money::dong(1_080_000_000).share_of(Money::dong(98_400_000_000)).unwrap();
        assert_eq!(share.vi(), "1,1%");
        assert_eq!(Money::dong(1).share_of(Money::ZERO), None);
    }

    #[test]
    fn an_absurd_product_is_none_and_no_trap() {
        let price: Money = "999999999999999999".parse().unwrap();
        let quantity: Quantity = "999999999999.999999".parse().unwrap();
        assert_eq!(price.checked_times(quantity), None);
        assert_eq!(
            Money::dong(15_800_000).checked_times(Quantity::new(220)),
            Some(Money::dong(3_476_000_000))
        );
    }

    #[test]
    fn largest_line_is_exact() {
        let amount: Money = "999999999999999999".parse().unwrap();
        assert_eq!((amount + amount).to_plain(), "1999999999999999998");
        assert_eq!((amount * Quantity::new(1)).to_plain(), "999999999999999999");
    }
}
