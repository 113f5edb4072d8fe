//! Tells a printer's answers apart as they come, byte by byte. Flow control characters and noise are passed over.

use super::dialect::{Question, Shape};
use super::escpos::JobId;

/// One answer out of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// To the question that was asked last.
    State(Vec<u8>),
    /// To `GS r`: high half zero. What it says of the paper counts: some printers answer when they read it.
    Fence(u8),
    /// To `GS ( H`: everything before it is printed.
    Printed(JobId),
    /// To `DLE DC4 8`: what waited is forgotten.
    Cleared,
    /// To `GS I`: a name, for a technician to read and nobody to trust.
    Name(String),
}

/// The longest name that is read; a printer that never ends it says nothing.
const NAME_MOST: usize = 80;

#[derive(Debug, Default)]
pub struct Demux {
    asked: Option<Question>,
    /// The part of an answer that has come.
    begun: Vec<u8>,
    /// Bytes still to come of an automatic status message (`GS a`): some look like answers to `GS r`.
    automatic: u8,
    /// Bytes that belonged to nothing.
    noise: u32,
}

impl Demux {
    /// What the next answer may be to. An answer that was begun to an older question is given up.
    pub fn ask(&mut self, question: Question) {
        self.quiet();
        self.asked = Some(question);
    }

    pub fn take(&mut self, byte: u8) -> Option<Answer> {
        if self.automatic > 0 {
            self.automatic -= 1;
            return None;
        }
        match self.begun.first().copied() {
            Some(0x37) => self.response(byte),
            Some(0x5f) => self.name(byte),
            Some(_) => self.several(byte),
            None => self.first(byte),
        }
    }

    fn first(&mut self, byte: u8) -> Option<Answer> {
        let shape = self.asked.map(Question::shape);
        match (shape, byte) {
            (Some(Shape::Bytes(1)), _) => return Some(self.answered(vec![byte])),
            (Some(Shape::Bytes(_)), 0x80..) | (Some(Shape::Full), 0x10) => {
                self.begun.push(byte);
                return None;
            }
            _ => {}
        }
        match byte {
            0x11 | 0x13 => None,
            0x37 | 0x5f => {
                self.begun.push(byte);
                None
            }
            byte if byte & 0x93 == 0x12 && shape.is_none_or(|shape| shape == Shape::RealTime) => {
                Some(self.answered(vec![byte]))
            }
            byte if byte & 0x93 == 0x10 => {
                self.automatic = 3;
                None
            }
            byte if byte & 0xf0 == 0 => Some(Answer::Fence(byte)),
            _ => {
                self.noise += 1;
                None
            }
        }
    }

    /// The bytes of an answer that has several.
    fn several(&mut self, byte: u8) -> Option<Answer> {
        self.begun.push(byte);
        let whole = match self.asked.map(Question::shape) {
            Some(Shape::Bytes(count)) => (self.begun.len() == count).then(|| self.begun.clone()),
            Some(Shape::Full) if self.begun.get(1) != Some(&0x0f) => {
                // an automatic message after all
                self.begun.clear();
                self.automatic = 2;
                None
            }
            Some(Shape::Full) => self.begun.get(2..6).map(<[u8]>::to_vec),
            _ => {
                self.begun.clear();
                None
            }
        };
        whole.map(|bytes| self.answered(bytes))
    }

    /// `37 22 d1 d2 d3 d4 00` or `37 25 00`.
    fn response(&mut self, byte: u8) -> Option<Answer> {
        if matches!(byte, 0x11 | 0x13) {
            return None;
        }
        self.begun.push(byte);
        let answer = match self.begun.as_slice() {
            [_, 0x25, 0x00] => Some(Answer::Cleared),
            [_, 0x22, a, b, c, d, 0x00] => Some(Answer::Printed(JobId([*a, *b, *c, *d]))),
            [_, 0x22 | 0x25] => return None,
            [_, 0x22, id @ ..] if id.len() <= 4 && id.iter().all(|byte| (0x20..=0x7e).contains(byte)) => return None,
            _ => None,
        };
        self.noise += u32::from(answer.is_none());
        self.begun.clear();
        answer
    }

    fn name(&mut self, byte: u8) -> Option<Answer> {
        match byte {
            0x00 => {
                let name = self.begun.iter().skip(1).map(|byte| char::from(*byte)).collect();
                self.begun.clear();
                Some(Answer::Name(name))
            }
            0x20..=0x7e if self.begun.len() < NAME_MOST => {
                self.begun.push(byte);
                None
            }
            _ => {
                self.noise += 1;
                self.begun.clear();
                None
            }
        }
    }

