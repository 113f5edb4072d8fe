//! A code that is sent to somebody and typed here: who asked for it, when another may be asked for, and what a wrong one
//! means. The code itself is made, kept and compared elsewhere; what is seen here is the same whether it was sent or not.

use jiff::{SignedDuration, Timestamp};

use super::Journey;
use super::event::{Attempt, Command, Failure};
use super::scene::{Again, Back, Filling, Scene};
use super::step::{Asks, FormProblem, Purpose, Question, SendBy, TroubleCode};
use crate::domain::service::{Channel, Contact, ContactKind};
use crate::domain::{TaxId, Typed};

/// Digits of a code.
pub(super) const LENGTH: usize = 6;
/// A message takes its time; whoever asks sooner would only get two.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);
/// The first, and three more.
const MOST: u32 = 4;
/// Whoever waits for a message looks at another screen.
pub(super) const PATIENCE_FACTOR: u32 = 3;

/// Whom a code goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeFor {
    /// The address that the provider knows of whoever has this CPF, if anybody has it.
    Registered { who: TaxId, by: SendBy },
    /// An address that this customer typed.
    Typed { who: TaxId, contact: Contact },
}

/// Why there is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoCode {
    /// Nobody brings any now.
    Down,
    /// Not to this address.
    Refused,
    /// There were too many in this hour.
    TooMany,
    Erp(Failure),
}

/// A code that is out, or seems to be.
pub struct Coding {
    attempt: Attempt,
    pub(super) asked_at: Timestamp,
    asked: u32,
    /// The address that was typed; the registered one is known to nobody here.
    to: Option<Contact>,
    /// What was typed is being compared.
    checking: Option<Attempt>,
    pub wrong: bool,
}

impl Asks {
    /// How the code comes, where it is one.
    pub(super) fn code_by(self) -> Option<SendBy> {
        match self {
            Asks::CodeSms => Some(SendBy::Sms),
            Asks::CodeEmail => Some(SendBy::Email),
            Asks::BirthDayMonth | Asks::PhoneLast4 => None,
        }
    }
}

impl Journey {
    /// Whether a code that is out may still be typed. When it may not, it is to be forgotten.
    #[must_use]
    pub fn awaits_code(&self) -> bool {
        self.session.code.is_some()
    }

    /// How often wrong tries have locked the second factor.
    #[must_use]
    pub fn locks(&self) -> u64 {
        self.guesses.locks()
    }

    /// The registered address of whoever has this CPF gets one, if there is such a person and address.
    pub(super) fn begin_code(&mut self, who: TaxId, asks: Asks, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(by) = asks.code_by() else { return };
        self.session.who = Some(who.clone());
        self.scene = Scene::Verify { who: who.clone(), asks, typed: String::new(), revealed_at: None };
        self.ask_for_code(CodeFor::Registered { who, by }, now, commands);
    }

    fn ask_for_code(&mut self, to: CodeFor, now: Timestamp, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        self.session.codes_asked += 1;
        let typed = match &to {
            CodeFor::Registered { .. } => None,
            CodeFor::Typed { contact, .. } => Some(contact.clone()),
        };
        let asked = self.session.codes_asked;
        self.session.code = Some(Coding { attempt, asked_at: now, asked, to: typed, checking: None, wrong: false });
        commands.push(Command::SendCode { attempt, to });
    }

    pub(super) fn may_ask_for_another(&self, now: Timestamp) -> bool {
        self.another_code_at().is_some_and(|at| now >= at)
    }

    pub(super) fn another_code_at(&self) -> Option<Timestamp> {
        self.session.code.as_ref().filter(|code| code.asked < MOST).map(|code| code.asked_at + AGAIN_AFTER)
    }

    /// What was typed before is of no use with another code.
    pub(super) fn ask_for_another(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if !self.may_ask_for_another(now) {
            return;
        }
        match &mut self.scene {
            Scene::Verify { who, asks, .. } => {
                let (who, asks) = (who.clone(), *asks);
                self.begin_code(who, asks, now, commands);
            }
            Scene::Form(filling) => {
                let contact = filling.contact();
                filling.clear();
                filling.problem = None;
                if let (Some(contact), Some(who)) = (contact, self.session.who.clone()) {
                    self.ask_for_code(CodeFor::Typed { who, contact }, now, commands);
                }
            }
            _ => {}
        }
    }

    /// After a failure, as if the CPF had just been typed.
    pub(super) fn code_again(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let (Some(who), Some(asks)) = (self.session.who.clone(), self.settings.verify) {
            self.session.codes_asked = self.session.codes_asked.saturating_sub(1);
            self.begin_code(who, asks, now, commands);
        }
    }

    pub(super) fn code_sent(
        &mut self,
        attempt: Attempt,
        result: Result<(), NoCode>,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        let is_the_one = self.session.code.as_ref().is_some_and(|code| code.attempt == attempt);
        let Some(why) = result.err().filter(|_| is_the_one) else { return };
        self.last_touch = now;
        self.session.code = None;
        if let Scene::Form(filling) = &mut self.scene {
            filling.problem = Some(match why {
                NoCode::TooMany => FormProblem::TooManyCodes,
                NoCode::Refused => FormProblem::CodeRefused,
                NoCode::Down | NoCode::Erp(_) => FormProblem::NoCode,
            });
            return filling.back_to_contact();
        }
        let (code, again) = match why {
            NoCode::TooMany => (TroubleCode::TooManyCodes, None),
            NoCode::Erp(failure) => (failure.into(), Some(Again::Code)),
            NoCode::Down | NoCode::Refused if self.asks_otherwise(now, commands) => return,
            NoCode::Down | NoCode::Refused => (TroubleCode::NoCode, Some(Again::Code)),
        };
        self.trouble(code, again, Some(Back::Identify));
    }

