//! What goes to a partner and what comes back, and why nothing came back.

use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Method, Url};

use super::Distrust;

/// One request, complete but for the base address.
pub struct Request {
    pub operation: &'static str,
    pub method: Method,
    pub url: Url,
    pub headers: HeaderMap,
    pub body: Option<Body>,
    pub within: Duration,
    pub at_most: usize,
}

pub enum Body {
    Json(String),
    Form(Vec<(&'static str, String)>),
    /// A form whose names are not known before.
    Pairs(Vec<(String, String)>),
}

/// Status and body. `Debug` shows no body.
#[derive(Default)]
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
    /// How long the partner asks to be left alone.
    pub retry_after: Option<Duration>,
    /// The partner's clock.
    pub date: Option<Timestamp>,
}

impl Answer {
    pub(super) fn begun(status: u16, headers: &HeaderMap) -> Answer {
        let text = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
        let time = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
        let date = text(DATE).and_then(time);
        let retry_after = text(RETRY_AFTER).and_then(|told| match told.parse() {
            Ok(seconds) => Some(Duration::from_secs(seconds)),
            Err(_) => Duration::try_from(time(told)?.duration_since(date?)).ok(),
        });
        Answer { status, body: Vec::new(), retry_after, date }
    }

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
    /// One side does not accept the other's certificate: nothing was asked of the partner.
    Untrusted(Distrust),
    /// A redirect to another scheme, host or port, or too many of them.
    Redirected,
}

impl Lost {
    pub(super) fn is_worth_another_try(&self) -> bool {
        matches!(self, Lost::NotSent(_) | Lost::Down(_))
    }

    pub(super) fn is_failure(&self) -> bool {
        matches!(self, Lost::NotSent(_) | Lost::NoAnswer(_) | Lost::Down(_))
    }
}
