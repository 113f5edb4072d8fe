//! Reading requests as the schema has them: every breach is collected, with the name of the property that breaks it.

pub mod charge;
pub mod refund;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::problem::Violation;

/// What was found wrong with one request.
pub struct Check {
    root: &'static str,
    pub violations: Vec<Violation>,
    /// Properties that the schema does not have: ignored, and noted in the book.
    pub unknown: Vec<String>,
}

/// An object of the request and where it lies.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    path: &'a str,
    fields: &'a Map<String, Value>,
}

impl<'a> Part<'a> {
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.fields.get(name)
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}

impl Check {
    pub fn of(root: &'static str) -> Check {
        Check { root, violations: Vec::new(), unknown: Vec::new() }
    }

    pub fn refuse(&mut self, path: &str, reason: &str, value: Option<&Value>) {
        let property = if path.is_empty() { self.root.to_owned() } else { format!("{}.{path}", self.root) };
        let value = match value {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => String::new(),
        };
        self.violations.push(Violation { reason: reason.to_owned(), property, value });
    }

    /// The value as an object with no properties but the known ones.
    pub fn object<'a>(&mut self, path: &'a str, value: &'a Value, known: &[&str]) -> Option<Part<'a>> {
        let Some(fields) = value.as_object() else {
            self.refuse(path, "não é um objeto", Some(value));
            return None;
        };
        let part = Part { path, fields };
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            self.unknown.push(format!("{}.{}", self.root, part.path_of(name)));
        }
        Some(part)
    }

    fn required(&mut self, part: Part<'_>, name: &str) {
        self.refuse(&part.path_of(name), "o campo é obrigatório", None);
    }

    /// A text of at most `longest` characters, where there is one.
    pub fn text(&mut self, part: Part<'_>, name: &str, longest: usize) -> Option<String> {
        let value = part.get(name)?;
        match value.as_str() {
            Some(text) if text.chars().count() <= longest => return Some(text.to_owned()),
            Some(_) => self.refuse(&part.path_of(name), &format!("tem mais de {longest} caracteres"), Some(value)),
            None => self.refuse(&part.path_of(name), "não é um texto", Some(value)),
        }
        None
    }

    pub fn required_text(&mut self, part: Part<'_>, name: &str, longest: usize) -> Option<String> {
        if part.get(name).is_none() {
            self.required(part, name);
        }
        self.text(part, name, longest)
    }

    /// A text that `fits`, where there is one.
    pub fn shaped(&mut self, part: Part<'_>, name: &str, shape: &str, fits: impl Fn(&str) -> bool) -> Option<String> {
        let text = self.text(part, name, usize::MAX)?;
        if fits(&text) {
            return Some(text);
        }
        self.refuse(&part.path_of(name), &format!("não respeita {shape}"), part.get(name));
        None
    }

    /// Cents of a text `\d{1,10}\.\d{2}`, where there is one.
    pub fn money(&mut self, part: Part<'_>, name: &str) -> Option<i64> {
        let text = self.shaped(part, name, r"\d{1,10}\.\d{2}", |text| cents(text).is_some())?;
        cents(&text)
    }

    /// The same, present and more than zero.
    pub fn positive_money(&mut self, part: Part<'_>, name: &str) -> Option<i64> {
        if part.get(name).is_none() {
            self.required(part, name);
        }
        let cents = self.money(part, name)?;
        if cents == 0 {
            self.refuse(&part.path_of(name), "o valor não pode ser 0.00", part.get(name));
            return None;
        }
        Some(cents)
    }

    /// A whole JSON number of an int32 in the range, where there is one. A number in quotes is none.
    pub fn integer(&mut self, part: Part<'_>, name: &str, least: i64, most: i64) -> Option<i64> {
        let value = part.get(name)?;
        let number = value.as_i64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            self.refuse(&part.path_of(name), &format!("não é um inteiro de {least} a {most}"), Some(value));
        }
        number
    }

    /// A date `YYYY-MM-DD`, where there is one.
    pub fn date(&mut self, part: Part<'_>, name: &str) -> Option<Date> {
        let text = self.shaped(part, name, "YYYY-MM-DD", |text| text.len() == 10 && text.parse::<Date>().is_ok())?;
        text.parse().ok()
    }
}

/// `\d{1,10}\.\d{2}` in cents.
pub fn cents(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = (1..=10).contains(&whole.len()) && fraction.len() == 2 && digits(whole) && digits(fraction);
    if fits { format!("{whole}{fraction}").parse().ok() } else { None }
}

/// `[a-zA-Z0-9]{least,most}`
pub fn is_name(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn an_amount_is_up_to_ten_digits_a_point_and_two_digits() {
        for (text, read) in [
            ("0.00", Some(0)),
            ("37.00", Some(3700)),
            ("0.01", Some(1)),
            ("9999999999.99", Some(999_999_999_999)),
            ("10000000000.00", None),
            ("37", None),
            ("37.0", None),
            ("37.000", None),
            ("37,00", None),
            ("-1.00", None),
            ("+1.00", None),
            (".00", None),
            (" 1.00", None),
            ("1.0\u{0660}", None),
        ] {
            assert_eq!(cents(text), read, "{text}");
        }
    }
}
