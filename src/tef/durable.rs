//! Files that are there whole or not at all, also after the power went.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::Error;

/// Writes beside the target and syncs: a name appears only by renaming.
pub(super) fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Replaces `path` whole; it is durable when this returns.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let beside = path.with_extension("tmp");
    write_synced(&beside, bytes)
        .and_then(|()| fs::rename(&beside, path))
        .and_then(|()| sync_parent(path))
        .map_err(|cause| folder_error(path, &cause))
}

/// A file that is gone already is removed.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Ok(()) => sync_parent(path),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(cause) => Err(cause),
    }
    .map_err(|cause| folder_error(path, &cause))
}

/// Nothing where there is no file.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(folder_error(path, &cause)),
    }
}

pub(super) fn folder_error(path: &Path, cause: &dyn std::fmt::Display) -> Error {
    Error::Folder(format!("{}: {cause}", path.display()))
}

pub(super) fn sync_parent(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), |parent| File::open(parent)?.sync_all())
}
