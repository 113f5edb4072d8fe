//! A machine's clock that is set back: without a battery it starts anywhere, and is put right when there is a network.
//! What waits for a time of the old clock would wait for as long as the clock was ahead: a customer's bills would stay on
//! the screen, and a PIX would not be looked at. So all that is kept in memory moves with the clock. Facts keep the time
//! that they were written with.

use jiff::{SignedDuration, Timestamp};

use super::Core;
use super::payments::Live;
use crate::domain::calendar::set_back;

impl Core {
    pub fn clock_set_back(&mut self, by: SignedDuration, now: Timestamp) {
        tracing::warn!(seconds = by.as_secs(), "the clock was set back: what waits, waits no longer for it");
        set_back([&mut self.equipment_at], by);
        self.pace.clock_set_back(by);
        self.strays.clock_set_back(by, now);
        self.discovery.clock_set_back(by);
        self.chores.clock_set_back(by);
        self.service.pix.clock_set_back(by, now);
        for live in self.live.values_mut() {
            live.clock_set_back(by, now);
        }
        self.journey.clock_set_back(by);
    }
}

impl Live {
    /// At start.
    pub fn is_found(&mut self, now: Timestamp) {
        self.found_at = Some(now);
        self.believes(now);
    }

    fn clock_set_back(&mut self, by: SignedDuration, now: Timestamp) {
        let own = [
            &mut self.watched_since,
            &mut self.asked_at,
            &mut self.found_at,
            &mut self.late_looked_at,
            &mut self.sleeps_until,
        ];
        set_back(own.into_iter().flatten(), by);
        if self.found_at.is_none() {
            // how long ago its bills were read is counted from it
            set_back([&mut self.payment.opened_at], by);
        }
        self.retry.clock_set_back(by);
        self.believes(now);
    }

    /// What facts of a clock that was ahead say will be is taken to be now.
    fn believes(&mut self, now: Timestamp) {
        let told = [Some(&mut self.payment.waiting_since), self.payment.code_ended_at.as_mut()];
        for at in told.into_iter().flatten() {
            *at = now.min(*at);
        }
    }
}
