mod arrived;
mod by_hand;
mod late;
mod person;
mod receipt;
mod reversal;

use jiff::Timestamp;
use jiff::civil::date;

use super::*;
use crate::domain::{
    CardKind, CardSale, Charge, ConfirmedBy, InvoiceState, Money, PaymentId, PixCharge, WriteOffOutcome,
    receipt::{Beneficiary, WriteOffState},
};

const RULES: Rules = Rules {
    on_print_failure: OnPrintFailure::Undo,
    trust_unproven_receipt: true,
    write_off: WriteOffBy::Api,
    sends_at_most: 3,
    call_person_after_min: 60,
};

fn reais(amount: u64) -> Money {
    Money::from_cents(amount * 100)
}

fn item(invoice: &str, amount: u64) -> Item {
    Item {
        invoice: invoice.into(),
        contracts: vec!["7".into()],
        number: format!("N{invoice}"),
        description: "Fibra 500".into(),
        due: date(2026, 11, 10),
        charge: Charge { principal: reais(amount), fine: Money::ZERO, interest: Money::ZERO, discount: Money::ZERO },
        identifier: None,
        receipt_heads: crate::domain::ReceiptHeads::default(),
    }
}

fn sale(finalize: bool) -> Box<CardSale> {
    Box::new(CardSale {
        coupon: 2_611_220_001,
        amount: reais(100),
        kind: CardKind::Debit,
        instalments: 1,
        network: "REDE DEMO".into(),
        brand: "VISA".into(),
        nsu: "000123".into(),
        authorization: "A1B2".into(),
        finalization: "7A0C".into(),
        last4: "1234".into(),
        at: None,
        must_be_finalized: finalize,
        customer_copy: vec!["VIA CLIENTE".into()],
        merchant_copy: Vec::new(),
    })
}

fn charge(confirmed_by: ConfirmedBy) -> PixCharge {
    PixCharge {
        provider: "demo".into(),
        txid: "a".repeat(32),
        payload: "0002".into(),
        confirmed_by,
        expires_in_s: Some(300),
    }
}

#[derive(Clone)]
struct Story(Vec<Entry>);

impl Story {
    fn of(method: Method, items: Vec<Item>) -> Story {
        let payer = Payer {
            customer: "81593".into(),
            short_name: "Maria S.".into(),
            tax_id_hash: "00".into(),
            tax_id_masked: "***.***.*47-25".into(),
        };
        let local = date(2026, 11, 22).at(10, 0, 0, 0);
        Story(Vec::new()).then(Fact::Opened { payer, items, method, local })
    }

    fn card() -> Story {
        Story::of(Method::Card { kind: CardKind::Debit, instalments: 1 }, vec![item("90", 100)])
    }

    fn approved() -> Story {
        Story::card().then(Fact::CardStarted).then(Fact::CardApproved { sale: sale(true), mismatch: None })
    }

    fn confirmed() -> Story {
        Story::approved()
            .then(Fact::ReceiptStarted)
            .then(Fact::ReceiptPrinted { result: PrintResult::Proven })
            .then(Fact::Decided { decision: Decision::Confirm })
            .then(Fact::Finalized)
    }

    fn pix(confirmed_by: ConfirmedBy) -> Story {
        Story::of(Method::Pix, vec![item("90", 100)])
            .then(Fact::PixStarted { txid: "a".repeat(32) })
            .then(Fact::PixCharged { charge: charge(confirmed_by) })
    }

    fn paid(self, amount: Money) -> Story {
        self.then(Fact::PixPaid { amount, end_to_end: None, at: Timestamp::UNIX_EPOCH })
    }

    fn then(mut self, fact: Fact) -> Story {
        self.0.push(Entry { payment: PaymentId(2_611_220_001), at: Timestamp::UNIX_EPOCH, fact });
        self
    }

    fn payment(&self) -> Payment {
        Payment::from_entries(&self.0).unwrap()
    }

    fn next(&self) -> Vec<Step> {
        next(&self.payment(), &RULES, Timestamp::UNIX_EPOCH)
    }

    fn standing(&self) -> Standing {
        self.payment().standing()
    }
}

fn sent(invoice: &str) -> Fact {
    Fact::WriteOffSent { invoice: invoice.into() }
}

fn unknown(invoice: &str) -> Fact {
    Fact::WriteOffUnknown { invoice: invoice.into(), why: "timeout".into() }
}

fn settled(invoice: &str) -> Fact {
    Fact::WriteOffSettled { invoice: invoice.into(), how: SettledHow::Applied }
}

