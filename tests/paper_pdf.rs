//! The papers as PDF files, read by programs that are not ours: fonts, words, structure, and the codes on them.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop here")]

mod decoders;
mod papers;

use std::path::Path;
use std::process::Command;

use jiff::civil::datetime;
use papers::{BARCODE, PIX, WIDTHS, every, longest_payload, pix_slip, slip};
use totem::paper::{
    Block, BoletoCopy, Document, NoPdf, Overflow, Part, PixSlip, Width, boleto_copy, pdf, pix_code, tef_copy,
};

const AT: jiff::civil::DateTime = datetime(2026, 11, 22, 14, 3, 9, 0);

fn made(document: &Document, width: &Width) -> Vec<u8> {
    pdf(document, width, AT).unwrap_or_else(|error| panic!("{} on {width:?}: {error}", document.name))
}

/// What the program says of the file. One that is not installed is skipped, unless `TOTEM_REQUIRE_PDF_TOOLS` is set.
fn told(program: &str, before: &[&str], file: &Path, after: &[&str]) -> Option<String> {
    let output = match Command::new(program).args(before).arg(file).args(after).output() {
        Ok(output) => output,
        Err(error) => {
            assert!(
                std::env::var_os("TOTEM_REQUIRE_PDF_TOOLS").is_none(),
                "{program} is not installed ({error}): apt-get install poppler-utils qpdf"
            );
            eprintln!("SKIPPED: {program} is not installed");
            return None;
        }
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complained = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && complained.is_empty(), "{program}: {said}{complained}");
    Some(said)
}

#[test]
fn every_paper_is_a_sound_file_with_its_font_title_and_date() {
    let folder = tempfile::tempdir().unwrap();
    for width in &WIDTHS {
        for document in every(width.narrow >= 40) {
            let file = folder.path().join(format!("{}-{}.pdf", document.name, width.columns));
            let bytes = made(&document, width);
            assert!(bytes.len() < 60_000, "{} on {width:?} has {} bytes", document.name, bytes.len());
            std::fs::write(&file, bytes).unwrap();
            if let Some(said) = told("qpdf", &["--check"], &file, &[]) {
                assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
            }
            if let Some(said) = told("pdffonts", &[], &file, &[]) {
                let fonts: Vec<&str> = said.lines().skip(2).collect();
                // name, type, encoding, then: embedded, subset, with a way back to Unicode
                assert_eq!(fonts.len(), 1, "{said}");
                let marks: Vec<&str> =
                    fonts[0].split_whitespace().filter(|word| ["yes", "no"].contains(word)).collect();
                assert_eq!((marks[0], marks[2]), ("yes", "yes"), "embedded, and its letters are letters: {said}");
            }
            if let Some(said) = told("pdfinfo", &[], &file, &[]) {
                assert!(said.contains("CreationDate:") && said.contains("2026"), "{said}");
                let title = said.lines().find_map(|line| line.strip_prefix("Title:")).unwrap_or_default().trim();
                assert!(!title.is_empty(), "{said}");
            }
        }
    }
}

#[test]
fn the_words_of_a_paper_are_words_with_their_accents() {
    let folder = tempfile::tempdir().unwrap();
    for document in every(true) {
        let file = folder.path().join("paper.pdf");
        std::fs::write(&file, made(&document, &Width::MM80)).unwrap();
        let Some(said) = told("pdftotext", &["-layout"], &file, &["-"]) else { return };
        let together = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = together(&said);
        let sheet = totem::paper::layout(&document, &Width::MM80).unwrap();
        for line in sheet.text().lines().filter(|line| !line.trim().is_empty()) {
            assert!(said.contains(&together(line)), "{:?} is missing in {}: {said}", line, document.name);
        }
    }
}

fn drawn(bytes: &[u8], dpi: &str, folder: &Path) -> Option<std::path::PathBuf> {
    let file = folder.join("paper.pdf");
    std::fs::write(&file, bytes).unwrap();
    let root = folder.join("page");
    told("pdftoppm", &["-r", dpi, "-gray", "-png", "-singlefile"], &file, &[root.to_str().unwrap()])?;
    Some(root.with_extension("png"))
}

#[test]
fn the_codes_of_a_boleto_read_back_digit_for_digit_from_another_programs_picture() {
    let folder = tempfile::tempdir().unwrap();
    for width in &WIDTHS {
        for dpi in ["203", "300"] {
            let Some(picture) = drawn(&made(&boleto_copy(&slip()), width), dpi, folder.path()) else { return };
            decoders::assert_file_reads(&picture, PIX, Some(BARCODE));
        }
    }
    let longest = longest_payload();
    let boleto = boleto_copy(&BoletoCopy { pix_payload: Some(longest.clone()), ..slip() });
    let Some(picture) = drawn(&made(&boleto, &Width::MM80), "300", folder.path()) else { return };
    decoders::assert_file_reads(&picture, &longest, Some(BARCODE));
}

#[test]
fn a_pix_code_reads_back_from_the_file() {
    let folder = tempfile::tempdir().unwrap();
    for width in &WIDTHS {
        let slip = PixSlip { payload: longest_payload(), ..pix_slip() };
        let Some(picture) = drawn(&made(&pix_code(&slip), width), "300", folder.path()) else { return };
        decoders::assert_file_reads(&picture, &longest_payload(), None);
    }
}

