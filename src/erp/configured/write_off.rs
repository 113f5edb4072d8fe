//! The write-off (baixa): what its templates see, and which row of the site's table it takes.

use serde_json::{Value as Json, json};

use super::Configured;
use super::operation::Op;
use crate::domain::Money;
use crate::erp::site_table::{self, Method};
use crate::erp::{Error, PaidBy, WriteOff, WriteOffOutcome};

impl Configured {
    pub(super) async fn send_write_off(&self, write_off: &WriteOff) -> Result<WriteOffOutcome, Error> {
        let operation = self.supported(Op::WriteOff)?;
        let row = match site_table::lookup(&self.rows, &write_off.paid_by) {
            Ok(row) => self.rows.iter().position(|other| std::ptr::eq(other, row)),
            Err(missing) => return Ok(WriteOffOutcome::Rejected { why: missing.to_string() }),
        };
        let row = row.and_then(|row| self.row_values.get(row)).cloned().unwrap_or_default();
        let mut given = self.of_bill(operation, &write_off.bill).await?;
        given.insert("row".to_owned(), Json::Object(row));
        given.insert("paid_on".to_owned(), Json::from(write_off.on.to_string()));
        given.insert("paid_by".to_owned(), paid_by(&write_off.paid_by));
        let charge = &write_off.charge;
        let decimal = Money::to_decimal;
        let parts = json!({
            "principal": decimal(charge.principal), "fine": decimal(charge.fine), "interest": decimal(charge.interest),
            "discount": decimal(charge.discount), "total": decimal(charge.total()),
        });
        given.insert("charge".to_owned(), parts);
        given.insert("payment".to_owned(), json!({"key": key(write_off)}));
        let outcome = WriteOffOutcome::from(self.change(operation, given).await?);
        tracing::info!(invoice = %write_off.bill.invoice, outcome = outcome.name(), "write-off");
        Ok(outcome)
    }
}

fn paid_by(paid_by: &PaidBy) -> Json {
    match paid_by {
        PaidBy::Card { kind, network, brand, nsu, authorization } => json!({
            "method": Method::from(*kind).to_string(), "network": network, "brand": brand, "nsu": nsu, "authorization": authorization,
            "end_to_end": null,
        }),
        PaidBy::Pix { end_to_end } => json!({
            "method": "pix", "network": null, "brand": null, "nsu": null, "authorization": null,
            "end_to_end": end_to_end,
        }),
    }
}

/// A text that is the same whenever the write-off of this bill from this payment is sent, and never for another: what
/// an ERP's idempotency key is made of.
fn key(write_off: &WriteOff) -> String {
    let bill = &write_off.bill;
    let money = match &write_off.paid_by {
        PaidBy::Card { network, nsu, authorization, .. } => format!("{network}|{nsu}|{authorization}"),
        PaidBy::Pix { end_to_end } => end_to_end.clone(),
    };
    format!("{}|{}|{}|{money}", bill.customer, bill.invoice, write_off.on)
}
