//! Who the customer is, and what stands open: calls #1, #2, #4 and #10.

use std::collections::BTreeMap;

use reqwest::Method as Verb;

use super::bill::BillRow;
use super::person::Person;
use super::shape::hear_document;
use super::standing::{self, Standing};
use super::{PERSON, WebServiceCliente, customer_id, garbled, invoice_id, json};
use crate::domain::{Account, BillRef, Customer, InvoiceState, TaxId};
use crate::erp::Error;
use crate::erp::scalar::Unreadable;
use crate::http::{Body, Request};

const CUSTOMER: &str = "cliente/dados";
const CUSTOMER_BY_ID: &str = "cliente/{id}/dados";
const ALL_BILLS: &str = "faturas/todas";

impl WebServiceCliente {
    /// #1, completed from #10 where it leaves out what a customer has to know before paying.
    pub(super) async fn find_account(&self, who: &TaxId) -> Result<Option<Account>, Error> {
        let request = Request {
            method: Verb::POST,
            body: Some(Body::Json(json(CUSTOMER, &BTreeMap::from([("cpfcnpj", who.plain())]))?)),
            ..self.session.request(CUSTOMER, &["ws", "comercial", "cliente", "dados"])
        };
        let standing: Standing = match hear_document(CUSTOMER, &self.session.read(request).await?) {
            Err(Error::Denied { words, .. }) if says_unknown_customer(&words.normalized()) => return Ok(None),
            standing => standing?,
        };
        if standing.says_unknown_customer() {
            return Ok(None);
        }
        if standing.keeps_bills_back() {
            return Err(garbled(CUSTOMER, "open bills, and no list of them"));
        }
        let id = standing.customer().ok_or_else(|| garbled(CUSTOMER, "no IDCliente"))?;
        let customer = Customer { id, name: standing.name().to_owned(), tax_id: who.clone() };
        let contracts = standing.contracts();
        let mut rows = standing.into_bills().unwrap_or_default();
        let today = self.today();
        if rows.iter().any(|row| row.needs_completion(&self.zone, today)) {
            match self.all_bills(who.plain()).await {
                Ok(all) => standing::completed(&mut rows, all),
                Err(error) => tracing::warn!(%error, "charges of overdue bills are as cliente/dados tells them"),
            }
        }
        let invoices = standing::open_invoices(&rows, &contracts, &self.zone);
        Ok(Some(Account { customer, contracts, invoices, alerts: Vec::new() }))
    }

    /// #10: every bill of a document, paid ones with `DataPagamento`.
    pub(super) async fn all_bills(&self, document: &str) -> Result<Vec<BillRow>, Error> {
        let request = self.session.request(ALL_BILLS, &["ws", "financeiro", "faturas", document, "todas"]);
        let standing: Standing = hear_document(ALL_BILLS, &self.session.read(request).await?)?;
        if standing.says_unknown_customer() {
            return Err(garbled(ALL_BILLS, "it does not know a customer that it has just told of"));
        }
        standing.into_bills().ok_or_else(|| garbled(ALL_BILLS, "no list of bills"))
    }

    /// #2: the open bills of a customer whose document the ERP does not tell.
    pub(super) async fn open_bills(&self, customer: u64) -> Result<Vec<BillRow>, Error> {
        let id = customer.to_string();
        let request = self.session.request(CUSTOMER_BY_ID, &["ws", "comercial", "cliente", &id, "dados"]);
        let standing: Standing = hear_document(CUSTOMER_BY_ID, &self.session.read(request).await?)?;
        standing.into_bills().ok_or_else(|| garbled(CUSTOMER_BY_ID, "no list of bills"))
    }

    /// #4.
    pub(super) async fn person(&self, customer: u64) -> Result<Person, Error> {
        let request = self.session.request(PERSON, &["ws", "area", "cliente", &customer.to_string()]);
        hear_document(PERSON, &self.session.read(request).await?)
    }

    pub(super) async fn find_invoice(&self, bill: &BillRef) -> Result<InvoiceState, Error> {
        let customer = customer_id(PERSON, &bill.customer)?;
        let invoice = invoice_id(ALL_BILLS, bill)?;
        let (rows, missing) = match self.person(customer).await?.document() {
            Some(document) => (self.all_bills(&document).await?, InvoiceState::Withdrawn),
            None => (self.open_bills(customer).await?, InvoiceState::Gone),
        };
        let mut same = rows.iter().filter(|row| row.id() == Some(invoice));
        let Some(row) = same.next() else { return Ok(missing) };
        let paid_on = |row: &BillRow| row.paid_on(&self.zone).map_err(|Unreadable| garbled(ALL_BILLS, "DataPagamento"));
        let paid = paid_on(row)?;
        for twin in same {
            if paid_on(twin)?.is_some() != paid.is_some() {
                return Err(garbled(ALL_BILLS, "the bill stands there both open and paid"));
            }
        }
        if paid.is_some() {
            return Ok(InvoiceState::Paid { on: paid });
        }
        let invoice = row.invoice(&self.zone, |_| String::new()).map_err(|field| garbled(ALL_BILLS, field))?;
        Ok(InvoiceState::Open(Box::new(invoice)))
    }
}

/// The ERP also writes "encontrato".
fn says_unknown_customer(words: &str) -> bool {
    words.contains("nao")
        && ["encontrad", "encontrat", "encontrar um cliente", "pertence a nenhum cliente"]
            .iter()
            .any(|known| words.contains(known))
}
