//! Printers that stop without a word that ends the job: off line, hot, or with a paper that is only half out. What they
//! have is proven or waits for a technician; it never passes for printed, nor comes out in front of the next customer.

use std::time::Duration;

use serde_json::{Value, json};
use totem::paper::{Block, Document, Emphasis};
use totem::printer::profile::Proof;
use totem::printer::{Outcome, Printer, Status};

use crate::desk::{Desk, until, until_released};

/// It proves by a fence, and cannot forget a job.
const KEEPS: &str = "generic_80mm";
/// Its proof is the ticket in its mouth.
const TICKET: &str = "custom_vkp80iii";

fn paper(of: &str) -> Document {
    let line = Block::Text { text: format!("de {of}, numa linha do papel dela"), emphasis: Emphasis::Plain };
    Document { name: "test", blocks: vec![line; 12] }
}

fn times(desk: &Desk, of: &str) -> usize {
    desk.papers().iter().filter(|paper| paper.contains(&format!("de {of}"))).count()
}

fn desk_of(profile: &str) -> (Desk, Box<dyn Printer>) {
    let mut desk = Desk::of(profile);
    desk.settings.job_deadline_s = 8;
    let mut printer = desk.printer();
    assert_eq!(printer.status(), Status::Ready, "{profile}");
    (desk, printer)
}

/// What becomes of Maria's paper when this happens in the middle of it, one after the other with so many milliseconds
/// between.
fn in_the_middle(desk: &Desk, printer: &mut dyn Printer, happens: &[(Value, u64)]) -> Outcome {
    desk.order(&json!({"rate_bytes_per_s": 400}));
    let before = desk.count("lines");
    std::thread::scope(|scope| {
        let printing = scope.spawn(|| printer.print(&paper("Maria")));
        desk.wait_until("the third line", |desk| desk.count("lines") >= before + 3);
        for (order, pause) in happens {
            desk.order(order);
            std::thread::sleep(Duration::from_millis(*pause));
        }
        printing.join().unwrap()
    })
}

/// The printer goes on, and nobody is served before a technician has looked.
fn waits_for_a_technician(desk: &Desk, printer: &mut dyn Printer) {
    let profile = &desk.settings.profile;
    assert!(printer.held_back(), "{profile}");
    desk.is_well();
    until(printer, Status::Held);
    assert_eq!(printer.print(&paper("Ana")), Outcome::NotSent(Status::Held), "{profile}");
    until_released(printer);
    let outcome = printer.print(&paper("Ana"));
    assert!(matches!(outcome, Outcome::Done | Outcome::Unconfirmed), "{profile}: {outcome:?}");
    desk.wait_until("the last paper", |desk| times(desk, "Ana") == 1);
    assert!(times(desk, "Maria") <= 1, "{profile}: {:?}", desk.papers());
    assert!(!desk.papers().last().unwrap().contains("Maria"), "{profile}");
}

/// The one reference says so: `GS r` may be answered when it is read, and what it says is how the paper is.
#[test]
fn a_fence_that_says_that_the_paper_is_out_is_no_proof() {
    let (desk, mut printer) = desk_of(KEEPS);
    desk.order(&json!({"paper_out_after_lines": 5, "fence_when_parsed": true}));
    assert_eq!(printer.print(&paper("Maria")), Outcome::Blocked(Status::PaperOut));
    assert_eq!(times(&desk, "Maria"), 0);
    waits_for_a_technician(&desk, &mut *printer);
}

/// A sound answer to a fence that was only read is no proof where the printer itself says that it has stopped.
#[test]
fn a_fence_of_a_printer_that_has_stopped_is_no_proof() {
    for (fault, status) in [
        (json!({"cover_open": true, "fence_when_parsed": true}), Status::CoverOpen),
        (json!({"offline": true, "fence_when_parsed": true}), Status::Offline),
    ] {
        let (desk, mut printer) = desk_of(KEEPS);
        let outcome = in_the_middle(&desk, &mut *printer, &[(fault, 0)]);
        assert_eq!(outcome, Outcome::Blocked(status));
        assert_eq!(times(&desk, "Maria"), 0);
        waits_for_a_technician(&desk, &mut *printer);
    }
}

fn is_offline_to_the_end(profile: &str, says: Status) {
    let (desk, mut printer) = desk_of(profile);
    let outcome = in_the_middle(&desk, &mut *printer, &[(json!({"offline": true}), 0)]);
    assert_eq!(outcome, Outcome::Blocked(says), "{profile}");
    assert_eq!((times(&desk, "Maria"), printer.status()), (0, says), "{profile}");
    waits_for_a_technician(&desk, &mut *printer);
}

#[test]
fn a_printer_that_is_offline_to_the_end_has_printed_nothing_also_where_nothing_is_proven() {
    std::thread::scope(|scope| {
        scope.spawn(|| is_offline_to_the_end("bematech_mp4200", Status::Offline));
        scope.spawn(|| is_offline_to_the_end("elgin_vip", Status::Offline));
        scope.spawn(|| is_offline_to_the_end("daruma_dr800", Status::Offline));
    });
}

#[test]
fn a_job_that_an_offline_printer_keeps_waits_for_a_technician() {
    std::thread::scope(|scope| {
        scope.spawn(|| is_offline_to_the_end(KEEPS, Status::Offline));
        scope.spawn(|| is_offline_to_the_end(TICKET, Status::Fault));
    });
}

