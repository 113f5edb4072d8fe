//! Fiscal notes and settled years: listed, opened as the provider's file, or told on a slip of ours.

use super::super::*;
use super::services::*;
use super::visit::*;
use crate::domain::asked::{Ask, Told};
use crate::domain::document::{NoDocument, OpenDocument};
use crate::domain::service::{AnnualSettlement, FiscalNote};
use crate::domain::{ContractStatus, DocumentRef, Money, PageImage, Pdf};
use crate::journey::step::{DocumentTitle, Opens, PrintNews, RecordKind, Records, TroubleCode};

/// An ERP that has all of its papers as files.
pub(super) fn papers() -> Serves {
    Serves { fiscal_notes: true, note_pdf: true, annual_settlements: true, settlement_pdf: true, ..Serves::default() }
}

fn note(id: usize, has_pdf: bool) -> FiscalNote {
    let amount = Some(Money::from_cents(11_990));
    FiscalNote { id: format!("nf-{id}"), number: format!("{id}"), issued: None, amount, has_pdf }
}

fn year(year: i16, has_pdf: bool) -> AnnualSettlement {
    AnnualSettlement { id: format!("q{year}"), year, has_pdf }
}

fn at(serves: Serves, service: &str, told: Told) -> Visit {
    let mut visit = at_services_with(serves, vec![contract("1", ContractStatus::Active)]);
    chooses(&mut visit, service);
    answers(&mut visit, told);
    visit
}

fn shown(visit: &mut Visit) -> Records {
    let Step::Records(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown
}

fn may(visit: &mut Visit, action: &str) -> bool {
    visit.view().actions.contains(&action)
}

fn opened(visit: &mut Visit) {
    let attempt = visit.attempt();
    let first = PageImage::new(2, vec![255; 4]).unwrap();
    let open = OpenDocument { pdf: Pdf::new(b"%PDF-1.4".to_vec()), pages: 1, first };
    visit.on(Event::DocumentFound { attempt, result: Ok(Box::new(open)) });
}

#[test]
fn a_fiscal_note_is_opened_from_the_list_and_closed_to_it() {
    let mut visit = at(papers(), "fiscal_notes", Told::FiscalNotes(vec![note(1, true), note(2, false)]));
    let records = shown(&mut visit);
    assert_eq!(records.list, RecordKind::FiscalNotes);
    assert_eq!(records.records.iter().map(|one| one.opens).collect::<Vec<_>>(), [Some(Opens::Document), None]);
    let asked = visit.commands.len();
    chooses(&mut visit, "nf-2");
    chooses(&mut visit, "nf-9");
    assert_eq!((visit.step(), visit.commands.len()), ("records", asked), "what has no file is not asked for");
    chooses(&mut visit, "nf-1");
    let Some(Command::FindDocument { what: DocumentRef::FiscalNote { note, .. }, .. }) = visit.commands.last() else {
        panic!("{:?}", visit.commands.last())
    };
    assert_eq!(note, "nf-1");
    opened(&mut visit);
    let Step::Document(document) = visit.view().step else { panic!("{}", visit.step()) };
    assert_eq!(document.title, DocumentTitle::FiscalNote);
    visit.does(Intent::Back);
    assert_eq!(shown(&mut visit).records.len(), 2);
}

#[test]
fn notes_that_cannot_be_drawn_here_are_a_list_and_nothing_to_touch() {
    let serves = Serves { note_pdf: false, ..papers() };
    let mut visit = at(serves, "fiscal_notes", Told::FiscalNotes(vec![note(1, true)]));
    assert!(!may(&mut visit, "choose"));
    let mut visit = at(papers(), "fiscal_notes", Told::FiscalNotes(Vec::new()));
    assert!(shown(&mut visit).records.is_empty() && !may(&mut visit, "choose"));
    let mut visit = at(papers(), "fiscal_notes", Told::FiscalNotes((0..200).map(|id| note(id, true)).collect()));
    assert_eq!(shown(&mut visit).records.len(), 200);
}

#[test]
fn a_note_that_does_not_come_leads_back_to_the_list() {
    for (why, code, retries) in [
        (NoDocument::Down, TroubleCode::ErpDown, true),
        (NoDocument::None, TroubleCode::NoDocument, false),
        (NoDocument::Unreadable, TroubleCode::NoDocument, false),
    ] {
        let mut visit = at(papers(), "fiscal_notes", Told::FiscalNotes(vec![note(1, true)]));
        chooses(&mut visit, "nf-1");
        let attempt = visit.attempt();
        visit.on(Event::DocumentFound { attempt, result: Err(why) });
        let Step::Trouble(trouble) = visit.view().step else { panic!("{}", visit.step()) };
        assert_eq!((trouble.code, trouble.can_retry), (code, retries));
        visit.does(Intent::Back);
        assert_eq!(shown(&mut visit).records.len(), 1);
    }
}

#[test]
fn a_settled_year_without_a_file_comes_as_a_slip_of_ours_with_a_masked_cpf() {
    let told = Told::AnnualSettlements(vec![year(2025, true), year(2024, false)]);
    let mut visit = at(papers(), "annual_settlements", told);
    let opens: Vec<_> = shown(&mut visit).records.iter().map(|one| one.opens).collect();
    assert_eq!(opens, [Some(Opens::Document), Some(Opens::Slip)]);
    chooses(&mut visit, "q2024");
    let Some(Command::Print { attempt, job: PrintJob::YearSettled(paper) }) = visit.commands.last().cloned() else {
        panic!("{:?}", visit.commands.last())
    };
    assert_eq!((paper.year, paper.customer.as_str()), (2024, "Maria S."));
    assert!(!paper.tax_id.contains("529") && paper.tax_id.ends_with("25"), "{}", paper.tax_id);
    let asked = visit.commands.len();
    chooses(&mut visit, "q2024");
    chooses(&mut visit, "q2025");
    assert_eq!(visit.commands.len(), asked, "one paper at a time");
    visit.on(Event::Printed { attempt, done: true });
    assert_eq!(shown(&mut visit).printed, Some(PrintNews::Printed));
    chooses(&mut visit, "q2025");
    let Some(Command::FindDocument { what: DocumentRef::AnnualSettlement { id, .. }, .. }) = visit.commands.last()
    else {
        panic!("{:?}", visit.commands.last())
    };
    assert_eq!(id, "q2025");
}

#[test]
fn without_a_printer_no_slip_is_promised() {
    let mut visit = at(papers(), "annual_settlements", Told::AnnualSettlements(vec![year(2024, false)]));
    visit.on(Event::Equipment(Equipment { printer: false, ..Equipment::default() }));
    assert_eq!(shown(&mut visit).records[0].opens, None);
    let asked = visit.commands.len();
    chooses(&mut visit, "q2024");
    assert_eq!(visit.commands.len(), asked);
}

#[test]
fn a_list_that_does_not_come_is_asked_for_again() {
    let mut visit = at_services_with(papers(), vec![contract("1", ContractStatus::Active)]);
    chooses(&mut visit, "annual_settlements");
    assert_eq!(asked(&visit).1, Ask::AnnualSettlements);
    fails(&mut visit);
    assert_eq!(visit.step(), "trouble");
    visit.does(Intent::Retry);
    answers(&mut visit, Told::AnnualSettlements(vec![year(2025, true)]));
    assert_eq!(visit.step(), "records");
    visit.does(Intent::Back);
    assert_eq!(visit.step(), "services");
}
