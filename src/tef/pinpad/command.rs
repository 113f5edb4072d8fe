//! The few commands a totem may send, and what their answers say.

use std::fmt;

use super::{COLUMNS, Error};

/// Statuses of an answer.
pub const UNKNOWN: u16 = 10;
pub const TIMEOUT: u16 = 12;
pub const CANCELLED: u16 = 13;
pub const NOT_SECURE: u16 = 9;

const ID_LIST: u16 = 0x0001;
const CEX_OPTIONS: u16 = 0x0006;
const WAIT: u16 = 0x000C;
const SERIAL: u16 = 0x8001;
const MODEL: u16 = 0x8003;
const MAKER: u16 = 0x8004;
const SPECIFICATION: u16 = 0x8007;
const EVENT: u16 = 0x8040;
/// Of CEX: keys, and neither stripe, chip nor contactless.
const KEYS_ONLY: &[u8] = b"100000";

/// Who the pinpad is. What it does not tell is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    pub maker: String,
    pub model: String,
    pub serial: String,
    /// Of the ABECS specification: `2.12`.
    pub specification: String,
}

/// A key of the pinpad beside its digits, which it never tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    Ok,
    Up,
    Down,
    F1,
    F2,
    F3,
    F4,
    Clear,
    Cancel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPress {
    Known(Key),
    /// A code that the specification does not name.
    Other(u16),
}

impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyPress::Known(key) => write!(f, "{key:?}"),
            KeyPress::Other(code) => write!(f, "{code:02}"),
        }
    }
}

pub fn open() -> Vec<u8> {
    b"OPN".to_vec()
}

pub fn about() -> Vec<u8> {
    let ids: Vec<u8> = [SERIAL, MODEL, MAKER, SPECIFICATION].into_iter().flat_map(u16::to_be_bytes).collect();
    with_parameters("GIX", &[(ID_LIST, &ids)])
}

/// The general information, as before ABECS.
pub fn about_old() -> Vec<u8> {
    b"GIN00200".to_vec()
}

pub fn key(within_s: u8) -> Vec<u8> {
    with_parameters("CEX", &[(CEX_OPTIONS, KEYS_ONLY), (WAIT, &[within_s])])
}

pub fn old_key() -> Vec<u8> {
    b"GKY".to_vec()
}

/// A command whose one block is a display text.
pub fn with_text(command: &str, text: &[u8]) -> Vec<u8> {
    let mut data = command.as_bytes().to_vec();
    data.extend(block(text));
    data
}

