//! A paper as a PDF file: as wide as the receipt, with its letters as letters, its bars and codes as shapes, and its title
//! and date set. What is on it is what the printer would print.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use printpdf::date::{Date, DateTime as Moment, Offset, Time};
use printpdf::{
    Color, FontId, LinePoint, Mm, Op, PaintMode, ParsedFont, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions,
    Point, Polygon, PolygonRing, Pt, Rgb, TextItem, TextRenderingMode, WindingOrder,
};

use super::sheet::{Line, Overflow, Row, Sheet, Width, scale};
use super::{Bitmap, Block, Document, Emphasis, layout};

/// The same letters that pictures are drawn with, reduced to what papers need: a file stays some 20 KB small.
static FONT: LazyLock<Option<ParsedFont>> = LazyLock::new(|| {
    let bytes = include_bytes!("../../assets/fonts/DejaVuSansMono-Latin.ttf");
    ParsedFont::from_bytes(bytes, 0, &mut Vec::new())
});

/// Of a letter of that font, in sizes of type.
const ADVANCE: f32 = 0.602;
const ASCENT: f32 = 0.93;
/// Dots an inch of the printing head, and points of a PDF.
const DPI: f32 = 203.0;
const POINTS: f32 = 72.0;
/// White around what is printed, in dots.
const MARGIN: usize = 32;
/// The longest page, in dots: readers refuse what is longer than 14,400 points.
const LONGEST: usize = 39_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoPdf {
    #[error(transparent)]
    DoesNotFit(#[from] Overflow),
    #[error("the font of the papers cannot be used")]
    Font,
    #[error("the file cannot be written")]
    Write,
}

/// The document as a file. `at` is its date, in the totem's local time.
pub fn pdf(document: &Document, width: &Width, at: DateTime) -> Result<Vec<u8>, NoPdf> {
    let sheet = layout(document, width)?;
    let font = FONT.as_ref().ok_or(NoPdf::Font)?;
    let mut file = PdfDocument::new(&title(document));
    let id = file.add_font(font);
    let info = &mut file.metadata.info;
    let at = moment(at);
    (info.creation_date, info.modification_date, info.metadata_date) = (at, at, at);
    info.producer = concat!("totem ", env!("CARGO_PKG_VERSION")).to_owned();
    info.creator = "totem".to_owned();
    file.with_pages(pages(&sheet, &id));
    let mut warnings = Vec::new();
    let bytes = file.save(&PdfSaveOptions { subset_fonts: false, ..PdfSaveOptions::default() }, &mut warnings);
    if bytes.starts_with(b"%PDF-") { Ok(bytes) } else { Err(NoPdf::Write) }
}

/// What stands large at its head.
fn title(document: &Document) -> String {
    let titles = document.blocks.iter().filter_map(|block| match block {
        Block::Title(title) => Some(title.as_str()),
        _ => None,
    });
    let title = titles.collect::<Vec<_>>().join(" - ");
    if title.is_empty() { document.name.to_owned() } else { title }
}

/// Brazil's time: there is no other zone that a totem stands in whose papers leave it.
fn moment(at: DateTime) -> Moment {
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    let date = Date { year: i32::from(at.year()), month: part(at.month()), day: part(at.day()) };
    let time = Time { hour: part(at.hour()), minute: part(at.minute()), second: part(at.second()), millisecond: 0 };
    Moment::new_in_offset(date, time, Offset { hours: -3, minutes: 0, seconds: 0, milliseconds: 0 })
}

/// One page, unless it would be longer than readers take.
fn pages(sheet: &Sheet, font: &FontId) -> Vec<PdfPage> {
    let cell = sheet.width().dots / sheet.width().columns.max(1);
    let mut pages = Vec::new();
    let mut rows: Vec<(usize, &Row)> = Vec::new();
    let mut top = MARGIN;
    for row in sheet.rows() {
        let high = height(row, cell);
        if top + high + MARGIN > LONGEST && !rows.is_empty() {
            pages.push(page(sheet, &rows, top, font));
            rows.clear();
            top = MARGIN;
        }
        rows.push((top, row));
        top += high;
    }
    pages.push(page(sheet, &rows, top, font));
    pages
}

fn height(row: &Row, cell: usize) -> usize {
    let pitch = cell * 5 / 2;
    match row {
        Row::Line(line) => pitch * scale(line.emphasis()),
        Row::Picture(picture) => picture.height(),
        Row::Feed(lines) => pitch * usize::from(*lines),
        Row::Cut => 0,
    }
}

fn page(sheet: &Sheet, rows: &[(usize, &Row)], end: usize, font: &FontId) -> PdfPage {
    let width = sheet.width();
    let (cell, narrow) = (width.dots / width.columns.max(1), width.dots / width.narrow.max(1));
    let pen = Pen { cell, narrow, dots: width.dots, high: end + MARGIN, font };
    let mut ops = vec![Op::SetFillColor { col: black() }, Op::SetOutlineColor { col: black() }];
    for (top, row) in rows {
        match row {
            Row::Line(line) => pen.write(&mut ops, line, *top),
            Row::Picture(picture) => pen.draw(&mut ops, picture, *top),
            Row::Feed(_) | Row::Cut => {}
        }
    }
    PdfPage::new(Mm::from(points(width.dots + 2 * MARGIN)), Mm::from(points(end + MARGIN)), ops)
}

fn black() -> Color {
    Color::Rgb(Rgb { r: 0.0, g: 0.0, b: 0.0, icc_profile: None })
}

struct Pen<'a> {
    cell: usize,
    /// The place of a letter of the narrower font.
    narrow: usize,
    dots: usize,
    /// Of the page, in dots: a PDF counts from its foot.
    high: usize,
    font: &'a FontId,
}

