//! From a configuration to a running totem.

use std::io::BufReader;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use totem::brand::Showcase;
use totem::config::{self, Config, MerchantCopy, Prefer, TefChoice};
use totem::fleet::{self, About};
use totem::journal::{Journal, JournalKey};
use totem::journey::{Intent, Journey};
use totem::payment::WriteOffBy;
use totem::pdf::Reader;
use totem::pix::PixProvider;
use totem::pix::erp_code::ErpCode;
use totem::pix::static_key::StaticKey;
use totem::pix::{api_pix, mercado_pago};
use totem::postal::{self, Postal};
use totem::printer;
use totem::reader;
use totem::runtime::{Book, Core, Counter, Desk, Meter, Ports, Rhythm, Site, Upkeep};
use totem::service;
use totem::tef::{Tef, clisitef, file_exchange};
use totem::ui::{self, Brand, lines};

use super::Face;
use super::machine::Clerk;
use super::panel::{InWords, Strongbox};

pub fn run(path: &Path, face: Face) -> Result<(), String> {
    // what is left out of the brand is told while it is read
    super::logs::start("info");
    let config = config::load(path).map_err(|error| error.to_string())?;
    super::owner::may_write(&config.totem.state)?;
    super::logs::keep(&config.totem.state);
    if face == Face::Window && !has_display() {
        return Err(NO_DISPLAY.to_owned());
    }
    let desk = open_desk(&config, path, config.advanced.rhythm())?;
    let showcase = match face {
        Face::Window => showcase(&config),
        Face::Lines => None,
    };
    super::reload::on_signal(path, &config, desk.renewal(), showcase.clone())?;
    let counter = desk.counter();
    reader::start(&config.reader, move |text| counter.send(Intent::Scan { text }))
        .map_err(|error| format!("o leitor não começou: {error}"))?;
    show(ui::Options { showcase, ..window_options(&config, false) }, face, desk)
}

/// A totem without its pictures still serves.
fn showcase(config: &Config) -> Option<Showcase> {
    let opened = Showcase::open(config.worn(), config.brand.folder.clone(), config.brand.zone());
    opened.inspect_err(|error| tracing::warn!(%error, "the brand's pictures are not shown")).ok()
}

pub const NO_DISPLAY: &str = "não há tela: nem WAYLAND_DISPLAY nem DISPLAY estão definidos. \
    Use --face lines para conversar por linhas (em demo, também --headless para uma visita sem janela)";

pub fn has_display() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"].iter().any(|name| std::env::var_os(name).is_some())
}

/// Opens the journal and every port, and starts the desk.
pub fn open_desk(config: &Config, path: &Path, rhythm: Rhythm) -> Result<Desk, String> {
    let meter = Arc::new(Meter::default());
    let (core, ports) = parts(config, path, rhythm, &meter)?;
    let desk = Desk::open(core, ports).map_err(|error| format!("o totem não começou: {error}"))?;
    let (totem, state) = (config.totem.name.clone(), config.totem.state.clone());
    let parts = [("erp", true), ("tef", config.tef.is_there()), ("printer", config.printer.is_some())];
    let parts = parts.into_iter().filter(|(_, is_there)| *is_there).map(|(part, _)| part).collect();
    let about = About { totem, version: env!("CARGO_PKG_VERSION"), state, parts };
    super::idle::answer_at_the_door(&about.state, &desk);
    // a totem that nobody watches still serves
    if let Err(error) = fleet::start(&config.fleet, &about, &meter) {
        tracing::warn!("{error}");
    }
    Ok(desk)
}

/// The inside of a desk: its core, from the journal, and every port.
pub fn parts(config: &Config, path: &Path, rhythm: Rhythm, meter: &Arc<Meter>) -> Result<(Core, Ports), String> {
    let state = &config.totem.state;
    let key = JournalKey::load_or_create(state).map_err(|error| error.to_string())?;
    let file = state.join("journal.db");
    let journal = Journal::open(&file, &key);
    let safe = Strongbox {
        pins: config.technician.pin.clone(),
        journal: file,
        key: key.clone(),
        clerk: Clerk { config: path.to_owned(), totem: config.totem.name.clone(), state: state.clone() },
    };
    let book = match journal {
        Ok(journal) => Book::open(journal, key, Arc::clone(meter)),
        Err(error @ totem::journal::Error::AlreadyRunning { .. }) => return Err(error.to_string()),
        Err(error) => Book::broken(error.to_string()),
    };
    let now = Timestamp::now();
    let journey = Journey::new(config.journey_settings(), now);
    let site = Site {
        beneficiary: config.beneficiary_on_paper(),
        totem: config.totem.name.clone(),
        ticket_kind: config.payment.ticket_kind(),
        prints_merchant_copy: config.tef.merchant_copy == MerchantCopy::Print,
    };
    tracing::info!(by = ?config.payment.write_off, "who writes off what the totem receives");
    let mut core = Core::open(journey, Box::new(book), config.payment.rules(config.tef.driver()), rhythm, site, now);
    core.serve_technicians(Box::new(InWords), env!("CARGO_PKG_VERSION"));
    core.send_codes(config.courier.limits(), None);
    core.keep_up(Upkeep { keep_months: config.journal.months(), ..Upkeep::default() });
    let ports = Ports { safe: Some(Arc::new(safe)), meter: Arc::clone(meter), ..ports(config)? };
    Ok((core, ports))
}

