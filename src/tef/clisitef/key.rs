//! The key of a sale at SiTef: document and fiscal date, and the time that goes with them, as strings that never change.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Confirm and undo use these very strings, on whatever day they are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Key {
    pub document: String,
    /// AAAAMMDD
    pub date: String,
    /// HHMMSS
    pub time: String,
}

/// A document has at most twenty digits.
const LONGEST_DOCUMENT: usize = 20;
/// Digits of a payment's number, and those that follow it at the card desk.
const PAYMENT: usize = 10;
const AT_THE_DESK: usize = 7;

impl Key {
    pub fn of(coupon: u64, at: DateTime) -> Key {
        Key {
            document: coupon.to_string(),
            date: at.strftime("%Y%m%d").to_string(),
            time: at.strftime("%H%M%S").to_string(),
        }
    }

    /// Of what a technician does about a payment: a document of its own, because a confirm or an undo is everything's that
    /// has the same. The payment's number is its beginning.
    pub fn at_the_desk(coupon: u64, at: DateTime) -> Key {
        Key { document: format!("{coupon:0>10}9{}", at.strftime("%H%M%S")), ..Key::of(coupon, at) }
    }

    /// As `CardSale::finalization` holds it.
    pub fn written(&self) -> String {
        format!("{} {} {}", self.document, self.date, self.time)
    }

    pub fn read(text: &str) -> Option<Key> {
        let mut parts = text.split(' ');
        let key =
            Key { document: parts.next()?.to_owned(), date: parts.next()?.to_owned(), time: parts.next()?.to_owned() };
        (parts.next().is_none() && key.is_whole()).then_some(key)
    }

    fn is_whole(&self) -> bool {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        (1..=LONGEST_DOCUMENT).contains(&self.document.len())
            && self.date.len() == 8
            && self.time.len() == 6
            && [&self.document, &self.date, &self.time].into_iter().all(|part| digits(part))
    }

    /// Time is no part of the key.
    pub fn is_same_sale(&self, other: &Key) -> bool {
        trimmed(&self.document) == trimmed(&other.document) && self.date == other.date
    }

    /// Zero where the document is not a number of ours.
    pub fn coupon(&self) -> u64 {
        let document = trimmed(&self.document);
        let of_the_desk = document.len().checked_sub(AT_THE_DESK).filter(|length| *length == PAYMENT);
        of_the_desk.and_then(|length| document.get(..length)).unwrap_or(document).parse().unwrap_or_default()
    }

    pub fn at(&self) -> Option<DateTime> {
        DateTime::strptime("%Y%m%d%H%M%S", format!("{}{}", self.date, self.time)).ok()
    }
}

/// Without leading zeros, which the library may add.
fn trimmed(document: &str) -> &str {
    document.trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn a_sale_keeps_its_own_day_and_second() {
        let key = Key::of(2_611_280_001, datetime(2026, 11, 28, 23, 59, 58, 0));
        assert_eq!(key.written(), "2611280001 20261128 235958");
        assert_eq!(Key::read(&key.written()), Some(key.clone()));
        assert_eq!(key.at(), Some(datetime(2026, 11, 28, 23, 59, 58, 0)));
        let theirs = Key { document: "0002611280001".into(), time: "000000".into(), ..key.clone() };
        assert!(theirs.is_same_sale(&key));
        assert!(!Key { date: "20261129".into(), ..key.clone() }.is_same_sale(&key));
    }

    #[test]
    fn what_a_technician_does_about_a_payment_has_a_document_of_its_own_that_still_names_it() {
        let at = datetime(2026, 11, 28, 10, 15, 33, 0);
        let (sold, back) = (Key::of(2_611_280_001, at), Key::at_the_desk(2_611_280_001, at));
        assert_eq!(back.document, "26112800019101533");
        assert_eq!((back.coupon(), sold.coupon()), (2_611_280_001, 2_611_280_001));
        assert!(!back.is_same_sale(&sold));
        assert_eq!(Key::read(&back.written()), Some(back));
    }

    #[test]
    fn what_is_no_key_is_not_taken_for_one() {
        for text in ["", "7A0C11FE99", "1 20261128", "1 20261128 101500 2", "x 20261128 101500", "1 2026 101500"] {
            assert_eq!(Key::read(text), None, "{text}");
        }
    }
}
