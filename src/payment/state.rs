//! Where a payment stands: its facts, folded.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::debt::Debt;
use super::fact::{Decision, Entry, Fact, Item, Method, Payer, PersonWhy, PrintResult, Refusal};
use super::reversal::Reversal;
use super::side::{Refund, Ticket};
use crate::domain::{BillRef, CardSale, ConfirmedBy, InvoiceId, Money, PaymentId, PixCharge, PixReceipt, calendar};

/// A payment, as its facts tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub opened_at: Timestamp,
    /// Local date and time at which the customer chose to pay.
    pub local: DateTime,
    pub payer: Payer,
    pub items: Vec<Item>,
    pub method: Method,
    pub stage: Stage,
    /// The totem stopped since the stage was reached, or contact was lost: whoever waited is gone.
    pub interrupted: bool,
    /// The customer left or the totem stopped before the first write-off: since the bills were last read, anybody may
    /// have paid them.
    pub late: bool,
    /// One for each item, in their order.
    pub debts: Vec<Debt>,
    /// How often a write-off was sent, one count for each item.
    pub sends: Vec<u32>,
    /// How many of these certainly never reached the ERP.
    pub(super) unsent: Vec<u32>,
    pub received: Option<Received>,
    /// More Pix that came for the same charge, and how many of them a person has seen to.
    pub extras: Vec<PixReceipt>,
    pub extras_settled: usize,
    /// A receipt may have come out, whatever became of it: the next one is a second copy.
    pub receipt_begun: bool,
    pub receipt: Option<PrintResult>,
    /// The site's ERP takes no write-off: a person makes it.
    pub by_hand: bool,
    pub ticket: Ticket,
    pub refunds: Vec<Refund>,
    /// Since when somebody else owes an answer: the TEF, or the ERP with a write-off.
    pub waiting_since: Timestamp,
    /// When it was decided what becomes of the card sale.
    pub decided_at: Option<Timestamp>,
    /// When the code could no longer be paid, or was.
    pub code_ended_at: Option<Timestamp>,
    /// No more money is waited for.
    pub code_forgotten: bool,
    /// What a person was called for, and has not answered yet.
    pub called: Vec<PersonWhy>,
    pub resolved: bool,
    /// A technician's giving back of the card sale.
    pub reversal: Option<Reversal>,
    pub reversed_at: Option<Timestamp>,
    /// A person has seen to an amount that fits no bill.
    pub amount_settled: bool,
    pub closed: bool,
}

/// How far the money came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    Asked,
    CardAtTef,
    /// Only the TEF knows.
    CardUnclear,
    CardApproved {
        sale: Box<CardSale>,
        mismatched: bool,
    },
    CardPrinting {
        sale: Box<CardSale>,
    },
    CardPrinted {
        sale: Box<CardSale>,
        result: PrintResult,
    },
    CardDecided {
        sale: Box<CardSale>,
        decision: Decision,
    },
    CardFinal {
        sale: Box<CardSale>,
        decision: Decision,
    },
    PixAsked,
    PixShown {
        charge: PixCharge,
        abandoned: bool,
    },
    PixReceived {
        charge: PixCharge,
        exact: bool,
    },
    /// Not charged, as far as anybody knows: money may still come for the code.
    PixOver {
        charge: PixCharge,
    },
    NotCharged {
        message: String,
        why: Refusal,
    },
}

/// The money that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Received {
    Card(Box<CardSale>),
    Pix { amount: Money, end_to_end: Option<String>, at: Timestamp },
}

impl Payment {
    /// The payment that these facts tell; nothing unless they begin with `Opened`. Facts that make no sense where
    /// they stand are passed over: the journal's chain, not this fold, answers for the list being whole.
    #[must_use]
    pub fn from_entries(entries: &[Entry]) -> Option<Payment> {
        let (first, rest) = entries.split_first()?;
        let Fact::Opened { payer, items, method, local } = &first.fact else { return None };
        let mut payment = Payment {
            id: first.payment,
            opened_at: first.at,
            local: *local,
            payer: payer.clone(),
            items: items.clone(),
            method: *method,
            stage: Stage::Asked,
            interrupted: false,
            late: false,
            debts: vec![Debt::None; items.len()],
            sends: vec![0; items.len()],
            unsent: vec![0; items.len()],
            received: None,
            extras: Vec::new(),
            extras_settled: 0,
            receipt_begun: false,
            receipt: None,
            by_hand: false,
            ticket: Ticket::default(),
            refunds: Vec::new(),
            waiting_since: first.at,
            decided_at: None,
            code_ended_at: None,
            code_forgotten: false,
            called: Vec::new(),
            resolved: false,
            reversal: None,
            reversed_at: None,
            amount_settled: false,
            closed: false,
        };
        for entry in rest {
            payment.apply(&entry.fact, entry.at);
        }
        Some(payment)
    }

