//! A code that is sent: the same to see whether there is anybody or not, and what a typed address is good for.

use super::super::*;
use super::services::*;
use super::visit::*;
use crate::domain::asked::Ask;
use crate::domain::changes::Wish;
use crate::domain::service::{Channel, ContactKind};
use crate::domain::{Contract, ContractStatus};
use crate::journey::step::{Asks, FormProblem, Question, SendBy, SendNews, TroubleCode};

fn by_sms() -> Settings {
    Settings { verify: Some(Asks::CodeSms), couriers: Couriers { email: true, sms: true }, ..Settings::default() }
}

/// The last code that was asked for.
fn asked_for(visit: &Visit) -> (Attempt, CodeFor) {
    let codes = visit.commands.iter().rev().find_map(|command| match command {
        Command::SendCode { attempt, to } => Some((*attempt, to.clone())),
        _ => None,
    });
    codes.expect("no code was asked for")
}

fn codes(visit: &Visit) -> usize {
    visit.commands.iter().filter(|command| matches!(command, Command::SendCode { .. })).count()
}

fn typed(visit: &mut Visit, code: &str, right: bool) {
    visit.types(code);
    if visit.step() == "form" {
        visit.does(Intent::Submit);
    }
    checked(visit, right);
}

fn checked(visit: &mut Visit, right: bool) {
    let Some(Command::CheckCode { attempt, .. }) = visit.commands.last() else { panic!("{:?}", visit.commands.last()) };
    let attempt = *attempt;
    visit.on(Event::CodeChecked { attempt, right });
}

fn may(visit: &mut Visit, what: &str) -> bool {
    visit.view().actions.contains(&what)
}

fn trouble(visit: &mut Visit) -> TroubleCode {
    let Step::Trouble(trouble) = visit.view().step else { panic!("{}", visit.step()) };
    trouble.code
}

fn problem(visit: &mut Visit) -> (Question, Option<FormProblem>) {
    let Step::Form(form) = visit.view().step else { panic!("{}", visit.step()) };
    (form.asks, form.problem)
}

#[test]
fn the_right_code_shows_who_it_is_and_only_then_the_bills_are_read() {
    let mut visit = Visit::with(by_sms());
    visit.types(CPF);
    assert_eq!(visit.step(), "verify");
    assert!(matches!(asked_for(&visit).1, CodeFor::Registered { by: SendBy::Sms, .. }));
    typed(&mut visit, "123456", true);
    assert!(matches!(visit.commands.last(), Some(Command::FindAccount { .. })));
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    assert_eq!(visit.step(), "invoices");
    assert!(may(&mut visit, "services") && !visit.journey.awaits_code());
}

#[test]
fn the_code_is_shown_to_nobody_who_reads_a_log() {
    let mut visit = Visit::with(by_sms());
    visit.types(CPF).types("918273");
    let view = visit.view();
    let shown = format!("{:?} {view:?} {:?}", visit.commands, visit.journey);
    assert!(!shown.contains("918273") && !shown.contains("91827") && !shown.contains(CPF), "{shown}");
}

#[test]
fn somebody_and_nobody_look_the_same_and_five_wrong_codes_lock() {
    let mut somebody = Visit::with(by_sms());
    let mut nobody = Visit::with(by_sms());
    for visit in [&mut somebody, &mut nobody] {
        visit.types(CPF);
    }
    let (attempt, _) = asked_for(&somebody);
    somebody.on(Event::CodeSent { attempt, result: Ok(()) });
    assert_eq!(somebody.view(), nobody.view(), "what was sent is not to be seen");
    for visit in [&mut somebody, &mut nobody] {
        for left in (0..5).rev() {
            typed(visit, "000000", false);
            assert_eq!(visit.step(), if left > 0 { "verify" } else { "trouble" });
        }
        assert_eq!(trouble(visit), TroubleCode::Locked);
        assert_eq!((visit.journey.locks(), visit.journey.awaits_code()), (1, false));
    }
    assert_eq!(somebody.view(), nobody.view());
    somebody.does(Intent::Back).types(CPF);
    assert_eq!((somebody.step(), codes(&somebody)), ("identify", 1), "a locked screen sends nothing");
}

