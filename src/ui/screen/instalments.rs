//! In how many payments? Each with what one of them comes to.

use iced::Fill;
use iced::widget::{Space, column};

use super::Hands;
use super::choices::{Row, choices};
use crate::journey::Intent;
use crate::journey::step::{Choice, Instalments};
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::phrases::money;
use crate::ui::snug::snug;

pub fn instalments(step: &Instalments, look: &Look, hands: &Hands) -> Element {
    let rows = step.options.iter().map(|choice| Row {
        picture: None,
        title: title(choice, look),
        hint: (!choice.works).then(|| look.phrases().why(choice.why)),
        amount: None,
        means: (choice.works && look.may("choose")).then(|| Intent::Choose { option: choice.id.clone() }.into()),
    });
    let amount = step.amount_cents;
    let says = snug(look, move |look| {
        column![
            look.title(look.say("instalments-title")).wide(),
            Space::new().height(Fill),
            look.body(look.say("invoices-total")).wide(),
            look.words(money(amount), 120.0).bold().unbroken(),
            Space::new().height(Fill),
        ]
        .spacing(look.u(12.0))
        .into()
    });
    let does = choices(rows.collect(), look, hands);
    frame(look, Frame { does: Some(does), ..Frame::new(says) })
}

fn title(choice: &Choice, look: &Look) -> String {
    if let Some(text) = &choice.text {
        return text.clone();
    }
    match (choice.id.parse::<u8>(), choice.amount_cents) {
        (Ok(1), Some(amount)) => format!("{} · {}", look.say("instalments-once"), money(amount)),
        (Ok(1), None) => look.say("instalments-once"),
        (Ok(count), Some(amount)) => {
            look.phrases().with("instalments-times", &[("count", count.into()), ("amount", money(amount).into())])
        }
        (Ok(count), None) => look.phrases().with("instalments-by-issuer", &[("count", count.into())]),
        _ => choice.id.clone(),
    }
}
