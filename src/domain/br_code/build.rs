//! Writes a BR Code, only as the manual allows.

use super::crc::crc16;
use super::tlv::write;
use super::{BrCode, BrCodeError, Flaw, GUI, Initiation, LONGEST, LONGEST_AMOUNT, NO_TXID, REAL, Target, rule};

pub(super) const LONGEST_NAME: usize = 25;
pub(super) const LONGEST_CITY: usize = 15;
const LONGEST_TXID: usize = 25;
const LONGEST_INFO: usize = 72;

impl BrCode {
    /// The copia-e-cola.
    pub fn payload(&self) -> Result<String, BrCodeError> {
        let mut payload = write("00", "01")?;
        if let Some(initiation) = self.initiation {
            payload += &write("01", if initiation == Initiation::SingleUse { "12" } else { "11" })?;
        }
        payload += &write("26", &self.account()?)?;
        payload += &write("52", &self.category_code()?)?;
        payload += &write("53", REAL)?;
        if let Some(amount) = self.amount_text()? {
            payload += &write("54", &amount)?;
        }
        payload += &write("58", "BR")?;
        payload += &write("59", plain_text(&self.name, "59", LONGEST_NAME)?)?;
        payload += &write("60", plain_text(&self.city, "60", LONGEST_CITY)?)?;
        if let Some(postal_code) = &self.postal_code {
            payload += &write("61", plain_text(postal_code, "61", 99)?)?;
        }
        payload += &write("62", &write("05", self.reference()?)?)?;
        if let Some(recurrence) = &self.recurrence {
            payload += &write("80", &self.recurrence_template(recurrence)?)?;
        }
        payload += "6304";
        payload += &format!("{:04X}", crc16(payload.as_bytes()));
        if payload.len() > LONGEST { Err(Flaw::TooLong(LONGEST).of("00")) } else { Ok(payload) }
    }

    fn account(&self) -> Result<String, BrCodeError> {
        let mut account = write("00", GUI)?;
        match &self.target {
            Target::Key { key, info, cash_ispb } => {
                rule::key(key).map_err(|flaw| flaw.of("26-01"))?;
                account += &write("01", key)?;
                if let Some(info) = info {
                    account += &write("02", plain_text(info, "26-02", LONGEST_INFO)?)?;
                }
                if let Some(ispb) = cash_ispb {
                    account += &write("03", plain_text(ispb, "26-03", 8)?)?;
                }
            }
            Target::Location(location) => {
                rule::location(location).map_err(|flaw| flaw.of("26-25"))?;
                account += &write("25", location)?;
            }
        }
        Ok(account)
    }

    fn recurrence_template(&self, recurrence: &str) -> Result<String, BrCodeError> {
        rule::location(recurrence).map_err(|flaw| flaw.of("80-25"))?;
        if let Target::Location(location) = &self.target {
            rule::same_host(location, recurrence).map_err(|flaw| flaw.of("80-25"))?;
        }
        Ok(write("00", GUI)? + &write("25", recurrence)?)
    }

    fn category_code(&self) -> Result<String, BrCodeError> {
        if self.category > 9999 {
            return Err(Flaw::Value("the category is not four digits").of("52"));
        }
        Ok(format!("{:04}", self.category))
    }

    fn amount_text(&self) -> Result<Option<String>, BrCodeError> {
        let Some(amount) = self.amount else {
            return Ok(None);
        };
        if amount.is_zero() {
            return Err(Flaw::Value("the amount is zero").of("54"));
        }
        let text = amount.to_decimal();
        if text.len() > LONGEST_AMOUNT { Err(Flaw::TooLong(LONGEST_AMOUNT).of("54")) } else { Ok(Some(text)) }
    }

    fn reference(&self) -> Result<&str, BrCodeError> {
        let Some(txid) = &self.txid else {
            return Ok(NO_TXID);
        };
        if txid.len() > LONGEST_TXID {
            return Err(Flaw::TooLong(LONGEST_TXID).of("62-05"));
        }
        if txid.is_empty() || !txid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(Flaw::Value("a txid is made of letters and digits").of("62-05"));
        }
        Ok(txid)
    }
}

