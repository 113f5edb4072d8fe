//! Two readers of QR and bar codes that are not ours: zbarimg and zxing-cpp.

#![allow(clippy::unwrap_used, dead_code, reason = "a test may stop here, and not every test uses all of it")]

use std::path::Path;
use std::process::Command;

use totem::paper::Bitmap;

/// Both readers find the QR code and the boleto's bars, digit for digit. A reader that is not installed is skipped,
/// unless `TOTEM_REQUIRE_DECODERS` is set.
pub fn assert_reads(picture: &Bitmap, payload: &str, barcode: &str) {
    assert_finds(picture, payload, Some(barcode));
}

/// The same of a paper with no bars on it.
pub fn assert_reads_code(picture: &Bitmap, payload: &str) {
    assert_finds(picture, payload, None);
}

fn assert_finds(picture: &Bitmap, payload: &str, barcode: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.png");
    std::fs::write(&file, picture.to_png()).unwrap();
    assert_file_reads(&file, payload, barcode);
}

/// The same of a picture that somebody else made.
pub fn assert_file_reads(file: &Path, payload: &str, barcode: Option<&str>) {
    let picture = file.display();
    if installed("zbarimg", &["--version"]) {
        let read = zbar(file);
        assert!(read.contains(&format!("QR-Code:{payload}")), "{picture}: {read:?}");
        assert!(barcode.is_none_or(|bars| read.contains(&format!("I2/5:{bars}"))), "{picture}: {read:?}");
    }
    if installed("python3", &["-c", "import zxingcpp, PIL"]) {
        let read = zxing(file);
        let payload = format!(":{payload}");
        assert!(read.iter().any(|code| code.starts_with("QR") && code.ends_with(&payload)), "{picture}: {read:?}");
        assert!(barcode.is_none_or(|bars| read.contains(&format!("ITF:{bars}"))), "{picture}: {read:?}");
    }
}

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
