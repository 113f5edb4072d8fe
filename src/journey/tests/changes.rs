//! What a customer changes: looked at first, asked for once, and never taken for done before it shows.

use jiff::civil::date;

use super::super::*;
use super::services::*;
use super::visit::*;
use crate::domain::asked::{Ask, Told};
use crate::domain::changes::{
    Carried, Correction, DayPart, DueDay, DueDays, Instalment, Look, Offer, Pausable, Seen, Slot, Stands,
    Visit as Call, Wish,
};
use crate::domain::service::{Change, Contact, ContactChange, ContactKind};
use crate::domain::{ContractStatus, Money};
use crate::journey::step::{FormProblem, Outcome, Purpose, Question, TroubleCode};

pub(super) fn every_change() -> Changing {
    Changing {
        due_day: true,
        contacts: true,
        contacts_are_requests: true,
        shows_contacts: true,
        notifications: true,
        digital_invoice: true,
        negotiation: true,
        visits: true,
        move_visit: true,
        cancel_visit: true,
        rate_visit: true,
        pause: true,
        app_password: true,
        accepts_contract: true,
        profile: true,
    }
}

pub(super) fn with(changing: Changing) -> Visit {
    let serves = Serves { changing, ..Serves::default() };
    at_services_with(serves, vec![contract("1", ContractStatus::Active)])
}

pub(super) fn seen(visit: &mut Visit, seen: Seen) {
    answers(visit, Told::Seen(Box::new(seen)));
}

fn days(current: &str) -> Seen {
    let day =
        |id: &str, day: &str| DueDay { id: id.into(), day: day.into(), billed: Some((6, 5)), same_month: Some(true) };
    let days = vec![day("2", "5"), day("4", "10"), day("7", "20")];
    Seen::DueDays(DueDays { contract: "1".into(), current: Some(current.into()), days })
}

pub(super) fn offer(parts: i8) -> Offer {
    Offer {
        id: parts.to_string(),
        bills: vec!["90".into()],
        rule: None,
        fine: None,
        interest: None,
        discount: None,
        instalments: (0..parts)
            .map(|n| Instalment { amount: Money::from_cents(6_000), due: date(2026, 11 + n.min(1), 21 + n) })
            .collect(),
    }
}

fn call(id: &str, is_over: bool) -> Call {
    let (protocol, about) = (format!("P{id}"), "MUDANÇA DE PONTO".to_owned());
    Call { id: id.into(), protocol, about, on: Some(date(2026, 11, 25)), part: Some(DayPart::Morning), is_over }
}

fn again(visit: &mut Visit) {
    visit.does(Intent::More);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) }).does(Intent::Services);
}

#[test]
fn what_the_erp_cannot_change_is_on_no_menu() {
    let all = [
        "negotiation",
        "due_day",
        "visits",
        "contacts",
        "profile",
        "notifications",
        "digital_invoice",
        "pause",
        "app_password",
    ];
    assert_eq!(offered(&mut with(every_change()))[2..], all.map(str::to_owned));
    let mut nothing = with(Changing::default());
    assert_eq!(offered(&mut nothing), ["receipts", "plans"]);
    for hidden in all {
        chooses(&mut nothing, hidden);
        assert_eq!(nothing.step(), "services", "{hidden}");
    }
}

#[test]
fn a_due_day_is_chosen_among_the_others_and_asked_for_with_the_one_it_has() {
    let mut visit = with(every_change());
    chooses(&mut visit, "due_day");
    assert_eq!(asked(&visit).1, Ask::Look(Look::DueDays { contract: "1".into() }));
    seen(&mut visit, days("4"));
    let ids: Vec<_> = form(&mut visit).options.into_iter().map(|option| option.id).collect();
    assert_eq!(ids, ["2", "7"], "its own is not offered");
    chooses(&mut visit, "4");
    assert_eq!(form(&mut visit).asks, Question::NewDueDay, "what is not offered is not taken");
    chooses(&mut visit, "7").does(Intent::Submit);
    let wish = Wish::DueDay { contract: "1".into(), from: "4".into(), to: "7".into() };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(wish)));
    answers(&mut visit, Told::Changed(unknown()));
    assert_eq!(asked(&visit).1, Ask::Look(Look::DueDays { contract: "1".into() }), "an unknown end is looked up");
    seen(&mut visit, days("7"));
    assert_eq!((notice(&mut visit).about, notice(&mut visit).outcome), (Purpose::DueDay, Outcome::Done));
    assert_eq!(times_asked(&visit, "change_due_day"), 1);
}

