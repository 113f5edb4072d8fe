//! The facts of a payment, as they stand in the journal.
//!
//! A fact that announces a step (`CardStarted`, `PixStarted`, `ReceiptStarted`, `WriteOffSent`) is durable before the
//! step touches the world. A fact is never changed; what it turned out to mean is another fact.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::domain::{
    CardKind, CardSale, Charge, ContractId, CustomerId, InvoiceId, Money, PaymentId, PixCharge, PixReceipt,
    ReceiptHeads,
};

/// One fact with its place and time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub payment: PaymentId,
    pub at: Timestamp,
    pub fact: Fact,
}

/// Who pays, as far as the journal may know: never a whole CPF, never a whole name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    /// The ERP's id: with it a bill is found again after a restart.
    pub customer: CustomerId,
    /// "Maria S."
    pub short_name: String,
    /// HMAC-SHA256 of the CPF under this totem's key, in hex.
    pub tax_id_hash: String,
    /// `***.***.*89-01`
    pub tax_id_masked: String,
}

/// One bill of a payment, with the amount the customer agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub invoice: InvoiceId,
    pub contracts: Vec<ContractId>,
    pub number: String,
    pub description: String,
    pub due: Date,
    pub charge: Charge,
    /// `Invoice::identifier`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    #[serde(default, skip_serializing_if = "ReceiptHeads::is_empty")]
    pub receipt_heads: ReceiptHeads,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Card { kind: CardKind, instalments: u8 },
    Pix,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Confirm,
    Undo(UndoReason),
}

/// Why an approved sale was given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UndoReason {
    /// The receipt did not come out.
    Receipt,
    /// The totem stopped between the approval and the receipt.
    Interrupted,
    /// The TEF approved another amount than was asked.
    Mismatch,
}

/// Why a card was certainly not charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    Declined,
    ByCustomer,
    /// The sale was never begun.
    NotStarted,
    /// The totem stopped, and the TEF knows of no sale.
    NotFound,
    /// No PIX code was to be had, or it was not paid.
    NoPix,
}

/// What became of the receipt. `Proven` is the printer's own acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintResult {
    Proven,
    /// The printer has no way of telling.
    Unconfirmed,
    Failed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettledHow {
    /// The ERP said yes to our write-off.
    Applied,
    /// After an unanswered write-off, or one that was left to a person, the bill was found paid.
    FoundPaid,
    /// The ERP's own bank settled it.
    ByErp,
    /// A person settled it and said so.
    ByPerson,
    /// The card sale was given back: nothing is owed for the bill any longer.
    Reversed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    Opened {
        payer: Payer,
        items: Vec<Item>,
        method: Method,
        local: DateTime,
    },
    /// The totem stopped and started again while this payment was open.
    Interrupted,
    /// Opened together with this: the site's ERP takes no write-off, so a person makes it.
    ByHand,
    /// Opened together with this: the code of an older payment may still bring money for one of these bills.
    EarlierCode {
        payment: PaymentId,
    },

    /// About to be sent to the TEF, with the payment's number as coupon.
    CardStarted,
    CardApproved {
        sale: Box<CardSale>,
        mismatch: Option<String>,
    },
    /// Certainly not charged: declined, given up, or never begun.
    CardRefused {
        message: String,
        why: Refusal,
    },
    /// Contact was lost: only the TEF knows.
    CardUnknown {
        why: String,
    },
    /// The TEF was asked and knows of no such sale.
    CardNotFound,
    /// Later it tells of one after all: the payment had ended as not charged.
    CardFound {
        sale: Box<CardSale>,
    },
    ReceiptStarted,
    ReceiptPrinted {
        result: PrintResult,
    },
    /// Together with a decision to confirm, the write-offs of all items are owed: one fact, one transaction.
    Decided {
        decision: Decision,
    },
    /// The TEF acknowledged the confirm or the undo.
    Finalized,

    PixStarted {
        txid: String,
    },
    PixCharged {
        charge: PixCharge,
    },
    PixRefused {
        why: String,
    },
    /// The customer left the code unpaid, or its time on the screen is over.
    PixAbandoned,
    PixPaid {
        amount: Money,
        end_to_end: Option<String>,
        at: Timestamp,
    },
    /// It can no longer be paid, or nobody waits for it. It is looked at some more, for late money.
    PixEnded,
    /// One more Pix for a charge that was paid: it pays for nothing and goes back.
    PixPaidAgain {
        receipt: PixReceipt,
    },
    /// Looked at a last time, long after: no more money is waited for.
    PixForgotten,

    /// About to be sent to the ERP.
    WriteOffSent {
        invoice: InvoiceId,
    },
    WriteOffUnknown {
        invoice: InvoiceId,
        why: String,
    },
    /// Certainly not executed: it never reached the ERP, or was refused at its door.
    WriteOffUnsent {
        invoice: InvoiceId,
        why: String,
    },
    /// After an unanswered write-off the bill was read and is open: it may be sent again.
    BillFoundOpen {
        invoice: InvoiceId,
    },
    WriteOffSettled {
        invoice: InvoiceId,
        how: SettledHow,
    },
    WriteOffRejected {
        invoice: InvoiceId,
        why: String,
    },
    /// The bill was settled by somebody else although we hold the customer's money.
    PaidElsewhere {
        invoice: InvoiceId,
    },

    /// A technician decided to give a card sale back (estorno): about to be asked of the TEF.
    ReversalStarted {
        by: String,
        reason: String,
    },
    /// The TEF's own transaction that gives it back. It is confirmed like a sale.
    ReversalApproved {
        sale: Box<CardSale>,
    },
    /// Certainly not given back, in the TEF's words or ours.
    ReversalRefused {
        message: String,
    },
    /// Contact was lost: only the TEF knows.
    ReversalUnknown {
        why: String,
    },

    /// About to be asked of the ERP: a ticket, so that a person there makes the write-off. It is asked once.
    TicketStarted,
    TicketOpened {
        protocol: String,
    },
    TicketRefused {
        why: String,
    },
    /// It may have been opened or not: it is never asked again.
    TicketUnknown {
        why: String,
    },
    /// Certainly not opened: the ERP was out of reach.
    TicketUnsent {
        why: String,
    },

    /// A person decided to give a Pix back (devolução): about to be asked of the bank.
    RefundStarted {
        id: String,
        end_to_end: String,
        amount: Money,
        by: String,
        reason: String,
    },
    /// In the bank's words.
    RefundAnswered {
        id: String,
        status: String,
        return_id: Option<String>,
        why: Option<String>,
    },
    /// The bank said nothing that can be relied on. The same id may be asked again: it is one refund.
    RefundUnknown {
        id: String,
        why: String,
    },

    /// What the totem cannot settle alone.
    PersonCalled {
        why: PersonWhy,
    },
    /// A person's decision, with who and why.
    Resolved {
        by: String,
        note: String,
    },
    Closed,
}

