//! Daruma's `ENQ` and `GS ENQ` (DR700, DR800), a byte each, as ACBr reads them.

use super::{Question, Replies, has};
use crate::printer::Status;

pub fn status(replies: &Replies) -> Status {
    let (state, sensors) = (replies.byte(Question::Enq), replies.byte(Question::GsEnq));
    if has(state, 0x80) {
        Status::CoverOpen
    } else if has(state, 0x20) || has(sensors, 0x02) {
        Status::PaperOut
    } else if has(state, 0x08) || has(sensors, 0x40) {
        Status::Fault
    } else if state.is_some_and(|byte| byte & 0x10 == 0) || has(sensors, 0x08) {
        Status::Offline
    } else if state.is_none() && sensors.is_none() {
        Status::Mute
    } else if has(sensors, 0x01) {
        Status::PaperLow
    } else {
        Status::Ready
    }
}

pub fn busy(replies: &Replies) -> Option<bool> {
    replies.byte(Question::Enq).map(|state| state & 0x01 != 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printer::profile::Dialect;

    #[test]
    fn each_bit_reads_as_the_table_says() {
        for (state, sensors, status, busy) in [
            (0x10, 0x10, Status::Ready, false),
            (0x11, 0x10, Status::Ready, true),
            (0x10, 0x11, Status::PaperLow, false),
            (0x30, 0x10, Status::PaperOut, false),
            (0x10, 0x12, Status::PaperOut, false),
            (0x90, 0x10, Status::CoverOpen, false),
            (0xb0, 0x12, Status::CoverOpen, false),
            (0x18, 0x10, Status::Fault, false),
            (0x10, 0x50, Status::Fault, false),
            (0x00, 0x10, Status::Offline, false),
            (0x10, 0x18, Status::Offline, false),
        ] {
            let mut replies = Replies::default();
            replies.set(Question::Enq, vec![state]);
            replies.set(Question::GsEnq, vec![sensors]);
            assert_eq!(replies.status(Dialect::Daruma), status, "{state:#x} {sensors:#x}");
            assert_eq!(replies.busy(Dialect::Daruma), Some(busy));
        }
    }
}
