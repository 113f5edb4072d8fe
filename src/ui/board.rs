//! The keys for a customer's own words: letters, digits, the accents of Portuguese and Spanish, and no dictionary that
//! would remember anything.

use iced::widget::{Column, Row};
use iced::{Fill, Length};

use super::frame::{Element, Layer, Touch, button, chosen, idle, plain};
use super::look::{GAP, Look};
use super::pictogram::{Pictogram, pictogram};
use super::screen::Hands;
use super::tap::tap;
use crate::journey::Intent;

const DIGITS: &str = "1234567890";
const LETTERS: [&str; 3] = ["qwertyuiop", "asdfghjklç", "zxcvbnm"];
const ACCENTS: [&str; 3] = ["áâãàéêíóôõ", "úüñºª/-+()", "!;:\"'@_"];

/// What is written with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// In whole sentences.
    Text,
    /// Each word with a capital, without anybody's asking.
    Name,
    /// A mailbox: the signs of one, and what many end with.
    Email,
}

const MAILBOX: [&str; 3] = ["qwertyuiop", "asdfghjkl@", "-_zxcvbnm"];

/// What was typed so far decides where a name's capitals are.
#[must_use]
pub fn board(look: &Look, hands: &Hands, layout: Layout, typed: &str) -> Element {
    if layout == Layout::Email {
        return mailbox(look);
    }
    let begins = layout == Layout::Name && typed.chars().next_back().is_none_or(char::is_whitespace);
    let caps = hands.caps != begins;
    let [above, middle, below] = if hands.accents { ACCENTS } else { LETTERS };
    let shift = switch(look, if caps { "ABC" } else { "abc" }, caps, Layer::Capitals);
    let last = row(look).push(part(shift, 3)).push(keys(look, below, caps, 14)).push(part(erase(look), 3));
    let accents = switch(look, "á ã ç", hands.accents, Layer::Accents);
    let sign = |key| part(one(look, key), 2);
    let foot =
        row(look).push(part(accents, 4)).push(sign(',')).push(part(space(look), 10)).push(sign('.')).push(sign('?'));
    Column::new()
        .spacing(look.u(GAP))
        .height(Fill)
        .push(keys(look, DIGITS, false, 1))
        .push(keys(look, above, caps, 1))
        .push(keys(look, middle, caps, 1))
        .push(last)
        .push(foot)
        .into()
}

fn mailbox(look: &Look) -> Element {
    let [above, middle, below] = MAILBOX;
    let last = row(look).push(keys(look, below, false, 18)).push(part(erase(look), 3));
    let ending = |text: &'static str, parts| part(several(look, text), parts);
    let foot = row(look)
        .push(part(one(look, '.'), 2))
        .push(ending("@gmail.com", 6))
        .push(ending("@hotmail.com", 7))
        .push(ending(".com", 4))
        .push(ending(".br", 3));
    Column::new()
        .spacing(look.u(GAP))
        .height(Fill)
        .push(keys(look, DIGITS, false, 1))
        .push(keys(look, above, false, 1))
        .push(keys(look, middle, false, 1))
        .push(last)
        .push(foot)
        .into()
}

/// A key of several characters, as if typed one after another.
fn several(look: &Look, text: &'static str) -> Element {
    let means = look.may("type").then(|| Intent::Type { text: text.to_owned() }.into());
    button(look, look.words(text, 40.0).bold().unbroken(), means).padding(2.0).into()
}

fn row(look: &Look) -> Row<'static, Touch, iced::Theme, iced::Renderer> {
    Row::new().spacing(look.u(10.0)).height(Fill)
}

/// The keys of a row, as wide as so many parts of it.
fn keys(look: &Look, keys: &str, caps: bool, parts: u16) -> Element {
    let capital = |key: char| if caps { key.to_uppercase().next().unwrap_or(key) } else { key };
    let row = keys.chars().fold(row(look), |row, key| row.push(one(look, capital(key))));
    row.width(Length::FillPortion(parts)).into()
}

fn part(content: Element, parts: u16) -> Element {
    iced::widget::container(content).width(Length::FillPortion(parts)).height(Fill).into()
}

fn one(look: &Look, key: char) -> Element {
    let means = look.may("type").then(|| Intent::Type { text: key.to_string() }.into());
    button(look, look.words(key, 52.0).bold(), means).padding(2.0).into()
}

fn space(look: &Look) -> Element {
    let means = look.may("type").then(|| Intent::Type { text: " ".to_owned() }.into());
    button(look, look.words(look.say("key-space"), 40.0), means).padding(2.0).into()
}

fn erase(look: &Look) -> Element {
    let means = look.may("erase").then(|| Intent::Erase.into());
    let paint = if means.is_some() { plain(look) } else { idle(look) };
    tap(iced::widget::center(pictogram(Pictogram::Erase, look.u(60.0), paint.ink, paint.face)), means, paint)
        .padding(2.0)
        .into()
}

/// A key that changes the others; it looks chosen while it does.
fn switch(look: &Look, says: &str, on: bool, layer: Layer) -> Element {
    let paint = if on { chosen(look) } else { plain(look) };
    tap(look.words(says, 44.0).bold().centred().middle(), Some(Touch::Keys(layer)), paint).padding(2.0).into()
}
