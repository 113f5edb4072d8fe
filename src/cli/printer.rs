//! `totem printer`: what stands at the port, a page to look at, and the profiles there are.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use totem::config::{self, Config};
use totem::domain::calendar;
use totem::journal;
use totem::paper;
use totem::printer::probe::{Findings, probe};
use totem::printer::profile::known;
use totem::printer::transport::PortError;
use totem::printer::trial::trial;
use totem::printer::{self, Medium, Outcome, Serial, Settings, Status, Tcp, Usb};

mod show;

#[derive(Args)]
pub struct PrinterArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The models that `profile` may name, and what of them nobody has verified
    Profiles {
        /// One of them, with the source of each fact
        name: Option<String>,
    },
    /// Find out what stands at the port; prints nothing
    Probe {
        #[command(flatten)]
        place: Place,
    },
    /// Print a page that shows width, accents, code, bars and cut
    Test {
        #[command(flatten)]
        place: Place,
    },
    /// How it is now; prints nothing
    Status {
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
struct Place {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "/etc/totem/totem.toml")]
    config: PathBuf,
    /// Another port than the one of the configuration: /dev/ttyUSB0, /dev/usb/lp0 or address:9100. The file is not read
    #[arg(long, value_name = "PORT")]
    port: Option<String>,
    /// With --port: the profile
    #[arg(long, value_name = "NAME", default_value = "generic_80mm", requires = "port")]
    profile: String,
    /// With --port: the speed
    #[arg(long, value_name = "BAUD", requires = "port")]
    baud: Option<u32>,
}

/// The printer that is meant, and the configuration where there is one.
struct Meant {
    settings: Settings,
    config: Option<Config>,
    /// Held while the printer is used: the totem does not start meanwhile.
    _lock: Option<journal::Lock>,
}

pub fn printer(args: &PrinterArgs) -> ExitCode {
    super::logs::start("off");
    let done = match &args.what {
        What::Profiles { name: None } => Ok(profiles()),
        What::Profiles { name: Some(name) } => profile(name),
        What::Probe { place } => meant(place).and_then(|meant| look(&meant.settings)),
        What::Test { place } => meant(place).and_then(|meant| test(&meant)),
        What::Status { place } => meant(place).and_then(|meant| status(&meant)),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(why) => super::failed(&why),
    }
}

fn meant(place: &Place) -> Result<Meant, String> {
    let Some(port) = &place.port else {
        let config = config::load(&place.config).map_err(|error| error.to_string())?;
        let settings = config.printer.clone().ok_or("não há impressora na configuração: falta a tabela [printer]")?;
        super::owner::may_write(&config.totem.state)?;
        let lock = lock(&config.totem.state)?;
        return Ok(Meant { settings, config: Some(config), _lock: lock });
    };
    let settings = Settings {
        medium: medium_of(port),
        port: PathBuf::from(port),
        profile: place.profile.clone(),
        baud: place.baud,
        ..Settings::default()
    };
    match settings.mistakes().into_iter().next() {
        None => Ok(Meant { settings, config: None, _lock: None }),
        Some((key, why)) => Err(format!("{}: {why}", key.trim_start_matches("printer."))),
    }
}

/// Two writers at one printer would mix their papers.
fn lock(state: &Path) -> Result<Option<journal::Lock>, String> {
    match journal::hold(&state.join("journal.db")) {
        Ok(lock) => Ok(lock),
        Err(error @ journal::Error::AlreadyRunning { .. }) => Err(format!("{error}: pare o totem antes")),
        Err(_) => Ok(None),
    }
}

fn medium_of(port: &str) -> Medium {
    if !port.starts_with('/') {
        Medium::Tcp
    } else if port.starts_with("/dev/usb/") || port.starts_with("/dev/lp") {
        Medium::Usb
    } else {
        Medium::Serial
    }
}

fn profiles() -> bool {
    for name in known::NAMES {
        match known::find(name) {
            Ok(profile) => println!("{}", show::line(name, &profile)),
            Err(mistake) => println!("{name}: {mistake}"),
        }
    }
    println!("o seu próprio: copie um arquivo de config/printers, mude, e escreva o caminho em printer.profile");
    true
}

fn profile(name: &str) -> Result<bool, String> {
    let profile = known::find(name).map_err(|mistake| mistake.to_string())?;
    println!("{}", show::whole(name, &profile));
    Ok(true)
}

/// Speeds that printers leave the factory with.
const SPEEDS: [u32; 5] = [115_200, 9600, 38_400, 19_200, 57_600];

fn look(settings: &Settings) -> Result<bool, String> {
    let profile = settings.resolve().map_err(|(key, why)| format!("{key}: {why}"))?;
    let found = match settings.medium {
        Medium::Serial => return look_serial(settings, profile.serial),
        Medium::Usb => probe(Usb::new(&settings.port)),
        Medium::Tcp => probe(Tcp::new(&settings.port.to_string_lossy())),
        Medium::File => return Err("um arquivo não responde: não há o que descobrir".to_owned()),
    };
    told(&found.map_err(unopened)?, None)
}

/// At its own speed first, and where that brings nothing, at each of the usual ones.
fn look_serial(settings: &Settings, line: printer::profile::Line) -> Result<bool, String> {
    let others = SPEEDS.into_iter().filter(|baud| *baud != line.baud);
    let mut last = Findings::default();
    for baud in std::iter::once(line.baud).chain(others) {
        println!("perguntando a {baud} baud…");
        let port = Serial::new(&settings.port, printer::profile::Line { baud, ..line });
        last = probe(port).map_err(unopened)?;
        if last.dialect().is_some() {
            return told(&last, Some(baud));
        }
    }
    told(&last, None)
}

fn told(found: &Findings, baud: Option<u32>) -> Result<bool, String> {
    println!("{}", show::findings(found, baud));
    Ok(found.dialect().is_some())
}

fn unopened(error: PortError) -> String {
    show::sentence(error.status()).to_owned()
}

fn status(meant: &Meant) -> Result<bool, String> {
    let status = opened(meant)?.status();
    println!("{}", show::sentence(status));
    Ok(status.can_print())
}

fn opened(meant: &Meant) -> Result<Box<dyn printer::Printer>, String> {
    match &meant.config {
        Some(config) => printer::open_in(&meant.settings, &config.totem.state),
        None => printer::open(&meant.settings),
    }
}

fn test(meant: &Meant) -> Result<bool, String> {
    let profile = meant.settings.resolve().map_err(|(key, why)| format!("{key}: {why}"))?;
    let now = calendar::sao_paulo(Timestamp::now());
    let page = match &meant.config {
        Some(config) => paper::test_page(&config.beneficiary_on_paper(), &config.totem.name, now),
        None => paper::test_page(&show::nobody(), "sem configuração", now),
    };
    let mut printer = opened(meant)?;
    let outcome = printer.print(&trial(page, &profile));
    println!("{}", show::outcome(&outcome));
    if let Outcome::Blocked(_) | Outcome::Unknown | Outcome::Lost = outcome {
        let held = printer.status();
        if held != Status::Ready {
            println!("agora: {}", show::sentence(held));
        }
    }
    Ok(matches!(outcome, Outcome::Done | Outcome::Unconfirmed))
}
