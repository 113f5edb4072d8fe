//! What a counter clerk gives beside taking money: papers, tickets, the unlock on trust, and becoming a customer.

use std::fmt;

use jiff::civil::Date;

use super::{ContractId, InvoiceId, Money};

/// What came of a call that changes something at the ERP. It is made once: an unknown outcome is looked up, never repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change<T> {
    Done(T),
    /// The ERP understood and said no, in words for the customer.
    Refused {
        why: String,
    },
    /// It may have been done or not.
    Unknown {
        why: String,
    },
}

/// An entry of one of the ERP's lists: a ticket type, a due day, a reseller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// A bill that was paid, as a statement of account shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBill {
    pub id: InvoiceId,
    pub description: String,
    pub due: Option<Date>,
    pub paid_on: Option<Date>,
    pub amount: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContactKind {
    Email,
    Phone,
}

/// Where a customer can be reached. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Contact {
    pub kind: ContactKind,
    pub value: String,
}

impl Contact {
    /// A mobile phone's area code and number in eleven digits; of a fixed line, or of no phone, nothing.
    #[must_use]
    pub fn mobile(&self) -> Option<String> {
        let digits: String = self.value.chars().filter(char::is_ascii_digit).collect();
        let own = digits.strip_prefix("55").filter(|rest| rest.len() == 11).unwrap_or(&digits);
        // no area code begins with a zero, and every mobile number with a nine
        let is_one = own.len() == 11 && !own.starts_with('0') && own.get(2..3) == Some("9");
        (self.kind == ContactKind::Phone && is_one).then(|| own.to_owned())
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contact").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A contract that is back on trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlocked {
    pub until: Option<Date>,
    /// The ERP's words.
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiscalNote {
    pub id: String,
    pub number: String,
    pub issued: Option<Date>,
    pub amount: Option<Money>,
    pub has_pdf: bool,
}

/// The yearly statement that nothing is owed (quitação anual de débitos, Lei 12.007/2009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnualSettlement {
    pub id: String,
    pub year: i16,
    pub has_pdf: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub protocol: String,
    pub subject: String,
    /// The ERP's word.
    pub status: String,
    pub opened: Option<Date>,
}

/// A ticket to be opened. `Debug` shows nothing that the customer typed.
#[derive(Clone, PartialEq, Eq)]
pub struct NewTicket {
    pub contract: ContractId,
    /// One of the ERP's ticket types, where it has them.
    pub kind: Option<String>,
    pub subject: String,
    pub text: String,
    /// The customer's name and phone, where the ERP insists on them.
    pub name: String,
    pub phone: String,
}

impl fmt::Debug for NewTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewTicket").field("contract", &self.contract).field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    Email,
    Sms,
    Push,
}

/// The lists that an ERP fills a form's choices from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Catalog {
    Products,
    Resellers,
    DueDays,
    Origins,
    TicketKinds,
    Departments,
    Cities,
}

/// Somebody who wants to become a customer. `Debug` shows nothing of the person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Prospect {
    pub name: String,
    /// CPF or CNPJ, digits and letters only.
    pub tax_id: String,
    pub birth: Option<Date>,
    pub phone: String,
    pub email: String,
    pub cep: String,
    pub street: String,
    pub number: String,
    pub complement: String,
    pub district: String,
    pub city: String,
    pub state: String,
    /// Of `Catalog::Products`, with its monthly price where the ERP wants it back.
    pub product: Option<String>,
    pub price: Option<Money>,
    pub due_day: Option<String>,
    pub reseller: Option<String>,
    pub origin: Option<String>,
    pub note: String,
}

impl fmt::Debug for Prospect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prospect").field("product", &self.product).finish_non_exhaustive()
    }
}

/// What a provider does to a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContractAct {
    Activate,
    Deactivate,
    Suspend,
    Cancel,
}

/// Something that is counted and billed by use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consumption {
    /// Empty for one that is not there yet.
    pub id: String,
    pub description: String,
    /// In the ERP's own unit.
    pub quantity: String,
    pub amount: Option<Money>,
    pub on: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsumptionChange {
    Add(Consumption),
    Alter(Consumption),
    Remove { id: String },
}

/// New contact data of a customer; absent is unchanged. `Debug` shows none of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ContactChange {
    pub phone: Option<String>,
    pub email: Option<String>,
}

impl fmt::Debug for ContactChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContactChange")
            .field("phone", &self.phone.is_some())
            .field("email", &self.email.is_some())
            .finish()
    }
}
