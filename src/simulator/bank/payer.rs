//! The payers, and what else happens to charges without a call: money comes in, time runs out, refunds settle.

use jiff::Timestamp;
use jiff::civil::Date;

use super::book::{Book, Charge, Lifetime, Now, Pix, RefundStatus, Status};
use super::control::{Charges, Event, Payment, Settings};
use super::noise;

/// ISPB of a payer's bank that does not exist.
const PAYERS_BANK: &str = "99999004";
/// A charge that is made to expire did so long enough ago for everybody to agree.
const AN_HOUR_MS: i64 = 3_600_000;

/// Lets pass what is due by now; says whether anything changed.
pub fn pass_time(book: &mut Book, settings: &Settings, usual: &Usual, now: &Now) -> bool {
    let mut changed = false;
    if let Some(delay) = settings.pays_after_ms.unwrap_or(usual.pays_after_ms) {
        let delay = i64::try_from(delay).unwrap_or(i64::MAX);
        for charge in book.charges.values_mut() {
            if charge.registered_ms.saturating_add(delay) <= now.ms {
                changed |= pay(charge, Payment::Proper, settings, now);
            }
        }
    }
    let takes = i64::try_from(settings.refund_takes_ms.unwrap_or(usual.refund_takes_ms)).unwrap_or(i64::MAX);
    let received = book.charges.values_mut().flat_map(|charge| &mut charge.pix);
    for refund in received.flat_map(|pix| &mut pix.refunds) {
        if refund.status == RefundStatus::EmProcessamento && refund.asked_ms.saturating_add(takes) <= now.ms {
            if settings.refund_fails {
                refund.status = RefundStatus::NaoRealizado;
            } else {
                refund.status = RefundStatus::Devolvido;
                refund.settled_ms = Some(now.ms);
            }
            changed = true;
        }
    }
    changed
}

/// What the command line says about times.
#[derive(Debug, Clone, Copy)]
pub struct Usual {
    pub pays_after_ms: Option<u64>,
    pub refund_takes_ms: u64,
}

/// Carries out an event; says whether anything changed.
pub fn happen(book: &mut Book, event: &Event, settings: &Settings, now: &Now) -> bool {
    let charges = match event {
        Event::Pay(charges, _) | Event::Expire(charges) | Event::Remove(charges) => charges,
    };
    let mut changed = false;
    for charge in named(book, charges) {
        changed |= match event {
            Event::Pay(_, how) => pay(charge, *how, settings, now),
            Event::Expire(_) => expire(charge, now),
            Event::Remove(_) => {
                let active = charge.status == Status::Ativa;
                if active {
                    charge.status = Status::RemovidaPeloPsp;
                }
                active
            }
        };
    }
    changed
}

fn named<'a>(book: &'a mut Book, charges: &'a Charges) -> impl Iterator<Item = &'a mut Charge> {
    book.charges.iter_mut().filter(|(txid, _)| charges.hold(txid)).map(|(_, charge)| charge)
}

fn pay(charge: &mut Charge, how: Payment, settings: &Settings, now: &Now) -> bool {
    let asked = charge.terms.amount_cents;
    let open = charge.status == Status::Ativa && !charge.has_expired(now);
    let payments: &[i64] = match how {
        Payment::Proper if open => &[asked.saturating_add(settings.wrong_amount).max(1)],
        Payment::Late if charge.pix.is_empty() => &[asked],
        Payment::Twice if charge.pix.is_empty() => &[asked, asked],
        Payment::Twice if charge.pix.len() == 1 => &[asked],
        Payment::Amount(cents) if open => &[cents],
        _ => &[],
    };
    for cents in payments {
        charge.pix.push(Pix {
            end_to_end_id: transaction_id('E', now),
            amount_cents: *cents,
            at_ms: now.ms,
            refunds: Vec::new(),
        });
        charge.status = Status::Concluida;
    }
    !payments.is_empty()
}

fn expire(charge: &mut Charge, now: &Now) -> bool {
    if charge.has_expired(now) {
        return false;
    }
    match &mut charge.terms.lifetime {
        Lifetime::Immediate { expires_s } => {
            charge.created_ms = now.ms.saturating_sub(expires_s.saturating_mul(1000)).saturating_sub(AN_HOUR_MS);
        }
        Lifetime::Due { due, days_after_due } => {
            *due = now.today.yesterday().unwrap_or(Date::MIN);
            *days_after_due = 0;
        }
    }
    true
}

/// 32 characters: `E` or `D`, the ISPB, the minute in UTC, eleven that make it unique.
pub fn transaction_id(letter: char, now: &Now) -> String {
    let minute = Timestamp::from_millisecond(now.ms).unwrap_or(Timestamp::UNIX_EPOCH).strftime("%Y%m%d%H%M");
    format!("{letter}{PAYERS_BANK}{minute}{}", noise::letters(11))
}
