mod changes;
mod clock;
mod code;
mod contacts;
mod contract;
mod document;
mod first_instalment;
mod forms;
mod guessing;
mod hours;
mod menu;
mod notices;
mod one_paper;
mod papers;
mod returns;
mod scan;
mod send;
mod services;
mod slips;
mod technician;
mod tickets;
mod visit;

use jiff::civil::date;

use super::step::{MethodWhy, TroubleCode};
use super::*;
use crate::domain::receipt::WriteOffState;
use crate::domain::{InvoiceState, Money, PaymentId};
use crate::payment::{Refusal, Standing};
use visit::*;

#[test]
fn one_overdue_bill_by_pix_takes_seventeen_touches() {
    let mut visit = Visit::begins();
    let mut touches = 0;
    for digit in CPF.chars().chain("1705".chars()) {
        visit.types(&digit.to_string());
        touches += 1;
    }
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Pay).prepared(vec![two_bills().remove(0)]);
    visit.does(Intent::Choose { option: "pix".into() });
    touches += 2;
    assert!(matches!(visit.commands.last(), Some(Command::Pay { .. })));
    assert_eq!(touches, 17);
}

#[test]
fn a_wrong_cpf_is_told_before_anything_is_asked_of_the_erp() {
    for (typed, problem) in [
        ("52998224724", step::IdentifyProblem::Wrong),
        ("11111111111", step::IdentifyProblem::Wrong),
        ("123", step::IdentifyProblem::Short),
    ] {
        let mut visit = Visit::begins();
        visit.types(typed).does(Intent::Submit);
        let Step::Identify(shown) = visit.view().step else { panic!("left identify") };
        assert_eq!(shown.problem, Some(problem), "{typed}");
        assert!(visit.commands.is_empty());
    }
}

#[test]
fn a_cnpj_with_letters_is_typed_on_the_letter_keypad() {
    let mut visit = Visit::begins();
    visit.does(Intent::Letters).types("12ABC34501DE35");
    assert_eq!(visit.step(), "verify");
}

#[test]
fn an_unknown_cpf_and_a_wrong_factor_look_the_same() {
    let mut unknown = Visit::begins();
    unknown.types(CPF).types("1705");
    let attempt = unknown.attempt();
    unknown.on(Event::Found { attempt, result: Ok(None) });
    let mut wrong = Visit::begins();
    wrong.types(CPF).types("1805");
    let attempt = wrong.attempt();
    wrong.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    assert_eq!(unknown.view(), wrong.view());
    assert!(matches!(unknown.view().step, Step::Trouble(trouble) if trouble.code == TroubleCode::NotFound));
}

#[test]
fn a_late_answer_to_a_customer_who_left_shows_nothing_of_them() {
    let mut visit = Visit::begins();
    visit.types(CPF).types("1705").waits(11).does(Intent::Cancel);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    assert_eq!(visit.step(), "identify");
}

#[test]
fn what_is_overdue_is_already_chosen() {
    let Step::Invoices(shown) = Visit::identified(two_bills()).view().step else { panic!() };
    let chosen: Vec<_> = shown.invoices.iter().map(|line| (line.id.0.as_str(), line.chosen)).collect();
    assert_eq!(chosen, [("90", true), ("91", false)]);
    assert_eq!(shown.total_cents, Money::from_cents(11_990));
    assert_eq!(shown.customer, "Maria S.");
}

#[test]
fn two_hundred_bills_come_in_pages() {
    let bills = (0..200).map(|n| bill(&n.to_string(), date(2027, 1, 10), 100)).collect();
    let mut visit = Visit::identified(bills);
    let Step::Invoices(first) = visit.view().step else { panic!() };
    assert_eq!((first.invoices.len(), first.page, first.pages), (5, 1, 40));
    for _ in 0..50 {
        visit.does(Intent::Page { to: intent::PageTurn::Next });
    }
    let Step::Invoices(last) = visit.view().step else { panic!() };
    assert_eq!((last.invoices.len(), last.page), (5, 40));
}

