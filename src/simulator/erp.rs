//! A stand-in for the ERP of document 001 ("WebService Cliente"), over real HTTP on loopback.
//!
//! Its book is `erp.json` in the state folder and outlives it; `control.json` beside it orders misbehaviour and events
//! (see [`control`]). It shares nothing with the driver it stands against.

pub(super) mod bills;
pub(super) mod book;
mod changes;
pub mod control;
mod counter;
mod customers;
pub(super) mod desk;
mod operation;
pub(super) mod pages;
pub mod pdf;
pub(super) mod seed;
mod service;
pub(super) mod slip;
pub mod tables;
pub(super) mod token;
mod visits;
mod write_off;

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use self::control::Control;
use self::desk::{Desk, Office};
pub use self::seed::SeedSet;
pub use self::token::Credentials;
use super::http::Server;

/// How often the world goes on without a request.
const TICK: Duration = Duration::from_millis(200);

#[derive(Clone, clap::Args)]
pub struct Options {
    /// Folder of the book (erp.json) and of the control file (control.json)
    #[arg(long = "state", value_name = "DIR")]
    pub state: PathBuf,
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Whether a PIX is paid after eight seconds or at once
    #[arg(long, value_enum, default_value_t = Pace::Normal)]
    pub pace: Pace,
    /// Who is in a new book
    #[arg(long, value_enum, default_value_t = SeedSet::Demo)]
    pub seed: SeedSet,
    /// How long a token is good for
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    pub token_life_s: u32,
    /// The day it is for the ERP, instead of the clock's day in São Paulo
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// User of HTTP Basic
    #[arg(long, default_value = "totem")]
    pub user: String,
    /// Password of HTTP Basic
    #[arg(long, default_value = "demonstracao")]
    pub password: String,
}

impl Options {
    /// The defaults of the command line.
    #[must_use]
    pub fn new(state: PathBuf) -> Options {
        Options {
            state,
            port: 0,
            pace: Pace::Normal,
            seed: SeedSet::Demo,
            token_life_s: 3600,
            today: None,
            user: "totem".into(),
            password: "demonstracao".into(),
        }
    }
}

/// How fast the stand-in's customers pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Pace {
    Normal,
    Fast,
}

/// A customer to try, with the answers to the second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What this customer shows: "with one overdue bill".
    pub what: &'static str,
    /// Eleven digits.
    pub cpf: String,
    /// Day and month of birth, `ddmm`.
    pub birth: String,
    pub phone_last4: String,
}

/// The customers of a new book, in its order.
#[must_use]
pub fn people(set: SeedSet) -> Vec<Person> {
    let customers = seed::customers(set);
    seed::WHAT
        .into_iter()
        .zip(customers)
        .map(|(what, customer)| Person {
            what,
            birth: customer.birth.strftime("%d%m").to_string(),
            phone_last4: customer.mobile.chars().skip(customer.mobile.len().saturating_sub(4)).collect(),
            cpf: customer.cpf,
        })
        .collect()
}

/// A stand-in at work on its own threads, until it is stopped or dropped.
pub struct Running {
    server: Server,
    desk: Arc<Desk>,
    ticker: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Running {
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// What the caller signs in with.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.desk.credentials
    }

    /// Closes the port and the connections, and gives the book up to the next one.
    pub fn stop(&mut self) {
        let Some((stop, ticker)) = self.ticker.take() else { return };
        self.server.stop();
        drop(stop);
        let _ = ticker.join();
        self.desk.close();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Opens the book, or begins a new one, and starts to serve.
pub fn start(options: Options) -> io::Result<Running> {
    let zone = TimeZone::get("America/Sao_Paulo").map_err(io::Error::other)?;
    let today = options.today.unwrap_or_else(|| Zoned::new(Timestamp::now(), zone.clone()).date());
    let shelf = book::Shelf::open(&options.state)?;
    let book = match shelf.read()? {
        Some(book) => book,
        None => seed::book(options.seed, today),
    };
    shelf.write(&book)?;
    let control = Control::new(options.state.join("control.json"), &operation::Operation::NAMES);
    let desk = Arc::new(Desk {
        credentials: Credentials { user: options.user, password: options.password },
        token_life_ms: i64::from(options.token_life_s) * 1000,
        pix_pays_after_ms: if options.pace == Pace::Fast { 0 } else { 8000 },
        today: options.today,
        zone,
        office: Mutex::new(Office { book, shelf, control, closed: false }),
    });
    let server = Server::start(options.port, Arc::<Desk>::clone(&desk))?;
    let (stop, stopped) = mpsc::channel();
    let theirs = Arc::clone(&desk);
    let ticker = thread::Builder::new().name("erp-ticker".into()).spawn(move || {
        while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            theirs.tick();
        }
    })?;
    Ok(Running { server, desk, ticker: Some((stop, ticker)) })
}

/// Serves until standard input ends; says where on standard output, as one line of JSON. A signal may end the process
/// at any time: the book on disk is always whole.
pub fn run(options: Options) -> io::Result<()> {
    let mut running = start(options)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({"listening": running.address().to_string()}))?;
    out.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    running.stop();
    Ok(())
}
