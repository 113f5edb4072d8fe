//! One story's scene: a stand-in of its own in another process, the relay before it, and the driver as the desk has it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use totem::config;
use totem::domain::{Account, BillRef, CardKind, Charge, InvoiceState, Money, TaxId};
use totem::erp::{Capability, Erp, PaidBy, WriteOff};

use crate::process::Process;
use crate::relay::Relay;
use crate::subjects::Subject;

/// How a story ended. What goes wrong panics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Well,
    /// The driver says that it cannot do this.
    NotAble,
}

pub const MARIA: &str = "52998224725";
pub const PEDRO: &str = "00000000191";
pub const JOAO: &str = "11144477735";
pub const ANA: &str = "12345678909";
/// Valid, and no customer of any stand-in.
pub const NOBODY: &str = "93541134780";

pub struct Scene {
    pub subject: &'static Subject,
    pub relay: Relay,
    pub erp: Arc<dyn Erp>,
    pub runtime: tokio::runtime::Runtime,
    dir: tempfile::TempDir,
    _stand_in: Process,
}

/// Where a driver's configuration leads, for the row that writes it.
pub struct Place<'a> {
    pub base: &'a str,
    /// A file with the stand-in's secret.
    pub secret: PathBuf,
}

impl Place<'_> {
    /// Another secret, in a file of its own beside the first.
    pub fn another_secret(&self, name: &str, text: &str) -> PathBuf {
        let file = self.secret.with_file_name(name);
        keep(&file, text);
        file
    }
}

fn keep(file: &Path, secret: &str) {
    std::fs::write(file, secret).unwrap();
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

impl Scene {
    pub fn of(subject: &'static Subject) -> Scene {
        Scene::with(subject, subject.secret, |text| text)
    }

    /// The same with another secret and another configuration.
    pub fn with(subject: &'static Subject, secret: &str, change: impl FnOnce(String) -> String) -> Scene {
        let dir = tempfile::Builder::new().prefix("totem-story").tempdir().unwrap();
        let state = dir.path().join("stand-in");
        let state = state.to_str().unwrap();
        let args = [&["simulate", subject.stand_in[0], "--state", state], &subject.stand_in[1..]].concat();
        let mut stand_in = Process::start(subject.stand_in[0], &args);
        let ready: Value = serde_json::from_str(&stand_in.line("the stand-in's address")).unwrap();
        let relay = Relay::before(ready["listening"].as_str().unwrap().parse().unwrap());
        let text = change(text(subject, &relay.base, secret, dir.path()));
        let erp = connected(&text, dir.path()).unwrap_or_else(|why| panic!("{why}\n{text}"));
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Scene { subject, relay, erp, runtime, dir, _stand_in: stand_in }
    }

    pub fn can(&self, capability: Capability) -> bool {
        self.erp.supports(capability).is_usable()
    }

    pub fn account(&self, cpf: &str) -> Account {
        let account = self.try_account(cpf).unwrap_or_else(|error| panic!("{cpf}: {error}"));
        account.unwrap_or_else(|| panic!("{cpf} is not known"))
    }

    pub fn try_account(&self, cpf: &str) -> Result<Option<Account>, totem::erp::Error> {
        self.runtime.block_on(self.erp.account(&tax_id(cpf)))
    }

    /// Maria's one bill, found as the desk finds it.
    pub fn bill(&self) -> (BillRef, Charge) {
        let account = self.account(MARIA);
        let [invoice] = account.invoices.as_slice() else { panic!("{} bills", account.invoices.len()) };
        let charge = invoice.charge_due(today()).unwrap_or_else(|| panic!("nobody knows what bill 90 comes to"));
        (BillRef { customer: account.customer.id, invoice: invoice.id.clone() }, charge)
    }

    pub fn write_off(&self) -> WriteOff {
        let (bill, charge) = self.bill();
        let paid_by = PaidBy::Card {
            kind: CardKind::Debit,
            network: "STONE".to_owned(),
            brand: "VISA".to_owned(),
            nsu: "000123".to_owned(),
            authorization: "A1B2C3".to_owned(),
        };
        WriteOff { bill, charge, on: today(), paid_by }
    }

    pub fn read(&self, bill: &BillRef) -> InvoiceState {
        self.runtime.block_on(self.erp.invoice(bill)).unwrap_or_else(|error| panic!("reading the bill: {error}"))
    }

    pub fn is_open(&self, bill: &BillRef) -> bool {
        matches!(self.read(bill), InvoiceState::Open(_))
    }

    pub fn stand_in_dir(&self) -> PathBuf {
        self.dir.path().join("stand-in")
    }

    pub fn book(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.stand_in_dir().join(self.subject.book)).unwrap()).unwrap()
    }

    /// How often the stand-in's own book has Maria's bill written off.
    pub fn times_written_off(&self, bill: &BillRef) -> usize {
        (self.subject.times_written_off)(&self.book(), &bill.invoice.0)
    }

    /// Waits until the stand-in's book has it so: an ERP may take a write-off in first and carry it out later.
    pub fn until_written_off(&self, bill: &BillRef, times: usize) {
        let patience = Instant::now() + Duration::from_secs(20);
        while self.times_written_off(bill) != times {
            assert!(Instant::now() < patience, "{} instead of {times} times", self.times_written_off(bill));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Somebody else pays the bill, at the provider's own counter.
    pub fn settle_elsewhere(&self, bill: &BillRef) {
        let id = crate::subjects::number(&bill.invoice.0);
        let draft = self.stand_in_dir().join("control.new");
        std::fs::write(&draft, json!({ "settle_elsewhere": [id] }).to_string()).unwrap();
        std::fs::rename(draft, self.stand_in_dir().join("control.json")).unwrap();
    }
}

/// The day in São Paulo, as the desk has it.
pub fn today() -> jiff::civil::Date {
    totem::domain::calendar::sao_paulo_date(jiff::Timestamp::now())
}

pub fn tax_id(cpf: &str) -> TaxId {
    TaxId::parse(cpf).unwrap()
}

pub fn cents(money: Money) -> u64 {
    money.cents()
}

/// A technician's whole file around the driver's own tables.
pub fn text(subject: &Subject, base: &str, secret: &str, dir: &Path) -> String {
    let file = dir.join("secret");
    keep(&file, secret);
    let tables = (subject.tables)(&Place { base, secret: file });
    format!(
        "[totem]\nname = \"CONFORME\"\nstate = \"{}\"\n\n[beneficiary]\nname = \"Provedor Exemplo\"\n\
         tax_id = \"11.222.333/0001-81\"\naddress = \"Rua das Flores, 100\"\nhelp_phone = \"0800 000 0000\"\n\n\
         [journey]\nmethods = [\"boleto\"]\n\n{tables}",
        dir.join("totem").display()
    )
}

/// The driver, from the text alone.
pub fn connected(text: &str, dir: &Path) -> Result<Arc<dyn Erp>, String> {
    let config = config::parse(text, &dir.join("totem.toml")).map_err(|error| error.to_string())?;
    config.erp.connect()
}
