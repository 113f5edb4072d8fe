//! The technician at the totem: the PIN that opens the panel, and what is seen and done behind it. Everything that is
//! done is asked of the desk, which writes it down first.

mod account;
mod cards;
mod choosing;
mod doubt;
mod house;
mod machine;
mod pin;
mod pix;
mod view;

use jiff::{SignedDuration, Timestamp};

pub use self::account::{Account, Parts};
use self::cards::Terminal;
pub use self::cards::{Cards, Ended};
pub use self::doubt::row_id;
pub use self::house::{Greeting, Roll};
use self::machine::Machine;
pub use self::machine::{Errand, ErrandDone, Level, Way};
pub use self::pin::PinGuard;
pub use self::pix::{PixSeats, TryTold, try_row_id};
use self::pix::{Seats, Trying};
use super::Journey;
use super::event::{Attempt, Command};
use super::intent::{Intent, Language};
use super::scene::Scene;
use super::step::{PanelNews, PanelNote, PanelRow, Walked, Which};
use crate::domain::{InvoiceId, PaymentId};

/// Without a touch the panel closes.
const PATIENCE: SignedDuration = SignedDuration::from_mins(2);
const PIN_MOST: usize = 12;

/// What a decision can be written down with, by the name of the option.
const NOTES: [PanelNote; 4] = [
    PanelNote { id: "written_off", text: "baixa feita à mão no ERP" },
    PanelNote { id: "refunded", text: "valor devolvido ao cliente" },
    PanelNote { id: "not_received", text: "o valor não entrou: nada a fazer" },
    PanelNote { id: "by_office", text: "acertado pelo escritório com o cliente" },
];

/// What the technician wants of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    State,
    List(Which),
    Account(PaymentId),
    /// A person's decision, with one of the notes, about as many facts as were shown.
    Resolve {
        payment: PaymentId,
        facts: usize,
        note: &'static str,
    },
    /// What is known of a bill whose PDF was not shown.
    Doubt(InvoiceId),
    /// A person has looked into that, with one of the notes.
    LookedInto {
        invoice: InvoiceId,
        note: &'static str,
    },
    Verify,
    TestPrint,
    /// The technician has looked: no paper of an earlier customer is left in the printer.
    ClearPaper,
    Copy(PaymentId),
    /// Whether the TEF is there, and what waits.
    Cards,
    /// Give a confirmed card sale back, with one of the reasons.
    Reverse {
        payment: PaymentId,
        reason: &'static str,
    },
    /// The TEF's own menu.
    Menu,
    /// A card sale of one cent, undone at once.
    TryCard,
    /// The printer and its roll.
    Paper,
    /// A new roll was put in.
    PaperChanged,
    /// In which language the totem greets, and that it shall greet in another; none: the configuration's.
    Greeting,
    Greet(Option<Language>),
    /// Where PIX can be tried.
    Pix,
    /// A charge of one cent at this bank, given back when it is paid.
    TryPix(String),
    /// What is known of a try that needs a person, and that one has seen to it.
    PixTry(String),
    PixTrySeenTo {
        txid: String,
        note: &'static str,
    },
    /// Something of the machine around the totem.
    Errand(Errand),
    Stop,
    Resume,
}

/// What the desk answers. `None` in place of a list or a payment: the journal gives none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    State(Box<Parts>),
    List {
        which: Which,
        rows: Option<Vec<PanelRow>>,
    },
    Account(Option<Box<Account>>),
    /// Whether it was written down.
    Recorded(bool),
    /// It was not: since this payment was shown more has become of it.
    Changed(PaymentId),
    /// Nothing where the journal could not be walked.
    Verified(Option<Walked>),
    Printed(bool),
    /// Whether the printer is free again.
    Released(bool),
    Cards(Box<Cards>),
    /// What became of the card terminal's work.
    Ended(Ended),
    Errand(Box<ErrandDone>),
    Paper(Box<Roll>),
    Greeting(Box<Greeting>),
    Pix(Box<PixSeats>),
    /// How a try comes along.
    PixTry(TryTold),
}

/// The panel while it is open.
pub struct Panel {
    by: String,
    page: Place,
    parts: Parts,
    /// The list that was looked at last.
    list: Option<(Which, Vec<PanelRow>)>,
    news: Option<PanelNews>,
    /// The TEF's words to the news.
    said: Option<String>,
    cards: Cards,
    /// The paper of what the card terminal did.
    prints: Option<Attempt>,
    waits: Option<Attempt>,
    /// A walk over the journal takes longer than anything else.
    walks: Option<Attempt>,
}

