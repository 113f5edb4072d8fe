//! The last warnings of a totem, kept beside its journal: they are there after a restart too, and bounded for ever.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Two files of at most this size: the one that is written, and the one before.
const MOST: u64 = 256 * 1024;
/// Lines that wait for the disk. What comes faster is lost: nobody waits for a disk to write a line.
const WAITING: usize = 256;
const NAME: &str = "warnings.log";
const BEFORE: &str = "warnings.1.log";

/// Takes lines from any thread, and waits for nothing.
#[derive(Debug, Clone)]
pub struct Lately(SyncSender<Vec<u8>>);

impl Lately {
    /// Keeps them in this folder, on a thread of its own.
    pub fn open(folder: &Path) -> std::io::Result<Lately> {
        let (lines, received) = sync_channel(WAITING);
        let folder = folder.to_owned();
        std::thread::Builder::new().name("warnings".into()).spawn(move || keep(&folder, &received))?;
        Ok(Lately(lines))
    }
}

impl Write for Lately {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        // a full queue loses the line
        let _ = self.0.try_send(line.to_vec());
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn keep(folder: &Path, lines: &Receiver<Vec<u8>>) {
    let path = folder.join(NAME);
    let mut file: Option<File> = None;
    while let Ok(line) = lines.recv() {
        let full = file.as_ref().is_some_and(|file| file.metadata().is_ok_and(|found| found.len() > MOST));
        if full {
            file = None;
            let _ = std::fs::rename(&path, folder.join(BEFORE));
        }
        let open = || OpenOptions::new().append(true).create(true).mode(0o600).open(&path);
        let Some(to) = file.as_mut() else {
            // a folder that is not there yet, or a disk that is full: the next line tries again
            file = open().ok();
            if let Some(file) = file.as_mut() {
                let _ = file.write_all(&line);
            }
            continue;
        };
        if to.write_all(&line).is_err() {
            file = None;
        }
    }
}

/// The last lines that were kept, oldest first.
#[must_use]
pub fn last_lines(folder: &Path, most: usize) -> Vec<String> {
    let texts = [BEFORE, NAME].map(|name| tail(&folder.join(name)));
    let all: Vec<&str> = texts.iter().flat_map(|text| text.lines()).collect();
    all.iter().skip(all.len().saturating_sub(most)).map(|line| (*line).to_owned()).collect()
}

fn tail(path: &PathBuf) -> String {
    let read = || -> std::io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(2 * MOST)))?;
        let mut bytes = Vec::new();
        file.take(2 * MOST).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
