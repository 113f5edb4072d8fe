//! The contract: read to its last page, and then accepted, if it is the customer's wish.

use jiff::Timestamp;

use super::named;
use crate::domain::{Contract, ContractId, DocumentRef};
use crate::journey::Journey;
use crate::journey::event::Command;
use crate::journey::scene::{Field, Filling, Reading};
use crate::journey::step::{Purpose, Question};

fn of_contract(contracts: &[&Contract]) -> Field {
    Field::chosen(Question::Contract, contracts.iter().map(|one| named(&one.id.0, &one.plan)).collect())
}

impl Journey {
    pub(super) fn choose_contract_to_read(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let stage = Filling::stage(Purpose::AcceptContract, [of_contract(&self.own_contracts())]);
        self.begin_stage(stage, now, commands);
    }

    pub(super) fn read_contract(&mut self, contract: &str, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(customer) = self.session.account.as_ref().map(|account| account.customer.id.clone()) else { return };
        let contract = ContractId::from(contract);
        self.open_document(DocumentRef::Contract { customer, contract }, now, commands);
    }

    /// The contract on the screen; nothing where this ERP takes no acceptance, or one of it ended unknown: there is
    /// nowhere to look what came of it.
    pub(in crate::journey) fn contract_to_accept(&self) -> Option<&ContractId> {
        let Some((DocumentRef::Contract { contract, .. }, _)) = &self.session.asked_document else { return None };
        let is_open = self.abilities.serves.changing.accepts_contract
            && !self.session.errand.unknown.contains(&Purpose::AcceptContract);
        is_open.then_some(contract)
    }

    pub(in crate::journey) fn may_accept(&self, reading: &Reading) -> bool {
        reading.seen_to >= reading.pages && self.contract_to_accept().is_some()
    }

    /// Asked once more by its name, before it is done.
    pub(in crate::journey) fn want_to_accept(&mut self) {
        let Some(wanted) = self.contract_to_accept().cloned() else { return };
        let contracts: Vec<_> = self.own_contracts().into_iter().filter(|one| one.id == wanted).collect();
        let filling = Filling::new(Purpose::AcceptContract, vec![of_contract(&contracts)]);
        self.session.asked_document = None;
        self.begin_form(filling);
    }
}
