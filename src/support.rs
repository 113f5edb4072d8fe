//! What a technician carries away from a totem, so that somebody far away can help: texts about the machine, and nothing
//! about any customer.
//!
//! Whoever writes a text already leaves out what is personal. What looks like it all the same is covered here once more.

mod lately;
mod network;
mod scrub;
mod stick;
mod tar;

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

pub use lately::{Lately, last_lines};
pub use network::{Route, facts};
pub use scrub::scrubbed;
pub use stick::{Stick, sticks};

/// One text of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub name: &'static str,
    pub text: String,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("nenhum pen drive está montado: encaixe um e espere")]
    NoStick,
    #[error("o pen drive está montado só para leitura")]
    ReadOnly,
    #[error("não há espaço em {}", .0.display())]
    Full(PathBuf),
    #[error("já existe {}: escolha outro nome", .0.display())]
    Taken(PathBuf),
    #[error("{} não pôde ser escrito: {}", .0.display(), .1)]
    Unwritten(PathBuf, io::Error),
}

/// How many names are tried where one is taken.
const NAMES: u32 = 20;

/// Writes all papers into one new file. What is there is never written over, and no link is followed; what cannot be
/// finished is taken away again.
pub fn write(path: &Path, papers: &[Paper], unix_s: u64) -> Result<(), Error> {
    finished(&begun(path)?, path, papers, unix_s)
}

fn begun(path: &Path) -> Result<File, Error> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(|why| failed(path, why))
}

fn finished(file: &File, path: &Path, papers: &[Paper], unix_s: u64) -> Result<(), Error> {
    written(file, papers, unix_s).and_then(|()| is_there(file, path)).map_err(|why| {
        // on a stick that was pulled out there is nothing of ours left to take away
        if is_there(file, path).is_ok() {
            let _ = std::fs::remove_file(path);
        }
        failed(path, why)
    })
}

/// A stick that is pulled out while the machine lets go of it takes every write and keeps none.
fn is_there(file: &File, path: &Path) -> io::Result<()> {
    let (written, found) = (file.metadata()?, std::fs::symlink_metadata(path)?);
    let is_same = (written.dev(), written.ino()) == (found.dev(), found.ino());
    if is_same { Ok(()) } else { Err(io::Error::other("saiu enquanto se gravava")) }
}

fn written(mut file: &File, papers: &[Paper], unix_s: u64) -> io::Result<()> {
    for Paper { name, text } in papers {
        let text = scrubbed(text);
        file.write_all(&tar::head(name, text.len(), unix_s)?)?;
        file.write_all(text.as_bytes())?;
        file.write_all(tar::padding(text.len()))?;
    }
    file.write_all(&tar::END)?;
    file.sync_all()
}

/// The same on the stick that is there, under a name that nobody has taken. Returns the file.
pub fn carry(stick: &Stick, name: &str, papers: &[Paper], unix_s: u64) -> Result<PathBuf, Error> {
    if stick.read_only {
        return Err(Error::ReadOnly);
    }
    let mut last = Error::NoStick;
    for number in 1..=NAMES {
        let name = if number == 1 { format!("{name}.tar") } else { format!("{name}-{number}.tar") };
        let path = stick.path.join(name);
        match write(&path, papers, unix_s) {
            Ok(()) => return Ok(path),
            Err(error @ Error::Taken(_)) => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

fn failed(path: &Path, why: io::Error) -> Error {
    match why.kind() {
        io::ErrorKind::AlreadyExists => Error::Taken(path.to_owned()),
        io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            Error::Full(path.parent().unwrap_or(path).to_owned())
        }
        _ => Error::Unwritten(path.to_owned(), why),
    }
}

#[cfg(test)]
mod tests;
