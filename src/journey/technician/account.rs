//! What the desk tells of itself, and of one payment, for the panel to show.

use crate::domain::{InvoiceId, PaymentId};
use crate::journey::step::{PanelLine, PartState, Walked};

/// What the panel's first page shows, beside printer and TEF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    pub totem: String,
    pub version: String,
    pub erp: PartState,
    pub journal: PartState,
    pub open: usize,
    pub person: usize,
    pub walked: Option<Walked>,
}

/// One payment as the technician reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Nobody's where it is about a bill's PDF or a try of PIX.
    pub id: PaymentId,
    /// It is about this bill's PDF, and no payment.
    pub doubt: Option<InvoiceId>,
    /// It is about this try of PIX, and no payment.
    pub pix_try: Option<String>,
    /// How many facts of its payment this tells of.
    pub facts: usize,
    pub lines: Vec<PanelLine>,
    pub to_do: Vec<String>,
    /// A person's decision is waited for.
    pub can_resolve: bool,
    /// There is a receipt to be printed again.
    pub can_copy: bool,
    /// Its card sale can be given back.
    pub can_reverse: bool,
}
