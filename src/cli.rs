//! What can be asked of `totem` on a command line.

mod config;
mod demo;
mod doctor;
mod erp;
mod gallery;
mod idle;
mod journal;
mod letters;
mod logs;
mod machine;
mod manual;
mod owner;
mod panel;
mod papers;
mod pdf_host;
mod pipe;
mod pix;
mod printer;
mod reload;
mod run;
mod service;
mod setup;
mod support;
mod technician;
mod tef;
mod tef_host;
mod visit;

use std::io::{self, BufReader};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use totem::domain::calendar;
use totem::inspect::InspectArgs;
use totem::simulator;
use totem::simulator::isp::Product;

/// Self-service payment totem.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the totem on its real devices
    Run {
        /// The configuration file
        #[arg(long, value_name = "FILE", default_value = "/etc/totem/totem.toml")]
        config: PathBuf,
        #[arg(long, value_enum, default_value_t = Face::Window)]
        face: Face,
    },
    /// Run the whole totem against built-in stand-ins: no set-up, no hardware, no account
    Demo(demo::DemoArgs),
    /// Ask the ERP of the configuration: what it can do, a customer, bills, the write-off table's lists
    Erp(erp::ErpArgs),
    /// Read boletos, BR Codes, tax ids and amounts, and say what they hold
    Inspect(InspectArgs),
    /// Read the journal, and record a person's decision
    Journal(journal::JournalArgs),
    /// Charge, look at and give back by hand, at the banks of the configuration
    Pix(pix::PixArgs),
    /// Check and explain the configuration
    Config(config::ConfigArgs),
    /// Ask every part how it is, and say what to do; exit status 0 well, 1 warnings, 2 errors
    Doctor(doctor::DoctorArgs),
    /// Say whether nobody is served and nothing is pending, for whoever updates the totem; exit status 0 yes, 1 no, 2 unknown
    Idle(idle::IdleArgs),
    /// Hold the vendor's TEF library: started by the totem itself
    #[command(hide = true)]
    TefHost,
    /// Write the manual pages, for a package
    #[command(hide = true)]
    Man(manual::Folder),
    /// Write what bash, zsh and fish complete, for a package
    #[command(hide = true)]
    Completions(manual::Folder),
    /// Every paper that a totem prints, with invented data, as pictures and PDF files
    Papers(gallery::GalleryArgs),
    /// Draw a page of somebody else's PDF: started by the totem itself
    #[command(hide = true)]
    PdfHost,
    /// The card desk: liveness, pending transactions, a sale given back, second copies; the totem must be stopped
    Tef(tef::TefArgs),
    /// The receipt printer: find out what it is, print a test page, list the profiles
    Printer(printer::PrinterArgs),
    /// Ask what a first run needs, try the devices, and write the configuration
    Setup(setup::SetupArgs),
    /// Write what somebody far away needs to help: versions, configuration, doctor, last warnings; no customer, no secret
    SupportBundle(support::SupportArgs),
    /// Say who may open the technician's panel
    Technician(technician::TechnicianArgs),
    /// Be the other side of a wire
    #[command(subcommand)]
    Simulate(Simulate),
}

