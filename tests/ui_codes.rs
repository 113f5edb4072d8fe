//! What a phone or a reader finds on the screen is exactly the payload and the digits of the bill.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ui_common;

use std::path::{Path, PathBuf};
use std::process::Command;

use totem::domain::ConfirmedBy;
use totem::journey::step::{BoletoScreen, PixScreen};
use totem::journey::{Step, View};
use totem::ui::picture;
use ui_common::{BARCODE, PAYLOAD, SIZES, accessible, options, ordinary};

fn saved(name: &str, view: &View, size: (u32, u32)) -> PathBuf {
    let pixels = picture(view, &options(), size).unwrap();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}x{}.png", size.0, size.1));
    image::RgbaImage::from_raw(size.0, size.1, pixels).unwrap().save(&path).unwrap();
    path
}

/// What a decoder found, one code a line; nothing where it is not installed, which is an error where it must be.
fn decoded(program: &str, args: &[&str], picture: &Path) -> Option<String> {
    let output = Command::new(program).args(args).arg(picture).output();
    let found = output.ok().filter(|output| {
        output.status.code() == Some(4)
            || output.status.success()
            || !String::from_utf8_lossy(&output.stderr).contains("No module")
    });
    if found.is_none() {
        assert!(std::env::var_os("TOTEM_REQUIRE_DECODERS").is_none(), "{program} {args:?} is not installed");
        eprintln!("skipped: {program} is not installed");
    }
    found.map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
}

const ZXING: &str = "import sys, zxingcpp\nfrom PIL import Image\n\
                     for code in zxingcpp.read_barcodes(Image.open(sys.argv[1]).convert('L')): print(code.text)";

fn assert_found(wanted: &str, picture: &Path) {
    let zbar = decoded("zbarimg", &["--quiet", "--raw", "-Si25.enable"], picture);
    let zxing = decoded("python3", &["-c", ZXING], picture);
    for (reader, found) in [("zbarimg", zbar), ("zxing-cpp", zxing)] {
        if let Some(found) = found {
            assert!(found.lines().any(|line| line == wanted), "{reader} found {found:?} in {}", picture.display());
        }
    }
}

fn ordinary_step(name: &str) -> View {
    ordinary().into_iter().find(|(this, _)| *this == name).unwrap().1
}

fn pix_with(payload: &str) -> View {
    let Step::Pix(step) = ordinary_step("pix").step else { panic!("a PIX screen") };
    View {
        step: Step::Pix(PixScreen { payload: payload.to_owned(), confirmed_by: ConfirmedBy::Erp, ..step }),
        ..ordinary_step("pix")
    }
}

#[test]
fn a_phone_reads_the_pix_code_in_every_window() {
    for size in SIZES {
        assert_found(PAYLOAD, &saved("pix", &ordinary_step("pix"), size));
    }
    assert_found(PAYLOAD, &saved("pix-accessible", &accessible(&ordinary_step("pix")), (1080, 1920)));
}

#[test]
fn a_phone_reads_the_longest_pix_code() {
    let longest: String = PAYLOAD.chars().cycle().take(512).collect();
    for size in SIZES {
        assert_found(&longest, &saved("pix-longest", &pix_with(&longest), size));
    }
}

#[test]
fn a_reader_reads_the_bars_and_the_code_of_a_boleto() {
    for size in SIZES {
        let picture = saved("boleto", &ordinary_step("boleto"), size);
        assert_found(BARCODE, &picture);
        assert_found(PAYLOAD, &picture);
    }
}

#[test]
fn the_longest_pix_code_of_a_boleto_leaves_its_bars_readable() {
    let longest: String = PAYLOAD.chars().cycle().take(512).collect();
    let view = ordinary_step("boleto");
    let Step::Boleto(step) = view.step.clone() else { panic!("a boleto screen") };
    let view = View { step: Step::Boleto(BoletoScreen { payload: Some(longest), ..step }), ..view };
    for size in [(1080, 1920), (768, 1360)] {
        assert_found(BARCODE, &saved("boleto-longest", &view, size));
    }
}

/// Six centimetres at 0.248 mm a pixel.
#[test]
fn the_pix_code_is_large_enough_to_be_read_from_where_a_customer_stands() {
    for payload in [PAYLOAD.to_owned(), PAYLOAD.chars().cycle().take(512).collect()] {
        let (width, height) = (1080, 1920);
        let pixels = picture(&pix_with(&payload), &options(), (width, height)).unwrap();
        let dark = |x: u32, y: u32| pixels[((y * width + x) * 4) as usize] == 0;
        let middle: Vec<u32> = (0..width).filter(|x| (250..900).any(|y| dark(*x, y))).collect();
        let side = middle.last().unwrap() - middle.first().unwrap();
        assert!(side >= 242, "{side} pixels of modules");
    }
}
