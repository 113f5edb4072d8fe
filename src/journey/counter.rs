//! What a counter clerk gives beside taking money. Everything here was asked for by a customer who has shown who they are.

use jiff::Timestamp;

use super::event::{Attempt, Command, PastPayment, PrintJob};
use super::scene::Scene;
use super::step::{Choice, PastReceipt, PrintNews, TroubleCode};
use super::{Journey, today};

/// The name of the service in `options`.
const RECEIPTS: &str = "receipts";

impl Journey {
    /// Only after a second factor: a CPF alone is no secret.
    pub(super) fn has_services(&self) -> bool {
        self.settings.verify.is_some() && self.session.verified
    }

    pub(super) fn services(&self) -> Vec<Choice> {
        vec![Choice { id: RECEIPTS.to_owned(), works: true, why: None, text: None, amount_cents: None }]
    }

    pub(super) fn choose_service(&mut self, option: &str, commands: &mut Vec<Command>) {
        if option != RECEIPTS {
            return;
        }
        if let Some(who) = self.session.who.clone() {
            let attempt = self.next_attempt();
            self.session.asked_receipts = Some(attempt);
            commands.push(Command::FindReceipts { attempt, who });
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
        if matches!(self.scene, Scene::Receipts { .. }) {
            self.scene = Scene::Services;
        } else if self.bills().is_empty() {
            self.trouble(TroubleCode::NothingOwed, None, None);
        } else {
            self.show_bills(today(now));
        }
    }
}
