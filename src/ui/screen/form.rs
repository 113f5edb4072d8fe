//! One question, and the keys to answer it with; at the end, everything once more.

use iced::Fill;
use iced::widget::{Space, column, row};

use super::Hands;
use super::choices::{Row, choices};
use super::verify::another_code;
use crate::journey::Intent;
use crate::journey::step::{Answer, Detail, Form, FormOption, Question};
use crate::ui::board::{Layout, board};
use crate::ui::frame::{Element, Frame, Layer, Main, Touch, attention, button, card, frame};
use crate::ui::keypad::{Keys, digits, letters};
use crate::ui::look::Look;
use crate::ui::snug::snug;

/// More than so many lines to one answer are smaller ones.
const FEW_LINES: usize = 6;

pub fn form(step: &Form, look: &Look, hands: &Hands) -> Element {
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    let does = match answered_with(step.asks) {
        With::List => Some(choices(options(step, look), look, hands)),
        With::Board(layout) => Some(board(look, hands, layout, &step.typed)),
        With::Digits => Some(digits(look, Keys::of_step(look))),
        With::DigitsOrLetters => Some(tax_id_keys(look, hands)),
        With::Nothing => None,
    };
    let word = match step.asks {
        Question::Confirm => look.phrases().does(step.form),
        Question::Consent => look.say("form-do-consent"),
        _ => look.say("nav-continue"),
    };
    let main =
        (!step.asks.is_choice()).then(|| Main { says: word, means: look.may("submit").then(|| Intent::Submit.into()) });
    let shown = [("page", step.question.into()), ("pages", step.questions.into())];
    let place = look.small(look.phrases().with("nav-page", &shown)).centred().middle();
    // a long list has page numbers of its own
    let middle = (!step.asks.is_choice() && step.questions > 1).then(|| place.into());
    let middle = if step.asks == Question::Code { another_code(look).or(middle) } else { middle };
    let has_board = matches!(answered_with(step.asks), With::Board(_)) || step.asks == Question::TaxId && hands.letters;
    let shares = if has_board { (4, 7) } else { (1, 1) };
    frame(look, Frame { does, main, middle, shares, ..Frame::new(says) })
}

fn options(step: &Form, look: &Look) -> Vec<Row> {
    let rows = step.options.iter().map(|option| Row {
        picture: None,
        title: title(step, option, look),
        hint: hint(step, option, look),
        amount: option.amount_cents,
        means: (look.may("choose") && option.detail.as_ref().is_none_or(Detail::is_open))
            .then(|| Intent::Choose { option: option.id.clone() }.into()),
    });
    rows.collect()
}

fn says(step: &Form, look: &Look) -> Element {
    let phrases = look.phrases();
    let mut says = column![look.title(look.say(phrases.question(step.form, step.asks))).wide()].spacing(look.u(24.0));
    match step.asks {
        asks if asks.is_choice() => {
            if let Some(problem) = step.problem {
                says = says.push(attention(look, phrases.form_problem(problem)));
            }
        }
        Question::Consent => says = says.push(look.body(look.say("form-consent-text")).wide()),
        Question::Confirm => {
            // a landscape has width to spare and no height
            let columns = if look.portrait() || step.answers.len() < 4 { 1 } else { 2 };
            let each = step.answers.len().div_ceil(columns).max(1);
            let parts = step.answers.chunks(each).map(|part| answers(part, look));
            says = says.push(row(parts).spacing(look.u(40.0)));
            if let Some(means) = phrases.means(step.form) {
                says = says.push(Space::new().height(look.u(16.0)));
                says = says.push(look.body(means).wide());
            }
        }
        _ => {
            if let Some(problem) = step.problem {
                says = says.push(attention(look, phrases.form_problem(problem)));
            }
            if step.asks == Question::Code {
                says = says.push(answers(&step.answers, look));
            }
            if matches!(step.asks, Question::Complement | Question::Email) {
                says = says.push(look.small(look.say("form-optional")).wide());
            }
            let typed = formatted(step.asks, &step.typed);
            let large = !matches!(answered_with(step.asks), With::Board(_));
            let size = if large { 84.0 } else { 48.0 };
            says = says.push(card(look, look.words(format!("{typed}_"), size).wide()).width(Fill).height(Fill));
        }
    }
    says.into()
}

