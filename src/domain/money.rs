//! Money in whole cents of a real.

mod read;

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

/// An amount in cents, never negative. No fraction of a cent can be held.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(u64);

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("there is no number")]
    Empty,
    #[error("a negative amount")]
    Negative,
    #[error("not digits with their separators in place")]
    Shape,
    /// "1.234" is a thousand to one ERP and a bit more than one real to another.
    #[error("the separator may stand for thousands or for cents")]
    Ambiguous,
    #[error("more than two decimals")]
    Fraction,
    /// Ten digits before the point is what `valor.original` of the Pix API holds.
    #[error("more than 9.999.999.999,99")]
    TooLarge,
}

impl Money {
    pub const ZERO: Money = Money(0);

    #[must_use]
    pub const fn from_cents(cents: u64) -> Money {
        Money(cents)
    }

    #[must_use]
    pub const fn cents(self) -> u64 {
        self.0
    }

    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.0 == 0
    }

    /// `1234.56`, as APIs and BR Codes write amounts.
    #[must_use]
    pub fn to_decimal(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }

    /// `self - other`, or nothing where the result would be a debt.
    #[must_use]
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }
}

impl Add for Money {
    type Output = Money;

    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

/// `R$ 1.234,56` with a plain blank.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reais = (self.0 / 100).to_string();
        f.write_str("R$ ")?;
        for (index, digit) in reais.chars().enumerate() {
            if index > 0 && (reais.len() - index).is_multiple_of(3) {
                f.write_str(".")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ",{:02}", self.0 % 100)
    }
}