#[test]
fn our_own_files_are_read_by_what_draws_others() {
    let reader = totem::pdf::Reader::new(env!("CARGO_BIN_EXE_totem").into());
    let file = totem::domain::Pdf::new(made(&boleto_copy(&slip()), &Width::MM80));
    let drawn = reader.patient(std::time::Duration::from_secs(30)).open(&file, totem::pdf::Size::SCREEN).unwrap();
    let boleto = totem::domain::Boleto::parse(BARCODE).unwrap();
    assert_eq!(drawn.compared(Some(&boleto)), totem::domain::document::Compared::Same);
    assert_eq!((drawn.bars(), drawn.lines()), ([boleto.clone()].as_slice(), [boleto.clone()].as_slice()));
    // the linha of another bill beside the bars of this one
    let other = totem::domain::Boleto::parse("75691.31662 01006.726101 27455.420011 8 82170000001232").unwrap();
    let forged = BoletoCopy { line_groups: other.groups(), ..slip() };
    let file = totem::domain::Pdf::new(made(&boleto_copy(&forged), &Width::MM80));
    let reader = totem::pdf::Reader::new(env!("CARGO_BIN_EXE_totem").into());
    let drawn = reader.patient(std::time::Duration::from_secs(30)).open(&file, totem::pdf::Size::SCREEN).unwrap();
    assert_eq!(drawn.compared(Some(&boleto)), totem::domain::document::Compared::Different);
}

#[test]
fn what_does_not_fit_the_paper_is_no_file() {
    let wide = tef_copy(&["x".repeat(65)]);
    let refused = pdf(&wide, &Width::MM80, AT).unwrap_err();
    assert!(matches!(refused, NoPdf::DoesNotFit(Overflow::Columns { what: Part::Verbatim, .. })), "{refused}");
}

#[test]
fn a_paper_that_no_reader_would_take_as_one_page_has_several() {
    let folder = tempfile::tempdir().unwrap();
    let lines = vec!["linha de um comprovante sem fim".to_owned(); 3_000];
    let file = folder.path().join("long.pdf");
    let document = Document { name: "long", blocks: vec![Block::Verbatim(lines)] };
    std::fs::write(&file, made(&document, &Width::MM80)).unwrap();
    let Some(said) = told("pdfinfo", &[], &file, &[]) else { return };
    let pages = said.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim();
    assert_eq!(pages, "3", "{said}");
    let words = told("pdftotext", &["-layout"], &file, &["-"]).unwrap();
    assert_eq!(words.lines().filter(|line| line.contains("sem fim")).count(), 3_000);
}

/// The code and the bars that stand on a paper of the gallery.
fn codes_on(paper: &str) -> Option<(&'static str, Option<String>)> {
    match paper {
        "boleto_copy" => Some((PIX, Some(BARCODE.to_owned()))),
        "pix_code" => Some((PIX, None)),
        "test_page" => Some(("TESTE DE IMPRESSAO", Some("0".repeat(44)))),
        _ => None,
    }
}

/// `totem papers` as somebody types it who wants to see them, on every width, in both sizes of letters.
#[test]
fn every_paper_of_the_gallery_is_a_sound_file_and_its_codes_read_back_from_picture_and_file() {
    for (columns, large) in [("48", false), ("42", false), ("40", false), ("32", false), ("48", true), ("32", true)] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_totem"));
        program.arg("papers").arg(folder.path()).args(["--columns", columns]);
        let output = program.args(large.then_some("--large")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let made: Vec<std::path::PathBuf> =
            String::from_utf8(output.stdout).unwrap().lines().map(std::path::PathBuf::from).collect();
        let (pictures, files): (Vec<_>, Vec<_>) = made.iter().partition(|path| path.extension().unwrap() == "png");
        assert_eq!(pictures.len(), files.len());
        assert_eq!(files.len(), 11, "{columns}: every paper, the card's own text among them");
        for (picture, file) in pictures.iter().zip(&files) {
            let name = picture.file_stem().unwrap().to_str().unwrap();
            assert_eq!(file.file_stem(), picture.file_stem());
            if let Some(said) = told("qpdf", &["--check"], file, &[]) {
                assert!(said.contains("No syntax or stream encoding errors found"), "{name}: {said}");
            }
            if let Some(said) = told("pdffonts", &[], file, &[]) {
                assert_eq!(said.lines().skip(2).count(), 1, "{name}: {said}");
                assert!(!said.contains("Type 3"), "{name}: {said}");
            }
            if let Some(said) = told("pdftotext", &["-layout"], file, &["-"]) {
                assert!(said.split_whitespace().count() > 10, "{name}: {said}");
            }
            let root = folder.path().join(format!("{name}-drawn"));
            let after = [root.to_str().unwrap()];
            let drawn = told("pdftoppm", &["-r", "300", "-gray", "-png", "-singlefile"], file, &after);
            if let Some((code, bars)) = codes_on(name) {
                decoders::assert_file_reads(picture, code, bars.as_deref());
                if drawn.is_some() {
                    decoders::assert_file_reads(&root.with_extension("png"), code, bars.as_deref());
                }
            }
        }
    }
}
