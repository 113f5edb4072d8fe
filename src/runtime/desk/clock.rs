//! The machine's clock beside one that only counts on, to tell when it is set back.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

use crate::runtime::core::Core;

/// A clock that is kept right little by little loses less than this within the desk's longest wait.
const SLACK: SignedDuration = SignedDuration::from_secs(2);

#[derive(Debug, Clone, Copy)]
pub struct Clock {
    wall: Timestamp,
    steady: Instant,
}

impl Clock {
    pub fn read() -> Clock {
        Clock { wall: Timestamp::now(), steady: Instant::now() }
    }

    /// What the time is. Where the clock was set back since it was last looked at, the core hears of it first.
    pub fn tells(&mut self, core: &mut Core) -> Timestamp {
        let before = std::mem::replace(self, Clock::read());
        if let Some(by) = self.is_behind(before) {
            core.clock_set_back(by, self.wall);
        }
        self.wall
    }

    fn is_behind(self, before: Clock) -> Option<SignedDuration> {
        let passed = SignedDuration::try_from(self.steady.saturating_duration_since(before.steady)).ok()?;
        let behind = before.wall.checked_add(passed).ok()?.duration_since(self.wall);
        (behind > SLACK).then_some(behind)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_clock_is_set_back_when_less_time_went_by_on_it_than_did() {
        let before = Clock::read();
        let after = |passed: u64, shown: i64| {
            let steady = before.steady + Duration::from_secs(passed);
            Clock { wall: before.wall + SignedDuration::from_secs(shown), steady }.is_behind(before)
        };
        assert_eq!(after(60, 60), None);
        assert_eq!(after(3_600, 3_599), None, "a clock that is slowed down a little");
        assert_eq!(after(60, 60 - 86_400), Some(SignedDuration::from_secs(86_400)));
        assert_eq!(after(60, 0), Some(SignedDuration::from_secs(60)));
        assert_eq!(after(60, 86_400), None, "set ahead");
    }
}
