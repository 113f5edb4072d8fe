//! `totem tef`: the technician's card desk. It works while the totem is stopped: the card terminal and the journal have
//! one user.

mod pinpad;
mod reverse;
mod talk;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use totem::config::{self, Config};
use totem::domain::{CardSale, DeskFact, Note, PaymentId, calendar};
use totem::journal::{self, Journal, JournalKey};
use totem::paper::{self, Document};
use totem::payment::Payment;
use totem::printer::{self, Outcome};
use totem::tef::Tef;

use talk::Talk;

#[derive(Args)]
pub struct TefArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "/etc/totem/totem.toml", global = true)]
    config: PathBuf,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Ask the TEF whether it is there
    Status,
    /// Transactions that wait for a confirm or an undo. The totem settles them by itself when it starts
    Pending,
    /// Give a confirmed card sale back (estorno), at the pinpad, with its receipt
    Cancel {
        /// As printed (261122-0001) or in digits (2611220001)
        #[arg(value_parser = protocol)]
        protocol: PaymentId,
        /// Who decides it
        #[arg(long, value_name = "NAME", value_parser = said)]
        by: String,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = said)]
        reason: String,
    },
    /// Print second copies of receipts from the totem's own journal
    Reprint {
        /// One payment [default: the last ones]
        #[arg(value_parser = protocol)]
        protocol: Option<PaymentId>,
        /// How many of the last
        #[arg(long, value_name = "N", default_value_t = 1)]
        last: u32,
        /// The merchant's copy of the card receipt too
        #[arg(long)]
        merchant: bool,
    },
    /// The TEF's own menu, at the pinpad
    Menu,
    /// Who the pinpad is, and its idle text; only while no TEF has its port
    Pinpad {
        /// Its serial port
        #[arg(long, value_name = "PATH", default_value = "/dev/ttyACM0")]
        port: String,
        /// Wait for a key, as a test of the keyboard
        #[arg(long)]
        key: bool,
        /// What it shows while nobody pays: two lines of at most 16 letters
        #[arg(long, value_names = ["LINE", "LINE"], num_args = 2, default_values_t = IDLE.map(str::to_owned))]
        idle: Vec<String>,
    },
}

const IDLE: [&str; 2] = ["TOTEM DISPONIVEL", "TOQUE NA TELA"];

fn protocol(text: &str) -> Result<PaymentId, String> {
    PaymentId::parse(text).ok_or_else(|| "esperava um protocolo como 261122-0001 ou 2611220001".to_owned())
}

fn said(text: &str) -> Result<String, String> {
    let text: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text = text.trim();
    if (1..=500).contains(&text.chars().count()) {
        Ok(text.to_owned())
    } else {
        Err("escreva de 1 a 500 letras".to_owned())
    }
}

pub fn tef(args: &TefArgs) -> Result<(), String> {
    if let What::Pinpad { port, key, idle } = &args.what {
        return pinpad::pinpad(port, *key, idle);
    }
    let config = config::load(&args.config).map_err(|error| error.to_string())?;
    super::logs::start("warn");
    super::owner::may_write(&config.totem.state)?;
    if let What::Reprint { protocol, last, merchant } = &args.what {
        return reprint(&config, *protocol, *last, *merchant);
    }
    // held while the terminal is used, so that no totem starts beside it; who only looks makes no journal
    let (_lock, mut journal) = match &args.what {
        What::Status | What::Pending => {
            (journal::hold(&config.totem.state.join("journal.db")).map_err(|error| held(&error))?, None)
        }
        _ => (None, Some(open_journal(&config)?)),
    };
    let mut tef = super::run::tef(&config.tef)?.ok_or("não há TEF na configuração: falta a tabela [tef.…]")?;
    let Some(journal) = &mut journal else {
        return match &args.what {
            What::Pending => pending(tef.as_mut()),
            _ => status(tef.as_mut()),
        };
    };
    match &args.what {
        What::Cancel { protocol, by, reason } => {
            let receipt = reverse::reverse(journal, tef.as_mut(), *protocol, by, reason)?;
            receipt.map_or(Ok(()), |receipt| print(&config, &receipt))
        }
        What::Menu => menu(&config, journal, tef.as_mut()),
        // done above
        What::Status | What::Pending | What::Reprint { .. } | What::Pinpad { .. } => Ok(()),
    }
}

