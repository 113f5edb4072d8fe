//! What was acknowledged, in a second file: it tells a torn tail, which nobody was promised, from facts taken away.
//!
//! SQLite drops whatever follows a damaged place in its write-ahead log without a word, and an old copy of the journal is
//! as well formed as the present one. So each append leaves here the number and hash of the last fact acknowledged.
//! It is written after the commit and is not synced: after a power cut it may be behind the journal, never ahead of it.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use super::chain::{Hash, Head};
use super::error::{Damage, Fault};
use super::key::{JournalKey, hex, sync_dir, unhex};
use super::schema::directory;

#[derive(Debug)]
pub(super) struct Witness {
    file: File,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub seq: i64,
    pub hash: Hash,
}

impl Witness {
    pub(super) fn open(path: &Path) -> io::Result<Witness> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut file).take(4096).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            sync_dir(directory(path))?;
        }
        Ok(Witness { file, text: String::from_utf8_lossy(&bytes).into_owned() })
    }

    /// It has just been made, or the machine stopped while it was.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The number it names, whoever wrote it: enough to know that a journal ought to be there.
    pub(super) fn claims(&self) -> Option<i64> {
        self.text.split_whitespace().next()?.parse().ok().filter(|seq| *seq > 0)
    }

    /// The last fact acknowledged, as this key's totem wrote it down.
    pub(super) fn seen(&self, key: &JournalKey) -> Result<Seen, Fault> {
        let mut words = self.text.split_whitespace();
        let seen = words.next().and_then(|word| word.parse().ok()).zip(words.next().and_then(unhex));
        seen.map(|(seq, hash)| Seen { seq, hash })
            .filter(|seen| line(*seen, key) == self.text)
            .ok_or(Fault::Broken(0, Damage::Witness))
    }

    /// Always of one length, in place: it cannot be cut in two by a full disk.
    pub(super) fn see(&mut self, head: &Head, key: &JournalKey) -> io::Result<()> {
        self.text = line(Seen { seq: head.last_seq, hash: head.last_hash }, key);
        self.file.write_all_at(self.text.as_bytes(), 0)
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}

fn line(seen: Seen, key: &JournalKey) -> String {
    let mut message = b"totem witness 1\0".to_vec();
    message.extend(seen.seq.to_be_bytes());
    message.extend(seen.hash);
    format!("{:020} {} {}\n", seen.seq, hex(&seen.hash), hex(&key.sign(&message)))
}
