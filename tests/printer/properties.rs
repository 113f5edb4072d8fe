//! Whatever anybody's name, a card's text or an ERP says: no byte of it is a command, and no line is wider than its paper.
//! Looked at by a small reader of its own, and by the stand-ins of all makers.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use totem::paper::{
    Block, BoletoCopy, Document, Emphasis, PixSlip, boleto_copy, payment_receipt, pix_code, statement, undone_notice,
    with_tef_copy,
};
use totem::printer::escpos::compose;
use totem::printer::profile::{Commands, Cut, Font, Profile, known};
use totem::printer::{Outcome, Settings};

use crate::desk::{Desk, PROFILES};
use crate::papers;

/// Everything that a text may hold, and what would hurt most.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\x00-\\x1f\\x7f]{0,12}",
        "(\\x1b@|\\x1dV0|\\x10\\x04\\x01|\\x1dr1|\\x1b\\x81|\\x1bm|\\x05){0,4}[a-zçãé ]{0,30}",
        "[A-ZÁÉÍÓÚÇÃÕ ]{0,120}",
    ]
}

fn blocks() -> impl Strategy<Value = Block> {
    let emphasis = prop_oneof![Just(Emphasis::Plain), Just(Emphasis::Strong), Just(Emphasis::Large)];
    prop_oneof![
        words().prop_map(Block::Title),
        (words(), emphasis.clone()).prop_map(|(text, emphasis)| Block::Text { text, emphasis }),
        // a large value that is cut in two is refused, as it must be
        (words(), words()).prop_map(|(label, value)| Block::Pair { label, value, emphasis: Emphasis::Strong }),
        "\\PC{0,20}".prop_map(|line| Block::Verbatim(vec![line])),
        proptest::collection::vec("[0-9.\\x00-\\x1f]{0,14}", 0..4).prop_map(Block::Groups),
        Just(Block::Rule),
        Just(Block::Space),
    ]
}

/// Every profile in every code page and font that it can be set to.
fn profiles() -> Vec<Profile> {
    let mut profiles = Vec::new();
    for name in known::NAMES {
        for page in [437, 850, 858, 860, 1252] {
            for font in [Font::A, Font::B] {
                let code_page = Some(page.try_into().unwrap());
                let settings =
                    Settings { profile: (*name).to_owned(), code_page, font: Some(font), ..Settings::default() };
                profiles.extend(settings.resolve());
            }
        }
    }
    assert!(profiles.len() >= 110, "{}", profiles.len());
    profiles
}

/// How many bytes the command at the beginning of `bytes` has, by its maker's table, and whether letters are twice as wide
/// after it.
fn command(bytes: &[u8], commands: Commands) -> Option<(usize, Option<bool>)> {
    Some(match (commands, bytes) {
        (_, [0x1d, 0xf9, 0x20, _, ..]) => (4, None),
        (_, [0x1b, b'@', ..]) => (2, Some(false)),
        (Commands::EscPos, [0x1c, b'.', ..]) => (2, None),
        (Commands::EscPos, [0x1c, b'P', _, 1, b'E' | b'R', _, ..]) => (6, None),
        (Commands::EscPos, [0x1d, b'!', size, ..]) => (3, Some(*size == 0x11)),
        (Commands::EscPos, [0x1d, b'V', 65 | 66, _, ..]) => (4, None),
        (Commands::EscPos, [0x1b, b't' | b'E' | b'M' | b'a' | b'd', _, ..]) => (3, None),
        (Commands::EscBema, [0x1b, b't' | b'a' | b'd', _, ..]) => (3, None),
        (Commands::EscDaruma, [0x1b, b'j' | b'w', _, ..]) => (3, None),
        (Commands::EscBema | Commands::EscDaruma, [0x1b, b'W', wide, ..]) => (3, Some(*wide == 1)),
        (Commands::EscBema | Commands::EscDaruma, [0x1b, b'E' | b'F' | b'm' | b'w' | 0x0f, ..]) => (2, None),
        _ => return None,
    })
}

/// Columns of the font that this command chooses, where it chooses one.
fn room(bytes: &[u8], profile: &Profile) -> Option<usize> {
    match bytes {
        [0x1b, b'M', font, ..] if profile.commands == Commands::EscPos => {
            Some(if *font == 1 { profile.columns_b } else { profile.columns })
        }
        _ => None,
    }
}

