//! Carries a step to its port and brings the answer back as an event: deadlines, retries, threads.

use std::sync::Arc;

use tokio::sync::mpsc::UnboundedReceiver;

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
    /// All views from now on, the present one first.
    fn subscribe(&self) -> UnboundedReceiver<Arc<View>>;
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
}
