//! The site's table: to which account, method and brand of the ERP each kind of payment is written off.
//!
//! Each driver has rows of its own with its own ids; which row a payment gets is decided here for all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

use super::PaidBy;
use super::text::normalized;
use crate::domain::CardKind;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    Credit,
    Debit,
    Voucher,
    Wallet,
    Pix,
}

impl From<CardKind> for Method {
    fn from(kind: CardKind) -> Method {
        match kind {
            CardKind::Credit => Method::Credit,
            CardKind::Debit => Method::Debit,
            CardKind::Voucher => Method::Voucher,
            CardKind::Wallet => Method::Wallet,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Method::Credit => "credit",
            Method::Debit => "debit",
            Method::Voucher => "voucher",
            Method::Wallet => "wallet",
            Method::Pix => "pix",
        })
    }
}

/// Which payments a row speaks of. Network (the acquirer's, as the TEF names it) and brand: any, where absent.
#[derive(Debug, Clone, Copy)]
pub struct Fits<'a> {
    pub method: Method,
    pub network: Option<&'a str>,
    pub brand: Option<&'a str>,
}

pub trait Row {
    fn fits(&self) -> Fits<'_>;
}

/// How far the table reaches for one method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coverage {
    /// A row without network and brand catches every payment.
    Every,
    /// Only the networks and brands that rows name: another card would be paid and could not be written off.
    OnlyNamed,
}

/// A payment that no row of the table speaks of.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no write_off row for method = \"{method}\", network = \"{network}\", brand = \"{brand}\"")]
pub struct NoRow {
    method: Method,
    network: String,
    brand: String,
}

/// The methods that have a row. A method on the screen that is not among them could not be written off.
#[must_use]
pub fn covered<R: Row>(rows: &[R]) -> BTreeMap<Method, Coverage> {
    let mut covered = BTreeMap::new();
    for fits in rows.iter().map(Row::fits) {
        let known = covered.entry(fits.method).or_insert(Coverage::OnlyNamed);
        if fits.network.is_none() && fits.brand.is_none() {
            *known = Coverage::Every;
        }
    }
    covered
}

/// The rows that can never be the one, for one before them speaks of the same payments.
#[must_use]
pub fn alike<R: Row>(rows: &[R]) -> Vec<usize> {
    let spoken = |fits: Fits<'_>| (fits.method, fits.network.map(normalized), fits.brand.map(normalized));
    let mut known = BTreeSet::new();
    let rows = rows.iter().map(|row| spoken(row.fits())).enumerate();
    rows.filter_map(|(place, spoken)| (!known.insert(spoken)).then_some(place)).collect()
}

/// The row that says most about a payment; of two alike, the first.
pub fn lookup<'a, R: Row>(rows: &'a [R], paid_by: &PaidBy) -> Result<&'a R, NoRow> {
    let (method, network, brand) = match paid_by {
        PaidBy::Card { kind, network, brand, .. } => (Method::from(*kind), network.as_str(), brand.as_str()),
        PaidBy::Pix { .. } => (Method::Pix, "", ""),
    };
    let is_meant = |named: Option<&str>, real: &str| named.is_none_or(|named| normalized(named) == normalized(real));
    let fitting = rows.iter().filter(|row| {
        let fits = row.fits();
        fits.method == method && is_meant(fits.network, network) && is_meant(fits.brand, brand)
    });
    // of equals `max_by_key` takes the last: from the end, that is the first in the file
    let said = |row: &&R| (row.fits().brand.is_some(), row.fits().network.is_some());
    fitting.rev().max_by_key(said).ok_or_else(|| NoRow { method, network: network.to_owned(), brand: brand.to_owned() })
}
