//! Calls to the ERP and the PIX providers, each a task of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::devices::{PrinterWork, TefWork};
use crate::domain::{BillRef, ConfirmedBy, InvoiceState, PixCharge, TaxId};
use crate::erp::{self, Capability, Erp, Support};
use crate::journey::Equipment;
use crate::pix::{self, PixOrder, PixProvider};
use crate::runtime::call::{AccountAnswer, Answer, Call};
use crate::runtime::core::Input;

/// A TEF manager has seven seconds to say that it is there.
const TEF_PATIENCE: Duration = Duration::from_secs(8);
const PRINTER_PATIENCE: Duration = Duration::from_secs(4);
const DISCOVERY_PATIENCE: Duration = Duration::from_secs(8);

pub struct Network {
    runtime: Runtime,
    partners: Arc<Partners>,
}

struct Partners {
    erp: Arc<dyn Erp>,
    pix: Vec<Arc<dyn PixProvider>>,
    core: Sender<Input>,
    tef: Option<Sender<TefWork>>,
    printer: Option<Sender<PrinterWork>>,
    needs_write_off: bool,
    /// The ERP said what it can do.
    discovered: AtomicBool,
}

impl Network {
    pub fn new(
        erp: Arc<dyn Erp>,
        pix: Vec<Arc<dyn PixProvider>>,
        needs_write_off: bool,
        core: Sender<Input>,
        tef: Option<Sender<TefWork>>,
        printer: Option<Sender<PrinterWork>>,
    ) -> std::io::Result<Network> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("network").enable_all().build()?;
        Ok(Network {
            runtime,
            partners: Arc::new(Partners {
                erp,
                pix,
                core,
                tef,
                printer,
                needs_write_off,
                discovered: AtomicBool::new(false),
            }),
        })
    }

    pub fn perform(&self, call: Call) {
        let partners = Arc::clone(&self.partners);
        self.runtime.spawn(async move {
            if let Some(answer) = partners.answer(call).await {
                // the desk has ended
                let _ = partners.core.send(Input::Answer(answer));
            }
        });
    }
}

impl Partners {
    async fn answer(&self, call: Call) -> Option<Answer> {
        Some(match call {
            Call::FindAccount { attempt, who } => Answer::Account { attempt, result: self.account(&who).await },
            Call::Prepare { attempt, bills } => {
                let (bills, equipment) = tokio::join!(self.read(bills), self.equipment());
                Answer::Prepared { attempt, bills, equipment }
            }
            Call::FindBoleto { attempt, bill } => Answer::Boleto { attempt, result: self.erp.boleto(&bill).await },
            Call::CheckEquipment => Answer::Equipment(self.equipment().await),
            Call::ChargePix { payment, bills, order } => {
                Answer::PixCharged { payment, result: self.charge(&bills, order).await }
            }
            Call::LookPix { payment, charge } => {
                let result = match self.provider(&charge) {
                    Ok(provider) => provider.look(&charge).await,
                    Err(error) => Err(error),
                };
                Answer::PixLooked { payment, result }
            }
            Call::RemovePix { payment, charge } => {
                let result = match self.provider(&charge) {
                    Ok(provider) => provider.remove(&charge).await,
                    Err(error) => Err(error),
                };
                Answer::PixLooked { payment, result }
            }
            Call::ReadBills { payment, bills } => {
                let result = self.read(bills).await.map(|bills| bills.into_iter().map(|(_, state)| state).collect());
                Answer::BillsRead { payment, result }
            }
            Call::WriteOff { payment, write_off } => {
                let result = self.erp.write_off(&write_off).await;
                Answer::WrittenOff { payment, invoice: write_off.bill.invoice, result }
            }
            Call::OpenTicket { payment, customer, ticket } => {
                Answer::TicketOpened { payment, result: self.erp.open_ticket(&customer, &ticket).await }
            }
            Call::Print { .. }
            | Call::Sell { .. }
            | Call::GiveUpCard { .. }
            | Call::AnswerPrompt { .. }
            | Call::Pending { .. }
            | Call::Finalize { .. }
            | Call::Release { .. } => return None,
        })
    }

