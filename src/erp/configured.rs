//! The driver that is told, not coded: a definition in TOML says how an ERP is asked and how its answers are read.
//!
//! A definition is a preset of the program (`config/erp/*.toml`) or a file of the site's own, with the site's words
//! laid over it; `config/erp/FORMATO.md` tells every key. All of it is checked before anything is sent. What a write-off's
//! answer means is decided by the definition's words, within limits that no definition moves: an empty answer, an HTML
//! page, a server error or words that it does not know are *unknown*.
//!
//! # A customer's CPF
//!
//! The journal keeps the ERP's id of a customer and never the CPF. An ERP that can only be asked by CPF is asked with
//! what this driver holds in memory: of at most 256 customers, each for two hours after it was last needed. What is
//! still under way keeps itself in memory, because the totem looks at it at least hourly. After a restart it is gone.
//! Where the definition has `cliente_por_id`, the customer is found again and nothing is lost. Where it has not:
//!
//! - a write-off whose templates need no CPF is sent as ever; one that needs it is an error, so it was not executed;
//! - a bill cannot be read, which is an error too. `payment::next` reads a bill before a write-off is sent again, and
//!   before one that the restart made late; an error there means to look again later. So an unclear write-off is never
//!   repeated blindly: it stays owed, its bill stays held, and it goes to a person if nobody can read the bill in time;
//! - the customer who comes back to the totem is known again, and the next look settles it.

mod answer;
mod by_code;
mod call;
mod context;
mod definition;
mod joining;
mod jq;
mod look_up;
mod memory;
mod mistake;
mod office;
mod operation;
mod paper;
pub mod preset;
mod run;
pub mod secrecy;
mod services;
mod session;
mod settings;
mod shape;
mod sign_in;
mod template;
mod tree;
mod write_off;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json};
use toml::Spanned;

use super::{Capability, Erp, Error, Lookup, Reply, Support, WriteOff, WriteOffOutcome};
use crate::domain::joining::{JoinBy, Joins, Offer};
use crate::domain::service::{
    AnnualSettlement, Catalog, Change, Channel, Consumption, ConsumptionChange, Contact, ContactChange, ContractAct,
    FiscalNote, Named, NewTicket, PaidBill, Prospect, Ticket, Unlocked,
};
use crate::domain::{
    Account, BillRef, Boleto, ContractId, Customer, CustomerId, Factors, InvoiceId, InvoiceState, Scanned, TaxId,
};
use crate::http::{Client, Patience, SetUpError, address};
use definition::{Definition, Operation};
use jq::Expression;
use memory::Memory;
use operation::Op;
use session::Session;
use shape::{Reader, Reading};

pub use mistake::Mistake;
pub use settings::{Settings, WriteOffRow};

/// Why there is no driver.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("{}", .0.iter().map(|mistake| mistake.message.as_str()).collect::<Vec<_>>().join("\n"))]
    Definition(Vec<Mistake>),
    #[error(transparent)]
    SetUp(#[from] SetUpError),
}

pub struct Configured {
    name: String,
    unverified: bool,
    session: Session,
    zone: TimeZone,
    reading: Reading,
    refused: Option<Expression>,
    operations: BTreeMap<Op, Operation>,
    rows: Vec<Spanned<WriteOffRow>>,
    row_values: Vec<Map<String, Json>>,
    memory: Memory,
}

/// Everything that is wrong with the definition and what the site says over it. Nothing is sent.
#[must_use]
pub fn mistakes(settings: &Settings) -> Vec<Mistake> {
    Definition::read(settings).err().unwrap_or_default()
}

/// Makes the driver. Nothing is sent yet.
pub fn connect(settings: &Settings) -> Result<Configured, Unfit> {
    connect_with(settings, Patience::default())
}

