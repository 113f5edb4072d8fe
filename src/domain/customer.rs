//! Who stands before the totem, as far as a totem needs to know.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ContractId, CustomerId, Invoice, TaxId};

#[derive(Clone, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub name: String,
    pub tax_id: TaxId,
}

impl Customer {
    /// "Maria S.": the first name and the initial of the last, as a screen in public may show it.
    #[must_use]
    pub fn short_name(&self) -> String {
        let mut words = self.name.split_whitespace().map(capitalized);
        let Some(first) = words.next() else {
            return String::new();
        };
        match words.next_back().and_then(|last| last.chars().next()) {
            Some(initial) => format!("{first} {initial}."),
            None => first,
        }
    }
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
}

impl fmt::Debug for Customer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Customer").field("id", &self.id).field("tax_id", &self.tax_id).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contract {
    pub id: ContractId,
    pub plan: String,
    pub status: ContractStatus,
}

/// What a contract's state means to the customer; a word we do not know stays as the ERP wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContractStatus {
    Active,
    /// Reduced or blocked for debt.
    Suspended,
    /// Unlocked on trust until the bill is paid.
    OnTrust,
    Cancelled,
    Other(String),
}

/// A customer with everything that one look at the ERP gives: contracts and open bills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub customer: Customer,
    pub contracts: Vec<Contract>,
    pub invoices: Vec<Invoice>,
    /// What the provider wants this customer to read, in its own words.
    pub alerts: Vec<String>,
}

/// What the ERP knows that only the customer should know too.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Factors {
    /// Day and month of birth.
    pub birth: Option<(u8, u8)>,
    /// Last four digits of each registered phone.
    pub phones_last4: Vec<String>,
}

impl fmt::Debug for Factors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Factors")
            .field("birth", &self.birth.is_some())
            .field("phones", &self.phones_last4.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Customer {
        Customer { id: "1".into(), name: name.to_owned(), tax_id: TaxId::parse("52998224725").unwrap() }
    }

    #[test]
    fn a_name_in_public_is_a_first_name_and_an_initial() {
        assert_eq!(named("MARIA APARECIDA DA SILVA").short_name(), "Maria S.");
        assert_eq!(named("  joão ").short_name(), "João");
        assert_eq!(named("").short_name(), "");
        assert_eq!(named("ÉRICA ÁVILA").short_name(), "Érica Á.");
    }

    #[test]
    fn debug_shows_neither_name_nor_whole_tax_id() {
        let shown = format!("{:?}", named("MARIA DA SILVA"));
        assert!(!shown.to_uppercase().contains("MARIA") && !shown.contains("52998224725"), "{shown}");
    }
}
