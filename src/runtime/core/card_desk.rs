//! The card desk at the panel: what `runtime::card_desk` says, done on the running totem. Nobody is sold anything
//! meanwhile.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::Core;
use super::payments::Live;
use super::strays::LOOK_BACK;
use crate::domain::{CardSale, DeskFact, PaymentId};
use crate::journey::step::{PanelLine, PanelNews, PartState};
use crate::journey::technician::{Cards, Ended, Told};
use crate::journey::{Attempt, Event};
use crate::payment::{Decision, Fact, NotReversible, Payment, Stage, UndoReason};
use crate::runtime::call::{Call, CardWork, Ticket};
use crate::runtime::card_desk::{self, Then};
use crate::tef::{self, SaleOutcome};

/// How far back in what was done at the desk a menu's transaction is looked for.
const MENUS_LOOKED_AT: u32 = 200;

mod trial;

#[derive(Debug, Default)]
pub struct CardDesk {
    job: Option<Job>,
    /// Payments whose giving back has no end on record.
    unclear: BTreeSet<PaymentId>,
    /// A card that an earlier run tried, without an end on record.
    tried: Option<trial::Begun>,
    /// Merchant's copies that are coming out.
    pub papers: u32,
}

#[derive(Debug)]
struct Job {
    attempt: Attempt,
    by: String,
    /// None: the TEF's menu, or a try.
    payment: Option<PaymentId>,
    tries: bool,
}

impl CardDesk {
    pub fn is_at_work(&self) -> bool {
        self.job.is_some()
    }

    pub fn is_printing(&self) -> bool {
        self.papers > 0
    }

    fn works_on(&self, id: PaymentId) -> bool {
        self.job.as_ref().is_some_and(|job| job.payment == Some(id))
    }
}

impl Core {
    /// What an earlier run began to give back and did not hear the end of.
    pub(super) fn remember_reversals(&mut self) {
        self.remember_tries();
        let recent = self.ledger.recent(LOOK_BACK).unwrap_or_default();
        let unclear = recent.iter().filter_map(|entries| Payment::from_entries(entries));
        self.card_desk.unclear = unclear.filter(Payment::is_reversal_unclear).map(|payment| payment.id).collect();
    }

    /// Whether a card sale waits for its end: no other may begin.
    pub(super) fn card_is_open(&self) -> bool {
        self.card_desk.is_at_work()
            || self.live.values().any(|live| {
                matches!(
                    live.payment.stage,
                    Stage::CardAtTef
                        | Stage::CardUnclear
                        | Stage::CardApproved { .. }
                        | Stage::CardPrinting { .. }
                        | Stage::CardPrinted { .. }
                        | Stage::CardDecided { .. }
                )
            })
    }

    pub(super) fn look_at_cards(&mut self, attempt: Attempt) {
        self.calls.push(Call::CardDesk { attempt, work: CardWork::Look });
    }

    pub(super) fn cards_seen(
        &mut self,
        attempt: Attempt,
        alive: &Result<(), tef::Error>,
        waiting: Result<Vec<CardSale>, tef::Error>,
        about: Vec<(String, String)>,
    ) {
        let trouble = alive.as_ref().err().or(waiting.as_ref().err()).map(ToString::to_string);
        let waiting = waiting.ok().map(|sales| sales.iter().map(|sale| self.service.words.waiting(sale)).collect());
        let about = about.into_iter().map(|(name, value)| PanelLine { name, value }).collect();
        let cards = Cards { tef: PartState::of(alive.is_ok()), about, waiting, trouble };
        self.events.push(Event::Technician { attempt, told: Told::Cards(Box::new(cards)) });
    }

    /// Whether the terminal is free and the journal can be written.
    fn may_work(&self) -> bool {
        !self.broken && !self.card_is_open() && self.strays.are_clear()
    }

