//! Out of service: since when, what still works elsewhere, and whom to call.

use iced::widget::{center, column, container};
use iced::{Alignment, Fill};
use jiff::tz::TimeZone;

use crate::journey::step::{Closed, ClosedWhy};
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn closed(step: &Closed, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let code = look.small(look.phrases().with("trouble-code", &[("code", step.code.into())])).centred().middle();
    frame(look, Frame { middle: Some(code.into()), ..Frame::new(says) })
}

fn says(step: &Closed, look: &Look) -> Element {
    let phrases = look.phrases();
    let (title, sentence) = phrases.closed(step.why);
    let wait = matches!(step.why, ClosedWhy::Recovering | ClosedWhy::Hours);
    let picture = if wait { Pictogram::Clock } else { Pictogram::Alert };
    let side = if look.portrait() { 240.0 } else { 130.0 };
    let mut says = column![
        container(pictogram(picture, look.u(side), look.colours.brand, look.colours.ground)).center_x(Fill),
        look.title(title).centred(),
        look.words(sentence, 52.0).centred(),
    ]
    .spacing(look.u(36.0))
    .align_x(Alignment::Center);
    if let Some(opens) = &step.opens {
        says = says.push(look.words(phrases.opens(opens), 60.0).bold().centred());
    }
    if step.why != ClosedWhy::Recovering {
        says = says.push(look.body(look.say("closed-else")).centred());
        if let Some(since) = step.since {
            let when = since.to_zoned(TimeZone::get("America/Sao_Paulo").unwrap_or(TimeZone::UTC));
            let when = when.strftime("%d/%m %H:%M").to_string();
            says = says.push(look.small(phrases.with("closed-since", &[("when", when.into())])).centred());
        }
        if !look.brand.help_phone.is_empty() {
            let phone = [("phone", look.brand.help_phone.clone().into())];
            says = says.push(look.words(phrases.with("help-phone", &phone), 60.0).bold().centred());
        }
    }
    center(says).into()
}