#[derive(Clone)]
enum Place {
    State,
    List,
    Account(Box<Account>),
    Resolve(Box<Account>),
    Cards,
    Reverse(Box<Account>),
    Terminal(Box<Terminal>),
    Machine(Box<Machine>),
    Pix(Box<Seats>),
    PixTry(Box<Trying>),
    Paper(Box<Roll>),
    Greeting(Box<Greeting>),
}

impl Journey {
    pub(super) fn pin_tries(&mut self, wrong: u32, last: Timestamp) {
        self.pin.was_wrong(wrong, last);
    }

    pub(super) fn ask_for_pin(&mut self, now: Timestamp) {
        self.drop_all(now);
        self.scene = Scene::ServicePin { typed: String::new(), checking: None, wrong: false };
    }

    /// Whether the technician stands there.
    pub(super) fn serves_technician(&self) -> bool {
        matches!(self.scene, Scene::ServicePin { .. } | Scene::Technician(_))
    }

    pub(super) fn technician_wants(&mut self, intent: &Intent, now: Timestamp, commands: &mut Vec<Command>) {
        match (intent, &mut self.scene) {
            (Intent::Type { text }, Scene::ServicePin { typed, wrong, .. }) => {
                *wrong = false;
                let room = PIN_MOST.saturating_sub(typed.len());
                typed.extend(text.chars().filter(char::is_ascii_digit).take(room));
            }
            (Intent::Erase, Scene::ServicePin { typed, .. }) => drop(typed.pop()),
            (Intent::Clear, Scene::ServicePin { typed, .. }) => typed.clear(),
            (Intent::Submit, Scene::ServicePin { .. }) => self.submit_pin(commands),
            (Intent::Choose { option }, Scene::Technician(_)) => self.panel_choice(option, commands),
            (Intent::Back, Scene::Technician(_)) => self.panel_back(commands),
            (Intent::Cancel, Scene::Technician(panel)) if matches!(panel.page, Place::PixTry(_)) => {
                self.leave_pix_try(commands);
            }
            (Intent::Answer { .. } | Intent::Cancel, Scene::Technician(panel)) => {
                panel.talks_to_the_tef(intent, commands);
            }
            (Intent::Back, Scene::ServicePin { .. }) | (Intent::Leave, _) => self.drop_all(now),
            _ => {}
        }
    }

    fn submit_pin(&mut self, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        if let Scene::ServicePin { typed, checking, .. } = &mut self.scene
            && !typed.is_empty()
        {
            *checking = Some(attempt);
            commands.push(Command::CheckPin { attempt, pin: crate::domain::Typed::new(std::mem::take(typed)) });
        }
    }

    pub(super) fn pin_checked(
        &mut self,
        attempt: Attempt,
        by: Option<String>,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        match &by {
            None => self.pin.was_wrong(1, now),
            Some(_) => self.pin = PinGuard::default(),
        }
        let Scene::ServicePin { checking, wrong, .. } = &mut self.scene else { return };
        if *checking != Some(attempt) {
            return;
        }
        self.last_touch = now;
        (*checking, *wrong) = (None, by.is_none());
        if let Some(by) = by {
            let (page, parts) = (Place::State, Parts::default());
            self.scene = Scene::Technician(Box::new(Panel {
                by,
                page,
                parts,
                list: None,
                news: None,
                said: None,
                cards: Cards::default(),
                prints: None,
                waits: None,
                walks: None,
            }));
            self.wish(Wish::State, commands);
        }
    }

    fn panel(&mut self) -> Option<&mut Panel> {
        match &mut self.scene {
            Scene::Technician(panel) => Some(panel),
            _ => None,
        }
    }

    fn wish(&mut self, wish: Wish, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        let Some(panel) = self.panel() else { return };
        match wish {
            Wish::Verify => {
                panel.walks = Some(attempt);
                panel.news = Some(PanelNews::Verifying);
            }
            Wish::TestPrint | Wish::Copy(_) => {
                panel.waits = Some(attempt);
                panel.news = Some(PanelNews::Printing);
            }
            Wish::Reverse { payment, .. } => panel.begins(attempt, payment),
            Wish::TryPix(ref bank) => panel.tries_pix(attempt, bank.clone()),
            Wish::Menu | Wish::TryCard => panel.begins(attempt, cards::MENU),
            Wish::Errand(_) => {
                panel.waits = Some(attempt);
                panel.news = Some(PanelNews::Working);
            }
            _ => panel.waits = Some(attempt),
        }
        let by = panel.by.clone();
        commands.push(Command::Technician { attempt, by, wish });
    }

