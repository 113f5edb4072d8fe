//! A stand-in for those who bring codes and papers: a mail server (RFC 5321 with STARTTLS or TLS from the first byte, and
//! AUTH) and an SMS gateway over HTTP, with one book and one file of orders to misbehave. Every paper that came is kept
//! beside the book, under the name that the book tells.

mod gateway;
mod letter;
mod mail;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::http::Server;
use super::state::{Orders, write_book};

/// Whom both believe.
const USER: &str = "totem";
const PASSWORD: &str = "demonstracao";

#[derive(Clone, clap::Args)]
pub struct Options {
    /// Folder of the book (book.json) and of the control file (control.json); see src/simulator/courier.rs for its keys
    #[arg(long = "state", value_name = "DIR")]
    pub state: PathBuf,
    /// Port of the mail server on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    pub smtp_port: u16,
    /// Port of the gateway on 127.0.0.1
    #[arg(long, default_value_t = 0)]
    pub sms_port: u16,
    /// The mail server's certificate in PEM; with it STARTTLS is offered, and nobody may write without
    #[arg(long, requires = "key", value_name = "FILE")]
    pub certificate: Option<PathBuf>,
    /// Its key in PEM
    #[arg(long, requires = "certificate", value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Encrypted from the first byte (port 465 of others), not by STARTTLS
    #[arg(long, requires = "certificate")]
    pub implicit_tls: bool,
    /// How the mail server lets somebody sign in
    #[arg(long, value_enum, default_value_t = SignIn::Both)]
    pub sign_in: SignIn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum SignIn {
    Both,
    Plain,
    /// Older servers know no other.
    Login,
}

/// What was brought, and what was not understood.
#[derive(Debug, Default, Serialize)]
struct Book {
    letters: Vec<Letter>,
    messages: Vec<Message>,
    /// Connections to the mail server, also those that brought nothing.
    connections: u64,
    errors: Vec<String>,
}

#[derive(Debug, Clone, Serialize)]
struct Letter {
    from: String,
    to: String,
    subject: String,
    text: String,
    papers: Vec<Paper>,
    encrypted: bool,
    signed_in: bool,
    /// `PLAIN` or `LOGIN`.
    signed_in_by: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct Paper {
    name: String,
    bytes: usize,
    /// In hex.
    sha256: String,
    /// Where it is kept, in the folder of the book.
    file: String,
}

#[derive(Debug, Clone, Serialize)]
struct Message {
    phone: String,
    text: String,
}

/// How they misbehave.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Control {
    smtp: Smtp,
    sms: Sms,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Smtp {
    /// Connections are closed at once.
    down: bool,
    /// Says nothing at all.
    hangs: bool,
    /// Talks of something else.
    garbage: bool,
    /// Before each answer.
    slow_ms: u64,
    /// No to `auth`, `from`, `to`, `data` or `text`; to `size`: the letter is too large.
    refuses: Option<String>,
    /// Listens to a letter's first line and no further.
    hangs_in_text: bool,
    /// Hangs up once a letter is whole; it is in the book all the same.
    closes_after_text: bool,
    /// Says nothing once a letter is whole.
    hangs_after_text: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Sms {
    down: bool,
    /// Takes the message and hangs up without a word.
    mute: bool,
    garbage: bool,
    slow_ms: u64,
    /// Says in its JSON that it does not take the message.
    refuses: bool,
    status: Option<u16>,
    /// With a status: takes the message all the same.
    done: bool,
}

struct Desk {
    path: PathBuf,
    book: Mutex<Book>,
    orders: Mutex<Orders<Control>>,
}

impl Desk {
    fn orders(&self) -> Control {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(why) = orders.refresh() {
            drop(orders);
            self.errs(&why);
            return Control::default();
        }
        orders.current().clone()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn writes(&self, change: impl FnOnce(&mut Book)) {
        let mut book = self.book();
        change(&mut book);
        if let Err(error) = write_book(&self.path, &*book) {
            eprintln!("{}: {error}", self.path.display());
        }
    }

    /// A letter is whole: its papers are kept, and it is written down.
    fn takes(&self, letter: Letter, papers: Vec<letter::Paper>) {
        self.writes(|book| {
            let number = book.letters.len() + 1;
            let kept = papers.into_iter().map(|paper| {
                let file = format!("letter-{number}-{}", paper.name);
                if let Err(error) = std::fs::write(self.path.with_file_name(&file), &paper.bytes) {
                    book.errors.push(format!("{file}: {error}"));
                }
                let sha256 = Sha256::digest(&paper.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
                Paper { name: paper.name, bytes: paper.bytes.len(), sha256, file }
            });
            let papers = kept.collect();
            book.letters.push(Letter { papers, ..letter });
        });
    }

    fn errs(&self, what: &str) {
        self.writes(|book| book.errors.push(what.to_owned()));
    }
}

/// Serves until standard input ends; says where on standard output, as one line of JSON.
pub fn run(options: &Options) -> io::Result<()> {
    std::fs::create_dir_all(&options.state)?;
    let path = options.state.join("book.json");
    let orders = Mutex::new(Orders::of(&options.state));
    let desk = Arc::new(Desk { path, book: Mutex::default(), orders });
    desk.writes(|_| {});
    let tls = match (&options.certificate, &options.key) {
        (Some(certificate), Some(key)) => Some(mail::tls(certificate, key)?),
        _ => None,
    };
    let rules = mail::Rules { tls, implicit: options.implicit_tls, sign_in: options.sign_in };
    let smtp = mail::start(options.smtp_port, Arc::clone(&desk), rules)?;
    let mut gateway = Server::start(options.sms_port, Arc::new(gateway::Counter(desk)))?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", json!({"smtp": smtp.to_string(), "sms": gateway.address().to_string()}))?;
    out.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    gateway.stop();
    Ok(())
}
