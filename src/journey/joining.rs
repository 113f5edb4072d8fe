//! Becoming a customer, or asking for one product more: one question at a time, with what the provider has to say between
//! them. What is asked for at the end is asked for once. Going back keeps what was typed; leaving forgets it.

pub(super) mod questions;
mod shown;

use jiff::Timestamp;

use super::event::{Attempt, Command, Failure};
use super::intent::Intent;
use super::scene::{Again, Back, Joining, Noticed, Scene};
use super::step::{FormProblem, Outcome, Purpose, Question, SearchFor, TroubleCode};
use super::{Journey, today};
use crate::domain::TaxId;
use crate::domain::joining::{JoinAsk, JoinTold, Joins};
use crate::domain::service::{Change, Prospect};
use questions::{FOUND, TYPED};

impl Journey {
    /// Whether somebody who is no customer yet can become one here.
    pub(super) fn may_join(&self) -> bool {
        self.settings.join.offered && self.abilities.joins.is_some()
    }

    /// Whether a customer can ask for one product more. What ended unknown is not offered again.
    pub(super) fn may_order(&self) -> bool {
        let unknown = self.session.errand.unknown.contains(&Purpose::Order);
        self.settings.join.offered && self.abilities.orders.is_some_and(|orders| orders.product) && !unknown
    }

    pub(super) fn want_to_join(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(joins) = self.abilities.joins {
            self.begin_joining(Purpose::Join, joins, now, commands);
        }
    }

    pub(super) fn want_product(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(joins) = self.abilities.orders {
            self.begin_joining(Purpose::Order, joins, now, commands);
        }
    }

    fn begin_joining(&mut self, purpose: Purpose, joins: Joins, now: Timestamp, commands: &mut Vec<Command>) {
        let fields = questions::of(purpose, joins);
        let joining = Joining {
            purpose,
            joins,
            fields,
            at: 0,
            problem: None,
            looked_up: None,
            offers: None,
            due_days: None,
            asked: None,
        };
        self.session.joining = Some(Box::new(joining));
        self.meet_question(now, commands);
    }

    /// Shows the question that is next, once the provider has said what is to be said to it.
    fn meet_question(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(joining) = &mut self.session.joining else { return };
        while let Some(asks) = joining.fields.get(joining.at).map(|field| field.asks) {
            let cep = joining.answer(Question::Cep).to_owned();
            let ask = match asks {
                Question::Address if joining.looked_up.as_ref().is_none_or(|(known, _)| *known != cep) => {
                    Some(JoinAsk::Address { cep })
                }
                Question::Product if joining.offers.as_ref().is_none_or(|(known, _)| *known != cep) => {
                    Some(JoinAsk::Offers { cep: Some(cep).filter(|cep| !cep.is_empty()) })
                }
                Question::DueDay if joining.due_days.is_none() => Some(JoinAsk::DueDays),
                _ => None,
            };
            if let Some(ask) = ask {
                return self.ask_to_join(ask, now, commands);
            }
            if joining.is_asked(asks) {
                break;
            }
            joining.at += 1;
        }
        self.scene = Scene::Joining;
    }

    fn ask_to_join(&mut self, ask: JoinAsk, now: Timestamp, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        let Some(joining) = &mut self.session.joining else { return };
        joining.asked = Some(ask.clone());
        let what = if ask.changes() { SearchFor::Change } else { SearchFor::Service };
        self.scene = Scene::Searching { what, attempt, since: now };
        commands.push(Command::Join { attempt, ask });
    }

    /// What could not be asked is asked again: a failure means that nothing was changed.
    pub(super) fn join_again(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(ask) = self.session.joining.as_mut().and_then(|joining| joining.asked.take()) {
            self.ask_to_join(ask, now, commands);
        }
    }

    /// Back to the question that was answered last: also from a search that took too long.
    pub(super) fn back_to_joining(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(joining) = &mut self.session.joining else { return };
        match joining.asked.take() {
            // whoever will not wait for an address types it
            Some(JoinAsk::Address { cep }) => {
                joining.looked_up = Some((cep, None));
                self.meet_question(now, commands);
            }
            Some(JoinAsk::Offers { .. } | JoinAsk::DueDays) => self.previous_question(),
            _ => self.scene = Scene::Joining,
        }
    }

