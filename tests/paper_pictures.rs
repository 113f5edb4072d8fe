//! What a phone and a bank's reader make of the papers: two decoders that are not ours read them.

mod papers;

use std::path::Path;
use std::process::Command;

use papers::{BARCODE, PIX, WIDTHS, longest_payload, slip};
use totem::paper::{BoletoCopy, Width, boleto_copy, layout, payment_receipt, render, undone_notice, with_tef_copy};

/// Whether a decoder may be used. Where it is not installed the test says so, or fails if it was demanded.
fn installed(program: &str, arguments: &[&str]) -> bool {
    let there = Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success());
    assert!(there || std::env::var_os("TOTEM_REQUIRE_DECODERS").is_none(), "{program} is not installed");
    if !there {
        eprintln!("SKIPPED: {program} {arguments:?} is not installed");
    }
    there
}

fn zbar(picture: &Path) -> Vec<String> {
    let output = Command::new("zbarimg").args(["-q", "-Si25.min-length=44"]).arg(picture).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

const ZXING: &str = "
import sys, zxingcpp
from PIL import Image
for code in zxingcpp.read_barcodes(Image.open(sys.argv[1])):
    print(code.format.name + ':' + code.text)
";

fn zxing(picture: &Path) -> Vec<String> {
    let output = Command::new("python3").args(["-c", ZXING]).arg(picture).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn read_back(boleto: &BoletoCopy, width: &Width, payload: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("boleto.png");
    std::fs::write(&file, render(&layout(&boleto_copy(boleto), width).unwrap()).to_png()).unwrap();
    if installed("zbarimg", &["--version"]) {
        let read = zbar(&file);
        assert!(read.contains(&format!("QR-Code:{payload}")), "{width:?}: {read:?}");
        assert!(read.contains(&format!("I2/5:{BARCODE}")), "{width:?}: {read:?}");
    }
    if installed("python3", &["-c", "import zxingcpp, PIL"]) {
        let read = zxing(&file);
        assert!(read.iter().any(|code| code.starts_with("QR") && code.ends_with(&format!(":{payload}"))), "{read:?}");
        assert!(read.contains(&format!("ITF:{BARCODE}")), "{width:?}: {read:?}");
    }
}

#[test]
fn a_boleto_on_paper_reads_back_digit_for_digit() {
    for width in &WIDTHS {
        read_back(&slip(), width, PIX);
    }
}

#[test]
fn the_longest_pix_payload_reads_back_from_the_widest_and_the_narrowest_paper() {
    let payload = longest_payload();
    for width in [Width::MM80, Width::MM58] {
        read_back(&BoletoCopy { pix_payload: Some(payload.clone()), ..slip() }, &width, &payload);
    }
}

#[test]
fn every_letter_of_portuguese_is_drawn() {
    let blank = drawn(" ");
    for letter in "ÁÀÂÃÉÊÍÓÔÕÚÜÇáàâãéêíóôõúüçªº°$%&@#0Og".chars() {
        assert_ne!(drawn(&letter.to_string()), blank, "{letter}");
        assert_ne!(drawn(&letter.to_string()), drawn("\u{ad}"), "{letter}");
    }
    assert_ne!(drawn("ç"), drawn("c"));
}

fn drawn(text: &str) -> Vec<u8> {
    let line = totem::paper::Block::Verbatim(vec![format!("|{text}|")]);
    let document = totem::paper::Document { name: "letter", blocks: vec![line] };
    render(&layout(&document, &Width::MM80).unwrap()).to_png()
}

/// `TOTEM_PAPERS=DIR cargo test --test paper_pictures` leaves the papers there to be looked at.
#[test]
fn a_paper_is_as_wide_as_its_head() {
    for width in &WIDTHS {
        let receipt = payment_receipt(&papers::card_receipt());
        let mut documents = vec![
            payment_receipt(&papers::pix_receipt()),
            payment_receipt(&papers::longest_receipt(2)),
            boleto_copy(&slip()),
            undone_notice(&papers::notice()),
        ];
        documents.push(if width.columns < 40 { receipt } else { with_tef_copy(receipt, &papers::tef_lines()) });
        for (number, document) in documents.iter().enumerate() {
            let picture = render(&layout(document, width).unwrap());
            assert_eq!(picture.width(), width.dots);
            if let Some(folder) = std::env::var_os("TOTEM_PAPERS") {
                let name = format!("{}-{number}-{}.png", document.name, width.columns);
                std::fs::write(Path::new(&folder).join(name), picture.framed(24, 24).to_png()).unwrap();
            }
        }
    }
}
