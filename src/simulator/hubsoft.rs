//! A stand-in for HubSoft (document 004, and the vendor's current documentation), over real HTTP on loopback.
//!
//! Its book is `erp.json` in the state folder and outlives it; `control.json` beside it orders misbehaviour in the words
//! of the other stand-in ERP (see [`crate::simulator::erp::control`]; a PIX is paid by `pay_now`, or `pix_pays_after_ms`
//! after its code was first listed). Fields that neither document knows are refused. It shares nothing with the driver it
//! stands against.

mod book;
mod changing;
mod desk;
mod liquidate;
mod listing;
mod operation;
mod orders;
mod reading;
mod refusal;
mod renegotiate;
mod seed;
mod service;
mod sign_in;
pub mod tables;

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

use self::desk::{Desk, Office};
use self::operation::NAMES;
pub use self::sign_in::Credentials;
use super::erp::SeedSet;
use super::erp::control::Control;
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
    /// Which API it has
    #[arg(long, value_enum, default_value_t = Age::Current)]
    pub server: Age,
    /// Who is in a new book
    #[arg(long, value_enum, default_value_t = SeedSet::Demo)]
    pub seed: SeedSet,
    /// How long a token is good for
    #[arg(long, value_name = "SECONDS", default_value_t = 2_592_000)]
    pub token_life_s: u32,
    /// The day it is for the ERP, instead of the clock's day in São Paulo
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    #[arg(long, default_value = "3")]
    pub client_id: String,
    #[arg(long, default_value = "segredo-da-demonstracao")]
    pub client_secret: String,
    #[arg(long, default_value = "totem@provedor.exemplo")]
    pub username: String,
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
            server: Age::Current,
            seed: SeedSet::Demo,
            token_life_s: 2_592_000,
            today: None,
            client_id: "3".into(),
            client_secret: "segredo-da-demonstracao".into(),
            username: "totem@provedor.exemplo".into(),
            password: "demonstracao".into(),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Age {
    /// As document 004 prints it: no write-off, no PIX, no look-ups, no fiscal notes
    #[value(name = "2020")]
    Of2020,
    Current,
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
    let control = Control::new(options.state.join("control.json"), &NAMES);
    let desk = Arc::new(Desk {
        credentials: Credentials {
            client_id: options.client_id,
            client_secret: options.client_secret,
            username: options.username,
            password: options.password,
        },
        token_life_s: i64::from(options.token_life_s),
        age: options.server,
        today: options.today,
        zone,
        office: Mutex::new(Office { book, shelf, control, closed: false }),
    });
    let server = Server::start(options.port, Arc::<Desk>::clone(&desk))?;
    let (stop, stopped) = mpsc::channel();
    let theirs = Arc::clone(&desk);
    let ticker = thread::Builder::new().name("hubsoft-ticker".into()).spawn(move || {
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
