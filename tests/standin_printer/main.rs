//! The stand-in printer, met by a totem that is played by hand: bytes written from the tables of the documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod desk;
mod faults;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::json;
use totem::simulator::printer::{Options, run, start};

use desk::{CUT, Cable, Desk, FENCE, INITIALISE, PATIENCE, wait_until};

/// Dots of margin on each side of the picture of a paper.
const MARGIN: u32 = 32;

fn is_black(picture: &image::GrayImage, x: u32, y: u32) -> bool {
    picture.get_pixel(MARGIN + x, y).0[0] < 128
}

#[test]
fn a_receipt_comes_out_as_text_and_as_a_picture() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    cable.print(&[
        INITIALISE,
        b"\x1Ba\x01\x1D!\x11PROVEDOR\n\x1D!\x00CNPJ 00.000.000/0001-91\n\n",
        b"\x1Ba\x00\x1BE\x01Fatura 4711\x1BE\x00\nVencimento 10/11/2026\n",
        b"\x1Ba\x02R$ 119,90\n\x1Ba\x00\x1BM\x01Letra pequena\x1BM\x00\n",
        CUT,
    ]);
    assert_eq!(
        desk.paper(1),
        "                PROVEDOR\n            CNPJ 00.000.000/0001-91\n\nFatura 4711\nVencimento 10/11/2026\n\
         \u{20}                                      R$ 119,90\nLetra pequena\n"
    );
    let picture = desk.picture(1);
    assert_eq!(picture.width(), 576 + 2 * MARGIN);
    // Blank up to the head, seven lines of which the first is 48 dots high, the feed to the cutter takes the blank back.
    assert_eq!(picture.height(), 48 + 6 * 30 + 96);
    assert_eq!(desk.book()["errors"], 0);
    assert_eq!(desk.book()["warnings"], 0);
}

#[test]
fn letters_are_as_wide_and_as_high_as_the_size_says() {
    let extent = |size: u8| {
        let desk = Desk::new();
        desk.plug().print(&[INITIALISE, &[0x1D, b'!', size], b"H\n", CUT]);
        desk.paper(1);
        let picture = desk.picture(1);
        let ink: Vec<(u32, u32)> =
            picture.enumerate_pixels().filter(|dot| dot.2.0[0] < 128).map(|dot| (dot.0, dot.1)).collect();
        let span = |values: Vec<u32>| values.iter().max().unwrap() - values.iter().min().unwrap() + 1;
        (span(ink.iter().map(|dot| dot.0).collect()), span(ink.iter().map(|dot| dot.1).collect()))
    };
    let (wide, high) = extent(0x00);
    assert!((6..=12).contains(&wide) && (12..=24).contains(&high));
    assert_eq!(extent(0x10), (2 * wide, high));
    assert_eq!(extent(0x01), (wide, 2 * high));
    assert_eq!(extent(0x77), (8 * wide, 8 * high));
}

#[test]
fn bold_underline_and_inversion_add_ink() {
    let ink = |before: &[u8], after: &[u8]| {
        let desk = Desk::new();
        desk.plug().print(&[INITIALISE, before, b"Fatura", after, b"\n", CUT]);
        desk.paper(1);
        desk.picture(1).pixels().filter(|dot| dot.0[0] < 128).count()
    };
    let plain = ink(b"", b"");
    assert!(ink(b"\x1BE\x01", b"\x1BE\x00") > plain);
    assert_eq!(ink(b"\x1B-\x01", b"\x1B-\x00"), plain + 6 * 12);
    assert_eq!(ink(b"\x1DB\x01", b"\x1DB\x00"), 6 * 12 * 24 - plain);
}

#[test]
fn each_code_page_has_its_own_accents() {
    for (page, bytes, text) in [
        (0, b"A\x87\xA6o 100\xF8".as_slice(), "Açªo 100°"),
        (2, b"Avi\xC6o, Jo\xC6o, \xC7\xE5 \xF8".as_slice(), "Avião, João, ÃÕ °"),
        (3, b"Jo\x84o, \x8F \x80".as_slice(), "João, Â Ç"),
        (16, b"Jo\xE3o \x96 \x80 5".as_slice(), "João – € 5"),
        (19, b"\xD5 5,00".as_slice(), "€ 5,00"),
    ] {
        let desk = Desk::new();
        desk.plug().print(&[b"\x1B@\x1Bt", &[page], bytes, b"\n", CUT]);
        assert_eq!(desk.paper(1), format!("{text}\n"), "page {page}");
        assert_eq!(desk.book()["errors"], 0);
    }
}