    /// Takes one more fact in.
    pub fn apply(&mut self, fact: &Fact, at: Timestamp) {
        if !self.fits(fact) {
            return;
        }
        match fact {
            Fact::Opened { .. } => {}
            Fact::Interrupted => self.interrupt(),
            Fact::ByHand => self.by_hand = true,
            Fact::EarlierCode { .. } => self.late = true,
            Fact::CardStarted => {
                self.waiting_since = at;
                self.reach(Stage::CardAtTef);
            }
            Fact::CardUnknown { .. } => {
                self.stage = Stage::CardUnclear;
                self.interrupted = true;
                self.late = true;
            }
            // whoever waited for the receipt is still gone when the approval is found later
            Fact::CardApproved { sale, mismatch } => {
                let mismatched = mismatch.is_some() || sale.amount != self.total();
                self.stage = Stage::CardApproved { sale: sale.clone(), mismatched };
            }
            Fact::CardRefused { message, why } => {
                self.reach(Stage::NotCharged { message: message.clone(), why: *why });
            }
            Fact::CardNotFound => self.reach(Stage::NotCharged { message: String::new(), why: Refusal::NotFound }),
            // whoever waited for it went away with the word that nothing was charged
            Fact::CardFound { sale } => {
                let mismatched = sale.amount != self.total();
                self.stage = Stage::CardApproved { sale: sale.clone(), mismatched };
                (self.interrupted, self.late, self.closed) = (true, true, false);
            }
            Fact::PixEnded => {
                if let Stage::PixShown { charge, .. } = &self.stage {
                    (self.late, self.code_ended_at) = (true, Some(at));
                    self.reach(Stage::PixOver { charge: charge.clone() });
                    self.bank_has_told();
                }
            }
            Fact::PixPaidAgain { receipt } => self.extras.push(receipt.clone()),
            Fact::PixForgotten => self.code_forgotten = true,
            Fact::ReceiptStarted => {
                self.receipt_begun = true;
                if let Some(sale) = self.sale().cloned() {
                    self.reach(Stage::CardPrinting { sale: Box::new(sale) });
                }
            }
            Fact::ReceiptPrinted { result } => {
                self.receipt = Some(*result);
                if let Stage::CardPrinting { sale } = &self.stage {
                    self.reach(Stage::CardPrinted { sale: sale.clone(), result: *result });
                }
            }
            Fact::Decided { decision } => {
                (self.waiting_since, self.decided_at) = (at, Some(at));
                if let Some(sale) = self.sale().cloned() {
                    if *decision == Decision::Confirm {
                        self.received = Some(Received::Card(Box::new(sale.clone())));
                        if sale.amount == self.total() {
                            self.owe();
                        }
                    }
                    self.reach(Stage::CardDecided { sale: Box::new(sale), decision: *decision });
                }
            }
            Fact::Finalized => {
                self.waiting_since = at;
                if let Stage::CardDecided { sale, decision } = &self.stage {
                    self.reach(Stage::CardFinal { sale: sale.clone(), decision: *decision });
                }
            }
            Fact::PixStarted { .. } => self.reach(Stage::PixAsked),
            Fact::PixCharged { charge } => {
                self.waiting_since = at;
                let abandoned = self.interrupted;
                self.reach(Stage::PixShown { charge: charge.clone(), abandoned });
            }
            Fact::PixRefused { why } => {
                self.reach(Stage::NotCharged { message: why.clone(), why: Refusal::NoPix });
            }
            Fact::PixAbandoned => {
                (self.late, self.waiting_since) = (true, at);
                match &mut self.stage {
                    Stage::PixShown { abandoned, .. } => *abandoned = true,
                    _ => self.interrupted = true,
                }
            }
            Fact::PixPaid { amount, end_to_end, at: paid_at } => {
                (self.waiting_since, self.code_ended_at) = (at, Some(at));
                self.receive_pix(*amount, end_to_end.as_ref(), *paid_at);
            }
            Fact::WriteOffSent { invoice } => {
                self.set_debt(invoice, Debt::Sent);
                for (item, sends) in self.items.iter().zip(&mut self.sends) {
                    *sends += u32::from(item.invoice == *invoice);
                }
            }
            Fact::WriteOffUnknown { invoice, .. } => self.set_debt(invoice, Debt::Unclear),
            Fact::WriteOffUnsent { invoice, .. } => {
                self.set_debt(invoice, Debt::Unclear);
                for (item, unsent) in self.items.iter().zip(&mut self.unsent) {
                    *unsent += u32::from(item.invoice == *invoice);
                }
            }
            Fact::BillFoundOpen { invoice } => self.set_debt(invoice, Debt::FoundOpen),
            Fact::WriteOffSettled { invoice, how } => self.set_debt(invoice, Debt::Settled(*how)),
            Fact::WriteOffRejected { invoice, .. } => self.set_debt(invoice, Debt::Rejected),
            Fact::PaidElsewhere { invoice } => self.set_debt(invoice, Debt::PaidElsewhere),
            Fact::ReversalStarted { .. }
            | Fact::ReversalApproved { .. }
            | Fact::ReversalRefused { .. }
            | Fact::ReversalUnknown { .. } => self.reverse(fact, at),
            Fact::TicketStarted
            | Fact::TicketOpened { .. }
            | Fact::TicketRefused { .. }
            | Fact::TicketUnknown { .. }
            | Fact::TicketUnsent { .. } => self.ticket.hear(fact),
            Fact::RefundStarted { .. } | Fact::RefundAnswered { .. } | Fact::RefundUnknown { .. } => {
                self.hear_of_refund(fact);
            }
            Fact::PersonCalled { why } => self.called.push(*why),
            Fact::Resolved { .. } => self.resolve(at),
            Fact::Closed => self.closed = true,
        }
    }

