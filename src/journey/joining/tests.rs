//! Somebody becomes a customer, with a provider that answers what it is made to answer.

use jiff::{SignedDuration, Timestamp};

use super::*;
use crate::domain::Money;
use crate::domain::joining::{JoinBy, Offer, Place};
use crate::domain::service::Named;
use crate::journey::{Abilities, Event, Settings, Step};

const EVERYTHING: Joins = Joins {
    by: JoinBy::Prospect,
    address: true,
    city: true,
    complement: true,
    product: true,
    due_day: true,
    birth: true,
    email: true,
};

struct Visit {
    journey: Journey,
    now: Timestamp,
    /// What waits for an answer.
    asked: Option<(Attempt, JoinAsk)>,
}

impl Visit {
    fn begun(joins: Joins) -> Visit {
        let now: Timestamp = "2026-11-28T15:00:00Z".parse().unwrap();
        let journey = Journey::new(Settings::default(), now);
        let mut visit = Visit { journey, now, asked: None };
        visit.meets(Event::Abilities(Abilities { joins: Some(joins), ..Abilities::default() }));
        visit.does(Intent::Join);
        visit
    }

    fn meets(&mut self, event: Event) {
        for command in self.journey.handle(event, self.now) {
            if let Command::Join { attempt, ask } = command {
                assert!(self.asked.is_none(), "asked twice: {ask:?}");
                self.asked = Some((attempt, ask));
            }
        }
    }

    fn does(&mut self, intent: Intent) {
        self.meets(Event::Customer(intent));
    }

    fn answers(&mut self, text: &str) {
        self.does(Intent::Clear);
        self.does(Intent::Type { text: text.to_owned() });
        self.does(Intent::Submit);
    }

    fn chooses(&mut self, option: &str) {
        self.does(Intent::Choose { option: option.to_owned() });
    }

    fn is_told(&mut self, told: JoinTold) -> JoinAsk {
        let (attempt, ask) = self.asked.take().expect("nothing was asked");
        self.meets(Event::Joined { attempt, told: Ok(told) });
        ask
    }

    fn shown(&mut self) -> Step {
        self.journey.view(self.now).step
    }

    fn form(&mut self) -> crate::journey::step::Form {
        match self.shown() {
            Step::Form(form) => form,
            step => panic!("{}", step.name()),
        }
    }

    fn asks(&mut self) -> Question {
        self.form().asks
    }

    /// From the consent to the products, at an address that was found.
    fn at_home(&mut self) {
        self.does(Intent::Submit);
        self.answers("30140071");
        self.is_told(JoinTold::Address(Some(home())));
        self.chooses(FOUND);
        self.answers("102");
        self.answers("casa A");
    }

    fn fills_everything_in(&mut self) {
        self.at_home();
        self.is_told(JoinTold::Offers(offers(2)));
        self.chooses("1");
        self.is_told(JoinTold::DueDays(vec![Named { id: "9".into(), name: "dia 20".into() }]));
        self.chooses("9");
        for text in ["52998224725", "Ana Inventada da Silva", "29022000", "31900001234", "ANA@example.com"] {
            self.answers(text);
        }
    }
}

fn home() -> Place {
    Place {
        street: "Rua Inventada".into(),
        district: "Savassi".into(),
        city: "Belo Horizonte".into(),
        state: "MG".into(),
    }
}

fn offers(count: usize) -> Vec<Offer> {
    let offer = |id: usize| Offer {
        id: id.to_string(),
        name: format!("FIBRA {id}00"),
        price: Some(Money::from_cents(9_990)),
        about: "TV com 80 canais".into(),
    };
    (0..count).map(offer).collect()
}

#[test]
fn everything_that_the_erp_wants_is_asked_once_and_sent_once() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.fills_everything_in();
    let form = visit.form();
    assert_eq!(form.asks, Question::Confirm);
    let said: Vec<&str> = form.answers.iter().map(|answer| answer.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "Rua Inventada, 102, casa A, Savassi, Belo Horizonte - MG, CEP 30140-071",
            "FIBRA 100 · R$ 99,90",
            "dia 20",
            "***.***.*47-25",
            "Ana Inventada da Silva",
            "29/02/2000",
            "31900001234",
            "ana@example.com",
        ]
    );
    visit.does(Intent::Submit);
    // a second touch in the same moment finds nothing to confirm
    visit.does(Intent::Submit);
    let ask = visit.is_told(JoinTold::Registered(Change::Done(Some("700".into()))));
    let JoinAsk::Register { by: JoinBy::Prospect, prospect } = ask else { panic!("{ask:?}") };
    assert_eq!((prospect.street.as_str(), prospect.state.as_str()), ("Rua Inventada", "MG"));
    assert_eq!((prospect.product.as_deref(), prospect.price), (Some("1"), Some(Money::from_cents(9_990))));
    assert_eq!(prospect.tax_id, "52998224725");
    assert_eq!(prospect.note, "Pedido feito no totem. Plano: FIBRA 100. Vencimento: dia 20");
    let Step::Notice(notice) = visit.shown() else { panic!("{}", visit.shown().name()) };
    assert_eq!((notice.outcome, notice.protocol.as_deref()), (Outcome::Done, Some("700")));
    assert!(visit.journey.session.joining.is_none(), "what was typed is forgotten at once");
}

