//! The two folders and the files in them, whose names are matched in any case.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::Access;

use super::parse::{Parsed, parse};
use crate::tef::Error;
use crate::tef::durable::{folder_error, sync_parent, write_synced};
use crate::tef::masking::wipe;

pub(super) struct Folders {
    request: PathBuf,
    response: PathBuf,
    stem: &'static str,
}

/// Whether a request was still there to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Withdrawal {
    Withdrawn,
    /// The manager has it.
    AlreadyTaken,
}

/// A longest receipt is some 40 kB; more than this is no answer of a manager.
const LARGEST_FILE: u64 = 1 << 20;

impl Folders {
    pub fn new(request: PathBuf, response: PathBuf, stem: &'static str) -> Folders {
        Folders { request, response, stem }
    }

    /// Removes what an older request left: a half-written one, one never taken, an acknowledgement never read.
    /// A response is left alone: it must be examined first.
    pub fn clear_leftovers(&self) -> Result<(), Error> {
        for folder in [&self.request, &self.response] {
            rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK)
                .map_err(|cause| folder_error(folder, &cause))?;
        }
        for (folder, extension) in [(&self.request, "tmp"), (&self.request, "001"), (&self.response, "sts")] {
            for path in self.find(folder, extension).map_err(|cause| folder_error(folder, &cause))? {
                self.remove(&path)?;
            }
        }
        Ok(())
    }

    /// Puts a whole request before the manager. Where this fails the manager has seen nothing.
    pub fn put_request(&self, bytes: &[u8]) -> Result<(), Error> {
        let unfinished = self.request.join(format!("{}.tmp", self.stem));
        let request = self.request.join(format!("{}.001", self.stem));
        let written = write_synced(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &request));
        if let Err(cause) = written {
            // A share may lose the answer to a rename it did: then the request is out, and is waited for.
            let is_out = matches!(unfinished.try_exists(), Ok(false)) && !matches!(request.try_exists(), Ok(false));
            if !is_out {
                let _ = fs::remove_file(&unfinished);
                return Err(folder_error(&request, &cause));
            }
        }
        // Not every share can sync a directory; the rename alone keeps the manager from half a file.
        let _ = sync_parent(&request);
        Ok(())
    }

    pub fn withdraw_request(&self) -> Result<Withdrawal, Error> {
        let mut withdrawal = Withdrawal::AlreadyTaken;
        for path in self.find(&self.request, "001").map_err(|cause| folder_error(&self.request, &cause))? {
            match fs::remove_file(&path) {
                Ok(()) => withdrawal = Withdrawal::Withdrawn,
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(folder_error(&path, &cause)),
            }
        }
        Ok(withdrawal)
    }

    /// The acknowledgements that can be read now. One that vanishes meanwhile is none.
    pub fn acknowledgements(&self) -> Vec<(PathBuf, Parsed)> {
        self.readable("sts")
    }

    /// The responses that can be read now.
    pub fn responses(&self) -> Vec<(PathBuf, Parsed)> {
        self.readable("001")
    }

    /// All responses, where one that is there and cannot be read is an error.
    pub fn examine_responses(&self) -> Result<Vec<(PathBuf, Parsed)>, Error> {
        let mut responses = Vec::new();
        for path in self.find(&self.response, "001").map_err(|cause| folder_error(&self.response, &cause))? {
            if let Some(parsed) = read(&path).map_err(|cause| folder_error(&path, &cause))? {
                responses.push((path, parsed));
            }
        }
        Ok(responses)
    }

    pub fn remove(&self, path: &Path) -> Result<(), Error> {
        match fs::remove_file(path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(folder_error(path, &cause)),
            _ => Ok(()),
        }
    }

    fn readable(&self, extension: &str) -> Vec<(PathBuf, Parsed)> {
        let paths = self.find(&self.response, extension).unwrap_or_default();
        paths.into_iter().filter_map(|path| Some((path.clone(), read(&path).ok()??))).collect()
    }

    fn find(&self, folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
        let wanted = format!("{}.{extension}", self.stem);
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name().to_str().is_some_and(|name| name.eq_ignore_ascii_case(&wanted)) {
                found.push(entry.path());
            }
        }
        Ok(found)
    }
}

fn read(path: &Path) -> io::Result<Option<Parsed>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(cause),
    };
    // with room for all of it, so that no part is left behind where it grew out of
    let length = file.metadata()?.len().min(LARGEST_FILE);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 4_096);
    file.take(LARGEST_FILE).read_to_end(&mut bytes)?;
    let parsed = parse(&bytes);
    wipe(&mut bytes);
    Ok(Some(parsed))
}