    pub(super) fn technician_told(
        &mut self,
        attempt: Attempt,
        told: Told,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        if let Told::PixTry(told) = told {
            self.last_touch = now;
            return self.pix_try_told(attempt, told, commands);
        }
        let Some(panel) = self.panel() else { return };
        if let Told::Verified(walked) = told {
            if panel.walks == Some(attempt) {
                panel.walks = None;
                panel.parts.walked = walked.or(panel.parts.walked);
                panel.news = Some(match walked {
                    None => PanelNews::NotVerified,
                    Some(Walked { whole: true, .. }) => PanelNews::JournalWhole,
                    Some(Walked { whole: false, .. }) => PanelNews::JournalBroken,
                });
                // whoever waited for it has not been silent
                self.last_touch = now;
            }
            return;
        }
        if let (Some(prints), Told::Printed(done)) = (panel.prints, &told)
            && prints == attempt
        {
            return panel.paper_of_the_terminal(*done);
        }
        if panel.waits != Some(attempt) {
            return;
        }
        panel.waits = None;
        match told {
            Told::Cards(cards) => (panel.page, panel.cards) = (Place::Cards, *cards),
            Told::Ended(ended) => {
                let next = panel.ends(ended, attempt);
                self.last_touch = now;
                self.wish(next, commands);
            }
            Told::Errand(done) => {
                panel.errand_done(*done);
                // whoever waited for it has not been silent
                self.last_touch = now;
            }
            Told::State(parts) => (panel.page, panel.parts) = (Place::State, *parts),
            Told::List { which, rows } => {
                if rows.is_none() {
                    panel.news = Some(PanelNews::NotRead);
                }
                panel.list = Some((which, rows.unwrap_or_default()));
                panel.page = Place::List;
            }
            Told::Account(Some(account)) => panel.page = Place::Account(account),
            Told::Account(None) => panel.news = Some(PanelNews::NotRead),
            Told::Recorded(done) => {
                panel.news = Some(if done { PanelNews::Recorded } else { PanelNews::NotRecorded });
                let next = match (&panel.page, &panel.list) {
                    (Place::Resolve(_), Some((which, _))) => Wish::List(*which),
                    _ => panel.house_again().unwrap_or(Wish::State),
                };
                self.wish(next, commands);
            }
            Told::Changed(payment) => {
                panel.news = Some(PanelNews::Changed);
                self.wish(Wish::Account(payment), commands);
            }
            Told::Printed(done) => {
                panel.news = Some(if done { PanelNews::Printed } else { PanelNews::NotPrinted });
            }
            Told::Released(done) => {
                panel.news = Some(if done { PanelNews::Recorded } else { PanelNews::NotReleased });
                let next = panel.house_again().unwrap_or(Wish::State);
                self.wish(next, commands);
            }
            Told::Paper(roll) => panel.page = Place::Paper(roll),
            Told::Greeting(greeting) => panel.page = Place::Greeting(greeting),
            Told::Pix(seats) => panel.page = Place::Pix(Box::new(Seats::of(*seats, panel.pix_place()))),
            Told::Verified(_) | Told::PixTry(_) => {}
        }
    }

    /// Somebody reads here how the devices are, and waits for nothing that a question to them would hold up.
    #[must_use]
    pub fn shows_devices(&self) -> bool {
        let Scene::Technician(panel) = &self.scene else { return false };
        let works = self.terminal_works() || self.pix_is_tried();
        !works && panel.waits.is_none()
    }

    /// When the technician is taken for gone, and when a wait for the next PIN is over.
    pub(super) fn technician_deadlines(&self) -> Vec<Timestamp> {
        match &self.scene {
            Scene::ServicePin { .. } => {
                [Some(self.last_touch + PATIENCE), self.pin.locked_until].into_iter().flatten().collect()
            }
            Scene::Technician(_) if self.terminal_works() || self.pix_is_tried() => Vec::new(),
            Scene::Technician(_) => vec![self.last_touch + PATIENCE],
            _ => Vec::new(),
        }
    }

    pub(super) fn technician_is_gone(&self, now: Timestamp) -> bool {
        let waits = self.terminal_works() || self.pix_is_tried();
        self.serves_technician() && !waits && now >= self.last_touch + PATIENCE
    }
}
