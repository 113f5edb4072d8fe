//! One bill in full: what it was, what time added or took away, and what it is today.

use iced::widget::{Column, Space, column, container, row};
use iced::{Alignment, Fill};

use crate::domain::Money;
use crate::journey::Intent;
use crate::journey::step::InvoiceDetail;
use crate::ui::frame::{Element, Frame, Main, button, card, frame};
use crate::ui::look::{GAP, Look};
use crate::ui::phrases::money;
use crate::ui::snug::snug;

pub fn invoice(step: &InvoiceDetail, look: &Look) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let (line, phrases) = (&step.line, look.phrases());
    let mut does = Column::new().spacing(look.u(GAP)).height(Fill).push(Space::new().height(Fill));
    for (action, word, intent) in [
        ("show_document", "invoice-show-document", Intent::ShowDocument),
        ("show_boleto", "invoice-show-boleto", Intent::ShowBoleto),
        ("print", "boleto-print", Intent::Print),
    ] {
        if look.may(action) {
            let means = Some(intent.into());
            does = does.push(button(look, look.words(look.say(word), 52.0).bold(), means).height(look.u(130.0)));
        }
    }
    let main = line.amount_cents.filter(|_| look.may("pay")).map(|amount| Main {
        says: phrases.with("invoices-pay", &[("amount", money(amount).into())]),
        means: Some(Intent::Pay.into()),
    });
    frame(look, Frame { does: Some(does.into()), main, ..Frame::new(says) })
}

fn says(step: &InvoiceDetail, look: &Look) -> Element {
    let line = &step.line;
    let phrases = look.phrases();
    let due = look.body(phrases.due(line)).bold().wide();
    let due = if line.overdue_days > 0 { due.colour(look.colours.alarm) } else { due };
    let mut says = column![look.title(look.say("invoice-title")).wide(), due].spacing(look.u(14.0));
    if !line.description.is_empty() {
        says = says.push(look.small(line.description.clone()).wide());
    }
    if !step.number.is_empty() {
        says = says.push(look.small(phrases.with("invoice-number", &[("number", step.number.clone().into())])).wide());
    }
    says.push(Space::new().height(Fill)).push(sums(step, look)).into()
}

fn sums(step: &InvoiceDetail, look: &Look) -> Element {
    let line = &step.line;
    let mut sums = column![sum(look, "invoice-original", money(line.original_cents))].spacing(look.u(10.0));
    for (word, amount) in [("invoice-fine", line.fine_cents), ("invoice-interest", line.interest_cents)] {
        if amount != Money::ZERO {
            sums = sums.push(sum(look, word, format!("+ {}", money(amount))));
        }
    }
    if line.discount_cents != Money::ZERO {
        sums = sums.push(sum(look, "invoice-discount", format!("− {}", money(line.discount_cents))));
    }
    let today = match line.amount_cents {
        Some(amount) => look.amount(amount).right(),
        None => look.body(look.say("invoice-amount-unknown")).bold().right(),
    };
    let today = row![look.body(look.say("invoice-today")).bold(), today].spacing(look.u(20.0));
    card(look, sums.push(container(today.align_y(Alignment::Center)))).width(Fill).into()
}

fn sum(look: &Look, word: &str, amount: String) -> Element {
    row![look.body(look.say(word)), look.body(amount).unbroken().right()].spacing(look.u(20.0)).into()
}
