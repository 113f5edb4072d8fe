//! How a payment is begun: where the disk has room for it, and under a name at the bank that no other has.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::civil::date;

use super::pad::Pad;
use super::*;
use crate::domain::{Charge, Customer, Money, ReceiptHeads};
use crate::journal::{Journal, JournalKey};
use crate::journey::Attempt;
use crate::journey::step::TroubleCode;
use crate::journey::{Order, Settings};
use crate::payment::{Item, Method};
use crate::runtime::book::Book;

fn noon() -> Timestamp {
    "2026-11-22T15:00:00Z".parse().unwrap()
}

fn desk(ledger: impl Ledger + 'static) -> Core {
    let journey = Journey::new(Settings::default(), noon());
    Core::open(journey, Box::new(ledger), Rules::default(), Rhythm::default(), Site::default(), noon())
}

fn order(invoice: &str) -> Order {
    let none = Money::ZERO;
    let charge = Charge { principal: Money::from_cents(100), fine: none, interest: none, discount: none };
    Order {
        customer: Customer {
            id: "81593".into(),
            name: "MARIA EXEMPLO".into(),
            tax_id: TaxId::parse("52998224725").unwrap(),
        },
        items: vec![Item {
            invoice: invoice.into(),
            contracts: Vec::new(),
            number: invoice.into(),
            description: String::new(),
            due: date(2026, 11, 10),
            charge,
            identifier: None,
            receipt_heads: ReceiptHeads::default(),
        }],
        method: Method::Pix,
    }
}

#[test]
fn without_room_a_payment_is_refused_and_those_under_way_go_on_until_there_is_room_again() {
    let disk = Pad::default();
    let mut core = desk(disk.clone());
    core.pay(Attempt(1), &order("90"), noon());
    let [Event::PaymentOpened { payment: first, .. }] = core.events[core.events.len() - 1..] else { panic!() };
    disk.is_narrow.store(true, Ordering::SeqCst);
    core.pay(Attempt(2), &order("91"), noon());
    assert!(
        matches!(core.events.last(), Some(Event::PaymentRefused { attempt: Attempt(2), why: TroubleCode::NoRoom })),
        "{:?}",
        core.events
    );
    assert_eq!(TroubleCode::NoRoom.code(), "J1");
    let calls = core.handle(Input::Time, noon());
    assert!(calls.iter().any(|call| matches!(call, Call::ChargePix { payment, .. } if *payment == first)), "{calls:?}");
    disk.is_narrow.store(false, Ordering::SeqCst);
    core.pay(Attempt(3), &order("91"), noon());
    assert!(matches!(core.events.last(), Some(Event::PaymentOpened { attempt: Attempt(3), .. })), "{:?}", core.events);
}

#[test]
fn of_one_journal_in_one_instant_no_two_pix_orders_have_one_txid() {
    let dir = tempfile::tempdir().unwrap();
    let key = JournalKey::load_or_create(dir.path()).unwrap();
    let journal = Journal::open(&dir.path().join("journal.db"), &key).unwrap();
    let core = desk(Book::open(journal, key, Arc::default()));
    // as after the state folder was put back: the same number, and the same clock
    let [one, other] = [(); 2].map(|()| core.new_txid("txid 2611220001", noon()));
    assert_ne!(one, other);
    assert!(one.len() == 32 && one.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{one}");
}