#[test]
fn an_amount_that_changed_is_shown_before_it_is_charged() {
    let mut visit = Visit::identified(two_bills());
    let mut dearer = two_bills().remove(0);
    dearer.fine = Some(Money::from_cents(240));
    visit.does(Intent::Pay).prepared(vec![dearer]);
    let Step::Invoices(shown) = visit.view().step else { panic!() };
    assert!(shown.changed);
    assert_eq!(shown.total_cents, Money::from_cents(12_230));
    assert!(!visit.commands.iter().any(|command| matches!(command, Command::Pay { .. })));
}

#[test]
fn a_bill_that_is_being_settled_cannot_be_chosen() {
    let mut visit = Visit::begins();
    visit.types(CPF).types("1705");
    let attempt = visit.attempt();
    let found = Found { settling: vec!["90".into()], ..account(two_bills()) };
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(found))) });
    visit.does(Intent::Toggle { id: "90".into() });
    let Step::Invoices(shown) = visit.view().step else { panic!() };
    assert_eq!(shown.invoices[0].state, step::BillState::Settling);
    assert_eq!((shown.invoices[0].chosen, shown.total_cents), (false, Money::from_cents(11_990)));
}

#[test]
fn without_the_erp_no_card_is_offered() {
    let mut visit = Visit::identified(two_bills());
    visit.does(Intent::Pay);
    let attempt = visit.attempt();
    visit.on(Event::Prepared { attempt, result: Err(Failure::Down) });
    let Step::Method(shown) = visit.view().step else { panic!() };
    assert!(shown.options.iter().all(|option| !option.works && option.why == Some(step::MethodWhy::NoErp)));
    let asked = visit.commands.len();
    visit.does(Intent::Choose { option: "debit".into() });
    assert_eq!(visit.commands.len(), asked);
}

#[test]
fn without_paper_no_card_is_offered_but_pix_is() {
    let mut visit = Visit::identified(two_bills());
    visit.does(Intent::Pay);
    let attempt = visit.attempt();
    let bills = vec![("90".into(), InvoiceState::Open(Box::new(two_bills().remove(0))))];
    let equipment = Equipment { printer: false, ..Equipment::default() };
    visit.on(Event::Prepared { attempt, result: Ok(Prepared { bills, settling: Vec::new(), equipment }) });
    let Step::Method(shown) = visit.view().step else { panic!() };
    let works: Vec<_> = shown.options.iter().map(|option| (option.id.as_str(), option.works)).collect();
    assert_eq!(works, [("pix", true), ("debit", false), ("credit", false), ("boleto", true)]);
}

#[test]
fn where_the_erp_takes_no_write_off_only_its_own_code_and_boleto_are_offered() {
    let mut visit = Visit::identified(two_bills());
    visit.does(Intent::Pay);
    let attempt = visit.attempt();
    let bills = vec![("90".into(), InvoiceState::Open(Box::new(two_bills().remove(0))))];
    let equipment = Equipment { write_off: false, ..Equipment::default() };
    visit.on(Event::Prepared { attempt, result: Ok(Prepared { bills, settling: Vec::new(), equipment }) });
    let Step::Method(shown) = visit.view().step else { panic!() };
    let why = |id: &str| shown.options.iter().find(|option| option.id == id).map(|option| option.why);
    assert_eq!((why("pix"), why("boleto")), (Some(None), Some(None)));
    assert_eq!(why("debit"), Some(Some(step::MethodWhy::NoWriteOff)));
    let asked = visit.commands.len();
    visit.does(Intent::Choose { option: "credit".into() });
    assert_eq!(visit.commands.len(), asked, "and a late tap changes nothing");
}

#[test]
fn a_declined_card_leads_to_another_try() {
    let mut visit = Visit::paying("debit");
    visit.stands(Standing::NotCharged { message: "SALDO INSUFICIENTE".into(), why: Refusal::Declined });
    let Step::Trouble(shown) = visit.view().step else { panic!() };
    assert_eq!((shown.code, shown.detail.as_str()), (TroubleCode::CardDeclined, "SALDO INSUFICIENTE"));
    visit.does(Intent::Retry);
    assert!(matches!(visit.commands.last(), Some(Command::Prepare { .. })));
}

