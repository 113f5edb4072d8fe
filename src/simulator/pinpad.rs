//! A pinpad on a real pseudo-terminal, written from the ABECS 2.12 specification's tables and strict about them.
//!
//! What it was asked and what it shows stands in `pinpad.json`; `control.json` in the same directory orders faults, whose
//! keys are those of [`Faults`].

mod answers;
mod faults;
mod machine;
mod wire;

use std::io;
use std::path::{Path, PathBuf};

use super::lifetime::Worker;
use super::port::Port;
use super::state::Orders;
use machine::Machine;

pub use faults::Faults;
pub use machine::Pages;

#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Directory of the book and control.json; not the one of another stand-in
    #[arg(long, value_name = "DIR")]
    pub state: PathBuf,
    /// Where the totem finds the port; `pinpad` in the state directory when not given
    #[arg(long, value_name = "PATH")]
    pub port: Option<PathBuf>,
}

/// A pinpad at work. It stops when this is dropped, and its port is gone then.
#[derive(Debug)]
pub struct Running {
    worker: Worker,
    port: PathBuf,
    state: PathBuf,
}

impl Running {
    pub fn port(&self) -> &Path {
        &self.port
    }

    pub fn book(&self) -> PathBuf {
        self.state.join(machine::BOOK)
    }
}

/// Starts a pinpad on a thread of its own. The port is there when this returns.
pub fn start(options: &Options) -> io::Result<Running> {
    std::fs::create_dir_all(&options.state)?;
    let link = options.port.clone().unwrap_or_else(|| options.state.join("pinpad"));
    let orders = Orders::of(&options.state);
    let port = Port::open(&link)?;
    let (state, running_link) = (options.state.clone(), link.clone());
    let worker = Worker::start("pinpad", move |stop| Machine::new(&state, running_link, port, orders, stop)?.work())?;
    Ok(Running { worker, port: link, state: options.state.clone() })
}

/// Runs a pinpad until SIGTERM or until the parent that holds standard input by a pipe is gone. One JSON line on
/// standard output says when it is ready and where.
pub fn run(options: &Options) -> io::Result<()> {
    let running = start(options)?;
    let ready = serde_json::json!({"ready": "pinpad", "port": running.port, "book": running.book()});
    running.worker.serve(&ready)
}
