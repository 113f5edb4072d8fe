//! What may be wrong with a printer: the orders in `control.json`, and what the sensors say of it (printer.md 4.1).

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Roll {
    #[default]
    Ok,
    Low,
    Out,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    pub paper: Roll,
    /// The roll ends after so many more lines, counted from this order. It has paper again when the key is gone.
    pub paper_out_after_lines: Option<u64>,
    pub cover_open: bool,
    /// The cutter is broken now.
    pub cutter_fault: bool,
    /// The cutter jams at the next cut, and is free again when the key is gone.
    pub cutter_jams: bool,
    /// The head is too hot to print, and cools down when the key is gone.
    pub head_hot: bool,
    /// Switched off line by its button.
    pub offline: bool,
    /// Nothing is ever answered. Printing goes on.
    pub mute: bool,
    /// Every answer is noise.
    pub garbage: bool,
    /// A printed ticket stays in the presenter's mouth: nobody takes it.
    pub ticket_left: bool,
    /// How long a ticket stays in the mouth before its customer takes it; a second and a half where nothing is said.
    pub ticket_taken_after_ms: Option<u64>,
    /// How long the motor turns after a cut, or until a ticket is held out.
    pub motor_ms: u64,
    /// `GS r` is answered when it is read, also by a printer that has stopped before it came so far.
    pub fence_when_parsed: bool,
    /// Neither `GS r` nor `GS ( H` is ever answered.
    pub no_fence: bool,
    /// The speed of the line; 0 for no limit.
    pub rate_bytes_per_s: u32,
    /// The cable is out: the port is gone until this is false.
    pub unplug: bool,
    /// The cable comes out when so many bytes have arrived, counted as in the book.
    pub unplug_after_bytes: Option<u64>,
    /// Switched off and on when this becomes true: what had not been printed is lost.
    pub drop_buffer: bool,
}

/// Why nothing is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    CoverOpen,
    PaperOut,
    Cutter,
    HeadHot,
    Offline,
}

/// The printer as its sensors see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Condition {
    pub roll: Roll,
    pub cover_open: bool,
    pub cutter_broken: bool,
    pub head_hot: bool,
    pub offline: bool,
}

impl Condition {
    pub fn stopped_by(self) -> Option<Cause> {
        if self.cover_open {
            Some(Cause::CoverOpen)
        } else if self.roll == Roll::Out {
            Some(Cause::PaperOut)
        } else if self.cutter_broken {
            Some(Cause::Cutter)
        } else if self.head_hot {
            Some(Cause::HeadHot)
        } else if self.offline {
            Some(Cause::Offline)
        } else {
            None
        }
    }

    /// The answer to `DLE EOT n`. An open cover lifts the paper off its sensor, so it reads as paper out too: real
    /// printers do that, and a driver that looks at the paper first is told the wrong thing.
    pub fn status(self, n: u8) -> u8 {
        const FIXED: u8 = 0x12;
        let bits = |holds: bool, bits: u8| if holds { bits } else { 0 };
        let no_paper = self.roll == Roll::Out || self.cover_open;
        FIXED
            | match n {
                1 => bits(self.stopped_by().is_some(), 0x08),
                2 => {
                    bits(self.cover_open, 0x04) | bits(no_paper, 0x20) | bits(self.cutter_broken || self.head_hot, 0x40)
                }
                3 => bits(self.cutter_broken, 0x08) | bits(self.head_hot, 0x40),
                _ => bits(self.roll != Roll::Ok && !self.cover_open, 0x0C) | bits(no_paper, 0x60),
            }
    }

    /// The answer to `GS r 1`.
    pub fn paper_sensor(self) -> u8 {
        match self.roll {
            Roll::Ok => 0x00,
            Roll::Low => 0x03,
            Roll::Out => 0x0F,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_status_bytes_are_those_seen_on_real_printers() {
        let well = Condition::default();
        for (condition, bytes, cause) in [
            (well, [0x12, 0x12, 0x12, 0x12], None),
            (Condition { roll: Roll::Low, ..well }, [0x12, 0x12, 0x12, 0x1E], None),
            (Condition { roll: Roll::Out, ..well }, [0x1A, 0x32, 0x12, 0x7E], Some(Cause::PaperOut)),
            (Condition { cover_open: true, ..well }, [0x1A, 0x36, 0x12, 0x72], Some(Cause::CoverOpen)),
            (Condition { cutter_broken: true, ..well }, [0x1A, 0x52, 0x1A, 0x12], Some(Cause::Cutter)),
            (Condition { head_hot: true, ..well }, [0x1A, 0x52, 0x52, 0x12], Some(Cause::HeadHot)),
            (Condition { offline: true, ..well }, [0x1A, 0x12, 0x12, 0x12], Some(Cause::Offline)),
        ] {
            assert_eq!([1, 2, 3, 4].map(|n| condition.status(n)), bytes, "{condition:?}");
            assert_eq!(condition.stopped_by(), cause);
            assert!(bytes.iter().all(|byte| byte & 0x93 == 0x12));
        }
    }
}
