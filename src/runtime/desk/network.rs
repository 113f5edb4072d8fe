//! Calls to the ERP and the PIX providers, each a task of its own.

mod changing;
pub mod codes;
mod documents;
mod joining;
mod serving;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;
use tokio::time::timeout;

use super::devices::{PrinterWork, TefWork};
use crate::domain::service::Channel;
use crate::domain::{BillRef, ConfirmedBy, InvoiceState, PixAccount, PixAccounts, PixCharge, TaxId};
use crate::erp::{self, Capability, Erp};
use crate::journey::step::PaperState;
use crate::journey::{Abilities, Couriers, Equipment, Ways};
use crate::pdf::{Reader, Size};
use crate::pix::choice::{self, Seat};
use crate::pix::{self, PixOrder, PixProvider};
use crate::postal::Postal;
use crate::printer::Status;
use crate::runtime::call::{AccountAnswer, Answer, Call, PixDone, PixWork};
use crate::runtime::core::Input;
use crate::runtime::meter::Meter;

/// A TEF manager has seven seconds to say that it is there.
const TEF_PATIENCE: Duration = Duration::from_secs(8);
const PRINTER_PATIENCE: Duration = Duration::from_secs(4);
const DISCOVERY_PATIENCE: Duration = Duration::from_secs(8);

pub struct Network {
    runtime: Runtime,
    partners: Arc<Partners>,
}

pub struct Partners {
    pub erp: Arc<dyn Erp>,
    pub pix: Vec<Arc<dyn PixProvider>>,
    pub pix_accounts: PixAccounts,
    pub postal: Option<Arc<dyn Postal>>,
    pub couriers: codes::Couriers,
    pub core: Sender<Input>,
    pub tef: Option<Sender<TefWork>>,
    pub printer: Option<Sender<PrinterWork>>,
    /// The totem writes off itself: what the ERP takes no write-off for is not offered.
    pub needs_write_off: bool,
    pub pages: Option<Reader>,
    pub meter: Arc<Meter>,
    /// The ERP said what it can do.
    pub discovered: AtomicBool,
}

impl Network {
    pub fn new(partners: Partners) -> std::io::Result<Network> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("network").enable_all().build()?;
        Ok(Network { runtime, partners: Arc::new(partners) })
    }

    pub fn perform(&self, call: Call) {
        let partners = Arc::clone(&self.partners);
        self.runtime.spawn(async move {
            let whose = match &call {
                Call::ChargePix { .. } | Call::LookPix { .. } | Call::RemovePix { .. } => Some(&partners.meter.pix),
                // a technician's try is no customer's wait
                Call::CheckEquipment | Call::SendCode { .. } | Call::PixTry { .. } => None,
                _ => Some(&partners.meter.erp),
            };
            let begun = Instant::now();
            if let Some(answer) = partners.answer(call).await {
                whose.inspect(|histogram| histogram.took(begun.elapsed()));
                // the desk has ended
                let _ = partners.core.send(Input::Answer(answer));
            }
        });
    }
}

/// What the journey may offer of what this ERP says it can do.
pub fn abilities(erp: &dyn Erp, needs_write_off: bool, draws: bool) -> Abilities {
    let can = |capability| erp.supports(capability).is_usable();
    Abilities {
        boleto: can(Capability::Boleto),
        bill_pdf: draws && can(Capability::Pdf),
        pix_code: can(Capability::PixCode),
        write_off: can_write_off(erp, needs_write_off),
        sends: Ways {
            email: can(Capability::SendByEmail),
            sms: can(Capability::SendBySms),
            push: can(Capability::SendByPush),
        },
        sends_elsewhere: Couriers {
            email: can(Capability::SendByEmail) && erp.sends_elsewhere(Channel::Email),
            sms: can(Capability::SendBySms) && erp.sends_elsewhere(Channel::Sms),
        },
        serves: serving::serves(erp, draws),
        joins: joining::joins(erp),
        orders: joining::orders(erp),
    }
}

