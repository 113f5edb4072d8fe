//! What must happen next: one function for a live payment, for one found at start, and for what is still owed.

use serde::Deserialize;

use super::fact::{Decision, PersonWhy, PrintResult, SettledHow, UndoReason};
use super::state::{Debt, Payment, Stage};
use crate::domain::{CardSale, ConfirmedBy, InvoiceId, PixCharge};

/// One step towards the end of a payment. Each is safe to take again when nobody knows how it ended before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Record `CardStarted`, then sell.
    ChargeCard,
    /// Ask the TEF what became of the sale.
    ResolveCard,
    /// Record `ReceiptStarted`, then print.
    PrintReceipt,
    /// Record the decision; with a confirm, the write-offs are owed from that moment.
    Decide(Decision),
    /// Tell the TEF, until it acknowledges.
    Finalize {
        sale: Box<CardSale>,
        decision: Decision,
    },
    /// Record `PixStarted`, then ask a provider for a code.
    ChargePix,
    /// Look again and again whether the code was paid, while somebody stands before it.
    WatchPix(PixCharge),
    /// Take the code back, or look a last time.
    EndPix(PixCharge),
    /// Nobody waits, nobody but the ERP can tell: look now and then.
    WatchBill(PixCharge),
    /// Record `WriteOffSent`, then write off.
    WriteOff(InvoiceId),
    /// After an unanswered write-off, or long after the bill was last read: read it before anything else.
    ReadBill(InvoiceId),
    /// The ERP settled it by itself.
    Settle(InvoiceId, SettledHow),
    CallPerson(PersonWhy),
    Close,
}

/// What a site may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// What an approved sale whose receipt did not come out becomes.
    pub on_print_failure: OnPrintFailure,
    /// Whether a receipt from a printer that cannot prove its work counts as printed.
    pub trust_unproven_receipt: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { on_print_failure: OnPrintFailure::Undo, trust_unproven_receipt: true }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnPrintFailure {
    Undo,
    /// Confirm, and offer another copy.
    Confirm,
}

/// The table of rules. Several steps may be taken side by side; none means wait for an answer or a person.
#[must_use]
pub fn next(payment: &Payment, rules: &Rules) -> Vec<Step> {
    use Stage::{
        Asked, CardApproved, CardAtTef, CardDecided, CardFinal, CardPrinted, CardPrinting, CardUnclear, NotCharged,
        PixAsked, PixReceived, PixShown,
    };
    use Step::{
        ChargeCard, ChargePix, Close, Decide, EndPix, Finalize, PrintReceipt, ResolveCard, WatchBill, WatchPix,
    };
    let gone = payment.interrupted;
    if payment.closed {
        return Vec::new();
    }
    if payment.is_reversed() {
        return vec![Close];
    }
    match &payment.stage {
        Asked if gone => vec![Close],
        Asked => vec![match payment.method {
            super::Method::Card { .. } => ChargeCard,
            super::Method::Pix => ChargePix,
        }],

        // the outcome is unknown: ask before anything else
        CardAtTef | CardUnclear => vec![ResolveCard],
        CardApproved { sale, mismatched } if !sale.must_be_finalized && (gone || *mismatched) => {
            vec![Decide(Decision::Confirm)]
        }
        CardApproved { mismatched: true, .. } => vec![Decide(Decision::Undo(UndoReason::Mismatch))],
        CardApproved { .. } if gone => vec![Decide(Decision::Undo(UndoReason::Interrupted))],
        CardApproved { .. } => vec![PrintReceipt],
        CardPrinting { sale } => vec![Decide(after_receipt(sale, PrintResult::Failed, gone, rules))],
        CardPrinted { sale, result } => vec![Decide(after_receipt(sale, *result, gone, rules))],
        CardDecided { sale, decision } => vec![Finalize { sale: sale.clone(), decision: *decision }],
        CardFinal { decision: Decision::Undo(_), .. } => vec![Close],
        CardFinal { .. } | PixReceived { .. } if payment.has_another_amount() => another_amount(payment),
        CardFinal { decision: Decision::Confirm, .. } => write_offs(payment),

        // a code that was never shown can be paid by nobody
        PixAsked => vec![Close],
        PixShown { charge, abandoned } if !gone && !abandoned => vec![WatchPix(charge.clone())],
        PixShown { charge, .. } => match charge.confirmed_by {
            ConfirmedBy::Bank | ConfirmedBy::Erp => vec![EndPix(charge.clone())],
            ConfirmedBy::Person if payment.resolved => vec![Close],
            ConfirmedBy::Person => {
                call(payment, PersonWhy::CheckStatement).into_iter().chain([WatchBill(charge.clone())]).collect()
            }
        },
        PixReceived { .. } => write_offs(payment),
        NotCharged { .. } => vec![Close],
    }
}

/// Confirm or undo, once the receipt's fate is known.
///
/// | the TEF waits | receipt | customer there | decision |
/// |---|---|---|---|
/// | no | any | any | confirm: it cannot be undone |
/// | yes | proven | any | confirm |
/// | yes | unproven | yes | confirm where the site trusts the printer, else as failed |
/// | yes | unproven | no | undo |
/// | yes | failed | yes | as the site says |
/// | yes | failed | no | undo |
fn after_receipt(sale: &CardSale, result: PrintResult, gone: bool, rules: &Rules) -> Decision {
    let as_site_says = match rules.on_print_failure {
        OnPrintFailure::Confirm => Decision::Confirm,
        OnPrintFailure::Undo => Decision::Undo(UndoReason::Receipt),
    };
    match (sale.must_be_finalized, result, gone) {
        (false, _, _) | (true, PrintResult::Proven, _) => Decision::Confirm,
        (true, PrintResult::Unconfirmed | PrintResult::Failed, true) => Decision::Undo(UndoReason::Interrupted),
        (true, PrintResult::Unconfirmed, false) if rules.trust_unproven_receipt => Decision::Confirm,
        (true, PrintResult::Unconfirmed | PrintResult::Failed, false) => as_site_says,
    }
}

/// Money that is kept and does not fit the bills: a person settles it.
fn another_amount(payment: &Payment) -> Vec<Step> {
    if payment.resolved { vec![Step::Close] } else { call(payment, PersonWhy::WrongAmount).into_iter().collect() }
}

/// Each bill is settled by itself; a person is called once, for the first that needs one.
fn write_offs(payment: &Payment) -> Vec<Step> {
    let mut steps = Vec::new();
    for (item, debt) in payment.items.iter().zip(&payment.debts) {
        let invoice = item.invoice.clone();
        match debt {
            // money that the ERP's own bank received is the ERP's to settle
            Debt::None => steps.push(Step::Settle(invoice, SettledHow::ByErp)),
            Debt::Owed if payment.late => steps.push(Step::ReadBill(invoice)),
            Debt::Owed | Debt::FoundOpen => steps.push(Step::WriteOff(invoice)),
            Debt::Sent | Debt::Unclear => steps.push(Step::ReadBill(invoice)),
            Debt::Rejected => steps.extend(call(payment, PersonWhy::Rejected)),
            Debt::PaidElsewhere => steps.extend(call(payment, PersonWhy::Refund)),
            Debt::Settled(_) => {}
        }
    }
    if payment.debts.iter().all(|debt| matches!(debt, Debt::Settled(_))) {
        steps.push(Step::Close);
    }
    steps
}

fn call(payment: &Payment, why: PersonWhy) -> Option<Step> {
    payment.person_called.is_none().then_some(Step::CallPerson(why))
}