#[test]
fn a_customer_who_walks_away_is_forgotten_at_each_step() {
    type Place = (&'static str, fn() -> Visit);
    let places: [Place; 6] = [
        ("verify", || {
            let mut visit = Visit::begins();
            visit.types(CPF);
            visit
        }),
        ("invoices", || Visit::identified(two_bills())),
        ("method", Visit::at_method),
        ("trouble", || {
            let mut visit = Visit::paying("debit");
            visit.stands(Standing::NotCharged { message: String::new(), why: Refusal::Declined });
            visit
        }),
        ("invoice", || {
            let mut visit = Visit::identified(two_bills());
            visit.does(Intent::Details { id: "90".into() });
            visit
        }),
        ("identify", || {
            let mut visit = Visit::begins();
            visit.types("529");
            visit
        }),
    ];
    for (name, place) in places {
        let mut visit = place();
        assert_eq!(visit.step(), name);
        visit.waits(44);
        assert_eq!(visit.step(), name);
        visit.waits(1);
        let Step::StillThere(shown) = visit.view().step else { panic!("{name}: not asked") };
        assert_eq!((shown.over, shown.seconds_left), (name, 20));
        visit.waits(20);
        assert_eq!(visit.view().step, Visit::begins().view().step, "{name}");
        assert!(format!("{:?}", visit.journey.session).contains("known: false"));
    }
}

#[test]
fn staying_keeps_everything() {
    let mut visit = Visit::identified(two_bills());
    visit.waits(50).does(Intent::Stay);
    assert_eq!(visit.step(), "invoices");
}

#[test]
fn the_screen_never_gives_up_on_a_card() {
    let mut visit = Visit::paying("debit");
    visit.waits(600);
    assert_eq!(visit.step(), "card");
    visit.stands(Standing::Confirming).waits(600);
    assert_eq!(visit.step(), "confirming");
}

#[test]
fn the_countdown_shows_in_the_last_quarter_and_then_the_code_is_left() {
    let mut visit = Visit::paying("pix");
    visit.stands(pix()).waits(149);
    assert!(matches!(visit.view().step, Step::Pix(shown) if shown.expires_in_s.is_none()));
    visit.waits(1);
    assert!(matches!(visit.view().step, Step::Pix(shown) if shown.expires_in_s == Some(50)));
    visit.waits(50);
    assert!(matches!(visit.view().step, Step::Trouble(shown) if shown.code == TroubleCode::PixExpired));
    assert_eq!(visit.commands.last(), Some(&Command::LeaveCode { payment: PaymentId(7) }));
}

#[test]
fn paid_tells_the_write_off_and_leaves_by_itself() {
    let mut visit = Visit::paying("pix");
    visit.stands(pix()).stands(paid());
    let Step::Paid(shown) = visit.view().step else { panic!() };
    assert!(shown.service_returns);
    assert_eq!((shown.write_off, shown.receipts), (WriteOffState::ByErp, vec!["print", "none"]));
    visit.waits(20);
    assert_eq!(visit.step(), "identify");
}

#[test]
fn news_of_a_payment_never_reach_the_next_customer() {
    let mut visit = Visit::paying("pix");
    visit.stands(pix()).stands(paid()).does(Intent::Leave).stands(paid());
    assert_eq!(visit.step(), "identify");
}

#[test]
fn what_is_not_on_the_screen_cannot_be_done() {
    let mut visit = Visit::begins();
    for intent in [Intent::Pay, Intent::Choose { option: "pix".into() }, Intent::Print, Intent::Retry, Intent::Leave] {
        visit.does(intent);
    }
    assert_eq!((visit.step(), visit.commands.len()), ("identify", 0));
}

#[test]
fn a_second_copy_is_printed_of_a_payment_of_this_customer_only() {
    let mut visit = Visit::identified(two_bills());
    visit.does(Intent::Services).does(Intent::Choose { option: "receipts".into() });
    let Some(Command::FindReceipts { attempt, who }) = visit.commands.last().cloned() else { panic!() };
    assert_eq!(who.plain(), CPF);
    let past = PastPayment {
        id: PaymentId(2_611_220_001),
        on: date(2026, 11, 22),
        method: "pix",
        amount: Money::from_cents(11_990),
    };
    visit.on(Event::Receipts { attempt, list: vec![past] });
    assert_eq!(visit.step(), "receipts");
    let asked = visit.commands.len();
    visit.does(Intent::Choose { option: "261122-0002".into() });
    assert_eq!(visit.commands.len(), asked);
    visit.does(Intent::Choose { option: "261122-0001".into() });
    let Some(Command::Print { job: PrintJob::ReceiptCopy(id), .. }) = visit.commands.last() else { panic!() };
    assert_eq!(*id, PaymentId(2_611_220_001));
    visit.does(Intent::Back).does(Intent::Back);
    assert_eq!(visit.step(), "invoices");
}

#[test]
fn without_a_second_factor_there_are_no_receipts_to_be_had() {
    let mut visit = Visit::with(Settings { verify: None, ..Settings::default() });
    visit.types(CPF);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    assert!(!visit.view().actions.contains(&"services"));
    visit.does(Intent::Services);
    assert_eq!(visit.step(), "invoices");
}

#[test]
fn a_broken_journal_closes_at_once() {
    let mut visit = Visit::identified(two_bills());
    visit.on(Event::OutOfService(ClosedWhy::Journal));
    assert_eq!(visit.step(), "closed");
    visit.types(CPF);
    assert_eq!(visit.step(), "closed");
}

#[test]
fn a_payment_that_stays_unknown_does_not_keep_the_screen_for_ever() {
    let mut visit = Visit::paying("debit");
    visit.stands(Standing::Confirming).waits(19 * 60);
    assert_eq!(visit.step(), "confirming");
    visit.waits(2 * 60);
    assert_eq!(visit.step(), "identify");
}

#[test]
fn whoever_thinks_long_about_instalments_has_the_bills_read_again() {
    let mut visit = Visit::with(Settings { max_instalments: 3, ..Settings::default() });
    visit.types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Pay).prepared(vec![two_bills().remove(0)]);
    visit.does(Intent::Choose { option: "credit".into() }).waits(40);
    assert_eq!(visit.step(), "instalments");
    visit.waits(10).does(Intent::Stay).does(Intent::Choose { option: "2".into() });
    assert!(matches!(visit.commands.last(), Some(Command::Prepare { .. })), "{:?}", visit.commands.last());
}

