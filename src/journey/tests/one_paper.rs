//! One paper at a time, and no receipt that is not offered.

use super::super::*;
use super::visit::*;
use crate::journey::step::PaperState;
use crate::payment::{PrintResult, Standing};

fn prints(visit: &Visit) -> usize {
    visit.commands.iter().filter(|command| matches!(command, Command::Print { .. })).count()
}

fn receipt() -> Intent {
    Intent::Receipt { how: "print".into() }
}

#[test]
fn a_receipt_that_is_not_offered_is_not_printed_whoever_asks() {
    let proven = Standing::Paid {
        write_off: crate::domain::receipt::WriteOffState::Settled,
        receipt: Some(PrintResult::Proven),
    };
    let mut visit = Visit::paying("debit");
    visit.stands(proven).does(receipt());
    assert_eq!((visit.step(), prints(&visit)), ("paid", 0));

    let mut again = Visit::paying("pix");
    again.stands(pix()).stands(paid()).does(receipt()).does(receipt());
    assert_eq!(prints(&again), 1);

    let mut bare = Visit::paying("pix");
    bare.on(Event::Equipment(Equipment { printer: false, paper: PaperState::default(), ..Equipment::default() }));
    bare.stands(pix()).stands(paid()).does(receipt());
    assert_eq!((bare.step(), prints(&bare)), ("paid", 0));
}

#[test]
fn a_finger_that_taps_again_has_not_asked_for_another_paper() {
    let bill = crate::domain::Invoice { boleto: Some(slip()), ..two_bills().remove(0) };
    let mut boleto = Visit::identified(vec![bill]);
    boleto.does(Intent::Details { id: "90".into() }).does(Intent::ShowBoleto);
    boleto.does(Intent::Print).does(Intent::Print);
    assert_eq!(prints(&boleto), 1);
    let attempt = boleto.attempt();
    boleto.on(Event::Printed { attempt, done: true }).does(Intent::Print);
    assert_eq!(prints(&boleto), 2, "once it is out, another may be asked for");

    let mut receipts = Visit::identified(two_bills());
    receipts.does(Intent::Services).does(Intent::Choose { option: "receipts".into() });
    let Some(Command::FindReceipts { attempt, .. }) = receipts.commands.last().cloned() else { panic!() };
    let past = PastPayment {
        id: crate::domain::PaymentId(2_611_220_001),
        on: jiff::civil::date(2026, 11, 22),
        method: "pix",
        amount: crate::domain::Money::from_cents(11_990),
    };
    receipts.on(Event::Receipts { attempt, list: vec![past] });
    let chosen = || Intent::Choose { option: "261122-0001".into() };
    receipts.does(chosen()).does(chosen());
    assert_eq!(prints(&receipts), 1);
    let attempt = receipts.attempt();
    receipts.on(Event::Printed { attempt, done: false }).does(chosen());
    assert_eq!(prints(&receipts), 2);
}

#[test]
fn what_a_customer_asked_for_is_nobodys_once_they_are_gone() {
    let mut visit = Visit::identified(vec![two_bills().remove(0)]);
    let before = visit.attempt();
    assert!(visit.journey.gone_to() < before, "they are still here");
    visit.does(Intent::Leave);
    assert!(visit.journey.gone_to() >= before);
    visit.types(CPF).types("1705");
    assert!(visit.journey.gone_to() < visit.attempt(), "the next one's are theirs");
}
