//! Late money, sales that turn up, and the order of two payments for one bill, as the desk takes them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::{BillRef, CardKind, CardSale, Charge, ConfirmedBy, InvoiceState, Money, PixCharge, ReceiptHeads};
use crate::journey::Settings;
use crate::payment::{Decision, Item, Method, Payer, PrintResult};
use crate::pix::PixState;

/// Facts as they are written, and a journal as it was found.
#[derive(Clone, Default)]
pub(super) struct Shelf {
    pub(super) found: Vec<Vec<Entry>>,
    pub(super) closed: Vec<Vec<Entry>>,
    pub(super) written: Arc<Mutex<Vec<Entry>>>,
}

impl Shelf {
    fn names(&self, payment: PaymentId) -> Vec<&'static str> {
        let written = self.written.lock().unwrap();
        written.iter().filter(|entry| entry.payment == payment).map(|entry| entry.fact.name()).collect()
    }
}

impl Ledger for Shelf {
    fn append(&mut self, entries: &[Entry]) -> Result<(), String> {
        self.written.lock().unwrap().extend_from_slice(entries);
        Ok(())
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        Ok(self.found.clone())
    }

    fn payment(&mut self, id: PaymentId) -> Result<Vec<Entry>, String> {
        let all = self.found.iter().chain(&self.closed);
        Ok(all.filter(|entries| entries[0].payment == id).flatten().cloned().collect())
    }

    fn recent(&mut self, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        Ok(self.closed.clone())
    }

    fn payments_of(&mut self, _: &str, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        Ok(self.closed.clone())
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        Ok(None)
    }

    fn keyed_hash(&self, text: &str) -> String {
        format!("{:016x}", text.len())
    }
}

pub(super) fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

pub(super) fn desk(shelf: &Shelf, rhythm: Rhythm, now: Timestamp) -> Core {
    let journey = Journey::new(Settings::default(), now);
    Core::open(journey, Box::new(shelf.clone()), Rules::default(), rhythm, Site::default(), now)
}

pub(super) fn story(id: u64, method: Method, facts: Vec<Fact>) -> Vec<Entry> {
    let charge =
        Charge { principal: Money::from_cents(100), fine: Money::ZERO, interest: Money::ZERO, discount: Money::ZERO };
    let opened = Fact::Opened {
        payer: Payer {
            customer: "81593".into(),
            short_name: "Maria S.".into(),
            tax_id_hash: "00".into(),
            tax_id_masked: "***".into(),
        },
        items: vec![Item {
            invoice: "90".into(),
            contracts: Vec::new(),
            number: "90".into(),
            description: String::new(),
            due: date(2026, 11, 10),
            charge,
            identifier: None,
            receipt_heads: ReceiptHeads::default(),
        }],
        method,
        local: date(2026, 11, 22).at(10, 0, 0, 0),
    };
    let entry = |fact| Entry { payment: PaymentId(id), at: noon(), fact };
    std::iter::once(opened).chain(facts).map(entry).collect()
}

fn code_over(id: u64) -> Vec<Entry> {
    code_of(id, ConfirmedBy::Bank)
}

fn code_of(id: u64, confirmed_by: ConfirmedBy) -> Vec<Entry> {
    let charge = PixCharge {
        provider: "banco".into(),
        txid: format!("{id:032}"),
        payload: "0002".into(),
        confirmed_by,
        expires_in_s: Some(300),
    };
    let started = Fact::PixStarted { txid: charge.txid.clone() };
    story(id, Method::Pix, vec![started, Fact::PixCharged { charge }, Fact::PixAbandoned, Fact::PixEnded])
}

pub(super) const DEBIT: Method = Method::Card { kind: CardKind::Debit, instalments: 1 };

pub(super) fn sale(id: u64, must_be_finalized: bool) -> CardSale {
    CardSale {
        coupon: id,
        amount: Money::from_cents(100),
        kind: CardKind::Debit,
        instalments: 1,
        network: "REDE DEMO".into(),
        brand: "VISA".into(),
        nsu: "000123".into(),
        authorization: "A1B2".into(),
        finalization: "7A0C".into(),
        last4: "1234".into(),
        at: None,
        must_be_finalized,
        customer_copy: Vec::new(),
        merchant_copy: Vec::new(),
    }
}

fn bill_reads(calls: &[Call]) -> Vec<PaymentId> {
    let reads = calls.iter().filter_map(|call| match call {
        Call::ReadBills { payment, .. } => Some(*payment),
        _ => None,
    });
    reads.collect()
}

