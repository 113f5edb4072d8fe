//! A document of the provider's: opened over a screen, read page by page, closed to that screen.

use super::super::*;
use super::visit::*;
use crate::domain::document::{NoDocument, OpenDocument};
use crate::domain::{DocumentRef, PageImage, PageView, Pdf};
use crate::journey::intent::PageTurn;
use crate::journey::step::{DocumentScreen, PrintNews, TroubleCode};

pub const NEXT: Intent = Intent::Page { to: PageTurn::Next };
const PREVIOUS: Intent = Intent::Page { to: PageTurn::Previous };

fn image(shade: u8) -> PageImage {
    PageImage::new(2, vec![shade; 4]).unwrap()
}

pub fn document(pages: usize) -> OpenDocument {
    OpenDocument { pdf: Pdf::new(b"%PDF-1.4".to_vec()), pages, first: image(1) }
}

/// Before one bill in full, of an ERP that has its bills as PDF files.
fn at_bill() -> Visit {
    let mut visit = Visit::begins();
    visit.on(Event::Abilities(Abilities { bill_pdf: true, ..Abilities::default() })).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Details { id: "90".into() });
    visit
}

fn reading(pages: usize) -> Visit {
    let mut visit = at_bill();
    visit.does(Intent::ShowDocument);
    let attempt = visit.attempt();
    visit.on(Event::DocumentFound { attempt, result: Ok(Box::new(document(pages))) });
    assert_eq!(visit.step(), "document");
    visit
}

fn shown(visit: &mut Visit) -> DocumentScreen {
    match visit.view().step {
        Step::Document(shown) => shown,
        other => panic!("{}", other.name()),
    }
}

pub fn may(visit: &mut Visit, action: &str) -> bool {
    visit.view().actions.contains(&action)
}

pub fn drawn(visit: &mut Visit, shade: u8) {
    let attempt = visit.attempt();
    visit.on(Event::PageDrawn { attempt, result: Some(image(shade)) });
}

#[test]
fn a_bill_is_opened_and_closed_to_the_screen_it_was_opened_from() {
    let mut visit = reading(2);
    let Some(Command::FindDocument { what: DocumentRef::Bill { bill, boleto: None }, .. }) = visit.commands.last()
    else {
        panic!("{:?}", visit.commands.last())
    };
    assert_eq!(bill.invoice, "90".into());
    assert_eq!((shown(&mut visit).page, shown(&mut visit).pages), (1, 2));
    visit.does(Intent::Back);
    assert_eq!(visit.step(), "invoice");
}

#[test]
fn from_the_boleto_the_document_is_compared_with_what_stands_on_the_screen() {
    let mut visit = at_bill();
    visit.does(Intent::ShowBoleto);
    let attempt = visit.attempt();
    let boleto = slip();
    visit.on(Event::Boleto { attempt, result: Ok(Some(boleto.clone())) });
    visit.does(Intent::ShowDocument);
    let Some(Command::FindDocument { what: DocumentRef::Bill { boleto: asked, .. }, .. }) = visit.commands.last()
    else {
        panic!()
    };
    assert_eq!(asked.as_ref(), Some(&boleto));
    let attempt = visit.attempt();
    visit.on(Event::DocumentFound { attempt, result: Ok(Box::new(document(1))) });
    visit.does(Intent::Back);
    assert_eq!(visit.step(), "boleto");
}

#[test]
fn pages_are_turned_to_the_ends_and_not_beyond() {
    let mut visit = reading(2);
    visit.does(PREVIOUS);
    assert!(!shown(&mut visit).drawing, "there is nothing before the first page");
    visit.does(NEXT);
    assert!(shown(&mut visit).drawing && !may(&mut visit, "page") && !may(&mut visit, "zoom"));
    assert_eq!(shown(&mut visit).page, 1, "the page before stays until the next is drawn");
    drawn(&mut visit, 2);
    assert_eq!((shown(&mut visit).page, shown(&mut visit).image), (2, image(2)));
    visit.does(NEXT);
    assert!(!shown(&mut visit).drawing);
    visit.does(PREVIOUS);
    drawn(&mut visit, 1);
    assert_eq!(shown(&mut visit).page, 1);
}

