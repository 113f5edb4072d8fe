//! The card desk of the panel, and the card terminal while it works for a technician.

use iced::Fill;
use iced::widget::{Space, center, column, container};

use super::{option_row, part, said, short, word_of_state};
use crate::journey::step::{CardsPage, Technician, TerminalPage};
use crate::ui::frame::{Element, Frame, card, frame};
use crate::ui::look::Look;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::screen::Hands;
use crate::ui::screen::card::{answers, typed};
use crate::ui::screen::choices::choices;
use crate::ui::snug::snug;

/// Transactions that are told one by one; of more only the number.
const TOLD: usize = 3;
/// What else there is to be read has no more room than this.
const LINES: usize = 8;
const LINES_LANDSCAPE: usize = 3;

pub fn desk(page: &CardsPage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page.options.iter().map(|option| option_row(option, look)).collect();
    let shown = page.clone();
    let says = said(look.say("technician-cards"), step, look, move |look| seen(&shown, look));
    frame(look, Frame { does: Some(choices(rows, look, hands)), shares: (1, 1), ..Frame::new(says) })
}

fn seen(page: &CardsPage, look: &Look) -> Element {
    let count = match &page.waiting {
        Some(waiting) => look.phrases().with("technician-cards-waiting", &[("count", waiting.len().into())]),
        None => look.say("technician-cards-untold"),
    };
    let lines = column![
        part(&look.say("technician-tef"), page.tef, word_of_state(page.tef), look),
        look.body(count).bold().wide()
    ];
    let waiting = page.waiting.iter().flatten().take(TOLD).map(|line| format!("{} · {}", line.name, line.value));
    let about = page.about.iter().map(|line| format!("{}: {}", line.name, line.value));
    let told = page.trouble.iter().cloned().chain(waiting).chain(about);
    let most = if look.portrait() { LINES } else { LINES_LANDSCAPE };
    told.take(most).fold(lines.spacing(look.u(10.0)), |lines, line| lines.push(look.small(short(&line)).wide())).into()
}

pub fn terminal(page: &TerminalPage, look: &Look, hands: &Hands) -> Element {
    let title = match &page.id {
        Some(id) => look.phrases().with("technician-terminal-reverse", &[("protocol", id.clone().into())]),
        None => look.say("technician-terminal-menu"),
    };
    let Some(prompt) = &page.prompt else {
        let page = page.clone();
        return frame(look, Frame::new(snug(look, move |look| works(&title, &page, look))));
    };
    let (does, main) = answers(prompt, look, hands);
    let says = snug(look, {
        let (prompt, hands) = (prompt.clone(), hands.clone());
        move |look| {
            let mut says = column![look.title(title.clone()).wide(), look.body(prompt.text.clone()).bold().wide()]
                .spacing(look.u(20.0));
            if let Some(typed) = typed(&prompt, look, &hands) {
                says = says.push(typed);
            }
            says.into()
        }
    });
    frame(look, Frame { does: Some(does), main, shares: (1, 1), ..Frame::new(says) })
}

fn works(title: &str, page: &TerminalPage, look: &Look) -> Element {
    let words = if page.message.is_empty() { look.say("card-wait") } else { page.message.clone() };
    let side = if look.portrait() { 420.0 } else { 200.0 };
    let picture = pictogram(Pictogram::Pinpad, look.u(side), look.colours.brand, look.colours.ground);
    column![
        look.title(title.to_owned()).wide(),
        center(picture),
        card(look, look.words(words, 56.0).bold().centred().middle()).width(Fill),
        container(look.body(look.say("technician-terminal-follow")).centred()).center_x(Fill),
        Space::new().height(Fill),
    ]
    .spacing(look.u(24.0))
    .into()
}
