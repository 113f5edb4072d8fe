//! The pinpad's driver and the stand-in, each written from the specification, over a real pseudo-terminal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

use std::process::{Command, Output};

use serde_json::{Value, json};
use totem::simulator::pinpad::{Options, Pages, Running, start};
use totem::simulator::state::order;
use totem::tef::pinpad::{self, Error, Key, KeyPress, Pinpad, Port};

struct Desk {
    dir: tempfile::TempDir,
    pinpad: Running,
}

impl Desk {
    fn open() -> Desk {
        let dir = tempfile::tempdir().unwrap();
        let pinpad = start(&Options { state: dir.path().to_owned(), port: None }).unwrap();
        Desk { dir, pinpad }
    }

    fn with(faults: &Value) -> Desk {
        let desk = Desk::open();
        desk.order(faults);
        desk
    }

    fn order(&self, faults: &Value) {
        // the pinpad reads its orders after whatever is sent from now on
        order(self.dir.path(), faults).unwrap();
    }

    fn session(&self) -> Result<Pinpad<Port>, Error> {
        pinpad::open(self.pinpad.port().to_str().unwrap())
    }

    fn pages(&self) -> Pages {
        serde_json::from_slice(&std::fs::read(self.pinpad.book()).unwrap()).unwrap()
    }
}

#[test]
fn a_session_tells_who_the_pinpad_is_and_leaves_the_idle_text() {
    let desk = Desk::open();
    let mut session = desk.session().unwrap();
    let about = session.about().unwrap();
    assert_eq!((about.maker.as_str(), about.model.as_str()), ("CYGNUS", "PPX-1;10MB"));
    assert_eq!((about.serial.as_str(), about.specification.as_str()), ("991274366155", "2.12"));
    session.show(["TESTE", "0017"]).unwrap();
    assert_eq!(desk.pages().display, format!("{:16}{:16}", "TESTE", "0017"));
    session.close(["TOTEM DISPONIVEL", "TOQUE NA TELA"]).unwrap();
    let pages = desk.pages();
    assert_eq!(pages.commands, ["OPN", "GIX", "DSP", "CLO"]);
    assert_eq!(pages.display, "TOTEM DISPONIVELTOQUE NA TELA   ");
    assert_eq!(pages.breaches, Vec::<String>::new(), "no ACK, no card data, CAN first");
    assert_eq!(pages.aborts, 1);
}

#[test]
fn a_pinpad_from_before_abecs_is_asked_in_its_own_words() {
    let desk = Desk::with(&json!({"old": true, "key": "13"}));
    let mut session = desk.session().unwrap();
    assert_eq!(session.about().unwrap().model, "PPC900");
    assert_eq!(session.key(1).unwrap(), Some(KeyPress::Known(Key::Cancel)));
    assert_eq!(desk.pages().commands, ["OPN", "GIX", "GIN", "CEX", "GKY"]);
}

#[test]
fn a_key_is_told_and_nobody_at_the_keys_is_no_error() {
    let desk = Desk::with(&json!({"key": "08"}));
    assert_eq!(desk.session().unwrap().key(2).unwrap(), Some(KeyPress::Known(Key::Clear)));
    desk.order(&json!({}));
    assert_eq!(desk.session().unwrap().key(1).unwrap(), None);
    assert_eq!(desk.pages().breaches, Vec::<String>::new());
}

#[test]
fn a_bad_line_is_asked_again_and_given_up_after_three_times() {
    for (faults, works) in [
        (json!({"nak": 2}), true),
        (json!({"nak": 3}), false),
        (json!({"damage": 2}), true),
        (json!({"damage": 3}), false),
        (json!({"noise": true}), true),
        (json!({"notice": true}), true),
        (json!({"crossing": true}), true),
        (json!({"byte_delay_ms": 30}), true),
    ] {
        let desk = Desk::open();
        let mut session = desk.session().unwrap();
        desk.order(&faults);
        let about = session.about();
        assert_eq!(about.is_ok(), works, "{faults}: {about:?}");
        if !works {
            assert!(matches!(about, Err(Error::Garbled(_))), "{about:?}");
            desk.order(&json!({}));
            assert!(session.about().is_ok(), "after an abort the line is clear again");
        }
        assert_eq!(desk.pages().breaches, Vec::<String>::new(), "{faults}");
    }
}

#[test]
fn a_silent_a_deaf_a_pulled_and_a_missing_pinpad_are_each_told() {
    assert_eq!(Desk::with(&json!({"silent": true})).session().err(), Some(Error::Silent));
    let desk = Desk::open();
    let mut session = desk.session().unwrap();
    desk.order(&json!({"vanish": true}));
    assert!(matches!(session.about(), Err(Error::Lost(_) | Error::Silent)), "pulled in the middle of an answer");
    assert!(matches!(pinpad::open("/dev/does-not-exist"), Err(Error::Port(_))));
}

#[test]
fn a_pinpad_in_somebody_elses_secure_channel_is_left_alone() {
    let desk = Desk::with(&json!({"secured": true}));
    assert_eq!(desk.session().unwrap().about(), Err(Error::Secured));
}

#[test]
fn a_port_has_one_user() {
    let desk = Desk::open();
    let _first = desk.session().unwrap();
    assert!(matches!(desk.session(), Err(Error::Port(_))));
}

fn totem(desk: &Desk, more: &[&str]) -> Output {
    let port = desk.pinpad.port().to_str().unwrap().to_owned();
    Command::new(env!("CARGO_BIN_EXE_totem")).args(["tef", "pinpad", "--port", &port]).args(more).output().unwrap()
}

#[test]
fn the_command_line_says_who_is_there_and_what_to_do_when_nobody_is() {
    let desk = Desk::with(&json!({"key": "00"}));
    let found = totem(&desk, &["--key"]);
    let said = String::from_utf8(found.stdout).unwrap();
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    assert!(said.contains("CYGNUS") && said.contains("991274366155") && said.contains("2.12"), "{said}");
    assert!(said.contains("Ok"), "{said}");
    assert_eq!(desk.pages().display, "TOTEM DISPONIVELTOQUE NA TELA   ");

    desk.order(&json!({"silent": true}));
    let nobody = totem(&desk, &[]);
    assert!(!nobody.status.success());
    assert!(String::from_utf8(nobody.stderr).unwrap().contains("cabo"));
}