    fn answered(&mut self, bytes: Vec<u8>) -> Answer {
        self.begun.clear();
        Answer::State(bytes)
    }

    /// The line has been quiet: what was begun will not be finished.
    pub fn quiet(&mut self) {
        self.automatic = 0;
        self.begun.clear();
    }

    /// Bytes that belonged to nothing, since this was last asked.
    pub fn take_noise(&mut self) -> u32 {
        std::mem::take(&mut self.noise)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn heard(asked: Option<Question>, bytes: &[u8]) -> Vec<Answer> {
        let mut demux = Demux { asked, ..Demux::default() };
        bytes.iter().filter_map(|byte| demux.take(*byte)).collect()
    }

    fn state(bytes: &[u8]) -> Answer {
        Answer::State(bytes.to_vec())
    }

    #[test]
    fn answers_are_told_apart_from_flow_control_noise_and_automatic_messages() {
        let epson = Some(Question::RealTime(2));
        assert_eq!(heard(epson, &[0x13, 0x12, 0x11, 0x00]), [state(&[0x12]), Answer::Fence(0)]);
        assert_eq!(heard(epson, &[0x14, 0x00, 0x00, 0x0f]), [], "an automatic message is no fence");
        assert_eq!(heard(epson, &[0x14, 0x00, 0x00, 0x0f, 0x03]), [Answer::Fence(3)]);
        assert_eq!(heard(epson, b"OK\xff\x80\x95"), []);
        let mut demux = Demux::default();
        demux.take(0x14);
        demux.quiet();
        assert_eq!(demux.take(0x00), Some(Answer::Fence(0)));
        assert_eq!(heard(epson, &[0x0c]), [Answer::Fence(0x0c)], "the paper is out");
    }

    #[test]
    fn the_answers_of_newer_epsons_are_read_whole() {
        let id = JobId(*b"ABCD");
        assert_eq!(
            heard(None, b"\x37\x22ABCD\x00\x37\x25\x00\x12"),
            [Answer::Printed(id), Answer::Cleared, state(&[0x12])]
        );
        assert_eq!(heard(None, b"\x37\x22A\x13B\x11CD\x00"), [Answer::Printed(id)], "flow control inside");
        assert_eq!(heard(None, b"\x5fTM-T20X\x00"), [Answer::Name("TM-T20X".into())]);
        assert_eq!(heard(None, b"\x37\x22AB\x00\x00"), [Answer::Fence(0)], "an id that is cut short proves nothing");
        assert_eq!(heard(None, b"\x37\x99\x12"), [state(&[0x12])]);
    }

    #[test]
    fn answers_of_several_bytes_are_whole_or_nothing() {
        let extended = Some(Question::Extended);
        assert_eq!(heard(extended, &[128, 145, 0, 17, 22, 0]), [state(&[128, 145, 0, 17, 22]), Answer::Fence(0)]);
        assert_eq!(heard(extended, &[0x00, 128, 145, 144, 145]), [Answer::Fence(0)], "not whole");
        let full = Some(Question::Full);
        assert_eq!(heard(full, &[0x10, 0x0f, 0x20, 0x11, 0x13, 0x00]), [state(&[0x20, 0x11, 0x13, 0x00])]);
        assert_eq!(heard(full, &[0x10, 0x00, 0x00, 0x0f, 0x00]), [Answer::Fence(0)], "an automatic message");
        assert_eq!(heard(Some(Question::Enq), &[0x11]), [state(&[0x11])], "a state, not flow control");
    }

    #[test]
    fn noise_is_counted() {
        let mut demux = Demux::default();
        for byte in [0xff, 0xa5, 0x99, 0x13] {
            demux.take(byte);
        }
        assert_eq!((demux.take_noise(), demux.take_noise()), (3, 0));
    }

    proptest! {
        /// Whatever a line brings, after a silence the next answer is read.
        #[test]
        fn any_bytes_can_come(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            for question in [Question::RealTime(1), Question::Extended, Question::Full] {
                let mut demux = Demux::default();
                demux.ask(question);
                for byte in &bytes {
                    demux.take(*byte);
                }
                demux.ask(Question::RealTime(1));
                prop_assert_eq!(demux.take(0x12), Some(Answer::State(vec![0x12])));
            }
        }
    }
}
