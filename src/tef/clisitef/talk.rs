//! One sale, step by step: takes what the library wants, speaks with the customer, and says what goes back.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::collected::Collected;
use super::fields;
use super::line::Turn;
use super::policy::{NO, Refused, Verdict, Whom, YES, at_the_desk, verdict};
use super::settings::Settings;
use crate::domain::{CardSale, Prompt, PromptKind, PromptOption};
use crate::tef::{Dialogue, SaleOrder, SaleOutcome};

use super::key::Key;

/// What goes back to the library.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Back {
    pub with: i32,
    pub answer: Option<String>,
}

impl Back {
    const ON: Back = Back { with: 0, answer: None };
    const ABORT: Back = Back { with: -1, answer: None };

    fn answer(answer: String) -> Back {
        Back { with: 0, answer: Some(answer) }
    }
}

/// Why we ended the sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Customer,
    Policy,
    /// Nobody did anything for too long.
    Time,
}

/// How long words stay at the least.
const READ: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(20);

pub(super) struct Talk<'a> {
    order: &'a SaleOrder,
    whom: &'a Whom,
    settings: &'a Settings,
    dialogue: &'a mut dyn Dialogue,
    collected: Collected,
    heading: String,
    /// The words on the screen, whether giving up was offered with them, and since when.
    shown: Option<(String, bool, Instant)>,
    unsaid: bool,
    code: bool,
    /// A card has been asked for.
    card: bool,
    /// The card's part is over: the answer of the network is on its way.
    sent: bool,
    ended: Option<(Ended, Instant)>,
    progress: Instant,
    prompts: u32,
}

