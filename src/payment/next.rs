//! What must happen next: one function for a live payment, for one found at start, and for what is still owed.
//!
//! | the money | and | next |
//! |---|---|---|
//! | not asked for | customer there | charge the card, or make a code |
//! | not asked for | customer gone | close |
//! | at the TEF, or unknown | any | ask the TEF, until it tells |
//! | card approved | customer there | print the receipt |
//! | card approved | customer gone, or another amount | undo; keep what knows no undoing |
//! | receipt printed or not | any | decide: the table of `after_receipt` |
//! | decided | any | tell the TEF, until it acknowledges |
//! | card undone | any | close |
//! | code asked for | customer gone | close: it was never shown |
//! | code shown | customer there | look whether it was paid |
//! | code shown, of the ERP or a bank | customer gone | take it back, or look a last time |
//! | code shown, of a bank | a person has looked into the account | close |
//! | code shown, of a static key | customer gone | a person with the statement; look at the bill now and then |
//! | code over, of the ERP or a bank | any | look for late money, the last time a day later; then close |
//! | received, another amount than asked | any | a person |
//! | received, and more than once | any | a person, beside all else |
//! | received | each bill | the table of `write_offs` |
//! | received, all bills settled | by a bank's code | look for more money, the last time a day later; then close |
//! | being given back, and the TEF has not told | any | nothing but calling a person |
//! | given back, or not given back and nothing owed | any | close, also what had been closed before |
//! | a refund without a word | any | a person |
//!
//! Whoever is owed an answer for longer than the site allows is told of to a person, and asked on.

use jiff::Timestamp;
use serde::Deserialize;

use super::debt::Debt;
use super::fact::{Decision, PersonWhy, PrintResult, SettledHow, UndoReason};
use super::print_failure::OnPrintFailure;
use super::side::Refund;
use super::state::{Payment, Stage};
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
    /// Look at a bank's charge, or at the bill under the ERP's code, for money that comes late, or twice.
    WatchLate(PixCharge),
    /// Record `WriteOffSent`, then write off.
    WriteOff(InvoiceId),
    /// After an unanswered write-off, or long after the bill was last read: read it before anything else.
    ReadBill(InvoiceId),
    /// A person makes the write-off: read the bill now and then until it is made.
    WatchDebt(InvoiceId),
    /// Record `TicketStarted`, then ask the ERP for a ticket.
    OpenTicket,
    /// The ERP settled it by itself.
    Settle(InvoiceId, SettledHow),
    CallPerson(PersonWhy),
    Close,
}

/// What a site may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// What an approved sale whose receipt did not come out becomes.
    pub on_print_failure: OnPrintFailure,
    /// Whether a receipt from a printer that cannot prove its work counts as printed.
    pub trust_unproven_receipt: bool,
    pub write_off: WriteOffBy,
    /// A write-off that was sent so often is sent no more: a person is called, and the bill is only read.
    pub sends_at_most: u32,
    /// So long somebody may owe an answer about money before a person is called.
    pub call_person_after_min: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            on_print_failure: OnPrintFailure::Undo,
            trust_unproven_receipt: true,
            write_off: WriteOffBy::Api,
            sends_at_most: 12,
            call_person_after_min: 60,
        }
    }
}

/// Who writes off what the totem received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteOffBy {
    /// Only the ERP's own codes are shown: its bank settles them.
    Erp,
    /// The totem, at the ERP.
    Api,
    /// A person at the ERP.
    ByHand,
}

/// The table of rules. Several steps may be taken side by side; none means wait for an answer or a person. `now` only
/// tells whether somebody has been waited for too long.
#[must_use]
pub fn next(payment: &Payment, rules: &Rules, now: Timestamp) -> Vec<Step> {
    if payment.closed {
        return Vec::new();
    }
    let mut steps = towards_the_end(payment, rules, now);
    if payment.is_reversal_unclear() {
        // the money may be on its way back: nothing is settled with it until the TEF has told
        steps.retain(|step| matches!(step, Step::CallPerson(_)));
        steps.extend(payment.overdue(now, rules).map(Step::CallPerson));
    }
    if payment.refunds.iter().any(Refund::is_unclear) {
        steps.retain(|step| *step != Step::Close);
        steps.extend(call(payment, PersonWhy::RefundUnclear));
    }
    steps
}

