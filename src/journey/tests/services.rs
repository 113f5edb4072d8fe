//! What the counter gives beside bills: plans, the unlock on trust, tickets, what was paid.

use super::super::*;
use super::{papers, visit::*};
use crate::domain::asked::{Ask, Told};
use crate::domain::service::{Change, PaidBill, Unlocked};
use crate::domain::{Contract, ContractStatus, Money};
use crate::journey::step::{Outcome, PlanState, Purpose, Question, SearchFor};

pub(super) fn everything() -> Serves {
    Serves {
        pendency: true,
        unlock: true,
        tickets: true,
        open_ticket: true,
        ticket_kinds: false,
        paid_bills: true,
        ..papers::papers()
    }
}

pub(super) fn contract(id: &str, status: ContractStatus) -> Contract {
    Contract { id: id.into(), plan: format!("Fibra {id}"), status }
}

/// Before the services of an ERP that can do this, with these contracts.
pub(super) fn at_services_with(serves: Serves, contracts: Vec<Contract>) -> Visit {
    let mut visit = Visit::begins();
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() })).types(CPF).types("1705");
    let attempt = visit.attempt();
    let mut found = account(two_bills());
    found.account.contracts = contracts;
    found.account.alerts = vec!["Ligue para o financeiro".into()];
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(found))) }).does(Intent::Services);
    visit
}

pub(super) fn at_services() -> Visit {
    at_services_with(everything(), vec![contract("1", ContractStatus::Suspended)])
}

pub(super) fn chooses<'a>(visit: &'a mut Visit, option: &str) -> &'a mut Visit {
    visit.does(Intent::Choose { option: option.into() })
}