    /// Asks the TEF to give a sale back, once that is durable; or tells why not.
    pub(super) fn reverse(
        &mut self,
        attempt: Attempt,
        by: String,
        id: PaymentId,
        reason: &str,
        now: Timestamp,
    ) -> Option<Told> {
        let not_now = |news| Some(Told::Ended(Ended { news, said: None, prints: false }));
        let flying = self.live.get(&id).is_some_and(|live| live.in_flight);
        if !self.may_work() || flying {
            return not_now(PanelNews::TerminalBusy);
        }
        let Some(payment) = self.payment(id) else { return not_now(PanelNews::NotRead) };
        let (fact, cancellation) = match card_desk::asked(&payment, &by, reason, Self::local(now)) {
            Ok(asked) => asked,
            Err(NotReversible::UnderWay) => {
                self.card_desk.unclear.insert(id);
                self.ask_for_strays();
                return not_now(PanelNews::ReversalUnclear);
            }
            Err(_) => return not_now(PanelNews::NotReversed),
        };
        if !self.record(id, vec![fact], now) {
            return not_now(PanelNews::NotRecorded);
        }
        self.goes_on(id);
        self.card_desk.job = Some(Job { attempt, by, payment: Some(id), tries: false });
        let cancellation = Box::new(cancellation);
        self.calls.push(Call::CardDesk { attempt, work: CardWork::Cancel { payment: id, cancellation } });
        None
    }

    /// What was just written down has opened a payment again that had come to its end.
    fn goes_on(&mut self, id: PaymentId) {
        if !self.live.contains_key(&id)
            && let Ok(entries) = self.ledger.payment(id)
            && let Some(live) = Live::from_entries(&entries).filter(|live| !live.payment.closed)
        {
            self.live.insert(id, live);
        }
    }

    pub(super) fn open_menu(&mut self, attempt: Attempt, by: String, now: Timestamp) -> Option<Told> {
        let not_now = |news| Some(Told::Ended(Ended { news, said: None, prints: false }));
        if !self.may_work() {
            return not_now(PanelNews::TerminalBusy);
        }
        if !self.note(DeskFact::MenuOpened { by: by.clone() }, now) {
            return not_now(PanelNews::NotRecorded);
        }
        self.card_desk.job = Some(Job { attempt, by, payment: None, tries: false });
        self.calls.push(Call::CardDesk { attempt, work: CardWork::Menu { at: Self::local(now) } });
        None
    }

    pub(super) fn desk_done(&mut self, attempt: Attempt, outcome: SaleOutcome, now: Timestamp) {
        let Some(job) = self.card_desk.job.take_if(|job| job.attempt == attempt) else {
            return self.ask_for_strays();
        };
        let ended = match job.payment {
            Some(id) => self.given_back(&job, id, outcome, now),
            None if job.tries => self.try_ended(&job, outcome, now),
            None => self.menu_ended(&job, outcome, now),
        };
        self.events.push(Event::Technician { attempt, told: Told::Ended(ended) });
    }

    fn given_back(&mut self, job: &Job, id: PaymentId, outcome: SaleOutcome, now: Timestamp) -> Ended {
        let heard = card_desk::heard(outcome);
        let (news, said) = match &heard.fact {
            Fact::ReversalApproved { .. } => (PanelNews::Reversed, None),
            Fact::ReversalRefused { message } => (PanelNews::NotReversed, Some(message.clone())),
            _ => (PanelNews::ReversalUnclear, None),
        };
        if !self.record(id, vec![heard.fact], now) {
            // what cannot be written down must not be: the sale stands
            if let Then::Confirm(sale) | Then::Undo(sale) = heard.then
                && sale.must_be_finalized
            {
                self.end_stray(sale, Decision::Undo(UndoReason::Interrupted));
            }
            return Ended { news: PanelNews::NotRecorded, said: None, prints: false };
        }
        let mut prints = false;
        match heard.then {
            Then::Confirm(sale) => {
                prints = self.print_back(job, Some(id), &sale);
                self.end_stray(sale, Decision::Confirm);
            }
            Then::Undo(sale) => self.end_stray(sale, Decision::Undo(UndoReason::Mismatch)),
            Then::Settle(older) => {
                if let Some((older, decision)) = self.decision_for(&older) {
                    self.end_stray(Box::new(older), decision);
                }
            }
            Then::Ask => {
                self.card_desk.unclear.insert(id);
                self.ask_for_strays();
            }
            Then::Nothing => {}
        }
        Ended { news, said, prints }
    }

