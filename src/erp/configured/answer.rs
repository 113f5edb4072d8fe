//! What came back, as a definition's expressions see it: JSON, a plain text, a page of HTML, or nothing.

use std::borrow::Cow;

use jaq_json::Val;

use super::jq;
use crate::http::Answer;

/// Deeper than any ERP nests, and shallow enough for every reader.
const NESTED_AT_MOST: usize = 64;
/// A longer text is no message.
const TEXT_AT_MOST: usize = 2000;

pub(super) struct Heard {
    pub status: u16,
    pub kind: Kind,
    /// The JSON; null where there is none.
    pub json: Val,
    /// The words of a plain text or of a bare JSON string; empty else.
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Json,
    Text,
    Html,
    Empty,
    /// Neither JSON nor a short text.
    Broken,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Json => "json",
            Kind::Text => "text",
            Kind::Html => "html",
            Kind::Empty => "empty",
            Kind::Broken => "broken",
        }
    }
}

impl Heard {
    pub(super) fn of(answer: &Answer) -> Heard {
        let text = decoded(&answer.body);
        let text = text.trim_start_matches('\u{feff}').trim();
        let heard = |kind, json, text: &str| Heard { status: answer.status, kind, json, text: text.to_owned() };
        match text.bytes().next() {
            None => return heard(Kind::Empty, Val::Null, ""),
            Some(b'<') => return heard(Kind::Html, Val::Null, ""),
            Some(_) => {}
        }
        if let Some(json) = parsed(text).or_else(|| parsed(unwrapped(text)?)) {
            return match json {
                Val::Null => heard(Kind::Empty, Val::Null, ""),
                Val::TStr(ref word) => {
                    let word = String::from_utf8_lossy(word).into_owned();
                    heard(Kind::Json, json, &word)
                }
                json => heard(Kind::Json, json, ""),
            };
        }
        let is_message = text.len() <= TEXT_AT_MOST && !text.starts_with(['{', '[', '"', '%']);
        if is_message && !text.chars().any(|letter| letter.is_control() && !letter.is_whitespace()) {
            heard(Kind::Text, Val::Null, text)
        } else {
            heard(Kind::Broken, Val::Null, "")
        }
    }
}

/// Strict JSON, not too deep; jaq's own reader takes more than JSON.
fn parsed(text: &str) -> Option<Val> {
    if depth(text) > NESTED_AT_MOST {
        return None;
    }
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    Some(jq::from_json(text))
}

/// `{ [ … ] }`, which is not JSON and is printed in document 003 for every list.
fn unwrapped(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?.trim();
    (inner.starts_with('[') && inner.ends_with(']')).then_some(inner)
}

/// How deep brackets stand inside each other, as far as that can be told without reading the text.
fn depth(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                open += 1;
                most = most.max(open);
            }
            b'}' | b']' if !in_text => open = open.saturating_sub(1),
            _ => {}
        }
    }
    most
}

/// UTF-8, or else Latin-1: an old server says neither.
fn decoded(body: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(body).map_or_else(|_| body.iter().map(|&byte| char::from(byte)).collect(), Cow::Borrowed)
}
