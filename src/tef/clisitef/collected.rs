//! What the library told of one sale, and the sale that it makes.

use jiff::civil::DateTime;

use super::fields;
use super::key::Key;
use super::line::Turn;
use crate::domain::{CardKind, CardSale, Money};
use crate::tef::SaleOrder;

/// Only what is on the list; of a card no more than its last four digits.
#[derive(Default)]
pub(super) struct Collected {
    values: Vec<(i32, String)>,
    signature: bool,
}

impl Collected {
    pub fn keep(&mut self, turn: &Turn) {
        self.signature |= turn.field == fields::SIGNATURE;
        if let Some(text) = &turn.text {
            self.values.push((turn.field, text.clone()));
        }
    }

    /// The value that was told last.
    pub fn get(&self, field: i32) -> Option<&str> {
        let told = self.values.iter().rev().find(|(told, _)| *told == field);
        told.map(|(_, text)| text.trim()).filter(|text| !text.is_empty())
    }

    fn copy(&self, field: i32) -> Vec<String> {
        let told = self.values.iter().filter(|(told, text)| *told == field && !text.trim().is_empty());
        let mut lines = Vec::new();
        for (_, text) in told {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(text.trim_end().lines().map(|line| line.trim_end().to_owned()));
        }
        lines
    }

    /// The approved sale, and why it must not stand, where it must not.
    pub fn sale(&self, key: &Key, order: &SaleOrder) -> (CardSale, Option<String>) {
        let text = |field| self.get(field).unwrap_or_default().to_owned();
        let wallet = self.get(fields::WALLET).filter(|_| order.kind == CardKind::Wallet);
        let sale = CardSale {
            coupon: order.coupon,
            amount: order.amount,
            kind: self.kind().unwrap_or(order.kind),
            instalments: order.instalments,
            network: text(fields::INSTITUTION),
            brand: wallet.map(str::to_owned).or_else(|| self.get(fields::BRAND).map(brand)).unwrap_or_default(),
            nsu: self.get(fields::HOST_NSU).or(self.get(fields::SITEF_NSU)).unwrap_or_default().to_owned(),
            authorization: text(fields::AUTHORIZATION),
            finalization: key.written(),
            last4: self.last4().unwrap_or_default(),
            at: self.at().or_else(|| key.at()),
            must_be_finalized: true,
            customer_copy: self.copy(fields::CUSTOMER_COPY),
            merchant_copy: self.copy(fields::MERCHANT_COPY),
        };
        let why = self.mismatch();
        (sale, why)
    }

    /// Nothing was asked but the amount; nobody here can take a signature.
    fn mismatch(&self) -> Option<String> {
        if self.signature {
            return Some("the approval wants a signature".to_owned());
        }
        [(fields::CHANGE, "change"), (fields::DISCOUNT, "a discount")].into_iter().find_map(|(field, what)| {
            let told = self.get(field)?;
            let is_zero = told.bytes().all(|byte| matches!(byte, b'0' | b',' | b'.'));
            (!is_zero).then(|| format!("the approval names {what}"))
        })
    }

    /// The first two of four digits: 01 debit, 02 credit.
    fn kind(&self) -> Option<CardKind> {
        match self.get(fields::MODALITY)?.get(..2)? {
            "01" => Some(CardKind::Debit),
            "02" => Some(CardKind::Credit),
            _ => None,
        }
    }

    fn last4(&self) -> Option<String> {
        let told = self.get(fields::LAST4)?;
        let last = told.get(told.len().checked_sub(4)?..)?;
        last.bytes().all(|digit| digit.is_ascii_digit()).then(|| last.to_owned())
    }

    fn at(&self) -> Option<DateTime> {
        DateTime::strptime("%Y%m%d%H%M%S", self.get(fields::DATE_TIME)?).ok()
    }
}

/// The two brands whose numbers are certain; others as their number, which a row of the site can name.
fn brand(index: &str) -> String {
    match index.trim_start_matches('0') {
        "1" => "VISA".to_owned(),
        "2" => "MASTERCARD".to_owned(),
        _ => index.to_owned(),
    }
}

/// A transaction that waits at SiTef, as the query tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub key: Key,
    pub function: i32,
    pub amount: Option<Money>,
}

impl Listed {
    /// Where nothing else is known of it.
    pub fn sale(&self) -> CardSale {
        CardSale {
            coupon: self.key.coupon(),
            amount: self.amount.unwrap_or_default(),
            kind: match self.function {
                2 => CardKind::Debit,
                122 => CardKind::Wallet,
                _ => CardKind::Credit,
            },
            instalments: 1,
            network: String::new(),
            brand: String::new(),
            nsu: String::new(),
            authorization: String::new(),
            finalization: self.key.written(),
            last4: String::new(),
            at: self.key.at(),
            must_be_finalized: true,
            customer_copy: Vec::new(),
            merchant_copy: Vec::new(),
        }
    }
}

impl Collected {
    /// The answer to a query: a record ends where one of its fields comes again. An error where it is not whole: an empty
    /// list must mean that nothing waits.
    pub fn listed(&self) -> Result<Vec<Listed>, String> {
        let mut records: Vec<Vec<(i32, &str)>> = Vec::new();
        for (field, text) in &self.values {
            let of_record = [
                fields::PENDING_DOCUMENT,
                fields::PENDING_DATE,
                fields::PENDING_TIME,
                fields::PENDING_FUNCTION,
                fields::PENDING_AMOUNT,
            ];
            if !of_record.contains(field) {
                continue;
            }
            match records.last_mut() {
                Some(record) if record.iter().all(|(told, _)| told != field) => record.push((*field, text.trim())),
                _ => records.push(vec![(*field, text.trim())]),
            }
        }
        let told: Option<usize> = self.get(fields::PENDING_COUNT).and_then(|count| count.parse().ok());
        if told.is_some_and(|count| count != records.len()) {
            return Err(format!("{} pending transactions of {} were told", records.len(), told.unwrap_or_default()));
        }
        records.iter().map(|record| listed(record)).collect()
    }
}

fn listed(record: &[(i32, &str)]) -> Result<Listed, String> {
    let get = |field| record.iter().find(|(told, _)| *told == field).map(|(_, text)| *text).unwrap_or_default();
    let written =
        [get(fields::PENDING_DOCUMENT), get(fields::PENDING_DATE), get(fields::PENDING_TIME)].map(str::trim).join(" ");
    Ok(Listed {
        key: Key::read(&written).ok_or("a pending transaction came without document, date and time")?,
        function: get(fields::PENDING_FUNCTION).parse().unwrap_or_default(),
        amount: amount(get(fields::PENDING_AMOUNT)),
    })
}

/// `89,90`, or cents.
fn amount(text: &str) -> Option<Money> {
    let digits = match text.split_once(',') {
        Some((reais, cents)) if !reais.is_empty() && cents.len() == 2 => format!("{reais}{cents}"),
        Some(_) => return None,
        None => text.to_owned(),
    };
    let fits = (1..=12).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| digits.parse().ok()).flatten().map(Money::from_cents)
}

#[cfg(test)]
mod tests;
