//! Every profile against the stand-in of its maker, which shares nothing with the encoder: what comes out can be read,
//! no byte is unknown, and each state is told as what it is.

use serde_json::{Value, json};
use totem::paper::{Block, Document, Emphasis, boleto_copy, payment_receipt, with_tef_copy};
use totem::printer::profile::{Cut, Picture, Proof, known};
use totem::printer::{Outcome, Status};

use crate::decoders;
use crate::desk::{Desk, PROFILES, until};
use crate::papers::{self, BARCODE, PIX};

#[test]
fn every_profile_has_a_stand_in() {
    let mut named: Vec<&str> = PROFILES.iter().map(|(name, ..)| *name).collect();
    let mut known = known::NAMES.to_vec();
    named.sort_unstable();
    known.sort_unstable();
    assert_eq!(named, known);
}

fn expected(proof: Proof) -> Outcome {
    match proof {
        Proof::ProcessId | Proof::Fence | Proof::Ticket => Outcome::Done,
        Proof::Watched | Proof::None => Outcome::Unconfirmed,
    }
}

/// A receipt with the card's own text, and a boleto whose codes are read back from the picture by two readers.
fn a_receipt_and_a_boleto_come_out_of(profile: &str) {
    let mut desk = Desk::of(profile);
    let told = known::find(profile).unwrap();
    if told.cut == Cut::None {
        // what is torn off by hand is no paper to the stand-in
        desk.settings.cut = Some(Cut::Full);
    }
    let mut printer = desk.printer();
    assert_eq!(printer.status(), Status::Ready, "{profile}");
    let receipt = with_tef_copy(payment_receipt(&papers::card_receipt()), &papers::tef_lines());
    assert_eq!(printer.print(&receipt), expected(told.proof), "{profile}");
    assert_eq!(printer.print(&boleto_copy(&papers::slip())), expected(told.proof), "{profile}");
    desk.wait_until("two papers", |desk| desk.papers().len() == 2);
    let papers = desk.papers();
    assert!(papers[0].contains("REDECARD") && papers[0].contains("TRANSACAO AUTORIZADA"), "{profile}: {}", papers[0]);
    assert!(papers[0].contains("São José"), "{profile}: {}", papers[0]);
    let bars = (told.picture != Picture::None).then_some(BARCODE);
    decoders::assert_file_reads(&desk.picture(2), PIX, bars);
    assert_eq!(papers[1].contains("Código de barras:"), bars.is_some(), "{profile} announces what is not there");
    desk.is_clean();
    assert!(!printer.held_back(), "{profile}");
}

macro_rules! each_profile {
    ($($name:ident),* $(,)?) => {
        mod comes_out_of {
            $(#[test]
            fn $name() {
                super::a_receipt_and_a_boleto_come_out_of(stringify!($name));
            })*

            #[test]
            fn all_of_them() {
                let mut told = [$(stringify!($name)),*].to_vec();
                told.sort_unstable();
                let mut known = super::known::NAMES.to_vec();
                known.sort_unstable();
                assert_eq!(told, known);
            }
        }
    };
}

each_profile![
    generic_80mm,
    generic_58mm,
    bematech_mp4200,
    bematech_mp4200_esc_bema,
    control_id,
    custom_vkp80iii,
    daruma_dr800,
    elgin_i9,
    elgin_vip,
    epson_tm_t20x,
    epson_tm_t88,
    gertec,
    tanca,
];

/// One profile for each way of telling the state.
const DIALECTS: [&str; 5] = ["epson_tm_t20x", "bematech_mp4200", "daruma_dr800", "elgin_vip", "custom_vkp80iii"];

#[test]
fn each_state_is_told_as_what_it_is_in_every_dialect() {
    for profile in DIALECTS {
        let desk = Desk::of(profile);
        let mut printer = desk.printer();
        // what a maker has no word for is at least a state in which nothing is printed
        let faults: [(Value, &[Status]); 8] = [
            (json!({"paper": "low"}), &[Status::PaperLow]),
            (json!({"paper": "out"}), &[Status::PaperOut]),
            (json!({"cover_open": true}), &[Status::CoverOpen]),
            (json!({"cover_open": true, "paper": "out"}), &[Status::CoverOpen]),
            (json!({"cutter_fault": true}), &[Status::Cutter, Status::Fault, Status::Offline]),
            (json!({"head_hot": true}), &[Status::Overheated, Status::Fault, Status::Offline]),
            (json!({"offline": true}), &[Status::Offline, Status::Fault]),
            (json!({"mute": true}), &[Status::Mute]),
        ];
        for (fault, statuses) in faults {
            desk.order(&fault);
            let status = printer.status();
            assert!(statuses.contains(&status), "{profile} {fault}: {status:?}");
            assert_eq!(status.can_print(), status == Status::PaperLow);
        }
        desk.is_well();
        until(&mut *printer, Status::Ready);
        desk.is_clean();
    }
}

/// An Epson tells cutter, heat and the rest apart.
#[test]
fn an_epson_has_a_word_for_each_fault() {
    let desk = Desk::of("epson_tm_t88");
    let mut printer = desk.printer();
    for (fault, status) in [
        (json!({"cutter_fault": true}), Status::Cutter),
        (json!({"head_hot": true}), Status::Overheated),
        (json!({"offline": true}), Status::Offline),
        (json!({"garbage": true}), Status::Unknown),
    ] {
        desk.order(&fault);
        assert_eq!(printer.status(), status, "{fault}");
    }
}

/// A page of a PDF is a picture; what cannot be drawn is no paper, and a blank one would pass for it.
#[test]
fn a_printer_that_draws_no_pictures_refuses_a_page() {
    let desk = Desk::of("daruma_dr800");
    let mut printer = desk.printer();
    let page = totem::domain::PageImage::new(100, vec![0; 10_000]).unwrap();
    let outcome = printer.print(&Document { name: "page", blocks: vec![Block::Page(page)] });
    assert!(matches!(outcome, Outcome::DoesNotFit(_)), "{outcome:?}");
    assert_eq!(desk.count("bytes"), 0);
}

fn long_paper(of: &str) -> Document {
    let line = Block::Text { text: format!("de {of}"), emphasis: Emphasis::Plain };
    Document { name: "test", blocks: vec![line; 12] }
}

/// In every dialect, with fence or without: a job that stops is blocked, and says why.
#[test]
fn paper_that_ends_in_the_middle_is_told_in_every_dialect() {
    for profile in DIALECTS {
        let desk = Desk::of(profile);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready);
        desk.order(&json!({"paper_out_after_lines": 5}));
        assert_eq!(printer.print(&long_paper("Maria")), Outcome::Blocked(Status::PaperOut), "{profile}");
        assert!(printer.held_back());
        assert_eq!(printer.print(&long_paper("Ana")), Outcome::NotSent(Status::PaperOut), "{profile}");
    }
}

#[test]
fn a_ticket_that_nobody_took_is_no_proof_for_the_next() {
    let desk = Desk::of("custom_vkp80iii");
    let mut printer = desk.printer();
    desk.order(&json!({"ticket_left": true}));
    assert_eq!(printer.print(&long_paper("Maria")), Outcome::Done);
    desk.order(&json!({"ticket_left": true, "paper_out_after_lines": 3}));
    assert_eq!(printer.print(&long_paper("Ana")), Outcome::Blocked(Status::PaperOut));
}