#[derive(Subcommand)]
enum Simulate {
    /// An ERP behind the functions of document 002 (Datacake's automations) over HTTP
    Automation(simulator::automation::Options),
    /// A bank that keeps PIX charges (API Pix of the Banco Central)
    Bank(simulator::bank::Options),
    /// Those who bring codes: a mail server and an SMS gateway
    Courier(simulator::courier::Options),
    /// An ERP that keeps the contract of document 003 (Datacake) over HTTP
    Datacake(simulator::datacake::Options),
    /// An ERP that speaks document 001 (WebService Cliente) over HTTP
    Erp(simulator::erp::Options),
    /// A pinpad on a pseudo-terminal
    Pinpad(simulator::pinpad::Options),
    /// An ERP that speaks document 004 (HubSoft), of 2020 or of today
    Hubsoft(simulator::hubsoft::Options),
    /// The ERP IXC Provedor
    Ixc(simulator::isp::Options),
    /// The ERP SGP (TSMX)
    Sgp(simulator::isp::Options),
    /// The ERP RBX (RBXSoft v2)
    Rbx(simulator::isp::Options),
    /// The ERP Voalle (Elleven)
    Voalle(simulator::isp::Options),
    /// The ERP MK-Auth
    MkAuth(simulator::isp::Options),
    /// An ERP of document 000 (Smartbill), told its paths and fields by a file
    Smartbill(simulator::smartbill::Options),
    /// Where a CEP is, as a public service tells it
    Postal(simulator::postal::Options),
    /// A TEF manager that exchanges files
    TefManager(simulator::tef_manager::Options),
    /// A receipt printer on a pseudo-terminal
    Printer(simulator::printer::Options),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Face {
    /// A window, full screen where the configuration says so
    Window,
    /// One JSON object a line on standard output and input
    Lines,
}

pub fn main() -> ExitCode {
    let command = Cli::parse().command;
    if !matches!(command, Command::Run { .. } | Command::Demo(_) | Command::Simulate(_)) {
        pipe::may_close();
    }
    let result = match command {
        Command::Run { config, face } => run::run(&config, face),
        Command::Demo(args) => demo::demo(&args),
        Command::Inspect(args) => {
            let today = calendar::sao_paulo_date(Timestamp::now());
            return match totem::inspect::run(args, BufReader::new(io::stdin()), io::stdout().lock(), today) {
                Ok(true) => ExitCode::SUCCESS,
                Ok(false) => ExitCode::from(1),
                Err(error) => failed(&error.to_string()),
            };
        }
        Command::Erp(args) => erp::erp(&args),
        Command::Journal(args) => return journal::journal(&args),
        Command::Simulate(Simulate::Automation(options)) => {
            simulator::automation::run(options).map_err(|error| error.to_string())
        }
        Command::Simulate(Simulate::Bank(options)) => simulator::bank::run(options).map_err(|error| error.to_string()),
        Command::Simulate(Simulate::Datacake(options)) => {
            simulator::datacake::run(options).map_err(|error| error.to_string())
        }
        Command::Simulate(Simulate::Smartbill(options)) => {
            simulator::smartbill::run(&options).map_err(|error| error.to_string())
        }
        Command::Pix(args) => pix::pix(args),
        Command::Config(args) => return config::config(&args),
        Command::Doctor(args) => return doctor::doctor(&args),
        Command::Idle(args) => return idle::idle(&args),
        Command::Printer(args) => return printer::printer(&args),
        Command::TefHost => tef_host::tef_host(),
        Command::Man(folder) => manual::pages(&folder),
        Command::Completions(folder) => manual::completions(&folder),
        Command::Papers(args) => gallery::gallery(&args),
        Command::PdfHost => pdf_host::pdf_host(),
        Command::Tef(args) => tef::tef(&args),
        Command::Setup(args) => setup::setup(&args),
        Command::SupportBundle(args) => support::support_bundle(&args),
        Command::Technician(args) => technician::technician(&args),
        Command::Simulate(Simulate::Courier(options)) => {
            simulator::courier::run(&options).map_err(|error| error.to_string())
        }
        Command::Simulate(Simulate::Postal(options)) => {
            simulator::postal::run(options).map_err(|error| error.to_string())
        }
        Command::Simulate(Simulate::Erp(options)) => simulator::erp::run(options).map_err(|error| error.to_string()),
        Command::Simulate(Simulate::Pinpad(options)) => {
            simulator::pinpad::run(&options).map_err(|error| error.to_string())
        }
        Command::Simulate(Simulate::Hubsoft(options)) => {
            simulator::hubsoft::run(options).map_err(|error| error.to_string())
        }
        Command::Simulate(Simulate::Ixc(options)) => isp(Product::Ixc, options),
        Command::Simulate(Simulate::Sgp(options)) => isp(Product::Sgp, options),
        Command::Simulate(Simulate::Rbx(options)) => isp(Product::Rbx, options),
        Command::Simulate(Simulate::Voalle(options)) => isp(Product::Voalle, options),
        Command::Simulate(Simulate::MkAuth(options)) => isp(Product::MkAuth, options),
        Command::Simulate(Simulate::TefManager(options)) => {
            simulator::tef_manager::run(&options).map_err(|error| error.to_string())
        }
        Command::Simulate(Simulate::Printer(options)) => {
            simulator::printer::run(&options).map_err(|error| error.to_string())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => failed(&why),
    }
}

fn isp(product: Product, options: simulator::isp::Options) -> Result<(), String> {
    simulator::isp::run(product, options).map_err(|error| error.to_string())
}

fn failed(why: &str) -> ExitCode {
    if let Some(status) = pipe::was_closed(why) {
        return status;
    }
    eprintln!("totem: {why}");
    ExitCode::from(2)
}
