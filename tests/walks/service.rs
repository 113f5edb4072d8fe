//! The totem as a service manager keeps it: told when it is ready, fed while it moves, told when the end begins.

use std::ffi::OsStr;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use crate::trade::process::PATIENCE;
use crate::trade::{MARIA, Trade};

struct Manager(Receiver<String>);

impl Manager {
    /// Reads all the time: what a full socket does not take is not told.
    fn at(socket: &Path) -> Manager {
        let socket = UnixDatagram::bind(socket).unwrap();
        let (tells, told) = channel();
        std::thread::spawn(move || {
            let mut bytes = [0; 1024];
            while let Ok(length) = socket.recv(&mut bytes) {
                if tells.send(String::from_utf8(bytes[..length].to_vec()).unwrap()).is_err() {
                    return;
                }
            }
        });
        Manager(told)
    }

    /// Waits until this is told.
    fn hears(&self, wanted: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut heard = Vec::new();
        while let Ok(told) = self.0.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            if told.contains(wanted) {
                return told;
            }
            heard.push(told);
        }
        panic!("{wanted} was not told, but {heard:?}");
    }
}

#[test]
fn the_service_manager_is_told_that_the_totem_is_ready_moves_pays_and_ends() {
    let trade = Trade::open();
    let socket = trade.path("notify");
    let manager = Manager::at(&socket);
    let environment = [("NOTIFY_SOCKET", socket.as_os_str()), ("WATCHDOG_USEC", OsStr::new("400000"))];
    let mut totem = trade.totem_in(&environment);
    let ready = manager.hears("READY=1");
    assert!(ready.contains("\nSTATUS=") && ready.contains("pagamentos em aberto: 0"), "{ready}");
    manager.hears("WATCHDOG=1");
    totem.pays(&MARIA, 90, "debit");
    totem.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let status = manager.hears("STATUS=em serviço, tela paid");
    assert!(!status.contains("Maria") && !status.contains("529"), "{status}");
    manager.hears("WATCHDOG=1");
    totem.goes_for_good();
    manager.hears("STOPPING=1");
}
