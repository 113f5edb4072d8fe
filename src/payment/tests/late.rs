//! Money that comes late, or twice; partners that keep us waiting; refunds.

use jiff::SignedDuration;

use super::*;
use crate::domain::PixReceipt;

fn late() -> Step {
    Step::WatchLate(charge(ConfirmedBy::Bank))
}

fn over() -> Story {
    Story::pix(ConfirmedBy::Bank).then(Fact::PixAbandoned).then(Fact::PixEnded)
}

fn receipt(end_to_end: &str, amount: u64) -> PixReceipt {
    PixReceipt { end_to_end: end_to_end.into(), amount: reais(amount), at: Timestamp::UNIX_EPOCH }
}

fn after(story: &Story, minutes: i64) -> Vec<Step> {
    next(&story.payment(), &RULES, Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes))
}

fn seen(story: Story, receipts: Vec<PixReceipt>) -> Story {
    let facts = story.payment().pix_seen(receipts);
    facts.into_iter().fold(story, Story::then)
}

#[test]
fn a_code_that_is_over_holds_no_bill_and_late_money_does_again() {
    let story = over();
    let bill = story.payment().bill(&"90".into());
    assert!(Story::pix(ConfirmedBy::Bank).payment().holds(&bill));
    assert!(!story.payment().holds(&bill));
    let came = seen(story, vec![receipt("E1", 100)]);
    assert!(came.payment().holds(&bill));
    assert_eq!(came.next(), [Step::ReadBill("90".into()), late()]);
}

#[test]
fn late_money_for_a_bill_that_was_paid_otherwise_goes_to_a_person_with_its_end_to_end_id() {
    let came = seen(over(), vec![receipt("E1", 100)]);
    let fact = came.payment().bill_read(&"90".into(), &InvoiceState::Gone).unwrap();
    let story = came.then(fact);
    assert_eq!(story.next(), [Step::CallPerson(PersonWhy::Refund), late()]);
    let need = story.payment().need().unwrap();
    assert_eq!((need.tasks[0].why, need.ids.end_to_end.as_deref()), (PersonWhy::Refund, Some("E1")));
}

#[test]
fn a_second_pix_on_one_charge_pays_for_nothing_and_is_given_back_by_a_person() {
    let story = seen(Story::pix(ConfirmedBy::Bank), vec![receipt("E1", 100), receipt("E2", 100)]);
    assert_eq!(story.next(), [Step::WriteOff("90".into()), Step::CallPerson(PersonWhy::Doubled), late()]);
    assert!(matches!(story.standing(), Standing::Paid { .. }), "the bill is paid");
    let story = story.then(sent("90")).then(settled("90"));
    let again = seen(story, vec![receipt("E2", 100), receipt("E1", 100)]);
    let payment = again.payment();
    assert_eq!(payment.extras, [receipt("E2", 100)], "told twice is one");
    let [task] = payment.need().unwrap().tasks.try_into().unwrap();
    assert_eq!(
        (task.why, task.received, task.back.unwrap().end_to_end),
        (PersonWhy::Doubled, Some(reais(100)), "E2".into())
    );
    let resolved = again.then(Fact::PixForgotten).then(Fact::Resolved { by: "ana".into(), note: "devolvido".into() });
    assert_eq!(resolved.next(), [Step::Close]);
    assert_eq!(resolved.payment().outcome(), Outcome::Resolved);
}

#[test]
fn a_paid_code_is_looked_at_once_more_before_the_payment_is_closed() {
    let story = Story::pix(ConfirmedBy::Bank).paid(reais(100)).then(sent("90")).then(settled("90"));
    assert_eq!(story.next(), [late()]);
    let bill = story.payment().bill(&"90".into());
    assert!(!story.payment().holds(&bill), "the bill is settled");
    assert_eq!(story.payment().outcome(), Outcome::Settled);
    assert_eq!(story.then(Fact::PixForgotten).next(), [Step::Close]);
}

#[test]
fn a_bank_that_is_out_of_reach_for_days_leaves_the_code_to_the_statement() {
    let days = 3 * 24 * 60;
    assert_eq!(after(&over(), days - 1), [late()]);
    assert_eq!(after(&over(), days), [Step::CallPerson(PersonWhy::CheckStatement), late()]);
    let called = over().then(Fact::PersonCalled { why: PersonWhy::CheckStatement });
    assert_eq!(called.payment().need().unwrap().tasks[0].why, PersonWhy::CheckStatement);
    assert_eq!(called.then(Fact::Resolved { by: "ana".into(), note: "nada".into() }).next(), [Step::Close]);
    let paid = Story::pix(ConfirmedBy::Bank).paid(reais(100)).then(sent("90")).then(settled("90"));
    assert_eq!(after(&paid, days), [Step::Close]);
}

