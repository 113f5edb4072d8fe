//! Who the customer is and what stands open, put together from the operations that a definition has.

use std::collections::BTreeSet;

use jaq_json::Val;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json, json};

use super::definition::Operation;
use super::memory::{Known, kind};
use super::operation::Op;
use super::session::refused;
use super::shape::{self, BillRow, ContractRow, CustomerRow, PaidRow, Unreadable};
use super::{Configured, garbled};
use crate::domain::{
    Account, BillRef, Boleto, Contract, ContractStatus, Customer, CustomerId, Factors, Invoice, InvoiceState, TaxId,
};
use crate::erp::Error;
use crate::erp::scalar::Scalar;
use crate::erp::text::{ambiguous, br_code};

/// Told to the technician where an ERP can only be asked by CPF, and the totem does not hold it.
const FORGOTTEN: &str = "the ERP can only be asked with what the totem holds of a customer in memory (CPF, name), and \
                         that is gone after a restart or some hours; it is known again when the customer comes back to \
                         the totem, else a person has to look";

impl Configured {
    pub(super) async fn find_account(&self, who: &TaxId) -> Result<Option<Account>, Error> {
        let asked = object(json!({"document": who.plain(), "document_kind": kind(who)}));
        let customer = self.supported(Op::Customer)?;
        let Some(value) = self.run(customer, asked).await? else { return Ok(None) };
        let Some(row) = self.only_customer(&value, who)? else { return Ok(None) };
        let known = self.known(Op::Customer, &row, Some(who))?;
        let given = object(json!({"customer": known.json()}));
        self.memory.keep(known.clone());
        let mut contracts: Vec<Contract> = row.contracts.iter().flatten().filter_map(ContractRow::contract).collect();
        contracts.extend(self.contracts(Op::Plans, &given).await?);
        for blocked in self.contracts(Op::BlockedPlans, &given).await? {
            match contracts.iter_mut().find(|contract| contract.id == blocked.id) {
                Some(contract) => contract.status = ContractStatus::Suspended,
                None => contracts.push(Contract { status: ContractStatus::Suspended, ..blocked }),
            }
        }
        let mut invoices = self.open_bills(given).await?;
        invoices.iter_mut().for_each(|invoice| scrub(invoice, who));
        let describe = |invoice: &mut Invoice| {
            if invoice.description.is_empty() {
                let plans = contracts.iter().filter(|contract| invoice.contracts.contains(&contract.id));
                let plans = plans.map(|contract| contract.plan.as_str()).filter(|plan| !plan.is_empty());
                invoice.description = plans.collect::<Vec<_>>().join(" + ");
            }
        };
        invoices.iter_mut().for_each(describe);
        let alerts = row.alerts.iter().flat_map(|list| &list.0).filter_map(Scalar::text).map(str::to_owned).collect();
        let customer = Customer { id: known.id, name: known.name, tax_id: who.clone() };
        Ok(Some(Account { customer, contracts, invoices, alerts }))
    }

    /// The one customer of this document. Of several nobody can know whose bills may be shown, so none is taken.
    fn only_customer(&self, value: &Val, who: &TaxId) -> Result<Option<CustomerRow>, Error> {
        let name = Op::Customer.name();
        let mut rows: Vec<CustomerRow> = match value {
            Val::Arr(_) => self.shaped(Op::Customer, value)?,
            _ => vec![self.shaped(Op::Customer, value)?],
        };
        let found = rows.len();
        rows.retain(|row| row.document.text().and_then(|text| TaxId::parse(text).ok()).is_none_or(|told| told == *who));
        let mut ids = BTreeSet::new();
        rows.retain(|row| ids.insert(row.id.text().map(str::to_owned)));
        match rows.len() {
            0 if found > 0 => Err(garbled(name, "it tells of another customer")),
            0 | 1 => Ok(rows.pop()),
            several => Err(refused(name, &ambiguous(several))),
        }
    }

    async fn contracts(&self, op: Op, given: &Map<String, Json>) -> Result<Vec<Contract>, Error> {
        let Some(operation) = self.operation(op) else { return Ok(Vec::new()) };
        let Some(value) = self.run(operation, given.clone()).await? else { return Ok(Vec::new()) };
        let rows: Vec<ContractRow> = self.shaped(op, &value)?;
        Ok(rows.iter().filter_map(ContractRow::contract).collect())
    }

    async fn bill_rows(&self, given: Map<String, Json>) -> Result<Vec<BillRow>, Error> {
        let operation = self.supported(Op::Bills)?;
        match self.run(operation, given).await? {
            Some(value) => self.rows(Op::Bills, &value),
            None => Ok(Vec::new()),
        }
    }