    fn reach(&mut self, stage: Stage) {
        self.stage = stage;
        self.interrupted = false;
    }

    /// A step that was under way when the totem stopped has an unknown end.
    fn interrupt(&mut self) {
        self.interrupted = true;
        self.late = true;
        if self.stage == Stage::CardAtTef {
            self.stage = Stage::CardUnclear;
        }
        self.ticket.interrupt();
        if self.reversal == Some(Reversal::Asked) {
            self.reversal = Some(Reversal::Unknown);
        }
        for (debt, sends) in self.debts.iter_mut().zip(&self.sends) {
            *debt = match (*debt, sends) {
                (Debt::Sent, _) | (Debt::FoundOpen, 1..) => Debt::Unclear,
                // what was open before the power failed need not be open now
                (Debt::FoundOpen, 0) => Debt::Owed,
                (other, _) => other,
            };
        }
    }

    fn receive_pix(&mut self, amount: Money, end_to_end: Option<&String>, at: Timestamp) {
        let (Stage::PixShown { charge, .. } | Stage::PixOver { charge }) = &self.stage else { return };
        let (charge, exact) = (charge.clone(), amount == self.total());
        self.received = Some(Received::Pix { amount, end_to_end: end_to_end.cloned(), at });
        if charge.confirmed_by == ConfirmedBy::Bank && exact {
            self.owe();
        }
        self.reach(Stage::PixReceived { charge, exact });
    }

    fn owe(&mut self) {
        self.debts.fill(Debt::Owed);
    }

    fn set_debt(&mut self, invoice: &InvoiceId, debt: Debt) {
        for (item, slot) in self.items.iter().zip(&mut self.debts) {
            if item.invoice == *invoice {
                *slot = debt;
            }
        }
    }

    /// The local date on which the money came: what the ERP is told, however late it is told.
    #[must_use]
    pub fn paid_on(&self) -> Option<Date> {
        Some(match self.received.as_ref()? {
            Received::Card(sale) => sale.at.unwrap_or(self.local).date(),
            Received::Pix { at, .. } => calendar::sao_paulo(*at).date(),
        })
    }

    #[must_use]
    pub fn total(&self) -> Money {
        self.items.iter().map(|item| item.charge.total()).sum()
    }

    #[must_use]
    pub fn bill(&self, invoice: &InvoiceId) -> BillRef {
        BillRef { customer: self.payer.customer.clone(), invoice: invoice.clone() }
    }

    #[must_use]
    pub fn bills(&self) -> Vec<BillRef> {
        self.items.iter().map(|item| self.bill(&item.invoice)).collect()
    }

    /// The card sale, from its approval on.
    #[must_use]
    pub fn sale(&self) -> Option<&CardSale> {
        match &self.stage {
            Stage::CardApproved { sale, .. }
            | Stage::CardPrinting { sale }
            | Stage::CardPrinted { sale, .. }
            | Stage::CardDecided { sale, .. }
            | Stage::CardFinal { sale, .. } => Some(sale),
            Stage::Asked
            | Stage::CardAtTef
            | Stage::CardUnclear
            | Stage::PixAsked
            | Stage::PixShown { .. }
            | Stage::PixReceived { .. }
            | Stage::PixOver { .. }
            | Stage::NotCharged { .. } => None,
        }
    }

    /// Whether money is kept that is not what was asked: no bill is written off with it.
    #[must_use]
    pub fn has_another_amount(&self) -> bool {
        match &self.stage {
            Stage::CardFinal { sale, decision: Decision::Confirm } => sale.amount != self.total(),
            Stage::PixReceived { charge, exact } => !exact && charge.confirmed_by == ConfirmedBy::Bank,
            _ => false,
        }
    }

    /// What is owed for one bill.
    #[must_use]
    pub fn debt(&self, invoice: &InvoiceId) -> Option<Debt> {
        self.items.iter().zip(&self.debts).find(|(item, _)| item.invoice == *invoice).map(|(_, debt)| *debt)
    }

    /// How often a write-off of this bill was sent.
    #[must_use]
    pub fn sends(&self, invoice: &InvoiceId) -> u32 {
        self.items.iter().zip(&self.sends).find(|(item, _)| item.invoice == *invoice).map_or(0, |(_, sends)| *sends)
    }
}