#[test]
fn a_job_in_a_head_that_stays_hot_waits_for_a_technician() {
    let (desk, mut printer) = desk_of(TICKET);
    let outcome = in_the_middle(&desk, &mut *printer, &[(json!({"head_hot": true}), 0)]);
    assert_eq!(outcome, Outcome::Blocked(Status::Overheated));
    waits_for_a_technician(&desk, &mut *printer);
}

#[test]
fn a_printer_that_goes_on_by_itself_in_time_was_only_slow() {
    for (profile, fault) in [(KEEPS, json!({"offline": true})), (TICKET, json!({"head_hot": true}))] {
        let (desk, mut printer) = desk_of(profile);
        let outcome = in_the_middle(&desk, &mut *printer, &[(fault, 2000), (json!({}), 0)]);
        assert_eq!(outcome, Outcome::Done, "{profile}");
        assert_eq!((times(&desk, "Maria"), printer.held_back()), (1, false), "{profile}");
    }
}

/// Nobody saw why it fell silent; then it is found off line, and its paper would come out unseen.
#[test]
fn a_job_that_nobody_knows_of_is_held_once_its_printer_is_found_stopped() {
    let (desk, mut printer) = desk_of(KEEPS);
    let outcome = in_the_middle(&desk, &mut *printer, &[(json!({"mute": true, "offline": true}), 0)]);
    assert_eq!(outcome, Outcome::Unknown);
    desk.order(&json!({"offline": true}));
    until(&mut *printer, Status::Offline);
    waits_for_a_technician(&desk, &mut *printer);
}

/// A printer that proves nothing cannot prove either that nothing is left of a job.
#[test]
fn a_job_that_nobody_knows_of_waits_for_a_technician_where_nothing_is_proven() {
    let (desk, mut printer) = desk_of("bematech_mp4200");
    let outcome = in_the_middle(&desk, &mut *printer, &[(json!({"mute": true}), 0)]);
    assert_eq!(outcome, Outcome::Unknown);
    waits_for_a_technician(&desk, &mut *printer);
}

#[test]
fn a_ticket_that_its_customer_takes_at_once_is_proven() {
    let (desk, mut printer) = desk_of(TICKET);
    desk.order(&json!({"motor_ms": 900, "ticket_taken_after_ms": 0}));
    assert_eq!(printer.print(&paper("Maria")), Outcome::Done);
    assert_eq!((times(&desk, "Maria"), printer.held_back()), (1, false));
}

/// It was at work, then silent as long as it takes to start anew, then at rest with an empty mouth: nobody took anything.
#[test]
fn a_ticket_of_a_printer_that_was_switched_off_and_on_is_not_taken_for_one_that_a_customer_took() {
    let (desk, mut printer) = desk_of(TICKET);
    let off = json!({"head_hot": true, "mute": true, "drop_buffer": true});
    let happens = [(json!({"head_hot": true}), 1200), (off, 3000), (json!({}), 0)];
    assert_eq!(in_the_middle(&desk, &mut *printer, &happens), Outcome::Unknown);
    assert_eq!(times(&desk, "Maria"), 0);
}

/// Many clones answer `DLE EOT` and know no `GS r`. It is said as that, and a technician's word opens it.
#[test]
fn a_printer_that_knows_no_fence_is_told_as_one_and_a_technician_can_open_it() {
    let mut desk = Desk::of(KEEPS);
    desk.order(&json!({"no_fence": true}));
    let mut printer = desk.printer();
    assert_eq!(printer.status(), Status::NoFence);
    assert_eq!(printer.print(&paper("Maria")), Outcome::NotSent(Status::NoFence));
    assert!(printer.release() && !printer.held_back());
    assert_eq!(printer.status(), Status::Ready);
    drop(printer);
    // what the sentence says to write
    desk.settings.proof = Some(Proof::Watched);
    let mut printer = desk.printer();
    assert_eq!((printer.status(), printer.print(&paper("Ana"))), (Status::Ready, Outcome::Unconfirmed));
    assert_eq!((times(&desk, "Maria"), times(&desk, "Ana")), (0, 1));
}

#[test]
fn a_job_whose_fence_is_lost_is_awaited_and_ends_by_itself_when_the_printer_tells() {
    let (desk, mut printer) = desk_of(KEEPS);
    desk.order(&json!({"no_fence": true}));
    assert_eq!(printer.print(&paper("Maria")), Outcome::Unknown);
    assert_eq!(printer.status(), Status::Awaited);
    assert_eq!(printer.print(&paper("Ana")), Outcome::NotSent(Status::Awaited));
    desk.is_well();
    until(&mut *printer, Status::Ready);
    assert_eq!(printer.print(&paper("Ana")), Outcome::Done);
    assert_eq!((times(&desk, "Maria"), times(&desk, "Ana")), (1, 1));
}

#[test]
fn a_job_whose_fence_never_comes_is_let_go_by_a_technician() {
    let (desk, mut printer) = desk_of(KEEPS);
    desk.order(&json!({"no_fence": true}));
    assert_eq!(printer.print(&paper("Maria")), Outcome::Unknown);
    until_released(&mut *printer);
    assert_eq!((printer.status(), printer.held_back()), (Status::Ready, false));
}
