//! What the technician sees of what the panel holds, and what can be chosen there.

use jiff::Timestamp;

use super::cards::REASONS;
use super::{Panel, Parts, Place};
use crate::journey::Journey;
use crate::journey::scene::Scene;
use crate::journey::step::{
    AccountPage, ClosedWhy, ListPage, Page, PanelOption, PartState, PinProblem, ResolvePage, ServicePin, StatePage,
    Step, Technician, Which,
};

impl Journey {
    pub(in crate::journey) fn technician_actions(&self, now: Timestamp) -> Option<Vec<&'static str>> {
        Some(match &self.scene {
            Scene::ServicePin { checking: Some(_), .. } => vec!["back"],
            Scene::ServicePin { .. } if !self.settings.service_pin || self.pin.locked(now).is_some() => vec!["back"],
            Scene::ServicePin { .. } => vec!["type", "erase", "clear", "submit", "back"],
            Scene::Technician(panel) => match &panel.page {
                Place::State => vec!["choose", "leave"],
                Place::PixTry(_) => vec!["cancel", "leave"],
                Place::Terminal(terminal) => terminal.actions(),
                Place::List
                | Place::Account(_)
                | Place::Resolve(_)
                | Place::Cards
                | Place::Reverse(_)
                | Place::Machine(_)
                | Place::Pix(_)
                | Place::Paper(_)
                | Place::Greeting(_) => {
                    vec!["choose", "back", "leave"]
                }
            },
            _ => return None,
        })
    }

    pub(in crate::journey) fn service_pin(&self, typed: &str, checking: bool, wrong: bool, now: Timestamp) -> Step {
        let locked = self.pin.locked(now);
        Step::ServicePin(ServicePin {
            typed: "*".repeat(typed.len()),
            length: typed.len(),
            checking,
            problem: if !self.settings.service_pin {
                Some(PinProblem::NoneSet)
            } else if locked.is_some() {
                Some(PinProblem::Locked)
            } else {
                wrong.then_some(PinProblem::Wrong)
            },
            wait_min: locked.and_then(|until| {
                let seconds = until.duration_since(now).as_secs().max(0);
                u32::try_from((seconds + 59) / 60).ok().map(|minutes| minutes.max(1))
            }),
        })
    }

    pub(in crate::journey) fn panel_step(&self, panel: &Panel) -> Step {
        let page = match &panel.page {
            Place::State => Page::State(self.state_page(panel)),
            Place::List => {
                let (list, options) = panel.list.clone().unwrap_or((Which::Open, Vec::new()));
                Page::List(ListPage { list, options })
            }
            Place::Account(account) => Page::Account(AccountPage {
                id: account.called(),
                lines: account.lines.clone(),
                to_do: account.to_do.clone(),
                options: self.panel_options(),
            }),
            Place::Resolve(account) => {
                Page::Resolve(ResolvePage { id: account.called(), options: account.notes().to_vec() })
            }
            Place::Cards => Page::Cards(panel.cards_page(self.panel_options())),
            Place::Reverse(account) => {
                Page::Reverse(ResolvePage { id: account.id.protocol(), options: REASONS.to_vec() })
            }
            Place::Terminal(terminal) => Page::Terminal(terminal.page()),
            Place::Machine(machine) => Page::Machine(machine.page(self.panel_options())),
            Place::Pix(seats) => Page::Pix(seats.page(self.panel_options())),
            Place::PixTry(trying) => Page::PixTry(trying.page()),
            Place::Paper(roll) => Page::Paper(self.paper_page(roll)),
            Place::Greeting(greeting) => Page::Greeting(self.greeting_page(greeting)),
        };
        Step::Technician(Box::new(Technician {
            by: panel.by.clone(),
            news: panel.news,
            said: panel.said.clone(),
            page,
        }))
    }

    fn state_page(&self, panel: &Panel) -> StatePage {
        let Parts { totem, version, erp, journal, open, person, walked } = panel.parts.clone();
        let broken = self.journal_is_broken() || walked.is_some_and(|walked| !walked.whole);
        StatePage {
            totem,
            version,
            printer: PartState::of(self.equipment.printer),
            paper: self.equipment.paper,
            tef: PartState::of(self.equipment.tef),
            erp,
            journal: if broken { PartState::Fails } else { journal },
            in_service: self.shut.is_none(),
            open,
            person,
            walked,
            options: self.panel_options(),
        }
    }

    fn journal_is_broken(&self) -> bool {
        matches!(self.shut, Some((ClosedWhy::Journal, _)))
    }

    /// What can be chosen on the page that is open; what would have to be written down needs a journal that can be.
    pub(super) fn panel_options(&self) -> Vec<PanelOption> {
        let Scene::Technician(panel) = &self.scene else { return Vec::new() };
        let (writes, prints) = (!self.journal_is_broken(), self.equipment.printer);
        let option = |id, works| PanelOption { id, works };
        match &panel.page {
            Place::State => vec![
                option("person", true),
                option("open", true),
                option("receipts", true),
                option("verify", panel.walks.is_none()),
                if self.equipment.paper.waits_for_a_word() {
                    option("clear_paper", writes)
                } else {
                    option("test_print", prints && writes)
                },
                option("paper", true),
                option("cards", true),
                option("pix", true),
                option("machine", true),
                if self.shut.is_some() { option("resume", writes) } else { option("stop", writes) },
            ],
            Place::Account(account) => {
                let mut options = Vec::new();
                options.extend(account.can_resolve.then_some(option("resolve", writes)));
                options.extend(account.can_copy.then_some(option("copy", prints && writes)));
                // its paper must come out
                let gives_back = prints && writes && self.equipment.tef;
                options.extend(account.can_reverse.then_some(option("reverse", gives_back)));
                options
            }
            Place::Cards => {
                vec![
                    option("again", true),
                    option("reverse", true),
                    option("menu", writes && self.equipment.tef),
                    option("try_card", writes && self.equipment.tef),
                ]
            }
            Place::Machine(machine) => machine.options(writes),
            Place::Pix(seats) => seats.options(writes),
            Place::Paper(_) => self.paper_options(writes),
            Place::Greeting(_) => self.greeting_options(writes),
            Place::List | Place::Resolve(_) | Place::Reverse(_) | Place::Terminal(_) | Place::PixTry(_) => Vec::new(),
        }
    }
}
