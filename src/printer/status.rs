//! What a printer's answers mean: `DLE EOT`, `GS r` and automatic messages, told apart and read.

use super::Status;

/// One answer out of the stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// To `DLE EOT`: `0xx1xx10`.
    RealTime(u8),
    /// To `GS r`: high half zero.
    Fence,
}

/// Tells answers apart as they come, byte by byte. Flow control characters and noise are passed over.
#[derive(Debug, Default)]
pub struct Demux {
    /// Bytes still to come of an automatic status message (`GS a`): some look like answers to `GS r`.
    automatic: u8,
}

impl Demux {
    pub fn take(&mut self, byte: u8) -> Option<Answer> {
        if self.automatic > 0 {
            self.automatic -= 1;
            return None;
        }
        match byte {
            0x11 | 0x13 => None,
            byte if byte & 0x93 == 0x12 => Some(Answer::RealTime(byte)),
            byte if byte & 0x93 == 0x10 => {
                self.automatic = 3;
                None
            }
            byte if byte & 0xf0 == 0 => Some(Answer::Fence),
            _ => None,
        }
    }

    /// The line has been quiet: what was begun will not be finished.
    pub fn quiet(&mut self) {
        self.automatic = 0;
    }
}

/// The answers to `DLE EOT` 1 to 4, as far as they came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Replies {
    pub printer: Option<u8>,
    pub cause: Option<u8>,
    pub error: Option<u8>,
    pub roll: Option<u8>,
}

impl Replies {
    pub fn set(&mut self, number: u8, byte: u8) {
        match number {
            1 => self.printer = Some(byte),
            2 => self.cause = Some(byte),
            3 => self.error = Some(byte),
            4 => self.roll = Some(byte),
            _ => {}
        }
    }

    /// The cover comes first: many printers with an open cover also say that the paper is out. Without a word about
    /// the paper a printer counts as mute.
    #[must_use]
    pub fn status(&self) -> Status {
        let has = |reply: Option<u8>, bits: u8| reply.is_some_and(|byte| byte & bits != 0);
        if has(self.cause, 0x04) {
            Status::CoverOpen
        } else if has(self.cause, 0x20) || has(self.roll, 0x60) {
            Status::PaperOut
        } else if has(self.cause, 0x40) || has(self.error, 0x6c) {
            Status::Fault
        } else if has(self.printer, 0x28) {
            Status::Offline
        } else if self.cause.is_none() && self.roll.is_none() {
            Status::Mute
        } else if has(self.roll, 0x0c) {
            Status::PaperLow
        } else {
            Status::Ready
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the printers' own captures: MP-2800 TH, Sweda, and Epson's table.
    #[test]
    fn captured_answers_read_as_the_printer_was() {
        for (answers, status) in [
            ([18, 18, 18, 18], Status::Ready),
            ([22, 18, 18, 18], Status::Ready),
            ([30, 54, 18, 114], Status::CoverOpen),
            ([30, 50, 18, 114], Status::PaperOut),
            ([0x1a, 0x32, 0x12, 0x7e], Status::PaperOut),
            ([26, 86, 18, 18], Status::CoverOpen),
            ([26, 114, 18, 18], Status::PaperOut),
            ([26, 118, 18, 18], Status::CoverOpen),
            ([0x12, 0x12, 0x12, 0x1e], Status::PaperLow),
            ([0x1a, 0x52, 0x1a, 0x12], Status::Fault),
            ([0x1a, 0x52, 0x52, 0x12], Status::Fault),
            ([0x1a, 0x12, 0x12, 0x12], Status::Offline),
        ] {
            let mut replies = Replies::default();
            for (number, byte) in (1..).zip(answers) {
                assert_eq!(Demux::default().take(byte), Some(Answer::RealTime(byte)), "{byte:#x}");
                replies.set(number, byte);
            }
            assert_eq!(replies.status(), status, "{answers:?}");
        }
    }

    #[test]
    fn a_printer_that_says_nothing_of_its_paper_is_mute() {
        assert_eq!(Replies::default().status(), Status::Mute);
        assert_eq!(Replies { printer: Some(0x12), error: Some(0x12), ..Replies::default() }.status(), Status::Mute);
        assert_eq!(Replies { roll: Some(0x12), ..Replies::default() }.status(), Status::Ready);
    }

    #[test]
    fn answers_are_told_apart_from_flow_control_noise_and_automatic_messages() {
        let heard = |bytes: &[u8]| {
            let mut demux = Demux::default();
            bytes.iter().filter_map(|byte| demux.take(*byte)).collect::<Vec<_>>()
        };
        assert_eq!(heard(&[0x13, 0x12, 0x11, 0x00]), [Answer::RealTime(0x12), Answer::Fence]);
        assert_eq!(heard(&[0x14, 0x00, 0x00, 0x0f]), [], "an automatic message is no fence");
        assert_eq!(heard(&[0x14, 0x00, 0x00, 0x0f, 0x03]), [Answer::Fence]);
        assert_eq!(heard(b"OK\xff\x80\x95"), []);
        let mut demux = Demux::default();
        demux.take(0x14);
        demux.quiet();
        assert_eq!(demux.take(0x00), Some(Answer::Fence));
    }
}
