//! The rest of the counter: contacts, pendencies, papers, tickets, the unlock on trust, and becoming a customer.

use jaq_json::Val;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::Configured;
use super::definition::{Fills, Operation};
use super::look_up::object;
use super::operation::Op;
use super::session::refused;
use super::shape::{ContactRow, NamedRow, PaidRow, PaperRow, TicketRow, UnlockedRow, shaped};
use crate::domain::service::{
    AnnualSettlement, Catalog, Change, Channel, Contact, ContactChange, FiscalNote, Named, NewTicket, PaidBill,
    Prospect, Ticket, Unlocked,
};
use crate::domain::{BillRef, ContractId, CustomerId};
use crate::erp::scalar::Scalar;
use crate::erp::{Capability, Error, Lookup, Place};

impl Configured {
    /// A list about a customer; what cannot be read of it is left out and logged.
    async fn listed<T: for<'de> Deserialize<'de>, R>(
        &self,
        op: Op,
        customer: &CustomerId,
        entry: impl Fn(&T) -> Result<R, &'static str>,
    ) -> Result<Vec<R>, Error> {
        self.listed_of(op, customer, Json::Object(Map::new()), entry).await
    }

    /// The same, with more to say than whose list it is.
    pub(super) async fn listed_of<T: for<'de> Deserialize<'de>, R>(
        &self,
        op: Op,
        customer: &CustomerId,
        parts: Json,
        entry: impl Fn(&T) -> Result<R, &'static str>,
    ) -> Result<Vec<R>, Error> {
        let operation = self.supported(op)?;
        let given = self.with_customer(op, customer, parts).await?;
        let Some(value) = self.run(operation, given).await? else { return Ok(Vec::new()) };
        Ok(readable(op, &self.rows::<T>(op, &value)?, entry))
    }

    pub(super) async fn list_paid(&self, customer: &CustomerId) -> Result<Vec<PaidBill>, Error> {
        let mut paid = self.listed(Op::PaidBills, customer, |row: &PaidRow| row.bill(self.reader())).await?;
        paid.retain(|bill| bill.paid_on.is_some());
        paid.sort_by_key(|bill| std::cmp::Reverse(bill.paid_on));
        Ok(paid)
    }

    pub(super) async fn list_contacts(&self, customer: &CustomerId) -> Result<Vec<Contact>, Error> {
        self.listed(Op::Contacts, customer, ContactRow::contact).await
    }

    pub(super) async fn list_pendency(&self, customer: &CustomerId) -> Result<Vec<String>, Error> {
        let text = |scalar: &Scalar| scalar.text().map(str::to_owned).ok_or("a pendency without words");
        self.listed(Op::Pendency, customer, text).await
    }

    pub(super) async fn list_notes(&self, customer: &CustomerId) -> Result<Vec<FiscalNote>, Error> {
        let has_pdf = self.operation(Op::NotePdf).is_some();
        self.listed(Op::Notes, customer, |row: &PaperRow| row.note(self.reader(), has_pdf)).await
    }

    pub(super) async fn list_settlements(&self, customer: &CustomerId) -> Result<Vec<AnnualSettlement>, Error> {
        let has_pdf = self.operation(Op::SettlementPdf).is_some();
        self.listed(Op::Settlements, customer, |row: &PaperRow| row.settlement(has_pdf)).await
    }

    pub(super) async fn list_tickets(&self, customer: &CustomerId) -> Result<Vec<Ticket>, Error> {
        self.listed(Op::Tickets, customer, |row: &TicketRow| row.ticket(self.reader())).await
    }

    pub(super) async fn fetch_bill_pdf(&self, bill: &BillRef) -> Result<Vec<u8>, Error> {
        let operation = self.supported(Op::BillPdf)?;
        let given = self.of_bill(operation, bill).await?;
        self.paper(operation, given).await
    }

    /// A paper of a list: by an operation of its own, or as the list itself has it.
    pub(super) async fn fetch_listed_pdf(
        &self,
        (list, paper): (Op, Op),
        called: &str,
        customer: &CustomerId,
        id: &str,
    ) -> Result<Vec<u8>, Error> {
        if let Some(operation) = self.operation(paper) {
            let mut given = self.of_customer(operation, customer).await?;
            given.insert(called.to_owned(), json!({"id": id}));
            return self.paper(operation, given).await;
        }
        let operation = self.supported(list)?;
        let given = self.of_customer(operation, customer).await?;
        let value = self.run(operation, given).await?;
        let rows: Vec<PaperRow> = value.as_ref().map(|value| self.rows(list, value)).transpose()?.unwrap_or_default();
        let row = rows.iter().find(|row| row.is_of(id));
        let text =
            row.and_then(|row| row.pdf.text()).ok_or_else(|| refused(list.name(), "the ERP has no such paper"))?;
        self.unpacked(list.name(), text).await
    }

    /// A change, and what its `read` gives once it is done.
    pub(super) async fn changed<T>(
        &self,
        op: Op,
        given: Map<String, Json>,
        done: impl Fn(Option<Val>) -> T,
    ) -> Result<Change<T>, Error> {
        let operation = self.supported(op)?;
        Ok(match self.change(operation, given).await?.change() {
            Change::Done(Some((last, context))) => Change::Done(done(self.outcome(operation, last, &context).await)),
            Change::Done(None) => Change::Done(done(None)),
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        })
    }

    pub(super) async fn with_customer(
        &self,
        op: Op,
        customer: &CustomerId,
        parts: Json,
    ) -> Result<Map<String, Json>, Error> {
        let operation: &Operation = self.supported(op)?;
        let mut given = self.of_customer(operation, customer).await?;
        given.extend(object(parts));
        Ok(given)
    }

