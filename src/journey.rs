//! What the customer is doing: events in, commands out; one step a screen; time-outs.
//!
//! The journey decides what a customer sees and may do, and asks for payments. What happens to the money is
//! `payment`'s to decide; the journey only follows its standing.

mod bills;
mod changes;
mod code;
mod counter;
mod counter_view;
mod document;
mod event;
mod form;
mod guesses;
mod identify;
pub mod intent;
mod joining;
mod method;
mod papers;
mod pay;
mod returns;
mod scan;
mod scene;
mod send;
mod serving;
mod settings;
pub mod step;
pub mod technician;
mod tickets;
mod time;
mod view;

use jiff::Timestamp;
use jiff::civil::Date;

pub use code::{CodeFor, NoCode};
pub use event::{
    Attempt, BoletoPaper, ByCode, Command, Equipment, Event, Failure, Found, Order, PastPayment, Prepared, PrintJob,
    ProtocolPaper, SettledPaper, StatementPaper,
};
pub use intent::{Intent, Language};
use scene::{Scene, Session};
pub use settings::{Abilities, Changing, Couriers, JoinChoices, Offered, Serves, Settings, Times, Ways};
pub use step::{ClosedWhy, Step, View};

use crate::domain::calendar;

/// One customer after another.
#[derive(Debug)]
pub struct Journey {
    settings: Settings,
    abilities: Abilities,
    /// Taken on when nobody stands here: nothing changes under a customer's hands.
    coming_abilities: Option<Abilities>,
    scene: Scene,
    session: Session,
    equipment: Equipment,
    language: Language,
    /// Chosen at the panel, in the place of the configuration's.
    greets: Option<Language>,
    accessible: bool,
    help: bool,
    seq: u64,
    attempts: u64,
    /// The last that was asked for by somebody who is gone.
    gone_to: Attempt,
    last_touch: Timestamp,
    /// Since when the customer has been asked whether they are still there.
    asked_at: Option<Timestamp>,
    guesses: guesses::Guesses,
    shown: Option<View>,
    /// Why nobody is served, and since when.
    shut: Option<(ClosedWhy, Timestamp)>,
    pin: technician::PinGuard,
}

impl Journey {
    #[must_use]
    pub fn new(settings: Settings, now: Timestamp) -> Journey {
        Journey {
            language: settings.language,
            settings,
            abilities: Abilities::default(),
            coming_abilities: None,
            scene: Scene::default(),
            session: Session::default(),
            equipment: Equipment::default(),
            greets: None,
            accessible: false,
            help: false,
            seq: 0,
            attempts: 0,
            gone_to: Attempt(0),
            last_touch: now,
            asked_at: None,
            guesses: guesses::Guesses::default(),
            shown: None,
            shut: None,
            pin: technician::PinGuard::default(),
        }
    }

