//! BR Code: the text inside a PIX QR code (EMV merchant-presented, Manual de Padrões para Iniciação do Pix).

mod build;
mod crc;
mod fold;
mod key;
mod parse;
mod rule;
mod tlv;

use std::fmt;

use serde::Serialize;

use super::Money;

pub use fold::fold;
pub use key::KeyKind;

/// A BR Code's content. `parse` tolerates what is seen in the wild, such as a name that is too long; `payload` writes
/// only what the manual allows. A code that somebody else issued is shown as it came, never rebuilt.
#[derive(Clone, PartialEq, Eq)]
pub struct BrCode {
    pub target: Target,
    /// Where the recurrence of a composite code (Pix Automático) is kept, without scheme.
    pub recurrence: Option<String>,
    pub initiation: Option<Initiation>,
    /// Merchant category, 0 where none is told.
    pub category: u16,
    /// A payer's bank ignores it in a dynamic code.
    pub amount: Option<Money>,
    /// As the code has it. What the payer is shown comes from the directory of keys.
    pub name: String,
    pub city: String,
    pub postal_code: Option<String>,
    /// Nothing where the code has `***`.
    pub txid: Option<String>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Target {
    /// Static: the payee's key.
    Key {
        key: String,
        /// Free text for the payer.
        info: Option<String>,
        /// ISPB of who hands out the cash of a Pix Saque.
        cash_ispb: Option<String>,
    },
    /// Dynamic: where the bank keeps the charge, without scheme.
    Location(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Initiation {
    Reusable,
    SingleUse,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BrCodeKind {
    Static,
    Dynamic,
    Composite,
}

/// Which object is wrong (`26-01`: object 01 inside object 26), and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("object {object}: {flaw}")]
pub struct BrCodeError {
    pub object: String,
    pub flaw: Flaw,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    #[error("is missing")]
    Missing,
    #[error("stands here twice")]
    Repeated,
    #[error("does not stand where it must")]
    Misplaced,
    #[error("its number is not two digits")]
    Number,
    #[error("its length is not two digits from 01 to 99")]
    Length,
    #[error("its length runs past the end, or into the middle of a letter")]
    Cut,
    #[error("is longer than {0}")]
    TooLong(usize),
    #[error("the checksum does not match")]
    Checksum,
    #[error("{0}")]
    Value(&'static str),
}

impl Flaw {
    fn of(self, object: &str) -> BrCodeError {
        BrCodeError { object: object.to_owned(), flaw: self }
    }
}

/// The name of the PIX arrangement, in any case of letters.
const GUI: &str = "br.gov.bcb.pix";
const REAL: &str = "986";
const NO_TXID: &str = "***";
/// `pixCopiaECola` of the Pix API.
const LONGEST: usize = 512;
const LONGEST_KEY: usize = 77;
const LONGEST_LOCATION: usize = 77;
const LONGEST_AMOUNT: usize = 13;

impl BrCode {
    /// A static code without amount. Name and city are folded to what a code may hold.
    #[must_use]
    pub fn to_key(key: &str, name: &str, city: &str) -> BrCode {
        let target = Target::Key { key: key.to_owned(), info: None, cash_ispb: None };
        BrCode::to(target, None, name, city)
    }

    /// A dynamic code, payable once. Name and city are folded to what a code may hold.
    #[must_use]
    pub fn to_location(location: &str, name: &str, city: &str) -> BrCode {
        BrCode::to(Target::Location(location.to_owned()), Some(Initiation::SingleUse), name, city)
    }

    fn to(target: Target, initiation: Option<Initiation>, name: &str, city: &str) -> BrCode {
        BrCode {
            target,
            recurrence: None,
            initiation,
            category: 0,
            amount: None,
            name: fold(name, build::LONGEST_NAME),
            city: fold(city, build::LONGEST_CITY),
            postal_code: None,
            txid: None,
        }
    }

    #[must_use]
    pub fn kind(&self) -> BrCodeKind {
        match (&self.recurrence, &self.target) {
            (Some(_), _) => BrCodeKind::Composite,
            (None, Target::Key { .. }) => BrCodeKind::Static,
            (None, Target::Location(_)) => BrCodeKind::Dynamic,
        }
    }
}

/// A key may be somebody's CPF.
impl fmt::Debug for BrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BrCode")
            .field("kind", &self.kind())
            .field("amount", &self.amount)
            .field("txid", &self.txid)
            .finish_non_exhaustive()
    }
}