/// Why a person is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonWhy {
    /// The ERP refuses the write-off.
    Rejected,
    /// The bill was paid elsewhere too: give the money back.
    Refund,
    /// Another amount came than was asked.
    WrongAmount,
    /// Only the account's statement tells whether a code was paid: a static one, or one whose bank is out of reach.
    CheckStatement,
    /// The site's configuration no longer has the bank that made the code: nobody can ask whether it was paid.
    ProviderGone,
    /// More than one Pix came for one charge.
    Doubled,
    /// The site's ERP takes no write-off.
    ByHand,
    /// The write-off does not come through, in the time or with the tries that the site allows.
    Overdue,
    /// The TEF does not say what became of the sale, or does not acknowledge its end.
    TefSilent,
    /// A refund was asked for, and nobody knows what became of it.
    RefundUnclear,
}

impl Fact {
    /// The fact's name in the journal, the log and a fail point.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Fact::Opened { .. } => "opened",
            Fact::Interrupted => "interrupted",
            Fact::ByHand => "by_hand",
            Fact::EarlierCode { .. } => "earlier_code",
            Fact::CardStarted => "card_started",
            Fact::CardApproved { .. } => "card_approved",
            Fact::CardRefused { .. } => "card_refused",
            Fact::CardUnknown { .. } => "card_unknown",
            Fact::CardNotFound => "card_not_found",
            Fact::CardFound { .. } => "card_found",
            Fact::ReceiptStarted => "receipt_started",
            Fact::ReceiptPrinted { .. } => "receipt_printed",
            Fact::Decided { .. } => "decided",
            Fact::Finalized => "finalized",
            Fact::PixStarted { .. } => "pix_started",
            Fact::PixCharged { .. } => "pix_charged",
            Fact::PixRefused { .. } => "pix_refused",
            Fact::PixAbandoned => "pix_abandoned",
            Fact::PixPaid { .. } => "pix_paid",
            Fact::PixEnded => "pix_ended",
            Fact::PixPaidAgain { .. } => "pix_paid_again",
            Fact::PixForgotten => "pix_forgotten",
            Fact::WriteOffSent { .. } => "write_off_sent",
            Fact::WriteOffUnknown { .. } => "write_off_unknown",
            Fact::WriteOffUnsent { .. } => "write_off_unsent",
            Fact::BillFoundOpen { .. } => "bill_found_open",
            Fact::WriteOffSettled { .. } => "write_off_settled",
            Fact::WriteOffRejected { .. } => "write_off_rejected",
            Fact::PaidElsewhere { .. } => "paid_elsewhere",
            Fact::ReversalStarted { .. } => "reversal_started",
            Fact::ReversalApproved { .. } => "reversal_approved",
            Fact::ReversalRefused { .. } => "reversal_refused",
            Fact::ReversalUnknown { .. } => "reversal_unknown",
            Fact::TicketStarted => "ticket_started",
            Fact::TicketOpened { .. } => "ticket_opened",
            Fact::TicketRefused { .. } => "ticket_refused",
            Fact::TicketUnknown { .. } => "ticket_unknown",
            Fact::TicketUnsent { .. } => "ticket_unsent",
            Fact::RefundStarted { .. } => "refund_started",
            Fact::RefundAnswered { .. } => "refund_answered",
            Fact::RefundUnknown { .. } => "refund_unknown",
            Fact::PersonCalled { .. } => "person_called",
            Fact::Resolved { .. } => "resolved",
            Fact::Closed => "closed",
        }
    }
}
