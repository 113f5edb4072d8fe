//! A PIX code, and who can say that it was paid.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Money;

/// Who can say that the money came. It decides whether we write off: never for `Erp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConfirmedBy {
    /// The ERP's own bank: we watch the bill in the ERP.
    Erp,
    /// A bank's API: we watch the charge and write the bill off.
    Bank,
    /// Nobody but a person with the account's statement, or the ERP.
    Person,
}

/// A code to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixCharge {
    /// The provider's name in the configuration.
    pub provider: String,
    pub txid: String,
    /// The copia-e-cola, verbatim.
    pub payload: String,
    pub confirmed_by: ConfirmedBy,
    /// Seconds the code can be paid, where it ends.
    pub expires_in_s: Option<u32>,
}

/// One Pix that came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixReceipt {
    pub end_to_end: String,
    /// What is kept of it: what was given back is not in it.
    pub amount: Money,
    pub at: Timestamp,
}

/// What became of a Pix that was to go back (devolução), as far as the bank's word goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PixBack {
    Done {
        /// The bank's id of it, where it tells.
        return_id: Option<String>,
    },
    /// The bank has taken it on, and has not done it yet.
    Pending,
    /// Certainly not done.
    Refused { why: String },
    /// The bank said nothing that can be relied on: it is asked again under the same id.
    Unknown { why: String },
}

/// Whose account the money of a bill belongs to, where the site says so: from the bill's identifier (carteira) to the
/// name of a PIX provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct PixAccounts(BTreeMap<String, String>);

/// The account that one charge must go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PixAccount {
    /// The site says nothing of these bills.
    Any,
    /// This provider's and no other's: another account may be another company's.
    Only(String),
    /// The bills belong to different accounts: no single charge can take them.
    Several,
}

impl PixAccounts {
    /// Of bills with these identifiers; one without a row goes along with the others.
    pub fn of<'a>(&self, identifiers: impl IntoIterator<Item = &'a str>) -> PixAccount {
        let mut account = PixAccount::Any;
        for provider in identifiers.into_iter().filter_map(|identifier| self.0.get(identifier.trim())) {
            match &account {
                PixAccount::Any => account = PixAccount::Only(provider.clone()),
                PixAccount::Only(other) if other != provider => return PixAccount::Several,
                PixAccount::Only(_) | PixAccount::Several => {}
            }
        }
        account
    }

    pub fn providers(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

impl FromIterator<(String, String)> for PixAccounts {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(rows: T) -> PixAccounts {
        PixAccounts(rows.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> PixAccounts {
        let rows = [("1", "sicoob"), ("1-A", "sicoob"), ("2", "itau")];
        rows.into_iter().map(|(identifier, provider)| (identifier.to_owned(), provider.to_owned())).collect()
    }

    #[test]
    fn bills_go_to_the_account_of_their_carteira_and_never_two_accounts_into_one_charge() {
        let only = |name: &str| PixAccount::Only(name.to_owned());
        for (identifiers, account) in [
            (&[][..], PixAccount::Any),
            (&["9"], PixAccount::Any),
            (&["1"], only("sicoob")),
            (&[" 1 "], only("sicoob")),
            (&["1", "1-A"], only("sicoob")),
            (&["9", "2"], only("itau")),
            (&["1", "2"], PixAccount::Several),
            (&["1", "9", "2", "1"], PixAccount::Several),
        ] {
            assert_eq!(accounts().of(identifiers.iter().copied()), account, "{identifiers:?}");
        }
        assert_eq!(PixAccounts::default().of(["1", "2"]), PixAccount::Any);
    }
}
