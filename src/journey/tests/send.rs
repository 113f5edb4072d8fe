//! A bill sent to the address that the provider knows.

use super::super::*;
use super::visit::*;
use crate::domain::service::Channel;
use crate::domain::{ConfirmedBy, PixCharge};
use crate::journey::step::SendNews;
use crate::payment::Standing;

fn may_send(visit: &mut Visit) -> bool {
    visit.view().actions.contains(&"send")
}

fn news(visit: &mut Visit) -> Option<SendNews> {
    match visit.view().step {
        Step::Boleto(shown) => shown.sending.and_then(|sending| sending.sent),
        Step::Pix(shown) => shown.sending.and_then(|sending| sending.sent),
        other => panic!("{}", other.name()),
    }
}

/// Before the boleto of a bill whose line is known.
fn at_boleto(abilities: Abilities) -> Visit {
    let mut visit = Visit::begins();
    visit.on(Event::Abilities(abilities)).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Details { id: "90".into() }).does(Intent::ShowBoleto);
    let attempt = visit.attempt();
    let boleto = Some(slip());
    visit.on(Event::Boleto { attempt, result: Ok(boleto) });
    assert_eq!(visit.step(), "boleto");
    visit
}

fn by_email() -> Abilities {
    Abilities { sends: Ways { email: true, ..Ways::default() }, ..Abilities::default() }
}

#[test]
fn a_boleto_is_sent_once_and_what_became_of_it_is_told() {
    let mut visit = at_boleto(by_email());
    assert!(may_send(&mut visit));
    visit.does(Intent::Send);
    let attempt = visit.attempt();
    assert_eq!((news(&mut visit), may_send(&mut visit)), (Some(SendNews::Sending), false));
    visit.on(Event::Sent { attempt, news: SendNews::Sent });
    assert_eq!((news(&mut visit), may_send(&mut visit)), (Some(SendNews::Sent), false));
}

#[test]
fn what_was_refused_may_be_wished_again_and_what_nobody_knows_may_not() {
    for (told, again) in [(SendNews::Refused, true), (SendNews::Unknown, false)] {
        let mut visit = at_boleto(by_email());
        visit.does(Intent::Send);
        let attempt = visit.attempt();
        visit.on(Event::Sent { attempt, news: told });
        assert_eq!((news(&mut visit), may_send(&mut visit)), (Some(told), again));
    }
}

#[test]
fn of_several_ways_one_is_chosen_and_back_leads_to_the_boleto() {
    let every = Ways { email: true, sms: true, push: true };
    let mut visit = at_boleto(Abilities { sends: every, ..Abilities::default() });
    visit.does(Intent::Send);
    let Step::Form(form) = visit.view().step else { panic!("{}", visit.step()) };
    let ways: Vec<_> = form.options.iter().map(|option| option.id.as_str()).collect();
    assert_eq!(ways, ["email", "sms", "push"]);
    visit.does(Intent::Back);
    assert_eq!((visit.step(), news(&mut visit)), ("boleto", None));
    for (chosen, expected) in [("email", Channel::Email), ("sms", Channel::Sms), ("push", Channel::Push)] {
        let mut visit = at_boleto(Abilities { sends: every, ..Abilities::default() });
        visit.does(Intent::Send).does(Intent::Choose { option: chosen.into() });
        let Some(Command::SendBill { by, to: None, .. }) = visit.commands.last() else { panic!() };
        assert_eq!((*by, news(&mut visit)), (expected, Some(SendNews::Sending)));
    }
}

#[test]
fn an_erp_that_sends_nothing_offers_nothing() {
    let mut visit = at_boleto(Abilities::default());
    assert!(!may_send(&mut visit));
    visit.does(Intent::Send);
    assert_eq!(news(&mut visit), None);
}

#[test]
fn only_the_erps_own_code_can_be_sent_from_the_pix_screen() {
    for (confirmed_by, expected) in [(ConfirmedBy::Erp, true), (ConfirmedBy::Bank, false), (ConfirmedBy::Person, false)]
    {
        let mut visit = Visit::begins();
        visit.on(Event::Abilities(by_email())).types(CPF).types("1705");
        let attempt = visit.attempt();
        let one = vec![two_bills().remove(0)];
        visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(one.clone())))) });
        visit.does(Intent::Pay).prepared(one);
        visit.does(Intent::Choose { option: "pix".into() });
        let attempt = visit.attempt();
        visit.on(Event::PaymentOpened { attempt, payment: crate::domain::PaymentId(2_611_220_001) });
        let charge = PixCharge {
            provider: "erp_code".into(),
            txid: "1".into(),
            payload: "00020126".into(),
            confirmed_by,
            expires_in_s: None,
        };
        let payment = crate::domain::PaymentId(2_611_220_001);
        visit.on(Event::PaymentStands { payment, standing: Standing::PixShown(charge) });
        assert_eq!(visit.step(), "pix");
        assert_eq!(may_send(&mut visit), expected, "{confirmed_by:?}");
    }
}
