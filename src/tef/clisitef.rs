//! Tef by CliSiTef: the vendor's library, loaded at run time in a process of its own, asks for one step after the other,
//! and this driver decides each.
//!
//! A sale is remembered on disk from before the library hears of it until SiTef has its end, with the strings that it
//! was begun with: they are its key, whatever day it is when its end is told.

mod about;
mod collected;
mod desk;
mod fields;
mod host;
mod key;
mod library;
mod line;
mod menu;
mod policy;
mod process;
mod query;
mod selling;
mod settings;
mod state;
mod talk;
mod words;

use std::path::PathBuf;
use std::time::Duration;

use jiff::civil::DateTime;

pub use self::host::run as serve;
pub use self::settings::{Restrictions, Settings};

use self::collected::Listed;
use self::key::Key;
use self::line::{Order, Reply};
use self::policy::Whom;
use self::process::{Lost, Process};
use self::selling::Begin;
use self::state::{Asked, End, Record, State};
use super::{Cancellation, Dialogue, Error, SaleOrder, SaleOutcome, Tef};
use crate::domain::CardSale;

pub struct CliSiTef {
    settings: Settings,
    /// What is started as the library's host: this very program.
    program: PathBuf,
    state: State,
    process: Option<Process>,
    /// The library may hold messages that SiTef does not have.
    unsent: bool,
    /// Since the library was loaded, SiTef told that nothing of ours waits.
    clear: bool,
}

/// Takes the driver's own directory. The library need not be there yet: `check` tells.
///
/// # Errors
/// `Folder` where the directory cannot be used, or another totem uses it.
pub fn connect(settings: Settings) -> Result<CliSiTef, Error> {
    // also where an update has put another program in the place of this one
    connect_with(settings, PathBuf::from("/proc/self/exe"))
}

/// The same with another program that knows `tef-host`.
///
/// # Errors
/// As `connect`.
pub fn connect_with(settings: Settings, program: PathBuf) -> Result<CliSiTef, Error> {
    let state = State::open(&settings.state_dir)?;
    Ok(CliSiTef { settings, program, state, process: None, unsent: true, clear: false })
}

impl CliSiTef {
    /// A process with the library loaded and configured, and with nothing left in its queue where that can be had.
    fn attend(&mut self) -> Result<(), Error> {
        if self.process.is_none() {
            self.load()?;
        }
        if self.unsent {
            match self.number(&Order::Flush, self.settings.call_limit())? {
                Some(0) | None => self.unsent = false,
                Some(code) => tracing::warn!(code, "CliSiTef holds messages that SiTef does not have"),
            }
        }
        Ok(())
    }

    fn load(&mut self) -> Result<(), Error> {
        let settings = &self.settings;
        let began = Process::start(&self.program, settings)
            .map_err(|why| Error::Library(format!("its process does not start: {why}")))?;
        let limit = settings.call_limit();
        let open = Order::Open {
            library: settings.library.clone(),
            lock: self.state.host_lock(),
            global_symbols: settings.global_symbols,
        };
        let configure = Order::Configure {
            address: settings.address.clone(),
            store: settings.store.clone(),
            terminal: settings.terminal.clone(),
            parameters: settings.parameters.clone(),
        };
        let idle = Order::IdleText { text: settings.pinpad_message.clone() };
        (self.process, self.unsent, self.clear) = (Some(began), true, false);
        match self.call(&open, limit) {
            Ok(Reply::Opened { without }) if without.is_empty() => tracing::info!("CliSiTef is loaded"),
            Ok(Reply::Opened { without }) => tracing::warn!(?without, "CliSiTef is loaded, and old"),
            Ok(Reply::Failed { why }) => return Err(self.unfit(why)),
            Ok(_) => return Err(self.unfit("its process does not answer as it should".to_owned())),
            Err(lost) => return Err(Error::Library(lost.to_string())),
        }
        match self.number(&configure, limit)? {
            Some(0) => {}
            code => return Err(self.unfit(words::configuring(code.unwrap_or_default()))),
        }
        if !self.settings.pinpad_message.is_empty() {
            self.number(&idle, limit)?;
        }
        Ok(())
    }

