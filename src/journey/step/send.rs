//! A bill that is sent to the customer, as its screens tell of it.

use serde::Serialize;

use crate::domain::service::Channel;

/// The way to the address that the provider knows of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// The way it goes where there is one only; the first of several.
    pub sends_by: Channel,
    /// It is asked first where to.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub choose: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sent: Option<SendNews>,
}
