//! The steps where something is in the way, and the codes that say what.

use serde::Serialize;

use super::Step;
use crate::domain::hours::Opens;

/// What happened, as a code that the technician looks up and the phrases explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TroubleCode {
    /// Unknown CPF and wrong second factor alike.
    NotFound,
    /// Known, and owes nothing.
    NothingOwed,
    /// The provider's system cannot be reached.
    ErpDown,
    /// The provider's system answers nonsense.
    ErpGarbled,
    /// The card was declined.
    CardDeclined,
    /// The customer gave up at the pinpad.
    CardCancelled,
    /// The card terminal does not answer.
    TefDown,
    /// No PIX code could be had.
    NoPixCode,
    /// The PIX code's time is over.
    PixExpired,
    /// No boleto could be had.
    NoBoleto,
    /// A document cannot be had or cannot be shown.
    NoDocument,
    /// The document's bars are not those of the bill.
    WrongDocument,
    /// The bill was paid in the meantime.
    AlreadyPaid,
    /// Too many wrong tries.
    Locked,
    /// No code can be sent now.
    NoCode,
    /// Too many codes were sent.
    TooManyCodes,
    /// An earlier payment of this bill is being settled.
    Settling,
    /// The provider sells nothing there.
    NotServed,
    /// The disk has no room for one more payment.
    NoRoom,
}

impl TroubleCode {
    /// The short code on the screen and in the manual.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            TroubleCode::NotFound => "C1",
            TroubleCode::NothingOwed => "C2",
            TroubleCode::ErpDown => "E1",
            TroubleCode::ErpGarbled => "E2",
            TroubleCode::CardDeclined => "T1",
            TroubleCode::CardCancelled => "T2",
            TroubleCode::TefDown => "T3",
            TroubleCode::NoPixCode => "P1",
            TroubleCode::PixExpired => "P2",
            TroubleCode::NoBoleto => "B1",
            TroubleCode::NoDocument => "B2",
            TroubleCode::WrongDocument => "B3",
            TroubleCode::AlreadyPaid => "C3",
            TroubleCode::Locked => "C4",
            TroubleCode::Settling => "C5",
            TroubleCode::NoCode => "C6",
            TroubleCode::TooManyCodes => "C7",
            TroubleCode::NotServed => "N1",
            TroubleCode::NoRoom => "J1",
        }
    }
}

impl Serialize for TroubleCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    pub code: TroubleCode,
    /// The TEF's own words, where the trouble is a declined card.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<String>,
    /// Minutes that are left to wait, where there were too many wrong tries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_min: Option<u32>,
    pub can_retry: bool,
    pub can_go_back: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StillThere {
    /// The name of the step below.
    pub over: &'static str,
    pub seconds_left: u32,
    #[serde(skip)]
    pub below: Box<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedWhy {
    /// The journal cannot be written or does not verify.
    Journal,
    /// The technician closed it.
    OutOfService,
    /// Starting: what an earlier run left is being settled.
    Recovering,
    /// The shop is closed at this hour.
    Hours,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Closed {
    pub code: &'static str,
    pub why: ClosedWhy,
    /// Not of the shop's hours: they say when it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<jiff::Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens: Option<Opens>,
}
