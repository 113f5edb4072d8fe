//! Where chance enters: a seed draws every fate, or a script names each of them.

use std::sync::{Arc, Mutex, PoisonError};

/// What becomes of one act in the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fate {
    Good,
    /// The partner says no.
    Declined,
    /// It never arrived.
    RequestLost,
    /// It was done, and nobody heard of it.
    AnswerLost,
    /// It was done, and the answer takes minutes.
    Late,
    /// The answer comes twice.
    Twice,
    /// Power fails before the fact is on disk.
    CrashBefore,
    /// Power fails between the fact and the call that follows from it.
    CrashAfter,
    /// The disk reports an error and kept nothing.
    Refused,
    /// The disk reports an error and kept all.
    RefusedButKept,
    /// Another amount than was asked.
    Mismatched,
    /// The machine is not there.
    Absent,
    /// It is done only after the asker has given up.
    Straggles,
}

/// A fate and how often it is drawn, in parts of the sum.
pub type Odds<'a> = &'a [(Fate, u32)];

/// The fates that a script names; after its end all is good.
#[derive(Debug, Default)]
pub struct Script {
    pub chosen: Vec<usize>,
    /// How many fates could be chosen at each point met, and what the chosen one was.
    pub met: Vec<(usize, String)>,
    pub faults_left: usize,
}

#[derive(Debug)]
struct Inner {
    state: u64,
    script: Option<Script>,
    healed: bool,
    faults: u64,
}

/// Shared by everything that depends on chance in one run.
#[derive(Debug, Clone)]
pub struct Luck(Arc<Mutex<Inner>>);

impl Luck {
    pub fn of_seed(seed: u64) -> Luck {
        let state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66_D1CE_4E5B;
        Luck(Arc::new(Mutex::new(Inner { state, script: None, healed: false, faults: 0 })))
    }

    pub fn of_script(chosen: Vec<usize>, faults: usize) -> Luck {
        let luck = Luck::of_seed(1);
        luck.with(|inner| inner.script = Some(Script { chosen, met: Vec::new(), faults_left: faults }));
        luck
    }

    fn with<T>(&self, what: impl FnOnce(&mut Inner) -> T) -> T {
        what(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on nothing goes wrong.
    pub fn heal(&self) {
        self.with(|inner| inner.healed = true);
    }

    pub fn is_healed(&self) -> bool {
        self.with(|inner| inner.healed)
    }

    pub fn faults(&self) -> u64 {
        self.with(|inner| inner.faults)
    }

    pub fn met(&self) -> Vec<(usize, String)> {
        self.with(|inner| inner.script.as_ref().map(|script| script.met.clone()).unwrap_or_default())
    }

    /// A number below `end`.
    pub fn below(&self, end: u64) -> u64 {
        self.with(|inner| inner.draw() % end.max(1))
    }

    pub fn between(&self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.below(u64::try_from(to - from).unwrap_or(1))).unwrap_or(0)
    }

    /// True `percent` times in a hundred.
    pub fn chance(&self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// What becomes of the act at this point. The first of the odds is what is ordinary.
    pub fn fate(&self, point: &str, odds: Odds<'_>) -> Fate {
        self.with(|inner| {
            let fate = inner.fate(point, odds);
            inner.faults += u64::from(fate != Fate::Good);
            fate
        })
    }
}

impl Inner {
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn fate(&mut self, point: &str, odds: Odds<'_>) -> Fate {
        if self.healed || odds.len() < 2 {
            return Fate::Good;
        }
        if let Some(script) = &mut self.script {
            if script.faults_left == 0 {
                return Fate::Good;
            }
            let at = script.met.len();
            let choice = script.chosen.get(at).copied().unwrap_or(0);
            let fate = odds.get(choice).map_or(Fate::Good, |(fate, _)| *fate);
            script.met.push((odds.len(), format!("{point}: {fate:?}")));
            script.faults_left -= usize::from(fate != Fate::Good);
            return fate;
        }
        let total: u32 = odds.iter().map(|(_, weight)| weight).sum();
        let mut drawn = u32::try_from(self.draw() % u64::from(total.max(1))).unwrap_or(0);
        for (fate, weight) in odds {
            if drawn < *weight {
                return *fate;
            }
            drawn -= weight;
        }
        Fate::Good
    }
}
