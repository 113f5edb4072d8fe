//! A static PIX code made from the site's own key, with the amount in it. No system tells us that it was paid: a person
//! with the account's statement does, or the ERP.

use std::fmt;

use serde::Deserialize;

use super::{Error, PixOrder, PixProvider, PixState, Reply};
use crate::domain::{BrCode, ConfirmedBy, PixCharge};

const NAME: &str = "static_key";
/// A static code's txid, Manual de Padrões para Iniciação do Pix.
const LONGEST_TXID: usize = 25;

/// The account that is paid. Name and city are folded to the letters and the length of a BR Code.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// E-mail, CPF, CNPJ, phone with `+55`, or random key.
    pub key: String,
    /// At most 25 letters are shown.
    pub name: String,
    /// At most 15 letters are shown.
    pub city: String,
}

/// A key may be somebody's CPF.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("name", &self.name).field("city", &self.city).finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub struct StaticKey {
    code: BrCode,
}

impl StaticKey {
    /// Refuses a key, name or city from which no code can be made.
    pub fn new(settings: &Settings) -> Result<StaticKey, Error> {
        let code = BrCode::to_key(settings.key.trim(), &settings.name, &settings.city);
        written(&code)?;
        Ok(StaticKey { code })
    }
}

impl PixProvider for StaticKey {
    fn name(&self) -> &str {
        NAME
    }

    fn confirmed_by(&self) -> ConfirmedBy {
        ConfirmedBy::Person
    }

    fn charge<'a>(&'a self, order: &'a PixOrder) -> Reply<'a, PixCharge> {
        Box::pin(async {
            if order.amount.is_zero() {
                return Err(Error::NoCode("there is nothing to pay".to_owned()));
            }
            let txid = shortened(&order.txid);
            let code = BrCode { amount: Some(order.amount), txid: Some(txid.to_owned()), ..self.code.clone() };
            Ok(PixCharge {
                provider: NAME.to_owned(),
                payload: written(&code)?,
                txid: txid.to_owned(),
                confirmed_by: ConfirmedBy::Person,
                expires_in_s: None,
            })
        })
    }

    /// Nobody tells us.
    fn look<'a>(&'a self, _charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(async { Ok(PixState::Waiting) })
    }

    /// A static code can always be paid.
    fn remove<'a>(&'a self, _charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(async { Ok(PixState::Waiting) })
    }
}

fn written(code: &BrCode) -> Result<String, Error> {
    code.payload().map_err(|flaw| Error::BadCode(flaw.to_string()))
}

/// The end of our reference, where the payment's number stands.
fn shortened(txid: &str) -> &str {
    txid.get(txid.len().saturating_sub(LONGEST_TXID)..).unwrap_or(txid)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::Money;
    use crate::domain::br_code::BrCodeKind;

    fn settings(key: &str) -> Settings {
        Settings {
            key: key.to_owned(),
            name: "Provedor São João Telecomunicações".to_owned(),
            city: "Belo Horizonte".to_owned(),
        }
    }

    fn order(txid: &str, cents: u64) -> PixOrder {
        PixOrder {
            txid: txid.to_owned(),
            amount: Money::from_cents(cents),
            invoices: vec!["90".into()],
            identifiers: Vec::new(),
            erp_code: None,
            debtor: None,
        }
    }

    #[tokio::test]
    async fn the_code_holds_key_amount_and_the_payments_number() {
        let provider = StaticKey::new(&settings("totem@provedor.net.br")).unwrap();
        let order = order("TOTEM00000000000000002611220001", 33_705);
        let charge = provider.charge(&order).await.unwrap();
        assert_eq!(charge.txid, "0000000000000002611220001");
        let read = BrCode::parse(&charge.payload).unwrap();
        assert_eq!((read.kind(), read.amount), (BrCodeKind::Static, Some(Money::from_cents(33_705))));
        assert_eq!(read.txid.as_deref(), Some("0000000000000002611220001"));
        assert_eq!((read.name.as_str(), read.city.as_str()), ("Provedor Sao Joao Telecom", "Belo Horizonte"));
        assert_eq!(provider.charge(&order).await.unwrap(), charge, "the same order, the same code");
        assert_eq!((charge.confirmed_by, provider.look(&charge).await), (ConfirmedBy::Person, Ok(PixState::Waiting)));
        assert_eq!(provider.remove(&charge).await, Ok(PixState::Waiting));
    }

    #[test]
    fn debug_hides_the_key() {
        let provider = StaticKey::new(&settings("52998224725")).unwrap();
        let shown = format!("{:?} {provider:?}", settings("52998224725"));
        assert!(!shown.contains("52998224725"), "{shown}");
    }

    proptest! {
        #[test]
        fn every_charge_asks_for_the_amount_that_was_ordered(cents in 1_u64..=9_999_999_999, number in "[0-9a-f]{32}") {
            let provider = StaticKey::new(&settings("7d9f0335-8dcc-4054-9bf9-0dbd61d36906")).unwrap();
            let order = order(&number, cents);
            let charge = futures_now(provider.charge(&order)).unwrap();
            let read = BrCode::parse(&charge.payload).unwrap();
            prop_assert_eq!(read.amount, Some(order.amount));
            prop_assert_eq!(read.txid.as_deref(), Some(charge.txid.as_str()));
        }
    }

    /// A reply that waits for nothing.
    fn futures_now<T>(reply: Reply<'_, T>) -> Result<T, Error> {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(reply)
    }

    #[tokio::test]
    async fn what_makes_no_right_code_is_refused() {
        assert!(matches!(StaticKey::new(&settings("")), Err(Error::BadCode(_))));
        assert!(matches!(StaticKey::new(&settings(&"a".repeat(78))), Err(Error::BadCode(_))));
        let provider = StaticKey::new(&settings("totem@provedor.net.br")).unwrap();
        assert!(matches!(provider.charge(&order("2611220001", 0)).await, Err(Error::NoCode(_))));
        assert!(matches!(provider.charge(&order("26-1122.0001 é", 100)).await, Err(Error::BadCode(_))));
    }
}
