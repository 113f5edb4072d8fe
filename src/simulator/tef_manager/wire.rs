//! The lines of the exchange files, `AAA-BBB = value` ended by CR LF (tef.md 1.3, PayGo dialect): read strictly,
//! written in order.

use std::collections::BTreeMap;

use thiserror::Error;

/// The three digits of a field and the three of its sequence.
pub type Key = (u16, u16);

const TRAILER: Key = (999, 999);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Malformed {
    #[error("line {line}: a byte outside 20h-7Eh")]
    NotAscii { line: usize },
    #[error("line {line}: does not end in CR LF")]
    LineEnd { line: usize },
    #[error("line {line}: is not `AAA-BBB = value`")]
    Shape { line: usize },
    #[error("line {line}: the field was given before")]
    Repeated { line: usize },
    #[error("no trailer 999-999 = 0")]
    NoTrailer,
    #[error("line {line}: comes after the trailer")]
    AfterTrailer { line: usize },
}

/// The fields of one request, without the trailer. It has had one: a file without it is no request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request(BTreeMap<Key, String>);

impl Request {
    pub fn read(file: &[u8]) -> Result<Self, Malformed> {
        let mut fields = BTreeMap::new();
        let mut closed = false;
        let mut rest = file;
        let mut line = 0;
        while !rest.is_empty() {
            line += 1;
            let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
                return Err(Malformed::LineEnd { line });
            };
            let (text, next) = rest.split_at(end + 1);
            rest = next;
            let text = text.strip_suffix(b"\r\n").ok_or(Malformed::LineEnd { line })?;
            if !text.iter().all(|byte| (0x20..=0x7E).contains(byte)) {
                return Err(Malformed::NotAscii { line });
            }
            if closed {
                return Err(Malformed::AfterTrailer { line });
            }
            let (key, value) = read_line(text).ok_or(Malformed::Shape { line })?;
            if key == TRAILER {
                closed = value == "0";
                if !closed {
                    return Err(Malformed::NoTrailer);
                }
            } else if fields.insert(key, value).is_some() {
                return Err(Malformed::Repeated { line });
            }
        }
        if closed { Ok(Request(fields)) } else { Err(Malformed::NoTrailer) }
    }

    /// The value of `AAA-000`, when it is there.
    pub fn get(&self, field: u16) -> Option<&str> {
        self.0.get(&(field, 0)).map(String::as_str)
    }

    /// The value of `AAA-000`, or an empty text.
    pub fn text(&self, field: u16) -> &str {
        self.get(field).unwrap_or_default()
    }
}

fn read_line(text: &[u8]) -> Option<(Key, String)> {
    let text = std::str::from_utf8(text).ok()?;
    let (key, value) = text.split_once(" = ")?;
    let (field, sequence) = key.split_once('-')?;
    Some(((three_digits(field)?, three_digits(sequence)?), value.to_owned()))
}

fn three_digits(text: &str) -> Option<u16> {
    (text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

/// The fields of an answer, in the order they are to be written.
#[derive(Debug, Clone, Default)]
pub struct Answer(Vec<(Key, String)>);

impl Answer {
    /// Every answer begins by echoing the command and the identifier of its request.
    pub fn to(command: &str, id: &str) -> Self {
        Answer::default().with(0, command).with(1, id)
    }

    pub fn with(self, field: u16, value: impl Into<String>) -> Self {
        self.with_key((field, 0), value)
    }

    pub fn with_key(mut self, key: Key, value: impl Into<String>) -> Self {
        self.0.push((key, value.into()));
        self
    }

    /// The number of lines in `field`, and each line in quotation marks in the field after it, counted from 001.
    pub fn with_lines(mut self, field: u16, lines: &[String]) -> Self {
        self = self.with(field, lines.len().to_string());
        for (sequence, line) in (1..).zip(lines) {
            self = self.with_key((field + 1, sequence), format!("\"{line}\""));
        }
        self
    }

    /// The file, in ISO 8859-1, with its trailer.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.without_trailer();
        bytes.extend(b"999-999 = 0\r\n");
        bytes
    }

    pub fn without_trailer(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for ((field, sequence), value) in &self.0 {
            bytes.extend(format!("{field:03}-{sequence:03} = ").bytes());
            bytes.extend(value.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')));
            bytes.extend(b"\r\n");
        }
        bytes
    }

    /// The same answer with another value in the first field `AAA-000` found.
    pub fn altered(&self, field: u16, value: &str) -> Self {
        let mut other = self.clone();
        if let Some((_, old)) = other.0.iter_mut().find(|(key, _)| *key == (field, 0)) {
            value.clone_into(old);
        }
        other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_only_when_every_byte_of_it_is_as_the_documents_say() {
        let table: &[(&[u8], Result<usize, Malformed>)] = &[
            (b"000-000 = ATV\r\n001-000 = 1001\r\n999-999 = 0\r\n", Ok(2)),
            (b"000-000 = ATV\r\n030-000 = \r\n999-999 = 0\r\n", Ok(2)),
            (b"", Err(Malformed::NoTrailer)),
            (b"000-000 = ATV\r\n", Err(Malformed::NoTrailer)),
            (b"000-000 = ATV\r\n999-999 = 1\r\n", Err(Malformed::NoTrailer)),
            (b"000-000 = ATV\n999-999 = 0\n", Err(Malformed::LineEnd { line: 1 })),
            (b"000-000 = ATV\r\n999-999 = 0", Err(Malformed::LineEnd { line: 2 })),
            (b"000-000=ATV\r\n999-999 = 0\r\n", Err(Malformed::Shape { line: 1 })),
            (b"0-0 = ATV\r\n999-999 = 0\r\n", Err(Malformed::Shape { line: 1 })),
            (b"+00-000 = ATV\r\n999-999 = 0\r\n", Err(Malformed::Shape { line: 1 })),
            (b"000-000 = ATV\r\n\r\n999-999 = 0\r\n", Err(Malformed::Shape { line: 2 })),
            (b"000-000 = ATV\r\n000-000 = CRT\r\n999-999 = 0\r\n", Err(Malformed::Repeated { line: 2 })),
            (b"735-000 = T\xC9CNICO\r\n999-999 = 0\r\n", Err(Malformed::NotAscii { line: 1 })),
            (b"735-000 = A\tB\r\n999-999 = 0\r\n", Err(Malformed::NotAscii { line: 1 })),
            (b"000-000 = ATV\r\n999-999 = 0\r\n001-000 = 1\r\n", Err(Malformed::AfterTrailer { line: 3 })),
        ];
        for (file, expected) in table {
            let read = Request::read(file).map(|request| request.0.len());
            assert_eq!(read, *expected, "{}", String::from_utf8_lossy(file));
        }
    }

    #[test]
    fn receipt_lines_are_counted_quoted_and_keep_their_accents_in_one_byte() {
        let answer = Answer::to("CRT", "1").with_lines(712, &["CRÉDITO".to_owned(), "À VISTA".to_owned()]);
        assert_eq!(
            answer.to_bytes(),
            b"000-000 = CRT\r\n001-000 = 1\r\n712-000 = 2\r\n713-001 = \"CR\xC9DITO\"\r\n713-002 = \"\xC0 VISTA\"\r\n999-999 = 0\r\n"
        );
    }
}
