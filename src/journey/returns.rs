//! Whether a payment brings a suspended service back. The provider's system decides that; the totem says no more than what
//! it can see.

use jiff::civil::Date;

use crate::domain::receipt::WriteOffState;
use crate::domain::{Account, Contract, ContractStatus, Invoice};
use crate::payment::Item;

/// Whether nothing overdue is left of any contract that is suspended, once these are paid.
pub fn frees_service(account: &Account, paid: &[Item], today: Date) -> bool {
    let is_paid = |bill: &&Invoice| paid.iter().any(|item| item.invoice == bill.id);
    let is_freed = |contract: &Contract| {
        // a bill that names no contract may be of any
        let is_its = |bill: &&Invoice| bill.contracts.is_empty() || bill.contracts.contains(&contract.id);
        let overdue = account.invoices.iter().filter(|bill| bill.overdue_days(today) > 0).filter(is_its);
        // of what is suspended for another reason no payment is known to bring it back
        overdue.clone().next().is_some() && overdue.into_iter().all(|bill| is_paid(&bill))
    };
    let mut suspended = account.contracts.iter().filter(|one| one.status == ContractStatus::Suspended).peekable();
    suspended.peek().is_some() && suspended.all(is_freed)
}

/// Whether the provider's system knows of the payment.
pub fn is_known(write_off: WriteOffState) -> bool {
    match write_off {
        WriteOffState::Settled | WriteOffState::ByErp => true,
        WriteOffState::Owed | WriteOffState::ByHand => false,
    }
}
