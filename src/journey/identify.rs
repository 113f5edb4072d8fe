//! Who is there: typing, checking before anything is asked of the ERP, and the same answer for an unknown CPF and a
//! wrong second factor.

use jiff::Timestamp;

use super::event::{Attempt, Command, Failure, Found};
use super::scene::{Again, Back, Scene};
use super::step::{Asks, IdentifyProblem, SearchFor, TroubleCode};
use super::{Journey, code, today};
use crate::domain::{BillRef, Factors, TaxId};

const CPF: usize = 11;
const CNPJ: usize = 14;

impl Asks {
    /// How many characters the answer has.
    #[must_use]
    pub fn length(self) -> usize {
        match self {
            Asks::BirthDayMonth | Asks::PhoneLast4 => 4,
            Asks::CodeSms | Asks::CodeEmail => code::LENGTH,
        }
    }

    /// Whether the customer's answer is what the ERP knows.
    fn matches(self, typed: &str, factors: &Factors) -> bool {
        match self {
            Asks::BirthDayMonth => factors.birth.is_some_and(|(day, month)| typed == format!("{day:02}{month:02}")),
            Asks::PhoneLast4 => factors.phones_last4.iter().any(|last4| last4 == typed),
            // compared elsewhere
            Asks::CodeSms | Asks::CodeEmail => false,
        }
    }
}

impl Journey {
    pub(super) fn switch_letters(&mut self) {
        if let Scene::Identify { letters, problem, .. } = &mut self.scene {
            *letters = !*letters;
            *problem = None;
        }
    }

    pub(super) fn typed(&mut self, text: &str, now: Timestamp, commands: &mut Vec<Command>) {
        for letter in text.chars() {
            match &mut self.scene {
                Scene::Identify { typed, letters, revealed_at, problem } => {
                    let fits = letter.is_ascii_digit()
                        || letter.is_ascii_alphabetic() && (*letters || typed.len() < CNPJ && !text.is_empty());
                    if fits && typed.len() < CNPJ {
                        typed.push(letter.to_ascii_uppercase());
                        *letters |= letter.is_ascii_alphabetic();
                        *revealed_at = Some(now);
                        *problem = None;
                        self.submit_when_complete(now, commands);
                    }
                }
                Scene::Verify { asks, typed, revealed_at, .. } => {
                    let length = asks.length();
                    if letter.is_ascii_digit() && typed.len() < length {
                        typed.push(letter);
                        *revealed_at = Some(now);
                        if let Some(code) = &mut self.session.code {
                            code.wrong = false;
                        }
                        if typed.len() == length {
                            self.submitted(now, commands);
                        }
                    }
                }
                _ => return,
            }
        }
    }

    /// By itself at eleven digits that are a CPF, and at fourteen characters.
    fn submit_when_complete(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Scene::Identify { typed, letters, problem, .. } = &mut self.scene else { return };
        let valid = TaxId::parse(typed).is_ok();
        match typed.len() {
            CPF if valid && !*letters => self.submitted(now, commands),
            CPF if !*letters => *problem = Some(IdentifyProblem::Wrong),
            CNPJ => self.submitted(now, commands),
            _ => {}
        }
    }

    pub(super) fn erased(&mut self, now: Timestamp) {
        match &mut self.scene {
            Scene::Identify { typed, problem, revealed_at, .. } => {
                typed.pop();
                *problem = None;
                *revealed_at = None;
            }
            Scene::Verify { typed, revealed_at, .. } => {
                typed.pop();
                *revealed_at = None;
            }
            _ => {}
        }
        self.last_touch = now;
    }

    pub(super) fn cleared(&mut self) {
        if let Scene::Identify { letters, .. } = &self.scene {
            let letters = *letters;
            self.session.scanned = None;
            self.scene = Scene::Identify { typed: String::new(), letters, revealed_at: None, problem: None };
        }
    }

