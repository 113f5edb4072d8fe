//! The desk with the world: one thread for the core, one for the TEF, one for the printer, and a small tokio runtime
//! for ERP and PIX. A call that may move money is never given up; it is answered, however late.

mod devices;
mod network;

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::call::{Answer, Audit, Call};
use super::core::{Core, Input};
use super::dialogue::Running;
use super::meter::Meter;
use super::{Counter, Line};
use crate::domain::{PixAccounts, Typed};
use crate::erp::Erp;
use crate::journey::{Intent, View};
use crate::pix::PixProvider;
use crate::printer::Printer;
use crate::tef::Tef;

/// With nothing to wait for.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

/// Everybody the desk can call.
pub struct Ports {
    pub erp: Arc<dyn Erp>,
    /// Asked for a code as `pix::choice` says.
    pub pix: Vec<Arc<dyn PixProvider>>,
    /// The totem writes off itself: what the ERP takes no write-off for is not offered.
    pub needs_write_off: bool,
    pub pix_accounts: PixAccounts,
    pub tef: Option<Box<dyn Tef>>,
    pub printer: Option<Box<dyn Printer>>,
    pub safe: Option<Arc<dyn Safe>>,
    /// Where the desk says how it is.
    pub meter: Arc<Meter>,
}

/// What is slow and touches no partner: a PIN that is compared, a journal that is walked.
pub trait Safe: Send + Sync {
    fn whose(&self, pin: &Typed) -> Option<String>;
    fn walk(&self) -> Audit;
}

/// A running desk.
pub struct Desk {
    line: Arc<DeskLine>,
    core: Option<thread::JoinHandle<()>>,
}

struct DeskLine {
    inputs: Sender<Input>,
    audience: Mutex<Audience>,
    meter: Arc<Meter>,
}

/// Who watches, and what was shown last.
#[derive(Default)]
struct Audience {
    last: Option<Arc<View>>,
    faces: Vec<UnboundedSender<Arc<View>>>,
    over: bool,
}

impl Desk {
    /// Starts the threads.
    pub fn open(mut core: Core, ports: Ports) -> std::io::Result<Desk> {
        core.erp_can(network::abilities(ports.erp.as_ref(), ports.needs_write_off), Timestamp::now());
        let (inputs, received) = channel();
        let line =
            Arc::new(DeskLine { inputs: inputs.clone(), audience: Mutex::default(), meter: Arc::clone(&ports.meter) });
        let hands = Hands::new(ports, &inputs)?;
        let shown = Arc::clone(&line);
        shown.show(core.take_view(Timestamp::now()));
        let core = thread::Builder::new().name("desk".into()).spawn(move || {
            work(&mut core, &received, &hands, &shown);
            shown.end();
        })?;
        Ok(Desk { line, core: Some(core) })
    }

    #[must_use]
    pub fn counter(&self) -> Counter {
        Counter::new(Arc::clone(&self.line) as Arc<dyn Line>)
    }

    /// Waits until the desk has ended.
    pub fn wait(mut self) {
        if let Some(core) = self.core.take()
            && core.join().is_err()
        {
            tracing::error!("the desk's thread broke");
        }
    }
}

fn work(core: &mut Core, inputs: &Receiver<Input>, hands: &Hands, line: &DeskLine) {
    let mut calls = core.handle(Input::Time, Timestamp::now());
    loop {
        for call in calls.drain(..) {
            hands.perform(call);
        }
        line.show(core.take_view(Timestamp::now()));
        line.meter.set(core.reading());
        if core.is_finished() {
            return;
        }
        let now = Timestamp::now();
        // a deadline that has just passed is a wait of nothing
        let until = |at: Timestamp| Duration::try_from(at.duration_since(now)).unwrap_or_default();
        let wait = core.next_deadline(now).map_or(LONGEST_WAIT, until);
        let input = match inputs.recv_timeout(wait) {
            Ok(input) => input,
            Err(RecvTimeoutError::Timeout) => Input::Time,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        calls = core.handle(input, Timestamp::now());
    }
}

impl Line for DeskLine {
    fn send(&self, intent: Intent) {
        // after the end nobody listens
        let _ = self.inputs.send(Input::Intent(intent));
    }

    fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
        let (face, views) = unbounded_channel();
        let mut audience = self.audience();
        if let Some(last) = &audience.last {
            let _ = face.send(Arc::clone(last));
        }
        if !audience.over {
            audience.faces.push(face);
        }
        views
    }

    fn finish(&self) {
        let _ = self.inputs.send(Input::Finish);
    }
}

