//! The screens: each is a function of its step's data. What may be touched follows the step's `actions`.

mod boleto;
mod card;
mod choices;
mod closed;
mod confirming;
mod contracts;
mod document;
mod form;
mod identify;
mod instalments;
mod invoice;
mod invoices;
mod letter;
mod method;
mod notice;
mod paid;
mod pix;
mod plans;
mod records;
mod searching;
mod service_pin;
mod services;
mod still_there;
mod technician;
mod trouble;
mod undone;
mod verify;

use super::codes::Codes;
use super::frame::{Draft, Element, Layer};
use super::look::Look;
use crate::journey::Step;
use crate::journey::step::CardScreen;

/// What the keys hold before it is an intent: which page of a list, the digits of an answer to the TEF.
/// Nothing of it outlives its step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hands {
    pub leaf: usize,
    pub answer: String,
    /// Which keys there are to write with.
    pub caps: bool,
    pub accents: bool,
    pub letters: bool,
}

impl Hands {
    pub fn keys(&mut self, layer: Layer) {
        match layer {
            Layer::Capitals => self.caps = !self.caps,
            Layer::Accents => self.accents = !self.accents,
            Layer::Letters => self.letters = !self.letters,
        }
    }

    pub fn draft(&mut self, draft: Draft, step: &Step) {
        let most = match step {
            Step::Card(CardScreen { prompt: Some(prompt), .. }) => prompt.max.unwrap_or(20),
            _ => 0,
        };
        match draft {
            Draft::Add(key) if self.answer.chars().count() < usize::from(most) => self.answer.push(key),
            Draft::Add(_) => {}
            Draft::Erase => drop(self.answer.pop()),
        }
    }
}

#[must_use]
pub fn show(step: &Step, look: &Look, codes: &Codes, hands: &Hands) -> Element {
    match step {
        Step::Identify(step) => identify::identify(step, look),
        Step::Verify(step) => verify::verify(step, look),
        Step::Searching(step) => searching::searching(step, look),
        Step::Contracts(step) => contracts::contracts(step, look, hands),
        Step::Invoices(step) => invoices::invoices(step, look),
        Step::Invoice(step) => invoice::invoice(step, look),
        Step::Method(step) => method::method(step, look, hands),
        Step::Instalments(step) => instalments::instalments(step, look, hands),
        Step::Pix(step) => pix::pix(step, look, codes),
        Step::Card(step) => card::card_screen(step, look, codes, hands),
        Step::Boleto(step) => boleto::boleto(step, look, codes),
        Step::Document(step) => document::document(step, look, codes),
        Step::Confirming(step) => confirming::confirming(step, look),
        Step::Undone(step) => undone::undone(step, look),
        Step::Paid(step) => paid::paid(step, look),
        Step::Services(step) => services::services(step, look, hands),
        Step::Receipts(step) => services::receipts(step, look, hands),
        Step::Plans(step) => plans::plans(step, look, hands),
        Step::Records(step) => records::records(step, look, hands),
        Step::Form(step) => form::form(step, look, hands),
        Step::Notice(step) => notice::notice(step, look),
        Step::Trouble(step) => trouble::trouble(step, look),
        Step::StillThere(step) => still_there::still_there(step, look),
        Step::Closed(step) => closed::closed(step, look),
        Step::ServicePin(step) => service_pin::service_pin(step, look),
        Step::Technician(step) => technician::technician(step, look, hands, codes),
    }
}
