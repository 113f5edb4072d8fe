//! Which contract? Asked only where there are several and the site wants the choice.

use iced::widget::column;

use super::Hands;
use super::choices::{Row, choices};
use crate::journey::Intent;
use crate::journey::step::Contracts;
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::snug::snug;

pub fn contracts(step: &Contracts, look: &Look, hands: &Hands) -> Element {
    let rows = step.options.iter().map(|choice| Row {
        picture: None,
        title: choice.text.clone().unwrap_or_else(|| choice.id.clone()),
        hint: (!choice.works).then(|| look.phrases().why(choice.why)),
        amount: choice.amount_cents,
        means: (choice.works && look.may("choose")).then(|| Intent::Choose { option: choice.id.clone() }.into()),
    });
    let customer = step.customer.clone();
    let says = snug(look, move |look| {
        let hello = look.phrases().with("hello-customer", &[("name", customer.clone().into())]);
        column![look.body(hello).wide(), look.title(look.say("contracts-title")).wide()].spacing(look.u(24.0)).into()
    });
    let does = choices(rows.collect(), look, hands);
    frame(look, Frame { does: Some(does), ..Frame::new(says) })
}
