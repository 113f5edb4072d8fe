//! A form: one question a screen, and at the end everything once more before it is asked for.

use std::fmt;

use serde::Serialize;

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
}

impl Question {
    /// Answered by choosing, not by typing.
    #[must_use]
    pub fn is_choice(self) -> bool {
        matches!(
            self,
            Question::Contract | Question::TicketKind | Question::Address | Question::Product | Question::DueDay
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
}

/// A question that was answered, and how.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Answer {
    pub question: Question,
    pub text: String,
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
