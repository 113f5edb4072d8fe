//! The one byte with which the older Elgin answer `ENQ`, as ACBr reads it. Other sources read the cover the other way.

use super::{Question, Replies};
use crate::printer::Status;

pub fn status(replies: &Replies) -> Status {
    let Some(state) = replies.byte(Question::Enq) else { return Status::Mute };
    if state & 0x08 != 0 {
        Status::CoverOpen
    } else if state & 0x02 != 0 {
        Status::PaperOut
    } else if state & 0x01 == 0 {
        Status::Offline
    } else if state & 0x10 != 0 {
        Status::PaperLow
    } else {
        Status::Ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::printer::profile::Dialect;

    #[test]
    fn each_bit_reads_as_the_table_says() {
        for (state, status) in [
            (0x01, Status::Ready),
            (0x11, Status::PaperLow),
            (0x03, Status::PaperOut),
            (0x0b, Status::CoverOpen),
            (0x00, Status::Offline),
        ] {
            let mut replies = Replies::default();
            replies.set(Question::Enq, vec![state]);
            assert_eq!(replies.status(Dialect::Elgin), status, "{state:#x}");
        }
    }
}