#[test]
fn a_wrong_code_may_be_corrected_and_says_that_it_was_wrong_until_the_next() {
    let mut visit = Visit::with(by_sms());
    visit.types(CPF);
    typed(&mut visit, "000000", false);
    let Step::Verify(shown) = visit.view().step else { panic!() };
    assert!(shown.wrong && shown.typed.is_empty());
    visit.types("12345");
    assert!(matches!(visit.view().step, Step::Verify(shown) if !shown.wrong), "until something is typed");
    assert_eq!(visit.commands.iter().filter(|one| matches!(one, Command::CheckCode { .. })).count(), 1);
    typed(&mut visit, "6", true);
    assert_eq!(visit.step(), "searching");
}

#[test]
fn another_code_may_be_asked_for_after_half_a_minute_and_three_times() {
    let mut visit = Visit::with(by_sms());
    visit.types(CPF);
    for more in 1..=3 {
        assert!(!may(&mut visit, "retry"));
        visit.does(Intent::Retry).waits(29).does(Intent::Retry);
        assert_eq!(codes(&visit), more);
        visit.waits(1).types("12").does(Intent::Retry);
        assert_eq!(codes(&visit), more + 1);
        let Step::Verify(shown) = visit.view().step else { panic!() };
        assert!(shown.typed.is_empty(), "what was typed belongs to the code before");
    }
    visit.waits(60);
    assert!(!may(&mut visit, "retry"));
}

#[test]
fn a_code_that_cannot_be_sent_is_told_and_another_question_is_asked_where_the_site_has_one() {
    for (otherwise, expected) in [(None, "trouble"), (Some(Asks::BirthDayMonth), "verify")] {
        let mut visit = Visit::with(Settings { otherwise, ..by_sms() });
        visit.types(CPF);
        let (attempt, _) = asked_for(&visit);
        visit.on(Event::CodeSent { attempt, result: Err(NoCode::Down) });
        assert_eq!(visit.step(), expected);
        if otherwise.is_none() {
            assert_eq!(trouble(&mut visit), TroubleCode::NoCode);
            visit.does(Intent::Retry);
            assert_eq!((visit.step(), codes(&visit)), ("verify", 2));
            continue;
        }
        visit.types("1705");
        let attempt = visit.attempt();
        visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
        assert_eq!(visit.step(), "invoices");
    }
}

#[test]
fn the_other_question_is_answered_rightly_or_not_at_all() {
    let mut visit = Visit::with(Settings { otherwise: Some(Asks::BirthDayMonth), ..by_sms() });
    visit.types(CPF);
    let (attempt, _) = asked_for(&visit);
    visit.on(Event::CodeSent { attempt, result: Err(NoCode::Down) }).types("1805");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    assert_eq!(trouble(&mut visit), TroubleCode::NotFound);
}

#[test]
fn too_many_codes_and_an_erp_that_is_gone_are_told_by_their_codes() {
    for (why, code, again) in [
        (NoCode::TooMany, TroubleCode::TooManyCodes, false),
        (NoCode::Erp(Failure::Down), TroubleCode::ErpDown, true),
        (NoCode::Erp(Failure::Garbled), TroubleCode::ErpGarbled, true),
    ] {
        let mut visit = Visit::with(Settings { otherwise: Some(Asks::PhoneLast4), ..by_sms() });
        visit.types(CPF);
        let (attempt, _) = asked_for(&visit);
        visit.on(Event::CodeSent { attempt, result: Err(why) });
        assert_eq!((trouble(&mut visit), may(&mut visit, "retry")), (code, again));
    }
}

#[test]
fn an_answer_about_an_older_code_changes_nothing() {
    let mut visit = Visit::with(by_sms());
    visit.types(CPF);
    let (older, _) = asked_for(&visit);
    visit.does(Intent::Back).types(CPF).on(Event::CodeSent { attempt: older, result: Err(NoCode::Down) });
    assert_eq!(visit.step(), "verify");
    visit.types("123456");
    visit.on(Event::CodeChecked { attempt: Attempt(1), right: true });
    assert_eq!(visit.step(), "verify");
}

#[test]
fn whoever_waits_for_a_message_is_given_time_and_then_forgotten() {
    let mut visit = Visit::with(by_sms());
    visit.types(CPF).waits(134);
    assert_eq!(visit.step(), "verify");
    visit.waits(1);
    assert_eq!(visit.step(), "still_there");
    visit.waits(20);
    assert!(visit.step() == "identify" && !visit.journey.awaits_code());
}

