//! A stand-in for a bank that speaks the API Pix of the Banco Central (2.9), over mutual TLS or plain HTTP on loopback.
//!
//! Its book is `bank.json` in the state folder and outlives it; `control.json` beside it orders misbehaviour and events
//! (see [`control`]). It shares nothing with the driver it stands against: what it demands is what the specification
//! demands, and every breach is in the book.

mod book;
mod charges;
pub mod control;
mod demand;
mod desk;
mod noise;
mod office;
mod payer;
mod problem;
mod received;
mod route;
mod schema;
mod show;
mod token;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::tz::TimeZone;
use serde_json::json;

use self::control::Control;
pub use self::demand::Demand;
use self::demand::Demands;
use self::desk::Desk;
use self::office::Office;
use self::payer::Usual;
use self::token::Client;
pub use self::token::Style;
use super::http::{Identity, Server, Tls};
use super::lifetime::Worker;

/// The key a charge can be for, unless told otherwise.
pub const KEY: &str = "7d9f0335-8dcc-4054-9bf9-0dbd61d36906";

/// How often the world goes on without a request.
const TICK: Duration = Duration::from_millis(200);

#[derive(Clone, clap::Args)]
pub struct Options {
    /// Folder of the book (bank.json) and of the control file (control.json)
    #[arg(long = "state", value_name = "DIR")]
    pub state: PathBuf,
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// How long after its creation a charge is paid; without it, when the control file says so
    #[arg(long, value_name = "MILLISECONDS")]
    pub pays_after_ms: Option<u64>,
    /// How long a refund is EM_PROCESSAMENTO
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 1000)]
    pub refund_takes_ms: u64,
    /// A Pix key of the receiver
    #[arg(long = "key", value_name = "KEY", default_value = KEY)]
    pub keys: Vec<String>,
    /// How a client asks for its token
    #[arg(long, value_enum, default_value_t = Style::BasicForm)]
    pub token_auth: Style,
    /// How long a token is good for
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    pub token_life_s: u32,
    #[arg(long, default_value = "totem")]
    pub client_id: String,
    #[arg(long, default_value = "demonstracao")]
    pub client_secret: String,
    /// A header that every call but the token's must carry
    #[arg(long = "require-header", value_name = "NAME[=VALUE]")]
    pub headers: Vec<Demand>,
    /// A query parameter that every call but the token's must carry
    #[arg(long = "require-query", value_name = "NAME[=VALUE]")]
    pub queries: Vec<Demand>,
    /// Certificate to show, as PEM; without it the bank speaks plain HTTP
    #[arg(long, value_name = "PEM", requires = "tls_key", requires = "client_ca")]
    pub tls_cert: Option<PathBuf>,
    /// Its private key
    #[arg(long, value_name = "PEM", requires = "tls_cert")]
    pub tls_key: Option<PathBuf>,
    /// The authority that has signed the clients' certificates
    #[arg(long, value_name = "PEM", requires = "tls_cert")]
    pub client_ca: Option<PathBuf>,
}

impl Options {
    /// The defaults of the command line.
    #[must_use]
    pub fn new(state: PathBuf) -> Options {
        Options {
            state,
            port: 0,
            pays_after_ms: None,
            refund_takes_ms: 1000,
            keys: vec![KEY.to_owned()],
            token_auth: Style::BasicForm,
            token_life_s: 3600,
            client_id: "totem".to_owned(),
            client_secret: "demonstracao".to_owned(),
            headers: Vec::new(),
            queries: Vec::new(),
            tls_cert: None,
            tls_key: None,
            client_ca: None,
        }
    }

    fn tls(&self) -> io::Result<Option<Tls>> {
        match (&self.tls_cert, &self.tls_key, &self.client_ca) {
            (None, None, None) => Ok(None),
            (Some(certificate), Some(key), Some(client_authorities)) => Tls::load(&Identity {
                certificate: certificate.clone(),
                key: key.clone(),
                client_authorities: client_authorities.clone(),
            })
            .map(Some),
            _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "TLS takes a certificate, its key and an authority")),
        }
    }
}

/// A stand-in at work on its own threads, until it is stopped or dropped.
pub struct Running {
    server: Server,
    desk: Arc<Desk>,
    ticker: Worker,
    scheme: &'static str,
}

impl Running {
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Where tokens are asked for.
    #[must_use]
    pub fn token_url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.address(), route::TOKEN)
    }

    /// What every path of the API begins with.
    #[must_use]
    pub fn api_url(&self) -> String {
        format!("{}://{}{}", self.scheme, self.address(), route::API)
    }

    /// Closes the port and the connections, and gives the book up to the next one.
    pub fn stop(&mut self) {
        self.server.stop();
        let _ = self.ticker.stop();
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
    let tls = options.tls()?;
    let scheme = if tls.is_some() { "https" } else { "http" };
    let shelf = book::Shelf::open(&options.state)?;
    let book = shelf.read()?;
    shelf.write(&book)?;
    let control = Control::new(options.state.join("control.json"));
    let desk = Arc::new(Desk {
        client: Client {
            id: options.client_id,
            secret: options.client_secret,
            style: options.token_auth,
            token_life_s: options.token_life_s,
        },
        keys: options.keys,
        demands: Demands { headers: options.headers, queries: options.queries },
        usual: Usual { pays_after_ms: options.pays_after_ms, refund_takes_ms: options.refund_takes_ms },
        zone: TimeZone::get("America/Sao_Paulo").map_err(io::Error::other)?,
        office: Mutex::new(Office { book, shelf, control, closed: false }),
    });
    let server = Server::start_with(options.port, Arc::<Desk>::clone(&desk), tls)?;
    let theirs = Arc::clone(&desk);
    let ticker = Worker::start("bank-ticker", move |stop| {
        while !stop.is_told() {
            theirs.tick();
            stop.sleep(TICK);
        }
        Ok(())
    })?;
    Ok(Running { server, desk, ticker, scheme })
}

/// Serves until a signal or the end of its parent; says where on standard output, as one line of JSON.
pub fn run(options: Options) -> io::Result<()> {
    let running = start(options)?;
    let ready = json!({
        "listening": running.address().to_string(),
        "token": running.token_url(),
        "api": running.api_url(),
    });
    Worker::start("bank", |stop| {
        while !stop.is_told() {
            stop.sleep(TICK);
        }
        Ok(())
    })?
    .serve(&ready)
}