#[test]
fn a_picture_stands_where_the_alignment_puts_it_dot_for_dot() {
    for (align, left) in [(0, 0), (1, 280), (2, 560)] {
        let desk = Desk::new();
        let rows: [[u8; 2]; 3] = [[0b1010_0001, 0x01], [0x00, 0x00], [0xFF, 0x80]];
        let mut cable = desk.plug();
        cable.print(&[INITIALISE, &[0x1B, b'a', align], b"\x1Dv0\x00\x02\x00\x03\x00", &rows.concat(), CUT]);
        assert_eq!(desk.paper(1), format!("[picture 16x3 at {left}]\n"));
        let picture = desk.picture(1);
        for y in 0..picture.height() {
            for x in 0..576 {
                let inside = (96..99).contains(&y) && (left..left + 16).contains(&x);
                let expected = inside && {
                    let (row, column) = (usize::try_from(y - 96).unwrap(), usize::try_from(x - left).unwrap());
                    rows[row][column / 8] & (0x80 >> (column % 8)) != 0
                };
                assert_eq!(is_black(&picture, x, y), expected, "{x},{y}");
            }
        }
    }
}

#[test]
fn a_picture_in_bands_is_printed_without_a_seam() {
    let desk = Desk::new();
    let band = [b"\x1Dv0\x00\x01\x00\x80\x00".as_slice(), &[0x80; 128]].concat();
    desk.plug().print(&[INITIALISE, &band, &band, &band, CUT]);
    assert_eq!(desk.paper(1), "[picture 8x384 at 0]\n");
    let picture = desk.picture(1);
    assert!((96..96 + 384).all(|y| is_black(&picture, 0, y) && !is_black(&picture, 1, y)));
}

#[test]
fn feeds_and_line_spacing_move_the_paper() {
    for (bytes, rows) in [
        (b"\n".as_slice(), 30),
        (b"\x1Bd\x03", 90),
        (b"\x1BJ\x40", 64),
        (b"\x1B3\x18\n\n", 48),
        (b"\x1B3\x18\x1B2\n", 30),
    ] {
        let desk = Desk::new();
        desk.plug().print(&[INITIALISE, b"x\n", bytes, CUT]);
        desk.paper(1);
        assert_eq!(desk.book()["papers"][0]["rows"], 96 + 30 + rows, "{bytes:02X?}");
    }
}

#[test]
fn a_cut_without_a_feed_leaves_the_end_of_the_receipt_to_the_next_customer() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    cable.print(&[INITIALISE, b"1\n2\n3\n4\n5\n6\n\x1DV\x00"]);
    assert_eq!(desk.paper(1), "1\n2\n3\n");
    wait_until("warned", || desk.book()["warnings"] == 1);
    cable.print(&[b"7\n", CUT]);
    assert_eq!(desk.paper(2), "4\n5\n6\n7\n");
}

#[test]
fn a_cut_with_nothing_printed_gives_no_paper() {
    let desk = Desk::new();
    desk.plug().print(&[INITIALISE, b"\n\n", CUT]);
    wait_until("counted", || desk.book()["blank_cuts"] == 1);
    assert_eq!(desk.papers(), 0);
}

#[test]
fn what_breaks_the_tables_is_an_error_in_the_book_and_in_the_events() {
    for (bytes, complaint) in [
        (b"\x00".as_slice(), "unknown bytes [00]"),
        (b"\x1BZ", "unknown bytes [1B, 5A]"),
        (b"\x1DV\x07", "unknown bytes [1D, 56, 07]"),
        (b"\x1Bt\x08", "code page 8 is not in this printer"),
        (b"x\x1Ba\x01", "alignment in the middle of a line"),
        (b"x\x1DV\x42\x00", "a cut in the middle of a line"),
        (b"x\x1Dv0\x00\x01\x00\x01\x00\xFF", "a picture in the middle of a line"),
        (b"\x1Dk\x0512\x00", "barcode drawn by the printer: not in this printer"),
    ] {
        let desk = Desk::new();
        desk.plug().print(&[INITIALISE, bytes, b"\n", CUT]);
        wait_until(complaint, || desk.book()["errors"] == 1);
        assert_eq!(desk.book()["last_error"], complaint);
        assert!(desk.events().iter().any(|event| event["event"] == "error" && event["about"] == complaint));
    }
}