    fn previous_question(&mut self) {
        let Some(joining) = &mut self.session.joining else { return };
        let before = joining.fields.iter().take(joining.at).rposition(|field| joining.is_asked(field.asks));
        match before {
            Some(at) => {
                joining.at = at;
                joining.problem = None;
                self.scene = Scene::Joining;
            }
            None => self.leave_joining(),
        }
    }

    /// The first question's way back.
    fn leave_joining(&mut self) {
        let purpose = self.session.joining.take().map(|joining| joining.purpose);
        self.scene = if purpose == Some(Purpose::Order) { Scene::Services } else { Scene::default() };
    }

    /// Whether the intent was about the question on the screen.
    pub(super) fn joining_takes(&mut self, intent: &Intent, now: Timestamp, commands: &mut Vec<Command>) -> bool {
        if !matches!(self.scene, Scene::Joining) {
            return false;
        }
        let Some(joining) = &mut self.session.joining else { return false };
        let at = joining.at;
        let is_company = joining.answer(Question::TaxId).len() == 14;
        let Some(field) = joining.fields.get_mut(at) else { return false };
        let asks = field.asks;
        match intent {
            Intent::Type { text } => {
                for key in text.chars() {
                    if questions::takes(asks, &field.answer, key) {
                        field.answer.push(questions::kept(asks, key));
                    }
                }
                joining.problem = None;
            }
            Intent::Erase => {
                field.answer.pop();
                joining.problem = None;
            }
            Intent::Clear => {
                field.answer.clear();
                joining.problem = None;
            }
            Intent::Choose { option } => {
                if !joining.options(asks).iter().any(|one| one.id == *option) {
                    return true;
                }
                if let Some(field) = joining.fields.get_mut(at) {
                    field.answer.clone_from(option);
                }
                self.next_question(now, commands);
            }
            Intent::Submit if asks == Question::Confirm => self.register(now, commands),
            Intent::Submit => {
                joining.problem = questions::problem(asks, &field.answer, is_company, today(now));
                if joining.problem.is_none() {
                    self.next_question(now, commands);
                }
            }
            Intent::Back => self.previous_question(),
            _ => return false,
        }
        true
    }

    fn next_question(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(joining) = &mut self.session.joining else { return };
        joining.problem = None;
        joining.at += 1;
        self.meet_question(now, commands);
    }

    /// The form was confirmed: it is asked for, once.
    fn register(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(joining) = &self.session.joining else { return };
        // a list may have been read again since something was chosen from it
        if let Some(at) = joining.gone_from_its_list() {
            return self.choose_again(at);
        }
        let choices = &self.settings.join;
        let prospect = joining.prospect(choices.reseller.clone(), choices.origin.clone());
        let ask = match (joining.purpose, &self.session.account) {
            (Purpose::Order, Some(account)) => {
                let customer = account.customer.id.clone();
                let (name, tax_id) = (account.customer.name.clone(), account.customer.tax_id.plain().to_owned());
                JoinAsk::Order { customer, prospect: Box::new(Prospect { name, tax_id, ..prospect }) }
            }
            (Purpose::Order, None) => return,
            _ => JoinAsk::Register { by: joining.joins.by, prospect: Box::new(prospect) },
        };
        self.ask_to_join(ask, now, commands);
    }

    fn choose_again(&mut self, at: usize) {
        if let Some(joining) = &mut self.session.joining {
            joining.at = at;
            joining.problem = Some(FormProblem::Gone);
            self.scene = Scene::Joining;
        }
    }

    pub(super) fn joined(
        &mut self,
        attempt: Attempt,
        told: Result<JoinTold, Failure>,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        let Some(joining) = &mut self.session.joining else { return };
        // whoever waited for the answer has not been silent
        self.last_touch = now;
        let cep = joining.answer(Question::Cep).to_owned();
        match told {
            Ok(JoinTold::Address(place)) => {
                joining.looked_up = Some((cep, place));
                self.meet_question(now, commands);
            }
            Ok(JoinTold::Offers(offers)) if offers.is_empty() => self.not_served(String::new()),
            Ok(JoinTold::NotServed { why }) => self.not_served(why),
            Ok(JoinTold::Offers(offers)) => {
                joining.offers = Some((cep, offers));
                self.meet_question(now, commands);
            }
            Ok(JoinTold::DueDays(days)) => {
                joining.due_days = Some(days);
                self.meet_question(now, commands);
            }
            Ok(JoinTold::Registered(change)) => self.registered(change, now),
            Err(failure) => self.trouble(failure.into(), Some(Again::Joining), Some(Back::Joining)),
        }
    }