fn with_parameters(command: &str, parameters: &[(u16, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (id, value) in parameters {
        body.extend(id.to_be_bytes());
        body.extend(u16::try_from(value.len()).unwrap_or(0).to_be_bytes());
        body.extend(*value);
    }
    with_text(command, &body)
}

fn block(body: &[u8]) -> Vec<u8> {
    let mut block = format!("{:03}", body.len()).into_bytes();
    block.extend(body);
    block
}

/// Two lines of sixteen columns, in Latin-1.
pub fn text(lines: [&str; 2]) -> Result<Vec<u8>, Error> {
    let mut text = Vec::with_capacity(2 * COLUMNS);
    for line in lines {
        let shown = |letter: char| u8::try_from(u32::from(letter)).ok().filter(|byte| !(0..32).contains(byte));
        let bytes: Option<Vec<u8>> = line.chars().map(shown).collect();
        let mut bytes = bytes.filter(|bytes| bytes.len() <= COLUMNS).ok_or_else(|| Error::Text(line.to_owned()))?;
        bytes.resize(COLUMNS, b' ');
        text.extend(bytes);
    }
    Ok(text)
}

/// The values of an ABECS answer's blocks, in any order; what is unknown or cut off is passed over.
fn parameters(mut blocks: &[u8]) -> Vec<(u16, Vec<u8>)> {
    let mut joined = Vec::new();
    while let Some((length, rest)) = blocks.split_at_checked(3) {
        let Some((body, rest)) = number(length).and_then(|length| rest.split_at_checked(length)) else { break };
        joined.extend(body);
        blocks = rest;
    }
    let mut values = Vec::new();
    let mut rest = joined.as_slice();
    while let [id_high, id_low, length_high, length_low, tail @ ..] = rest {
        let length = usize::from(u16::from_be_bytes([*length_high, *length_low]));
        let Some((value, tail)) = tail.split_at_checked(length) else { break };
        values.push((u16::from_be_bytes([*id_high, *id_low]), value.to_vec()));
        rest = tail;
    }
    values
}

fn number(digits: &[u8]) -> Option<usize> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn latin1(bytes: &[u8]) -> String {
    bytes
        .iter()
        .map(|&byte| char::from(byte))
        .filter(|letter| !letter.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

pub fn read_about(data: &[u8]) -> About {
    let mut about = About::default();
    for (id, value) in parameters(data) {
        match id {
            SERIAL => about.serial = latin1(&value),
            MODEL => about.model = latin1(&value),
            MAKER => about.maker = latin1(&value),
            SPECIFICATION => about.specification = latin1(&value),
            _ => {}
        }
    }
    about
}

/// One block: maker 20, model 19, contactless 1, system 20, specification 4, manager 16, serial 20.
pub fn read_about_old(data: &[u8]) -> Option<About> {
    let body = data.get(3..).filter(|body| body.len() >= 100)?;
    let part = |from: usize, length: usize| latin1(body.get(from..from + length).unwrap_or_default());
    Some(About { maker: part(0, 20), model: part(20, 19), specification: part(60, 4), serial: part(80, 20) })
}

pub fn read_key(data: &[u8]) -> Option<KeyPress> {
    let (_, event) = parameters(data).into_iter().find(|(id, _)| *id == EVENT)?;
    Some(match number(&event)? {
        2 => KeyPress::Known(Key::Up),
        3 => KeyPress::Known(Key::Down),
        code => key_of(u16::try_from(code).ok()?),
    })
}

/// A key as the status of GKY, or as the event of CEX.
pub fn key_of(code: u16) -> KeyPress {
    KeyPress::Known(match code {
        0 => Key::Ok,
        4 => Key::F1,
        5 => Key::F2,
        6 => Key::F3,
        7 => Key::F4,
        8 => Key::Clear,
        13 => Key::Cancel,
        other => return KeyPress::Other(other),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_a_pinpad_is_is_read_from_its_answer_in_any_order() {
        let data =
            b"048\x80\x01\x00\x0C991274366155\x80\x03\x00\x0APPX-1;10MB\x80\x04\x00\x06CYGNUS\x80\x07\x00\x042.12";
        let about = About {
            maker: "CYGNUS".into(),
            model: "PPX-1;10MB".into(),
            serial: "991274366155".into(),
            specification: "2.12".into(),
        };
        assert_eq!(read_about(data), about);
        let turned = b"020\x80\x07\x00\x042.12\x80\x04\x00\x06CYGNUS999\x80";
        assert_eq!(read_about(turned).specification, "2.12");
        assert_eq!(read_about(b"0"), About::default());
    }

    #[test]
    fn an_old_pinpad_tells_itself_in_fixed_columns() {
        let body = format!("{:20}{:19}{}{:20}{:4}{:16}{:20}", "GERTEC", "PPC900", "C", "OS", "1.08", "MGR", "123456");
        let data = format!("100{body}");
        let about = read_about_old(data.as_bytes()).unwrap();
        assert_eq!((about.maker.as_str(), about.model.as_str()), ("GERTEC", "PPC900"));
        assert_eq!((about.specification.as_str(), about.serial.as_str()), ("1.08", "123456"));
        assert_eq!(read_about_old(b"100short"), None);
    }

    #[test]
    fn a_text_that_does_not_fit_is_refused() {
        assert_eq!(text(["TOTEM DISPONIVEL", "TOQUE NA TELA"]).unwrap(), b"TOTEM DISPONIVELTOQUE NA TELA   ");
        assert_eq!(text(["PREÇO", ""]).unwrap().get(3), Some(&0xC7));
        for line in ["SEVENTEEN COLUMNS", "new\nline", "escape\u{1b}", "日本"] {
            assert_eq!(text([line, ""]), Err(Error::Text(line.to_owned())));
        }
    }
}
