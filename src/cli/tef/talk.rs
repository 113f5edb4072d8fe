//! The TEF's line to a technician at a terminal.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use totem::domain::{CardSale, Prompt};
use totem::tef::{Dialogue, Error, SaleOutcome, Tef};

const TRIES: u32 = 4;
const BETWEEN_TRIES: Duration = Duration::from_secs(3);

pub struct Talk;

impl Dialogue for Talk {
    fn show(&mut self, message: &str, _: bool) {
        println!("{message}");
    }

    fn show_code(&mut self, code: Option<&str>) {
        if let Some(code) = code {
            println!("código: {code}");
        }
    }

    /// An empty line gives up.
    fn ask(&mut self, prompt: Prompt) -> Option<String> {
        println!("{}", prompt.text);
        for option in &prompt.options {
            println!("  {}  {}", option.id, option.text);
        }
        print!("> ");
        io::stdout().flush().ok()?;
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).ok()?;
        let answer = line.trim();
        (!answer.is_empty()).then(|| answer.to_owned())
    }

    fn wants_to_cancel(&self) -> bool {
        false
    }
}

/// What was approved, or why nothing was, as a technician reads it.
pub fn approved(outcome: SaleOutcome) -> Result<CardSale, String> {
    match outcome {
        SaleOutcome::Approved(sale) => Ok(*sale),
        SaleOutcome::Declined { message } | SaleOutcome::Cancelled { message } => {
            Err(format!("o TEF recusou: {message}"))
        }
        SaleOutcome::Mismatched { why, .. } => {
            Err(format!("o TEF aprovou outra coisa ({why}): ligue o totem, que a desfaz"))
        }
        SaleOutcome::PendingFirst(older) => Err(format!(
            "outra transação espera no TEF (NSU {}, {}): ligue o totem, que a resolve, e tente de novo",
            older.nsu, older.amount
        )),
        SaleOutcome::NotStarted(error) => Err(error.to_string()),
        SaleOutcome::Unknown { why } => {
            Err(format!("sem resposta do TEF ({why}): confira no TEF se foi feito antes de tentar de novo"))
        }
    }
}

/// Says it until the TEF acknowledges; a TEF that does not is told again by the totem when it starts.
pub fn until_acknowledged(what: &str, mut tell: impl FnMut() -> Result<(), Error>) -> Result<(), String> {
    let mut tries = 1;
    loop {
        match tell() {
            Ok(()) => return Ok(()),
            Err(error) if tries < TRIES => {
                println!("{what} ainda não foi aceita ({error}); tentando de novo");
                std::thread::sleep(BETWEEN_TRIES);
                tries += 1;
            }
            Err(error) => return Err(format!("{what} não foi aceita ({error}): ligue o totem, que a repete")),
        }
    }
}

/// The journal holds it now.
pub fn let_go(tef: &mut dyn Tef, sale: &CardSale) {
    if let Err(error) = tef.release(sale) {
        println!("o TEF guarda uma cópia que já não é necessária: {error}");
    }
}
