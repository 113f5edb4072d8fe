//! A paper bill before the reader: it leads to that bill and to the ways of paying it, by itself where the provider finds
//! a bill by its code, else as soon as it is known whose it is.

use jiff::Timestamp;

use super::event::{Attempt, ByCode, Command, Failure};
use super::scene::{Back, Scene, Session};
use super::step::{IdentifyProblem, ScanNews, SearchFor, TroubleCode};
use super::{Journey, today};
use crate::domain::scanned::Unread;
use crate::domain::{Account, BillRef, Invoice, InvoiceId, InvoiceState, Scanned};

/// So many bills are asked for their boleto, one by one, to find the one that was scanned.
const ASKED_MOST: usize = 12;

impl Journey {
    pub(super) fn scan(&mut self, text: &str, now: Timestamp, commands: &mut Vec<Command>) {
        let read = Scanned::read(text);
        match (&self.scene, read) {
            (Scene::Identify { .. }, _) if self.guesses.refuse(None, now) => self.cannot_scan(IdentifyProblem::Locked),
            (Scene::Identify { .. }, Err(Unread::Half)) => self.cannot_scan(IdentifyProblem::ScanHalf),
            (Scene::Identify { .. }, Err(Unread::Unknown)) => self.cannot_scan(IdentifyProblem::Scan),
            (Scene::Identify { .. }, Ok(code)) => {
                self.session = Session { scanned: Some(code.clone()), ..Session::default() };
                self.scene = Scene::default();
                if self.abilities.serves.bill_by_code {
                    let attempt = self.next_attempt();
                    self.scene = Scene::Searching { what: SearchFor::Scan, attempt, since: now };
                    commands.push(Command::FindByCode { attempt, code });
                }
            }
            (Scene::Invoices { .. }, Err(why)) => {
                self.session.scan_news = Some(match why {
                    Unread::Half => ScanNews::Half,
                    Unread::Unknown => ScanNews::Unknown,
                });
            }
            (Scene::Invoices { .. }, Ok(code)) => self.look_for(code, now, commands),
            _ => {}
        }
    }

    fn cannot_scan(&mut self, why: IdentifyProblem) {
        if let Scene::Identify { problem, .. } = &mut self.scene {
            *problem = Some(why);
        }
    }

    /// Whoever tries code after code is a guesser like any other.
    pub(super) fn code_found(
        &mut self,
        attempt: Attempt,
        result: Result<Option<Box<ByCode>>, Failure>,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        self.last_touch = now;
        match result {
            Err(failure) => self.trouble(failure.into(), None, Some(Back::Identify)),
            Ok(None) if self.guessed_wrong(now) => {
                self.session = Session::default();
                self.trouble(TroubleCode::Locked, None, Some(Back::Identify));
            }
            // of a slip that was issued again since, the customer's own list knows
            Ok(None) => {
                self.scene = Scene::default();
                self.cannot_scan(IdentifyProblem::ScanStranger);
            }
            Ok(Some(found)) => {
                let ByCode { customer, invoice, state, settling } = *found;
                self.session = Session::default();
                let InvoiceState::Open(bill) = state else {
                    return self.trouble(TroubleCode::AlreadyPaid, None, Some(Back::Identify));
                };
                let (contracts, alerts) = (Vec::new(), Vec::new());
                self.session.account = Some(Account { customer, contracts, invoices: vec![*bill], alerts });
                self.session.settling = settling.into_iter().collect();
                self.pay_scanned(invoice, now, commands);
            }
        }
    }

    /// Whose it is has become known.
    pub(super) fn follow_scan(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if matches!(self.scene, Scene::Invoices { .. } | Scene::Contracts)
            && let Some(code) = self.session.scanned.take()
        {
            self.look_for(code, now, commands);
        }
    }

    fn look_for(&mut self, code: Scanned, now: Timestamp, commands: &mut Vec<Command>) {
        let bills = self.session.account.iter().flat_map(|account| &account.invoices);
        if let Some(id) = bills.clone().find(|bill| code.is_of(bill)).map(|bill| bill.id.clone()) {
            return self.pay_scanned(id, now, commands);
        }
        // of some bills only a question tells the code
        let mut unknown: Vec<&Invoice> = match &code {
            Scanned::Boleto(_) if self.abilities.boleto => bills.filter(|bill| bill.boleto.is_none()).collect(),
            Scanned::Pix(_) if self.abilities.pix_code => {
                bills.filter(|bill| bill.pix.is_none() && code.may_cost(bill)).collect()
            }
            Scanned::Boleto(_) | Scanned::Pix(_) => Vec::new(),
        };
        unknown.sort_by_key(|bill| (!code.may_cost(bill), bill.due));
        let bills: Vec<BillRef> = unknown.iter().take(ASKED_MOST).filter_map(|bill| self.bill(&bill.id)).collect();
        if bills.is_empty() {
            self.session.scan_news = Some(ScanNews::Missing);
            return;
        }
        let attempt = self.next_attempt();
        self.scene = Scene::Searching { what: SearchFor::Scan, attempt, since: now };
        commands.push(Command::MatchBill { attempt, code, bills });
    }

    pub(super) fn code_matched(
        &mut self,
        attempt: Attempt,
        result: Result<Option<InvoiceId>, Failure>,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        self.last_touch = now;
        match result {
            Ok(Some(id)) => self.pay_scanned(id, now, commands),
            Ok(None) => self.bills_without_scan(ScanNews::Missing, now),
            Err(_) => self.bills_without_scan(ScanNews::Unasked, now),
        }
    }

    fn bills_without_scan(&mut self, why: ScanNews, now: Timestamp) {
        self.show_bills(today(now));
        self.session.scan_news = Some(why);
    }

    /// To the ways of paying this one bill; a bill whose true amount nobody knows is shown.
    fn pay_scanned(&mut self, id: InvoiceId, now: Timestamp, commands: &mut Vec<Command>) {
        self.show_bills(today(now));
        self.session.contract = None;
        self.session.scan_news = None;
        if self.session.settling.contains(&id) {
            let known = self.session.verified;
            return self.trouble(
                TroubleCode::Settling,
                None,
                Some(if known { Back::Invoices } else { Back::Identify }),
            );
        }
        self.session.chosen = [id].into();
        if self.offered().is_nothing() {
            return;
        }
        self.prepare(now, commands);
    }
}