#[test]
fn nothing_is_charged_after_a_power_cut_before_the_sale() {
    assert_eq!(Story::card().next(), [Step::ChargeCard]);
    assert_eq!(Story::card().then(Fact::Interrupted).next(), [Step::Close]);
}

#[test]
fn a_sale_cut_off_at_the_tef_is_looked_up_and_never_sold_again() {
    let cut = Story::card().then(Fact::CardStarted).then(Fact::Interrupted);
    assert_eq!(cut.next(), [Step::ResolveCard]);
    assert_eq!(cut.standing(), Standing::Confirming);
    let found = cut.then(Fact::CardApproved { sale: sale(true), mismatch: None });
    assert_eq!(found.next(), [Step::Decide(Decision::Undo(UndoReason::Interrupted))]);
    let lost = Story::card().then(Fact::CardStarted).then(Fact::CardUnknown { why: "silent".into() });
    assert_eq!(lost.next(), [Step::ResolveCard]);
    assert_eq!(lost.then(Fact::CardNotFound).next(), [Step::Close]);
}

#[test]
fn an_approved_sale_prints_decides_confirms_writes_off_and_closes() {
    let mut story = Story::approved();
    assert_eq!(story.next(), [Step::PrintReceipt]);
    story = story.then(Fact::ReceiptStarted).then(Fact::ReceiptPrinted { result: PrintResult::Proven });
    assert_eq!(story.next(), [Step::Decide(Decision::Confirm)]);
    story = story.then(Fact::Decided { decision: Decision::Confirm });
    assert_eq!(story.next(), [Step::Finalize { sale: sale(true), decision: Decision::Confirm }]);
    assert_eq!(story.standing(), Standing::Confirming);
    story = story.then(Fact::Finalized);
    assert_eq!(story.next(), [Step::WriteOff("90".into())]);
    let owed = Standing::Paid { write_off: WriteOffState::Owed, receipt: Some(PrintResult::Proven) };
    assert_eq!(story.standing(), owed);
    story = story.then(sent("90")).then(settled("90"));
    assert_eq!(story.next(), [Step::Close]);
    assert_eq!(story.then(Fact::Closed).next(), []);
}

#[test]
fn a_power_cut_between_approval_and_proof_of_the_receipt_undoes_the_sale() {
    let undo = [Step::Decide(Decision::Undo(UndoReason::Interrupted))];
    assert_eq!(Story::approved().then(Fact::Interrupted).next(), undo);
    assert_eq!(Story::approved().then(Fact::ReceiptStarted).then(Fact::Interrupted).next(), undo);
    let unproven = Fact::ReceiptPrinted { result: PrintResult::Unconfirmed };
    assert_eq!(Story::approved().then(Fact::ReceiptStarted).then(unproven).then(Fact::Interrupted).next(), undo);
}

#[test]
fn a_power_cut_after_proof_of_the_receipt_confirms_the_sale() {
    let proven = Fact::ReceiptPrinted { result: PrintResult::Proven };
    let story = Story::approved().then(Fact::ReceiptStarted).then(proven).then(Fact::Interrupted);
    assert_eq!(story.next(), [Step::Decide(Decision::Confirm)]);
}

#[test]
fn a_decision_is_repeated_until_the_tef_acknowledges_it() {
    for decision in [Decision::Confirm, Decision::Undo(UndoReason::Receipt)] {
        let story = Story::approved().then(Fact::Decided { decision }).then(Fact::Interrupted).then(Fact::Interrupted);
        assert_eq!(story.next(), [Step::Finalize { sale: sale(true), decision }]);
    }
}

#[test]
fn what_a_receipt_that_did_not_come_out_does_is_the_sites_choice() {
    let failed = Story::approved()
        .then(Fact::ReceiptStarted)
        .then(Fact::ReceiptPrinted { result: PrintResult::Failed })
        .payment();
    assert_eq!(next(&failed, &RULES, Timestamp::UNIX_EPOCH), [Step::Decide(Decision::Undo(UndoReason::Receipt))]);
    let keep = Rules { on_print_failure: OnPrintFailure::Confirm, ..RULES };
    assert_eq!(next(&failed, &keep, Timestamp::UNIX_EPOCH), [Step::Decide(Decision::Confirm)]);
}

#[test]
fn a_sale_that_is_final_at_the_tef_is_never_undone() {
    let story = Story::card().then(Fact::CardStarted).then(Fact::CardApproved { sale: sale(false), mismatch: None });
    assert_eq!(story.next(), [Step::PrintReceipt]);
    let cut = story.then(Fact::Interrupted);
    assert_eq!(cut.next(), [Step::Decide(Decision::Confirm)]);
    let failed = Fact::ReceiptPrinted { result: PrintResult::Failed };
    let story = Story::card().then(Fact::CardStarted).then(Fact::CardApproved { sale: sale(false), mismatch: None });
    assert_eq!(story.then(Fact::ReceiptStarted).then(failed).next(), [Step::Decide(Decision::Confirm)]);
}

