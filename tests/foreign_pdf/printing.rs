//! A page of somebody else's, cut for a receipt's paper: two readers that are not ours read it.

use totem::domain::PageView;
use totem::paper::{Block, Document, Row, Width, layout, qr};
use totem::pdf::Size;

use crate::decoders;
use crate::file::{A4, bars, pages, reader};

const BARS: &str = "75697733800000010001316601006726102721000001";
const PIX: &str = "00020101021226700014br.gov.bcb.pix2548pix.example.com/8b3da2f39a4140d1a91abd93113bd441\
5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***630464E4";

/// A QR code with two points a module, its lower left corner there; one path, so that it has no seams.
fn code(text: &str, left: usize, bottom: usize) -> String {
    let modules = qr::modules(text).unwrap();
    let side = modules.height();
    let mut path = String::new();
    for y in 0..side {
        for x in (0..side).filter(|x| modules.get(*x, y)) {
            path.push_str(&format!("{} {} 2 2 re ", left + 2 * x, bottom + 2 * (side - y)));
        }
    }
    path + "f\n"
}

// Narrower heads cut the page into more bands; whether bars and code can be read there depends on where a bill has them. The
// boleto's own paper has both on every width.
#[test]
fn the_codes_of_a_printed_bill_can_be_read() {
    let content = format!("{}{}", bars(BARS, 292.0 / 405.0, 60.0, 80.0), code(PIX, 400, 200));
    let pdf = pages(1, A4, &content, "", &[]);
    let image = reader().draw(&pdf, PageView::first(), Size::PRINT).unwrap().image;
    let document = Document { name: "page", blocks: vec![Block::Page(image)] };
    let sheet = layout(&document, &Width::MM80).unwrap();
    let bands: Vec<_> = sheet
        .rows()
        .iter()
        .filter_map(|row| if let Row::Picture(picture) = row { Some(picture) } else { None })
        .collect();
    assert!(bands.iter().all(|band| band.width() == Width::MM80.dots));
    // both codes stand in the lowest band
    decoders::assert_reads(&bands.last().unwrap().framed(40, 40), PIX, BARS);
}
