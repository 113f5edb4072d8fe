//! A job on a real pseudo-terminal, and everything that can happen to it.

use std::time::{Duration, Instant};

use crate::counterpart::{COVER, Counterpart, OUT, WELL};
use crate::papers;
use totem::paper::{Block, Document, Emphasis, boleto_copy, payment_receipt};
use totem::printer::profile::Proof;
use totem::printer::{Outcome, Printer, Settings, Status, open, open_in};

fn settings(counterpart: &Counterpart) -> Settings {
    Settings { port: counterpart.path(), job_deadline_s: 3, ..Settings::default() }
}

fn pair() -> (Counterpart, Box<dyn Printer>) {
    let counterpart = Counterpart::new();
    let printer = open(&settings(&counterpart)).unwrap();
    (counterpart, printer)
}

fn paper(words: &str) -> Document {
    let line = Block::Text { text: words.to_owned(), emphasis: Emphasis::Plain };
    Document { name: "test", blocks: vec![line.clone(), line] }
}

/// More than a pseudo-terminal holds by itself.
fn picture_book() -> Document {
    Document { name: "test", blocks: vec![Block::Qr("x".repeat(500)); 6] }
}

/// Asks until the earlier job is settled.
fn settled(printer: &mut dyn Printer) -> Status {
    let deadline = Instant::now() + Duration::from_secs(15);
    loop {
        let status = printer.status();
        if !printer.held_back() {
            return status;
        }
        assert!(Instant::now() < deadline, "still held back, and the printer is {status:?}");
    }
}

#[test]
fn a_paper_that_came_out_is_proven() {
    let (counterpart, mut printer) = pair();
    assert_eq!(printer.status(), Status::Ready);
    assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::Done);
    assert_eq!(printer.print(&boleto_copy(&papers::slip())), Outcome::Done);
    let machine = counterpart.now();
    assert_eq!(machine.papers.len(), 2);
    assert!(machine.papers[0].contains("REDECARD"), "{}", machine.papers[0]);
    assert!(machine.pictures > 2 && machine.hanging.is_empty());
    assert_eq!(machine.unknown, b"");
    drop(machine);
    assert!(!printer.held_back());
}

#[test]
fn without_paper_nothing_is_sent() {
    let (counterpart, mut printer) = pair();
    for (answers, status) in [(OUT, Status::PaperOut), (COVER, Status::CoverOpen)] {
        counterpart.now().answers = answers;
        assert_eq!(printer.status(), status);
        assert_eq!(printer.print(&paper("segredo")), Outcome::NotSent(status));
    }
    counterpart.now().answers = WELL;
    assert!(!printer.held_back());
    assert_eq!(printer.print(&paper("seguinte")), Outcome::Done);
    assert_eq!(counterpart.now().papers, ["seguinte\nseguinte\n"]);
}

#[test]
fn a_roll_that_nears_its_end_still_prints() {
    let (counterpart, mut printer) = pair();
    counterpart.now().answers = [0x12, 0x12, 0x12, 0x1e];
    assert_eq!(printer.status(), Status::PaperLow);
    assert_eq!(printer.print(&paper("um")), Outcome::Done);
}

/// A printer that cannot forget: what stopped in it comes out when it goes on, whoever stands there.
#[test]
fn a_paper_that_stopped_half_way_keeps_the_printer_shut_until_a_technician_has_looked() {
    let (counterpart, mut printer) = pair();
    counterpart.now().lines_left = Some(1);
    assert_eq!(printer.print(&paper("de Maria")), Outcome::Blocked(Status::PaperOut));
    assert!(printer.held_back());
    assert_eq!(printer.status(), Status::PaperOut);
    assert_eq!(printer.print(&paper("de João")), Outcome::NotSent(Status::PaperOut));
    assert!(!printer.release(), "nobody can know while it is stopped");

    let mut machine = counterpart.now();
    (machine.answers, machine.lines_left) = (WELL, None);
    drop(machine);
    assert_eq!(printer.status(), Status::Held);
    counterpart.wait_until("the held paper", |machine| machine.papers.len() == 1);
    assert_eq!(printer.print(&paper("de João")), Outcome::NotSent(Status::Held));
    until_released(&mut *printer);
    assert_eq!(printer.print(&paper("de João")), Outcome::Done);
    assert_eq!(
        counterpart.now().papers,
        ["de Maria\nde Maria\n", "de João\nde João\n".replace('ã', "\u{c6}").as_str()]
    );
}