    pub(super) fn submitted(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        match &mut self.scene {
            Scene::Identify { typed, problem, .. } => {
                let who = TaxId::parse(typed);
                if self.guesses.refuse(who.as_ref().ok(), now) {
                    *problem = Some(IdentifyProblem::Locked);
                    return;
                }
                match who {
                    Ok(who) => match self.settings.verify {
                        Some(asks) if asks.code_by().is_some() => self.begin_code(who, asks, now, commands),
                        Some(asks) => {
                            self.scene = Scene::Verify { who, asks, typed: String::new(), revealed_at: None };
                        }
                        None => self.search(who, String::new(), now, commands),
                    },
                    Err(_) if typed.len() < CPF || typed.len() > CPF && typed.len() < CNPJ => {
                        *problem = Some(IdentifyProblem::Short);
                    }
                    Err(_) => *problem = Some(IdentifyProblem::Wrong),
                }
            }
            Scene::Verify { who, asks, typed, .. } if typed.len() == asks.length() => {
                let (who, asks, factor) = (who.clone(), *asks, typed.clone());
                if asks.code_by().is_some() {
                    return self.check_code(factor, commands);
                }
                self.session.asked = Some(asks);
                self.search(who, factor, now, commands);
            }
            _ => {}
        }
    }

    pub(super) fn search(&mut self, who: TaxId, factor: String, now: Timestamp, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        self.session.who = Some(who.clone());
        self.session.factor = factor;
        self.scene = Scene::Searching { what: SearchFor::Customer, attempt, since: now };
        commands.push(Command::FindAccount { attempt, who });
    }

    pub(super) fn search_again(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(who) = self.session.who.clone() {
            let factor = std::mem::take(&mut self.session.factor);
            self.search(who, factor, now, commands);
        }
    }

    pub(super) fn found(&mut self, attempt: Attempt, result: Result<Option<Box<Found>>, Failure>, now: Timestamp) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        // whoever waited for the answer has not been silent
        self.last_touch = now;
        match result {
            Err(failure) => self.trouble(failure.into(), Some(Again::Search), Some(Back::Identify)),
            Ok(Some(found)) if self.is_verified(&found.factors) => {
                self.guesses.somebody_is_right();
                if !self.session.verified
                    && let Some(who) = &self.session.who
                {
                    self.guesses.right(who);
                }
                self.welcome(*found, now);
            }
            Ok(_) => self.not_found(now),
        }
    }

    fn is_verified(&self, factors: &Factors) -> bool {
        let asks = self.session.asked.or(self.settings.verify);
        self.session.verified || asks.is_none_or(|asks| asks.matches(&self.session.factor, factors))
    }

    /// Unknown CPF and wrong factor alike: whoever guesses learns nothing.
    fn not_found(&mut self, now: Timestamp) {
        if self.guessed_wrong(now) {
            self.trouble(TroubleCode::Locked, None, Some(Back::Identify));
        } else {
            self.trouble(TroubleCode::NotFound, None, Some(Back::Identify));
        }
        self.session = super::scene::Session::default();
    }

    /// Counts a wrong try, at whoever it was; whether it was one too many.
    pub(super) fn guessed_wrong(&mut self, now: Timestamp) -> bool {
        self.guesses.wrong(self.session.who.as_ref(), now)
    }

    fn welcome(&mut self, found: Found, now: Timestamp) {
        self.session.factor.clear();
        self.session.verified = true;
        self.session.settling = found.settling.into_iter().collect();
        let several = found.account.contracts.len() > 1;
        let owes = !found.account.invoices.is_empty();
        self.session.account = Some(found.account);
        if !owes {
            // without a second factor, an empty account must not tell a known CPF from an unknown one
            let code = if self.settings.verify.is_some() { TroubleCode::NothingOwed } else { TroubleCode::NotFound };
            self.trouble(code, None, None);
            return;
        }
        // which bill is wanted is known already: the choice of a contract would lead past it
        let wants_one = self.session.negotiated.is_some();
        if several && self.settings.choose_contract && !wants_one {
            self.scene = Scene::Contracts;
        } else {
            self.show_bills(today(now));
            self.choose_first_instalment();
        }
    }

    pub(super) fn is_waiting_for(&self, asked: Attempt) -> bool {
        matches!(self.scene, Scene::Searching { attempt, .. } if attempt == asked)
    }

    pub(super) fn trouble(&mut self, code: TroubleCode, again: Option<Again>, back: Option<Back>) {
        self.scene = Scene::Trouble { code, detail: String::new(), protocol: None, again, back };
    }

    pub(super) fn bill(&self, invoice: &crate::domain::InvoiceId) -> Option<BillRef> {
        let customer = self.session.account.as_ref()?.customer.id.clone();
        Some(BillRef { customer, invoice: invoice.clone() })
    }
}
