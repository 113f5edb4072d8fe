//! Stand-ins for five ERPs of Brazilian internet providers: IXC Provedor, SGP (TSMX), RBX (RBXSoft v2), Voalle (Elleven)
//! and MK-Auth, each over real HTTP on loopback in its own vendor's words.
//!
//! They share people, bills and the ways to misbehave with the stand-in of document 001 (`erp.json`, `control.json`: see
//! [`super::erp::control`]), and nothing with any driver. What a vendor's public material leaves open is decided here and
//! said where it stands: "assumed".

mod book;
mod desk;
mod field;
mod ixc;
mod mk_auth;
mod pay;
mod rbx;
mod sgp;
mod voalle;

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

use self::book::Book;
use self::desk::{Desk, Office};
use super::erp::book::Shelf;
use super::erp::control::Control;
use super::erp::{Credentials, Pace, SeedSet, seed};
use super::http::Server;

/// How often the world goes on without a request.
const TICK: Duration = Duration::from_millis(50);

/// What the book counts calls by and the control file's `for` means, in all five. `write_off_status` is Voalle's question
/// what became of a payment; `other` is whatever the product does not know.
pub const OPERATIONS: [&str; 14] = [
    "token",
    "customer",
    "contracts",
    "bills",
    "bill",
    "bill_by_line",
    "line",
    "pix",
    "pdf",
    "write_off",
    "write_off_status",
    "unlock",
    "ticket",
    "other",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    Ixc,
    Sgp,
    Rbx,
    Voalle,
    MkAuth,
}

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
    /// How long a token is good for, where there are tokens
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    pub token_life_s: u32,
    /// The day it is for the ERP, instead of the clock's day in São Paulo
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// IXC's user, SGP's app, Voalle's client id, MK-Auth's client id
    #[arg(long, default_value = "totem")]
    pub user: String,
    /// IXC's and SGP's token, RBX's integration key, Voalle's and MK-Auth's client secret
    #[arg(long, default_value = "demonstracao")]
    pub password: String,
    /// Voalle's third secret
    #[arg(long, default_value = "sindicato")]
    pub syndata: String,
    /// How SGP answers a write-off that it has carried out
    #[arg(long, value_enum, default_value_t = Voice::Json)]
    pub write_off_answer: Voice,
    /// How long Voalle takes to carry out a payment that it has accepted
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 200)]
    pub processing_ms: u32,
}

/// What different SGP servers say when a bill is written off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Voice {
    Json,
    /// A sentence
    Text,
    /// 200 and no body
    Empty,
    /// 204
    NoContent,
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
            syndata: "sindicato".into(),
            write_off_answer: Voice::Json,
            processing_ms: 200,
        }
    }
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
pub fn start(product: Product, options: Options) -> io::Result<Running> {
    let zone = TimeZone::get("America/Sao_Paulo").map_err(io::Error::other)?;
    let today = options.today.unwrap_or_else(|| Zoned::new(Timestamp::now(), zone.clone()).date());
    let shelf = Shelf::open(&options.state)?;
    let book = shelf.read()?.unwrap_or_else(|| Book::of(seed::book(options.seed, today)));
    shelf.write(&book)?;
    let control = Control::new(options.state.join("control.json"), &OPERATIONS);
    let desk = Arc::new(Desk {
        product,
        credentials: Credentials { user: options.user, password: options.password },
        syndata: options.syndata,
        voice: options.write_off_answer,
        token_life_ms: i64::from(options.token_life_s) * 1000,
        processing_ms: i64::from(options.processing_ms),
        pix_pays_after_ms: if options.pace == Pace::Fast { 0 } else { 8000 },
        today: options.today,
        zone,
        office: Mutex::new(Office { book, shelf, control, closed: false }),
    });
    let server = Server::start(options.port, Arc::<Desk>::clone(&desk))?;
    let (stop, stopped) = mpsc::channel();
    let theirs = Arc::clone(&desk);
    let ticker = thread::Builder::new().name("isp-ticker".into()).spawn(move || {
        while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
            theirs.tick();
        }
    })?;
    Ok(Running { server, desk, ticker: Some((stop, ticker)) })
}

/// Serves until standard input ends; says where on standard output, as one line of JSON.
pub fn run(product: Product, options: Options) -> io::Result<()> {
    let mut running = start(product, options)?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({"listening": running.address().to_string()}))?;
    out.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    running.stop();
    Ok(())
}