/// The technician says it again until the printer has its own word to it.
fn until_released(printer: &mut dyn Printer) {
    let deadline = Instant::now() + Duration::from_secs(15);
    while !printer.release() {
        assert!(Instant::now() < deadline, "never released");
    }
}

#[test]
fn a_stopped_job_is_remembered_through_a_restart_and_needs_a_technician_there_too() {
    let folder = tempfile::tempdir().unwrap();
    let counterpart = Counterpart::new();
    let mut before = open_in(&settings(&counterpart), folder.path()).unwrap();
    counterpart.now().lines_left = Some(1);
    assert_eq!(before.print(&paper("de Maria")), Outcome::Blocked(Status::PaperOut));
    drop(before);
    let mut machine = counterpart.now();
    (machine.answers, machine.lines_left) = (WELL, None);
    drop(machine);
    let mut printer = open_in(&settings(&counterpart), folder.path()).unwrap();
    assert_eq!(printer.status(), Status::Held);
    until_released(&mut *printer);
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Done);
    assert_eq!(counterpart.now().papers.last().unwrap(), "de Ana\nde Ana\n");
    assert!(!open_in(&settings(&counterpart), folder.path()).unwrap().held_back(), "nothing is left");
}

/// The power goes in the middle of a job: what hangs in the printer is cut off before the next paper.
#[test]
fn a_job_that_the_power_went_away_from_is_ended_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let counterpart = Counterpart::new();
    let mut before = open_in(&settings(&counterpart), folder.path()).unwrap();
    counterpart.now().mute_after_a_line = true;
    assert_eq!(before.print(&paper("de Maria")), Outcome::Unknown);
    drop(before);
    let mut machine = counterpart.now();
    (machine.mute, machine.mute_after_a_line) = (false, false);
    drop(machine);
    let mut printer = open_in(&settings(&counterpart), folder.path()).unwrap();
    assert_eq!(settled(&mut *printer), Status::Ready);
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Done);
    assert_eq!(counterpart.now().papers.last().unwrap(), "de Ana\nde Ana\n");
}

#[test]
fn a_cover_opened_while_printing_is_told_as_that() {
    let counterpart = Counterpart::new();
    let mut printer = open(&Settings { job_deadline_s: 20, ..settings(&counterpart) }).unwrap();
    counterpart.now().slow = Some(Duration::from_millis(5));
    let printing = std::thread::spawn(move || (printer.print(&picture_book()), printer.held_back()));
    counterpart.wait_until("the first picture", |machine| machine.pictures > 0);
    let mut machine = counterpart.now();
    (machine.answers, machine.slow) = (COVER, None);
    drop(machine);
    assert_eq!(printing.join().unwrap(), (Outcome::Blocked(Status::CoverOpen), true));
}

#[test]
fn a_printer_that_says_nothing_gets_nothing() {
    let (counterpart, mut printer) = pair();
    counterpart.now().mute = true;
    assert_eq!(printer.status(), Status::Mute);
    assert_eq!(printer.print(&paper("segredo")), Outcome::NotSent(Status::Mute));
    counterpart.now().mute = false;
    assert_eq!(printer.print(&paper("seguinte")), Outcome::Done);
    assert_eq!(counterpart.now().papers.len(), 1);
}

#[test]
fn a_printer_that_falls_silent_leaves_it_unknown_and_is_asked_again_later() {
    let (counterpart, mut printer) = pair();
    counterpart.now().mute_after_a_line = true;
    assert_eq!(printer.print(&paper("de Maria")), Outcome::Unknown);
    assert!(printer.held_back());
    assert_eq!(printer.print(&paper("de João")), Outcome::NotSent(Status::Mute));
    let mut machine = counterpart.now();
    (machine.mute, machine.mute_after_a_line) = (false, false);
    drop(machine);
    assert_eq!(settled(&mut *printer), Status::Ready, "the fence was lost, a new one is answered");
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Done);
    assert_eq!(counterpart.now().papers, ["de Maria\nde Maria\n", "de Ana\nde Ana\n"]);
}

#[test]
fn a_printer_that_never_answers_a_fence_proves_nothing_and_stays_out_of_service() {
    let (counterpart, mut printer) = pair();
    assert_eq!(printer.status(), Status::Ready);
    counterpart.now().never_fences = true;
    assert_eq!(printer.print(&paper("de Maria")), Outcome::Unknown);
    assert_eq!(printer.status(), Status::Awaited);
    assert_eq!(printer.print(&paper("de João")), Outcome::NotSent(Status::Awaited));
    assert_eq!(counterpart.now().papers.len(), 1);
}