fn open_journal(config: &Config) -> Result<Journal, String> {
    let key = JournalKey::load_or_create(&config.totem.state).map_err(|error| error.to_string())?;
    Journal::open(&config.totem.state.join("journal.db"), &key).map_err(|error| held(&error))
}

fn held(error: &journal::Error) -> String {
    match error {
        journal::Error::AlreadyRunning { .. } => {
            "o totem está em funcionamento e usa o terminal de cartão: pare o totem e tente de novo".to_owned()
        }
        error => error.to_string(),
    }
}

fn status(tef: &mut dyn Tef) -> Result<(), String> {
    tef.check().map_err(|error| error.to_string())?;
    println!("{}: responde", tef.name());
    Ok(())
}

fn pending(tef: &mut dyn Tef) -> Result<(), String> {
    let waiting = tef.pending().map_err(|error| error.to_string())?;
    for sale in &waiting {
        println!("{}", one_line(sale));
    }
    println!(
        "{}",
        match waiting.len() {
            0 => "nada espera por confirmação".to_owned(),
            count => format!(
                "{count} transação(ões) em espera: ligue o totem, que as confirma ou desfaz pelo que está no diário"
            ),
        }
    );
    Ok(())
}

pub(super) fn one_line(sale: &CardSale) -> String {
    let state = if sale.must_be_finalized { "espera decisão" } else { "já é final" };
    format!("{}  {}  rede {}  NSU {}  cupom {}", state, sale.amount, sale.network, sale.nsu, sale.coupon)
}

/// What the menu approves is confirmed: a technician asked for it and stands beside it.
fn menu(config: &Config, journal: &mut Journal, tef: &mut dyn Tef) -> Result<(), String> {
    let by = "totem tef".to_owned();
    let now = Timestamp::now();
    let mut note = |fact| journal.note(&Note { at: now, fact }).map_err(|error| error.to_string());
    note(DeskFact::MenuOpened { by: by.clone() })?;
    let sale = talk::approved(tef.administer(calendar::sao_paulo(now), &mut Talk))?;
    if sale.must_be_finalized {
        note(DeskFact::menu_approved(by, &sale))?;
    }
    if !sale.customer_copy.is_empty() {
        print(config, &paper::tef_copy(&sale.customer_copy))?;
    }
    talk::until_acknowledged("a confirmação", || tef.confirm(&sale))?;
    tef.release(&sale).map_err(|error| error.to_string())
}

fn reprint(config: &Config, protocol: Option<PaymentId>, last: u32, merchant: bool) -> Result<(), String> {
    if !config.totem.state.join("journal.db").is_file() {
        return Err(format!("não há diário em {}: nada a imprimir", config.totem.state.display()));
    }
    let journal = open_journal(config)?;
    let payments: Vec<Payment> = match protocol {
        Some(id) => {
            Payment::from_entries(&journal.payment(id).map_err(|error| error.to_string())?).into_iter().collect()
        }
        None => {
            let recent = journal.recent(last.max(1)).map_err(|error| error.to_string())?;
            recent.iter().filter_map(|(_, entries)| Payment::from_entries(entries)).collect()
        }
    };
    let mut printed = 0_usize;
    let now = calendar::sao_paulo(Timestamp::now());
    for payment in payments {
        let receipt = match payment.receipt_for(&config.beneficiary_on_paper(), &config.totem.name, Some(now)) {
            Ok(receipt) => receipt,
            Err(why) => {
                eprintln!("{}", super::journal::words::no_receipt(payment.id, why));
                continue;
            }
        };
        print(config, &paper::with_tef_copy(paper::payment_receipt(&receipt), payment.customer_copy()))?;
        let sale = payment.sale();
        if let Some(sale) = sale.filter(|sale| merchant && !sale.merchant_copy.is_empty()) {
            print(config, &paper::tef_copy(&sale.merchant_copy))?;
        }
        printed += 1;
    }
    if printed == 0 {
        return Err("nenhum recibo para imprimir: não há dinheiro recebido nestes pagamentos".to_owned());
    }
    println!("{printed} recibo(s) impresso(s)");
    Ok(())
}

fn print(config: &Config, document: &Document) -> Result<(), String> {
    let Some(settings) = &config.printer else { return Err("não há impressora na configuração".to_owned()) };
    match printer::open_in(settings, &config.totem.state)?.print(document) {
        Outcome::Done | Outcome::Unconfirmed => Ok(()),
        other => Err(format!("a impressora não imprimiu ({other:?}): veja papel e tampa, e use `totem tef reprint`")),
    }
}
