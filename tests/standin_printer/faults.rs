//! Every fault that a test may order, seen from the totem's end of the wire.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use totem::simulator::printer::Model;

use crate::desk::{CUT, Cable, Desk, FENCE, INITIALISE, PATIENCE, wait_until};

const RECEIPT: &[u8] = b"um\ndois\ntres\nquatro\ncinco\n";
const RECEIPT_TEXT: &str = "um\ndois\ntres\nquatro\ncinco\n";

#[test]
fn the_status_bytes_say_what_is_wrong() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    for (faults, status, sensor) in [
        (json!({}), [0x12, 0x12, 0x12, 0x12], Some(0x00)),
        (json!({"paper": "low"}), [0x12, 0x12, 0x12, 0x1E], Some(0x03)),
        (json!({"paper": "out"}), [0x1A, 0x32, 0x12, 0x7E], None),
        (json!({"cover_open": true}), [0x1A, 0x36, 0x12, 0x72], None),
        (json!({"cutter_fault": true}), [0x1A, 0x52, 0x1A, 0x12], None),
        (json!({"offline": true}), [0x1A, 0x12, 0x12, 0x12], None),
        (json!({"paper": "ok"}), [0x12, 0x12, 0x12, 0x12], Some(0x00)),
    ] {
        desk.order(&faults);
        assert_eq!(cable.status(), status, "{faults}");
        if let Some(sensor) = sensor {
            assert_eq!(cable.ask(FENCE, 1), [sensor], "{faults}");
        }
    }
}

/// A job is stopped by the fault, held, and comes out whole when the fault is over.
#[test]
fn a_held_job_comes_out_when_the_printer_can_go_on() {
    for (fault, cause) in [
        (json!({"paper": "out"}), "paper_out"),
        (json!({"paper_out_after_lines": 2}), "paper_out"),
        (json!({"cover_open": true}), "cover_open"),
        (json!({"cutter_fault": true}), "cutter"),
        (json!({"cutter_jams": true}), "cutter"),
        (json!({"offline": true}), "offline"),
    ] {
        let desk = Desk::new();
        let mut cable = desk.plug();
        desk.order(&fault);
        cable.send(&[INITIALISE, RECEIPT, CUT, FENCE]);
        wait_until(cause, || desk.book()["stopped_by"] == cause);
        assert!(cable.is_silent(), "{fault}: the fence waits");
        assert_eq!(desk.papers(), 0);
        assert!(desk.book()["held_bytes"].as_u64().unwrap() > 0);
        assert_eq!(cable.status()[0], 0x1A, "{fault}: status is answered while the job waits");

        desk.order(&json!({}));
        assert_eq!(cable.receive(1, PATIENCE), [0x00], "{fault}: the fence is answered");
        assert_eq!(desk.paper(1), RECEIPT_TEXT);
        wait_until("went on", || desk.book()["stopped_by"] == Value::Null && desk.book()["held_bytes"] == 0);
        assert!(desk.has_event("stopped") && desk.has_event("went_on"));
    }
}

#[test]
fn a_roll_that_ends_in_the_middle_of_a_job_has_printed_the_lines_before() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    assert_eq!(cable.status(), [0x12; 4]);
    desk.order(&json!({"paper_out_after_lines": 2}));
    assert_eq!(cable.status(), [0x12; 4], "the paper was checked and it was there");
    cable.send(&[INITIALISE, RECEIPT, CUT]);
    wait_until("paper out", || desk.book()["stopped_by"] == "paper_out");
    assert_eq!(desk.book()["lines"], 2);
    assert_eq!(cable.status(), [0x1A, 0x32, 0x12, 0x7E]);
}

#[test]
fn a_cutter_that_jams_has_printed_everything_and_was_well_before() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    desk.order(&json!({"cutter_jams": true}));
    assert_eq!(cable.status(), [0x12; 4]);
    cable.send(&[INITIALISE, RECEIPT, CUT]);
    wait_until("jammed", || desk.book()["stopped_by"] == "cutter");
    assert_eq!(desk.book()["lines"], 5);
    assert_eq!(cable.status(), [0x1A, 0x52, 0x1A, 0x12]);
}

#[test]
fn a_mute_printer_prints_and_says_nothing() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    desk.order(&json!({"mute": true}));
    cable.send(&[b"\x10\x04\x01", INITIALISE, RECEIPT, CUT, FENCE]);
    assert_eq!(desk.paper(1), RECEIPT_TEXT);
    assert!(cable.is_silent());
}

#[test]
fn a_noisy_line_answers_with_what_is_no_status() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    desk.order(&json!({"garbage": true}));
    let noise = cable.ask(b"\x10\x04\x01", 3);
    assert_eq!(noise.len(), 3);
    assert!(noise.iter().all(|byte| byte & 0x93 != 0x12));
}

#[test]
fn a_slow_line_takes_its_time() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    desk.order(&json!({"rate_bytes_per_s": 1000}));
    let begun = Instant::now();
    cable.print(&[INITIALISE, &[b"0123456789012345678901234567890123456789\n".as_slice(); 12].concat(), CUT]);
    assert!(begun.elapsed() >= Duration::from_millis(350), "{:?}", begun.elapsed());
    assert_eq!(desk.paper(1).lines().count(), 12);
}

#[test]
fn a_pulled_cable_takes_the_port_away_until_it_is_put_back() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    cable.print(&[INITIALISE, b"antes\n", CUT]);
    desk.order(&json!({"unplug": true}));
    wait_until("gone", || !desk.printer.port().is_symlink());
    wait_until("broken", || cable.is_broken());
    drop(cable);
    desk.order(&json!({}));
    wait_until("back", || desk.printer.port().exists());
    desk.plug().print(&[INITIALISE, b"depois\n", CUT]);
    assert_eq!(desk.paper(2), "depois\n");
    assert_eq!(desk.book()["unplugged"], 1);
}

