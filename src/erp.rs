//! Erp: what the clerk asks of the provider's system, and one driver a vendor.
//!
//! A driver says what it cannot do (`supports`), and the menu shows only what can be done. Nothing but the named
//! fields of an answer is kept: bodies carry PPPoE passwords and addresses.

mod capability;
mod changes;
pub mod configured;
pub mod hubsoft;
mod scalar;
pub mod site_table;
mod text;
pub mod webservice_cliente;

use std::future::Future;
use std::pin::Pin;

use jiff::civil::Date;

use crate::domain::joining::{Joins, Offer};
use crate::domain::service::{
    AnnualSettlement, Catalog, Change, Channel, Consumption, ConsumptionChange, Contact, ContactChange, ContractAct,
    FiscalNote, Named, NewTicket, PaidBill, Prospect, Ticket, Unlocked,
};
use crate::domain::{
    Account, BillRef, Boleto, CardKind, Charge, ContractId, Customer, CustomerId, Factors, InvoiceId, InvoiceState,
    Scanned, TaxId,
};
use crate::http::Lost;

pub use crate::domain::WriteOffOutcome;
pub use capability::{Capability, Support};
pub use changes::Changes;
pub use text::Words;

/// An answer that is on its way.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// What went wrong, in the trade's words. No variant carries a body.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No connection, a timeout, or a server that says it is down.
    #[error("the ERP cannot be reached: {0}")]
    Unreachable(String),
    #[error("the ERP refuses our sign-in: {0}")]
    SignIn(String),
    /// The answer is not what the document says: HTML, cut off, too large, of another type.
    #[error("the ERP's answer to {operation} cannot be read: {why}")]
    Garbled { operation: &'static str, why: String },
    /// It is not asked for, or answered by a bare no: why, in words of ours.
    #[error("the ERP refuses {operation}: {why}")]
    Refused { operation: &'static str, why: String },
    /// The ERP understood and said no, in its own words: those are for the screen, not for the log.
    #[error("the ERP refuses {operation} (HTTP {status})")]
    Denied { operation: &'static str, status: u16, words: Words },
    #[error("this ERP cannot do that: {0:?}")]
    Unsupported(Capability),
}

impl Error {
    fn denied(operation: &'static str, status: u16, words: &str) -> Error {
        Error::Denied { operation, status, words: Words::of(words) }
    }

    /// What it means that a read has no answer.
    #[must_use]
    pub fn unread(operation: &'static str, lost: Lost) -> Error {
        let garbled = |why: String| Error::Garbled { operation, why };
        match lost {
            Lost::NotSent(why) | Lost::NoAnswer(why) => Error::Unreachable(why),
            Lost::Untrusted(why) => Error::Unreachable(why.to_string()),
            Lost::Down(status) => Error::Unreachable(format!("HTTP {status}")),
            Lost::TooLarge { at_most } => garbled(format!("more than {at_most} bytes")),
            Lost::Redirected => garbled("redirected elsewhere".to_owned()),
        }
    }
}

/// The way a payment came in, as far as an ERP's tables tell ways apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaidBy {
    Card { kind: CardKind, network: String, brand: String, nsu: String, authorization: String },
    Pix { end_to_end: String },
}

/// The write-off of one bill (baixa): what was received for it, when, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteOff {
    pub bill: BillRef,
    pub charge: Charge,
    /// The local date of the payment, not of the attempt to write it off.
    pub on: Date,
    pub paid_by: PaidBy,
}

/// One list that a site's write-off table is filled from, as the ERP offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The key of the configuration that takes one of these ids: `id_conta_financeira`; else what the list is of.
    pub key: String,
    pub place: Place,
    /// What the list belongs to, where the ERP gives one for each: the payment method of an account.
    pub of: Option<String>,
    pub entries: Vec<Named>,
}

/// Where in the configuration an id of a list belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A row of the write-off table.
    Row,
    /// The values that a told ERP's definition leaves open.
    Values,
    /// Nowhere: it is chosen from when a form is filled in.
    Form,
}