fn can_write_off(erp: &dyn Erp, needs_write_off: bool) -> bool {
    !needs_write_off || erp.supports(Capability::WriteOff).is_usable()
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
            Call::FindByCode { attempt, code } => {
                Answer::ByCode { attempt, result: self.erp.bill_by_code(&code).await }
            }
            Call::MatchBill { attempt, code, bills } => {
                Answer::Matched { attempt, result: self.matching(&code, bills).await }
            }
            Call::FindDocument { attempt, what } => {
                let result = self.document(&what).await;
                Answer::DocumentFound { attempt, what, result }
            }
            Call::DrawPage { attempt, pdf, view } => match self.page(pdf, view, Size::SCREEN).await {
                Ok(image) => Answer::PageDrawn { attempt, image: Some(image), doubt: None },
                Err(doubt) => Answer::PageDrawn { attempt, image: None, doubt },
            },
            Call::PrintPage { ticket, pdf, page } => return self.print_page(ticket, pdf, page).await,
            Call::FindReach { attempt, who, by } => Answer::Reach { attempt, result: self.reach(&who, by).await },
            Call::SendCode { attempt, to, code, language } => {
                Answer::CodeBrought { attempt, delivery: self.bring(&to, &code, language).await }
            }
            Call::SendBill { attempt, bill, by, to } => {
                let to = to.as_ref().map(|contact| contact.value.as_str());
                Answer::BillSent { attempt, result: self.erp.send_bill(&bill, by, to).await }
            }
            Call::Serve { attempt, customer, ask } => {
                let name = ask.name();
                Answer::Served { attempt, ask: name, result: self.serve(&customer, ask).await }
            }
            Call::Join { attempt, ask } => {
                let name = ask.name();
                Answer::Joined { attempt, ask: name, result: self.join(ask).await }
            }
            Call::CheckEquipment => Answer::Equipment(self.equipment().await),
            Call::Discover => {
                let result = self.discover().await;
                let draws = self.pages.is_some();
                Answer::Discovered { abilities: abilities(self.erp.as_ref(), self.needs_write_off, draws), result }
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
            Call::PixTry { txid, provider, work } => Answer::PixTry { txid, done: self.pix_try(&provider, work).await },
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
            Call::CheckPin { .. }
            | Call::ReleasePaper { .. }
            | Call::VerifyJournal
            | Call::Errand { .. }
            | Call::Print { .. }
            | Call::Sell { .. }
            | Call::GiveUpCard { .. }
            | Call::AnswerPrompt { .. }
            | Call::Pending { .. }
            | Call::Finalize { .. }
            | Call::CardDesk { .. }
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
        let account = self.pix_accounts.of(order.identifiers.iter().map(String::as_str));
        if account == PixAccount::Several {
            return Err(pix::Error::NoCode("these bills belong to different accounts".into()));
        }
        let seats: Vec<Seat<'_>> = self
            .pix
            .iter()
            .map(|provider| Seat { name: provider.name(), confirmed_by: provider.confirmed_by() })
            .collect();
        let mut refusal = pix::Error::NoCode("no PIX provider is configured for this bill".into());
        let can_write_off = self.can_write_off().await;
        // what cannot be written off is the ERP's own bank's to receive
        let settles = |provider: &&Arc<dyn PixProvider>| can_write_off || provider.confirmed_by() == ConfirmedBy::Erp;
        let asked = choice::asked(&seats, &account).into_iter().filter_map(|place| self.pix.get(place));
        for provider in asked.filter(settles) {
            match provider.charge(&order).await {
                Ok(charge) => {
                    if charge.confirmed_by == ConfirmedBy::Person {
                        tracing::warn!(provider = charge.provider, "the last resort: only a person can see it paid");
                    }
                    return Ok(charge);
                }
                // that there is no code of the ERP's is nothing to tell where a bank is asked next
                Err(pix::Error::NoCode(why)) => refusal = pix::Error::NoCode(why),
                Err(error) => {
                    tracing::warn!(provider = provider.name(), %error, "no PIX code from this provider");
                    refusal = error;
                }
            }
        }
        Err(refusal)
    }

    /// What a technician asks of one provider.
    async fn pix_try(&self, provider: &str, work: PixWork) -> PixDone {
        let provider = self.provider_named(provider);
        match work {
            PixWork::Charge(order) => PixDone::Charged(match provider {
                Ok(provider) => provider.charge(&order).await,
                Err(error) => Err(error),
            }),
            PixWork::Look(charge) => PixDone::Looked(match provider {
                Ok(provider) => provider.look(&charge).await,
                Err(error) => Err(error),
            }),
            PixWork::Remove(charge) => PixDone::Looked(match provider {
                Ok(provider) => provider.remove(&charge).await,
                Err(error) => Err(error),
            }),
            PixWork::GiveBack { charge, receipt, id } => {
                let result = match provider {
                    Ok(provider) => provider.give_back(&charge, &receipt, &id).await,
                    Err(error) => Err(error),
                };
                PixDone::Back { end_to_end: receipt.end_to_end, result }
            }
        }
    }

    fn provider(&self, charge: &PixCharge) -> Result<&Arc<dyn PixProvider>, pix::Error> {
        self.provider_named(&charge.provider)
    }

    fn provider_named(&self, name: &str) -> Result<&Arc<dyn PixProvider>, pix::Error> {
        self.pix
            .iter()
            .find(|provider| provider.name() == name)
            .ok_or_else(|| pix::Error::Unreachable(format!("no PIX provider is named {name} any more")))
    }

    async fn equipment(&self) -> Equipment {
        let (tef, paper, write_off) = tokio::join!(self.tef_ready(), self.paper(), self.can_write_off());
        Equipment { printer: matches!(paper, PaperState::Ready | PaperState::Low), tef, write_off, paper }
    }

    /// Whether money of our own taking can be written off, by the ERP's leave or by a person. Before the first such money
    /// the ERP is asked.
    async fn can_write_off(&self) -> bool {
        if self.needs_write_off && !self.discovered.load(Ordering::SeqCst) {
            // what it says stands in the log
            let _ = self.discover().await;
        }
        can_write_off(self.erp.as_ref(), self.needs_write_off)
    }

    async fn discover(&self) -> Result<(), erp::Error> {
        let asked = timeout(DISCOVERY_PATIENCE, self.erp.discover()).await;
        let result =
            asked.unwrap_or_else(|_| Err(erp::Error::Unreachable("it did not say in time what it can do".into())));
        match &result {
            Ok(()) => {
                self.discovered.store(true, Ordering::SeqCst);
                if !can_write_off(self.erp.as_ref(), self.needs_write_off) {
                    tracing::error!(
                        erp = self.erp.name(),
                        "this ERP takes no write-off: no card and no PIX of our own; see write_off in [payment]"
                    );
                }
            }
            Err(error) => tracing::warn!(%error, "the ERP did not say what it can do"),
        }
        result
    }

    async fn tef_ready(&self) -> bool {
        let Some(tef) = &self.tef else { return false };
        let (reply, answer) = oneshot::channel();
        tef.send(TefWork::Check(reply)).is_ok() && matches!(timeout(TEF_PATIENCE, answer).await, Ok(Ok(true)))
    }

    async fn paper(&self) -> PaperState {
        let Some(printer) = &self.printer else { return PaperState::Unknown };
        let (reply, answer) = oneshot::channel();
        if printer.send(PrinterWork::Status(reply)).is_err() {
            return PaperState::Unknown;
        }
        let Ok(Ok(status)) = timeout(PRINTER_PATIENCE, answer).await else { return PaperState::Unknown };
        match status {
            Status::Ready => PaperState::Ready,
            Status::PaperLow => PaperState::Low,
            Status::PaperOut => PaperState::Out,
            Status::CoverOpen => PaperState::CoverOpen,
            Status::Cutter => PaperState::Cutter,
            Status::Overheated => PaperState::Overheated,
            Status::Fault => PaperState::Fault,
            Status::Offline => PaperState::Offline,
            Status::Held => PaperState::Held,
            Status::Awaited => PaperState::Awaited,
            Status::NoFence => PaperState::NoFence,
            Status::Mute => PaperState::Mute,
            Status::Unknown => PaperState::Garbled,
            Status::Absent => PaperState::Absent,
            Status::InUse => PaperState::InUse,
            Status::Denied => PaperState::Denied,
        }
    }
}

#[cfg(test)]
mod tests;
