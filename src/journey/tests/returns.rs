//! What is told of a suspended service: that it comes back is said only where nothing is left to pay and the provider knows.

use jiff::civil::date;

use super::super::*;
use super::visit::*;
use crate::domain::receipt::WriteOffState;
use crate::domain::{Contract, ContractStatus, Invoice, InvoiceId, PaymentId};
use crate::payment::Standing;

fn contract(id: &str, status: ContractStatus) -> Contract {
    Contract { id: id.into(), plan: format!("Fibra {id}"), status }
}

fn of(contract: &str, bill: Invoice) -> Invoice {
    Invoice { contracts: vec![contract.into()], ..bill }
}

fn overdue(id: &str) -> Invoice {
    bill(id, date(2026, 11, 10), 11_990)
}

fn coming(id: &str) -> Invoice {
    bill(id, date(2026, 12, 10), 11_990)
}

/// What `paid` shows once these of the bills were paid by debit.
fn pays(contracts: Vec<Contract>, bills: Vec<Invoice>, chosen: &[&str], write_off: WriteOffState) -> step::Paid {
    let mut visit = Visit::with(Settings { service_back_min: Some(30), ..Settings::default() });
    visit.types(CPF).types("1705");
    let attempt = visit.attempt();
    let mut found = account(bills.clone());
    found.account.contracts = contracts;
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(found))) });
    let Step::Invoices(shown) = visit.view().step else { panic!("{}", visit.step()) };
    for line in shown.invoices.iter().filter(|line| line.chosen != chosen.contains(&line.id.0.as_str())) {
        visit.does(Intent::Toggle { id: line.id.0.clone() });
    }
    let wanted: Vec<InvoiceId> = chosen.iter().map(|id| InvoiceId::from(*id)).collect();
    visit.does(Intent::Pay).prepared(bills.into_iter().filter(|bill| wanted.contains(&bill.id)).collect());
    visit.does(Intent::Choose { option: "debit".into() });
    let attempt = visit.attempt();
    visit.on(Event::PaymentOpened { attempt, payment: PaymentId(7) });
    visit.stands(Standing::Paid { write_off, receipt: None });
    let Step::Paid(shown) = visit.view().step else { panic!("{}", visit.step()) };
    shown
}

#[test]
fn a_service_is_told_to_come_back_only_where_no_overdue_bill_of_it_is_left() {
    let suspended = || vec![contract("1", ContractStatus::Suspended), contract("2", ContractStatus::Active)];
    let both = || vec![contract("1", ContractStatus::Suspended), contract("2", ContractStatus::Suspended)];
    let unlinked = |bill: Invoice| Invoice { contracts: Vec::new(), ..bill };
    for (what, contracts, bills, chosen, expected) in [
        ("its only overdue bill", suspended(), vec![overdue("90"), coming("91")], vec!["90"], true),
        ("another contract's", suspended(), vec![overdue("90"), of("2", overdue("92"))], vec!["92"], false),
        ("one of two", suspended(), vec![overdue("90"), overdue("91")], vec!["90"], false),
        ("both", suspended(), vec![overdue("90"), overdue("91")], vec!["90", "91"], true),
        ("one that is not due", suspended(), vec![overdue("90"), coming("91")], vec!["91"], false),
        ("with none overdue", suspended(), vec![coming("91")], vec!["91"], false),
        ("one of no known contract left", suspended(), vec![overdue("90"), unlinked(overdue("91"))], vec!["90"], false),
        ("bills of no known contract", suspended(), vec![unlinked(overdue("90"))], vec!["90"], true),
        ("one of two suspended", both(), vec![overdue("90"), of("2", overdue("92"))], vec!["90"], false),
        ("nothing is suspended", vec![contract("1", ContractStatus::Active)], vec![overdue("90")], vec!["90"], false),
        ("it is back on trust", vec![contract("1", ContractStatus::OnTrust)], vec![overdue("90")], vec!["90"], false),
    ] {
        let paid = pays(contracts, bills, &chosen, WriteOffState::Settled);
        assert_eq!((paid.service_returns, paid.service_waits), (expected, false), "{what}");
        assert_eq!(paid.service_back_min, expected.then_some(30), "{what}: the time is the site's");
    }
}

#[test]
fn a_service_waits_for_a_payment_that_the_provider_does_not_know_yet() {
    for (write_off, returns) in [
        (WriteOffState::Settled, true),
        (WriteOffState::ByErp, true),
        (WriteOffState::Owed, false),
        (WriteOffState::ByHand, false),
    ] {
        let suspended = vec![contract("1", ContractStatus::Suspended)];
        let paid = pays(suspended, vec![overdue("90")], &["90"], write_off);
        assert_eq!((paid.service_returns, paid.service_waits), (returns, !returns), "{write_off:?}");
        assert_eq!(paid.service_back_min.is_some(), returns, "no time before the provider knows");
    }
    let free = vec![contract("1", ContractStatus::Active)];
    assert!(!pays(free, vec![overdue("90")], &["90"], WriteOffState::Owed).service_waits);
}