impl DeskLine {
    fn audience(&self) -> std::sync::MutexGuard<'_, Audience> {
        self.audience.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, view: Option<View>) {
        let Some(view) = view.map(Arc::new) else { return };
        self.meter.shows(&view);
        let mut audience = self.audience();
        audience.faces.retain(|face| face.send(Arc::clone(&view)).is_ok());
        audience.last = Some(view);
    }

    fn end(&self) {
        let mut audience = self.audience();
        audience.over = true;
        audience.faces.clear();
    }
}

/// The threads that do what the core says.
struct Hands {
    tef: Option<Sender<devices::TefWork>>,
    printer: Option<Sender<devices::PrinterWork>>,
    network: network::Network,
    running: Running,
    safe: Option<Arc<dyn Safe>>,
    inputs: Sender<Input>,
}

impl Hands {
    fn new(ports: Ports, inputs: &Sender<Input>) -> std::io::Result<Hands> {
        let running = Running::default();
        let tef = match ports.tef {
            Some(tef) => Some(devices::tef_thread(tef, inputs.clone(), running.clone())?),
            None => None,
        };
        let printer = match ports.printer {
            Some(printer) => Some(devices::printer_thread(printer, inputs.clone())?),
            None => None,
        };
        let network = network::Network::new(network::Partners {
            erp: ports.erp,
            pix: ports.pix,
            pix_accounts: ports.pix_accounts,
            needs_write_off: ports.needs_write_off,
            core: inputs.clone(),
            tef: tef.clone(),
            printer: printer.clone(),
            meter: ports.meter,
            discovered: AtomicBool::new(false),
        })?;
        Ok(Hands { tef, printer, network, running, safe: ports.safe, inputs: inputs.clone() })
    }

    /// On a thread of its own, so that nobody waits for it.
    fn beside(&self, work: impl FnOnce(&dyn Safe) -> Answer + Send + 'static, otherwise: Answer) {
        let inputs = self.inputs.clone();
        let begun = self.safe.clone().ok_or_else(|| std::io::Error::other("nothing is kept here")).and_then(|safe| {
            let inputs = inputs.clone();
            thread::Builder::new().name("safe".into()).spawn(move || {
                // the desk may have ended meanwhile
                let _ = inputs.send(Input::Answer(work(safe.as_ref())));
            })
        });
        if let Err(error) = begun {
            tracing::warn!(%error, "not looked into the safe");
            let _ = inputs.send(Input::Answer(otherwise));
        }
    }

    fn perform(&self, call: Call) {
        match call {
            Call::GiveUpCard { payment } => self.running.give_up(payment),
            Call::AnswerPrompt { payment, prompt, value } => self.running.answer(payment, prompt, value),
            Call::Sell { .. }
            | Call::Pending { .. }
            | Call::Finalize { .. }
            | Call::Release { .. }
            | Call::CardDesk { .. } => {
                if let Some(tef) = &self.tef {
                    // its thread ends only with the desk
                    let _ = tef.send(devices::TefWork::Call(call));
                } else if let Some(answer) = devices::without_tef(call) {
                    let _ = self.inputs.send(Input::Answer(answer));
                }
            }
            Call::CheckPin { attempt, pin } => self.beside(
                move |safe| Answer::PinChecked { attempt, by: safe.whose(&pin) },
                Answer::PinChecked { attempt, by: None },
            ),
            Call::VerifyJournal => self.beside(
                |safe| Answer::JournalWalked(safe.walk()),
                Answer::JournalWalked(Audit::Unreadable("there is nobody to walk it".into())),
            ),
            Call::Print { ticket, document } => {
                devices::print(self.printer.as_ref(), ticket, document, &self.inputs);
            }
            Call::FindAccount { .. }
            | Call::Prepare { .. }
            | Call::FindBoleto { .. }
            | Call::SendBill { .. }
            | Call::Serve { .. }
            | Call::CheckEquipment
            | Call::Discover
            | Call::ChargePix { .. }
            | Call::LookPix { .. }
            | Call::RemovePix { .. }
            | Call::ReadBills { .. }
            | Call::WriteOff { .. }
            | Call::OpenTicket { .. } => self.network.perform(call),
        }
    }
}
