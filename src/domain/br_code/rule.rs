//! Rules that hold both for what is read and for what is written.

use super::{Flaw, LONGEST_KEY, LONGEST_LOCATION};

pub(super) fn printable(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

pub(super) fn key(key: &str) -> Result<(), Flaw> {
    if key.len() > LONGEST_KEY {
        return Err(Flaw::TooLong(LONGEST_KEY));
    }
    if printable(key) { Ok(()) } else { Err(Flaw::Value("a key has no blanks, accents or control characters")) }
}

pub(super) fn location(location: &str) -> Result<(), Flaw> {
    if location.len() > LONGEST_LOCATION {
        return Err(Flaw::TooLong(LONGEST_LOCATION));
    }
    if !printable(location) {
        return Err(Flaw::Value("a location has no blanks, accents or control characters"));
    }
    if location.contains("://") {
        return Err(Flaw::Value("a location is written without https://"));
    }
    match location.split_once('/') {
        Some((host, path)) if !host.is_empty() && !path.is_empty() => Ok(()),
        _ => Err(Flaw::Value("a location has a host and a path")),
    }
}

/// Both locations of a composite code are of one bank.
pub(super) fn same_host(location: &str, recurrence: &str) -> Result<(), Flaw> {
    let host = |text: &str| text.split('/').next().unwrap_or_default().to_ascii_lowercase();
    if host(location) == host(recurrence) {
        Ok(())
    } else {
        Err(Flaw::Value("the recurrence is kept by another host than the charge"))
    }
}
