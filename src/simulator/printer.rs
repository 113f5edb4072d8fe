//! A receipt printer on a real pseudo-terminal: reads ESC/POS strictly by the tables, and what comes out looks like paper.
//!
//! It is written from the documents and knows nothing of the encoder it stands against. What a job printed is in
//! `paper-NNNN.png` and `.txt`, what it did wrong in `events.jsonl` and `printer.json`. `control.json` in the same
//! directory orders faults; its keys are those of [`Faults`].

mod book;
mod escpos;
mod faults;
mod glyphs;
mod head;
mod machine;
mod model;
mod strip;
mod wire;

use std::io;
use std::path::{Path, PathBuf};

use super::lifetime::Worker;
use super::state::Orders;
use book::Book;
use glyphs::Glyphs;
use head::Head;
use machine::Machine;
use wire::{Place, Wire};

pub use book::{Pages, PaperEntry};
pub use faults::{Cause, Faults, Roll};
pub use model::Model;

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Directory of the papers, the book and control.json; not the one of another stand-in
    #[arg(long, value_name = "DIR")]
    pub state: PathBuf,
    /// Where the totem finds the port; `printer` in the state directory when not given
    #[arg(long, value_name = "PATH")]
    pub port: Option<PathBuf>,
    /// In the network instead: an address to listen at, with port 0 for any
    #[arg(long, value_name = "ADDRESS", conflicts_with = "port")]
    pub tcp: Option<std::net::SocketAddr>,
    /// Whose commands and states it has
    #[arg(long, value_enum, default_value_t = Model::Epson)]
    pub model: Model,
    /// Printable width
    #[arg(long, default_value_t = 576, value_parser = clap::value_parser!(u16).range(96..=1024))]
    pub dots: u16,
    /// What the printer takes in while it is stopped; then it reads no more
    #[arg(long, value_name = "BYTES", default_value_t = 65_536)]
    pub buffer_bytes: u64,
}

impl Options {
    /// A printer of 576 dots in `state`.
    pub fn at(state: &Path) -> Self {
        Options { state: state.to_owned(), port: None, tcp: None, model: Model::Epson, dots: 576, buffer_bytes: 65_536 }
    }
}

/// A printer at work. It stops when this is dropped, and its port is gone then.
#[derive(Debug)]
pub struct Running {
    worker: Worker,
    port: PathBuf,
    state: PathBuf,
}

impl Running {
    /// What the totem opens as its port: a link to a pseudo-terminal, or an address in the network.
    pub fn port(&self) -> &Path {
        &self.port
    }

    /// Where the papers come out.
    pub fn papers(&self) -> &Path {
        &self.state
    }

    pub fn book(&self) -> PathBuf {
        self.state.join(book::BOOK)
    }

    pub fn events(&self) -> PathBuf {
        self.state.join(book::EVENTS)
    }

    /// Its directory or its pseudo-terminal failed it.
    pub fn has_ended(&self) -> bool {
        self.worker.has_ended()
    }

    pub fn stop(mut self) -> io::Result<()> {
        self.worker.stop()
    }
}

/// Starts a printer on a thread of its own. The port is there when this returns.
pub fn start(options: &Options) -> io::Result<Running> {
    if !options.dots.is_multiple_of(8) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the width in dots is a multiple of 8"));
    }
    std::fs::create_dir_all(&options.state)?;
    let link = options.port.clone().unwrap_or_else(|| options.state.join("printer"));
    let place = options.tcp.map_or(Place::Link(link), Place::Address);
    let book = Book::open(&options.state)?;
    let head = Head::new(Glyphs::load()?, usize::from(options.dots), options.model);
    let orders = Orders::of(&options.state);
    let wire = Wire::open(&place)?;
    let place = wire.place();
    let port = place.as_path();
    let (model, buffer_bytes) = (options.model, options.buffer_bytes);
    let worker = Worker::start("printer", move |stop| {
        Machine::new(model, place, wire, head, orders, book, buffer_bytes, stop).work()
    })?;
    Ok(Running { worker, port, state: options.state.clone() })
}

/// Runs a printer until SIGTERM or until the parent that holds standard input by a pipe is gone. One JSON line on
/// standard output says when it is ready and where.
pub fn run(options: &Options) -> io::Result<()> {
    let running = start(options)?;
    let ready = serde_json::json!({
        "ready": "printer", "port": running.port, "papers": running.state, "book": running.book(),
    });
    running.worker.serve(&ready)
}
