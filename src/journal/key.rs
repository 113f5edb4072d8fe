//! The secret of one machine: it turns a CPF into a name the journal may hold, and seals the journal's head.

use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::chain::Hash;
use super::error::{Error, Fault};

const FILE: &str = "journal.key";
const BYTES: usize = 64;
const SHAPE: &str = "does not hold 128 hexadecimal digits";

/// 64 random bytes, made once and kept in `journal.key` (hex, mode 0600) beside the journal.
#[derive(Clone)]
pub struct JournalKey([u8; BYTES]);

impl fmt::Debug for JournalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JournalKey(…)")
    }
}

impl JournalKey {
    /// The key in `dir`; made where there is none. The directory is created for its owner alone (0700).
    pub fn load_or_create(dir: &Path) -> Result<JournalKey, Error> {
        let path = dir.join(FILE);
        create_dir(dir).map_err(|error| Fault::from(error).at(dir))?;
        match load(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                create(dir, &path).and_then(|()| load(&path)).map_err(|error| Fault::from(error).at(&path))?
            }
            loaded => loaded.map_err(|error| Fault::from(error).at(&path))?,
        }
        .ok_or(Error::Key { path, why: SHAPE })
    }

    /// The key in `dir`, for whoever only reads: none is made.
    pub fn load(dir: &Path) -> Result<JournalKey, Error> {
        let path = dir.join(FILE);
        match load(&path) {
            Ok(Some(key)) => Ok(key),
            Ok(None) => Err(Error::Key { path, why: SHAPE }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::Key { path, why: "is not there" }),
            Err(error) => Err(Fault::from(error).at(&path)),
        }
    }

    pub(super) fn sign(&self, message: &[u8]) -> Hash {
        let mut mac = Hmac::<Sha256>::new(&self.0.into());
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

/// What the journal holds in place of a CPF or CNPJ: HMAC-SHA256 of its plain characters, in hex.
#[must_use]
pub fn tax_id_hash(key: &JournalKey, plain: &str) -> String {
    hex(&key.sign(plain.as_bytes()))
}

pub(super) fn create_dir(dir: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Makes a directory's new names survive a power cut.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Takes a private file away from the rest of the machine, where a restored backup gave it too much.
pub(super) fn keep_private(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        tracing::warn!(file = %path.display(), "others could read this file; mode set to 0600");
        fs::set_permissions(path, Permissions::from_mode(0o600))?;
    }
    Ok(())
}

fn load(path: &Path) -> io::Result<Option<JournalKey>> {
    let mut text = String::new();
    File::open(path)?.take(4096).read_to_string(&mut text)?;
    keep_private(path)?;
    Ok(unhex(text.trim()).map(JournalKey))
}

/// A key is whole or absent: written under another name, synced, then linked. Who comes second uses the first one's.
fn create(dir: &Path, path: &Path) -> io::Result<()> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let draft = dir.join(format!("{FILE}.{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", hex(&bytes))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => sync_dir(dir),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if !text.is_ascii() || text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, at) in bytes.iter_mut().zip((0..).step_by(2)) {
        *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_from_others() {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path().join("state");
        let key = JournalKey::load_or_create(&dir).unwrap();
        assert_eq!(key.0, JournalKey::load_or_create(&dir).unwrap().0);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&dir), 0o700);
        assert_eq!(mode(&dir.join(FILE)), 0o600);
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);

        fs::set_permissions(dir.join(FILE), Permissions::from_mode(0o644)).unwrap();
        JournalKey::load_or_create(&dir).unwrap();
        assert_eq!(mode(&dir.join(FILE)), 0o600);
    }

    #[test]
    fn a_cut_key_is_refused_and_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        JournalKey::load_or_create(home.path()).unwrap();
        let path = home.path().join(FILE);
        for text in ["", "ab", &"g".repeat(128), &"é".repeat(64)] {
            fs::write(&path, text).unwrap();
            assert!(matches!(JournalKey::load_or_create(home.path()), Err(Error::Key { .. })), "{text:?}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn a_tax_id_hash_is_hmac_sha256_under_this_machines_key() {
        // RFC 4231, test case 2: a shorter key is padded with zeros to the block.
        let mut block = [0; BYTES];
        block[..4].copy_from_slice(b"Jefe");
        assert_eq!(
            tax_id_hash(&JournalKey(block), "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_ne!(
            tax_id_hash(&JournalKey([1; BYTES]), "52998224725"),
            tax_id_hash(&JournalKey([2; BYTES]), "52998224725")
        );
    }

    #[test]
    fn debug_does_not_show_the_key() {
        assert_eq!(format!("{:?}", JournalKey([7; BYTES])), "JournalKey(…)");
    }
}
