//! What the world answers, turned into facts and events. What an answer means for the money is `payment`'s to say.

use jiff::Timestamp;

use super::Core;
use super::late::receipts;
use super::retry::What;
use crate::domain::service::Change;
use crate::domain::{CardSale, InvoiceState, PaymentId, PixReceipt};
use crate::erp;
use crate::journey::step::SendNews;
use crate::journey::technician::Told;
use crate::journey::{Attempt, Equipment, Event, Failure, Found, Prepared};
use crate::payment::{Decision, Fact, Payment, PrintResult, Refusal, Stage, UndoReason};
use crate::pix::PixState;
use crate::printer::Outcome;
use crate::runtime::call::{AccountAnswer, Answer, Call, CardDone, Ticket};
use crate::tef::{self, SaleOutcome};

impl Core {
    pub(super) fn answered(&mut self, answer: Answer, now: Timestamp) {
        self.hear_the_erp(&answer);
        if let Answer::Printed { outcome: Outcome::Done | Outcome::Unconfirmed, .. } = &answer {
            self.paper_came_out(now);
        }
        let Some(answer) = self.asked_for(answer) else { return };
        match answer {
            Answer::PinChecked { attempt, by } => self.pin_checked(attempt, by, now),
            Answer::JournalWalked(audit) => self.journal_walked(audit, now),
            Answer::Account { attempt, result } => self.account_found(attempt, result, now),
            Answer::Prepared { attempt, bills, equipment } => self.bills_prepared(attempt, bills, equipment, now),
            Answer::Boleto { attempt, result } => {
                self.events.push(Event::Boleto { attempt, result: result.map_err(|error| failure(&error)) });
            }
            Answer::ByCode { attempt, result } => self.found_by_code(attempt, result),
            Answer::Matched { attempt, result } => {
                self.events.push(Event::CodeMatched { attempt, result: result.map_err(|error| failure(&error)) });
            }
            Answer::DocumentFound { attempt, what, result } => self.document_found(attempt, &what, result, now),
            Answer::PageDrawn { attempt, image, doubt } => {
                if let Some(invoice) = doubt {
                    self.note_doubt(&invoice, now);
                }
                self.events.push(Event::PageDrawn { attempt, result: image });
            }
            Answer::Reach { attempt, result } => self.reach_found(attempt, result, now),
            Answer::CodeBrought { attempt, delivery } => self.code_brought(attempt, delivery, now),
            Answer::BillSent { attempt, result } => {
                let news = match result {
                    Ok(Change::Done(())) => SendNews::Sent,
                    Ok(Change::Unknown { .. }) => SendNews::Unknown,
                    // an error means that it was not sent
                    Ok(Change::Refused { .. }) | Err(_) => SendNews::Refused,
                };
                self.events.push(Event::Sent { attempt, news });
            }
            Answer::Post { attempt, done } => self.post_done(attempt, done),
            Answer::PaperReleased { attempt, done } => {
                self.events.push(Event::Technician { attempt, told: Told::Released(done) });
            }
            Answer::Served { attempt, ask, result } => self.served(attempt, ask, result, now),
            Answer::Joined { attempt, ask, result } => {
                if let Err(error) = &result {
                    tracing::warn!(ask, %error, "the ERP did not do what a new customer asked");
                }
                self.wake_if(result.is_ok(), now);
                self.events.push(Event::Joined { attempt, told: result.map_err(|error| failure(&error)) });
            }
            Answer::Equipment(equipment) => {
                self.gauge.equipment = Some(equipment);
                self.events.push(Event::Equipment(equipment));
            }
            Answer::Discovered { abilities, result } => self.discovered(abilities, &result, now),
            Answer::Printed { ticket: Ticket::Asked(attempt) | Ticket::Desk(attempt), outcome } => {
                let done = matches!(outcome, Outcome::Done | Outcome::Unconfirmed);
                if self.technicians_paper(attempt, done, now) {
                    return;
                }
                self.events.push(Event::Printed { attempt, done });
            }
            Answer::Printed { ticket: Ticket::Merchant(id), outcome } => {
                self.card_desk.papers = self.card_desk.papers.saturating_sub(1);
                if !matches!(outcome, Outcome::Done | Outcome::Unconfirmed) {
                    tracing::warn!(payment = %id, ?outcome, "the merchant's copy did not come out: the journal holds it");
                }
            }
            Answer::Printed { ticket: Ticket::Receipt(id), outcome } => {
                let result = match outcome {
                    Outcome::Done => PrintResult::Proven,
                    Outcome::Unconfirmed => PrintResult::Unconfirmed,
                    Outcome::Blocked(_)
                    | Outcome::Unknown
                    | Outcome::Lost
                    | Outcome::NotSent(_)
                    | Outcome::DoesNotFit(_) => PrintResult::Failed,
                };
                self.finish(id, vec![Fact::ReceiptPrinted { result }], now);
            }
            Answer::Sold { payment, outcome, .. } => self.sold(payment, outcome, now),
            Answer::Pending { payment: Some(id), result } => self.resolved(id, result, now),
            Answer::Pending { payment: None, result } => self.strays(result, now),
            Answer::Finalized { payment: Some(id), sale, result } => self.finalized(id, &sale, result, now),
            Answer::Finalized { payment: None, sale, result } => self.stray_finalized(sale, result.is_ok(), now),
            Answer::Errand { attempt, done } => self.errand_done(attempt, done, now),
            Answer::CardDesk { attempt, done: CardDone::Ended(outcome) } => self.desk_done(attempt, outcome, now),
            Answer::CardDesk { attempt, done: CardDone::Seen { alive, waiting, about } } => {
                self.cards_seen(attempt, &alive, waiting, about);
            }
            Answer::PixCharged { payment, result } => {
                let fact = match result {
                    Ok(charge) => Fact::PixCharged { charge },
                    Err(error) => Fact::PixRefused { why: error.to_string() },
                };
                if let Some(live) = self.live.get_mut(&payment) {
                    live.watched_since = Some(now);
                    live.look_again = false;
                    if !live.payment.interrupted {
                        live.retry.pause(What::Money, self.rhythm.pix_after(std::time::Duration::ZERO), now);
                    }
                }
                self.finish(payment, vec![fact], now);
            }
            Answer::PixLooked { payment, result } => self.pix_looked(payment, result, now),
            Answer::PixTry { txid, done } => self.pix_tried(&txid, done, now),
            Answer::BillsRead { payment, result } => self.bills_read(payment, result, now),
            Answer::WrittenOff { payment, invoice: _, result } => self.written_off(payment, result, now),
            Answer::TicketOpened { payment, result } => self.ticket_opened(payment, result, now),
        }
    }

