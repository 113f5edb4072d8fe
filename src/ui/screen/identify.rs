//! Who are you? The keypad is what a passer-by sees: there is nothing to start first.

use iced::widget::{Space, column, container, image, row};
use iced::{Alignment, ContentFit, Fill};

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
    // a landscape has no height left for it beside the languages
    let join = look.may("join").then(|| join(look));
    let (middle, beside) = if look.portrait() { (join, None) } else { (None, join) };
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
            middle,
            beside,
            shares: if step.letters { (4, 7) } else { (1, 1) },
        },
    )
}

/// What a passer-by sees: the shop's picture over what there is to do, or words alone.
fn says(step: &Identify, look: &Look) -> Element {
    let told = look.brand.text(look.language);
    let title = if told.title.is_empty() { look.say("identify-title") } else { told.title.clone() };
    let line = (!told.line.is_empty()).then(|| look.body(told.line.clone()).wide());
    let ask = look.words(look.say("identify-ask"), 52.0).wide();
    let scan = if step.scanned {
        Some(look.body(look.say("identify-scanned")).bold().wide())
    } else {
        look.scanner.then(|| look.small(look.say("identify-scan")).wide())
    };
    let typed = if step.typed.is_empty() {
        look.words("CPF / CNPJ", 60.0).colour(look.colours.soft)
    } else {
        look.words(step.typed.clone(), 84.0).bold()
    };
    let typed = card(look, typed.unbroken().centred().middle()).width(Fill).height(look.type_size(165.0));
    let privacy = look.small(look.say("identify-privacy")).wide();
    let beneath: Option<Element> = if let Some(problem) = step.problem {
        Some(attention(look, look.phrases().identify_problem(problem, step.wait_min)))
    } else {
        step.notice.and_then(|why| look.phrases().notice(why)).map(|notice| look.body(notice).wide().into())
    };
    match &look.brand.picture {
        Some(picture) => {
            let title = (!told.title.is_empty()).then(|| look.words(title, 60.0).bold().wide());
            let picture = image(picture.handle.clone()).content_fit(ContentFit::Contain).width(Fill).height(Fill);
            let says = column![].push(title).push(picture).push(line).push(beneath).push(ask).push(scan);
            says.push(typed).push(privacy).spacing(look.u(16.0)).into()
        }
        None => {
            let beneath = beneath.unwrap_or_else(|| Space::new().height(0.0).into());
            let beneath = container(beneath).height(look.type_size(165.0)).align_y(Alignment::Center);
            let says = column![look.words(title, 76.0).bold().wide()].push(line).push(ask).push(scan);
            let says = says.push(Space::new().height(Fill)).push(typed).push(beneath).push(privacy);
            says.spacing(look.u(16.0)).into()
        }
    }
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
