//! One paper in the bytes of every profile, kept in files. `TOTEM_BLESS=1` writes them anew, to be read before they are
//! committed.

use std::fmt::Write;
use std::path::Path;

use totem::paper::{Block, Document, Emphasis};
use totem::printer::escpos::{Command, JobId, compose, fence};
use totem::printer::profile::known;

/// One of everything: each emphasis, accents, a pair, groups, a code and bars.
fn everything() -> Document {
    let text = |text: &str, emphasis| Block::Text { text: text.to_owned(), emphasis };
    Document {
        name: "test",
        blocks: vec![
            Block::Title("Recibo".into()),
            Block::Space,
            text("Avião, pães, 2ª via nº 5 — ÁÀÂÃÉÊÍÓÔÕÚÜÇ", Emphasis::Plain),
            text("Forte", Emphasis::Strong),
            Block::Pair { label: "Total".into(), value: "R$ 119,90".into(), emphasis: Emphasis::Large },
            Block::Verbatim(vec!["VIA CLIENTE".into()]),
            Block::Groups(vec!["75697".into(), "73380".into()]),
            Block::Rule,
            Block::Qr("TESTE".into()),
            Block::Barcode("0".repeat(44)),
        ],
    }
}

/// Commands a line each; of a picture's data only the beginning, with its length and a sum.
fn shown(command: &Command) -> String {
    const MOST: usize = 64;
    let bytes = command.bytes();
    let hex = bytes.iter().take(MOST).map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ");
    if bytes.len() <= MOST {
        return hex;
    }
    let sum = bytes.iter().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
    format!("{hex} … {} bytes, sum {sum:08x}", bytes.len())
}

#[test]
fn one_paper_in_the_bytes_of_every_profile() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/printer");
    let bless = std::env::var_os("TOTEM_BLESS").is_some();
    for name in known::NAMES {
        let profile = known::find(name).unwrap();
        let commands = compose(&everything(), &profile).unwrap();
        let mut lines = String::new();
        for command in commands.iter().chain(&fence(&profile, JobId(*b"ABCD"))) {
            writeln!(lines, "{}", shown(command)).unwrap();
        }
        let file = folder.join(format!("{name}.txt"));
        if bless {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&file, &lines).unwrap();
        }
        let kept = std::fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(lines, kept, "{name}: TOTEM_BLESS=1 writes it anew");
    }
}
