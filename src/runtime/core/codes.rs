//! Codes that are brought to customers: made from the system's own randomness, kept for a few minutes in memory only, and
//! compared. Whether one was sent to a registered address is told to nobody: what can be told is what holds for everybody.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use jiff::{SignedDuration, Timestamp};

use super::Core;
use super::answers::failure;
use super::tally::{Tally, is_within};
use crate::courier::Delivery;
use crate::domain::Typed;
use crate::domain::service::{Contact, ContactKind};
use crate::erp;
use crate::journey::step::SendBy;
use crate::journey::{Attempt, CodeFor, Event, GuessHash, NoCode};
use crate::runtime::call::{Call, NotReached};

const LIVES: SignedDuration = SignedDuration::from_mins(5);
/// A courier that is there and takes nothing is left alone for so long.
const AILS: SignedDuration = SignedDuration::from_mins(2);
const CODES: u32 = 1_000_000;
/// The last number below which every code is as likely as another.
const FAIR: u32 = u32::MAX - u32::MAX % CODES;

/// Six digits, or nothing where the system has no randomness.
pub type Dice = Box<dyn FnMut() -> Option<Typed> + Send>;

/// How many codes are sent in an hour.
#[derive(Debug, Clone, Copy)]
pub struct CodeLimits {
    /// To one person, and to one address.
    pub per_person: usize,
    pub per_totem: usize,
}

impl Default for CodeLimits {
    fn default() -> Self {
        CodeLimits { per_person: 5, per_totem: 60 }
    }
}

/// The code that may be typed now.
struct Out {
    attempt: Attempt,
    by: SendBy,
    /// The customer typed the address: what becomes of its code is theirs to know.
    is_told: bool,
    code: Option<(Typed, Timestamp)>,
}

pub struct Codes {
    dice: Dice,
    limits: CodeLimits,
    tally: Tally,
    ails_since: BTreeMap<&'static str, Timestamp>,
    out: Option<Out>,
}

impl Default for Codes {
    fn default() -> Self {
        Codes {
            dice: Box::new(thrown),
            limits: CodeLimits::default(),
            tally: Tally::default(),
            ails_since: BTreeMap::new(),
            out: None,
        }
    }
}

fn thrown() -> Option<Typed> {
    for _ in 0..64 {
        let mut bytes = [0_u8; 4];
        getrandom::fill(&mut bytes).ok()?;
        let number = u32::from_ne_bytes(bytes);
        if number < FAIR {
            return Some(Typed::new(format!("{:06}", number % CODES)));
        }
    }
    None
}

/// By a key of this run only: what is counted ends with it, and no dump of a memory can be compared with another's.
pub fn guess_hash() -> GuessHash {
    let key = RandomState::new();
    Box::new(move |who| key.hash_one(who.plain()))
}

/// Takes as long whatever is wrong with it.
fn is_same(one: &Typed, other: &Typed) -> bool {
    let (one, other) = (one.expose().as_bytes(), other.expose().as_bytes());
    let differ = one.iter().zip(other).fold(0, |differ, (one, other)| differ | (one ^ other));
    one.len() == other.len() && differ == 0
}

const fn way(by: SendBy) -> &'static str {
    match by {
        SendBy::Email => "email",
        SendBy::Sms => "sms",
    }
}

impl Codes {
    fn ails(&self, by: SendBy, now: Timestamp) -> bool {
        self.ails_since.get(way(by)).is_some_and(|since| is_within(*since, now, AILS))
    }

    fn notes(&mut self, whose: Vec<String>, now: Timestamp) -> bool {
        self.tally.notes(whose, self.limits.per_person, self.limits.per_totem, now)
    }

    /// How many go out in an hour.
    pub fn per_totem(&self) -> usize {
        self.limits.per_totem
    }
}

impl Core {
    /// How many codes this site sends, and where they come from.
    pub fn send_codes(&mut self, limits: CodeLimits, dice: Option<Dice>) {
        self.codes.limits = limits;
        if let Some(dice) = dice {
            self.codes.dice = dice;
        }
    }

    pub(super) fn send_code(&mut self, attempt: Attempt, to: CodeFor, now: Timestamp) {
        self.codes.out = None;
        let (who, contact) = match &to {
            CodeFor::Registered { who, .. } => (who, None),
            CodeFor::Typed { who, contact } => (who, Some(contact)),
        };
        let mut whose = vec![self.hash(who)];
        whose.extend(contact.map(|contact| self.ledger.keyed_hash(&format!("contact {}", contact.value))));
        if !self.codes.notes(whose, now) {
            tracing::warn!("no code is sent: there were too many in this hour (codes_per_person, codes_per_totem)");
            return self.events.push(Event::CodeSent { attempt, result: Err(NoCode::TooMany) });
        }
        let by = match (&to, contact.map(|contact| contact.kind)) {
            (CodeFor::Registered { by, .. }, _) => *by,
            (_, Some(ContactKind::Email)) => SendBy::Email,
            (_, _) => SendBy::Sms,
        };
        if self.codes.ails(by, now) {
            return self.events.push(Event::CodeSent { attempt, result: Err(NoCode::Down) });
        }
        self.codes.out = Some(Out { attempt, by, is_told: contact.is_some(), code: None });
        match to {
            CodeFor::Registered { who, by } => self.calls.push(Call::FindReach { attempt, who, by }),
            CodeFor::Typed { contact, .. } => self.bring(attempt, contact, now),
        }
    }

