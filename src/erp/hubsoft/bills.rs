//! The bills of a customer, page by page: the ERP gives at most fifty a call and has no page parameter, so the next page
//! begins at the due date on which the last one ended.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::bill::{BillRow, Bills, Standing};
use super::envelope::{hear, says_none_found};
use super::{HubSoft, garbled, number};
use crate::domain::service::PaidBill;
use crate::domain::{BillRef, CustomerId, Invoice, InvoiceState};
use crate::erp::Error;
use crate::erp::scalar::Unreadable;

pub(super) const BILLS: &str = "cliente/financeiro";
const PER_PAGE: usize = 50;
const PAGES_AT_MOST: usize = 60;
/// A statement of account reaches back so far; bills paid early may fall due as far ahead.
const STATEMENT_MONTHS: i32 = 13;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Open,
    PaidToo,
}

/// Due dates, both included.
#[derive(Clone, Copy)]
struct Window {
    from: Option<Date>,
    to: Date,
}

impl HubSoft {
    /// The open bills that can be read. One that cannot is left out and logged: nobody can be asked to pay an amount
    /// that is not known.
    pub(super) async fn open_bills(&self, customer: u64) -> Result<Vec<Invoice>, Error> {
        let rows = self.walk(customer, Which::Open, self.all_times(), None).await?;
        *self.due() = rows.iter().filter_map(|row| Some((row.id()?, row.due(&self.zone)?))).collect::<HashMap<_, _>>();
        let open = rows.iter().filter(|row| row.standing(&self.zone) == Ok(Standing::Open));
        let read = open.filter_map(|row| {
            row.invoice(&self.zone).map_err(|field| tracing::warn!(field, "a bill cannot be read and is left out")).ok()
        });
        Ok(read.collect())
    }

    /// This ERP lists what is paid: a bill in no list was taken back.
    pub(super) async fn find_invoice(&self, bill: &BillRef) -> Result<InvoiceState, Error> {
        let Some(row) = self.find_row(bill).await? else { return Ok(InvoiceState::Withdrawn) };
        Ok(match row.standing(&self.zone).map_err(|Unreadable| garbled(BILLS, "data_pagamento"))? {
            Standing::Paid(on) => InvoiceState::Paid { on },
            Standing::Withdrawn => InvoiceState::Withdrawn,
            Standing::Open => {
                InvoiceState::Open(Box::new(row.invoice(&self.zone).map_err(|field| garbled(BILLS, field))?))
            }
        })
    }

    /// The row of one bill, open or paid: by its due date where that is known, else among all of the customer's.
    pub(super) async fn find_row(&self, bill: &BillRef) -> Result<Option<BillRow>, Error> {
        let customer = number(BILLS, "customer", &bill.customer.0)?;
        let wanted = number(BILLS, "bill", &bill.invoice.0)?;
        let known = self.due().get(&wanted).copied();
        let mut rows = match known {
            Some(due) => self.walk(customer, Which::PaidToo, Window { from: Some(due), to: due }, Some(wanted)).await?,
            None => Vec::new(),
        };
        // its due date may have been changed since
        if !rows.iter().any(|row| row.id() == Some(wanted)) {
            rows = self.walk(customer, Which::PaidToo, self.all_times(), Some(wanted)).await?;
        }
        let mut same = rows.into_iter().filter(|row| row.id() == Some(wanted));
        let Some(row) = same.next() else { return Ok(None) };
        let is_open = |row: &BillRow| row.standing(&self.zone).map(|standing| standing == Standing::Open);
        if same.any(|twin| is_open(&twin) != is_open(&row)) {
            return Err(garbled(BILLS, "the bill stands there both open and paid"));
        }
        Ok(Some(row))
    }

    pub(super) async fn find_paid_bills(&self, customer: &CustomerId) -> Result<Vec<PaidBill>, Error> {
        let customer = number(BILLS, "customer", &customer.0)?;
        let reach = STATEMENT_MONTHS.months();
        let window = Window { from: Some(self.today().saturating_sub(reach)), to: self.today().saturating_add(reach) };
        let rows = self.walk(customer, Which::PaidToo, window, None).await?;
        let mut paid: Vec<PaidBill> = rows.iter().filter_map(|row| row.paid(&self.zone)).collect();
        paid.sort_by_key(|bill| std::cmp::Reverse((bill.paid_on, bill.due)));
        Ok(paid)
    }

    fn all_times(&self) -> Window {
        let far: Span = 20.years();
        Window { from: None, to: self.today().saturating_add(far) }
    }

    /// Page after page, until one is not full or holds `wanted`. A list that cannot be walked whole is an error: a bill
    /// that is not in it would count as withdrawn.
    async fn walk(
        &self,
        customer: u64,
        which: Which,
        window: Window,
        wanted: Option<u64>,
    ) -> Result<Vec<BillRow>, Error> {
        let mut rows: Vec<BillRow> = Vec::new();
        let mut known = BTreeSet::new();
        let mut from = window.from;
        for _ in 0..PAGES_AT_MOST {
            let page = self.page(customer, which, Window { from, ..window }).await?;
            let is_full = page.len() >= PER_PAGE;
            let dues: Vec<Option<Date>> = page.iter().map(|row| row.due(&self.zone)).collect();
            let before = known.len();
            let new: Vec<BillRow> =
                page.into_iter().filter(|row| row.id().is_none_or(|id| !known.contains(&id))).collect();
            known.extend(new.iter().filter_map(BillRow::id));
            rows.extend(new);
            if !is_full || wanted.is_some_and(|wanted| known.contains(&wanted)) {
                return Ok(rows);
            }
            if !dues.iter().all(Option::is_some) || !dues.is_sorted() {
                return Err(garbled(BILLS, "the bills are not in the order that was asked for"));
            }
            if known.len() == before {
                return Err(garbled(BILLS, "more bills on one day than it lists at a time"));
            }
            from = dues.last().copied().flatten();
        }
        Err(garbled(BILLS, "the list has no end"))
    }

    async fn page(&self, customer: u64, which: Which, window: Window) -> Result<Vec<BillRow>, Error> {
        let (code, limit) = (customer.to_string(), PER_PAGE.to_string());
        let (from, to) = (window.from.map(|day| day.to_string()), window.to.to_string());
        let mut query = vec![
            ("busca", "codigo_cliente"),
            ("termo_busca", code.as_str()),
            ("limit", limit.as_str()),
            ("apenas_pendente", if which == Which::Open { "sim" } else { "nao" }),
            ("order_by", "data_vencimento"),
            ("order_type", "asc"),
        ];
        if let Some(from) = &from {
            query.extend([("data_inicio", from.as_str()), ("data_fim", to.as_str())]);
        }
        let request = self.session.get(BILLS, &["cliente", "financeiro"], &query);
        let rows = match hear::<Bills>(BILLS, &self.session.read(request).await?) {
            Err(error) if says_none_found(&error) => Vec::new(),
            bills => bills?.faturas.0,
        };
        if rows.iter().any(|row| row.is_of_another(customer)) {
            return Err(garbled(BILLS, "bills of another customer"));
        }
        Ok(rows)
    }
}
