//! A ticket that a customer opens: about which contract, of which kind, in their own words.

use jiff::Timestamp;

use super::Journey;
use super::event::Command;
use super::scene::{Field, Filling, Scene};
use super::step::{Purpose, Question};
use crate::domain::Contract;
use crate::domain::asked::Ask;
use crate::domain::service::Named;

impl Journey {
    pub(super) fn want_ticket(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if self.abilities.serves.ticket_kinds {
            self.ask(Ask::TicketKinds, now, commands);
        } else {
            self.begin_ticket(Vec::new());
        }
    }

    pub(super) fn begin_ticket(&mut self, kinds: Vec<Named>) {
        let Some(account) = &self.session.account else { return };
        let chosen = |contract: &&Contract| self.session.contract.as_ref().is_none_or(|id| contract.id == *id);
        let contracts = account.contracts.iter().filter(chosen);
        let contracts: Vec<Named> =
            contracts.map(|contract| Named { id: contract.id.0.clone(), name: contract.plan.clone() }).collect();
        let mut fields = vec![Field::chosen(Question::Contract, contracts)];
        if !kinds.is_empty() {
            fields.push(Field::chosen(Question::TicketKind, kinds));
        }
        fields.extend([Field::typed(Question::Text), Field::typed(Question::Phone)]);
        self.scene = Scene::Form(Box::new(Filling::new(Purpose::Ticket, fields)));
    }
}
