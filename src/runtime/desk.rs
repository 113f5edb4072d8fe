//! The desk with the world: one thread for the core, one for the TEF, one for the printer, and a small tokio runtime
//! for ERP and PIX. A call that may move money is never given up; it is answered, however late.

mod clock;
mod devices;
mod network;
mod renewal;
mod safe;

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
use crate::domain::PixAccounts;
use crate::erp::Erp;
use crate::journey::{Intent, View};
use crate::pdf::Reader;
use crate::pix::PixProvider;
use crate::postal::Postal;
use crate::printer::Printer;
use crate::tef::Tef;
use clock::Clock;
pub use network::codes::{Couriers, Wording};
use renewal::Renewed;
pub use renewal::{Make, Renewal};
pub use safe::Safe;

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
    /// Tells where a CEP is; without it the address is typed.
    pub postal: Option<Arc<dyn Postal>>,
    /// Who brings codes to customers.
    pub couriers: Couriers,
    pub tef: Option<Box<dyn Tef>>,
    pub printer: Option<Box<dyn Printer>>,
    /// Draws other people's PDFs; without it none is shown.
    pub pages: Option<Reader>,
    pub safe: Option<Arc<dyn Safe>>,
    /// Where the desk says how it is.
    pub meter: Arc<Meter>,
}

/// A running desk.
pub struct Desk {
    line: Arc<DeskLine>,
    core: Option<thread::JoinHandle<()>>,
}

struct DeskLine {
    /// Of the core that is there now.
    inputs: Mutex<Sender<Input>>,
    audience: Mutex<Audience>,
    /// What is to be there as soon as nobody is served.
    renewed: Mutex<Option<Renewed>>,
    meter: Arc<Meter>,
}

/// Who watches, and what was shown last.
#[derive(Default)]
struct Audience {
    last: Option<Arc<View>>,
    faces: Vec<UnboundedSender<Arc<View>>>,
    over: bool,
    /// The last number that a core before this one gave a view.
    counted: u64,
}

impl Desk {
    /// Starts the threads.
    pub fn open(core: Core, ports: Ports) -> std::io::Result<Desk> {
        let (inputs, received) = channel();
        let (audience, renewed, meter) = (Mutex::default(), Mutex::default(), Arc::clone(&ports.meter));
        let line = Arc::new(DeskLine { inputs: Mutex::new(inputs.clone()), audience, renewed, meter });
        let inside = Inside::new(core, ports, &inputs, received)?;
        let shown = Arc::clone(&line);
        let mut inside = inside.shown_to(&shown);
        let core = thread::Builder::new().name("desk".into()).spawn(move || {
            while let Some(renewed) = work(&mut inside, &shown) {
                match inside.replaced(renewed, &shown) {
                    Some(next) => inside = next.shown_to(&shown),
                    None => break,
                }
            }
            shown.end();
        })?;
        Ok(Desk { line, core: Some(core) })
    }

    #[must_use]
    pub fn renewal(&self) -> Renewal {
        Renewal(Arc::clone(&self.line))
    }

    #[must_use]
    pub fn counter(&self) -> Counter {
        Counter::new(Arc::clone(&self.line) as Arc<dyn Line>)
    }

