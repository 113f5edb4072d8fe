//! What differs between the managers that speak this protocol. All of it is in these values.

use serde::{Deserialize, Serialize};

use crate::domain::Money;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DialectName {
    #[default]
    Paygo,
    TefDial,
    ClienteSitef,
    Elgin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MoneyFormat {
    /// `8990`
    Cents,
    /// `89,90`
    DecimalComma,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub name: &'static str,
    /// The files' name as we write it. What the manager writes is matched in any case.
    pub stem: &'static str,
    pub money: MoneyFormat,
    /// Requests carry the 700 series: who asks, what it can do, and which card and financing are wanted.
    pub series_700: bool,
    /// 011 is the classic list of kinds and 040 the card's name; Cliente SiTef uses both for other things.
    pub classic_codes: bool,
    /// An approval may come without 009 (Elgin's sample).
    pub approval_may_lack_status: bool,
}

impl DialectName {
    pub(super) fn dialect(self) -> Dialect {
        match self {
            DialectName::Paygo => PAYGO,
            DialectName::TefDial => TEF_DIAL,
            DialectName::ClienteSitef => CLIENTE_SITEF,
            DialectName::Elgin => ELGIN,
        }
    }
}

const TEF_DIAL: Dialect = Dialect {
    name: "tef-dial",
    stem: "intpos",
    money: MoneyFormat::Cents,
    series_700: false,
    classic_codes: true,
    approval_may_lack_status: false,
};
const PAYGO: Dialect = Dialect { name: "paygo", series_700: true, ..TEF_DIAL };
const CLIENTE_SITEF: Dialect = Dialect {
    name: "cliente-sitef",
    stem: "IntPos",
    money: MoneyFormat::DecimalComma,
    classic_codes: false,
    ..TEF_DIAL
};
const ELGIN: Dialect =
    Dialect { name: "elgin", stem: "IntPos", classic_codes: false, approval_may_lack_status: true, ..TEF_DIAL };

/// Field 003 holds at most twelve digits.
const LONGEST_AMOUNT: usize = 12;

impl MoneyFormat {
    pub fn write(self, amount: Money) -> String {
        let cents = amount.cents();
        match self {
            MoneyFormat::Cents => cents.to_string(),
            MoneyFormat::DecimalComma => format!("{},{:02}", cents / 100, cents % 100),
        }
    }

    /// Nothing for a thousands separator, a sign or a missing cent.
    pub fn read(self, text: &str) -> Option<Money> {
        let digits = match self {
            MoneyFormat::Cents => text.to_owned(),
            MoneyFormat::DecimalComma => match text.split_once(',')? {
                (reais, cents) if !reais.is_empty() && cents.len() == 2 => format!("{reais}{cents}"),
                _ => return None,
            },
        };
        let fits = (1..=LONGEST_AMOUNT).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse().ok()).flatten().map(Money::from_cents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_and_read_as_each_dialect_does() {
        for (format, text, cents) in [
            (MoneyFormat::Cents, "8990", Some(8990)),
            (MoneyFormat::Cents, "1", Some(1)),
            (MoneyFormat::Cents, "999999999999", Some(999_999_999_999)),
            (MoneyFormat::Cents, "89,90", None),
            (MoneyFormat::Cents, "-8990", None),
            (MoneyFormat::Cents, "+8990", None),
            (MoneyFormat::Cents, "", None),
            (MoneyFormat::Cents, "9999999999999", None),
            (MoneyFormat::DecimalComma, "0,01", Some(1)),
            (MoneyFormat::DecimalComma, "260,70", Some(26070)),
            (MoneyFormat::DecimalComma, "99999999,99", Some(9_999_999_999)),
            (MoneyFormat::DecimalComma, "1.000,00", None),
            (MoneyFormat::DecimalComma, "8990", None),
            (MoneyFormat::DecimalComma, "89,9", None),
            (MoneyFormat::DecimalComma, ",90", None),
        ] {
            assert_eq!(format.read(text), cents.map(Money::from_cents), "{format:?} {text:?}");
            if let Some(cents) = cents {
                assert_eq!(format.write(Money::from_cents(cents)), text);
            }
        }
    }
}
