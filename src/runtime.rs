//! Carries a step to its port and brings the answer back as an event: deadlines, retries, threads.
//!
//! `core` decides nothing of its own and touches nothing: inputs and the time go in, calls come out. `desk` makes the
//! calls on threads and feeds the answers back.

mod book;
pub mod call;
pub mod card_desk;
pub mod core;
pub mod desk;
mod dialogue;
pub mod meter;
mod rhythm;

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;

pub use self::core::{CodeLimits, Core, Dice, Ledger, NotBegun, Site, Upkeep, Words};
pub use book::{Book, audit};
pub use desk::{Couriers, Desk, Make, Ports, Renewal, Safe, Wording};
pub use meter::Meter;
pub use rhythm::Rhythm;

use crate::journey::{Intent, View};

/// A face's line to the desk: intents in, views out. Cheap to clone, never blocks.
#[derive(Clone)]
pub struct Counter {
    inner: Arc<dyn Line>,
}

/// What stands behind a `Counter`.
pub trait Line: Send + Sync {
    /// Hands an intent in.
    fn send(&self, intent: Intent);
    /// All views from now on, the present one first. It ends when the desk has ended.
    fn subscribe(&self) -> UnboundedReceiver<Arc<View>>;
    /// The customer walks away, and the desk ends once no money is in flight.
    fn finish(&self);
    /// Makes the desk take one turn, which its meter counts: whoever asks whether it still moves.
    fn nudge(&self) {}
}

impl Counter {
    #[must_use]
    pub fn new(line: Arc<dyn Line>) -> Counter {
        Counter { inner: line }
    }

    pub fn send(&self, intent: Intent) {
        self.inner.send(intent);
    }

    #[must_use]
    pub fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
        self.inner.subscribe()
    }

    pub fn finish(&self) {
        self.inner.finish();
    }

    pub fn nudge(&self) {
        self.inner.nudge();
    }
}
