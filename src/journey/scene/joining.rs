//! What somebody who wants to become a customer has said so far. Nothing of it outlives its being left.

use std::fmt;

use super::Field;
use crate::domain::joining::{JoinAsk, Joins, Offer, Place};
use crate::domain::service::Named;
use crate::journey::step::{FormProblem, Purpose};

pub struct Joining {
    /// A new customer, or one who wants another product.
    pub purpose: Purpose,
    pub joins: Joins,
    /// Every question in its order, also those that need not be asked.
    pub fields: Vec<Field>,
    pub at: usize,
    pub problem: Option<FormProblem>,
    /// The CEP that was looked up, and where it is.
    pub looked_up: Option<(String, Option<Place>)>,
    /// What is sold at a CEP; nothing before it was asked for.
    pub offers: Option<(String, Vec<Offer>)>,
    pub due_days: Option<Vec<Named>>,
    /// What was asked, as far as it may have to be asked again.
    pub asked: Option<JoinAsk>,
}

impl fmt::Debug for Joining {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Joining").field("purpose", &self.purpose).field("at", &self.at).finish_non_exhaustive()
    }
}
