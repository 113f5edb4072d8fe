//! The words that a code is brought with, in the customer's language.

use std::sync::Arc;

use totem::config::Config;
use totem::courier::Letter;
use totem::domain::Typed;
use totem::journey::Language;
use totem::runtime::{Couriers, Wording};
use totem::ui::phrases::Phrases;

/// In the name of whom the customer knows.
struct InTheirWords {
    provider: String,
}

impl Wording for InTheirWords {
    fn letter(&self, language: Language, code: &Typed) -> Letter {
        let (subject, text) = Phrases::new(language).code_letter(&self.provider, code.expose());
        Letter::of(subject, text)
    }
}

pub fn couriers(config: &Config) -> Result<Couriers, String> {
    let email = config.courier.email().map_err(|error| error.to_string())?;
    let sms = config.courier.sms().map_err(|error| error.to_string())?;
    let provider = config.beneficiary.name.clone();
    Ok(Couriers { email, sms, words: Some(Arc::new(InTheirWords { provider })) })
}
