//! Amounts, dates, ids and documents as these vendors write them.

use jiff::civil::Date;
use serde_json::Value;

/// `315.98`
#[must_use]
pub fn decimal(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

/// Reais with a point or a comma and at most two decimals.
#[must_use]
pub fn cents(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 2 || whole.len() > 9 {
        return None;
    }
    let part = if part.len() == 1 { part.parse::<i64>().ok()? * 10 } else { part.parse().ok()? };
    Some(whole.parse::<i64>().ok()? * 100 + part)
}

/// A JSON number of reais with at most two decimals.
#[must_use]
pub fn number_cents(value: &Value) -> Option<i64> {
    let cents = value.as_f64()? * 100.0;
    ((cents - cents.round()).abs() < 1e-6 && (0.0..1e12).contains(&cents)).then(|| cents.round() as i64)
}

/// dd/MM/yyyy
#[must_use]
pub fn brazilian(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('/').collect();
    match *parts.as_slice() {
        [day, month, year] => date(year, month, day),
        _ => None,
    }
}

/// yyyy-MM-dd
#[must_use]
pub fn iso(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    match *parts.as_slice() {
        [year, month, day] => date(year, month, day),
        _ => None,
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let all = [(year, 4), (month, 2), (day, 2)];
    if all.iter().any(|(text, length)| text.len() != *length || !text.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// `529.982.247-25`
#[must_use]
pub fn masked(cpf: &str) -> String {
    let part = |from: usize, to: usize| cpf.get(from..to).unwrap_or("");
    format!("{}.{}.{}-{}", part(0, 3), part(3, 6), part(6, 9), part(9, 11))
}

/// `(31) 90000-1234`
#[must_use]
pub fn phone(digits: &str) -> String {
    let cut = digits.len().saturating_sub(4);
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("");
    format!("({}) {}-{}", part(0, 2), part(2, cut), part(cut, digits.len()))
}

/// An id that is written as a uuid: the number at its end, behind a mark for the kind of thing it names.
#[must_use]
pub fn uuid(mark: u16, id: i64) -> String {
    format!("7E0{mark:05}-0000-4000-8000-{id:012}")
}

/// The number in a uuid of that kind.
#[must_use]
pub fn in_uuid(mark: u16, text: &str) -> Option<i64> {
    let digits = text.to_ascii_uppercase().strip_prefix(&format!("7E0{mark:05}-0000-4000-8000-"))?.to_owned();
    digits.parse().ok()
}

/// The text of a JSON string.
#[must_use]
pub fn text<'a>(body: &'a Value, key: &str) -> Option<&'a str> {
    body.get(key).and_then(Value::as_str)
}

/// An id as a JSON number or as digits.
#[must_use]
pub fn id(body: &Value, key: &str) -> Option<i64> {
    let value = body.get(key)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_with_a_third_decimal_or_a_sign_are_no_amounts() {
        assert_eq!(cents("315.98"), Some(31598));
        assert_eq!(cents("315,9"), Some(31590));
        assert_eq!(cents("7"), Some(700));
        for wrong in ["", "-1", "1.234", "1.2.3", "R$ 1", "1."] {
            assert_eq!(cents(wrong), None, "{wrong}");
        }
        assert_eq!(number_cents(&serde_json::json!(315.98)), Some(31598));
        assert_eq!(number_cents(&serde_json::json!(0.005)), None);
        assert_eq!(number_cents(&serde_json::json!("315.98")), None);
    }

    #[test]
    fn a_uuid_gives_its_number_back_only_for_its_own_kind() {
        let name = uuid(2, 90);
        assert_eq!(name.len(), 36);
        assert_eq!(in_uuid(2, &name.to_lowercase()), Some(90));
        assert_eq!(in_uuid(1, &name), None);
    }
}
