//! A customer with contracts and bills, as `cliente/dados` and the list of all bills tell it.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use serde::Deserialize;

use super::bill::{BillRow, ContractRow};
use crate::domain::{Contract, ContractId, ContractStatus, CustomerId, Invoice};
use crate::erp::scalar::{List, Scalar};
use crate::erp::text::normalized;

/// The answer of `cliente/dados` and of `faturas/{cpfcnpj}/todas`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Standing {
    /// The ERP's own spelling.
    #[serde(rename = "ClienteEncontrato")]
    found: Scalar,
    #[serde(rename = "ClienteEncontrado")]
    found_well_spelt: Scalar,
    #[serde(rename = "IDCliente")]
    customer: Scalar,
    #[serde(rename = "CodigoCliente")]
    customer_code: Scalar,
    #[serde(rename = "NomeCliente")]
    name: Scalar,
    #[serde(rename = "ExisteFaturaSemPagamento")]
    has_open_bills: Scalar,
    #[serde(rename = "Contratos")]
    contracts: Option<List<ContractRow>>,
    #[serde(rename = "Faturas")]
    bills: Option<List<BillRow>>,
}

impl Standing {
    pub(super) fn says_unknown_customer(&self) -> bool {
        [&self.found, &self.found_well_spelt].iter().any(|found| !found.is_absent() && !found.is_yes())
    }

    pub(super) fn customer(&self) -> Option<CustomerId> {
        [&self.customer, &self.customer_code].into_iter().find_map(Scalar::id).map(|id| CustomerId(id.to_string()))
    }

    pub(super) fn name(&self) -> &str {
        self.name.text().unwrap_or_default()
    }

    pub(super) fn contracts(&self) -> Vec<Contract> {
        let rows = self.contracts.iter().flat_map(|list| &list.0);
        rows.filter_map(|row| {
            let plan = row.plan.text().unwrap_or_default().to_owned();
            Some(Contract { id: row.id()?, plan, status: status(row.status.text().unwrap_or_default()) })
        })
        .collect()
    }

    /// Whether the answer speaks of open bills and does not list them.
    pub(super) fn keeps_bills_back(&self) -> bool {
        self.bills.is_none() && self.has_open_bills.is_yes()
    }

    /// The rows; nothing where the answer has no list at all, which is no proof that there is no bill.
    pub(super) fn into_bills(self) -> Option<Vec<BillRow>> {
        self.bills.map(|list| list.0)
    }
}

fn status(text: &str) -> ContractStatus {
    match normalized(text).as_str() {
        "habilitado" => ContractStatus::Active,
        "suspenso" | "suspenso parcialmente" => ContractStatus::Suspended,
        "habilitado em confianca" => ContractStatus::OnTrust,
        "cancelado" => ContractStatus::Cancelled,
        _ => ContractStatus::Other(text.to_owned()),
    }
}

/// Fills the open bills up with what the list of all bills says of the same ones.
pub(super) fn completed(open: &mut [BillRow], all: Vec<BillRow>) {
    let mut known: HashMap<u64, BillRow> = all.into_iter().filter_map(|row| Some((row.id()?, row))).collect();
    for row in open {
        if let Some(other) = row.id().and_then(|id| known.remove(&id)) {
            row.complete_from(other);
        }
    }
}

/// The bills that can be read and are not paid. One that cannot be read is left out and logged: nobody can be asked to
/// pay an amount that is not known.
pub(super) fn open_invoices(rows: &[BillRow], contracts: &[Contract], zone: &TimeZone) -> Vec<Invoice> {
    let describe = |ids: &[ContractId]| {
        let plans =
            contracts.iter().filter(|contract| ids.contains(&contract.id)).map(|contract| contract.plan.as_str());
        plans.filter(|plan| !plan.is_empty()).collect::<Vec<_>>().join(" + ")
    };
    let open = rows.iter().filter(|row| !row.is_paid(zone).unwrap_or(true));
    open.filter_map(|row| {
        row.invoice(zone, describe).map_err(|field| tracing::warn!(field, "a bill cannot be read and is left out")).ok()
    })
    .collect()
}
