//! `totem journal`: what a technician and the back office can read of the journal, and the decision of a person.
//!
//! Everything but `resolve` only reads, also beside a running totem.
//!
//! | status | meaning |
//! |---|---|
//! | 0 | done |
//! | 1 | the answer is no: the journal does not verify, there is no such payment, nobody has to decide about it |
//! | 2 | it could not be done: no journal, no key, a wrong argument, or the totem runs and holds the journal |

mod desk;
mod export;
mod list;
mod receipt;
mod show;
pub(super) mod words;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use totem::config;
use totem::domain::PaymentId;
use totem::journal::{Book, Journal, JournalKey};
use totem::payment::{Entry, Fact, Payment};

#[derive(Args)]
pub struct JournalArgs {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    what: What,
}

#[derive(Args)]
pub(super) struct Place {
    /// The configuration that names the journal's folder
    #[arg(long, value_name = "FILE", global = true, default_value = "/etc/totem/totem.toml")]
    config: PathBuf,
    /// The journal's folder itself, or the folder of a demonstration
    #[arg(long, value_name = "DIR", global = true, conflicts_with = "config")]
    state: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// One line a payment, newest first
    List(list::ListArgs),
    /// Everything that is known of one payment
    Show {
        /// As printed (261122-0001) or in digits (2611220001)
        #[arg(value_parser = protocol)]
        protocol: PaymentId,
    },
    /// Walk the whole journal: nothing was changed, removed or added
    Verify,
    /// One row for each bill, for the back office
    Export(export::ExportArgs),
    /// What was done at the technician's panel, newest first
    Desk {
        /// The most notes to show
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: u32,
    },
    /// The second copy of a payment's receipt as a PDF file
    Receipt {
        /// As printed (261122-0001) or in digits (2611220001)
        #[arg(value_parser = protocol)]
        protocol: PaymentId,
        /// The file to be made; what is there is not written over
        #[arg(long, value_name = "FILE")]
        pdf: PathBuf,
    },
    /// Say that a person has settled what the totem could not; the totem must be stopped
    Resolve {
        /// As printed (261122-0001) or in digits (2611220001)
        #[arg(value_parser = protocol)]
        protocol: PaymentId,
        /// Who decided
        #[arg(long, value_name = "NAME", value_parser = said)]
        by: String,
        /// What was done
        #[arg(long, value_name = "TEXT", value_parser = said)]
        note: String,
        /// How many facts `show` told of: with more of them by now, nothing is written
        #[arg(long, value_name = "N")]
        facts: Option<usize>,
    },
}

/// Why there is no answer, or why it is no.
pub enum Refusal {
    No(String),
    Cannot(String),
}

impl From<totem::journal::Error> for Refusal {
    fn from(error: totem::journal::Error) -> Refusal {
        Refusal::Cannot(words::journal_error(&error))
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Refusal {
        Refusal::Cannot(format!("a saída não pôde ser escrita: {error}"))
    }
}

fn protocol(text: &str) -> Result<PaymentId, String> {
    PaymentId::parse(text).ok_or_else(|| "esperava um protocolo como 261122-0001 ou 2611220001".to_owned())
}

/// A name or a note that says something, on one line.
fn said(text: &str) -> Result<String, String> {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text = text.trim();
    match text.chars().count() {
        0 => Err("não pode ficar vazio".to_owned()),
        1..=500 => Ok(text.to_owned()),
        _ => Err("no máximo 500 letras".to_owned()),
    }
}

pub fn journal(args: &JournalArgs) -> ExitCode {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = answer(args, &mut out).and_then(|()| Ok(out.flush()?));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal::No(why)) => {
            let _ = out.flush();
            eprintln!("totem: {why}");
            ExitCode::from(1)
        }
        Err(Refusal::Cannot(why)) => super::failed(&why),
    }
}