#[test]
fn a_driver_may_close_the_port_and_open_it_again() {
    let desk = Desk::new();
    for text in ["um\n", "dois\n", "tres\n"] {
        let mut cable = desk.plug();
        cable.print(&[INITIALISE, text.as_bytes(), CUT]);
        drop(cable);
        std::thread::sleep(Duration::from_millis(60));
    }
    assert_eq!(desk.paper(3), "tres\n");
}

#[test]
fn a_job_sent_and_left_is_printed_though_nobody_listens_any_more() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    cable.send(&[INITIALISE, RECEIPT, CUT, FENCE]);
    drop(cable);
    assert_eq!(desk.paper(1), RECEIPT_TEXT);
    wait_until("answered to nobody", || desk.book()["fences"] == 1);
    let mut cable = desk.plug();
    cable.send(&[b"\x10\x04\x01"]);
    let mut heard = cable.receive(1, PATIENCE);
    if heard == [0] {
        // the fence, answered a moment after it was booked
        heard = cable.receive(1, PATIENCE);
    }
    assert_eq!(heard, [0x12]);
}

#[test]
fn what_was_held_is_lost_when_the_printer_is_cleared() {
    type Clear = fn(&Desk, &mut Cable);
    const CLEARED: &[u8] = &[0x37, 0x25, 0x00];
    let ways: [(&str, Clear); 3] = [
        ("DLE ENQ 2", |_, cable| cable.send(&[b"\x10\x05\x02"])),
        ("DLE DC4 8", |_, cable| {
            cable.send(&[b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"]);
            assert_eq!(cable.receive(3, PATIENCE), CLEARED, "it says that it has forgotten");
        }),
        ("switched off and on", |desk, _| {
            desk.order(&json!({"paper": "out", "drop_buffer": true}));
        }),
    ];
    for (way, clear) in ways {
        let desk = Desk::new();
        let mut cable = desk.plug();
        desk.order(&json!({"paper": "out"}));
        cable.send(&[INITIALISE, RECEIPT, CUT, FENCE]);
        wait_until("held", || desk.book()["held_bytes"].as_u64().unwrap() > 30);
        clear(&desk, &mut cable);
        wait_until(way, || desk.book()["held_bytes"] == 0);
        desk.order(&json!({}));
        cable.print(&[INITIALISE, b"outro cliente\n", CUT]);
        assert_eq!(desk.paper(1), "outro cliente\n", "{way}");
        assert!(cable.is_silent(), "{way}: the lost fence is never answered");
    }
}

#[test]
fn a_full_buffer_takes_no_more_and_loses_nothing() {
    let desk = Desk::with(|options| options.buffer_bytes = 1000);
    let mut cable = desk.plug();
    desk.order(&json!({"cover_open": true}));
    let line = b"0123456789012345678901234567890123456789\n";
    let job: Vec<u8> = [INITIALISE, &line.repeat(700), CUT].concat();
    let mut sent = 0;
    let until = Instant::now() + Duration::from_millis(500);
    while Instant::now() < until {
        sent += cable.send_some(&job[sent..]);
    }
    assert!(sent < job.len(), "the line is full");
    desk.order(&json!({}));
    cable.print(&[&job[sent..]]);
    assert_eq!(desk.paper(1).lines().count(), 700);
    assert_eq!(desk.book()["errors"], 0);
}

#[test]
fn a_fence_may_be_answered_when_it_is_read_or_never() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    desk.order(&json!({"paper_out_after_lines": 2, "fence_when_parsed": true}));
    assert_eq!(cable.ask(&[INITIALISE, RECEIPT, CUT, FENCE].concat(), 1), [0x0F], "stopped in the third line");
    assert_eq!((desk.book()["lines"].clone(), desk.papers()), (json!(2), 0));
    desk.order(&json!({"no_fence": true}));
    assert_eq!(desk.paper(1), RECEIPT_TEXT);
    cable.send(&[FENCE, b"\x1D\x28\x48\x06\x00\x30\x30ABCD"]);
    assert!(cable.is_silent());
    assert_eq!(cable.ask(b"\x10\x04\x01", 1), [0x12], "it tells its state");
}

#[test]
fn a_ticket_is_out_when_the_motor_stands_and_may_be_taken_at_once() {
    const FULL: &[u8] = b"\x10\x04\x14";
    const PRESENT: &[u8] = b"\x1CP\x10\x01E\x1E";
    let (work, held, empty) = ([0x10, 0x0F, 0, 0x0C, 0, 0], [0x10, 0x0F, 0x20, 0, 0, 0], [0x10, 0x0F, 0, 0, 0, 0]);
    for (taken_after_ms, out) in [(60_000, held), (0, empty)] {
        let desk = Desk::with(|options| options.model = Model::Custom);
        let mut cable = desk.plug();
        desk.order(&json!({"motor_ms": 300, "ticket_taken_after_ms": taken_after_ms}));
        assert_eq!(cable.ask(FULL, 6), empty);
        cable.send(&[INITIALISE, RECEIPT, PRESENT]);
        wait_until("the ticket", || desk.papers() == 1);
        wait_until("the motor", || cable.ask(FULL, 6) != work);
        assert_eq!(cable.ask(FULL, 6), out);
    }
}

#[test]
fn a_misspelt_order_is_refused_aloud() {
    let desk = Desk::new();
    desk.order(&json!({"papper": "out"}));
    wait_until("noted", || desk.book()["errors"] == 1);
    assert!(desk.book()["last_error"].as_str().unwrap().contains("unknown field `papper`"));
    assert_eq!(desk.plug().status(), [0x12; 4]);
}
