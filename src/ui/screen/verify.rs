//! Is it you? One short question that only the customer can answer.

use iced::widget::{Space, column, container, row};
use iced::{Alignment, Fill};

use crate::journey::Intent;
use crate::journey::step::{Asks, Verify};
use crate::ui::frame::{Element, Frame, Main, attention, button, card, frame};
use crate::ui::keypad::{Keys, digits};
use crate::ui::look::Look;
use crate::ui::snug::snug;

pub fn verify(step: &Verify, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    frame(
        look,
        Frame {
            does: Some(digits(look, Keys::of_step(look))),
            main: Some(Main {
                says: look.say("nav-continue"),
                means: look.may("submit").then(|| Intent::Submit.into()),
            }),
            middle: another_code(look),
            ..Frame::new(says)
        },
    )
}

/// Where a code does not come.
pub fn another_code(look: &Look) -> Option<Element> {
    let says = || look.words(look.say("verify-code-again"), 44.0).bold();
    look.may("retry").then(|| button(look, says(), Some(Intent::Retry.into())).width(Fill).into())
}

fn says(step: &Verify, look: &Look) -> Element {
    let (ask, example) = match step.asks {
        Asks::BirthDayMonth => ("verify-birth", Some("verify-birth-example")),
        Asks::PhoneLast4 => ("verify-phone", None),
        Asks::CodeSms => ("verify-code-sms", Some("verify-code-hint")),
        Asks::CodeEmail => ("verify-code-email", Some("verify-code-hint")),
    };
    let mut says =
        column![look.title(look.say("verify-title")).wide(), look.body(look.say(ask)).wide()].spacing(look.u(20.0));
    if let Some(example) = example {
        says = says.push(look.small(look.say(example)).wide());
    }
    if step.wrong {
        says = says.push(attention(look, look.say("form-code-wrong")));
    }
    says = says.push(Space::new().height(Fill)).push(boxes(step, look)).push(Space::new().height(Fill));
    says.into()
}

/// One box a character, so that everybody sees how many there are to be.
fn boxes(step: &Verify, look: &Look) -> Element {
    let mut typed = step.typed.chars();
    let side = look.u(if step.length > 6 { 100.0 } else { 140.0 });
    let boxes = (0..step.length.min(8)).fold(row![].spacing(look.u(20.0)), |boxes, _| {
        let shown = typed.next().map(String::from).unwrap_or_default();
        boxes.push(card(look, look.words(shown, 84.0).bold().centred().middle()).padding(0.0).width(side).height(side))
    });
    container(boxes).width(Fill).align_x(Alignment::Center).into()
}