    async fn account(&self, who: &TaxId) -> AccountAnswer {
        let Some(account) = self.erp.account(who).await? else { return Ok(None) };
        let factors = if self.erp.supports(Capability::Factors) == Support::No {
            crate::domain::Factors::default()
        } else {
            self.erp.factors(&account.customer.id).await?
        };
        Ok(Some((account, factors)))
    }

    async fn read(&self, bills: Vec<BillRef>) -> Result<Vec<(BillRef, InvoiceState)>, erp::Error> {
        let mut states = Vec::with_capacity(bills.len());
        for bill in bills {
            let state = self.erp.invoice(&bill).await?;
            states.push((bill, state));
        }
        Ok(states)
    }

    /// The first provider that has a code for this order.
    async fn charge(&self, bills: &[BillRef], mut order: PixOrder) -> Result<PixCharge, pix::Error> {
        if let [bill] = bills
            && self.erp.supports(Capability::PixCode) != Support::No
        {
            order.erp_code = match self.erp.pix_code(bill).await {
                Ok(code) => code,
                Err(error) => {
                    tracing::warn!(%error, "the ERP gave no PIX code");
                    None
                }
            };
        }
        let mut refusal = pix::Error::NoCode("no PIX provider is configured".into());
        let can_write_off = self.can_write_off().await;
        // what cannot be written off is the ERP's own bank's to receive
        let settles = |provider: &&Arc<dyn PixProvider>| can_write_off || provider.confirmed_by() == ConfirmedBy::Erp;
        for provider in self.pix.iter().filter(settles) {
            match provider.charge(&order).await {
                Ok(charge) => return Ok(charge),
                Err(error) => refusal = error,
            }
        }
        Err(refusal)
    }

    fn provider(&self, charge: &PixCharge) -> Result<&Arc<dyn PixProvider>, pix::Error> {
        self.pix
            .iter()
            .find(|provider| provider.name() == charge.provider)
            .ok_or_else(|| pix::Error::Unreachable(format!("no PIX provider is named {} any more", charge.provider)))
    }

    async fn equipment(&self) -> Equipment {
        let (tef, printer, write_off) = tokio::join!(self.tef_ready(), self.printer_ready(), self.can_write_off());
        Equipment { printer, tef, write_off }
    }

    /// Whether money of our own taking can be written off. A site's server is asked once what it can do.
    async fn can_write_off(&self) -> bool {
        if !self.needs_write_off {
            return true;
        }
        if !self.discovered.load(Ordering::SeqCst) {
            match timeout(DISCOVERY_PATIENCE, self.erp.discover()).await {
                Ok(Ok(())) => {
                    self.discovered.store(true, Ordering::SeqCst);
                    if self.erp.supports(Capability::WriteOff) == Support::No {
                        tracing::error!(
                            erp = self.erp.name(),
                            "this ERP takes no write-off: no card and no PIX of our own; see write_off in [payment]"
                        );
                    }
                }
                Ok(Err(error)) => tracing::warn!(%error, "the ERP did not say what it can do"),
                Err(_) => tracing::warn!("the ERP did not say in time what it can do"),
            }
        }
        self.erp.supports(Capability::WriteOff) != Support::No
    }

    async fn tef_ready(&self) -> bool {
        let Some(tef) = &self.tef else { return false };
        let (reply, answer) = oneshot::channel();
        tef.send(TefWork::Check(reply)).is_ok() && matches!(timeout(TEF_PATIENCE, answer).await, Ok(Ok(true)))
    }

    async fn printer_ready(&self) -> bool {
        let Some(printer) = &self.printer else { return false };
        let (reply, answer) = oneshot::channel();
        printer.send(PrinterWork::Status(reply)).is_ok()
            && matches!(timeout(PRINTER_PATIENCE, answer).await, Ok(Ok(status)) if status.can_print())
    }
}

#[cfg(test)]
mod tests;
