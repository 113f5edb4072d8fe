//! How often something was asked for in the last hour, by whom and by all together. Whoever asks is known by a keyed hash.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A clock that was set back holds nobody up.
pub fn is_within(at: Timestamp, now: Timestamp, span: SignedDuration) -> bool {
    (SignedDuration::ZERO..span).contains(&now.duration_since(at))
}

#[derive(Default)]
pub struct Tally {
    asked: BTreeMap<String, Vec<Timestamp>>,
    given: Vec<Timestamp>,
}

impl Tally {
    /// Notes that one is asked for; false where there were too many.
    pub fn notes(&mut self, whose: Vec<String>, per_person: usize, per_totem: usize, now: Timestamp) -> bool {
        self.given.retain(|at| is_within(*at, now, HOUR));
        for times in self.asked.values_mut() {
            times.retain(|at| is_within(*at, now, HOUR));
        }
        self.asked.retain(|_, times| !times.is_empty());
        let many = |key: &String| self.asked.get(key).map_or(0, Vec::len);
        if self.given.len() >= per_totem || whose.iter().any(|key| many(key) >= per_person) {
            return false;
        }
        for key in whose {
            self.asked.entry(key).or_default().push(now);
        }
        true
    }

    /// One went out: it counts against all together.
    pub fn gives(&mut self, now: Timestamp) {
        self.given.push(now);
    }
}
