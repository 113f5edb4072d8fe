//! A device's end of the wire: the master of a pseudo-terminal, and a symbolic link to the end the totem opens.
//!
//! The other end is never held open here, so that a cable that is pulled looks like one.

use std::ffi::OsString;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

#[derive(Debug)]
pub struct Port {
    master: OwnedFd,
    link: PathBuf,
}

impl Port {
    /// Opens a new pseudo-terminal and points `link` at it. A `link` that is something else than a link is left alone.
    pub fn open(link: &Path) -> io::Result<Self> {
        if link.symlink_metadata().is_ok_and(|found| !found.is_symlink()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{} is no link", link.display())));
        }
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
        grantpt(&master)?;
        unlockpt(&master)?;
        let mut settings = tcgetattr(&master)?;
        settings.make_raw();
        tcsetattr(&master, OptionalActions::Now, &settings)?;
        rustix::io::ioctl_fionbio(&master, true)?;
        let device = PathBuf::from(OsString::from_vec(ptsname(&master, Vec::new())?.into_bytes()));
        let mut unfinished = link.as_os_str().to_owned();
        unfinished.push(".tmp");
        std::fs::remove_file(&unfinished).ok();
        std::os::unix::fs::symlink(device, &unfinished)?;
        std::fs::rename(unfinished, link)?;
        Ok(Port { master, link: link.to_owned() })
    }

    /// Waits until bytes are there, or `patience` is over: whether they are. While nobody has the other end open nothing
    /// can come.
    pub fn wait(&self, patience: Duration) -> io::Result<bool> {
        let ready = self.poll(PollFlags::IN, patience)?;
        if ready.contains(PollFlags::HUP) && !ready.contains(PollFlags::IN) {
            std::thread::sleep(patience);
        }
        Ok(ready.contains(PollFlags::IN))
    }

    /// What is there, at most `limit` bytes.
    pub fn read(&self, limit: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; limit];
        match rustix::io::read(&self.master, bytes.as_mut_slice()) {
            Ok(count) => bytes.truncate(count),
            Err(Errno::AGAIN | Errno::INTR | Errno::IO) => bytes.clear(),
            Err(other) => return Err(other.into()),
        }
        Ok(bytes)
    }

    /// Answers. What nobody listens to is lost, as on a real line.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if self.poll(PollFlags::OUT, Duration::ZERO)?.contains(PollFlags::HUP) {
            return Ok(());
        }
        match rustix::io::write(&self.master, bytes) {
            Ok(_) | Err(Errno::AGAIN | Errno::IO | Errno::INTR) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    fn poll(&self, events: PollFlags, patience: Duration) -> io::Result<PollFlags> {
        let mut asked = [PollFd::new(&self.master, events)];
        let patience = Timespec { tv_sec: 0, tv_nsec: i64::from(patience.subsec_nanos()) };
        match poll(&mut asked, Some(&patience)) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(other) => return Err(other.into()),
        }
        Ok(asked.iter().fold(PollFlags::empty(), |all, one| all | one.revents()))
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        std::fs::remove_file(&self.link).ok();
    }
}
