//! The partners at work: a call of the totem becomes an act in the world and, perhaps, an answer.

#[path = "partners/bills.rs"]
mod bills;
#[path = "partners/cards.rs"]
mod cards;
#[path = "partners/codes.rs"]
mod codes;
#[path = "partners/printer.rs"]
mod printer;
#[path = "partners/settle.rs"]
mod settle;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use totem::domain::{
    Account, BillRef, CardSale, ConfirmedBy, Contract, ContractStatus, Customer, Factors, Invoice, InvoiceState,
    Money as Amount, PixCharge, PixReceipt, TaxId, WriteOffOutcome, service::Change,
};
use totem::erp;
use totem::journey::Equipment;
use totem::payment::Decision;
use totem::pix::{self, PixState};
use totem::runtime::call::{Answer, Call};
use totem::tef::{self, SaleOrder, SaleOutcome};

use self::bills::{account, read};
use self::cards::{finalize, nsu, pending, sell};
use self::codes::{charge, look};
use self::printer::print;
pub use self::settle::day_of_money;
use self::settle::settle;
use super::judge::Judge;
use super::luck::{Fate, Odds};
use super::world::{Bill, By, Code, DAY_MS, Issuer, Sale, Settled, State, World, day_of};

/// How often each partner does what.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    pub reads: Odds<'static>,
    pub sell: Odds<'static>,
    pub finalize: Odds<'static>,
    pub pending: Odds<'static>,
    pub print: Odds<'static>,
    pub charge_pix: Odds<'static>,
    pub look_pix: Odds<'static>,
    pub remove_pix: Odds<'static>,
    pub read_bills: Odds<'static>,
    pub write_off: Odds<'static>,
    pub ticket: Odds<'static>,
    /// Whoever pays a bank's code: once, twice, or after its end.
    pub payer: Odds<'static>,
    pub disk: Odds<'static>,
}

use Fate::{Absent, AnswerLost, Declined, Good, Late, Mismatched, RequestLost, Straggles, Twice};

/// An ordinary bad day.
pub const BAD_DAY: Table = Table {
    reads: &[(Good, 90), (RequestLost, 6), (Late, 4)],
    sell: &[
        (Good, 62),
        (Declined, 8),
        (RequestLost, 5),
        (AnswerLost, 8),
        (Late, 5),
        (Twice, 5),
        (Mismatched, 4),
        (Absent, 3),
        (Straggles, 3),
    ],
    finalize: &[(Good, 78), (RequestLost, 7), (AnswerLost, 7), (Late, 4), (Twice, 4)],
    pending: &[(Good, 84), (RequestLost, 10), (Late, 3), (Twice, 3)],
    print: &[(Good, 76), (Declined, 6), (RequestLost, 5), (AnswerLost, 6), (Late, 3), (Twice, 4)],
    charge_pix: &[(Good, 84), (Declined, 4), (RequestLost, 4), (AnswerLost, 4), (Late, 4)],
    look_pix: &[(Good, 88), (RequestLost, 6), (Late, 3), (Twice, 3)],
    remove_pix: &[(Good, 80), (Declined, 4), (RequestLost, 5), (AnswerLost, 6), (Late, 3), (Twice, 2)],
    read_bills: &[(Good, 86), (RequestLost, 10), (Late, 4)],
    write_off: &[
        (Good, 60),
        (Declined, 4),
        (RequestLost, 8),
        (AnswerLost, 12),
        (Late, 4),
        (Twice, 4),
        (Absent, 4),
        (Straggles, 4),
    ],
    ticket: &[(Good, 70), (Declined, 5), (RequestLost, 10), (AnswerLost, 10), (Late, 3), (Twice, 2)],
    payer: &[(Good, 82), (Twice, 8), (Late, 10)],
    disk: &[(Good, 984), (Fate::CrashBefore, 6), (Fate::CrashAfter, 6), (Fate::Refused, 2), (Fate::RefusedButKept, 2)],
};

