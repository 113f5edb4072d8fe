//! What somebody may send instead of a bill. Each costs an error within its time, and nothing else.

use std::time::{Duration, Instant};

use totem::domain::{PageView, Pdf};
use totem::pdf::{BYTES_MOST, Error, PAGES_MOST, Reader, Size};

use crate::file::{A4, file, pages, reader, stream, with_trailer};

/// Shown or refused, but never later than the patience and a little, and the one who asked still lives.
fn ends(what: &str, pdf: &Pdf) -> Result<(), Error> {
    let began = Instant::now();
    let result = reader().open(pdf, Size::SCREEN).map(|_| ());
    eprintln!("{what}: {result:?} after {:?}", began.elapsed());
    assert!(!matches!(result, Err(Error::NotStarted)), "{what}");
    result
}

#[test]
fn what_is_no_pdf_is_refused() {
    for (what, bytes) in [
        ("nothing", Vec::new()),
        ("a page of HTML", b"<html>Acesso ao sistema</html>".to_vec()),
        ("a head alone", b"%PDF-1.7\n".to_vec()),
        ("noise", (0..200_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 11) as u8).collect()),
        ("zeros", vec![0; 1_000_000]),
    ] {
        let refused = ends(what, &Pdf::new(bytes)).unwrap_err();
        assert!(matches!(refused, Error::NoPdf | Error::Empty), "{what}: {refused}");
    }
}

#[test]
fn a_file_that_was_cut_off_is_shown_as_far_as_it_goes_or_refused() {
    let whole = pages(2, A4, "0 0 100 100 re f", "", &[]);
    for part in 1..10 {
        let cut = whole.bytes()[..whole.bytes().len() * part / 10].to_vec();
        let _either = ends("cut off", &Pdf::new(cut));
    }
}

#[test]
fn too_many_bytes_or_pages_are_refused() {
    let mut large = pages(1, A4, "", "", &[]).bytes().to_vec();
    large.resize(BYTES_MOST + 1, b' ');
    assert_eq!(ends("too large", &Pdf::new(large)), Err(Error::TooLarge));
    assert_eq!(ends("pages", &pages(PAGES_MOST + 1, A4, "", "", &[])), Err(Error::TooManyPages));
    let most = pages(PAGES_MOST, A4, "", "", &[]);
    let last = reader().draw(&most, PageView { page: PAGES_MOST, part: None }, Size::SCREEN).unwrap();
    assert_eq!(last.pages, PAGES_MOST);
}

#[test]
fn a_page_of_no_sensible_size_is_refused() {
    for size in ["0 0 90000000 90000000", "0 0 20000 20000"] {
        assert_eq!(ends(size, &pages(1, size, "", "", &[])), Err(Error::NoSuchSize), "{size}");
    }
    assert!(ends("no number", &pages(1, "0 0 1e30 1e30", "", "", &[])).is_err());
    // what has no size of its own gets a letter's, as readers do
    for size in ["0 0 0 0", "5 5 5 5", "0 0 -1 -1", "0 0 0.01 14000", "a b c d"] {
        let _either = ends(size, &pages(1, size, "", "", &[]));
    }
}

#[test]
fn a_file_with_a_password_is_told_as_one() {
    // standard handler, revision 3, with keys that no empty password opens
    let encrypt = format!(
        "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O <{}> /U <{}> >> /ID [<00><00>] ",
        "41".repeat(32),
        "42".repeat(32)
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
    ];
    let locked = Pdf::new(with_trailer(&objects, &encrypt));
    assert_eq!(ends("locked", &locked), Err(Error::Locked));
}

#[test]
fn a_tree_of_pages_without_a_bottom_is_refused() {
    // a page tree that contains itself, and one ten thousand deep
    let own =
        ["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1 >>".to_owned()];
    assert!(ends("its own child", &Pdf::new(file(&own))).is_err());
    let mut deep = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    deep.extend((3..10_003).map(|child| format!("<< /Type /Pages /Kids [{child} 0 R] /Count 1 >>")));
    deep.push("<< /Type /Page /MediaBox [0 0 595 842] >>".to_owned());
    let _either = ends("ten thousand deep", &Pdf::new(file(&deep)));
    let nested = format!("<< /Type /Catalog /Pages {} 2 0 R {} >>", "[".repeat(200_000), "]".repeat(200_000));
    let _either = ends("brackets", &Pdf::new(file(&[nested])));
}

#[test]
fn a_form_that_draws_itself_and_a_billion_of_them_end() {
    let own =
        [stream("/Type /XObject /Subtype /Form /BBox [0 0 600 850] /Resources << /XObject << /X 4 0 R >> >>", "/X Do")];
    let _either = ends("draws itself", &pages(1, A4, "/X Do", "/XObject << /X 4 0 R >>", &own));
    // ten of ten of ten, nine times over
    let laughs: Vec<String> = (0..9)
        .map(|level| {
            let resources = format!("/Resources << /XObject << /X {} 0 R >> >>", 5 + level);
            let content = if level == 8 { "0 0 600 850 re f".to_owned() } else { "/X Do ".repeat(10) };
            stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 600 850] {resources}"), &content)
        })
        .collect();
    let refused = ends("a billion forms", &pages(1, A4, "/X Do", "/XObject << /X 4 0 R >>", &laughs)).unwrap_err();
    assert!(matches!(refused, Error::TooMuch | Error::TooLong), "{refused}");
}

#[test]
fn an_image_of_ten_thousand_million_pixels_ends() {
    let image = stream(
        "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceRGB /BitsPerComponent 8",
        "x",
    );
    let _either = ends("giant image", &pages(1, A4, "600 0 0 850 0 0 cm /X Do", "/XObject << /X 4 0 R >>", &[image]));
}

#[test]
fn a_pattern_without_end_ends() {
    let tile = stream(
        "/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 0.0001 /YStep 0.0001 /Resources << >>",
        "0 0 1 1 re f",
    );
    let content = "/Pattern cs /P scn 0 0 595 842 re f";
    let _either = ends("pattern", &pages(1, A4, content, "/Pattern << /P 4 0 R >>", &[tile]));
}

#[test]
fn a_content_of_millions_of_strokes_ends() {
    let content = "0 0 m 595 842 l S ".repeat(400_000);
    let _either = ends("strokes", &pages(1, A4, &content, "", &[]));
}

#[test]
fn who_waits_for_a_process_that_says_nothing_waits_no_longer_than_they_are_patient() {
    let deaf = tempfile::tempdir().unwrap();
    let program = deaf.path().join("deaf");
    std::fs::write(&program, "#!/bin/sh\nexec sleep 60\n").unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let began = Instant::now();
    let reader = Reader::new(program).patient(Duration::from_millis(300));
    let refused = reader.draw(&pages(1, A4, "", "", &[]), PageView::first(), Size::SCREEN);
    assert_eq!(refused.unwrap_err(), Error::TooLong);
    assert!(began.elapsed() < Duration::from_secs(30), "the process was not waited for");
}

#[test]
fn a_program_that_is_not_there_or_says_nonsense_is_an_error() {
    let pdf = pages(1, A4, "", "", &[]);
    let missing = Reader::new("/nowhere/totem".into()).draw(&pdf, PageView::first(), Size::SCREEN);
    assert_eq!(missing.unwrap_err(), Error::NotStarted);
    let nonsense = Reader::new("/bin/echo".into()).draw(&pdf, PageView::first(), Size::SCREEN);
    assert_eq!(nonsense.unwrap_err(), Error::TooMuch);
}
