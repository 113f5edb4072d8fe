//! The steps: one screen each, carrying exactly what the screen shows. Serialised, a step is a line of the line face.

mod counter;
mod detail;
mod document;
mod form;
mod identify;
mod send;
mod technician;
mod trouble;

use jiff::civil::Date;
use serde::Serialize;

use super::intent::Language;
use crate::domain::{CardKind, ConfirmedBy, InvoiceId, Money, Prompt, receipt::WriteOffState};

pub use counter::{
    Notice, Opens, Outcome, PastReceipt, Plan, PlanState, Plans, Receipts, Record, RecordKind, Records, Services,
};
pub use detail::{Detail, Part};
pub use document::{DocumentScreen, DocumentTitle};
pub use form::{Answer, Form, FormOption, FormProblem, Purpose, Question};
pub use identify::{Identify, IdentifyProblem, ScanNews};
pub use send::{SendBy, SendNews, Sending};
pub use technician::{
    AccountPage, CardsPage, GreetingPage, ListPage, MachinePage, NoPixTry, Page, PanelLine, PanelNews, PanelNote,
    PanelOption, PanelRow, PaperPage, PaperState, PartState, PinProblem, PixPage, PixTryPage, ResolvePage, ServicePin,
    StatePage, Technician, TerminalPage, Walked, Which,
};
pub use trouble::{Closed, ClosedWhy, StillThere, Trouble, TroubleCode};

