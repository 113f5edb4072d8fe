//! Customers and bills.

use totem::erp::{Capability, Error, WriteOffOutcome};

use crate::relay::Deed;
use crate::scene::{ANA, JOAO, MARIA, NOBODY, PEDRO, Scene, Told, cents, today};
use crate::subjects::{Booked, Subject};

pub fn found(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    let account = scene.account(MARIA);
    assert_eq!(account.customer.short_name(), "Maria S.");
    assert_eq!(account.customer.tax_id.plain(), MARIA);
    assert!(!account.customer.id.0.is_empty() && !account.contracts.is_empty(), "{account:?}");
    let plans: Vec<_> = account.contracts.iter().filter(|contract| contract.plan.is_empty()).collect();
    assert!(plans.is_empty(), "contracts without a plan: {plans:?}");
    Told::Well
}

pub fn several_contracts(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    let contracts = scene.account(JOAO).contracts;
    let ids: std::collections::BTreeSet<_> = contracts.iter().map(|contract| &contract.id).collect();
    assert!(ids.len() > 1 && ids.len() == contracts.len(), "{contracts:?}");
    Told::Well
}

/// Nobody can know whose bills may be shown, so nobody's are.
pub fn ambiguous(subject: &'static Subject) -> Told {
    let Some(twin) = subject.twin else { panic!("the stand-in's answer has to be doubled, or the ERP lacks this") };
    let scene = Scene::of(subject);
    assert!(scene.try_account(MARIA).unwrap().is_some(), "as long as there is one");
    let before = scene.relay.asked().len();
    scene.relay.order(1000, Deed::Rewrite(twin), |asked| !(subject.is_sign_in)(asked));
    let found = scene.try_account(MARIA);
    let Err(Error::Refused { why, .. }) = &found else { panic!("{found:?}") };
    assert!(why.contains("2 customers") && !why.contains(MARIA), "{why}");
    assert!(scene.relay.rewritten() > 0, "no answer was doubled");
    let asked = scene.relay.asked();
    let bills = asked[before..].iter().filter(|asked| asked.path.contains("titulo") || asked.path.contains("fatura"));
    assert_eq!(bills.count(), 0, "nobody's bills are asked for");
    Told::Well
}

pub fn not_found(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    assert_eq!(scene.try_account(NOBODY), Ok(None));
    Told::Well
}

pub fn nothing_owed(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    assert!(scene.account(ANA).invoices.is_empty());
    Told::Well
}

fn told(scene: &Scene, cpf: &str) -> Vec<Booked> {
    let invoices = scene.account(cpf).invoices;
    let booked = |bill: &totem::domain::Invoice| Booked {
        id: bill.id.0.clone(),
        due: bill.due.to_string(),
        cents: cents(bill.original),
    };
    let mut bills: Vec<Booked> = invoices.iter().map(booked).collect();
    bills.sort();
    bills
}

fn booked(scene: &Scene, cpf: &str) -> Vec<Booked> {
    let mut bills = (scene.subject.open_bills)(&scene.book(), cpf);
    bills.sort();
    bills
}

pub fn bills(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    for cpf in [MARIA, JOAO] {
        assert_eq!(told(&scene, cpf), booked(&scene, cpf));
    }
    let maria = scene.account(MARIA);
    let [bill] = maria.invoices.as_slice() else { panic!("one bill") };
    let charge = bill.charge_due(today()).expect("what an overdue bill comes to is known");
    assert!(charge.total() > bill.original, "fine and interest are asked for: {charge:?}");
    Told::Well
}

pub fn forms(subject: &'static Subject) -> Told {
    if subject.forms.is_empty() {
        return Told::NotAble;
    }
    for (form, write) in subject.forms {
        let scene = Scene::of(subject);
        scene.relay.order(1000, Deed::Rewrite(*write), |asked| !(subject.is_sign_in)(asked));
        for cpf in [MARIA, JOAO] {
            assert_eq!(told(&scene, cpf), booked(&scene, cpf), "{form}");
        }
        assert!(scene.relay.rewritten() > 0, "{form}: no answer has anything of the kind");
    }
    Told::Well
}

pub fn two_hundred(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    let bills = told(&scene, PEDRO);
    assert_eq!(bills.len(), 200);
    assert_eq!(bills, booked(&scene, PEDRO));
    Told::Well
}

pub fn factors(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    if !scene.can(Capability::Factors) {
        return Told::NotAble;
    }
    let account = scene.account(MARIA);
    let factors = scene.runtime.block_on(scene.erp.factors(&account.customer.id)).unwrap();
    assert!(factors.birth.is_none_or(|birth| birth == (18, 10)), "Maria was born on 18 October");
    assert!(factors.phones_last4.iter().all(|last| last.len() == 4));
    assert!(factors.birth.is_some() || !factors.phones_last4.is_empty(), "neither birthday nor phone");
    Told::Well
}

pub fn settled_elsewhere(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    scene.runtime.block_on(scene.erp.discover()).unwrap();
    if !scene.can(Capability::WriteOff) {
        return Told::NotAble;
    }
    let write_off = scene.write_off();
    assert!(scene.is_open(&write_off.bill));
    scene.settle_elsewhere(&write_off.bill);
    assert!(!scene.is_open(&write_off.bill), "the read before paying tells it");
    let outcome = scene.runtime.block_on(scene.erp.write_off(&write_off));
    assert_ne!(outcome, Ok(WriteOffOutcome::Applied));
    assert_eq!(scene.times_written_off(&write_off.bill), 0);
    Told::Well
}