/// Every fate that an enumeration goes through.
pub const EVERY_ORDER: Table = Table {
    reads: &[],
    sell: &[(Good, 1), (Declined, 1), (RequestLost, 1), (AnswerLost, 1), (Late, 1), (Twice, 1), (Straggles, 1)],
    finalize: &[(Good, 1), (RequestLost, 1), (AnswerLost, 1), (Late, 1), (Twice, 1)],
    pending: &[(Good, 1), (RequestLost, 1), (Late, 1), (Twice, 1)],
    print: &[(Good, 1), (Declined, 1), (RequestLost, 1), (AnswerLost, 1), (Late, 1), (Twice, 1)],
    charge_pix: &[(Good, 1), (Declined, 1), (RequestLost, 1), (AnswerLost, 1), (Late, 1), (Twice, 1)],
    look_pix: &[(Good, 1), (RequestLost, 1), (Late, 1), (Twice, 1)],
    remove_pix: &[(Good, 1), (Declined, 1), (RequestLost, 1), (AnswerLost, 1), (Late, 1), (Twice, 1)],
    read_bills: &[(Good, 1), (RequestLost, 1), (Late, 1)],
    write_off: &[(Good, 1), (Declined, 1), (RequestLost, 1), (AnswerLost, 1), (Late, 1), (Twice, 1)],
    ticket: &[(Good, 1), (Declined, 1), (RequestLost, 1), (AnswerLost, 1), (Late, 1), (Twice, 1)],
    payer: &[(Good, 1), (Twice, 1), (Late, 1)],
    disk: &[(Good, 1), (Fate::CrashBefore, 1), (Fate::CrashAfter, 1)],
};

/// Partners that stumble now and then, and a disk that does not.
pub const STEADY: Table = Table {
    reads: &[(Good, 98), (RequestLost, 2)],
    sell: &[(Good, 92), (Declined, 4), (RequestLost, 1), (AnswerLost, 2), (Late, 1)],
    finalize: &[(Good, 96), (RequestLost, 2), (AnswerLost, 2)],
    pending: &[(Good, 98), (RequestLost, 2)],
    print: &[(Good, 97), (Declined, 2), (AnswerLost, 1)],
    charge_pix: &[(Good, 97), (RequestLost, 3)],
    look_pix: &[(Good, 98), (RequestLost, 2)],
    remove_pix: &[(Good, 96), (RequestLost, 2), (AnswerLost, 2)],
    read_bills: &[(Good, 97), (RequestLost, 3)],
    write_off: &[(Good, 92), (RequestLost, 4), (AnswerLost, 4)],
    ticket: &[],
    payer: &[(Good, 98), (Twice, 1), (Late, 1)],
    disk: &[],
};

/// The fate's odds and its name in a trace; nothing where a call is not answered.
pub fn odds(table: &Table, call: &Call) -> Option<(&'static str, Odds<'static>)> {
    Some(match call {
        Call::FindAccount { .. } => ("account", table.reads),
        Call::Prepare { .. } => ("prepare", table.reads),
        Call::FindBoleto { .. } => ("boleto", table.reads),
        Call::FindDocument { .. } => ("document", table.reads),
        Call::DrawPage { .. } => ("page", table.reads),
        Call::SendBill { .. } => ("send", table.reads),
        Call::CheckEquipment => ("equipment", &[]),
        Call::Discover => ("discover", &[]),
        Call::Print { .. } | Call::PrintPage { .. } => ("print", table.print),
        Call::Sell { .. } => ("sell", table.sell),
        Call::Pending { .. } => ("pending", table.pending),
        Call::Finalize { .. } => ("finalize", table.finalize),
        Call::ChargePix { .. } => ("charge_pix", table.charge_pix),
        Call::LookPix { .. } => ("look_pix", table.look_pix),
        Call::RemovePix { .. } => ("remove_pix", table.remove_pix),
        Call::ReadBills { .. } => ("read_bills", table.read_bills),
        Call::WriteOff { .. } => ("write_off", table.write_off),
        Call::OpenTicket { .. } => ("ticket", table.ticket),
        Call::GiveUpCard { .. } | Call::AnswerPrompt { .. } | Call::Release { .. } => return None,
        Call::FindByCode { .. } | Call::MatchBill { .. } => return None,
        // no technician comes to this counter, and its ERP does nothing beside bills
        Call::Serve { .. } | Call::Join { .. } | Call::CheckPin { .. } | Call::VerifyJournal => return None,
        Call::Errand { .. } | Call::FindReach { .. } | Call::SendCode { .. } => return None,
        Call::ReleasePaper { .. } | Call::CardDesk { .. } | Call::PixTry { .. } => return None,
    })
}

