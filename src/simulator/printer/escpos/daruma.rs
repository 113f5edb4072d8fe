//! The table of ESC/Daruma (printer.md 4.2), as far as papers need it.

use super::tables::Step::{self, Take, Wait};
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
        b'w' => one(args, |n| on(n).map(Token::High), [0x1B, *command]),
        b'j' => one(args, align, [0x1B, *command]),
        0x0F => Take(2, Token::FontB(true)),
        b'm' => Take(2, Token::Cut(None)),
        0x81 => match args {
            [low, high, module, level, text @ ..] => {
                let length = pair(*low, *high);
                let wanted = length.saturating_sub(2);
                match text.get(..wanted) {
                    _ if !(3..=7).contains(module) || !matches!(level, 0 | b'M' | b'Q' | b'H') || wanted == 0 => {
                        unknown(&[0x1B, 0x81, *low, *high, *module, *level])
                    }
                    Some(text) => Take(4 + length, Token::Qr { module: *module, text: text.to_vec() }),
                    None => Wait,
                }
            }
            _ => Wait,
        },
        other => unknown(&[0x1B, *other]),
    }
}

fn align(n: u8) -> Option<Token> {
    [Align::Left, Align::Centre, Align::Right].get(usize::from(n)).copied().map(Token::Align)
}
