//! The card payment was taken back, with everything the customer needs to ask their bank about it.

use iced::widget::{Space, column, container};
use iced::{Alignment, Fill};

use crate::journey::Intent;
use crate::journey::step::Undone;
use crate::ui::frame::{Element, Frame, Main, card, frame};
use crate::ui::look::Look;
use crate::ui::phrases::money;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn undone(step: &Undone, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let main = look.may("retry").then(|| Main { says: look.say("nav-retry"), means: Some(Intent::Retry.into()) });
    let code = look.small(look.phrases().with("trouble-code", &[("code", step.code.into())])).centred().middle();
    frame(look, Frame { main, middle: Some(code.into()), ..Frame::new(says) })
}

fn says(step: &Undone, look: &Look) -> Element {
    let phrases = look.phrases();
    let (title, sentence) = phrases.undone(step.acknowledged);
    let protocol = phrases.with("nav-protocol", &[("protocol", step.protocol.clone().into())]);
    let sale = [("network", step.network.clone().into()), ("nsu", step.nsu.clone().into())];
    let mut facts =
        column![look.words(money(step.amount_cents), 84.0).bold().unbroken().centred()].spacing(look.u(10.0));
    if !step.nsu.is_empty() {
        facts = facts.push(look.body(phrases.with("undone-network", &sale)).centred());
    }
    let facts = facts.push(look.body(protocol).bold().centred());
    let side = if look.portrait() { 200.0 } else { 100.0 };
    let picture = pictogram(Pictogram::Card, look.u(side), look.colours.soft, look.colours.ground);
    let says = column![
        Space::new().height(Fill),
        container(picture).center_x(Fill),
        look.title(title).centred(),
        look.body(sentence).centred(),
        card(look, facts).width(Fill),
        Space::new().height(Fill),
    ]
    .spacing(look.u(26.0))
    .align_x(Alignment::Center);
    says.into()
}
