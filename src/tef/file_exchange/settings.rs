//! What a technician writes about the file exchange.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use super::dialect::DialectName;
use crate::tef::InstalmentsBy;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Where the manager looks for requests (`Req`).
    pub request_folder: PathBuf,
    /// Where the manager puts its answers (`Resp`).
    pub response_folder: PathBuf,
    #[serde(default)]
    pub dialect: DialectName,
    pub identification: Identification,
    /// Who finances a credit sale in instalments. Only the PayGo dialect can ask for it.
    #[serde(default)]
    pub instalments_by: InstalmentsBy,
    /// How long the manager may take to acknowledge a request with a `.sts`, in milliseconds.
    #[serde(default = "default_sts_timeout_ms")]
    pub sts_timeout_ms: u64,
    /// After this many seconds without an answer the outcome of a sale is unknown. The customer is at the pinpad
    /// meanwhile, so it must be long.
    #[serde(default = "default_response_limit_s")]
    pub response_limit_s: u64,
    /// PayGo asks for at most four looks a second.
    #[serde(default = "default_poll_ms")]
    pub poll_ms: u64,
    /// The driver's own directory, private to this totem: request counter, request in flight, approved sales that
    /// the journal does not hold yet.
    pub state_dir: PathBuf,
}

/// Who asks: must equal what was certified. Only the PayGo dialect sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identification {
    /// Field 735.
    pub application: String,
    /// Field 736.
    pub version: String,
    /// Field 716, the software house.
    pub company: String,
    /// Field 738, the certification record given by PayGo.
    pub certification: String,
    /// Field 733.
    #[serde(default = "default_interface_version")]
    pub interface_version: String,
}

impl Settings {
    pub(super) fn sts_timeout(&self) -> Duration {
        Duration::from_millis(self.sts_timeout_ms)
    }

    pub(super) fn response_limit(&self) -> Duration {
        Duration::from_secs(self.response_limit_s)
    }

    /// Never without a pause: a look is a directory listing.
    pub(super) fn poll(&self) -> Duration {
        Duration::from_millis(self.poll_ms.max(1))
    }
}

fn default_sts_timeout_ms() -> u64 {
    7_000
}

fn default_response_limit_s() -> u64 {
    600
}

fn default_poll_ms() -> u64 {
    250
}

fn default_interface_version() -> String {
    "225".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = r#"
        request_folder = "/srv/tef/Req"
        response_folder = "/srv/tef/Resp"
        state_dir = "/var/lib/totem/tef"
        [identification]
        application = "TOTEM ISP"
        version = "v1.0"
        company = "MINHA EMPRESA"
        certification = "000000000000"
    "#;

    #[test]
    fn a_technician_need_only_name_the_folders_and_who_asks() {
        let settings: Settings = toml::from_str(LEAST).unwrap();
        assert_eq!(settings.dialect, DialectName::Paygo);
        assert_eq!((settings.sts_timeout_ms, settings.response_limit_s, settings.poll_ms), (7_000, 600, 250));
        assert_eq!(settings.identification.interface_version, "225");
    }

    #[test]
    fn a_misspelt_key_is_an_error_and_a_dialect_is_a_word() {
        assert!(toml::from_str::<Settings>(&format!("sts_timeout = 7\n{LEAST}")).is_err());
        let sitef: Settings = toml::from_str(&format!("dialect = \"cliente-sitef\"\n{LEAST}")).unwrap();
        assert_eq!(sitef.dialect, DialectName::ClienteSitef);
    }
}
