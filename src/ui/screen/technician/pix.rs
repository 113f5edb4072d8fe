//! PIX at the panel: where it can be tried with one cent, and the code while somebody pays it.

use iced::widget::{Space, column, container, row};
use iced::{Alignment, Fill};

use super::{option_row, said};
use crate::journey::step::{NoPixTry, PixPage, PixTryPage, Technician};
use crate::ui::codes::Codes;
use crate::ui::frame::{Element, Frame, frame, paper};
use crate::ui::look::Look;
use crate::ui::phrases::money;
use crate::ui::screen::Hands;
use crate::ui::screen::choices::choices;
use crate::ui::snug::snug;

pub fn seats(page: &PixPage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page.options.iter().map(|option| option_row(option, look)).collect();
    let shown = page.clone();
    let says = said(look.say("technician-pix"), step, look, move |look| seen(&shown, look));
    frame(look, Frame { does: Some(choices(rows, look, hands)), shares: (1, 1), ..Frame::new(says) })
}

fn seen(page: &PixPage, look: &Look) -> Element {
    let mut lines = column![].spacing(look.u(10.0));
    if let Some(bank) = &page.bank {
        let bank = look.phrases().with("technician-pix-bank", &[("bank", bank.clone().into())]);
        lines = lines.push(look.body(bank).bold().wide()).push(look.body(look.say("technician-pix-how")).wide());
    }
    if let Some(why) = page.why {
        let why = match why {
            NoPixTry::NoPix => "technician-pix-none",
            NoPixTry::NobodyGivesBack => "technician-pix-nobody-gives-back",
        };
        lines = lines.push(look.body(look.say(why)).wide());
    }
    if page.under_way > 0 {
        let count = [("count", page.under_way.into())];
        lines = lines.push(look.body(look.phrases().with("technician-pix-under-way", &count)).wide());
    }
    lines.into()
}

pub fn tried(page: &PixTryPage, look: &Look, codes: &Codes) -> Element {
    let (page, codes) = (page.clone(), codes.clone());
    let says =
        snug(look, move |look| if look.portrait() { portrait(&page, look, &codes) } else { wide(&page, look, &codes) });
    frame(look, Frame::new(says))
}

fn portrait(page: &PixTryPage, look: &Look, codes: &Codes) -> Element {
    column![
        look.title(look.say("technician-try-pix")).wide(),
        row![bank(page, look), look.amount(page.amount_cents).right()].spacing(look.u(20.0)).align_y(Alignment::Center),
        container(code(page, look, codes)).center_x(Fill),
        Space::new().height(Fill),
        container(look.body(look.say(word(page))).bold().centred()).center_x(Fill),
        Space::new().height(Fill),
    ]
    .spacing(look.u(24.0))
    .into()
}

fn wide(page: &PixTryPage, look: &Look, codes: &Codes) -> Element {
    let words = column![
        look.words(look.say("technician-try-pix"), 52.0).bold().wide(),
        look.words(money(page.amount_cents), 84.0).bold().unbroken(),
        bank(page, look),
        Space::new().height(Fill),
        look.body(look.say(word(page))).bold().wide(),
        Space::new().height(Fill),
    ]
    .spacing(look.u(10.0));
    row![container(code(page, look, codes)).center_y(Fill), words].spacing(look.u(40.0)).into()
}

fn bank(page: &PixTryPage, look: &Look) -> Element {
    look.body(look.phrases().with("technician-pix-bank", &[("bank", page.bank.clone().into())])).wide().into()
}

fn word(page: &PixTryPage) -> &'static str {
    match (&page.payload, page.paid) {
        (_, true) => "technician-pix-going-back",
        (Some(_), false) => "technician-pix-pay",
        (None, false) => "technician-pix-asking",
    }
}

/// Nothing before there is a code, and nothing after it was paid.
fn code(page: &PixTryPage, look: &Look, codes: &Codes) -> Element {
    match (&page.payload, &codes.qr) {
        (Some(_), Some(picture)) => paper(picture.view()).into(),
        (Some(_), None) => look.body(look.say("pix-no-picture")).centred().into(),
        (None, _) => Space::new().into(),
    }
}