#[test]
fn an_answer_that_took_long_is_as_old_as_its_question() {
    let mut visit = Visit::identified(two_bills());
    visit.does(Intent::Pay).waits(50).prepared(vec![two_bills().remove(0)]);
    assert_eq!(visit.step(), "method");
    visit.does(Intent::Choose { option: "pix".into() });
    assert!(matches!(visit.commands.last(), Some(Command::Prepare { .. })), "{:?}", visit.commands.last());
}

/// Both bills on the screen chosen, with these carteiras; whether PIX is to be had, and why not.
fn pix_for(carteiras: [Option<&str>; 2]) -> (bool, Option<MethodWhy>) {
    let rows = [("1", "sicoob"), ("2", "itau"), ("3", "erp_code")];
    let offered = Offered { pix_single_bill: false, ..Settings::default().offered };
    let pix_accounts = rows.into_iter().map(|(carteira, name)| (carteira.to_owned(), name.to_owned())).collect();
    let mut bills = two_bills();
    for (bill, carteira) in bills.iter_mut().zip(carteiras) {
        bill.identifier = carteira.map(str::to_owned);
    }
    let mut visit = Visit::identified_with(Settings { offered, pix_accounts, ..Settings::default() }, bills.clone());
    visit.does(Intent::Toggle { id: "91".into() }).does(Intent::Pay).prepared(bills);
    let Step::Method(methods) = visit.view().step else { panic!("{}", visit.step()) };
    assert_eq!(methods.bills, 2);
    let pix = methods.options.into_iter().find(|option| option.id == "pix").unwrap();
    (pix.works, pix.why)
}

#[test]
fn bills_of_different_accounts_are_paid_by_pix_one_at_a_time() {
    for (carteiras, works) in [
        ([None, None], true),
        ([Some("1"), Some("1")], true),
        ([Some("1"), None], true),
        ([Some("9"), Some("2")], true),
        ([Some("1"), Some("2")], false),
        ([Some("3"), Some("3")], false),
    ] {
        assert_eq!(pix_for(carteiras), (works, (!works).then_some(MethodWhy::NoCode)), "{carteiras:?}");
    }
}
