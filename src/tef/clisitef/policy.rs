//! What an unattended totem does about each thing that the library may want: one table, so that no question ever waits
//! for somebody who is not there. What is known is answered, what only the customer can choose is asked with a time
//! limit, everything else ends the sale.

use super::fields;
use super::line::Turn;
use super::menu::{self, Entry};
use crate::domain::{CardKind, CardSale, PromptOption};
use crate::tef::{InstalmentsBy, SaleOrder};

/// What is done at one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A value, or an event.
    Keep,
    /// Words for the customer, and those that take them away.
    Say,
    Unsay,
    /// What stands above a question.
    Head,
    Unhead,
    /// Words that wait for a key: they stay a while.
    Pause,
    /// "Shall we go on?"
    Poll,
    ShowCode,
    HideCode,
    Answer(String),
    AskYesNo,
    AskMenu(Vec<PromptOption>),
    AskNumber,
    Refuse(Refused),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// Typed cards, supervisors, cheques, bar codes: never on a totem.
    NotHere,
    /// A command that nobody has told us of.
    Unknown,
    /// A menu without anything for a customer.
    NothingToChoose,
}

/// Commands that want an answer.
const COLLECTS: [i32; 9] = [20, 21, 29, 30, 31, 34, 35, 41, 42];

pub(super) fn collects(command: i32) -> bool {
    COLLECTS.contains(&command)
}

/// The table.
///
/// | command | field | here |
/// |---|---|---|
/// | 0 | any | kept where it is on the list |
/// | 1 2 3 · 11 12 13 | any | words shown · taken away |
/// | 4 15 · 14 16 | any | heading kept · dropped |
/// | 20 21 29 30 31 34 35 41 42 | typed card, code, supervisor, document, … | the sale ends |
/// | 20 | 5013 "cancel?" after the customer gave up | yes |
/// | 20 | other | two keys |
/// | 21 42 | any | what was chosen already, else a list |
/// | 22 | any | words shown a while |
/// | 23 | any | at once: go on, or give up |
/// | 29 | other | empty |
/// | 30 | 505 instalments | as chosen; unknown: keypad |
/// | 34 | 130 change, 504 | 0,00 |
/// | 30 31 34 35 41 | other | the sale ends |
/// | 50 51 52 | any | code shown · taken away · words shown |
/// | other | any | words shown, then the sale ends |
pub(super) fn verdict(turn: &Turn, order: &SaleOrder, by: InstalmentsBy, gives_up: bool) -> Verdict {
    shown(turn).unwrap_or_else(|| match (turn.command, turn.field) {
        (command, field) if collects(command) && fields::is_nobodys_here(field) => Verdict::Refuse(Refused::NotHere),
        (20, fields::CONFIRM_CANCEL) if gives_up => Verdict::Answer(YES.to_owned()),
        (20, _) => Verdict::AskYesNo,
        (21, _) => choose(menu::plain(turn.text()), order, by),
        (42, _) => choose(menu::identified(turn.text()), order, by),
        (29, _) => Verdict::Answer(String::new()),
        (30, fields::INSTALMENTS) if order.instalments > 1 => Verdict::Answer(order.instalments.to_string()),
        (30, fields::INSTALMENTS) => Verdict::AskNumber,
        (34, fields::CHANGE | fields::MONEY_WANTED) => Verdict::Answer("0,00".to_owned()),
        (command, _) if collects(command) => Verdict::Refuse(Refused::NotHere),
        _ => Verdict::Refuse(Refused::Unknown),
    })
}

/// What wants no answer is the same for everybody.
fn shown(turn: &Turn) -> Option<Verdict> {
    Some(match turn.command {
        0 => Verdict::Keep,
        1..=3 | 52 => Verdict::Say,
        4 | 15 => Verdict::Head,
        11..=13 => Verdict::Unsay,
        14 | 16 => Verdict::Unhead,
        22 => Verdict::Pause,
        23 => Verdict::Poll,
        50 => Verdict::ShowCode,
        51 => Verdict::HideCode,
        _ => return None,
    })
}

/// Who stands at the pinpad.
pub(super) enum Whom {
    Customer,
    /// With the sale that is to be given back, where it is one.
    Technician(Option<Box<CardSale>>),
}