    /// Where the desk says how it is.
    #[must_use]
    pub fn meter(&self) -> Arc<Meter> {
        Arc::clone(&self.line.meter)
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

/// What a desk consists of: one after another may sit behind the same line.
struct Inside {
    core: Core,
    received: Receiver<Input>,
    hands: Hands,
}

impl Inside {
    fn new(mut core: Core, ports: Ports, inputs: &Sender<Input>, received: Receiver<Input>) -> std::io::Result<Inside> {
        let draws = ports.pages.is_some();
        let pix = ports.pix.iter().map(|provider| (provider.name().to_owned(), provider.gives_back()));
        core.pix_can(pix.collect(), Timestamp::now());
        core.erp_can(network::abilities(ports.erp.as_ref(), ports.needs_write_off, draws), Timestamp::now());
        Ok(Inside { core, received, hands: Hands::new(ports, inputs)? })
    }

    fn shown_to(mut self, line: &DeskLine) -> Inside {
        line.show(self.core.take_view(Timestamp::now()));
        self
    }

    /// The next one, when this one has let go of journal and devices. What it still hears has no listener: it waits for
    /// nobody's money.
    fn replaced(self, renewed: Renewed, line: &DeskLine) -> Option<Inside> {
        let Inside { core, received: _, hands } = self;
        let (inputs, received) = channel();
        // a tap that comes meanwhile is for the next one
        line.is_behind(inputs.clone());
        hands.end();
        drop(core);
        line.meter.carries_on();
        let (core, ports) = renewed.made()?;
        let next = Inside::new(core, ports, &inputs, received);
        next.inspect_err(|error| tracing::error!(%error, "the desk cannot go on")).ok()
    }
}

/// Until the desk ends, or another inside is to take over.
fn work(inside: &mut Inside, line: &DeskLine) -> Option<Renewed> {
    let Inside { core, received, hands } = inside;
    let mut calls = core.handle(Input::Time, Timestamp::now());
    let mut clock = Clock::read();
    loop {
        hands.gone.mark(core.gone_to());
        for call in calls.drain(..) {
            hands.perform(call);
        }
        line.show(core.take_view(Timestamp::now()));
        line.meter.set(core.reading(Timestamp::now()));
        if core.is_finished() {
            return None;
        }
        if core.may_be_replaced()
            && let Some(renewed) = line.renewed()
        {
            return Some(renewed);
        }
        let now = Timestamp::now();
        // a deadline that has just passed is a wait of nothing
        let until = |at: Timestamp| Duration::try_from(at.duration_since(now)).unwrap_or_default();
        let wait = core.next_deadline(now).map_or(LONGEST_WAIT, until);
        let input = match received.recv_timeout(wait) {
            Ok(input) => input,
            Err(RecvTimeoutError::Timeout) => Input::Time,
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        let now = clock.tells(core);
        calls = core.handle(input, now);
    }
}

impl Line for DeskLine {
    fn send(&self, intent: Intent) {
        self.tell(Input::Intent(intent));
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
        self.tell(Input::Finish);
    }

    fn nudge(&self) {
        self.tell(Input::Time);
    }
}

impl DeskLine {
    fn tell(&self, input: Input) {
        // after the end nobody listens
        let _ = self.inputs.lock().unwrap_or_else(PoisonError::into_inner).send(input);
    }

    fn renewed(&self) -> Option<Renewed> {
        self.renewed.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// From now on another core listens, which begins to count its views anew.
    fn is_behind(&self, inputs: Sender<Input>) {
        *self.inputs.lock().unwrap_or_else(PoisonError::into_inner) = inputs;
        let mut audience = self.audience();
        audience.counted = audience.last.as_ref().map_or(0, |last| last.seq);
    }

    fn audience(&self) -> std::sync::MutexGuard<'_, Audience> {
        self.audience.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, view: Option<View>) {
        let Some(mut view) = view else { return };
        self.meter.shows(&view);
        let mut audience = self.audience();
        view.seq += audience.counted;
        let view = Arc::new(view);
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
    gone: devices::Gone,
    network: network::Network,
    running: Running,
    safe: Option<Arc<dyn Safe>>,
    inputs: Sender<Input>,
    /// Of the devices.
    threads: Vec<thread::JoinHandle<()>>,
}

impl Hands {
    fn new(ports: Ports, inputs: &Sender<Input>) -> std::io::Result<Hands> {
        let running = Running::default();
        let gone = devices::Gone::default();
        let mut threads = Vec::new();
        let mut kept = |(work, thread)| {
            threads.push(thread);
            work
        };
        let tef = match ports.tef {
            Some(tef) => Some(devices::tef_thread(tef, inputs.clone(), running.clone()).map(&mut kept)?),
            None => None,
        };
        let mut kept = |(work, thread)| {
            threads.push(thread);
            work
        };
        let printer = match ports.printer {
            Some(printer) => Some(devices::printer_thread(printer, inputs.clone(), gone.clone()).map(&mut kept)?),
            None => None,
        };
        let network = network::Network::new(network::Partners {
            erp: ports.erp,
            pix: ports.pix,
            pix_accounts: ports.pix_accounts,
            postal: ports.postal,
            couriers: ports.couriers,
            needs_write_off: ports.needs_write_off,
            pages: ports.pages,
            core: inputs.clone(),
            tef: tef.clone(),
            printer: printer.clone(),
            meter: ports.meter,
            discovered: AtomicBool::new(false),
        })?;
        Ok(Hands { tef, printer, gone, network, running, safe: ports.safe, inputs: inputs.clone(), threads })
    }

    /// Lets go of everything, and returns when the devices are free.
    fn end(self) {
        let Hands { tef, printer, network, threads, .. } = self;
        drop((tef, printer, network));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a device's thread broke");
            }
        }
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
            Call::Errand { attempt, errand } => self.beside(
                move |safe| Answer::Errand { attempt, done: Box::new(safe.run(errand)) },
                Answer::Errand { attempt, done: Box::default() },
            ),
            Call::VerifyJournal => self.beside(
                |safe| Answer::JournalWalked(safe.walk()),
                Answer::JournalWalked(Audit::Unreadable("there is nobody to walk it".into())),
            ),
            Call::Print { ticket, document } => {
                devices::print(self.printer.as_ref(), ticket, document, &self.inputs);
            }
            Call::ReleasePaper { attempt } => devices::release(self.printer.as_ref(), attempt, &self.inputs),
            Call::FindAccount { .. }
            | Call::Prepare { .. }
            | Call::FindBoleto { .. }
            | Call::FindByCode { .. }
            | Call::MatchBill { .. }
            | Call::FindDocument { .. }
            | Call::DrawPage { .. }
            | Call::PrintPage { .. }
            | Call::FindReach { .. }
            | Call::SendCode { .. }
            | Call::SendBill { .. }
            | Call::Serve { .. }
            | Call::Join { .. }
            | Call::CheckEquipment
            | Call::Discover
            | Call::ChargePix { .. }
            | Call::LookPix { .. }
            | Call::RemovePix { .. }
            | Call::PixTry { .. }
            | Call::ReadBills { .. }
            | Call::WriteOff { .. }
            | Call::OpenTicket { .. } => self.network.perform(call),
        }
    }
}