    /// Nobody brings codes now, to anybody: the site may have named another question.
    fn asks_otherwise(&mut self, now: Timestamp, commands: &mut Vec<Command>) -> bool {
        let Some(otherwise) = self.settings.otherwise else { return false };
        let Scene::Verify { who, asks, .. } = &self.scene else { return false };
        if *asks == otherwise {
            return false;
        }
        let who = who.clone();
        if otherwise.code_by().is_some() {
            self.begin_code(who, otherwise, now, commands);
        } else {
            self.scene = Scene::Verify { who, asks: otherwise, typed: String::new(), revealed_at: None };
        }
        true
    }

    pub(super) fn check_code(&mut self, typed: String, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        let Some(code) = self.session.code.as_mut().filter(|code| code.checking.is_none()) else { return };
        code.checking = Some(attempt);
        code.wrong = false;
        commands.push(Command::CheckCode { attempt, code: Typed::new(typed) });
    }

    pub(super) fn code_checked(&mut self, attempt: Attempt, right: bool, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(code) = self.session.code.as_mut().filter(|code| code.checking == Some(attempt)) else { return };
        code.checking = None;
        code.wrong = !right;
        let to = code.to.clone();
        self.last_touch = now;
        if !right {
            return self.typed_a_wrong_code(now);
        }
        self.session.code = None;
        match &self.scene {
            Scene::Verify { who, .. } => {
                let who = who.clone();
                self.guesses.right(&who);
                self.session.verified = true;
                self.session.codes_asked = 0;
                self.search(who, String::new(), now, commands);
            }
            Scene::Form(_) => {
                self.session.confirmed = to;
                self.contact_is_confirmed(now, commands);
            }
            _ => {}
        }
    }

    /// One wrong try more, as any wrong second factor is.
    fn typed_a_wrong_code(&mut self, now: Timestamp) {
        if self.guessed_wrong(now) {
            self.trouble(TroubleCode::Locked, None, Some(Back::Identify));
            self.session = super::scene::Session::default();
            return;
        }
        match &mut self.scene {
            Scene::Verify { typed, revealed_at, .. } => {
                typed.clear();
                *revealed_at = None;
            }
            Scene::Form(filling) => {
                filling.clear();
                filling.problem = Some(FormProblem::Code);
            }
            _ => {}
        }
    }

    /// The form has come to its code: one goes to the address that was just typed, unless it has one already.
    pub(super) fn form_wants_code(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Scene::Form(filling) = &mut self.scene else { return };
        let Some(contact) = filling.contact() else { return };
        if self.session.confirmed.as_ref() == Some(&contact) {
            return self.contact_is_confirmed(now, commands);
        }
        if self.session.code.as_ref().is_some_and(|code| code.to.as_ref() == Some(&contact)) {
            return;
        }
        if self.session.codes_asked >= MOST {
            filling.problem = Some(FormProblem::TooManyCodes);
            return filling.back_to_contact();
        }
        if let Some(who) = self.session.who.clone() {
            self.ask_for_code(CodeFor::Typed { who, contact }, now, commands);
        }
    }

    fn contact_is_confirmed(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Scene::Form(filling) = &self.scene else { return };
        if filling.purpose == Purpose::SendBill {
            self.send_elsewhere(commands);
        } else {
            self.carry_out(now, commands);
        }
    }

    /// Whether somebody here brings a code to such an address.
    pub(super) fn can_confirm(&self, kind: ContactKind) -> bool {
        match kind {
            ContactKind::Email => self.settings.couriers.email,
            ContactKind::Phone => self.settings.couriers.sms,
        }
    }

    fn send_elsewhere(&mut self, commands: &mut Vec<Command>) {
        let Scene::Form(filling) = &self.scene else { return };
        let Some(contact) = filling.contact().filter(|contact| self.session.confirmed.as_ref() == Some(contact)) else {
            return;
        };
        self.back_under_form();
        let by = match contact.kind {
            ContactKind::Email => Channel::Email,
            ContactKind::Phone => Channel::Sms,
        };
        self.send_bill(by, Some(contact), commands);
    }

    /// The boleto that the form of sending it lies over.
    pub(super) fn back_under_form(&mut self) {
        self.session.code = None;
        self.scene = self.session.under_form.take().map_or(Scene::Services, |under| *under);
    }
}

impl Filling {
    /// The address in it that a code can go to.
    pub fn contact(&self) -> Option<Contact> {
        let typed = |asks, kind| {
            let value = self.answer(asks).filter(|answer| !answer.is_empty())?;
            Some(Contact { kind, value: value.to_owned() })
        };
        let email = typed(Question::NewEmail, ContactKind::Email);
        email.or_else(|| typed(Question::Phone, ContactKind::Phone))
    }

    pub(super) fn asks_for_code(&self) -> bool {
        self.fields.iter().any(|field| field.asks == Question::Code)
    }

    /// What was typed to the question that is asked.
    pub(super) fn clear(&mut self) {
        let at = self.at;
        if let Some(field) = self.fields.get_mut(at) {
            field.answer.clear();
        }
    }

    pub(super) fn back_to_contact(&mut self) {
        let is_it = |asks| matches!(asks, Question::Phone | Question::NewEmail);
        self.at = self.fields.iter().position(|field| is_it(field.asks)).unwrap_or(0);
    }
}
