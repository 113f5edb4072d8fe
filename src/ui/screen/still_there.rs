//! Nobody touched the screen for a while. What was below is not shown: perhaps somebody else stands there now.

use iced::widget::{center, column, container};
use iced::{Alignment, Fill};

use crate::journey::Intent;
use crate::journey::step::StillThere;
use crate::ui::frame::{Element, Frame, Main, frame};
use crate::ui::look::Look;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn still_there(step: &StillThere, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let main = Main { says: look.say("still-stay"), means: look.may("stay").then(|| Intent::Stay.into()) };
    frame(look, Frame { main: Some(main), ..Frame::new(says) })
}

fn says(step: &StillThere, look: &Look) -> Element {
    let left = look.phrases().with("still-left", &[("seconds", step.seconds_left.into())]);
    let side = if look.portrait() { 240.0 } else { 140.0 };
    let says = column![
        container(pictogram(Pictogram::Person, look.u(side), look.colours.brand, look.colours.ground)).center_x(Fill),
        look.words(look.say("still-title"), 84.0).bold().centred(),
        look.words(left, 52.0).centred(),
    ]
    .spacing(look.u(36.0))
    .align_x(Alignment::Center);
    center(says).into()
}
