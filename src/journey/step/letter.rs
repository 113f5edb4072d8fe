//! A paper that goes to the customer by the site's own courier, as its screens tell of it.

use serde::Serialize;

use super::SendBy;

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterNews {
    Sending,
    /// Taken over by whoever brings it.
    Sent,
    /// Not taken: it may be wished again.
    Refused,
    /// It may be on its way or not: it is not sent again.
    Unknown,
    /// There were too many in this hour or of this customer.
    TooMany,
    /// No letter carries so much.
    TooLarge,
}

impl LetterNews {
    /// Whether the same may be wished again.
    #[must_use]
    pub fn may_be_wished(self) -> bool {
        self == LetterNews::Refused
    }
}

/// A way to the customer, and what became of the wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mailing {
    pub by: SendBy,
    /// Where to, veiled.
    pub to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<LetterNews>,
}
