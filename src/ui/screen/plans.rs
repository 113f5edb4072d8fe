//! The contracts and how each is, what the provider says of them, and a suspended one to be asked back on trust.

use iced::widget::column;

use super::Hands;
use super::choices::{Row, choices};
use crate::journey::Intent;
use crate::journey::step::{Plan, PlanState, Plans};
use crate::ui::frame::{Element, Frame, attention, card, frame};
use crate::ui::look::Look;
use crate::ui::snug::snug;

/// So many of the provider's sentences can be read on one screen.
const ALERTS: usize = 3;

pub fn plans(step: &Plans, look: &Look, hands: &Hands) -> Element {
    let rows = step.plans.iter().map(|plan| Row {
        picture: None,
        title: plan.plan.clone(),
        hint: Some(state(plan, look)),
        amount: None,
        means: (plan.unlock && look.may("choose")).then(|| Intent::Choose { option: plan.id.clone() }.into()),
    });
    let does = choices(rows.collect(), look, hands);
    let step = step.clone();
    let says = snug(look, move |look| {
        let mut says = column![look.title(look.say("plans-title")).wide()].spacing(look.u(24.0));
        if step.plans.iter().any(|plan| plan.unlock) {
            says = says.push(look.body(look.say("plans-unlock")).wide());
        }
        for alert in step.alerts.iter().take(ALERTS) {
            says = says.push(card(look, look.body(alert.clone()).wide()));
        }
        if step.incomplete {
            says = says.push(attention(look, look.say("plans-incomplete")));
        }
        says.into()
    });
    frame(look, Frame { does: Some(does), ..Frame::new(says) })
}

fn state(plan: &Plan, look: &Look) -> String {
    let word = match (plan.state, plan.unlock) {
        (PlanState::Active, _) => "plan-active",
        (PlanState::Suspended, true) => "plan-suspended-unlock",
        (PlanState::Suspended, false) => "plan-suspended",
        (PlanState::OnTrust, _) => "plan-on-trust",
        (PlanState::Cancelled, _) => "plan-cancelled",
        (PlanState::Other, _) => return plan.word.clone().unwrap_or_default(),
    };
    look.say(word)
}