pub(super) fn offered(visit: &mut Visit) -> Vec<String> {
    let Step::Services(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown.options.into_iter().map(|option| option.id).collect()
}

/// The last thing that was asked of the ERP.
pub(super) fn asked(visit: &Visit) -> (Attempt, Ask) {
    match visit.commands.last() {
        Some(Command::Serve { attempt, ask, .. }) => (*attempt, ask.clone()),
        other => panic!("{other:?}"),
    }
}

pub(super) fn times_asked(visit: &Visit, name: &str) -> usize {
    visit.commands.iter().filter(|one| matches!(one, Command::Serve { ask, .. } if ask.name() == name)).count()
}

pub(super) fn answers(visit: &mut Visit, told: Told) {
    let (attempt, _) = asked(visit);
    visit.on(Event::Served { attempt, told: Ok(told) });
}

pub(super) fn fails(visit: &mut Visit) {
    let (attempt, _) = asked(visit);
    visit.on(Event::Served { attempt, told: Err(Failure::Down) });
}

pub(super) fn form(visit: &mut Visit) -> step::Form {
    let Step::Form(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown
}

pub(super) fn notice(visit: &mut Visit) -> step::Notice {
    let Step::Notice(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown
}

pub(super) fn unknown<T>() -> Change<T> {
    Change::Unknown { why: "no answer".into() }
}

fn wants_unlock() -> Visit {
    let mut visit = at_services();
    chooses(&mut visit, "unlock").does(Intent::Submit);
    visit
}

#[test]
fn what_the_erp_cannot_do_is_no_service() {
    let nothing = Serves::default();
    for (serves, expected) in [
        (nothing, vec!["receipts", "plans"]),
        (Serves { unlock: true, ..nothing }, vec!["receipts", "plans", "unlock"]),
        (Serves { tickets: true, ..nothing }, vec!["receipts", "plans", "tickets"]),
        (Serves { open_ticket: true, ..nothing }, vec!["receipts", "plans", "tickets"]),
        (Serves { paid_bills: true, ..nothing }, vec!["receipts", "plans", "paid_bills"]),
        (Serves { pendency: true, ticket_kinds: true, ..nothing }, vec!["receipts", "plans"]),
    ] {
        let mut visit = at_services_with(serves, vec![contract("1", ContractStatus::Suspended)]);
        assert_eq!(offered(&mut visit), expected, "{serves:?}");
        for hidden in ["unlock", "tickets", "paid_bills"] {
            if !expected.contains(&hidden) {
                chooses(&mut visit, hidden);
                assert_eq!((visit.step(), times_asked(&visit, hidden)), ("services", 0), "{hidden}");
            }
        }
    }
}

#[test]
fn nothing_is_unlocked_where_nothing_is_suspended() {
    let mut visit = at_services_with(everything(), vec![contract("1", ContractStatus::OnTrust)]);
    assert!(!offered(&mut visit).contains(&"unlock".to_owned()));
    chooses(&mut visit, "unlock");
    assert_eq!(visit.step(), "services");
}

#[test]
fn plans_tell_how_each_is_and_what_the_provider_says() {
    let contracts = vec![
        contract("1", ContractStatus::Suspended),
        contract("2", ContractStatus::Active),
        contract("3", ContractStatus::Other("AGUARDANDO INSTALAÇÃO".into())),
    ];
    let mut visit = at_services_with(everything(), contracts);
    chooses(&mut visit, "plans");
    answers(&mut visit, Told::Pendency(vec!["Equipamento não devolvido".into()]));
    let Step::Plans(shown) = visit.view().step else { panic!("{}", visit.step()) };
    let states: Vec<_> = shown.plans.iter().map(|plan| (plan.state, plan.unlock)).collect();
    assert_eq!(states, [(PlanState::Suspended, true), (PlanState::Active, false), (PlanState::Other, false)]);
    assert_eq!(shown.plans[2].word.as_deref(), Some("AGUARDANDO INSTALAÇÃO"));
    assert_eq!(shown.alerts, ["Ligue para o financeiro", "Equipamento não devolvido"]);
    chooses(&mut visit, "2");
    assert_eq!(visit.step(), "plans", "what is not suspended is not unlocked");
    chooses(&mut visit, "1");
    assert_eq!(form(&mut visit).form, Purpose::Unlock);
}

#[test]
fn plans_are_shown_without_what_could_not_be_read() {
    let mut visit = at_services();
    chooses(&mut visit, "plans");
    fails(&mut visit);
    let Step::Plans(shown) = visit.view().step else { panic!("{}", visit.step()) };
    assert!(shown.incomplete && shown.plans.len() == 1);
}

#[test]
fn a_contract_comes_back_on_trust_until_the_providers_date() {
    let mut visit = wants_unlock();
    assert_eq!(asked(&visit).1, Ask::Unlock { contract: "1".into() });
    let until = jiff::civil::date(2026, 11, 25);
    answers(&mut visit, Told::Unlocked(Change::Done(Unlocked { until: Some(until), message: "SUCESSO".into() })));
    let shown = notice(&mut visit);
    assert_eq!((shown.outcome, shown.until), (Outcome::Done, Some(until)));
    visit.does(Intent::Print);
    let Some(Command::Print { attempt, job: PrintJob::Protocol(paper) }) = visit.commands.last().cloned() else {
        panic!("{:?}", visit.commands.last())
    };
    assert_eq!((paper.customer.as_str(), paper.until), ("Maria S.", Some(until)));
    assert!(!visit.view().actions.contains(&"print"), "one paper is being printed");
    visit.on(Event::Printed { attempt, done: true });
    assert_eq!(notice(&mut visit).printed, Some(step::PrintNews::Printed));
}

#[test]
fn of_several_suspended_contracts_one_is_chosen() {
    let contracts = ["7", "8"].map(|id| contract(id, ContractStatus::Suspended)).to_vec();
    let mut visit = at_services_with(everything(), contracts);
    chooses(&mut visit, "unlock");
    assert_eq!((form(&mut visit).asks, form(&mut visit).options.len()), (Question::Contract, 2));
    chooses(&mut visit, "9");
    assert_eq!(form(&mut visit).asks, Question::Contract, "nobody's contract");
    chooses(&mut visit, "8");
    assert_eq!(form(&mut visit).answers[0].text, "Fibra 8");
    visit.does(Intent::Submit);
    assert_eq!(asked(&visit).1, Ask::Unlock { contract: "8".into() });
}

#[test]
fn a_refusal_is_told_in_the_providers_words() {
    let mut visit = wants_unlock();
    answers(&mut visit, Told::Unlocked(Change::Refused { why: "Já liberado este mês".into() }));
    let shown = notice(&mut visit);
    assert_eq!((shown.outcome, shown.words.as_deref()), (Outcome::Refused, Some("Já liberado este mês")));
    assert!(!visit.view().actions.contains(&"print"), "nothing happened that a paper could tell");
}

#[test]
fn an_unknown_unlock_is_looked_up_and_found() {
    let mut visit = wants_unlock();
    answers(&mut visit, Told::Unlocked(unknown()));
    assert_eq!(asked(&visit).1, Ask::Contracts);
    answers(&mut visit, Told::Contracts(vec![contract("1", ContractStatus::OnTrust)]));
    assert_eq!(notice(&mut visit).outcome, Outcome::Done);
    assert_eq!(times_asked(&visit, "unlock"), 1);
}

#[test]
fn only_a_contract_that_works_is_one_that_came_back() {
    let other = ContractStatus::Other("EM ANALISE".into());
    for (seen, expected) in [
        (vec![contract("1", ContractStatus::Active)], Outcome::Done),
        (vec![contract("1", ContractStatus::OnTrust)], Outcome::Done),
        (vec![contract("1", ContractStatus::Cancelled)], Outcome::Unknown),
        (vec![contract("1", other)], Outcome::Unknown),
        (vec![contract("2", ContractStatus::Active)], Outcome::Unknown),
        (vec![], Outcome::Unknown),
    ] {
        let mut visit = wants_unlock();
        answers(&mut visit, Told::Unlocked(unknown()));
        answers(&mut visit, Told::Contracts(seen.clone()));
        assert_eq!(notice(&mut visit).outcome, expected, "looked up at once: {seen:?}");
        // the answer was lost, nothing could be looked at, and the customer asks again
        let mut visit = wants_unlock();
        answers(&mut visit, Told::Unlocked(unknown()));
        fails(&mut visit);
        assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
        visit.does(Intent::More);
        let attempt = visit.attempt();
        visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
        chooses(visit.does(Intent::Services), "unlock");
        assert_eq!(asked(&visit).1, Ask::Contracts);
        answers(&mut visit, Told::Contracts(seen.clone()));
        assert_eq!(notice(&mut visit).outcome, expected, "looked up when asked again: {seen:?}");
    }
}

#[test]
fn an_unlock_that_nobody_knows_of_is_told_and_looked_at_before_it_is_offered_again() {
    let suspended = || Told::Contracts(vec![contract("1", ContractStatus::Suspended)]);
    for look in [Some(suspended()), None] {
        let mut visit = wants_unlock();
        answers(&mut visit, Told::Unlocked(unknown()));
        match look {
            Some(told) => answers(&mut visit, told),
            None => fails(&mut visit),
        }
        assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
        visit.does(Intent::More);
        let attempt = visit.attempt();
        visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
        chooses(visit.does(Intent::Services), "unlock");
        assert_eq!(asked(&visit).1, Ask::Contracts, "nothing is offered before a look");
        answers(&mut visit, suspended());
        assert_eq!(form(&mut visit).form, Purpose::Unlock);
        assert_eq!(times_asked(&visit, "unlock"), 1);
    }
}

#[test]
fn what_is_being_changed_is_not_called_off_and_at_last_is_unknown() {
    let mut visit = wants_unlock();
    visit.waits(11);
    assert!(matches!(visit.view().step, Step::Searching(shown) if shown.what == SearchFor::Change && !shown.slow));
    visit.does(Intent::Cancel);
    assert_eq!(visit.step(), "searching");
    let (late, _) = asked(&visit);
    visit.waits(80);
    assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
    let told = Told::Unlocked(Change::Refused { why: String::new() });
    visit.on(Event::Served { attempt: late, told: Ok(told) });
    assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
}

#[test]
fn what_was_paid_is_listed_and_goes_on_paper() {
    let paid = |n: u64| PaidBill {
        id: n.to_string().as_str().into(),
        description: "Fibra".into(),
        due: None,
        paid_on: None,
        amount: Money::from_cents(n),
    };
    for (count, printable, on_paper) in [(0, false, 0), (1, true, 1), (200, true, 24)] {
        let mut visit = at_services();
        chooses(&mut visit, "paid_bills");
        answers(&mut visit, Told::PaidBills((1..=count).map(paid).collect()));
        let Step::Records(shown) = visit.view().step else { panic!("{}", visit.step()) };
        assert_eq!(shown.records.len(), usize::try_from(count).unwrap());
        assert_eq!(visit.view().actions.contains(&"print"), printable);
        visit.does(Intent::Print);
        let papers = visit.commands.iter().filter_map(|command| match command {
            Command::Print { job: PrintJob::Statement(paper), .. } => Some(paper.bills.len()),
            _ => None,
        });
        assert_eq!(papers.sum::<usize>(), on_paper);
    }
}

#[test]
fn a_read_that_fails_is_tried_again_or_left() {
    let mut visit = at_services();
    chooses(&mut visit, "paid_bills");
    fails(&mut visit);
    visit.does(Intent::Retry);
    assert_eq!(times_asked(&visit, "paid_bills"), 2);
    fails(&mut visit);
    visit.does(Intent::Back);
    assert_eq!(visit.step(), "services");
}

#[test]
fn a_notice_that_nobody_touches_is_dropped_after_twenty_seconds() {
    let mut visit = wants_unlock();
    answers(&mut visit, Told::Unlocked(Change::Refused { why: String::new() }));
    visit.waits(19);
    assert_eq!(visit.step(), "notice");
    visit.waits(2);
    assert_eq!(visit.step(), "identify");
}

#[test]
fn without_a_second_factor_there_are_no_services() {
    let mut visit = Visit::with(Settings { verify: None, ..Settings::default() });
    visit.on(Event::Abilities(Abilities { serves: everything(), ..Abilities::default() })).types(CPF);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) }).does(Intent::Services);
    assert_eq!(visit.step(), "invoices");
}