    fn not_served(&mut self, detail: String) {
        let (again, back) = (None, Some(Back::Joining));
        self.scene = Scene::Trouble { code: TroubleCode::NotServed, detail, protocol: None, again, back };
    }

    fn registered(&mut self, change: Change<Option<String>>, now: Timestamp) {
        let Some(about) = self.session.joining.as_ref().map(|joining| joining.purpose) else { return };
        let (outcome, protocol, words) = match change {
            Change::Done(id) => (Outcome::Done, id.filter(|id| !id.trim().is_empty()), None),
            Change::Refused { why } => (Outcome::Refused, None, Some(why).filter(|why| !why.trim().is_empty())),
            Change::Unknown { .. } => (Outcome::Unknown, None, None),
        };
        if outcome == Outcome::Unknown {
            self.session.errand.unknown.insert(about);
        }
        // what was refused can be put right; the rest is forgotten here and now
        if outcome != Outcome::Refused {
            self.session.joining = None;
        }
        let noticed = Noticed { protocol, words, ..Noticed::of(about, outcome, now) };
        self.scene = Scene::Notice(Box::new(noticed));
    }

    /// So long without an answer: it may have been done.
    pub(super) fn joining_gave_no_answer(&mut self, now: Timestamp) {
        self.last_touch = now;
        self.registered(Change::Unknown { why: String::new() }, now);
    }
}

impl Joining {
    /// What was chosen from a list that has it no more.
    fn gone_from_its_list(&self) -> Option<usize> {
        let is_gone = |asks| matches!(asks, Question::Product | Question::DueDay) && self.is_asked(asks);
        self.fields
            .iter()
            .position(|field| is_gone(field.asks) && !self.options(field.asks).iter().any(|one| one.id == field.answer))
    }

    fn prospect(&self, reseller: Option<String>, origin: Option<String>) -> Prospect {
        let chosen = |asks| Some(self.answer(asks).to_owned()).filter(|id| !id.is_empty());
        let tax_id = TaxId::parse(self.answer(Question::TaxId)).map(|tax_id| tax_id.plain().to_owned());
        let birth = if self.is_asked(Question::Birth) { questions::birth(self.answer(Question::Birth)) } else { None };
        let product = chosen(Question::Product);
        let offers = self.offers.iter().flat_map(|(_, offers)| offers);
        let price = offers.clone().find(|offer| Some(&offer.id) == product.as_ref()).and_then(|offer| offer.price);
        Prospect {
            name: self.answer(Question::Name).to_owned(),
            tax_id: tax_id.unwrap_or_default(),
            birth,
            phone: self.answer(Question::Phone).to_owned(),
            email: self.answer(Question::Email).to_owned(),
            cep: self.answer(Question::Cep).to_owned(),
            street: self.said(Question::Street),
            number: self.answer(Question::HouseNumber).to_owned(),
            complement: self.answer(Question::Complement).to_owned(),
            district: self.said(Question::District),
            city: self.said(Question::City),
            state: self.said(Question::State),
            product,
            price,
            due_day: chosen(Question::DueDay),
            reseller,
            origin,
            note: self.note(),
        }
    }

    /// For the provider's people, in their language: what was chosen, by its name.
    fn note(&self) -> String {
        let chosen =
            [("Plano", Question::Product), ("Vencimento", Question::DueDay)].into_iter().filter_map(|(what, asks)| {
                let id = self.answer(asks);
                let option = self.options(asks).into_iter().find(|one| one.id == id)?;
                Some(format!("{what}: {}", option.text))
            });
        ["Pedido feito no totem".to_owned()].into_iter().chain(chosen).collect::<Vec<_>>().join(". ")
    }
}

/// The options of the address that was found: it, or another.
pub(super) const ADDRESSES: [&str; 2] = [FOUND, TYPED];

#[cfg(test)]
mod tests;
