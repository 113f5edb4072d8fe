//! How long the journal keeps what has ended.

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JournalChoices {
    /// Payments that ended longer ago are forgotten; 0: none is.
    pub keep_months: u32,
}

impl Default for JournalChoices {
    fn default() -> Self {
        JournalChoices { keep_months: 60 }
    }
}

impl JournalChoices {
    #[must_use]
    pub fn months(&self) -> Option<u32> {
        (self.keep_months > 0).then_some(self.keep_months)
    }
}
