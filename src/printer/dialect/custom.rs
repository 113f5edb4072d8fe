//! The full status of Custom's kiosk printers (VKP80, KPM): `10 0F` and four bytes for paper, user, what can be
//! recovered from, and what cannot.

use super::{Question, Replies};
use crate::printer::Status;

const PAPER_ABSENT: u8 = 0x01;
const PAPER_LOW: u8 = 0x04;
const TICKET_IN_MOUTH: u8 = 0x20;
const VIRTUAL_END: u8 = 0x40;
/// The head is up, or the cover is open.
const OPEN: u8 = 0x03;
const AT_WORK: u8 = 0x04 | 0x08;
const HEAD_HOT: u8 = 0x01;
/// The cutter itself, or its cover.
const CUTTER: u8 = 0x03;

pub fn status(replies: &Replies) -> Status {
    let Some([paper, user, passing, lasting]) = replies.to(Question::Full) else { return Status::Mute };
    if user & OPEN != 0 {
        Status::CoverOpen
    } else if paper & (PAPER_ABSENT | VIRTUAL_END) != 0 {
        Status::PaperOut
    } else if lasting & CUTTER != 0 {
        Status::Cutter
    } else if *lasting != 0 || passing & !HEAD_HOT != 0 {
        // a jam, the supply, the line; memory, presenter
        Status::Fault
    } else if passing & HEAD_HOT != 0 {
        Status::Overheated
    } else if paper & PAPER_LOW != 0 {
        Status::PaperLow
    } else {
        Status::Ready
    }
}

/// Spooling, or the motor turns.
pub fn busy(replies: &Replies) -> Option<bool> {
    match replies.to(Question::Full) {
        Some([_, user, ..]) => Some(user & AT_WORK != 0),
        _ => None,
    }
}

pub fn holds_ticket(replies: &Replies) -> bool {
    replies.byte(Question::Full).is_some_and(|paper| paper & TICKET_IN_MOUTH != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printer::profile::Dialect;

    #[test]
    fn each_bit_reads_as_the_table_says() {
        for (answer, status) in [
            ([0x00, 0x00, 0x00, 0x00], Status::Ready),
            ([0x20, 0x00, 0x00, 0x00], Status::Ready),
            ([0x04, 0x00, 0x00, 0x00], Status::PaperLow),
            ([0x01, 0x00, 0x00, 0x00], Status::PaperOut),
            ([0x40, 0x00, 0x00, 0x00], Status::PaperOut),
            ([0x01, 0x02, 0x00, 0x00], Status::CoverOpen),
            ([0x00, 0x01, 0x00, 0x00], Status::CoverOpen),
            ([0x00, 0x00, 0x01, 0x00], Status::Overheated),
            ([0x00, 0x00, 0x40, 0x00], Status::Fault),
            ([0x00, 0x00, 0x08, 0x00], Status::Fault),
            ([0x00, 0x00, 0x00, 0x01], Status::Cutter),
            ([0x00, 0x00, 0x00, 0x02], Status::Cutter),
            ([0x00, 0x00, 0x00, 0x80], Status::Fault),
        ] {
            let mut replies = Replies::default();
            replies.set(Question::Full, answer.to_vec());
            assert_eq!(replies.status(Dialect::Custom), status, "{answer:?}");
            assert_eq!(replies.busy(Dialect::Custom), Some(false));
        }
        let mut replies = Replies::default();
        replies.set(Question::Full, vec![0x20, 0x0c, 0, 0]);
        assert_eq!((replies.busy(Dialect::Custom), replies.holds_ticket()), (Some(true), true));
    }
}
