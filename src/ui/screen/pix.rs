//! PIX: the code as large as there is room, and three pictures that say how.

use iced::widget::{Space, column, container, row};
use iced::{Alignment, Fill, Length};

use crate::domain::ConfirmedBy;
use crate::journey::Intent;
use crate::journey::step::{PixScreen, PrintNews};
use crate::ui::codes::Codes;
use crate::ui::frame::{Element, Frame, Main, frame, paper};
use crate::ui::look::Look;
use crate::ui::phrases::money;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;
use crate::ui::words::Words;

const STEPS: [(Pictogram, &str); 3] =
    [(Pictogram::Phone, "pix-open"), (Pictogram::PhoneCamera, "pix-scan"), (Pictogram::PhoneDone, "pix-wait")];

pub fn pix(step: &PixScreen, look: &Look, codes: &Codes) -> Element {
    let says = snug(look, {
        let (step, codes) = (step.clone(), codes.clone());
        move |look| if look.portrait() { portrait(&step, look, &codes) } else { landscape(&step, look, &codes) }
    });
    let main = printing(step, look);
    let middle = match step.sending {
        Some(sending) => Some(super::boleto::send(sending, look)),
        None => (!protocol_in_words(step, look)).then(|| protocol(step, look)),
    };
    frame(look, Frame { main, middle, ..Frame::new(says) })
}

fn portrait(step: &PixScreen, look: &Look, codes: &Codes) -> Element {
    let how = STEPS.iter().enumerate().fold(row![].spacing(look.u(28.0)), |how, (index, (picture, word))| {
        how.push(
            column![drawn(*picture, look, 200.0), look.words(numbered(index, look, word), 44.0).centred()]
                .spacing(look.u(16.0))
                .width(Length::FillPortion(1))
                .align_x(Alignment::Center),
        )
    });
    column![
        row![look.title(look.say("pix-title")), look.amount(step.amount_cents).right()]
            .spacing(look.u(20.0))
            .align_y(Alignment::Center),
        container(code(look, codes)).center_x(Fill),
        Space::new().height(Fill),
        how,
        Space::new().height(Fill),
        outcome(step, look),
    ]
    .push(protocol_in_words(step, look).then(|| protocol_line(step, look)))
    .spacing(look.u(24.0))
    .into()
}

fn landscape(step: &PixScreen, look: &Look, codes: &Codes) -> Element {
    let how = STEPS.iter().enumerate().fold(column![].spacing(look.u(16.0)), |how, (index, (picture, word))| {
        how.push(
            row![drawn(*picture, look, 84.0), look.words(numbered(index, look, word), 40.0).wide()]
                .spacing(look.u(20.0))
                .align_y(Alignment::Center),
        )
    });
    let words = column![
        look.words(look.say("pix-title"), 52.0).bold().wide(),
        look.words(money(step.amount_cents), 84.0).bold().unbroken(),
        how,
        Space::new().height(Fill),
        outcome(step, look),
    ]
    .push(protocol_in_words(step, look).then(|| protocol_line(step, look)))
    .spacing(look.u(10.0));
    row![container(code(look, codes)).center_y(Fill), words].spacing(look.u(40.0)).into()
}

fn drawn(picture: Pictogram, look: &Look, units: f32) -> Element {
    pictogram(picture, look.u(units), look.colours.ink, look.colours.ground)
}

fn numbered(index: usize, look: &Look, word: &str) -> String {
    format!("{}. {}", index + 1, look.say(word))
}

fn code(look: &Look, codes: &Codes) -> Element {
    match &codes.qr {
        Some(picture) => paper(picture.view()).into(),
        None => look.body(look.say("pix-no-picture")).centred().into(),
    }
}

/// Who finds out that it is paid, and how long the code is good where that matters now.
fn outcome(step: &PixScreen, look: &Look) -> Element {
    let told = match step.confirmed_by {
        ConfirmedBy::Person => look.body(look.say("pix-by-person")).bold(),
        _ => look.body(look.say("pix-by-itself")),
    };
    let mut outcome = column![told.centred()].spacing(look.u(12.0));
    if let Some(seconds) = step.expires_in_s {
        let time = format!("{}:{:02}", seconds / 60, seconds % 60);
        let left = look.phrases().with("pix-expires", &[("time", time.into())]);
        outcome = outcome.push(look.body(left).bold().centred());
    }
    outcome.into()
}

/// The way to have the code on paper, and what became of it.
fn printing(step: &PixScreen, look: &Look) -> Option<Main> {
    let says = match step.printed {
        Some(PrintNews::Printing) => "print-running",
        Some(PrintNews::Printed) => "print-done",
        Some(PrintNews::Failed) | None if look.may("print") => "pix-print",
        Some(PrintNews::Failed) => "print-failed",
        None => return None,
    };
    Some(Main { says: look.say(says), means: look.may("print").then(|| Intent::Print.into()) })
}

/// Where a button has its place in the foot, the protocol stands with the words.
fn protocol_in_words(step: &PixScreen, look: &Look) -> bool {
    step.sending.is_some() || (!look.portrait() && printing(step, look).is_some())
}

fn protocol(step: &PixScreen, look: &Look) -> Element {
    protocol_words(step, look).centred().middle().into()
}

fn protocol_line(step: &PixScreen, look: &Look) -> Element {
    protocol_words(step, look).centred().into()
}

fn protocol_words(step: &PixScreen, look: &Look) -> Words {
    look.small(look.phrases().with("nav-protocol", &[("protocol", step.protocol.clone().into())]))
}
