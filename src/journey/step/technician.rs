//! The technician's steps: the PIN, and the pages of the panel behind it. Nothing here is a whole CPF or a whole name.

mod house;
mod pix;

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde::Serialize;

pub use self::house::{GreetingPage, PaperPage};
pub use self::pix::{NoPixTry, PixPage, PixTryPage};
use crate::domain::{Money, Prompt};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServicePin {
    /// A star for each digit.
    pub typed: String,
    pub length: usize,
    /// It is being compared, which is slow on purpose.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub checking: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<PinProblem>,
    /// Minutes until the next try, where there were too many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_min: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PinProblem {
    Wrong,
    Locked,
    /// Nobody has set a PIN: the panel does not open.
    NoneSet,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Technician {
    /// Whose PIN opened the panel.
    pub by: String,
    /// What became of the last wish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub news: Option<PanelNews>,
    /// The TEF's own words to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    #[serde(flatten)]
    pub page: Page,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Page {
    State(StatePage),
    List(ListPage),
    Account(AccountPage),
    Resolve(ResolvePage),
    /// The card desk: the TEF, and what waits there.
    Cards(CardsPage),
    /// Why a sale is given back.
    Reverse(ResolvePage),
    /// The card terminal works for the technician.
    Terminal(TerminalPage),
    /// The machine around the totem.
    Machine(MachinePage),
    /// Where PIX can be tried.
    Pix(PixPage),
    /// A code of one cent.
    PixTry(PixTryPage),
    /// The printer and its roll.
    Paper(PaperPage),
    /// The language of the first screen.
    Greeting(GreetingPage),
}

impl Page {
    /// Its name on the line face.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Page::State(_) => "state",
            Page::List(_) => "list",
            Page::Account(_) => "account",
            Page::Resolve(_) => "resolve",
            Page::Cards(_) => "cards",
            Page::Reverse(_) => "reverse",
            Page::Terminal(_) => "terminal",
            Page::Machine(_) => "machine",
            Page::Pix(_) => "pix",
            Page::PixTry(_) => "pix_try",
            Page::Paper(_) => "paper",
            Page::Greeting(_) => "greeting",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelNews {
    /// Written into the journal.
    Recorded,
    /// It could not be written down, or nobody has to decide any more.
    NotRecorded,
    /// Something has become of the payment since it was shown: it is shown again, and nothing was written down.
    Changed,
    Verifying,
    JournalWhole,
    JournalBroken,
    /// The journal could not be walked just now.
    NotVerified,
    Printing,
    Printed,
    NotPrinted,
    /// The printer is still stopped: nobody can know whether a paper is left in it.
    NotReleased,
    /// The journal gives no answer.
    NotRead,
    /// The sale was given back.
    Reversed,
    /// It was, and its paper did not come out.
    ReversedUnprinted,
    /// It certainly was not.
    NotReversed,
    /// The TEF has not told: it is asked until it does.
    ReversalUnclear,
    /// Something else is on its way at the card terminal.
    TerminalBusy,
    MenuDone,
    /// Nothing was done at the TEF's menu.
    MenuNothing,
    MenuUnclear,
    /// The sale of one cent was approved, and undone.
    TryUndone,
    /// It was approved by a TEF that knows no undoing.
    TryKept,
    TryRefused,
    TryUnclear,
    /// Something slow is on its way.
    Working,
    /// The support bundle is on the pen drive.
    Carried,
    NotCarried,
    /// The machine starts again, or goes off.
    Halting,
    NotHalted,
    /// Money is on its way: the machine stays on.
    HaltRefused,
    LevelNotSet,
    /// This bank cannot be tried now.
    PixNotTried,
    /// The bank made no charge.
    PixTryRefused,
    /// It was not paid, and is taken back.
    PixTryUnpaid,
    /// It was paid, and the bank has given it back.
    PixTryBack,
    /// It was paid, and the bank has not said whether it has gone back: it is asked until it does.
    PixTryUnclear,
    /// It was paid, and the bank does not give it back.
    PixTryKept,
}

/// How a part is, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    Works,
    Fails,
    /// Nothing was asked of it yet.
    #[default]
    Unknown,
}

impl PartState {
    #[must_use]
    pub fn of(works: bool) -> PartState {
        if works { PartState::Works } else { PartState::Fails }
    }
}

/// The state of the printer and its paper. Only the first two print.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    #[default]
    Ready,
    Low,
    Out,
    CoverOpen,
    Cutter,
    Overheated,
    Fault,
    Offline,
    /// Somebody's paper stopped in it: it waits for a technician's word.
    Held,
    /// An earlier paper may still come out; the printer's word is awaited.
    Awaited,
    /// It answers no fence, so that no paper could be proven.
    NoFence,
    Mute,
    Garbled,
    Absent,
    InUse,
    Denied,
    /// There is none, or it did not say in time.
    Unknown,
}

impl PaperState {
    /// Whether a technician's word, that no paper is left in the printer, lets it go on.
    #[must_use]
    pub fn waits_for_a_word(self) -> bool {
        matches!(self, PaperState::Held | PaperState::Awaited | PaperState::NoFence)
    }

    /// Its name, on the line face and in the metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            PaperState::Ready => "ready",
            PaperState::Low => "low",
            PaperState::Out => "out",
            PaperState::CoverOpen => "cover_open",
            PaperState::Cutter => "cutter",
            PaperState::Overheated => "overheated",
            PaperState::Fault => "fault",
            PaperState::Offline => "offline",
            PaperState::Held => "held",
            PaperState::Awaited => "awaited",
            PaperState::NoFence => "no_fence",
            PaperState::Mute => "mute",
            PaperState::Garbled => "garbled",
            PaperState::Absent => "absent",
            PaperState::InUse => "in_use",
            PaperState::Denied => "denied",
            PaperState::Unknown => "unknown",
        }
    }
}

