//! When printer and TEF are asked how they are.

use std::time::Duration;

use jiff::Timestamp;

use super::Core;
use crate::runtime::call::Call;

/// Between two looks while a technician stands before the panel.
const AT_THE_PANEL: Duration = Duration::from_secs(5);

impl Core {
    /// The devices are looked at while nobody is served, and oftener before a technician, who opens the printer and
    /// watches what the panel says of it. A device at work is not asked: it would seem to be silent.
    pub(super) fn devices_deadline(&self) -> Option<Timestamp> {
        let prints = !self.service.papers.is_empty() || self.card_desk.papers > 0;
        let wait = if self.journey.is_idle() {
            self.rhythm.equipment
        } else if self.journey.shows_devices() && !prints {
            self.rhythm.equipment.min(AT_THE_PANEL)
        } else {
            return None;
        };
        Some(self.equipment_at + wait)
    }

    pub(super) fn mind_devices(&mut self, now: Timestamp) {
        if self.devices_deadline().is_some_and(|at| at <= now) {
            self.check_devices(now);
        }
    }

    pub(super) fn check_devices(&mut self, now: Timestamp) {
        self.equipment_at = now;
        self.calls.push(Call::CheckEquipment);
    }
}
