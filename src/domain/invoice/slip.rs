//! Whether the codes that come with a bill are of that bill: an ERP may hold another's, and whoever pays by them pays
//! for somebody else.

use jiff::civil::Date;

use super::Invoice;
use crate::domain::{Boleto, BrCode, Money};

impl Invoice {
    /// Whether this slip cannot be of this bill: it asks for less than the bill, or both for another value and on another
    /// day. A slip with an open value or without a day contradicts nothing. Bars of the original value are right while
    /// fine and interest grow (the bank adds them), and a slip of an overdue bill that was issued again asks for more,
    /// later.
    #[must_use]
    pub fn is_contradicted_by(&self, slip: &Boleto, today: Date) -> bool {
        let Some(value) = slip.value() else { return false };
        // what the slip itself says is no witness for it
        let alone = Invoice { boleto: None, ..self.clone() };
        let charged = alone.charge_due(today).map(|charge| charge.total());
        let less = self.original.checked_sub(self.discount.unwrap_or_default()).unwrap_or_default();
        if value < charged.map_or(less, |charged| charged.min(less)) {
            return true;
        }
        let is_known = [Some(self.original), Some(less), charged].contains(&Some(value));
        let Some(due) = slip.due(self.due).filter(|due| *due != self.due && !is_known) else { return false };
        let issued_again = due > self.due && value > self.original && today > self.due;
        !issued_again
    }

    /// The ERP's own PIX code, where it can stand beside this slip: it is a right code, and it leaves the amount open or
    /// asks for what the bars ask or for what is owed today.
    #[must_use]
    pub fn pix_beside(&self, slip: &Boleto, today: Date) -> Option<&str> {
        let code = self.pix.as_deref()?;
        let asks = BrCode::parse(code).ok()?.amount;
        let fits = |asks: Money| {
            let owed = self.charge_due(today).map(|charge| charge.total());
            slip.value() == Some(asks) || owed == Some(asks)
        };
        asks.is_none_or(fits).then_some(code)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::ReceiptHeads;

    /// R$ 12,32, due 2020-04-06.
    const SLIP: &str = "75691.31662 01006.726101 27455.420011 8 82170000001232";

    fn slip() -> Boleto {
        Boleto::parse(SLIP).unwrap()
    }

    fn bill(due: Date, cents: u64) -> Invoice {
        Invoice {
            id: "90".into(),
            number: "36403".to_owned(),
            contracts: Vec::new(),
            description: "Fibra 500".to_owned(),
            due,
            original: Money::from_cents(cents),
            fine: None,
            interest: None,
            discount: None,
            updated: None,
            boleto: Some(slip()),
            pix: None,
            direct_debit: false,
            identifier: None,
            receipt_heads: ReceiptHeads::default(),
        }
    }

    #[test]
    fn a_slip_of_less_than_the_bill_is_anothers_whatever_it_says_of_itself() {
        let today = date(2020, 4, 1);
        assert!(bill(date(2020, 4, 6), 31_598).is_contradicted_by(&slip(), today));
        assert!(bill(date(2020, 4, 6), 1_233).is_contradicted_by(&slip(), today));
        assert!(!bill(date(2020, 4, 6), 1_232).is_contradicted_by(&slip(), today));
        let reduced = Invoice { discount: Some(Money::from_cents(100)), ..bill(date(2020, 4, 6), 1_332) };
        assert!(!reduced.is_contradicted_by(&slip(), today), "the discount is in its bars");
        let agreed = Invoice { updated: Some(Money::from_cents(1_232)), ..bill(date(2020, 4, 6), 1_500) };
        assert!(!agreed.is_contradicted_by(&slip(), today), "the ERP asks for less than it did");
    }

    #[test]
    fn a_slip_that_contradicts_value_and_day_is_anothers_and_one_that_contradicts_one_is_not() {
        let today = date(2020, 4, 1);
        assert!(bill(date(2020, 4, 20), 1_000).is_contradicted_by(&slip(), today));
        assert!(bill(date(2020, 4, 3), 1_000).is_contradicted_by(&slip(), today), "not late: not issued again");
        assert!(!bill(date(2020, 4, 6), 1_000).is_contradicted_by(&slip(), today), "the day is right");
        assert!(!bill(date(2020, 4, 20), 1_232).is_contradicted_by(&slip(), today), "the value is right");
    }

    #[test]
    fn what_the_law_allows_is_no_contradiction() {
        // of an overdue bill, issued again with fine and interest: one of the ERP's own examples
        assert!(!bill(date(2018, 7, 10), 1_000).is_contradicted_by(&slip(), date(2020, 4, 6)));
        // bars of the original value, while more is owed by now
        let late = Invoice { fine: Some(Money::from_cents(25)), ..bill(date(2020, 4, 6), 1_232) };
        assert!(!late.is_contradicted_by(&slip(), date(2020, 5, 1)));
    }

    #[test]
    fn a_day_counted_anew_since_2025_is_read_near_the_bills_own() {
        // factor 1638 is 2002-04-01, and 2026-11-22 again
        let digits = |check: u32| format!("7569{check}16380000001500{}", "1316601006726102721000001");
        let slip = (1..=9).find_map(|check| Boleto::parse(&digits(check)).ok()).unwrap();
        assert!(!bill(date(2026, 11, 22), 1_400).is_contradicted_by(&slip, date(2026, 11, 20)));
        assert!(bill(date(2026, 11, 23), 1_400).is_contradicted_by(&slip, date(2026, 11, 20)));
    }

    #[test]
    fn a_pix_code_of_another_amount_or_cut_short_does_not_stand_beside_a_slip() {
        let code = |cents: Option<u64>| {
            let code = BrCode::to_key("totem@provedor.net.br", "PROVEDOR", "BELO HORIZONTE");
            BrCode { amount: cents.map(Money::from_cents), ..code }.payload().unwrap()
        };
        let today = date(2020, 5, 1);
        let late = Invoice {
            fine: Some(Money::from_cents(25)),
            interest: Some(Money::from_cents(3)),
            ..bill(date(2020, 4, 6), 1_232)
        };
        for (pix, stands) in [
            (code(None), true),
            (code(Some(1_232)), true),
            (code(Some(1_260)), true),
            (code(Some(31_598)), false),
            (code(Some(1_232)).trim_end_matches(|letter: char| letter.is_ascii_hexdigit()).to_owned(), false),
            ("000201".to_owned(), false),
        ] {
            let bill = Invoice { pix: Some(pix.clone()), ..late.clone() };
            assert_eq!(bill.pix_beside(&slip(), today), stands.then_some(pix.as_str()));
        }
    }
}
