//! How often a wrong PIN may be typed.

use jiff::{SignedDuration, Timestamp};

/// Wrong PINs before the wait, and the first wait. Each further one doubles it, up to about an hour.
const TRIES: u32 = 5;
const WAIT_S: i64 = 60;
const DOUBLINGS: u32 = 6;

/// How many wrong PINs there were since the last right one. A restart does not forget them: the journal knows.
#[derive(Debug, Default)]
pub struct PinGuard {
    wrong: u32,
    pub(in crate::journey) locked_until: Option<Timestamp>,
}

impl PinGuard {
    pub(super) fn was_wrong(&mut self, times: u32, at: Timestamp) {
        self.wrong += times;
        if self.wrong >= TRIES {
            let doublings = (self.wrong - TRIES).min(DOUBLINGS);
            self.locked_until = Some(at + SignedDuration::from_secs(WAIT_S << doublings));
        }
    }

    pub(super) fn locked(&self, now: Timestamp) -> Option<Timestamp> {
        // a lock of a clock that was ahead is none
        let longest = SignedDuration::from_secs(WAIT_S << DOUBLINGS);
        self.locked_until.filter(|until| now < *until && until.duration_since(now) <= longest)
    }
}