#[test]
fn an_enlarged_page_is_read_part_by_part_and_over_to_the_next_page() {
    let mut visit = reading(2);
    visit.does(Intent::Zoom);
    drawn(&mut visit, 3);
    for part in 1..=PageView::PARTS {
        assert_eq!((shown(&mut visit).page, shown(&mut visit).part), (1, Some(part)));
        visit.does(NEXT);
        drawn(&mut visit, 4);
    }
    assert_eq!((shown(&mut visit).page, shown(&mut visit).part), (2, Some(1)));
    visit.does(PREVIOUS);
    drawn(&mut visit, 5);
    assert_eq!((shown(&mut visit).page, shown(&mut visit).part), (1, Some(PageView::PARTS)));
    visit.does(Intent::Zoom);
    drawn(&mut visit, 6);
    assert_eq!((shown(&mut visit).page, shown(&mut visit).part), (1, None));
}

#[test]
fn a_page_that_cannot_be_drawn_leaves_the_one_before_and_says_so() {
    let mut visit = reading(2);
    visit.does(NEXT);
    let attempt = visit.attempt();
    visit.on(Event::PageDrawn { attempt, result: None });
    assert_eq!((shown(&mut visit).page, shown(&mut visit).failed, shown(&mut visit).image), (1, true, image(1)));
    visit.does(NEXT);
    drawn(&mut visit, 2);
    assert!(!shown(&mut visit).failed);
}

#[test]
fn a_late_page_of_an_earlier_customer_is_passed_over() {
    let mut visit = reading(2);
    visit.does(NEXT);
    let attempt = visit.attempt();
    visit.does(Intent::Leave);
    visit.on(Event::PageDrawn { attempt, result: Some(image(9)) });
    assert_eq!(visit.step(), "identify");
}

#[test]
fn what_cannot_be_shown_costs_a_sentence_and_leads_back_to_the_bill() {
    for (why, code, again) in [
        (NoDocument::Down, TroubleCode::ErpDown, true),
        (NoDocument::None, TroubleCode::NoDocument, false),
        (NoDocument::Unreadable, TroubleCode::NoDocument, false),
        (NoDocument::Different, TroubleCode::WrongDocument, false),
    ] {
        let mut visit = at_bill();
        visit.does(Intent::ShowDocument);
        let attempt = visit.attempt();
        visit.on(Event::DocumentFound { attempt, result: Err(why) });
        let Step::Trouble(trouble) = visit.view().step else { panic!("{why:?}") };
        assert_eq!((trouble.code, trouble.can_retry, trouble.can_go_back), (code, again, true));
        if again {
            visit.does(Intent::Retry);
            assert!(matches!(visit.commands.last(), Some(Command::FindDocument { .. })));
            let attempt = visit.attempt();
            visit.on(Event::DocumentFound { attempt, result: Err(why) });
        }
        visit.does(Intent::Back);
        assert_eq!(visit.step(), "invoice", "{why:?}");
    }
}

#[test]
fn whoever_does_not_want_to_wait_is_back_at_the_bill() {
    let mut visit = at_bill();
    visit.does(Intent::ShowDocument).waits(11).does(Intent::Cancel);
    assert_eq!(visit.step(), "invoice");
}

#[test]
fn what_became_of_the_paper_is_told() {
    let mut visit = reading(1);
    visit.does(Intent::Print);
    let Some(Command::Print { attempt, job: PrintJob::Page(_, 1) }) = visit.commands.last() else { panic!() };
    let attempt = *attempt;
    assert!(!may(&mut visit, "print"));
    visit.on(Event::Printed { attempt, done: true });
    assert_eq!(shown(&mut visit).printed, Some(PrintNews::Printed));
}

#[test]
fn without_a_second_factor_or_the_erps_files_there_is_no_document() {
    let mut visit = Visit::identified(two_bills());
    visit.does(Intent::Details { id: "90".into() });
    assert!(!may(&mut visit, "show_document"), "this ERP has none");
    let mut visit = Visit::with(Settings { verify: None, ..Settings::default() });
    visit.on(Event::Abilities(Abilities { bill_pdf: true, ..Abilities::default() })).types(CPF);
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Details { id: "90".into() });
    assert_eq!(visit.step(), "invoice");
    assert!(!may(&mut visit, "show_document"), "a CPF alone is no secret, and an address stands on it");
}

#[test]
fn nothing_of_a_document_stays_when_its_reader_walks_away() {
    let mut visit = reading(3);
    visit.waits(45 + 20 + 1);
    assert_eq!(visit.step(), "identify");
    assert!(visit.journey.session.asked_document.is_none());
}
