//! Paper and greeting at the panel.

use jiff::civil::DateTime;
use serde::Serialize;

use super::{PanelOption, PaperState, PartState};
use crate::journey::intent::Language;

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperPage {
    pub printer: PartState,
    pub paper: PaperState,
    /// Local time at which the roll was put in. Absent where nobody has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<String>,
    /// About how many papers came out since.
    pub papers: u32,
    pub options: Vec<PanelOption>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GreetingPage {
    /// In which the totem greets.
    pub language: Language,
    pub configured: Language,
    /// Where it was chosen at the panel: local time, and by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_at: Option<DateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_by: Option<String>,
    pub options: Vec<PanelOption>,
}