    pub(super) async fn send_unlock(
        &self,
        customer: &CustomerId,
        contract: &ContractId,
    ) -> Result<Change<Unlocked>, Error> {
        let given = self.with_customer(Op::Unlock, customer, json!({"contract": {"id": contract.0}})).await?;
        let unlocked = |value: Option<Val>| {
            let row = value.and_then(|value| shaped::<UnlockedRow>(&value).ok()).unwrap_or_default();
            row.unlocked(self.reader())
        };
        self.changed(Op::Unlock, given, unlocked).await
    }

    pub(super) async fn send_ticket(&self, customer: &CustomerId, ticket: &NewTicket) -> Result<Change<String>, Error> {
        let parts = json!({"ticket": {
            "contract": ticket.contract.0, "kind": ticket.kind.as_deref().unwrap_or_default(),
            "subject": ticket.subject, "text": ticket.text, "name": ticket.name, "phone": ticket.phone,
        }});
        let given = self.with_customer(Op::OpenTicket, customer, parts).await?;
        self.changed(Op::OpenTicket, given, |value| word(value).unwrap_or_default()).await
    }

    pub(super) async fn send_bill_by(
        &self,
        bill: &BillRef,
        by: Channel,
        to: Option<&str>,
    ) -> Result<Change<()>, Error> {
        let op = match by {
            Channel::Email => Op::SendEmail,
            Channel::Sms => Op::SendSms,
            Channel::Push => Op::SendPush,
        };
        let parts = json!({"bill": {"id": bill.invoice.0}, "to": to});
        let given = self.with_customer(op, &bill.customer, parts).await?;
        self.changed(op, given, |_| ()).await
    }

    pub(super) async fn send_contacts(
        &self,
        customer: &CustomerId,
        change: &ContactChange,
    ) -> Result<Change<()>, Error> {
        let parts = json!({"change": {"phone": change.phone, "email": change.email}});
        let given = self.with_customer(Op::EditCustomer, customer, parts).await?;
        self.changed(Op::EditCustomer, given, |_| ()).await
    }

    pub(super) async fn list_catalog(&self, catalog: Catalog, cep: Option<&str>) -> Result<Vec<Named>, Error> {
        let op = Op::of_catalog(catalog);
        let operation = self.supported(op)?;
        let Some(value) = self.run(operation, object(json!({"cep": cep}))).await? else { return Ok(Vec::new()) };
        Ok(readable(op, &self.rows::<NamedRow>(op, &value)?, NamedRow::named))
    }

    /// Every list of ids that the definition has, each with the key that takes one of them. A list that cannot be read is
    /// left out and logged, unless none can.
    pub(super) async fn list_lookups(&self) -> Result<Vec<Lookup>, Error> {
        let (mut lookups, mut failed) = (Vec::new(), None);
        for operation in Op::LISTS.into_iter().filter_map(|op| self.operation(op)) {
            let op = operation.op;
            let entries = match self.run(operation, object(json!({"cep": null}))).await {
                Ok(Some(value)) => self.rows::<NamedRow>(op, &value).map(|rows| readable(op, &rows, NamedRow::named)),
                Ok(None) => Ok(Vec::new()),
                Err(error) => Err(error),
            };
            let (key, place) = match &operation.fills {
                Some(Fills::Row(name)) => (format!("values.{name}"), Place::Row),
                Some(Fills::Value(name)) => (name.clone(), Place::Values),
                None => (op.name().to_owned(), Place::Form),
            };
            match entries {
                Ok(entries) => lookups.push(Lookup { key, place, of: None, entries }),
                Err(error) => {
                    tracing::warn!(operation = op.name(), %error, "a list cannot be read and is left out");
                    failed = Some(error);
                }
            }
        }
        match failed {
            Some(error) if lookups.is_empty() => Err(error),
            None if lookups.is_empty() => Err(Error::Unsupported(Capability::Lookups)),
            _ => Ok(lookups),
        }
    }

    pub(super) async fn send_prospect(
        &self,
        op: Op,
        customer: Option<&CustomerId>,
        prospect: &Prospect,
    ) -> Result<Change<Option<String>>, Error> {
        let parts = json!({"prospect": prospect_json(prospect)});
        let given = match customer {
            Some(customer) => self.with_customer(op, customer, parts).await?,
            None => object(parts),
        };
        self.changed(op, given, word).await
    }
}

pub(super) fn readable<T, R>(op: Op, rows: &[T], entry: impl Fn(&T) -> Result<R, &'static str>) -> Vec<R> {
    let read = rows.iter().filter_map(|row| {
        entry(row)
            .map_err(|key| tracing::warn!(operation = op.name(), key, "an entry cannot be read and is left out"))
            .ok()
    });
    read.collect()
}

pub(super) fn word(value: Option<Val>) -> Option<String> {
    let scalar: Scalar = shaped(&value?).ok()?;
    scalar.text().map(str::to_owned)
}

fn prospect_json(prospect: &Prospect) -> Json {
    let price = prospect.price.map(crate::domain::Money::to_decimal);
    json!({
        "name": prospect.name, "document": prospect.tax_id, "birth": prospect.birth.map(|date| date.to_string()),
        "phone": prospect.phone, "email": prospect.email, "cep": prospect.cep, "street": prospect.street,
        "number": prospect.number, "complement": prospect.complement, "district": prospect.district,
        "city": prospect.city, "state": prospect.state, "product": prospect.product, "price": price,
        "due_day": prospect.due_day, "reseller": prospect.reseller, "origin": prospect.origin, "note": prospect.note,
    })
}
