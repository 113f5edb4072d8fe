//! PIX tried with one cent, as the desk takes it: what is durable before what is asked, and what a new start goes on with.

use super::*;
use crate::domain::{ConfirmedBy, Note, PixBack, PixReceipt};
use crate::journey::step::{Page, Technician};
use crate::journey::{Intent, Journey, Settings, Step as Shown};
use crate::payment::Rules;
use crate::pix::PixState;
use crate::runtime::call::{Answer, PixDone};
use crate::runtime::core::pad::Pad;
use crate::runtime::core::{Input, Site};

fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

/// A desk, its notes and its time.
struct Bench {
    core: Core,
    pad: Pad,
    now: Timestamp,
    /// What was shown last.
    step: Option<Shown>,
}

impl Bench {
    fn open(pad: Pad) -> Bench {
        let journey = Journey::new(Settings { service_pin: true, ..Settings::default() }, noon());
        let (rules, rhythm) = (Rules::default(), Rhythm::default());
        let mut core = Core::open(journey, Box::new(pad.clone()), rules, rhythm, Site::default(), noon());
        core.pix_can(vec![("erp_code".into(), false), ("banco".into(), true)], noon());
        Bench { core, pad, now: noon(), step: None }
    }

    /// What is asked of the bank.
    fn takes(&mut self, input: Input) -> Vec<PixWork> {
        let calls = self.core.handle(input, self.now);
        self.step = self.core.take_view(self.now).map(|view| view.step).or(self.step.take());
        let asked = calls.into_iter().filter_map(|call| match call {
            Call::PixTry { work, .. } => Some(work),
            _ => None,
        });
        asked.collect()
    }

    fn does(&mut self, intent: Intent) -> Vec<PixWork> {
        self.takes(Input::Intent(intent))
    }

    fn chooses(&mut self, option: &str) -> Vec<PixWork> {
        self.does(Intent::Choose { option: option.into() })
    }

    /// The panel, at the page of PIX.
    fn at_the_pix_desk(mut self) -> Bench {
        self.does(Intent::Service);
        self.does(Intent::Type { text: "482915".into() });
        let calls = self.core.handle(Input::Intent(Intent::Submit), self.now);
        let attempt = calls.iter().find_map(|call| match call {
            Call::CheckPin { attempt, .. } => Some(*attempt),
            _ => None,
        });
        self.takes(Input::Answer(Answer::PinChecked { attempt: attempt.unwrap(), by: Some("Ana".into()) }));
        self.chooses("pix");
        assert_eq!(self.page().name(), "pix");
        self
    }

    /// Before the code of a charge that was just made.
    fn before_the_code(self) -> Bench {
        let mut bench = self.at_the_pix_desk();
        let works = bench.chooses("try_pix");
        let [PixWork::Charge(order)] = works.as_slice() else { panic!("{works:?}") };
        assert_eq!((order.amount, order.txid.len()), (Money::from_cents(1), 32));
        bench.hears(PixDone::Charged(Ok(charge())));
        let Page::PixTry(page) = bench.page() else { panic!("{}", bench.page().name()) };
        assert_eq!((page.payload.as_deref(), page.paid), (Some("0002"), false));
        bench
    }

    fn shown(&self) -> Technician {
        match &self.step {
            Some(Shown::Technician(technician)) => (**technician).clone(),
            other => panic!("{other:?}"),
        }
    }

    fn page(&self) -> Page {
        self.shown().page
    }

    fn hears(&mut self, done: PixDone) -> Vec<PixWork> {
        let txid = self.core.service.pix.tries.keys().next().unwrap().clone();
        self.takes(Input::Answer(Answer::PixTry { txid, done }))
    }

    fn hears_back(&mut self, result: Result<PixBack, pix::Error>) -> Vec<PixWork> {
        self.hears(PixDone::Back { end_to_end: "E1".into(), result })
    }

    fn later(&mut self, seconds: i64) -> Vec<PixWork> {
        self.now += SignedDuration::from_secs(seconds);
        self.takes(Input::Time)
    }

    fn is_over(&self) -> bool {
        self.core.service.pix.tries.is_empty()
    }
}

