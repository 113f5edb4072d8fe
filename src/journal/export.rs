//! The journal for the back office: one row for each bill of each payment, as CSV or JSON.
//!
//! | column | what it holds |
//! |---|---|
//! | `protocol` | as printed: `261122-0001` |
//! | `opened_at` | local time at which the customer chose to pay |
//! | `standing` | `settled`, `owed`, `not_charged`, `undone`, `confirming`, `person`, `resolved` |
//! | `customer`, `name`, `tax_id` | the ERP's id; "Maria S."; masked |
//! | `invoice`, `number`, `due` | the ERP's id of the bill, its printed number, its due date |
//! | `principal_cents` … `total_cents` | what the customer agreed to pay for this bill, in cents |
//! | `method`, `instalments` | `pix`, `debit`, `credit` |
//! | `network`, `brand`, `nsu`, `authorization` | of a card sale |
//! | `end_to_end`, `txid` | of a PIX |
//! | `paid_at`, `received_cents` | when the money moved, local; what came for the whole payment |
//! | `write_off` | of this bill: `none`, `owed`, `sent`, `unclear`, `found_open`, `applied`, `found_paid`, `by_erp`, `by_person`, `rejected`, `paid_elsewhere` |
//! | `sends` | how often its write-off was sent |
//! | `person_why` | what a person has to do: `rejected`, `refund`, `wrong_amount`, `check_statement`, `provider_gone`, `doubled`, `by_hand`, `overdue`, `tef_silent`, `refund_unclear` |
//! | `resolved_by`, `resolved_note` | the last decision of a person |
//!
//! What does not apply is empty in CSV and `null` in JSON.

use jiff::civil::{Date, DateTime};
use serde::Serialize;
use serde_json::Value;

use crate::domain::{InvoiceId, Money};
use crate::payment::fact::PersonWhy;
use crate::payment::{Debt, Entry, Fact, Method, Outcome, Payment, SettledHow};

/// One bill of one payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub protocol: String,
    pub opened_at: DateTime,
    pub standing: &'static str,
    pub customer: String,
    pub name: String,
    pub tax_id: String,
    pub invoice: String,
    pub number: String,
    pub due: Date,
    pub principal_cents: Money,
    pub fine_cents: Money,
    pub interest_cents: Money,
    pub discount_cents: Money,
    pub total_cents: Money,
    pub method: &'static str,
    pub instalments: Option<u8>,
    pub network: Option<String>,
    pub brand: Option<String>,
    pub nsu: Option<String>,
    pub authorization: Option<String>,
    pub end_to_end: Option<String>,
    pub txid: Option<String>,
    pub paid_at: Option<DateTime>,
    pub received_cents: Option<Money>,
    pub write_off: &'static str,
    pub sends: u32,
    pub person_why: Option<PersonWhy>,
    pub resolved_by: Option<String>,
    pub resolved_note: Option<String>,
}

/// The columns of the CSV, in their order; the keys of the JSON.
pub const COLUMNS: [&str; 29] = [
    "protocol",
    "opened_at",
    "standing",
    "customer",
    "name",
    "tax_id",
    "invoice",
    "number",
    "due",
    "principal_cents",
    "fine_cents",
    "interest_cents",
    "discount_cents",
    "total_cents",
    "method",
    "instalments",
    "network",
    "brand",
    "nsu",
    "authorization",
    "end_to_end",
    "txid",
    "paid_at",
    "received_cents",
    "write_off",
    "sends",
    "person_why",
    "resolved_by",
    "resolved_note",
];

