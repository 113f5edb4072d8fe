//! What goes to an ERP and what comes back, and why nothing came back.

use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, Url};

use crate::erp::Error;

/// One request, complete but for the base address.
pub struct Request {
    pub operation: &'static str,
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    /// A JSON body.
    pub body: Option<String>,
    pub within: Duration,
    pub at_most: usize,
}

/// Status and body. `Debug` shows no body.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    #[must_use]
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The server, or what stands before it, says that it cannot serve now.
    #[must_use]
    pub fn says_down(&self) -> bool {
        matches!(self.status, 429 | 502 | 503 | 504)
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("status", &self.status).field("bytes", &self.body.len()).finish()
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// Certainly not sent: no connection, or the breaker is open.
    NotSent(String),
    /// Sent at least in part, and no whole answer came: it may have been executed.
    NoAnswer(String),
    /// Answered 429, 502, 503 or 504 to the last try.
    Down(u16),
    TooLarge {
        at_most: usize,
    },
    /// A redirect to another scheme, host or port, or too many of them.
    Redirected,
}

impl Lost {
    #[must_use]
    pub fn for_read(self, operation: &'static str) -> Error {
        let garbled = |why: String| Error::Garbled { operation, why };
        match self {
            Lost::NotSent(why) | Lost::NoAnswer(why) => Error::Unreachable(why),
            Lost::Down(status) => Error::Unreachable(format!("HTTP {status}")),
            Lost::TooLarge { at_most } => garbled(format!("more than {at_most} bytes")),
            Lost::Redirected => garbled("redirected elsewhere".to_owned()),
        }
    }

    pub(super) fn is_worth_another_try(&self) -> bool {
        matches!(self, Lost::NotSent(_) | Lost::Down(_))
    }

    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Lost::NotSent(_) | Lost::NoAnswer(_) | Lost::Down(_))
    }
}