fn towards_the_end(payment: &Payment, rules: &Rules, now: Timestamp) -> Vec<Step> {
    use Stage::{
        Asked, CardApproved, CardAtTef, CardDecided, CardFinal, CardPrinted, CardPrinting, CardUnclear, NotCharged,
        PixAsked, PixOver, PixReceived, PixShown,
    };
    use Step::{
        ChargeCard, ChargePix, Close, Decide, EndPix, Finalize, PrintReceipt, ResolveCard, WatchBill, WatchPix,
    };
    let gone = payment.interrupted;
    if payment.is_reversed() {
        return vec![Close];
    }
    let silent = || payment.overdue(now, rules).map(Step::CallPerson);
    match &payment.stage {
        Asked if gone => vec![Close],
        Asked => vec![match payment.method {
            super::Method::Card { .. } => ChargeCard,
            super::Method::Pix => ChargePix,
        }],

        // the outcome is unknown: ask before anything else
        CardAtTef | CardUnclear => silent().into_iter().chain([ResolveCard]).collect(),
        CardApproved { sale, mismatched } if !sale.must_be_finalized && (gone || *mismatched) => {
            vec![Decide(Decision::Confirm)]
        }
        CardApproved { mismatched: true, .. } => vec![Decide(Decision::Undo(UndoReason::Mismatch))],
        CardApproved { .. } if gone => vec![Decide(Decision::Undo(UndoReason::Interrupted))],
        CardApproved { .. } => vec![PrintReceipt],
        CardPrinting { sale } => vec![Decide(after_receipt(sale, PrintResult::Failed, gone, rules))],
        CardPrinted { sale, result } => vec![Decide(after_receipt(sale, *result, gone, rules))],
        CardDecided { sale, decision } => {
            let finalize = Finalize { sale: sale.clone(), decision: *decision };
            silent().into_iter().chain([finalize]).collect()
        }
        CardFinal { decision: Decision::Undo(_), .. } => vec![Close],

        // a code that was never shown can be paid by nobody
        PixAsked => vec![Close],
        PixShown { .. } if payment.code_forgotten => vec![Close],
        PixShown { charge, abandoned } if !gone && !abandoned => vec![WatchPix(charge.clone())],
        PixShown { charge, .. } => match charge.confirmed_by {
            // after a long night the bank is asked first: it may well answer
            ConfirmedBy::Bank => [EndPix(charge.clone())].into_iter().chain(silent()).collect(),
            ConfirmedBy::Erp => vec![EndPix(charge.clone())],
            ConfirmedBy::Person if payment.resolved => vec![Close],
            ConfirmedBy::Person => {
                call(payment, PersonWhy::CheckStatement).into_iter().chain([WatchBill(charge.clone())]).collect()
            }
        },
        CardFinal { decision: Decision::Confirm, .. } | PixReceived { .. } => received(payment, rules, now),
        PixOver { .. } => {
            let blind = payment.is_blind(now).then(|| call(payment, PersonWhy::CheckStatement)).flatten();
            or_close(blind.into_iter().chain(late_look(payment)).collect())
        }
        NotCharged { .. } => vec![Close],
    }
}

/// The money is here: what becomes of it, and whether more of it comes.
fn received(payment: &Payment, rules: &Rules, now: Timestamp) -> Vec<Step> {
    let mut steps = match (payment.has_another_amount(), payment.amount_settled) {
        (true, true) => Vec::new(),
        (true, false) => {
            return call(payment, PersonWhy::WrongAmount).into_iter().chain(late_look(payment)).collect();
        }
        (false, _) => write_offs(payment, rules, now),
    };
    if payment.extras.len() > payment.extras_settled {
        steps.extend(call(payment, PersonWhy::Doubled));
        return steps.into_iter().chain(late_look(payment)).collect();
    }
    let settled = payment.has_another_amount() || payment.debts.iter().all(|debt| matches!(debt, Debt::Settled(_)));
    // the bill is paid and nobody can be asked any more
    if settled && payment.is_blind(now) {
        return or_close(steps);
    }
    steps.extend(late_look(payment));
    if settled { or_close(steps) } else { steps }
}