fn ports(config: &Config) -> Result<Ports, String> {
    let erp = config.erp.connect()?;
    let unfit = config.unfit(erp.as_ref());
    if !unfit.is_empty() {
        return Err(unfit.join("; "));
    }
    for warning in config.warnings() {
        tracing::warn!("{warning}");
    }
    let pix = pix_providers(config)?;
    let tef = tef(&config.tef)?;
    let needs_write_off = config.payment.write_off == WriteOffBy::Api;
    let printer =
        config.printer.as_ref().map(|settings| printer::open_in(settings, &config.totem.state)).transpose()?;
    let pix_accounts = config.pix.by_identifier.clone();
    // this very program draws them, also where an update has put another one in its place
    let pages = Some(Reader::new("/proc/self/exe".into()));
    let postal =
        config.join.cep.as_ref().map(postal::Service::connect).transpose().map_err(|error| error.to_string())?;
    let postal = postal.map(|service| Arc::new(service) as Arc<dyn Postal>);
    let couriers = super::letters::couriers(config)?;
    let (safe, meter) = (None, Arc::default());
    Ok(Ports { erp, pix, pix_accounts, postal, couriers, needs_write_off, tef, printer, pages, safe, meter })
}

/// The one TEF of the configuration, if there is one. Without its library or its manager the totem starts all the same.
pub fn tef(choice: &TefChoice) -> Result<Option<Box<dyn Tef>>, String> {
    Ok(match choice {
        TefChoice { file_exchange: Some(settings), .. } => {
            let tef = file_exchange::connect(settings.clone()).map_err(|error| error.to_string())?;
            Some(Box::new(tef))
        }
        TefChoice { clisitef: Some(settings), .. } => {
            if !settings.library.exists() {
                tracing::warn!(
                    "a biblioteca do CliSiTef não está instalada: falta {}; sem ela não há cartão (tef.clisitef.library)",
                    settings.library.display()
                );
            }
            let tef = clisitef::connect(settings.clone()).map_err(|error| error.to_string())?;
            Some(Box::new(tef))
        }
        TefChoice { file_exchange: None, clisitef: None, .. } => None,
    })
}

/// In the order in which they are asked for a code: the ERP's own, unless the site prefers its banks; the banks as they
/// stand in the file; a static key last.
pub fn pix_providers(config: &Config) -> Result<Vec<Arc<dyn PixProvider>>, String> {
    let choices = &config.pix;
    let mut providers: Vec<Arc<dyn PixProvider>> = Vec::new();
    for bank in &choices.bank {
        providers.push(Arc::new(api_pix::connect(bank.clone()).map_err(|error| error.to_string())?));
    }
    if let Some(settings) = &choices.mercado_pago {
        providers.push(Arc::new(mercado_pago::connect(settings.clone()).map_err(|error| error.to_string())?));
    }
    if choices.erp_code {
        let place = if choices.prefer == Prefer::Bank { providers.len() } else { 0 };
        providers.insert(place, Arc::new(ErpCode));
    }
    if let Some(settings) = &choices.static_key {
        providers.push(Arc::new(StaticKey::new(settings).map_err(|error| error.to_string())?));
    }
    Ok(providers)
}

pub fn window_options(config: &Config, may_close: bool) -> ui::Options {
    let screen = &config.screen;
    ui::Options {
        fullscreen: screen.fullscreen,
        size: (screen.width, screen.height),
        brand: Brand::of(&config.worn()),
        showcase: None,
        scanner: config.reader.is_there(),
        hide_cursor: !may_close,
        may_close,
        tray: None,
        pulse: None,
    }
}

/// Lets a face talk to the desk until it ends, and the desk finish what is in flight.
pub fn show(mut window: ui::Options, face: Face, desk: Desk) -> Result<(), String> {
    let counter = desk.counter();
    end_on_signal(counter.clone())?;
    window.pulse = super::service::start(&desk, face)?;
    let shown = match face {
        Face::Lines => {
            lines::run(&counter, BufReader::new(std::io::stdin()), std::io::stdout().lock());
            Ok(())
        }
        Face::Window => ui::run(counter.clone(), window).map_err(|error| error.to_string()),
    };
    service::ends();
    counter.finish();
    desk.wait();
    shown
}

/// SIGTERM and SIGINT end the totem as a customer who walks away would.
fn end_on_signal(counter: Counter) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("o totem não começou: {error}"))?;
    std::thread::spawn(move || {
        use tokio::signal::unix::{SignalKind, signal};
        runtime.block_on(async {
            let (Ok(mut term), Ok(mut int)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
                return tracing::warn!("signals cannot be watched");
            };
            tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
            service::ends();
            let mut views = counter.subscribe();
            counter.finish();
            while views.recv().await.is_some() {}
            std::process::exit(0);
        });
    });
    Ok(())
}
