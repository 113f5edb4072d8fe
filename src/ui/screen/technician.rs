//! The technician's panel: how the parts are, what is open and what needs a person, and what can be done about it.

mod cards;
mod house;
mod machine;
mod pix;

use iced::widget::{Space, column, row};
use iced::{Alignment, Fill};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Hands;
use super::choices::{Row, choices, turn};
use super::paid::paid_by;
use crate::journey::Intent;
use crate::journey::step::{
    AccountPage, ListPage, Page, PanelNews, PanelOption, PaperState, PartState, ResolvePage, StatePage, Technician,
    Which,
};
use crate::ui::codes::Codes;
use crate::ui::frame::{Element, Frame, Touch, button, frame};
use crate::ui::look::{GAP, Look};
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

/// Letters of one line of an account, and lines on one leaf of it.
const LETTERS: usize = 64;
const LINES: usize = 11;
const LINES_LANDSCAPE: usize = 8;

pub fn technician(step: &Technician, look: &Look, hands: &Hands, codes: &Codes) -> Element {
    match &step.page {
        Page::State(page) => state(page, step, look, hands),
        Page::List(page) => list(page, step, look, hands),
        Page::Account(page) => account(page, step, look, hands),
        Page::Resolve(page) => resolve(page, "technician-resolve-title", step, look, hands),
        Page::Reverse(page) => resolve(page, "technician-reverse-title", step, look, hands),
        Page::Cards(page) => cards::desk(page, step, look, hands),
        Page::Terminal(page) => cards::terminal(page, look, hands),
        Page::Machine(page) => machine::machine(page, step, look, hands),
        Page::Pix(page) => pix::seats(page, step, look, hands),
        Page::PixTry(page) => pix::tried(page, look, codes),
        Page::Paper(page) => house::paper(page, step, look, hands),
        Page::Greeting(page) => house::greeting(page, step, look, hands),
    }
}

fn choose(id: &str) -> Touch {
    Intent::Choose { option: id.to_owned() }.into()
}

fn plain_row(title: String, means: Option<Touch>) -> Row {
    Row { picture: None, title, hint: None, amount: None, means }
}

fn option_row(option: &PanelOption, look: &Look) -> Row {
    let word = match option.id {
        "person" => "technician-person",
        "open" => "technician-open",
        "receipts" => "technician-receipts",
        "verify" => "technician-verify",
        "test_print" => "technician-test-print",
        "clear_paper" => "technician-clear-paper",
        "stop" => "technician-stop",
        "resume" => "technician-resume",
        "resolve" => "technician-resolve",
        "cards" => "technician-cards",
        "again" => "technician-again",
        "menu" => "technician-menu",
        "reverse" => "technician-reverse",
        "try_card" => "technician-try-card",
        "paper" => "technician-paper",
        "paper_changed" => "technician-paper-changed",
        "language" => "technician-language",
        "configured" => "technician-language-configured",
        "pix" => "technician-pix",
        "try_pix" => "technician-try-pix",
        "other_bank" => "technician-pix-other-bank",
        "machine" => "technician-machine",
        "network" => "technician-network",
        "log" => "technician-log",
        "carry" => "technician-carry",
        "louder" => "technician-louder",
        "softer" => "technician-softer",
        "brighter" => "technician-brighter",
        "darker" => "technician-darker",
        "restart" => "technician-restart",
        "power_off" => "technician-power-off",
        "yes" => "technician-yes",
        "no" => "technician-no",
        _ => "technician-copy",
    };
    let says = house::named(option.id).map_or_else(|| look.say(word), str::to_owned);
    plain_row(says, (option.works && look.may("choose")).then(|| choose(option.id)))
}

