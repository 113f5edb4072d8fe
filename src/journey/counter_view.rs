//! The counter's lists and outcomes: what a screen may see of them, and what may be chosen there.

use jiff::Timestamp;

use super::Journey;
use super::event::Command;
use super::scene::{Entries, Listed, Noticed, Scene};
use super::step::{
    Notice, Outcome, Part, Plan, PlanState, Plans, PrintNews, Purpose, Record, RecordKind, Records, Step,
};
use crate::domain::service::{PaidBill, Ticket};
use crate::domain::{Contract, ContractStatus};

/// Chosen in a list to begin another entry.
const NEW: &str = "new";

impl Journey {
    pub(super) fn plans(&self, held: Option<&[String]>) -> Step {
        let account = self.session.account.as_ref();
        let may_unlock = self.abilities.serves.unlock;
        let contracts = account.iter().flat_map(|account| &account.contracts);
        let alerts = account.iter().flat_map(|account| &account.alerts);
        Step::Plans(Plans {
            customer: self.customer_name(),
            plans: contracts.map(|contract| plan(contract, may_unlock)).collect(),
            alerts: alerts.chain(held.unwrap_or_default()).cloned().collect(),
            incomplete: held.is_none(),
        })
    }

    pub(super) fn plans_actions(&self) -> Vec<&'static str> {
        let mut actions = vec!["back", "leave"];
        actions.extend((self.abilities.serves.unlock && !self.suspended().is_empty()).then_some("choose"));
        actions
    }

    pub(super) fn choose_plan(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        if self.suspended().iter().any(|contract| contract.id.0 == option) {
            self.want_unlock(Some(option), now, commands);
        }
    }

    pub(super) fn records(&self, listed: &Listed) -> Step {
        let (list, records) = match &listed.entries {
            Entries::Tickets(tickets) => (RecordKind::Tickets, tickets.iter().map(ticket).collect()),
            Entries::Paid(bills) => (RecordKind::PaidBills, bills.iter().map(paid).collect()),
            Entries::Notes(notes) => (RecordKind::FiscalNotes, self.notes(notes)),
            Entries::Settlements(years) => (RecordKind::AnnualSettlements, self.settlements(years)),
            Entries::Visits(visits) => (RecordKind::Visits, visits.iter().map(|one| self.visit(one)).collect()),
        };
        Step::Records(Records {
            customer: self.customer_name(),
            list,
            records,
            may_begin: self.may_begin(listed),
            printed: listed.printed.map(|(_, news)| news),
        })
    }

    fn may_begin(&self, listed: &Listed) -> bool {
        let has_contracts = self.session.account.as_ref().is_some_and(|account| !account.contracts.is_empty());
        matches!(listed.entries, Entries::Tickets(_)) && self.abilities.serves.open_ticket && has_contracts
    }

    pub(super) fn records_actions(&self, listed: &Listed) -> Vec<&'static str> {
        let mut actions = vec!["back", "leave"];
        let opens = matches!(&listed.entries, Entries::Visits(visits) if visits.iter().any(|one| self.opens(one)));
        actions.extend((opens || self.may_begin(listed) || self.may_open(listed)).then_some("choose"));
        let something = matches!(&listed.entries, Entries::Paid(bills) if !bills.is_empty());
        let is_wanted = listed.printed.is_none_or(|(_, news)| news == PrintNews::Failed);
        actions.extend((something && is_wanted && self.equipment.printer).then_some("print"));
        actions
    }

    pub(super) fn choose_record(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        if option == NEW && matches!(&self.scene, Scene::Records(listed) if self.may_begin(listed)) {
            self.want_ticket(now, commands);
        } else if matches!(&self.scene, Scene::Records(listed) if matches!(listed.entries, Entries::Visits(_))) {
            self.choose_visit(option, now, commands);
        } else {
            self.open_paper(option, now, commands);
        }
    }

    pub(super) fn notice_step(noticed: &Noticed) -> Step {
        Step::Notice(Notice {
            about: noticed.about,
            outcome: noticed.outcome,
            protocol: noticed.protocol.clone(),
            until: noticed.until,
            words: noticed.words.clone(),
            instalments: noticed.instalments.iter().map(Part::of).collect(),
            answers: noticed.answers.clone(),
            printed: noticed.printed.map(|(_, news)| news),
        })
    }

    pub(super) fn notice_actions(&self, noticed: &Noticed) -> Vec<&'static str> {
        let mut actions = vec!["leave"];
        // a new customer has no bills yet, and what was refused can be put right
        actions.extend((noticed.about != Purpose::Join).then_some("more"));
        let is_refused = noticed.outcome == Outcome::Refused && self.session.errand.filling.is_some();
        actions.extend((self.session.joining.is_some() || is_refused).then_some("back"));
        let is_wanted = noticed.printed.is_none_or(|(_, news)| news == PrintNews::Failed);
        let something = !matches!(noticed.outcome, Outcome::Refused | Outcome::Nothing);
        let first = noticed.about == Purpose::Negotiation && noticed.outcome == Outcome::Done;
        actions.extend((first && !self.offered().is_nothing()).then_some("pay"));
        actions.extend((something && is_wanted && self.equipment.printer).then_some("print"));
        actions
    }
}

fn plan(contract: &Contract, may_unlock: bool) -> Plan {
    let (state, word) = match &contract.status {
        ContractStatus::Active => (PlanState::Active, None),
        ContractStatus::Suspended => (PlanState::Suspended, None),
        ContractStatus::OnTrust => (PlanState::OnTrust, None),
        ContractStatus::Cancelled => (PlanState::Cancelled, None),
        ContractStatus::Other(word) => (PlanState::Other, Some(word.clone())),
    };
    Plan {
        id: contract.id.0.clone(),
        plan: contract.plan.clone(),
        state,
        word,
        unlock: may_unlock && state == PlanState::Suspended,
    }
}

fn ticket(ticket: &Ticket) -> Record {
    Record {
        id: ticket.protocol.clone(),
        text: ticket.subject.clone(),
        status: Some(ticket.status.clone()).filter(|status| !status.is_empty()),
        on: ticket.opened,
        amount_cents: None,
        detail: None,
        opens: None,
    }
}

fn paid(bill: &PaidBill) -> Record {
    Record {
        id: bill.id.0.clone(),
        text: bill.description.clone(),
        status: None,
        on: bill.paid_on.or(bill.due),
        amount_cents: Some(bill.amount),
        detail: None,
        opens: None,
    }
}
