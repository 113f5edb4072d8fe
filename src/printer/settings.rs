//! What a technician says of a printer. The defaults are a generic 80 mm printer with Epson's commands.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::code_page::CodePage;
use crate::paper::Width;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub medium: Medium,
    /// The device, best by a name that survives being plugged in again: `/dev/serial/by-id/…`.
    pub port: PathBuf,
    pub baud: u32,
    pub flow: Flow,
    /// Characters of the printer's font A on one line.
    pub columns: usize,
    /// Dots of the printing head.
    pub dots: usize,
    pub code_page: CodePage,
    /// The number this printer gives the code page in `ESC t`, where it is not Epson's.
    pub code_table: Option<u8>,
    /// For printers that begin in a mode of Chinese characters.
    pub cancel_kanji: bool,
    pub cut: Cut,
    /// Paper fed before the cut, in the printer's vertical units; in lines where there is no cutter.
    pub cut_feed: u8,
    pub proof: Proof,
    /// The most a job may take, whatever its length asks for.
    pub job_deadline_s: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            medium: Medium::Serial,
            port: PathBuf::from("/dev/ttyUSB0"),
            baud: 115_200,
            flow: Flow::None,
            columns: Width::MM80.columns,
            dots: Width::MM80.dots,
            code_page: CodePage::Pc850,
            code_table: None,
            cancel_kanji: false,
            cut: Cut::Partial,
            cut_feed: 3,
            proof: Proof::Fence,
            job_deadline_s: 180,
        }
    }
}

impl Settings {
    #[must_use]
    pub fn width(&self) -> Width {
        Width { columns: self.columns, dots: self.dots }
    }

    #[must_use]
    pub fn code_table(&self) -> u8 {
        self.code_table.unwrap_or(self.code_page.epson_table())
    }

    /// How long a job of so many bytes and so many dots of paper may take: the line, the motor at half its usual
    /// speed, and ten seconds.
    #[must_use]
    pub fn patience(&self, bytes: usize, dots: usize) -> Duration {
        const BITS_PER_BYTE: u64 = 10;
        const SLOW_DOTS_PER_S: u64 = 400;
        let (bytes, dots) = (u64::try_from(bytes).unwrap_or(u64::MAX), u64::try_from(dots).unwrap_or(u64::MAX));
        let line_ms = bytes.saturating_mul(BITS_PER_BYTE * 1000) / u64::from(self.baud.max(1));
        let motor_ms = dots.saturating_mul(1000) / SLOW_DOTS_PER_S;
        let wanted = Duration::from_millis(line_ms.saturating_add(motor_ms)) + Duration::from_secs(10);
        wanted.min(Duration::from_secs(self.job_deadline_s))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    Serial,
    /// Bytes are appended to the file that `port` names; nothing is ever confirmed.
    File,
}

/// How the printer says "wait". Linux has no DTR/DSR: wire the printer's DTR to CTS and choose `rts_cts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    None,
    RtsCts,
    XonXoff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    Full,
    Partial,
    /// No cutter: the paper is torn off.
    None,
}

/// How it is known that a paper came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// `GS r 1` behind the cut is answered when the printer has come so far.
    Fence,
    /// The printer cannot tell: silence counts as ready, and no job is ever confirmed.
    None,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_table_is_a_generic_80_mm_printer() {
        let settings: Settings = toml::from_str("").unwrap();
        assert_eq!(settings, Settings::default());
        assert_eq!((settings.width(), settings.code_table()), (Width::MM80, 2));
    }

    #[test]
    fn every_word_of_the_file_is_understood_or_refused() {
        let text = "medium='file'\nport='/tmp/p'\nbaud=9600\nflow='xon_xoff'\ncolumns=32\ndots=384\ncode_page=860\n\
            code_table=55\ncancel_kanji=true\ncut='none'\ncut_feed=5\nproof='none'\njob_deadline_s=30";
        let settings: Settings = toml::from_str(text).unwrap();
        assert_eq!((settings.code_page, settings.code_table()), (CodePage::Pc860, 55));
        for wrong in ["paper='80mm'", "code_page=851", "flow='dtr'", "cut='half'"] {
            assert!(toml::from_str::<Settings>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn patience_follows_the_line_the_motor_and_the_limit() {
        let slow = Settings { baud: 9600, ..Settings::default() };
        assert_eq!(slow.patience(0, 0), Duration::from_secs(10));
        assert_eq!(slow.patience(9600, 4000), Duration::from_secs(30));
        assert_eq!(slow.patience(usize::MAX, 0), Duration::from_secs(180));
    }
}
