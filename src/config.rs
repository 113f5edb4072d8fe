//! The file a technician writes: read with all its layers, checked as a whole, and refused with the place of each
//! mistake.

mod advanced;
mod brand;
mod check;
mod connect;
mod courier;
mod devices;
mod erp;
mod error;
mod file;
mod join;
mod journal;
mod layers;
mod payment;
mod pix;
mod reader;
mod schema;
mod secrets;
mod shipped;
mod state;
mod survey;
mod syntax;
mod tree;
mod wrong;

use std::path::Path;

pub use advanced::Advanced;
pub use brand::{BrandChoice, Found};
pub use courier::CourierTable;
pub use erp::ErpChoice;
pub use error::{Error, Mistake, Place};
pub use file::{Config, JourneyChoices, MerchantCopy, MethodName, Screen, TefChoice, Totem, Verify};
pub use join::JoinTable;
pub use journal::JournalChoices;
pub use layers::USUAL;
pub use payment::PaymentChoices;
pub use pix::{PixChoices, Prefer};
pub use schema::{keys, schema, wrong_defaults};
pub use shipped::TEXT as SHIPPED;
pub use state::state;
pub use survey::{Origin, Survey, survey, survey_from_outside};

use check::check;
use layers::Layers;

/// Reads and checks the configuration: this file, with what lies under and over it. Nothing is started from one with a
/// mistake in it. The shop's own look is read too; a mistake there starts it in ours.
pub fn load(path: &Path) -> Result<Config, Error> {
    let mut config = sound(&Layers::of(path)?, path)?;
    config.dress();
    Ok(config)
}

/// The same for a text by itself; `path` is for the messages.
pub fn parse(text: &str, path: &Path) -> Result<Config, Error> {
    sound(&Layers::of_text(text, path), path)
}

fn sound(layers: &Layers, path: &Path) -> Result<Config, Error> {
    let checked = check(layers, &[]);
    match checked.config {
        Some(config) if checked.mistakes.is_empty() => Ok(config),
        _ => Err(Error::Mistakes { path: path.to_owned(), mistakes: checked.mistakes }),
    }
}

#[cfg(test)]
mod tests;
