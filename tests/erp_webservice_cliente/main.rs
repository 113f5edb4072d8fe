//! The WebService Cliente driver against a scripted server that says what the document's examples say.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test's helpers fail as tests do")]

mod counter;
mod noise;
mod reads;
mod secrecy;
mod server;
mod transport;
mod write_off;

use std::time::Duration;

use totem::domain::{BillRef, TaxId};
use totem::erp::webservice_cliente::{Settings, WebServiceCliente, connect_with};
use totem::http::Patience;

use server::Server;

pub const CPF: &str = "52998224725";

pub const ROWS: &str = r#"
    write_off = [
      { method = "debit", id_forma_pagamento = 2, id_conta_financeira = 1, id_bandeira = 1 },
      { method = "pix", id_forma_pagamento = 5, id_conta_financeira = 9 },
    ]
"#;

pub fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/webservice_cliente/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn settings(base: &str, more: &str) -> Settings {
    let password = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(password.path(), "s3nha").unwrap();
    let place = password.path().display();
    toml::from_str(&format!("url = \"{base}\"\nuser = \"totem\"\npassword = {{ file = \"{place}\" }}\n{more}")).unwrap()
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

pub fn driver(server: &Server, more: &str) -> WebServiceCliente {
    connect_with(settings(&server.base, more), patience()).unwrap()
}

pub fn cpf() -> TaxId {
    TaxId::parse(CPF).unwrap()
}

pub fn bill(invoice: &str) -> BillRef {
    BillRef { customer: "81593".into(), invoice: invoice.into() }
}
