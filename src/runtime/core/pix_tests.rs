//! The core's pace with a bank's charges.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;

use super::pad::Pad;
use super::*;
use crate::domain::{Charge, ConfirmedBy, Money, PixCharge};
use crate::journey::{Attempt, Settings};
use crate::payment::{Item, Method, Payer};
use crate::pix;

const ID: PaymentId = PaymentId(2_611_220_001);

/// A desk with the code of a bank before a customer.
fn watching(now: Timestamp) -> Core {
    let journey = Journey::new(Settings::default(), now);
    let site = Site::default();
    let mut core = Core::open(journey, Box::new(Pad::default()), Rules::default(), Rhythm::default(), site, now);
    let charge =
        Charge { principal: Money::from_cents(100), fine: Money::ZERO, interest: Money::ZERO, discount: Money::ZERO };
    let opened = Fact::Opened {
        payer: Payer {
            customer: "81593".into(),
            short_name: "Maria S.".into(),
            tax_id_hash: "00".into(),
            tax_id_masked: "***".into(),
        },
        items: vec![Item {
            invoice: "90".into(),
            contracts: Vec::new(),
            number: "90".into(),
            description: String::new(),
            due: date(2026, 11, 10),
            charge,
            identifier: None,
            receipt_heads: crate::domain::ReceiptHeads::default(),
        }],
        method: Method::Pix,
        local: date(2026, 11, 22).at(10, 0, 0, 0),
    };
    let charged = PixCharge {
        provider: "banco".into(),
        txid: "a".repeat(32),
        payload: "0002".into(),
        confirmed_by: ConfirmedBy::Bank,
        expires_in_s: Some(300),
    };
    let entry = |fact| Entry { payment: ID, at: now, fact };
    let facts =
        [opened, Fact::PixStarted { txid: charged.txid.clone() }, Fact::PixCharged { charge: charged }].map(entry);
    let mut live = Live::from_entries(&facts).unwrap();
    live.watched_since = Some(now);
    core.live.insert(ID, live);
    core
}

fn looks(calls: &[Call]) -> usize {
    calls.iter().filter(|call| matches!(call, Call::LookPix { .. })).count()
}

#[test]
fn a_bank_that_fails_to_answer_is_looked_at_again_at_the_usual_pace_while_the_customer_waits() {
    let mut now = Timestamp::UNIX_EPOCH;
    let mut core = watching(now);
    assert_eq!(looks(&core.handle(Input::Time, now)), 1);
    for _ in 0..10 {
        let lost = Err(pix::Error::Unreachable("no answer in time".into()));
        core.handle(Input::Answer(Answer::PixLooked { payment: ID, result: lost }), now);
        now += Duration::from_secs(3);
        assert_eq!(looks(&core.handle(Input::Time, now)), 1, "after {now}");
    }
    let paid =
        pix::PixState::Paid { amount: Money::from_cents(100), end_to_end: "E1".into(), at: now, others: Vec::new() };
    let calls = core.handle(Input::Answer(Answer::PixLooked { payment: ID, result: Ok(paid) }), now);
    assert!(calls.iter().any(|call| matches!(call, Call::WriteOff { .. })));
}

#[test]
fn a_bill_whose_code_may_still_be_paid_is_not_negotiated() {
    use crate::domain::asked::{Ask, Told};
    use crate::domain::changes::{Look, Offer, Wish};
    use crate::domain::service::Change;
    use crate::domain::{Customer, TaxId};

    let mut core = watching(Timestamp::UNIX_EPOCH);
    let tax_id = TaxId::parse("52998224725").unwrap();
    let customer = Customer { id: "81593".into(), name: String::new(), tax_id };
    let bills = vec!["90".into(), "91".into()];
    core.serve(Attempt(1), customer.clone(), Ask::Look(Look::Offers { bills }));
    let Some(Call::Serve { ask: Ask::Look(Look::Offers { bills }), .. }) = core.calls.pop() else { panic!() };
    assert_eq!(bills, [crate::domain::InvoiceId::from("91")], "of the two only the one that nobody is paying");
    let calls = core.calls.len();
    let offer = Offer {
        id: "1".into(),
        bills: vec!["91".into(), "90".into()],
        rule: None,
        fine: None,
        interest: None,
        discount: None,
        instalments: Vec::new(),
    };
    core.serve(Attempt(2), customer, Ask::Change(Box::new(Wish::Negotiate(Box::new(offer)))));
    assert_eq!(core.calls.len(), calls, "an offer that is older than the payment is not taken up");
    let Some(Event::Served { told: Ok(Told::Changed(Change::Refused { .. })), .. }) = core.events.last() else {
        panic!("{:?}", core.events.last())
    };
}
