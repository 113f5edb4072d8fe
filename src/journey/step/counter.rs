//! The counter's other screens: what there is, plans, lists of the provider's, and the outcome of what was asked for.

use jiff::civil::Date;
use serde::Serialize;

use super::detail::{Detail, Part};
use super::form::{Answer, Purpose};
use super::{Choice, PrintNews};
use crate::domain::Money;

/// The other things there are for this customer: each an option by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Services {
    pub customer: String,
    pub options: Vec<Choice>,
}

/// A payment made on this totem, of which a second copy can be had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastReceipt {
    /// The protocol.
    pub id: String,
    pub on: Date,
    /// `pix`, `debit`, `credit`.
    pub method: &'static str,
    pub amount_cents: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipts {
    pub customer: String,
    /// Newest first.
    pub options: Vec<PastReceipt>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintNews>,
}

/// What a contract's state means to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanState {
    Active,
    Suspended,
    OnTrust,
    Cancelled,
    /// Only the provider's word is known.
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    pub id: String,
    pub plan: String,
    pub state: PlanState,
    /// The provider's word, where it is the only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
    /// It can be asked back on trust.
    pub unlock: bool,
}

/// The contracts, and what the provider says of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plans {
    pub customer: String,
    pub plans: Vec<Plan>,
    /// What the provider wants read, and what it holds against the customer: its words.
    pub alerts: Vec<String>,
    /// What it holds against the customer could not be read.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub incomplete: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    Tickets,
    PaidBills,
    FiscalNotes,
    AnnualSettlements,
    Visits,
}

/// What choosing an entry of a list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// The provider's own file.
    Document,
    /// A slip of ours: the provider says the same, and has no file of it.
    Slip,
    /// What can be done about it.
    Choices,
}

/// One entry of a list of the provider's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    pub id: String,
    /// The provider's words.
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<Money>,
    /// `morning`, `afternoon`, or from when to when.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<Opens>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Records {
    pub customer: String,
    pub list: RecordKind,
    /// As the provider has them; all of them.
    pub records: Vec<Record>,
    /// Another can be made: `choose` with `new`.
    pub may_begin: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintNews>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Done,
    Refused,
    /// It may have been done or not, and a look told nothing.
    Unknown,
    /// A person at the provider's will see to it.
    Requested,
    /// There is nothing to choose from.
    Nothing,
    /// Done, and not as it was agreed to.
    Otherwise,
    /// Taken in, and what was to go still stands.
    Stands,
}

/// What became of what the customer asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub about: Purpose,
    pub outcome: Outcome,
    /// The provider's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// Of what still stands: when it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The provider's words to a refusal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Of an agreement: what was agreed to, or what was made instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instalments: Vec<Part>,
    /// What was asked for: the day that was agreed, the new due day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintNews>,
}
