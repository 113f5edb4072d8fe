//! The makers whose printers can be stood in for: which commands each knows, and in what bytes it tells its state
//! (printer.md 4.1 and 4.2).

use super::faults::{Cause, Condition, Roll};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Model {
    /// ESC/POS, DLE EOT, GS ( H, DLE DC4
    Epson,
    /// MP-4200 TH: ESC/POS or ESC/Bema, as it is told; GS 248
    Bematech,
    /// DR800: ESC/Daruma, ENQ
    Daruma,
    /// VIP: ESC/Bema, ENQ
    Elgin,
    /// VKP80III: ESC/POS with a presenter, DLE EOT 20
    Custom,
}

/// Which table bytes are read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Pos,
    Bema,
    Daruma,
}

impl Model {
    /// After switching on.
    pub fn mode(self) -> Mode {
        match self {
            Model::Epson | Model::Custom => Mode::Pos,
            Model::Bematech | Model::Elgin => Mode::Bema,
            Model::Daruma => Mode::Daruma,
        }
    }

    /// The answer to Bematech's `GS 248 '1'`; the sound ones are captures from an MP-4200 TH.
    pub fn extended(condition: Condition) -> [u8; 5] {
        let stopped = condition.stopped_by().is_some();
        let line = if stopped { 0x88 } else { 0x80 };
        let paper = match (condition.cover_open, condition.roll) {
            (true, _) => 0x35,
            (false, Roll::Out) => 0xB7,
            (false, Roll::Low) => 0x93,
            (false, Roll::Ok) => 0x91,
        };
        let failed = condition.cutter_broken || condition.head_hot;
        [line, if failed { paper | 0x40 } else { paper }, 0x90, 0x91, 0x16]
    }

    /// Daruma's and Elgin's answer to `ENQ`.
    pub fn enq(self, condition: Condition, printing: bool) -> u8 {
        let Condition { roll, cover_open, cutter_broken, head_hot, offline } = condition;
        let bit = |holds: bool, place: u8| u8::from(holds) << place;
        let no_paper = roll == Roll::Out;
        if self == Model::Elgin {
            let online = !offline && !cutter_broken && !head_hot;
            bit(online, 0) | bit(no_paper, 1) | bit(cover_open, 3) | bit(roll == Roll::Low, 4)
        } else {
            bit(printing, 0)
                | bit(cutter_broken || head_hot, 3)
                | bit(!offline, 4)
                | bit(no_paper, 5)
                | bit(cover_open, 7)
        }
    }

    /// Daruma's answer to `GS ENQ`.
    pub fn gs_enq(condition: Condition) -> u8 {
        let Condition { roll, cutter_broken, head_hot, offline, .. } = condition;
        let bit = |holds: bool, place: u8| u8::from(holds) << place;
        bit(roll == Roll::Low, 0)
            | bit(roll == Roll::Out, 1)
            | bit(offline, 3)
            | bit(roll != Roll::Out, 4)
            | bit(cutter_broken || head_hot, 6)
    }

    /// Custom's answer to `DLE EOT 20`.
    pub fn full(condition: Condition, printing: bool, ticket: bool) -> [u8; 6] {
        let bits = |holds: bool, bits: u8| if holds { bits } else { 0 };
        let paper = match condition.roll {
            Roll::Ok => 0x00,
            Roll::Low => 0x04,
            Roll::Out => 0x01,
        };
        let user = bits(condition.cover_open, 0x02) | bits(printing, 0x0C);
        [
            0x10,
            0x0F,
            paper | bits(ticket, 0x20) | bits(condition.cover_open, 0x01),
            user,
            bits(condition.head_hot, 0x01) | bits(condition.stopped_by() == Some(Cause::Offline), 0x02),
            bits(condition.cutter_broken, 0x01),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_each_maker_are_those_of_its_captures_and_tables() {
        let well = Condition::default();
        let out = Condition { roll: Roll::Out, ..well };
        let open = Condition { cover_open: true, ..well };
        let low = Condition { roll: Roll::Low, ..well };
        assert_eq!(Model::extended(well), [128, 145, 144, 145, 22]);
        assert_eq!(Model::extended(open), [136, 53, 144, 145, 22]);
        assert_eq!(Model::extended(out), [136, 183, 144, 145, 22]);
        assert_eq!(Model::extended(low), [128, 147, 144, 145, 22]);
        assert_eq!([well, out, open].map(|now| Model::Daruma.enq(now, false)), [0x10, 0x30, 0x90]);
        assert_eq!([well, out, low].map(Model::gs_enq), [0x10, 0x02, 0x11]);
        assert_eq!([well, out, open, low].map(|now| Model::Elgin.enq(now, false)), [0x01, 0x03, 0x09, 0x11]);
        assert_eq!(Model::full(well, true, false), [0x10, 0x0F, 0x00, 0x0C, 0, 0]);
        assert_eq!(Model::full(well, false, true), [0x10, 0x0F, 0x20, 0x00, 0, 0]);
    }
}