    /// Whether there is somebody, and an address, makes no difference that could be seen.
    pub(super) fn reach_found(
        &mut self,
        attempt: Attempt,
        result: Result<Option<Contact>, NotReached>,
        now: Timestamp,
    ) {
        let is_awaited = self.codes.out.as_ref().is_some_and(|out| out.attempt == attempt);
        if !is_awaited {
            return;
        }
        let why = match result {
            Ok(Some(contact)) => return self.bring(attempt, contact, now),
            Ok(None) => return,
            Err(NotReached::Courier(why)) => {
                tracing::warn!(why, "no code is sent: nobody brings it");
                NoCode::Down
            }
            Err(NotReached::Erp(error)) => {
                tracing::warn!(%error, "no code is sent: the ERP did not say to whom");
                NoCode::Erp(failure(&error))
            }
        };
        self.codes.out = None;
        self.events.push(Event::CodeSent { attempt, result: Err(why) });
    }

    fn bring(&mut self, attempt: Attempt, to: Contact, now: Timestamp) {
        let Some(code) = (self.codes.dice)() else {
            tracing::error!("no code is sent: the system gives no randomness");
            return self.events.push(Event::CodeSent { attempt, result: Err(NoCode::Down) });
        };
        let Some(out) = &mut self.codes.out else { return };
        out.code = Some((code.clone(), now));
        self.codes.tally.gives(now);
        let language = self.journey.language();
        self.calls.push(Call::SendCode { attempt, to, code, language });
    }

    pub(super) fn code_brought(&mut self, attempt: Attempt, delivery: Delivery, now: Timestamp) {
        let Some(out) = self.codes.out.as_ref().filter(|out| out.attempt == attempt) else { return };
        let (by, is_told) = (out.by, out.is_told);
        let result = match delivery {
            Delivery::Sent => Ok(()),
            Delivery::Unknown(why) => {
                tracing::warn!(by = way(by), why, "nobody knows whether a code was sent");
                Ok(())
            }
            Delivery::Refused(why) => {
                tracing::warn!(by = way(by), why, "a code was refused");
                Err(NoCode::Refused)
            }
            Delivery::Down(why) => {
                tracing::warn!(by = way(by), why, "a code was not sent");
                self.codes.ails_since.insert(way(by), now);
                Err(NoCode::Down)
            }
        };
        if result == Ok(()) {
            self.codes.ails_since.remove(way(by));
        }
        if result.is_err() && is_told {
            self.codes.out = None;
        }
        // of a registered address that would say that there is one
        self.events.push(Event::CodeSent { attempt, result: if is_told { result } else { Ok(()) } });
    }

    /// Right once, and for five minutes.
    pub(super) fn check_code(&mut self, attempt: Attempt, typed: &Typed, now: Timestamp) {
        let code = self.codes.out.as_ref().and_then(|out| out.code.as_ref());
        let right = code.is_some_and(|(code, since)| is_same(code, typed) && is_within(*since, now, LIVES));
        if right {
            self.codes.out = None;
        }
        self.events.push(Event::CodeChecked { attempt, right });
    }

    /// A code that nobody can type any more is forgotten; a locked second factor is told to whoever looks after the totem.
    pub(super) fn mind_codes(&mut self) {
        if !self.journey.awaits_code() {
            self.codes.out = None;
        }
        let locks = self.journey.locks();
        if locks > self.gauge.locks {
            self.gauge.locks = locks;
            tracing::warn!(locks, "too many wrong answers to the second factor: it is locked for a while");
        }
    }
}

/// The ERP's own failures of a reading that shows that there is somebody are no answer to a stranger.
pub(in crate::runtime) fn of_known(contacts: Result<Vec<Contact>, erp::Error>, by: SendBy) -> Option<Contact> {
    let contacts = match contacts {
        Ok(contacts) => contacts,
        Err(error) => {
            tracing::warn!(%error, "the ERP did not give the contacts: no code is sent");
            return None;
        }
    };
    registered(&contacts, by)
}

/// The first of a customer's contacts that can be reached this way.
pub(in crate::runtime) fn registered(contacts: &[Contact], by: SendBy) -> Option<Contact> {
    // a clerk may have written two addresses into one field
    let one_of = |text: &str| {
        let mut parts = text.split([';', ',', ' ', '/']).filter(|part| part.contains('@'));
        parts.next().map(|value| Contact { kind: ContactKind::Email, value: value.to_owned() })
    };
    contacts.iter().find_map(|contact| match (by, contact.kind) {
        (SendBy::Email, ContactKind::Email) => one_of(&contact.value),
        (SendBy::Email, ContactKind::Phone) => None,
        (SendBy::Sms, _) => contact.mobile().map(|value| Contact { kind: ContactKind::Phone, value }),
    })
}

#[cfg(test)]
mod tests;
