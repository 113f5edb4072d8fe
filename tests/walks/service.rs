//! The totem as a service manager keeps it: told when it is ready, fed while it moves, told when the end begins.

use std::ffi::OsStr;
use std::os::unix::net::UnixDatagram;
use std::time::{Duration, Instant};

use crate::trade::process::PATIENCE;
use crate::trade::{MARIA, Trade};

struct Manager(UnixDatagram);

impl Manager {
    /// Reads what the totem tells until it tells this.
    fn hears(&self, wanted: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut heard = Vec::new();
        while Instant::now() < deadline {
            let mut bytes = [0; 1024];
            let Ok(length) = self.0.recv(&mut bytes) else { continue };
            let told = String::from_utf8(bytes[..length].to_vec()).unwrap();
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
    let manager = Manager(UnixDatagram::bind(&socket).unwrap());
    manager.0.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
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
