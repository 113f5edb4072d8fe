//! The token on disk: thirty days long a restart needs no sign-in. A file that is garbled, readable by others, or of
//! another account counts as none.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::settings::Settings;
use crate::http::token::Issued;
use crate::secret::Secret;

const OWNER_ONLY: u32 = 0o600;
const SIZE_AT_MOST: u64 = 64 * 1024;

pub(super) struct TokenFile {
    path: PathBuf,
    server: String,
    client_id: String,
    username: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    server: String,
    client_id: String,
    username: String,
    access_token: String,
    /// By this machine's clock, in seconds since 1970.
    good_until_s: i64,
}

impl TokenFile {
    pub(super) fn of(settings: &Settings) -> Option<TokenFile> {
        Some(TokenFile {
            path: settings.token_file.clone()?,
            server: settings.url.trim().trim_end_matches('/').to_owned(),
            client_id: settings.client_id.clone(),
            username: settings.username.clone(),
        })
    }

    /// The token of an earlier life, if it is ours and not over. `at_most` bounds what a clock that was set back makes
    /// of its end.
    pub(super) fn read(&self, at_most: Duration) -> Option<Issued> {
        let about = fs::symlink_metadata(&self.path).ok()?;
        if !about.is_file() || about.permissions().mode() & 0o077 != 0 || about.len() > SIZE_AT_MOST {
            tracing::warn!("the token file is not a file of ours alone, and is not read");
            return None;
        }
        let kept: Kept = serde_json::from_slice(&fs::read(&self.path).ok()?)
            .map_err(|_| tracing::warn!("the token file cannot be read, and counts as none"))
            .ok()?;
        let ours = kept.server == self.server && kept.client_id == self.client_id && kept.username == self.username;
        let left = kept.good_until_s.checked_sub(Timestamp::now().as_second())?;
        let life = Duration::from_secs(u64::try_from(left).ok()?);
        (ours && !life.is_zero() && life <= at_most).then(|| Issued { token: kept.access_token.into(), life })
    }

    /// Puts a new token in the place of the old one, in one step. That it cannot be kept costs a sign-in, no more.
    pub(super) fn write(&self, issued: &Issued) {
        if let Err(error) = self.replace(issued) {
            tracing::warn!(%error, "the token cannot be kept for the next start");
        }
    }

    /// Takes a token away that was refused.
    pub(super) fn remove(&self, refused: &Secret, at_most: Duration) {
        if self.read(at_most).is_some_and(|kept| kept.token == *refused) {
            let _ = fs::remove_file(&self.path);
        }
    }

    fn replace(&self, issued: &Issued) -> io::Result<()> {
        let life = i64::try_from(issued.life.as_secs()).unwrap_or(0);
        let kept = Kept {
            server: self.server.clone(),
            client_id: self.client_id.clone(),
            username: self.username.clone(),
            access_token: issued.token.expose().to_owned(),
            good_until_s: Timestamp::now().as_second().saturating_add(life),
        };
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        // a left-over of a cut write may have another owner's mode: it is made anew
        let _ = fs::remove_file(&beside);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(&beside)?;
        file.write_all(&serde_json::to_vec(&kept)?)?;
        file.sync_all()?;
        fs::rename(&beside, &self.path)?;
        File::open(folder)?.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONTH: Duration = Duration::from_secs(31 * 24 * 3600);

    fn file(path: PathBuf, username: &str) -> TokenFile {
        TokenFile {
            path,
            server: "https://api.provedor.exemplo".to_owned(),
            client_id: "3".to_owned(),
            username: username.to_owned(),
        }
    }

    fn issued(life: Duration) -> Issued {
        Issued { token: "t0k3n".into(), life }
    }

    #[test]
    fn a_token_is_kept_for_its_owner_alone_and_for_the_rest_of_its_life() {
        let dir = tempfile::tempdir().unwrap();
        let kept = file(dir.path().join("deep/hubsoft.token"), "totem@provedor.exemplo");
        assert!(kept.read(MONTH).is_none());
        kept.write(&issued(Duration::from_secs(600)));
        let mode = fs::metadata(&kept.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let read = kept.read(MONTH).unwrap();
        assert_eq!(read.token.expose(), "t0k3n");
        assert!(read.life <= Duration::from_secs(600) && read.life > Duration::from_secs(500));
        kept.remove(&"another".into(), MONTH);
        assert!(kept.read(MONTH).is_some());
        kept.remove(&"t0k3n".into(), MONTH);
        assert!(kept.read(MONTH).is_none() && !kept.path.exists());
    }

    #[test]
    fn a_file_that_is_not_ours_counts_as_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hubsoft.token");
        let ours = file(path.clone(), "totem@provedor.exemplo");
        ours.write(&issued(Duration::from_secs(600)));
        assert!(file(path.clone(), "outro@provedor.exemplo").read(MONTH).is_none(), "another account's");
        assert!(ours.read(Duration::from_secs(60)).is_none(), "longer than any life: the clock was set back");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(ours.read(MONTH).is_none(), "others could have read or written it");
        for garbled in ["", "{", "[]", "{\"access_token\":\"x\"}", "\u{0}"] {
            fs::write(&path, garbled).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            assert!(ours.read(MONTH).is_none(), "{garbled:?}");
        }
        ours.write(&issued(Duration::ZERO));
        assert!(ours.read(MONTH).is_none(), "over");
    }
}
