//! Which questions an ERP makes necessary, which of them the answers before have settled, and what fits as an answer.

use jiff::civil::Date;

use crate::domain::TaxId;
use crate::domain::joining::{Joins, Place};
use crate::journey::scene::{Field, Joining};
use crate::journey::step::{FormProblem, Purpose, Question};

const CEP: usize = 8;
const DATE: usize = 8;
const CNPJ: usize = 14;
const TEXT_MOST: usize = 80;
const NUMBER_MOST: usize = 10;
/// The longest that RFC 5321 lets a mailbox be, and far more than anybody types.
const EMAIL_MOST: usize = 100;
const STATES: [&str; 27] = [
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA", "PB", "PE", "PI", "PR", "RJ",
    "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
];
/// The address that was found, as the one that is meant.
pub const FOUND: &str = "found";
/// Another one, to be typed.
pub const TYPED: &str = "typed";

pub fn of(purpose: Purpose, joins: Joins) -> Vec<Field> {
    use Question::{
        Address, Birth, Cep, City, Complement, Confirm, Consent, District, DueDay, Email, HouseNumber, Name, Phone,
        Product, State, Street, TaxId,
    };
    let new = purpose == Purpose::Join;
    let address = new && joins.address;
    let questions = [
        (new, Consent),
        (address, Cep),
        (address, Address),
        (address, Street),
        (address, HouseNumber),
        (address && joins.complement, Complement),
        (address, District),
        (address && joins.city, City),
        (address && joins.city, State),
        (joins.product, Product),
        (joins.due_day, DueDay),
        (new, TaxId),
        (new, Name),
        (new && joins.birth, Birth),
        (new, Phone),
        (new && joins.email, Email),
        (true, Confirm),
    ];
    questions.into_iter().filter(|(wanted, _)| *wanted).map(|(_, asks)| Field::typed(asks)).collect()
}

impl Joining {
    pub fn answer(&self, asks: Question) -> &str {
        self.fields.iter().find(|field| field.asks == asks).map_or("", |field| field.answer.trim())
    }

    pub fn place(&self) -> Option<&Place> {
        self.looked_up.as_ref().and_then(|(_, place)| place.as_ref())
    }

    /// What the look-up told, where it is to be believed. That a CEP is of a town needs no asking.
    fn told(&self, asks: Question) -> Option<&str> {
        let place = self.place()?;
        if !place.street.is_empty() && self.answer(Question::Address) != FOUND {
            return None;
        }
        let told = match asks {
            Question::Street => &place.street,
            Question::District => &place.district,
            Question::City => &place.city,
            Question::State => &place.state,
            _ => return None,
        };
        Some(told.as_str()).filter(|told| !told.is_empty())
    }

    /// Typed, or as the look-up told it.
    pub fn said(&self, asks: Question) -> String {
        self.told(asks).unwrap_or_else(|| self.answer(asks)).to_owned()
    }

    /// Whether a question is still one, after what was answered before.
    pub fn is_asked(&self, asks: Question) -> bool {
        match asks {
            Question::Address => self.place().is_some_and(|place| !place.street.is_empty()),
            Question::Street | Question::District | Question::City | Question::State => self.told(asks).is_none(),
            Question::Birth => self.answer(Question::TaxId).len() != CNPJ,
            // a list that came empty has nothing to choose
            Question::DueDay => self.due_days.as_ref().is_none_or(|days| !days.is_empty()),
            _ => true,
        }
    }
}

/// Whether a character goes on what is typed already.
pub fn takes(asks: Question, answer: &str, key: char) -> bool {
    let length = answer.chars().count();
    match asks {
        Question::Cep => key.is_ascii_digit() && length < CEP,
        Question::Birth => key.is_ascii_digit() && length < DATE,
        Question::Phone => key.is_ascii_digit() && length < 11,
        Question::TaxId => key.is_ascii_alphanumeric() && length < CNPJ,
        Question::State => key.is_ascii_alphabetic() && length < 2,
        Question::HouseNumber => !key.is_control() && length < NUMBER_MOST,
        Question::Email => key.is_ascii_graphic() && length < EMAIL_MOST,
        Question::Name | Question::Street | Question::District | Question::City | Question::Complement => {
            !key.is_control() && length < TEXT_MOST
        }
        _ => false,
    }
}

/// As it is kept: a mailbox has no capitals worth keeping, a state and a CNPJ no small letters.
pub fn kept(asks: Question, key: char) -> char {
    match asks {
        Question::TaxId | Question::State => key.to_ascii_uppercase(),
        Question::Email => key.to_ascii_lowercase(),
        _ => key,
    }
}