impl Pen<'_> {
    fn at(&self, left: f32, top: f32) -> Point {
        Point { x: Pt(left * POINTS / DPI), y: Pt((float(self.high) - top) * POINTS / DPI) }
    }

    fn write(&self, ops: &mut Vec<Op>, line: &Line, top: usize) {
        if line.text().trim().is_empty() {
            return;
        }
        let times = scale(line.emphasis());
        let cell = if line.is_narrow() { self.narrow } else { self.cell };
        let size = float(cell * times) / ADVANCE;
        let margin = if line.centred() { self.dots.saturating_sub(line.columns() * cell) / 2 } else { 0 };
        let pos = self.at(float(MARGIN + margin), float(top) + size * ASCENT);
        // a head strikes twice for bold; here the letter's edge is drawn too
        let mode = match line.emphasis() {
            Emphasis::Plain => TextRenderingMode::Fill,
            Emphasis::Strong | Emphasis::Large => TextRenderingMode::FillStroke,
        };
        ops.extend([
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(self.font.clone()), size: Pt(size * POINTS / DPI) },
            Op::SetOutlineThickness { pt: Pt(0.25) },
            Op::SetTextRenderingMode { mode },
            Op::SetTextCursor { pos },
            Op::ShowText { items: vec![TextItem::Text(line.text().to_owned())] },
            Op::EndTextSection,
        ]);
    }

    /// One shape of many rectangles: as shapes of their own they would leave seams between each other, which no reader of
    /// codes forgives.
    fn draw(&self, ops: &mut Vec<Op>, picture: &Bitmap, top: usize) {
        let left = MARGIN + self.dots.saturating_sub(picture.width()) / 2;
        let rings: Vec<PolygonRing> = rectangles(picture)
            .into_iter()
            .map(|Ink { x, y, width, height }| {
                let (from, to) = (float(left + x), float(left + x + width));
                let (above, below) = (float(top + y), float(top + y + height));
                let corners = [(from, above), (to, above), (to, below), (from, below)];
                let points = corners.map(|(x, y)| LinePoint { p: self.at(x, y), bezier: false });
                PolygonRing { points: points.to_vec() }
            })
            .collect();
        if !rings.is_empty() {
            let polygon = Polygon { rings, mode: PaintMode::Fill, winding_order: WindingOrder::NonZero };
            ops.push(Op::DrawPolygon { polygon });
        }
    }
}

/// A black rectangle of a picture, in dots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Ink {
    x: usize,
    y: usize,
    width: usize,
    height: usize,
}

/// The black of a picture as rectangles: runs of a row, each grown downwards over rows that have the same run.
fn rectangles(picture: &Bitmap) -> Vec<Ink> {
    let mut done = Vec::new();
    let mut open: Vec<Ink> = Vec::new();
    for y in 0..=picture.height() {
        let runs = if y < picture.height() { runs(picture, y) } else { Vec::new() };
        let mut still = Vec::with_capacity(runs.len());
        for (x, width) in runs {
            match open.iter().position(|ink| (ink.x, ink.width) == (x, width)) {
                Some(place) => {
                    let ink = open.swap_remove(place);
                    still.push(Ink { height: ink.height + 1, ..ink });
                }
                None => still.push(Ink { x, y, width, height: 1 }),
            }
        }
        done.append(&mut open);
        open = still;
    }
    done
}

/// Where black begins in a row and for how long.
fn runs(picture: &Bitmap, y: usize) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for x in (0..picture.width()).filter(|x| picture.get(*x, y)) {
        match runs.last_mut() {
            Some((start, width)) if *start + *width == x => *width += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

fn points(dots: usize) -> Pt {
    Pt(float(dots) * POINTS / DPI)
}

#[expect(clippy::cast_precision_loss, reason = "a paper has far fewer than 2^24 dots each way")]
fn float(count: usize) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rectangles_put_together_are_the_picture_again() {
        for text in ["A", "00020126", "https://example.com/um-codigo"] {
            let code = crate::paper::qr::modules(text).unwrap().scaled(3);
            let mut again = Bitmap::new(code.width(), code.height());
            for ink in rectangles(&code) {
                for y in ink.y..ink.y + ink.height {
                    for x in ink.x..ink.x + ink.width {
                        assert!(!again.get(x, y), "no dot is painted twice");
                        again.set(x, y, true);
                    }
                }
            }
            assert_eq!(again, code);
        }
    }

    #[test]
    fn a_bar_is_one_rectangle() {
        let bars = crate::paper::itf::bars("1234", 2, 6, 100).unwrap();
        assert_eq!(rectangles(&bars).len(), 4 / 2 * 5 + 2 + 2);
    }
}
