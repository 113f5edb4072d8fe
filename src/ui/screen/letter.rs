//! The way to have a paper at the customer's own address, and what became of it.

use iced::widget::column;

use crate::journey::step::{LetterNews, Mailing};
use crate::ui::frame::{Element, Touch, plain};
use crate::ui::look::Look;
use crate::ui::snug::snug;
use crate::ui::tap::tap;

/// So much of an address is shown; whatever is longer loses its middle.
const ADDRESS: usize = 34;

fn address(mailing: &Mailing) -> String {
    super::choices::shortened(&mailing.to, ADDRESS)
}

/// What became of it, in a sentence; nothing before it was wished.
pub fn news(mailing: &Mailing, look: &Look) -> Option<String> {
    let word = match mailing.sent? {
        LetterNews::Sending => "letter-sending",
        LetterNews::Sent => "letter-sent",
        LetterNews::Refused => "letter-refused",
        LetterNews::Unknown => "letter-unknown",
        LetterNews::TooMany => "letter-too-many",
        LetterNews::TooLarge => "letter-too-large",
    };
    Some(look.phrases().with(word, &[("to", address(mailing).into())]))
}

/// A key that says where to.
pub fn key(mailing: &Mailing, says: &str, means: Touch, look: &Look) -> Element {
    let (says, to) = (look.say(says), address(mailing));
    // two of them share half of a landscape
    let units = if look.portrait() { 46.0 } else { 38.0 };
    let words = snug(look, move |look| {
        let to = look.words(to.clone(), 34.0).centred();
        iced::widget::center(column![look.words(says.clone(), units).bold().centred(), to]).into()
    });
    tap(words, Some(means), plain(look)).into()
}

/// The key of a screen that has one thing to send; in its place, what became of it.
pub fn send(mailing: &Mailing, means: Option<Touch>, look: &Look) -> Element {
    let says = match (news(mailing, look), &means) {
        (Some(news), _) => news,
        (None, _) => look.phrases().with("document-send", &[("to", address(mailing).into())]),
    };
    match means {
        Some(means) => {
            let words = snug(look, move |look| look.words(says.clone(), 44.0).bold().centred().middle().into());
            tap(words, Some(means), plain(look)).into()
        }
        None => snug(look, move |look| look.words(says.clone(), 44.0).bold().centred().middle().into()),
    }
}
