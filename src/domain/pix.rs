//! A PIX code, and who can say that it was paid.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Money;

/// Who can say that the money came. It decides whether we write off: never for `Erp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedBy {
    /// The ERP's own bank: we watch the bill in the ERP.
    Erp,
    /// A bank's API: we watch the charge and write the bill off.
    Bank,
    /// Nobody but a person with the account's statement, or the ERP.
    Person,
}

/// A code to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixCharge {
    /// The provider's name in the configuration.
    pub provider: String,
    pub txid: String,
    /// The copia-e-cola, verbatim.
    pub payload: String,
    pub confirmed_by: ConfirmedBy,
    /// Seconds the code can be paid, where it ends.
    pub expires_in_s: Option<u32>,
}

/// One Pix that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixReceipt {
    pub end_to_end: String,
    /// What is kept of it: what was given back is not in it.
    pub amount: Money,
    pub at: Timestamp,
}
