//! What a screen may see of somebody who becomes a customer, and what may be done there.

use super::{ADDRESSES, FOUND};
use crate::domain::TaxId;
use crate::journey::Journey;
use crate::journey::scene::{Joining, Scene};
use crate::journey::step::{Answer, Form, FormOption, Purpose, Question, Step};
use crate::journey::view::masked_tax_id;

impl Journey {
    pub(in crate::journey) fn joining_step(&self) -> Step {
        match (&self.session.joining, &self.scene) {
            (Some(joining), Scene::Joining) => Step::Form(joining.shown()),
            _ => Step::Identify(crate::journey::step::Identify::default()),
        }
    }

    pub(in crate::journey) fn joining_actions(&self) -> Vec<&'static str> {
        let mut actions = vec!["back", "leave"];
        match self.session.joining.as_ref().map(|joining| joining.asks()) {
            Some(asks) if asks.is_choice() => actions.push("choose"),
            Some(Question::Consent | Question::Confirm) => actions.push("submit"),
            Some(_) => actions.extend(["type", "erase", "clear", "submit"]),
            None => {}
        }
        actions
    }
}

impl Joining {
    pub(super) fn asks(&self) -> Question {
        self.fields.get(self.at).map_or(Question::Confirm, |field| field.asks)
    }

    /// What there is to choose from, in the provider's words.
    pub(super) fn options(&self, asks: Question) -> Vec<FormOption> {
        let answer = self.answer(asks);
        let option = |id: &str, text: String| FormOption {
            id: id.to_owned(),
            text,
            chosen: id == answer,
            amount_cents: None,
            about: String::new(),
            detail: None,
        };
        match asks {
            Question::Address => {
                let place = self.place().map(|place| {
                    let town = format!("{} - {}", place.city, place.state);
                    [place.street.clone(), place.district.clone(), town].join(", ").replace(", , ", ", ")
                });
                let text = |id: &str| if id == FOUND { place.clone().unwrap_or_default() } else { String::new() };
                ADDRESSES.iter().map(|id| option(id, text(id))).collect()
            }
            Question::Product => {
                let offers = self.offers.iter().flat_map(|(_, offers)| offers);
                let shown = |offer: &crate::domain::joining::Offer| FormOption {
                    amount_cents: offer.price,
                    about: offer.about.clone(),
                    ..option(&offer.id, offer.name.clone())
                };
                offers.map(shown).collect()
            }
            Question::DueDay => self.due_days.iter().flatten().map(|day| option(&day.id, day.name.clone())).collect(),
            _ => Vec::new(),
        }
    }

    fn shown(&self) -> Form {
        let asks = self.asks();
        let asked: Vec<Question> =
            self.fields.iter().map(|field| field.asks).filter(|asks| self.is_asked(*asks)).collect();
        let answer = self.answer(asks);
        let typed = match asks {
            _ if asks.is_choice() => String::new(),
            // nobody beside may read it; its check digits find a slip
            Question::TaxId => masked_tax_id(answer, answer.chars().any(char::is_alphabetic), true),
            // what was typed last may be a blank
            _ => self.fields.get(self.at).map(|field| field.answer.clone()).unwrap_or_default(),
        };
        Form {
            form: self.purpose,
            asks,
            question: asked.iter().position(|one| *one == asks).unwrap_or_default() + 1,
            questions: asked.len(),
            typed,
            options: self.options(asks),
            answers: if asks == Question::Confirm { self.answers() } else { Vec::new() },
            problem: self.problem,
        }
    }

    /// Everything once more, the address as one.
    fn answers(&self) -> Vec<Answer> {
        let mut answers = Vec::new();
        if self.purpose == Purpose::Join && self.joins.address {
            answers.push(Answer { question: Question::Address, text: self.address(), detail: None });
        }
        let others = [
            Question::Product,
            Question::DueDay,
            Question::TaxId,
            Question::Name,
            Question::Birth,
            Question::Phone,
            Question::Email,
        ];
        let is_there = |asks: &Question| self.fields.iter().any(|field| field.asks == *asks) && self.is_asked(*asks);
        for asks in others.into_iter().filter(is_there) {
            let answer = self.answer(asks);
            let option = self.options(asks).into_iter().find(|one| one.id == answer);
            let text = match (asks, option) {
                (_, Some(option)) => match option.amount_cents {
                    Some(amount) => format!("{} · {amount}", option.text),
                    None => option.text,
                },
                (Question::TaxId, None) => TaxId::parse(answer).map(|tax_id| tax_id.masked()).unwrap_or_default(),
                (Question::Birth, None) => super::questions::birth(answer)
                    .map_or_else(String::new, |date| date.strftime("%d/%m/%Y").to_string()),
                (_, None) => answer.to_owned(),
            };
            if !text.is_empty() {
                answers.push(Answer { question: asks, text, detail: None });
            }
        }
        answers
    }

    fn address(&self) -> String {
        let cep = self.answer(Question::Cep);
        let (before, after) = cep.split_at_checked(5).unwrap_or((cep, ""));
        let town = [self.said(Question::City), self.said(Question::State)].join(" - ");
        let parts = [
            self.said(Question::Street),
            self.answer(Question::HouseNumber).to_owned(),
            self.answer(Question::Complement).to_owned(),
            self.said(Question::District),
            if town == " - " { String::new() } else { town },
            format!("CEP {before}-{after}"),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
