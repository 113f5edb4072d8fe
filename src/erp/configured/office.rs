//! What an ERP lets a partner do to a customer's contracts beyond a counter's work: document 000 names all of it.

use serde_json::json;

use super::Configured;
use super::operation::Op;
use super::services::word;
use super::shape::ConsumptionRow;
use crate::domain::service::{Change, Consumption, ConsumptionChange, ContractAct};
use crate::domain::{ContractId, CustomerId, Money};
use crate::erp::Error;

impl Configured {
    pub(super) async fn send_contract_act(
        &self,
        customer: &CustomerId,
        contract: &ContractId,
        act: ContractAct,
    ) -> Result<Change<()>, Error> {
        let op = match act {
            ContractAct::Activate => Op::ActivateContract,
            ContractAct::Deactivate => Op::DeactivateContract,
            ContractAct::Suspend => Op::SuspendContract,
            ContractAct::Cancel => Op::CancelContract,
        };
        let given = self.with_customer(op, customer, json!({"contract": {"id": contract.0}})).await?;
        self.changed(op, given, |_| ()).await
    }

    pub(super) async fn send_removal(&self, customer: &CustomerId) -> Result<Change<()>, Error> {
        let given = self.with_customer(Op::RemoveCustomer, customer, json!({})).await?;
        self.changed(Op::RemoveCustomer, given, |_| ()).await
    }

    pub(super) async fn list_consumption(
        &self,
        customer: &CustomerId,
        contract: &ContractId,
    ) -> Result<Vec<Consumption>, Error> {
        let parts = json!({"contract": {"id": contract.0}});
        self.listed_of(Op::Consumption, customer, parts, |row: &ConsumptionRow| row.consumption(self.reader())).await
    }

    pub(super) async fn send_consumption(
        &self,
        customer: &CustomerId,
        contract: &ContractId,
        change: &ConsumptionChange,
    ) -> Result<Change<Option<String>>, Error> {
        let counted = |one: &Consumption| {
            json!({
                "id": one.id, "description": one.description, "quantity": one.quantity,
                "amount": one.amount.map(Money::to_decimal), "on": one.on.map(|on| on.to_string()),
            })
        };
        let (op, consumption) = match change {
            ConsumptionChange::Add(one) => (Op::AddConsumption, counted(one)),
            ConsumptionChange::Alter(one) => (Op::AlterConsumption, counted(one)),
            ConsumptionChange::Remove { id } => (
                Op::RemoveConsumption,
                json!({"id": id, "description": null, "quantity": null, "amount": null, "on": null}),
            ),
        };
        let parts = json!({"contract": {"id": contract.0}, "consumption": consumption});
        let given = self.with_customer(op, customer, parts).await?;
        self.changed(op, given, word).await
    }
}