impl<'a> Talk<'a> {
    pub fn new(
        order: &'a SaleOrder,
        whom: &'a Whom,
        settings: &'a Settings,
        dialogue: &'a mut dyn Dialogue,
    ) -> Talk<'a> {
        Talk {
            order,
            whom,
            settings,
            dialogue,
            collected: Collected::default(),
            heading: String::new(),
            shown: None,
            unsaid: false,
            code: false,
            card: false,
            sent: false,
            ended: None,
            progress: Instant::now(),
            prompts: 0,
        }
    }

    /// Whether the library was told to end and still does not, for longer than the customer's patience.
    pub fn does_not_end(&self) -> bool {
        self.ended.is_some_and(|(_, since)| since.elapsed() > self.settings.patience())
    }

    pub fn step(&mut self, turn: &Turn) -> Back {
        let gives_up = self.ended.is_some() || self.wants_to_cancel();
        let verdict = match self.whom {
            Whom::Customer => verdict(turn, self.order, self.settings.instalments_by, gives_up),
            Whom::Technician(sale) => at_the_desk(turn, sale.as_deref(), gives_up),
        };
        if verdict != Verdict::Poll {
            tracing::debug!(?turn, "CliSiTef");
            self.progress = Instant::now();
        }
        match verdict {
            Verdict::Keep => {
                self.keep(turn);
                Back::ON
            }
            Verdict::Say => {
                self.say(&words(turn.text()));
                Back::ON
            }
            Verdict::Unsay => {
                self.unsaid = true;
                Back::ON
            }
            Verdict::Head => {
                self.heading = words(turn.text());
                Back::ON
            }
            Verdict::Unhead => {
                self.heading.clear();
                Back::ON
            }
            Verdict::Pause => {
                self.say(&words(turn.text()));
                self.wait(self.settings.message());
                Back::ON
            }
            Verdict::Poll => self.poll(),
            Verdict::ShowCode => {
                self.code = true;
                let code = self.collected.get(fields::CODE).map(str::to_owned);
                self.dialogue.show_code(code.as_deref());
                self.refresh();
                Back::ON
            }
            Verdict::HideCode => {
                self.hide_code();
                Back::ON
            }
            // what is still wanted after the end is not given
            _ if self.ended.is_some() && turn.field != fields::CONFIRM_CANCEL => Back::ABORT,
            Verdict::Answer(answer) => Back::answer(answer),
            Verdict::AskYesNo => match self.ask(turn, PromptKind::YesNo, Vec::new()).as_deref() {
                // the keys of the screen say 1 for yes, the library 0
                Some("1") => Back::answer(YES.to_owned()),
                Some("0") => Back::answer(NO.to_owned()),
                Some(_) | None => self.end(Ended::Customer),
            },
            Verdict::AskMenu(options) => {
                let answer = self.ask(turn, PromptKind::Menu, options.clone());
                match answer.filter(|answer| options.iter().any(|option| option.id == *answer)) {
                    Some(answer) => Back::answer(answer),
                    None => self.end(Ended::Customer),
                }
            }
            Verdict::AskNumber => {
                let answer = self.ask(turn, PromptKind::Number, Vec::new());
                match answer.filter(|answer| fits(answer, turn)) {
                    Some(answer) => Back::answer(answer),
                    None => self.end(Ended::Customer),
                }
            }
            Verdict::Refuse(why) => self.refuse(turn, why),
        }
    }

    fn keep(&mut self, turn: &Turn) {
        self.collected.keep(turn);
        let field = turn.field;
        if fields::WAITING_FOR_CARD.contains(&field) {
            (self.card, self.sent) = (true, false);
        } else if self.card && fields::CONNECTING.contains(&field) {
            self.sent = true;
        } else if fields::WAITING_FOR_PIN.contains(&field) || field == fields::CHIP {
            self.card = true;
        }
        if field == fields::CODE && self.code {
            let code = self.collected.get(fields::CODE).map(str::to_owned);
            self.dialogue.show_code(code.as_deref());
        }
    }

    /// A device works and the library asks whether to go on: answered at once.
    fn poll(&mut self) -> Back {
        if self.ended.is_some() {
            return Back::ABORT;
        }
        if self.wants_to_cancel() {
            return self.end(Ended::Customer);
        }
        if self.progress.elapsed() > self.settings.patience() {
            tracing::warn!("nobody did anything at the pinpad for too long");
            return self.end(Ended::Time);
        }
        let is_read = self.shown.as_ref().is_none_or(|(_, _, since)| since.elapsed() >= READ);
        if self.unsaid && is_read {
            self.say("");
        } else {
            self.refresh();
        }
        Back::ON
    }

    /// Before the card's data are under way, and as long as a code waits to be read.
    fn is_cancellable(&self) -> bool {
        self.ended.is_none() && (self.code || !self.sent)
    }

    fn wants_to_cancel(&self) -> bool {
        self.is_cancellable() && self.dialogue.wants_to_cancel()
    }

    fn say(&mut self, words: &str) {
        self.unsaid = false;
        let cancellable = self.is_cancellable();
        if self.shown.as_ref().is_none_or(|(shown, offered, _)| shown != words || *offered != cancellable) {
            self.dialogue.show(words, cancellable);
            self.shown = Some((words.to_owned(), cancellable, Instant::now()));
        }
    }

    /// The same words, where giving up has become possible or impossible.
    fn refresh(&mut self) {
        let cancellable = self.is_cancellable();
        match &mut self.shown {
            Some((words, offered, _)) if *offered != cancellable => {
                self.dialogue.show(words, cancellable);
                *offered = cancellable;
            }
            Some(_) => {}
            None => self.say(""),
        }
    }

    fn hide_code(&mut self) {
        if std::mem::take(&mut self.code) {
            self.dialogue.show_code(None);
        }
    }

    fn wait(&self, how_long: Duration) {
        let begun = Instant::now();
        while begun.elapsed() < how_long && !self.wants_to_cancel() {
            sleep(LOOK.min(how_long));
        }
    }

    fn ask(&mut self, turn: &Turn, kind: PromptKind, options: Vec<PromptOption>) -> Option<String> {
        self.prompts += 1;
        let own = if kind == PromptKind::Menu { String::new() } else { words(turn.text()) };
        let said = self.shown.as_ref().map(|(words, _, _)| words.clone()).unwrap_or_default();
        let text = [own, self.heading.clone(), said].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let limit = |limit: i16| u8::try_from(limit).ok();
        let (min, max) = match kind {
            PromptKind::Number => (limit(turn.min), limit(turn.max)),
            PromptKind::Menu | PromptKind::YesNo | PromptKind::Text => (None, None),
        };
        let answer = self.dialogue.ask(Prompt { id: self.prompts, kind, text, options, min, max });
        self.progress = Instant::now();
        answer
    }

    fn refuse(&mut self, turn: &Turn, why: Refused) -> Back {
        tracing::warn!(?turn, ?why, "the TEF wants what no totem can give: the sale ends");
        if why == Refused::Unknown {
            self.say(&words(turn.text()));
            self.wait(self.settings.message());
        }
        self.end(Ended::Policy)
    }

    fn end(&mut self, why: Ended) -> Back {
        self.ended.get_or_insert((why, Instant::now()));
        self.hide_code();
        self.refresh();
        Back::ABORT
    }

    /// The library's last word.
    pub fn outcome(mut self, result: i32, key: &Key) -> SaleOutcome {
        self.hide_code();
        let said = self.shown.map(|(words, _, _)| words).unwrap_or_default();
        let said = |otherwise: &str| if said.is_empty() { otherwise.to_owned() } else { said.clone() };
        tracing::info!(result, host = self.collected.get(fields::HOST_RESPONSE), "CliSiTef ended the sale");
        match result {
            0 => {
                let (sale, why) = self.collected.sale(key, self.order);
                approved(sale, why)
            }
            -15 | -2 => match self.ended.map(|(why, _)| why) {
                Some(Ended::Policy) => SaleOutcome::Declined { message: NOT_HERE.to_owned() },
                Some(Ended::Time) => SaleOutcome::Cancelled { message: TOO_LATE.to_owned() },
                Some(Ended::Customer) | None => SaleOutcome::Cancelled { message: GIVEN_UP.to_owned() },
            },
            -6 => SaleOutcome::Cancelled { message: GIVEN_UP.to_owned() },
            -5 => SaleOutcome::Declined { message: NO_CONNECTION.to_owned() },
            -43 => SaleOutcome::Declined { message: NO_PINPAD.to_owned() },
            _ => SaleOutcome::Declined { message: said(REFUSED) },
        }
    }
}

