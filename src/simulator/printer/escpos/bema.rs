//! The table of ESC/Bema (printer.md 4.2): where it differs from Epson's, the same letters mean something else.

use super::tables::Step::{self, Skip, Take, Wait};
use super::tables::{one, pair, unknown};
use super::{Align, Token};

/// The command at the beginning of `bytes`.
pub fn read(bytes: &[u8]) -> Step {
    match bytes {
        [] => Wait,
        [0x0A, ..] => Take(1, Token::LineFeed),
        [0x0D, ..] => Take(1, Token::CarriageReturn),
        [0x1B, rest @ ..] => esc(rest),
        [byte @ (0x20..=0x7E | 0x80..), ..] => Take(1, Token::Text(*byte)),
        [0x1D] => Wait,
        [byte @ (0x10 | 0x1C | 0x1D), next, ..] => unknown(&[*byte, *next]),
        [byte, ..] => Take(1, Token::Unknown(vec![*byte])),
    }
}

fn esc(rest: &[u8]) -> Step {
    let Some((command, args)) = rest.split_first() else { return Wait };
    let on = |n: u8| (n <= 1).then_some(n == 1);
    match command {
        b'@' => Take(2, Token::Initialise),
        b'E' => Take(2, Token::Bold(true)),
        b'F' => Take(2, Token::Bold(false)),
        b'W' => one(args, |n| on(n).map(Token::Wide), [0x1B, *command]),
        b'd' => one(args, |n| on(n).map(Token::High), [0x1B, *command]),
        b't' => one(args, |n| epson_number(n).map(Token::CodePage), [0x1B, *command]),
        b'a' => one(args, align, [0x1B, *command]),
        b'3' => one(args, |n| Some(Token::LineSpacing(Some(n))), [0x1B, *command]),
        b'2' => Take(2, Token::LineSpacing(None)),
        0x0F => Take(2, Token::FontB(true)),
        b'H' => Take(2, Token::FontB(false)),
        b'w' | b'm' => Take(2, Token::Cut(None)),
        b'*' => columns(args),
        other => unknown(&[0x1B, *other]),
    }
}

pub fn columns(args: &[u8]) -> Step {
    match args {
        [33, low, high, data @ ..] => {
            let width = pair(*low, *high);
            match data.get(..width * 3) {
                Some(data) => Take(5 + width * 3, Token::Columns { width, data: data.to_vec() }),
                None => Wait,
            }
        }
        [_, low, high, ..] => Skip(5, pair(*low, *high), Token::Refused("column image of another height")),
        _ => Wait,
    }
}

fn align(n: u8) -> Option<Token> {
    [Align::Left, Align::Centre, Align::Right].get(usize::from(n)).copied().map(Token::Align)
}

/// Its own numbers for the pages that it has: 2 is 850, 3 is 437, 4 is 860.
fn epson_number(n: u8) -> Option<u8> {
    match n {
        2 => Some(2),
        3 => Some(0),
        4 => Some(3),
        _ => None,
    }
}
