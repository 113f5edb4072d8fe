//! PIX at the panel: at which bank it can be tried with one cent, and the code while somebody stands before it.

use super::{Panel, Place, Wish};
use crate::domain::Money;
use crate::journey::Journey;
use crate::journey::event::{Attempt, Command};
use crate::journey::scene::Scene;
use crate::journey::step::{NoPixTry, PanelNews, PanelNote, PanelOption, PixPage, PixTryPage};

const AMOUNT: Money = Money::from_cents(1);

/// What a person's look into a try can be written down with.
pub(super) const SEEN_TO: [PanelNote; 3] = [
    PanelNote { id: "refunded", text: "o valor do teste foi devolvido" },
    PanelNote { id: "not_received", text: "o valor não entrou: nada a fazer" },
    PanelNote { id: "kept", text: "o valor fica na conta: acertado com quem pagou" },
];

/// Before the try's txid, on a list of payments.
const TRY: &str = "pix:";

/// As a row of the list is called.
#[must_use]
pub fn try_row_id(txid: &str) -> String {
    format!("{TRY}{txid}")
}

/// The try of such a row.
#[must_use]
pub(super) fn try_of(row: &str) -> Option<String> {
    row.strip_prefix(TRY).map(str::to_owned)
}

/// Where PIX can be tried.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PixSeats {
    /// Banks that make charges and give back, in the site's order.
    pub banks: Vec<String>,
    /// There is PIX that nobody can give back from here: the ERP's own code, or a static key.
    pub has_others: bool,
    /// Tries whose end the bank has not told.
    pub under_way: usize,
}

/// How a try comes along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TryTold {
    Shown {
        /// The copia-e-cola.
        payload: String,
    },
    /// The bank says so. It is on its way back.
    Paid,
    /// Nobody has to stand there any more.
    Ended {
        news: PanelNews,
        /// The bank's words.
        said: Option<String>,
    },
}

/// The page of PIX while it is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seats {
    seats: PixSeats,
    /// The bank that would be tried.
    place: usize,
}

/// Somebody stands before a code of one cent, or waits for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trying {
    attempt: Attempt,
    bank: String,
    payload: Option<String>,
    paid: bool,
}

impl Seats {
    pub(super) fn of(seats: PixSeats, place: usize) -> Seats {
        Seats { place: if place < seats.banks.len() { place } else { 0 }, seats }
    }

    fn bank(&self) -> Option<&String> {
        self.seats.banks.get(self.place)
    }

    /// A bank's charge needs a journal that can be written.
    pub(super) fn options(&self, writes: bool) -> Vec<PanelOption> {
        let mut options = vec![PanelOption { id: "try_pix", works: writes && self.bank().is_some() }];
        options.extend((self.seats.banks.len() > 1).then_some(PanelOption { id: "other_bank", works: true }));
        options.push(PanelOption { id: "again", works: true });
        options
    }

    /// What is wished, if it is not only another bank.
    pub(super) fn choice(&mut self, option: &str) -> Option<Wish> {
        match option {
            "again" => Some(Wish::Pix),
            "try_pix" => self.bank().cloned().map(Wish::TryPix),
            "other_bank" => {
                self.place = (self.place + 1) % self.seats.banks.len().max(1);
                None
            }
            _ => None,
        }
    }

    pub(super) fn page(&self, options: Vec<PanelOption>) -> PixPage {
        let none = if self.seats.has_others { NoPixTry::NobodyGivesBack } else { NoPixTry::NoPix };
        let why = self.bank().is_none().then_some(none);
        PixPage { bank: self.bank().cloned(), why, under_way: self.seats.under_way, options }
    }
}

impl Trying {
    pub(super) fn page(&self) -> PixTryPage {
        let Trying { bank, payload, paid, .. } = self.clone();
        PixTryPage { bank, amount_cents: AMOUNT, payload: payload.filter(|_| !paid), paid }
    }
}

impl Panel {
    /// Which bank was looked at last.
    pub(super) fn pix_place(&self) -> usize {
        match &self.page {
            Place::Pix(seats) => seats.place,
            _ => 0,
        }
    }

    pub(super) fn tries_pix(&mut self, attempt: Attempt, bank: String) {
        self.page = Place::PixTry(Box::new(Trying { attempt, bank, payload: None, paid: false }));
    }
}

impl Journey {
    /// Whether somebody stands before the code of this try, or waits for it.
    #[must_use]
    pub fn shows_pix_try(&self, attempt: Attempt) -> bool {
        matches!(&self.scene, Scene::Technician(panel)
            if matches!(&panel.page, Place::PixTry(trying) if trying.attempt == attempt))
    }

    pub(super) fn pix_is_tried(&self) -> bool {
        matches!(&self.scene, Scene::Technician(panel) if matches!(panel.page, Place::PixTry(_)))
    }

    pub(super) fn pix_try_told(&mut self, attempt: Attempt, told: TryTold, commands: &mut Vec<Command>) {
        let Some(panel) = self.panel() else { return };
        let Place::PixTry(trying) = &mut panel.page else { return };
        if trying.attempt != attempt {
            return;
        }
        match told {
            TryTold::Shown { payload } => trying.payload = Some(payload),
            TryTold::Paid => trying.paid = true,
            TryTold::Ended { news, said } => {
                (panel.news, panel.said) = (Some(news), said);
                panel.page = Place::Pix(Box::default());
                self.wish(Wish::Pix, commands);
            }
        }
    }

    /// The code is left. What becomes of its charge, the desk sees to.
    pub(super) fn leave_pix_try(&mut self, commands: &mut Vec<Command>) {
        let Some(panel) = self.panel() else { return };
        let Place::PixTry(trying) = &panel.page else { return };
        panel.news = (!trying.paid).then_some(PanelNews::PixTryUnpaid);
        panel.page = Place::Pix(Box::default());
        self.wish(Wish::Pix, commands);
    }
}
