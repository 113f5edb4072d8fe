//! A stand-in for an ERP that keeps the contract of document 003 (Datacake), over real HTTP on loopback.
//!
//! It has the same customers, book (`erp.json`) and control file as the stand-in of document 001, and its own words.
//! Where the document leaves a choice, this one made it: paths of its own, GET parameters in the query or, with
//! `--parameters body`, in a JSON body; and each list in another of the shapes in which lists come.

pub(super) mod contract;
pub(super) mod counter;
mod joining;
mod papers;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

pub use super::erp::SeedSet;
use contract::Contract;
use counter::Counter;

#[derive(Clone, clap::Args)]
pub struct Options {
    /// Folder of the book (erp.json) and of the control file (control.json)
    #[arg(long = "state", value_name = "DIR")]
    pub state: PathBuf,
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Who is in a new book
    #[arg(long, value_enum, default_value_t = SeedSet::Demo)]
    pub seed: SeedSet,
    /// The day it is for the ERP, instead of the clock's day in São Paulo
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
    /// Where the parameters of a GET are looked for
    #[arg(long, value_enum, default_value_t = Parameters::Query)]
    pub parameters: Parameters,
    /// The token in `Authorization: Bearer`
    #[arg(long, default_value = "demonstracao")]
    pub token: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Parameters {
    Query,
    Body,
}

/// Serves until standard input ends; says where on standard output, as one line of JSON.
pub fn run(options: Options) -> io::Result<()> {
    let contract = Contract { parameters: options.parameters, token: options.token };
    let mut running = Counter::start(&options.state, options.port, options.seed, options.today, Arc::new(contract))?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({"listening": running.address().to_string()}))?;
    out.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    running.stop();
    Ok(())
}
