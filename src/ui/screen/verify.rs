//! Is it you? One short question that only the customer can answer.

use iced::widget::{Space, column, container, row};
use iced::{Alignment, Fill};

use crate::journey::Intent;
use crate::journey::step::{Asks, Verify};
use crate::ui::frame::{Element, Frame, Main, card, frame};
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
            ..Frame::new(says)
        },
    )
}

fn says(step: &Verify, look: &Look) -> Element {
    let (ask, example) = match step.asks {
        Asks::BirthDayMonth => ("verify-birth", Some("verify-birth-example")),
        Asks::PhoneLast4 => ("verify-phone", None),
        Asks::Code => ("verify-code", None),
    };
    let mut says =
        column![look.title(look.say("verify-title")).wide(), look.body(look.say(ask)).wide()].spacing(look.u(20.0));
    if let Some(example) = example {
        says = says.push(look.small(look.say(example)).wide());
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
