//! A list to choose one from, page by page where it is long. What does not work says why.

use iced::widget::{Column, Space, column, container, row};
use iced::{Alignment, Color, Fill, Length};

use super::Hands;
use crate::domain::Money;
use crate::ui::frame::{Element, Touch, idle, plain};
use crate::ui::look::{GAP, Look};
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;
use crate::ui::tap::tap;

/// How many rows stand on one page.
const ROWS: usize = 5;
/// So many rows do not need all the height there is.
const FEW: usize = 4;

/// What a row with more to say shows of its title and of its hint; whatever is longer loses its middle, since plans and
/// tickets often differ only at their ends.
const TITLE_MOST: usize = 48;
const TITLE_BESIDE_AMOUNT: usize = 30;
const HINT_MOST: usize = 72;

/// One row: what it is, what there is to say of it, what it costs, and what a touch means where it works.
pub struct Row {
    pub picture: Option<Pictogram>,
    pub title: String,
    pub hint: Option<String>,
    pub amount: Option<Money>,
    pub means: Option<Touch>,
}

pub fn choices(rows: Vec<Row>, look: &Look, hands: &Hands) -> Element {
    let pages = rows.len().div_ceil(ROWS).max(1);
    let leaf = hands.leaf.min(pages - 1);
    let few = rows.len() <= FEW;
    let height = if few { Length::Fixed(look.u(if look.portrait() { 176.0 } else { 140.0 })) } else { Fill };
    let mut list = Column::new().spacing(look.u(GAP)).height(Fill);
    let mut room = ROWS;
    for choice in rows.into_iter().skip(leaf * ROWS).take(ROWS) {
        list = list.push(container(view(choice, look)).height(height));
        room -= 1;
    }
    if pages == 1 {
        return list.into();
    }
    // A last page that is not full keeps its rows where they were.
    for _ in 0..room {
        list = list.push(Space::new().width(Fill).height(Fill));
    }
    let shown = [("page", (leaf + 1).into()), ("pages", pages.into())];
    let turn = row![
        turn(look, Pictogram::Previous, leaf.checked_sub(1).map(Touch::Leaf)),
        look.body(look.phrases().with("nav-page", &shown)).centred().middle(),
        turn(look, Pictogram::Next, (leaf + 1 < pages).then_some(Touch::Leaf(leaf + 1))),
    ];
    column![list, turn.spacing(look.u(GAP)).height(look.u(100.0))].spacing(look.u(20.0)).into()
}

/// A key with an arrow.
pub fn turn(look: &Look, picture: Pictogram, means: Option<Touch>) -> Element {
    let paint = if means.is_some() { plain(look) } else { idle(look) };
    let arrow = if means.is_some() { paint.ink } else { look.colours.edge };
    tap(iced::widget::center(pictogram(picture, look.u(56.0), arrow, paint.face)), means, paint).padding(2.0).into()
}

fn view(choice: Row, look: &Look) -> Element {
    let works = choice.means.is_some();
    let paint = if works { plain(look) } else { idle(look) };
    if choice.picture.is_none() && choice.hint.is_none() && choice.amount.is_none() {
        let title = choice.title.clone();
        let says = snug(look, move |look| look.words(title.clone(), 52.0).bold().centred().middle().into());
        return tap(says, choice.means, paint).into();
    }
    let means = choice.means.clone();
    tap(snug(look, move |look| words(&choice, look, paint.face)), means, paint).into()
}

fn words(choice: &Row, look: &Look, face: Color) -> Element {
    let most = if choice.amount.is_some() { TITLE_BESIDE_AMOUNT } else { TITLE_MOST };
    let mut says = column![look.words(shortened(&choice.title, most), 54.0).bold().wide()].spacing(look.u(4.0));
    if let Some(hint) = &choice.hint {
        says = says.push(look.small(shortened(hint, HINT_MOST)).plain().wide());
    }
    let mut parts = row![Space::new().width(look.u(12.0))].spacing(look.u(28.0)).align_y(Alignment::Center);
    if let Some(picture) = choice.picture {
        let ink = if choice.means.is_some() { look.colours.brand } else { look.colours.edge };
        parts = parts.push(pictogram(picture, look.u(96.0), ink, face));
    }
    parts = parts.push(says);
    if let Some(amount) = choice.amount {
        parts = parts.push(look.words(crate::ui::phrases::money(amount), 54.0).bold().unbroken());
    }
    parts = parts.push(Space::new().width(look.u(8.0)));
    container(parts).height(Fill).align_y(Alignment::Center).into()
}

pub(super) fn shortened(text: &str, most: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    let Some(over) = letters.len().checked_sub(most).filter(|over| *over > 0) else { return text.to_owned() };
    let from = most * 3 / 5;
    let rest = letters.iter().skip(from + over + 1);
    letters.iter().take(from).chain(&['…']).chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_keeps_both_its_ends() {
        assert_eq!(shortened("FIBRA 300", 9), "FIBRA 300");
        assert_eq!(shortened("FIBRA RES ILIMITADO 300", 15), "FIBRA RES…O 300");
    }
}
