//! What can go wrong around a job, and what is known afterwards: never printed twice, never lied about, never before
//! another customer.

use std::time::Duration;

use serde_json::json;
use totem::paper::{Block, Document, Emphasis, boleto_copy};
use totem::printer::{Outcome, Status};

use crate::desk::{Desk, until, until_released};
use crate::papers;

/// Its printer can forget a job: Epson's own.
const FORGETS: &str = "epson_tm_t20x";
/// It cannot, and proves by a fence.
const KEEPS: &str = "generic_80mm";
/// It cannot, and proves nothing.
const WATCHED: &str = "bematech_mp4200";

fn paper(of: &str) -> Document {
    let line = Block::Text { text: format!("de {of}"), emphasis: Emphasis::Plain };
    Document { name: "test", blocks: vec![line; 12] }
}

fn times(desk: &Desk, of: &str) -> usize {
    desk.papers().iter().filter(|paper| paper.contains(&format!("de {of}"))).count()
}

#[test]
fn a_stopped_job_is_forgotten_by_a_printer_that_can_and_never_comes_out() {
    for fault in [json!({"paper_out_after_lines": 5}), json!({"cutter_jams": true})] {
        let desk = Desk::of(FORGETS);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready);
        desk.order(&fault);
        let Outcome::Blocked(_) = printer.print(&paper("Maria")) else { panic!("{fault}") };
        desk.wait_until("forgotten", |desk| desk.count("held_bytes") == 0);
        desk.is_well();
        // nobody has to confirm anything: what is on the paper already is cut off
        until(&mut *printer, Status::Ready);
        assert!(!printer.held_back());
        assert_eq!(printer.print(&paper("Ana")), Outcome::Done, "{fault}");
        let papers = desk.papers();
        let whole = papers.iter().filter(|paper| paper.matches("de Maria").count() == 12).count();
        let lines = papers.iter().map(|paper| paper.matches("de Maria").count()).sum::<usize>();
        assert!(whole == 0 || fault["cutter_jams"] == true, "{papers:?}");
        assert!(lines <= 12, "{papers:?}");
        assert!(
            papers.last().unwrap().contains("de Ana") && !papers.last().unwrap().contains("de Maria"),
            "{papers:?}"
        );
    }
}

#[test]
fn a_stopped_job_that_cannot_be_forgotten_waits_for_a_technician_also_where_nothing_is_proven() {
    for profile in [KEEPS, WATCHED] {
        let desk = Desk::of(profile);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready);
        desk.order(&json!({"paper_out_after_lines": 5}));
        assert_eq!(printer.print(&paper("Maria")), Outcome::Blocked(Status::PaperOut), "{profile}");
        assert!(!printer.release(), "{profile}: the printer is stopped");
        desk.is_well();
        until(&mut *printer, Status::Held);
        assert_eq!(printer.print(&paper("Ana")), Outcome::NotSent(Status::Held), "{profile}");
        // a restart forgets nothing
        drop(printer);
        let mut printer = desk.printer();
        until(&mut *printer, Status::Held);
        until_released(&mut *printer);
        let (Outcome::Done | Outcome::Unconfirmed) = printer.print(&paper("Ana")) else { panic!("{profile}") };
        desk.wait_until("the last paper", |desk| times(desk, "Ana") == 1);
        assert_eq!(times(&desk, "Maria"), 1, "{profile}: {:?}", desk.papers());
        assert!(!desk.papers().last().unwrap().contains("Maria"), "{profile}");
    }
}

#[test]
fn a_fault_before_the_job_sends_nothing() {
    for (fault, status) in [
        (json!({"paper": "out"}), Status::PaperOut),
        (json!({"cover_open": true}), Status::CoverOpen),
        (json!({"cutter_fault": true}), Status::Cutter),
        (json!({"head_hot": true}), Status::Overheated),
        (json!({"offline": true}), Status::Offline),
        (json!({"mute": true}), Status::Mute),
        (json!({"garbage": true}), Status::Unknown),
        (json!({"unplug": true}), Status::Absent),
    ] {
        let desk = Desk::of(KEEPS);
        let mut printer = desk.printer();
        desk.order(&fault);
        assert_eq!(printer.print(&paper("Maria")), Outcome::NotSent(status), "{fault}");
        desk.is_well();
        until(&mut *printer, Status::Ready);
        assert_eq!(printer.print(&paper("Ana")), Outcome::Done, "{fault}");
        assert_eq!((times(&desk, "Maria"), times(&desk, "Ana")), (0, 1), "{fault}");
    }
}