#[test]
fn a_contract_whose_due_day_is_not_told_or_has_no_other_changes_nothing() {
    let none = Seen::DueDays(DueDays { contract: "1".into(), current: None, days: Vec::new() });
    for told in [none, Seen::DueDays(DueDays { contract: "1".into(), current: Some("4".into()), days: Vec::new() })] {
        let mut visit = with(every_change());
        chooses(&mut visit, "due_day");
        seen(&mut visit, told);
        assert_eq!(notice(&mut visit).outcome, Outcome::Nothing);
        assert!(!visit.view().actions.contains(&"print"), "there is nothing to put on paper");
    }
}

#[test]
fn a_change_that_does_not_show_is_unknown_and_one_that_cannot_be_looked_up_is_not_offered_again() {
    let mut visit = with(every_change());
    chooses(&mut visit, "due_day");
    seen(&mut visit, days("4"));
    chooses(&mut visit, "7").does(Intent::Submit);
    answers(&mut visit, Told::Changed(unknown()));
    seen(&mut visit, days("4"));
    assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
    again(&mut visit);
    assert!(offered(&mut visit).contains(&"due_day".to_owned()), "a look comes first");
    chooses(&mut visit, "app_password").does(Intent::Submit);
    answers(&mut visit, Told::Changed(unknown()));
    assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
    again(&mut visit);
    assert!(!offered(&mut visit).contains(&"app_password".to_owned()));
}

#[test]
fn a_name_or_an_address_is_asked_for_as_it_was_typed_and_not_before_it_can_be_one() {
    let mut visit = with(every_change());
    chooses(&mut visit, "profile");
    chooses(&mut visit, "name").types("M").does(Intent::Submit);
    assert_eq!(form(&mut visit).problem, Some(FormProblem::Name));
    visit.types("aria de Souza").does(Intent::Submit);
    assert_eq!(form(&mut visit).asks, Question::Confirm);
    visit.does(Intent::Submit);
    let named = Correction::Name("Maria de Souza".to_owned());
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::Correct(named))));
    answers(&mut visit, Told::Changed(Change::Done(Carried { is_a_request: true, ..Carried::default() })));
    assert_eq!(notice(&mut visit).outcome, Outcome::Requested, "somebody there still has to do it");

    again(&mut visit);
    chooses(&mut visit, "profile");
    chooses(&mut visit, "address");
    for (typed, asks) in [
        ("Rua das Flores", Question::Street),
        ("120", Question::HouseNumber),
        ("", Question::Complement),
        ("Centro", Question::District),
        ("Belo Horizonte", Question::City),
    ] {
        assert_eq!(form(&mut visit).asks, asks);
        visit.types(typed).does(Intent::Submit);
    }
    visit.does(Intent::Submit);
    let address = Correction::Address {
        contract: "1".into(),
        street: "Rua das Flores".to_owned(),
        number: "120".to_owned(),
        complement: String::new(),
        district: "Centro".to_owned(),
        city: "Belo Horizonte".to_owned(),
    };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::Correct(address))));
    answers(&mut visit, Told::Changed(unknown()));
    assert_eq!(notice(&mut visit).outcome, Outcome::Unknown);
    again(&mut visit);
    assert!(!offered(&mut visit).contains(&"profile".to_owned()), "nobody can look what became of it");
}

#[test]
fn a_request_is_not_told_as_done() {
    let mut visit = with(every_change());
    chooses(&mut visit, "contacts");
    seen(&mut visit, Seen::Contacts(vec![Contact { kind: ContactKind::Email, value: "maria@example.com".into() }]));
    let shown = form(&mut visit);
    assert_eq!((shown.options[0].text.as_str(), shown.options[1].text.as_str()), ("", "m***@example.com"));
    chooses(&mut visit, "email").types("ana@exemplo.com.br").does(Intent::Submit);
    visit.types("ana@exemplo.com").does(Intent::Submit);
    assert_eq!(form(&mut visit).problem, Some(FormProblem::Different));
    visit.types(".br").does(Intent::Submit).does(Intent::Submit);
    let change = ContactChange { phone: None, email: Some("ana@exemplo.com.br".into()) };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::Contacts(change))));
    answers(&mut visit, Told::Changed(Change::Done(Carried { is_a_request: true, ..Carried::default() })));
    assert_eq!(notice(&mut visit).outcome, Outcome::Requested);
}

#[test]
fn a_password_shows_as_stars_goes_with_its_call_and_is_kept_nowhere() {
    let mut visit = with(every_change());
    chooses(&mut visit, "digital_invoice").types("s3nha do app");
    assert_eq!(form(&mut visit).typed, "************");
    visit.does(Intent::Submit);
    assert!(form(&mut visit).answers.is_empty(), "it is read again by nobody");
    visit.does(Intent::Submit);
    let shown = format!("{:?} {:?}", visit.journey, visit.commands);
    assert!(!shown.contains("s3nha"), "{shown}");
    fails(&mut visit);
    assert!(
        matches!(visit.view().step, Step::Trouble(shown) if shown.code == TroubleCode::ErpDown && !shown.can_retry)
    );
    visit.does(Intent::Back);
    assert_eq!((form(&mut visit).asks, form(&mut visit).typed.as_str()), (Question::Password, ""));
}

