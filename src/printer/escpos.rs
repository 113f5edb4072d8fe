//! ESC/POS: a sheet as the commands of a receipt printer, and the bytes of each (Epson's ESC/POS command reference).

use super::settings::{Cut, Proof, Settings};
use crate::paper::{Bitmap, Emphasis, Row, Sheet};

/// Rows in one picture command: small printers hold no more.
pub const BAND_ROWS: usize = 128;

/// Lines a printer feeds so that the paper can be torn off behind its head.
const TEAR_LINES: u8 = 4;

/// One command. Between two of them, and nowhere else, a printer may be asked for its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// `ESC @`
    Initialize,
    /// `FS .`
    CancelKanji,
    /// `ESC t n`
    CodeTable(u8),
    /// `ESC E n`
    Bold(bool),
    /// `GS ! n`, twice as wide and high.
    Double(bool),
    /// `ESC a n`
    Centre(bool),
    /// Encoded text, and the end of its line.
    Line(Vec<u8>),
    /// `ESC d n`
    Feed(u8),
    /// `GS v 0`
    Raster(Band),
    /// `GS V m n`
    Cut { kind: Cut, feed: u8 },
    /// `GS r 1`: answered when the printer has come so far.
    Fence,
}

/// Some rows of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    bytes_per_row: u16,
    rows: u16,
    dots: Vec<u8>,
}

impl Band {
    /// The whole picture in bands, top to bottom. A picture too wide for the command gives none.
    fn of(picture: &Bitmap) -> Vec<Band> {
        let Ok(bytes_per_row) = u16::try_from(picture.width().div_ceil(8)) else { return Vec::new() };
        (0..picture.height())
            .step_by(BAND_ROWS)
            .filter_map(|top| {
                let rows = u16::try_from(BAND_ROWS.min(picture.height() - top)).ok()?;
                Some(Band { bytes_per_row, rows, dots: picture.packed(top, usize::from(rows)) })
            })
            .collect()
    }
}

impl Command {
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Command::Initialize => vec![0x1b, b'@'],
            Command::CancelKanji => vec![0x1c, b'.'],
            Command::CodeTable(table) => vec![0x1b, b't', *table],
            Command::Bold(on) => vec![0x1b, b'E', u8::from(*on)],
            Command::Double(on) => vec![0x1d, b'!', if *on { 0x11 } else { 0x00 }],
            Command::Centre(on) => vec![0x1b, b'a', u8::from(*on)],
            Command::Line(text) => text.iter().copied().chain([b'\n']).collect(),
            Command::Feed(lines) => vec![0x1b, b'd', *lines],
            Command::Raster(band) => {
                let [width_low, width_high] = band.bytes_per_row.to_le_bytes();
                let [rows_low, rows_high] = band.rows.to_le_bytes();
                let mut bytes = vec![0x1d, b'v', b'0', 0, width_low, width_high, rows_low, rows_high];
                bytes.extend(&band.dots);
                bytes
            }
            Command::Cut { kind: Cut::Full, feed } => vec![0x1d, b'V', 65, *feed],
            Command::Cut { kind: Cut::Partial, feed } => vec![0x1d, b'V', 66, *feed],
            Command::Cut { kind: Cut::None, feed } => vec![0x1b, b'd', feed.saturating_add(TEAR_LINES)],
            Command::Fence => vec![0x1d, b'r', 1],
        }
    }

    /// How many bytes a printer that lost the beginning of this command may still swallow as its data.
    #[must_use]
    pub fn appetite(&self) -> usize {
        match self {
            Command::Raster(band) => band.dots.len(),
            _ => 0,
        }
    }
}

/// Asks for the printer's state at once, past everything that waits to be printed; `number` from 1 to 4.
#[must_use]
pub fn real_time_status(number: u8) -> [u8; 3] {
    [0x10, 0x04, number]
}

/// The commands of a whole paper, from the first to the fence behind the cut.
#[must_use]
pub fn commands(sheet: &Sheet, settings: &Settings) -> Vec<Command> {
    let mut pen = Pen::new(settings);
    for row in sheet.rows() {
        match row {
            Row::Line(line) => {
                pen.set(line.emphasis(), line.centred());
                pen.commands.push(Command::Line(settings.code_page.encode(line.text())));
            }
            Row::Picture(picture) => {
                pen.set(Emphasis::Plain, true);
                pen.commands.extend(Band::of(picture).into_iter().map(Command::Raster));
            }
            Row::Feed(lines) => pen.commands.push(Command::Feed(*lines)),
            Row::Cut => {
                pen.set(Emphasis::Plain, false);
                pen.commands.push(Command::Cut { kind: settings.cut, feed: settings.cut_feed });
            }
        }
    }
    if settings.proof == Proof::Fence {
        pen.commands.push(Command::Fence);
    }
    pen.commands
}

/// What ends a paper whose job was cut short: the printer's half-read command is filled up with white, what is on the
/// paper is cut off, and a fence tells when that is done.
#[must_use]
pub fn amends(swallowed: usize, settings: &Settings) -> Vec<u8> {
    let cut = Command::Cut { kind: settings.cut, feed: settings.cut_feed };
    let fence = (settings.proof == Proof::Fence).then_some(Command::Fence);
    let commands = [Command::Initialize, Command::Feed(1), cut].into_iter().chain(fence);
    let mut bytes = vec![0; swallowed];
    bytes.extend(commands.flat_map(|command| command.bytes()));
    bytes
}

/// Changes of style, sent only where the style changes.
struct Pen {
    commands: Vec<Command>,
    emphasis: Emphasis,
    centred: bool,
}

