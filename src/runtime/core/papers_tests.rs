//! Papers of payments, as the journal has them.

use super::late_tests::{DEBIT, Shelf, desk, noon, sale, story};
use super::*;
use crate::domain::CardSale;
use crate::paper::{Block, Document};
use crate::payment::{Decision, PrintResult};

const ID: u64 = 2_611_220_001;

fn sold(sale: CardSale, more: Vec<Fact>) -> Vec<Entry> {
    let sale = Box::new(sale);
    let facts = [
        Fact::CardStarted,
        Fact::CardApproved { sale, mismatch: None },
        Fact::ReceiptStarted,
        Fact::ReceiptPrinted { result: PrintResult::Failed },
        Fact::Decided { decision: Decision::Confirm },
        Fact::Finalized,
    ];
    story(ID, DEBIT, facts.into_iter().chain(more).collect())
}

fn paper_of(entries: Vec<Entry>, job: fn(PaymentId) -> PrintJob) -> Option<Document> {
    let mut core = desk(&Shelf { closed: vec![entries], ..Shelf::default() }, Rhythm::default(), noon());
    core.document(&job(PaymentId(ID)), noon())
}

fn says(document: &Document, text: &str) -> bool {
    format!("{:?}", document.blocks).contains(text)
}

#[test]
fn a_receipt_that_may_have_come_out_before_is_printed_as_a_second_copy_with_the_tefs_text() {
    let text = vec!["VIA CLIENTE".to_owned()];
    let sale = CardSale { customer_copy: text.clone(), ..sale(ID, true) };
    let receipt = paper_of(sold(sale, Vec::new()), PrintJob::Receipt).unwrap();
    assert!(receipt.blocks.contains(&Block::Title("2ª via".to_owned())), "{receipt:?}");
    assert!(says(&receipt, "Reimpressão 22/11 12:00"));
    assert_eq!(receipt.blocks.last(), Some(&Block::Verbatim(text)));
}

#[test]
fn the_counter_gives_a_paper_of_a_sale_that_was_given_back_and_it_says_so() {
    let asked = Fact::ReversalStarted { by: "ana".into(), reason: "pago em dobro".into() };
    let under_way = paper_of(sold(sale(ID, true), vec![asked.clone()]), PrintJob::ReceiptCopy);
    assert_eq!(under_way, None, "nobody knows whether it went back");
    let back = Fact::ReversalApproved { sale: Box::new(sale(ID, true)) };
    let paper = paper_of(sold(sale(ID, true), vec![asked, back]), PrintJob::ReceiptCopy).unwrap();
    assert!(says(&paper, "ESTORNADO em") && !says(&paper, "paga e baixada"), "{paper:?}");
}

#[test]
fn whoever_wants_large_letters_has_them_on_the_card_receipt_and_the_tefs_text_keeps_its_columns() {
    let text = vec!["VIA CLIENTE".to_owned()];
    let sale = CardSale { customer_copy: text.clone(), ..sale(ID, true) };
    let facts = vec![Fact::CardStarted, Fact::CardApproved { sale: Box::new(sale), mismatch: None }];
    let printed = |large: bool| {
        let mut core = desk(&Shelf::default(), Rhythm::default(), noon());
        if large {
            core.handle(Input::Intent(Intent::Accessibility), noon());
        }
        let live = Live::from_entries(&story(ID, DEBIT, facts.clone())).unwrap();
        core.live.insert(PaymentId(ID), live);
        let calls = core.handle(Input::Time, noon());
        let papers = calls.into_iter().find_map(|call| match call {
            Call::Print { ticket: Ticket::Receipt(_), document } => Some(document),
            _ => None,
        });
        papers.unwrap()
    };
    let (plain, large) = (printed(false), printed(true));
    assert_eq!(large, plain.clone().enlarged());
    assert_ne!(large, plain);
    assert_eq!(large.blocks.last(), Some(&Block::Verbatim(text)));
}

#[test]
fn the_notice_of_an_undone_sale_says_what_the_tef_has_said_and_when_it_was_decided() {
    let facts = [
        Fact::CardStarted,
        Fact::CardApproved { sale: Box::new(sale(ID, true)), mismatch: None },
        Fact::Decided { decision: Decision::Undo(crate::payment::UndoReason::Receipt) },
    ];
    let asked = story(ID, DEBIT, facts.to_vec());
    let paper = paper_of(asked.clone(), PrintJob::UndoneNotice).unwrap();
    assert!(says(&paper, "Pedimos à operadora") && !says(&paper, "não foi cobrado"), "{paper:?}");
    assert!(says(&paper, "22/11/2026 12:00:00"), "{paper:?}");
    let done = Entry { payment: PaymentId(ID), at: noon(), fact: Fact::Finalized };
    let paper = paper_of([asked, vec![done]].concat(), PrintJob::UndoneNotice).unwrap();
    assert!(says(&paper, "Seu cartão não foi cobrado."), "{paper:?}");
}
