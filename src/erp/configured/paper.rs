//! A PDF, however an ERP hands it over: as the answer itself, as base64 in it, or as a link.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jaq_json::Val;
use serde_json::{Map, Value as Json};

use super::answer::Heard;
use super::context::Context;
use super::definition::Operation;
use super::run::{Told, failed_read};
use super::session::{Bounds, refused};
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
    /// A paper: the file itself, or what `read` makes of the answer, a link or base64.
    pub(super) async fn paper(&self, operation: &Operation, given: Map<String, Json>) -> Result<Vec<u8>, Error> {
        let name = operation.op.name();
        let mut context = Context::new(given, self.today().to_string());
        let last = self.prepare(operation, &mut context).await?;
        if let (Some(when), Some(read)) = (&operation.main.when, &operation.read) {
            let scene = self.quiet(&context);
            let asks = when.holds(last, &scene).await.map_err(|failed| failed_read(name, "when", failed))?;
            if !asks {
                // what came before has the paper already
                let value = read.first(Val::Null, &scene).await.map_err(|failed| failed_read(name, "read", failed))?;
                return self.handed_over(name, value).await;
            }
        }
        let answer = self.session.read(name, &operation.main, &context, self.paper_bounds()).await?;
        if answer.is_success() && is_pdf(&answer.body) {
            return within_limit(name, answer.body);
        }
        if answer.is_success() && is_packed(&answer.body) {
            return self.unpacked(name, String::from_utf8_lossy(&answer.body).trim().trim_matches('"')).await;
        }
        let heard = Heard::of(&answer);
        let Told::Value(value) = self.hear(name, &operation.main, &context, &heard).await? else {
            return Err(refused(name, "the ERP has no such paper"));
        };
        let value = match &operation.read {
            Some(read) => {
                read.first(value, &self.quiet(&context)).await.map_err(|failed| failed_read(name, "read", failed))?
            }
            None => Some(value),
        };
        self.handed_over(name, value).await
    }

    /// A paper as an expression gave it.
    async fn handed_over(&self, name: &'static str, value: Option<Val>) -> Result<Vec<u8>, Error> {
        match value {
            Some(Val::TStr(text)) => self.unpacked(name, &String::from_utf8_lossy(&text)).await,
            Some(Val::Null) | None => Err(refused(name, "the ERP has no such paper")),
            Some(_) => Err(garbled(name, "neither a link nor a file")),
        }
    }

    pub(super) fn paper_bounds(&self) -> Bounds {
        let within = self.session.http.patience().document;
        Bounds { within, at_most: ANSWER_AT_MOST }
    }

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
