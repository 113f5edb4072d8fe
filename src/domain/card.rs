//! What the TEF tells of a card sale, less everything that identifies the card.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

use super::Money;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardKind {
    Credit,
    Debit,
    /// A digital wallet or PIX that the card network charges: a code for the customer's phone, no card.
    Wallet,
}

/// An approved sale. It holds no card number, no holder's name and no expiry date; of the card only the last four digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardSale {
    /// The fiscal document number we sent (field 002).
    pub coupon: u64,
    pub amount: Money,
    pub kind: CardKind,
    pub instalments: u8,
    /// The acquirer's network, exactly as the TEF wrote it: it is echoed in the confirmation.
    pub network: String,
    pub brand: String,
    pub nsu: String,
    pub authorization: String,
    /// The TEF's finalisation control (field 027), opaque and returned verbatim.
    pub finalization: String,
    pub last4: String,
    /// Date and time on the receipt, local.
    pub at: Option<DateTime>,
    /// Whether the TEF waits for exactly one confirm or undo.
    pub must_be_finalized: bool,
    pub customer_copy: Vec<String>,
    pub merchant_copy: Vec<String>,
}

impl CardSale {
    /// Whether two descriptions speak of one transaction at the TEF. Where one names neither network nor NSU, the
    /// finalisation control alone tells.
    #[must_use]
    pub fn is_same_transaction(&self, other: &CardSale) -> bool {
        let is_bare = |sale: &CardSale| sale.network.is_empty() && sale.nsu.is_empty();
        self.finalization == other.finalization
            && if is_bare(self) || is_bare(other) {
                !self.finalization.is_empty() || (is_bare(self) && is_bare(other))
            } else {
                self.network == other.network && self.nsu == other.nsu
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(network: &str, nsu: &str, finalization: &str) -> CardSale {
        CardSale {
            coupon: 1,
            amount: Money::ZERO,
            kind: CardKind::Debit,
            instalments: 1,
            network: network.into(),
            brand: String::new(),
            nsu: nsu.into(),
            authorization: String::new(),
            finalization: finalization.into(),
            last4: String::new(),
            at: None,
            must_be_finalized: true,
            customer_copy: Vec::new(),
            merchant_copy: Vec::new(),
        }
    }

    #[test]
    fn a_sale_that_the_tef_names_only_by_its_control_is_still_known() {
        let ours = sale("REDE", "1", "7A0C");
        for (theirs, same) in [
            (sale("REDE", "1", "7A0C"), true),
            (sale("", "", "7A0C"), true),
            (sale("REDE", "2", "7A0C"), false),
            (sale("", "1", "7A0C"), false),
            (sale("", "", "7A0D"), false),
        ] {
            assert_eq!(ours.is_same_transaction(&theirs), same, "{theirs:?}");
            assert_eq!(theirs.is_same_transaction(&ours), same, "{theirs:?}");
        }
        assert!(!sale("REDE", "1", "").is_same_transaction(&sale("", "", "")));
    }
}
