//! The breaker: after enough failures in a row an ERP is left alone for a while, and callers hear at once that it is down.

use std::time::Duration;

use tokio::time::Instant;

const FAILURES_IN_A_ROW: u32 = 5;

#[derive(Debug)]
pub(super) struct Breaker {
    failures: u32,
    open_until: Option<Instant>,
    open_for: Duration,
}

impl Breaker {
    pub(super) fn new(open_for: Duration) -> Breaker {
        Breaker { failures: 0, open_until: None, open_for }
    }

    pub(super) fn allows(&self, now: Instant) -> bool {
        self.open_until.is_none_or(|until| now >= until)
    }

    pub(super) fn succeeded(&mut self) {
        self.failures = 0;
        self.open_until = None;
    }

    pub(super) fn failed(&mut self, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES_IN_A_ROW {
            self.open_until = Some(now + self.open_for);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN_FOR: Duration = Duration::from_secs(30);

    fn failed(times: u32, at: Instant) -> Breaker {
        let mut breaker = Breaker::new(OPEN_FOR);
        (0..times).for_each(|_| breaker.failed(at));
        breaker
    }

    #[test]
    fn four_failures_are_still_a_bad_day() {
        let now = Instant::now();
        assert!(failed(4, now).allows(now));
    }

    #[test]
    fn the_fifth_failure_opens_for_thirty_seconds() {
        let now = Instant::now();
        let breaker = failed(5, now);
        assert!(!breaker.allows(now));
        assert!(!breaker.allows(now + OPEN_FOR - Duration::from_millis(1)));
        assert!(breaker.allows(now + OPEN_FOR));
    }

    #[test]
    fn one_more_failure_after_the_rest_opens_again_at_once() {
        let now = Instant::now();
        let mut breaker = failed(5, now);
        let later = now + OPEN_FOR;
        breaker.failed(later);
        assert!(!breaker.allows(later));
    }

    #[test]
    fn an_answer_between_failures_starts_the_count_again() {
        let now = Instant::now();
        let mut breaker = failed(4, now);
        breaker.succeeded();
        (0..4).for_each(|_| breaker.failed(now));
        assert!(breaker.allows(now));
    }
}