#[test]
fn nobody_is_asked_for_what_the_erp_does_not_take() {
    let little = Joins {
        by: JoinBy::Lead,
        address: false,
        city: false,
        complement: false,
        product: false,
        due_day: false,
        birth: false,
        email: false,
    };
    let mut visit = Visit::begun(little);
    let mut asked = Vec::new();
    for text in ["", "52998224725", "Ana Inventada", "31900001234"] {
        asked.push(visit.asks());
        visit.answers(text);
    }
    assert_eq!(asked, [Question::Consent, Question::TaxId, Question::Name, Question::Phone]);
    assert_eq!(visit.asks(), Question::Confirm);
}

#[test]
fn a_company_has_no_birthday() {
    let mut visit = Visit::begun(Joins { address: false, product: false, due_day: false, ..EVERYTHING });
    visit.does(Intent::Submit);
    visit.answers("12abc34501de35");
    assert_eq!(visit.asks(), Question::Name);
    visit.answers("Padaria");
    assert_eq!(visit.asks(), Question::Phone);
}

#[test]
fn an_address_that_nobody_knows_is_typed_and_one_that_is_wrong_too() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.does(Intent::Submit);
    visit.answers("30140071");
    visit.is_told(JoinTold::Address(None));
    let mut asked = Vec::new();
    for text in ["Rua Sete", "S/N", "", "Centro", "Cidade Exemplo", "mg"] {
        asked.push(visit.asks());
        visit.answers(text);
    }
    use Question::{City, Complement, District, HouseNumber, State, Street};
    assert_eq!(asked, [Street, HouseNumber, Complement, District, City, State]);
    visit.is_told(JoinTold::Offers(offers(1)));

    let mut other = Visit::begun(EVERYTHING);
    other.does(Intent::Submit);
    other.answers("30140071");
    other.is_told(JoinTold::Address(Some(home())));
    assert_eq!(other.form().options[0].text, "Rua Inventada, Savassi, Belo Horizonte - MG");
    other.chooses(TYPED);
    assert_eq!(other.asks(), Street);
}

#[test]
fn a_town_of_one_cep_is_asked_for_its_street_alone() {
    let town = Place { street: String::new(), district: String::new(), ..home() };
    let mut visit = Visit::begun(EVERYTHING);
    visit.does(Intent::Submit);
    visit.answers("35560000");
    visit.is_told(JoinTold::Address(Some(town)));
    let mut asked = Vec::new();
    for text in ["Rua Sete", "7", "", "Centro"] {
        asked.push(visit.asks());
        visit.answers(text);
    }
    assert_eq!(asked, [Question::Street, Question::HouseNumber, Question::Complement, Question::District]);
    assert!(matches!(visit.asked, Some((_, JoinAsk::Offers { .. }))));
}

#[test]
fn going_back_keeps_what_was_typed_and_asks_the_provider_nothing_twice() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.at_home();
    visit.is_told(JoinTold::Offers(offers(2)));
    visit.does(Intent::Back);
    assert_eq!((visit.asks(), visit.form().typed.as_str()), (Question::Complement, "casa A"));
    visit.does(Intent::Back);
    assert_eq!(visit.form().typed, "102");
    visit.does(Intent::Submit);
    visit.does(Intent::Submit);
    assert_eq!(visit.asks(), Question::Product);
    assert!(visit.asked.is_none());
    // another CEP has other products
    for _ in 0..4 {
        visit.does(Intent::Back);
    }
    visit.answers("35560000");
    visit.is_told(JoinTold::Address(None));
    assert_eq!(visit.asks(), Question::Street);
}

#[test]
fn what_was_chosen_at_another_cep_and_is_not_sold_here_is_chosen_again() {
    let mut visit = Visit::begun(Joins { due_day: false, birth: false, email: false, ..EVERYTHING });
    visit.at_home();
    visit.is_told(JoinTold::Offers(offers(2)));
    visit.chooses("1");
    for _ in 0..5 {
        visit.does(Intent::Back);
    }
    assert_eq!(visit.asks(), Question::Cep);
    visit.answers("35560000");
    visit.is_told(JoinTold::Address(Some(home())));
    visit.chooses(FOUND);
    visit.does(Intent::Submit);
    visit.does(Intent::Submit);
    visit.is_told(JoinTold::Offers(offers(1)));
    assert!(visit.form().options.iter().all(|option| !option.chosen));
    visit.chooses("0");
    assert_eq!(visit.asks(), Question::TaxId);
}

