//! A TEF manager ("Gerenciador Padrão", PayGo dialect of the file exchange) with a simulated customer at its pinpad.
//!
//! It is written from the documents, knows nothing of the driver it stands against, and keeps its own book (`tef.json`)
//! of what was approved, confirmed and undone: the book is the judge. `control.json` in the same directory orders
//! misbehaviour; its keys are those of [`orders::Misbehaviour`].

mod book;
mod exchange;
mod orders;
mod receipt;
mod rules;
mod sale;
mod shift;
mod wire;

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lifetime::Worker;
use super::state::Orders;
use book::Book;
use exchange::Exchange;
use shift::{Death, Shift};

pub use book::{Breach, Complaint, Kind, State, Transaction};
pub use orders::{Case, CrashAt, Decline, Misbehaviour, Torn};

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Pace {
    /// The customer takes the time given by the other options.
    Real,
    /// The customer takes no time at all.
    Fast,
}

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Directory of the book and of control.json
    #[arg(long, value_name = "DIR")]
    pub state: PathBuf,
    /// Directory that holds the folders req and resp; the state directory when not given
    #[arg(long, value_name = "DIR")]
    pub exchange: Option<PathBuf>,
    /// Name of the card network in responses and receipts
    #[arg(long, default_value = "REDE DEMO")]
    pub network: String,
    /// Time until the customer inserts the card, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 2500)]
    pub card_after_ms: u64,
    /// Time from the card to the end of the PIN, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 3000)]
    pub pin_after_ms: u64,
    #[arg(long, value_enum, default_value_t = Pace::Real)]
    pub pace: Pace,
}

impl Options {
    /// A manager in `state` whose customer takes no time.
    pub fn fast(state: &Path) -> Self {
        Options {
            state: state.to_owned(),
            exchange: None,
            network: "REDE DEMO".to_owned(),
            card_after_ms: 0,
            pin_after_ms: 0,
            pace: Pace::Fast,
        }
    }

    fn time(&self, milliseconds: u64) -> Duration {
        match self.pace {
            Pace::Real => Duration::from_millis(milliseconds),
            Pace::Fast => Duration::ZERO,
        }
    }
}

/// A manager at work. It stops when this is dropped.
#[derive(Debug)]
pub struct Running {
    worker: Worker,
    requests: PathBuf,
    responses: PathBuf,
    book: PathBuf,
}

impl Running {
    /// The folder the totem writes to.
    pub fn requests(&self) -> &Path {
        &self.requests
    }

    /// The folder the totem reads from.
    pub fn responses(&self) -> &Path {
        &self.responses
    }

    pub fn book(&self) -> &Path {
        &self.book
    }

    /// It crashed as ordered, or its directory failed it.
    pub fn has_ended(&self) -> bool {
        self.worker.has_ended()
    }

    pub fn stop(mut self) -> io::Result<()> {
        self.worker.stop()
    }
}

/// Starts a manager on a thread of its own.
pub fn start(options: &Options) -> io::Result<Running> {
    start_with(options, Death::OfTheThread)
}

/// Runs a manager until SIGTERM or until the parent that holds standard input by a pipe is gone. One JSON line on
/// standard output says when it is ready and where.
pub fn run(options: &Options) -> io::Result<()> {
    let running = start_with(options, Death::OfTheProcess)?;
    let ready = serde_json::json!({
        "ready": "tef-manager", "req": running.requests, "resp": running.responses, "book": running.book,
    });
    running.worker.serve(&ready)
}

fn start_with(options: &Options, death: Death) -> io::Result<Running> {
    std::fs::create_dir_all(&options.state)?;
    let exchange = Exchange::open(options.exchange.as_deref().unwrap_or(&options.state))?;
    let requests = exchange.requests().to_owned();
    let responses = exchange.responses().to_owned();
    let book = Book::open(&options.state)?;
    let orders = Orders::of(&options.state);
    let network = options.network.clone();
    let (card_after, pin_after) = (options.time(options.card_after_ms), options.time(options.pin_after_ms));
    let worker = Worker::start("tef-manager", move |stop| {
        Shift { exchange, book, orders, network, card_after, pin_after, death, stop }.work()
    })?;
    Ok(Running { worker, requests, responses, book: options.state.join(book::BOOK) })
}