/// `connect` with other deadlines.
pub fn connect_with(settings: &Settings, patience: Patience) -> Result<Configured, Unfit> {
    let definition = Definition::read(settings).map_err(Unfit::Definition)?;
    let zone = TimeZone::get(&definition.zone).map_err(|_| SetUpError::Zone(definition.zone.clone()))?;
    let text = |name: &str| definition.values.get(name).map(|given| given.text.expose()).unwrap_or_default();
    let http = Client::new(text("base_url"), settings.allow_plain_http, patience)?;
    let calls = definition.operations.values().flat_map(Operation::calls);
    let named = calls.chain(definition.sign_in.login.as_ref().map(|login| &login.call));
    let names = named.filter_map(|call| call.base.as_deref()).chain(["base_url"]);
    let mut bases = BTreeMap::new();
    for name in names {
        bases.insert(name.to_owned(), address(text(name), settings.allow_plain_http)?);
    }
    if definition.unverified {
        tracing::warn!(erp = definition.name, "this definition was never tried against the vendor's server");
    }
    let session = Session::new(http, bases, definition.templates, definition.values.clone(), definition.sign_in);
    Ok(Configured {
        name: definition.name,
        unverified: definition.unverified,
        session,
        zone,
        reading: definition.reading,
        refused: definition.refused,
        operations: definition.operations,
        rows: settings.write_off.clone(),
        row_values: definition.rows,
        memory: Memory::default(),
    })
}

impl Configured {
    fn today(&self) -> Date {
        self.zone.to_datetime(Timestamp::now()).date()
    }

    fn reader(&self) -> Reader<'_> {
        Reader { reading: &self.reading, zone: &self.zone }
    }

    fn operation(&self, op: Op) -> Option<&Operation> {
        self.operations.get(&op)
    }

    /// The operation, or the port's own word for what this ERP cannot do.
    fn supported(&self, op: Op) -> Result<&Operation, Error> {
        let unsupported = || Error::Unsupported(op.capability().unwrap_or(Capability::Account));
        self.operation(op).ok_or_else(unsupported)
    }

    fn told_by(&self, capability: Capability) -> Option<&Operation> {
        let by = |op: Op| self.operation(op);
        let listed = [Op::Bill, Op::Bills];
        match capability {
            Capability::Factors => by(Op::Customer).filter(|operation| operation.tells_factors),
            Capability::Invoice => by(Op::Bill).or_else(|| by(Op::Bills)),
            Capability::Boleto => {
                by(Op::Line).or_else(|| listed.iter().filter_map(|op| by(*op)).find(|operation| operation.tells_line))
            }
            Capability::PixCode => {
                by(Op::PixCode).or_else(|| listed.iter().filter_map(|op| by(*op)).find(|operation| operation.tells_pix))
            }
            Capability::FiscalNotePdf => by(Op::NotePdf).or_else(|| by(Op::Notes)),
            Capability::AnnualSettlementPdf => by(Op::SettlementPdf).or_else(|| by(Op::Settlements)),
            // the customer of the bill is asked for by id
            Capability::BillByCode => by(Op::BillByCode).filter(|_| by(Op::CustomerById).is_some()),
            Capability::WriteOff if self.rows.is_empty() => None,
            Capability::Lookups => Op::LISTS.into_iter().find_map(by),
            _ => self.operations.values().find(|operation| operation.op.capability() == Some(capability)),
        }
    }
}

fn garbled(operation: &'static str, why: &str) -> Error {
    Error::Garbled { operation, why: why.to_owned() }
}

impl crate::erp::Changes for Configured {}

impl Erp for Configured {
    fn name(&self) -> &str {
        &self.name
    }

    fn supports(&self, capability: Capability) -> Support {
        match self.told_by(capability) {
            None => Support::No,
            Some(operation) if self.unverified || operation.unverified => Support::Unverified,
            Some(_) => Support::Yes,
        }
    }

    fn account<'a>(&'a self, who: &'a TaxId) -> Reply<'a, Option<Account>> {
        Box::pin(self.find_account(who))
    }

    fn factors<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Factors> {
        Box::pin(self.find_factors(customer))
    }

    fn invoice<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, InvoiceState> {
        Box::pin(self.find_invoice(bill))
    }

    fn bill_by_code<'a>(&'a self, code: &'a Scanned) -> Reply<'a, Option<(Customer, InvoiceId, InvoiceState)>> {
        Box::pin(self.find_by_code(code))
    }

    fn boleto<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<Boleto>> {
        Box::pin(self.find_boleto(bill))
    }

    fn pix_code<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<String>> {
        Box::pin(self.find_pix_code(bill))
    }

    fn pdf<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Vec<u8>> {
        Box::pin(self.fetch_bill_pdf(bill))
    }

    fn write_off<'a>(&'a self, write_off: &'a WriteOff) -> Reply<'a, WriteOffOutcome> {
        Box::pin(self.send_write_off(write_off))
    }

