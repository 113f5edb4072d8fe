//! The HubSoft driver against a scripted server that says what the documents' examples say, and against the stand-in.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test's helpers fail as tests do")]

mod bare;
mod counter;
mod noise;
mod reads;
mod secrecy;
mod server;
mod signing;
mod standin;
mod walking;
mod write_off;

use std::time::Duration;

use totem::domain::{BillRef, TaxId};
use totem::erp::hubsoft::{HubSoft, Settings, connect_with};
use totem::http::Patience;

use server::Server;

pub const CPF: &str = "52998224725";
pub const CUSTOMER: &str = "GET /api/v1/integracao/cliente";
pub const BILLS: &str = "GET /api/v1/integracao/cliente/financeiro";
pub const ACCOUNTS: &str = "GET /api/v1/integracao/configuracao/caixa_financeiro";

pub const ROWS: &str = r#"
    write_off = [
      { method = "debit", id_caixa_financeiro = 8, meio_pagamento = "cartao_debito" },
      { method = "credit", id_caixa_financeiro = 8, meio_pagamento = "cartao_credito" },
      { method = "pix", id_caixa_financeiro = 7, meio_pagamento = "pix" },
    ]
"#;

pub fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/hubsoft/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The document's example of a sign-in.
pub fn settings(base: &str, more: &str) -> Settings {
    signing_in_with(base, "test-client-secret", "senha-teste", "teste@teste.com", more)
}

pub fn signing_in_with(base: &str, secret: &str, password: &str, username: &str, more: &str) -> Settings {
    let file = |text: &str| {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    };
    let (secret, password) = (file(secret), file(password));
    let place = |file: &tempfile::NamedTempFile| format!("{{ file = \"{}\" }}", file.path().display());
    let (secret, password) = (place(&secret), place(&password));
    let text = format!(
        "url = \"{base}\"\nclient_id = \"3\"\nclient_secret = {secret}\nusername = \"{username}\"\npassword = {password}\n{more}"
    );
    toml::from_str(&text).unwrap()
}

/// The real deadlines, divided so that a test does not take half a minute.
pub fn patience() -> Patience {
    Patience {
        connect: Duration::from_secs(1),
        list: Duration::from_secs(2),
        document: Duration::from_secs(2),
        token: Duration::from_secs(2),
        before_retry: Duration::from_millis(10),
        all_tries: Duration::from_secs(3),
        breaker: Duration::from_secs(30),
    }
}

pub fn driver(server: &Server, more: &str) -> HubSoft {
    connect_with(settings(&server.base, more), patience()).unwrap()
}

pub fn tax_id(plain: &str) -> TaxId {
    TaxId::parse(plain).unwrap()
}

/// A bill of the document's customer.
pub fn bill(invoice: &str) -> BillRef {
    BillRef { customer: "1162".into(), invoice: invoice.into() }
}

pub fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}