/// What an ERP can be asked. Whatever a driver has no words for is `Error::Unsupported`, and `supports` says so first.
pub trait Erp: Changes {
    /// The product's name, for the log and the technician.
    fn name(&self) -> &str;

    fn supports(&self, capability: Capability) -> Support;

    /// The customer with contracts and open bills; nothing where the ERP knows no such customer.
    fn account<'a>(&'a self, who: &'a TaxId) -> Reply<'a, Option<Account>>;

    fn factors<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Factors>;

    /// One bill, read afresh.
    fn invoice<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, InvoiceState>;

    /// Whose bill a scanned boleto or PIX code is of, and how it stands; nothing where the ERP knows of none.
    fn bill_by_code<'a>(&'a self, _code: &'a Scanned) -> Reply<'a, Option<(Customer, InvoiceId, InvoiceState)>> {
        unsupported(Capability::BillByCode)
    }

    /// The bill's boleto; nothing where the ERP has none for it.
    fn boleto<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<Boleto>>;

    /// The copia-e-cola the ERP issued for the bill; nothing where it has none.
    fn pix_code<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<String>>;

    /// The bill as a PDF file.
    fn pdf<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Vec<u8>>;

    /// Writes one bill off. Sent once: the transport never repeats it. An error means that it was certainly not
    /// executed; whatever is less certain is `WriteOffOutcome::Unknown`.
    fn write_off<'a>(&'a self, write_off: &'a WriteOff) -> Reply<'a, WriteOffOutcome>;

    /// How many seconds this machine's clock is ahead of the ERP's, once it has answered and where the driver tells.
    fn ahead_s(&self) -> Option<i64> {
        None
    }

