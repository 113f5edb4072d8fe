//! What a receipt must say, whoever prints it.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use super::{CardSale, Charge, Money};

/// Who is paid: printed at the head of every paper.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beneficiary {
    /// The name that customers know, above the one of the register; empty where that is the one.
    #[serde(skip)]
    pub brand: String,
    pub name: String,
    /// With its punctuation, as it is printed.
    pub tax_id: String,
    pub address: String,
    pub help_phone: String,
}

/// Proof of a payment. The payer appears as "Maria S." and `***.***.*89-01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub beneficiary: Beneficiary,
    /// What the ERP wants above the receipt of this payment, one text a bill, the same one once.
    pub heads: Vec<String>,
    pub totem: String,
    pub protocol: String,
    /// Local date and time of the payment.
    pub at: DateTime,
    pub payer: String,
    pub payer_tax_id: String,
    pub items: Vec<ReceiptItem>,
    pub total: Money,
    /// What came, where it is not the total.
    pub received: Option<Money>,
    pub given_back: Option<GivenBack>,
    pub means: Means,
    pub write_off: WriteOffState,
    /// When a second copy is made, which is marked as one; nothing on the first.
    pub copy: Option<DateTime>,
}

/// A card sale that was given back (estorno).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenBack {
    /// Local date and time.
    pub at: DateTime,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptItem {
    pub number: String,
    pub description: String,
    pub due: Date,
    pub charge: Charge,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Means {
    Card(CardSale),
    Pix { end_to_end: Option<String>, txid: Option<String> },
}

/// What the ERP has said of this payment so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WriteOffState {
    /// Written off, and the ERP said so.
    Settled,
    /// Received; the write-off (baixa) is still being processed.
    Owed,
    /// The bank settles it with the ERP by itself.
    ByErp,
    /// Received; a person at the provider writes it off.
    ByHand,
}
