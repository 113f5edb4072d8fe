//! A paper bill before the reader: with no CPF where the provider finds it, else after the CPF; and what is no bill.

use jiff::civil::date;

use super::super::*;
use super::visit::*;
use crate::domain::{Boleto, Invoice, InvoiceState};
use crate::journey::step::{IdentifyProblem, ScanNews, TroubleCode};

const BARS: &str = "75697733800000010001316601006726102721000001";
const OTHER: &str = "75698821700000012321316601006726102745542001";

fn scans<'a>(visit: &'a mut Visit, text: &str) -> &'a mut Visit {
    visit.does(Intent::Scan { text: text.into() })
}

fn begins(finds: bool) -> Visit {
    let mut visit = Visit::begins();
    let serves = Serves { bill_by_code: finds, ..Serves::default() };
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() }));
    visit
}

fn with_boleto(id: &str, bars: &str) -> Invoice {
    Invoice { boleto: Boleto::parse(bars).ok(), ..bill(id, date(2026, 11, 10), 11_990) }
}

fn identifies(visit: &mut Visit, bills: Vec<Invoice>) {
    visit.types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(bills)))) });
}

fn code_found(visit: &mut Visit, state: Option<InvoiceState>) {
    let attempt = visit.attempt();
    let customer = account(Vec::new()).account.customer;
    let found = state.map(|state| Box::new(ByCode { customer, invoice: "90".into(), state, settling: Vec::new() }));
    visit.on(Event::CodeFound { attempt, result: Ok(found) });
}