fn approved(sale: CardSale, why: Option<String>) -> SaleOutcome {
    let sale = Box::new(sale);
    match why {
        None => SaleOutcome::Approved(sale),
        Some(why) => SaleOutcome::Mismatched { sale, why },
    }
}

const NOT_HERE: &str = "Forma de pagamento não disponível neste totem";
const TOO_LATE: &str = "O tempo terminou";
const GIVEN_UP: &str = "Operação cancelada";
const NO_CONNECTION: &str = "Sem comunicação com a rede do cartão";
const NO_PINPAD: &str = "O pinpad não respondeu";
const REFUSED: &str = "Transação não aprovada";

/// `@`, CR and LF break lines.
fn words(text: &str) -> String {
    let lines = text.split(['@', '\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// Digits, as many as the library allows.
fn fits(answer: &str, turn: &Turn) -> bool {
    let limit = |limit: i16| usize::try_from(limit).unwrap_or_default();
    let length = answer.len();
    length > 0
        && answer.bytes().all(|byte| byte.is_ascii_digit())
        && length >= limit(turn.min)
        && (turn.max <= 0 || length <= limit(turn.max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_librarys_line_breaks_are_read_as_such() {
        assert_eq!(words("APROXIME@INSIRA OU\r\nPASSE"), "APROXIME\nINSIRA OU\nPASSE");
        assert_eq!(words(" @ "), "");
    }

    #[test]
    fn a_number_that_the_library_would_refuse_is_not_given_to_it() {
        let turn = Turn { result: 10_000, command: 30, field: 505, min: 1, max: 2, length: 0, text: None };
        for (answer, good) in [("3", true), ("12", true), ("", false), ("123", false), ("x", false), ("-1", false)] {
            assert_eq!(fits(answer, &turn), good, "{answer}");
        }
    }
}
