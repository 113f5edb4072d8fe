//! Receipts and documents to the address that the provider knows: to whom they are offered, how often, and what is told.

use super::super::*;
use super::document::{document, may};
use super::services::*;
use super::visit::*;
use crate::domain::asked::Told;
use crate::domain::document::NoDocument;
use crate::domain::service::{AnnualSettlement, Contact, ContactKind, FiscalNote};
use crate::domain::{ContractStatus, Money, PaymentId};
use crate::journey::step::{LetterNews, Mailing, PrintNews};
use crate::payment::{PrintResult, Standing};

const EMAIL: &str = "maria@example.com";
const PHONE: &str = "31900001234";

fn both() -> Reach {
    let email = Contact { kind: ContactKind::Email, value: EMAIL.into() };
    Reach { email: Some(email), phone: Some(Contact { kind: ContactKind::Phone, value: PHONE.into() }) }
}

fn by_both() -> Settings {
    Settings { letters: Couriers { email: true, sms: true }, ..Settings::default() }
}

fn that_tells() -> Abilities {
    let changing = Changing { shows_contacts: true, ..Changing::default() };
    Abilities { serves: Serves { changing, ..Serves::default() }, ..Abilities::default() }
}

/// What was asked for last of where to.
fn looks(visit: &Visit) -> Option<Attempt> {
    visit.commands.iter().rev().find_map(|command| match command {
        Command::FindContacts(attempt, _) => Some(*attempt),
        _ => None,
    })
}

fn sent(visit: &Visit) -> Vec<(Attempt, Outgoing)> {
    let letters = visit.commands.iter().filter_map(|command| match command {
        Command::SendLetter(attempt, outgoing) => Some((*attempt, (**outgoing).clone())),
        _ => None,
    });
    letters.collect()
}

/// Paid by PIX just now, at a totem whose ERP told this of the customer.
fn just_paid_with(settings: Settings, abilities: Abilities, reach: Option<Reach>) -> Visit {
    let mut visit = Visit::with(settings);
    visit.on(Event::Abilities(abilities)).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Pay).prepared(vec![two_bills().remove(0)]).does(Intent::Choose { option: "pix".into() });
    let attempt = visit.attempt();
    visit.on(Event::PaymentOpened { attempt, payment: PaymentId(7) });
    if let Some(attempt) = looks(&visit) {
        visit.on(Event::Reached(attempt, reach));
    }
    visit.stands(pix()).stands(paid());
    visit
}

fn just_paid() -> Visit {
    just_paid_with(by_both(), that_tells(), Some(both()))
}

fn receipts(visit: &mut Visit) -> (Vec<&'static str>, Vec<Mailing>) {
    let Step::Paid(shown) = visit.view().step else { panic!("{}", visit.step()) };
    (shown.receipts, shown.letters)
}

fn news(visit: &mut Visit) -> Option<LetterNews> {
    receipts(visit).1[0].sent
}

fn wants(visit: &mut Visit, how: &str) {
    visit.does(Intent::Receipt { how: how.into() });
}

#[test]
fn a_receipt_goes_once_to_the_registered_address_and_the_screen_says_where_to_without_telling_it() {
    let mut visit = just_paid();
    let (ways, letters) = receipts(&mut visit);
    assert_eq!(ways, ["print", "email", "sms", "none"]);
    assert_eq!(letters.iter().map(|one| one.to.as_str()).collect::<Vec<_>>(), ["m***@example.com", "*******1234"]);
    wants(&mut visit, "email");
    wants(&mut visit, "email");
    let [(attempt, letter)] = sent(&visit).try_into().unwrap();
    assert_eq!((letter.to.value.as_str(), letter.who.plain()), (EMAIL, CPF));
    assert_eq!(letter.paper, Paper::Receipt { payment: PaymentId(7), copy: false });
    assert_eq!((news(&mut visit), receipts(&mut visit).0), (Some(LetterNews::Sending), vec!["print", "sms", "none"]));
    visit.on(Event::LetterSent(attempt, LetterNews::Sent));
    assert_eq!((news(&mut visit), receipts(&mut visit).0), (Some(LetterNews::Sent), vec!["print", "sms", "none"]));
    wants(&mut visit, "sms");
    assert_eq!(sent(&visit)[1].1.to.value, PHONE);
    assert!(!format!("{:?}", visit.commands).contains(EMAIL), "no log shows an address");
}

