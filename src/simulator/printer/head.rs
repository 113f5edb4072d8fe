//! The print head: carries out commands in their order, with the modes they leave behind, onto the strip of paper.

use qrcode::{Color, EcLevel, QrCode};

use super::escpos::{Align, Raster, Token};
use super::glyphs::{CodePage, Font, Glyphs};
use super::model::Model;
use super::strip::{HEAD_TO_CUTTER, Paper, Strip};

const DEFAULT_SPACING: usize = 30;
/// Rows of a picture that count as a line, for the faults that come after so many lines.
const ROWS_A_LINE: usize = 24;

/// What the head has to tell about a command.
#[derive(Debug)]
pub enum Outcome {
    Done,
    /// The command breaks the rules of the printer. It was carried out as far as it could be.
    Wrong(String),
    /// Allowed, and hardly what was meant.
    Odd(String),
    Cut(Paper),
}

#[derive(Debug, Clone, Copy)]
struct Style {
    font: Font,
    bold: bool,
    underline: usize,
    invert: bool,
    times_wide: usize,
    times_high: usize,
}

impl Style {
    fn plain() -> Self {
        Style { font: Font::A, bold: false, underline: 0, invert: false, times_wide: 1, times_high: 1 }
    }

    fn width(&self) -> usize {
        self.font.width() * self.times_wide
    }

    fn height(&self) -> usize {
        self.font.height() * self.times_high
    }
}

#[derive(Debug)]
pub struct Head {
    model: Model,
    glyphs: Glyphs,
    strip: Strip,
    page: CodePage,
    style: Style,
    align: Align,
    spacing: usize,
    line: Vec<(char, Style)>,
    lines_printed: u64,
    /// A picture of columns stands in the line.
    after_columns: bool,
}

/// A Daruma is set to its page once, with its own tool; the others begin with the first.
fn first_page(model: Model) -> CodePage {
    if model == Model::Daruma { CodePage::Cp850 } else { CodePage::Cp437 }
}

impl Head {
    pub fn new(glyphs: Glyphs, width: usize, model: Model) -> Self {
        Head {
            model,
            glyphs,
            strip: Strip::new(width),
            page: first_page(model),
            style: Style::plain(),
            align: Align::Left,
            spacing: DEFAULT_SPACING,
            line: Vec::new(),
            lines_printed: 0,
            after_columns: false,
        }
    }

    pub fn lines_printed(&self) -> u64 {
        self.lines_printed
    }

    /// As after switching on. Paper that is printed stays printed.
    pub fn reset(&mut self) {
        self.page = first_page(self.model);
        self.style = Style::plain();
        self.align = Align::Left;
        self.spacing = DEFAULT_SPACING;
        self.line.clear();
    }

    /// Drops the line that was received in part.
    pub fn forget_line(&mut self) {
        self.line.clear();
    }

    pub fn carry_out(&mut self, token: &Token) -> Outcome {
        match token {
            Token::Text(byte) => return self.add(*byte),
            Token::LineFeed => self.end_line(),
            Token::Initialise => self.reset(),
            Token::CodePage(n) => match CodePage::numbered(*n) {
                Some(page) => self.page = page,
                None => return Outcome::Wrong(format!("code page {n} is not in this printer")),
            },
            Token::Bold(on) => self.style.bold = *on,
            Token::Underline(dots) => self.style.underline = usize::from(*dots),
            Token::Invert(on) => self.style.invert = *on,
            Token::Wide(on) => self.style.times_wide = 1 + usize::from(*on),
            Token::High(on) => self.style.times_high = 1 + usize::from(*on),
            Token::Qr { module, text } => return self.print_qr(*module, text),
            Token::Columns { width, data } => return self.print_columns(*width, data),
            Token::Present => return self.cut(Some(0)),
            Token::FontB(on) => self.style.font = if *on { Font::B } else { Font::A },
            Token::Mode(bits) => self.set_mode(*bits),
            Token::Size(wide, high) => {
                self.style.times_wide = usize::from(*wide);
                self.style.times_high = usize::from(*high);
            }
            Token::Align(align) => {
                if !self.line.is_empty() {
                    return Outcome::Wrong("alignment in the middle of a line".to_owned());
                }
                self.align = *align;
            }
            Token::LineSpacing(dots) => self.spacing = dots.map_or(DEFAULT_SPACING, usize::from),
            Token::FeedLines(lines) => self.feed_lines(usize::from(*lines)),
            Token::FeedDots(dots) => {
                self.print_line();
                self.strip.feed(usize::from(*dots));
            }
            Token::Raster(raster) => return self.print_raster(raster),
            Token::Cut(feed) => return self.cut(*feed),
            Token::Refused(what) => return Outcome::Wrong(format!("{what}: not in this printer")),
            Token::Unknown(bytes) => return Outcome::Wrong(format!("unknown bytes {bytes:02X?}")),
            _ => {}
        }
        Outcome::Done
    }