    /// The call for a payment came back, and these facts with it.
    pub(super) fn finish(&mut self, id: PaymentId, facts: Vec<Fact>, now: Timestamp) -> bool {
        if let Some(live) = self.live.get_mut(&id) {
            live.in_flight = false;
            live.awaited = None;
            live.bill = None;
        }
        self.record(id, facts, now)
    }

    pub(super) fn settling(&self, customer: &crate::domain::CustomerId) -> Vec<crate::domain::InvoiceId> {
        self.live
            .values()
            .filter(|live| live.payment.payer.customer == *customer)
            .flat_map(|live| {
                let held = |invoice: &crate::domain::InvoiceId| live.payment.holds(&live.payment.bill(invoice));
                live.payment.items.iter().map(|item| &item.invoice).filter(move |invoice| held(invoice)).cloned()
            })
            .collect()
    }

    fn account_found(&mut self, attempt: Attempt, result: AccountAnswer, now: Timestamp) {
        let result = match result {
            Ok(Some((account, factors))) => {
                let settling = self.settling(&account.customer.id);
                Ok(Some(Box::new(Found { account, factors, settling })))
            }
            Ok(None) => Ok(None),
            Err(error) => {
                tracing::warn!(%error, "the ERP did not give the account");
                Err(failure(&error))
            }
        };
        self.wake_if(result.is_ok(), now);
        self.events.push(Event::Found { attempt, result });
    }

    fn bills_prepared(
        &mut self,
        attempt: Attempt,
        bills: Result<Vec<(crate::domain::BillRef, InvoiceState)>, erp::Error>,
        equipment: Equipment,
        now: Timestamp,
    ) {
        self.wake_if(bills.is_ok(), now);
        let result = match bills {
            Ok(bills) => {
                let settling = bills.first().map(|(bill, _)| self.settling(&bill.customer)).unwrap_or_default();
                let bills = bills.into_iter().map(|(bill, state)| (bill.invoice, state)).collect();
                Ok(Prepared { bills, settling, equipment })
            }
            Err(error) => {
                tracing::warn!(%error, "the ERP did not give the bills again");
                Err(failure(&error))
            }
        };
        self.events.push(Event::Prepared { attempt, result });
    }

    /// The ERP answers again: what waits for it need not wait longer.
    pub(super) fn wake_if(&mut self, answered: bool, now: Timestamp) {
        if answered {
            for live in self.live.values_mut() {
                live.retry.wake_bills(now);
            }
        }
    }

