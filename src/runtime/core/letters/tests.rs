use jiff::SignedDuration;

use super::*;
use crate::domain::service::Contact;
use crate::domain::{PaymentId, Pdf, TaxId};
use crate::journey::{Journey, Settings};
use crate::payment::Rules;
use crate::runtime::core::codes::CodeLimits;
use crate::runtime::core::pad::Pad;
use crate::runtime::core::{Input, Site};
use crate::runtime::rhythm::Rhythm;

const MARIA: &str = "52998224725";
const JOAO: &str = "11144477735";

struct Counter {
    core: Core,
    now: Timestamp,
    letters: u64,
}

impl Counter {
    fn opens() -> Counter {
        let now: Timestamp = "2026-11-22T15:00:00Z".parse().unwrap();
        let journey = Journey::new(Settings::default(), now);
        let (rules, rhythm, site) = (Rules::default(), Rhythm::default(), Site::default());
        let mut core = Core::open(journey, Box::new(Pad::default()), rules, rhythm, site, now);
        core.calls.clear();
        Counter { core, now, letters: 0 }
    }

    fn sends(&mut self, cpf: &str, kind: ContactKind, paper: Paper) -> Attempt {
        self.letters += 1;
        let attempt = Attempt(self.letters);
        let to = Contact { kind, value: "maria@example.com".into() };
        self.core.send_letter(attempt, Outgoing { who: TaxId::parse(cpf).unwrap(), to, paper }, self.now);
        attempt
    }

    fn sends_a_note(&mut self, cpf: &str) -> Attempt {
        self.sends(cpf, ContactKind::Email, note())
    }

    /// What was told of the last letter, if anything was.
    fn told(&mut self) -> Option<LetterNews> {
        let events = std::mem::take(&mut self.core.events);
        events.into_iter().rev().find_map(|event| match event {
            Event::LetterSent(_, news) => Some(news),
            _ => None,
        })
    }

    fn brought(&mut self) -> Vec<Mail> {
        let calls = std::mem::take(&mut self.core.calls);
        let mails = calls.into_iter().filter_map(|call| match call {
            Call::Post { work: PostWork::Bring(mail), .. } => Some(*mail),
            _ => None,
        });
        mails.collect()
    }
}

fn note() -> Paper {
    Paper::Document { title: DocumentTitle::FiscalNote, pdf: Pdf::new(b"%PDF-1.4 nota".to_vec()) }
}

fn ends(delivery: Delivery) -> PostDone {
    PostDone::Brought(Ok(delivery))
}

#[test]
fn one_person_is_sent_ten_papers_in_an_hour_and_nobody_else_pays_for_it() {
    let mut counter = Counter::opens();
    for _ in 0..10 {
        counter.sends_a_note(MARIA);
    }
    assert_eq!((counter.brought().len(), counter.told()), (10, None));
    counter.sends_a_note(MARIA);
    assert_eq!((counter.brought().len(), counter.told()), (0, Some(LetterNews::TooMany)));
    counter.sends_a_note(JOAO);
    assert_eq!((counter.brought().len(), counter.told()), (1, None));
    counter.now += SignedDuration::from_mins(61);
    counter.sends_a_note(MARIA);
    assert_eq!((counter.brought().len(), counter.told()), (1, None));
}

#[test]
fn a_totem_sends_so_many_papers_as_codes_and_takes_none_from_the_codes() {
    let mut counter = Counter::opens();
    counter.core.send_codes(CodeLimits { per_person: 5, per_totem: 2 }, None);
    for cpf in [MARIA, JOAO, "12345678909"] {
        counter.sends_a_note(cpf);
    }
    assert_eq!((counter.brought().len(), counter.told()), (2, Some(LetterNews::TooMany)));
    counter.core.send_code(
        Attempt(90),
        crate::journey::CodeFor::Registered {
            who: TaxId::parse(MARIA).unwrap(),
            by: crate::journey::step::SendBy::Email,
        },
        counter.now,
    );
    assert!(counter.core.calls.iter().any(|call| matches!(call, Call::FindReach { .. })));
}

#[test]
fn the_file_that_was_shown_is_what_goes_and_an_sms_carries_none() {
    let mut counter = Counter::opens();
    counter.sends_a_note(MARIA);
    counter.sends(MARIA, ContactKind::Phone, note());
    let [email, sms] = counter.brought().try_into().unwrap();
    let file = Enclosed::File(Pdf::new(b"%PDF-1.4 nota".to_vec()));
    assert_eq!(email.paper, Some(("nota-fiscal.pdf".to_owned(), file)));
    assert_eq!(sms.paper, None);
    // of a payment that nobody knows there is no receipt
    counter.sends(MARIA, ContactKind::Email, Paper::Receipt { payment: PaymentId(7), copy: false });
    assert_eq!((counter.brought().len(), counter.told()), (0, Some(LetterNews::Refused)));
}

#[test]
fn a_letter_on_its_way_is_cut_off_by_no_new_setting_and_is_told_once() {
    let mut counter = Counter::opens();
    assert!(counter.core.may_be_replaced());
    let attempt = counter.sends_a_note(MARIA);
    assert!(!counter.core.may_be_replaced());
    counter.core.post_done(attempt, ends(Delivery::Unknown("no answer in time".into())));
    assert!(counter.core.may_be_replaced());
    assert_eq!(counter.told(), Some(LetterNews::Unknown));
    counter.core.post_done(attempt, ends(Delivery::Sent));
    assert_eq!(counter.told(), None, "an answer to nothing is nothing");
    counter.core.handle(Input::Time, counter.now);
    assert_eq!(counter.core.reading(counter.now).letters.into_iter().collect::<Vec<_>>(), [(("email", "unknown"), 1)]);
}

#[test]
fn each_end_is_told_as_what_it_is() {
    let too_large = NotBrought::TooLarge(crate::courier::TooLarge(9_000_000));
    for (result, news) in [
        (Ok(Delivery::Sent), LetterNews::Sent),
        (Ok(Delivery::Refused("the server says 552".into())), LetterNews::Refused),
        (Ok(Delivery::Down("no connection".into())), LetterNews::Refused),
        (Ok(Delivery::Unknown("no answer in time".into())), LetterNews::Unknown),
        (Err(too_large), LetterNews::TooLarge),
        (Err(NotBrought::NotMade), LetterNews::Refused),
    ] {
        let mut counter = Counter::opens();
        let attempt = counter.sends_a_note(MARIA);
        counter.core.post_done(attempt, PostDone::Brought(result));
        assert_eq!(counter.told(), Some(news));
    }
}
