//! What is drawn, and what is read off the pages of a bill.

use totem::domain::document::Compared;
use totem::domain::{Boleto, PageView};
use totem::pdf::{Error, Size};

use crate::file::{A4, bars, booklet, pages, reader, stream};

const BARS: &str = "75697733800000010001316601006726102721000001";
const LINE: &str = "75691.31662 01006.726101 27210.000017 7 73380000001000";
const OTHER: &str = "75691.31662 01006.726101 27455.420011 8 82170000001232";
const HELVETICA: &str = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
/// FEBRABAN's 103 mm.
const MODULE: f64 = 292.0 / 405.0;

fn boleto() -> Boleto {
    Boleto::parse(LINE).unwrap()
}

fn text(line: &str) -> String {
    format!("BT /F1 10 Tf 60 700 Td ({line}) Tj ET\n")
}

#[test]
fn a_page_fills_its_box_and_its_ink_is_where_it_was_put() {
    let pdf = pages(2, A4, "0 0 297.5 421 re f", "", &[]);
    let drawn = reader().draw(&pdf, PageView { page: 2, part: None }, Size::SCREEN).unwrap();
    let page = &drawn.image;
    assert_eq!((drawn.pages, page.width(), page.height()), (2, 1080, 1528));
    let dark = |x, y| page.shade(x, y) < 40;
    assert!(dark(10, 1518) && !dark(10, 10) && !dark(1070, 1518), "the lower left quarter is black");
}

#[test]
fn an_enlarged_part_shows_its_corner_twice_as_large() {
    let pdf = pages(1, A4, "0 0 60 60 re f 535 782 60 60 re f", "", &[]);
    let ink = |part| {
        let drawn = reader().draw(&pdf, PageView { page: 1, part: Some(part) }, Size::SCREEN).unwrap();
        drawn.image.shades().iter().filter(|shade| **shade < 128).count()
    };
    let [upper_left, upper_right, lower_left, lower_right] = [1, 2, 3, 4].map(ink);
    assert_eq!((upper_left, lower_right), (0, 0));
    // 60 points of 595 on 1080 pixels are 109; enlarged, 198
    for corner in [upper_right, lower_left] {
        assert!((37_000..42_000).contains(&corner), "{corner}");
    }
}

