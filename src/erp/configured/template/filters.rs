//! The filters that templates have beside minijinja's own: what ERPs want amounts, dates, documents and ids written as.

use jiff::ToSpan;
use jiff::civil::Date;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};
use sha2::{Digest, Sha256};

use super::{Number, plain};
use crate::domain::Money;

const MARK: &str = "\u{2060}";

/// An error of ours: its text holds no value and may be shown.
pub(in crate::erp::configured) fn wrong(why: &'static str) -> Error {
    Error::new(ErrorKind::InvalidOperation, format!("{MARK}{why}"))
}

pub(super) fn is_ours(detail: &str) -> bool {
    detail.starts_with(MARK)
}

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("number", number);
    environment.add_filter("text", |value: &Value| plain(value));
    environment.add_filter("digits", digits);
    environment.add_filter("punctuated", punctuated);
    environment.add_filter("date", date);
    environment.add_filter("cents", cents);
    environment.add_filter("comma", comma);
    environment.add_filter("plus", plus);
    environment.add_filter("plus_days", plus_days);
    environment.add_filter("uuid", uuid);
}

/// A JSON number, digit by digit as the text has it.
fn number(value: &Value) -> Result<Value, Error> {
    let text = plain(value)?;
    let is_number = serde_json::from_str::<serde_json::Number>(&text).is_ok();
    if is_number { Ok(Value::from_object(Number(text))) } else { Err(wrong("`number` espera um número")) }
}

/// Only the digits of a text.
fn digits(value: &Value) -> Result<String, Error> {
    Ok(plain(value)?.chars().filter(char::is_ascii_digit).collect())
}

/// A CPF or CNPJ with its dots, stroke and slash; anything else as it is.
fn punctuated(value: &Value) -> Result<String, Error> {
    Ok(with_punctuation(&plain(value)?))
}

pub(in crate::erp::configured) fn with_punctuation(text: &str) -> String {
    let cut = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    match text.len() {
        11 if text.is_ascii() => format!("{}.{}.{}-{}", cut(0, 3), cut(3, 6), cut(6, 9), cut(9, 11)),
        14 if text.is_ascii() => {
            format!("{}.{}.{}/{}-{}", cut(0, 2), cut(2, 5), cut(5, 8), cut(8, 12), cut(12, 14))
        }
        _ => text.to_owned(),
    }
}

/// An ISO date in another format, with the letters of strftime.
fn date(value: &Value, format: &str) -> Result<String, Error> {
    let text = plain(value)?;
    if text.is_empty() {
        return Ok(text);
    }
    let date: Date = match text.parse() {
        Ok(date) => date,
        // while a definition is tried out, what only an answer will tell is "1"
        Err(_) if text == "1" => Date::constant(2026, 1, 31),
        Err(_) => return Err(wrong("`date` espera uma data AAAA-MM-DD")),
    };
    jiff::fmt::strtime::format(format, date).map_err(|_| wrong("`date` não conhece este formato"))
}

fn money(value: &Value) -> Result<Money, Error> {
    Money::from_decimal_exact(&plain(value)?).map_err(|_| wrong("um valor em reais era esperado, como 315.98"))
}

/// An amount in whole cents: `31598`.
fn cents(value: &Value) -> Result<Value, Error> {
    Ok(Value::from_object(Number(money(value)?.cents().to_string())))
}

/// An amount with a decimal comma: `315,98`.
fn comma(value: &Value) -> Result<String, Error> {
    Ok(money(value)?.to_decimal().replace('.', ","))
}

/// The sum of two amounts, for an ERP with one field for fine and interest: `21.07`.
fn plus(value: &Value, other: &Value) -> Result<String, Error> {
    Ok((money(value)? + money(other)?).to_decimal())
}

/// The ISO date so many days after another.
fn plus_days(value: &Value, days: &Value) -> Result<String, Error> {
    let wrong = || wrong("`plus_days` espera uma data AAAA-MM-DD e um número de dias até 366");
    let date: Date = plain(value)?.parse().map_err(|_| wrong())?;
    let days: i32 = plain(days)?.parse().ok().filter(|days| (0..=366).contains(days)).ok_or_else(wrong)?;
    Ok(date.saturating_add(days.days()).to_string())
}

/// A UUID that is the same for the same text, and for no other: RFC 9562, version 8, from its SHA-256.
fn uuid(value: &Value) -> Result<String, Error> {
    let text = plain(value)?;
    if text.is_empty() {
        return Err(wrong("`uuid` espera um texto que não esteja vazio"));
    }
    let hash = Sha256::digest(text.as_bytes());
    let mut bytes = [0_u8; 16];
    for (byte, from) in bytes.iter_mut().zip(hash) {
        *byte = from;
    }
    let whole = u128::from_be_bytes(bytes);
    let whole = (whole & !(0xf << 76) | (0x8 << 76)) & !(0x3 << 62) | (0x2 << 62);
    let hex = format!("{whole:032x}");
    let cut = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    Ok([cut(0, 8), cut(8, 12), cut(12, 16), cut(16, 20), cut(20, 32)].join("-"))
}
