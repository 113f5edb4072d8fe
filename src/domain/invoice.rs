//! A bill, and what has to be paid for it today.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Boleto, ContractId, InvoiceId, Money};

/// A bill as the ERP tells it. Parts the ERP does not tell are absent, never invented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    pub id: InvoiceId,
    /// The number the customer finds on the boleto.
    pub number: String,
    pub contracts: Vec<ContractId>,
    pub description: String,
    pub due: Date,
    pub original: Money,
    pub fine: Option<Money>,
    pub interest: Option<Money>,
    pub discount: Option<Money>,
    /// The ERP's own total for today, where it gives one.
    pub updated: Option<Money>,
    pub boleto: Option<Boleto>,
    /// The copia-e-cola that the ERP issued for this bill: its bank settles it, never we.
    pub pix: Option<String>,
    pub direct_debit: bool,
}

/// What one fresh look at one bill says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvoiceState {
    Open(Box<Invoice>),
    Paid {
        on: Option<Date>,
    },
    /// No longer among the open bills, and the ERP does not say why.
    Gone,
}

/// The parts of what is charged. `total` is what the customer pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    pub principal: Money,
    pub fine: Money,
    pub interest: Money,
    pub discount: Money,
}

impl Charge {
    #[must_use]
    pub fn total(&self) -> Money {
        (self.principal + self.fine + self.interest).checked_sub(self.discount).unwrap_or(Money::ZERO)
    }
}

impl Invoice {
    #[must_use]
    pub fn overdue_days(&self, today: Date) -> u32 {
        let days = self.due.until(today).map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or(0)
    }

    /// What is to be paid today, in the order of the trade's rule: the ERP's updated value; the original with the
    /// charges it tells; the value inside the linha while that is not past its own due date; the original of a bill
    /// that is not overdue. Otherwise the true amount is unknown and nothing may be charged.
    #[must_use]
    pub fn charge_due(&self, today: Date) -> Option<Charge> {
        let parts = Charge {
            principal: self.original,
            fine: self.fine.unwrap_or_default(),
            interest: self.interest.unwrap_or_default(),
            discount: self.discount.unwrap_or_default(),
        };
        let overdue = super::calendar::is_overdue(self.due, today);
        let charge = if let Some(updated) = self.updated {
            Some(split(parts, updated))
        } else if self.fine.is_some() || self.interest.is_some() || self.discount.is_some() {
            Some(parts)
        } else if let Some(value) = self.boleto.as_ref().and_then(|boleto| boleto.payable_value(today)) {
            Some(split(parts, value))
        } else {
            (!overdue).then_some(parts)
        };
        charge.filter(|charge| !charge.total().is_zero())
    }
}

/// Makes the parts add up to a total that somebody else decided: what is over counts as interest, what is under as discount.
fn split(parts: Charge, total: Money) -> Charge {
    let sum = parts.total();
    match total.checked_sub(sum) {
        Some(more) => Charge { interest: parts.interest + more, ..parts },
        None => Charge { discount: parts.discount + sum.checked_sub(total).unwrap_or_default(), ..parts },
    }
}
