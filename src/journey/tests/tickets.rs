//! Tickets: a form that is written, and what became of it.

use super::super::*;
use super::services::*;
use super::visit::*;
use crate::domain::ContractStatus;
use crate::domain::asked::{Ask, Told};
use crate::domain::service::{Change, Named, Ticket};
use crate::journey::step::{FormProblem, Outcome, TroubleCode};

fn ticket(protocol: &str) -> Ticket {
    Ticket { protocol: protocol.into(), subject: "SUPORTE".into(), status: "ABERTO".into(), opened: None }
}

/// A ticket is written and confirmed; there was one before.
fn wants_ticket() -> Visit {
    let mut visit = at_services();
    chooses(&mut visit, "tickets");
    answers(&mut visit, Told::Tickets(vec![ticket("1")]));
    chooses(&mut visit, "new").types("Sem sinal desde ontem").does(Intent::Submit);
    visit.types("31900001234").does(Intent::Submit).does(Intent::Submit);
    visit
}

#[test]
fn an_erp_that_is_gone_did_nothing_and_the_form_is_still_there() {
    let mut visit = wants_ticket();
    fails(&mut visit);
    assert!(matches!(visit.view().step, Step::Trouble(shown) if shown.code == TroubleCode::ErpDown));
    visit.does(Intent::Back);
    assert_eq!(form(&mut visit).answers[1].text, "Sem sinal desde ontem");
    visit.does(Intent::Submit);
    answers(&mut visit, Told::TicketOpened(Change::Done("2026-77".into())));
    assert_eq!(notice(&mut visit).protocol.as_deref(), Some("2026-77"));
}

#[test]
fn a_ticket_is_written_one_question_at_a_time_and_back_loses_nothing() {
    let mut visit = at_services();
    chooses(&mut visit, "tickets");
    answers(&mut visit, Told::Tickets(Vec::new()));
    chooses(&mut visit, "new").types("Sem").does(Intent::Submit);
    assert_eq!((form(&mut visit).problem, form(&mut visit).question), (Some(FormProblem::Short), 1));
    visit.types(" sinal: \u{7}não liga").does(Intent::Submit).types("0319").does(Intent::Submit);
    assert_eq!(form(&mut visit).problem, Some(FormProblem::Phone));
    visit.does(Intent::Back);
    assert_eq!(form(&mut visit).typed, "Sem sinal: não liga");
    visit.does(Intent::Submit);
    assert_eq!(form(&mut visit).typed, "0319");
    visit.does(Intent::Clear).types("(31) 90000-1234").does(Intent::Submit).does(Intent::Submit);
    let Ask::OpenTicket(ticket) = asked(&visit).1 else { panic!("{:?}", asked(&visit)) };
    assert_eq!((ticket.phone.as_str(), ticket.contract.0.as_str()), ("31900001234", "1"));
    assert_eq!(ticket.text, "Sem sinal: não liga\nTelefone para retorno: 31900001234");
}

#[test]
fn a_form_that_is_left_is_forgotten() {
    let mut visit = at_services();
    chooses(&mut visit, "tickets");
    answers(&mut visit, Told::Tickets(Vec::new()));
    chooses(&mut visit, "new").types("Sem sinal").does(Intent::Back);
    assert_eq!(visit.step(), "services");
    chooses(&mut visit, "tickets");
    answers(&mut visit, Told::Tickets(Vec::new()));
    chooses(&mut visit, "new");
    assert_eq!(form(&mut visit).typed, "");
}

#[test]
fn a_ticket_has_one_of_the_erps_types() {
    let mut visit = at_services_with(
        Serves { ticket_kinds: true, tickets: false, ..everything() },
        vec![contract("1", ContractStatus::Active)],
    );
    chooses(&mut visit, "tickets");
    assert_eq!(asked(&visit).1, Ask::TicketKinds);
    let named = |id: &str, name: &str| Named { id: id.into(), name: name.into() };
    answers(&mut visit, Told::TicketKinds(vec![named("4", "Suporte"), named("5", "Mudança")]));
    chooses(&mut visit, "5").types("mudei de rua").does(Intent::Submit);
    visit.types("3133330001").does(Intent::Submit).does(Intent::Submit);
    let Ask::OpenTicket(ticket) = asked(&visit).1 else { panic!() };
    assert_eq!(ticket.kind.as_deref(), Some("5"));
}

#[test]
fn a_ticket_whose_answer_is_lost_is_found_in_the_list() {
    let mut visit = wants_ticket();
    answers(&mut visit, Told::TicketOpened(unknown()));
    assert_eq!(asked(&visit).1, Ask::Tickets);
    answers(&mut visit, Told::Tickets(vec![ticket("1"), ticket("2")]));
    assert_eq!((notice(&mut visit).outcome, notice(&mut visit).protocol.as_deref()), (Outcome::Done, Some("2")));
    assert_eq!(times_asked(&visit, "open_ticket"), 1);
}

#[test]
fn a_ticket_that_is_not_in_the_list_or_may_be_anybodys_is_unknown() {
    for tickets in [vec![ticket("1")], vec![ticket("1"), ticket("2"), ticket("3")]] {
        let mut visit = wants_ticket();
        answers(&mut visit, Told::TicketOpened(unknown()));
        answers(&mut visit, Told::Tickets(tickets));
        assert_eq!((notice(&mut visit).outcome, notice(&mut visit).protocol), (Outcome::Unknown, None));
    }
}

#[test]
fn where_tickets_cannot_be_listed_an_unknown_one_is_not_offered_again() {
    let mut visit =
        at_services_with(Serves { tickets: false, ..everything() }, vec![contract("1", ContractStatus::Active)]);
    chooses(&mut visit, "tickets").types("Sem sinal").does(Intent::Submit);
    visit.types("3133330001").does(Intent::Submit).does(Intent::Submit);
    answers(&mut visit, Told::TicketOpened(unknown()));
    assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
    visit.does(Intent::More);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) }).does(Intent::Services);
    assert!(!offered(&mut visit).contains(&"tickets".to_owned()));
}

#[test]
fn what_a_customer_wrote_is_in_no_debug_text() {
    let visit = wants_ticket();
    let mut shown = format!("{:?} {:?}", visit.journey, visit.commands);
    let mut visit = at_services();
    chooses(&mut visit, "tickets");
    answers(&mut visit, Told::Tickets(Vec::new()));
    chooses(&mut visit, "new").types("Sem sinal desde ontem");
    shown += &format!("{:?}", visit.view());
    for secret in ["Sem sinal", "31900001234", "MARIA", CPF] {
        assert!(!shown.contains(secret), "{secret}");
    }
}
