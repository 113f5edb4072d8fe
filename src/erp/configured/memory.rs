//! Customers whom this run has met: what an ERP must be told of them and the journal may not keep.
//!
//! A bounded number for a bounded time; whoever is asked about again stays. `Debug` shows none of it.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::domain::tax_id::TaxIdKind;
use crate::domain::{CustomerId, Factors, TaxId};

const CUSTOMERS_AT_MOST: usize = 256;
/// Longer than the longest pause between two looks at what a customer still owes.
const KEPT_FOR: Duration = Duration::from_secs(2 * 3600);

#[derive(Clone)]
pub(super) struct Known {
    pub id: CustomerId,
    pub name: String,
    pub document: Option<TaxId>,
    pub factors: Factors,
    /// What the definition wants to know of this customer later.
    pub extra: Json,
}

impl Known {
    /// As templates and expressions see a customer.
    pub(super) fn json(&self) -> Json {
        let document = self.document.as_ref();
        json!({
            "id": self.id.0,
            "name": self.name,
            "document": document.map(TaxId::plain),
            "document_kind": document.map(kind),
            "extra": self.extra,
        })
    }
}

pub(super) fn kind(document: &TaxId) -> &'static str {
    match document.kind() {
        TaxIdKind::Cpf => "cpf",
        TaxIdKind::Cnpj => "cnpj",
    }
}

impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Default)]
pub(super) struct Memory(Mutex<Vec<(Instant, Known)>>);

impl Memory {
    pub(super) fn keep(&self, known: Known) {
        self.keep_at(known, Instant::now());
    }

    pub(super) fn of(&self, id: &CustomerId) -> Option<Known> {
        self.of_at(id, Instant::now())
    }

    fn keep_at(&self, known: Known, now: Instant) {
        let mut held = self.held(now);
        held.retain(|(_, other)| other.id != known.id);
        if held.len() >= CUSTOMERS_AT_MOST {
            // the one that nobody asked about for longest
            held.remove(0);
        }
        held.push((now, known));
    }

    fn of_at(&self, id: &CustomerId, now: Instant) -> Option<Known> {
        let mut held = self.held(now);
        let at = held.iter().position(|(_, known)| known.id == *id)?;
        let (_, known) = held.remove(at);
        held.push((now, known.clone()));
        Some(known)
    }

    fn held(&self, now: Instant) -> MutexGuard<'_, Vec<(Instant, Known)>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|(used, _)| now.saturating_duration_since(*used) < KEPT_FOR);
        held
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memory({})", self.held(Instant::now()).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(id: &str) -> Known {
        let document = TaxId::parse("52998224725").ok();
        Known { id: id.into(), name: "MARIA".to_owned(), document, factors: Factors::default(), extra: Json::Null }
    }

    #[test]
    fn a_customer_is_forgotten_unless_somebody_asks_again() {
        let (memory, start) = (Memory::default(), Instant::now());
        memory.keep_at(known("1"), start);
        memory.keep_at(known("2"), start);
        let later = start + KEPT_FOR - Duration::from_secs(1);
        assert!(memory.of_at(&"1".into(), later).is_some());
        let later = later + Duration::from_secs(2);
        assert!(memory.of_at(&"1".into(), later).is_some() && memory.of_at(&"2".into(), later).is_none());
    }

    #[test]
    fn the_one_unasked_for_longest_makes_room() {
        let memory = Memory::default();
        for number in 0..=CUSTOMERS_AT_MOST {
            memory.keep(known(&number.to_string()));
            memory.of(&"1".into());
        }
        assert!(memory.of(&"0".into()).is_none() && memory.of(&"1".into()).is_some());
        assert!(memory.of(&CUSTOMERS_AT_MOST.to_string().as_str().into()).is_some());
    }

    #[test]
    fn debug_shows_nobody() {
        let memory = Memory::default();
        memory.keep(known("1"));
        let shown = format!("{memory:?} {:?}", known("1"));
        assert!(!shown.contains("52998224725") && !shown.contains("MARIA"), "{shown}");
    }
}
