//! Calls to the ERP and the PIX providers, each a task of its own.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::devices::{PrinterWork, TefWork};
use crate::domain::{BillRef, InvoiceState, PixCharge, TaxId};
use crate::erp::{self, Capability, Erp};
use crate::journey::{Abilities, Equipment};
use crate::pix::{self, PixOrder, PixProvider};
use crate::runtime::call::{AccountAnswer, Answer, Call};
use crate::runtime::core::Input;

/// A TEF manager has seven seconds to say that it is there.
const TEF_PATIENCE: Duration = Duration::from_secs(8);
const PRINTER_PATIENCE: Duration = Duration::from_secs(4);

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
}

impl Network {
    pub fn new(
        erp: Arc<dyn Erp>,
        pix: Vec<Arc<dyn PixProvider>>,
        core: Sender<Input>,
        tef: Option<Sender<TefWork>>,
        printer: Option<Sender<PrinterWork>>,
    ) -> std::io::Result<Network> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("network").enable_all().build()?;
        Ok(Network { runtime, partners: Arc::new(Partners { erp, pix, core, tef, printer }) })
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

/// What the journey may offer of what this ERP says it can do.
pub fn abilities(erp: &dyn Erp) -> Abilities {
    let can = |capability| erp.supports(capability).is_usable();
    Abilities {
        boleto: can(Capability::Boleto),
        pix_code: can(Capability::PixCode),
        write_off: can(Capability::WriteOff),
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
            Call::Discover => {
                let result = self.erp.discover().await;
                Answer::Discovered { abilities: abilities(self.erp.as_ref()), result }
            }
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
        let factors = if self.erp.supports(Capability::Factors).is_usable() {
            self.erp.factors(&account.customer.id).await?
        } else {
            crate::domain::Factors::default()
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
            && self.erp.supports(Capability::PixCode).is_usable()
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
        for provider in &self.pix {
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
        let (tef, printer) = tokio::join!(self.tef_ready(), self.printer_ready());
        Equipment { printer, tef }
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