    /// This process is of no use; the next try begins with another.
    fn unfit(&mut self, why: String) -> Error {
        self.process = None;
        Error::Library(why)
    }

    fn call(&mut self, order: &Order, limit: Duration) -> Result<Reply, Lost> {
        let Some(process) = &mut self.process else { return Err(Lost::Died("it was never started".to_owned())) };
        process.call(order, limit).inspect_err(|lost| {
            tracing::error!(%lost, "CliSiTef is started again when it is needed");
            self.process = None;
        })
    }

    /// A function that returns a number. Nothing where the library does not have it.
    fn number(&mut self, order: &Order, limit: Duration) -> Result<Option<i32>, Error> {
        match self.call(order, limit).map_err(|lost| Error::Silent(lost.to_string()))? {
            Reply::Returned { code } => Ok(Some(code)),
            Reply::Absent => Ok(None),
            Reply::Failed { why } => Err(Error::Library(why)),
            Reply::Opened { .. } | Reply::Turn(_) | Reply::Told { .. } | Reply::Done => {
                Err(self.unfit("its process does not answer as it should".to_owned()))
            }
        }
    }

    /// What has to be settled before another sale may begin.
    fn older(&mut self) -> Result<Option<CardSale>, Error> {
        self.attend()?;
        let records = self.state.records()?;
        if let Some(sale) = records.iter().filter(|record| record.end.is_none()).find_map(|record| record.sale.clone())
        {
            return Ok(Some(sale));
        }
        let is_known = |record: &Record| record.end.is_some_and(|end| end.delivered);
        if self.clear && records.iter().all(is_known) {
            return Ok(None);
        }
        Ok(self.pending()?.into_iter().next())
    }

    fn start(&self, function: i32, amount: String, key: &Key, parameters: String) -> Order {
        Order::Start { function, amount, key: key.clone(), operator: self.settings.operator.clone(), parameters }
    }

    fn finalize(&mut self, confirm: bool, sale: &CardSale) -> Result<(), Error> {
        if !sale.must_be_finalized {
            return Ok(());
        }
        let key = Key::read(&sale.finalization)
            .ok_or_else(|| Error::Folder("the sale is none of CliSiTef: its key cannot be read".to_owned()))?;
        let mut record = self.state.find(&key)?.unwrap_or_else(|| Record::of(key, sale));
        // begun, and only found as pending: now it is known
        record.sale.get_or_insert_with(|| sale.clone());
        let mut end = record.end.unwrap_or(End { confirm, told: false, delivered: false });
        if end.confirm != confirm {
            let was = if end.confirm { "confirmed" } else { "undone" };
            return Err(Error::Folder(format!("the sale of document {} was {was} before", record.key.document)));
        }
        self.attend()?;
        if !end.told {
            record.end = Some(end);
            self.state.write(&record)?;
            let finish = Order::Finish { confirm, key: record.key.clone() };
            self.unsent = true;
            match self.call(&finish, self.settings.call_limit()) {
                Ok(Reply::Done) => end.told = true,
                Ok(Reply::Failed { why }) => return Err(Error::Library(why)),
                Ok(_) => return Err(self.unfit("its process does not answer as it should".to_owned())),
                Err(lost) => return Err(Error::Silent(lost.to_string())),
            }
            record.end = Some(end);
            self.state.write(&record)?;
        }
        self.deliver(record)
    }

    /// The library's "done" may mean "queued": only an empty queue, or a list without the sale, means that SiTef has it.
    fn deliver(&mut self, mut record: Record) -> Result<(), Error> {
        match self.number(&Order::Flush, self.settings.call_limit())? {
            Some(0) => {}
            Some(code) => return Err(Error::Silent(format!("SiTef does not have the end of the sale yet ({code})"))),
            None if self.listed()?.iter().any(|listed| listed.key.is_same_sale(&record.key)) => {
                return Err(Error::Silent("SiTef does not have the end of the sale yet".to_owned()));
            }
            None => {}
        }
        self.unsent = false;
        if let (Some(end), Some(sale)) = (&mut record.end, &mut record.sale) {
            end.delivered = true;
            // the journal holds the papers
            sale.customer_copy.clear();
            sale.merchant_copy.clear();
        }
        self.state.write(&record)
    }
}

