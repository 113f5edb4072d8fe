use super::*;
use crate::domain::{ConfirmedBy, Money};

const TXID: &str = "a1";

fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

fn txid() -> String {
    TXID.to_owned()
}

fn charge() -> PixCharge {
    PixCharge {
        provider: "banco".into(),
        txid: TXID.into(),
        payload: "0002".into(),
        confirmed_by: ConfirmedBy::Bank,
        expires_in_s: Some(300),
    }
}

fn receipt(end_to_end: &str, cents: u64) -> PixReceipt {
    PixReceipt { end_to_end: end_to_end.into(), amount: Money::from_cents(cents), at: noon() }
}

fn started() -> DeskFact {
    DeskFact::PixTryStarted { by: "Ana".into(), txid: txid(), provider: "banco".into() }
}

fn charged() -> DeskFact {
    DeskFact::PixTryCharged { txid: txid(), charge: charge() }
}

fn paid(end_to_end: &str) -> DeskFact {
    DeskFact::PixTryPaid { txid: txid(), receipt: receipt(end_to_end, 1) }
}

fn asked(end_to_end: &str) -> DeskFact {
    DeskFact::PixTryBackAsked { txid: txid(), end_to_end: end_to_end.into(), id: format!("d{end_to_end}") }
}

fn heard(end_to_end: &str, heard: PixBack) -> DeskFact {
    DeskFact::PixTryBackHeard { txid: txid(), end_to_end: end_to_end.into(), heard }
}

fn done() -> PixBack {
    PixBack::Done { return_id: None }
}

fn forgotten() -> DeskFact {
    DeskFact::PixTryForgotten { txid: txid() }
}

fn settled() -> DeskFact {
    DeskFact::PixTrySettled { by: "Ana".into(), txid: txid(), note: "devolvido".into() }
}

fn told(facts: &[DeskFact]) -> PixTry {
    let notes: Vec<Note> = facts.iter().map(|fact| Note { at: noon(), fact: fact.clone() }).collect();
    let mut tries = PixTry::all(&notes);
    assert_eq!(tries.len(), 1);
    tries.remove(0)
}

/// The steps by name, with nobody before the code.
fn steps(facts: &[DeskFact]) -> Vec<&'static str> {
    let name = |step: &Step| match step {
        Step::Charge => "charge",
        Step::Watch(_) => "watch",
        Step::TakeBack(_) => "take back",
        Step::GiveBack(..) => "give back",
        Step::WatchLate(_) => "look late",
    };
    told(facts).next(false).iter().map(name).collect()
}

#[test]
fn what_follows_from_each_fact_with_nobody_there() {
    let (left, ended) = (DeskFact::PixTryLeft { txid: txid() }, DeskFact::PixTryEnded { txid: txid() });
    let refused = DeskFact::PixTryRefused { txid: txid(), why: "HTTP 400".into() };
    let unknown = PixBack::Unknown { why: "silence".into() };
    let said_no = PixBack::Refused { why: "window".into() };
    for (facts, follows) in [
        (vec![started()], vec!["charge"]),
        (vec![started(), refused], vec![]),
        (vec![started(), charged()], vec!["take back"]),
        (vec![started(), charged(), left], vec!["take back"]),
        (vec![started(), charged(), ended.clone()], vec!["look late"]),
        (vec![started(), charged(), ended.clone(), forgotten()], vec![]),
        (vec![started(), charged(), paid("E1")], vec!["give back", "look late"]),
        (vec![started(), charged(), paid("E1"), asked("E1")], vec!["give back", "look late"]),
        (vec![started(), charged(), paid("E1"), asked("E1"), heard("E1", unknown)], vec!["give back", "look late"]),
        (
            vec![started(), charged(), paid("E1"), asked("E1"), heard("E1", PixBack::Pending), forgotten()],
            vec!["give back"],
        ),
        (vec![started(), charged(), paid("E1"), asked("E1"), heard("E1", said_no)], vec!["look late"]),
        (vec![started(), charged(), paid("E1"), asked("E1"), heard("E1", done())], vec!["look late"]),
        (vec![started(), charged(), ended, paid("E1")], vec!["give back", "look late"]),
    ] {
        assert_eq!(steps(&facts), follows, "{facts:?}");
    }
}

