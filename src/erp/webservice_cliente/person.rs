//! A customer's own data, as `GET /ws/area/cliente/{id}` tells it: document, name, birthday, phones.

use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::domain::service::{Contact, ContactKind};
use crate::domain::{Factors, TaxId};
use crate::erp::scalar::Scalar;

const LAST: usize = 4;
/// A registered phone has eight digits at least; less is a note.
const PHONE_AT_LEAST: usize = 8;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Person {
    nome: Scalar,
    cpf: Scalar,
    cnpj: Scalar,
    cpfcnpj: Scalar,
    #[serde(rename = "telefoneFixo")]
    landline: Scalar,
    #[serde(rename = "telefoneMovel")]
    mobile: Scalar,
    #[serde(rename = "dataNascimento")]
    birth: Scalar,
    email: Scalar,
}

impl Person {
    pub(super) fn name(&self) -> &str {
        self.nome.text().unwrap_or_default()
    }

    /// CPF or CNPJ without punctuation, as the ERP holds it: a text is taken with whatever
    /// check digits it has, a number needs them to tell how many zeros it has lost.
    pub(super) fn document(&self) -> Option<String> {
        let scalar = [&self.cpf, &self.cnpj, &self.cpfcnpj].into_iter().find(|scalar| !scalar.is_absent())?;
        if scalar.is_number() {
            return TaxId::from_number(scalar.id()?).ok().map(|document| document.plain().to_owned());
        }
        let plain: String = scalar.text()?.chars().filter(char::is_ascii_alphanumeric).collect();
        matches!(plain.len(), 11 | 14).then_some(plain)
    }

    /// Phones and e-mail; what was typed where there is none is left out.
    pub(super) fn contacts(&self) -> Vec<Contact> {
        let phones = [&self.mobile, &self.landline].into_iter().filter_map(Scalar::text);
        let mut phones: Vec<&str> = phones.filter(|phone| last_digits(phone).is_some()).collect();
        phones.dedup();
        let email = self.email.text().filter(|email| email.contains('@'));
        let contact = |kind, value: &str| Contact { kind, value: value.to_owned() };
        let phones = phones.into_iter().map(|phone| contact(ContactKind::Phone, phone));
        phones.chain(email.map(|email| contact(ContactKind::Email, email))).collect()
    }

    pub(super) fn factors(&self, zone: &TimeZone) -> Factors {
        let birth = self.birth.date(zone).ok().flatten();
        let part = |number: i8| u8::try_from(number).ok();
        let mut phones_last4: Vec<String> =
            [&self.mobile, &self.landline].into_iter().filter_map(|phone| last_digits(phone.text()?)).collect();
        phones_last4.dedup();
        Factors { birth: birth.and_then(|day| Some((part(day.day())?, part(day.month())?))), phones_last4 }
    }
}

/// A number of one digit repeated is what is typed where there is no phone: no proof of who somebody is.
fn last_digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let is_filler = digits.chars().all(|digit| digits.starts_with(digit));
    if digits.len() < PHONE_AT_LEAST || is_filler { None } else { digits.get(digits.len() - LAST..).map(str::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(json: &str) -> Person {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_document_keeps_the_zeros_that_a_number_lost() {
        for (json, document) in [
            (r#"{"cpf":"529.982.247-25"}"#, Some("52998224725")),
            (r#"{"cpf":191}"#, Some("00000000191")),
            (r#"{"cpf":null,"cnpj":"12.ABC.345/01DE-35"}"#, Some("12ABC34501DE35")),
            (r#"{"cpfcnpj":191}"#, Some("00000000191")),
            (r#"{"cpf":191000100}"#, None),
            (r#"{"cpf":"12345678900"}"#, Some("12345678900")),
            (r#"{"cpf":"123"}"#, None),
            ("{}", None),
        ] {
            assert_eq!(person(json).document().as_deref(), document, "{json}");
        }
    }

    #[test]
    fn phones_give_their_last_four_digits_and_fillers_give_none() {
        let zone = TimeZone::UTC;
        let phones = |json: &str| person(json).factors(&zone).phones_last4;
        assert_eq!(phones(r#"{"telefoneFixo":"(31) 3333-1234","telefoneMovel":31999994444}"#), ["4444", "1234"]);
        assert_eq!(phones(r#"{"telefoneFixo":"31 3333-1234","telefoneMovel":"3133331234"}"#), ["1234"]);
        assert!(phones(r#"{"telefoneFixo":"9999999999","telefoneMovel":"190"}"#).is_empty());
    }
}
