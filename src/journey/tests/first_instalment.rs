//! From an agreement to its first instalment.

use jiff::civil::date;

use super::super::*;
use super::changes::{every_change, offer, seen};
use super::services::*;
use super::visit::*;
use crate::domain::asked::Told;
use crate::domain::changes::{Carried, Seen};
use crate::domain::service::Change;
use crate::domain::{ContractStatus, Invoice};

/// An agreement was made by somebody of two contracts who had chosen the first; what is before them as they pay it.
fn pays_the_first_instalment(bills: Vec<Invoice>) -> (step::Invoices, Visit) {
    let mut visit = Visit::with(Settings { choose_contract: true, ..Settings::default() });
    let serves = Serves { changing: every_change(), ..Serves::default() };
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() })).types(CPF).types("1705");
    let of_two = |bills| {
        let mut found = account(bills);
        found.account.contracts.push(contract("2", ContractStatus::Active));
        Ok(Some(Box::new(found)))
    };
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: of_two(two_bills()) });
    assert_eq!(chooses(&mut visit, "1").step(), "invoices");
    visit.does(Intent::Services);
    chooses(&mut visit, "negotiation");
    seen(&mut visit, Seen::Offers(vec![offer(2)]));
    visit.does(Intent::Submit);
    answers(&mut visit, Told::Changed(Change::Done(Carried::default())));
    visit.does(Intent::Pay);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: of_two(bills) });
    let Step::Invoices(shown) = visit.view().step else { panic!("{}", visit.step()) };
    (shown, visit)
}

#[test]
fn the_first_instalment_is_chosen_without_asking_for_a_contract_first() {
    let unlinked = Invoice { contracts: Vec::new(), ..bill("900", date(2026, 11, 21), 6_000) };
    let (shown, _) = pays_the_first_instalment(vec![bill("91", date(2026, 11, 19), 11_990), unlinked]);
    let chosen: Vec<_> = shown.invoices.iter().filter(|line| line.chosen).map(|line| line.id.0.as_str()).collect();
    assert_eq!(chosen, ["900"]);
}

#[test]
fn while_the_first_instalment_is_not_there_yet_no_other_bill_is_paid_for_it() {
    let (shown, mut visit) = pays_the_first_instalment(vec![bill("91", date(2026, 11, 19), 11_990)]);
    assert_eq!((shown.chosen, shown.invoices.len()), (0, 1));
    assert!(!visit.view().actions.contains(&"pay"));
}
