//! The whole totem with the trade behind it: an ERP over real HTTP, a TEF manager over real folders, a printer on a real
//! pseudo-terminal.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use totem::config::{
    self, Advanced, Config, ErpChoice, JourneyChoices, MerchantCopy, MethodName, PaymentChoices, PixChoices, Screen,
    TefChoice, Totem,
};
use totem::domain::receipt::Beneficiary;
use totem::erp::site_table::Method;
use totem::erp::webservice_cliente::{Settings as ErpSettings, WriteOffRow};
use totem::journey::Language;
use totem::printer;
use totem::runtime::Rhythm;
use totem::simulator::{self, tef_manager};
use totem::tef::file_exchange;
use totem::ui;

use super::{Face, papers, run, visit};

#[derive(Args)]
pub struct DemoArgs {
    #[arg(long, value_enum, default_value_t = Face::Window)]
    face: Face,
    /// Play a few visits without a window and end
    #[arg(long)]
    headless: bool,
    /// With --headless: save a picture of every step and of every paper here
    #[arg(long, value_name = "DIR", requires = "headless")]
    pictures: Option<PathBuf>,
    /// Show each paper on the screen as it comes out; a touch takes it away
    #[arg(long, conflicts_with = "headless")]
    show_papers: bool,
    /// How fast the stand-in customers pay
    #[arg(long, value_enum, default_value_t = Pace::Normal)]
    pace: Pace,
    /// Keep journal, the stand-ins' books and papers in this folder
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// The window's size, such as 768x1360
    #[arg(long, value_name = "WxH", value_parser = size, default_value = "1080x1920")]
    window: (u32, u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Pace {
    Normal,
    Fast,
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = text.split_once('x').ok_or("expected WIDTHxHEIGHT, such as 768x1360")?;
    let side = |side: &str| side.parse::<u32>().ok().filter(|side| (320..=7680).contains(side));
    side(width).zip(side(height)).ok_or_else(|| "each side is 320 to 7680".to_owned())
}

pub fn demo(args: &DemoArgs) -> Result<(), String> {
    super::logs::start(if args.pace == Pace::Normal { "totem=info,warn" } else { "warn" });
    if !args.headless && args.face == Face::Window && !run::has_display() {
        return Err(run::NO_DISPLAY.to_owned());
    }
    let state = State::new(args.state.clone())?;
    let trade = Trade::open(&state.dir, args.pace)?;
    let config = trade.config(&state.dir, args.window);
    for person in simulator::erp::people(simulator::erp::SeedSet::Demo) {
        eprintln!("customer {} cpf={} verify={}", person.what, person.cpf, person.birth);
    }
    eprintln!("papers {}", trade.papers.display());
    let rhythm = match args.pace {
        Pace::Normal => Rhythm { pix: [std::time::Duration::from_secs(1); 3], ..Rhythm::default() },
        Pace::Fast => Rhythm::quick(),
    };
    let desk = run::open_desk(&config, Path::new(config::USUAL), rhythm)?;
    if args.headless {
        let counter = desk.counter();
        let pictures = visit::Pictures::new(args.pictures.as_deref(), &run::window_options(&config, true))?;
        let played = visit::play(&counter, pictures);
        counter.finish();
        desk.wait();
        if let Some(dir) = &args.pictures {
            copy_papers(&trade.papers, dir)?;
        }
        return played;
    }
    let mut window = run::window_options(&config, true);
    if args.show_papers {
        let (slot, tray) = ui::Tray::new();
        window.tray = Some(tray);
        papers::watch(trade.papers.clone(), slot);
    }
    run::show(window, args.face, desk)
}

fn copy_papers(from: &Path, to: &Path) -> Result<(), String> {
    let about = |error: std::io::Error| format!("the papers could not be copied to {}: {error}", to.display());
    for entry in std::fs::read_dir(from).map_err(about)? {
        let path = entry.map_err(about)?.path();
        if let (Some(name), true) = (path.file_name(), path.extension().is_some_and(|ending| ending == "png")) {
            std::fs::copy(&path, to.join(name)).map_err(about)?;
        }
    }
    Ok(())
}

/// Where the demonstration keeps its things; one of its own is cleared away at the end.
struct State {
    dir: PathBuf,
    passing: bool,
}

impl State {
    fn new(wanted: Option<PathBuf>) -> Result<State, String> {
        let passing = wanted.is_none();
        let dir = wanted.unwrap_or_else(|| std::env::temp_dir().join(format!("totem-demo-{}", std::process::id())));
        std::fs::create_dir_all(&dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        let dir = dir.canonicalize().map_err(|error| format!("{}: {error}", dir.display()))?;
        Ok(State { dir, passing })
    }
}

impl Drop for State {
    fn drop(&mut self) {
        if self.passing
            && let Err(error) = std::fs::remove_dir_all(&self.dir)
        {
            tracing::warn!(%error, "the demonstration's folder could not be removed");
        }
    }
}

/// The stand-ins, for as long as the demonstration lives.
struct Trade {
    erp: simulator::erp::Running,
    _tef: tef_manager::Running,
    _printer: simulator::printer::Running,
    exchange: PathBuf,
    port: PathBuf,
    papers: PathBuf,
}

impl Trade {
    fn open(state: &Path, pace: Pace) -> Result<Trade, String> {
        let started = |what: &'static str| move |error: std::io::Error| format!("the stand-in {what}: {error}");
        let mut erp = simulator::erp::Options::new(state.join("erp"));
        let mut tef = tef_manager::Options::fast(&state.join("tef"));
        tef.card_after_ms = 2_500;
        tef.pin_after_ms = 3_000;
        if pace == Pace::Fast {
            erp.pace = simulator::erp::Pace::Fast;
        } else {
            tef.pace = tef_manager::Pace::Real;
        }
        let papers = state.join("papers");
        let port = state.join("printer");
        let printer =
            simulator::printer::Options { port: Some(port.clone()), ..simulator::printer::Options::at(&papers) };
        Ok(Trade {
            erp: simulator::erp::start(erp).map_err(started("ERP"))?,
            exchange: state.join("tef"),
            _tef: tef_manager::start(&tef).map_err(started("TEF manager"))?,
            _printer: simulator::printer::start(&printer).map_err(started("printer"))?,
            port,
            papers,
        })
    }

    /// The configuration a technician would write for this trade.
    fn config(&self, state: &Path, (width, height): (u32, u32)) -> Config {
        let credentials = self.erp.credentials();
        let row = |method, posting: simulator::erp::tables::Posting| WriteOffRow {
            method,
            network: None,
            brand: None,
            id_forma_pagamento: posting.method.unsigned_abs(),
            id_conta_financeira: posting.account.unsigned_abs(),
            id_bandeira: None,
        };
        use simulator::erp::tables::{CREDIT, DEBIT, PIX};
        Config {
            totem: Totem { name: "DEMO-01".to_owned(), state: state.join("totem"), language: Language::PtBr },
            beneficiary: Beneficiary {
                brand: String::new(),
                name: "Provedor Exemplo Internet Ltda".to_owned(),
                tax_id: "11.222.333/0001-81".to_owned(),
                address: "Rua das Flores, 100 - Centro - Cidade Exemplo".to_owned(),
                help_phone: "0800 000 0000".to_owned(),
            },
            screen: Screen {
                fullscreen: std::env::var_os("XDG_CURRENT_DESKTOP").is_none(),
                width,
                height,
                brand: "Provedor Exemplo".to_owned(),
            },
            brand: totem::config::BrandChoice::default(),
            journey: JourneyChoices {
                methods: vec![MethodName::Pix, MethodName::Debit, MethodName::Credit, MethodName::Boleto],
                max_instalments: 3,
                ..JourneyChoices::default()
            },
            payment: PaymentChoices::default(),
            erp: ErpChoice {
                webservice_cliente: Some(ErpSettings {
                    url: format!("http://{}", self.erp.address()),
                    user: credentials.user.clone(),
                    password: credentials.password.as_str().into(),
                    allow_plain_http: false,
                    pix: true,
                    valor_pago_includes_charges: false,
                    zone: "America/Sao_Paulo".to_owned(),
                    customer_password: false,
                    notifications: None,
                    visit_days: 14,
                    write_off: vec![row(Method::Debit, DEBIT), row(Method::Credit, CREDIT), row(Method::Pix, PIX)],
                }),
                ..ErpChoice::default()
            },
            pix: PixChoices::default(),
            tef: TefChoice {
                clisitef: None,
                merchant_copy: MerchantCopy::Store,
                file_exchange: Some(file_exchange::Settings {
                    request_folder: self.exchange.join("req"),
                    response_folder: self.exchange.join("resp"),
                    dialect: file_exchange::DialectName::Paygo,
                    identification: file_exchange::Identification {
                        application: "TOTEM".to_owned(),
                        version: env!("CARGO_PKG_VERSION").to_owned(),
                        company: "PROVEDOR EXEMPLO".to_owned(),
                        certification: "000000000000".to_owned(),
                        interface_version: "225".to_owned(),
                    },
                    instalments_by: totem::tef::InstalmentsBy::default(),
                    sts_timeout_ms: 7_000,
                    response_limit_s: 600,
                    poll_ms: 50,
                    state_dir: state.join("totem").join("tef"),
                }),
            },
            printer: Some(printer::Settings { port: self.port.clone(), ..printer::Settings::default() }),
            reader: totem::reader::Settings::default(),
            journal: totem::config::JournalChoices::default(),
            fleet: totem::fleet::Settings::default(),
            technician: totem::technician::Settings::default(),
            join: totem::config::JoinTable::default(),
            courier: totem::config::CourierTable::default(),
            advanced: Advanced::default(),
        }
    }
}
