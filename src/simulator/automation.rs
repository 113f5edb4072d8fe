//! A stand-in for the automations of document 002 (Datacake): one HTTP function for each function of the document, over the
//! common book (`erp.json`, `control.json`).
//!
//! The document gives the names that go in and come out and no HTTP: paths and POST are this stand-in's own, and so is
//! every field of the functions that the document only names. It takes the inputs of the document and nothing else.

mod function;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::datacake::counter::Counter;
pub use super::erp::SeedSet;
use function::Functions;

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
    /// The token in `Authorization: Bearer`
    #[arg(long, default_value = "demonstracao")]
    pub token: String,
    /// Bills come with `link_boleto`, instead of leaving it empty
    #[arg(long)]
    pub links: bool,
}

/// Serves until standard input ends; says where on standard output, as one line of JSON.
pub fn run(options: Options) -> io::Result<()> {
    let functions = Functions { token: options.token, links: options.links };
    let mut running = Counter::start(&options.state, options.port, options.seed, options.today, Arc::new(functions))?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({"listening": running.address().to_string()}))?;
    out.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    running.stop();
    Ok(())
}
