//! A running desk gets another inside, made from changed settings: the facts in the journal lead from one to the other.

use std::sync::mpsc::channel;
use std::sync::{Arc, PoisonError};

use super::{DeskLine, Input, Inside, Ports};
use crate::runtime::{Core, Meter};

/// Makes the inside of a desk: its core, from the journal, and its ports.
pub type Make = Box<dyn FnOnce() -> Result<(Core, Ports), String> + Send>;

/// What is to be made, and what was there, should that fail.
pub(super) struct Renewed {
    pub make: Make,
    pub otherwise: Make,
}

impl Renewed {
    /// The one before has ended by now, so that journal and devices are free.
    pub(super) fn made(self) -> Option<(Core, Ports)> {
        let why = match (self.make)() {
            Ok(parts) => return Some(parts),
            Err(why) => why,
        };
        tracing::error!(why, "the changed settings cannot be used: back to those before");
        (self.otherwise)().inspect_err(|why| tracing::error!(why, "nor can those before: the desk ends")).ok()
    }
}

impl Inside {
    /// The next one, when this one has let go of journal and devices. What it still hears has no listener: it waits for
    /// nobody's money.
    pub(super) fn replaced(self, renewed: Renewed, line: &DeskLine) -> Option<Inside> {
        let Inside { core, received: _, hands } = self;
        let (inputs, received) = channel();
        // a tap that comes meanwhile is for the next one
        line.is_behind(inputs.clone());
        hands.end();
        drop(core);
        line.meter.carries_on();
        let (core, ports) = renewed.made()?;
        let next = Inside::new(core, ports, &inputs, received);
        next.inspect_err(|error| tracing::error!(%error, "the desk cannot go on")).ok()
    }
}

/// Asks a desk for another inside.
#[derive(Clone)]
pub struct Renewal(pub(super) Arc<DeskLine>);

impl Renewal {
    /// What the operator reads, whoever sits inside.
    #[must_use]
    pub fn meter(&self) -> Arc<Meter> {
        Arc::clone(&self.0.meter)
    }

    /// As soon as nobody is served and no attempt is open. A later wish takes the place of an earlier one.
    pub fn ask(&self, make: Make, otherwise: Make) {
        *self.0.renewed.lock().unwrap_or_else(PoisonError::into_inner) = Some(Renewed { make, otherwise });
        // so that the desk looks
        self.0.tell(Input::Time);
    }
}