    /// The bills that can be read and are not paid. One that cannot be read is left out and logged: nobody can be asked
    /// to pay an amount that is not known.
    async fn open_bills(&self, given: Map<String, Json>) -> Result<Vec<Invoice>, Error> {
        let rows = self.bill_rows(given).await?;
        let read = rows.iter().filter_map(|row| match row.state(self.reader()) {
            Ok(InvoiceState::Open(invoice)) => Some(*invoice),
            Ok(InvoiceState::Paid { .. } | InvoiceState::Gone | InvoiceState::Withdrawn) => None,
            Err(key) => {
                tracing::warn!(key, "a bill cannot be read and is left out");
                None
            }
        });
        let mut invoices: Vec<Invoice> = Vec::new();
        for invoice in read {
            if invoices.iter().all(|other| other.id != invoice.id) {
                invoices.push(invoice);
            }
        }
        Ok(invoices)
    }

    pub(super) async fn find_factors(&self, id: &CustomerId) -> Result<Factors, Error> {
        match self.memory.of(id) {
            Some(known) => Ok(known.factors),
            None => match self.fetched(id).await? {
                Some(known) => Ok(known.factors),
                None => Err(refused(Op::Customer.name(), FORGOTTEN)),
            },
        }
    }

    pub(super) async fn find_invoice(&self, bill: &BillRef) -> Result<InvoiceState, Error> {
        if let Some(operation) = self.operation(Op::Bill) {
            let name = operation.op.name();
            let given = self.of_bill(operation, bill).await?;
            let Some(value) = self.run(operation, given).await? else { return self.settled(bill).await };
            let row: BillRow = self.shaped(Op::Bill, &value)?;
            if row.id().is_some_and(|id| id != bill.invoice.0) {
                return Err(garbled(name, "it tells of another bill"));
            }
            return self.state(name, &row, bill);
        }
        let operation = self.supported(Op::Bills)?;
        let given = self.of_customer(operation, &bill.customer).await?;
        let rows = self.bill_rows(given).await?;
        match rows.iter().find(|row| row.id() == Some(bill.invoice.0.as_str())) {
            Some(row) => self.state(Op::Bills.name(), row, bill),
            None => self.settled(bill).await,
        }
    }

    fn state(&self, name: &'static str, row: &BillRow, bill: &BillRef) -> Result<InvoiceState, Error> {
        let mut state = row.state(self.reader()).map_err(|key| garbled(name, key))?;
        if let (InvoiceState::Open(invoice), Some(document)) =
            (&mut state, self.memory.of(&bill.customer).and_then(|known| known.document))
        {
            scrub(invoice, &document);
        }
        Ok(state)
    }

    /// A bill that is no longer open: paid, where a list of paid ones says so. Where paid bills can be told and this one is
    /// none of them, that is told too.
    async fn settled(&self, bill: &BillRef) -> Result<InvoiceState, Error> {
        let Some(operation) = self.operation(Op::PaidBills) else {
            let tells = [Op::Bill, Op::Bills].into_iter().filter_map(|op| self.operation(op)).any(|op| op.tells_paid);
            return Ok(if tells { InvoiceState::Withdrawn } else { InvoiceState::Gone });
        };
        let given = self.of_customer(operation, &bill.customer).await?;
        let Some(value) = self.run(operation, given).await? else { return Ok(InvoiceState::Withdrawn) };
        let rows: Vec<PaidRow> = self.rows(Op::PaidBills, &value)?;
        let mut same = rows.iter().filter(|row| row.is_of(&bill.invoice.0));
        let paid = same.find_map(|row| row.paid_on(self.reader()).transpose());
        match paid.transpose().map_err(|key: Unreadable| garbled(operation.op.name(), key))? {
            Some(on) => Ok(InvoiceState::Paid { on: Some(on) }),
            None => Ok(InvoiceState::Withdrawn),
        }
    }

    pub(super) async fn find_boleto(&self, bill: &BillRef) -> Result<Option<Boleto>, Error> {
        if let Some(operation) = self.operation(Op::Line) {
            let given = self.of_bill(operation, bill).await?;
            let value = self.run(operation, given).await?;
            return Ok(value
                .as_ref()
                .map(|value| self.text(Op::Line, value))
                .transpose()?
                .as_deref()
                .and_then(shape::boleto));
        }
        match self.find_invoice(bill).await? {
            InvoiceState::Open(invoice) => Ok(invoice.boleto),
            InvoiceState::Paid { .. } | InvoiceState::Gone | InvoiceState::Withdrawn => Ok(None),
        }
    }

    pub(super) async fn find_pix_code(&self, bill: &BillRef) -> Result<Option<String>, Error> {
        if let Some(operation) = self.operation(Op::PixCode) {
            let given = self.of_bill(operation, bill).await?;
            let value = self.run(operation, given).await?;
            let code = value.as_ref().map(|value| self.text(Op::PixCode, value)).transpose()?;
            return Ok(code.and_then(|code| br_code(&code)));
        }
        match self.find_invoice(bill).await? {
            InvoiceState::Open(invoice) => Ok(invoice.pix),
            InvoiceState::Paid { .. } | InvoiceState::Gone | InvoiceState::Withdrawn => Ok(None),
        }
    }

    /// What an operation about a customer is asked with; an error where it needs what is held of this customer no more.
    pub(super) async fn of_customer(&self, operation: &Operation, id: &CustomerId) -> Result<Map<String, Json>, Error> {
        let known = match self.memory.of(id) {
            None if operation.needs_memory => self.fetched(id).await?,
            known => known,
        };
        match known {
            Some(known) => Ok(object(json!({"customer": known.json()}))),
            None if operation.needs_memory => Err(refused(operation.op.name(), FORGOTTEN)),
            None => Ok(object(json!({"customer": unknown(id)}))),
        }
    }

