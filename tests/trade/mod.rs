//! The whole trade for one test: the real program between real stand-ins, each a process of its own, in a folder of
//! their own. Everything ends when the trade is dropped.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test may stop here, and not every test uses all of it"
)]

pub mod bank;
pub mod books;
mod clisitef;
pub mod customer;
pub mod process;
pub mod technician;

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use customer::Customer;
use process::Process;

/// The stand-in ERP's customers.
pub struct Person {
    pub cpf: &'static str,
    pub factor: &'static str,
}

/// One overdue bill, number 90.
pub const MARIA: Person = Person { cpf: "52998224725", factor: "1810" };
/// Several contracts, bills of every sort.
pub const JOAO: Person = Person { cpf: "11144477735", factor: "2512" };
/// Owes nothing.
pub const ANA: Person = Person { cpf: "12345678909", factor: "0703" };
/// Two hundred bills from number 5000 on.
pub const PEDRO: Person = Person { cpf: "00000000191", factor: "2510" };

const WEBSERVICE_CLIENTE: &str = r#"[erp.webservice_cliente]
url = "{url}"
user = "totem"
password = { file = "{dir}/password" }
pix = true

[[erp.webservice_cliente.write_off]]
method = "debit"
id_forma_pagamento = 2
id_conta_financeira = 1

[[erp.webservice_cliente.write_off]]
method = "credit"
id_forma_pagamento = 3
id_conta_financeira = 2

"#;

/// What a site writes for the stand-in of document 003.
const DATACAKE: &str = r#"[erp.configured]
preset = "datacake"

[erp.configured.values]
base_url = "{url}"
token = { file = "{dir}/password" }
path_info_cliente = "/cliente"
path_listar_faturas = "/faturas"
path_contratos = "/contratos"
path_instalacoes = "/instalacoes"
path_extratos = "/extratos"
path_baixa = "/baixa"
path_notas = "/notas"
path_quitacao = "/quitacao"

[[erp.configured.write_off]]
method = "debit"

[[erp.configured.write_off]]
method = "credit"

"#;

pub struct Trade {
    dir: tempfile::TempDir,
    pub erp: Process,
    tef: Option<Process>,
    printer: Option<Process>,
    bank: Option<bank::Bank>,
    url: String,
    /// The ERP's part of the configuration.
    erp_table: &'static str,
    changes: Vec<(String, String)>,
}

impl Trade {
    /// All three partners at work and well.
    pub fn open() -> Trade {
        Trade::open_with("erp", &["--pace", "fast"], WEBSERVICE_CLIENTE)
    }

    /// The same with an ERP that keeps the contract of document 003, as a site describes it.
    pub fn open_with_datacake() -> Trade {
        Trade::open_with("datacake", &[], DATACAKE)
    }

