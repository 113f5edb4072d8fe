//! What the control file says about how this bank is, as long as it says so.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use crate::simulator::bank::problem::Shape;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// How long after its creation a charge is paid; `null` is never, not said is what the command line says.
    #[serde(deserialize_with = "said")]
    pub pays_after_ms: Option<Option<u64>>,
    /// A payer who pays by itself or by `pay_now` gives that many cents more, or less, than was asked.
    pub wrong_amount: i64,
    /// For so long a new charge is not found.
    pub stale_after_put_ms: u64,
    /// For so long a paid charge is read as ATIVA, without its Pix.
    pub stale_after_payment_ms: u64,
    /// How far the bank's clock is ahead in everything it says. What it does goes by the true time.
    pub clock_off_s: i64,
    pub numbers_as_text: bool,
    pub amounts_as_numbers: bool,
    pub code_name: CodeName,
    /// The check digits of the code are wrong.
    pub damaged_code: bool,
    /// Properties that no version of the API has so far.
    pub unknown_fields: bool,
    /// What every charge says instead of its status.
    pub status_as: Option<String>,
    /// REMOVIDO_* for REMOVIDA_*.
    pub removed_as_prose: bool,
    pub error_shape: Shape,
    /// What a creation answers for 201.
    pub created_status: Option<u16>,
    /// What a change answers for 200.
    pub changed_status: Option<u16>,
    pub refund_takes_ms: Option<u64>,
    /// A refund ends as NAO_REALIZADO.
    pub refund_fails: bool,
}

/// By what name a charge tells its copia-e-cola.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum CodeName {
    #[default]
    #[serde(rename = "pixCopiaECola")]
    PixCopiaECola,
    #[serde(rename = "brcode")]
    Brcode,
    #[serde(rename = "textoImagemQRcode")]
    TextoImagemQrcode,
    /// Not at all: there is only the location.
    #[serde(rename = "absent")]
    Absent,
}

const NAMES: [&str; 17] = [
    "pays_after_ms",
    "wrong_amount",
    "stale_after_put_ms",
    "stale_after_payment_ms",
    "clock_off_s",
    "numbers_as_text",
    "amounts_as_numbers",
    "code_name",
    "damaged_code",
    "unknown_fields",
    "status_as",
    "removed_as_prose",
    "error_shape",
    "created_status",
    "changed_status",
    "refund_takes_ms",
    "refund_fails",
];

impl Settings {
    pub fn has(name: &str) -> bool {
        NAMES.contains(&name)
    }

    pub fn understands(name: &str, value: &Value) -> bool {
        let alone: Map<String, Value> = [(name.to_owned(), value.clone())].into_iter().collect();
        serde_json::from_value::<Settings>(Value::Object(alone)).is_ok()
    }
}

fn said<'de, D: Deserializer<'de>>(wire: D) -> Result<Option<Option<u64>>, D::Error> {
    Option::deserialize(wire).map(Some)
}