#[test]
fn a_fault_in_the_middle_is_blocked_with_its_cause() {
    for (fault, status) in
        [(json!({"cutter_jams": true}), Status::Cutter), (json!({"paper_out_after_lines": 1}), Status::PaperOut)]
    {
        let desk = Desk::of(KEEPS);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready);
        desk.order(&fault);
        let Outcome::Blocked(said) = printer.print(&paper("Maria")) else { panic!("{fault}") };
        assert!(said == status || (status == Status::Cutter && said == Status::Fault), "{fault}: {said:?}");
    }
}

#[test]
fn a_printer_with_a_small_buffer_on_a_slow_line_gets_every_byte() {
    let desk = Desk::with(FORGETS, |options| options.buffer_bytes = 4096);
    let mut printer = desk.printer();
    desk.order(&json!({"rate_bytes_per_s": 11_520}));
    assert_eq!(printer.print(&boleto_copy(&papers::slip())), Outcome::Done);
    desk.is_clean();
}

#[test]
fn a_power_cycle_of_a_stopped_printer_loses_the_job_and_nobody_prints_it_again() {
    let desk = Desk::of(KEEPS);
    let mut printer = desk.printer();
    assert_eq!(printer.status(), Status::Ready);
    desk.order(&json!({"paper_out_after_lines": 3}));
    assert_eq!(printer.print(&paper("Maria")), Outcome::Blocked(Status::PaperOut));
    desk.order(&json!({"paper": "out", "drop_buffer": true}));
    desk.wait_until("the power cycle", |desk| desk.count("power_cycles") == 1);
    desk.is_well();
    // the totem cannot know that somebody switched it off and on
    until(&mut *printer, Status::Held);
    until_released(&mut *printer);
    assert_eq!(printer.print(&paper("Ana")), Outcome::Done);
    let papers = desk.papers();
    assert!(papers.iter().all(|paper| paper.matches("de Maria").count() <= 3), "{papers:?}");
    assert!(!papers.last().unwrap().contains("Maria") || papers.len() == 1, "{papers:?}");
}

/// At any byte: before the first, in words, in a picture, before the fence.
#[test]
fn a_cable_pulled_at_any_byte_is_lost_and_the_next_customer_has_a_paper_of_his_own() {
    for at in [1, 40, 300, 1_500, 9_000, 20_000] {
        let desk = Desk::of(KEEPS);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready);
        let begun = desk.count("bytes");
        desk.order(&json!({"rate_bytes_per_s": 20_000, "unplug_after_bytes": begun + at}));
        let outcome = printer.print(&boleto_copy(&papers::slip()));
        assert!(matches!(outcome, Outcome::Lost | Outcome::NotSent(Status::Absent)), "{at}: {outcome:?}");
        desk.is_well();
        until(&mut *printer, Status::Ready);
        assert_eq!(printer.print(&paper("Ana")), Outcome::Done, "{at}");
        let last = desk.papers().last().unwrap().clone();
        assert!(last.contains("de Ana") && !last.contains("picture"), "{at}: {last}");
    }
}

#[test]
fn a_printer_that_never_reads_ends_the_job_in_time() {
    let desk = Desk::with(KEEPS, |options| options.buffer_bytes = 512);
    let mut printer = desk.printer();
    assert_eq!(printer.status(), Status::Ready);
    desk.order(&json!({"rate_bytes_per_s": 1}));
    let began = std::time::Instant::now();
    let outcome = printer.print(&boleto_copy(&papers::slip()));
    assert!(matches!(outcome, Outcome::Unknown | Outcome::NotSent(Status::Mute)), "{outcome:?}");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}