    pub(super) async fn of_bill(&self, operation: &Operation, bill: &BillRef) -> Result<Map<String, Json>, Error> {
        let mut given = self.of_customer(operation, &bill.customer).await?;
        given.insert("bill".to_owned(), json!({"id": bill.invoice.0}));
        Ok(given)
    }

    /// A customer that is not in memory, asked for by id where the definition says how.
    pub(super) async fn fetched(&self, id: &CustomerId) -> Result<Option<Known>, Error> {
        let Some(operation) = self.operation(Op::CustomerById) else { return Ok(None) };
        let given = object(json!({"customer": unknown(id)}));
        let Some(value) = self.run(operation, given).await? else { return Ok(None) };
        let row: CustomerRow = self.shaped(Op::CustomerById, &value)?;
        let known = self.known(Op::CustomerById, &row, None)?;
        if known.id != *id {
            return Err(garbled(Op::CustomerById.name(), "it tells of another customer"));
        }
        self.memory.keep(known.clone());
        Ok(Some(known))
    }

    fn known(&self, op: Op, row: &CustomerRow, who: Option<&TaxId>) -> Result<Known, Error> {
        let id = row.id.text().ok_or_else(|| garbled(op.name(), "no id of the customer"))?;
        let document = who.cloned().or_else(|| TaxId::parse(row.document.text()?).ok());
        // the id stands in the journal for years; a CPF may not
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        if document.as_ref().is_some_and(|document| plain(id).eq_ignore_ascii_case(document.plain())) {
            return Err(garbled(op.name(), "the customer's id is a CPF or CNPJ, which may not be kept"));
        }
        let birth = self.reader().date("birth", &row.birth).map_err(|key| garbled(op.name(), key))?;
        let phones = row.phones.iter().flat_map(|list| &list.0).filter_map(Scalar::text);
        let last4 = |phone: &str| {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            (digits.len() >= 8).then(|| digits.get(digits.len() - 4..).map(str::to_owned)).flatten()
        };
        let part = |number: i8| u8::try_from(number).unwrap_or(0);
        Ok(Known {
            id: CustomerId(id.to_owned()),
            name: row.name.text().unwrap_or_default().to_owned(),
            document,
            factors: Factors {
                birth: birth.map(|birth| (part(birth.day()), part(birth.month()))),
                phones_last4: phones.filter_map(last4).collect(),
            },
            extra: row.extra.as_ref().and_then(|raw| serde_json::from_str(raw.get()).ok()).unwrap_or(Json::Null),
        })
    }

    /// A list, entry by entry: one of another shape is left out and logged.
    pub(super) fn rows<T: DeserializeOwned>(&self, op: Op, value: &Val) -> Result<Vec<T>, Error> {
        let entries = shape::entries(value).map_err(|why| garbled(op.name(), &why))?;
        let count = entries.len();
        let rows: Vec<T> = entries.iter().filter_map(|raw| serde_json::from_str(raw.get()).ok()).collect();
        if rows.is_empty() && count > 0 {
            return Err(match shape::shaped::<Vec<T>>(value) {
                Err(why) => garbled(op.name(), &why),
                Ok(_) => garbled(op.name(), "its `read` gives another shape"),
            });
        }
        if rows.len() < count {
            tracing::warn!(
                operation = op.name(),
                left_out = count - rows.len(),
                "entries of another shape are left out"
            );
        }
        Ok(rows)
    }

    pub(super) fn shaped<T: DeserializeOwned>(&self, op: Op, value: &Val) -> Result<T, Error> {
        shape::shaped(value).map_err(|why| garbled(op.name(), &why))
    }

    pub(super) fn text(&self, op: Op, value: &Val) -> Result<String, Error> {
        let scalar: Scalar = self.shaped(op, value)?;
        scalar.text().map(str::to_owned).ok_or_else(|| garbled(op.name(), "its `read` gives no text"))
    }
}

fn unknown(id: &CustomerId) -> Json {
    json!({"id": id.0, "name": null, "document": null, "document_kind": null, "extra": null})
}

pub(super) fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        _ => Map::new(),
    }
}

/// What of a bill goes into the journal holds no whole CPF, wherever the ERP wrote one.
fn scrub(invoice: &mut Invoice, document: &TaxId) {
    let masked = document.masked();
    let punctuated = crate::erp::configured::template::punctuated(document.plain());
    let scrubbed = |text: &mut String| {
        for written in [document.plain(), punctuated.as_str()] {
            if text.contains(written) {
                *text = text.replace(written, &masked);
            }
        }
    };
    scrubbed(&mut invoice.number);
    scrubbed(&mut invoice.description);
    let heads = &mut invoice.receipt_heads;
    [&mut invoice.identifier, &mut heads.card, &mut heads.pix].into_iter().flatten().for_each(scrubbed);
}