    fn lookups(&self) -> Reply<'_, Vec<Lookup>> {
        Box::pin(self.list_lookups())
    }

    fn paid_bills<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<PaidBill>> {
        Box::pin(self.list_paid(customer))
    }

    fn contacts<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Contact>> {
        Box::pin(self.list_contacts(customer))
    }

    fn pendency<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<String>> {
        Box::pin(self.list_pendency(customer))
    }

    fn unlock_on_trust<'a>(
        &'a self,
        customer: &'a CustomerId,
        contract: &'a ContractId,
    ) -> Reply<'a, Change<Unlocked>> {
        Box::pin(self.send_unlock(customer, contract))
    }

    fn fiscal_notes<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<FiscalNote>> {
        Box::pin(self.list_notes(customer))
    }

    fn fiscal_note_pdf<'a>(&'a self, customer: &'a CustomerId, note: &'a str) -> Reply<'a, Vec<u8>> {
        Box::pin(self.fetch_listed_pdf((Op::Notes, Op::NotePdf), "note", customer, note))
    }

    fn annual_settlements<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<AnnualSettlement>> {
        Box::pin(self.list_settlements(customer))
    }

    fn annual_settlement_pdf<'a>(&'a self, customer: &'a CustomerId, id: &'a str) -> Reply<'a, Vec<u8>> {
        Box::pin(self.fetch_listed_pdf((Op::Settlements, Op::SettlementPdf), "settlement", customer, id))
    }

    fn open_ticket<'a>(&'a self, customer: &'a CustomerId, ticket: &'a NewTicket) -> Reply<'a, Change<String>> {
        Box::pin(self.send_ticket(customer, ticket))
    }

    fn tickets<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Ticket>> {
        Box::pin(self.list_tickets(customer))
    }

    fn send_bill<'a>(&'a self, bill: &'a BillRef, by: Channel, to: Option<&'a str>) -> Reply<'a, Change<()>> {
        Box::pin(self.send_bill_by(bill, by, to))
    }

    fn change_contacts<'a>(&'a self, customer: &'a CustomerId, change: &'a ContactChange) -> Reply<'a, Change<()>> {
        Box::pin(self.send_contacts(customer, change))
    }

    fn catalog<'a>(&'a self, catalog: Catalog, cep: Option<&'a str>) -> Reply<'a, Vec<Named>> {
        Box::pin(self.list_catalog(catalog, cep))
    }

    fn offers<'a>(&'a self, cep: Option<&'a str>) -> Reply<'a, Vec<Offer>> {
        Box::pin(self.list_offers(cep))
    }

    fn joins(&self) -> Option<Joins> {
        self.how_to_join()
    }

    fn orders(&self) -> Option<Joins> {
        self.taken_in(Op::OrderForCustomer, JoinBy::Order)
    }

    fn register_prospect<'a>(&'a self, prospect: &'a Prospect) -> Reply<'a, Change<Option<String>>> {
        Box::pin(self.send_prospect(Op::Prospect, None, prospect))
    }

    fn register_lead<'a>(&'a self, prospect: &'a Prospect) -> Reply<'a, Change<Option<String>>> {
        Box::pin(self.send_prospect(Op::Lead, None, prospect))
    }

    fn change_contract<'a>(
        &'a self,
        customer: &'a CustomerId,
        contract: &'a ContractId,
        act: ContractAct,
    ) -> Reply<'a, Change<()>> {
        Box::pin(self.send_contract_act(customer, contract, act))
    }

    fn remove_customer<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Change<()>> {
        Box::pin(self.send_removal(customer))
    }

    fn consumption<'a>(&'a self, customer: &'a CustomerId, contract: &'a ContractId) -> Reply<'a, Vec<Consumption>> {
        Box::pin(self.list_consumption(customer, contract))
    }

    fn change_consumption<'a>(
        &'a self,
        customer: &'a CustomerId,
        contract: &'a ContractId,
        change: &'a ConsumptionChange,
    ) -> Reply<'a, Change<Option<String>>> {
        Box::pin(self.send_consumption(customer, contract, change))
    }

    fn order<'a>(
        &'a self,
        customer: Option<&'a CustomerId>,
        prospect: &'a Prospect,
    ) -> Reply<'a, Change<Option<String>>> {
        let op = if customer.is_some() { Op::OrderForCustomer } else { Op::Order };
        Box::pin(self.send_prospect(op, customer, prospect))
    }
}