#[test]
fn a_thousand_codes_that_wait_never_ask_the_bank_more_often_than_the_site_allows() {
    let shelf = Shelf { found: (1..=1_000).map(|id| code_over(2_611_220_000 + id)).collect(), ..Shelf::default() };
    let mut now = noon() + SignedDuration::from_hours(24);
    let end = now + SignedDuration::from_mins(40);
    let mut core = desk(&shelf, Rhythm { looks_a_minute: 60, ..Rhythm::default() }, now);
    let mut looks: Vec<Timestamp> = Vec::new();
    let mut inputs = vec![Input::Time];
    while now < end {
        let mut answers = Vec::new();
        for input in inputs.drain(..) {
            for call in core.handle(input, now) {
                if let Call::LookPix { payment, .. } = call {
                    looks.push(now);
                    answers.push(Input::Answer(Answer::PixLooked { payment, result: Ok(PixState::Ended) }));
                }
            }
        }
        inputs = answers;
        if inputs.is_empty() {
            now = core.next_deadline(now).unwrap().min(end);
            inputs.push(Input::Time);
        }
    }
    let busiest = looks.iter().map(|from| {
        let until = *from + SignedDuration::from_secs(60);
        looks.iter().filter(|at| (*from..until).contains(at)).count()
    });
    assert!(busiest.max().unwrap() <= 60);
    // the 900 of the first quarter of an hour once more, when the clock is to be believed
    assert_eq!(looks.len(), 1_900, "and each had its last look");
    assert_eq!(shelf.names(PaymentId(2_611_221_000)), ["pix_forgotten", "closed"]);
}

#[test]
fn the_tef_is_asked_before_half_past_eleven_in_the_evening() {
    let rhythm = Rhythm { watch: Duration::from_secs(7 * 86_400), ..Rhythm::default() };
    let mut core = desk(&Shelf::default(), rhythm, noon());
    core.handle(Input::Time, noon());
    core.handle(Input::Answer(Answer::Pending { payment: None, result: Ok(Vec::new()) }), noon());
    let evening: Timestamp = "2026-11-23T02:20:00Z".parse().unwrap();
    let asks = |calls: Vec<Call>| calls.contains(&Call::Pending { payment: None });
    assert!(!asks(core.handle(Input::Time, evening - SignedDuration::from_secs(1))));
    assert!(core.next_deadline(evening - SignedDuration::from_secs(1)).unwrap() <= evening);
    assert!(asks(core.handle(Input::Time, evening)));
    core.handle(Input::Answer(Answer::Pending { payment: None, result: Ok(Vec::new()) }), evening);
    assert!(!asks(core.handle(Input::Time, evening + SignedDuration::from_mins(5))));
    assert!(asks(core.handle(Input::Time, evening + SignedDuration::from_hours(24))));
}

#[test]
fn a_sale_that_turns_up_after_it_was_not_found_is_taken_up_again_and_its_bill_read() {
    let id = PaymentId(2_611_220_001);
    let not_found = vec![Fact::CardStarted, Fact::Interrupted, Fact::CardNotFound, Fact::Closed];
    for final_at_once in [true, false] {
        let shelf = Shelf { closed: vec![story(id.0, DEBIT, not_found.clone())], ..Shelf::default() };
        let mut core = desk(&shelf, Rhythm::default(), noon());
        core.handle(Input::Time, noon());
        let found = sale(id.0, !final_at_once);
        let calls =
            core.handle(Input::Answer(Answer::Pending { payment: None, result: Ok(vec![found.clone()]) }), noon());
        let wanted =
            if final_at_once { Decision::Confirm } else { Decision::Undo(crate::payment::UndoReason::Interrupted) };
        let finalize = Call::Finalize { payment: Some(id), sale: Box::new(found.clone()), decision: wanted };
        assert!(calls.contains(&finalize), "{calls:?}");
        assert!(calls.contains(&Call::Release { sale: Box::new(found.clone()) }), "{calls:?}");
        let done = Answer::Finalized { payment: Some(id), sale: Box::new(found), result: Ok(()) };
        let calls = core.handle(Input::Answer(done), noon());
        assert_eq!(bill_reads(&calls), if final_at_once { vec![id] } else { Vec::new() });
        let last = *shelf.names(id).last().unwrap();
        assert_eq!(last, if final_at_once { "finalized" } else { "closed" });
    }
}