    /// Finds out what this site's server can do. After it `supports` may say less: a 404 switches an operation off, a
    /// timeout does not.
    fn discover(&self) -> Reply<'_, ()> {
        Box::pin(async { Ok(()) })
    }

    /// What can be put into the site's write-off table.
    fn lookups(&self) -> Reply<'_, Vec<Lookup>> {
        unsupported(Capability::Lookups)
    }

    /// Bills that were paid, newest first.
    fn paid_bills<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<PaidBill>> {
        unsupported(Capability::PaidBills)
    }

    fn contacts<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<Contact>> {
        unsupported(Capability::Contacts)
    }

    /// What the provider holds against this customer, in words; empty where it holds nothing.
    fn pendency<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<String>> {
        unsupported(Capability::Pendency)
    }

    /// Sent once.
    fn unlock_on_trust<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _contract: &'a ContractId,
    ) -> Reply<'a, Change<Unlocked>> {
        unsupported(Capability::TrustUnlock)
    }

    fn fiscal_notes<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<FiscalNote>> {
        unsupported(Capability::FiscalNotes)
    }

    fn fiscal_note_pdf<'a>(&'a self, _customer: &'a CustomerId, _note: &'a str) -> Reply<'a, Vec<u8>> {
        unsupported(Capability::FiscalNotePdf)
    }

    fn annual_settlements<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<AnnualSettlement>> {
        unsupported(Capability::AnnualSettlements)
    }

    fn annual_settlement_pdf<'a>(&'a self, _customer: &'a CustomerId, _id: &'a str) -> Reply<'a, Vec<u8>> {
        unsupported(Capability::AnnualSettlementPdf)
    }

    /// Sent once; the protocol comes back.
    fn open_ticket<'a>(&'a self, _customer: &'a CustomerId, _ticket: &'a NewTicket) -> Reply<'a, Change<String>> {
        unsupported(Capability::OpenTicket)
    }

    fn tickets<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Vec<Ticket>> {
        unsupported(Capability::Tickets)
    }

    /// Asks the ERP to send a bill to the addresses it knows, and to one more. Sent once; done means accepted.
    fn send_bill<'a>(&'a self, _bill: &'a BillRef, by: Channel, _to: Option<&'a str>) -> Reply<'a, Change<()>> {
        unsupported(match by {
            Channel::Email => Capability::SendByEmail,
            Channel::Sms => Capability::SendBySms,
            Channel::Push => Capability::SendByPush,
        })
    }

    /// Whether it sends a bill to one address more than it knows, this way.
    fn sends_elsewhere(&self, _by: Channel) -> bool {
        false
    }

    /// A change of phone or e-mail, where an ERP takes one. Sent once.
    fn change_contacts<'a>(&'a self, _customer: &'a CustomerId, _change: &'a ContactChange) -> Reply<'a, Change<()>> {
        unsupported(Capability::ChangeContacts)
    }

    /// One of the lists that forms choose from. `cep` narrows products to what is sold there, where the ERP can tell.
    fn catalog<'a>(&'a self, catalog: Catalog, _cep: Option<&'a str>) -> Reply<'a, Vec<Named>> {
        unsupported(match catalog {
            Catalog::Products => Capability::Products,
            Catalog::Resellers => Capability::Resellers,
            Catalog::DueDays => Capability::DueDays,
            Catalog::Origins => Capability::Origins,
            Catalog::TicketKinds => Capability::TicketKinds,
            Catalog::Departments => Capability::Departments,
            Catalog::Cities => Capability::Cities,
        })
    }

    /// What is sold at a CEP, with what the ERP tells of price and contents.
    fn offers<'a>(&'a self, cep: Option<&'a str>) -> Reply<'a, Vec<Offer>> {
        Box::pin(async move {
            let products = self.catalog(Catalog::Products, cep).await?;
            Ok(products.into_iter().map(Offer::from).collect())
        })
    }

    /// How somebody becomes a customer here, and what this ERP takes in of them; nothing where it registers nobody.
    fn joins(&self) -> Option<Joins> {
        None
    }

    /// The same of another product for somebody who is one already.
    fn orders(&self) -> Option<Joins> {
        None
    }

    /// Sent once; the ERP's id comes back, where it gives one.
    fn register_prospect<'a>(&'a self, _prospect: &'a Prospect) -> Reply<'a, Change<Option<String>>> {
        unsupported(Capability::Prospect)
    }

    /// Sent once.
    fn register_lead<'a>(&'a self, _prospect: &'a Prospect) -> Reply<'a, Change<Option<String>>> {
        unsupported(Capability::Lead)
    }

    /// Sent once. No screen offers it: it is the provider's own doing.
    fn change_contract<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _contract: &'a ContractId,
        act: ContractAct,
    ) -> Reply<'a, Change<()>> {
        unsupported(match act {
            ContractAct::Activate => Capability::ActivateContract,
            ContractAct::Deactivate => Capability::DeactivateContract,
            ContractAct::Suspend => Capability::SuspendContract,
            ContractAct::Cancel => Capability::CancelContract,
        })
    }

    /// Sent once. No screen offers it.
    fn remove_customer<'a>(&'a self, _customer: &'a CustomerId) -> Reply<'a, Change<()>> {
        unsupported(Capability::RemoveCustomer)
    }

    /// What was counted for a contract.
    fn consumption<'a>(&'a self, _customer: &'a CustomerId, _contract: &'a ContractId) -> Reply<'a, Vec<Consumption>> {
        unsupported(Capability::Consumption)
    }

    /// Sent once; no screen offers it. The id of what was added comes back, where the ERP gives one.
    fn change_consumption<'a>(
        &'a self,
        _customer: &'a CustomerId,
        _contract: &'a ContractId,
        change: &'a ConsumptionChange,
    ) -> Reply<'a, Change<Option<String>>> {
        unsupported(match change {
            ConsumptionChange::Add(_) => Capability::AddConsumption,
            ConsumptionChange::Alter(_) => Capability::AlterConsumption,
            ConsumptionChange::Remove { .. } => Capability::RemoveConsumption,
        })
    }

    /// An order; of an existing customer, where one is named. Sent once.
    fn order<'a>(
        &'a self,
        customer: Option<&'a CustomerId>,
        _prospect: &'a Prospect,
    ) -> Reply<'a, Change<Option<String>>> {
        unsupported(if customer.is_some() { Capability::OrderForCustomer } else { Capability::Order })
    }
}

fn unsupported<'a, T: Send + 'a>(capability: Capability) -> Reply<'a, T> {
    Box::pin(async move { Err(Error::Unsupported(capability)) })
}
