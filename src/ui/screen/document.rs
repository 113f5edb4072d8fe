//! A document of the provider's, a page at a time. Whoever cannot read it so small has it part by part, twice as large.

use iced::widget::{Column, column, container, image, row};
use iced::{Alignment, ContentFit, Fill};

use super::boleto::printed;
use super::letter;
use crate::journey::Intent;
use crate::journey::intent::PageTurn;
use crate::journey::step::{DocumentScreen, DocumentTitle, PrintNews};
use crate::ui::codes::Codes;
use crate::ui::frame::{Element, Frame, Main, Touch, button, frame, paper};
use crate::ui::look::{GAP, Look};

/// The height of a key, in units.
const KEY: f32 = 116.0;

pub fn document(step: &DocumentScreen, look: &Look, codes: &Codes) -> Element {
    let main = if step.to_accept {
        let may = look.may("submit");
        Some(Main {
            says: look.say(if may { "document-accept" } else { "document-read-on" }),
            means: may.then(|| Intent::Submit.into()),
        })
    } else {
        prints(step, look).then(|| Main { says: print_says(step, look), means: print_means(step, look) })
    };
    let sheet = codes.page.clone().map(|page| {
        let picture = image(page).content_fit(ContentFit::Contain).width(Fill).height(Fill);
        container(paper(picture).width(Fill).height(Fill)).width(Fill).height(Fill)
    });
    let beside =
        step.letter.as_ref().map(|mailing| letter::send(mailing, look.may("send").then(|| Intent::Send.into()), look));
    if look.portrait() {
        let says = column![title(step, look)].push(sheet).push(keys(step, look)).spacing(look.u(16.0));
        frame(look, Frame { main, beside, ..Frame::new(says.into()) })
    } else {
        let does = column![title(step, look), container(keys_below(step, look)).height(Fill).align_y(Alignment::End)];
        let says = column![].push(sheet).width(Fill).height(Fill);
        frame(look, Frame { main, beside, does: Some(does.into()), shares: (3, 2), ..Frame::new(says.into()) })
    }
}

fn prints(step: &DocumentScreen, look: &Look) -> bool {
    look.may("print") || step.printed.is_some()
}

fn print_says(step: &DocumentScreen, look: &Look) -> String {
    look.say(printed(step.printed).unwrap_or("document-print"))
}

fn print_means(step: &DocumentScreen, look: &Look) -> Option<Touch> {
    (look.may("print") && step.printed != Some(PrintNews::Printing)).then(|| Intent::Print.into())
}

fn title(step: &DocumentScreen, look: &Look) -> Element {
    let title = look.say(match step.title {
        DocumentTitle::Bill => "document-bill",
        DocumentTitle::FiscalNote => "document-fiscal-note",
        DocumentTitle::AnnualSettlement => "document-annual-settlement",
        DocumentTitle::Contract => "document-contract",
    });
    let page = [("page", step.page.into()), ("pages", step.pages.into())];
    let place = match step.part.zip(step.parts) {
        Some((part, parts)) => {
            let [page, pages] = page;
            look.phrases().with("document-part", &[page, pages, ("part", part.into()), ("parts", parts.into())])
        }
        None => look.phrases().with("document-page", &page),
    };
    let news = if step.failed { look.say("document-failed") } else { place };
    column![look.words(title, 52.0).bold().wide(), look.small(news).wide()].spacing(look.u(4.0)).into()
}

/// The keys that turn pages stand there only where there is something to turn.
fn turns(step: &DocumentScreen) -> bool {
    step.pages > 1 || step.part.is_some()
}

fn turn(look: &Look, says: &str, to: PageTurn) -> Element {
    let means = look.may("page").then(|| Intent::Page { to }.into());
    button(look, look.words(look.say(says), 44.0).bold(), means).width(Fill).height(look.u(KEY)).into()
}

fn zoom(step: &DocumentScreen, look: &Look) -> Element {
    let says = if step.part.is_some() { "document-whole" } else { "document-zoom" };
    let means = look.may("zoom").then(|| Intent::Zoom.into());
    button(look, look.words(look.say(says), 44.0).bold(), means).width(Fill).height(look.u(KEY)).into()
}

/// Where the large key accepts, printing has a key of its own.
fn print_key(step: &DocumentScreen, look: &Look) -> Option<Element> {
    let says = look.words(print_says(step, look), 44.0).bold();
    let key = button(look, says, print_means(step, look)).width(Fill).height(look.u(KEY));
    (step.to_accept && prints(step, look)).then(|| key.into())
}

fn keys(step: &DocumentScreen, look: &Look) -> Element {
    let keys = if turns(step) {
        let previous = turn(look, "document-previous", PageTurn::Previous);
        let next = turn(look, "document-next", PageTurn::Next);
        row![previous, zoom(step, look), next].spacing(look.u(GAP)).into()
    } else {
        zoom(step, look)
    };
    column![keys].push(print_key(step, look)).spacing(look.u(GAP)).into()
}

fn keys_below(step: &DocumentScreen, look: &Look) -> Element {
    let mut keys = Column::new().spacing(look.u(GAP)).push(print_key(step, look)).push(zoom(step, look));
    if turns(step) {
        let previous = turn(look, "document-previous", PageTurn::Previous);
        let next = turn(look, "document-next", PageTurn::Next);
        keys = keys.push(row![previous, next].spacing(look.u(GAP)));
    }
    keys.into()
}