#[test]
fn another_amount_than_asked_is_undone_and_called_not_charged() {
    let mismatch = Some("asked 10000, approved 9000".into());
    let story = Story::card().then(Fact::CardStarted).then(Fact::CardApproved { sale: sale(true), mismatch });
    assert_eq!(story.next(), [Step::Decide(Decision::Undo(UndoReason::Mismatch))]);
    assert!(matches!(story.standing(), Standing::Undone { acknowledged: false, .. }));
}

#[test]
fn an_unanswered_write_off_is_read_before_it_is_sent_again() {
    let story = Story::confirmed().then(sent("90")).then(unknown("90"));
    assert_eq!(story.next(), [Step::ReadBill("90".into())]);
    let cut = Story::confirmed().then(sent("90")).then(Fact::Interrupted);
    assert_eq!(cut.next(), [Step::ReadBill("90".into())]);
    assert_eq!(
        cut.payment().bill_read(&"90".into(), &InvoiceState::Paid { on: None }),
        Some(Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::FoundPaid })
    );
    let open = cut.then(Fact::BillFoundOpen { invoice: "90".into() });
    assert_eq!(open.next(), [Step::WriteOff("90".into())]);
}

#[test]
fn already_settled_is_ours_only_after_an_unanswered_write_off() {
    let first = Story::confirmed().then(sent("90"));
    assert_eq!(
        first.payment().write_off_answered(&"90".into(), WriteOffOutcome::AlreadySettled),
        Fact::PaidElsewhere { invoice: "90".into() }
    );
    let again = first.then(unknown("90")).then(Fact::BillFoundOpen { invoice: "90".into() }).then(sent("90"));
    assert_eq!(
        again.payment().write_off_answered(&"90".into(), WriteOffOutcome::AlreadySettled),
        Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::FoundPaid }
    );
}

#[test]
fn one_charge_for_two_bills_settles_each_by_itself() {
    let method = Method::Card { kind: CardKind::Credit, instalments: 1 };
    let story = Story::of(method, vec![item("90", 60), item("91", 40)])
        .then(Fact::CardStarted)
        .then(Fact::CardApproved { sale: sale(true), mismatch: None })
        .then(Fact::Decided { decision: Decision::Confirm })
        .then(Fact::Finalized);
    assert_eq!(story.next(), [Step::WriteOff("90".into()), Step::WriteOff("91".into())]);
    let half = story.then(sent("90")).then(unknown("90")).then(sent("91")).then(settled("91"));
    assert_eq!(half.next(), [Step::ReadBill("90".into())]);
    assert_eq!(half.payment().write_off_state(), WriteOffState::Owed);
}

#[test]
fn what_the_erp_refuses_goes_to_a_person_and_holds_the_bill() {
    let refused =
        Story::confirmed().then(sent("90")).then(Fact::WriteOffRejected { invoice: "90".into(), why: "conta".into() });
    assert_eq!(refused.next(), [Step::CallPerson(PersonWhy::Rejected)]);
    let called = refused.then(Fact::PersonCalled { why: PersonWhy::Rejected });
    assert_eq!(called.next(), []);
    let payment = called.payment();
    assert!(payment.holds(&payment.bill(&"90".into())));
    assert_eq!(called.then(Fact::Resolved { by: "ana".into(), note: "feita".into() }).next(), [Step::Close]);
}

#[test]
fn a_pix_of_the_erp_is_watched_and_never_written_off() {
    let story = Story::pix(ConfirmedBy::Erp);
    assert_eq!(story.next(), [Step::WatchPix(charge(ConfirmedBy::Erp))]);
    let paid = story.paid(reais(100));
    assert_eq!(paid.next(), [Step::Settle("90".into(), SettledHow::ByErp)]);
    assert_eq!(paid.standing(), Standing::Paid { write_off: WriteOffState::ByErp, receipt: None });
}

#[test]
fn a_pix_of_the_bank_is_written_off_when_the_amount_is_right() {
    let story = Story::pix(ConfirmedBy::Bank).paid(reais(100));
    let late = Step::WatchLate(charge(ConfirmedBy::Bank));
    assert_eq!(story.next(), [Step::WriteOff("90".into()), late.clone()]);
    let wrong = Story::pix(ConfirmedBy::Bank).paid(reais(99));
    assert_eq!(wrong.next(), [Step::CallPerson(PersonWhy::WrongAmount), late]);
    assert_eq!(wrong.standing(), Standing::Confirming);
}