fn charge() -> PixCharge {
    PixCharge {
        provider: "banco".into(),
        txid: "1".repeat(32),
        payload: "0002".into(),
        confirmed_by: ConfirmedBy::Bank,
        expires_in_s: Some(300),
    }
}

fn receipt() -> PixReceipt {
    PixReceipt { end_to_end: "E1".into(), amount: Money::from_cents(1), at: noon() }
}

fn paid() -> PixDone {
    let PixReceipt { end_to_end, amount, at } = receipt();
    PixDone::Looked(Ok(PixState::Paid { amount, end_to_end, at, others: Vec::new() }))
}

fn done() -> Result<PixBack, pix::Error> {
    Ok(PixBack::Done { return_id: None })
}

fn silence() -> pix::Error {
    pix::Error::Unreachable("no answer".into())
}

fn id_of(works: &[PixWork]) -> &str {
    match works {
        [PixWork::GiveBack { id, receipt: back, .. }] if *back == receipt() => id,
        other => panic!("nothing goes back: {other:?}"),
    }
}

#[test]
fn a_paid_try_goes_back_at_once_and_each_fact_is_durable_before_the_bank_is_asked() {
    let mut bench = Bench::open(Pad::default()).before_the_code();
    assert!(matches!(bench.later(3).as_slice(), [PixWork::Look(_)]));
    let works = bench.hears(paid());
    assert_eq!(id_of(&works), pix::refund_id("E1", Money::from_cents(1)));
    let names = ["pix_try_started", "pix_try_charged", "pix_try_paid", "pix_try_back_asked"];
    assert_eq!(bench.pad.names(), names);
    let Page::PixTry(page) = bench.page() else { panic!() };
    assert!(page.paid && page.payload.is_none(), "a code that was paid is not paid again");
    bench.hears_back(done());
    assert_eq!((bench.page().name(), bench.shown().news), ("pix", Some(PanelNews::PixTryBack)));
    // looked at once more a day later, and forgotten
    assert_eq!(bench.later(3_600), []);
    assert!(matches!(bench.later(86_400).as_slice(), [PixWork::Look(_)]));
    bench.hears(PixDone::Looked(Ok(PixState::Paid {
        amount: Money::ZERO,
        end_to_end: "E1".into(),
        at: noon(),
        others: Vec::new(),
    })));
    assert_eq!(bench.pad.names()[4..], ["pix_try_back_heard", "pix_try_forgotten"]);
    assert!(bench.is_over());
    let reading = bench.core.reading(bench.now);
    assert!(reading.payments.is_empty() && reading.facts.is_empty(), "no customer's count hears of it");
}

#[test]
fn a_code_that_is_left_is_taken_back_and_what_comes_late_goes_back() {
    let mut bench = Bench::open(Pad::default()).before_the_code();
    let works = bench.does(Intent::Cancel);
    assert!(matches!(works.as_slice(), [PixWork::Remove(_)]), "{works:?}");
    assert_eq!(bench.pad.names().last(), Some(&"pix_try_left"));
    assert_eq!(bench.shown().news, Some(PanelNews::PixTryUnpaid));
    assert_eq!(bench.hears(PixDone::Looked(Ok(PixState::Ended))), []);
    assert!(matches!(bench.later(60).as_slice(), [PixWork::Look(_)]));
    id_of(&bench.hears(paid()));
    bench.hears_back(done());
    assert!(!bench.is_over(), "until the last look");
}

#[test]
fn a_technician_who_walks_away_or_waits_too_long_leaves_the_code() {
    let mut bench = Bench::open(Pad::default()).before_the_code();
    assert!(matches!(bench.does(Intent::Leave).as_slice(), [PixWork::Remove(_)]));
    let mut bench = Bench::open(Pad::default()).before_the_code();
    for _ in 0..29 {
        bench.later(10);
        bench.hears(PixDone::Looked(Ok(PixState::Waiting)));
    }
    assert_eq!(bench.page().name(), "pix_try", "nobody is sent away before the code's time is over");
    assert!(matches!(bench.later(10).as_slice(), [PixWork::Remove(_)]));
    assert_eq!(bench.shown().news, Some(PanelNews::PixTryUnpaid));
}

