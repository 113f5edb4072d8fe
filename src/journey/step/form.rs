//! A form: one question a screen, and at the end everything once more before it is asked for.

use std::fmt;

use serde::Serialize;

use super::detail::Detail;
use crate::domain::Money;

/// What a form asks the provider for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// A suspended contract back on trust.
    Unlock,
    Ticket,
    /// Becoming a customer.
    Join,
    /// One product more.
    Order,
    DueDay,
    Contacts,
    Notifications,
    DigitalInvoice,
    /// Overdue bills become new ones.
    Negotiation,
    /// What to do with a technician's visit.
    Visit,
    MoveVisit,
    CancelVisit,
    RateVisit,
    /// A contract rests for a while.
    Pause,
    /// A new password for the app, by SMS.
    AppPassword,
    /// A bill to an address that the provider does not know.
    SendBill,
    /// A contract that was read.
    AcceptContract,
    /// A name or an address that is wrong in the provider's file.
    Profile,
    /// What the provider keeps of the customer: a list of it.
    Records,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    Contract,
    TicketKind,
    /// In the customer's own words.
    Text,
    Phone,
    /// Is all of this right?
    Confirm,
    /// May what is asked now be kept and used?
    Consent,
    Cep,
    /// The address that was found: is it this one?
    Address,
    Street,
    HouseNumber,
    Complement,
    District,
    City,
    /// Its two letters.
    State,
    Product,
    DueDay,
    TaxId,
    Name,
    Birth,
    Email,
    /// The due day that a contract shall have.
    NewDueDay,
    /// Phone or e-mail.
    ContactKind,
    PhoneAgain,
    NewEmail,
    NewEmailAgain,
    /// Yes or no.
    Receive,
    Offer,
    Visit,
    VisitAct,
    Slot,
    /// From 0 to 10.
    TechnicianMark,
    SolutionMark,
    /// Day, month and year in eight digits.
    PauseFrom,
    PauseDays,
    /// The subscriber's own.
    Password,
    /// Name or address.
    ProfilePart,
    /// To the registered address only, or to one more.
    SendTo,
    /// That was just sent to the address before it.
    Code,
}

impl Purpose {
    /// Whether it is one of the changes, and no service of its own.
    #[must_use]
    pub fn is_change(self) -> bool {
        !matches!(self, Purpose::Unlock | Purpose::Ticket | Purpose::Join | Purpose::Order | Purpose::SendBill)
    }
}

impl Question {
    /// Answered by choosing, not by typing.
    #[must_use]
    pub fn is_choice(self) -> bool {
        matches!(
            self,
            Question::Contract
                | Question::TicketKind
                | Question::Address
                | Question::Product
                | Question::DueDay
                | Question::NewDueDay
                | Question::ContactKind
                | Question::Receive
                | Question::Offer
                | Question::Visit
                | Question::VisitAct
                | Question::Slot
                | Question::ProfilePart
                | Question::SendTo
        )
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FormProblem {
    /// Too little to go on.
    Short,
    /// No phone with its area code.
    Phone,
    Cep,
    HouseNumber,
    State,
    TaxId,
    Name,
    Date,
    Email,
    /// What was chosen is not in the list any more.
    Gone,
    /// The second time is not the first.
    Different,
    /// No day to come, or too far away.
    Day,
    /// Not a number that can be.
    Number,
    /// Not the code that was sent, or one whose time is over.
    Code,
    /// Nobody takes a code to this address.
    CodeRefused,
    /// No code can be sent now.
    NoCode,
    TooManyCodes,
    /// A code goes to mobile phones only.
    Mobile,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormOption {
    pub id: String,
    /// The provider's words.
    pub text: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub chosen: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_cents: Option<Money>,
    /// What it includes, in the provider's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// What there is to know of it beside its name.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

/// A question that was answered, and how.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub question: Question,
    pub text: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub detail: Option<Detail>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("question", &self.question).finish_non_exhaustive()
    }
}

/// `Debug` shows nothing that was typed.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    pub form: Purpose,
    pub asks: Question,
    /// From 1.
    pub question: usize,
    pub questions: usize,
    /// Plain: whoever writes must be able to read it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub typed: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<FormOption>,
    /// Everything that was answered, where it is to be confirmed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<FormProblem>,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("form", &self.form).field("asks", &self.asks).finish_non_exhaustive()
    }
}