/// A walk over the whole journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Walked {
    pub at: Timestamp,
    pub whole: bool,
    pub facts: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatePage {
    pub totem: String,
    pub version: String,
    pub printer: PartState,
    /// What the printer says of itself.
    pub paper: PaperState,
    pub tef: PartState,
    /// By its last answer.
    pub erp: PartState,
    pub journal: PartState,
    /// Customers are served.
    pub in_service: bool,
    /// Payments that have not ended, and those of them that need a person.
    pub open: usize,
    pub person: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub walked: Option<Walked>,
    pub options: Vec<PanelOption>,
}

/// What can be chosen on a page, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PanelOption {
    pub id: &'static str,
    pub works: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// What has not ended, oldest first.
    Open,
    /// What needs a person, oldest first.
    Person,
    /// What was paid here, newest first.
    Receipts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListPage {
    pub list: Which,
    pub options: Vec<PanelRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelRow {
    /// The protocol; `bill:` and the ERP's id for a bill whose PDF was not shown.
    pub id: String,
    /// Local time at which the customer chose to pay, or wanted to see the PDF.
    pub at: DateTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<Money>,
    /// `pix`, `debit`, `credit`, … or `document`.
    pub method: &'static str,
    /// Where it stands, in the technician's language.
    pub stands: String,
}

/// Everything that is known of one payment, in the technician's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountPage {
    pub id: String,
    pub lines: Vec<PanelLine>,
    /// What a person has to do, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to_do: Vec<String>,
    pub options: Vec<PanelOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PanelLine {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResolvePage {
    pub id: String,
    pub options: Vec<PanelNote>,
}

/// One of the notes that a decision can be written down with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PanelNote {
    pub id: &'static str,
    pub text: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardsPage {
    pub tef: PartState,
    /// What the TEF says of itself and its pinpad.
    pub about: Vec<PanelLine>,
    /// Transactions that wait for their end. Absent where the TEF does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting: Option<Vec<PanelLine>>,
    /// Why the TEF does not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
    pub options: Vec<PanelOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MachinePage {
    /// The network, the last warnings, or whatever was asked for last.
    pub lines: Vec<PanelLine>,
    /// In percent. Absent where there is no such device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sound: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub light: Option<u8>,
    /// What a yes would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asks: Option<&'static str>,
    pub options: Vec<PanelOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TerminalPage {
    /// The payment that is given back. Absent for the TEF's menu.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The TEF's own words.
    pub message: String,
    pub cancellable: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<Prompt>,
}