#[test]
fn a_card_sale_that_turns_up_after_all_is_undone_or_kept_like_late_money() {
    let lost =
        || Story::card().then(Fact::CardStarted).then(Fact::Interrupted).then(Fact::CardNotFound).then(Fact::Closed);
    assert_eq!(lost().next(), []);
    let undone = lost().then(Fact::CardFound { sale: sale(true) });
    assert_eq!(undone.next(), [Step::Decide(Decision::Undo(UndoReason::Interrupted))]);
    let kept = lost().then(Fact::CardFound { sale: sale(false) });
    assert_eq!(kept.next(), [Step::Decide(Decision::Confirm)]);
    let kept = kept.then(Fact::Decided { decision: Decision::Confirm }).then(Fact::Finalized);
    assert_eq!(kept.next(), [Step::ReadBill("90".into())], "somebody may have paid it since");
    let refused = Fact::CardFound { sale: sale(true) };
    assert_eq!(Story::confirmed().then(refused).payment(), Story::confirmed().payment(), "only what ended unpaid");
}

#[test]
fn a_write_off_that_does_not_come_through_in_time_calls_a_person_and_goes_on() {
    let stuck = Story::confirmed().then(sent("90")).then(unknown("90"));
    assert_eq!(after(&stuck, 59), [Step::ReadBill("90".into())]);
    assert_eq!(after(&stuck, 60), [Step::CallPerson(PersonWhy::Overdue), Step::ReadBill("90".into())]);
    let called = stuck.then(Fact::PersonCalled { why: PersonWhy::Overdue });
    assert_eq!(after(&called, 600), [Step::ReadBill("90".into())]);
    assert_eq!(called.payment().need().unwrap().tasks[0].why, PersonWhy::Overdue);
    let through = called.then(settled("90"));
    assert_eq!((through.payment().need(), through.next()), (None, vec![Step::Close]));
}

#[test]
fn a_write_off_that_was_sent_often_enough_is_only_looked_for() {
    let open = || Fact::BillFoundOpen { invoice: "90".into() };
    let mut story = Story::confirmed();
    for _ in 0..RULES.sends_at_most {
        assert_eq!(story.next(), [Step::WriteOff("90".into())]);
        story = story.then(sent("90")).then(unknown("90")).then(open());
    }
    assert_eq!(story.next(), [Step::CallPerson(PersonWhy::Overdue), Step::WatchDebt("90".into())]);
    let called = story.then(Fact::PersonCalled { why: PersonWhy::Overdue });
    let found = called.payment().bill_read(&"90".into(), &InvoiceState::Paid { on: None });
    assert_eq!(found, Some(Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::FoundPaid }));
    let resolved = called.then(Fact::Resolved { by: "ana".into(), note: "baixa feita".into() });
    assert_eq!((resolved.next(), resolved.payment().outcome()), (vec![Step::Close], Outcome::Resolved));
}

#[test]
fn what_was_open_before_a_power_cut_is_read_again_after_it() {
    let open = |story: Story| story.then(Fact::BillFoundOpen { invoice: "90".into() }).then(Fact::Interrupted);
    let first = open(Story::pix(ConfirmedBy::Bank).then(Fact::PixAbandoned).paid(reais(100)));
    assert_eq!(first.next().first(), Some(&Step::ReadBill("90".into())));
    let again = open(Story::confirmed().then(sent("90")).then(unknown("90")));
    assert_eq!(again.next(), [Step::ReadBill("90".into())]);
}

#[test]
fn a_tef_that_says_nothing_for_too_long_is_told_of_and_asked_on() {
    let lost = Story::card().then(Fact::CardStarted).then(Fact::CardUnknown { why: "silent".into() });
    assert_eq!(after(&lost, 60), [Step::CallPerson(PersonWhy::TefSilent), Step::ResolveCard]);
    let undo = Decision::Undo(UndoReason::Receipt);
    let decided = Story::approved().then(Fact::Decided { decision: undo });
    let finalize = Step::Finalize { sale: sale(true), decision: undo };
    assert_eq!(after(&decided, 60), [Step::CallPerson(PersonWhy::TefSilent), finalize.clone()]);
    let called = decided.then(Fact::PersonCalled { why: PersonWhy::TefSilent });
    assert_eq!(called.payment().need().unwrap().tasks[0].why, PersonWhy::TefSilent);
    let resolved = called.then(Fact::Resolved { by: "ana".into(), note: "desfeita".into() });
    assert_eq!(resolved.next(), [finalize], "a person's word does not replace the TEF's");
    assert_eq!(resolved.then(Fact::Finalized).next(), [Step::Close]);
}

fn refund_started() -> Fact {
    Fact::RefundStarted {
        id: "r1".into(),
        end_to_end: "E1".into(),
        amount: reais(100),
        by: "ana".into(),
        reason: "em dobro".into(),
    }
}

