//! The tables of `runtime::card_desk`, row by row.

use jiff::Timestamp;
use jiff::civil::{date, datetime};

use super::*;
use crate::domain::{CardKind, Charge, Money, PaymentId, ReceiptHeads};
use crate::payment::{Decision, Entry, Item, Method, Payer};
use crate::tef;

const ID: PaymentId = PaymentId(2_611_220_001);

fn transaction(nsu: &str, must_be_finalized: bool) -> CardSale {
    CardSale {
        coupon: ID.0,
        amount: Money::from_cents(10_000),
        kind: CardKind::Debit,
        instalments: 1,
        network: "REDE DEMO".into(),
        brand: String::new(),
        nsu: nsu.into(),
        authorization: String::new(),
        finalization: format!("F{nsu}"),
        last4: String::new(),
        at: None,
        must_be_finalized,
        customer_copy: vec!["CANCELAMENTO".into()],
        merchant_copy: Vec::new(),
    }
}

fn payment(more: &[Fact]) -> Payment {
    let (principal, none) = (Money::from_cents(10_000), Money::ZERO);
    let charge = Charge { principal, fine: none, interest: none, discount: none };
    let item = Item {
        invoice: "90".into(),
        contracts: Vec::new(),
        number: "90".into(),
        description: String::new(),
        due: date(2026, 11, 10),
        charge,
        identifier: None,
        receipt_heads: ReceiptHeads::default(),
    };
    let opened = Fact::Opened {
        payer: Payer {
            customer: "1".into(),
            short_name: String::new(),
            tax_id_hash: String::new(),
            tax_id_masked: String::new(),
        },
        items: vec![item],
        method: Method::Card { kind: CardKind::Debit, instalments: 1 },
        local: datetime(2026, 11, 22, 10, 0, 0, 0),
    };
    let sold = [
        opened,
        Fact::CardStarted,
        Fact::CardApproved { sale: Box::new(transaction("1", true)), mismatch: None },
        Fact::Decided { decision: Decision::Confirm },
        Fact::Finalized,
    ];
    let entries: Vec<Entry> = sold
        .iter()
        .chain(more)
        .map(|fact| Entry { payment: ID, at: Timestamp::UNIX_EPOCH, fact: fact.clone() })
        .collect();
    Payment::from_entries(&entries).unwrap()
}

fn asked_before() -> Payment {
    payment(&[Fact::ReversalStarted { by: "ana".into(), reason: "pago em dobro".into() }])
}

#[test]
fn each_answer_of_the_tef_is_written_down_as_what_it_is() {
    let back = || Box::new(transaction("2", true));
    let answers = [
        (SaleOutcome::Approved(back()), "reversal_approved", Then::Confirm(back())),
        (SaleOutcome::Mismatched { sale: back(), why: "amount".into() }, "reversal_refused", Then::Undo(back())),
        (SaleOutcome::Declined { message: "X".into() }, "reversal_refused", Then::Nothing),
        (SaleOutcome::Cancelled { message: "X".into() }, "reversal_refused", Then::Nothing),
        (SaleOutcome::NotStarted(tef::Error::Silent("X".into())), "reversal_refused", Then::Nothing),
        (SaleOutcome::PendingFirst(back()), "reversal_refused", Then::Settle(back())),
        (SaleOutcome::Unknown { why: "X".into() }, "reversal_unknown", Then::Ask),
    ];
    for (outcome, fact, then) in answers {
        let told = heard(outcome.clone());
        assert_eq!((told.fact.name(), told.then), (fact, then), "{outcome:?}");
    }
    let last = Box::new(transaction("2", false));
    let told = heard(SaleOutcome::Mismatched { sale: last.clone(), why: "amount".into() });
    assert_eq!((told.fact.name(), told.then), ("reversal_approved", Then::Confirm(last)), "it knows no undoing");
}

#[test]
fn what_waits_at_the_tef_tells_the_end_of_a_giving_back_that_nobody_heard() {
    let (sold, open, last) = (transaction("1", true), transaction("2", true), transaction("2", false));
    let nobodys = CardSale { coupon: 7, ..open.clone() };
    for (waiting, fact, then) in [
        (vec![sold.clone(), open.clone()], "reversal_refused", Then::Undo(Box::new(open.clone()))),
        (vec![last], "reversal_approved", Then::Nothing),
        (vec![], "reversal_refused", Then::Nothing),
        (vec![sold, nobodys], "reversal_refused", Then::Nothing),
    ] {
        let told = found(&asked_before(), &waiting);
        assert_eq!((told.fact.name(), told.then), (fact, then), "{waiting:?}");
    }
}

#[test]
fn a_sale_that_may_be_on_its_way_back_is_not_asked_back_again() {
    let at = datetime(2026, 11, 22, 11, 0, 0, 0);
    assert!(asked(&payment(&[]), "ana", "x", at).is_ok());
    assert_eq!(asked(&asked_before(), "ana", "x", at).err(), Some(NotReversible::UnderWay));
}

#[test]
fn a_giving_back_has_a_paper_where_the_tef_gave_its_lines() {
    assert!(receipt(&transaction("2", true)).is_some());
    assert_eq!(receipt(&CardSale { customer_copy: Vec::new(), ..transaction("2", true) }), None);
}