#[test]
fn what_was_not_taken_may_be_wished_again_and_what_nobody_knows_may_not() {
    for (told, again) in [
        (LetterNews::Refused, true),
        (LetterNews::Unknown, false),
        (LetterNews::TooMany, false),
        (LetterNews::TooLarge, false),
    ] {
        let mut visit = just_paid();
        wants(&mut visit, "email");
        let attempt = sent(&visit)[0].0;
        visit.on(Event::LetterSent(attempt, told));
        assert_eq!((news(&mut visit), receipts(&mut visit).0.contains(&"email")), (Some(told), again));
        wants(&mut visit, "email");
        assert_eq!(sent(&visit).len(), if again { 2 } else { 1 }, "{told:?}");
    }
}

#[test]
fn nobody_is_offered_a_letter_who_has_no_courier_no_address_or_no_second_factor() {
    let one = |email, sms| Settings { letters: Couriers { email, sms }, ..Settings::default() };
    let nobody = Settings { verify: None, ..by_both() };
    let no_phone = Reach { phone: None, ..both() };
    for (settings, abilities, reach, expected) in [
        (one(false, false), that_tells(), Some(both()), &["print", "none"][..]),
        (one(true, false), that_tells(), Some(both()), &["print", "email", "none"]),
        (one(false, true), that_tells(), Some(both()), &["print", "sms", "none"]),
        (by_both(), that_tells(), Some(no_phone), &["print", "email", "none"]),
        (by_both(), that_tells(), Some(Reach::default()), &["print", "none"]),
        (by_both(), that_tells(), None, &["print", "none"]),
        (by_both(), Abilities::default(), Some(both()), &["print", "none"]),
    ] {
        let mut visit = just_paid_with(settings, abilities, reach);
        assert_eq!(receipts(&mut visit).0, expected);
        for how in ["email", "sms", "fax"] {
            let allowed = expected.contains(&how);
            let before = sent(&visit).len();
            wants(&mut visit, how);
            assert_eq!(sent(&visit).len() - before, usize::from(allowed), "{how}");
        }
    }
    // a CPF alone is no secret
    let mut visit = Visit::with(nobody);
    visit.on(Event::Abilities(that_tells())).types(CPF);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Pay).prepared(vec![two_bills().remove(0)]).does(Intent::Choose { option: "pix".into() });
    let attempt = visit.attempt();
    visit.on(Event::PaymentOpened { attempt, payment: PaymentId(7) }).stands(pix()).stands(paid());
    assert_eq!((looks(&visit), receipts(&mut visit).0), (None, vec!["print", "none"]));
}

#[test]
fn without_paper_the_letter_is_left_and_beside_a_printed_receipt_it_is_a_copy() {
    let mut visit = just_paid();
    visit.on(Event::Equipment(Equipment { printer: false, ..Equipment::default() }));
    assert_eq!(receipts(&mut visit).0, ["email", "sms", "none"]);
    // a card's receipt came out before the sale was kept
    let proven =
        Standing::Paid { write_off: crate::domain::receipt::WriteOffState::Owed, receipt: Some(PrintResult::Proven) };
    let mut visit = just_paid();
    visit.stands(proven);
    assert_eq!(receipts(&mut visit).0, ["email", "sms", "none"]);
    wants(&mut visit, "email");
    assert_eq!(sent(&visit)[0].1.paper, Paper::Receipt { payment: PaymentId(7), copy: true });
    let mut visit = just_paid();
    wants(&mut visit, "print");
    let attempt = visit.attempt();
    visit.on(Event::Printed { attempt, done: true });
    wants(&mut visit, "email");
    assert_eq!(sent(&visit)[0].1.paper, Paper::Receipt { payment: PaymentId(7), copy: true });
}

#[test]
fn nothing_is_told_to_the_next_customer_and_the_screen_waits_for_the_answer_but_not_for_ever() {
    let mut visit = just_paid();
    wants(&mut visit, "email");
    let attempt = sent(&visit)[0].0;
    visit.waits(30);
    assert_eq!(visit.step(), "paid", "whoever waits for the answer is not sent away");
    visit.does(Intent::Leave);
    let seen = visit.view();
    visit.on(Event::LetterSent(attempt, LetterNews::Unknown));
    assert_eq!(visit.view(), seen);
    let mut visit = just_paid();
    wants(&mut visit, "email");
    visit.waits(61);
    assert_eq!(visit.step(), "identify");
    // and the next one's addresses are looked up anew
    assert!(looks(&visit).is_some());
    let asked = visit.commands.len();
    visit.types(CPF).types("1705");
    assert!(visit.commands[asked..].iter().all(|one| !matches!(one, Command::SendLetter(..))));
}

