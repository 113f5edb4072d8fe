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
    assert_eq!(story.next(), [Step::Close], "the giving back had opened it again");
}

#[test]
fn a_closed_payment_whose_giving_back_was_refused_is_closed_again() {
    let closed = || Story::confirmed().then(sent("90")).then(settled("90")).then(Fact::Closed);
    let story = closed().then(asked()).then(refused());
    assert_eq!(story.next(), [Step::Close]);
    assert!(story.then(Fact::Closed).next().is_empty());
    // as older programs left it
    let old = closed().then(asked()).then(given_back()).then(Fact::Interrupted).then(Fact::Interrupted);
    assert_eq!(old.next(), [Step::Close]);
}

#[test]
fn a_giving_back_of_which_the_tef_says_nothing_for_too_long_is_a_persons() {
    let at = |minutes| Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minutes);
    let closed = Story::confirmed().then(sent("90")).then(settled("90")).then(Fact::Closed).then(asked());
    for story in [closed.clone(), closed.then(unknown()), Story::confirmed().then(asked())] {
        assert_eq!(next(&story.payment(), &RULES, at(59)), []);
        assert_eq!(next(&story.payment(), &RULES, at(60)), [Step::CallPerson(PersonWhy::TefSilent)]);
        let called = story.then(Fact::PersonCalled { why: PersonWhy::TefSilent });
        assert_eq!(next(&called.payment(), &RULES, at(600)), []);
        assert!(called.payment().need().unwrap().tasks.iter().any(|task| task.why == PersonWhy::TefSilent));
        assert!(matches!(called.then(given_back()).payment().outcome(), Outcome::Undone));
    }
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

fn refused() -> Fact {
    Fact::ReversalRefused { message: "PRAZO EXPIRADO".into() }
}

fn unknown() -> Fact {
    Fact::ReversalUnknown { why: "no answer".into() }
}

#[test]
fn a_refused_giving_back_may_be_tried_again_and_owes_as_before() {
    let story = Story::confirmed().then(asked()).then(refused());
    assert_eq!(story.next(), [Step::WriteOff("90".into())]);
    assert!(story.payment().reversible().is_ok());
}

#[test]
fn while_the_money_may_be_on_its_way_back_nothing_is_written_off_and_nothing_asked_again() {
    for story in [
        Story::confirmed().then(asked()),
        Story::confirmed().then(asked()).then(unknown()),
        Story::confirmed().then(asked()).then(Fact::Interrupted),
    ] {
        assert_eq!(story.next(), []);
        assert_eq!(story.payment().reversible().err(), Some(NotReversible::UnderWay));
        let told = story.then(refused());
        assert!(matches!(told.next().as_slice(), [Step::WriteOff(_) | Step::ReadBill(_)]), "{:?}", told.next());
    }
}

#[test]
fn what_the_tef_tells_of_after_it_had_told_of_nothing_is_given_back_all_the_same() {
    let story = Story::confirmed().then(asked()).then(refused()).then(given_back());
    assert!(story.payment().is_reversed());
    assert_eq!(story.next(), [Step::Close]);
}

#[test]
fn an_answer_that_nobody_asked_for_changes_nothing() {
    assert_eq!(Story::confirmed().then(given_back()).payment().reversal, None);
}