pub fn timestamp(at: i64) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap()
}

fn civil(at: i64) -> DateTime {
    timestamp(at - 3 * 3_600_000).to_zoned(jiff::tz::TimeZone::UTC).datetime()
}

fn date(day: i64) -> Date {
    timestamp(day * DAY_MS).to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn day(date: Date) -> i64 {
    date.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_millisecond() / DAY_MS
}

fn cents(amount: Amount) -> u64 {
    amount.cents()
}

/// Does what the call asks, as its fate has it, and gives the answer that would be heard.
pub fn execute(world: &mut World, judge: &mut Judge, call: &Call, fate: Fate, at: i64) -> Option<Answer> {
    match call.clone() {
        Call::FindAccount { attempt, who } => {
            let result = if fate == RequestLost { Err(unreachable()) } else { account(world, &who, at) };
            Some(Answer::Account { attempt, result })
        }
        Call::Prepare { attempt, bills } => {
            let states = if fate == RequestLost { Err(unreachable()) } else { read(world, &bills, at) };
            let states = states.map(|states| bills.iter().cloned().zip(states).collect());
            judge.prepared(&bills, world.printer_works);
            Some(Answer::Prepared { attempt, bills: states, equipment: equipment(world) })
        }
        Call::SendBill { attempt, .. } => {
            Some(Answer::BillSent { attempt, result: Ok(totem::domain::service::Change::Done(())) })
        }
        Call::FindBoleto { attempt, .. } => Some(Answer::Boleto { attempt, result: Ok(None) }),
        Call::FindDocument { attempt, what } => {
            Some(Answer::DocumentFound { attempt, what, result: Err(totem::domain::document::NoDocument::None) })
        }
        Call::DrawPage { attempt, .. } => Some(Answer::PageDrawn { attempt, image: None, doubt: None }),
        Call::CheckEquipment => Some(Answer::Equipment(equipment(world))),
        Call::Discover => Some(Answer::Discovered { abilities: totem::journey::Abilities::default(), result: Ok(()) }),
        Call::Print { ticket, .. } | Call::PrintPage { ticket, .. } => Some(print(world, ticket, fate)),
        Call::Sell { payment, round, .. } if fate == Straggles => {
            Some(Answer::Sold { payment, round, outcome: SaleOutcome::Unknown { why: "no contact".into() } })
        }
        Call::Sell { payment, order, round } => {
            let outcome = sell(world, judge, &order, fate, at);
            Some(Answer::Sold { payment, round, outcome })
        }
        Call::Pending { payment } => {
            let lost = fate == RequestLost || !world.tef_works;
            let result = if lost { Err(silent()) } else { Ok(pending(world)) };
            Some(Answer::Pending { payment, result })
        }
        Call::Finalize { payment, sale, decision } => {
            let done = fate != RequestLost && world.tef_works;
            if done {
                finalize(world, judge, &sale, decision);
            }
            let heard = done && fate != AnswerLost;
            Some(Answer::Finalized { payment, sale, result: if heard { Ok(()) } else { Err(silent()) } })
        }
        Call::Release { sale } => {
            if let Some(sale) = world.sales.get_mut(&nsu(&sale)) {
                sale.in_driver = false;
            }
            None
        }
        Call::GiveUpCard { payment } => {
            world.given_up.insert(payment.0);
            None
        }
        Call::FindByCode { .. } | Call::MatchBill { .. } | Call::FindReach { .. } | Call::SendCode { .. } => None,
        Call::Serve { .. } | Call::Join { .. } | Call::AnswerPrompt { .. } | Call::CheckPin { .. } => None,
        Call::VerifyJournal | Call::ReleasePaper { .. } | Call::CardDesk { .. } | Call::Errand { .. } => None,
        Call::PixTry { .. } => None,
        Call::ChargePix { payment, bills, order } => {
            let result = match fate {
                Declined => Err(pix::Error::NoCode("not today".into())),
                RequestLost => Err(pix::Error::Unreachable("lost".into())),
                _ => {
                    let charge = charge(world, payment.0, &bills, &order, fate != AnswerLost, at);
                    judge.code_made(world, payment.0, &bills, cents(order.amount), at);
                    if fate == AnswerLost { Err(pix::Error::Unreachable("lost".into())) } else { Ok(charge) }
                }
            };
            Some(Answer::PixCharged { payment, result })
        }
        Call::LookPix { payment, charge } => {
            let result = match fate {
                RequestLost => Err(pix::Error::Unreachable("lost".into())),
                _ => Ok(look(world, &charge.payload, at)),
            };
            Some(Answer::PixLooked { payment, result })
        }
        Call::RemovePix { payment, charge } => {
            let result = match fate {
                RequestLost => Err(pix::Error::Unreachable("lost".into())),
                Declined => Ok(look(world, &charge.payload, at)),
                _ => {
                    if let Some(code) = world.codes.get_mut(&charge.payload)
                        && code.money.is_empty()
                    {
                        code.taken_back = true;
                    }
                    let state = look(world, &charge.payload, at);
                    if fate == AnswerLost { Err(pix::Error::Unreachable("lost".into())) } else { Ok(state) }
                }
            };
            Some(Answer::PixLooked { payment, result })
        }
        Call::ReadBills { payment, bills } => {
            let result = if fate == RequestLost { Err(unreachable()) } else { read(world, &bills, at) };
            Some(Answer::BillsRead { payment, result })
        }
        Call::WriteOff { payment, write_off } => {
            let result = match fate {
                _ if !world.erp_works => Err(unreachable()),
                Absent => Err(unreachable()),
                RequestLost | Straggles => Ok(WriteOffOutcome::Unknown { why: "no answer".into() }),
                Declined => Ok(WriteOffOutcome::Rejected { why: "conta bloqueada".into() }),
                _ => {
                    let outcome = settle(world, judge, payment.0, &write_off, at);
                    if fate == AnswerLost {
                        Ok(WriteOffOutcome::Unknown { why: "no answer".into() })
                    } else {
                        Ok(outcome)
                    }
                }
            };
            Some(Answer::WrittenOff { payment, invoice: write_off.bill.invoice.clone(), result })
        }
        Call::OpenTicket { payment, .. } => {
            let result = match fate {
                _ if !world.erp_works => Err(unreachable()),
                RequestLost => Err(unreachable()),
                Declined => Ok(Change::Refused { why: "sem setor".into() }),
                _ => {
                    judge.ticket(payment.0);
                    if fate == AnswerLost {
                        Ok(Change::Unknown { why: "no answer".into() })
                    } else {
                        Ok(Change::Done(format!("C{}", payment.0)))
                    }
                }
            };
            Some(Answer::TicketOpened { payment, result })
        }
    }
}

/// A write-off or a sale that is executed only after the totem has given up waiting.
pub fn straggle(world: &mut World, judge: &mut Judge, call: &Call, at: i64) {
    match call {
        Call::WriteOff { payment, write_off } => {
            settle(world, judge, payment.0, write_off, at);
        }
        Call::Sell { order, .. } => {
            sell(world, judge, order, Straggles, at);
        }
        _ => {}
    }
}

fn unreachable() -> erp::Error {
    erp::Error::Unreachable("no connection".into())
}

fn silent() -> tef::Error {
    tef::Error::Silent("no answer".into())
}

fn equipment(world: &World) -> Equipment {
    Equipment { printer: world.printer_works, tef: world.tef_works, ..Equipment::default() }
}