/// What is wrong with the bytes of a paper without pictures.
fn fault(bytes: &[u8], profile: &Profile) -> Option<String> {
    let mut columns = profile.width().columns;
    let (mut at, mut column, mut scale) = (0, 0, 1);
    while at < bytes.len() {
        match (bytes[at], command(&bytes[at..], profile.commands)) {
            (_, Some((length, wide))) => {
                columns = room(&bytes[at..], profile).unwrap_or(columns);
                at += length;
                scale = wide.map_or(scale, |wide| 1 + usize::from(wide));
            }
            (b'\n', None) => (at, column) = (at + 1, 0),
            (0x20..=0x7e | 0x80.., None) => (at, column) = (at + 1, column + scale),
            (byte, None) => return Some(format!("{byte:#x} at {at} is a command to nobody")),
        }
        if column > columns {
            return Some(format!("a line of {column} columns on {columns}, at {at}"));
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_text_becomes_a_command_and_no_line_is_wider_than_its_paper(
        blocks in proptest::collection::vec(blocks(), 1..8),
        wide in "[ -~]{0,60}",
    ) {
        let mut blocks = blocks;
        blocks.insert(blocks.len() / 2, Block::Verbatim(vec![wide]));
        let document = Document { name: "any", blocks };
        for profile in profiles() {
            if let Ok(commands) = compose(&document, &profile) {
                let bytes: Vec<u8> = commands.iter().flat_map(totem::printer::escpos::Command::bytes).copied().collect();
                prop_assert_eq!(fault(&bytes, &profile), None, "{}", profile.name);
            }
        }
    }
}

#[test]
fn the_small_reader_finds_what_is_wrong() {
    let profile = known::find("generic_80mm").unwrap();
    assert_eq!(fault(b"\x1b@S\xc6o\n", &profile), None);
    for wrong in [b"\x1b@\x07\n".as_slice(), b"\x1bZ", b"\x10\x04\x01", b"\x7f"] {
        assert!(fault(wrong, &profile).is_some(), "{wrong:?}");
    }
    assert!(fault(&[b'x'; 49], &profile).is_some());
    let large = [b"\x1d!\x11".as_slice(), &[b'x'; 25]].concat();
    assert!(fault(&large, &profile).is_some());
}

/// The same texts through every stand-in, which counts each byte that no table of its maker has, and each line that goes on
/// below.
#[test]
fn every_makers_own_reading_finds_nothing_wrong_with_any_text() {
    let mut runner = TestRunner::deterministic();
    let strategy = proptest::collection::vec(blocks(), 40);
    for (profile, ..) in PROFILES {
        let mut desk = Desk::of(profile);
        desk.settings.cut = (known::find(profile).unwrap().cut == Cut::None).then_some(Cut::Full);
        let mut printer = desk.printer();
        for _ in 0..2 {
            let mut blocks = strategy.new_tree(&mut runner).unwrap().current();
            blocks.push(Block::Text { text: "fim".to_owned(), emphasis: Emphasis::Plain });
            let outcome = printer.print(&Document { name: "any", blocks });
            assert!(matches!(outcome, Outcome::Done | Outcome::Unconfirmed), "{profile}: {outcome:?}");
        }
        desk.wait_until("two papers", |desk| desk.papers().len() == 2);
        desk.is_clean();
    }
}

/// The longest names, the largest amount, two hundred bills, a code of 512 letters, a card's text of 200 lines: in ordinary
/// and in large letters, in the commands of every profile.
#[test]
fn the_worst_papers_fit_every_profile() {
    let payload = papers::longest_payload();
    let most = papers::cents(999_999_999);
    let tef: Vec<String> = (0..200).map(|line| format!("{line:0>40}")).collect();
    let documents = [
        payment_receipt(&papers::longest_receipt(200)),
        with_tef_copy(payment_receipt(&papers::card_receipt()), &tef),
        boleto_copy(&BoletoCopy { amount: most, pix_payload: Some(payload.clone()), ..papers::slip() }),
        pix_code(&PixSlip { amount: most, payload, ..papers::pix_slip() }),
        statement(&papers::longest_account()),
        undone_notice(&papers::notice()),
    ];
    for name in known::NAMES {
        let profile = known::find(name).unwrap();
        for document in &documents {
            for document in [document.clone(), document.clone().enlarged()] {
                let composed = compose(&document, &profile);
                assert!(composed.is_ok(), "{name}, {}: {:?}", document.name, composed.err());
            }
        }
    }
}
