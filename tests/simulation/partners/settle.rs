//! The ERP's write-offs.

use super::*;

pub fn settle(
    world: &mut World,
    judge: &mut Judge,
    number: u64,
    write_off: &erp::WriteOff,
    at: i64,
) -> WriteOffOutcome {
    let id = write_off.bill.invoice.0.clone();
    judge.written_off(world, number, &id, cents(write_off.charge.total()), day(write_off.on));
    let sees_doubles = world.erp_sees_doubles;
    let Some(bill) = world.bills.get_mut(&id) else {
        return WriteOffOutcome::Rejected { why: "desconhecida".into() };
    };
    let elsewhere = bill.settled.iter().any(|settled| !matches!(settled.by, By::Totem(_)));
    if !bill.is_open() && (sees_doubles || elsewhere) {
        return WriteOffOutcome::AlreadySettled;
    }
    let settled = Settled { by: By::Totem(number), cents: cents(write_off.charge.total()), day: day(write_off.on), at };
    bill.settled.push(settled);
    WriteOffOutcome::Applied
}

/// The day on which a payment's money came, as the partners hold it.
pub fn day_of_money(world: &World, number: u64) -> Option<i64> {
    let card = world.sales_of(number).find(|(_, sale)| sale.state == State::Kept).map(|(_, sale)| day_of(sale.at));
    card.or_else(|| world.codes_of(number).find_map(super::super::world::Code::best).map(|money| day_of(money.at)))
}