/// Before the question for a new phone.
fn at_new_phone(settings: Settings) -> Visit {
    // with nobody to bring a code it can only be asked for
    let contacts_are_requests = settings.couriers == Couriers::default();
    let changing = Changing { contacts: true, contacts_are_requests, ..Changing::default() };
    let serves = Serves { changing, ..Serves::default() };
    let mut visit = Visit::with(Settings { verify: Some(Asks::BirthDayMonth), ..settings });
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() })).types(CPF).types("1705");
    let attempt = visit.attempt();
    let mut found = account(two_bills());
    found.account.contracts = vec![Contract { id: "1".into(), plan: "Fibra".into(), status: ContractStatus::Active }];
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(found))) }).does(Intent::Services);
    chooses(&mut visit, "contacts");
    chooses(&mut visit, "phone");
    visit
}

#[test]
fn a_new_phone_is_changed_only_when_the_code_that_went_there_is_typed() {
    let mut visit = at_new_phone(by_sms());
    visit.types("31955554444").does(Intent::Submit);
    let (_, CodeFor::Typed { contact, .. }) = asked_for(&visit) else { panic!() };
    assert_eq!((contact.kind, contact.value.as_str()), (ContactKind::Phone, "31955554444"));
    let Step::Form(form) = visit.view().step else { panic!() };
    assert_eq!((form.asks, form.answers.len()), (Question::Code, 1), "it says where the code went");
    typed(&mut visit, "000000", false);
    assert_eq!(problem(&mut visit), (Question::Code, Some(FormProblem::Code)));
    assert_eq!(times_asked(&visit, "change_contacts"), 0);
    typed(&mut visit, "123456", true);
    let (_, Ask::Change(wish)) = asked(&visit) else { panic!() };
    assert!(matches!(*wish, Wish::Contacts(change) if change.phone.as_deref() == Some("31955554444")));
}

#[test]
fn without_a_courier_a_new_phone_is_typed_twice_as_before() {
    let mut visit = at_new_phone(Settings::default());
    visit.types("31955554444").does(Intent::Submit);
    assert_eq!((problem(&mut visit).0, codes(&visit)), (Question::PhoneAgain, 0));
}

#[test]
fn a_code_goes_to_no_fixed_line() {
    let mut visit = at_new_phone(by_sms());
    visit.types("3133334444").does(Intent::Submit);
    assert_eq!(problem(&mut visit), (Question::Phone, Some(FormProblem::Mobile)));
    assert_eq!(codes(&visit), 0);
}

#[test]
fn another_address_gets_another_code_and_the_same_one_does_not() {
    let mut visit = at_new_phone(by_sms());
    visit.types("31955554444").does(Intent::Submit).does(Intent::Back).does(Intent::Submit);
    assert_eq!((problem(&mut visit).0, codes(&visit)), (Question::Code, 1));
    visit.does(Intent::Back).does(Intent::Erase).types("5").does(Intent::Submit);
    assert_eq!(codes(&visit), 2);
    for other in ["6", "7"] {
        visit.does(Intent::Back).does(Intent::Erase).types(other).does(Intent::Submit);
    }
    assert_eq!(codes(&visit), 4);
    visit.does(Intent::Back).does(Intent::Erase).types("8").does(Intent::Submit);
    assert_eq!(problem(&mut visit), (Question::Phone, Some(FormProblem::TooManyCodes)));
    assert_eq!(codes(&visit), 4);
}

#[test]
fn a_code_that_cannot_go_there_leads_back_to_the_address() {
    for (why, expected) in [
        (NoCode::Refused, FormProblem::CodeRefused),
        (NoCode::Down, FormProblem::NoCode),
        (NoCode::TooMany, FormProblem::TooManyCodes),
    ] {
        let mut visit = at_new_phone(by_sms());
        visit.types("31955554444").does(Intent::Submit);
        let (attempt, _) = asked_for(&visit);
        visit.on(Event::CodeSent { attempt, result: Err(why) });
        assert_eq!(problem(&mut visit), (Question::Phone, Some(expected)));
    }
}

