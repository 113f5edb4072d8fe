//! A bill that is sent to the customer, as its screens tell of it.

use serde::Serialize;

/// The way to the address that the provider knows of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SendBy {
    Email,
    Sms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SendNews {
    Sending,
    Sent,
    /// The provider said no: it may be wished again.
    Refused,
    /// It may be on its way or not: it is not sent again.
    Unknown,
}

/// A bill that can be sent, and what became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sending {
    pub sends_by: SendBy,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<SendNews>,
}
