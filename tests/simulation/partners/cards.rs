//! The TEF and the cards behind it.

use super::*;

pub fn nsu(sale: &CardSale) -> u64 {
    sale.nsu.parse().unwrap()
}

pub fn card_sale(nsu: u64, sale: &Sale) -> CardSale {
    CardSale {
        coupon: sale.coupon,
        amount: Amount::from_cents(sale.cents),
        kind: totem::domain::CardKind::Debit,
        instalments: 1,
        network: "REDE".into(),
        brand: "MARCA".into(),
        nsu: format!("{nsu:09}"),
        authorization: format!("A{nsu}"),
        finalization: format!("F{nsu}"),
        last4: "1234".into(),
        at: Some(civil(sale.at)),
        must_be_finalized: !sale.final_at_once,
        customer_copy: vec!["VIA CLIENTE".into()],
        merchant_copy: Vec::new(),
    }
}

pub fn sell(world: &mut World, judge: &mut Judge, order: &SaleOrder, fate: Fate, at: i64) -> SaleOutcome {
    if !world.tef_works || fate == Absent {
        return SaleOutcome::NotStarted(silent());
    }
    if world.tef_pending_first
        && let Some((nsu, older)) =
            world.sales.iter().find(|(_, sale)| sale.state == State::Waiting && sale.coupon != order.coupon)
    {
        return SaleOutcome::PendingFirst(Box::new(card_sale(*nsu, older)));
    }
    if world.given_up.remove(&order.coupon) {
        return SaleOutcome::Cancelled { message: "CANCELADA".into() };
    }
    match fate {
        Declined => return SaleOutcome::Declined { message: "NEGADA".into() },
        RequestLost => return SaleOutcome::Unknown { why: "no contact".into() },
        _ => {}
    }
    world.next_nsu += 1;
    let nsu = world.next_nsu;
    let asked = cents(order.amount);
    // a sale that needs no confirmation is told of by its own answer only, which the driver keeps
    let final_at_once = world.tef_wants_no_confirmation;
    let sale = Sale {
        coupon: order.coupon,
        cents: if fate == Mismatched { asked + 100 } else { asked },
        state: if final_at_once { State::Kept } else { State::Waiting },
        final_at_once,
        in_driver: fate != AnswerLost || final_at_once,
        straggled: fate == Straggles,
        at,
    };
    let told = Box::new(card_sale(nsu, &sale));
    world.sales.insert(nsu, sale);
    judge.sold(world, order.coupon, fate == Straggles, at);
    match fate {
        AnswerLost => SaleOutcome::Unknown { why: "no contact".into() },
        Mismatched => SaleOutcome::Mismatched { sale: told, why: "another amount".into() },
        _ => SaleOutcome::Approved(told),
    }
}

pub fn pending(world: &World) -> Vec<CardSale> {
    let waits = |sale: &Sale| sale.state == State::Waiting || sale.final_at_once && sale.in_driver;
    world.sales.iter().filter(|(_, sale)| waits(sale)).map(|(nsu, sale)| card_sale(*nsu, sale)).collect()
}

pub fn finalize(world: &mut World, judge: &mut Judge, sale: &CardSale, decision: Decision) {
    let confirm = decision == Decision::Confirm;
    let Some(known) = world.sales.get_mut(&nsu(sale)) else { return };
    let wanted = if confirm { State::Kept } else { State::GivenBack };
    if known.final_at_once {
        return;
    }
    let clash = known.state != State::Waiting && known.state != wanted;
    judge.expect(!clash, || format!("sale {} is to be {wanted:?} after it was {:?}", sale.nsu, known.state));
    if !clash {
        known.state = wanted;
    }
}
