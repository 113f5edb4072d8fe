//! What a customer asks of the ERP beside bills.

use super::Partners;
use super::changing::changing;
use crate::domain::asked::{Ask, Told};
use crate::domain::service::{Catalog, Change};
use crate::domain::{BillRef, Customer, InvoiceId, Scanned};
use crate::erp::{Capability, Erp, Error};
use crate::journey::Serves;

pub fn serves(erp: &dyn Erp, draws: bool) -> Serves {
    let can = |capability| erp.supports(capability).is_usable();
    Serves {
        pendency: can(Capability::Pendency),
        unlock: can(Capability::TrustUnlock),
        tickets: can(Capability::Tickets),
        open_ticket: can(Capability::OpenTicket),
        ticket_kinds: can(Capability::TicketKinds),
        paid_bills: can(Capability::PaidBills),
        fiscal_notes: can(Capability::FiscalNotes),
        note_pdf: draws && can(Capability::FiscalNotePdf),
        annual_settlements: can(Capability::AnnualSettlements),
        bill_by_code: can(Capability::BillByCode),
        settlement_pdf: draws && can(Capability::AnnualSettlementPdf),
        contract_pdf: draws && can(Capability::ContractPdf),
        changing: changing(erp),
    }
}

impl Partners {
    /// The one of these bills that a scanned code is of.
    pub(super) async fn matching(&self, code: &Scanned, bills: Vec<BillRef>) -> Result<Option<InvoiceId>, Error> {
        for bill in bills {
            let is_it = match code {
                Scanned::Boleto(read) => self.erp.boleto(&bill).await?.is_some_and(|boleto| read.is_same_slip(&boleto)),
                Scanned::Pix(_) => self.erp.pix_code(&bill).await?.is_some_and(|known| code.is_code(&known)),
            };
            if is_it {
                return Ok(Some(bill.invoice));
            }
        }
        Ok(None)
    }

    pub(super) async fn serve(&self, customer: &Customer, ask: Ask) -> Result<Told, Error> {
        match self.ask(customer, ask).await {
            // a rule of the provider's: asked again it would say the same
            Err(Error::Denied { words, .. }) => Ok(Told::Refused { why: words.shown() }),
            told => told,
        }
    }

    async fn ask(&self, customer: &Customer, ask: Ask) -> Result<Told, Error> {
        let id = &customer.id;
        Ok(match ask {
            Ask::Pendency => Told::Pendency(self.erp.pendency(id).await?),
            Ask::Contracts => {
                let account = self.erp.account(&customer.tax_id).await?;
                // whoever is not found any more has told nothing of the contracts
                let why = || "it does not know a customer that it has just told of".to_owned();
                let account = account.ok_or_else(|| Error::Garbled { operation: "contracts", why: why() })?;
                Told::Contracts(account.contracts)
            }
            Ask::Tickets => Told::Tickets(self.erp.tickets(id).await?),
            // tickets without types are tickets
            Ask::TicketKinds => Told::TicketKinds(or_none(self.erp.catalog(Catalog::TicketKinds, None).await)?),
            Ask::PaidBills => Told::PaidBills(self.erp.paid_bills(id).await?),
            Ask::FiscalNotes => Told::FiscalNotes(or_none(self.erp.fiscal_notes(id).await)?),
            Ask::AnnualSettlements => Told::AnnualSettlements(or_none(self.erp.annual_settlements(id).await)?),
            Ask::Unlock { contract } => Told::Unlocked(ended(self.erp.unlock_on_trust(id, &contract).await)?),
            Ask::OpenTicket(ticket) => Told::TicketOpened(ended(self.erp.open_ticket(id, &ticket).await)?),
            Ask::Look(look) => self.look(id, look).await?,
            Ask::Change(wish) => self.change(id, &wish).await?,
        })
    }
}

/// Found out since the menu was shown: an ERP that has no such list shows nothing.
fn or_none<T>(list: Result<Vec<T>, Error>) -> Result<Vec<T>, Error> {
    match list {
        Err(Error::Unsupported(_)) => Ok(Vec::new()),
        list => list,
    }
}

/// An error of a change means that it was not done, but for an answer that cannot be read: that may be anything.
pub(super) fn ended<T>(change: Result<Change<T>, Error>) -> Result<Change<T>, Error> {
    match change {
        Err(error @ Error::Garbled { .. }) => Ok(Change::Unknown { why: error.to_string() }),
        Err(Error::Denied { words, .. }) => Ok(Change::Refused { why: words.shown() }),
        // in our words, not in the provider's
        Err(Error::Refused { .. } | Error::Unsupported(_)) => Ok(Change::Refused { why: String::new() }),
        other => other,
    }
}