#[test]
fn a_picture_or_a_line_wider_than_the_paper_is_noticed() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    cable.print(&[INITIALISE, b"\x1Dv0\x00\x49\x00\x01\x00", &[0xFF; 73], CUT]);
    wait_until("told", || desk.book()["last_error"] == "a picture of 584 dots does not fit 576 dots");
    cable.print(&[&[b'x'; 50], b"\n".as_slice(), CUT]);
    assert_eq!(desk.paper(2), format!("{}\nxx\n", "x".repeat(48)));
    wait_until("warned", || desk.book()["warnings"] == 1);
}

#[test]
fn a_fence_is_answered_when_everything_before_it_is_printed() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    cable.send(&[INITIALISE, b"Recibo\n", CUT, FENCE, b"\x1D(H\x06\x0000ab12"]);
    assert_eq!(cable.receive(8, PATIENCE), b"\x00\x37\x22ab12\x00");
    assert_eq!(desk.papers(), 1, "the paper is there before the answer");
}

#[test]
fn the_printer_says_who_it_is() {
    let desk = Desk::new();
    let mut cable = desk.plug();
    assert_eq!(cable.ask(b"\x1DI\x42", 10), b"\x5FSTAND-IN\0");
}

#[test]
fn papers_are_numbered_on_through_a_restart() {
    let desk = Desk::new();
    desk.plug().print(&[INITIALISE, b"um\n", CUT]);
    let desk = desk.restarted();
    desk.plug().print(&[INITIALISE, b"dois\n", CUT]);
    assert_eq!((desk.paper(1), desk.paper(2)), ("um\n".to_owned(), "dois\n".to_owned()));
}

#[test]
fn the_port_is_a_link_that_goes_with_the_printer_and_never_replaces_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("ttyPRINTER");
    let options = Options { port: Some(port.clone()), ..Options::at(folder.path()) };
    let printer = start(&options).unwrap();
    assert!(port.is_symlink());
    printer.stop().unwrap();
    assert!(!port.is_symlink());
    fs::write(&port, "mine").unwrap();
    assert!(start(&options).is_err());
    assert_eq!(fs::read_to_string(&port).unwrap(), "mine");
    assert!(start(&Options { dots: 577, ..Options::at(folder.path()) }).is_err());
}

#[test]
fn a_narrower_paper_is_a_narrower_picture() {
    let desk = Desk::with(|options| options.dots = 384);
    desk.plug().print(&[INITIALISE, b"\x1Ba\x02fim\n", CUT]);
    assert_eq!(desk.paper(1), format!("{}fim\n", " ".repeat(29)));
    assert_eq!(desk.picture(1).width(), 384 + 2 * MARGIN);
    assert_eq!(desk.book()["errors"], json!(0));
}

/// Not a test: the body of the process that the test below starts, which is this test program once more.
#[test]
#[ignore = "started by another test"]
fn printer_process() {
    let Some(state) = std::env::var_os("STANDIN_STATE") else { return };
    run(&Options::at(Path::new(&state))).unwrap();
}

#[test]
fn a_printer_in_a_process_prints_until_it_is_told_to_end_and_takes_its_port_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut process = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "printer_process"])
        .env("STANDIN_STATE", folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(process.stdout.take().unwrap()).lines().map(Result::unwrap);
    assert!(said.any(|line| line.contains("\"ready\":\"printer\"")));
    std::thread::spawn(move || said.for_each(drop));

    let port = folder.path().join("printer");
    Cable::open(&port).print(&[INITIALISE, b"Recibo\n", CUT]);
    assert!(folder.path().join("paper-0001.png").exists());
    let told = rustix::process::Pid::from_child(&process);
    rustix::process::kill_process(told, rustix::process::Signal::TERM).unwrap();
    assert!(process.wait().unwrap().success());
    assert!(!port.is_symlink());
}