#[test]
fn whoever_leaves_while_the_bank_makes_the_charge_or_is_asked_has_it_taken_back_all_the_same() {
    let mut bench = Bench::open(Pad::default()).at_the_pix_desk();
    bench.chooses("try_pix");
    assert_eq!(bench.does(Intent::Leave), []);
    assert!(matches!(bench.hears(PixDone::Charged(Ok(charge()))).as_slice(), [PixWork::Remove(_)]));
    let mut bench = Bench::open(Pad::default()).before_the_code();
    assert!(matches!(bench.later(3).as_slice(), [PixWork::Look(_)]));
    assert_eq!(bench.does(Intent::Cancel), []);
    assert!(matches!(bench.hears(PixDone::Looked(Ok(PixState::Waiting))).as_slice(), [PixWork::Remove(_)]));
}

#[test]
fn a_bank_that_makes_no_charge_is_told_in_its_words() {
    let mut bench = Bench::open(Pad::default()).at_the_pix_desk();
    bench.chooses("try_pix");
    bench.hears(PixDone::Charged(Err(pix::Error::Refused("HTTP 403".into()))));
    let shown = bench.shown();
    assert_eq!((shown.page.name(), shown.news), ("pix", Some(PanelNews::PixTryRefused)));
    assert!(shown.said.unwrap().contains("403"));
    assert!(bench.is_over());
}

#[test]
fn a_devolucao_without_an_answer_is_asked_again_under_the_same_id_and_written_down_once() {
    let mut bench = Bench::open(Pad::default()).before_the_code();
    bench.later(3);
    let first = id_of(&bench.hears(paid())).to_owned();
    assert_eq!(bench.hears_back(Err(silence())), []);
    assert_eq!(bench.page().name(), "pix_try", "a moment is waited for");
    assert_eq!(id_of(&bench.later(60)), first);
    bench.hears_back(Err(pix::Error::Unreachable("in other words".into())));
    assert_eq!(bench.shown().news, Some(PanelNews::PixTryUnclear));
    // and again with nobody there any more
    assert_eq!(id_of(&bench.later(150)), first);
    bench.hears_back(Err(silence()));
    let many = |name: &str| bench.pad.names().iter().filter(|known| **known == name).count();
    assert_eq!((many("pix_try_back_asked"), many("pix_try_back_heard")), (1, 1));
    bench.later(4_000);
    assert_eq!(bench.core.service.pix.needs_person(bench.now), 1, "on the list until the bank has said");
    bench.hears_back(done());
    assert_eq!(bench.core.service.pix.needs_person(bench.now), 0);
}

#[test]
fn a_bank_that_takes_its_time_is_waited_for_a_minute_and_asked_on() {
    let mut bench = Bench::open(Pad::default()).before_the_code();
    bench.later(3);
    bench.hears(paid());
    for _ in 0..19 {
        bench.hears_back(Ok(PixBack::Pending));
        assert_eq!(bench.page().name(), "pix_try");
        id_of(&bench.later(3));
    }
    bench.later(3);
    bench.hears_back(Ok(PixBack::Pending));
    assert_eq!(bench.shown().news, Some(PanelNews::PixTryUnclear));
    id_of(&bench.later(10));
    bench.hears_back(done());
    assert_eq!(bench.pad.names().iter().filter(|name| **name == "pix_try_back_heard").count(), 2);
}

#[test]
fn what_the_bank_keeps_waits_for_a_person_who_says_what_was_done() {
    let mut bench = Bench::open(Pad::default()).before_the_code();
    bench.later(3);
    bench.hears(paid());
    bench.hears_back(Ok(PixBack::Refused { why: "prazo".into() }));
    assert_eq!(bench.shown().news, Some(PanelNews::PixTryKept));
    let txid = bench.core.service.pix.tries.keys().next().unwrap().clone();
    assert!(bench.core.pix_try_seen_to(&txid, "Ana".into(), "devolvido", bench.now));
    assert!(!bench.core.pix_try_seen_to(&txid, "Ana".into(), "devolvido", bench.now), "once");
    assert_eq!(bench.pad.names().last(), Some(&"pix_try_settled"));
}