fn answers(part: &[Answer], look: &Look) -> Element {
    let mut says = column![].spacing(look.u(24.0));
    for answer in part {
        says = says.push(look.small(look.say(look.phrases().answered(answer.question))).wide());
        let lines = look.phrases().answer_lines(answer);
        let many = lines.len() > FEW_LINES;
        let beside = if many && !look.portrait() { 2 } else { 1 };
        let Some((first, rest)) = lines.split_first() else { continue };
        says = says.push(look.body(formatted(answer.question, first)).bold().wide());
        for line in rest.chunks(beside).map(|chunk| chunk.join(" · ")) {
            says = says.push(if many { look.small(line).wide() } else { look.body(line).wide() });
        }
    }
    says.width(Fill).into()
}

/// Digits as people write them; what is written so already stays.
pub(super) fn formatted(question: Question, text: &str) -> String {
    if !text.bytes().all(|letter| letter.is_ascii_digit()) {
        return text.to_owned();
    }
    match question {
        Question::Phone | Question::PhoneAgain => telephone(text),
        Question::Cep => cep(text),
        Question::Birth | Question::PauseFrom => day(text),
        _ => text.to_owned(),
    }
}

/// How a question is answered.
enum With {
    List,
    Board(Layout),
    Digits,
    DigitsOrLetters,
    /// It is said yes to, or left.
    Nothing,
}

fn answered_with(asks: Question) -> With {
    match asks {
        asks if asks.is_choice() => With::List,
        Question::Phone | Question::PhoneAgain | Question::Cep | Question::Birth => With::Digits,
        Question::TechnicianMark | Question::SolutionMark | Question::PauseFrom | Question::PauseDays => With::Digits,
        Question::Code => With::Digits,
        Question::TaxId => With::DigitsOrLetters,
        Question::Name | Question::City | Question::State => With::Board(Layout::Name),
        Question::Email | Question::NewEmail | Question::NewEmailAgain => With::Board(Layout::Email),
        Question::Consent | Question::Confirm => With::Nothing,
        _ => With::Board(Layout::Text),
    }
}

fn tax_id_keys(look: &Look, hands: &Hands) -> Element {
    let other = if hands.letters { "key-digits" } else { "key-letters" };
    let switch = button(look, look.words(look.say(other), 52.0).bold(), Some(Touch::Keys(Layer::Letters))).padding(2.0);
    let keys = Keys { corner: Some(switch.into()), ..Keys::of_step(look) };
    if hands.letters { letters(look, keys) } else { digits(look, keys) }
}

fn title(step: &Form, option: &FormOption, look: &Look) -> String {
    if option.text.is_empty() && step.asks == Question::Address {
        return look.say("form-address-other");
    }
    look.phrases().option_title(step.asks, option)
}

/// What it includes, and that it is chosen.
fn hint(step: &Form, option: &FormOption, look: &Look) -> Option<String> {
    if step.form.is_change() {
        return look.phrases().option_hint(step.asks, option);
    }
    let chosen = option.chosen.then(|| look.say("invoices-chosen"));
    let about = Some(option.about.clone()).filter(|about| !about.is_empty());
    let said: Vec<String> = about.into_iter().chain(chosen).collect();
    (!said.is_empty()).then(|| said.join(" · "))
}

/// `30140-071`, as it grows.
fn cep(digits: &str) -> String {
    match digits.split_at_checked(5) {
        Some((before, after)) if !after.is_empty() => format!("{before}-{after}"),
        _ => digits.to_owned(),
    }
}

/// `18/10/1990`, as it grows.
fn day(digits: &str) -> String {
    let parts = [digits.get(..2.min(digits.len())), digits.get(2..4.min(digits.len())), digits.get(4..)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
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
