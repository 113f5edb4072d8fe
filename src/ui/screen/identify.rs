//! Who are you? The keypad is what a passer-by sees: there is nothing to start first.

use iced::widget::{Space, column, container, row};
use iced::{Alignment, Fill};

use crate::journey::Intent;
use crate::journey::intent::Language;
use crate::journey::step::Identify;
use crate::ui::frame::{Element, Frame, Main, attention, button, card, chosen, frame, plain};
use crate::ui::keypad::{Keys, digits, letters};
use crate::ui::look::{GAP, KEY, Look};
use crate::ui::phrases::LANGUAGES;
use crate::ui::snug::snug;
use crate::ui::tap::tap;

pub fn identify(step: &Identify, look: &Look) -> Element {
    let other = if step.letters { "key-digits" } else { "key-letters" };
    let switch = || button(look, look.words(look.say(other), 52.0).bold(), Some(Intent::Letters.into())).padding(2.0);
    let keys = Keys { corner: look.may("letters").then(|| switch().into()), ..Keys::of_step(look) };
    let keypad = if step.letters { letters(look, keys) } else { digits(look, keys) };
    frame(
        look,
        Frame {
            says: snug(look, {
                let step = step.clone();
                move |look| says(&step, look)
            }),
            does: Some(column![keypad, preferences(look)].spacing(look.u(20.0)).into()),
            main: Some(Main {
                says: look.say("nav-continue"),
                means: look.may("submit").then(|| Intent::Submit.into()),
            }),
            middle: look.may("join").then(|| join(look)),
            shares: if step.letters { (4, 7) } else { (1, 1) },
        },
    )
}

fn says(step: &Identify, look: &Look) -> Element {
    let mut says = column![
        look.words(look.say("identify-title"), 76.0).bold().wide(),
        look.words(look.say("identify-ask"), 52.0).wide()
    ]
    .spacing(look.u(16.0));
    if step.scanned {
        says = says.push(look.body(look.say("identify-scanned")).bold().wide());
    } else if look.scanner {
        says = says.push(look.small(look.say("identify-scan")).wide());
    }
    let typed = if step.typed.is_empty() {
        look.words("CPF / CNPJ", 60.0).colour(look.colours.soft)
    } else {
        look.words(step.typed.clone(), 84.0).bold()
    };
    says = says.push(Space::new().height(Fill));
    says = says.push(card(look, typed.unbroken().centred().middle()).width(Fill).height(look.type_size(165.0)));
    let beneath: Element = if let Some(problem) = step.problem {
        attention(look, look.phrases().identify_problem(problem))
    } else if let Some(notice) = step.notice.and_then(|why| look.phrases().notice(why)) {
        look.body(notice).wide().into()
    } else {
        Space::new().height(0.0).into()
    };
    let beneath = container(beneath).height(look.type_size(165.0)).align_y(Alignment::Center);
    says.push(beneath).push(look.small(look.say("identify-privacy")).wide()).into()
}

/// For whoever has no account to pay.
fn join(look: &Look) -> Element {
    button(look, look.words(look.say("identify-join"), 40.0).bold(), Some(Intent::Join.into())).into()
}

/// The languages, each in its own name, and the size of the type.
fn preferences(look: &Look) -> Element {
    let mut keys = row![].spacing(look.u(GAP)).height(look.u(KEY + 8.0));
    if look.may("language") {
        for language in LANGUAGES {
            let name = match language {
                Language::PtBr => "Português",
                Language::En => "English",
                Language::Es => "Español",
            };
            let paint = if language == look.language { chosen(look) } else { plain(look) };
            let words = look.words(name, 36.0);
            let words = if language == look.language { words.bold() } else { words };
            let means = Intent::Language { code: language }.into();
            keys = keys.push(tap(words.centred().middle().unbroken(), Some(means), paint).padding(4.0));
        }
    }
    if look.may("accessibility") {
        let says = look.say(if look.accessible { "key-smaller" } else { "key-larger" });
        keys = keys.push(button(look, look.words(says, 36.0).bold(), Some(Intent::Accessibility.into())).padding(4.0));
    }
    keys.into()
}
