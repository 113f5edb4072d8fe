//! A site whose ERP takes no write-off.

use super::*;
use crate::domain::service::Change;

fn card() -> Story {
    Story::card()
        .then(Fact::ByHand)
        .then(Fact::CardStarted)
        .then(Fact::CardApproved { sale: sale(true), mismatch: None })
        .then(Fact::ReceiptStarted)
        .then(Fact::ReceiptPrinted { result: PrintResult::Proven })
        .then(Fact::Decided { decision: Decision::Confirm })
        .then(Fact::Finalized)
}

fn called(story: Story) -> Story {
    story.then(Fact::PersonCalled { why: PersonWhy::ByHand })
}

fn watch() -> Step {
    Step::WatchDebt("90".into())
}

#[test]
fn a_person_is_called_at_once_a_ticket_is_opened_once_and_nothing_is_sent() {
    assert_eq!(card().next(), [Step::CallPerson(PersonWhy::ByHand)]);
    assert_eq!(called(card()).next(), [Step::OpenTicket, watch()]);
    let asked = called(card()).then(Fact::TicketStarted);
    for answer in [
        Payment::ticket_answered(Ok(Change::Done("C7".into()))),
        Payment::ticket_answered(Ok(Change::Refused { why: "setor".into() })),
        Payment::ticket_answered(Ok(Change::Unknown { why: "silêncio".into() })),
        Fact::Interrupted,
    ] {
        let story = Story(asked.0.clone()).then(answer);
        assert_eq!(story.next(), [watch()], "what is not certain is not repeated");
    }
    let opened = asked.then(Fact::TicketOpened { protocol: "C7".into() });
    let need = opened.payment().need().unwrap();
    assert_eq!((need.tasks[0].why, need.ticket.as_deref()), (PersonWhy::ByHand, Some("C7")));
}

#[test]
fn an_erp_that_is_out_of_reach_is_asked_for_the_ticket_a_few_times() {
    let mut story = called(card());
    for _ in 0..5 {
        assert_eq!(story.next(), [Step::OpenTicket, watch()]);
        let unsent = Payment::ticket_answered(Err(TicketLost::OutOfReach("down".into())));
        story = story.then(Fact::TicketStarted).then(unsent);
    }
    assert_eq!(story.next(), [watch()]);
}

#[test]
fn the_bill_is_held_and_the_customer_told_the_truth_until_the_erp_shows_it_paid() {
    let story = called(card());
    let payment = story.payment();
    assert!(payment.holds(&payment.bill(&"90".into())));
    assert!(matches!(payment.standing(), Standing::Paid { write_off: WriteOffState::ByHand, .. }));
    let open = payment.bill_read(&"90".into(), &open_bill());
    assert_eq!(open, None, "still open is no news");
    for state in [InvoiceState::Gone, InvoiceState::Withdrawn] {
        assert_eq!(payment.bill_read(&"90".into(), &state), None, "{state:?} is a person's to explain");
    }
    let paid = payment.bill_read(&"90".into(), &InvoiceState::Paid { on: None }).unwrap();
    assert_eq!(paid, Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::FoundPaid });
    assert_eq!(story.then(paid).next(), [Step::Close]);
}

fn open_bill() -> InvoiceState {
    InvoiceState::Open(Box::new(crate::domain::Invoice {
        id: "90".into(),
        number: "N90".into(),
        contracts: Vec::new(),
        description: String::new(),
        due: date(2026, 11, 10),
        original: reais(100),
        fine: None,
        interest: None,
        discount: None,
        updated: None,
        boleto: None,
        pix: None,
        direct_debit: false,
        identifier: None,
        receipt_heads: crate::domain::ReceiptHeads::default(),
    }))
}

#[test]
fn the_receipt_says_who_makes_the_write_off_before_anybody_was_called() {
    let printing = Story::card()
        .then(Fact::ByHand)
        .then(Fact::CardStarted)
        .then(Fact::CardApproved { sale: sale(true), mismatch: None });
    let receipt = printing.payment().receipt_for(&Beneficiary::default(), "T1", None).unwrap();
    assert_eq!(receipt.write_off, WriteOffState::ByHand);
}

#[test]
fn late_money_is_read_before_a_person_is_asked_for_a_write_off() {
    let late = Story::of(Method::Pix, vec![item("90", 100)])
        .then(Fact::ByHand)
        .then(Fact::PixStarted { txid: "a".repeat(32) })
        .then(Fact::PixCharged { charge: charge(ConfirmedBy::Bank) })
        .then(Fact::PixAbandoned)
        .paid(reais(100));
    assert_eq!(late.next().first(), Some(&Step::ReadBill("90".into())));
    let elsewhere = late.payment().bill_read(&"90".into(), &InvoiceState::Gone);
    assert_eq!(elsewhere, Some(Fact::PaidElsewhere { invoice: "90".into() }));
    let open = late.then(Fact::BillFoundOpen { invoice: "90".into() });
    assert_eq!(open.next().first(), Some(&Step::CallPerson(PersonWhy::ByHand)));
}

#[test]
fn a_persons_word_ends_it() {
    let resolved = called(card()).then(Fact::Resolved { by: "ana".into(), note: "baixa feita".into() });
    assert_eq!((resolved.next(), resolved.payment().outcome()), (vec![Step::Close], Outcome::Resolved));
}

#[test]
fn the_erps_own_pix_is_settled_by_its_bank_here_too() {
    let story = Story::of(Method::Pix, vec![item("90", 100)])
        .then(Fact::ByHand)
        .then(Fact::PixStarted { txid: "a".repeat(32) })
        .then(Fact::PixCharged { charge: charge(ConfirmedBy::Erp) })
        .paid(reais(100));
    assert_eq!(story.next(), [Step::Settle("90".into(), SettledHow::ByErp)]);
    assert_eq!(story.standing(), Standing::Paid { write_off: WriteOffState::ByErp, receipt: None });
}
