//! One preset, its real driver and its stand-in in another process.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use totem::domain::{BillRef, CardKind, Charge, InvoiceState, Money, TaxId};
use totem::erp::configured::{Configured, Settings, connect_with, mistakes};
use totem::erp::{Erp, PaidBy, WriteOff};
use totem::http::Patience;

use crate::process::Process;

pub const MARIA: &str = "52998224725";
pub const JOAO: &str = "11144477735";
pub const ANA: &str = "12345678909";
pub const PEDRO: &str = "00000000191";
pub const NOBODY: &str = "39053344705";

/// One of the five, and what is peculiar about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    Ixc,
    Sgp,
    Rbx,
    Voalle,
    MkAuth,
}

pub use Preset::{Ixc, MkAuth, Rbx, Sgp, Voalle};

pub const ALL: [Preset; 5] = [Ixc, Sgp, Rbx, Voalle, MkAuth];

impl Preset {
    pub fn name(self) -> &'static str {
        match self {
            Ixc => "ixc",
            Sgp => "sgp",
            Rbx => "rbx",
            Voalle => "voalle",
            MkAuth => "mk_auth",
        }
    }

    pub fn values(self) -> &'static str {
        match self {
            Ixc => "usuario = \"totem\"\ntoken = SECRET",
            Sgp => "app = \"totem\"\ntoken = SECRET",
            Rbx => "chave = SECRET\nhistorico_documento = \"65874\"",
            Voalle => "auth_url = \"URL\"\nclient_id = \"totem\"\nclient_secret = SECRET\nsyndata = SYNDATA",
            MkAuth => "client_id = \"totem\"\nclient_secret = SECRET",
        }
    }

    /// Of debit, credit and PIX.
    pub fn rows(self) -> [&'static str; 3] {
        match self {
            Ixc => [
                r#"conta = "12", planejamento = "1", recebimento = "CD""#,
                r#"conta = "13", planejamento = "2", recebimento = "CC""#,
                r#"conta = "14", planejamento = "3", recebimento = "P""#,
            ],
            Sgp => [r#"ponto_recebimento = "1""#; 3],
            Rbx => ["", "", r#"conta = "34", historico = "20""#],
            Voalle => [
                r#"conta = "TOTEM", forma = "CD""#,
                r#"conta = "TOTEM", forma = "CC""#,
                r#"conta = "001", forma = "PIX""#,
            ],
            MkAuth => [""; 3],
        }
    }

    /// A bill of the stand-in's book as this ERP names it.
    pub fn bill(self, number: i64) -> String {
        match self {
            MkAuth => format!("7E000002-0000-4000-8000-{number:012}"),
            _ => number.to_string(),
        }
    }

    pub fn customer(self, number: i64) -> String {
        match self {
            MkAuth => format!("7E000001-0000-4000-8000-{number:012}"),
            _ => number.to_string(),
        }
    }
}

pub struct Partner {
    pub preset: Preset,
    pub driver: Configured,
    _standin: Process,
    url: String,
    dir: TempDir,
}

impl Partner {
    pub fn path(&self, name: &str) -> std::path::PathBuf {
        self.dir.path().join(name)
    }
}

pub fn open(preset: Preset) -> Partner {
    open_with(preset, &[])
}

pub fn open_with(preset: Preset, more: &[&str]) -> Partner {
    let dir = tempfile::tempdir().unwrap();
    for (name, secret) in [("secret", "demonstracao"), ("syndata", "sindicato")] {
        let path = dir.path().join(name);
        std::fs::write(&path, secret).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let state = dir.path().join("erp").display().to_string();
    let command = preset.name().replace('_', "-");
    let mut args = vec!["simulate", &command, "--state", &state];
    args.extend(more);
    let mut standin = Process::start(preset.name(), &args);
    let ready: Value = serde_json::from_str(&standin.line("the stand-in's address")).unwrap();
    let url = format!("http://{}", ready["listening"].as_str().unwrap());
    let driver = connect_with(&settings(preset, &url, dir.path()), patience()).unwrap_or_else(|why| panic!("{why}"));
    Partner { preset, driver, _standin: standin, url, dir }
}

/// `[erp.configured]` as a site writes it.
pub fn settings(preset: Preset, url: &str, dir: &Path) -> Settings {
    let [debit, credit, pix] = preset.rows();
    let place = |name: &str| format!("{{ file = \"{}\" }}", dir.join(name).display());
    let values = preset.values().replace("URL", url).replace("SECRET", &place("secret"));
    let text = format!(
        "preset = \"{}\"\n\
         write_off = [\n  {{ method = \"debit\", values = {{ {debit} }} }},\n  \
         {{ method = \"credit\", values = {{ {credit} }} }},\n  {{ method = \"pix\", values = {{ {pix} }} }},\n]\n\
         [values]\nbase_url = \"{url}\"\n{}\n",
        preset.name(),
        values.replace("SYNDATA", &place("syndata")),
    );
    let settings: Settings = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let wrong: Vec<String> = mistakes(&settings).into_iter().map(|mistake| mistake.message).collect();
    assert!(wrong.is_empty(), "{preset:?}: {}", wrong.join("\n"));
    settings
}

/// The real deadlines, divided so that a test does not take half a minute.
fn patience() -> Patience {
    Patience {
        connect: Duration::from_secs(2),
        list: Duration::from_secs(10),
        document: Duration::from_secs(10),
        token: Duration::from_secs(10),
        before_retry: Duration::from_millis(10),
        all_tries: Duration::from_secs(10),
        breaker: Duration::from_millis(1),
    }
}

impl Partner {
    /// The driver after a restart: it remembers nobody.
    pub fn restarted(&self) -> Configured {
        self.with_address(&self.url)
    }

    pub fn with_address(&self, url: &str) -> Configured {
        connect_with(&settings(self.preset, url, self.dir.path()), patience()).unwrap()
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn spoil_secret(&self) {
        std::fs::write(self.dir.path().join("secret"), "outra").unwrap();
    }

    pub fn order(&self, orders: &Value) {
        let path = self.dir.path().join("erp/control.json");
        std::fs::write(path.with_extension("draft"), orders.to_string()).unwrap();
        std::fs::rename(path.with_extension("draft"), path).unwrap();
    }

    pub fn book(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.dir.path().join("erp/erp.json")).unwrap()).unwrap()
    }

    pub fn write_offs(&self, bill: i64) -> Vec<Value> {
        let book = self.book();
        book["write_offs"].as_array().unwrap().iter().filter(|call| call["bill"] == bill).cloned().collect()
    }

    pub fn applied(&self, bill: i64) -> usize {
        self.write_offs(bill).iter().filter(|call| call["applied"] == true).count()
    }

    pub fn calls(&self, operation: &str) -> u64 {
        self.book()["calls"][operation].as_u64().unwrap_or(0)
    }

    pub fn bill(&self, number: i64) -> BillRef {
        let owner = if number == 90 { 81593 } else { 81594 };
        BillRef {
            customer: self.preset.customer(owner).as_str().into(),
            invoice: self.preset.bill(number).as_str().into(),
        }
    }

    /// Lets the driver meet a customer, as at the totem.
    pub async fn meet(&self, cpf: &str) {
        self.driver.account(&TaxId::parse(cpf).unwrap()).await.unwrap().unwrap();
    }

    pub async fn look(&self, number: i64) -> InvoiceState {
        self.driver.invoice(&self.bill(number)).await.unwrap_or_else(|why| panic!("{:?}: {why}", self.preset))
    }

    /// What an unclear write-off is settled by: looks until the bill is no longer open.
    pub async fn until_settled(&self, number: i64) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while matches!(self.look(number).await, InvoiceState::Open(_)) {
            assert!(Instant::now() < deadline, "{:?}: bill {number} stays open", self.preset);
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
    }

    /// A write-off of the bill as it stands, in full, for today.
    pub async fn write_off(&self, number: i64, paid_by: PaidBy) -> WriteOff {
        let InvoiceState::Open(invoice) = self.look(number).await else { panic!("bill {number} is not open") };
        let charge = invoice.charge_due(today()).unwrap_or_else(|| panic!("{:?}: no amount", self.preset));
        WriteOff { bill: self.bill(number), charge, on: today(), paid_by }
    }
}

pub fn today() -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap();
    zone.to_datetime(jiff::Timestamp::now()).date()
}

/// What bill 90 has come to, 140 days late.
pub fn charge_of_90() -> Charge {
    Charge {
        principal: Money::from_cents(31598),
        fine: Money::from_cents(632),
        interest: Money::from_cents(1475),
        discount: Money::ZERO,
    }
}

pub fn card(kind: CardKind, nsu: &str) -> PaidBy {
    PaidBy::Card {
        kind,
        network: "STONE".to_owned(),
        brand: "MASTERCARD".to_owned(),
        nsu: nsu.to_owned(),
        authorization: "A1B2C3".to_owned(),
    }
}

pub fn debit() -> PaidBy {
    card(CardKind::Debit, "000123456")
}

pub fn pix() -> PaidBy {
    PaidBy::Pix { end_to_end: "E00000000202611221200abcdefghijk".to_owned() }
}