#[test]
fn a_printer_that_knows_no_fence_is_found_out_before_the_first_customer() {
    let (counterpart, mut printer) = pair();
    counterpart.now().never_fences = true;
    assert_eq!(printer.status(), Status::NoFence);
    assert!(printer.held_back());
    assert_eq!(printer.print(&paper("segredo")), Outcome::NotSent(Status::NoFence));
    assert!(counterpart.now().papers.is_empty());
}

#[test]
fn a_fence_of_an_earlier_run_is_no_proof_for_the_next_job() {
    let (counterpart, mut before) = pair();
    counterpart.now().lines_left = Some(1);
    assert_eq!(before.print(&paper("de Maria")), Outcome::Blocked(Status::PaperOut));
    drop(before);
    let mut printer = open(&settings(&counterpart)).unwrap();
    assert_eq!(printer.status(), Status::PaperOut);
    let mut machine = counterpart.now();
    (machine.answers, machine.lines_left) = (WELL, None);
    drop(machine);
    assert_eq!(settled(&mut *printer), Status::Ready);
    counterpart.now().lines_left = Some(1);
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Blocked(Status::PaperOut));
}

#[test]
fn the_zeros_of_a_printer_that_is_switched_off_are_no_proof() {
    let (counterpart, mut printer) = pair();
    assert_eq!(printer.status(), Status::Ready);
    counterpart.now().last_words = Some(vec![0, 0, 0]);
    assert_eq!(printer.print(&paper("de Maria")), Outcome::Unknown);
    assert!(printer.held_back());
}

#[test]
fn a_cable_pulled_in_the_middle_is_lost_and_no_two_customers_share_a_paper() {
    let (counterpart, mut printer) = pair();
    counterpart.now().unplug_after = Some(2_000);
    assert_eq!(printer.print(&boleto_copy(&papers::slip())), Outcome::Lost);
    assert!(printer.held_back());
    assert_eq!(printer.status(), Status::Absent);
    assert_eq!(printer.print(&paper("de João")), Outcome::NotSent(Status::Absent));

    counterpart.plug_in();
    assert_eq!(settled(&mut *printer), Status::Ready);
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Done);
    let machine = counterpart.now();
    assert_eq!(machine.papers.last().unwrap(), "de Ana\nde Ana\n");
    assert!(machine.papers.iter().filter(|paper| paper.contains("Ana")).count() == 1);
    assert_eq!(machine.unknown, b"");
}

#[test]
fn a_printer_that_was_away_between_two_jobs_is_found_again() {
    let (counterpart, mut printer) = pair();
    assert_eq!(printer.print(&paper("um")), Outcome::Done);
    counterpart.now().unplug_after = Some(0);
    assert_ne!(printer.status(), Status::Ready);
    counterpart.plug_in();
    assert_eq!(printer.print(&paper("dois")), Outcome::Done);
    assert!(!printer.held_back());
}

#[test]
fn a_slow_printer_gets_every_byte() {
    let (counterpart, _) = pair();
    let mut printer = open(&Settings { job_deadline_s: 60, ..settings(&counterpart) }).unwrap();
    counterpart.now().slow = Some(Duration::from_millis(2));
    assert_eq!(printer.print(&picture_book()), Outcome::Done);
    let machine = counterpart.now();
    assert_eq!((machine.papers.len(), machine.unknown.as_slice()), (1, b"".as_slice()));
    assert!(machine.pictures >= 6 * 3, "{}", machine.pictures);
}

#[test]
fn a_printer_that_stops_reading_ends_the_job_in_time_and_its_half_paper_is_cut_off() {
    let (counterpart, mut printer) = pair();
    counterpart.now().stuck_in_a_picture = true;
    let mut document = paper("de Maria");
    document.blocks.extend(picture_book().blocks);
    let began = Instant::now();
    assert_eq!(printer.print(&document), Outcome::Unknown);
    assert!(began.elapsed() < Duration::from_secs(6), "{:?}", began.elapsed());
    assert!(printer.held_back());

    counterpart.now().stuck = false;
    assert_eq!(settled(&mut *printer), Status::Ready);
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Done);
    let machine = counterpart.now();
    assert_eq!(machine.papers.last().unwrap(), "de Ana\nde Ana\n");
    assert!(machine.papers[0].contains("de Maria") && !machine.papers[0].contains("de Ana"));
    assert_eq!(machine.unknown, b"");
}

