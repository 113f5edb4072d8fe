//! The receipt of a payment: never more than came, and never of money that went back.

use super::*;
use crate::domain::receipt::{GivenBack, Receipt};
use crate::payment::NoReceipt;

fn first(story: &Story) -> Result<Receipt, NoReceipt> {
    story.payment().receipt_for(&Beneficiary::default(), "T1", None)
}

fn copy(story: &Story) -> Result<Receipt, NoReceipt> {
    story.payment().receipt_for(&Beneficiary::default(), "T1", Some(date(2026, 11, 23).at(9, 0, 0, 0)))
}

#[test]
fn a_receipt_exists_only_for_money_that_came() {
    assert_eq!(first(&Story::card()).err(), Some(NoReceipt::NothingReceived));
    assert!(first(&Story::approved()).is_ok());
    assert!(first(&Story::approved().then(Fact::Decided { decision: Decision::Undo(UndoReason::Receipt) })).is_err());
    assert!(first(&Story::confirmed()).is_ok());
    assert!(first(&Story::pix(ConfirmedBy::Erp)).is_err());
    assert!(copy(&Story::approved()).is_err(), "nobody has decided to keep it");
    assert!(copy(&Story::confirmed()).is_ok());
}

#[test]
fn of_a_sale_that_was_given_back_the_receipt_says_when_and_how_much() {
    let asked = Fact::ReversalStarted { by: "ana".into(), reason: "pago em dobro".into() };
    let under_way = Story::confirmed().then(sent("90")).then(settled("90")).then(Fact::Closed).then(asked);
    assert_eq!(copy(&under_way).err(), Some(NoReceipt::GivingBack));
    let again = |story: &Story| Story(story.0.clone());
    let unknown = again(&under_way).then(Fact::ReversalUnknown { why: "silent".into() });
    assert_eq!(copy(&unknown).err(), Some(NoReceipt::GivingBack));
    let text = vec!["ESTORNO".to_owned()];
    let back = |amount, at| Fact::ReversalApproved {
        sale: Box::new(CardSale { amount, at, customer_copy: text.clone(), ..*sale(true) }),
    };
    let told = date(2026, 11, 24).at(10, 0, 0, 0);
    let story = again(&under_way).then(back(reais(100), Some(told)));
    assert_eq!(copy(&story).unwrap().given_back, Some(GivenBack { at: told, amount: reais(100) }));
    assert_eq!(story.payment().customer_copy(), text);
    let bare = copy(&under_way.then(back(reais(0), None))).unwrap().given_back.unwrap();
    assert_eq!(bare.amount, reais(100), "a TEF need not repeat what it gave back");
}

#[test]
fn of_another_amount_than_was_asked_the_receipt_says_what_came() {
    let other = Box::new(CardSale { amount: reais(99), ..*sale(false) });
    let approved = Story::card().then(Fact::CardStarted).then(Fact::CardApproved { sale: other, mismatch: None });
    assert!(first(&approved).is_err(), "nothing is kept yet");
    let kept = approved.then(Fact::Decided { decision: Decision::Confirm });
    for story in [Story(kept.0.clone()).then(Fact::Finalized), kept] {
        assert_eq!(copy(&story).unwrap().received, Some(reais(99)));
    }
    let less = Story::pix(ConfirmedBy::Bank).paid(reais(1));
    assert_eq!(copy(&less).unwrap().received, Some(reais(1)));
    assert_eq!(copy(&Story::confirmed()).unwrap().received, None);
}