    fn set_mode(&mut self, bits: u8) {
        let bit = |n: u8| bits & (1 << n) != 0;
        self.style = Style {
            font: if bit(0) { Font::B } else { Font::A },
            bold: bit(3),
            underline: usize::from(bit(7)),
            invert: self.style.invert,
            times_high: if bit(4) { 2 } else { 1 },
            times_wide: if bit(5) { 2 } else { 1 },
        };
    }

    fn add(&mut self, byte: u8) -> Outcome {
        let Some(c) = self.page.decode(byte) else {
            return Outcome::Wrong(format!("byte {byte:02X} has no character in this code page"));
        };
        let mut outcome = Outcome::Done;
        if self.line_width() + self.style.width() > self.strip.width() {
            self.end_line();
            outcome = Outcome::Odd("a line is wider than the paper and goes on below".to_owned());
        }
        self.line.push((c, self.style));
        outcome
    }

    fn line_width(&self) -> usize {
        self.line.iter().map(|(_, style)| style.width()).sum()
    }

    fn left(&self, width: usize) -> usize {
        let room = self.strip.width().saturating_sub(width);
        match self.align {
            Align::Left => 0,
            Align::Centre => room / 2,
            Align::Right => room,
        }
    }

    /// Prints what is in the line and goes to the next one, which is a blank line when there was nothing.
    fn end_line(&mut self) {
        if std::mem::take(&mut self.after_columns) && self.line.is_empty() {
            // the picture stands in the line; what the spacing has more is white below it
            self.strip.feed(self.spacing.saturating_sub(24));
        } else if !self.print_line() {
            self.strip.feed(self.spacing);
            self.strip.note_text(self.strip.rows(), String::new());
            self.lines_printed += 1;
        }
    }

    fn feed_lines(&mut self, lines: usize) {
        let printed = usize::from(self.print_line());
        for _ in printed..lines {
            self.end_line();
        }
    }

    /// Whether there was something in the line.
    fn print_line(&mut self) -> bool {
        let Some(height) = self.line.iter().map(|(_, style)| style.height()).max() else { return false };
        let left = self.left(self.line_width());
        let line = std::mem::take(&mut self.line);
        let top = self.strip.rows();
        self.strip.feed(height.max(self.spacing));
        let mut x = left;
        for (c, style) in &line {
            self.draw(*c, style, x, top + height - style.height());
            x += style.width();
        }
        let indent = " ".repeat(left / Font::A.width());
        self.strip.note_text(
            top + height,
            line.iter().fold(indent, |mut text, (c, _)| {
                text.push(*c);
                text
            }),
        );
        self.lines_printed += 1;
        true
    }

