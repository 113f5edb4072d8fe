//! `totem idle`: whether the totem may be touched now, for whoever updates it. The running totem is asked whether somebody
//! stands there, and the journal whether any money is on its way.
//!
//! | status | meaning |
//! |---|---|
//! | 0 | nobody is served, nothing is on its way, nothing is owed |
//! | 1 | not now, and why |
//! | 2 | it cannot be told, which is no yes either |

use std::io;
use std::path::Path;
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use totem::journal::{self, Book, JournalKey};
use totem::payment::{Outcome, Payment};
use totem::runtime::Desk;
use totem::service;

use super::journal::{Place, Refusal};

const DOOR: &str = "door";

#[derive(Args)]
pub struct IdleArgs {
    #[command(flatten)]
    place: Place,
    /// What waits for a person only does not count: it waits in the same place after an update
    #[arg(long)]
    except_person: bool,
}

/// What the running totem answers at its door.
#[derive(Serialize, Deserialize)]
struct Now {
    /// Somebody stands there, or an attempt is open.
    served: bool,
    step: String,
}

/// Lets others ask the running totem. Without it the totem serves all the same, and `totem idle` says that it cannot tell.
pub fn answer_at_the_door(state: &Path, desk: &Desk) {
    let meter = desk.meter();
    let how = move || {
        let now = Now { served: !meter.reading().idle, step: meter.shown().step.to_owned() };
        serde_json::to_string(&now).unwrap_or_default()
    };
    if let Err(error) = service::door::open(&state.join(DOOR), how) {
        tracing::warn!(%error, "totem idle cannot ask this totem");
    }
}

pub fn idle(args: &IdleArgs) -> ExitCode {
    match stands_in_the_way(args) {
        Ok(reasons) if reasons.is_empty() => {
            println!("ninguém está sendo atendido e nada está pendente");
            ExitCode::SUCCESS
        }
        Ok(reasons) => {
            println!("agora não:");
            for reason in reasons {
                println!("  {reason}");
            }
            ExitCode::from(1)
        }
        Err(Refusal::No(why) | Refusal::Cannot(why)) => super::failed(&why),
    }
}

fn stands_in_the_way(args: &IdleArgs) -> Result<Vec<String>, Refusal> {
    let dir = args.place.folder()?;
    let path = dir.join("journal.db");
    // where no totem runs none begins while the journal is read
    let lock = match journal::hold(&path) {
        Ok(lock) => Some(lock),
        Err(journal::Error::AlreadyRunning { .. }) => None,
        Err(error) => return Err(error.into()),
    };
    let mut reasons = Vec::new();
    if lock.is_none() {
        let now = now(&dir)?;
        if now.served {
            reasons.push(format!("alguém está sendo atendido (tela {})", now.step));
        }
    }
    let key = JournalKey::load(&dir)?;
    let book = Book::open(&path, &key)?;
    for (_, entries) in &book.open_payments()? {
        let Some(payment) = Payment::from_entries(entries) else {
            return Err(Refusal::Cannot("há fatos sem um começo no diário: totem journal verify".to_owned()));
        };
        if let Some(why) = still(&payment.outcome(), args.except_person) {
            reasons.push(format!("{}: {why}", payment.id));
        }
    }
    let now = Timestamp::now();
    for tried in book.pix_tries()?.iter().filter(|tried| tried.is_owed()) {
        if tried.needs(now).is_empty() {
            reasons.push(format!("teste de PIX {}: o banco ainda não disse o fim", tried.txid));
        } else if !args.except_person {
            reasons.push(format!("teste de PIX {}: espera uma pessoa (totem journal list --person)", tried.txid));
        }
    }
    Ok(reasons)
}

fn now(dir: &Path) -> Result<Now, Refusal> {
    let told = service::door::ask(&dir.join(DOOR));
    let read = told.and_then(|line| serde_json::from_str(&line).map_err(io::Error::from));
    read.map_err(|error| {
        Refusal::Cannot(format!("um totem está em execução e não diz se atende alguém ({error}); tente de novo"))
    })
}

/// A payment without a charge is only watched for late money, and one that is settled waits for nothing.
fn still(outcome: &Outcome, except_person: bool) -> Option<&'static str> {
    match outcome {
        Outcome::Confirming => Some("em andamento, ou ainda não se sabe se foi pago"),
        Outcome::Owed => Some("pago, e a baixa ainda é devida ao ERP"),
        Outcome::Person(_) if except_person => None,
        Outcome::Person(_) => Some("espera uma pessoa (totem journal list --person)"),
        Outcome::NotCharged | Outcome::Undone | Outcome::Settled | Outcome::Resolved => None,
    }
}
