//! The tables themselves: how long each command is, and which arguments it may have.

use super::{Align, Raster, Token};

/// A picture of more bytes than this is refused.
const RASTER_LIMIT: usize = 1 << 20;

#[derive(Debug)]
pub enum Step {
    /// The command is not whole yet.
    Wait,
    Take(usize, Token),
    /// As `Take`, and so many bytes after it are data that nobody wants.
    Skip(usize, usize, Token),
}

use Step::{Skip, Take, Wait};

/// The command at the beginning of `bytes`.
pub fn read(bytes: &[u8]) -> Step {
    match bytes {
        [] => Wait,
        [0x0A, ..] => Take(1, Token::LineFeed),
        [0x0D, ..] => Take(1, Token::CarriageReturn),
        [0x10, rest @ ..] => dle(rest),
        [0x1B, rest @ ..] => esc(rest),
        [0x1C, rest @ ..] => fs(rest),
        [0x1D, rest @ ..] => gs(rest),
        [byte @ (0x20..=0x7E | 0x80..), ..] => Take(1, Token::Text(*byte)),
        [byte, ..] => Take(1, Token::Unknown(vec![*byte])),
    }
}

fn dle(rest: &[u8]) -> Step {
    match rest {
        [] | [0x04 | 0x05 | 0x14] => Wait,
        [0x04, n @ 1..=4, ..] => Take(3, Token::Status(*n)),
        [0x05, 1, ..] => Take(3, Token::Resume),
        [0x05, 2, ..] => Take(3, Token::Clear(false)),
        [0x14, 1, _, _, ..] => Take(5, Token::Refused("drawer pulse")),
        [0x14, 2, _, _, ..] => Take(5, Token::Refused("power off")),
        [0x14, 8, 1, 3, 0x14, 1, 6, 2, 8, ..] => Take(10, Token::Clear(true)),
        [0x14, 1 | 2, ..] => Wait,
        [0x14, 8, rest @ ..] if rest.len() < 7 => Wait,
        [command, ..] => unknown(&[0x10, *command]),
    }
}

fn esc(rest: &[u8]) -> Step {
    let Some((command, args)) = rest.split_first() else { return Wait };
    match command {
        b'@' => Take(2, Token::Initialise),
        b't' => one(args, |n| Some(Token::CodePage(n)), [0x1B, *command]),
        b'E' => one(args, |n| Some(Token::Bold(n & 1 == 1)), [0x1B, *command]),
        b'-' => one(args, |n| (digit(n) <= 2).then(|| Token::Underline(digit(n))), [0x1B, *command]),
        b'M' => one(args, |n| (digit(n) <= 1).then(|| Token::FontB(digit(n) == 1)), [0x1B, *command]),
        b'!' => one(args, |n| Some(Token::Mode(n)), [0x1B, *command]),
        b'a' => one(args, |n| align(n).map(Token::Align), [0x1B, *command]),
        b'3' => one(args, |n| Some(Token::LineSpacing(Some(n))), [0x1B, *command]),
        b'2' => Take(2, Token::LineSpacing(None)),
        b'd' => one(args, |n| Some(Token::FeedLines(n)), [0x1B, *command]),
        b'J' => one(args, |n| Some(Token::FeedDots(n)), [0x1B, *command]),
        b'i' | b'm' => Take(2, Token::Cut(None)),
        b'B' => whole(args, 2, 4, Token::Quiet),
        b'p' => whole(args, 3, 5, Token::Refused("drawer pulse")),
        b'L' => Take(2, Token::Refused("page mode")),
        b'T' => whole(args, 1, 3, Token::Refused("page mode")),
        b'W' => whole(args, 8, 10, Token::Refused("page mode")),
        b'(' => match args {
            [] | [b'A'] | [b'A', _] => Wait,
            [b'A', low, high, ..] => Skip(5, pair(*low, *high), Token::Quiet),
            [other, ..] => unknown(&[0x1B, b'(', *other]),
        },
        b'*' => match args {
            [mode, low, high, ..] => {
                let columns = pair(*low, *high);
                let unwanted = if matches!(mode, 32 | 33) { columns * 3 } else { columns };
                Skip(5, unwanted, Token::Refused("column image"))
            }
            _ => Wait,
        },
        other => unknown(&[0x1B, *other]),
    }
}

fn fs(rest: &[u8]) -> Step {
    match rest {
        [] => Wait,
        [b'.', ..] => Take(2, Token::Quiet),
        [b'p', args @ ..] => whole(args, 2, 4, Token::Refused("stored logo")),
        [other, ..] => unknown(&[0x1C, *other]),
    }
}

