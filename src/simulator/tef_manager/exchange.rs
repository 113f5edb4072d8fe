//! The two folders, `req` and `resp`, and the names of the files in them. Names are found in any case.

use std::io;
use std::path::{Path, PathBuf};

use crate::simulator::state;

use super::orders::Case;

#[derive(Debug)]
pub struct Exchange {
    requests: PathBuf,
    responses: PathBuf,
}

#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Acknowledgement,
    Response,
}

impl Exchange {
    pub fn open(folder: &Path) -> io::Result<Self> {
        let exchange = Exchange { requests: folder.join("req"), responses: folder.join("resp") };
        std::fs::create_dir_all(&exchange.requests)?;
        std::fs::create_dir_all(&exchange.responses)?;
        Ok(exchange)
    }

    pub fn requests(&self) -> &Path {
        &self.requests
    }

    pub fn responses(&self) -> &Path {
        &self.responses
    }

    pub fn waiting(&self) -> io::Result<Option<PathBuf>> {
        for entry in std::fs::read_dir(&self.requests)? {
            let entry = entry?;
            if entry.file_name().eq_ignore_ascii_case("intpos.001") {
                return Ok(Some(entry.path()));
            }
        }
        Ok(None)
    }

    /// Puts a file into the response folder in one step.
    pub fn put(&self, kind: Kind, case: Case, bytes: &[u8]) -> io::Result<()> {
        state::write_whole(&self.path(kind, case), bytes)
    }

    /// Writes into the response file itself, as a manager does that dies while it writes.
    pub fn put_unsafely(&self, case: Case, bytes: &[u8]) -> io::Result<()> {
        std::fs::write(self.path(Kind::Response, case), bytes)
    }

    pub fn take_back(&self, kind: Kind, case: Case) {
        std::fs::remove_file(self.path(kind, case)).ok();
    }

    fn path(&self, kind: Kind, case: Case) -> PathBuf {
        self.responses.join(match (kind, case) {
            (Kind::Acknowledgement, Case::Lower) => "intpos.sts",
            (Kind::Acknowledgement, Case::Mixed) => "IntPos.Sts",
            (Kind::Acknowledgement, Case::Upper) => "INTPOS.STS",
            (Kind::Response, Case::Lower) => "intpos.001",
            (Kind::Response, Case::Mixed) => "IntPos.001",
            (Kind::Response, Case::Upper) => "INTPOS.001",
        })
    }
}