#[test]
fn a_printer_that_lost_a_part_of_a_picture_is_brought_back() {
    let (counterpart, mut printer) = pair();
    counterpart.now().overrun_after = Some(2);
    let mut document = paper("de Maria");
    document.blocks.push(Block::Qr("x".to_owned()));
    assert_eq!(printer.print(&document), Outcome::Unknown, "its fence is a part of the picture now");
    assert_eq!(settled(&mut *printer), Status::Ready);
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Done);
    assert_eq!(counterpart.now().papers.last().unwrap(), "de Ana\nde Ana\n");
    assert!(counterpart.now().papers[0].contains("de Maria"));
}

#[test]
fn noise_on_the_line_is_not_taken_for_an_answer() {
    let (counterpart, mut printer) = pair();
    counterpart.now().noise = vec![0xff, 0x11, 0x13, 0x80, b'E', b'O', 0x14, 0x00, 0x00, 0x0f];
    assert_eq!(printer.print(&paper("um")), Outcome::Done);
    let mut machine = counterpart.now();
    (machine.answers, machine.noise) = ([0xff; 4], vec![0xff, 0x99, 0x80]);
    drop(machine);
    assert_eq!(printer.status(), Status::Unknown);
    assert_eq!(printer.print(&paper("dois")), Outcome::NotSent(Status::Unknown));
}

#[test]
fn a_printer_that_cannot_tell_is_never_believed() {
    let counterpart = Counterpart::new();
    let mut printer = open(&Settings { proof: Some(Proof::None), ..settings(&counterpart) }).unwrap();
    counterpart.now().mute = true;
    assert_eq!(printer.status(), Status::Ready);
    assert_eq!(printer.print(&paper("um")), Outcome::Unconfirmed);
    counterpart.wait_until("the paper", |machine| machine.papers.len() == 1);
    counterpart.now().mute = false;
    counterpart.now().answers = OUT;
    assert_eq!(printer.print(&paper("dois")), Outcome::NotSent(Status::PaperOut), "what it says is believed");
}

#[test]
fn a_half_paper_of_a_printer_that_cannot_tell_is_cut_off_before_the_next() {
    let counterpart = Counterpart::new();
    let mut printer = open(&Settings { proof: Some(Proof::None), ..settings(&counterpart) }).unwrap();
    counterpart.now().stuck_in_a_picture = true;
    let mut document = paper("de Maria");
    document.blocks.extend(picture_book().blocks);
    assert_eq!(printer.print(&document), Outcome::Unknown);
    counterpart.now().stuck = false;
    assert_eq!(printer.print(&paper("de Ana")), Outcome::NotSent(Status::Held), "nobody knows where the first one is");
    until_released(&mut *printer);
    assert_eq!(printer.print(&paper("de Ana")), Outcome::Unconfirmed);
    counterpart.wait_until("both papers", |machine| machine.papers.len() == 2);
    assert_eq!(counterpart.now().papers[1], "de Ana\nde Ana\n");
}

#[test]
fn a_port_belongs_to_one_program() {
    let (counterpart, mut printer) = pair();
    assert_eq!(printer.status(), Status::Ready);
    assert_eq!(open(&settings(&counterpart)).unwrap().status(), Status::InUse);
    assert_eq!(printer.status(), Status::Ready);
}

#[test]
fn a_paper_that_does_not_fit_is_said_and_not_printed() {
    let (counterpart, mut printer) = pair();
    let document = Document { name: "test", blocks: vec![Block::Verbatim(vec!["x".repeat(65)])] };
    let Outcome::DoesNotFit(why) = printer.print(&document) else { panic!("it fits") };
    assert!(why.contains("line 1 takes 65 columns of 64"), "{why}");
    assert!(counterpart.now().papers.is_empty() && !printer.held_back());
}

#[test]
fn a_printer_that_is_not_there_is_absent() {
    let mut printer = open(&Settings { port: "/nowhere/printer".into(), ..Settings::default() }).unwrap();
    assert_eq!(printer.status(), Status::Absent);
    assert_eq!(printer.print(&paper("um")), Outcome::NotSent(Status::Absent));
}
