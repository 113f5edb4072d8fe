//! The waiting times between tries: right as they are for real partners, and quicker where a test plays them all.

use std::time::Duration;

use serde::Deserialize;

use crate::runtime::Rhythm;

/// In seconds, with a fraction where one is wanted.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Advanced {
    /// After the first, second, … failure; the last one repeats.
    pub retry_s: Vec<f64>,
    /// Between looks at a PIX charge: for the first minute, until the fifth, and then.
    pub pix_poll_s: [f64; 3],
    /// Between looks at a bill whose PIX code is out of sight.
    pub watch_s: f64,
    /// Between looks at printer and TEF while nobody is served.
    pub equipment_s: f64,
    /// After a bank's code has ended, when it is looked at for late money; the last one is the last look.
    pub late_looks_s: Vec<f64>,
    /// Of all charges at banks; those that a customer waits for come first.
    pub pix_looks_per_minute: u32,
}

impl Default for Advanced {
    fn default() -> Self {
        let usual = Rhythm::default();
        Advanced {
            retry_s: usual.again.iter().map(Duration::as_secs_f64).collect(),
            pix_poll_s: usual.pix.map(|wait| wait.as_secs_f64()),
            watch_s: usual.watch.as_secs_f64(),
            equipment_s: usual.equipment.as_secs_f64(),
            late_looks_s: usual.late.iter().map(Duration::as_secs_f64).collect(),
            pix_looks_per_minute: usual.looks_a_minute,
        }
    }
}

impl Advanced {
    #[must_use]
    pub fn rhythm(&self) -> Rhythm {
        Rhythm {
            pix: self.pix_poll_s.map(seconds),
            again: self.retry_s.iter().copied().map(seconds).collect(),
            watch: seconds(self.watch_s),
            equipment: seconds(self.equipment_s),
            late: self.late_looks_s.iter().copied().map(seconds).collect(),
            looks_a_minute: self.pix_looks_per_minute,
        }
    }

    /// The keys whose times make no sense. A wait of nothing would ask without end.
    pub(super) fn mistaken(&self) -> Vec<&'static str> {
        let sound = |seconds: &f64| (0.05..=86_400.0).contains(seconds);
        let keys = [
            ("advanced.retry_s", !self.retry_s.is_empty() && self.retry_s.iter().all(sound)),
            ("advanced.pix_poll_s", self.pix_poll_s.iter().all(sound)),
            ("advanced.watch_s", sound(&self.watch_s)),
            ("advanced.equipment_s", sound(&self.equipment_s)),
            (
                "advanced.late_looks_s",
                !self.late_looks_s.is_empty()
                    && self.late_looks_s.is_sorted()
                    && self.late_looks_s.iter().all(|seconds| (0.05..=604_800.0).contains(seconds)),
            ),
        ];
        keys.into_iter().filter(|(_, sound)| !sound).map(|(key, _)| key).collect()
    }
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
