use super::*;
use crate::journey::step::{Asks, Step};
use crate::journey::{Couriers, Intent, Journey, Settings};
use crate::payment::Rules;
use crate::runtime::core::pad::Pad;
use crate::runtime::core::{Input, Site};
use crate::runtime::rhythm::Rhythm;

const CPF: &str = "52998224725";

struct Counter {
    core: Core,
    now: Timestamp,
}

impl Counter {
    fn opens(limits: CodeLimits) -> Counter {
        let now: Timestamp = "2026-11-22T15:00:00Z".parse().unwrap();
        let couriers = Couriers { email: true, sms: true };
        let settings = Settings { verify: Some(Asks::CodeSms), couriers, ..Settings::default() };
        let journey = Journey::new(settings, now);
        let mut core =
            Core::open(journey, Box::new(Pad::default()), Rules::default(), Rhythm::default(), Site::default(), now);
        let mut next = 100_000;
        let dice = move || {
            next += 1;
            Some(Typed::new(format!("{next:06}")))
        };
        core.send_codes(limits, Some(Box::new(dice)));
        Counter { core, now }
    }

    fn does(&mut self, input: Input) -> Vec<Call> {
        self.core.handle(input, self.now)
    }

    fn types(&mut self, text: &str) -> Vec<Call> {
        self.does(Input::Intent(Intent::Type { text: text.to_owned() }))
    }

    fn step(&mut self) -> String {
        // the view that was taken last is not given again
        match self.core.journey.take_change(self.now) {
            Some(view) => match view.step {
                Step::Trouble(trouble) => trouble.code.code().to_owned(),
                other => other.name().to_owned(),
            },
            None => String::new(),
        }
    }

    /// Types a CPF; the attempt of looking for its phone, if that is done.
    fn identifies(&mut self, cpf: &str) -> Option<Attempt> {
        let calls = self.types(cpf);
        calls.iter().find_map(|call| match call {
            Call::FindReach { attempt, .. } => Some(*attempt),
            _ => None,
        })
    }

    fn reaches(&mut self, attempt: Attempt, phone: Option<&str>) -> Option<(Attempt, Typed)> {
        let contact = phone.map(|value| Contact { kind: ContactKind::Phone, value: value.to_owned() });
        let answer = crate::runtime::call::Answer::Reach { attempt, result: Ok(contact) };
        self.does(Input::Answer(answer)).into_iter().find_map(|call| match call {
            Call::SendCode { attempt, code, .. } => Some((attempt, code)),
            _ => None,
        })
    }

    fn waits(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
        self.does(Input::Time);
    }

    fn leaves(&mut self) {
        self.does(Input::Intent(Intent::Back));
    }
}

fn finds_account(calls: &[Call]) -> bool {
    calls.iter().any(|call| matches!(call, Call::FindAccount { .. }))
}

#[test]
fn a_code_is_right_once_and_nobody_elses_is() {
    let mut counter = Counter::opens(CodeLimits::default());
    let attempt = counter.identifies(CPF).unwrap();
    let (_, code) = counter.reaches(attempt, Some("31900001234")).unwrap();
    assert!(!finds_account(&counter.types("999999")));
    assert!(finds_account(&counter.types(code.expose())));
    assert!(counter.core.codes.out.is_none(), "it is used up");
}

#[test]
fn nobody_gets_no_code_and_no_code_is_right_for_them() {
    let mut counter = Counter::opens(CodeLimits::default());
    let attempt = counter.identifies(CPF).unwrap();
    assert!(counter.reaches(attempt, None).is_none());
    assert_eq!(counter.step(), "verify");
    for code in ["100001", "000000", "      "] {
        assert!(!finds_account(&counter.types(code)));
    }
}

#[test]
fn a_code_that_is_typed_before_it_is_there_is_wrong() {
    let mut counter = Counter::opens(CodeLimits::default());
    counter.identifies(CPF);
    assert!(!finds_account(&counter.types("100001")));
    assert_eq!(counter.step(), "verify");
}

#[test]
fn a_code_is_good_for_five_minutes() {
    for (seconds, expected) in [(299, true), (300, false)] {
        let mut counter = Counter::opens(CodeLimits::default());
        let attempt = counter.identifies(CPF).unwrap();
        let (_, code) = counter.reaches(attempt, Some("31900001234")).unwrap();
        for _ in 0..seconds / 100 {
            counter.waits(100);
            // so that nobody thinks that they have left
            counter.does(Input::Intent(Intent::Erase));
        }
        counter.waits(seconds % 100);
        assert_eq!(finds_account(&counter.types(code.expose())), expected, "{seconds} s");
    }
}

#[test]
fn whoever_leaves_takes_the_code_along_and_a_late_answer_sends_nothing() {
    let mut counter = Counter::opens(CodeLimits::default());
    let first = counter.identifies(CPF).unwrap();
    counter.leaves();
    assert!(counter.reaches(first, Some("31900001234")).is_none());
    let second = counter.identifies(CPF).unwrap();
    let (_, code) = counter.reaches(second, Some("31900001234")).unwrap();
    counter.leaves();
    assert!(counter.core.codes.out.is_none());
    counter.identifies(CPF);
    assert!(!finds_account(&counter.types(code.expose())), "it was for the visit before");
}

