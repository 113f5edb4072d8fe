//! What is known of one model of printer: its width, its commands, how it tells its state, and whether it can prove a
//! paper. Profiles are files (`config/printers/*.toml`) that say where each fact is from.

mod checks;
pub mod known;
mod mistake;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::code_page::CodePage;
use crate::paper::Width;
pub use checks::misfit;
pub use mistake::Mistake;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Maker and model, as a technician calls it.
    pub name: String,
    pub commands: Commands,
    /// Bytes that choose this set of commands, sent before every paper.
    #[serde(default)]
    pub select: Hex,
    /// Dots of the printing head.
    pub dots: usize,
    /// Dots an inch, along and across.
    pub dpi: usize,
    /// Which of its fonts papers are set in.
    #[serde(default)]
    pub font: Font,
    /// Characters of font A on one line, and of font B.
    pub columns: usize,
    pub columns_b: usize,
    pub code_page: CodePage,
    /// The number of the code page in `ESC t`; without one the printer stays in the page it is set to.
    pub code_table: Option<u8>,
    /// For printers that begin in a mode of Chinese characters.
    #[serde(default)]
    pub cancel_kanji: bool,
    #[serde(default)]
    pub picture: Picture,
    /// Rows in one picture command.
    #[serde(default = "usual_band")]
    pub band_rows: usize,
    #[serde(default)]
    pub qr: Qr,
    pub cut: Cut,
    /// Paper fed before the cut: in vertical units where the printer feeds to its cutter by itself, else in lines.
    pub cut_feed: u8,
    pub presenter: Option<Presenter>,
    pub status: Dialect,
    pub proof: Proof,
    #[serde(default)]
    pub clear: Clear,
    pub serial: Line,
    /// What a technician should know of it.
    #[serde(default)]
    pub quirks: Vec<String>,
    /// Where each of these facts is from. What nobody saw on the device itself says so.
    pub sources: BTreeMap<String, String>,
}

/// Small printers hold no more.
fn usual_band() -> usize {
    128
}

impl Default for Profile {
    /// The generic 80 mm printer.
    fn default() -> Profile {
        known::generic()
    }
}

impl Profile {
    /// How much fits beside each other, in the font that papers are set in. Only ESC/POS changes its font inside a paper.
    #[must_use]
    pub fn width(&self) -> Width {
        let columns = if self.font == Font::B { self.columns_b } else { self.columns };
        let narrow = if self.commands == Commands::EscPos { self.columns_b } else { columns };
        Width { columns, dots: self.dots, narrow }
    }

    /// Reads a profile and checks it as a whole; `file` is for the message.
    pub fn parse(text: &str, file: &str) -> Result<Profile, Mistake> {
        let profile: Profile = toml::from_str(text).map_err(|cause| Mistake::of_toml(file, text, &cause))?;
        match checks::first_mistake(&profile, text) {
            None => Ok(profile),
            Some((key, message)) => Err(Mistake::at_key(file, text, key, message)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Commands {
    EscPos,
    /// Bematech's own, and of those that follow it.
    EscBema,
    EscDaruma,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Font {
    #[default]
    A,
    /// Narrower: 42 columns on 58 mm, as a card receipt needs.
    B,
}

/// How pictures are sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// `GS v 0`
    #[default]
    Raster,
    /// `ESC * 33`, 24 dots high.
    Columns,
    /// It prints none: bars are left out, rather than cut off.
    None,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Qr {
    #[default]
    Picture,
    /// The printer draws it by itself, from its text.
    Native,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    Full,
    Partial,
    /// No cutter: the paper is torn off.
    None,
}

/// A paper is held out to the customer, and what becomes of one that nobody takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Presenter {
    /// How far it is held out, in the printer's steps.
    pub steps: u8,
    pub timeout_s: u8,
    pub then: Left,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Thrown out at the front.
    Eject,
    /// Drawn back into the machine.
    Retract,
}

/// In which words it tells its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dialect {
    /// `DLE EOT 1` to `4`
    Epson,
    /// `GS 248 '1'`, five bytes
    Bematech,
    /// `ENQ` and `GS ENQ`
    Daruma,
    /// `ENQ` of the older Elgin
    Elgin,
    /// `DLE EOT 20`, six bytes
    Custom,
    /// It says nothing.
    None,
}

/// How it is known that a paper came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// `GS ( H`: the printer sends an id back when everything before it is printed.
    ProcessId,
    /// `GS r 1` behind the cut is answered when the printer has come so far.
    Fence,
    /// The printer sees the ticket in its mouth.
    Ticket,
    /// It tells a stop, and never that it is done: no job is ever confirmed.
    Watched,
    /// It cannot tell at all: silence counts as ready.
    None,
}

/// How a job that stopped is taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clear {
    /// `DLE DC4 8`, which the printer answers.
    DleDc4,
    /// It cannot be: a technician has to look.
    #[default]
    None,
}

/// The settings of its serial port, as it leaves the factory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub baud: u32,
    #[serde(default)]
    pub data_bits: DataBits,
    #[serde(default)]
    pub parity: Parity,
    #[serde(default)]
    pub stop_bits: StopBits,
    #[serde(default)]
    pub flow: Flow,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub enum DataBits {
    Seven,
    #[default]
    Eight,
}

impl TryFrom<u8> for DataBits {
    type Error = String;

    fn try_from(bits: u8) -> Result<DataBits, String> {
        match bits {
            7 => Ok(DataBits::Seven),
            8 => Ok(DataBits::Eight),
            other => Err(format!("data_bits é 7 ou 8, não {other}")),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parity {
    #[default]
    None,
    Even,
    Odd,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u8")]
pub enum StopBits {
    #[default]
    One,
    Two,
}

impl TryFrom<u8> for StopBits {
    type Error = String;

    fn try_from(bits: u8) -> Result<StopBits, String> {
        match bits {
            1 => Ok(StopBits::One),
            2 => Ok(StopBits::Two),
            other => Err(format!("stop_bits é 1 ou 2, não {other}")),
        }
    }
}

/// How the printer says "wait". Linux has no DTR/DSR: wire the printer's DTR to CTS and choose `rts_cts`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    #[default]
    None,
    RtsCts,
    XonXoff,
}

/// Bytes written as in a manual: `1D F9 20 01`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hex(Vec<u8>);

impl Hex {
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl TryFrom<String> for Hex {
    type Error = String;

    fn try_from(text: String) -> Result<Hex, String> {
        let byte = |pair: &str| u8::from_str_radix(pair, 16).ok().filter(|_| pair.len() == 2);
        let bytes: Option<Vec<u8>> = text.split_whitespace().map(byte).collect();
        bytes.map(Hex).ok_or_else(|| format!("\"{text}\" não são bytes em hexadecimal, como \"1D F9 20 01\""))
    }
}
