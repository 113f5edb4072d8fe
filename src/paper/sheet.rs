//! A sheet: rows that fit their paper. A row that does not fit cannot be put on it.

use super::{Bitmap, Emphasis, text};

/// How much fits beside each other on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Width {
    /// Characters of the printer's normal font.
    pub columns: usize,
    /// Dots of the printing head.
    pub dots: usize,
    /// Characters of its narrower font, for what must not be folded; those of the normal one where there is no other.
    pub narrow: usize,
}

impl Width {
    /// 80 mm at 203 dots an inch.
    pub const MM80: Width = Width { columns: 48, dots: 576, narrow: 64 };
    /// 58 mm at 203 dots an inch.
    pub const MM58: Width = Width { columns: 32, dots: 384, narrow: 42 };
}

/// What did not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Text,
    Verbatim,
    Group,
    Amount,
    Qr,
    Barcode,
    Page,
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Part::Text => "text",
            Part::Verbatim => "verbatim text",
            Part::Group => "a group of digits",
            Part::Amount => "a large value",
            Part::Qr => "a QR code",
            Part::Barcode => "a bar code",
            Part::Page => "a page",
        })
    }
}

/// Where in a document, both counted from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    pub block: usize,
    /// The line inside the block.
    pub line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "block {}, line {}", self.block, self.line)
    }
}

/// A document that its paper cannot hold. It never shows what was to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Overflow {
    #[error("{what} at {at} takes {needs} columns of {has}")]
    Columns { what: Part, at: Place, needs: usize, has: usize },
    #[error("{what} at {at} takes {needs} dots of {has}")]
    Dots { what: Part, at: Place, needs: usize, has: usize },
    #[error("{what} at {at} cannot be drawn from its content")]
    NotDrawable { what: Part, at: Place },
    #[error("the document has more than {limit} rows")]
    Rows { limit: usize },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    Line(Line),
    /// Centred.
    Picture(Bitmap),
    /// Empty lines.
    Feed(u8),
    /// The end of the paper.
    Cut,
}

/// A line of printable text, as wide as its paper at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    text: String,
    emphasis: Emphasis,
    centred: bool,
    narrow: bool,
}

impl Line {
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    #[must_use]
    pub fn emphasis(&self) -> Emphasis {
        self.emphasis
    }

    #[must_use]
    pub fn centred(&self) -> bool {
        self.centred
    }

    /// Whether it is set in the narrower font.
    #[must_use]
    pub fn is_narrow(&self) -> bool {
        self.narrow
    }

    /// Columns of its font.
    #[must_use]
    pub fn columns(&self) -> usize {
        text::columns(&self.text) * scale(self.emphasis)
    }
}

/// How many normal columns a character takes.
#[must_use]
pub fn scale(emphasis: Emphasis) -> usize {
    if emphasis == Emphasis::Large { 2 } else { 1 }
}

/// One paper as it will come out, top to bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    width: Width,
    rows: Vec<Row>,
}

/// About forty metres of text: more than that is a mistake.
const MAX_ROWS: usize = 10_000;

impl Sheet {
    #[must_use]
    pub fn new(width: Width) -> Sheet {
        Sheet { width, rows: Vec::new() }
    }

    #[must_use]
    pub fn width(&self) -> Width {
        self.width
    }

    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The words alone, a line a row.
    #[must_use]
    pub fn text(&self) -> String {
        let lines = self.rows.iter().map(|row| match row {
            Row::Line(line) => line.text.as_str(),
            Row::Picture(_) | Row::Feed(_) | Row::Cut => "",
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// A line at the left edge, made printable first.
    pub fn line(&mut self, text: &str, emphasis: Emphasis, what: Part, at: Place) -> Result<(), Overflow> {
        self.push_line(text, emphasis, false, false, what, at)
    }

    /// The same in the narrower font.
    pub fn narrow(&mut self, text: &str, what: Part, at: Place) -> Result<(), Overflow> {
        self.push_line(text, Emphasis::Plain, false, true, what, at)
    }

    /// A line in the middle, made printable first.
    pub fn centred(&mut self, text: &str, emphasis: Emphasis, what: Part, at: Place) -> Result<(), Overflow> {
        self.push_line(text, emphasis, true, false, what, at)
    }

    pub fn picture(&mut self, picture: Bitmap, what: Part, at: Place) -> Result<(), Overflow> {
        if picture.width() > self.width.dots {
            return Err(Overflow::Dots { what, at, needs: picture.width(), has: self.width.dots });
        }
        self.push(Row::Picture(picture))
    }

    pub fn feed(&mut self, lines: u8) -> Result<(), Overflow> {
        self.push(Row::Feed(lines))
    }

    pub fn cut(&mut self) -> Result<(), Overflow> {
        self.push(Row::Cut)
    }

    fn push_line(
        &mut self,
        text: &str,
        emphasis: Emphasis,
        centred: bool,
        narrow: bool,
        what: Part,
        at: Place,
    ) -> Result<(), Overflow> {
        let line = Line { text: text::printable(text), emphasis, centred, narrow };
        let (needs, has) = (line.columns(), if narrow { self.width.narrow } else { self.width.columns });
        if needs > has {
            return Err(Overflow::Columns { what, at, needs, has });
        }
        self.push(Row::Line(line))
    }

    fn push(&mut self, row: Row) -> Result<(), Overflow> {
        if self.rows.len() >= MAX_ROWS {
            return Err(Overflow::Rows { limit: MAX_ROWS });
        }
        self.rows.push(row);
        Ok(())
    }
}
