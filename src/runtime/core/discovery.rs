//! Finding out what the site's ERP can do: at start, again until it answers, and then now and then. Nobody waits for it.

use jiff::{SignedDuration, Timestamp};

use super::Core;
use crate::domain::calendar::set_back;
use crate::erp;
use crate::journey::{Abilities, Event};
use crate::runtime::call::Call;

/// A server that answered is not looked at again soon: new versions are rare.
const RARELY: u32 = 24;

/// When it is asked next; nothing while an answer is awaited.
pub struct Discovery {
    due: Option<Timestamp>,
    known: Option<Abilities>,
}

impl Discovery {
    pub fn due(at: Timestamp) -> Discovery {
        Discovery { due: Some(at), known: None }
    }

    pub fn clock_set_back(&mut self, by: SignedDuration) {
        set_back(&mut self.due, by);
    }

    pub fn deadline(&self) -> Option<Timestamp> {
        self.due
    }
}

impl Core {
    pub(super) fn mind_discovery(&mut self, now: Timestamp) {
        if self.discovery.due.is_some_and(|at| at <= now) {
            self.discovery.due = None;
            self.calls.push(Call::Discover);
        }
    }

    /// Told before anybody is served: what the ERP's driver knows without asking.
    pub fn erp_can(&mut self, abilities: Abilities, now: Timestamp) {
        self.know(abilities);
        self.settle(now);
    }

    /// An ERP that did not answer has taken nothing away; it is asked again.
    pub(super) fn discovered(&mut self, abilities: Abilities, result: &Result<(), erp::Error>, now: Timestamp) {
        let wait = match result {
            Ok(()) => {
                self.know(abilities);
                self.rhythm.watch * RARELY
            }
            Err(_) => {
                // as often as the devices: an ERP that is down is not worn out with questions
                self.rhythm.equipment
            }
        };
        self.discovery.due = Some(now + wait);
    }

    fn know(&mut self, abilities: Abilities) {
        if self.discovery.known.replace(abilities) != Some(abilities) {
            let Abilities { boleto, pix_code, write_off, sends, bill_pdf, serves, joins, orders, .. } = abilities;
            let (joins, orders) = (joins.map(|joins| joins.by), orders.is_some());
            tracing::info!(
                boleto,
                pix_code,
                write_off,
                ?sends,
                bill_pdf,
                ?serves,
                ?joins,
                orders,
                "what the ERP can do"
            );
            self.events.push(Event::Abilities(abilities));
        }
    }
}
