//! What a customer gets beside bills.

use totem::domain::service::{Change, Channel, NewTicket};
use totem::domain::{BillRef, ContractId, CustomerId};
use totem::erp::{Capability, Error};

use crate::relay::{Asked, Deed};
use crate::scene::{ANA, MARIA, Scene, Told};
use crate::subjects::Subject;

/// A scene whose ERP can do this, after it was found out.
fn able(subject: &'static Subject, capability: Capability) -> Option<Scene> {
    let scene = Scene::of(subject);
    scene.runtime.block_on(scene.erp.discover()).unwrap();
    scene.can(capability).then_some(scene)
}

struct Maria {
    customer: CustomerId,
    contract: ContractId,
    bill: BillRef,
}

fn maria(scene: &Scene) -> Maria {
    let account = scene.account(MARIA);
    let contract = account.contracts[0].id.clone();
    let (bill, _) = scene.bill();
    Maria { customer: account.customer.id, contract, bill }
}

pub fn contacts(subject: &'static Subject) -> Told {
    let Some(scene) = able(subject, Capability::Contacts) else { return Told::NotAble };
    let contacts = scene.runtime.block_on(scene.erp.contacts(&maria(&scene).customer)).unwrap();
    assert!(!contacts.is_empty() && contacts.iter().all(|contact| !contact.value.trim().is_empty()));
    Told::Well
}

pub fn paid_bills(subject: &'static Subject) -> Told {
    let Some(scene) = able(subject, Capability::PaidBills) else { return Told::NotAble };
    let ana = scene.account(ANA).customer.id;
    let bills = scene.runtime.block_on(scene.erp.paid_bills(&ana)).unwrap();
    assert!(!bills.is_empty() && bills.iter().all(|bill| !bill.amount.is_zero()), "{bills:?}");
    assert!(bills.is_sorted_by(|newer, older| newer.paid_on >= older.paid_on), "{bills:?}");
    Told::Well
}

fn ticket(contract: &ContractId) -> NewTicket {
    NewTicket {
        contract: contract.clone(),
        kind: None,
        subject: "Sem conexão".to_owned(),
        text: "desde ontem".to_owned(),
        name: "Maria S.".to_owned(),
        phone: "31900001234".to_owned(),
    }
}

pub fn unlock(subject: &'static Subject) -> Told {
    let Some(scene) = able(subject, Capability::TrustUnlock) else { return Told::NotAble };
    let maria = maria(&scene);
    let outcome = scene.runtime.block_on(scene.erp.unlock_on_trust(&maria.customer, &maria.contract)).unwrap();
    assert!(matches!(outcome, Change::Done(_)), "{outcome:?}");
    Told::Well
}

pub fn open_ticket(subject: &'static Subject) -> Told {
    let Some(scene) = able(subject, Capability::OpenTicket) else { return Told::NotAble };
    let maria = maria(&scene);
    let outcome = scene.runtime.block_on(scene.erp.open_ticket(&maria.customer, &ticket(&maria.contract))).unwrap();
    let Change::Done(protocol) = outcome else { panic!("{outcome:?}") };
    assert!(!protocol.trim().is_empty());
    if scene.can(Capability::Tickets) {
        let tickets = scene.runtime.block_on(scene.erp.tickets(&maria.customer)).unwrap();
        assert!(tickets.iter().any(|ticket| ticket.protocol == protocol), "{protocol} is not in {tickets:?}");
    }
    Told::Well
}

pub fn sent(subject: &'static Subject) -> Told {
    let channels = [(Capability::SendByEmail, Channel::Email), (Capability::SendBySms, Channel::Sms)];
    let mut told = Told::NotAble;
    for (capability, channel) in channels {
        let Some(scene) = able(subject, capability) else { continue };
        let outcome = scene.runtime.block_on(scene.erp.send_bill(&maria(&scene).bill, channel, None));
        assert_eq!(outcome, Ok(Change::Done(())), "{channel:?}");
        told = Told::Well;
    }
    told
}

/// Every call that changes something, with its answer lost on the way.
pub fn answer_lost(subject: &'static Subject) -> Told {
    let mut told = Told::NotAble;
    for capability in [Capability::TrustUnlock, Capability::OpenTicket, Capability::SendByEmail] {
        let Some(scene) = able(subject, capability) else { continue };
        let maria = maria(&scene);
        let before = scene.relay.asked().len();
        let changes = |asked: &Asked| asked.method != "GET" && !(subject.is_sign_in)(asked);
        scene.relay.order(1000, Deed::LoseAnswer, changes);
        let unknown = scene.runtime.block_on(async {
            match capability {
                Capability::TrustUnlock => {
                    is_unknown(&scene.erp.unlock_on_trust(&maria.customer, &maria.contract).await)
                }
                Capability::OpenTicket => {
                    is_unknown(&scene.erp.open_ticket(&maria.customer, &ticket(&maria.contract)).await)
                }
                _ => is_unknown(&scene.erp.send_bill(&maria.bill, Channel::Email, None).await),
            }
        });
        assert!(unknown, "{capability:?}");
        let mut asked: Vec<(String, String)> = scene.relay.asked()[before..]
            .iter()
            .filter(|asked| changes(asked))
            .map(|asked| (asked.path.clone(), asked.body.clone()))
            .collect();
        let all = asked.len();
        asked.sort();
        asked.dedup();
        assert!(all > 0 && asked.len() == all, "{capability:?} was sent again: {asked:?}");
        told = Told::Well;
    }
    told
}

/// A driver that reads by POST before it changes anything may be stopped there.
fn is_unknown<T>(outcome: &Result<Change<T>, Error>) -> bool {
    matches!(outcome, Ok(Change::Unknown { .. }) | Err(Error::Unreachable(_)))
}