/// The title, what became of the last wish, and whatever else there is to be read.
fn said(title: String, step: &Technician, look: &Look, more: impl Fn(&Look) -> Element + 'static) -> Element {
    let news = step.news.map(|news| look.say(word_of(news)));
    let words = step.said.clone();
    let good = !matches!(
        step.news,
        Some(
            PanelNews::JournalBroken
                | PanelNews::NotRecorded
                | PanelNews::Changed
                | PanelNews::NotPrinted
                | PanelNews::NotReleased
                | PanelNews::NotReversed
                | PanelNews::ReversedUnprinted
                | PanelNews::ReversalUnclear
                | PanelNews::TerminalBusy
                | PanelNews::MenuUnclear
                | PanelNews::TryKept
                | PanelNews::TryRefused
                | PanelNews::TryUnclear
                | PanelNews::NotCarried
                | PanelNews::NotHalted
                | PanelNews::HaltRefused
                | PanelNews::LevelNotSet
                | PanelNews::PixNotTried
                | PanelNews::PixTryRefused
                | PanelNews::PixTryUnclear
                | PanelNews::PixTryKept
        )
    );
    snug(look, move |look| {
        let mut says = column![look.title(title.clone()).wide()].spacing(look.u(16.0));
        if let Some(news) = &news {
            let ink = if good { look.colours.ink } else { look.colours.alarm };
            says = says.push(look.body(news.clone()).bold().colour(ink).wide());
        }
        if let Some(words) = &words {
            says = says.push(look.body(words.clone()).wide());
        }
        says.push(more(look)).into()
    })
}

fn word_of(news: PanelNews) -> &'static str {
    match news {
        PanelNews::Recorded => "technician-recorded",
        PanelNews::NotRecorded => "technician-not-recorded",
        PanelNews::Changed => "technician-changed",
        PanelNews::Verifying => "technician-verifying",
        PanelNews::JournalWhole => "technician-journal-whole",
        PanelNews::JournalBroken => "technician-journal-broken",
        PanelNews::NotVerified => "technician-not-verified",
        PanelNews::Printing => "print-running",
        PanelNews::Printed => "print-done",
        PanelNews::NotPrinted => "print-failed",
        PanelNews::NotReleased => "technician-not-released",
        PanelNews::NotRead => "technician-not-read",
        PanelNews::Reversed => "technician-reversed",
        PanelNews::ReversedUnprinted => "technician-reversed-unprinted",
        PanelNews::NotReversed => "technician-not-reversed",
        PanelNews::ReversalUnclear => "technician-reversal-unclear",
        PanelNews::TerminalBusy => "technician-terminal-busy",
        PanelNews::MenuDone => "technician-menu-done",
        PanelNews::MenuNothing => "technician-menu-nothing",
        PanelNews::MenuUnclear => "technician-menu-unclear",
        PanelNews::TryUndone => "technician-try-undone",
        PanelNews::TryKept => "technician-try-kept",
        PanelNews::TryRefused => "technician-try-refused",
        PanelNews::TryUnclear => "technician-try-unclear",
        PanelNews::Working => "technician-working",
        PanelNews::Carried => "technician-carried",
        PanelNews::NotCarried => "technician-not-carried",
        PanelNews::Halting => "technician-halting",
        PanelNews::NotHalted => "technician-not-halted",
        PanelNews::HaltRefused => "technician-halt-refused",
        PanelNews::LevelNotSet => "technician-level-not-set",
        PanelNews::PixNotTried => "technician-pix-not-tried",
        PanelNews::PixTryRefused => "technician-pix-try-refused",
        PanelNews::PixTryUnpaid => "technician-pix-try-unpaid",
        PanelNews::PixTryBack => "technician-pix-try-back",
        PanelNews::PixTryUnclear => "technician-pix-try-unclear",
        PanelNews::PixTryKept => "technician-pix-try-kept",
    }
}

fn state(page: &StatePage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page.options.iter().map(|option| option_row(option, look)).collect();
    let title = look.phrases().with("technician-title", &[("by", step.by.clone().into())]);
    let page = page.clone();
    let says = said(title, step, look, move |look| parts(&page, look));
    frame(look, Frame { does: Some(choices(rows, look, hands)), shares: (1, 1), ..Frame::new(says) })
}