    /// Takes an event in. Total: an event that means nothing in this step changes nothing.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Command> {
        let mut commands = Vec::new();
        match event {
            Event::Customer(intent) => self.customer(intent, now, &mut commands),
            Event::Time => {}
            Event::Equipment(equipment) => self.equipment = equipment,
            Event::Abilities(abilities) if self.is_idle() => self.abilities = abilities,
            Event::Abilities(abilities) => self.coming_abilities = Some(abilities),
            Event::Found { attempt, result } => {
                self.found(attempt, result, now);
                self.follow_scan(now, &mut commands);
            }
            Event::CodeFound { attempt, result } => self.code_found(attempt, result, now, &mut commands),
            Event::CodeMatched { attempt, result } => self.code_matched(attempt, result, now, &mut commands),
            Event::Prepared { attempt, result } => self.prepared(attempt, result, now, &mut commands),
            Event::Sent { attempt, news } => self.sent(attempt, news),
            Event::CodeSent { attempt, result } => self.code_sent(attempt, result, now, &mut commands),
            Event::CodeChecked { attempt, right } => self.code_checked(attempt, right, now, &mut commands),
            Event::Boleto { attempt, result } => self.boleto(attempt, result, &mut commands),
            Event::DocumentFound { attempt, result } => self.document_found(attempt, result),
            Event::PageDrawn { attempt, result } => self.page_drawn(attempt, result),
            Event::Receipts { attempt, list } => self.receipts_found(attempt, list),
            Event::PaymentOpened { attempt, payment } => self.payment_opened(attempt, payment, now, &mut commands),
            Event::PaymentRefused { attempt, why } => self.payment_refused(attempt, why),
            Event::PaymentStands { payment, standing } => self.payment_stands(payment, standing, now, &mut commands),
            Event::TefSays { payment, message, cancellable } => self.tef_says(payment, message, cancellable),
            Event::TefShows { payment, code } => self.tef_shows(payment, code),
            Event::TefAsks { payment, prompt } => self.tef_asks(payment, prompt),
            Event::Printed { attempt, done } => self.printed(attempt, done),
            Event::Leave => self.walk_away(now, &mut commands),
            Event::Served { attempt, told } => self.served(attempt, told, now, &mut commands),
            Event::Joined { attempt, told } => self.joined(attempt, told, now, &mut commands),
            Event::OutOfService(why) => self.close(why, now, &mut commands),
            Event::StoppedSince(at) => self.close(ClosedWhy::OutOfService, at, &mut commands),
            Event::InService => self.reopen(now),
            Event::Greets(language) => self.greet_in(language),
            Event::PinTries { wrong, last } => self.pin_tries(wrong, last),
            Event::PinChecked { attempt, by } => self.pin_checked(attempt, by, now, &mut commands),
            Event::Technician { attempt, told } => self.technician_told(attempt, told, now, &mut commands),
        }
        self.pass_time(now, &mut commands);
        if !matches!(self.scene, Scene::Verify { .. } | Scene::Form(_)) {
            self.session.code = None;
        }
        commands
    }

    /// The view, if it changed since it was last taken.
    pub fn take_change(&mut self, now: Timestamp) -> Option<View> {
        let mut view = self.view(now);
        if self.shown.as_ref().is_some_and(|shown| View { seq: view.seq, ..shown.clone() } == view) {
            return None;
        }
        self.seq += 1;
        view.seq = self.seq;
        self.shown = Some(view.clone());
        Some(view)
    }

    /// Whether nobody is being served.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        let untouched = self.session.scanned.is_none();
        matches!(&self.scene, Scene::Identify { typed, .. } if typed.is_empty() && untouched)
            || matches!(self.scene, Scene::Closed { .. })
    }

    /// What was asked for up to here was asked by somebody who is gone.
    #[must_use]
    pub fn gone_to(&self) -> Attempt {
        self.gone_to
    }

    /// Larger letters are wanted.
    #[must_use]
    pub fn is_accessible(&self) -> bool {
        self.accessible
    }

    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    fn customer(&mut self, intent: Intent, now: Timestamp, commands: &mut Vec<Command>) {
        if !self.actions(now).contains(&intent.name()) {
            return;
        }
        self.last_touch = now;
        if self.asked_at.take().is_some() {
            if intent == Intent::Leave {
                self.walk_away(now, commands);
            }
            return;
        }
        self.help = self.help && intent == Intent::Help;
        if self.serves_technician() {
            return self.technician_wants(&intent, now, commands);
        }
        if self.form_takes(&intent, now, commands) || self.joining_takes(&intent, now, commands) {
            return;
        }
        match intent {
            Intent::Language { code } => self.language = code,
            Intent::Accessibility => self.accessible = !self.accessible,
            Intent::Help => self.help = !self.help,
            Intent::Letters => self.switch_letters(),
            Intent::Type { text } => self.typed(&text, now, commands),
            Intent::Erase => self.erased(now),
            Intent::Clear => self.cleared(),
            Intent::Submit if matches!(self.scene, Scene::Document(_)) => self.want_to_accept(),
            Intent::Submit => self.submitted(now, commands),
            Intent::Toggle { id } => self.toggle(&id),
            Intent::Page { to } if matches!(self.scene, Scene::Document(_)) => self.turn_leaf(to, commands),
            Intent::Page { to } => self.turn_page(to),
            Intent::Zoom => self.zoom(commands),
            Intent::ShowDocument => self.show_document(now, commands),
            Intent::Details { id } => self.details(&id),
            Intent::Pay if matches!(self.scene, Scene::Notice(_)) => self.pay_first_instalment(now, commands),
            Intent::Pay => self.prepare(now, commands),
            Intent::Services => self.scene = Scene::Services,
            Intent::Choose { option } => self.choose(&option, now, commands),
            Intent::ShowBoleto => self.show_boleto(now, commands),
            Intent::Send => self.send(now, commands),
            Intent::Print | Intent::Receipt { .. } => self.print(&intent, now, commands),
            Intent::Answer { value } => self.answer(value, commands),
            Intent::Retry => self.retry(now, commands),
            Intent::Back => self.back(now, commands),
            Intent::Cancel => self.cancel(now, commands),
            Intent::More => self.more(now, commands),
            Intent::Leave => self.walk_away(now, commands),
            Intent::Service => self.ask_for_pin(now),
            Intent::Join => self.want_to_join(now, commands),
            Intent::Scan { text } => self.scan(&text, now, commands),
            Intent::Stay => {}
        }
    }

    /// The methods that this totem has and this ERP allows.
    fn offered(&self) -> Offered {
        self.settings.offered.with(self.abilities)
    }

    fn next_attempt(&mut self) -> Attempt {
        self.attempts += 1;
        Attempt(self.attempts)
    }

    /// Nothing that was known of the customer stays. Nobody follows where the totem is closed.
    fn drop_all(&mut self, now: Timestamp) {
        // a technician still stands there, and waits for the test page
        if !self.serves_technician() {
            self.gone_to = Attempt(self.attempts);
        }
        self.session = Session::default();
        self.scene = self.shut.map_or_else(Scene::default, |(why, since)| Scene::Closed { why, since });
        self.abilities = self.coming_abilities.take().unwrap_or(self.abilities);
        self.language = self.greeting();
        self.accessible = false;
        self.help = false;
        self.asked_at = None;
        self.last_touch = now;
    }

    /// The language of the first screen.
    fn greeting(&self) -> Language {
        self.greets.unwrap_or(self.settings.language)
    }

    /// Nobody who stands there is suddenly told in another language.
    fn greet_in(&mut self, language: Option<Language>) {
        self.greets = language;
        if self.is_idle() {
            self.language = self.greeting();
        }
    }

    /// The customer leaves; a payment that may have moved money goes on without them.
    fn walk_away(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        self.leave_code(commands);
        self.drop_all(now);
    }

    fn close(&mut self, why: ClosedWhy, now: Timestamp, commands: &mut Vec<Command>) {
        match self.shut {
            // what nobody but a new start can mend outranks a technician's wish
            Some((ClosedWhy::Journal, _)) => return,
            Some((before, _)) if before == why => return,
            _ => self.shut = Some((why, now)),
        }
        // whoever closed it may still have something to do
        if !self.serves_technician() {
            self.walk_away(now, commands);
        }
    }

    fn reopen(&mut self, now: Timestamp) {
        if !matches!(self.shut, Some((ClosedWhy::Journal, _))) {
            self.shut = None;
            if matches!(self.scene, Scene::Closed { .. }) {
                self.drop_all(now);
            }
        }
    }
}

fn today(now: Timestamp) -> Date {
    calendar::sao_paulo(now).date()
}

#[cfg(test)]
mod tests;
