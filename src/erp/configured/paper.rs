//! A PDF, however an ERP hands it over: as the answer itself, as base64 in it, or as a link.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::{Configured, garbled};
use crate::erp::Error;
use crate::http::PDF_AT_MOST;

/// A paper of the largest size as base64, with some JSON around it.
pub(super) const ANSWER_AT_MOST: usize = PDF_AT_MOST / 3 * 4 + 64 * 1024;

pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// `%PDF-` in base64, with or without quotes: what some ERPs answer with instead of JSON.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    let bare = bytes.trim_ascii_start();
    bare.strip_prefix(b"\"").unwrap_or(bare).starts_with(b"JVBERi0")
}

pub(super) fn within_limit(operation: &'static str, paper: Vec<u8>) -> Result<Vec<u8>, Error> {
    if paper.len() > PDF_AT_MOST {
        return Err(garbled(operation, &format!("more than {PDF_AT_MOST} bytes")));
    }
    if is_pdf(&paper) { Ok(paper) } else { Err(garbled(operation, "it is not a PDF")) }
}

impl Configured {
    /// What a text stands for: the file behind a link, or in base64.
    pub(super) async fn unpacked(&self, operation: &'static str, text: &str) -> Result<Vec<u8>, Error> {
        let text = text.trim();
        if text.starts_with("https://") || text.starts_with("http://") {
            let answer = self.session.fetch(operation, text, self.paper_bounds()).await?;
            return match answer.status {
                200..=299 => within_limit(operation, answer.body),
                500.. => Err(Error::Unreachable(format!("HTTP {} behind its link", answer.status))),
                status => Err(garbled(operation, &format!("HTTP {status} behind its link"))),
            };
        }
        let bare = text.strip_prefix("data:application/pdf;base64,").unwrap_or(text);
        let packed: String = bare.chars().filter(|letter| !letter.is_whitespace()).collect();
        let paper = BASE64_STANDARD.decode(packed).map_err(|_| garbled(operation, "neither a link nor base64"))?;
        within_limit(operation, paper)
    }
}