    fn sold(&mut self, id: PaymentId, outcome: SaleOutcome, now: Timestamp) {
        let fact = match outcome {
            SaleOutcome::Approved(sale) => return self.approved(id, sale, None, now),
            SaleOutcome::Mismatched { sale, why } => return self.approved(id, sale, Some(why), now),
            SaleOutcome::PendingFirst(older) => return self.clear_older(id, &older, now),
            SaleOutcome::Declined { message } => Fact::CardRefused { message, why: Refusal::Declined },
            SaleOutcome::Cancelled { message } => Fact::CardRefused { message, why: Refusal::ByCustomer },
            SaleOutcome::NotStarted(error) => {
                tracing::warn!(payment = %id, %error, "the sale was not begun");
                Fact::CardRefused { message: String::new(), why: Refusal::NotStarted }
            }
            SaleOutcome::Unknown { why } => Fact::CardUnknown { why },
        };
        self.finish(id, vec![fact], now);
    }

    fn approved(&mut self, id: PaymentId, sale: Box<CardSale>, mismatch: Option<String>, now: Timestamp) {
        if self.finish(id, vec![Fact::CardApproved { sale: sale.clone(), mismatch }], now) {
            self.calls.push(Call::Release { sale });
        } else if sale.must_be_finalized {
            // what cannot be written down must not be charged; the driver keeps its copy for the next start
            let decision = Decision::Undo(UndoReason::Interrupted);
            self.calls.push(Call::Finalize { payment: None, sale, decision });
        }
    }

    fn resolved(&mut self, id: PaymentId, result: Result<Vec<CardSale>, tef::Error>, now: Timestamp) {
        match result {
            Ok(sales) => match sales.into_iter().find(|sale| sale.coupon == id.0) {
                Some(sale) => self.approved(id, Box::new(sale), None, now),
                None => {
                    self.finish(id, vec![Fact::CardNotFound], now);
                }
            },
            Err(error) => self.try_again(id, &error.to_string(), now),
        }
    }

    fn finalized(&mut self, id: PaymentId, sale: &CardSale, result: Result<(), tef::Error>, now: Timestamp) {
        match result {
            Ok(()) => {
                if let Some(live) = self.live.get_mut(&id) {
                    live.retry.worked(&What::Money);
                }
                self.finish(id, vec![Fact::Finalized], now);
                self.print_for_the_merchant(id);
            }
            Err(error) => {
                tracing::warn!(payment = %id, nsu = sale.nsu, "the TEF has not acknowledged the end of the sale");
                self.try_again(id, &error.to_string(), now);
            }
        }
    }

    fn pix_looked(&mut self, id: PaymentId, result: Result<PixState, crate::pix::Error>, now: Timestamp) {
        let Some(live) = self.live.get(&id) else { return };
        if live.payment.code_ended_at.is_some() {
            return self.late_looked(id, result, now);
        }
        match result {
            Ok(PixState::Paid { amount, end_to_end, at, others }) => {
                let facts = live.payment.pix_seen(receipts(PixReceipt { end_to_end, amount, at }, others));
                self.finish(id, facts, now);
            }
            Ok(PixState::Ended) => {
                self.finish(id, vec![Fact::PixEnded], now);
            }
            Ok(PixState::Waiting) => self.look_later(id, now),
            // somebody stands before the code: a look that failed must not make the next one late
            Err(error) if self.is_watched(id) => {
                tracing::warn!(payment = %id, %error, "the PIX charge could not be looked at");
                self.look_later(id, now);
            }
            Err(error) => self.try_again(id, &error.to_string(), now),
        }
    }

    fn is_watched(&self, id: PaymentId) -> bool {
        self.live.get(&id).is_some_and(|live| {
            matches!(live.payment.stage, Stage::PixShown { abandoned: false, .. }) && !live.payment.interrupted
        })
    }

    fn bills_read(&mut self, id: PaymentId, result: Result<Vec<InvoiceState>, erp::Error>, now: Timestamp) {
        let Some(live) = self.live.get_mut(&id) else { return };
        if live.bill.is_none() && live.payment.watched_code().is_some() {
            return self.late_bills_read(id, result, now);
        }
        let states = match result {
            Ok(states) => states,
            Err(error) => {
                return match live.bill.clone() {
                    Some(invoice) => self.bill_again(id, invoice, &error.to_string(), now),
                    None => self.try_again(id, &error.to_string(), now),
                };
            }
        };
        if let Some(invoice) = live.bill.clone() {
            let fact = states.first().and_then(|state| live.payment.bill_read(&invoice, state));
            match fact {
                Some(Fact::BillFoundOpen { .. }) => {}
                Some(_) => live.retry.worked(&What::Bill(invoice)),
                // left to a person, and still open
                None if matches!(states.first(), Some(InvoiceState::Open(_))) => {
                    live.retry.pause(What::Debt(invoice), self.rhythm.watch, now);
                }
                None => return self.bill_again(id, invoice, "the ERP has no such bill, open or paid", now),
            }
            self.finish(id, fact.into_iter().collect(), now);
            return;
        }
        match pix_seen(&live.payment, &states, now) {
            Some(Fact::PixEnded) | None if live.look_again => self.look_later(id, now),
            Some(fact) => {
                self.finish(id, vec![fact], now);
            }
            None => self.look_later(id, now),
        }
    }

