//! Keys: digits as on a telephone, or letters with digits for a CNPJ that has both.

use iced::widget::{Column, Row, Space};
use iced::{Fill, Length};

use super::frame::{Element, Touch, button, idle, plain};
use super::look::{GAP, Look};
use super::pictogram::{Pictogram, pictogram};
use super::tap::tap;
use crate::journey::Intent;

const DIGITS: [&str; 3] = ["123", "456", "789"];
const LETTERS: [&str; 4] = ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"];

/// What the keys send: intents, or characters of an answer that is not yet sent.
pub struct Keys {
    pub typed: fn(char) -> Touch,
    pub erase: Option<Touch>,
    /// What stands left of the zero.
    pub corner: Option<Element>,
}

impl Keys {
    /// Keys whose characters go to the step.
    #[must_use]
    pub fn of_step(look: &Look) -> Keys {
        Keys {
            typed: |key| Intent::Type { text: key.to_string() }.into(),
            erase: look.may("erase").then(|| Intent::Erase.into()),
            corner: None,
        }
    }
}

#[must_use]
pub fn digits(look: &Look, keys: Keys) -> Element {
    let gap = look.u(GAP);
    let mut rows = Column::new().spacing(gap).height(Fill);
    for digits in DIGITS {
        rows = rows.push(
            digits
                .chars()
                .fold(Row::new().spacing(gap).height(Fill), |row, digit| row.push(key(look, digit, keys.typed, 72.0))),
        );
    }
    let corner = keys.corner.unwrap_or_else(|| Space::new().width(Fill).height(Fill).into());
    rows.push(
        Row::new()
            .spacing(gap)
            .height(Fill)
            .push(corner)
            .push(key(look, '0', keys.typed, 72.0))
            .push(erase(look, keys.erase)),
    )
    .into()
}

#[must_use]
pub fn letters(look: &Look, keys: Keys) -> Element {
    let gap = look.u(10.0);
    let mut rows = Column::new().spacing(look.u(GAP)).height(Fill);
    let mut corner = keys.corner;
    let mut erase = Some(erase(look, keys.erase));
    for letters in LETTERS {
        let mut row = Row::new().spacing(gap).height(Fill);
        for letter in letters.chars() {
            row = row.push(key(look, letter, keys.typed, 48.0));
        }
        let shorter = letters.len();
        if shorter == 9 {
            row = row.push(Space::new().width(Fill));
        } else if shorter < 9 {
            row = row.push(wide(erase.take(), 1)).push(wide(corner.take(), 2));
        }
        rows = rows.push(row);
    }
    rows.into()
}

fn wide(part: Option<Element>, keys: u16) -> Element {
    let part = part.unwrap_or_else(|| Space::new().width(Fill).into());
    iced::widget::container(part).width(Length::FillPortion(keys)).height(Fill).into()
}

fn key(look: &Look, key: char, typed: fn(char) -> Touch, units: f32) -> Element {
    button(look, look.words(key, units).bold(), look.may_type().then(|| typed(key))).padding(2.0).into()
}

fn erase(look: &Look, means: Option<Touch>) -> Element {
    let paint = if means.is_some() { plain(look) } else { idle(look) };
    let picture = pictogram(Pictogram::Erase, look.u(68.0), paint.ink, paint.face);
    tap(iced::widget::center(picture), means, paint).padding(2.0).into()
}
