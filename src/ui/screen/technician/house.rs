//! Paper and greeting at the panel.

use iced::widget::column;
use jiff::civil::DateTime;

use super::{option_row, paper_word, part, said};
use crate::journey::intent::Language;
use crate::journey::step::{GreetingPage, PaperPage, Technician};
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::screen::Hands;
use crate::ui::screen::choices::choices;

pub fn paper(page: &PaperPage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page.options.iter().map(|option| option_row(option, look)).collect();
    let shown = page.clone();
    let says = said(look.say("technician-paper"), step, look, move |look| roll(&shown, look));
    frame(look, Frame { does: Some(choices(rows, look, hands)), shares: (1, 1), ..Frame::new(says) })
}

fn roll(page: &PaperPage, look: &Look) -> Element {
    let state = part(&look.say("technician-printer"), page.printer, paper_word(page.paper), look);
    let changed = match (&page.changed_at, &page.changed_by) {
        (Some(at), Some(by)) => {
            let told = [("when", moment(at).into()), ("by", by.clone().into())];
            look.phrases().with("technician-paper-since", &told)
        }
        _ => look.say("technician-paper-never"),
    };
    let papers = look.phrases().with("technician-paper-count", &[("count", page.papers.into())]);
    column![state, look.body(changed).wide(), look.body(papers).bold().wide()].spacing(look.u(10.0)).into()
}

pub fn greeting(page: &GreetingPage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page.options.iter().map(|option| option_row(option, look)).collect();
    let shown = page.clone();
    let says = said(look.say("technician-language"), step, look, move |look| greets(&shown, look));
    frame(look, Frame { does: Some(choices(rows, look, hands)), shares: (1, 1), ..Frame::new(says) })
}

fn greets(page: &GreetingPage, look: &Look) -> Element {
    let named = |id: &str, language| look.phrases().with(id, &[("language", name(language).into())]);
    let origin = match (&page.chosen_at, &page.chosen_by) {
        (Some(at), Some(by)) => {
            let told = [("when", moment(at).into()), ("by", by.clone().into())];
            look.phrases().with("technician-language-chosen", &told)
        }
        _ => look.say("technician-language-by-configuration"),
    };
    column![
        look.body(named("technician-language-now", page.language)).bold().wide(),
        look.body(origin).wide(),
        look.body(named("technician-language-configured-as", page.configured)).wide(),
    ]
    .spacing(look.u(10.0))
    .into()
}

/// As whoever speaks it says it.
fn name(language: Language) -> &'static str {
    match language {
        Language::PtBr => "Português",
        Language::En => "English",
        Language::Es => "Español",
    }
}

/// The name of the option with this code.
pub fn named(code: &str) -> Option<&'static str> {
    Language::parse(code).map(name)
}

fn moment(at: &DateTime) -> String {
    at.strftime("%d/%m/%Y %H:%M").to_string()
}
