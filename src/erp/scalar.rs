//! One value of an answer, kept as its text: a number loses no digit on the way to cents, and an id may be a number or
//! a string.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::domain::{Money, calendar};

const DAY_MS: i64 = 86_400_000;

/// A string, a number or a boolean. Objects, lists and null count as absent.
#[derive(Default)]
pub(in crate::erp) struct Scalar {
    text: Option<String>,
    is_number: bool,
}

/// A value that is there and cannot be read as what it should be.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::erp) struct Unreadable;

impl Scalar {
    pub(in crate::erp) fn from_raw(raw: &RawValue) -> Scalar {
        let json = raw.get();
        match json.bytes().next() {
            Some(b'"') => {
                let text = serde_json::from_str::<String>(json).ok().map(|text| text.trim().to_owned());
                Scalar { text: text.filter(|text| !text.is_empty()), is_number: false }
            }
            None | Some(b'{' | b'[' | b'n') => Scalar::default(),
            Some(b't' | b'f') => Scalar { text: Some(json.to_owned()), is_number: false },
            Some(_) => Scalar { text: Some(json.to_owned()), is_number: true },
        }
    }

    pub(in crate::erp) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub(in crate::erp) fn is_absent(&self) -> bool {
        self.text.is_none()
    }

    pub(in crate::erp) fn is_number(&self) -> bool {
        self.is_number
    }

    /// One of the ERP's ids (`Long`), as a number or as a string of digits.
    pub(in crate::erp) fn id(&self) -> Option<u64> {
        whole_number(self.text()?)
    }

    /// `true`, `"TRUE"`, `"SIM"`, `"S"`, `1`.
    pub(in crate::erp) fn is_yes(&self) -> bool {
        self.text().is_some_and(|text| ["true", "sim", "s", "1"].iter().any(|yes| text.eq_ignore_ascii_case(yes)))
    }

    /// An amount; a number is rounded half away from zero to whole cents.
    pub(in crate::erp) fn money(&self) -> Result<Option<Money>, Unreadable> {
        let Some(text) = self.text() else { return Ok(None) };
        let money = if self.is_number { Money::from_decimal_rounded(text) } else { Money::parse_text(text) };
        money.map(Some).map_err(|_| Unreadable)
    }

    /// A date in any of the document's five formats; an epoch counts milliseconds to a midnight of the ERP's zone.
    pub(in crate::erp) fn date(&self, zone: &TimeZone) -> Result<Option<Date>, Unreadable> {
        let Some(text) = self.text() else { return Ok(None) };
        let is_epoch = self.is_number || (text.len() > 8 && whole_number(text.trim_start_matches('-')).is_some());
        if is_epoch {
            return epoch_date(text, zone).map(Some);
        }
        calendar::parse_date(text).map_err(|_| Unreadable)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| Scalar::from_raw(&raw))
    }
}

/// A list, or the single value that a server writes instead of a list of one.
pub(in crate::erp) struct List<T>(pub(in crate::erp) Vec<T>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<List<T>, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let json = raw.get();
        if json.starts_with('[') {
            serde_json::from_str(json).map(List).map_err(D::Error::custom)
        } else {
            serde_json::from_str(json).map(|one| List(vec![one])).map_err(D::Error::custom)
        }
    }
}

fn whole_number(text: &str) -> Option<u64> {
    let digits = text.strip_suffix(".0").unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn epoch_date(text: &str, zone: &TimeZone) -> Result<Date, Unreadable> {
    let ms: i64 = text.parse().map_err(|_| Unreadable)?;
    let at = Timestamp::from_millisecond(ms).map_err(|_| Unreadable)?;
    // No midnight of a Brazilian zone is one in UTC: such a value comes from a server that keeps its dates in UTC.
    let in_utc = ms % DAY_MS == 0;
    Ok(if in_utc { Offset::UTC.to_datetime(at).date() } else { zone.to_datetime(at).date() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn scalar(json: &str) -> Scalar {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn charges_are_rounded_half_away_from_zero_and_keep_every_digit_until_then() {
        for (json, cents) in [
            ("6.3196", 632),
            ("14.745733333333336", 1475),
            ("315.98", 31598),
            ("75.0", 7500),
            ("90", 9000),
            ("0.005", 1),
            ("0.0049999999999999999999", 0),
            ("5.0E-4", 0),
            ("6.0E-3", 1),
            ("1.05E7", 1_050_000_000),
            ("1.2345678E3", 123_457),
            ("\"75,00\"", 7500),
            ("\"1.234,56\"", 123_456),
        ] {
            assert_eq!(scalar(json).money().map(|money| money.map(Money::cents)), Ok(Some(cents)), "{json}");
        }
        for json in ["-1.0", "\"abc\"", "true", "1e999", "\"1e+\""] {
            assert_eq!(scalar(json).money(), Err(Unreadable), "{json}");
        }
        for json in ["null", "{}", "[1]", "\"\""] {
            assert_eq!(scalar(json).money(), Ok(None), "{json}");
        }
    }

    #[test]
    fn five_date_formats_say_the_same_day() {
        let zone = TimeZone::get("America/Sao_Paulo").unwrap();
        let day = date(2020, 3, 9);
        for json in
            ["\"2020-03-09\"", "\"09/03/2020\"", "\"09-03-2020\"", "\"09032020\"", "1583722800000", "\"1583722800000\""]
        {
            assert_eq!(scalar(json).date(&zone), Ok(Some(day)), "{json}");
        }
        assert_eq!(scalar("\"2020-03-09T00:00:00\"").date(&zone), Ok(Some(day)));
        assert_eq!(scalar("1583712000000").date(&zone), Ok(Some(day)), "midnight in UTC");
        assert_eq!(scalar("null").date(&zone), Ok(None));
        for json in ["\"amanha\"", "99999999999999999", "1.5", "\"31/02/2020\""] {
            assert_eq!(scalar(json).date(&zone), Err(Unreadable), "{json}");
        }
    }

    #[test]
    fn a_birthday_in_summer_time_is_not_the_day_before() {
        let zone = TimeZone::get("America/Sao_Paulo").unwrap();
        // local midnight is 02:00 UTC in summer time, 03:00 UTC else
        assert_eq!(scalar("599623200000").date(&zone), Ok(Some(date(1989, 1, 1))));
        assert_eq!(scalar("574398000000").date(&zone), Ok(Some(date(1988, 3, 15))));
        assert_eq!(scalar("-63151200000").date(&zone), Ok(Some(date(1968, 1, 1))));
    }

    #[test]
    fn an_id_is_a_number_or_a_string_of_digits() {
        for json in ["90", "\"90\"", "90.0", "\" 0090 \""] {
            assert_eq!(scalar(json).id(), Some(90), "{json}");
        }
        for json in ["null", "\"9a\"", "-90", "9.5", "\"../90\"", "true", "99999999999999999999999"] {
            assert_eq!(scalar(json).id(), None, "{json}");
        }
    }

    #[test]
    fn yes_is_written_in_several_ways() {
        assert!(["true", "\"TRUE\"", "\"Sim\"", "\"S\"", "1"].iter().all(|json| scalar(json).is_yes()));
        assert!(["false", "\"FALSE\"", "\"NAO\"", "null", "0"].iter().all(|json| !scalar(json).is_yes()));
    }
}
