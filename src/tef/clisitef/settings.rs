//! What a technician writes about CliSiTef.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The entry library (`libclisitef.so`); what it needs, and `CliSiTef.ini`, lie beside it.
    pub library: PathBuf,
    /// The SiTef servers: `ip[:port]`, up to four, with `;` between.
    pub address: String,
    /// Eight digits.
    pub store: String,
    /// Two letters and six digits; one fixed code a totem.
    pub terminal: String,
    #[serde(default = "default_operator")]
    pub operator: String,
    /// The extra parameters of the configuration, as the library wants them: `[PortaPinPad=/dev/ttyACM0]`.
    #[serde(default)]
    pub parameters: String,
    /// Extra parameters of every sale: `{ExibeMsgOperadorPinpad=1}`.
    #[serde(default)]
    pub options: String,
    #[serde(default)]
    pub restrictions: Restrictions,
    #[serde(default)]
    pub instalments_by: InstalmentsBy,
    /// Menus come with class and code (`ItemMenuIdentificado`).
    #[serde(default)]
    pub identified_menus: bool,
    /// What the pinpad shows while nobody pays, `|` between its lines.
    #[serde(default)]
    pub pinpad_message: String,
    /// Whether the library's symbols serve the libraries that it loads.
    #[serde(default)]
    pub global_symbols: bool,
    /// How long a message that wants a key pressed stays, in seconds.
    #[serde(default = "default_message_s")]
    pub message_s: u64,
    /// After so many seconds in which nothing but a device was waited for, the sale is given up.
    #[serde(default = "default_patience_s")]
    pub patience_s: u64,
    /// After this many seconds without a word of the library the outcome of a sale is unknown. The customer is at the
    /// pinpad meanwhile, so it must be long.
    #[serde(default = "default_response_limit_s")]
    pub response_limit_s: u64,
    /// The same for everything that is no sale.
    #[serde(default = "default_call_limit_s")]
    pub call_limit_s: u64,
    /// The driver's own directory, private to this totem: every sale and how far its end was told.
    pub state_dir: PathBuf,
}

/// The codes that are taken out of the library's menus, so that exactly the wanted sale is left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Restrictions {
    pub debit: String,
    pub credit: String,
    /// Instalments by the merchant.
    pub merchant: String,
    /// Instalments by the card's issuer.
    pub issuer: String,
    pub wallet: String,
}

/// Who finances a sale in instalments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentsBy {
    #[default]
    Merchant,
    Issuer,
}

impl Default for Restrictions {
    /// Typed cards are never possible here, and a stripe on credit may want a signature.
    fn default() -> Self {
        Restrictions {
            debit: "17;18;19;42".to_owned(),
            credit: "24;27;28;29;30;34;35;36;44".to_owned(),
            merchant: "24;26;28;29;30;34;35;36".to_owned(),
            issuer: "24;26;27;29;30;34;35;36".to_owned(),
            wallet: String::new(),
        }
    }
}

