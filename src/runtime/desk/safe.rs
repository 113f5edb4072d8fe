//! What is kept beside the desk and asked on a thread of its own.

use crate::domain::Typed;
use crate::journey::technician::{Errand, ErrandDone};
use crate::runtime::call::Audit;

/// What is slow and touches no partner: a PIN that is compared, a journal that is walked.
pub trait Safe: Send + Sync {
    fn whose(&self, pin: &Typed) -> Option<String>;
    fn walk(&self) -> Audit;
    /// Something of the machine around the totem. It may take a minute.
    fn run(&self, _: Errand) -> ErrandDone {
        ErrandDone::default()
    }
}
