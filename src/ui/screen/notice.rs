//! What became of what was asked of the provider: done, with its protocol; not done; or nobody knows.

use iced::widget::{Space, center, column, container};
use iced::{Alignment, Fill};

use super::boleto::printed;
use super::form::formatted;
use crate::journey::Intent;
use crate::journey::step::{Notice, Outcome};
use crate::ui::frame::{Element, Frame, Main, button, card, frame};
use crate::ui::look::Look;
use crate::ui::phrases::whole_date;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

/// So many lines of instalments; the slip has the rest.
const INSTALMENTS_MOST: usize = 6;

pub fn notice(step: &Notice, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let main = if look.may("pay") {
        Some(Main { says: look.say("notice-pay-first"), means: Some(Intent::Pay.into()) })
    } else if look.may("print") {
        Some(Main { says: look.say("notice-print"), means: Some(Intent::Print.into()) })
    } else {
        look.may("leave").then(|| Main { says: look.say("paid-leave"), means: Some(Intent::Leave.into()) })
    };
    let more: Element = if look.may("more") {
        button(look, look.words(look.say("notice-more"), 44.0).bold(), Some(Intent::More.into()))
            .height(look.u(116.0))
            .into()
    } else {
        Space::new().width(Fill).into()
    };
    frame(look, Frame { main, middle: Some(more), ..Frame::new(says) })
}

fn says(step: &Notice, look: &Look) -> Element {
    let phrases = look.phrases();
    let (title, sentence) = phrases.notice_of(step.about, step.outcome);
    let side = look.u(if look.portrait() { 190.0 } else { 100.0 });
    let (picture, ink) = match step.outcome {
        Outcome::Done => (Pictogram::Done, look.colours.good),
        Outcome::Refused | Outcome::Nothing | Outcome::Otherwise | Outcome::Stands => {
            (Pictogram::Alert, look.colours.brand)
        }
        Outcome::Unknown | Outcome::Requested => (Pictogram::Clock, look.colours.brand),
    };
    let mut says = column![
        container(pictogram(picture, side, ink, look.colours.ground)).center_x(Fill),
        look.title(title).centred()
    ]
    .spacing(look.u(28.0))
    .align_x(Alignment::Center);
    if let Some(protocol) = &step.protocol {
        let protocol = phrases.with("nav-protocol", &[("protocol", protocol.clone().into())]);
        says = says.push(look.words(protocol, 66.0).bold().centred());
    }
    if let Some(until) = step.until {
        let when = if step.outcome == Outcome::Stands { "notice-visit-on" } else { "notice-until" };
        let until = phrases.with(when, &[("date", whole_date(until).into())]);
        says = says.push(look.words(until, 60.0).bold().centred());
    }
    if let Some(words) = &step.words {
        says = says.push(card(look, look.body(words.clone()).bold().centred()).width(Fill));
    }
    for answer in &step.answers {
        let label = look.say(phrases.answered(answer.question));
        let lines = phrases.answer_lines(answer).into_iter().map(|line| formatted(answer.question, &line));
        let told = lines.collect::<Vec<_>>().join(" · ");
        says = says.push(look.body(format!("{label}: {told}")).bold().centred());
    }
    says = says.push(look.body(sentence).centred());
    if step.outcome == Outcome::Otherwise {
        for line in phrases.part_lines(&step.instalments).into_iter().take(INSTALMENTS_MOST) {
            says = says.push(look.body(line).bold().centred());
        }
    }
    if let Some(word) = printed(step.printed) {
        says = says.push(look.body(look.say(word)).bold().centred());
    }
    center(says).into()
}