fn answer(args: &JournalArgs, out: &mut impl Write) -> Result<(), Refusal> {
    let dir = args.place.folder()?;
    let path = dir.join("journal.db");
    let key = JournalKey::load(&dir)?;
    match &args.what {
        What::List(which) => list::list(&Book::open(&path, &key)?, which, out),
        What::Show { protocol } => {
            let entries = Book::open(&path, &key)?.payment(*protocol)?;
            show::show(&entries, out)?.ok_or_else(|| unknown(*protocol))
        }
        What::Verify => verify(&Book::open(&path, &key)?, out),
        What::Desk { limit } => desk::desk(&Book::open(&path, &key)?.notes(*limit)?, out).map_err(Refusal::from),
        What::Export(which) => export::export(&Book::open(&path, &key)?, which, out),
        What::Receipt { protocol, pdf } => {
            let entries = Book::open(&path, &key)?.payment(*protocol)?;
            receipt::receipt(&args.place, &entries, pdf, out)
        }
        What::Resolve { protocol, by, note, facts } => {
            super::owner::may_write(&dir).map_err(Refusal::Cannot)?;
            let said = Said { by, note, facts: *facts };
            resolve(&path, &key, *protocol, &said, out)
        }
    }
}

impl Place {
    /// The folder that holds the journal. A demonstration keeps it in `totem` below its own.
    pub(super) fn folder(&self) -> Result<PathBuf, Refusal> {
        let dir = match &self.state {
            Some(dir) => dir.clone(),
            None => config::state(&self.config).map_err(|error| Refusal::Cannot(error.to_string()))?,
        };
        let holds = |dir: &Path| dir.join("journal.db").is_file();
        let below = dir.join("totem");
        if holds(&dir) {
            Ok(dir)
        } else if self.state.is_some() && holds(&below) {
            Ok(below)
        } else {
            Err(Refusal::Cannot(format!("não há diário (journal.db) em {}: confira o caminho", dir.display())))
        }
    }
}

fn unknown(protocol: PaymentId) -> Refusal {
    Refusal::No(format!("o protocolo {protocol} não está neste diário"))
}

fn verify(book: &Book, out: &mut impl Write) -> Result<(), Refusal> {
    use totem::journal::Error::{Broken, Corrupt};
    match book.verify() {
        Ok(found) => writeln!(
            out,
            "o diário está íntegro: {} fatos, {} pagamentos, {} em aberto",
            found.facts, found.payments, found.open_payments
        )
        .map_err(Refusal::from),
        Err(error @ (Broken { .. } | Corrupt { .. })) => Err(Refusal::No(words::journal_error(&error))),
        Err(error) => Err(error.into()),
    }
}

/// A person's decision.
struct Said<'a> {
    by: &'a str,
    note: &'a str,
    /// About as many facts.
    facts: Option<usize>,
}

/// A person's decision is a fact like any other. What follows from it, the totem does when it starts again. What it puts
/// an end to is told, so that nothing is settled unseen.
fn resolve(
    path: &Path,
    key: &JournalKey,
    protocol: PaymentId,
    said: &Said<'_>,
    out: &mut impl Write,
) -> Result<(), Refusal> {
    let mut journal = Journal::open(path, key)?;
    let entries = journal.payment(protocol)?;
    let payment = Payment::from_entries(&entries).ok_or_else(|| unknown(protocol))?;
    let Some(need) = payment.need() else {
        let stands = words::outcome(&payment.outcome());
        return Err(Refusal::No(format!("o pagamento {protocol} não precisa de uma pessoa: {stands}")));
    };
    if said.facts.is_some_and(|shown| shown != entries.len()) {
        return Err(Refusal::No(format!(
            "o pagamento {protocol} mudou desde que foi mostrado (agora {} fatos): veja de novo com totem journal show \
             {protocol}; nada foi registrado",
            entries.len()
        )));
    }
    let fact = Fact::Resolved { by: said.by.to_owned(), note: said.note.to_owned() };
    journal.append(&[Entry { payment: protocol, at: Timestamp::now(), fact }])?;
    writeln!(out, "registrado: {protocol} resolvido por {}; com isso está dado por feito:", said.by)?;
    for act in words::acts(&need) {
        writeln!(out, "  {act}")?;
    }
    Ok(())
}