fn gs(rest: &[u8]) -> Step {
    let Some((command, args)) = rest.split_first() else { return Wait };
    match command {
        b'!' => one(args, |n| (n & 0x88 == 0).then(|| Token::Size((n >> 4) + 1, (n & 7) + 1)), [0x1D, *command]),
        b'B' => one(args, |n| Some(Token::Invert(n & 1 == 1)), [0x1D, *command]),
        b'h' | b'w' | b'H' | b'f' => whole(args, 1, 3, Token::Quiet),
        b'I' => one(args, |n| Some(Token::Identify(n)), [0x1D, *command]),
        b'a' => one(
            args,
            |n| Some(if n == 0 { Token::Quiet } else { Token::Refused("automatic status") }),
            [0x1D, *command],
        ),
        b'r' => one(
            args,
            |n| match digit(n) {
                1 => Some(Token::PaperSensor),
                2 => Some(Token::DrawerSensor),
                _ => None,
            },
            [0x1D, *command],
        ),
        b'V' => match args {
            [] | [65 | 66] => Wait,
            [0 | 1 | 48 | 49, ..] => Take(3, Token::Cut(None)),
            [65 | 66, dots, ..] => Take(4, Token::Cut(Some(*dots))),
            [other, ..] => unknown(&[0x1D, b'V', *other]),
        },
        b'k' => barcode(args),
        b'v' => raster(args),
        b'(' => bracket(args),
        b'8' => match args {
            [b'L', a, b, c, d, ..] => {
                let unwanted = usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).unwrap_or(usize::MAX);
                Skip(7, unwanted, Token::Refused("stored graphics"))
            }
            [] | [b'L', ..] => Wait,
            [other, ..] => unknown(&[0x1D, b'8', *other]),
        },
        other => unknown(&[0x1D, *other]),
    }
}

fn barcode(args: &[u8]) -> Step {
    const REFUSED: Token = Token::Refused("barcode drawn by the printer");
    match args {
        [0..=6, data @ ..] => match data.iter().position(|byte| *byte == 0) {
            Some(end) => Take(4 + end, REFUSED),
            None => Wait,
        },
        [65..=79, length, ..] => Skip(4, usize::from(*length), REFUSED),
        [] | [65..=79] => Wait,
        [other, ..] => unknown(&[0x1D, b'k', *other]),
    }
}

fn raster(args: &[u8]) -> Step {
    let [b'0', mode, x_low, x_high, y_low, y_high, data @ ..] = args else {
        return match args {
            [] | [b'0', ..] => Wait,
            [other, ..] => unknown(&[0x1D, b'v', *other]),
        };
    };
    let (bytes_per_row, rows) = (pair(*x_low, *x_high), pair(*y_low, *y_high));
    let size = bytes_per_row * rows;
    let mode = digit(*mode);
    if mode > 3 || size == 0 || size > RASTER_LIMIT {
        return Skip(8, size, Token::Refused("raster of no or too large a size, or of an unknown mode"));
    }
    let Some(data) = data.get(..size) else { return Wait };
    let raster = Raster {
        bytes_per_row,
        rows,
        times_wide: usize::from(mode & 1) + 1,
        times_high: usize::from(mode >> 1) + 1,
        data: data.to_vec(),
    };
    Take(8 + size, Token::Raster(raster))
}

fn bracket(args: &[u8]) -> Step {
    let [function, low, high, data @ ..] = args else { return Wait };
    let size = pair(*low, *high);
    match (function, data) {
        (b'H', data) if data.len() < size => Wait,
        (b'H', [48, 48, a, b, c, d, ..]) if size == 6 && [a, b, c, d].iter().all(|id| (32..=126).contains(*id)) => {
            Take(5 + size, Token::Fence([*a, *b, *c, *d]))
        }
        (b'k', _) => Skip(5, size, Token::Refused("QR code drawn by the printer")),
        (b'L', _) => Skip(5, size, Token::Refused("stored graphics")),
        (other, _) => Skip(5, size, Token::Unknown(vec![0x1D, b'(', *other])),
    }
}

pub fn one(args: &[u8], token: impl Fn(u8) -> Option<Token>, command: [u8; 2]) -> Step {
    let Some(n) = args.first() else { return Wait };
    let [lead, name] = command;
    Take(3, token(*n).unwrap_or_else(|| Token::Unknown(vec![lead, name, *n])))
}

fn whole(args: &[u8], needed: usize, size: usize, token: Token) -> Step {
    if args.len() < needed { Wait } else { Take(size, token) }
}

pub fn unknown(bytes: &[u8]) -> Step {
    Take(bytes.len(), Token::Unknown(bytes.to_vec()))
}

pub fn pair(low: u8, high: u8) -> usize {
    usize::from(u16::from_le_bytes([low, high]))
}

/// Many arguments may be given as a number or as the ASCII digit of it.
fn digit(n: u8) -> u8 {
    if n.is_ascii_digit() { n - b'0' } else { n }
}

fn align(n: u8) -> Option<Align> {
    match digit(n) {
        0 => Some(Align::Left),
        1 => Some(Align::Centre),
        2 => Some(Align::Right),
        _ => None,
    }
}
