//! A stand-in for Smartbill (document 000). The document names methods and nothing else, so this one is told its paths,
//! parameters and fields by a file, as a site would read them in the vendor's wiki; what it is not told it does not have.

mod office;
mod told;

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::datacake::counter::Counter;
pub use super::erp::SeedSet;
use told::Told;

#[derive(Clone, clap::Args)]
pub struct Options {
    /// Folder of the book (erp.json) and of the control file (control.json)
    #[arg(long = "state", value_name = "DIR")]
    pub state: PathBuf,
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    pub port: u16,
    /// Paths, parameters, words and fields, in JSON
    #[arg(long, value_name = "FILE")]
    pub told: PathBuf,
    /// Who is in a new book
    #[arg(long, value_enum, default_value_t = SeedSet::Demo)]
    pub seed: SeedSet,
    /// The day it is for the ERP, instead of the clock's day in São Paulo
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<Date>,
}

/// Serves until standard input ends; says where on standard output, as one line of JSON.
pub fn run(options: &Options) -> io::Result<()> {
    let told: Told = serde_json::from_slice(&std::fs::read(&options.told)?)?;
    let mut running = Counter::start(&options.state, options.port, options.seed, options.today, Arc::new(told))?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", serde_json::json!({"listening": running.address().to_string()}))?;
    out.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    running.stop();
    Ok(())
}
