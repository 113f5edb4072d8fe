//! A card sale that a technician gives back.

use super::*;
use crate::payment::{NotReversible, Outcome};

fn asked() -> Fact {
    Fact::ReversalStarted { by: "ana".into(), reason: "pago em dobro".into() }
}

fn given_back() -> Fact {
    Fact::ReversalApproved { sale: sale(true) }
}

#[test]
fn after_a_sale_is_given_back_nothing_is_written_off_any_more() {
    let story = Story::confirmed().then(asked()).then(given_back());
    assert_eq!(story.next(), [Step::Close]);
    assert_eq!(story.payment().debts, [Debt::Settled(SettledHow::Reversed)]);
    assert_eq!(story.payment().outcome(), Outcome::Undone);
    let late = story.then(sent("90"));
    assert_eq!(late.payment().debts, [Debt::Settled(SettledHow::Reversed)], "no write-off begins after it");
}

#[test]
fn a_bill_that_is_written_off_stays_so_when_its_sale_is_given_back() {
    let story = Story::confirmed().then(sent("90")).then(settled("90")).then(Fact::Closed).then(asked());
    let story = story.then(given_back());
    assert_eq!(story.payment().debts, [Debt::Settled(SettledHow::Applied)]);
    assert!(story.next().is_empty());
}

#[test]
fn a_rejected_write_off_needs_nobody_once_the_money_went_back() {
    let rejected = Fact::WriteOffRejected { invoice: "90".into(), why: "conta inválida".into() };
    let story = Story::confirmed().then(sent("90")).then(rejected);
    assert!(matches!(story.payment().outcome(), Outcome::Person(_)));
    assert_eq!(story.then(asked()).then(given_back()).payment().outcome(), Outcome::Undone);
}

#[test]
fn only_a_confirmed_card_sale_that_is_not_given_back_can_be_given_back() {
    let why = |story: Story| story.payment().reversible().cloned().err();
    assert_eq!(why(Story::confirmed()), None);
    assert_eq!(why(Story::card()), Some(NotReversible::NoCard));
    assert_eq!(why(Story::approved()), Some(NotReversible::NotConfirmed));
    assert_eq!(why(Story::pix(ConfirmedBy::Bank).paid(reais(100))), Some(NotReversible::NoCard));
    assert_eq!(why(Story::confirmed().then(asked()).then(given_back())), Some(NotReversible::Already));
    assert_eq!(why(Story::confirmed().then(sent("90"))), Some(NotReversible::Unclear));
}

#[test]
fn a_refused_or_unknown_giving_back_may_be_tried_again_and_owes_as_before() {
    for answer in
        [Fact::ReversalRefused { message: "PRAZO EXPIRADO".into() }, Fact::ReversalUnknown { why: "no answer".into() }]
    {
        let story = Story::confirmed().then(asked()).then(answer);
        assert_eq!(story.next(), [Step::WriteOff("90".into())]);
        assert!(story.payment().reversible().is_ok());
    }
}

#[test]
fn an_answer_that_nobody_asked_for_changes_nothing() {
    assert_eq!(Story::confirmed().then(given_back()).payment().reversal, None);
}
