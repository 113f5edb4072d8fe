//! What waits at the TEF of payments that the journal knows, however long ago, and of sales that were being given back.

use jiff::civil::{date, datetime};

use super::*;
use crate::domain::{CardKind, CardSale, Charge, DeskFact, Money, Note, ReceiptHeads};
use crate::payment::{Decision, Item, Method, Payer};

const ID: PaymentId = PaymentId(2_511_220_001);

/// One payment and what was noted at the desk. None of the payments opened last is this one.
#[derive(Clone, Default)]
struct Archive {
    entries: Vec<Entry>,
    is_open: bool,
    notes: Vec<Note>,
    written: std::sync::Arc<std::sync::Mutex<Vec<String>>>,
}

impl Ledger for Archive {
    fn append(&mut self, entries: &[Entry]) -> Result<(), String> {
        self.written.lock().unwrap().extend(entries.iter().map(|entry| entry.fact.name().to_owned()));
        self.entries.extend_from_slice(entries);
        Ok(())
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        Ok(if self.is_open { vec![self.entries.clone()] } else { Vec::new() })
    }

    fn payment(&mut self, id: PaymentId) -> Result<Vec<Entry>, String> {
        Ok(if id == ID { self.entries.clone() } else { Vec::new() })
    }

    fn recent(&mut self, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        Ok(Vec::new())
    }

    fn payments_of(&mut self, _: &str, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        Ok(Vec::new())
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        Ok(Some(ID))
    }

    fn notes(&mut self, _: u32) -> Result<Vec<Note>, String> {
        Ok(self.notes.clone())
    }

    fn keyed_hash(&self, _: &str) -> String {
        "0".repeat(64)
    }
}

fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

fn transaction(nsu: &str) -> CardSale {
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
        must_be_finalized: true,
        customer_copy: Vec::new(),
        merchant_copy: Vec::new(),
    }
}

/// Paid by card a year ago, and these facts after it.
fn archive(more: Vec<Fact>) -> Archive {
    let none = Money::ZERO;
    let charge = Charge { principal: Money::from_cents(10_000), fine: none, interest: none, discount: none };
    let item = Item {
        invoice: "90".into(),
        contracts: Vec::new(),
        number: "90".into(),
        description: String::new(),
        due: date(2025, 11, 10),
        charge,
        identifier: None,
        receipt_heads: ReceiptHeads::default(),
    };
    let payer = Payer {
        customer: "1".into(),
        short_name: String::new(),
        tax_id_hash: String::new(),
        tax_id_masked: String::new(),
    };
    let method = Method::Card { kind: CardKind::Debit, instalments: 1 };
    let local = datetime(2025, 11, 22, 10, 0, 0, 0);
    let mut facts = vec![
        Fact::Opened { payer, items: vec![item], method, local },
        Fact::CardStarted,
        Fact::CardApproved { sale: Box::new(transaction("1")), mismatch: None },
        Fact::Decided { decision: Decision::Confirm },
        Fact::Finalized,
    ];
    facts.extend(more);
    let entries = facts.into_iter().map(|fact| Entry { payment: ID, at: noon(), fact }).collect();
    Archive { entries, ..Archive::default() }
}

/// What the TEF is told of each transaction, after it told that these wait.
fn told(archive: Archive, waiting: Vec<CardSale>) -> Vec<(String, Decision)> {
    let journey = Journey::new(crate::journey::Settings::default(), noon());
    let mut core = Core::open(journey, Box::new(archive), Rules::default(), Rhythm::default(), Site::default(), noon());
    core.handle(Input::Time, noon());
    let answer = Input::Answer(Answer::Pending { payment: None, result: Ok(waiting) });
    let calls = core.handle(answer, noon());
    let ends = calls.into_iter().filter_map(|call| match call {
        Call::Finalize { sale, decision, .. } => Some((sale.nsu, decision)),
        _ => None,
    });
    ends.collect()
}

fn asked_back() -> Fact {
    Fact::ReversalStarted { by: "ana".into(), reason: "pago em dobro".into() }
}

fn rejected() -> [Fact; 2] {
    let why = "conta inválida".to_owned();
    [Fact::WriteOffSent { invoice: "90".into() }, Fact::WriteOffRejected { invoice: "90".into(), why }]
}

