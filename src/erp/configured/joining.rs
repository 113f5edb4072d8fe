//! Becoming a customer, as a definition tells it: what its templates take in is what is asked of a person.

use serde_json::json;

use super::Configured;
use super::look_up::object;
use super::operation::Op;
use super::services::readable;
use super::shape::NamedRow;
use crate::domain::joining::{JoinBy, Joins, Offer};
use crate::erp::Error;

/// The first that a definition has: a prospect says the most, a lead the least.
const WAYS: [(Op, JoinBy); 3] =
    [(Op::Prospect, JoinBy::Prospect), (Op::Order, JoinBy::Order), (Op::Lead, JoinBy::Lead)];

impl Configured {
    pub(super) fn how_to_join(&self) -> Option<Joins> {
        WAYS.into_iter().find_map(|(op, by)| self.taken_in(op, by))
    }

    pub(super) fn taken_in(&self, op: Op, by: JoinBy) -> Option<Joins> {
        let operation = self.operation(op)?;
        Some(Joins {
            by,
            address: operation.takes("prospect.cep") || operation.takes("prospect.street"),
            city: operation.takes("prospect.city"),
            complement: operation.takes("prospect.complement"),
            // what is in no list cannot be chosen
            product: operation.takes("prospect.product") && self.operation(Op::Products).is_some(),
            due_day: operation.takes("prospect.due_day") && self.operation(Op::DueDays).is_some(),
            birth: operation.takes("prospect.birth"),
            email: operation.takes("prospect.email"),
        })
    }

    pub(super) async fn list_offers(&self, cep: Option<&str>) -> Result<Vec<Offer>, Error> {
        let operation = self.supported(Op::Products)?;
        let Some(value) = self.run(operation, object(json!({"cep": cep}))).await? else { return Ok(Vec::new()) };
        Ok(readable(Op::Products, &self.rows::<NamedRow>(Op::Products, &value)?, |row| row.offer(self.reader())))
    }
}