#[test]
fn of_two_payments_with_money_for_one_bill_the_second_waits_and_then_reads_it() {
    let (older, newer) = (PaymentId(2_611_220_001), PaymentId(2_611_220_002));
    let card = vec![
        Fact::EarlierCode { payment: older },
        Fact::CardStarted,
        Fact::CardApproved { sale: Box::new(sale(newer.0, true)), mismatch: None },
        Fact::ReceiptStarted,
        Fact::ReceiptPrinted { result: PrintResult::Proven },
        Fact::Decided { decision: Decision::Confirm },
    ];
    let shelf = Shelf { found: vec![code_over(older.0), story(newer.0, DEBIT, card)], ..Shelf::default() };
    let now = noon() + SignedDuration::from_secs(60);
    let mut core = desk(&shelf, Rhythm::default(), now);
    let calls = core.handle(Input::Time, now);
    assert!(calls.iter().any(|call| matches!(call, Call::LookPix { payment, .. } if *payment == older)), "{calls:?}");
    let paid = PixState::Paid { amount: Money::from_cents(100), end_to_end: "E1".into(), at: now, others: Vec::new() };
    let calls = core.handle(Input::Answer(Answer::PixLooked { payment: older, result: Ok(paid) }), now);
    assert_eq!(bill_reads(&calls), [older]);
    let done = Answer::Finalized { payment: Some(newer), sale: Box::new(sale(newer.0, true)), result: Ok(()) };
    let calls = core.handle(Input::Answer(done), now);
    assert_eq!(bill_reads(&calls), [], "the older one is at it");
    // somebody had paid the bill before: the older payment's money goes back, and then the newer one may look
    let read = Answer::BillsRead { payment: older, result: Ok(vec![InvoiceState::Paid { on: None }]) };
    let calls = core.handle(Input::Answer(read), now);
    assert_eq!(bill_reads(&calls), [newer]);
    assert!(!calls.iter().any(|call| matches!(call, Call::WriteOff { .. })), "{calls:?}");
    assert_eq!(shelf.names(older), ["pix_paid", "paid_elsewhere", "person_called"]);
}

#[test]
fn two_totems_do_not_try_again_together() {
    let rhythm = Rhythm::default();
    let waits =
        |seed| (1..6).map(|tries| rhythm.again_after(tries, PaymentId(2_611_220_001), seed)).collect::<Vec<_>>();
    assert_eq!(waits(1), waits(1));
    assert_ne!(waits(1), waits(2));
    for (wait, base) in waits(7).iter().zip([5.0, 30.0, 120.0, 600.0, 3_600.0]) {
        assert!((0.8..=1.2).contains(&(wait.as_secs_f64() / base)), "{wait:?}");
    }
}

#[test]
fn after_a_restart_a_bill_that_is_in_no_list_is_read_again_and_again_and_then_a_persons() {
    let id = PaymentId(2_611_220_001);
    let cut = vec![
        Fact::CardStarted,
        Fact::CardApproved { sale: Box::new(sale(id.0, true)), mismatch: None },
        Fact::ReceiptStarted,
        Fact::ReceiptPrinted { result: PrintResult::Proven },
        Fact::Decided { decision: Decision::Confirm },
        Fact::Finalized,
        Fact::WriteOffSent { invoice: "90".into() },
    ];
    let shelf = Shelf { found: vec![story(id.0, DEBIT, cut)], ..Shelf::default() };
    let mut now = noon();
    let mut core = desk(&shelf, Rhythm::default(), now);
    let end = now + SignedDuration::from_hours(3);
    let (mut reads, mut inputs) = (0, vec![Input::Time]);
    while now < end {
        let mut answers = Vec::new();
        for input in inputs.drain(..) {
            let calls = core.handle(input, now);
            assert!(!calls.iter().any(|call| matches!(call, Call::WriteOff { .. })), "nothing is sent blindly");
            for payment in bill_reads(&calls) {
                reads += 1;
                answers.push(Input::Answer(Answer::BillsRead { payment, result: Ok(vec![InvoiceState::Withdrawn]) }));
            }
        }
        inputs = answers;
        if inputs.is_empty() {
            now = core.next_deadline(now).unwrap().min(end);
            inputs.push(Input::Time);
        }
    }
    assert!((4..60).contains(&reads), "{reads} reads in three hours");
    let names = shelf.names(id);
    assert!(!names.contains(&"write_off_settled") && names.contains(&"person_called"), "{names:?}");
    let read = Answer::BillsRead { payment: id, result: Ok(vec![InvoiceState::Paid { on: None }]) };
    let asks = (0..20).any(|turn| {
        let later = end + SignedDuration::from_mins(10 * turn);
        !bill_reads(&core.handle(Input::Time, later)).is_empty()
    });
    assert!(asks, "it is read on");
    core.handle(Input::Answer(read), end + SignedDuration::from_hours(4));
    assert!(shelf.names(id).contains(&"write_off_settled"), "{:?}", shelf.names(id));
}

