use super::*;
use crate::paper::{Bitmap, Block, Document, Width};
use crate::printer::profile::{Cut, Font, Left, Presenter, known};

fn profile(name: &str) -> Profile {
    known::find(name).unwrap()
}

/// Every command in each set of commands.
#[test]
fn every_command_is_these_bytes() {
    let epson = Profile::default();
    let (bema, daruma) = (profile("bematech_mp4200_esc_bema"), profile("daruma_dr800"));
    let words = |of| Words::of(of);
    let full = |of: &Profile| Profile { cut: Cut::Full, ..of.clone() };
    let none = |of: &Profile| Profile { cut: Cut::None, cut_feed: 1, ..of.clone() };
    let kanji = Profile { cancel_kanji: true, ..epson.clone() };
    let narrow = |of: &Profile| Profile { font: Font::B, ..of.clone() };
    let presented = |then| {
        let presenter = Some(Presenter { steps: 16, timeout_s: 30, then });
        Profile { presenter, ..epson.clone() }
    };
    let cases: [(Vec<u8>, &[u8]); 42] = [
        (words(&epson).initialize(), b"\x1b@"),
        (words(&kanji).initialize(), b"\x1b@\x1c."),
        (words(&narrow(&epson)).initialize(), b"\x1b@\x1bM\x01"),
        (words(&profile("bematech_mp4200")).initialize(), b"\x1d\xf9\x20\x01\x1b@"),
        (words(&bema).initialize(), b"\x1d\xf9\x20\x00\x1b@"),
        (words(&narrow(&bema)).initialize(), b"\x1d\xf9\x20\x00\x1b@\x1b\x0f"),
        (words(&daruma).initialize(), b"\x1b@"),
        (words(&epson).code_table().unwrap().to_vec(), b"\x1bt\x02"),
        (words(&bema).code_table().unwrap().to_vec(), b"\x1bt\x02"),
        (words(&daruma).code_table().map(Vec::from).unwrap_or_default(), b""),
        (words(&epson).bold(true), b"\x1bE\x01"),
        (words(&epson).bold(false), b"\x1bE\x00"),
        (words(&bema).bold(true), b"\x1bE"),
        (words(&bema).bold(false), b"\x1bF"),
        (words(&daruma).bold(true), b"\x1bE"),
        (words(&daruma).bold(false), b"\x1bF"),
        (words(&epson).double(true), b"\x1d!\x11"),
        (words(&epson).double(false), b"\x1d!\x00"),
        (words(&bema).double(true), b"\x1bW\x01\x1bd\x01"),
        (words(&bema).double(false), b"\x1bW\x00\x1bd\x00"),
        (words(&daruma).double(true), b"\x1bW\x01\x1bw\x01"),
        (words(&daruma).double(false), b"\x1bW\x00\x1bw\x00"),
        (words(&epson).centre(true), b"\x1ba\x01"),
        (words(&bema).centre(false), b"\x1ba\x00"),
        (words(&daruma).centre(true), b"\x1bj\x01"),
        (words(&epson).feed(3), b"\x1bd\x03"),
        (words(&bema).feed(3), b"\n\n\n"),
        (words(&daruma).feed(2), b"\n\n"),
        (words(&epson).cut(), b"\x1dV\x42\x03"),
        (words(&full(&epson)).cut(), b"\x1dV\x41\x03"),
        (words(&none(&epson)).cut(), b"\x1bd\x05"),
        (words(&bema).cut(), b"\n\n\n\n\n\x1bm"),
        (words(&full(&bema)).cut(), b"\n\n\n\n\n\x1bw"),
        (words(&none(&bema)).cut(), b"\n\n\n\n\n"),
        (words(&daruma).cut(), b"\n\n\n\n\n\x1bm"),
        (words(&full(&daruma)).cut(), b"\n\n\n\n\n\x1bm"),
        (words(&presented(Left::Retract)).cut(), b"\x1cP\x10\x01R\x1e"),
        (words(&presented(Left::Eject)).cut(), b"\x1cP\x10\x01E\x1e"),
        (clear_buffers().to_vec(), b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"),
        (words(&daruma).native_qr("AB", 0).unwrap().0, b"\x1b\x81\x04\x00\x06MAB"),
        (
            words(&epson).native_qr("AB", 0).unwrap().0,
            b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1\x1d(k\x05\x001P0AB\x1d(k\x03\x001Q0",
        ),
        (Words::of(&profile("custom_vkp80iii")).cut(), b"\x1cP\x10\x01R\x1e"),
    ];
    for (number, (bytes, expected)) in cases.iter().enumerate() {
        assert_eq!(bytes, expected, "case {number}: {}", bytes.escape_ascii());
    }
}

#[test]
fn what_is_answered_behind_a_job_is_these_bytes() {
    let id = JobId(*b"ABCD");
    let of = |proof| fence(&Profile { proof, ..Profile::default() }, id).map(|command| command.bytes().to_vec());
    assert_eq!(of(Proof::Fence).unwrap(), b"\x1dr\x01");
    assert_eq!(of(Proof::ProcessId).unwrap(), b"\x1d(H\x06\x0000ABCD");
    assert_eq!([of(Proof::Ticket), of(Proof::Watched), of(Proof::None)], [None, None, None]);
}

#[test]
fn no_two_jobs_that_follow_each_other_have_the_same_id() {
    let ids: Vec<JobId> = (0..2_000).map(JobId::numbered).collect();
    for (index, id) in ids.iter().enumerate() {
        assert!(id.0.iter().all(|byte| (32..=126).contains(byte)));
        assert!(ids.iter().skip(index + 1).take(500).all(|other| other != id));
    }
}

fn bytes_of(blocks: Vec<Block>, profile: &Profile) -> Vec<u8> {
    let commands = compose(&Document { name: "test", blocks }, profile).unwrap();
    commands.iter().flat_map(Command::bytes).copied().collect()
}

#[test]
fn a_small_paper_byte_for_byte() {
    let profile = Profile { columns: 12, dots: 144, ..Profile::default() };
    let blocks = vec![
        Block::Title("Olá".into()),
        Block::Text { text: "ação".into(), emphasis: Emphasis::Strong },
        Block::Pair { label: "Rede".into(), value: "X".into(), emphasis: Emphasis::Plain },
    ];
    let bytes = bytes_of(blocks, &profile);
    let expected = b"\x1b@\x1bt\x02\x1ba\x01\x1d!\x11Ol\xa0\n\x1ba\x00\x1bE\x01\x1d!\x00a\x87\xc6o\n\
        \x1bE\x00Rede       X\n\x1dV\x42\x03";
    assert_eq!(bytes, expected, "{}", bytes.escape_ascii());
}

#[test]
fn a_paper_that_was_cut_short_is_filled_up_cut_off_and_fenced() {
    let (profile, id) = (Profile::default(), JobId(*b"ABCD"));
    assert_eq!(amends(2, &profile, id), b"\0\0\x1b@\x1bd\x01\x1dV\x42\x03\x1dr\x01");
    assert_eq!(amends(0, &Profile { proof: Proof::None, ..profile }, id), b"\x1b@\x1bd\x01\x1dV\x42\x03");
}

#[test]
fn a_picture_goes_out_in_bands_that_a_small_printer_can_hold() {
    let bands = picture::commands(&Bitmap::new(104, 300), &Profile::default());
    assert_eq!(bands.iter().map(Command::dots).collect::<Vec<_>>(), [128, 128, 44]);
    assert!(bands.iter().all(|band| band.appetite() == 13 * band.dots() && band.bytes().len() == band.appetite() + 8));
    let mut dots = Bitmap::new(9, 2);
    dots.set(0, 0, true);
    dots.set(8, 1, true);
    let [band] = picture::commands(&dots, &Profile::default()).try_into().unwrap();
    assert_eq!(band.bytes(), b"\x1dv0\x00\x02\x00\x02\x00\x80\x00\x00\x80");
}

#[test]
fn a_picture_in_columns_has_24_dots_in_each_and_no_seam() {
    let bema = profile("bematech_mp4200_esc_bema");
    let mut dots = Bitmap::new(2, 25);
    for (x, y) in [(0, 0), (1, 23), (0, 24)] {
        dots.set(x, y, true);
    }
    let commands = picture::commands(&dots, &bema);
    let bytes: Vec<u8> = commands.iter().flat_map(Command::bytes).copied().collect();
    let first = b"\x1b3\x18\x1b*\x21\x02\x00\x80\x00\x00\x00\x00\x01\n".as_slice();
    assert_eq!(bytes, [first, b"\x1b*\x21\x02\x00\x80\x00\x00\x00\x00\x00\n\x1b2"].concat());
    assert!(picture::commands(&dots, &profile("daruma_dr800")).is_empty());
}

#[test]
fn a_printer_that_draws_codes_by_itself_gets_the_text_and_no_bars() {
    let daruma = profile("daruma_dr800");
    let blocks = vec![Block::Qr("AB".into()), Block::Barcode("0".repeat(44)), Block::Rule];
    let bytes = bytes_of(blocks, &daruma);
    let expected =
        [b"\x1b@\x1bj\x01\n\x1b\x81\x04\x00\x06MAB\n\x1bj\x00".as_slice(), &[b'-'; 48], b"\n\n\n\n\n\n\x1bm"];
    assert_eq!(bytes, expected.concat(), "{}", bytes.escape_ascii());
    let wrong = Document { name: "test", blocks: vec![Block::Space, Block::Qr("a\x10\x04b".into())] };
    assert_eq!(
        compose(&wrong, &daruma).unwrap_err().to_string(),
        "a QR code at block 2, line 1 cannot be drawn from its content"
    );
    let wide = Document { name: "test", blocks: vec![Block::Space, Block::Verbatim(vec!["x".repeat(49)])] };
    assert!(compose(&wide, &daruma).unwrap_err().to_string().contains("block 2, line 1 takes 49 columns of 48"));
}

#[test]
fn a_card_text_wider_than_font_a_is_set_in_font_b_and_nothing_else_is() {
    let narrow = Profile { font: Font::A, ..profile("generic_58mm") };
    let (short, wide) = ("via".to_owned(), "x".repeat(40));
    let text = Block::Text { text: "fim".into(), emphasis: Emphasis::Plain };
    let bytes = bytes_of(vec![Block::Verbatim(vec![short.clone(), wide.clone()]), text], &narrow);
    let font_b = format!("\x1bM\x01{short}\n{wide}\n\x1bM\x00fim\n");
    assert!(bytes.windows(font_b.len()).any(|part| part == font_b.as_bytes()), "{}", bytes.escape_ascii());
    let bytes = bytes_of(vec![Block::Verbatim(vec![short])], &narrow);
    assert!(!bytes.windows(2).any(|pair| pair == b"\x1bM"), "it fits: {}", bytes.escape_ascii());
}

/// Epson carries out real-time commands even where they stand inside a picture's data.
#[test]
fn no_picture_holds_a_real_time_command() {
    let payload = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR";
    for width in [Width::MM80, Width::MM58] {
        let profile = Profile { columns: width.columns, dots: width.dots, ..Profile::default() };
        for length in (1..payload.len()).step_by(9) {
            let digits = format!("{length:0>44}");
            let bytes = bytes_of(vec![Block::Qr(payload[..length].to_owned()), Block::Barcode(digits)], &profile);
            assert!(!bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14])));
        }
    }
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    fn any_text() -> impl Strategy<Value = Block> {
        let emphasis = prop_oneof![Just(Emphasis::Plain), Just(Emphasis::Strong), Just(Emphasis::Large)];
        (any::<String>(), any::<String>(), emphasis, 0..4u8).prop_map(|(text, value, emphasis, kind)| match kind {
            0 => Block::Title(text),
            1 => Block::Pair { label: text, value, emphasis },
            _ => Block::Text { text, emphasis },
        })
    }

    proptest! {
        /// The only control bytes of a paper of words are those of our own commands, and no line is wider than its paper.
        #[test]
        fn whatever_is_written_no_text_becomes_a_command_and_no_line_is_too_wide(
            blocks in proptest::collection::vec(any_text(), 0..6),
        ) {
            for name in known::NAMES {
                let profile = profile(name);
                let document = Document { name: "test", blocks: blocks.clone() };
                // a value that cannot be broken may be refused, and is not printed then
                let Ok(commands) = compose(&document, &profile) else { continue };
                let mut wide = 1;
                for command in &commands {
                    let bytes = command.bytes();
                    match bytes {
                        [0x1d, b'!', size] => wide = 1 + usize::from(size >> 4),
                        [0x1b, b'W', on, ..] => wide = 1 + usize::from(*on),
                        [text @ .., b'\n'] if text.iter().all(|byte| *byte >= 0x20 && *byte != 0x7f) => {
                            prop_assert!(text.len() * wide <= profile.width().columns, "{name}: {text:?}");
                        }
                        [0x1b | 0x1d | 0x1c | b'\n', ..] => prop_assert!(bytes.len() <= 12, "{name}: {bytes:x?}"),
                        other => prop_assert!(false, "{name}: {other:x?}"),
                    }
                }
            }
        }
    }
}
