//! The manager's own life: the time its customer takes, its crashes, its end, what the next life remembers.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;
use totem::simulator::tef_manager::{Options, Pace, run, start};

use crate::desk::{Approval, Desk, SALE, field, wait_until};

#[test]
fn a_manager_that_crashes_remembers_in_its_next_life_what_it_approved() {
    for (crash, left_behind, open) in
        [("after_sts", None, 0), ("before_resp", None, 1), ("mid_resp", Some(false), 1), ("after_resp", Some(true), 1)]
    {
        let mut desk = Desk::new();
        let manager = desk.open();
        desk.order(&json!({"crash_at": crash, "once": true}));
        desk.send(SALE);
        wait_until(crash, || manager.has_ended());
        assert!(desk.path().join("resp/intpos.sts").exists());
        let whole = fs::read(desk.path().join("resp/intpos.001")).ok().map(|file| file.ends_with(b"999-999 = 0\r\n"));
        assert_eq!(whole, left_behind, "{crash}");
        for name in ["resp/intpos.sts", "resp/intpos.001"] {
            fs::remove_file(desk.path().join(name)).ok();
        }

        let _next_life = desk.open();
        assert_eq!(desk.transactions().len(), open, "{crash}");
        let answer = desk.sell();
        if open == 1 {
            let pending = Approval::read(&answer);
            assert_ne!(field(&answer, "009-000"), "0");
            desk.finalise("NCN", &pending);
            assert_eq!(desk.transactions()[0]["state"], "undone");
            let next = desk.approved_sale();
            assert!(next.nsu > pending.nsu, "an NSU is never given twice");
        } else {
            assert_eq!(field(&answer, "009-000"), "0");
        }
    }
}

#[test]
fn the_customer_takes_the_time_that_the_pace_gives() {
    let desk = Desk::new();
    let options = Options { pace: Pace::Real, card_after_ms: 2000, pin_after_ms: 200, ..Options::fast(desk.path()) };
    let _manager = start(&options).unwrap();
    let asked = Instant::now();
    desk.send(SALE);
    desk.wait_for("resp/intpos.sts").unwrap();
    assert!(!desk.path().join("resp/intpos.001").exists(), "the acknowledgement does not wait for the customer");
    desk.wait_for("resp/intpos.001").unwrap();
    assert!(asked.elapsed() >= Duration::from_millis(2200));
}

#[test]
fn a_manager_stopped_while_the_customer_types_has_charged_nobody() {
    let desk = Desk::new();
    let options = Options { pace: Pace::Real, card_after_ms: 60_000, ..Options::fast(desk.path()) };
    let manager = start(&options).unwrap();
    desk.send(SALE);
    desk.wait_for("resp/intpos.sts").unwrap();
    manager.stop().unwrap();
    assert!(desk.transactions().is_empty());
    assert!(!desk.path().join("resp/intpos.001").exists());
}

/// Not a test: the body of the process that the tests below start, which is this test program once more.
#[test]
#[ignore = "started by other tests"]
fn manager_process() {
    let Some(state) = std::env::var_os("STANDIN_STATE") else { return };
    run(&Options::fast(Path::new(&state))).unwrap();
}

/// The process, and the pipe by which it knows that its parent lives.
fn manager_in_a_process(desk: &Desk) -> (Child, ChildStdin) {
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "life::manager_process"])
        .env("STANDIN_STATE", desk.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    let ready = said.find(|line| line.contains("\"ready\"")).unwrap();
    assert!(ready.contains("\"tef-manager\""));
    std::thread::spawn(move || said.for_each(drop));
    let parent = process.stdin.take().unwrap();
    (process, parent)
}

#[test]
fn a_crash_ends_the_process_as_a_kill_would() {
    let desk = Desk::new();
    let (mut process, _parent) = manager_in_a_process(&desk);
    desk.order(&json!({"crash_at": "mid_resp", "once": true}));
    desk.send(SALE);
    assert_eq!(process.wait().unwrap().code(), Some(137));
    assert_eq!(desk.transactions()[0]["state"], "open");
}

#[test]
fn a_manager_ends_with_its_parent_or_when_it_is_told() {
    let desk = Desk::new();
    let (mut process, parent) = manager_in_a_process(&desk);
    drop(parent);
    assert!(process.wait().unwrap().success());

    let (mut process, _parent) = manager_in_a_process(&desk);
    let told = rustix::process::Pid::from_child(&process);
    rustix::process::kill_process(told, rustix::process::Signal::TERM).unwrap();
    assert!(process.wait().unwrap().success());
}
