//! The faults a test may order in `control.json`. Without the file the pinpad is a good one.

use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Answers nothing at all, not even CAN.
    pub silent: bool,
    /// NAK to so many sendings of each command before it takes one.
    pub nak: u32,
    /// A wrong CRC in so many sendings of each answer.
    pub damage: u32,
    /// Takes a command and never answers it.
    pub deaf: bool,
    pub answer_delay_ms: u64,
    /// Between two bytes of an answer.
    pub byte_delay_ms: u64,
    /// Bytes that belong to nothing, before each answer.
    pub noise: bool,
    /// A notice for the display before each answer.
    pub notice: bool,
    /// From before ABECS: knows neither GIX, CEX nor CLX.
    pub old: bool,
    /// Another program has a secure channel open.
    pub secured: bool,
    /// An answer to something older arrives before the EOT that answers CAN.
    pub crossing: bool,
    /// The cable is pulled in the middle of the next answer.
    pub vanish: bool,
    /// The key that is pressed, as CEX tells it: `00`, `13`, `04`. Without one nobody is there.
    pub key: Option<String>,
}
