//! The words that a code or a paper is brought with, in the customer's language.

use std::sync::Arc;

use totem::config::Config;
use totem::courier::Letter;
use totem::domain::{Receipt, Typed};
use totem::journey::Language;
use totem::journey::step::DocumentTitle;
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

    fn receipt(&self, language: Language, receipt: &Receipt) -> Letter {
        let (subject, text) = Phrases::new(language).receipt_letter(&self.provider, receipt);
        Letter::of(subject, text)
    }

    fn message(&self, language: Language, receipt: &Receipt) -> String {
        Phrases::new(language).receipt_message(&self.provider, receipt)
    }

    fn document(&self, language: Language, title: DocumentTitle) -> Letter {
        let (subject, text) = Phrases::new(language).document_letter(&self.provider, title);
        Letter::of(subject, text)
    }
}

pub fn couriers(config: &Config) -> Result<Couriers, String> {
    let email = config.courier.email().map_err(|error| error.to_string())?;
    let sms = config.courier.sms().map_err(|error| error.to_string())?;
    let provider = config.beneficiary.name.clone();
    Ok(Couriers { email, sms, words: Some(Arc::new(InTheirWords { provider })) })
}