impl Settings {
    /// The key in the technician's file that is wrong and a sentence, where the library would only answer with a number.
    #[must_use]
    pub fn mistakes(&self) -> Vec<(&'static str, &'static str)> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let lists = [
            ("debit", &self.restrictions.debit),
            ("credit", &self.restrictions.credit),
            ("merchant", &self.restrictions.merchant),
            ("issuer", &self.restrictions.issuer),
            ("wallet", &self.restrictions.wallet),
        ];
        let mut mistakes = Vec::new();
        let mut wrong = |is: bool, key, why| mistakes.extend(is.then_some((key, why)));
        wrong(
            !self.library.is_absolute(),
            "tef.clisitef.library",
            "o caminho da biblioteca deve ser absoluto (começar com /)",
        );
        wrong(self.address.trim().is_empty(), "tef.clisitef.address", "falta o endereço do SiTef");
        wrong(self.store.len() != 8 || !digits(&self.store), "tef.clisitef.store", "o código da loja tem 8 dígitos");
        wrong(
            !is_terminal(&self.terminal),
            "tef.clisitef.terminal",
            "o terminal tem 2 letras e 6 dígitos, fora da faixa 000900 a 000999",
        );
        wrong(
            self.operator.is_empty() || self.operator.len() > 20,
            "tef.clisitef.operator",
            "o operador tem de 1 a 20 letras",
        );
        let codes = |text: &str| text.is_empty() || text.split(';').all(|code| !code.is_empty() && digits(code));
        let unfit = lists.iter().any(|(_, list)| !codes(list));
        wrong(
            unfit,
            "tef.clisitef.restrictions",
            "cada restrição é uma lista de códigos separados por ; como \"24;27;28\"",
        );
        wrong(self.patience_s < 30, "tef.clisitef.patience_s", "menos de 30 s não dá tempo de usar o pinpad");
        wrong(
            self.response_limit_s <= self.patience_s,
            "tef.clisitef.response_limit_s",
            "deve ser maior do que patience_s: o cliente está no pinpad",
        );
        mistakes
    }

    /// The library's folder, in which it looks for its own things.
    pub(super) fn folder(&self) -> &Path {
        self.library.parent().unwrap_or(Path::new("/"))
    }

    pub(super) fn message(&self) -> Duration {
        Duration::from_secs(self.message_s.min(10))
    }

    pub(super) fn patience(&self) -> Duration {
        Duration::from_secs(self.patience_s)
    }

    pub(super) fn response_limit(&self) -> Duration {
        Duration::from_secs(self.response_limit_s)
    }

    pub(super) fn call_limit(&self) -> Duration {
        Duration::from_secs(self.call_limit_s)
    }
}

fn is_terminal(text: &str) -> bool {
    let Some((letters, number)) = text.split_at_checked(2) else { return false };
    let number: Option<u32> =
        (number.len() == 6 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse().ok()).flatten();
    letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && number.is_some_and(|number| !(900..=999).contains(&number))
}

fn default_operator() -> String {
    "TOTEM".to_owned()
}

fn default_message_s() -> u64 {
    3
}

fn default_patience_s() -> u64 {
    120
}

fn default_response_limit_s() -> u64 {
    600
}

fn default_call_limit_s() -> u64 {
    60
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = r#"
        library = "/opt/clisitef/libclisitef.so"
        address = "127.0.0.1:4096"
        store = "00000001"
        terminal = "TT000001"
        state_dir = "/var/lib/totem/tef"
    "#;

    #[test]
    fn a_technician_need_only_name_the_library_the_server_and_who_asks() {
        let settings: Settings = toml::from_str(LEAST).unwrap();
        assert_eq!(settings.restrictions, Restrictions::default());
        assert_eq!((settings.patience_s, settings.response_limit_s, settings.message_s), (120, 600, 3));
        assert_eq!(settings.mistakes(), []);
        assert!(toml::from_str::<Settings>(&format!("librari = \"x\"\n{LEAST}")).is_err());
    }

    #[test]
    fn what_the_library_would_refuse_with_a_number_is_told_in_words() {
        for (right, wrong, key) in [
            ("/opt/clisitef/", "clisitef/", "library"),
            ("127.0.0.1:4096", " ", "address"),
            ("00000001\"\n        terminal", "1\"\n        terminal", "store"),
            ("TT000001", "TT000950", "terminal"),
            ("TT000001", "T0000001", "terminal"),
            ("TT000001", "é000001", "terminal"),
            ("state_dir", "patience_s = 5\nstate_dir", "patience_s"),
            ("state_dir", "response_limit_s = 60\nstate_dir", "response_limit_s"),
        ] {
            assert!(LEAST.contains(right), "{right}");
            let settings: Settings = toml::from_str(&LEAST.replace(right, wrong)).unwrap();
            let told: Vec<&str> = settings.mistakes().iter().map(|(key, _)| *key).collect();
            assert_eq!(told, [format!("tef.clisitef.{key}")], "{wrong}");
        }
        let settings: Settings = toml::from_str(&format!("{LEAST}\n[restrictions]\ncredit = \"24,27\"")).unwrap();
        assert_eq!(settings.mistakes().first().map(|(key, _)| *key), Some("tef.clisitef.restrictions"));
    }
}