#[test]
fn an_agreement_on_other_terms_is_no_agreement_that_can_be_paid_at_once() {
    let mut visit = with(every_change());
    chooses(&mut visit, "negotiation");
    seen(&mut visit, Seen::Offers(vec![offer(2)]));
    chooses(&mut visit, "2").does(Intent::Submit);
    let otherwise = Some(offer(1).instalments);
    answers(&mut visit, Told::Changed(Change::Done(Carried { otherwise, ..Carried::default() })));
    let told = notice(&mut visit);
    assert_eq!((told.outcome, told.instalments.len()), (Outcome::Otherwise, 1));
    assert!(!visit.view().actions.contains(&"pay"));
}

#[test]
fn only_overdue_bills_that_no_payment_holds_are_negotiated() {
    let mut visit = with(every_change());
    chooses(&mut visit, "negotiation");
    assert_eq!(asked(&visit).1, Ask::Look(Look::Offers { bills: vec!["90".into()] }), "91 is not overdue");
    let mut visit = Visit::begins();
    let serves = Serves { changing: every_change(), ..Serves::default() };
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() })).types(CPF).types("1705");
    let attempt = visit.attempt();
    let found = Found { settling: vec!["90".into()], ..account(two_bills()) };
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(found))) }).does(Intent::Services);
    assert!(!offered(&mut visit).contains(&"negotiation".to_owned()), "an earlier payment may still pay it");
}

#[test]
fn an_agreement_is_made_on_the_erps_terms_and_its_first_instalment_is_chosen() {
    let mut visit = with(every_change());
    chooses(&mut visit, "negotiation");
    seen(&mut visit, Seen::Offers(vec![offer(1), offer(2)]));
    chooses(&mut visit, "2");
    assert_eq!(visit.commands.len(), 2, "nothing is asked for before it is confirmed");
    visit.does(Intent::Submit);
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::Negotiate(Box::new(offer(2))))));
    answers(&mut visit, Told::Changed(Change::Done(Carried::default())));
    assert_eq!(notice(&mut visit).outcome, Outcome::Done);
    visit.does(Intent::Pay);
    let attempt = visit.attempt();
    let bills = vec![
        bill("91", date(2026, 11, 19), 11_990),
        bill("901", date(2026, 12, 22), 6_000),
        bill("900", date(2026, 11, 21), 6_000),
    ];
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(bills)))) });
    let Step::Invoices(shown) = visit.view().step else { panic!("{}", visit.step()) };
    let chosen: Vec<_> = shown.invoices.iter().filter(|line| line.chosen).map(|line| line.id.0.as_str()).collect();
    assert_eq!(chosen, ["900"], "not the overdue one that was no part of it");
}

#[test]
fn an_agreement_without_an_answer_is_looked_for_in_its_bills() {
    for (stands, expected) in [(Stands::Gone, Outcome::Done), (Stands::Open, Outcome::Unknown)] {
        let mut visit = with(every_change());
        chooses(&mut visit, "negotiation");
        seen(&mut visit, Seen::Offers(vec![offer(2)]));
        visit.does(Intent::Submit);
        answers(&mut visit, Told::Changed(unknown()));
        assert_eq!(asked(&visit).1, Ask::Look(Look::Bills { bills: vec!["90".into()] }));
        seen(&mut visit, Seen::Bills(vec![("90".into(), stands)]));
        assert_eq!(notice(&mut visit).outcome, expected);
        assert_eq!(visit.view().actions.contains(&"pay"), expected == Outcome::Done);
    }
}

#[test]
fn no_terms_are_no_agreement() {
    let mut visit = with(every_change());
    chooses(&mut visit, "negotiation");
    seen(&mut visit, Seen::Offers(Vec::new()));
    assert_eq!((notice(&mut visit).about, notice(&mut visit).outcome), (Purpose::Negotiation, Outcome::Nothing));
}