#[test]
fn a_sale_that_was_confirmed_however_long_ago_is_confirmed_again_and_never_undone() {
    for is_open in [false, true] {
        let mut more = rejected().to_vec();
        more.extend((!is_open).then_some(Fact::Closed));
        let archive = Archive { is_open, ..archive(more) };
        assert_eq!(told(archive, vec![transaction("1")]), [("1".to_owned(), Decision::Confirm)], "open: {is_open}");
    }
}

#[test]
fn a_giving_back_that_nobody_heard_is_undone_also_while_its_payment_is_open() {
    for is_open in [false, true] {
        let mut more = rejected().to_vec();
        more.extend((!is_open).then_some(Fact::Closed));
        more.push(asked_back());
        let archive = Archive { is_open, ..archive(more) };
        let written = archive.written.clone();
        let ends = told(archive, vec![transaction("2")]);
        assert!(matches!(ends.as_slice(), [(nsu, Decision::Undo(_))] if nsu == "2"), "open: {is_open}, {ends:?}");
        let refused = written.lock().unwrap().iter().any(|fact| fact == "reversal_refused");
        assert_eq!(refused, is_open, "one of the last payments, or a live one, is told its end");
    }
}

#[test]
fn a_giving_back_that_is_final_by_itself_is_written_down_when_it_is_found() {
    let archive = archive(vec![asked_back(), Fact::ReversalUnknown { why: "no answer".into() }]);
    let written = archive.written.clone();
    told(archive, vec![CardSale { must_be_finalized: false, ..transaction("2") }]);
    assert!(written.lock().unwrap().contains(&"reversal_approved".to_owned()), "{written:?}");
}

#[test]
fn what_a_technicians_menu_brought_about_is_confirmed_and_not_undone() {
    let of_the_menu = CardSale { coupon: 0, ..transaction("7") };
    let fact = DeskFact::menu_approved("ana".into(), &of_the_menu);
    let known = Archive { notes: vec![Note { at: noon(), fact }], ..archive(Vec::new()) };
    assert_eq!(told(known, vec![of_the_menu.clone()]), [("7".to_owned(), Decision::Confirm)]);
    let unknown = told(archive(Vec::new()), vec![of_the_menu]);
    assert!(matches!(unknown.as_slice(), [(_, Decision::Undo(_))]), "{unknown:?}");
}

fn written_off_and_closed() -> Vec<Fact> {
    let how = crate::payment::SettledHow::Applied;
    let invoice = crate::domain::InvoiceId::from("90");
    vec![Fact::WriteOffSent { invoice: invoice.clone() }, Fact::WriteOffSettled { invoice, how }, Fact::Closed]
}

#[test]
fn a_payment_that_a_giving_back_opened_again_is_closed_again() {
    use crate::runtime::call::CardDone;
    use crate::tef::SaleOutcome;
    let archive = archive(written_off_and_closed());
    let written = archive.written.clone();
    let journey = Journey::new(crate::journey::Settings::default(), noon());
    let mut core = Core::open(journey, Box::new(archive), Rules::default(), Rhythm::default(), Site::default(), noon());
    core.handle(Input::Time, noon());
    core.handle(Input::Answer(Answer::Pending { payment: None, result: Ok(Vec::new()) }), noon());
    let attempt = crate::journey::Attempt(1);
    assert!(core.reverse(attempt, "ana".into(), ID, "pago em dobro", noon()).is_none());
    let done = CardDone::Ended(SaleOutcome::Declined { message: "PRAZO EXPIRADO".into() });
    core.handle(Input::Answer(Answer::CardDesk { attempt, done }), noon());
    assert_eq!(*written.lock().unwrap(), ["reversal_started", "reversal_refused", "closed"]);
    assert!(core.live.is_empty());
}

#[test]
fn what_an_older_program_left_open_after_its_end_is_closed_at_the_next_start() {
    let approved = Fact::ReversalApproved { sale: Box::new(transaction("2")) };
    for more in [vec![asked_back(), approved, Fact::Interrupted, Fact::Interrupted], vec![Fact::Interrupted]] {
        let facts = written_off_and_closed().into_iter().chain(more).collect();
        let archive = Archive { is_open: true, ..archive(facts) };
        let written = archive.written.clone();
        told(archive, Vec::new());
        assert_eq!(written.lock().unwrap().last().map(String::as_str), Some("closed"));
    }
}
