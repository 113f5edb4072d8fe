//! What a payment owes the ERP.

use super::fact::SettledHow;

/// What is owed to the ERP for one bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Debt {
    /// No confirmed money yet.
    None,
    Owed,
    /// A write-off is under way.
    Sent,
    /// A write-off went out and nobody knows what became of it.
    Unclear,
    /// After that, the bill was read and is open.
    FoundOpen,
    Settled(SettledHow),
    Rejected,
    /// Somebody else settled the bill: the customer's money goes back.
    PaidElsewhere,
}

impl Debt {
    /// Whether the write-off is still to come through.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self, Debt::Owed | Debt::Sent | Debt::Unclear | Debt::FoundOpen)
    }
}