#[test]
fn a_code_whose_bank_is_no_longer_configured_is_a_persons_at_once_and_asked_about_on() {
    let (left, over, kept) = (PaymentId(2_611_220_001), PaymentId(2_611_220_002), PaymentId(2_611_220_003));
    let mut shown = code_over(left.0);
    shown.truncate(3);
    let elsewhere = PixCharge {
        provider: "sicoob".into(),
        txid: "s".repeat(32),
        payload: "0002".into(),
        confirmed_by: ConfirmedBy::Bank,
        expires_in_s: None,
    };
    let started = Fact::PixStarted { txid: elsewhere.txid.clone() };
    let other = story(kept.0, Method::Pix, vec![started, Fact::PixCharged { charge: elsewhere }]);
    let shelf = Shelf { found: vec![shown, code_over(over.0), other], ..Shelf::default() };
    let mut core = desk(&shelf, Rhythm::default(), noon());
    core.pix_can(vec![("sicoob".into(), true)], noon());
    let calls = core.handle(Input::Time, noon());
    assert_eq!(shelf.names(left), ["interrupted", "person_called"]);
    assert_eq!(shelf.names(over), ["person_called"]);
    assert_eq!(shelf.names(kept), ["interrupted"]);
    assert!(calls.iter().any(|call| matches!(call, Call::RemovePix { payment, .. } if *payment == left)), "{calls:?}");
    core.pix_can(vec![("sicoob".into(), true)], noon());
    assert_eq!(shelf.names(over), ["person_called"], "once");
}

#[test]
fn a_code_of_the_erps_that_was_left_is_looked_for_in_the_bill_and_found_paid_or_forgotten() {
    let id = PaymentId(2_611_220_001);
    let read = |state: InvoiceState| Input::Answer(Answer::BillsRead { payment: id, result: Ok(vec![state]) });
    let paid = || InvoiceState::Paid { on: None };
    let card = [Fact::CardStarted, Fact::CardApproved { sale: Box::new(sale(7, true)), mismatch: None }];
    let confirmed = [Fact::Decided { decision: Decision::Confirm }, Fact::Finalized];
    let by_card = story(7, DEBIT, card.into_iter().chain(confirmed).collect());
    for (others, told, wanted) in [
        (vec![], paid(), vec!["pix_paid", "write_off_settled", "closed"]),
        (vec![], InvoiceState::Withdrawn, vec![]),
        // the totem took other money for this bill: it is not the code's doing
        (vec![by_card], paid(), vec![]),
    ] {
        let shelf = Shelf { found: vec![code_of(id.0, ConfirmedBy::Erp)], closed: others, ..Shelf::default() };
        let soon = noon() + SignedDuration::from_secs(61);
        let mut core = desk(&shelf, Rhythm::default(), soon);
        assert_eq!(core.earlier_code(&[BillRef { customer: "81593".into(), invoice: "90".into() }]), Some(id));
        assert_eq!(bill_reads(&core.handle(Input::Time, soon)), [id]);
        core.handle(read(told.clone()), soon);
        assert_eq!(shelf.names(id), wanted, "{told:?}");
        let last = noon() + SignedDuration::from_hours(25);
        if wanted.is_empty() {
            assert_eq!(bill_reads(&core.handle(Input::Time, last)), [id]);
            core.handle(read(told), last);
            assert_eq!(shelf.names(id), ["pix_forgotten", "closed"]);
        }
    }
}

#[test]
fn a_technicians_word_is_about_what_was_shown_and_about_nothing_that_has_become_since() {
    use crate::journey::Attempt;
    use crate::journey::technician::{Told, Wish};
    let id = PaymentId(2_611_220_001);
    let mut called = code_over(id.0);
    let why = crate::payment::PersonWhy::CheckStatement;
    called.push(Entry { payment: id, at: noon(), fact: Fact::PersonCalled { why } });
    let shelf = Shelf { found: vec![called.clone()], ..Shelf::default() };
    let mut core = desk(&shelf, Rhythm::default(), noon());
    let mut resolves = |facts: usize| {
        let wish = Wish::Resolve { payment: id, facts, note: "nada entrou" };
        core.technician_wishes(Attempt(1), "Ana".into(), &wish, noon());
        match core.events.pop() {
            Some(Event::PaymentStands { .. }) | None => panic!("nothing is told"),
            Some(Event::Technician { told, .. }) => told,
            Some(_) => panic!("something else is told"),
        }
    };
    assert_eq!(resolves(called.len() - 1), Told::Changed(id));
    assert_eq!(shelf.names(id), [""; 0], "nothing is written down");
    assert_eq!(resolves(called.len()), Told::Recorded(true));
    assert_eq!(shelf.names(id), ["resolved"]);
}
