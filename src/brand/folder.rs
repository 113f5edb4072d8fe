//! A folder whose contents are not to be trusted: nothing leads out of it, nothing in it makes anybody wait, and no file
//! is larger than what is wanted of it.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, Dir, FileType, Mode, OFlags, fstat, openat};
use rustix::io::Errno;

/// Why something in the folder is left out.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error("é um atalho (link simbólico): copie o próprio arquivo para a pasta")]
    Link,
    #[error("não é um arquivo comum")]
    NoFile,
    #[error("tem {is} KB e o limite é {most} KB")]
    TooLarge { is: u64, most: u64 },
    #[error("não pôde ser lido: {0}")]
    Unreadable(io::Error),
    #[error("não é uma imagem PNG nem JPEG")]
    NoPicture,
    #[error("a imagem tem {width} por {height} pontos e o limite é {most} milhões de pontos e 10000 de lado")]
    TooManyPixels { width: u32, height: u32, most: u32 },
    #[error("a imagem está incompleta ou estragada: {0}")]
    Broken(String),
}

/// An open folder. What is put in its place afterwards does not matter.
#[derive(Debug)]
pub struct Folder {
    handle: OwnedFd,
    path: PathBuf,
}

/// A fifo or a device must not be waited for, and a link not be followed.
const READ: OFlags =
    OFlags::RDONLY.union(OFlags::NOFOLLOW).union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);

impl Folder {
    /// Nothing where there is none. The folder itself may be behind a link: whoever set the path wished it.
    pub fn open(path: &Path) -> io::Result<Option<Folder>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        match openat(CWD, path, flags, Mode::empty()) {
            Ok(handle) => Ok(Some(Folder { handle, path: path.to_owned() })),
            Err(Errno::NOENT) => Ok(None),
            Err(why) => Err(why.into()),
        }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A folder in it, which is no link.
    pub fn inner(&self, name: &str) -> Result<Option<Folder>, Unfit> {
        match openat(&self.handle, name, READ | OFlags::DIRECTORY, Mode::empty()) {
            Ok(handle) => Ok(Some(Folder { handle, path: self.path.join(name) })),
            Err(Errno::NOENT) => Ok(None),
            Err(why) => Err(self.unfit(name, why)),
        }
    }

    /// The names in it, sorted; nothing where there are more than `most`.
    pub fn names(&self, most: usize) -> Result<Option<Vec<String>>, Unfit> {
        let unread = |why: Errno| Unfit::Unreadable(why.into());
        let mut names = Vec::new();
        for entry in Dir::read_from(&self.handle).map_err(unread)? {
            let entry = entry.map_err(unread)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if names.len() == most {
                return Ok(None);
            }
            names.push(name);
        }
        names.sort();
        Ok(Some(names))
    }

    /// All of a common file of at most so many bytes; nothing where there is none.
    pub fn read(&self, name: &str, most: u64) -> Result<Option<Vec<u8>>, Unfit> {
        let handle = match openat(&self.handle, name, READ, Mode::empty()) {
            Ok(handle) => handle,
            Err(Errno::NOENT) => return Ok(None),
            Err(why) => return Err(self.unfit(name, why)),
        };
        let stat = fstat(&handle).map_err(|why| Unfit::Unreadable(why.into()))?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Err(Unfit::NoFile);
        }
        let too_large = |is: u64| Unfit::TooLarge { is: is.div_ceil(1024), most: most / 1024 };
        let size = u64::try_from(stat.st_size).unwrap_or(u64::MAX);
        if size > most {
            return Err(too_large(size));
        }
        let mut bytes = Vec::new();
        // somebody may still be writing it
        File::from(handle).take(most + 1).read_to_end(&mut bytes).map_err(Unfit::Unreadable)?;
        let read = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if read > most { Err(too_large(read)) } else { Ok(Some(bytes)) }
    }

    fn unfit(&self, name: &str, why: Errno) -> Unfit {
        // a link to a folder is said to be no folder
        let is_link = || std::fs::symlink_metadata(self.path.join(name)).is_ok_and(|found| found.is_symlink());
        match why {
            Errno::LOOP => Unfit::Link,
            Errno::NOTDIR if is_link() => Unfit::Link,
            // a socket, or a device without its driver
            Errno::NXIO | Errno::NODEV | Errno::NOTDIR => Unfit::NoFile,
            why => Unfit::Unreadable(why.into()),
        }
    }
}
