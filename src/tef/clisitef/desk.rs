//! What a technician does at the pinpad: gives a sale back (functions 210, 211, 123, 200), opens the menu (110), and reads
//! who library and pinpad are.

use jiff::civil::DateTime;

use super::CliSiTef;
use super::key::Key;
use super::line::{Order, Reply};
use super::policy::Whom;
use super::selling::Begin;
use super::words;
use crate::domain::{CardKind, Money};
use crate::tef::{Cancellation, Dialogue, Error, SaleOrder, SaleOutcome};

const MENU: i32 = 110;

impl CliSiTef {
    pub(super) fn give_back(&mut self, cancellation: &Cancellation, dialogue: &mut dyn Dialogue) -> SaleOutcome {
        let Cancellation { sale, at } = cancellation;
        if sale.nsu.is_empty() || sale.at.is_none() {
            let why = "the sale has no NSU or date on its receipt".to_owned();
            return SaleOutcome::NotStarted(Error::Unsupported(why));
        }
        let order = SaleOrder {
            coupon: sale.coupon,
            amount: sale.amount,
            kind: sale.kind,
            instalments: sale.instalments,
            at: *at,
        };
        let begin = Begin {
            function: words::giving_back(sale.kind),
            amount: words::amount(sale.amount),
            parameters: self.settings.options.clone(),
            key: Key::at_the_desk(sale.coupon, *at),
        };
        self.transact(begin, &order, &Whom::Technician(Some(Box::new(sale.clone()))), dialogue)
    }

    /// What the menu did may be no transaction at all: only one that SiTef lists waits for an end.
    pub(super) fn open_menu(&mut self, at: DateTime, dialogue: &mut dyn Dialogue) -> SaleOutcome {
        let order =
            SaleOrder { coupon: of_the_day(at), amount: Money::ZERO, kind: CardKind::Credit, instalments: 1, at };
        let key = Key::at_the_desk(order.coupon, at);
        let begin = Begin {
            function: MENU,
            amount: String::new(),
            parameters: self.settings.options.clone(),
            key: key.clone(),
        };
        let outcome = self.transact(begin, &order, &Whom::Technician(None), dialogue);
        let SaleOutcome::Approved(mut sale) = outcome else { return outcome };
        match self.listed() {
            Ok(listed) => match listed.iter().find(|listed| listed.key.is_same_sale(&key)) {
                Some(listed) => sale.amount = listed.amount.unwrap_or(sale.amount),
                None => {
                    sale.must_be_finalized = false;
                    if let Err(error) = self.state.forget(&key) {
                        return SaleOutcome::Unknown { why: error.to_string() };
                    }
                }
            },
            Err(error) => return SaleOutcome::Unknown { why: error.to_string() },
        }
        SaleOutcome::Approved(sale)
    }

    pub(super) fn tells_of_itself(&mut self) -> Vec<(String, String)> {
        let mut told = vec![("TEF".to_owned(), "CliSiTef".to_owned())];
        if self.attend().is_err() {
            return told;
        }
        if let Ok(Reply::Told { pairs }) = self.call(&Order::About, self.settings.call_limit()) {
            told.extend(pairs);
        }
        told
    }
}

/// Of no payment: its number of the day would be 0.
fn of_the_day(at: DateTime) -> u64 {
    at.strftime("%y%m%d0000").to_string().parse().unwrap_or_default()
}