#[test]
fn where_nothing_is_sold_it_is_said_and_the_cep_can_be_put_right() {
    for told in [JoinTold::Offers(Vec::new()), JoinTold::NotServed { why: "Nenhuma cidade".into() }] {
        let mut visit = Visit::begun(EVERYTHING);
        visit.at_home();
        visit.is_told(told);
        let Step::Trouble(trouble) = visit.shown() else { panic!("{}", visit.shown().name()) };
        assert_eq!((trouble.code, trouble.can_go_back), (TroubleCode::NotServed, true));
        visit.does(Intent::Back);
        assert_eq!((visit.asks(), visit.form().typed.as_str()), (Question::Complement, "casa A"));
    }
}

#[test]
fn a_provider_that_is_gone_half_way_is_asked_again_and_nothing_is_lost() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.at_home();
    let (attempt, _) = visit.asked.take().unwrap();
    visit.meets(Event::Joined { attempt, told: Err(Failure::Down) });
    assert_eq!(visit.shown().name(), "trouble");
    visit.does(Intent::Retry);
    visit.is_told(JoinTold::Offers(offers(1)));
    assert_eq!(visit.asks(), Question::Product);
}

#[test]
fn a_refusal_is_told_in_the_providers_words_and_can_be_put_right() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.fills_everything_in();
    visit.does(Intent::Submit);
    visit.is_told(JoinTold::Registered(Change::Refused { why: "este CPF ou CNPJ já foi cadastrado".into() }));
    let Step::Notice(notice) = visit.shown() else { panic!("{}", visit.shown().name()) };
    assert_eq!(notice.words.as_deref(), Some("este CPF ou CNPJ já foi cadastrado"));
    visit.does(Intent::Back);
    assert_eq!(visit.asks(), Question::Confirm);
    visit.does(Intent::Back);
    assert_eq!(visit.form().typed, "ana@example.com");
}

#[test]
fn silence_to_the_request_is_an_unknown_end_and_the_form_is_gone() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.fills_everything_in();
    visit.does(Intent::Submit);
    visit.now += SignedDuration::from_secs(91);
    visit.meets(Event::Time);
    let Step::Notice(notice) = visit.shown() else { panic!("{}", visit.shown().name()) };
    assert_eq!(notice.outcome, Outcome::Unknown);
    assert!(visit.journey.session.joining.is_none());
    // the answer comes late, to nobody
    visit.is_told(JoinTold::Registered(Change::Done(Some("700".into()))));
    assert!(matches!(visit.shown(), Step::Notice(notice) if notice.outcome == Outcome::Unknown));
}

#[test]
fn whoever_walks_away_in_the_middle_is_forgotten() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.at_home();
    visit.is_told(JoinTold::Offers(offers(1)));
    for seconds in [46, 21] {
        visit.now += SignedDuration::from_secs(seconds);
        visit.meets(Event::Time);
    }
    assert_eq!(visit.shown().name(), "identify");
    assert!(visit.journey.session.joining.is_none());
    visit.does(Intent::Join);
    visit.does(Intent::Submit);
    assert_eq!(visit.form().typed, "");
}

#[test]
fn an_address_that_takes_too_long_is_typed() {
    let mut visit = Visit::begun(EVERYTHING);
    visit.does(Intent::Submit);
    visit.answers("30140071");
    visit.now += SignedDuration::from_secs(11);
    visit.meets(Event::Time);
    visit.does(Intent::Cancel);
    assert_eq!(visit.asks(), Question::Street);
}

#[test]
fn nobody_becomes_a_customer_where_the_erp_cannot_or_the_site_does_not_want_it() {
    let now: Timestamp = "2026-11-28T15:00:00Z".parse().unwrap();
    let unwanted = Settings {
        join: crate::journey::JoinChoices { offered: false, ..Settings::default().join },
        ..Settings::default()
    };
    for (settings, joins) in [(Settings::default(), None), (unwanted, Some(EVERYTHING))] {
        let mut journey = Journey::new(settings, now);
        journey.handle(Event::Abilities(Abilities { joins, ..Abilities::default() }), now);
        assert!(!journey.actions(now).contains(&"join"));
        journey.handle(Event::Customer(Intent::Join), now);
        assert_eq!(journey.view(now).step.name(), "identify");
    }
}
