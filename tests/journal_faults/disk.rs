//! The disk on order, from the side of the test: built once, ordered by a file, and its book read back.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The library to be put before a program.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let (draft, library) = (folder.join(format!("disk-{}.so", std::process::id())), folder.join("disk.so"));
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/journal_faults/disk.c");
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let built = Command::new(compiler)
            .args(["-shared", "-fPIC", "-O1", "-pthread", "-o"])
            .args([&draft, &source])
            .status()
            .expect("a C compiler");
        assert!(built.success(), "disk.c was not built");
        fs::rename(draft, &library).unwrap();
        library
    })
}

/// One thing that was done to a watched file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// `w`rite, `s`ync, `t`runcate, `u`nlink, `f`ailed on order.
    pub what: char,
    pub name: String,
    pub offset: usize,
    pub bytes: Vec<u8>,
}

pub struct Disk {
    folder: tempfile::TempDir,
    watched: PathBuf,
}

impl Disk {
    /// A disk under the files of this folder; it is well.
    pub fn under(watched: &Path) -> Disk {
        Disk { folder: tempfile::tempdir().unwrap(), watched: watched.to_owned() }
    }

    fn order_file(&self) -> PathBuf {
        self.folder.path().join("order")
    }

    /// What a program on this disk needs in its environment.
    pub fn environment(&self) -> [(&'static str, PathBuf); 4] {
        [
            ("LD_PRELOAD", library().to_owned()),
            ("DISK_WATCHED", self.watched.clone()),
            ("DISK_ORDER", self.order_file()),
            ("DISK_BOOK", self.folder.path().join("book")),
        ]
    }

    pub fn with_environment<T>(&self, run: impl FnOnce(&[(&str, &OsStr)]) -> T) -> T {
        let environment = self.environment();
        run(&environment.each_ref().map(|(name, value)| (*name, value.as_os_str())))
    }

    pub fn fails(&self, order: &str) {
        let draft = self.folder.path().join("order.draft");
        fs::write(&draft, order).unwrap();
        fs::rename(draft, self.order_file()).unwrap();
    }

    /// Everything that was done, in its order.
    pub fn deeds(&self) -> Vec<Deed> {
        let book = fs::read(self.folder.path().join("book")).unwrap_or_default();
        let mut rest = book.as_slice();
        let mut deeds = Vec::new();
        while !rest.is_empty() {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
            let head = std::str::from_utf8(&rest[..end]).unwrap();
            let words: Vec<&str> = head.split(' ').collect();
            let length: usize = words[3].parse().unwrap();
            let bytes = rest[end + 1..end + 1 + length].to_vec();
            rest = &rest[end + 1 + length..];
            let what = words[0].chars().next().unwrap();
            deeds.push(Deed { what, name: words[1].to_owned(), offset: words[2].parse().unwrap(), bytes });
        }
        deeds
    }

    /// What was still done to the journal's own files after the first failure; SQLite's shared memory holds no facts.
    pub fn deeds_after_the_failure(&self) -> Vec<(char, String)> {
        let deeds = self.deeds();
        let failed = deeds.iter().position(|deed| deed.what == 'f').expect("nothing failed on order");
        let journal = |deed: &&Deed| deed.name.starts_with("journal.db") && !deed.name.ends_with("-shm");
        let done = |deed: &Deed| (deed.what, deed.name.clone());
        deeds[failed + 1..].iter().filter(journal).filter(|deed| deed.what != 'f').map(done).collect()
    }
}
