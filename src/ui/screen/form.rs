//! One question, and the keys to answer it with; at the end, everything once more.

use iced::Fill;
use iced::widget::{Space, column};

use super::Hands;
use super::choices::{Row, choices};
use crate::journey::Intent;
use crate::journey::step::{Detail, Form, Question};
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
        asks if asks.is_choice() => Some(choices(options(step, look), look, hands)),
        Question::Confirm => None,
        asks if is_written(asks) => Some(board(look, hands)),
        _ => Some(digits(look, Keys::of_step(look))),
    };
    let word = match step.asks {
        Question::Confirm => look.phrases().does(step.form),
        _ => look.say("nav-continue"),
    };
    let main =
        (!step.asks.is_choice()).then(|| Main { says: word, means: look.may("submit").then(|| Intent::Submit.into()) });
    let shown = [("page", step.question.into()), ("pages", step.questions.into())];
    let place = look.small(look.phrases().with("nav-page", &shown)).centred().middle();
    // a long list has page numbers of its own
    let middle = (!step.asks.is_choice()).then(|| place.into());
    let shares = if is_written(step.asks) { (4, 7) } else { (1, 1) };
    frame(look, Frame { does, main, middle, shares, ..Frame::new(says) })
}

fn options(step: &Form, look: &Look) -> Vec<Row> {
    let rows = step.options.iter().map(|option| Row {
        picture: None,
        title: look.phrases().option_title(step.asks, option),
        hint: look.phrases().option_hint(step.asks, option),
        amount: None,
        means: (look.may("choose") && option.detail.as_ref().is_none_or(Detail::is_open))
            .then(|| Intent::Choose { option: option.id.clone() }.into()),
    });
    rows.collect()
}

fn says(step: &Form, look: &Look) -> Element {
    let phrases = look.phrases();
    let mut says = column![look.title(look.say(phrases.question(step.form, step.asks))).wide()].spacing(look.u(24.0));
    match step.asks {
        asks if asks.is_choice() => {}
        Question::Confirm => {
            for answer in &step.answers {
                says = says.push(look.small(look.say(phrases.answered(answer.question))).wide());
                for (place, line) in phrases.answer_lines(answer).into_iter().enumerate() {
                    let line = look.body(line).wide();
                    says = says.push(if place == 0 { line.bold() } else { line });
                }
            }
            if let Some(means) = phrases.means(step.form) {
                says = says.push(Space::new().height(look.u(16.0)));
                says = says.push(look.body(means).wide());
            }
        }
        asks => {
            if let Some(problem) = step.problem {
                says = says.push(attention(look, phrases.form_problem(problem)));
            }
            let typed = match asks {
                Question::Phone | Question::PhoneAgain => telephone(&step.typed),
                Question::PauseFrom => day(&step.typed),
                _ => step.typed.clone(),
            };
            let size = if is_written(asks) { 48.0 } else { 84.0 };
            says = says.push(card(look, look.words(format!("{typed}_"), size).wide()).width(Fill).height(Fill));
        }
    }
    says.into()
}

/// With letters; everything else is typed in digits.
fn is_written(asks: Question) -> bool {
    matches!(asks, Question::Text | Question::NewEmail | Question::NewEmailAgain | Question::Password)
}

/// `07/12/2026`, as it grows.
fn day(digits: &str) -> String {
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        shown.extend(matches!(place, 2 | 4).then_some('/'));
        shown.push(digit);
    }
    shown
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
