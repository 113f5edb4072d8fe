//! One question, and the keys to answer it with; at the end, everything once more.

use iced::Fill;
use iced::widget::{Space, column};

use super::Hands;
use super::choices::{Row, choices};
use crate::journey::Intent;
use crate::journey::step::{Answer, Form, Purpose, Question};
use crate::ui::board::board;
use crate::ui::frame::{Element, Frame, Main, attention, card, frame};
use crate::ui::keypad::{Keys, digits};
use crate::ui::look::Look;
use crate::ui::snug::snug;

pub fn form(step: &Form, look: &Look, hands: &Hands) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let does = match step.asks {
        Question::Contract | Question::TicketKind => Some(choices(options(step, look), look, hands)),
        Question::Text => Some(board(look, hands)),
        Question::Phone => Some(digits(look, Keys::of_step(look))),
        Question::Confirm => None,
    };
    let word = match (step.asks, step.form) {
        (Question::Confirm, Purpose::Unlock) => "form-do-unlock",
        (Question::Confirm, Purpose::Ticket) => "form-do-ticket",
        _ => "nav-continue",
    };
    let main = (!step.asks.is_choice())
        .then(|| Main { says: look.say(word), means: look.may("submit").then(|| Intent::Submit.into()) });
    let shown = [("page", step.question.into()), ("pages", step.questions.into())];
    let place = look.small(look.phrases().with("nav-page", &shown)).centred().middle();
    // a long list has page numbers of its own
    let middle = (!step.asks.is_choice() && step.questions > 1).then(|| place.into());
    let shares = if step.asks == Question::Text { (4, 7) } else { (1, 1) };
    frame(look, Frame { does, main, middle, shares, ..Frame::new(says) })
}

fn options(step: &Form, look: &Look) -> Vec<Row> {
    let rows = step.options.iter().map(|option| Row {
        picture: None,
        title: option.text.clone(),
        hint: option.chosen.then(|| look.say("invoices-chosen")),
        amount: None,
        means: look.may("choose").then(|| Intent::Choose { option: option.id.clone() }.into()),
    });
    rows.collect()
}

fn says(step: &Form, look: &Look) -> Element {
    let phrases = look.phrases();
    let mut says = column![look.title(look.say(phrases.question(step.form, step.asks))).wide()].spacing(look.u(24.0));
    match step.asks {
        Question::Contract | Question::TicketKind => {}
        Question::Confirm => {
            for answer in &step.answers {
                says = says.push(look.small(look.say(phrases.answered(answer.question))).wide());
                says = says.push(look.body(answered(answer)).bold().wide());
            }
            if step.form == Purpose::Unlock {
                says = says.push(Space::new().height(look.u(16.0)));
                says = says.push(look.body(look.say("form-unlock-means")).wide());
            }
        }
        Question::Text | Question::Phone => {
            if let Some(problem) = step.problem {
                says = says.push(attention(look, phrases.form_problem(problem)));
            }
            let typed = if step.asks == Question::Phone { telephone(&step.typed) } else { step.typed.clone() };
            let size = if step.asks == Question::Phone { 84.0 } else { 48.0 };
            says = says.push(card(look, look.words(format!("{typed}_"), size).wide()).width(Fill).height(Fill));
        }
    }
    says.into()
}

fn answered(answer: &Answer) -> String {
    match answer.question {
        Question::Phone => telephone(&answer.text),
        _ => answer.text.clone(),
    }
}

/// `(31) 90000-1234`, as it grows.
fn telephone(digits: &str) -> String {
    let part = |from: usize, to: usize| digits.get(from.min(digits.len())..to.min(digits.len())).unwrap_or_default();
    let split = if digits.len() > 10 { 7 } else { 6 };
    match digits.len() {
        0..=2 => digits.to_owned(),
        3..=6 => format!("({}) {}", part(0, 2), part(2, 6)),
        _ => format!("({}) {}-{}", part(0, 2), part(2, split), part(split, 11)),
    }
}
