//! The PIX code that the ERP issued with the bill. Its bank settles the bill with the ERP: we watch the bill there, and
//! never write it off.

use super::{Error, PixOrder, PixProvider, PixState, Reply};
use crate::domain::{BrCode, ConfirmedBy, PixCharge};

const NAME: &str = "erp_code";

#[derive(Debug, Default)]
pub struct ErpCode;

impl PixProvider for ErpCode {
    fn name(&self) -> &str {
        NAME
    }

    fn confirmed_by(&self) -> ConfirmedBy {
        ConfirmedBy::Erp
    }

    /// Shows the code as it came, where it can be read and asks for the amount on the screen, or for none.
    fn charge<'a>(&'a self, order: &'a PixOrder) -> Reply<'a, PixCharge> {
        Box::pin(async {
            let code = order.erp_code.as_deref().filter(|code| !code.is_empty());
            let code = code.ok_or_else(|| Error::NoCode("the ERP issued none".to_owned()))?;
            look_over(code, order)?;
            Ok(PixCharge {
                provider: NAME.to_owned(),
                txid: order.txid.clone(),
                payload: code.to_owned(),
                confirmed_by: ConfirmedBy::Erp,
                expires_in_s: None,
            })
        })
    }

    /// Only the ERP knows.
    fn look<'a>(&'a self, _charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(async { Ok(PixState::Waiting) })
    }

    /// The code is the ERP's and stays payable.
    fn remove<'a>(&'a self, _charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(async { Ok(PixState::Waiting) })
    }
}

/// A code that is cut short, or another bill's, would be paid for somebody else: it counts as none.
fn look_over(code: &str, order: &PixOrder) -> Result<(), Error> {
    let invoices = &order.invoices;
    let read = BrCode::parse(code).map_err(|flaw| {
        tracing::warn!(?invoices, %flaw, "the ERP's PIX code is not a right BR Code: it is not shown");
        Error::NoCode("the ERP's is not a right BR Code".to_owned())
    })?;
    if let Some(asked) = read.amount.filter(|asked| *asked != order.amount) {
        tracing::warn!(?invoices, %asked, owed = %order.amount, "the ERP's PIX code is not shown: another amount");
        return Err(Error::NoCode(format!("the ERP's code is for {asked} and the bill is {}", order.amount)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Money;

    fn order(erp_code: Option<&str>) -> PixOrder {
        PixOrder {
            txid: "TOTEM0000000000002611220001".to_owned(),
            amount: Money::from_cents(31_598),
            invoices: vec!["90".into()],
            identifiers: Vec::new(),
            erp_code: erp_code.map(str::to_owned),
            debtor: None,
        }
    }

    #[tokio::test]
    async fn the_erps_code_is_shown_as_it_came() {
        let open = BrCode::to_key("totem@provedor.net.br", "PROVEDOR", "BELO HORIZONTE");
        let told = BrCode { amount: Some(Money::from_cents(31_598)), ..open.clone() };
        for code in [open.payload().unwrap(), told.payload().unwrap()] {
            let charge = ErpCode.charge(&order(Some(&code))).await.unwrap();
            assert_eq!((&charge.payload, charge.confirmed_by), (&code, ConfirmedBy::Erp));
            assert_eq!(ErpCode.look(&charge).await, Ok(PixState::Waiting));
            assert_eq!(ErpCode.remove(&charge).await, Ok(PixState::Waiting));
        }
    }

    #[tokio::test]
    async fn a_code_for_another_amount_is_not_shown_and_the_next_provider_is_asked() {
        let for_cents = |cents: u64| {
            let mut code = BrCode::to_key("totem@provedor.net.br", "PROVEDOR", "BELO HORIZONTE");
            code.amount = Some(Money::from_cents(cents));
            code.payload().unwrap()
        };
        assert!(ErpCode.charge(&order(Some(&for_cents(31_598)))).await.is_ok());
        let Err(Error::NoCode(why)) = ErpCode.charge(&order(Some(&for_cents(1_598)))).await else { panic!("shown") };
        assert!(why.contains("15,98") && why.contains("315,98"), "{why}");
    }

    #[tokio::test]
    async fn a_code_that_is_cut_short_or_asks_for_another_amount_is_never_shown() {
        let other = BrCode {
            amount: Some(Money::from_cents(1_000)),
            ..BrCode::to_key("totem@provedor.net.br", "PROVEDOR", "BELO HORIZONTE")
        };
        let other = other.payload().unwrap();
        let cut = other.split_at(other.len() - 4).0;
        for code in [other.as_str(), cut, "00020126 não é um BR Code"] {
            assert!(matches!(ErpCode.charge(&order(Some(code))).await, Err(Error::NoCode(_))), "{code}");
        }
    }

    #[tokio::test]
    async fn a_bill_without_a_code_is_left_to_the_next_provider() {
        for none in [None, Some("")] {
            assert!(matches!(ErpCode.charge(&order(none)).await, Err(Error::NoCode(_))));
        }
    }
}