#[test]
fn a_change_that_did_not_get_through_needs_no_second_code() {
    let mut visit = at_new_phone(by_sms());
    visit.types("31955554444").does(Intent::Submit);
    typed(&mut visit, "123456", true);
    let (attempt, _) = asked(&visit);
    visit.on(Event::Served { attempt, told: Err(Failure::Down) });
    assert_eq!(trouble(&mut visit), TroubleCode::ErpDown);
    visit.does(Intent::Back);
    assert_eq!(problem(&mut visit), (Question::Phone, None));
    visit.does(Intent::Submit);
    assert_eq!((times_asked(&visit, "change_contacts"), codes(&visit)), (2, 1));
}

#[test]
fn wrong_codes_to_a_new_address_lock_as_any_wrong_answer_does() {
    let mut visit = at_new_phone(by_sms());
    visit.types("31955554444").does(Intent::Submit);
    for _ in 0..5 {
        typed(&mut visit, "000000", false);
    }
    assert_eq!(trouble(&mut visit), TroubleCode::Locked);
    visit.does(Intent::Back);
    assert_eq!(visit.step(), "identify");
}

/// Before the boleto of an ERP that sends it to one address more.
fn at_boleto(couriers: Couriers) -> Visit {
    let mut visit = Visit::with(Settings { couriers, ..Settings::default() });
    let abilities = Abilities {
        sends: Ways { email: true, ..Ways::default() },
        sends_elsewhere: Couriers { email: true, sms: true },
        ..Abilities::default()
    };
    visit.on(Event::Abilities(abilities)).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Details { id: "90".into() }).does(Intent::ShowBoleto);
    let attempt = visit.attempt();
    let boleto = Some(slip());
    visit.on(Event::Boleto { attempt, result: Ok(boleto) });
    visit
}

fn last_sent(visit: &Visit) -> Option<(Channel, Option<String>)> {
    match visit.commands.last() {
        Some(Command::SendBill { by, to, .. }) => Some((*by, to.as_ref().map(|contact| contact.value.clone()))),
        _ => None,
    }
}

#[test]
fn a_bill_goes_to_another_address_only_when_the_code_that_went_there_is_typed() {
    let mut visit = at_boleto(Couriers { email: true, sms: false });
    visit.does(Intent::Send);
    let Step::Form(form) = visit.view().step else { panic!("{}", visit.step()) };
    let ways: Vec<_> = form.options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(ways, ["email", "other_email"]);
    chooses(&mut visit, "other_email");
    visit.types("ana@example.com").does(Intent::Submit);
    assert_eq!(last_sent(&visit), None);
    typed(&mut visit, "000000", false);
    assert_eq!(last_sent(&visit), None);
    typed(&mut visit, "123456", true);
    assert_eq!(last_sent(&visit), Some((Channel::Email, Some("ana@example.com".to_owned()))));
    let Step::Boleto(shown) = visit.view().step else { panic!("{}", visit.step()) };
    assert_eq!(shown.sending.and_then(|sending| sending.sent), Some(SendNews::Sending));
}

#[test]
fn the_registered_address_needs_no_code_and_without_a_courier_there_is_no_other() {
    let mut visit = at_boleto(Couriers { email: true, sms: true });
    visit.does(Intent::Send);
    chooses(&mut visit, "email");
    assert_eq!((last_sent(&visit), visit.step()), (Some((Channel::Email, None)), "boleto"));
    let mut plain = at_boleto(Couriers::default());
    plain.does(Intent::Send);
    assert_eq!((last_sent(&plain), codes(&plain)), (Some((Channel::Email, None)), 0));
}

#[test]
fn whoever_turns_back_from_another_address_is_before_the_boleto_again() {
    let mut visit = at_boleto(Couriers { email: true, sms: true });
    visit.does(Intent::Send).does(Intent::Back);
    assert_eq!((visit.step(), last_sent(&visit)), ("boleto", None));
    visit.does(Intent::Send);
    chooses(&mut visit, "other_phone");
    visit.types("31955554444").does(Intent::Submit).does(Intent::Back).does(Intent::Back);
    let Step::Form(form) = visit.view().step else { panic!("{}", visit.step()) };
    assert_eq!(form.asks, Question::SendTo, "where it could go instead");
    visit.does(Intent::Back);
    assert_eq!((visit.step(), visit.journey.awaits_code()), ("boleto", false));
    visit.does(Intent::Back);
    assert_eq!(visit.step(), "invoices");
}
