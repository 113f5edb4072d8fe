//! The PIN that opens the technician's panel.

use iced::Fill;
use iced::widget::{Space, column};

use crate::journey::Intent;
use crate::journey::step::{PinProblem, ServicePin};
use crate::ui::frame::{Element, Frame, Main, attention, card, frame};
use crate::ui::keypad::{Keys, digits};
use crate::ui::look::Look;
use crate::ui::snug::snug;

pub fn service_pin(step: &ServicePin, look: &Look) -> Element {
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
                means: (look.may("submit") && step.length > 0).then(|| Intent::Submit.into()),
            }),
            ..Frame::new(says)
        },
    )
}

fn says(step: &ServicePin, look: &Look) -> Element {
    let mut says = column![look.title(look.say("technician-pin-title")).wide()].spacing(look.u(24.0));
    if step.problem != Some(PinProblem::NoneSet) {
        let typed = look.words(step.typed.clone(), 84.0).bold().centred().middle().unbroken();
        says = says.push(card(look, typed).width(Fill).height(look.u(150.0)));
    }
    let told = match step.problem {
        _ if step.checking => Some(look.body(look.say("technician-pin-checking")).wide().into()),
        None => None,
        Some(PinProblem::Wrong) => Some(attention(look, look.say("technician-pin-wrong"))),
        Some(PinProblem::NoneSet) => Some(attention(look, look.say("technician-pin-none"))),
        Some(PinProblem::Locked) => {
            let minutes = [("minutes", step.wait_min.unwrap_or(1).into())];
            Some(attention(look, look.phrases().with("technician-pin-locked", &minutes)))
        }
    };
    says.push(told).push(Space::new().height(Fill)).into()
}
