//! What may be called our own work: only what a fact says was sent, and may have arrived.

use super::*;

#[test]
fn a_bill_in_no_list_of_an_erp_that_lists_what_is_paid_is_no_proof_and_a_restart_changes_nothing() {
    let unclear = Story::confirmed().then(sent("90")).then(unknown("90"));
    for story in [unclear.clone(), unclear.then(Fact::Interrupted)] {
        assert_eq!(story.payment().bill_read(&"90".into(), &InvoiceState::Withdrawn), None);
        assert_eq!(story.next(), [Step::ReadBill("90".into())], "it stays owed, and is only read");
        let gone = story.payment().bill_read(&"90".into(), &InvoiceState::Gone);
        let ours = Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::FoundPaid };
        assert_eq!(gone, Some(ours), "an ERP that lists open bills only has no other word for paid");
    }
}

#[test]
fn what_certainly_never_arrived_settles_no_bill() {
    let unsent =
        |story: Story| story.then(sent("90")).then(Fact::WriteOffUnsent { invoice: "90".into(), why: "down".into() });
    let elsewhere = Fact::PaidElsewhere { invoice: "90".into() };
    let story = unsent(Story::confirmed());
    assert_eq!(story.next(), [Step::ReadBill("90".into())]);
    for story in [story.clone(), story.clone().then(Fact::Interrupted)] {
        for state in [InvoiceState::Paid { on: None }, InvoiceState::Gone, InvoiceState::Withdrawn] {
            assert_eq!(story.payment().bill_read(&"90".into(), &state), Some(elsewhere.clone()), "{state:?}");
        }
    }
    let open = || Fact::BillFoundOpen { invoice: "90".into() };
    let again = unsent(story.then(open())).then(open()).then(sent("90"));
    assert_eq!((again.payment().sends(&"90".into()), again.payment().may_have_arrived(&"90".into())), (3, 1));
    let settled = WriteOffOutcome::AlreadySettled;
    assert_eq!(again.payment().write_off_answered(&"90".into(), settled.clone()), elsewhere, "the first that arrived");
    let heard = again.then(unknown("90")).then(open()).then(sent("90"));
    let ours = Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::FoundPaid };
    assert_eq!(heard.payment().write_off_answered(&"90".into(), settled), ours);
}