/// The rows of one payment; none where the facts do not begin with `Opened`.
#[must_use]
pub fn rows(entries: &[Entry]) -> Vec<Row> {
    let Some(payment) = Payment::from_entries(entries) else { return Vec::new() };
    let (ids, outcome) = (payment.ids(), payment.outcome());
    let resolved = entries.iter().rev().find_map(|entry| match &entry.fact {
        Fact::Resolved { by, note } => Some((by.clone(), note.clone())),
        _ => None,
    });
    let row = |(item, (debt, sends)): (&crate::payment::Item, (&Debt, &u32))| Row {
        protocol: payment.id.protocol(),
        opened_at: payment.local,
        standing: standing(&outcome),
        customer: payment.payer.customer.0.clone(),
        name: payment.payer.short_name.clone(),
        tax_id: payment.payer.tax_id_masked.clone(),
        invoice: item.invoice.0.clone(),
        number: item.number.clone(),
        due: item.due,
        principal_cents: item.charge.principal,
        fine_cents: item.charge.fine,
        interest_cents: item.charge.interest,
        discount_cents: item.charge.discount,
        total_cents: item.charge.total(),
        method: payment.method_name(),
        instalments: match payment.method {
            Method::Card { instalments, .. } => Some(instalments),
            Method::Pix => None,
        },
        network: ids.network.clone(),
        brand: ids.brand.clone(),
        nsu: ids.nsu.clone(),
        authorization: ids.authorization.clone(),
        end_to_end: ids.end_to_end.clone(),
        txid: ids.txid.clone(),
        paid_at: ids.at,
        received_cents: payment.received.as_ref().map(crate::payment::Received::amount),
        write_off: write_off(*debt),
        sends: *sends,
        person_why: why(&outcome, &item.invoice),
        resolved_by: resolved.as_ref().map(|(by, _)| by.clone()),
        resolved_note: resolved.as_ref().map(|(_, note)| note.clone()),
    };
    payment.items.iter().zip(payment.debts.iter().zip(&payment.sends)).map(row).collect()
}

fn standing(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Settled => "settled",
        Outcome::Owed => "owed",
        Outcome::NotCharged => "not_charged",
        Outcome::Undone => "undone",
        Outcome::Confirming => "confirming",
        Outcome::Person(_) => "person",
        Outcome::Resolved => "resolved",
    }
}

fn write_off(debt: Debt) -> &'static str {
    match debt {
        Debt::None => "none",
        Debt::Owed => "owed",
        Debt::Sent => "sent",
        Debt::Unclear => "unclear",
        Debt::FoundOpen => "found_open",
        Debt::Settled(SettledHow::Applied) => "applied",
        Debt::Settled(SettledHow::FoundPaid) => "found_paid",
        Debt::Settled(SettledHow::ByErp) => "by_erp",
        Debt::Settled(SettledHow::ByPerson) => "by_person",
        Debt::Settled(SettledHow::Reversed) => "reversed",
        Debt::Rejected => "rejected",
        Debt::PaidElsewhere => "paid_elsewhere",
    }
}

fn why(outcome: &Outcome, invoice: &InvoiceId) -> Option<PersonWhy> {
    let Outcome::Person(need) = outcome else { return None };
    let about = |task: &&crate::payment::person::Task| task.bills.iter().any(|bill| bill.invoice == *invoice);
    need.tasks.iter().find(about).map(|task| task.why)
}

/// The first line of the CSV (RFC 4180, UTF-8), with its end.
#[must_use]
pub fn csv_head() -> String {
    COLUMNS.join(",") + "\r\n"
}

impl Row {
    /// A line of the CSV, with its end.
    #[must_use]
    pub fn csv(&self) -> String {
        let row = serde_json::to_value(self).unwrap_or_default();
        let cells: Vec<String> = COLUMNS
            .iter()
            .map(|column| match row.get(column) {
                None | Some(Value::Null) => String::new(),
                Some(Value::String(text)) => cell(text),
                Some(other) => other.to_string(),
            })
            .collect();
        cells.join(",") + "\r\n"
    }
}

/// RFC 4180, rules 5 to 7. What a spreadsheet would take for a formula gets an apostrophe before it: names, numbers and
/// notes were written by others.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_as_rfc_4180_asks_and_never_a_formula() {
        for (text, written) in [
            ("", ""),
            ("Maria S.", "Maria S."),
            ("Érica, Á.", "\"Érica, Á.\""),
            ("disse \"sim\"", "\"disse \"\"sim\"\"\""),
            ("uma\nduas", "\"uma\nduas\""),
            ("uma\r\nduas", "\"uma\r\nduas\""),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("@soma", "'@soma"),
            ("-1,5", "\"'-1,5\""),
            ("\r=1", "\"'\r=1\""),
        ] {
            assert_eq!(cell(text), written, "{text:?}");
        }
    }
}