/// The table for a technician, who may be asked what no customer is.
///
/// | command | field | here |
/// |---|---|---|
/// | 20 21 29 30 31 34 35 41 42 | typed card, its expiry or code, tracks | it ends: a card is never typed |
/// | 20 | 5013 "cancel?" after giving up | yes |
/// | 20 | other | two keys |
/// | 21 42 | any | a list |
/// | 29 | any | empty |
/// | 30 | 515 date, 516 number of the sale that is given back | known |
/// | 34 | 146 amount of that sale | known |
/// | 30 41 | other: supervisor, … | keypad |
/// | 31 34 35 | other | it ends |
pub(super) fn at_the_desk(turn: &Turn, sale: Option<&CardSale>, gives_up: bool) -> Verdict {
    let list = |entries: Vec<Entry>| match entries.len() {
        0 => Verdict::Refuse(Refused::NothingToChoose),
        _ => Verdict::AskMenu(
            entries.into_iter().map(|entry| PromptOption { id: entry.index, text: entry.text }).collect(),
        ),
    };
    shown(turn).unwrap_or_else(|| match (turn.command, turn.field, sale) {
        (command, field, _) if collects(command) && fields::is_of_a_card(field) => Verdict::Refuse(Refused::NotHere),
        (20, fields::CONFIRM_CANCEL, _) if gives_up => Verdict::Answer(YES.to_owned()),
        (20, _, _) => Verdict::AskYesNo,
        (21, _, _) => list(menu::plain(turn.text())),
        (42, _, _) => list(menu::identified(turn.text())),
        (29, _, _) => Verdict::Answer(String::new()),
        (30, fields::DATE_OF_SALE, Some(CardSale { at: Some(at), .. })) => {
            Verdict::Answer(at.strftime("%d%m%Y").to_string())
        }
        (30, fields::NUMBER_OF_SALE, Some(sale)) => Verdict::Answer(sale.nsu.clone()),
        (30 | 34, fields::AMOUNT_OF_SALE, Some(sale)) => Verdict::Answer(super::words::amount(sale.amount)),
        (30 | 41, _, _) => Verdict::AskNumber,
        (command, _, _) if collects(command) => Verdict::Refuse(Refused::NotHere),
        _ => Verdict::Refuse(Refused::Unknown),
    })
}

/// The library's words for an answer to a question of yes and no.
pub(super) const YES: &str = "0";
pub(super) const NO: &str = "1";

/// More than the customer can be asked to read.
const LONGEST_MENU: usize = 20;

/// The one entry that says what was chosen on the totem; else what a customer may choose.
fn choose(entries: Vec<Entry>, order: &SaleOrder, by: InstalmentsBy) -> Verdict {
    let possible: Vec<Entry> = entries.into_iter().filter(|entry| !is_nobodys(entry)).collect();
    let mut known = possible.iter().filter(|entry| says(entry, order, by));
    if let (Some(entry), None) = (known.next(), known.next()) {
        return Verdict::Answer(entry.index.clone());
    }
    match possible.as_slice() {
        [] => Verdict::Refuse(Refused::NothingToChoose),
        [only] => Verdict::Answer(only.index.clone()),
        many if many.len() > LONGEST_MENU => Verdict::Refuse(Refused::NothingToChoose),
        many => Verdict::AskMenu(
            many.iter().map(|entry| PromptOption { id: entry.index.clone(), text: entry.text.clone() }).collect(),
        ),
    }
}

/// What would lead to a typed card, a cheque or a clerk.
fn is_nobodys(entry: &Entry) -> bool {
    ["DIGITAD", "CHEQUE", "DINHEIRO", "PRE-DATAD", "PREDATAD", "PRÉ-DATAD", "CANCELA", "GERENC", "REIMPR"]
        .iter()
        .any(|word| entry.says(word))
        || matches!(entry.form, Some(1 | 2 | 5))
}

fn says(entry: &Entry, order: &SaleOrder, by: InstalmentsBy) -> bool {
    if let Some(form) = entry.form {
        return match order.kind {
            CardKind::Debit => form == 3,
            CardKind::Credit => form == 4,
            CardKind::Wallet => form == 6,
            // no form is known to be theirs
            CardKind::Voucher => false,
        };
    }
    let by_issuer = entry.says("ADM") || entry.says("EMISSOR") || entry.says("COM JUROS");
    let by_merchant = entry.says("LOJA") || entry.says("ESTAB") || entry.says("SEM JUROS");
    match (order.instalments > 1, by) {
        (false, _) => entry.says("VISTA"),
        (true, InstalmentsBy::Merchant) => by_merchant,
        (true, InstalmentsBy::Issuer) => by_issuer,
    }
}

#[cfg(test)]
mod tests;
