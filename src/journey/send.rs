//! A bill sent to the address that the provider knows of the customer. It is sent once: an unknown end is told, and the
//! wish is not taken again.

use super::Journey;
use super::event::{Attempt, Command};
use super::scene::Scene;
use super::step::{SendNews, Sending};
use crate::domain::{ConfirmedBy, InvoiceId};
use crate::payment::Standing;

impl Journey {
    /// The bill on the screen, where what is shown of it is the provider's own.
    fn bill_on_screen(&self) -> Option<InvoiceId> {
        match &self.scene {
            Scene::Boleto { line, .. } => Some(line.clone()),
            Scene::Paying => {
                let paying = self.session.paying.as_ref()?;
                let Standing::PixShown(charge) = &paying.standing else { return None };
                // a code of ours is not what the provider would send
                let is_the_erps = charge.confirmed_by == ConfirmedBy::Erp && self.session.chosen.len() == 1;
                is_the_erps.then(|| self.session.chosen.first().cloned()).flatten()
            }
            _ => None,
        }
    }

    /// Nothing where the ERP sends nothing, or the customer has not shown who they are.
    pub(super) fn sending(&self) -> Option<Sending> {
        let sends_by = self.abilities.sends_by.filter(|_| self.has_services())?;
        let bill = self.bill_on_screen()?;
        Some(Sending { sends_by, sent: self.session.sent.get(&bill).map(|(_, news)| *news) })
    }

    pub(super) fn may_send(&self) -> bool {
        self.sending().is_some_and(|sending| matches!(sending.sent, None | Some(SendNews::Refused)))
    }

    pub(super) fn send(&mut self, commands: &mut Vec<Command>) {
        let (Some(sending), Some(id)) = (self.sending(), self.bill_on_screen()) else { return };
        let Some(bill) = self.bill(&id).filter(|_| self.may_send()) else { return };
        let attempt = self.next_attempt();
        self.session.sent.insert(id, (attempt, SendNews::Sending));
        commands.push(Command::SendBill { attempt, bill, by: sending.sends_by });
    }

    pub(super) fn sent(&mut self, asked: Attempt, told: SendNews) {
        for (attempt, news) in self.session.sent.values_mut() {
            if *attempt == asked {
                *news = told;
            }
        }
    }
}
