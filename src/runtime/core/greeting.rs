//! In which language the totem greets: chosen at the panel and kept, else as the configuration says.

use jiff::Timestamp;

use super::Core;
use crate::domain::{DeskFact, calendar};
use crate::journey::technician::{Greeting, Told};
use crate::journey::{Event, Language};

const KIND: &str = "language_chosen";

impl Core {
    /// What was chosen last. A language that this program does not speak any more is none.
    pub(super) fn remember_greeting(&mut self) {
        let notes = self.ledger.notes_of(&[KIND]).unwrap_or_default();
        let Some(note) = notes.into_iter().next_back() else { return };
        if let DeskFact::LanguageChosen { by, language } = note.fact {
            self.takes_on(by, language.as_deref().and_then(Language::parse), note.at);
        }
    }

    pub(super) fn greeting(&self) -> Told {
        Told::Greeting(Box::new(self.service.greeting.clone()))
    }

    pub(super) fn greet(&mut self, by: String, language: Option<Language>, now: Timestamp) -> Told {
        let chosen = language.map(|language| language.code().to_owned());
        let done = self.note(DeskFact::LanguageChosen { by: by.clone(), language: chosen }, now);
        if done {
            self.takes_on(by, language, now);
        }
        Told::Recorded(done)
    }

    fn takes_on(&mut self, by: String, language: Option<Language>, at: Timestamp) {
        self.service.greeting = Greeting { chosen: language.map(|_| (calendar::sao_paulo(at), by)) };
        self.events.push(Event::Greets(language));
    }

    /// A choice that would be forgotten with what is too old is written down once more.
    pub(super) fn keep_the_greeting(&mut self, before: Timestamp, now: Timestamp) {
        let last = self.ledger.notes_of(&[KIND]).unwrap_or_default().into_iter().next_back();
        if let Some(note) = last.filter(|note| note.at < before) {
            self.note(note.fact, now);
        }
    }
}
