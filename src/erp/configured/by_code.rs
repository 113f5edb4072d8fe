//! A bill by what a reader read of it, and by that its customer.

use serde_json::json;

use super::look_up::object;
use super::operation::Op;
use super::shape::BillRow;
use super::{Configured, garbled};
use crate::domain::{Customer, CustomerId, InvoiceId, InvoiceState, Scanned};
use crate::erp::Error;

impl Configured {
    pub(super) async fn find_by_code(
        &self,
        code: &Scanned,
    ) -> Result<Option<(Customer, InvoiceId, InvoiceState)>, Error> {
        let operation = self.supported(Op::BillByCode)?;
        let name = Op::BillByCode.name();
        let given = match code {
            Scanned::Boleto(boleto) if operation.tells_line => json!({
                "kind": "boleto", "line": boleto.line_formatted(), "barcode": boleto.barcode(), "payload": null,
            }),
            Scanned::Pix(payload) if operation.tells_pix => {
                json!({"kind": "pix", "line": null, "barcode": null, "payload": payload})
            }
            // it looks for the other kind only
            Scanned::Boleto(_) | Scanned::Pix(_) => return Ok(None),
        };
        let Some(value) = self.run(operation, object(json!({"code": given}))).await? else { return Ok(None) };
        let row: BillRow = self.shaped(Op::BillByCode, &value)?;
        let invoice = InvoiceId(row.id().ok_or_else(|| garbled(name, "no id of the bill"))?.to_owned());
        let owner = CustomerId(row.customer().ok_or_else(|| garbled(name, "no customer"))?.to_owned());
        let state = row.state(self.reader()).map_err(|key| garbled(name, key))?;
        // a server that ignores what is looked for tells of anybody's bill: only one that shows the same code is taken
        if let InvoiceState::Open(bill) = &state
            && !code.is_of(bill)
        {
            return Err(garbled(name, "it tells of another bill, or not of its code"));
        }
        let known = match self.memory.of(&owner) {
            Some(known) if known.document.is_some() => Some(known),
            _ => self.fetched(&owner).await?,
        };
        let known = known.ok_or_else(|| garbled(name, "there is no such customer"))?;
        let tax_id = known.document.ok_or_else(|| garbled(name, "the customer has no CPF or CNPJ"))?;
        Ok(Some((Customer { id: known.id, name: known.name, tax_id }, invoice, state)))
    }
}
