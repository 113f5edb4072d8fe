//! What could not be sent, on disk, bounded: the oldest goes first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Half of one that was being written when the power went is never sent.
const PART: &str = "part";

pub struct Spool {
    dir: PathBuf,
    most_bytes: u64,
}

impl Spool {
    pub fn open(dir: PathBuf, most_bytes: u64) -> io::Result<Spool> {
        fs::create_dir_all(&dir)?;
        Ok(Spool { dir, most_bytes })
    }

    /// Oldest first. Names rise with the time.
    pub fn waiting(&self) -> io::Result<Vec<PathBuf>> {
        let entries = fs::read_dir(&self.dir)?.collect::<io::Result<Vec<_>>>()?;
        let of_ours = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "json");
        let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).filter(of_ours).collect();
        paths.sort();
        Ok(paths)
    }

    pub fn keep(&self, at_ms: i64, body: &str) -> io::Result<()> {
        if body.len() as u64 > self.most_bytes {
            return Ok(());
        }
        let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
        let mut waiting = self.waiting()?;
        let mut held: u64 = waiting.iter().map(|path| size(path)).sum();
        waiting.reverse();
        while held + body.len() as u64 > self.most_bytes {
            let Some(oldest) = waiting.pop() else { return Ok(()) };
            held = held.saturating_sub(size(&oldest));
            fs::remove_file(oldest)?;
        }
        let (part, whole) = (self.dir.join(PART), self.dir.join(format!("{at_ms:016}.json")));
        match fs::write(&part, body).and_then(|()| fs::rename(&part, whole)) {
            Err(error) if is_full(&error) => self.give_way(&part).and(Err(error)),
            done => done,
        }
    }

    /// The disk is the journal's too, and a payment is worth more than what was told of it.
    fn give_way(&self, part: &Path) -> io::Result<()> {
        for path in self.waiting()?.iter().map(PathBuf::as_path).chain([part]) {
            fs::remove_file(path)?;
        }
        Ok(())
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_first_when_it_is_full() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::open(dir.path().join("spool"), 10).unwrap();
        for at in 1..=4 {
            spool.keep(at, "12345").unwrap();
        }
        spool.keep(5, "a text that never fits").unwrap();
        let kept: Vec<String> = spool
            .waiting()
            .unwrap()
            .iter()
            .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(kept, ["0000000000000003.json", "0000000000000004.json"]);
    }

    #[test]
    fn on_a_full_disk_it_gives_way_and_sends_no_half_of_anything() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::open(dir.path().join("spool"), 1_000).unwrap();
        spool.keep(1, "12345").unwrap();
        // as if a crash had left half of one
        fs::write(dir.path().join("spool/part"), "12").unwrap();
        assert_eq!(spool.waiting().unwrap().len(), 1);
        spool.keep(2, "12345").unwrap();
        std::os::unix::fs::symlink("/dev/full", dir.path().join("spool/part")).unwrap();
        let refused = spool.keep(3, "12345").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::StorageFull);
        assert_eq!(fs::read_dir(dir.path().join("spool")).unwrap().count(), 0, "room for the journal");
        spool.keep(4, "12345").unwrap();
        assert_eq!(fs::read_to_string(&spool.waiting().unwrap()[0]).unwrap(), "12345");
    }
}
