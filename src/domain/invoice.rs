//! A bill, and what has to be paid for it today.

mod slip;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Boleto, ContractId, InvoiceId, Money, calendar};

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
    /// The collection portfolio or account the ERP names for this bill: it may choose who makes its PIX code.
    pub identifier: Option<String>,
    /// What the ERP wants at the head of the receipt.
    pub receipt_heads: ReceiptHeads,
}

/// Texts that an ERP wants printed above the receipt of a bill.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptHeads {
    /// On the receipt of a card payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pix: Option<String>,
}

impl ReceiptHeads {
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.card.is_none() && self.pix.is_none()
    }
}

/// What one fresh look at one bill says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvoiceState {
    Open(Box<Invoice>),
    Paid {
        on: Option<Date>,
    },
    /// No longer among the open bills, and this ERP has no word for why: it lists nothing else.
    Gone,
    /// In no list of an ERP that tells of paid bills too, or called cancelled by it: certainly no proof that it was paid.
    Withdrawn,
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
    /// Days since the due date, of a bill that is late; a bill within the grace of a weekend or holiday is not.
    #[must_use]
    pub fn overdue_days(&self, today: Date) -> u32 {
        if !calendar::is_overdue(self.due, today) {
            return 0;
        }
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
        let overdue = calendar::is_overdue(self.due, today);
        let slip_value = || self.boleto.as_ref()?.payable_value_near(self.due, today);
        let charge = if let Some(updated) = self.updated {
            Some(split(parts, updated))
        } else if self.tells_charges() || (self.discount.is_some() && !overdue) {
            Some(parts)
        } else if let Some(value) = slip_value() {
            Some(split(parts, value))
        } else {
            (!overdue).then_some(parts)
        };
        charge.filter(|charge| !charge.total().is_zero())
    }

    /// Whether the ERP says what being late costs: both parts, or one that is more than nothing. One part that is
    /// zero says nothing of the other.
    fn tells_charges(&self) -> bool {
        match (self.fine, self.interest) {
            (Some(_), Some(_)) => true,
            (Some(part), None) | (None, Some(part)) => !part.is_zero(),
            (None, None) => false,
        }
    }
}

/// Makes the parts add up to a total that somebody else decided: what is over counts as interest, what is under as discount.
fn split(parts: Charge, total: Money) -> Charge {
    let gross = parts.principal + parts.fine + parts.interest;
    match (total + parts.discount).checked_sub(gross) {
        Some(more) => Charge { interest: parts.interest + more, ..parts },
        None => Charge { discount: gross.checked_sub(total).unwrap_or_default(), ..parts },
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// Due on Friday 2018-07-13.
    fn bill() -> Invoice {
        Invoice {
            id: "90".into(),
            number: "36403".to_owned(),
            contracts: Vec::new(),
            description: "Fibra 500".to_owned(),
            due: date(2018, 7, 13),
            original: Money::from_cents(1000),
            fine: None,
            interest: None,
            discount: None,
            updated: None,
            boleto: None,
            pix: None,
            direct_debit: false,
            identifier: None,
            receipt_heads: ReceiptHeads::default(),
        }
    }

    /// Bars re-issued with charges: R$ 12,32, due 2020-04-06.
    fn reissued() -> Option<Boleto> {
        Boleto::parse("75691.31662 01006.726101 27455.420011 8 82170000001232").ok()
    }

    fn total(bill: &Invoice, today: Date) -> Option<u64> {
        bill.charge_due(today).map(|charge| charge.total().cents())
    }

    #[test]
    fn the_erps_own_total_comes_first() {
        let bill = Invoice { updated: some(1500), fine: some(20), interest: some(5), boleto: reissued(), ..bill() };
        let charge = bill.charge_due(date(2020, 4, 6)).unwrap();
        assert_eq!(charge.total(), Money::from_cents(1500));
        assert_eq!((charge.principal, charge.fine), (bill.original, Money::from_cents(20)));
    }

    #[test]
    fn charges_the_erp_tells_come_before_the_bars() {
        let bill = Invoice { fine: some(20), interest: some(5), discount: some(1), boleto: reissued(), ..bill() };
        assert_eq!(total(&bill, date(2020, 4, 6)), Some(1024));
    }

    #[test]
    fn an_overdue_bill_is_charged_by_its_reissued_bars_while_they_are_good() {
        let bill = Invoice { boleto: reissued(), ..bill() };
        assert_eq!(total(&bill, date(2020, 4, 6)), Some(1232));
        assert_eq!(total(&bill, date(2020, 4, 7)), None);
    }

    #[test]
    fn the_original_is_charged_until_the_grace_of_a_weekend_ends() {
        let bill = Invoice { due: date(2018, 7, 14), ..bill() };
        assert_eq!((total(&bill, date(2018, 7, 16)), bill.overdue_days(date(2018, 7, 16))), (Some(1000), 0));
        assert_eq!((total(&bill, date(2018, 7, 17)), bill.overdue_days(date(2018, 7, 17))), (None, 3));
    }

    #[test]
    fn a_discount_alone_does_not_tell_what_being_late_costs() {
        let bill = Invoice { discount: some(100), ..bill() };
        assert_eq!(total(&bill, date(2018, 7, 13)), Some(900));
        assert_eq!(total(&bill, date(2018, 7, 16)), None);
    }

    #[test]
    fn an_erp_that_waives_both_charges_is_believed() {
        let late = date(2018, 8, 1);
        assert_eq!(total(&Invoice { fine: some(0), interest: some(0), ..bill() }, late), Some(1000));
        assert_eq!(total(&Invoice { fine: some(0), ..bill() }, late), None);
    }

    fn some(cents: u64) -> Option<Money> {
        Some(Money::from_cents(cents))
    }

    fn part() -> impl Strategy<Value = Option<Money>> {
        proptest::option::of((0u64..100_000).prop_map(Money::from_cents))
    }

    proptest! {
        #[test]
        fn a_bill_on_time_always_has_an_amount(
            original in 1u64..10_000_000, fine in part(), interest in part(), early in 0i32..400, slip in any::<bool>()
        ) {
            let original = Money::from_cents(original);
            let bill = Invoice { original, fine, interest, boleto: reissued().filter(|_| slip), ..bill() };
            let today = bill.due.checked_sub(early.days()).unwrap();
            prop_assert!(bill.charge_due(today).is_some());
        }

        #[test]
        fn an_overdue_bill_without_charges_is_never_charged_bare(
            original in 1u64..10_000_000, discount in part(), late in 3i32..40_000, slip in any::<bool>()
        ) {
            let boleto = reissued().filter(|_| slip);
            let bill = Invoice { original: Money::from_cents(original), discount, boleto, ..bill() };
            let today = bill.due.checked_add(late.days()).unwrap();
            let in_the_bars = bill.boleto.as_ref().and_then(|slip| slip.payable_value_near(bill.due, today));
            prop_assert_eq!(bill.charge_due(today).map(|charge| charge.total()), in_the_bars);
        }

        #[test]
        fn the_parts_always_add_up_to_the_erps_total(
            fine in part(), interest in part(), discount in part(), updated in 1u64..10_000_000
        ) {
            let bill = Invoice { fine, interest, discount, updated: some(updated), ..bill() };
            prop_assert_eq!(total(&bill, bill.due), Some(updated));
        }
    }
}