    /// What the menu approves is confirmed: a technician asked for it and stands beside it.
    fn menu_ended(&mut self, job: &Job, outcome: SaleOutcome, now: Timestamp) -> Ended {
        let sale = match outcome {
            SaleOutcome::Approved(sale) | SaleOutcome::Mismatched { sale, .. } => sale,
            SaleOutcome::Declined { message } | SaleOutcome::Cancelled { message } => {
                return Ended { news: PanelNews::MenuNothing, said: Some(message), prints: false };
            }
            SaleOutcome::NotStarted(error) => {
                return Ended { news: PanelNews::MenuNothing, said: Some(error.to_string()), prints: false };
            }
            SaleOutcome::PendingFirst(older) => {
                if let Some((older, decision)) = self.decision_for(&older) {
                    self.end_stray(Box::new(older), decision);
                }
                return Ended { news: PanelNews::TerminalBusy, said: None, prints: false };
            }
            SaleOutcome::Unknown { .. } => {
                self.ask_for_strays();
                return Ended { news: PanelNews::MenuUnclear, said: None, prints: false };
            }
        };
        if sale.must_be_finalized {
            let noted = self.note(DeskFact::menu_approved(job.by.clone(), &sale), now);
            if !noted {
                self.end_stray(sale, Decision::Undo(UndoReason::Interrupted));
                return Ended { news: PanelNews::NotRecorded, said: None, prints: false };
            }
            self.end_stray(sale.clone(), Decision::Confirm);
        }
        let prints = self.print_back(job, None, &sale);
        Ended { news: PanelNews::MenuDone, said: None, prints }
    }

    fn print_back(&mut self, job: &Job, payment: Option<PaymentId>, sale: &CardSale) -> bool {
        let Some(document) = card_desk::receipt(sale) else { return false };
        if let Some(payment) = payment.filter(|_| self.site.prints_merchant_copy && !sale.merchant_copy.is_empty()) {
            self.print_merchants(payment, &sale.merchant_copy);
        }
        self.service.papers.insert(job.attempt, (job.by.clone(), payment));
        self.calls.push(Call::Print { ticket: Ticket::Desk(job.attempt), document });
        true
    }

    /// The TEF has told what waits: so what was being given back has an end.
    pub(super) fn settle_reversals(&mut self, waiting: &[CardSale], now: Timestamp) {
        if self.broken {
            return;
        }
        let live = self.live.values().filter(|live| live.payment.is_reversal_unclear()).map(|live| live.payment.id);
        let mut unclear: BTreeSet<PaymentId> = live.chain(std::mem::take(&mut self.card_desk.unclear)).collect();
        // told of after all, and final by itself
        unclear.extend(waiting.iter().filter(|sale| !sale.must_be_finalized).map(|sale| PaymentId(sale.coupon)));
        for id in unclear {
            let Some(payment) = self.payment(id) else { continue };
            if self.card_desk.works_on(id) || payment.reversal.is_none() || payment.is_reversed() {
                continue;
            }
            let fact = card_desk::found(&payment, waiting).fact;
            if payment.is_reversal_unclear() || matches!(fact, Fact::ReversalApproved { .. }) {
                tracing::warn!(payment = %id, fact = fact.name(), "the TEF told the end of a giving back");
                self.record(id, vec![fact], now);
                self.goes_on(id);
            }
        }
    }

    /// Whether a technician's menu brought this transaction about. Nothing where the journal cannot tell.
    pub(super) fn menu_approved(&mut self, sale: &CardSale) -> Option<bool> {
        let notes = self.ledger.notes(MENUS_LOOKED_AT).ok()?;
        Some(notes.iter().any(|note| match &note.fact {
            DeskFact::MenuApproved { network, nsu, finalization, .. } => {
                let known = CardSale {
                    network: network.clone(),
                    nsu: nsu.clone(),
                    finalization: finalization.clone(),
                    ..sale.clone()
                };
                known.is_same_transaction(sale)
            }
            _ => false,
        }))
    }
}
