//! What a counter clerk gives beside taking money. Everything here was asked for by a customer who has shown who they are.

use jiff::Timestamp;

use super::event::{Attempt, Command, PastPayment, PrintJob};
use super::scene::Scene;
use super::step::{Choice, PastReceipt, PrintNews, Purpose, TroubleCode};
use super::view::is_printing;
use super::{Journey, today};
use crate::domain::asked::Ask;

/// The names of the services in `options`.
const RECEIPTS: &str = "receipts";
const PLANS: &str = "plans";
const UNLOCK: &str = "unlock";
const TICKETS: &str = "tickets";
const PAID_BILLS: &str = "paid_bills";
const FISCAL_NOTES: &str = "fiscal_notes";
const ANNUAL_SETTLEMENTS: &str = "annual_settlements";
const ORDER: &str = "order";

impl Journey {
    /// Only after a second factor: a CPF alone is no secret.
    pub(super) fn has_services(&self) -> bool {
        self.settings.verify.is_some() && self.session.verified
    }

    pub(super) fn services(&self) -> Vec<Choice> {
        let serves = self.abilities.serves;
        let has_contracts = self.session.account.as_ref().is_some_and(|account| !account.contracts.is_empty());
        // without a list of tickets nobody could look up what became of the last one
        let tickets = serves.tickets
            || serves.open_ticket && has_contracts && !self.session.errand.unknown.contains(&Purpose::Ticket);
        [
            (true, RECEIPTS),
            (has_contracts, PLANS),
            (serves.unlock && !self.suspended().is_empty(), UNLOCK),
            (tickets, TICKETS),
            (serves.paid_bills, PAID_BILLS),
            (serves.fiscal_notes, FISCAL_NOTES),
            (serves.annual_settlements, ANNUAL_SETTLEMENTS),
            (self.may_order(), ORDER),
        ]
        .into_iter()
        .chain(self.changes_offered())
        .filter(|(there, _)| *there)
        .map(|(_, id)| Choice { id: id.to_owned(), works: true, why: None, text: None, amount_cents: None })
        .collect()
    }

    pub(super) fn choose_service(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        if !self.services().iter().any(|choice| choice.id == option) {
            return;
        }
        self.session.errand.forget_the_wish();
        match option {
            RECEIPTS => {
                if let Some(who) = self.session.who.clone() {
                    let attempt = self.next_attempt();
                    self.session.asked_receipts = Some(attempt);
                    commands.push(Command::FindReceipts { attempt, who });
                }
            }
            PLANS if self.abilities.serves.pendency => self.ask(Ask::Pendency, now, commands),
            PLANS => self.scene = Scene::Plans { held: Some(Vec::new()) },
            UNLOCK => self.want_unlock(None, now, commands),
            TICKETS if self.abilities.serves.tickets => self.ask(Ask::Tickets, now, commands),
            TICKETS => self.want_ticket(now, commands),
            PAID_BILLS => self.ask(Ask::PaidBills, now, commands),
            FISCAL_NOTES => self.ask(Ask::FiscalNotes, now, commands),
            ANNUAL_SETTLEMENTS => self.ask(Ask::AnnualSettlements, now, commands),
            ORDER => self.want_product(now, commands),
            change => self.want_change(change, now, commands),
        }
    }

    pub(super) fn receipts_found(&mut self, attempt: Attempt, list: Vec<PastPayment>) {
        if self.session.asked_receipts.take() == Some(attempt) && matches!(self.scene, Scene::Services) {
            self.scene = Scene::Receipts { list, printed: None };
        }
    }

    pub(super) fn choose_receipt(&mut self, option: &str, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        let Scene::Receipts { list, printed } = &mut self.scene else { return };
        if is_printing(*printed) {
            return;
        }
        if let Some(past) = list.iter().find(|past| past.id.protocol() == option) {
            *printed = Some((attempt, PrintNews::Printing));
            commands.push(Command::Print { attempt, job: PrintJob::ReceiptCopy(past.id) });
        }
    }

    pub(super) fn past_receipts(list: &[PastPayment]) -> Vec<PastReceipt> {
        list.iter()
            .map(|past| PastReceipt {
                id: past.id.protocol(),
                on: past.on,
                method: past.method,
                amount_cents: past.amount,
            })
            .collect()
    }

    /// From the counter back to the bills, or to "nothing owed".
    pub(super) fn back_from_counter(&mut self, now: Timestamp) {
        if matches!(self.scene, Scene::Receipts { .. } | Scene::Plans { .. } | Scene::Records(_)) {
            self.scene = Scene::Services;
        } else if self.bills().is_empty() {
            self.trouble(TroubleCode::NothingOwed, None, None);
        } else {
            self.show_bills(today(now));
        }
    }
}
