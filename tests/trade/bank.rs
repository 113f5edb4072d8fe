//! A bank for the trade, behind mutual TLS with certificates that are made here and thrown away with the trade.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use serde_json::{Value, json};

use super::books::read as read_book;
use super::process::{Process, free};
use super::{Trade, order, simulate};

pub struct Bank {
    process: Process,
    /// Where it listens, to come back there.
    port: String,
}

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Authority::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

impl Trade {
    /// All partners and a bank: its charges are the only PIX codes there are.
    pub fn with_a_bank() -> Trade {
        let mut trade = Trade::open();
        trade.make_certificates();
        trade.start_bank();
        trade.configure("pix = true\n", "pix = false\n");
        let table = trade.bank_table("banco");
        trade.configure("[tef.file_exchange]\n", &format!("{PIX_ROW}\n{table}\n[tef.file_exchange]\n"));
        trade
    }

    fn keep(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path
    }

    fn make_certificates(&self) {
        let (banks, clients) = (authority("Banco"), authority("Clientes do banco"));
        self.keep("bank-ca.pem", &banks.pem());
        self.keep("client-ca.pem", &clients.pem());
        for (name, issuer, host) in [("server", &banks, "127.0.0.1"), ("client", &clients, "totem.example")] {
            let key = KeyPair::generate().unwrap();
            let made = CertificateParams::new(vec![host.to_owned()]).unwrap().signed_by(&key, issuer).unwrap();
            self.keep(&format!("{name}.pem"), &made.pem());
            self.keep(&format!("{name}.key"), &key.serialize_pem());
        }
    }

    /// The bank at work, at the place where it was before if it was.
    pub fn start_bank(&mut self) {
        let port = self.bank.take().map_or_else(|| free().port().to_string(), |bank| bank.port);
        let file = |name: &str| self.path(name).to_str().unwrap().to_owned();
        let (cert, key, clients) = (file("server.pem"), file("server.key"), file("client-ca.pem"));
        let tls = ["--tls-cert", &cert, "--tls-key", &key, "--client-ca", &clients, "--port", &port];
        let mut process = simulate("bank", &self.path("bank"), &tls);
        process.line("the bank's readiness");
        self.bank = Some(Bank { process, port });
    }

    pub fn stop_bank(&mut self) {
        self.bank.as_mut().unwrap().process.kill();
    }

    /// The configuration's table for the bank, under this name.
    pub fn bank_table(&self, id: &str) -> String {
        let (dir, port) = (self.dir.path().display(), &self.bank.as_ref().unwrap().port);
        format!(
            r#"[[pix.bank]]
id = "{id}"
client_id = "totem"
client_secret = {{ file = "{dir}/password" }}
certificate = {{ pem = "{dir}/client.pem", key = {{ file = "{dir}/client.key" }} }}
authorities = "{dir}/bank-ca.pem"
key = "7d9f0335-8dcc-4054-9bf9-0dbd61d36906"
name = "PROVEDOR EXEMPLO"
city = "BELO HORIZONTE"
expires_in_s = 300
base_url = "https://127.0.0.1:{port}/v2"
token_url = "https://127.0.0.1:{port}/oauth/token"
auth = "basic_form"
scopes = ["cob.read", "cob.write"]
"#
        )
    }

    pub fn order_bank(&self, orders: &Value) {
        order(&self.path("bank"), orders);
    }

    pub fn bank_book(&self) -> Value {
        read_book(&self.path("bank/bank.json"))
    }

    /// Txid and charge of each, the oldest first.
    pub fn charges(&self) -> Vec<(String, Value)> {
        let book = self.bank_book();
        let charges = book["charges"].as_object().unwrap().iter();
        let mut charges: Vec<_> = charges.map(|(txid, charge)| (txid.clone(), charge.clone())).collect();
        charges.sort_by_key(|(_, charge)| charge["location_id"].as_u64());
        charges
    }

    /// The latest charge.
    pub fn charge(&self) -> (String, Value) {
        self.charges().pop().unwrap()
    }

    /// The end-to-end ids of what came in for the latest charge.
    pub fn received(&self) -> Vec<String> {
        let (_, charge) = self.charge();
        let pix = charge["pix"].as_array().unwrap().iter();
        pix.map(|pix| pix["end_to_end_id"].as_str().unwrap().to_owned()).collect()
    }

    /// All devoluções of the latest charge.
    pub fn devolutions(&self) -> Vec<Value> {
        let (_, charge) = self.charge();
        let pix = charge["pix"].as_array().unwrap().iter();
        pix.flat_map(|pix| pix["refunds"].as_array().unwrap().clone()).collect()
    }

    /// So many calls of an operation arrived at the bank.
    pub fn bank_calls(&self, operation: &str) -> u64 {
        self.bank_book()["calls"][operation].as_u64().unwrap_or(0)
    }

    /// The payer pays the latest charge, and the bank has it in its book.
    pub fn payer_pays(&self) {
        let (txid, _) = self.charge();
        self.payer(&json!({ "pay_now": [txid] }));
    }

    /// Something that brings money to the latest charge.
    pub fn payer(&self, orders: &Value) {
        self.order_bank(orders);
        self.until_books("the money at the bank", |trade| !trade.received().is_empty());
    }

    /// The bank was asked for nothing that its API does not have.
    pub fn bank_is_content(&self) {
        assert_eq!(self.bank_book()["errors"], json!([]));
    }
}

const PIX_ROW: &str = "[[erp.webservice_cliente.write_off]]
method = \"pix\"
id_forma_pagamento = 5
id_conta_financeira = 34
";