    fn look_later(&mut self, id: PaymentId, now: Timestamp) {
        let here = self.is_watched(id);
        if let Some(live) = self.live.get_mut(&id) {
            let waited = live
                .watched_since
                .and_then(|since| std::time::Duration::try_from(now.duration_since(since)).ok())
                .unwrap_or_default();
            let look_again = std::mem::take(&mut live.look_again);
            let wait = if here { self.rhythm.pix_after(waited) } else { self.rhythm.watch };
            if !look_again {
                live.retry.pause(What::Money, wait, now);
            }
        }
        self.finish(id, Vec::new(), now);
    }

    fn written_off(&mut self, id: PaymentId, result: Result<erp::WriteOffOutcome, erp::Error>, now: Timestamp) {
        let Some(live) = self.live.get_mut(&id) else { return };
        let Some(invoice) = live.bill.clone() else { return };
        let fact = match result {
            Ok(outcome) => live.payment.write_off_answered(&invoice, outcome),
            Err(error @ erp::Error::Unsupported(_)) => {
                let outcome = erp::WriteOffOutcome::Rejected { why: error.to_string() };
                live.payment.write_off_answered(&invoice, outcome)
            }
            Err(error) => Payment::write_off_unsent(&invoice, error.to_string()),
        };
        let what = What::Bill(invoice.clone());
        if matches!(fact, Fact::WriteOffUnknown { .. } | Fact::WriteOffUnsent { .. }) {
            let tries = live.retry.tries(&what) + 1;
            live.retry.failed(what, self.rhythm.again_after(tries, id, self.seed), now);
        } else {
            live.retry.worked(&what);
        }
        self.finish(id, vec![fact], now);
    }

    fn try_again(&mut self, id: PaymentId, why: &str, now: Timestamp) {
        tracing::warn!(payment = %id, why, "to be tried again");
        if let Some(live) = self.live.get_mut(&id) {
            let tries = live.retry.tries(&What::Money) + 1;
            live.retry.failed(What::Money, self.rhythm.again_after(tries, id, self.seed), now);
        }
        self.finish(id, Vec::new(), now);
    }

    fn bill_again(&mut self, id: PaymentId, invoice: crate::domain::InvoiceId, why: &str, now: Timestamp) {
        tracing::warn!(payment = %id, bill = %invoice, why, "to be tried again");
        if let Some(live) = self.live.get_mut(&id) {
            let (what, debt) = (What::Bill(invoice.clone()), What::Debt(invoice));
            let tries = live.retry.tries(&what) + 1;
            let wait = self.rhythm.again_after(tries, id, self.seed);
            live.retry.failed(what, wait, now);
            live.retry.failed(debt, wait, now);
        }
        self.finish(id, Vec::new(), now);
    }
}

/// What the ERP says of the bills under a PIX code that is out: all paid is paid; a last look that finds one open ends it.
pub(super) fn pix_seen(payment: &Payment, states: &[InvoiceState], now: Timestamp) -> Option<Fact> {
    let paid = states.iter().map(|state| payment.bill_seen(state, now)).collect::<Option<Vec<Fact>>>();
    if let Some(fact) = paid.and_then(|facts| facts.into_iter().next()) {
        return Some(fact);
    }
    let Stage::PixShown { charge, abandoned } = &payment.stage else { return None };
    let last_look = *abandoned || payment.interrupted;
    (last_look && charge.confirmed_by == crate::domain::ConfirmedBy::Erp).then_some(Fact::PixEnded)
}

pub(super) fn failure(error: &erp::Error) -> Failure {
    match error {
        erp::Error::Unreachable(_) | erp::Error::SignIn(_) => Failure::Down,
        erp::Error::Garbled { .. }
        | erp::Error::Refused { .. }
        | erp::Error::Denied { .. }
        | erp::Error::Unsupported(_) => Failure::Garbled,
    }
}
