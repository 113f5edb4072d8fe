//! The bytes of each command, in ESC/POS (Epson's command reference), ESC/Bema and ESC/Daruma (as ACBr speaks them).

use crate::paper::{Overflow, Part, Place, qr};
use crate::printer::profile::{Commands, Cut, Font, Left, Presenter, Profile};

/// Lines a printer feeds so that the paper can be torn off behind its head.
const TEAR_LINES: u8 = 4;

/// Dots a module, where the printer draws the code by itself: what a phone reads well, and the least it can read.
const QR_MODULE: usize = 6;
const QR_MODULE_MIN: usize = 3;
/// White on both sides, in modules (ISO/IEC 18004).
const QR_QUIET: usize = 4;

#[derive(Clone, Copy)]
pub struct Words<'a> {
    profile: &'a Profile,
}

/// `DLE DC4 8`: forgets what was received and not printed. The printer answers `37 25 00`.
#[must_use]
pub fn clear_buffers() -> [u8; 10] {
    [0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8]
}

impl<'a> Words<'a> {
    pub fn of(profile: &'a Profile) -> Words<'a> {
        Words { profile }
    }

    /// The set of commands, everything as after switching on, and the font.
    pub fn initialize(self) -> Vec<u8> {
        let mut bytes = self.profile.select.bytes().to_vec();
        bytes.extend([0x1b, b'@']);
        match self.profile.commands {
            Commands::EscPos => {
                if self.profile.cancel_kanji {
                    bytes.extend([0x1c, b'.']);
                }
                if self.profile.font == Font::B {
                    bytes.extend([0x1b, b'M', 1]);
                }
            }
            Commands::EscBema | Commands::EscDaruma if self.profile.font == Font::B => bytes.extend([0x1b, 0x0f]),
            Commands::EscBema | Commands::EscDaruma => {}
        }
        bytes
    }

    pub fn code_table(self) -> Option<[u8; 3]> {
        self.profile.code_table.map(|table| [0x1b, b't', table])
    }

    /// Font B for some lines of a paper that is set in font A. No profile of other commands has room for such lines.
    pub fn narrow(self, on: bool) -> [u8; 3] {
        [0x1b, b'M', u8::from(on)]
    }

    pub fn bold(self, on: bool) -> Vec<u8> {
        match self.profile.commands {
            Commands::EscPos => vec![0x1b, b'E', u8::from(on)],
            Commands::EscBema | Commands::EscDaruma => vec![0x1b, if on { b'E' } else { b'F' }],
        }
    }

    /// Twice as wide and high.
    pub fn double(self, on: bool) -> Vec<u8> {
        let n = u8::from(on);
        match self.profile.commands {
            Commands::EscPos => vec![0x1d, b'!', if on { 0x11 } else { 0x00 }],
            Commands::EscBema => vec![0x1b, b'W', n, 0x1b, b'd', n],
            Commands::EscDaruma => vec![0x1b, b'W', n, 0x1b, b'w', n],
        }
    }

    pub fn centre(self, on: bool) -> Vec<u8> {
        let letter = if self.profile.commands == Commands::EscDaruma { b'j' } else { b'a' };
        vec![0x1b, letter, u8::from(on)]
    }

    pub fn feed(self, lines: u8) -> Vec<u8> {
        match self.profile.commands {
            Commands::EscPos => vec![0x1b, b'd', lines],
            // there `ESC d` is double height
            Commands::EscBema | Commands::EscDaruma => vec![b'\n'; usize::from(lines)],
        }
    }

    pub fn cut(self) -> Vec<u8> {
        let Profile { cut, cut_feed, commands, presenter, .. } = *self.profile;
        if let Some(Presenter { steps, timeout_s, then }) = presenter {
            let then = if then == Left::Eject { b'E' } else { b'R' };
            return vec![0x1c, b'P', steps, 1, then, timeout_s];
        }
        match (cut, commands) {
            (Cut::None, _) => self.feed(cut_feed.saturating_add(TEAR_LINES)),
            (Cut::Full, Commands::EscPos) => vec![0x1d, b'V', 65, cut_feed],
            (Cut::Partial, Commands::EscPos) => vec![0x1d, b'V', 66, cut_feed],
            (Cut::Full, Commands::EscBema) => [self.feed(cut_feed), vec![0x1b, b'w']].concat(),
            // Daruma has one cutter command
            (Cut::Partial, Commands::EscBema) | (_, Commands::EscDaruma) => {
                [self.feed(cut_feed), vec![0x1b, b'm']].concat()
            }
        }
    }

    /// A code that the printer draws by itself at error correction M, and the paper it takes.
    pub fn native_qr(self, text: &str, index: usize) -> Result<(Vec<u8>, usize), Overflow> {
        let at = Place { block: index + 1, line: 1 };
        let cannot = Overflow::NotDrawable { what: Part::Qr, at };
        // some printers obey real-time commands wherever they stand
        if text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
            return Err(cannot);
        }
        let side = qr::modules(text).ok_or(cannot)?.width();
        let (has, framed) = (self.profile.dots, side + 2 * QR_QUIET);
        let module = QR_MODULE.min(has / framed.max(1));
        if module < QR_MODULE_MIN {
            return Err(Overflow::Dots { what: Part::Qr, at, needs: framed * QR_MODULE_MIN, has });
        }
        let data = text.as_bytes();
        let module_byte = u8::try_from(module).map_err(|_| cannot)?;
        let sized = |more: usize| u16::try_from(data.len() + more).map(u16::to_le_bytes).map_err(|_| cannot);
        let bytes = if self.profile.commands == Commands::EscDaruma {
            let [low, high] = sized(2)?;
            [&[0x1b, 0x81, low, high, module_byte, b'M'], data].concat()
        } else {
            let [low, high] = sized(3)?;
            [
                // model 2, the module, error correction M, the text, print
                [0x1d, b'(', b'k', 4, 0, 0x31, 0x41, 0x32, 0].as_slice(),
                &[0x1d, b'(', b'k', 3, 0, 0x31, 0x43, module_byte],
                &[0x1d, b'(', b'k', 3, 0, 0x31, 0x45, 49],
                &[0x1d, b'(', b'k', low, high, 0x31, 0x50, 0x30],
                data,
                &[0x1d, b'(', b'k', 3, 0, 0x31, 0x51, 0x30],
            ]
            .concat()
        };
        Ok((bytes, side * module))
    }
}

/// The same overflow, of a block that stands further down.
pub fn moved(overflow: Overflow, by: usize) -> Overflow {
    let down = |at: Place| Place { block: at.block + by, ..at };
    match overflow {
        Overflow::Columns { what, at, needs, has } => Overflow::Columns { what, at: down(at), needs, has },
        Overflow::Dots { what, at, needs, has } => Overflow::Dots { what, at: down(at), needs, has },
        Overflow::NotDrawable { what, at } => Overflow::NotDrawable { what, at: down(at) },
        Overflow::Rows { limit } => Overflow::Rows { limit },
    }
}
