//! A note on disk while a job is in the printer: after a power cut it tells that somebody's paper may be in there.

use std::io::Write;
use std::path::{Path, PathBuf};

const FILE: &str = "printer-job";
const AT_WORK: &str = "at work\n";
const STOPPED: &str = "stopped\n";

/// What an earlier run left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// A job that had not ended.
    AtWork,
    /// A job that the printer had stopped in.
    Stopped,
}

#[derive(Debug, Clone)]
pub struct Memory {
    file: Option<PathBuf>,
}

impl Memory {
    /// Nothing is remembered.
    #[must_use]
    pub fn none() -> Memory {
        Memory { file: None }
    }

    #[must_use]
    pub fn in_folder(folder: &Path) -> Memory {
        Memory { file: Some(folder.join(FILE)) }
    }

    #[must_use]
    pub fn left(&self) -> Left {
        let Some(text) = self.file.as_ref().and_then(|file| std::fs::read_to_string(file).ok()) else {
            return Left::Nothing;
        };
        // half a word is a power cut while it was written
        if text == STOPPED { Left::Stopped } else { Left::AtWork }
    }

    /// Before the first byte of a job.
    pub fn begin(&self) {
        self.write(AT_WORK);
    }

    pub fn stopped(&self) {
        self.write(STOPPED);
    }

    pub fn end(&self) {
        if let Some(file) = &self.file
            && let Err(error) = std::fs::remove_file(file)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the note of the printer's job stays");
        }
    }

    /// A disk that is full must not keep a receipt back; the journal sees to the money.
    fn write(&self, word: &str) {
        let Some(file) = &self.file else { return };
        let written = std::fs::File::create(file).and_then(|mut note| {
            note.write_all(word.as_bytes())?;
            note.sync_data()
        });
        if let Err(error) = written {
            tracing::warn!(%error, "the printer's job could not be noted");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_remembered_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let memory = Memory::in_folder(folder.path());
        assert_eq!(memory.left(), Left::Nothing);
        memory.begin();
        assert_eq!(memory.left(), Left::AtWork);
        memory.stopped();
        assert_eq!(Memory::in_folder(folder.path()).left(), Left::Stopped);
        memory.end();
        memory.end();
        assert_eq!(memory.left(), Left::Nothing);
        std::fs::write(folder.path().join(FILE), "").unwrap();
        assert_eq!(memory.left(), Left::AtWork, "torn");
        Memory::none().begin();
        assert_eq!(Memory::none().left(), Left::Nothing);
    }
}
