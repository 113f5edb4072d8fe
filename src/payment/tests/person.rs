//! What is left for a person, with every id, and what is not.

use super::*;
use crate::payment::person::{Ids, Task};

fn two_bills() -> Story {
    let method = Method::Card { kind: CardKind::Credit, instalments: 2 };
    Story::of(method, vec![item("90", 60), item("91", 40)])
        .then(Fact::CardStarted)
        .then(Fact::CardApproved { sale: sale(true), mismatch: None })
        .then(Fact::Decided { decision: Decision::Confirm })
        .then(Fact::Finalized)
}

fn sent(story: Story, invoice: &str) -> Story {
    story.then(Fact::WriteOffSent { invoice: invoice.into() })
}

fn rejected(story: Story, invoice: &str) -> Story {
    sent(story, invoice).then(Fact::WriteOffRejected { invoice: invoice.into(), why: "fechado".into() })
}

fn applied(story: Story, invoice: &str) -> Story {
    sent(story, invoice).then(Fact::WriteOffSettled { invoice: invoice.into(), how: SettledHow::Applied })
}

fn resolved(story: Story) -> Story {
    story.then(Fact::Resolved { by: "ana".into(), note: "feita à mão".into() })
}

fn tasks(story: &Story) -> Vec<Task> {
    story.payment().need().map(|need| need.tasks).unwrap_or_default()
}

#[test]
fn a_refused_write_off_goes_to_a_person_with_every_id_of_the_card_sale() {
    let need = rejected(Story::confirmed(), "90").payment().need().unwrap();
    assert_eq!(need.payment.protocol(), "261122-0001");
    assert_eq!((need.customer.0.as_str(), need.short_name.as_str()), ("81593", "Maria S."));
    let text = |text: &str| Some(text.to_owned());
    let ids = Ids {
        network: text("REDE DEMO"),
        brand: text("VISA"),
        nsu: text("000123"),
        authorization: text("A1B2"),
        at: Some(date(2026, 11, 22).at(10, 0, 0, 0)),
        ..Ids::default()
    };
    assert_eq!(need.ids, ids);
    let [task] = need.tasks.as_slice() else { panic!("{need:?}") };
    assert_eq!((task.why, task.asked, task.received), (PersonWhy::Rejected, reais(100), Some(reais(100))));
    assert_eq!((task.bills[0].invoice.0.as_str(), task.bills[0].sends), ("90", 1));
}

#[test]
fn each_bill_of_a_payment_is_a_task_of_its_own() {
    let story = rejected(two_bills(), "90").then(Fact::PaidElsewhere { invoice: "91".into() });
    let told: Vec<_> = tasks(&story).into_iter().map(|task| (task.why, task.asked, task.bills.len())).collect();
    assert_eq!(told, [(PersonWhy::Rejected, reais(60), 1), (PersonWhy::Refund, reais(40), 1)]);
}

#[test]
fn another_amount_than_was_asked_is_told_with_both() {
    let story = Story::pix(ConfirmedBy::Bank).then(Fact::PixPaid {
        amount: reais(70),
        end_to_end: Some("E123".into()),
        at: "2026-11-22T13:00:00Z".parse().unwrap(),
    });
    let need = story.payment().need().unwrap();
    assert_eq!(
        (need.tasks[0].why, need.tasks[0].asked, need.tasks[0].received),
        (PersonWhy::WrongAmount, reais(100), Some(reais(70)))
    );
    assert_eq!(
        (need.ids.end_to_end.as_deref(), need.ids.txid.as_deref()),
        (Some("E123"), Some("a".repeat(32).as_str()))
    );
    assert_eq!(need.ids.at, Some(date(2026, 11, 22).at(10, 0, 0, 0)));
    assert_eq!(resolved(story).payment().outcome(), Outcome::Resolved);
}

#[test]
fn another_amount_on_a_card_that_cannot_be_undone_is_on_the_list() {
    let other = Box::new(CardSale { amount: reais(90), ..*sale(false) });
    let story = Story::card()
        .then(Fact::CardStarted)
        .then(Fact::CardApproved { sale: other, mismatch: None })
        .then(Fact::Decided { decision: Decision::Confirm })
        .then(Fact::Finalized);
    let expected = Some((PersonWhy::WrongAmount, Some(reais(90))));
    assert_eq!(tasks(&story).first().map(|task| (task.why, task.received)), expected);
    assert_eq!(resolved(story).payment().outcome(), Outcome::Resolved);
}

#[test]
fn a_static_code_waits_for_the_statement_only_once_nobody_stands_before_it() {
    let shown = Story::pix(ConfirmedBy::Person);
    assert_eq!(shown.payment().outcome(), Outcome::Confirming);
    let left = shown.then(Fact::PixAbandoned);
    assert_eq!(tasks(&left).first().map(|task| (task.why, task.received)), Some((PersonWhy::CheckStatement, None)));
    assert_eq!(resolved(left).payment().outcome(), Outcome::Resolved);
}

#[test]
fn a_closed_or_healthy_payment_needs_nobody() {
    assert_eq!(Story::card().payment().outcome(), Outcome::Confirming);
    assert_eq!(Story::card().then(Fact::Interrupted).then(Fact::Closed).payment().outcome(), Outcome::NotCharged);
    let refused = Story::card()
        .then(Fact::CardStarted)
        .then(Fact::CardRefused { message: "NEGADA".into(), why: Refusal::Declined });
    assert_eq!(refused.payment().outcome(), Outcome::NotCharged);
    let undone = Story::approved().then(Fact::Decided { decision: Decision::Undo(UndoReason::Receipt) });
    assert_eq!(undone.payment().outcome(), Outcome::Confirming, "the TEF has not said so yet");
    assert_eq!(undone.then(Fact::Finalized).payment().outcome(), Outcome::Undone);
    assert_eq!(Story::confirmed().payment().outcome(), Outcome::Owed);
    assert_eq!(applied(Story::confirmed(), "90").payment().outcome(), Outcome::Settled);
    assert_eq!(Story::pix(ConfirmedBy::Erp).paid(reais(100)).payment().outcome(), Outcome::Settled);
}

#[test]
fn a_persons_word_on_one_bill_says_nothing_of_the_other() {
    let story = rejected(two_bills(), "90");
    let called = story.then(Fact::PersonCalled { why: PersonWhy::Rejected });
    let story = resolved(called);
    assert_eq!(story.payment().outcome(), Outcome::Owed);
    assert_eq!(story.next(), [Step::WriteOff("91".into())]);
    let story = rejected(story, "91");
    assert_eq!(story.next(), [Step::CallPerson(PersonWhy::Rejected)], "the second refusal is told as well");
    assert_eq!(tasks(&story)[0].bills[0].invoice.0, "91");
    let story = resolved(story.then(Fact::PersonCalled { why: PersonWhy::Rejected }));
    assert_eq!(story.next(), [Step::Close]);
    assert_eq!(story.payment().outcome(), Outcome::Resolved);
}

#[test]
fn a_bill_that_was_written_off_before_a_person_settled_the_other_stays_written_off() {
    let story = resolved(rejected(applied(two_bills(), "90"), "91"));
    let payment = story.payment();
    assert_eq!(payment.debts, [Debt::Settled(SettledHow::Applied), Debt::Settled(SettledHow::ByPerson)]);
    assert_eq!(payment.outcome(), Outcome::Resolved);
}
