//! The file a technician writes: read, checked as a whole, and refused with the place of each mistake.

mod advanced;
mod connect;
mod erp;
mod error;
mod file;
mod journal;
mod payment;
mod pix;

use std::path::Path;

pub use advanced::Advanced;
pub use erp::ErpChoice;
pub use error::{Error, Mistake};
pub use file::{Config, JourneyChoices, MerchantCopy, MethodName, Screen, TefChoice, Totem, Verify};
pub use journal::JournalChoices;
pub use payment::PaymentChoices;
pub use pix::{PixChoices, Prefer};

/// Reads and checks the configuration. Nothing is started from a file with a mistake in it.
pub fn load(path: &Path) -> Result<Config, Error> {
    let text = std::fs::read_to_string(path)
        .map_err(|cause| Error::Unreadable { path: path.to_owned(), why: cause.to_string() })?;
    parse(&text, path)
}

/// The same for a text; `path` is for the messages.
pub fn parse(text: &str, path: &Path) -> Result<Config, Error> {
    let config: Config = toml::from_str(text)
        .map_err(|cause| Error::Mistakes { path: path.to_owned(), mistakes: vec![Mistake::from_toml(text, &cause)] })?;
    let mut mistakes: Vec<Mistake> =
        config.mistakes().into_iter().map(|(key, message)| Mistake::at_key(text, key, message)).collect();
    mistakes.extend(config.mistakes_of_definition().into_iter().map(|mistake| match mistake.offset {
        Some(offset) => Mistake::at(text, offset, mistake.message),
        None => Mistake::at_key(text, "erp.configured", mistake.message),
    }));
    if mistakes.is_empty() { Ok(config) } else { Err(Error::Mistakes { path: path.to_owned(), mistakes }) }
}

#[cfg(test)]
mod tests;
