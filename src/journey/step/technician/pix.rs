//! PIX at the panel: where it can be tried, and a code of one cent.

use serde::Serialize;

use super::PanelOption;
use crate::domain::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PixPage {
    /// The one that would be tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
    /// Why none can be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<NoPixTry>,
    /// Tries whose end the bank has not told.
    pub under_way: usize,
    pub options: Vec<PanelOption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoPixTry {
    /// No PIX is configured.
    NoPix,
    /// Nobody could give the cent back from here.
    NobodyGivesBack,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PixTryPage {
    pub bank: String,
    pub amount_cents: Money,
    /// The copia-e-cola. Absent before the bank has given it, and after it was paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payload: Option<String>,
    /// It is paid, and on its way back.
    pub paid: bool,
}