    /// The same with another stand-in in the ERP's place; `{url}` and `{dir}` are filled into its table.
    pub fn open_with(simulated: &str, options: &[&str], erp_table: &'static str) -> Trade {
        let dir = tempfile::Builder::new().prefix("totem-trade").tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let mut erp = simulate(simulated, &at("erp"), options);
        let ready: Value = serde_json::from_str(&erp.line("the ERP's address")).unwrap();
        let url = format!("http://{}", ready["listening"].as_str().unwrap());
        std::fs::write(at("password"), "demonstracao").unwrap();
        std::fs::set_permissions(at("password"), std::fs::Permissions::from_mode(0o600)).unwrap();
        let mut trade = Trade { dir, erp, tef: None, printer: None, bank: None, url, erp_table, changes: Vec::new() };
        trade.start_tef();
        trade.start_printer();
        trade
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn start_tef(&mut self) {
        self.tef = None;
        let mut tef = simulate("tef-manager", &self.path("tef"), &["--pace", "fast"]);
        tef.line("the TEF manager's readiness");
        self.tef = Some(tef);
    }

    /// Another totem takes the place of the one there was: no journal, no memory.
    pub fn forget_the_totem(&self) {
        std::fs::remove_dir_all(self.path("totem")).unwrap();
    }

    pub fn start_printer(&mut self) {
        self.start_printer_of("epson", &[]);
    }

    /// One of a maker's, in the place of the one there was.
    pub fn start_printer_of(&mut self, model: &str, more: &[&str]) {
        self.printer = None;
        let port = self.path("port");
        let options = [&["--port", port.to_str().unwrap(), "--model", model], more].concat();
        let mut printer = simulate("printer", &self.path("papers"), &options);
        printer.line("the printer's readiness");
        self.printer = Some(printer);
    }

    /// Replaces text in the configuration of the totems started from now on.
    pub fn configure(&mut self, from: &str, to: &str) {
        assert!(self.configuration().contains(from), "the configuration has no {from}");
        self.changes.push((from.to_owned(), to.to_owned()));
    }

    pub fn configuration(&self) -> String {
        let dir = self.dir.path().display();
        let erp_table = self.erp_table.replace("{url}", &self.url).replace("{dir}", &dir.to_string());
        let text = format!(
            r#"[totem]
name = "PASSEIO-01"
state = "{dir}/totem"

[beneficiary]
name = "Provedor Exemplo Internet Ltda"
tax_id = "11.222.333/0001-81"
address = "Rua das Flores, 100"
help_phone = "0800 000 0000"

[brand]
folder = "{dir}/brand"

[journey]
warn_after_s = 45
leave_after_s = 20
end_after_s = 20
pix_on_screen_s = 300

{erp_table}
[tef.file_exchange]
request_folder = "{dir}/tef/req"
response_folder = "{dir}/tef/resp"
sts_timeout_ms = 7000
poll_ms = 20
state_dir = "{dir}/totem/tef"

[tef.file_exchange.identification]
application = "TOTEM"
version = "0.1.0"
company = "PROVEDOR EXEMPLO"
certification = "000000000000"

[printer]
port = "{dir}/port"

[advanced]
retry_s = [0.2, 0.5, 1, 2]
pix_poll_s = [0.2, 0.2, 0.2]
watch_s = 1
equipment_s = 2
late_looks_s = [0.5, 1]
pix_looks_per_minute = 600
"#
        );
        self.changes.iter().fold(text, |text, (from, to)| text.replace(from, to))
    }

    /// A totem on this configuration, with a customer before it.
    pub fn totem(&self) -> Customer {
        Customer::before(self.program())
    }

    pub fn totem_in(&self, environment: &[(&str, &std::ffi::OsStr)]) -> Customer {
        Customer::before(self.program_in(environment))
    }

    /// The same without waiting for anything.
    pub fn program(&self) -> Process {
        self.program_in(&[])
    }

    /// With these names added to its environment.
    pub fn program_in(&self, environment: &[(&str, &std::ffi::OsStr)]) -> Process {
        let config = self.path("totem.toml");
        std::fs::write(&config, self.configuration()).unwrap();
        let config = config.to_str().unwrap();
        Process::start_in("totem", &["run", "--config", config, "--face", "lines"], environment)
    }

    /// Orders the stand-in ERP's misbehaviour; `{}` takes it back.
    pub fn order_erp(&self, orders: &Value) {
        order(&self.path("erp"), orders);
    }

    pub fn order_tef(&self, orders: &Value) {
        order(&self.path("tef"), orders);
    }

    pub fn order_printer(&self, orders: &Value) {
        order(&self.path("papers"), orders);
    }

    pub fn erp_is_down(&self) {
        self.order_erp(&json!({"down": true}));
    }

    pub fn erp_is_back(&self) {
        self.order_erp(&json!({}));
    }
}

fn simulate(what: &str, state: &Path, more: &[&str]) -> Process {
    let state = state.to_str().unwrap();
    Process::start(what, &[&["simulate", what, "--state", state], more].concat())
}

fn order(state: &Path, orders: &Value) {
    let draft = state.join("control.draft");
    std::fs::write(&draft, orders.to_string()).unwrap();
    std::fs::rename(draft, state.join("control.json")).unwrap();
}
