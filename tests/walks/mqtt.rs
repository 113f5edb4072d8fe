//! The same numbers over MQTT, at a real Mosquitto where there is one; and brokers that are none.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::trade::process::{PATIENCE, free};
use crate::trade::{MARIA, Trade};

const WORD: &str = "palavra-do-teste";

/// Whether Mosquitto and its clients are here; an error where they have to be.
fn mosquitto_is_here() -> bool {
    let here = ["mosquitto", "mosquitto_sub", "mosquitto_passwd"].iter().all(|program| {
        let path = std::env::var("PATH").unwrap_or_default() + ":/usr/sbin";
        std::env::split_paths(&path).any(|folder| folder.join(program).exists())
    });
    assert!(here || std::env::var_os("TOTEM_REQUIRE_MOSQUITTO").is_none(), "mosquitto is not installed");
    if !here {
        eprintln!("skipped: mosquitto is not installed");
    }
    here
}

fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.env("PATH", std::env::var("PATH").unwrap_or_default() + ":/usr/sbin");
    command
}

/// A real broker that asks for a user and a password, over TLS or not. It ends when it is dropped.
struct Broker {
    child: Child,
    address: SocketAddr,
    /// For its own clients.
    ca: Option<std::path::PathBuf>,
}

impl Broker {
    fn start(folder: &Path, address: SocketAddr, secure: bool) -> Broker {
        let at = |name: &str| folder.join(name);
        let passwords = at("mosquitto-passwords");
        let made = command("mosquitto_passwd").args(["-b", "-c"]).arg(&passwords).args(["totem", WORD]).status();
        assert!(made.unwrap().success());
        let mut text = format!(
            "listener {} 127.0.0.1\nallow_anonymous false\npassword_file {}\n",
            address.port(),
            passwords.display()
        );
        let ca = secure.then(|| at("mqtt-ca.pem"));
        if let Some(ca) = &ca {
            let signed = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
            std::fs::write(ca, signed.cert.pem()).unwrap();
            std::fs::write(at("mqtt-key.pem"), signed.signing_key.serialize_pem()).unwrap();
            text += &format!("certfile {}\nkeyfile {}\n", ca.display(), at("mqtt-key.pem").display());
        }
        // started by root it would give up its rights, and with them the test's folder
        text += "user root\n";
        std::fs::write(at("mosquitto.conf"), text).unwrap();
        let child = command("mosquitto").arg("-c").arg(at("mosquitto.conf")).stderr(Stdio::null()).spawn().unwrap();
        let broker = Broker { child, address, ca };
        let begun = Instant::now();
        while std::net::TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < PATIENCE, "mosquitto does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        broker
    }

