//! Nobody knows yet whether the money moved. The customer learns just that, and that paying again is wrong.

use iced::widget::{Space, column, container};
use iced::{Alignment, Fill};

use crate::journey::step::Confirming;
use crate::ui::frame::{Element, Frame, card, frame};
use crate::ui::look::Look;
use crate::ui::phrases::money;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn confirming(step: &Confirming, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let code = look.phrases().with("trouble-code", &[("code", step.code.into())]);
    let middle = look.small(code).centred().middle().into();
    frame(look, Frame { middle: Some(middle), ..Frame::new(says) })
}

fn says(step: &Confirming, look: &Look) -> Element {
    let protocol = look.phrases().with("nav-protocol", &[("protocol", step.protocol.clone().into())]);
    let side = if look.portrait() { 220.0 } else { 110.0 };
    let picture = pictogram(Pictogram::Clock, look.u(side), look.colours.brand, look.colours.ground);
    let kept = column![
        look.words(money(step.amount_cents), 84.0).bold().unbroken().centred(),
        look.words(protocol, 64.0).bold().centred()
    ]
    .spacing(look.u(12.0));
    let says = column![
        Space::new().height(Fill),
        container(picture).center_x(Fill),
        look.title(look.say("confirming-title")).centred(),
        look.words(look.say("confirming-do"), 84.0).bold().colour(look.colours.alarm).centred(),
        card(look, kept).width(Fill),
        look.body(look.say("confirming-more")).centred(),
        Space::new().height(Fill),
    ]
    .spacing(look.u(26.0))
    .align_x(Alignment::Center);
    says.into()
}
