//! How would you like to pay? What does not work now stands there too, and says why.

use iced::Fill;
use iced::widget::{Space, column};

use super::Hands;
use super::choices::{Row, choices};
use crate::journey::Intent;
use crate::journey::step::{Choice, Methods};
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::phrases::money;
use crate::ui::pictogram::Pictogram;
use crate::ui::snug::snug;

pub fn method(step: &Methods, look: &Look, hands: &Hands) -> Element {
    let rows = step.options.iter().map(|choice| row(choice, look)).collect();
    let (amount, bills) = (step.amount_cents, step.bills);
    let says = snug(look, move |look| {
        let count = look.phrases().with("invoices-count", &[("count", bills.into())]);
        column![
            look.title(look.say("method-title")).wide(),
            Space::new().height(Fill),
            look.body(look.say("invoices-total")).wide(),
            look.words(money(amount), 120.0).bold().unbroken(),
            look.small(count).wide(),
            Space::new().height(Fill),
        ]
        .spacing(look.u(12.0))
        .into()
    });
    frame(look, Frame { does: Some(choices(rows, look, hands)), ..Frame::new(says) })
}

fn row(choice: &Choice, look: &Look) -> Row {
    let (picture, title, hint) = match choice.id.as_str() {
        "pix" => (Some(Pictogram::Pix), look.say("method-pix"), Some("method-pix-hint")),
        "debit" => (Some(Pictogram::Pinpad), look.say("method-debit"), Some("method-debit-hint")),
        "credit" => (Some(Pictogram::Card), look.say("method-credit"), Some("method-credit-hint")),
        "wallet" => (Some(Pictogram::Pix), look.say("method-wallet"), Some("method-wallet-hint")),
        "boleto" => (Some(Pictogram::Boleto), look.say("method-boleto"), Some("method-boleto-hint")),
        other => (None, choice.text.clone().unwrap_or_else(|| other.to_owned()), None),
    };
    let hint = if choice.works { hint.map(|hint| look.say(hint)) } else { Some(look.phrases().why(choice.why)) };
    let means = (choice.works && look.may("choose")).then(|| Intent::Choose { option: choice.id.clone() }.into());
    Row { picture, title, hint, amount: None, means }
}