impl Tef for CliSiTef {
    fn name(&self) -> &str {
        "clisitef"
    }

    fn check(&mut self) -> Result<(), Error> {
        self.attend()?;
        match self.number(&Order::Presence, self.settings.call_limit())? {
            Some(1) | None => Ok(()),
            Some(0) => Err(Error::Silent("the pinpad is not connected".to_owned())),
            Some(-1) => Err(Error::Library("the pinpad's library is missing".to_owned())),
            Some(code) => Err(Error::Silent(format!("the pinpad cannot be asked ({code})"))),
        }
    }

    /// Only a SiTef that answers makes an empty list mean that nothing is pending.
    fn pending(&mut self) -> Result<Vec<CardSale>, Error> {
        self.attend()?;
        let listed = self.listed()?;
        let mut waiting = Vec::new();
        for mut record in self.state.records()? {
            let is_listed = listed.iter().any(|listed| listed.key.is_same_sale(&record.key));
            let asked = record.asked;
            match (&record.sale, record.end) {
                // begun, and nobody knew how it ended: now SiTef tells
                (None, None) if is_listed => {
                    let listed = listed.iter().find(|listed| listed.key.is_same_sale(&record.key));
                    waiting.extend(listed.map(|listed| interrupted(&listed.sale(), &record.key, asked)));
                }
                (None, None) => self.state.forget(&record.key)?,
                (Some(sale), None) if is_listed || !record.released => waiting.push(sale.clone()),
                // told, and SiTef still waits: it never came there
                (Some(sale), Some(end)) if is_listed => {
                    waiting.push(sale.clone());
                    record.end = Some(End { told: false, delivered: false, ..end });
                    self.state.write(&record)?;
                }
                (Some(_), _) | (None, Some(_)) => {}
            }
        }
        let known: Vec<Key> = self.state.records()?.into_iter().map(|record| record.key).collect();
        let strangers = listed.iter().filter(|listed| !known.iter().any(|key| key.is_same_sale(&listed.key)));
        waiting.extend(strangers.map(Listed::sale));
        self.clear = waiting.is_empty();
        Ok(waiting)
    }

    fn sell(&mut self, order: &SaleOrder, dialogue: &mut dyn Dialogue) -> SaleOutcome {
        let begin = Begin {
            function: words::function(order.kind),
            amount: words::amount(order.amount),
            parameters: words::sale(&self.settings, order),
            key: Key::of(order.coupon, order.at),
        };
        self.transact(begin, order, &Whom::Customer, dialogue)
    }

    fn cancel(&mut self, cancellation: &Cancellation, dialogue: &mut dyn Dialogue) -> SaleOutcome {
        self.give_back(cancellation, dialogue)
    }

    fn administer(&mut self, at: DateTime, dialogue: &mut dyn Dialogue) -> SaleOutcome {
        self.open_menu(at, dialogue)
    }

    fn about(&mut self) -> Vec<(String, String)> {
        self.tells_of_itself()
    }

    fn confirm(&mut self, sale: &CardSale) -> Result<(), Error> {
        self.finalize(true, sale)
    }

    fn undo(&mut self, sale: &CardSale) -> Result<(), Error> {
        self.finalize(false, sale)
    }

    fn release(&mut self, sale: &CardSale) -> Result<(), Error> {
        let Some(key) = Key::read(&sale.finalization) else { return Ok(()) };
        match self.state.find(&key)? {
            Some(record) if !record.released => self.state.write(&Record { released: true, ..record }),
            Some(_) | None => Ok(()),
        }
    }
}

/// A sale of ours that nobody heard the end of: what SiTef lists, and what we asked.
fn interrupted(listed: &CardSale, key: &Key, asked: Asked) -> CardSale {
    let Asked { amount, kind, instalments } = asked;
    CardSale {
        coupon: key.coupon(),
        amount,
        kind,
        instalments,
        finalization: key.written(),
        at: key.at(),
        ..listed.clone()
    }
}