#[test]
fn a_landscape_and_a_turned_page_fit_their_box() {
    for (size, turned) in [("0 0 842 595", ""), (A4, "/Rotate 90")] {
        let pdf = totem::domain::Pdf::new(crate::file::file(&[
            "<< /Type /Catalog /Pages 2 0 R >>".into(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
            format!("<< /Type /Page /Parent 2 0 R /MediaBox [{size}] {turned} /Contents 4 0 R >>"),
            stream("", "0 0 1 1 re f"),
        ]));
        let page = reader().draw(&pdf, PageView::first(), Size::SCREEN).unwrap().image;
        assert_eq!((page.width(), page.height()), (1080, 763), "{size} {turned}");
    }
}

#[test]
fn a_font_that_the_file_does_not_carry_is_drawn_all_the_same() {
    let pdf = pages(1, A4, &text("Vencimento 10/11/2026"), HELVETICA, &[]);
    let page = reader().draw(&pdf, PageView::first(), Size::SCREEN).unwrap().image;
    assert!(page.shades().iter().filter(|shade| **shade < 128).count() > 200);
}

#[test]
fn bars_are_read_at_their_size_smaller_turned_and_on_a_later_page() {
    let turned = format!("q 0 1 -1 0 300 100 cm {} Q", bars(BARS, MODULE, 0.0, 0.0));
    let upside_down = format!("q -1 0 0 -1 500 500 cm {} Q", bars(BARS, MODULE, 0.0, 0.0));
    for (what, content) in [
        ("as the norm has them", bars(BARS, MODULE, 60.0, 100.0)),
        ("three quarters of it", bars(BARS, 0.75 * MODULE, 60.0, 100.0)),
        ("turned", turned),
        ("upside down", upside_down),
        ("text alone", text(LINE)),
    ] {
        let pdf = pages(3, A4, &content, HELVETICA, &[]);
        let drawn = reader().open(&pdf, Size::SCREEN).unwrap();
        let read = if what == "text alone" { drawn.lines() } else { drawn.bars() };
        assert_eq!(read, [boleto()], "{what}");
        assert_eq!(drawn.compared(Some(&boleto())), Compared::Same, "{what}");
    }
}

#[test]
fn other_bars_or_another_line_than_the_bill_has_are_different() {
    let other = Boleto::parse(OTHER).unwrap();
    for content in [bars(other.barcode(), MODULE, 60.0, 100.0), text(OTHER)] {
        let drawn = reader().open(&pages(1, A4, &content, HELVETICA, &[]), Size::SCREEN).unwrap();
        assert_eq!(drawn.compared(Some(&boleto())), Compared::Different);
        assert_eq!(drawn.compared(None), Compared::NotCompared, "nobody knows what the bill's are");
    }
}

#[test]
fn bars_of_somebody_else_beside_the_bills_own_digits_are_different() {
    let other = Boleto::parse(OTHER).unwrap();
    let content = format!("{}{}", text(LINE), bars(other.barcode(), MODULE, 60.0, 100.0));
    let drawn = reader().open(&pages(1, A4, &content, HELVETICA, &[]), Size::SCREEN).unwrap();
    assert_eq!((drawn.bars(), drawn.lines()), ([other].as_slice(), [boleto()].as_slice()));
    assert_eq!(drawn.compared(Some(&boleto())), Compared::Different);
}

#[test]
fn a_booklet_with_the_bill_among_others_is_the_bill() {
    let other = Boleto::parse(OTHER).unwrap();
    let both = |boleto: &Boleto, height: i32| {
        format!(
            "BT /F1 10 Tf 60 {} Td ({}) Tj ET\n{}",
            height + 60,
            boleto.line(),
            bars(boleto.barcode(), MODULE, 60.0, f64::from(height))
        )
    };
    let content = format!("{}{}", both(&boleto(), 500), both(&other, 100));
    let drawn = reader().open(&pages(1, A4, &content, HELVETICA, &[]), Size::SCREEN).unwrap();
    assert_eq!(drawn.compared(Some(&boleto())), Compared::Same);
}

#[test]
fn a_slip_on_the_fifth_page_is_compared_before_that_page_is_shown() {
    let other = Boleto::parse(OTHER).unwrap();
    let empty = text("Contrato");
    for (fifth, compared) in [
        (bars(other.barcode(), MODULE, 60.0, 100.0), Compared::Different),
        (text(OTHER), Compared::Different),
        (bars(BARS, MODULE, 60.0, 100.0), Compared::Same),
        (empty.clone(), Compared::NotCompared),
    ] {
        let mut contents = vec![empty.clone(); 4];
        contents.push(fifth);
        let pdf = booklet(&contents, HELVETICA);
        assert_eq!(reader().open(&pdf, Size::SCREEN).unwrap().compared(Some(&boleto())), Compared::NotCompared);
        let pdf = pdf.unread("90".into(), boleto());
        let page = |page| reader().draw(&pdf, PageView { page, part: None }, Size::SCREEN).unwrap();
        assert_eq!(page(4).compared(Some(&boleto())), Compared::NotCompared);
        assert_eq!(page(5).compared(Some(&boleto())), compared);
    }
}

#[test]
fn digits_in_bold_stand_there_once() {
    // filled, and the edge drawn: as a printing head's bold is written, group after group
    let mut content = String::new();
    for (row, group) in OTHER.split(' ').enumerate() {
        content.push_str(&format!("BT 2 Tr /F1 10 Tf 60 {} Td ({group}) Tj ET\n", 700 - 14 * row));
    }
    let drawn = reader().open(&pages(1, A4, &content, HELVETICA, &[]), Size::SCREEN).unwrap();
    assert_eq!(drawn.lines(), [Boleto::parse(OTHER).unwrap()]);
    // letters that are nothing but their edge are letters too
    let hollow = content.replace("2 Tr", "1 Tr");
    let drawn = reader().open(&pages(1, A4, &hollow, HELVETICA, &[]), Size::SCREEN).unwrap();
    assert_eq!(drawn.lines(), [Boleto::parse(OTHER).unwrap()]);
}

#[test]
fn a_page_without_bars_compares_nothing() {
    let drawn = reader().open(&pages(1, A4, &text("Nota fiscal 7"), HELVETICA, &[]), Size::SCREEN).unwrap();
    assert_eq!(drawn.compared(Some(&boleto())), Compared::NotCompared);
}

#[test]
fn a_page_that_is_not_there_is_told() {
    let pdf = pages(1, A4, "", "", &[]);
    for page in [0, 2, usize::MAX] {
        let drawn = reader().draw(&pdf, PageView { page, part: None }, Size::SCREEN);
        assert_eq!(drawn.unwrap_err(), Error::NoSuchPage);
    }
}