fn parts(page: &StatePage, look: &Look) -> Element {
    let parts = [("technician-tef", page.tef), ("technician-erp", page.erp), ("technician-journal", page.journal)];
    let paper = part(&look.say("technician-printer"), page.printer, paper_word(page.paper), look);
    let mut lines = column![paper].spacing(look.u(10.0));
    for (word, state) in parts {
        lines = lines.push(part(&look.say(word), state, word_of_state(state), look));
    }
    let counts = [("open", page.open.into()), ("person", page.person.into())];
    lines = lines.push(look.body(look.phrases().with("technician-counts", &counts)).bold().wide());
    if !page.in_service {
        lines = lines.push(look.body(look.say("technician-out")).bold().colour(look.colours.alarm).wide());
    }
    if let Some(walked) = page.walked {
        let (when, facts) = (moment(walked.at), walked.facts.to_string());
        let told = look.phrases().with("technician-walked", &[("when", when.into()), ("facts", facts.into())]);
        lines = lines.push(look.small(told).wide());
    }
    lines.push(look.small(format!("{} · totem {}", page.totem, page.version)).wide()).into()
}

/// A sign, a name and a word: never colour alone.
fn part(name: &str, state: PartState, word: &str, look: &Look) -> Element {
    let colours = look.colours;
    let (picture, ink) = match state {
        PartState::Works => (Pictogram::Done, colours.good),
        PartState::Fails => (Pictogram::Alert, colours.alarm),
        PartState::Unknown => (Pictogram::Clock, colours.soft),
    };
    row![pictogram(picture, look.u(52.0), ink, colours.ground), look.body(format!("{name}: {}", look.say(word))).wide()]
        .spacing(look.u(16.0))
        .align_y(Alignment::Center)
        .into()
}

fn word_of_state(state: PartState) -> &'static str {
    match state {
        PartState::Works => "technician-works",
        PartState::Fails => "technician-fails",
        PartState::Unknown => "technician-unknown",
    }
}

fn paper_word(paper: PaperState) -> &'static str {
    match paper {
        PaperState::Ready => "technician-paper-ready",
        PaperState::Low => "technician-paper-low",
        PaperState::Out => "technician-paper-out",
        PaperState::CoverOpen => "technician-paper-cover-open",
        PaperState::Cutter => "technician-paper-cutter",
        PaperState::Overheated => "technician-paper-overheated",
        PaperState::Fault => "technician-paper-fault",
        PaperState::Offline => "technician-paper-offline",
        PaperState::Held => "technician-paper-held",
        PaperState::Awaited => "technician-paper-awaited",
        PaperState::NoFence => "technician-paper-no-fence",
        PaperState::Mute => "technician-paper-mute",
        PaperState::Garbled => "technician-paper-garbled",
        PaperState::Absent => "technician-paper-absent",
        PaperState::InUse => "technician-paper-in-use",
        PaperState::Denied => "technician-paper-denied",
        PaperState::Unknown => "technician-paper-unknown",
    }
}

fn moment(at: Timestamp) -> String {
    at.to_zoned(TimeZone::get("America/Sao_Paulo").unwrap_or(TimeZone::UTC)).strftime("%d/%m %H:%M").to_string()
}

fn list(page: &ListPage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page.options.iter().map(|past| Row {
        picture: None,
        title: format!("{} · {}", called(&past.id, look), past.at.strftime("%d/%m %H:%M")),
        hint: Some(short(&match past.method {
            "document" | "pix_try" => past.stands.clone(),
            method => format!("{} · {}", look.say(paid_by(method)), past.stands),
        })),
        amount: past.amount_cents,
        means: look.may("choose").then(|| choose(&past.id)),
    });
    let rows: Vec<Row> = rows.collect();
    let title = look.say(match page.list {
        Which::Open => "technician-open",
        Which::Person => "technician-person",
        Which::Receipts => "technician-receipts",
    });
    let hint = look.say(if rows.is_empty() { "technician-nothing" } else { "technician-choose" });
    let says = said(title, step, look, move |look| look.body(hint.clone()).wide().into());
    let does = Some(choices(rows, look, hands));
    frame(look, Frame { does, ..Frame::new(says) })
}

