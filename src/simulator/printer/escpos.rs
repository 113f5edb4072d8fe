//! The bytes that arrive, cut into commands strictly by the tables (printer.md part 2): what is in no table is unknown.

mod bema;
mod daruma;
mod tables;

use super::model::{Mode, Model};
use tables::Step;

/// One command, or one character of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A byte of the current code page.
    Text(u8),
    LineFeed,
    CarriageReturn,
    Initialise,
    CodePage(u8),
    Bold(bool),
    /// Dots of thickness, 0 to 2.
    Underline(u8),
    Invert(bool),
    FontB(bool),
    /// `ESC !`: font, bold, double height, double width and underline in one byte.
    Mode(u8),
    /// Twice as wide, without a word about the height.
    Wide(bool),
    High(bool),
    /// A code that the printer draws by itself.
    Qr {
        module: u8,
        text: Vec<u8>,
    },
    /// Pictures 24 dots high, in the line.
    Columns {
        width: usize,
        data: Vec<u8>,
    },
    /// `FS P`: cut, and hold the ticket out.
    Present,
    /// `GS 249 ' ' n`
    Select(u8),
    /// Questions in other makers' words, obeyed on arrival.
    Extended,
    Enq,
    GsEnq,
    Full,
    /// Times the width, times the height.
    Size(u8, u8),
    Align(Align),
    /// Dots from line to line; `None` for the default.
    LineSpacing(Option<u8>),
    FeedLines(u8),
    FeedDots(u8),
    Raster(Raster),
    /// Feeds to the cutter and so many dots more before it cuts; `None` cuts where the paper is.
    Cut(Option<u8>),
    /// `DLE EOT n`, 1 to 4. This and the next two are obeyed on arrival, also when data waits before them.
    Status(u8),
    Resume,
    /// Forget what waits; whether the printer says that it has.
    Clear(bool),
    /// `GS r 1`.
    PaperSensor,
    /// `GS r 2`.
    DrawerSensor,
    Identify(u8),
    /// `GS ( H` function 48: answer these four bytes when everything before is printed.
    Fence([u8; 4]),
    /// Understood, and without effect here.
    Quiet,
    /// In the tables, but not something this printer does.
    Refused(&'static str),
    /// In no table.
    Unknown(Vec<u8>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    pub bytes_per_row: usize,
    pub rows: usize,
    pub times_wide: usize,
    pub times_high: usize,
    pub data: Vec<u8>,
}

/// Bytes that have arrived, and commands that can be taken from them with their size in bytes.
#[derive(Debug)]
pub struct Tokens {
    model: Model,
    mode: Mode,
    arrived: Vec<u8>,
    unwanted: usize,
}

impl Tokens {
    pub fn of(model: Model) -> Tokens {
        Tokens { model, mode: model.mode(), arrived: Vec::new(), unwanted: 0 }
    }

    pub fn push(&mut self, bytes: &[u8]) {
        self.arrived.extend_from_slice(bytes);
    }

    pub fn clear(&mut self) {
        *self = Tokens::of(self.model);
    }

    /// The commands that are whole. What follows them stays until the rest of it arrives.
    pub fn take(&mut self) -> Vec<(Token, usize)> {
        let mut tokens = Vec::new();
        let mut start = 0;
        loop {
            let left = self.arrived.len() - start;
            let skipped = self.unwanted.min(left);
            self.unwanted -= skipped;
            start += skipped;
            match self.read(self.arrived.get(start..).unwrap_or_default()) {
                Step::Wait => break,
                Step::Take(size, token) => {
                    if let Token::Select(n) = token {
                        self.mode = if n == 0 { Mode::Bema } else { Mode::Pos };
                    }
                    start += size;
                    tokens.push((token, size));
                }
                Step::Skip(size, unwanted, token) => {
                    start += size;
                    self.unwanted = unwanted;
                    tokens.push((token, size));
                }
            }
        }
        self.arrived.drain(..start);
        tokens
    }

    /// What only this maker has, and then the table of the mode it is in.
    fn read(&self, bytes: &[u8]) -> Step {
        match (self.model, bytes) {
            (Model::Bematech, [0x1D] | [0x1D, 0xF8] | [0x1D, 0xF9] | [0x1D, 0xF9, 0x20]) => Step::Wait,
            (Model::Bematech, [0x1D, 0xF8, b'1', ..]) => Step::Take(3, Token::Extended),
            (Model::Bematech, [0x1D, 0xF9, 0x20, n @ 0..=1, ..]) => Step::Take(4, Token::Select(*n)),
            (Model::Daruma | Model::Elgin, [0x05, ..]) => Step::Take(1, Token::Enq),
            (Model::Daruma, [0x1D]) => Step::Wait,
            (Model::Daruma, [0x1D, 0x05, ..]) => Step::Take(2, Token::GsEnq),
            (Model::Custom, [0x10, 0x04, 0x14, ..]) => Step::Take(3, Token::Full),
            (Model::Custom, [0x1C] | [0x1C, b'P', ..]) if bytes.len() < 6 => Step::Wait,
            (Model::Custom, [0x1C, b'P', 1..=255, _, b'E' | b'R', _, ..]) => Step::Take(6, Token::Present),
            _ => match self.mode {
                Mode::Pos => tables::read(bytes),
                Mode::Bema => bema::read(bytes),
                Mode::Daruma => daruma::read(bytes),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(bytes: &[u8]) -> Vec<Token> {
        let mut tokens = Tokens::of(Model::Epson);
        tokens.push(bytes);
        tokens.take().into_iter().map(|(token, _)| token).collect()
    }

    #[test]
    fn each_command_of_the_tables_is_known_and_nothing_else() {
        let table: &[(&[u8], Token)] = &[
            (b"A", Token::Text(b'A')),
            (b"\xC7", Token::Text(0xC7)),
            (b"\n", Token::LineFeed),
            (b"\r", Token::CarriageReturn),
            (b"\x1B@", Token::Initialise),
            (b"\x1Bt\x02", Token::CodePage(2)),
            (b"\x1BE\x01", Token::Bold(true)),
            (b"\x1B-\x02", Token::Underline(2)),
            (b"\x1DB\x01", Token::Invert(true)),
            (b"\x1BM\x01", Token::FontB(true)),
            (b"\x1B!\x38", Token::Mode(0x38)),
            (b"\x1D!\x11", Token::Size(2, 2)),
            (b"\x1D!\x70", Token::Size(8, 1)),
            (b"\x1Ba\x01", Token::Align(Align::Centre)),
            (b"\x1Ba2", Token::Align(Align::Right)),
            (b"\x1B3\x18", Token::LineSpacing(Some(24))),
            (b"\x1B2", Token::LineSpacing(None)),
            (b"\x1Bd\x03", Token::FeedLines(3)),
            (b"\x1BJ\x40", Token::FeedDots(64)),
            (b"\x1DV\x00", Token::Cut(None)),
            (b"\x1DV\x01", Token::Cut(None)),
            (b"\x1DV\x41\x05", Token::Cut(Some(5))),
            (b"\x1DV\x42\x00", Token::Cut(Some(0))),
            (b"\x1Bi", Token::Cut(None)),
            (b"\x1Bm", Token::Cut(None)),
            (b"\x10\x04\x01", Token::Status(1)),
            (b"\x10\x04\x04", Token::Status(4)),
            (b"\x10\x05\x01", Token::Resume),
            (b"\x10\x05\x02", Token::Clear(false)),
            (b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", Token::Clear(true)),
            (b"\x1Dr\x01", Token::PaperSensor),
            (b"\x1DI\x43", Token::Identify(67)),
            (b"\x1D(H\x06\x0000ab12", Token::Fence(*b"ab12")),
            (b"\x1C.", Token::Quiet),
            (b"\x1Dh\x68", Token::Quiet),
            (b"\x1D(k\x00\x00", Token::Refused("QR code drawn by the printer")),
            (b"\x1Dk\x0512\x00", Token::Refused("barcode drawn by the printer")),
            (b"\x1Bp\x00\x19\xFA", Token::Refused("drawer pulse")),
            (b"\x00", Token::Unknown(vec![0])),
            (b"\t", Token::Unknown(vec![9])),
            (b"\x7F", Token::Unknown(vec![0x7F])),
            (b"\x1DV\x02", Token::Unknown(b"\x1DV\x02".to_vec())),
            (b"\x1BZ", Token::Unknown(b"\x1BZ".to_vec())),
            (b"\x1Ba\x07", Token::Unknown(b"\x1Ba\x07".to_vec())),
        ];
        for (bytes, expected) in table {
            assert_eq!(tokens(bytes), std::slice::from_ref(expected), "{bytes:02X?}");
        }
    }

    #[test]
    fn a_command_waits_for_its_last_byte() {
        for command in
            [b"\x10\x04\x01".as_slice(), b"\x1Ba\x01", b"\x1DV\x42\x00", b"\x1D(H\x06\x0000ab12", b"\x1Dk\x0512\x00"]
        {
            for part in 1..command.len() {
                assert!(tokens(&command[..part]).is_empty(), "{command:02X?} up to {part}");
            }
        }
    }

    #[test]
    fn a_raster_is_one_command_however_it_arrives_and_its_bytes_are_no_commands() {
        let bytes = b"\x1Dv0\x03\x02\x00\x02\x00\x10\x04\x01\x1BA";
        let raster = Token::Raster(Raster {
            bytes_per_row: 2,
            rows: 2,
            times_wide: 2,
            times_high: 2,
            data: vec![0x10, 0x04, 0x01, 0x1B],
        });
        assert_eq!(tokens(bytes), [raster.clone(), Token::Text(b'A')]);
        let mut slow = Tokens::of(Model::Epson);
        let mut read = Vec::new();
        for byte in bytes {
            slow.push(&[*byte]);
            read.extend(slow.take().into_iter().map(|(token, _)| token));
        }
        assert_eq!(read, [raster, Token::Text(b'A')]);
    }

    #[test]
    fn a_raster_of_four_gigabytes_is_refused_and_skipped_as_it_comes() {
        let mut huge = Tokens::of(Model::Epson);
        huge.push(b"\x1Dv0\x00\xFF\xFF\xFF\xFF");
        assert!(matches!(huge.take().as_slice(), [(Token::Refused(_), _)]));
        huge.push(&[0; 100_000]);
        assert!(huge.take().is_empty());
        assert!(huge.arrived.is_empty());
    }
}