#[test]
fn a_code_left_unpaid_is_looked_at_a_last_time() {
    for confirmed_by in [ConfirmedBy::Erp, ConfirmedBy::Bank] {
        for gone in [Fact::PixAbandoned, Fact::Interrupted] {
            let story = Story::pix(confirmed_by).then(gone);
            assert_eq!(story.next(), [Step::EndPix(charge(confirmed_by))]);
            let ended = story.then(Fact::PixEnded);
            assert_eq!(ended.standing(), Standing::NotCharged { message: String::new(), why: Refusal::NoPix });
            assert_eq!(ended.next(), [Step::WatchLate(charge(confirmed_by))]);
            assert_eq!(ended.then(Fact::PixForgotten).next(), [Step::Close]);
        }
    }
}

#[test]
fn a_static_code_left_alone_is_for_a_person_with_the_statement() {
    let left = Story::pix(ConfirmedBy::Person).then(Fact::PixAbandoned);
    let watch = Step::WatchBill(charge(ConfirmedBy::Person));
    assert_eq!(left.next(), [Step::CallPerson(PersonWhy::CheckStatement), watch.clone()]);
    let called = left.then(Fact::PersonCalled { why: PersonWhy::CheckStatement });
    assert_eq!(called.next(), [watch]);
}

#[test]
fn facts_survive_their_journey_through_text() {
    for entry in Story::confirmed().then(sent("90")).then(settled("90")).0 {
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<Entry>(&text).unwrap(), entry);
    }
}

#[test]
fn an_answer_that_comes_twice_changes_nothing() {
    let twice = Fact::CardApproved { sale: sale(true), mismatch: None };
    let printing = Story::approved().then(Fact::ReceiptStarted);
    assert_eq!(printing.payment(), Story(printing.0.clone()).then(twice).payment());
    let refused = Fact::CardRefused { message: "NEGADA".into(), why: Refusal::Declined };
    assert_eq!(Story::confirmed().then(refused).standing(), Story::confirmed().standing());
    let paid = Story::pix(ConfirmedBy::Bank).paid(reais(100));
    assert_eq!(Story(paid.0.clone()).then(Fact::PixEnded).next(), paid.next());
}

#[test]
fn a_customer_who_leaves_before_the_code_is_there_leaves_no_code_behind() {
    let asked = Story::of(Method::Pix, vec![item("90", 100)]).then(Fact::PixStarted { txid: "a".repeat(32) });
    let left = asked.then(Fact::PixAbandoned).then(Fact::PixCharged { charge: charge(ConfirmedBy::Bank) });
    assert_eq!(left.next(), [Step::EndPix(charge(ConfirmedBy::Bank))]);
    assert_eq!(left.standing(), Standing::Confirming);
}

#[test]
fn another_amount_that_cannot_be_undone_is_for_a_person_and_written_off_by_nobody() {
    let other = Box::new(CardSale { amount: reais(99), ..*sale(false) });
    let story = Story::card().then(Fact::CardStarted).then(Fact::CardApproved { sale: other, mismatch: None });
    assert_eq!(story.next(), [Step::Decide(Decision::Confirm)]);
    let kept = story.then(Fact::Decided { decision: Decision::Confirm }).then(Fact::Finalized);
    assert_eq!(kept.next(), [Step::CallPerson(PersonWhy::WrongAmount)]);
    assert_eq!(kept.standing(), Standing::Confirming);
}

#[test]
fn money_found_late_is_written_off_only_after_a_look_at_the_bill() {
    let invoice = "90".into();
    let late = Story::pix(ConfirmedBy::Bank).then(Fact::PixAbandoned).paid(reais(100));
    assert_eq!(late.next().first(), Some(&Step::ReadBill("90".into())));
    let elsewhere = late.payment().bill_read(&invoice, &InvoiceState::Paid { on: None });
    assert_eq!(elsewhere, Some(Fact::PaidElsewhere { invoice: "90".into() }));
    let open = late.then(Fact::BillFoundOpen { invoice: "90".into() });
    assert_eq!(open.next().first(), Some(&Step::WriteOff("90".into())));
}

#[test]
fn a_bill_paid_before_our_money_came_was_not_paid_by_us() {
    let unclear = Story::confirmed().then(sent("90")).then(unknown("90")).payment();
    let read = |on| unclear.bill_read(&"90".into(), &InvoiceState::Paid { on: Some(on) });
    assert_eq!(read(date(2026, 11, 21)), Some(Fact::PaidElsewhere { invoice: "90".into() }));
    let ours = Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::FoundPaid };
    assert_eq!(read(date(2026, 11, 22)), Some(ours));
}
