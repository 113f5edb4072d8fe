//! The card desk of the panel: the TEF, what waits there, a sale that is given back, the TEF's own menu. While the card
//! terminal works nobody leaves: the screen ends with the TEF's answer.

use super::{Panel, Place, Wish};
use crate::domain::{PaymentId, Prompt};
use crate::journey::Journey;
use crate::journey::event::{Attempt, Command};
use crate::journey::intent::Intent;
use crate::journey::scene::Scene;
use crate::journey::step::{CardsPage, PanelLine, PanelNews, PanelNote, PanelOption, PartState, TerminalPage};

/// The TEF's menu is about no payment.
pub(super) const MENU: PaymentId = PaymentId(0);

/// Why a sale is given back, by the name of the option.
pub(super) const REASONS: [PanelNote; 4] = [
    PanelNote { id: "doubled", text: "pago em dobro" },
    PanelNote { id: "wrong_bill", text: "fatura ou valor errado" },
    PanelNote { id: "customer", text: "o cliente desistiu" },
    PanelNote { id: "by_office", text: "pedido do escritório" },
];

/// What the TEF says of itself, and what waits there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cards {
    pub tef: PartState,
    pub about: Vec<PanelLine>,
    /// None: the TEF does not tell.
    pub waiting: Option<Vec<PanelLine>>,
    pub trouble: Option<String>,
}

/// How the card terminal's work ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub news: PanelNews,
    /// The TEF's words.
    pub said: Option<String>,
    /// A paper of it is on its way.
    pub prints: bool,
}

/// The card terminal at work.
#[derive(Clone)]
pub(in crate::journey) struct Terminal {
    payment: PaymentId,
    pub message: String,
    pub cancellable: bool,
    pub prompt: Option<Prompt>,
}

impl Terminal {
    pub(super) fn actions(&self) -> Vec<&'static str> {
        match &self.prompt {
            Some(_) => vec!["answer", "cancel"],
            None if self.cancellable => vec!["cancel"],
            None => Vec::new(),
        }
    }

    pub(super) fn page(&self) -> TerminalPage {
        TerminalPage {
            id: (self.payment != MENU).then(|| self.payment.protocol()),
            message: self.message.clone(),
            cancellable: self.cancellable,
            prompt: self.prompt.clone(),
        }
    }
}

impl Panel {
    pub(super) fn begins(&mut self, attempt: Attempt, payment: PaymentId) {
        self.waits = Some(attempt);
        let (message, cancellable, prompt) = (String::new(), false, None);
        self.page = Place::Terminal(Box::new(Terminal { payment, message, cancellable, prompt }));
    }

    pub(super) fn talks_to_the_tef(&mut self, intent: &Intent, commands: &mut Vec<Command>) {
        let Place::Terminal(terminal) = &mut self.page else { return };
        let payment = terminal.payment;
        match (intent, terminal.prompt.take()) {
            (Intent::Answer { value }, Some(prompt)) => {
                commands.push(Command::AnswerPrompt { payment, prompt: prompt.id, value: value.clone() });
            }
            (Intent::Cancel, _) => commands.push(Command::GiveUpCard { payment }),
            _ => {}
        }
    }

    /// What is looked at next.
    pub(super) fn ends(&mut self, ended: Ended, attempt: Attempt) -> Wish {
        (self.news, self.said) = (Some(ended.news), ended.said);
        self.prints = ended.prints.then_some(attempt);
        match &self.page {
            Place::Terminal(terminal) if terminal.payment != MENU => Wish::Account(terminal.payment),
            _ => Wish::Cards,
        }
    }

    pub(super) fn paper_of_the_terminal(&mut self, done: bool) {
        self.prints = None;
        if !done {
            let given_back = self.news == Some(PanelNews::Reversed);
            self.news = Some(if given_back { PanelNews::ReversedUnprinted } else { PanelNews::NotPrinted });
        }
    }

    /// A new wish is about something else than the last one's news.
    pub(super) fn hears_no_more(&mut self) {
        self.news = self.news.filter(|news| *news == PanelNews::Verifying);
        self.said = None;
    }

    pub(super) fn cards_page(&self, options: Vec<PanelOption>) -> CardsPage {
        let Cards { tef, about, waiting, trouble } = self.cards.clone();
        CardsPage { tef, about, waiting, trouble, options }
    }
}

impl Journey {
    /// The card terminal that works on this payment for a technician.
    pub(in crate::journey) fn terminal(&mut self, payment: PaymentId) -> Option<&mut Terminal> {
        match &mut self.scene {
            Scene::Technician(panel) => match &mut panel.page {
                Place::Terminal(terminal) if terminal.payment == payment => Some(terminal),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn terminal_works(&self) -> bool {
        matches!(&self.scene, Scene::Technician(panel) if matches!(panel.page, Place::Terminal(_)))
    }
}
