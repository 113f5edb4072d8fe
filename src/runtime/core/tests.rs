use super::*;
use crate::domain::{CardKind, CardSale, Money};
use crate::journey::Attempt;
use crate::payment::Decision;
use crate::runtime::call::{Answer, Call};
use crate::tef;

/// A ledger that reads as told, and takes everything.
struct Pages {
    readable: bool,
}

impl Ledger for Pages {
    fn append(&mut self, _: &[Entry]) -> Result<(), String> {
        Ok(())
    }

    fn open_payments(&mut self) -> Result<Vec<Vec<Entry>>, String> {
        if self.readable { Ok(Vec::new()) } else { Err("damaged".into()) }
    }

    fn payment(&mut self, _: PaymentId) -> Result<Vec<Entry>, String> {
        Ok(Vec::new())
    }

    fn recent(&mut self, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        self.open_payments()
    }

    fn payments_of(&mut self, _: &str, _: u32) -> Result<Vec<Vec<Entry>>, String> {
        self.open_payments()
    }

    fn last_payment_id(&mut self) -> Result<Option<PaymentId>, String> {
        Ok(None)
    }

    fn keyed_hash(&self, _: &str) -> String {
        "0".repeat(64)
    }
}

fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

fn core(readable: bool) -> Core {
    let journey = Journey::new(crate::journey::Settings::default(), noon());
    let ledger = Box::new(Pages { readable });
    Core::open(journey, ledger, Rules::default(), Rhythm::default(), Site::default(), noon())
}

fn stray() -> CardSale {
    CardSale {
        coupon: 2_611_210_009,
        amount: Money::from_cents(10_000),
        kind: CardKind::Debit,
        instalments: 1,
        network: "REDE DEMO".into(),
        brand: "VISA".into(),
        nsu: "000123".into(),
        authorization: "A1B2".into(),
        finalization: "7A0C".into(),
        last4: "1234".into(),
        at: None,
        must_be_finalized: true,
        customer_copy: Vec::new(),
        merchant_copy: Vec::new(),
    }
}

fn waiting(sales: Vec<CardSale>) -> Input {
    Input::Answer(Answer::Pending { payment: None, result: Ok(sales) })
}

fn silent() -> Input {
    Input::Answer(Answer::Pending { payment: None, result: Err(tef::Error::Silent("no answer".into())) })
}

fn asks_the_tef(calls: &[Call]) -> bool {
    calls.contains(&Call::Pending { payment: None })
}

#[test]
fn a_transaction_that_nobody_knows_is_undone_at_start() {
    let mut core = core(true);
    assert!(asks_the_tef(&core.handle(Input::Time, noon())));
    let calls = core.handle(waiting(vec![stray()]), noon());
    assert!(
        calls.iter().any(|call| matches!(call, Call::Finalize { payment: None, decision: Decision::Undo(_), .. })),
        "{calls:?}"
    );
}

#[test]
fn with_a_journal_that_cannot_be_read_nothing_is_undone_that_may_have_been_confirmed() {
    let mut core = core(false);
    core.handle(Input::Time, noon());
    let calls = core.handle(waiting(vec![stray()]), noon());
    assert!(!calls.iter().any(|call| matches!(call, Call::Finalize { .. })), "{calls:?}");
}

#[test]
fn a_tef_that_is_silent_at_start_is_asked_again() {
    let mut core = core(true);
    core.handle(Input::Time, noon());
    assert!(!asks_the_tef(&core.handle(silent(), noon())));
    let later = core.next_deadline(noon()).unwrap();
    assert!(later < noon() + jiff::SignedDuration::from_secs(10), "{later}");
    assert!(asks_the_tef(&core.handle(Input::Time, later)));
}

fn discovered(abilities: crate::journey::Abilities, result: Result<(), crate::erp::Error>) -> Input {
    Input::Answer(Answer::Discovered { abilities, result })
}

#[test]
fn what_the_erp_can_do_is_asked_at_start_again_until_it_answers_and_then_rarely() {
    use crate::journey::Abilities;
    let mut core = core(true);
    let asks = |calls: &[Call]| calls.contains(&Call::Discover);
    assert!(asks(&core.handle(Input::Time, noon())));
    assert!(!asks(&core.handle(Input::Time, noon())), "one question at a time");
    let down = Err(crate::erp::Error::Unreachable("no connection".into()));
    assert!(!asks(&core.handle(discovered(Abilities::default(), down), noon())));
    let soon = noon() + Rhythm::default().equipment;
    assert!(asks(&core.handle(Input::Time, soon)));
    let less = Abilities { boleto: false, ..Abilities::default() };
    core.handle(discovered(less, Ok(())), soon);
    assert!(!asks(&core.handle(Input::Time, soon + Rhythm::default().watch)));
    assert!(asks(&core.handle(Input::Time, soon + Rhythm::default().watch * 24)));
}

#[test]
fn the_machine_is_not_ended_while_a_paper_or_money_is_on_its_way() {
    use crate::journey::step::PanelNews;
    use crate::journey::technician::{Errand, Told};
    let mut core = core(true);
    core.handle(Input::Time, noon());
    core.handle(waiting(Vec::new()), noon());
    core.service.papers.insert(Attempt(1), ("Ana".into(), None));
    for errand in [Errand::Restart, Errand::PowerOff] {
        let Some(Told::Errand(told)) = core.errand(Attempt(2), "Ana".into(), errand, noon()) else {
            panic!("{errand:?} was begun")
        };
        assert_eq!(told.news, Some(PanelNews::HaltRefused));
    }
    assert!(core.calls.is_empty(), "{:?}", core.calls);
    // what ends nothing is done at any time
    assert!(core.errand(Attempt(3), "Ana".into(), Errand::Network, noon()).is_none());
    core.service.papers.clear();
    assert!(core.errand(Attempt(4), "Ana".into(), Errand::Restart, noon()).is_none());
    assert_eq!(core.calls.len(), 2);
}

#[test]
fn with_a_broken_journal_the_machine_is_not_ended_without_a_word_on_record() {
    use crate::journey::step::PanelNews;
    use crate::journey::technician::{Errand, Told};
    let mut core = core(false);
    let Some(Told::Errand(told)) = core.errand(Attempt(1), "Ana".into(), Errand::Restart, noon()) else { panic!() };
    assert_eq!(told.news, Some(PanelNews::NotRecorded));
}

#[test]
fn a_card_is_tried_also_after_a_payment_was_made_with_the_clock_ahead() {
    use crate::runtime::call::CardWork;
    for (last, wanted) in [
        (None, 2_611_229_999),
        (Some(PaymentId(2_611_220_007)), 2_611_229_999),
        (Some(PaymentId(2_612_310_007)), 2_612_319_999),
    ] {
        let mut core = core(true);
        core.handle(Input::Time, noon());
        core.handle(waiting(Vec::new()), noon());
        core.last_id = last;
        assert_eq!(core.try_card(Attempt(1), "Ana".into(), noon()), None, "{last:?}");
        let Some(Call::CardDesk { work: CardWork::Try { order }, .. }) = core.calls.last() else { panic!("{last:?}") };
        assert_eq!(order.coupon, wanted);
    }
}