    fn listener(&self) -> Listener {
        let mut listens = command("mosquitto_sub");
        listens.args(["-h", "localhost", "-p", &self.address.port().to_string(), "-u", "totem", "-P", WORD]);
        listens.args(["-q", "1", "-t", "totem/passeio-01/#", "-F", "%r %t %p"]);
        if let Some(ca) = &self.ca {
            listens.arg("--cafile").arg(ca);
        }
        let mut child = listens.stdout(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        let mut out = std::io::BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            let mut line = String::new();
            while std::io::BufRead::read_line(&mut out, &mut line).is_ok_and(|length| length > 0) {
                if sender.send(line.trim_end().to_owned()).is_err() {
                    return;
                }
                line.clear();
            }
        });
        Listener { child, lines }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Listener {
    child: Child,
    lines: Receiver<String>,
}

impl Listener {
    /// What is told under this topic, as soon as it is as wanted.
    fn until(&self, topic: &str, wanted: impl Fn(&str) -> bool) -> String {
        let deadline = Instant::now() + PATIENCE;
        let mut heard = Vec::new();
        while let Ok(line) = self.lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            let (_, told) = line.split_once(' ').unwrap();
            if let Some(payload) = told.strip_prefix(&format!("totem/passeio-01/{topic} "))
                && wanted(payload)
            {
                return payload.to_owned();
            }
            heard.push(line);
        }
        panic!("{topic} was not told as wanted, but {heard:?}");
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A totem that tells `url`.
fn telling(url: &str, more: &str) -> Trade {
    let mut trade = Trade::open();
    let table = format!("[fleet.mqtt]\nurl = \"{url}\"\nevery_s = 1\n{more}\n[advanced]\n");
    trade.configure("[advanced]\n", &table);
    trade
}

fn with_password(trade: &mut Trade) {
    let word = trade.path("mqtt-word");
    std::fs::write(&word, WORD).unwrap();
    std::fs::set_permissions(&word, std::fs::Permissions::from_mode(0o600)).unwrap();
    let table = format!("[fleet.mqtt]\nuser = \"totem\"\npassword = {{ file = \"{}\" }}\n", word.display());
    trade.configure("[fleet.mqtt]\n", &table);
}

fn told_from_the_first_screen_to_the_pulled_plug(secure: bool) {
    if !mosquitto_is_here() {
        return;
    }
    let address = free();
    let scheme = if secure { "mqtts" } else { "mqtt" };
    let mut trade = telling(&format!("{scheme}://localhost:{}", address.port()), "");
    with_password(&mut trade);
    if secure {
        let ca = format!("[fleet.mqtt]\nca = \"{}\"\n", trade.path("mqtt-ca.pem").display());
        trade.configure("[fleet.mqtt]\n", &ca);
    }
    let broker = Broker::start(&trade.path(""), address, secure);
    let listener = broker.listener();
    let mut customer = trade.totem();
    listener.until("online", |told| told == "online");
    listener.until("state", |told| told == r#"{"code":null,"in_service":true,"step":"identify"}"#);
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let numbers = listener.until("metrics", |told| {
        let told: Value = serde_json::from_str(told).unwrap();
        told["totem_payments_total{method=\"debit\",outcome=\"paid\"}"] == 1.0
    });
    for personal in [MARIA.cpf, "Maria", "31598", WORD] {
        assert!(!numbers.contains(personal), "{personal} is in {numbers}");
    }
    // the plug is pulled: who comes later is told too
    customer.totem.kill();
    listener.until("online", |told| told == "offline");
    broker.listener().until("online", |told| told == "offline");
    let _ = customer.totem.log().iter().map(|line| assert!(!line.contains(WORD), "{line}")).count();
}

#[test]
fn a_real_broker_is_told_of_a_payment_and_of_a_pulled_plug() {
    told_from_the_first_screen_to_the_pulled_plug(false);
}

#[test]
fn over_tls_too_where_the_broker_has_an_authority_of_its_own() {
    told_from_the_first_screen_to_the_pulled_plug(true);
}

#[test]
fn a_broker_that_comes_back_is_told_anew_and_one_that_nobody_vouches_for_is_told_nothing() {
    if !mosquitto_is_here() {
        return;
    }
    let address = free();
    let mut trade = telling(&format!("mqtt://localhost:{}", address.port()), "");
    with_password(&mut trade);
    let customer = trade.totem();
    customer.totem.until_log("that no broker is there", |log| log.iter().any(|line| line.contains("is not there")));
    let broker = Broker::start(&trade.path(""), address, false);
    broker.listener().until("online", |told| told == "online");
    drop(broker);
    let broker = Broker::start(&trade.path(""), address, false);
    broker.listener().until("metrics", |told| told.contains("\"totem_in_service\":1"));
    drop(broker);
    customer.goes_for_good();

    // the machine's own authorities do not know it
    let mut stranger = telling(&format!("mqtts://localhost:{}", address.port()), "");
    with_password(&mut stranger);
    let _broker = Broker::start(&stranger.path(""), address, true);
    let mut customer = stranger.totem();
    customer.totem.until_log("the distrust", |log| log.iter().any(|line| line.contains("is not there")));
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let log = customer.goes_for_good();
    assert!(!log.iter().any(|line| line.contains("takes the metrics")), "{log:?}");
}

/// Whoever connects gets this, again and again, until they are gone; the port is known at once.
fn speaks(bytes: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for caller in listener.incoming() {
            let mut caller = caller.unwrap();
            std::thread::spawn(move || {
                let _ = caller.read(&mut [0; 512]);
                while !bytes.is_empty() && caller.write_all(bytes).is_ok() {}
                // one that says nothing holds the line
                let _ = caller.read_to_end(&mut Vec::new());
            });
        }
    });
    address
}

#[test]
fn a_broker_that_hangs_refuses_or_talks_nonsense_without_end_holds_up_no_payment() {
    const YES: &[u8] = &[0x20, 2, 0, 0];
    for (what, broker) in [
        ("hangs", speaks(b"")),
        ("closed", free()),
        ("speaks HTTP", speaks(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
        ("zeros", speaks(&[0; 4096])),
        ("refuses", speaks(&[0x20, 2, 0, 5])),
        ("says yes without end", speaks(YES)),
        // a length of 256 MB
        ("announces more than there is", speaks(&[0x20, 2, 0, 0, 0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, b'a'])),
        ("tells what nobody asked for", speaks(&[0x20, 2, 0, 0, 0x30, 5, 0, 1, b'a', b'b', b'c'])),
        ("acknowledges what was never sent", speaks(&[0x20, 2, 0, 0, 0x40, 2, 0x12, 0x34])),
    ] {
        let trade = telling(&format!("mqtt://{broker}"), "");
        let mut customer = trade.totem();
        customer.pays(&MARIA, 90, "debit");
        customer.until_that(what, |shown| shown["write_off"] == "settled");
        assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]), "{what}");
        customer.leaves();
        let log = customer.goes_for_good();
        assert!(!log.iter().any(|line| line.contains("panicked")), "{what}: {log:?}");
        trade.books_are_clean();
    }
}
