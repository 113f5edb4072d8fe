//! One request and what comes back: the acknowledgement in time, then, for a sale, the response at the customer's pace.

use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::fields::{FieldId, Fields};
use super::folders::{Folders, Withdrawal};
use super::parse::Parsed;
use super::write::write;
use crate::tef::Error;

pub(super) struct Handshake<'a> {
    pub folders: &'a Folders,
    pub sts_timeout: Duration,
    pub response_limit: Duration,
    pub poll: Duration,
}

/// How a request that wants a response ended.
pub(super) enum Conversation {
    /// Whole, and an answer to this request. It is still in its folder.
    Answered { path: PathBuf, fields: Fields },
    /// The manager certainly did not take it.
    NotBegun(Error),
    /// The manager took it, or may have, and no answer came.
    Lost(String),
}

impl Handshake<'_> {
    /// ATV, CNF, NCN: only acknowledged.
    pub fn notify(&self, request: &Fields) -> Result<(), Error> {
        self.send(request)?;
        let begun = Instant::now();
        while begun.elapsed() < self.sts_timeout {
            if self.take_acknowledgement(request) {
                return Ok(());
            }
            sleep(self.poll);
        }
        self.folders.withdraw_request()?;
        sleep(self.poll);
        if self.take_acknowledgement(request) { Ok(()) } else { Err(self.silence()) }
    }

    /// CRT. A whole response to another request is shown to `stray` at every look; a torn one may become whole.
    /// Neither is removed: ours could take its place at that moment.
    pub fn converse(&self, request: &Fields, mut stray: impl FnMut(&Fields)) -> Conversation {
        if let Err(error) = self.send(request) {
            return Conversation::NotBegun(error);
        }
        let begun = Instant::now();
        let mut is_taken = false;
        loop {
            for (path, Parsed { fields, complete }) in self.folders.responses() {
                match complete {
                    true if is_about(&fields, request) => return Conversation::Answered { path, fields },
                    true => stray(&fields),
                    false => {}
                }
            }
            if self.take_acknowledgement(request) {
                is_taken = true;
            }
            if !is_taken && begun.elapsed() >= self.sts_timeout {
                match self.folders.withdraw_request() {
                    Ok(Withdrawal::Withdrawn) => {
                        // The manager may have read it just before it was removed: one look more.
                        sleep(self.poll);
                        if !self.take_acknowledgement(request) && !self.has_response(request) {
                            return Conversation::NotBegun(self.silence());
                        }
                    }
                    Ok(Withdrawal::AlreadyTaken) => {}
                    Err(error) => return Conversation::Lost(format!("not acknowledged, not withdrawn: {error}")),
                }
                is_taken = true;
            }
            if begun.elapsed() >= self.response_limit.max(self.sts_timeout) {
                return Conversation::Lost(format!("no answer within {} s", self.response_limit.as_secs()));
            }
            sleep(self.poll);
        }
    }

    fn send(&self, request: &Fields) -> Result<(), Error> {
        tracing::debug!(
            command = request.get(FieldId::COMMAND),
            request = request.get(FieldId::REQUEST),
            fields = ?request,
            "TEF request"
        );
        self.folders.clear_leftovers()?;
        self.folders.put_request(&write(request))
    }

    fn take_acknowledgement(&self, request: &Fields) -> bool {
        for (path, Parsed { fields, complete }) in self.folders.acknowledgements() {
            if complete && is_about(&fields, request) {
                let _ = self.folders.remove(&path);
                return true;
            }
        }
        false
    }

    fn has_response(&self, request: &Fields) -> bool {
        self.folders.responses().iter().any(|(_, Parsed { fields, complete })| *complete && is_about(fields, request))
    }

    fn silence(&self) -> Error {
        Error::Silent(format!("no acknowledgement within {} ms", self.sts_timeout.as_millis()))
    }
}

/// The same command and the same number. Managers may write the number with leading zeros.
fn is_about(answer: &Fields, request: &Fields) -> bool {
    let number = request.number(FieldId::REQUEST);
    number.is_some()
        && answer.number(FieldId::REQUEST) == number
        && answer.text(FieldId::COMMAND) == request.text(FieldId::COMMAND)
}