impl Pen {
    fn new(settings: &Settings) -> Pen {
        let mut commands = vec![Command::Initialize];
        if settings.cancel_kanji {
            commands.push(Command::CancelKanji);
        }
        commands.push(Command::CodeTable(settings.code_table()));
        Pen { commands, emphasis: Emphasis::Plain, centred: false }
    }

    fn set(&mut self, emphasis: Emphasis, centred: bool) {
        if centred != self.centred {
            self.commands.push(Command::Centre(centred));
        }
        for (of, command) in
            [(Emphasis::Strong, Command::Bold as fn(bool) -> Command), (Emphasis::Large, Command::Double)]
        {
            if (emphasis == of) != (self.emphasis == of) {
                self.commands.push(command(emphasis == of));
            }
        }
        (self.emphasis, self.centred) = (emphasis, centred);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::{Block, Document, Width, layout};

    #[test]
    fn every_command_is_these_bytes() {
        let mut picture = Bitmap::new(9, 2);
        picture.set(0, 0, true);
        picture.set(8, 1, true);
        let raster = Band::of(&picture).into_iter().map(Command::Raster).next().unwrap();
        let cases: [(Command, &[u8]); 17] = [
            (Command::Initialize, b"\x1b@"),
            (Command::CancelKanji, b"\x1c."),
            (Command::CodeTable(2), b"\x1bt\x02"),
            (Command::Bold(true), b"\x1bE\x01"),
            (Command::Bold(false), b"\x1bE\x00"),
            (Command::Double(true), b"\x1d!\x11"),
            (Command::Double(false), b"\x1d!\x00"),
            (Command::Centre(true), b"\x1ba\x01"),
            (Command::Centre(false), b"\x1ba\x00"),
            (Command::Line(b"Total".to_vec()), b"Total\n"),
            (Command::Feed(3), b"\x1bd\x03"),
            (raster, b"\x1dv0\x00\x02\x00\x02\x00\x80\x00\x00\x80"),
            (Command::Cut { kind: Cut::Full, feed: 3 }, b"\x1dV\x41\x03"),
            (Command::Cut { kind: Cut::Partial, feed: 3 }, b"\x1dV\x42\x03"),
            (Command::Cut { kind: Cut::None, feed: 1 }, b"\x1bd\x05"),
            (Command::Fence, b"\x1dr\x01"),
            (Command::Line(Vec::new()), b"\n"),
        ];
        for (command, bytes) in cases {
            assert_eq!(command.bytes(), bytes, "{command:?}");
        }
        for number in 1..=4 {
            assert_eq!(real_time_status(number), [0x10, 0x04, number]);
        }
    }

    fn bytes_of(blocks: Vec<Block>, settings: &Settings) -> Vec<u8> {
        let sheet = layout(&Document { name: "test", blocks }, &settings.width()).unwrap();
        commands(&sheet, settings).iter().flat_map(Command::bytes).collect()
    }

    #[test]
    fn a_small_paper_byte_for_byte() {
        let settings = Settings { columns: 12, dots: 144, ..Settings::default() };
        let blocks = vec![
            Block::Title("Olá".into()),
            Block::Text { text: "ação".into(), emphasis: Emphasis::Strong },
            Block::Pair { label: "Rede".into(), value: "X".into(), emphasis: Emphasis::Plain },
        ];
        let bytes = bytes_of(blocks, &settings);
        let expected = b"\x1b@\x1bt\x02\x1ba\x01\x1d!\x11Ol\xa0\n\x1ba\x00\x1bE\x01\x1d!\x00a\x87\xc6o\n\
            \x1bE\x00Rede       X\n\x1dV\x42\x03\x1dr\x01";
        assert_eq!(bytes, expected, "{}", bytes.escape_ascii());
        let quiet = Settings { proof: Proof::None, cancel_kanji: true, cut: Cut::Full, ..settings };
        assert_eq!(bytes_of(Vec::new(), &quiet), b"\x1b@\x1c.\x1bt\x02\x1dV\x41\x03");
    }

    #[test]
    fn a_paper_that_was_cut_short_is_filled_up_cut_off_and_fenced() {
        let settings = Settings::default();
        assert_eq!(amends(2, &settings), b"\0\0\x1b@\x1bd\x01\x1dV\x42\x03\x1dr\x01");
        assert_eq!(amends(0, &Settings { proof: Proof::None, ..settings }), b"\x1b@\x1bd\x01\x1dV\x42\x03");
    }

    #[test]
    fn a_picture_goes_out_in_bands_that_a_small_printer_can_hold() {
        let picture = Bitmap::new(104, 300);
        let bands = Band::of(&picture);
        assert_eq!(bands.iter().map(|band| band.rows).collect::<Vec<_>>(), [128, 128, 44]);
        assert!(bands.iter().all(|band| band.dots.len() == 13 * usize::from(band.rows)));
    }

    /// Epson carries out real-time commands even where they stand inside a picture's data.
    #[test]
    fn no_picture_holds_a_real_time_command() {
        let payload = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR";
        for width in [Width::MM80, Width::MM58] {
            let settings = Settings { columns: width.columns, dots: width.dots, ..Settings::default() };
            for length in (1..payload.len()).step_by(9) {
                let digits = format!("{length:0>44}");
                let blocks = vec![Block::Qr(payload[..length].to_owned()), Block::Barcode(digits)];
                let bytes = bytes_of(blocks, &settings);
                assert!(!bytes.windows(2).any(|pair| matches!(pair, [0x10, 0x04 | 0x05 | 0x14])));
            }
        }
    }
}