    fn draw(&mut self, c: char, style: &Style, left: usize, top: usize) {
        let Style { font, bold, underline, invert, times_wide, times_high } = *style;
        let cell = u16::MAX << (16 - font.width());
        for (y, row) in self.glyphs.rows(font, c).iter().enumerate() {
            let thick = if bold { row >> 1 } else { 0 };
            let under = if y + underline >= font.height() { cell } else { 0 };
            let ink = row | thick | under;
            let ink = (if invert { !ink } else { ink }) & cell;
            for x in (0..font.width()).filter(|x| ink & (0x8000 >> x) != 0) {
                for dot in 0..times_wide * times_high {
                    let (right, down) = (dot % times_wide, dot / times_wide);
                    self.strip.blacken(left + x * times_wide + right, top + y * times_high + down);
                }
            }
        }
    }

    fn print_raster(&mut self, raster: &Raster) -> Outcome {
        let in_a_line = self.print_line();
        let (width, rows) = (raster.bytes_per_row * 8 * raster.times_wide, raster.rows * raster.times_high);
        let (left, top) = (self.left(width), self.strip.rows());
        self.strip.feed(rows);
        for row in 0..rows {
            let source = row / raster.times_high * raster.bytes_per_row;
            for x in 0..width {
                let column = x / raster.times_wide;
                let byte = raster.data.get(source + column / 8).copied().unwrap_or(0);
                if byte & (0x80 >> (column % 8)) != 0 {
                    self.strip.blacken(left + x, top + row);
                }
            }
        }
        self.strip.note_raster(left, width, rows);
        self.lines_printed += rows.div_ceil(ROWS_A_LINE) as u64;
        if width > self.strip.width() {
            Outcome::Wrong(format!("a picture of {width} dots does not fit {} dots", self.strip.width()))
        } else if in_a_line {
            Outcome::Wrong("a picture in the middle of a line".to_owned())
        } else {
            Outcome::Done
        }
    }

    /// A picture of 24 dots, which the line feed behind it moves past.
    fn print_columns(&mut self, width: usize, data: &[u8]) -> Outcome {
        const HIGH: usize = 24;
        if !self.line.is_empty() {
            return Outcome::Wrong("a picture in the middle of a line".to_owned());
        }
        let bytes_per_row = width.div_ceil(8);
        let mut rows = vec![0u8; bytes_per_row * HIGH];
        for (x, column) in data.chunks_exact(3).enumerate() {
            for y in (0..HIGH).filter(|y| column.get(y / 8).is_some_and(|byte| byte & (0x80 >> (y % 8)) != 0)) {
                if let Some(byte) = rows.get_mut(y * bytes_per_row + x / 8) {
                    *byte |= 0x80 >> (x % 8);
                }
            }
        }
        let raster = Raster { bytes_per_row, rows: HIGH, times_wide: 1, times_high: 1, data: rows };
        let outcome = self.print_raster(&raster);
        self.after_columns = true;
        outcome
    }

    fn print_qr(&mut self, module: u8, text: &[u8]) -> Outcome {
        let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
            return Outcome::Wrong("a text that is no QR code".to_owned());
        };
        let (side, module) = (code.width(), usize::from(module));
        let bytes_per_row = (side * module).div_ceil(8);
        let mut data = vec![0u8; bytes_per_row * side * module];
        for (at, _) in code.to_colors().iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
            for y in (at / side * module)..(at / side + 1) * module {
                for x in (at % side * module)..(at % side + 1) * module {
                    if let Some(byte) = data.get_mut(y * bytes_per_row + x / 8) {
                        *byte |= 0x80 >> (x % 8);
                    }
                }
            }
        }
        self.print_raster(&Raster { bytes_per_row, rows: side * module, times_wide: 1, times_high: 1, data })
    }

    fn cut(&mut self, feed: Option<u8>) -> Outcome {
        self.print_line();
        if let Some(dots) = feed {
            self.strip.feed(HEAD_TO_CUTTER + usize::from(dots));
        }
        Outcome::Cut(self.strip.cut())
    }

    /// Whether text waits for the end of its line.
    pub fn is_in_a_line(&self) -> bool {
        !self.line.is_empty()
    }

    /// Whether printed rows wait between the head and the cutter.
    pub fn has_ink_left(&self) -> bool {
        self.strip.has_ink()
    }
}
