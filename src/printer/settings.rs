//! What a technician says of the printer of a site: where it is, which model, and what is different about it.

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::code_page::CodePage;
use super::profile::{Commands, Cut, DataBits, Flow, Font, Parity, Profile, Proof, StopBits, known, misfit};

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub medium: Medium,
    /// The device, best by a name that survives being plugged in again: `/dev/serial/by-id/…`, `/dev/usb/lp0`; or
    /// `address:9100` of a printer in the network.
    pub port: PathBuf,
    /// A name of `config/printers`, or the path of a site's own.
    pub profile: String,
    /// The most a job may take, whatever its length asks for.
    pub job_deadline_s: u64,

    // What is different from the profile.
    pub baud: Option<u32>,
    pub data_bits: Option<DataBits>,
    pub parity: Option<Parity>,
    pub stop_bits: Option<StopBits>,
    pub flow: Option<Flow>,
    pub font: Option<Font>,
    pub columns: Option<usize>,
    pub dots: Option<usize>,
    pub code_page: Option<CodePage>,
    pub code_table: Option<u8>,
    pub cancel_kanji: Option<bool>,
    pub cut: Option<Cut>,
    pub cut_feed: Option<u8>,
    pub proof: Option<Proof>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            medium: Medium::Serial,
            port: PathBuf::from("/dev/ttyUSB0"),
            profile: "generic_80mm".to_owned(),
            job_deadline_s: 180,
            baud: None,
            data_bits: None,
            parity: None,
            stop_bits: None,
            flow: None,
            font: None,
            columns: None,
            dots: None,
            code_page: None,
            code_table: None,
            cancel_kanji: None,
            cut: None,
            cut_feed: None,
            proof: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    Serial,
    /// A USB printer as the kernel shows it: `/dev/usb/lp0`.
    Usb,
    /// A printer in the network; `port` is `address:9100`.
    Tcp,
    /// Bytes are appended to the file that `port` names; nothing is ever confirmed.
    File,
}

impl Settings {
    /// The profile, with what is different at this site; or a sentence about what is wrong, with its key.
    pub fn resolve(&self) -> Result<Profile, (&'static str, String)> {
        let mut profile = known::find(&self.profile).map_err(|mistake| ("printer.profile", mistake.to_string()))?;
        if let Some(page) = self.code_page.filter(|page| *page != profile.code_page) {
            profile.code_page = page;
            profile.code_table = match profile.commands {
                Commands::EscPos => Some(page.epson_table()),
                Commands::EscBema => page.bema_table(),
                Commands::EscDaruma => None,
            };
        }
        profile.code_table = self.code_table.or(profile.code_table);
        let line = &mut profile.serial;
        take(&mut line.baud, self.baud);
        take(&mut line.data_bits, self.data_bits);
        take(&mut line.parity, self.parity);
        take(&mut line.stop_bits, self.stop_bits);
        take(&mut line.flow, self.flow);
        take(&mut profile.dots, self.dots);
        take(&mut profile.font, self.font);
        if let Some(columns) = self.columns {
            // of the font that papers are set in
            if profile.font == Font::B {
                profile.columns_b = columns;
                profile.columns = profile.columns.min(columns);
            } else {
                profile.columns = columns;
                // the head that was told may be too narrow for the profile's font B
                profile.columns_b = profile.columns_b.min(profile.dots / 9).max(columns);
            }
        }
        take(&mut profile.cancel_kanji, self.cancel_kanji);
        take(&mut profile.cut, self.cut);
        take(&mut profile.cut_feed, self.cut_feed);
        take(&mut profile.proof, self.proof);
        if let Some((key, message)) = misfit(&profile) {
            return Err((in_settings(key), format!("{message} (perfil {})", self.profile)));
        }
        Ok(profile)
    }

    /// What is wrong although every part of it is well formed: the key in the configuration and a sentence.
    #[must_use]
    pub fn mistakes(&self) -> Vec<(&'static str, String)> {
        let mut mistakes = Vec::new();
        mistakes.extend(self.resolve().err());
        let port = self.port.to_string_lossy();
        let number =
            port.rsplit_once(':').and_then(|(host, number)| number.parse::<u16>().ok().filter(|_| !host.is_empty()));
        if self.medium == Medium::Tcp && number.is_none_or(|number| number == 0) {
            mistakes.push((
                "printer.port",
                "com medium = \"tcp\" escreva endereço:porta, como \"192.168.0.50:9100\"".to_owned(),
            ));
        }
        if self.medium != Medium::Tcp && !self.port.is_absolute() {
            mistakes.push(("printer.port", "escreva o caminho inteiro do aparelho, como /dev/usb/lp0".to_owned()));
        }
        if self.medium == Medium::File {
            mistakes.extend(super::file::unfit(&self.port).map(|why| ("printer.port", why)));
        }
        if !(10..=3600).contains(&self.job_deadline_s) {
            mistakes.push(("printer.job_deadline_s", "deve ficar entre 10 e 3600 segundos".to_owned()));
        }
        mistakes
    }
}

fn take<T>(value: &mut T, different: Option<T>) {
    if let Some(different) = different {
        *value = different;
    }
}