#[test]
fn a_cent_is_owed_until_its_charge_is_over_and_what_came_has_gone_back() {
    let refused = heard("E1", PixBack::Refused { why: "window".into() });
    let ended = DeskFact::PixTryEnded { txid: txid() };
    for (facts, owed) in [
        (vec![started()], true),
        (vec![started(), charged()], true),
        (vec![started(), charged(), ended], false),
        (vec![started(), charged(), paid("E1")], true),
        (vec![started(), charged(), paid("E1"), asked("E1"), heard("E1", PixBack::Pending)], true),
        (vec![started(), charged(), paid("E1"), asked("E1"), heard("E1", done())], false),
        (vec![started(), charged(), paid("E1"), asked("E1"), refused.clone()], true),
        (vec![started(), charged(), paid("E1"), asked("E1"), refused, settled()], false),
    ] {
        assert_eq!(told(&facts).is_owed(), owed, "{facts:?}");
    }
}

#[test]
fn somebody_before_the_code_has_it_watched_until_it_is_left() {
    assert_eq!(told(&[started(), charged()]).next(true), [Step::Watch(charge())]);
    let left = DeskFact::PixTryLeft { txid: txid() };
    assert_eq!(told(&[started(), charged(), left]).next(true), [Step::TakeBack(charge())]);
}

#[test]
fn a_devolucao_is_asked_again_under_the_id_it_was_first_asked_with() {
    let tried = told(&[started(), charged(), paid("E1"), asked("E1")]);
    let steps = tried.next(false);
    let [Step::GiveBack(_, back), _] = steps.as_slice() else { panic!("{tried:?}") };
    assert_eq!(back.id.as_deref(), Some("dE1"));
}

#[test]
fn each_pix_is_told_once_and_a_second_one_goes_back_too() {
    let tried = told(&[started(), charged(), paid("E1"), asked("E1"), heard("E1", done())]);
    assert_eq!(tried.seen(vec![receipt("E1", 0)]), []);
    assert_eq!(tried.seen(vec![receipt("E1", 0), receipt("E2", 1)]), [paid("E2")]);
    let twice = [started(), charged(), paid("E1"), asked("E1"), heard("E1", done()), paid("E2"), forgotten()];
    assert_eq!(steps(&twice), ["give back"]);
    assert!(!told(&twice).is_closed());
}

/// A person gave it back by hand before the totem came to it.
#[test]
fn of_a_pix_of_which_nothing_was_kept_nothing_goes_back() {
    let nothing = DeskFact::PixTryPaid { txid: txid(), receipt: receipt("E1", 0) };
    let facts = [started(), charged(), nothing, forgotten()];
    assert_eq!(steps(&facts), [""; 0]);
    assert!(told(&facts).is_closed());
}

#[test]
fn what_the_bank_will_not_give_back_is_a_persons_until_one_has_seen_to_it() {
    let said_no = heard("E1", PixBack::Refused { why: "window".into() });
    let mut facts = vec![started(), charged(), paid("E1"), asked("E1"), said_no, forgotten()];
    let tried = told(&facts);
    assert!(matches!(tried.needs(noon()).as_slice(), [Need::GiveBack(back)] if back.receipt.end_to_end == "E1"));
    assert!(!tried.is_closed());
    facts.push(settled());
    assert!(told(&facts).needs(noon()).is_empty() && told(&facts).is_closed());
}

#[test]
fn a_devolucao_of_which_the_bank_does_not_say_the_end_is_a_persons_after_an_hour() {
    let asked = [started(), charged(), paid("E1"), asked("E1")];
    for more in [None, Some(PixBack::Pending), Some(PixBack::Unknown { why: "silence".into() })] {
        let facts: Vec<DeskFact> = asked.iter().cloned().chain(more.map(|more| heard("E1", more))).collect();
        let tried = told(&facts);
        assert!(tried.needs(noon()).is_empty(), "{facts:?}");
        assert_eq!(tried.needs(noon() + SignedDuration::from_hours(1)).len(), 1, "{facts:?}");
    }
}

#[test]
fn a_bank_that_never_says_what_became_of_the_charge_is_a_persons_after_a_day() {
    let tried = told(&[started(), charged()]);
    assert!(tried.needs(noon()).is_empty());
    assert_eq!(tried.needs(noon() + SignedDuration::from_hours(24)), [Need::LookAtAccount]);
    assert!(told(&[started(), charged(), settled()]).is_closed());
}

#[test]
fn the_names_are_those_of_the_facts() {
    let facts = [
        started(),
        charged(),
        DeskFact::PixTryRefused { txid: txid(), why: String::new() },
        DeskFact::PixTryLeft { txid: txid() },
        DeskFact::PixTryEnded { txid: txid() },
        paid("E1"),
        asked("E1"),
        heard("E1", done()),
        forgotten(),
        settled(),
    ];
    assert_eq!(facts.each_ref().map(DeskFact::name), PIX_TRIES);
    assert!(facts.iter().all(|fact| fact.pix_try() == Some(TXID)));
}
