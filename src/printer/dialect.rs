//! How a printer is asked for its state, and what its answers mean, in each maker's words.

mod bematech;
mod custom;
mod daruma;
mod elgin;
mod epson;

use std::time::Duration;

use super::Status;
use super::profile::Dialect;

/// One question. Its answer is told from all others by its shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// `DLE EOT n`, 1 to 4.
    RealTime(u8),
    /// `GS 248 '1'`
    Extended,
    /// `ENQ`
    Enq,
    /// `GS ENQ`
    GsEnq,
    /// `DLE EOT 20`
    Full,
}

/// What an answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One byte `0xx1xx10`.
    RealTime,
    /// So many bytes of any value. The first of several has its highest bit set, in all captures.
    Bytes(usize),
    /// `10 0F` and four bytes.
    Full,
}

impl Question {
    #[must_use]
    pub fn bytes(self) -> Vec<u8> {
        match self {
            Question::RealTime(number) => vec![0x10, 0x04, number],
            Question::Extended => vec![0x1d, 0xf8, b'1'],
            Question::Enq => vec![0x05],
            Question::GsEnq => vec![0x1d, 0x05],
            Question::Full => vec![0x10, 0x04, 0x14],
        }
    }

    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Question::RealTime(_) => Shape::RealTime,
            Question::Extended => Shape::Bytes(5),
            Question::Enq | Question::GsEnq => Shape::Bytes(1),
            Question::Full => Shape::Full,
        }
    }
}

impl Dialect {
    /// All that there is to ask.
    #[must_use]
    pub fn questions(self) -> &'static [Question] {
        const EPSON: [Question; 4] =
            [Question::RealTime(1), Question::RealTime(2), Question::RealTime(3), Question::RealTime(4)];
        match self {
            Dialect::Epson => &EPSON,
            _ => self.while_waiting(),
        }
    }

    /// What may be asked while a fence is waited for. Never `DLE EOT 3`: some printers answer it with the byte of a
    /// fence.
    #[must_use]
    pub fn while_waiting(self) -> &'static [Question] {
        const EPSON: [Question; 3] = [Question::RealTime(1), Question::RealTime(2), Question::RealTime(4)];
        match self {
            Dialect::Epson => &EPSON,
            _ => self.watching(),
        }
    }

    /// What is asked in turn of a printer at work: the paper first, and also whether it is on line at all.
    #[must_use]
    pub fn watching(self) -> &'static [Question] {
        match self {
            Dialect::Epson => &[Question::RealTime(2), Question::RealTime(4), Question::RealTime(1)],
            Dialect::Bematech => &[Question::Extended],
            Dialect::Daruma => &[Question::Enq, Question::GsEnq],
            Dialect::Elgin => &[Question::Enq],
            Dialect::Custom => &[Question::Full],
            Dialect::None => &[],
        }
    }

    /// Between two questions to a printer at work. Bematech asks to be asked little.
    #[must_use]
    pub fn asked_every(self) -> Duration {
        match self {
            Dialect::Bematech => Duration::from_millis(1500),
            _ => Duration::from_millis(500),
        }
    }
}

/// The last answer to each question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replies(Vec<(Question, Vec<u8>)>);

impl Replies {
    pub fn set(&mut self, question: Question, answer: Vec<u8>) {
        self.0.retain(|(asked, _)| *asked != question);
        self.0.push((question, answer));
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn to(&self, question: Question) -> Option<&[u8]> {
        self.0.iter().find(|(asked, _)| *asked == question).map(|(_, answer)| answer.as_slice())
    }

    /// The only byte of an answer.
    fn byte(&self, question: Question) -> Option<u8> {
        self.to(question).and_then(|answer| answer.first().copied())
    }

    /// How the printer is by these answers. Without one about the paper it counts as mute.
    #[must_use]
    pub fn status(&self, dialect: Dialect) -> Status {
        match dialect {
            Dialect::Epson => epson::status(self),
            Dialect::Bematech => bematech::status(self),
            Dialect::Daruma => daruma::status(self),
            Dialect::Elgin => elgin::status(self),
            Dialect::Custom => custom::status(self),
            Dialect::None => Status::Mute,
        }
    }

    /// Whether it is still at work, as far as this dialect says so.
    #[must_use]
    pub fn busy(&self, dialect: Dialect) -> Option<bool> {
        match dialect {
            Dialect::Bematech => bematech::busy(self),
            Dialect::Daruma => daruma::busy(self),
            Dialect::Custom => custom::busy(self),
            Dialect::Epson | Dialect::Elgin | Dialect::None => None,
        }
    }

    /// Whether a ticket is held out to the customer.
    #[must_use]
    pub fn holds_ticket(&self) -> bool {
        custom::holds_ticket(self)
    }
}

fn has(byte: Option<u8>, bits: u8) -> bool {
    byte.is_some_and(|byte| byte & bits != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_is_these_bytes() {
        for (question, bytes) in [
            (Question::RealTime(1), b"\x10\x04\x01".as_slice()),
            (Question::RealTime(4), b"\x10\x04\x04"),
            (Question::Extended, b"\x1d\xf81"),
            (Question::Enq, b"\x05"),
            (Question::GsEnq, b"\x1d\x05"),
            (Question::Full, b"\x10\x04\x14"),
        ] {
            assert_eq!(question.bytes(), bytes, "{question:?}");
        }
    }

    #[test]
    fn a_printer_that_says_nothing_of_its_paper_is_mute_in_every_dialect() {
        for dialect in
            [Dialect::Epson, Dialect::Bematech, Dialect::Daruma, Dialect::Elgin, Dialect::Custom, Dialect::None]
        {
            assert_eq!(Replies::default().status(dialect), Status::Mute, "{dialect:?}");
        }
    }
}