fn problem(visit: &mut Visit) -> Option<IdentifyProblem> {
    let Step::Identify(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown.problem
}

fn news(visit: &mut Visit) -> Option<ScanNews> {
    let Step::Invoices(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown.scan
}

fn chosen(visit: &Visit) -> Vec<String> {
    visit.journey.session.chosen.iter().map(|id| id.0.clone()).collect()
}

#[test]
fn a_scanned_bill_is_paid_in_two_touches_with_no_cpf() {
    let mut visit = begins(true);
    scans(&mut visit, BARS);
    assert!(matches!(visit.commands.last(), Some(Command::FindByCode { .. })));
    code_found(&mut visit, Some(InvoiceState::Open(Box::new(with_boleto("90", BARS)))));
    visit.prepared(vec![with_boleto("90", BARS)]);
    assert_eq!(visit.step(), "method");
    visit.does(Intent::Choose { option: "pix".into() });
    let Some(Command::Pay { order, .. }) = visit.commands.last() else { panic!("{:?}", visit.commands.last()) };
    assert_eq!(order.items.iter().map(|item| item.invoice.0.as_str()).collect::<Vec<_>>(), ["90"]);
}

#[test]
fn whoever_scanned_a_bill_pays_it_and_sees_nothing_else() {
    let mut visit = begins(true);
    scans(&mut visit, BARS);
    code_found(&mut visit, Some(InvoiceState::Open(Box::new(with_boleto("90", BARS)))));
    visit.prepared(vec![with_boleto("90", BARS)]).does(Intent::Back);
    assert_eq!(visit.step(), "invoices");
    assert!(!visit.view().actions.contains(&"services"));
    visit.does(Intent::Services);
    assert_eq!(visit.step(), "invoices");
    visit.does(Intent::Details { id: "90".into() });
    assert!(!visit.view().actions.contains(&"show_document"), "there is an address on the provider's own paper");
}

#[test]
fn a_scanned_bill_that_is_paid_or_strange_is_told_so() {
    for state in [InvoiceState::Paid { on: None }, InvoiceState::Gone, InvoiceState::Withdrawn] {
        let mut visit = begins(true);
        scans(&mut visit, BARS);
        code_found(&mut visit, Some(state));
        let Step::Trouble(trouble) = visit.view().step else { panic!("{}", visit.step()) };
        assert_eq!(trouble.code, TroubleCode::AlreadyPaid);
        visit.does(Intent::Back);
        assert_eq!(visit.step(), "identify");
    }
    let mut visit = begins(true);
    scans(&mut visit, BARS);
    code_found(&mut visit, None);
    assert_eq!(problem(&mut visit), Some(IdentifyProblem::ScanStranger));
}

#[test]
fn whoever_tries_code_after_code_is_locked_out_like_any_guesser() {
    let mut visit = begins(true);
    for _ in 0..5 {
        scans(&mut visit, BARS);
        code_found(&mut visit, None);
    }
    let Step::Trouble(trouble) = visit.view().step else { panic!("{}", visit.step()) };
    assert_eq!(trouble.code, TroubleCode::Locked);
    visit.does(Intent::Back);
    let asked = visit.commands.len();
    scans(&mut visit, BARS);
    assert_eq!((problem(&mut visit), visit.commands.len()), (Some(IdentifyProblem::Locked), asked));
}

#[test]
fn what_is_no_bill_costs_a_sentence_and_asks_nobody() {
    let long = "7".repeat(10_000);
    for (text, why) in [
        ("7891000100103", IdentifyProblem::Scan),
        ("https://example.com", IdentifyProblem::Scan),
        (long.as_str(), IdentifyProblem::Scan),
        (&BARS[..30], IdentifyProblem::ScanHalf),
    ] {
        let mut visit = begins(true);
        scans(&mut visit, text);
        assert_eq!((problem(&mut visit), visit.commands.len()), (Some(why), 0));
        visit.waits(45 + 20);
        assert_eq!((visit.step(), problem(&mut visit)), ("identify", None), "nobody finds it there afterwards");
    }
}

#[test]
fn where_nobody_finds_it_the_cpf_leads_from_the_code_to_the_bill() {
    let mut visit = begins(false);
    scans(&mut visit, OTHER);
    let Step::Identify(shown) = visit.view().step else { panic!() };
    assert!(shown.scanned && visit.commands.is_empty());
    identifies(&mut visit, vec![with_boleto("90", BARS), with_boleto("91", OTHER)]);
    assert_eq!(chosen(&visit), ["91"], "and not the overdue one");
    visit.prepared(vec![with_boleto("91", OTHER)]);
    assert_eq!(visit.step(), "method");
}

#[test]
fn bills_that_do_not_tell_their_boleto_are_asked_for_it() {
    for (matched, step, told) in [
        (Ok(Some("91".into())), "searching", None),
        (Ok(None), "invoices", Some(ScanNews::Missing)),
        (Err(Failure::Down), "invoices", Some(ScanNews::Unasked)),
    ] {
        let mut visit = begins(false);
        scans(&mut visit, BARS);
        identifies(&mut visit, two_bills());
        let Some(Command::MatchBill { attempt, bills, .. }) = visit.commands.last().cloned() else {
            panic!("{:?}", visit.commands.last())
        };
        assert_eq!(bills.len(), 2);
        visit.on(Event::CodeMatched { attempt, result: matched });
        assert_eq!(visit.step(), step);
        if step == "invoices" {
            assert_eq!(news(&mut visit), told);
            visit.does(Intent::Toggle { id: "91".into() });
            assert_eq!(news(&mut visit), None, "it was read");
        }
    }
}

#[test]
fn two_hundred_bills_are_not_all_asked() {
    let mut visit = begins(false);
    scans(&mut visit, BARS);
    identifies(&mut visit, (0..200).map(|id| bill(&id.to_string(), date(2026, 12, 10), 100)).collect());
    let Some(Command::MatchBill { bills, .. }) = visit.commands.last() else { panic!("{:?}", visit.commands.last()) };
    assert_eq!(bills.len(), 12);
}

#[test]
fn a_bill_that_is_not_open_or_is_another_companys_is_told_before_the_list() {
    let mut visit = begins(false);
    scans(&mut visit, BARS);
    identifies(&mut visit, vec![with_boleto("91", OTHER)]);
    assert_eq!(news(&mut visit), Some(ScanNews::Missing));
}

#[test]
fn before_the_bills_a_scan_chooses_one_and_garbage_costs_a_sentence() {
    let mut visit = Visit::identified(vec![with_boleto("90", BARS), with_boleto("91", OTHER)]);
    scans(&mut visit, "lixo lido de um pacote de biscoitos");
    assert_eq!(news(&mut visit), Some(ScanNews::Unknown));
    scans(&mut visit, OTHER);
    assert_eq!((chosen(&visit), visit.step()), (vec!["91".to_owned()], "searching"));
}

#[test]
fn a_scan_while_something_else_goes_on_changes_nothing() {
    let mut visit = Visit::paying("debit");
    let (step, asked) = (visit.step(), visit.commands.len());
    scans(&mut visit, BARS);
    assert_eq!((visit.step(), visit.commands.len()), (step, asked));
}

#[test]
fn a_scanned_code_is_forgotten_when_nobody_types() {
    let mut visit = begins(false);
    scans(&mut visit, BARS).waits(45);
    assert_eq!(visit.step(), "still_there");
    visit.waits(20);
    let Step::Identify(shown) = visit.view().step else { panic!("{}", visit.step()) };
    assert!(!shown.scanned);
}

#[test]
fn an_erp_that_is_down_is_told_and_the_code_can_be_read_again() {
    let mut visit = begins(true);
    scans(&mut visit, BARS);
    let attempt = visit.attempt();
    visit.on(Event::CodeFound { attempt, result: Err(Failure::Down) });
    assert_eq!(visit.step(), "trouble");
    visit.does(Intent::Back);
    scans(&mut visit, BARS);
    assert_eq!(visit.step(), "searching");
}