fn or_close(steps: Vec<Step>) -> Vec<Step> {
    if steps.is_empty() { vec![Step::Close] } else { steps }
}

fn late_look(payment: &Payment) -> Option<Step> {
    payment.watched_code().map(|charge| Step::WatchLate(charge.clone()))
}

/// Confirm or undo, once the receipt's fate is known.
///
/// | the TEF waits | receipt | customer there | decision |
/// |---|---|---|---|
/// | no | any | any | confirm: it cannot be undone |
/// | yes | proven | any | confirm |
/// | yes | unproven | yes | confirm where the site trusts the printer, else as failed |
/// | yes | unproven | no | undo |
/// | yes | failed | yes | the table of `print_failure` |
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

/// Each bill is settled by itself; a person is called once for each reason.
///
/// | what is owed for the bill | and | next |
/// |---|---|---|
/// | nothing: the ERP's own bank has the money | | it is settled by the ERP |
/// | a write-off | nobody read the bill since somebody may have paid it | read it |
/// | a write-off | else | send it |
/// | a write-off that went out without a word | | read the bill |
/// | the same, and the bill is open | sent less often than the limit | send it again |
/// | the same, and the bill is open | sent that often | a person; read the bill now and then |
/// | a write-off by hand | nobody read the bill since somebody may have paid it | read it |
/// | a write-off by hand | else | a person; a ticket, once; read the bill now and then |
/// | any of these | for longer than the site allows | a person, beside that |
/// | it was refused, or somebody else paid the bill | | a person |
/// | it is settled | | nothing |
fn write_offs(payment: &Payment, rules: &Rules, now: Timestamp) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut person = |why| {
        let step = Step::CallPerson(why);
        if !payment.was_called(why) && !steps.contains(&step) {
            steps.push(step);
        }
    };
    for debt in &payment.debts {
        match debt {
            Debt::Rejected => person(PersonWhy::Rejected),
            Debt::PaidElsewhere => person(PersonWhy::Refund),
            _ => {}
        }
    }
    let unread = payment.late && payment.debts.contains(&Debt::Owed);
    if payment.by_hand && !unread && payment.debts.iter().any(Debt::is_under_way) {
        person(PersonWhy::ByHand);
    }
    if payment.overdue(now, rules) == Some(PersonWhy::Overdue) {
        person(PersonWhy::Overdue);
    }
    let told = payment.was_called(PersonWhy::ByHand);
    if told && payment.ticket.is_wanted() && payment.debts.iter().any(Debt::is_under_way) {
        steps.push(Step::OpenTicket);
    }
    for (item, (debt, sends)) in payment.items.iter().zip(payment.debts.iter().zip(&payment.sends)) {
        let invoice = item.invoice.clone();
        let enough = *sends >= rules.sends_at_most;
        steps.extend(match debt {
            // money that the ERP's own bank received is the ERP's to settle
            Debt::None => Some(Step::Settle(invoice, SettledHow::ByErp)),
            Debt::Owed | Debt::FoundOpen if payment.by_hand && told => Some(Step::WatchDebt(invoice)),
            Debt::Owed if payment.late => Some(Step::ReadBill(invoice)),
            Debt::Owed | Debt::FoundOpen if payment.by_hand => None,
            Debt::FoundOpen if enough => Some(Step::WatchDebt(invoice)),
            Debt::Owed | Debt::FoundOpen => Some(Step::WriteOff(invoice)),
            Debt::Sent | Debt::Unclear => Some(Step::ReadBill(invoice)),
            Debt::Rejected | Debt::PaidElsewhere | Debt::Settled(_) => None,
        });
    }
    steps
}

fn call(payment: &Payment, why: PersonWhy) -> Option<Step> {
    (!payment.was_called(why)).then_some(Step::CallPerson(why))
}
