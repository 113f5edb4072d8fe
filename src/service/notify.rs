//! systemd's notification protocol (sd_notify(3)): lines of `NAME=value` in one datagram.

use std::ffi::OsStr;
use std::io;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::time::Duration;

/// The service manager that started the program.
#[derive(Debug)]
pub struct Manager {
    socket: UnixDatagram,
    address: SocketAddr,
}

impl Manager {
    /// `None`: nobody wants to be told, or nobody can be.
    #[must_use]
    pub fn from_env() -> Option<Manager> {
        let name = std::env::var_os("NOTIFY_SOCKET").filter(|name| !name.is_empty())?;
        match Manager::at(&name) {
            Ok(manager) => Some(manager),
            Err(error) => {
                tracing::warn!(%error, "the service manager cannot be told: NOTIFY_SOCKET");
                None
            }
        }
    }

    /// A path, or a name without one behind an `@`.
    pub fn at(name: &OsStr) -> io::Result<Manager> {
        let address = match name.as_bytes().split_first() {
            Some((b'@', rest)) => SocketAddr::from_abstract_name(rest)?,
            _ => SocketAddr::from_pathname(name)?,
        };
        let socket = UnixDatagram::unbound()?;
        // a manager that does not read must not hold up the totem
        socket.set_nonblocking(true)?;
        Ok(Manager { socket, address })
    }

    /// Whether it could be told.
    pub fn tell(&self, lines: &[&str]) -> bool {
        let told = self.socket.send_to_addr(lines.join("\n").as_bytes(), &self.address);
        if let Err(error) = &told {
            tracing::warn!(%error, "the service manager was not told");
        }
        told.is_ok()
    }
}

/// The longest silence that the manager takes. `WATCHDOG_PID` is not asked: it names the compositor that the manager
/// started, and the unit says `NotifyAccess=all`.
pub fn watchdog() -> Option<Duration> {
    let micros = std::env::var("WATCHDOG_USEC").ok()?.parse().ok().filter(|micros| *micros > 0)?;
    Some(Duration::from_micros(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(socket: &UnixDatagram) -> String {
        let mut bytes = [0; 256];
        let length = socket.recv(&mut bytes).unwrap();
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    }

    #[test]
    fn the_manager_is_told_in_one_datagram_by_path_and_by_abstract_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let reader = UnixDatagram::bind(&path).unwrap();
        Manager::at(path.as_os_str()).unwrap().tell(&["READY=1", "STATUS=em serviço"]);
        assert_eq!(told(&reader), "READY=1\nSTATUS=em serviço");

        let name = format!("totem-notify-{}", std::process::id());
        let reader = UnixDatagram::bind_addr(&SocketAddr::from_abstract_name(&name).unwrap()).unwrap();
        Manager::at(OsStr::new(&format!("@{name}"))).unwrap().tell(&["WATCHDOG=1"]);
        assert_eq!(told(&reader), "WATCHDOG=1");
    }

    #[test]
    fn a_manager_that_is_gone_or_does_not_read_holds_nobody_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notify");
        let manager = Manager::at(path.as_os_str()).unwrap();
        assert!(!manager.tell(&["READY=1"]));
        let _reads_never = UnixDatagram::bind(&path).unwrap();
        assert!((0..10_000).any(|_| !manager.tell(&["WATCHDOG=1"])), "it is not waited for");
    }
}
