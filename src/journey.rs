//! What the customer is doing: events in, commands out; one step a screen; time-outs.

pub mod intent;
pub mod step;

pub use intent::Intent;
pub use step::{Step, View};