fn plain_text<'a>(text: &'a str, object: &str, most: usize) -> Result<&'a str, BrCodeError> {
    if text.trim().is_empty() {
        return Err(Flaw::Missing.of(object));
    }
    if text.len() > most {
        return Err(Flaw::TooLong(most).of(object));
    }
    if text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()) {
        Ok(text)
    } else {
        Err(Flaw::Value("has accents or control characters").of(object))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::BrCodeKind;
    use super::*;
    use crate::domain::Money;

    const LOCATION: &str = "pix.example.com/8b3da2f39a4140d1a91abd93113bd441";

    fn to_key() -> BrCode {
        BrCode::to_key("22385367000103", "Provedor São José", "Belém")
    }

    #[test]
    fn what_the_manual_forbids_is_never_written() {
        let long = "x".repeat(78);
        for (code, error) in [
            (BrCode { txid: Some("A".repeat(26)), ..to_key() }, "object 62-05: is longer than 25"),
            (
                BrCode { txid: Some("FAT-1".to_owned()), ..to_key() },
                "object 62-05: a txid is made of letters and digits",
            ),
            (BrCode { name: "N".repeat(26), ..to_key() }, "object 59: is longer than 25"),
            (BrCode { city: "Belém".to_owned(), ..to_key() }, "object 60: has accents or control characters"),
            (BrCode::to_key("a", "🚀", "Belem"), "object 59: is missing"),
            (BrCode { amount: Some(Money::ZERO), ..to_key() }, "object 54: the amount is zero"),
            (BrCode { amount: Some(Money::from_cents(1_000_000_000_000)), ..to_key() }, "object 54: is longer than 13"),
            (BrCode { category: 10_000, ..to_key() }, "object 52: the category is not four digits"),
            (BrCode::to_key(&long, "A", "B"), "object 26-01: is longer than 77"),
            (
                BrCode::to_location("https://pix.example.com/a", "A", "B"),
                "object 26-25: a location is written without https://",
            ),
            (
                BrCode {
                    recurrence: Some("other.example/rec/1".to_owned()),
                    ..BrCode::to_location(LOCATION, "A", "B")
                },
                "object 80-25: the recurrence is kept by another host than the charge",
            ),
        ] {
            assert_eq!(code.payload().unwrap_err().to_string(), error);
        }
    }

    #[test]
    fn a_text_that_overfills_the_account_is_refused() {
        let key = "123e4567-e12b-12d1-a456-426655440000".to_owned();
        let code = |length| BrCode {
            target: Target::Key { key: key.clone(), info: Some("x".repeat(length)), cash_ispb: None },
            ..to_key()
        };
        assert!(code(37).payload().is_ok());
        assert_eq!(code(38).payload().unwrap_err().to_string(), "object 26: is longer than 99");
    }

    #[test]
    fn debug_shows_no_key() {
        assert!(!format!("{:?}", to_key()).contains("2238536700"));
    }

    prop_compose! {
        fn any_code()(
            dynamic in any::<bool>(),
            key in "[!-~]{1,40}",
            info in proptest::option::of("[!-~]{1,30}"),
            path in "[!-~]{1,40}",
            recurrence in proptest::option::of("rec/[0-9a-f]{1,32}"),
            initiation in prop_oneof![Just(None), Just(Some(Initiation::Reusable)), Just(Some(Initiation::SingleUse))],
            category in 0u16..=9999,
            cents in proptest::option::of(1u64..=999_999_999_999),
            name in "[!-~]([ -~]{0,23}[!-~])?",
            city in "[!-~]([ -~]{0,13}[!-~])?",
            postal_code in proptest::option::of("[0-9]{8}"),
            txid in proptest::option::of("[0-9a-zA-Z]{1,25}"),
        ) -> BrCode {
            let target = if dynamic {
                Target::Location(format!("pix.example.com/{path}"))
            } else {
                Target::Key { key, info, cash_ispb: None }
            };
            let recurrence = recurrence.map(|path| format!("pix.example.com/{path}"));
            let amount = cents.map(Money::from_cents);
            BrCode { target, recurrence, initiation, category, amount, name, city, postal_code, txid }
        }
    }

    proptest! {
        #[test]
        fn a_code_reads_back_as_it_was_written(code in any_code()) {
            prop_assume!(!matches!(&code.target, Target::Location(location) if location.contains("://")));
            let payload = code.payload().unwrap();
            prop_assert_eq!(BrCode::parse(&payload), Ok(code.clone()));
            prop_assert_eq!(code.kind() == BrCodeKind::Composite, code.recurrence.is_some());
        }

        #[test]
        fn no_text_makes_the_reader_panic(
            text in any::<String>(), near in "(00020126|[0-9]{4}|[a-zé🚀]){0,12}", code in any_code(), at in 0usize..300, with in any::<char>()
        ) {
            let _ = BrCode::parse(&text);
            let _ = BrCode::parse(&near);
            let mut payload: Vec<char> = code.payload().unwrap_or_default().chars().collect();
            if let Some(place) = payload.get_mut(at) {
                *place = with;
            }
            let _ = BrCode::parse(&payload.into_iter().collect::<String>());
        }

        #[test]
        fn one_changed_character_is_always_seen(code in any_code(), at in 0usize..75, with in "[!-~]") {
            let payload = code.payload().unwrap_or_default();
            prop_assume!(payload.get(at..=at).is_some_and(|old| old != with));
            let changed = format!("{}{with}{}", &payload[..at], &payload[at + 1..]);
            prop_assert!(BrCode::parse(&changed).is_err());
        }
    }
}