/// What is asked first by a totem that finds these facts, the names of which are all that it writes before.
fn after_a_start(known: &[DeskFact]) -> (Vec<PixWork>, Bench) {
    let pad = Pad::default();
    for fact in known {
        pad.notes.lock().unwrap().push(Note { at: noon(), fact: fact.clone() });
    }
    let mut bench = Bench::open(pad);
    bench.now += SignedDuration::from_secs(60);
    let works = bench.takes(Input::Time);
    (works, bench)
}

#[test]
fn a_new_start_goes_on_with_a_try_from_each_fact_and_shows_no_code_again() {
    let txid = || "1".repeat(32);
    let facts = [
        DeskFact::PixTryStarted { by: "Ana".into(), txid: txid(), provider: "banco".into() },
        DeskFact::PixTryCharged { txid: txid(), charge: charge() },
        DeskFact::PixTryPaid { txid: txid(), receipt: receipt() },
        DeskFact::PixTryBackAsked { txid: txid(), end_to_end: "E1".into(), id: "d1".into() },
        DeskFact::PixTryBackHeard { txid: txid(), end_to_end: "E1".into(), heard: PixBack::Done { return_id: None } },
    ];
    let (works, _) = after_a_start(&facts[..1]);
    assert!(matches!(works.as_slice(), [PixWork::Charge(order)] if order.txid == txid()), "{works:?}");
    let (works, mut bench) = after_a_start(&facts[..2]);
    assert!(matches!(works.as_slice(), [PixWork::Remove(_)]), "{works:?}");
    id_of(&bench.hears(paid()));
    let (works, bench) = after_a_start(&facts[..3]);
    assert_eq!(id_of(&works), pix::refund_id("E1", Money::from_cents(1)));
    assert_eq!(bench.pad.names().last(), Some(&"pix_try_back_asked"), "durable before it is asked");
    let (works, bench) = after_a_start(&facts[..4]);
    assert_eq!((id_of(&works), bench.pad.names().len()), ("d1", 4), "as it was asked before");
    let (works, _) = after_a_start(&facts);
    assert_eq!(works, [], "given back: only a late look is left");
}

#[test]
fn a_charge_of_an_earlier_run_that_cannot_be_asked_for_is_asked_for_again_and_not_forgotten() {
    let started = DeskFact::PixTryStarted { by: "Ana".into(), txid: "1".repeat(32), provider: "banco".into() };
    let (_, mut bench) = after_a_start(&[started]);
    assert_eq!(bench.hears(PixDone::Charged(Err(silence()))), []);
    assert!(!bench.is_over());
    assert!(matches!(bench.later(60).as_slice(), [PixWork::Charge(_)]));
}

#[test]
fn what_cannot_be_written_down_is_not_asked_for() {
    let mut bench = Bench::open(Pad { full: true, ..Pad::default() }).at_the_pix_desk();
    assert_eq!(bench.chooses("try_pix"), []);
    assert!(bench.is_over());
}

#[test]
fn where_nobody_gives_back_the_try_is_not_offered_and_the_panel_says_why() {
    use crate::journey::step::NoPixTry;
    for (providers, why) in
        [(vec![], NoPixTry::NoPix), (vec![("static_key".to_owned(), false)], NoPixTry::NobodyGivesBack)]
    {
        let mut bench = Bench::open(Pad::default());
        bench.core.pix_can(providers, noon());
        let mut bench = bench.at_the_pix_desk();
        let Page::Pix(page) = bench.page() else { panic!() };
        assert_eq!((page.why, page.options[0].works), (Some(why), false));
        assert_eq!(bench.chooses("try_pix"), []);
    }
}

#[test]
fn a_desk_is_not_replaced_nor_ended_while_a_bank_is_asked() {
    let mut bench = Bench::open(Pad::default()).before_the_code();
    bench.later(3);
    bench.hears(paid());
    bench.does(Intent::Leave);
    bench.takes(Input::Finish);
    assert!(!bench.core.is_finished() && !bench.core.may_be_replaced());
    bench.hears_back(Err(silence()));
    assert!(bench.core.is_finished(), "the next start asks again");
}
