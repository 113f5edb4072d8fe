//! The PIX codes of the banks, and what they say of the money.

use super::*;
use crate::world::Money;

pub fn charge(
    world: &mut World,
    number: u64,
    bills: &[BillRef],
    order: &pix::PixOrder,
    heard: bool,
    at: i64,
) -> PixCharge {
    let ids: Vec<String> = bills.iter().map(|bill| bill.invoice.0.clone()).collect();
    let own = match ids.as_slice() {
        [one] => world.bills.get(one).and_then(|bill| bill.code.clone()),
        _ => None,
    };
    let issuer = if own.is_some() { Issuer::Erp } else { world.pix.unwrap_or(Issuer::Bank) };
    let (payload, lives_s, confirmed_by) = match issuer {
        Issuer::Erp => (own.unwrap_or_default(), None, ConfirmedBy::Erp),
        Issuer::Bank => (format!("pix-{}", order.txid), Some(300), ConfirmedBy::Bank),
        Issuer::Key => (format!("key-{number}"), None, ConfirmedBy::Person),
    };
    let expires_at = lives_s.map_or(i64::MAX, |seconds: i64| at + seconds * 1_000 + 5_000);
    let code = Code {
        number,
        given_at: at,
        issuer,
        cents: cents(order.amount),
        bills: ids,
        expires_at,
        taken_back: false,
        money: Vec::new(),
    };
    let code = world.codes.entry(payload.clone()).or_insert(code);
    // the ERP's code is the bill's: it is the payment's only once it can be shown for it
    if heard {
        (code.number, code.given_at) = (number, at);
    }
    PixCharge {
        provider: format!("{issuer:?}"),
        txid: order.txid.clone(),
        payload,
        confirmed_by,
        expires_in_s: lives_s.and_then(|seconds| u32::try_from(seconds).ok()),
    }
}

/// The Pix that pays the charge best comes first.
pub fn look(world: &World, payload: &str, at: i64) -> PixState {
    let Some(code) = world.codes.get(payload) else { return PixState::Ended };
    match code.best() {
        Some(money) => PixState::Paid {
            amount: Amount::from_cents(money.cents),
            end_to_end: money.end_to_end.clone(),
            at: timestamp(money.at),
            others: code.money.iter().filter(|more| more.end_to_end != money.end_to_end).map(receipt).collect(),
        },
        None if code.taken_back || at >= code.expires_at => PixState::Ended,
        None => PixState::Waiting,
    }
}

fn receipt(money: &Money) -> PixReceipt {
    PixReceipt {
        end_to_end: money.end_to_end.clone(),
        amount: Amount::from_cents(money.cents),
        at: timestamp(money.at),
    }
}