#[test]
fn a_refund_without_a_word_from_the_bank_takes_the_payment_up_again_until_somebody_knows() {
    let closed = seen(Story::pix(ConfirmedBy::Bank), vec![receipt("E1", 100)])
        .then(sent("90"))
        .then(settled("90"))
        .then(Fact::PixForgotten)
        .then(Fact::Closed);
    let asked = closed.then(refund_started());
    assert_eq!(asked.next(), [Step::CallPerson(PersonWhy::RefundUnclear)]);
    assert_eq!(asked.payment().need().unwrap().tasks[0].why, PersonWhy::RefundUnclear);
    let payment = asked.payment();
    assert_eq!((payment.given_back("E1", "r2"), payment.given_back("E1", "r1")), (reais(100), Money::ZERO));
    let unknown = asked.then(Fact::RefundUnknown { id: "r1".into(), why: "silêncio".into() });
    assert_eq!(unknown.next(), [Step::CallPerson(PersonWhy::RefundUnclear)]);
    let answer =
        |status: &str| Fact::RefundAnswered { id: "r1".into(), status: status.into(), return_id: None, why: None };
    let made = unknown.then(answer("DEVOLVIDO"));
    assert_eq!((made.next(), made.payment().given_back("E1", "r2")), (vec![Step::Close], reais(100)));
    assert_eq!(made.then(answer("NAO_REALIZADO")).payment().given_back("E1", "r2"), Money::ZERO);
}

#[test]
fn a_left_code_whose_bank_does_not_answer_is_a_persons_and_is_asked_about_on() {
    let ends = || Step::EndPix(charge(ConfirmedBy::Bank));
    for left in [Fact::PixAbandoned, Fact::Interrupted] {
        let story = Story::pix(ConfirmedBy::Bank).then(left);
        assert_eq!(after(&story, 59), [ends()]);
        assert_eq!(after(&story, 60), [ends(), Step::CallPerson(PersonWhy::CheckStatement)], "the bank comes first");
        assert_eq!(story.payment().need(), None);
        let called = story.then(Fact::PersonCalled { why: PersonWhy::CheckStatement });
        assert_eq!(after(&called, 600), [ends()]);
        assert_eq!(called.payment().need().unwrap().tasks[0].why, PersonWhy::CheckStatement);
        assert!(called.payment().holds(&called.payment().bill(&"90".into())), "nobody knows whether it was paid");
        let told = called.clone().then(Fact::PixEnded);
        assert_eq!((told.payment().need(), told.next()), (None, vec![late()]), "the bank has told after all");
        let came = seen(called.clone(), vec![receipt("E1", 100)]);
        assert_eq!(came.payment().need(), None);
        let resolved = called.then(Fact::Resolved { by: "ana".into(), note: "nada entrou".into() });
        assert_eq!((resolved.next(), resolved.payment().outcome()), (vec![Step::Close], Outcome::Resolved));
    }
    let there = Story::pix(ConfirmedBy::Bank);
    assert_eq!(
        after(&there, 600),
        [Step::WatchPix(charge(ConfirmedBy::Bank))],
        "nobody is called for whoever stands there"
    );
}

fn left_to_the_erp() -> Story {
    Story::pix(ConfirmedBy::Erp).then(Fact::PixAbandoned).then(Fact::PixEnded)
}

#[test]
fn a_code_of_the_erps_that_was_left_is_watched_on_and_found_paid_without_a_write_off_of_ours() {
    let story = left_to_the_erp();
    assert_eq!(story.next(), [Step::WatchLate(charge(ConfirmedBy::Erp))]);
    assert!(!story.payment().holds(&story.payment().bill(&"90".into())), "it may be paid otherwise meanwhile");
    assert_eq!(after(&story, 4 * 24 * 60), [Step::WatchLate(charge(ConfirmedBy::Erp))], "and is no person's");
    assert_eq!(story.clone().then(Fact::PixForgotten).next(), [Step::Close]);
    let fact = story.payment().bill_seen(&InvoiceState::Paid { on: None }, Timestamp::UNIX_EPOCH).unwrap();
    let paid = story.then(fact);
    assert_eq!(paid.next(), [Step::Settle("90".into(), SettledHow::ByErp)]);
    let by_erp = Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::ByErp };
    assert_eq!(paid.then(by_erp).next(), [Step::Close]);
}

#[test]
fn a_bill_may_have_been_paid_by_whatever_took_money_for_it_and_has_not_given_it_back() {
    let pays = |story: Story| story.payment().may_have_paid(&story.payment().bill(&"90".into()));
    assert!(pays(Story::confirmed()));
    assert!(pays(Story::confirmed().then(sent("90")).then(settled("90")).then(Fact::Closed)));
    assert!(pays(Story::card().then(Fact::CardStarted).then(Fact::Interrupted)));
    assert!(!pays(left_to_the_erp()));
    assert!(!pays(Story::confirmed().then(Fact::PaidElsewhere { invoice: "90".into() })));
    assert!(!pays(Story::card().then(Fact::CardStarted).then(Fact::CardNotFound).then(Fact::Closed)));
}