fn account(page: &AccountPage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let lines = page.lines.iter().map(|line| format!("{}: {}", line.name, line.value));
    let to_do = page.to_do.iter().map(|act| format!("→ {act}"));
    let lines: Vec<String> = to_do.chain(lines).flat_map(|line| folded(&line)).collect();
    let most = if look.portrait() { LINES } else { LINES_LANDSCAPE };
    let leaves = lines.len().div_ceil(most).max(1);
    let leaf = hands.leaf.min(leaves - 1);
    let shown: Vec<String> = lines.into_iter().skip(leaf * most).take(most).collect();

    let title = match page.id.split_once(':') {
        Some(_) => called(&page.id, look),
        None => look.phrases().with("nav-protocol", &[("protocol", page.id.clone().into())]),
    };
    let says = said(title, step, look, move |look| {
        shown
            .iter()
            .fold(column![].spacing(look.u(6.0)), |lines, line| lines.push(look.small(line.clone()).wide()))
            .into()
    });
    let height = look.u(if look.portrait() { 150.0 } else { 116.0 });
    let mut does = column![].spacing(look.u(GAP)).height(Fill);
    for option in &page.options {
        let Row { title, means, .. } = option_row(option, look);
        does = does.push(button(look, look.words(title, 52.0).bold(), means).height(height));
    }
    does = does.push(Space::new().height(Fill));
    if leaves > 1 {
        let shown = [("page", (leaf + 1).into()), ("pages", leaves.into())];
        let turns = row![
            turn(look, Pictogram::Previous, leaf.checked_sub(1).map(Touch::Leaf)),
            look.body(look.phrases().with("nav-page", &shown)).centred().middle(),
            turn(look, Pictogram::Next, (leaf + 1 < leaves).then_some(Touch::Leaf(leaf + 1))),
        ];
        does = does.push(turns.spacing(look.u(GAP)).height(look.u(100.0)));
    }
    frame(look, Frame { does: Some(does.into()), shares: (3, 2), ..Frame::new(says) })
}

fn resolve(page: &ResolvePage, title: &str, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page
        .options
        .iter()
        .map(|note| plain_row(note.text.to_owned(), look.may("choose").then(|| choose(note.id))))
        .collect();
    let title = look.phrases().with(title, &[("protocol", called(&page.id, look).into())]);
    let by = look.phrases().with("technician-resolve-by", &[("by", step.by.clone().into())]);
    let says = said(title, step, look, move |look| look.body(by.clone()).wide().into());
    frame(look, Frame { does: Some(choices(rows, look, hands)), ..Frame::new(says) })
}

/// A payment's protocol, or the bill whose PDF or the try of PIX that waits for a person.
fn called(id: &str, look: &Look) -> String {
    match id.split_once(':') {
        Some(("bill", bill)) => look.phrases().with("technician-bill", &[("bill", bill.into())]),
        Some(_) => look.say("technician-try-pix"),
        None => id.to_owned(),
    }
}

/// As much as a row has room for; the rest stands on the payment's own page.
fn short(line: &str) -> String {
    let mut parts = folded(line).into_iter();
    let first = parts.next().unwrap_or_default();
    if parts.next().is_some() { format!("{first}…") } else { first }
}

/// A long line in parts, broken between words where there are any.
fn folded(line: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for word in line.split_whitespace() {
        for piece in word.chars().collect::<Vec<_>>().chunks(LETTERS) {
            let piece: String = piece.iter().collect();
            let last = parts.last().map_or(0, |part| part.chars().count());
            match parts.last_mut() {
                Some(part) if last == 0 => part.push_str(&piece),
                Some(part) if last + 1 + piece.chars().count() <= LETTERS => {
                    part.push(' ');
                    part.push_str(&piece);
                }
                _ => parts.push(piece),
            }
        }
    }
    parts
}