/// What a face shows: the step and how it is to be told.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct View {
    #[serde(flatten)]
    pub step: Step,
    /// Rises with every change.
    pub seq: u64,
    /// The intents accepted now, by name.
    pub actions: Vec<&'static str>,
    /// Help is open over the step: the phone, and what to do here.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub help: bool,
    #[serde(skip)]
    pub language: Language,
    /// Larger type, higher contrast, four times the time.
    #[serde(skip)]
    pub accessible: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    Identify(Identify),
    Verify(Verify),
    Searching(Searching),
    Contracts(Contracts),
    Invoices(Invoices),
    Invoice(Box<InvoiceDetail>),
    Method(Methods),
    Instalments(Instalments),
    Pix(PixScreen),
    Card(CardScreen),
    Boleto(BoletoScreen),
    Document(DocumentScreen),
    Confirming(Confirming),
    Undone(Undone),
    Paid(Paid),
    Services(Services),
    Receipts(Receipts),
    Plans(Plans),
    Records(Records),
    Form(Form),
    Notice(Notice),
    Trouble(Trouble),
    StillThere(StillThere),
    Closed(Closed),
    ServicePin(ServicePin),
    Technician(Box<Technician>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asks {
    BirthDayMonth,
    PhoneLast4,
    /// That is sent to the registered phone, or e-mail address.
    CodeSms,
    CodeEmail,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verify {
    pub asks: Asks,
    /// How many characters are expected.
    pub length: usize,
    /// Masked.
    pub typed: String,
    /// The code that was typed last is not the one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub wrong: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchFor {
    Customer,
    Bill,
    Boleto,
    Document,
    PixCode,
    /// The bill of what was scanned.
    Scan,
    /// Something of the provider's that changes nothing.
    Service,
    /// What the customer asked to be done: it is not called off.
    Change,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Searching {
    pub what: SearchFor,
    /// False in the first 300 ms: nothing flashes by.
    pub visible: bool,
    /// True after ten seconds: a way out is offered.
    pub slow: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    pub id: String,
    pub works: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<MethodWhy>,
    /// What it says, where the words come from the ERP (a contract's plan).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<Money>,
}

/// Why a method is not to be had now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodWhy {
    /// The printer has no paper or is not there: a card sale needs a receipt.
    NoReceipt,
    /// The card terminal does not answer.
    NoTef,
    /// The provider's system cannot be reached.
    NoErp,
    /// The provider's system takes no write-off: what the totem received would stay owed.
    NoWriteOff,
    /// This bill has no code, or several were chosen.
    NoCode,
    /// Below the smallest instalment.
    TooSmall,
    /// An earlier payment is not settled yet.
    Settling,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contracts {
    pub customer: String,
    pub options: Vec<Choice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BillState {
    Open,
    /// Being settled: cannot be paid again.
    Settling,
    /// The true amount is unknown: only the ERP's own boleto or PIX can be shown.
    AmountUnknown,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvoiceLine {
    pub id: InvoiceId,
    pub due: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<Money>,
    pub original_cents: Money,
    #[serde(skip_serializing_if = "Money::is_zero")]
    pub fine_cents: Money,
    #[serde(skip_serializing_if = "Money::is_zero")]
    pub interest_cents: Money,
    #[serde(skip_serializing_if = "Money::is_zero")]
    pub discount_cents: Money,
    pub overdue_days: u32,
    pub description: String,
    pub chosen: bool,
    pub state: BillState,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Invoices {
    pub customer: String,
    /// This page's bills.
    pub invoices: Vec<InvoiceLine>,
    /// From 1.
    pub page: usize,
    pub pages: usize,
    pub chosen: usize,
    pub total_cents: Money,
    /// The amount or state of a bill changed since it was shown: look again before paying.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
    /// What became of the code that was scanned, where it did not lead to its bill.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scan: Option<ScanNews>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InvoiceDetail {
    pub customer: String,
    pub number: String,
    #[serde(flatten)]
    pub line: InvoiceLine,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Methods {
    pub amount_cents: Money,
    pub bills: usize,
    pub options: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instalments {
    pub amount_cents: Money,
    pub options: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PixScreen {
    pub protocol: String,
    pub amount_cents: Money,
    /// The copia-e-cola, verbatim.
    pub payload: String,
    pub confirmed_by: ConfirmedBy,
    /// Only in the last quarter of the code's life.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_s: Option<u32>,
    /// What became of the last wish to have it on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintNews>,
    /// How the bill can be sent to the customer, or was.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub sending: Option<Sending>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CardScreen {
    pub protocol: String,
    pub amount_cents: Money,
    pub kind: CardKind,
    pub instalments: u8,
    /// The TEF's own words; empty before it said any.
    pub message: String,
    pub cancellable: bool,
    /// What the customer's phone is to read, where the TEF gave a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<Prompt>,
    pub stage: CardStage,
}

/// Where a card payment stands, for the picture on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CardStage {
    AtPinpad,
    Printing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoletoScreen {
    pub amount_cents: Money,
    pub due: Date,
    /// 47 or 48 digits.
    pub line: String,
    /// 44 digits.
    pub barcode: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// What became of the last wish to print it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintNews>,
    /// How the bill can be sent to the customer, or was.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub sending: Option<Sending>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintNews {
    Printing,
    Printed,
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confirming {
    pub code: &'static str,
    pub protocol: String,
    pub amount_cents: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undone {
    pub code: &'static str,
    pub protocol: String,
    pub amount_cents: Money,
    pub network: String,
    pub nsu: String,
    /// The TEF acknowledged the undo.
    pub acknowledged: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paid {
    pub protocol: String,
    pub amount_cents: Money,
    /// `pix`, `debit`, `credit`.
    pub method: &'static str,
    pub write_off: WriteOffState,
    /// A suspended service comes back: nothing overdue is left of it, and the provider's system knows.
    pub service_returns: bool,
    /// It will, once the provider's system knows.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub service_waits: bool,
    /// Within so many minutes, where the site says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_back_min: Option<u32>,
    /// What may be asked for: `print`, `none`.
    pub receipts: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintNews>,
}

impl Step {
    /// The step's name in code, tests, log and line face.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Step::Identify(_) => "identify",
            Step::Verify(_) => "verify",
            Step::Searching(_) => "searching",
            Step::Contracts(_) => "contracts",
            Step::Invoices(_) => "invoices",
            Step::Invoice(_) => "invoice",
            Step::Method(_) => "method",
            Step::Instalments(_) => "instalments",
            Step::Pix(_) => "pix",
            Step::Card(_) => "card",
            Step::Boleto(_) => "boleto",
            Step::Document(_) => "document",
            Step::Confirming(_) => "confirming",
            Step::Undone(_) => "undone",
            Step::Paid(_) => "paid",
            Step::Services(_) => "services",
            Step::Receipts(_) => "receipts",
            Step::Plans(_) => "plans",
            Step::Records(_) => "records",
            Step::Form(_) => "form",
            Step::Notice(_) => "notice",
            Step::Trouble(_) => "trouble",
            Step::StillThere(_) => "still_there",
            Step::Closed(_) => "closed",
            Step::ServicePin(_) => "service_pin",
            Step::Technician(_) => "technician",
        }
    }
}
