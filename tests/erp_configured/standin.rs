//! The preset `datacake` against its stand-in as another process: the same customers as ever, and every way to misbehave.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use totem::domain::{BillRef, InvoiceState, TaxId};
use totem::erp::configured::Configured;
use totem::erp::{Erp, Error, WriteOff, WriteOffOutcome};

use crate::{Site, driver, write_off};

/// A stand-in that ends with the test.
pub struct StandIn {
    child: Child,
    state: String,
    pub address: String,
}

impl StandIn {
    pub fn start(site: &Site, name: &str, options: &[&str]) -> StandIn {
        let state = site.path(name);
        let mut child = Command::new(env!("CARGO_BIN_EXE_totem"))
            .args(["simulate", name, "--state", &state])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        StandIn { child, state, address: ready["listening"].as_str().unwrap().to_owned() }
    }

    pub fn book(&self) -> Value {
        serde_json::from_str(&std::fs::read_to_string(format!("{}/erp.json", self.state)).unwrap()).unwrap()
    }

    pub fn order(&self, orders: &Value) {
        let draft = format!("{}/control.draft", self.state);
        std::fs::write(&draft, orders.to_string()).unwrap();
        std::fs::rename(draft, format!("{}/control.json", self.state)).unwrap();
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn settings(address: &str) -> String {
    format!(
        r#"
preset = "datacake"
[values]
base_url = "http://{address}"
token = SECRET
path_info_cliente = "/cliente"
path_listar_faturas = "/faturas"
path_contratos = "/contratos"
path_instalacoes = "/instalacoes"
path_extratos = "/extratos"
path_baixa = "/baixa"
path_desbloqueio = "/habilitacao"
[[write_off]]
method = "debit"
"#
    )
}

fn open() -> (Site, StandIn, Configured) {
    let site = Site::new();
    let erp = StandIn::start(&site, "datacake", &["--token", "s3gredo"]);
    let driver = driver(&site.settings(&settings(&erp.address)));
    (site, erp, driver)
}

fn cpf(text: &str) -> TaxId {
    TaxId::parse(text).unwrap()
}

#[tokio::test]
async fn the_four_customers_are_found_with_what_they_owe() {
    let (_site, standin, erp) = open();
    let maria = erp.account(&cpf("52998224725")).await.unwrap().unwrap();
    assert_eq!((maria.invoices.len(), maria.contracts.len()), (1, 1));
    assert_eq!(maria.contracts[0].status, totem::domain::ContractStatus::Suspended);
    assert_eq!(erp.factors(&maria.customer.id).await.unwrap().birth, Some((18, 10)));
    let joao = erp.account(&cpf("11144477735")).await.unwrap().unwrap();
    assert_eq!((joao.invoices.len(), joao.contracts.len()), (12, 4));
    let two = joao.invoices.iter().find(|bill| bill.id.0 == "1226").unwrap();
    assert_eq!(two.contracts.len(), 2);
    let silent = joao.invoices.iter().find(|bill| bill.id.0 == "1228").unwrap();
    assert_eq!((silent.updated, silent.fine, &silent.boleto), (None, None, &None), "nobody says what it costs");
    assert!(erp.account(&cpf("12345678909")).await.unwrap().unwrap().invoices.is_empty());
    assert_eq!(erp.account(&cpf("00000000191")).await.unwrap().unwrap().invoices.len(), 200);
    assert_eq!(erp.account(&cpf("98765432100")).await, Ok(None));
    assert_eq!(standin.book()["errors"], json!([]));
}

#[tokio::test]
async fn an_erp_that_wants_the_parameters_of_a_get_in_a_body_gets_them_there() {
    let site = Site::new();
    let standin = StandIn::start(&site, "datacake", &["--token", "s3gredo", "--parameters", "body"]);
    let places = ["info_cliente", "listar_faturas", "planos", "planos_bloqueados", "faturas_pagas"]
        .map(|name| format!("[override.operation.{name}]\nplace = \"json\"\n"));
    let erp = driver(&site.settings(&format!("{}{}", settings(&standin.address), places.concat())));
    assert_eq!(erp.account(&cpf("11144477735")).await.unwrap().unwrap().invoices.len(), 12);
    assert_eq!(standin.book()["errors"], json!([]));
    let misplaced = driver(&site.settings(&settings(&standin.address)));
    assert!(misplaced.account(&cpf("11144477735")).await.is_err());
}

#[tokio::test]
async fn a_wrong_token_is_told_as_one() {
    let site = Site::new();
    let standin = StandIn::start(&site, "datacake", &["--token", "another"]);
    let erp = driver(&site.settings(&settings(&standin.address)));
    assert!(matches!(erp.account(&cpf("52998224725")).await, Err(Error::SignIn(_))));
}

#[tokio::test]
async fn whatever_happens_to_a_write_off_the_bill_is_read_right_afterwards_and_paid_once() {
    for (trick, outcome, is_paid) in [
        (json!({}), "Applied", true),
        (json!({"write_off": "lost_answer"}), "Unknown", true),
        (json!({"write_off": "lost_request"}), "Unknown", false),
        (json!({"write_off": "internal_error"}), "Unknown", false),
        (json!({"write_off": "internal_error_after"}), "Unknown", true),
        (json!({"write_off": "html"}), "Unknown", false),
        (json!({"write_off": "html_after"}), "Unknown", true),
        (json!({"write_off": "empty"}), "Unknown", false),
        (json!({"write_off": "empty_after"}), "Unknown", true),
        (json!({"write_off": "reject"}), "Rejected", false),
        (json!({"truncate": {"value": true, "for": "write_off"}}), "Unknown", true),
        (json!({"settle_elsewhere": [90]}), "AlreadySettled", true),
    ] {
        let (_site, standin, erp) = open();
        let account = erp.account(&cpf("52998224725")).await.unwrap().unwrap();
        standin.order(&trick);
        let bill = BillRef { customer: account.customer.id, invoice: "90".into() };
        let said = erp.write_off(&WriteOff { bill: bill.clone(), ..write_off() }).await.unwrap();
        assert!(format!("{said:?}").starts_with(outcome), "{trick}: {said:?}");
        let state = erp.invoice(&bill).await.unwrap();
        assert_eq!(matches!(state, InvoiceState::Paid { .. }), is_paid, "{trick}: {state:?}");
        assert_eq!(matches!(state, InvoiceState::Open(_)), !is_paid, "{trick}: {state:?}");
        standin.order(&json!({}));
        let again = erp.write_off(&WriteOff { bill, ..write_off() }).await.unwrap();
        let expected = if is_paid { WriteOffOutcome::AlreadySettled } else { WriteOffOutcome::Applied };
        assert_eq!(again, expected, "{trick}");
        let book = standin.book();
        let applied = book["write_offs"].as_array().unwrap().iter().filter(|call| call["applied"] == true).count();
        assert!(applied <= 1, "{trick}: {book:#}");
    }
}

#[tokio::test]
async fn a_suspended_contract_comes_back_on_trust_once() {
    use totem::domain::service::Change;
    let (_site, _standin, erp) = open();
    let maria = erp.account(&cpf("52998224725")).await.unwrap().unwrap();
    let contract = &maria.contracts[0].id;
    assert!(matches!(erp.unlock_on_trust(&maria.customer.id, contract).await, Ok(Change::Done(_))));
    assert!(matches!(erp.unlock_on_trust(&maria.customer.id, contract).await, Ok(Change::Refused { .. })));
}
