//! A contract is read to its last page before it can be accepted, and is accepted once.

use super::super::*;
use super::document::{NEXT, document, drawn, may};
use super::services::*;
use super::visit::*;
use crate::domain::asked::{Ask, Told};
use crate::domain::changes::{Carried, Wish};
use crate::domain::service::Change;
use crate::domain::{ContractId, ContractStatus, DocumentRef};
use crate::journey::step::{Outcome, Purpose, Question};

fn at_the_counter(accepts_contract: bool) -> Visit {
    let changing = Changing { accepts_contract, ..Changing::default() };
    let serves = Serves { contract_pdf: true, changing, ..Serves::default() };
    at_services_with(serves, vec![contract("1", ContractStatus::Active), contract("2", ContractStatus::Active)])
}

fn reads(visit: &mut Visit, id: &str, pages: usize) {
    chooses(visit, "contract");
    chooses(visit, id);
    let Some(Command::FindDocument { what: DocumentRef::Contract { contract, .. }, .. }) = visit.commands.last() else {
        panic!("{:?}", visit.commands.last())
    };
    assert_eq!(*contract, ContractId::from(id));
    let attempt = visit.attempt();
    visit.on(Event::DocumentFound { attempt, result: Ok(Box::new(document(pages))) });
}

#[test]
fn a_contract_is_accepted_once_its_last_page_was_seen() {
    let mut visit = at_the_counter(true);
    reads(&mut visit, "2", 2);
    assert!(!may(&mut visit, "submit"), "one page is still unread");
    visit.does(Intent::Submit);
    assert_eq!(visit.step(), "document");
    visit.does(NEXT);
    assert!(!may(&mut visit, "submit"), "it is asked for, and not seen");
    drawn(&mut visit, 2);
    visit.does(Intent::Submit);
    let form = form(&mut visit);
    assert_eq!((form.form, form.asks), (Purpose::AcceptContract, Question::Confirm));
    assert_eq!(form.answers.len(), 1, "which one it is");
    visit.does(Intent::Submit);
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::AcceptContract { contract: "2".into() })));
    answers(&mut visit, Told::Changed(Change::Done(Carried::default())));
    assert_eq!((notice(&mut visit).about, notice(&mut visit).outcome), (Purpose::AcceptContract, Outcome::Done));
}

#[test]
fn after_an_unknown_end_a_contract_is_read_and_not_accepted_again() {
    let mut visit = at_the_counter(true);
    reads(&mut visit, "1", 1);
    visit.does(Intent::Submit).does(Intent::Submit);
    answers(&mut visit, Told::Changed(unknown()));
    assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
    visit.does(Intent::More);
    let attempt = visit.attempt();
    let mut account = account(two_bills());
    account.account.contracts = vec![contract("1", ContractStatus::Active), contract("2", ContractStatus::Active)];
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account))) }).does(Intent::Services);
    reads(&mut visit, "1", 1);
    assert!(!may(&mut visit, "submit"));
    assert_eq!(times_asked(&visit, "accept_contract"), 1);
}

#[test]
fn an_erp_that_takes_no_acceptance_has_the_contract_read_only() {
    let mut visit = at_the_counter(false);
    reads(&mut visit, "1", 1);
    assert!(!may(&mut visit, "submit") && may(&mut visit, "back"));
    visit.does(Intent::Back);
    assert_eq!(visit.step(), "services");
}
