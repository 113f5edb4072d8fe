//! A sheet as a picture: for the screen, for files and for tests that read what was printed.

use std::sync::LazyLock;

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};

use super::sheet::{Line, Row, scale};
use super::{Bitmap, Emphasis, Sheet};

static FONT: LazyLock<Option<FontRef<'static>>> =
    LazyLock::new(|| FontRef::try_from_slice(include_bytes!("../../assets/fonts/DejaVuSansMono-Latin.ttf")).ok());

/// How much of a dot must be covered to be black; measured on thin strokes.
const INK: f32 = 0.45;
/// White above the first and below the last row, in normal lines.
const MARGIN_LINES: usize = 1;

/// Draws the sheet at the dots of its paper, with the cut as its end.
#[must_use]
pub fn render(sheet: &Sheet) -> Bitmap {
    let cell = Cell::of(sheet);
    let rows: Vec<(usize, &Row)> = sheet
        .rows()
        .iter()
        .scan(cell.pitch * MARGIN_LINES, |top, row| {
            let here = *top;
            *top += height(row, cell);
            Some((here, row))
        })
        .collect();
    let end = rows.last().map_or(0, |(top, row)| top + height(row, cell));
    let mut paper = Bitmap::new(sheet.width().dots, end + cell.pitch * MARGIN_LINES);
    for (top, row) in rows {
        match row {
            Row::Line(line) => write(&mut paper, line, top, cell),
            Row::Picture(picture) => {
                let left = (paper.width() - picture.width().min(paper.width())) / 2;
                paper.draw(picture, left, top);
            }
            Row::Feed(_) | Row::Cut => {}
        }
    }
    paper
}

/// A normal character's place, in dots.
#[derive(Clone, Copy)]
struct Cell {
    width: usize,
    /// From one line to the next.
    pitch: usize,
    /// The place of one of the narrower font.
    narrow: usize,
}

impl Cell {
    fn of(sheet: &Sheet) -> Cell {
        let of = |columns: usize| (sheet.width().dots / columns.max(1)).max(1);
        let width = of(sheet.width().columns);
        Cell { width, pitch: width * 5 / 2, narrow: of(sheet.width().narrow) }
    }

    fn width_in(self, line: &Line) -> usize {
        if line.is_narrow() { self.narrow } else { self.width }
    }
}

fn height(row: &Row, cell: Cell) -> usize {
    match row {
        Row::Line(line) => cell.pitch * scale(line.emphasis()),
        Row::Picture(picture) => picture.height(),
        Row::Feed(lines) => cell.pitch * usize::from(*lines),
        Row::Cut => 0,
    }
}

fn write(paper: &mut Bitmap, line: &Line, top: usize, cell: Cell) {
    let Some(font) = FONT.as_ref() else { return };
    let times = scale(line.emphasis());
    let cell = cell.width_in(line);
    let width = cell * times;
    let left = if line.centred() { (paper.width() - (line.columns() * cell).min(paper.width())) / 2 } else { 0 };
    let size = size_for(font, width);
    let ascent = font.as_scaled(size).ascent();
    for (index, letter) in line.text().chars().enumerate() {
        let origin = point(dots(left + index * width), dots(top) + ascent.round());
        let glyph = font.glyph_id(letter).with_scale_and_position(size, origin);
        ink(paper, font, glyph.clone());
        // A printing head makes bold by striking twice, one dot apart.
        if line.emphasis() != Emphasis::Plain {
            ink(paper, font, Glyph { position: point(origin.x + 1.0, origin.y), ..glyph });
        }
    }
}

fn size_for(font: &FontRef<'_>, width: usize) -> PxScale {
    let trial = PxScale::from(100.0);
    let advance = font.as_scaled(trial).h_advance(font.glyph_id('0')).max(1.0);
    PxScale::from(100.0 * dots(width) / advance)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on paper, checked for its sign")]
fn ink(paper: &mut Bitmap, font: &FontRef<'_>, glyph: Glyph) {
    let Some(outline) = font.outline_glyph(glyph) else { return };
    let corner = outline.px_bounds().min;
    outline.draw(|x, y, cover| {
        let (x, y) = (corner.x + dots_u32(x), corner.y + dots_u32(y));
        if cover >= INK && x >= 0.0 && y >= 0.0 {
            paper.set(x as usize, y as usize, true);
        }
    });
}

#[expect(clippy::cast_precision_loss, reason = "a paper has far fewer than 2^24 dots each way")]
fn dots(count: usize) -> f32 {
    count as f32
}

fn dots_u32(count: u32) -> f32 {
    dots(usize::try_from(count).unwrap_or(usize::MAX))
}
