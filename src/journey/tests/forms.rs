//! What was typed is not lost before the end: not by a refusal, and not by going back to the choice that led to the form.

use super::super::*;
use super::changes::{every_change, with};
use super::notices::{moves_a_visit, slot};
use super::services::*;
use super::visit::*;
use crate::domain::ContractStatus;
use crate::domain::asked::{Ask, Told};
use crate::domain::changes::{Correction, Wish};
use crate::domain::service::{Change, ContactChange};
use crate::journey::step::{Outcome, Question};

fn refused<T>() -> Change<T> {
    Change::Refused { why: "E-mail já usado".into() }
}

fn contacts_without_a_look() -> Visit {
    with(Changing { shows_contacts: false, ..every_change() })
}

#[test]
fn a_ticket_that_was_refused_is_put_right_and_asked_for_again() {
    let mut visit = at_services_with(everything(), vec![contract("1", ContractStatus::Active)]);
    chooses(&mut visit, "tickets");
    answers(&mut visit, Told::Tickets(Vec::new()));
    chooses(&mut visit, "new").types("Minha internet cai toda noite").does(Intent::Submit);
    visit.types("31955554444").does(Intent::Submit).does(Intent::Submit);
    answers(&mut visit, Told::TicketOpened(refused()));
    assert_eq!((notice(&mut visit).outcome, visit.view().actions[0]), (Outcome::Refused, "leave"));
    assert!(visit.view().actions.contains(&"back"));
    visit.does(Intent::Back);
    assert_eq!((form(&mut visit).asks, form(&mut visit).answers.len()), (Question::Confirm, 3));
    visit.does(Intent::Back).does(Intent::Back);
    assert_eq!(form(&mut visit).typed, "Minha internet cai toda noite");
    visit.types(" depois das oito").does(Intent::Submit).does(Intent::Submit).does(Intent::Submit);
    let Ask::OpenTicket(ticket) = asked(&visit).1 else { panic!("{:?}", asked(&visit)) };
    assert!(ticket.text.starts_with("Minha internet cai toda noite depois das oito"), "{}", ticket.text);
    answers(&mut visit, Told::TicketOpened(Change::Done("7".into())));
    assert!(!visit.view().actions.contains(&"back"), "what was done is not gone back to");
}

#[test]
fn what_was_refused_is_forgotten_by_whoever_goes_on_to_something_else() {
    let mut visit = contacts_without_a_look();
    chooses(&mut visit, "profile");
    chooses(&mut visit, "name").types("Maria de Souza").does(Intent::Submit).does(Intent::Submit);
    answers(&mut visit, Told::Changed(refused()));
    visit.does(Intent::More);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) }).does(Intent::Services);
    chooses(&mut visit, "profile");
    chooses(&mut visit, "name");
    assert_eq!(form(&mut visit).typed, "");
}

#[test]
fn a_refused_move_of_a_visit_can_be_asked_for_another_day() {
    let mut visit = moves_a_visit(Change::Refused { why: "A agenda fechou.".into() });
    visit.does(Intent::Back).does(Intent::Back);
    chooses(&mut visit, "7").does(Intent::Submit);
    let wish = Wish::MoveVisit { visit: "1".into(), slot: slot("7", 26) };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(wish)));
    answers(&mut visit, Told::Changed(refused()));
    visit.does(Intent::Back).does(Intent::Back).does(Intent::Back);
    assert_eq!(form(&mut visit).asks, Question::VisitAct, "what else can be done about it");
    chooses(&mut visit, "cancel").does(Intent::Submit);
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::CancelVisit { visit: "1".into() })));
}

#[test]
fn back_from_a_second_form_leads_to_the_choice_before_it_and_loses_nothing() {
    let mut visit = contacts_without_a_look();
    chooses(&mut visit, "contacts");
    chooses(&mut visit, "email").types("maria.ficticia@exemplo.com").does(Intent::Submit).does(Intent::Back);
    assert_eq!(form(&mut visit).typed, "maria.ficticia@exemplo.com");
    visit.does(Intent::Back);
    let shown = form(&mut visit);
    assert_eq!((shown.asks, shown.options[1].chosen), (Question::ContactKind, true));
    chooses(&mut visit, "phone").types("31955554444").does(Intent::Back);
    chooses(&mut visit, "email");
    assert_eq!(form(&mut visit).typed, "maria.ficticia@exemplo.com");
    visit.does(Intent::Submit).types("maria.ficticia@exemplo.com").does(Intent::Submit).does(Intent::Submit);
    let change = ContactChange { phone: None, email: Some("maria.ficticia@exemplo.com".into()) };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::Contacts(change))));
    answers(&mut visit, Told::Changed(refused()));
    visit.does(Intent::Back).does(Intent::Back).does(Intent::Back).does(Intent::Back);
    assert_eq!(form(&mut visit).asks, Question::ContactKind);
    chooses(&mut visit, "phone");
    assert_eq!(form(&mut visit).typed, "31955554444");
    visit.does(Intent::Back).does(Intent::Back);
    assert_eq!(visit.step(), "services", "the choice's own way back");
    chooses(&mut visit, "contacts");
    chooses(&mut visit, "email");
    assert_eq!(form(&mut visit).typed, "", "a form that is left is forgotten");
}

#[test]
fn an_address_is_still_there_after_a_look_at_the_choice_before_it() {
    let mut visit = with(every_change());
    chooses(&mut visit, "profile");
    chooses(&mut visit, "address").types("Rua das Flores").does(Intent::Submit).types("120").does(Intent::Back);
    visit.does(Intent::Back);
    chooses(&mut visit, "name");
    visit.does(Intent::Back);
    chooses(&mut visit, "address");
    assert_eq!(form(&mut visit).typed, "Rua das Flores");
    visit.does(Intent::Submit);
    assert_eq!(form(&mut visit).typed, "120");
    visit.does(Intent::Submit).does(Intent::Submit).types("Centro").does(Intent::Submit).types("Itabira");
    visit.does(Intent::Submit).does(Intent::Submit);
    let Ask::Change(wish) = asked(&visit).1 else { panic!("{:?}", asked(&visit)) };
    assert!(matches!(*wish, Wish::Correct(Correction::Address { .. })), "{wish:?}");
}

#[test]
fn a_refused_contact_whose_code_was_typed_is_put_right_without_being_stuck_at_the_code() {
    let mut visit = Visit::with(Settings { couriers: Couriers { email: true, sms: true }, ..Settings::default() });
    let serves = Serves { changing: Changing { shows_contacts: false, ..every_change() }, ..Serves::default() };
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() })).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) }).does(Intent::Services);
    chooses(&mut visit, "contacts");
    chooses(&mut visit, "email").types("m@exemplo.com").does(Intent::Submit).types("123456").does(Intent::Submit);
    let Some(Command::CheckCode { attempt, .. }) = visit.commands.last() else { panic!("{:?}", visit.commands) };
    let attempt = *attempt;
    visit.on(Event::CodeChecked { attempt, right: true });
    answers(&mut visit, Told::Changed(refused()));
    visit.does(Intent::Back);
    assert_eq!((form(&mut visit).asks, form(&mut visit).typed.as_str()), (Question::NewEmail, "m@exemplo.com"));
    visit.does(Intent::Submit);
    let change = ContactChange { phone: None, email: Some("m@exemplo.com".into()) };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::Contacts(change))), "its code was typed already");
}
