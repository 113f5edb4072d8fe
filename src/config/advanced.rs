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
}

impl Default for Advanced {
    fn default() -> Self {
        let usual = Rhythm::default();
        Advanced {
            retry_s: usual.again.iter().map(Duration::as_secs_f64).collect(),
            pix_poll_s: usual.pix.map(|wait| wait.as_secs_f64()),
            watch_s: usual.watch.as_secs_f64(),
            equipment_s: usual.equipment.as_secs_f64(),
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
        ];
        keys.into_iter().filter(|(_, sound)| !sound).map(|(key, _)| key).collect()
    }
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}
