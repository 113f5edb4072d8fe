//! One totem on one machine: a lock file beside the journal, held as long as the program lives.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::{FlockOperation, flock};
use rustix::io::Errno;

use super::error::{Error, Fault};

/// The kernel lets go of it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "held, never read")] File);

impl Lock {
    pub(super) fn take(path: &Path) -> Result<Lock, Error> {
        let fault = |error: io::Error| Fault::from(error).at(path);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(fault)?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => {
                let mut holder = String::new();
                let process = file.read_to_string(&mut holder).ok().and_then(|_| holder.trim().parse().ok());
                return Err(Error::AlreadyRunning { path: path.to_owned(), process });
            }
            Err(error) => return Err(fault(error.into())),
        }
        file.set_len(0).and_then(|()| file.rewind()).map_err(fault)?;
        writeln!(file, "{}", std::process::id()).map_err(fault)?;
        Ok(Lock(file))
    }
}

/// The machine's lock without the journal: while it is held no totem starts. Nothing where no totem has ever run here,
/// for then there is no lock file, and one of another owner would keep the totem out.
pub fn hold(path: &Path) -> Result<Option<Lock>, Error> {
    let lock = super::schema::beside(path, ".lock");
    if lock.exists() { Lock::take(&lock).map(Some) } else { Ok(None) }
}
