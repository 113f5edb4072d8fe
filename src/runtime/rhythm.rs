//! How often things are tried again.

use std::time::Duration;

use crate::domain::PaymentId;

/// Waiting times between tries. The defaults are for real partners; a demonstration may be quicker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    /// Between looks at a PIX charge: for the first minute, until the fifth, and then.
    pub pix: [Duration; 3],
    /// After the first, second, … failure of anything else; the last one repeats.
    pub again: Vec<Duration>,
    /// Between looks at a bill that only the ERP can tell of, with nobody waiting.
    pub watch: Duration,
    /// Between looks at printer and TEF while nobody is served.
    pub equipment: Duration,
    /// After a bank's code has ended, when it is looked at for late money; the last one is the last look.
    pub late: Vec<Duration>,
    /// At most so many looks at banks' charges a minute, counting those for the customer who waits, which come first.
    pub looks_a_minute: u32,
}

impl Default for Rhythm {
    fn default() -> Self {
        Rhythm {
            pix: [3, 5, 10].map(Duration::from_secs),
            again: [5, 30, 120, 600, 3_600].map(Duration::from_secs).to_vec(),
            watch: Duration::from_secs(3_600),
            equipment: Duration::from_secs(60),
            late: [60, 300, 1_800, 86_400].map(Duration::from_secs).to_vec(),
            looks_a_minute: 60,
        }
    }
}

impl Rhythm {
    /// Partners that answer at once.
    #[must_use]
    pub fn quick() -> Rhythm {
        Rhythm {
            pix: [200, 200, 200].map(Duration::from_millis),
            again: [200, 500, 1_000, 2_000].map(Duration::from_millis).to_vec(),
            watch: Duration::from_secs(5),
            equipment: Duration::from_secs(2),
            late: [1, 5, 30].map(Duration::from_secs).to_vec(),
            looks_a_minute: 600,
        }
    }

    /// The room between two looks at banks' charges.
    #[must_use]
    pub fn between_looks(&self) -> Duration {
        Duration::from_secs(60) / self.looks_a_minute.max(1)
    }

    /// The wait after the `tries`-th failure, a fifth more or less, so that a hundred totems do not call together:
    /// `seed` is this totem's own.
    #[must_use]
    pub fn again_after(&self, tries: u32, payment: PaymentId, seed: u64) -> Duration {
        let place = usize::try_from(tries.saturating_sub(1)).unwrap_or(usize::MAX);
        let base = self.again.get(place).or(self.again.last()).copied().unwrap_or_default();
        let mixed = (payment.0 ^ seed).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(tries);
        let spread = (mixed ^ (mixed >> 32)).wrapping_mul(0xBF58_476D_1CE4_E5B9) % 401;
        base.mul_f64(0.8 + f64::from(u32::try_from(spread).unwrap_or(200)) / 1_000.0)
    }

    #[must_use]
    pub fn pix_after(&self, watched: Duration) -> Duration {
        let [first, then, later] = self.pix;
        match watched.as_secs() {
            0..60 => first,
            60..300 => then,
            _ => later,
        }
    }
}