/// Before a fiscal note, at a counter that told where the customer can be written to.
fn at_note(notes: usize) -> Visit {
    let changing = Changing { shows_contacts: true, ..Changing::default() };
    let serves = Serves { changing, ..super::papers::papers() };
    let mut visit = Visit::with(by_both());
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() }));
    enters(&mut visit, vec![contract("1", ContractStatus::Active)]);
    chooses(&mut visit, "fiscal_notes");
    let note = |id: usize| FiscalNote {
        id: format!("nf-{id}"),
        number: id.to_string(),
        issued: None,
        amount: Some(Money::from_cents(11_990)),
        has_pdf: true,
    };
    answers(&mut visit, Told::FiscalNotes((1..=notes).map(note).collect()));
    visit
}

fn opens(visit: &mut Visit, id: &str) {
    chooses(visit, id);
    if let Some(attempt) = looks(visit) {
        visit.on(Event::Reached(attempt, Some(both())));
    }
    let attempt = visit.attempt();
    visit.on(Event::DocumentFound { attempt, result: Ok(Box::new(document(1))) });
    assert_eq!(visit.step(), "document");
}

fn letter(visit: &mut Visit) -> Option<LetterNews> {
    let Step::Document(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown.letter.and_then(|one| one.sent)
}

#[test]
fn the_very_file_that_lies_open_is_sent_once_also_when_it_is_opened_again() {
    let mut visit = at_note(2);
    opens(&mut visit, "nf-1");
    assert!(may(&mut visit, "send") && letter(&mut visit).is_none());
    let asked = visit.commands.len();
    visit.does(Intent::Send).does(Intent::Send);
    let [(attempt, outgoing)] = sent(&visit).try_into().unwrap();
    let Paper::Document { pdf, .. } = &outgoing.paper else { panic!("{outgoing:?}") };
    assert_eq!((pdf, visit.commands.len()), (&document(1).pdf, asked + 1), "nothing is asked of the ERP again");
    visit.on(Event::LetterSent(attempt, LetterNews::Unknown));
    visit.does(Intent::Back);
    opens(&mut visit, "nf-1");
    assert_eq!((letter(&mut visit), may(&mut visit, "send")), (Some(LetterNews::Unknown), false));
    visit.does(Intent::Back);
    opens(&mut visit, "nf-2");
    assert_eq!((letter(&mut visit), may(&mut visit, "send")), (None, true));
}

#[test]
fn a_document_that_was_withheld_cannot_be_sent() {
    let mut visit = at_note(1);
    chooses(&mut visit, "nf-1");
    let (reach, attempt) = (looks(&visit).unwrap(), visit.attempt());
    visit.on(Event::Reached(reach, Some(both())));
    visit.on(Event::DocumentFound { attempt, result: Err(NoDocument::Different) });
    assert_eq!(visit.step(), "trouble");
    visit.does(Intent::Send);
    assert!(!may(&mut visit, "send") && sent(&visit).is_empty());
}

#[test]
fn after_ten_papers_a_customer_is_sent_no_more() {
    let mut visit = at_note(11);
    for number in 1..=11 {
        opens(&mut visit, &format!("nf-{number}"));
        visit.does(Intent::Send);
        let expected = if number > 10 { LetterNews::TooMany } else { LetterNews::Sending };
        assert_eq!(letter(&mut visit), Some(expected), "{number}");
        visit.does(Intent::Back);
    }
    assert_eq!(sent(&visit).len(), 10);
}

#[test]
fn where_the_addresses_were_not_told_they_are_asked_for_at_the_next_occasion() {
    let mut visit = at_note(2);
    chooses(&mut visit, "nf-1");
    let first = looks(&visit).unwrap();
    let attempt = visit.attempt();
    visit.on(Event::Reached(first, None));
    visit.on(Event::DocumentFound { attempt, result: Ok(Box::new(document(1))) });
    assert!(!may(&mut visit, "send"));
    visit.does(Intent::Back);
    opens(&mut visit, "nf-2");
    assert!(may(&mut visit, "send") && looks(&visit) != Some(first));
    let known = looks(&visit);
    visit.does(Intent::Back);
    opens(&mut visit, "nf-1");
    assert_eq!(looks(&visit), known, "and not again once they are known");
}

fn at_receipts(printer: bool, reach: Reach) -> Visit {
    let mut visit = Visit::with(by_both());
    visit.on(Event::Abilities(that_tells()));
    visit.on(Event::Equipment(Equipment { printer, ..Equipment::default() }));
    enters(&mut visit, vec![contract("1", ContractStatus::Active)]);
    chooses(&mut visit, "receipts");
    let Some(Command::FindReceipts { attempt, .. }) = visit.commands.last().cloned() else { panic!() };
    let looking = looks(&visit).unwrap();
    let past = |id| PastPayment {
        id: PaymentId(id),
        on: jiff::civil::date(2026, 11, 18),
        method: "pix",
        amount: Money::from_cents(11_990),
    };
    visit.on(Event::Receipts { attempt, list: vec![past(2_611_180_001), past(2_611_180_002)] });
    visit.on(Event::Reached(looking, Some(reach)));
    visit
}

fn told(visit: &mut Visit) -> (Option<PrintNews>, Option<Mailing>) {
    let Step::Receipts(shown) = visit.view().step else { panic!("{}", visit.step()) };
    (shown.printed, shown.letter)
}

#[test]
fn of_an_earlier_receipt_it_is_asked_how_it_is_wanted_and_it_goes_as_a_copy() {
    let mut visit = at_receipts(true, both());
    chooses(&mut visit, "261118-0001");
    let Step::Form(form) = visit.view().step else { panic!("{}", visit.step()) };
    let ways: Vec<_> = form.options.iter().map(|one| (one.id.as_str(), one.text.as_str())).collect();
    assert_eq!(ways, [("print", ""), ("email", "m***@example.com"), ("sms", "*******1234")]);
    visit.does(Intent::Back);
    assert_eq!((visit.step(), told(&mut visit)), ("receipts", (None, None)));
    chooses(&mut visit, "261118-0001");
    chooses(&mut visit, "email");
    let [(attempt, outgoing)] = sent(&visit).try_into().unwrap();
    assert_eq!(outgoing.paper, Paper::Receipt { payment: PaymentId(2_611_180_001), copy: true });
    visit.on(Event::LetterSent(attempt, LetterNews::Sent));
    assert_eq!(told(&mut visit).1.and_then(|one| one.sent), Some(LetterNews::Sent));
    // what was sent is not offered again; the other one is
    chooses(&mut visit, "261118-0001");
    let Step::Form(form) = visit.view().step else { panic!("{}", visit.step()) };
    assert_eq!(form.options.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["print", "sms"]);
    chooses(&mut visit, "print");
    let attempt = visit.attempt();
    assert_eq!(told(&mut visit), (Some(PrintNews::Printing), None));
    visit.on(Event::Printed { attempt, done: true });
    assert_eq!(told(&mut visit).0, Some(PrintNews::Printed));
}

#[test]
fn where_there_is_one_way_only_nothing_is_asked() {
    let nowhere = Reach::default();
    let mut visit = at_receipts(true, nowhere.clone());
    chooses(&mut visit, "261118-0001");
    assert!(matches!(visit.commands.last(), Some(Command::Print { job: PrintJob::ReceiptCopy(_), .. })));
    let mut visit = at_receipts(false, Reach { phone: None, ..both() });
    chooses(&mut visit, "261118-0001");
    assert_eq!((visit.step(), sent(&visit).len()), ("receipts", 1));
    chooses(&mut visit, "261118-0001");
    assert_eq!(sent(&visit).len(), 1, "a second touch sends no second one");
    let mut visit = at_receipts(false, nowhere);
    assert!(!may(&mut visit, "choose"));
}

#[test]
fn a_settled_year_without_a_file_is_sent_as_our_slip_also_where_there_is_no_paper() {
    let changing = Changing { shows_contacts: true, ..Changing::default() };
    let serves = Serves { changing, ..super::papers::papers() };
    let mut visit = Visit::with(by_both());
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() }));
    visit.on(Event::Equipment(Equipment { printer: false, ..Equipment::default() }));
    enters(&mut visit, vec![contract("1", ContractStatus::Active)]);
    chooses(&mut visit, "annual_settlements");
    let looking = looks(&visit).unwrap();
    visit.on(Event::Reached(looking, Some(both())));
    let year = AnnualSettlement { id: "q2024".into(), year: 2024, has_pdf: false };
    answers(&mut visit, Told::AnnualSettlements(vec![year]));
    chooses(&mut visit, "q2024");
    let [(attempt, outgoing)] = sent(&visit).try_into().unwrap();
    let Paper::YearSettled(slip) = outgoing.paper else { panic!("{:?}", outgoing.paper) };
    assert!(slip.year == 2024 && !slip.tax_id.contains("529"));
    assert_eq!(outgoing.to.value, EMAIL, "never by SMS: it is a paper");
    visit.on(Event::LetterSent(attempt, LetterNews::Refused));
    let Step::Records(shown) = visit.view().step else { panic!("{}", visit.step()) };
    assert_eq!(shown.letter.and_then(|one| one.sent), Some(LetterNews::Refused));
}