/// Where a technician can change it.
fn in_settings(key: &'static str) -> &'static str {
    match key {
        "dots" => "printer.dots",
        "columns" | "columns_b" => "printer.columns",
        "code_page" => "printer.code_page",
        "code_table" => "printer.code_table",
        "proof" => "printer.proof",
        "serial.baud" => "printer.baud",
        _ => "printer.profile",
    }
}

impl Profile {
    /// How long a job of so many bytes and so many dots of paper may take: the line, the motor at half its usual
    /// speed, and ten seconds.
    #[must_use]
    pub fn patience(&self, bytes: usize, dots: usize, most: Duration) -> Duration {
        const BITS_PER_BYTE: u64 = 10;
        const SLOW_DOTS_PER_S: u64 = 400;
        let (bytes, dots) = (u64::try_from(bytes).unwrap_or(u64::MAX), u64::try_from(dots).unwrap_or(u64::MAX));
        let line_ms = bytes.saturating_mul(BITS_PER_BYTE * 1000) / u64::from(self.serial.baud.max(1));
        let motor_ms = dots.saturating_mul(1000) / SLOW_DOTS_PER_S;
        let wanted = Duration::from_millis(line_ms.saturating_add(motor_ms)) + Duration::from_secs(10);
        wanted.min(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Width;

    #[test]
    fn an_empty_table_is_a_generic_80_mm_printer() {
        let settings: Settings = toml::from_str("").unwrap();
        assert_eq!(settings, Settings::default());
        let profile = settings.resolve().unwrap();
        assert_eq!((profile.width(), profile.code_table), (Width::MM80, Some(2)));
        assert_eq!(settings.mistakes(), []);
    }

    #[test]
    fn every_word_of_the_file_is_understood_or_refused() {
        let text = "medium='file'\nport='/tmp/p'\nprofile='generic_58mm'\nbaud=9600\nparity='even'\ndata_bits=7\n\
            stop_bits=2\nflow='xon_xoff'\ncolumns=40\ndots=380\ncode_page=860\ncode_table=55\ncancel_kanji=true\n\
            cut='none'\ncut_feed=5\nproof='none'\njob_deadline_s=30";
        let settings: Settings = toml::from_str(text).unwrap();
        let profile = settings.resolve().unwrap();
        assert_eq!((profile.code_page, profile.code_table), (CodePage::Pc860, Some(55)));
        assert_eq!((profile.width(), profile.font), (Width { columns: 40, dots: 380, narrow: 40 }, Font::B));
        assert_eq!((profile.serial.baud, profile.serial.parity), (9600, Parity::Even));
        for wrong in ["paper='80mm'", "code_page=851", "flow='dtr'", "cut='half'", "medium='lpt'", "font='c'"] {
            assert!(toml::from_str::<Settings>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn another_code_page_has_the_number_that_the_commands_give_it() {
        for (profile, page, table) in [
            ("generic_80mm", 860, Some(3)),
            ("generic_80mm", 1252, Some(16)),
            ("bematech_mp4200_esc_bema", 860, Some(4)),
            ("bematech_mp4200_esc_bema", 850, Some(2)),
            ("daruma_dr800", 860, None),
        ] {
            let settings: Settings = toml::from_str(&format!("profile='{profile}'\ncode_page={page}")).unwrap();
            assert_eq!(settings.resolve().unwrap().code_table, table, "{profile} {page}");
        }
    }

    #[test]
    fn what_does_not_fit_the_profile_is_told_with_its_key() {
        for (text, key, told) in [
            ("profile='epson'", "printer.profile", "não há perfil"),
            ("dots=64", "printer.dots", "entre 96 e 1024"),
            ("columns=100", "printer.columns", "colunas"),
            ("baud=1", "printer.baud", "velocidade"),
            ("proof='ticket'", "printer.proof", "custom"),
            ("profile='bematech_mp4200_esc_bema'\ncode_page=1252", "printer.code_page", "ESC/Bema"),
            ("profile='daruma_dr800'\ncode_table=2", "printer.code_table", "Daruma"),
            ("medium='tcp'\nport='192.168.0.50'", "printer.port", "endereço:porta"),
            ("port='ttyUSB0'", "printer.port", "caminho inteiro"),
            ("medium='file'\nport='/dev/null'", "printer.port", "um arquivo comum"),
            ("job_deadline_s=1", "printer.job_deadline_s", "entre 10 e 3600"),
        ] {
            let settings: Settings = toml::from_str(text).unwrap();
            let mistakes = settings.mistakes();
            assert!(
                matches!(mistakes.as_slice(), [(at, why)] if *at == key && why.contains(told)),
                "{text}: {mistakes:?}"
            );
        }
    }

    #[test]
    fn patience_follows_the_line_the_motor_and_the_limit() {
        let slow = Settings { baud: Some(9600), ..Settings::default() }.resolve().unwrap();
        let most = Duration::from_secs(180);
        assert_eq!(slow.patience(0, 0, most), Duration::from_secs(10));
        assert_eq!(slow.patience(9600, 4000, most), Duration::from_secs(30));
        assert_eq!(slow.patience(usize::MAX, 0, most), most);
    }
}
