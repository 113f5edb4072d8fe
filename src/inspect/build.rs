//! Makes a BR Code from JSON fields.

use serde::Deserialize;

use crate::domain::br_code::{BrCodeError, Target, fold};
use crate::domain::{BrCode, Money};

#[derive(Debug, thiserror::Error)]
pub(super) enum BuildError {
    #[error("the fields cannot be read: {0}")]
    Fields(#[from] serde_json::Error),
    #[error("either a key or a location is needed, and not both")]
    Target,
    #[error("info goes with a key, not with a location")]
    Info,
    #[error(transparent)]
    Code(#[from] BrCodeError),
}

/// A misspelt field is refused: a code without its amount would be payable with any.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    key: Option<String>,
    location: Option<String>,
    name: String,
    city: String,
    amount_cents: Option<Money>,
    txid: Option<String>,
    info: Option<String>,
}

pub(super) fn payload(json: &str) -> Result<String, BuildError> {
    let fields: Fields = serde_json::from_str(json)?;
    let mut code = match (&fields.key, &fields.location) {
        (Some(key), None) => BrCode::to_key(key, &fields.name, &fields.city),
        (None, Some(location)) => BrCode::to_location(location, &fields.name, &fields.city),
        _ => return Err(BuildError::Target),
    };
    match (&mut code.target, fields.info) {
        (_, None) => {}
        (Target::Key { info, .. }, Some(text)) => *info = Some(fold(&text, usize::MAX)),
        (Target::Location(_), Some(_)) => return Err(BuildError::Info),
    }
    code.amount = fields.amount_cents;
    code.txid = fields.txid;
    Ok(code.payload()?)
}