#[test]
fn a_visit_to_come_is_moved_or_cancelled_and_one_that_was_made_is_rated() {
    let mut visit = with(every_change());
    chooses(&mut visit, "visits");
    seen(&mut visit, Seen::Visits(vec![call("1", false), call("2", true)]));
    chooses(&mut visit, "9");
    assert_eq!(visit.step(), "records", "nobody's visit");
    chooses(&mut visit, "1");
    let acts: Vec<_> = form(&mut visit).options.into_iter().map(|option| option.id).collect();
    assert_eq!(acts, ["move", "cancel"]);
    chooses(&mut visit, "move");
    assert_eq!(asked(&visit).1, Ask::Look(Look::Slots { visit: "1".into() }));
    let slot = |id: &str, day| Slot { id: id.into(), on: date(2026, 11, day), part: DayPart::Afternoon };
    seen(&mut visit, Seen::Slots { visit: "1".into(), slots: vec![slot("7", 26), slot("8", 27)] });
    chooses(&mut visit, "8").does(Intent::Submit);
    let wish = Wish::MoveVisit { visit: "1".into(), slot: slot("8", 27) };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(wish)));
    answers(&mut visit, Told::Changed(Change::Refused { why: "Horário ocupado".into() }));
    assert_eq!((notice(&mut visit).about, notice(&mut visit).outcome), (Purpose::MoveVisit, Outcome::Refused));
    again(&mut visit);
    chooses(&mut visit, "visits");
    seen(&mut visit, Seen::Visits(vec![call("2", true)]));
    chooses(&mut visit, "2").types("10").does(Intent::Submit).types("7").does(Intent::Submit).does(Intent::Submit);
    let wish = Wish::RateVisit { visit: "2".into(), technician: 10, solution: 7 };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(wish)));
}

#[test]
fn a_visit_is_cancelled_where_it_is_seen_to_be_gone() {
    for (left, expected) in [
        (Some(Vec::new()), (Outcome::Done, None)),
        (Some(vec![call("2", false)]), (Outcome::Done, None)),
        (Some(vec![call("1", false)]), (Outcome::Stands, call("1", false).on)),
        (None, (Outcome::Requested, None)),
    ] {
        let mut visit = with(every_change());
        chooses(&mut visit, "visits");
        seen(&mut visit, Seen::Visits(vec![call("1", false)]));
        chooses(chooses(&mut visit, "1"), "cancel").does(Intent::Submit);
        assert_eq!(asked(&visit).1, Ask::Change(Box::new(Wish::CancelVisit { visit: "1".into() })));
        answers(&mut visit, Told::Changed(Change::Done(Carried::default())));
        assert_eq!(asked(&visit).1, Ask::Look(Look::Visits), "what the provider did is looked at");
        match left.clone() {
            Some(visits) => seen(&mut visit, Seen::Visits(visits)),
            None => fails(&mut visit),
        }
        let told = notice(&mut visit);
        assert_eq!((told.about, (told.outcome, told.until)), (Purpose::CancelVisit, expected), "{left:?}");
    }
}

#[test]
fn what_a_rule_refuses_to_show_is_told_in_the_providers_words() {
    let mut visit = with(every_change());
    chooses(&mut visit, "visits");
    answers(&mut visit, Told::Refused { why: "Só com o gerente".into() });
    let told = notice(&mut visit);
    assert_eq!((told.about, told.outcome), (Purpose::Visit, Outcome::Refused));
    assert_eq!(told.words.as_deref(), Some("Só com o gerente"));
}

#[test]
fn a_day_on_which_nobody_is_free_moves_no_visit() {
    let mut visit = with(every_change());
    chooses(&mut visit, "visits");
    seen(&mut visit, Seen::Visits(vec![call("1", false)]));
    chooses(chooses(&mut visit, "1"), "move");
    seen(&mut visit, Seen::Slots { visit: "1".into(), slots: Vec::new() });
    assert_eq!((notice(&mut visit).about, notice(&mut visit).outcome), (Purpose::MoveVisit, Outcome::Nothing));
}

#[test]
fn a_contract_that_may_not_rest_says_why_and_cannot_be_chosen() {
    let row = |id: &str, owes, rested| Pausable { contract: id.into(), plan: format!("Fibra {id}"), owes, rested };
    let mut visit = with(every_change());
    chooses(&mut visit, "pause");
    seen(&mut visit, Seen::Pausable(vec![row("1", true, false)]));
    assert_eq!((form(&mut visit).asks, form(&mut visit).question), (Question::Contract, 1), "one alone is shown too");
    chooses(&mut visit, "1");
    assert_eq!(form(&mut visit).asks, Question::Contract);
    let mut visit = with(every_change());
    chooses(&mut visit, "pause");
    seen(&mut visit, Seen::Pausable(vec![row("1", false, false), row("2", false, true)]));
    chooses(chooses(&mut visit, "2"), "1").types("20112026").does(Intent::Submit);
    assert_eq!(form(&mut visit).problem, Some(FormProblem::Day), "today is no day to come");
    visit.does(Intent::Clear).types("01122026").does(Intent::Submit);
    visit.types("0").does(Intent::Submit);
    assert_eq!(form(&mut visit).problem, Some(FormProblem::Number));
    visit.does(Intent::Clear).types("30").does(Intent::Submit).does(Intent::Submit);
    let wish = Wish::Pause { contract: "1".into(), from: date(2026, 12, 1), days: 30 };
    assert_eq!(asked(&visit).1, Ask::Change(Box::new(wish)));
}