#[test]
fn one_person_is_asked_for_so_often_in_an_hour_whether_there_is_such_a_person_or_not() {
    for phone in [Some("31900001234"), None] {
        let mut counter = Counter::opens(CodeLimits { per_person: 2, per_totem: 60 });
        for _ in 0..2 {
            let attempt = counter.identifies(CPF).unwrap();
            counter.reaches(attempt, phone);
            counter.leaves();
        }
        assert_eq!((counter.identifies(CPF), counter.step().as_str()), (None, "C7"));
        counter.leaves();
        assert!(counter.identifies("11144477735").is_some(), "another person is another matter");
        counter.leaves();
        counter.waits(3_600);
        assert!(counter.identifies(CPF).is_some());
    }
}

#[test]
fn one_totem_sends_so_many_codes_in_an_hour_and_then_looks_for_nobody() {
    let mut counter = Counter::opens(CodeLimits { per_person: 60, per_totem: 3 });
    for _ in 0..3 {
        let attempt = counter.identifies(CPF).unwrap();
        counter.reaches(attempt, Some("31900001234"));
        counter.leaves();
    }
    assert_eq!((counter.identifies("11144477735"), counter.step().as_str()), (None, "C7"));
    counter.leaves();
    counter.waits(3_600);
    assert!(counter.identifies(CPF).is_some());
}

#[test]
fn what_became_of_a_registered_address_is_told_to_nobody_until_it_holds_for_everybody() {
    let mut counter = Counter::opens(CodeLimits::default());
    let attempt = counter.identifies(CPF).unwrap();
    let (attempt, _) = counter.reaches(attempt, Some("31900001234")).unwrap();
    assert_eq!(counter.step(), "verify");
    let down = Delivery::Down("HTTP 401".to_owned());
    counter.does(Input::Answer(crate::runtime::call::Answer::CodeBrought { attempt, delivery: down }));
    assert_eq!(counter.step(), "", "the screen is the same");
    counter.leaves();
    counter.step();
    assert_eq!((counter.identifies("11144477735"), counter.step().as_str()), (None, "C6"), "now it is everybody's");
    counter.leaves();
    counter.waits(120);
    assert!(counter.identifies(CPF).is_some(), "after a while it is tried again");
}

#[test]
fn a_courier_that_is_gone_and_an_erp_that_is_gone_are_told() {
    let gone = erp::Error::Unreachable("no connection".to_owned());
    for (why, code) in [(NotReached::Courier("no connection".to_owned()), "C6"), (NotReached::Erp(gone), "E1")] {
        let mut counter = Counter::opens(CodeLimits::default());
        let attempt = counter.identifies(CPF).unwrap();
        counter.does(Input::Answer(crate::runtime::call::Answer::Reach { attempt, result: Err(why) }));
        assert_eq!(counter.step(), code);
    }
}

#[test]
fn a_lock_is_counted_once_for_whoever_looks_after_the_totem() {
    let mut counter = Counter::opens(CodeLimits::default());
    counter.identifies(CPF);
    for _ in 0..5 {
        counter.types("000000");
    }
    assert_eq!((counter.step().as_str(), counter.core.reading(counter.now).locks), ("C4", 1));
    counter.waits(1);
    assert_eq!(counter.core.reading(counter.now).locks, 1);
}

#[test]
fn a_registered_phone_is_a_mobile_one_and_an_address_has_its_sign() {
    let contact = |kind, value: &str| Contact { kind, value: value.to_owned() };
    let contacts = vec![
        contact(ContactKind::Phone, "(31) 3333-4444"),
        contact(ContactKind::Email, "não tem"),
        contact(ContactKind::Phone, "+55 (31) 90000-1234"),
        contact(ContactKind::Email, "ana@example.com; outra@example.com"),
    ];
    let found = |by| of_known(Ok(contacts.clone()), by).map(|contact| contact.value);
    assert_eq!(found(SendBy::Sms).as_deref(), Some("31900001234"));
    assert_eq!(found(SendBy::Email).as_deref(), Some("ana@example.com"));
    assert!(of_known(Err(erp::Error::Unreachable(String::new())), SendBy::Sms).is_none());
    assert!(of_known(Ok(contacts[..2].to_vec()), SendBy::Sms).is_none());
}

#[test]
fn the_systems_codes_are_six_digits_and_no_two_runs_are_alike() {
    let codes: Vec<Typed> = (0..200).filter_map(|_| thrown()).collect();
    assert!(codes.iter().all(|code| code.expose().len() == 6 && code.expose().bytes().all(|b| b.is_ascii_digit())));
    let mut different: Vec<&str> = codes.iter().map(Typed::expose).collect();
    different.sort_unstable();
    different.dedup();
    assert!(different.len() > 190, "{} of 200", different.len());
    assert!(is_same(&codes[0], &codes[0].clone()) && !is_same(&codes[0], &Typed::new("12345".to_owned())));
}
