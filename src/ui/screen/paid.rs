//! Done: what was paid, what becomes of it, and the receipt.

use iced::widget::{Column, Space, column, container};
use iced::{Alignment, Fill};

use super::boleto::printed;
use crate::domain::receipt::WriteOffState;
use crate::journey::Intent;
use crate::journey::step::{Paid, PrintNews};
use crate::ui::frame::{Element, Frame, Main, Touch, button, frame};
use crate::ui::look::{GAP, Look};
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn paid(step: &Paid, look: &Look) -> Element {
    let mut does = Column::new().spacing(look.u(GAP)).height(Fill).push(Space::new().height(Fill));
    let receipt = |how: &str| {
        let there = step.receipts.contains(&how) && look.may("receipt") && step.printed != Some(PrintNews::Printing);
        there.then(|| Touch::from(Intent::Receipt { how: how.to_owned() }))
    };
    let more = look.may("more").then(|| Intent::More.into());
    // once there is nothing left to be printed, there is nothing left to be refused
    let none = receipt("print").and_then(|_| receipt("none"));
    for (word, means) in [("paid-none", none), ("paid-more", more)] {
        if means.is_some() {
            does = does.push(button(look, look.words(look.say(word), 52.0).bold(), means).height(look.u(140.0)));
        }
    }
    let main = if let Some(print) = receipt("print") {
        Some(Main { says: look.say("paid-print"), means: Some(print) })
    } else {
        look.may("leave").then(|| Main { says: look.say("paid-leave"), means: Some(Intent::Leave.into()) })
    };
    let protocol = look.phrases().with("nav-protocol", &[("protocol", step.protocol.clone().into())]);
    let middle = look.small(protocol).centred().middle().into();
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    frame(look, Frame { does: Some(does.into()), main, middle: Some(middle), ..Frame::new(says) })
}

fn says(step: &Paid, look: &Look) -> Element {
    let write_off = match step.write_off {
        WriteOffState::Settled => "paid-settled",
        WriteOffState::Owed => "paid-owed",
        WriteOffState::ByErp => "paid-by-erp",
        WriteOffState::ByHand => "paid-by-hand",
    };
    let side = if look.portrait() { 190.0 } else { 120.0 };
    let done = pictogram(Pictogram::Done, look.u(side), look.colours.good, look.colours.ground);
    let mut says = column![
        container(done).center_x(Fill),
        look.title(look.say("paid-title")).centred(),
        look.amount(step.amount_cents).centred(),
        look.body(look.say(paid_by(step.method))).centred(),
        look.body(look.say(write_off)).centred(),
    ]
    .spacing(look.u(14.0))
    .align_x(Alignment::Center);
    if let Some(service) = look.phrases().service(step) {
        says = says.push(look.body(service).bold().centred());
    }
    if let Some(word) = printed(step.printed) {
        says = says.push(look.body(look.say(word)).bold().centred());
    }
    says.into()
}

/// The phrase for a method.
pub fn paid_by(method: &str) -> &'static str {
    match method {
        "debit" => "paid-debit",
        "credit" => "paid-credit",
        "voucher" => "paid-voucher",
        "wallet" => "paid-wallet",
        _ => "paid-pix",
    }
}
