//! Something did not work: what happened in one sentence, what to do now, and a short code for whoever helps.

use iced::widget::{Space, center, column, container};
use iced::{Alignment, Fill};

use crate::journey::Intent;
use crate::journey::step::{Trouble, TroubleCode};
use crate::ui::frame::{Element, Frame, Main, button, card, frame};
use crate::ui::look::Look;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn trouble(step: &Trouble, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let main = (step.can_retry && look.may("retry"))
        .then(|| Main { says: look.say("nav-retry"), means: Some(Intent::Retry.into()) })
        .or_else(|| {
            look.may("services").then(|| Main { says: look.say("services-more"), means: Some(Intent::Services.into()) })
        });
    let code = look.small(look.phrases().with("trouble-code", &[("code", step.code.code().into())])).centred().middle();
    // Where the way back is to the step before, leaving has a key of its own.
    let leave: Element = if look.may("back") && look.may("leave") {
        let says = look.words(look.say("nav-leave"), 44.0).bold();
        button(look, says, Some(Intent::Leave.into())).width(look.u(220.0)).height(look.u(116.0)).into()
    } else {
        Space::new().into()
    };
    let middle = iced::widget::row![leave, code].height(look.u(116.0)).align_y(Alignment::Center);
    frame(look, Frame { main, middle: Some(middle.into()), ..Frame::new(says) })
}

fn says(step: &Trouble, look: &Look) -> Element {
    let phrases = look.phrases();
    let (what, act) = phrases.trouble(step.code, step.wait_min);
    let good = step.code == TroubleCode::NothingOwed;
    let side = look.u(if look.portrait() { 200.0 } else { 110.0 });
    let picture = if good {
        pictogram(Pictogram::Done, side, look.colours.good, look.colours.ground)
    } else {
        pictogram(Pictogram::Alert, side, look.colours.brand, look.colours.ground)
    };
    let mut says = column![container(picture).center_x(Fill), look.title(what).centred()]
        .spacing(look.u(36.0))
        .align_x(Alignment::Center);
    if !step.detail.is_empty() {
        says = says.push(card(look, look.body(step.detail.clone()).bold().centred()).width(Fill));
    }
    says = says.push(look.words(act, 52.0).centred());
    if let Some(protocol) = &step.protocol {
        says = says
            .push(look.body(phrases.with("nav-protocol", &[("protocol", protocol.clone().into())])).bold().centred());
    }
    if !look.brand.help_phone.is_empty() {
        let phone = [("phone", look.brand.help_phone.clone().into())];
        says = says.push(look.body(phrases.with("help-phone", &phone)).centred());
    }
    center(says).into()
}