pub fn problem(asks: Question, answer: &str, is_company: bool, today: Date) -> Option<FormProblem> {
    let answer = answer.trim();
    let letters = answer.chars().filter(|letter| letter.is_alphabetic()).count();
    match asks {
        Question::Cep => (answer.len() != CEP || answer == "00000000").then_some(FormProblem::Cep),
        Question::Street | Question::District | Question::City => (letters < 2).then_some(FormProblem::Short),
        Question::HouseNumber => answer.is_empty().then_some(FormProblem::HouseNumber),
        Question::State => (!STATES.contains(&answer)).then_some(FormProblem::State),
        Question::TaxId => TaxId::parse(answer).is_err().then_some(FormProblem::TaxId),
        // a company may have one word; a person has a name and a family's
        Question::Name => {
            let words = answer.split_whitespace().filter(|word| word.chars().count() > 1).count();
            (letters < 3 || !is_company && words < 2).then_some(FormProblem::Name)
        }
        Question::Birth => {
            let is_past = birth(answer).is_some_and(|date| date < today && date.year() > 1900);
            (!is_past).then_some(FormProblem::Date)
        }
        Question::Phone => {
            ((answer.len() != 10 && answer.len() != 11) || answer.starts_with('0')).then_some(FormProblem::Phone)
        }
        // not everybody has one
        Question::Email => (!answer.is_empty() && !is_mailbox(answer)).then_some(FormProblem::Email),
        _ => None,
    }
}

/// Day, month and year, as they are typed.
pub fn birth(digits: &str) -> Option<Date> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let (day, month) = (i8::try_from(part(0, 2)?).ok()?, i8::try_from(part(2, 4)?).ok()?);
    (digits.len() == DATE).then(|| Date::new(part(4, DATE)?, month, day).ok()).flatten()
}

/// Something, one `@`, and a domain with a point inside.
fn is_mailbox(text: &str) -> bool {
    let Some((before, domain)) = text.split_once('@') else { return false };
    let inside = domain.trim_matches('.');
    !before.is_empty()
        && !before.starts_with('.')
        && inside == domain
        && domain.contains('.')
        && !domain.contains("..")
        && domain.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-'))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 28);

    fn fits(asks: Question, answer: &str) -> bool {
        problem(asks, answer, false, TODAY).is_none()
    }

    #[test]
    fn an_answer_that_cannot_be_is_asked_for_again() {
        for (asks, right, wrong) in [
            (Question::Cep, "30140071", "3014007"),
            (Question::State, "MG", "XX"),
            (Question::TaxId, "52998224725", "52998224726"),
            (Question::TaxId, "12ABC34501DE35", "12ABC34501DE36"),
            (Question::Name, "Ana Inventada", "Ana"),
            (Question::Birth, "29022000", "29022001"),
            (Question::Birth, "01011990", "01012990"),
            (Question::Phone, "31900001234", "0310000123"),
            (Question::HouseNumber, "S/N", " "),
            (Question::Street, "Rua 7", "7"),
        ] {
            assert!(fits(asks, right), "{asks:?} {right}");
            assert!(!fits(asks, wrong), "{asks:?} {wrong}");
        }
        assert!(problem(Question::Name, "Padaria", true, TODAY).is_none());
    }

    #[test]
    fn a_mailbox_has_one_at_and_a_domain_and_may_be_missing() {
        for right in ["", "ana@example.com", "ana.b-c_d@mail.example.com.br"] {
            assert!(fits(Question::Email, right), "{right}");
        }
        for wrong in ["ana", "ana@", "@example.com", "ana@example", "ana@@example.com", "ana@example..com", "ana@.com"]
        {
            assert!(!fits(Question::Email, wrong), "{wrong}");
        }
    }

    #[test]
    fn only_what_an_answer_can_have_is_taken_from_the_keys() {
        assert!(takes(Question::Cep, "3014007", '1') && !takes(Question::Cep, "30140071", '1'));
        assert!(
            !takes(Question::Cep, "", 'a') && !takes(Question::Email, "ana", ' ') && !takes(Question::Email, "", 'ã')
        );
        assert!(takes(Question::Name, "Jos", 'é') && !takes(Question::Name, "", '\n'));
        assert!(takes(Question::TaxId, "12", 'A') && kept(Question::TaxId, 'a') == 'A');
    }
}
