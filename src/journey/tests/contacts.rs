//! Contacts: changed by whoever has shown that the new one is theirs, or asked for where somebody at the provider looks.

use super::super::*;
use super::services::*;
use super::visit::*;
use crate::domain::ContractStatus;
use crate::domain::asked::{Ask, Told};
use crate::domain::changes::{Look, Seen};
use crate::domain::service::{Contact, ContactKind};
use crate::journey::step::{Detail, Question};

const AT_ONCE: Changing = Changing {
    due_day: false,
    contacts: true,
    contacts_are_requests: false,
    shows_contacts: false,
    notifications: false,
    digital_invoice: false,
    negotiation: false,
    visits: false,
    move_visit: false,
    cancel_visit: false,
    rate_visit: false,
    pause: false,
    app_password: false,
    accepts_contract: false,
    profile: false,
};

fn at_the_menu(changing: Changing, couriers: Couriers) -> Visit {
    let mut visit = Visit::with(Settings { couriers, ..Settings::default() });
    let serves = Serves { changing, ..Serves::default() };
    visit.on(Event::Abilities(Abilities { serves, ..Abilities::default() })).types(CPF).types("1705");
    let attempt = visit.attempt();
    let mut found = account(two_bills());
    found.account.contracts = vec![contract("1", ContractStatus::Active)];
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(found))) }).does(Intent::Services);
    visit
}

fn has(visit: &mut Visit, service: &str) -> bool {
    offered(visit).iter().any(|one| one == service)
}

fn kinds(visit: &mut Visit) -> Vec<String> {
    form(visit).options.into_iter().map(|option| option.id).collect()
}

#[test]
fn what_is_in_force_at_once_is_changed_only_with_a_code() {
    let (none, both) = (Couriers::default(), Couriers { email: true, sms: true });
    let mut visit = at_the_menu(AT_ONCE, none);
    assert!(!has(&mut visit, "contacts"), "a birthday would be enough to take an account over");
    assert_eq!(chooses(&mut visit, "contacts").step(), "services");
    let mut visit = at_the_menu(Changing { contacts_are_requests: true, ..AT_ONCE }, none);
    assert!(has(&mut visit, "contacts"), "somebody at the provider looks at it");
    let mut visit = at_the_menu(AT_ONCE, both);
    chooses(&mut visit, "contacts");
    assert_eq!(kinds(&mut visit), ["phone", "email"]);
    let mut visit = at_the_menu(AT_ONCE, Couriers { email: true, sms: false });
    chooses(&mut visit, "contacts");
    assert_eq!(form(&mut visit).asks, Question::NewEmail, "the only kind that a code can go to is not asked for");
    visit.types("maria@exemplo.com").does(Intent::Submit);
    assert_eq!(form(&mut visit).asks, Question::Code);
}

#[test]
fn none_is_said_to_be_registered_only_where_the_erp_shows_what_is() {
    let requests = Changing { contacts_are_requests: true, ..AT_ONCE };
    let told = |visit: &mut Visit| form(visit).options.into_iter().map(|option| option.detail).collect::<Vec<_>>();
    let mut visit = at_the_menu(requests, Couriers::default());
    chooses(&mut visit, "contacts");
    assert_eq!(told(&mut visit), [None, None], "nobody asked this ERP");
    let mut visit = at_the_menu(Changing { shows_contacts: true, ..requests }, Couriers::default());
    chooses(&mut visit, "contacts");
    assert_eq!(asked(&visit).1, Ask::Look(Look::Contacts));
    let email = Contact { kind: ContactKind::Email, value: "maria@example.com".into() };
    answers(&mut visit, Told::Seen(Box::new(Seen::Contacts(vec![email]))));
    assert_eq!(told(&mut visit), [Some(Detail::Contact { registered: false }), None]);
}
