//! The driver for a bank's API Pix, against answers built from the specification's tables.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test's helpers fail as tests do")]

mod charging;
mod giving_back;
#[path = "../journal_support/mod.rs"]
mod journal_support;
mod looking;
mod mercado_pago;
mod noise;
mod refunding;
mod server;
mod signing_in;
mod tls;

use std::time::Duration;

use server::Server;
use totem::domain::{ConfirmedBy, Money, PixCharge};
use totem::http::Patience;
use totem::pix::PixOrder;
use totem::pix::api_pix::{self, ApiPix, Settings};

pub const TXID: &str = "7978c0c97ea847e78e8849634473c1f1";
pub const E2E: &str = "E12345678202611221530abcdefghijk";
pub const LOCATION: &str = "pix.example.com/qr/v2/cob/9d36b84fc70b478fb95c12729b90ca25";

pub fn settings(server: &Server, more: &str) -> Settings {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "s3gr3d0").unwrap();
    let auth = if more.contains("auth =") { "" } else { "auth = \"basic_form\"" };
    toml::from_str(&format!(
        "id = \"banco\"\nclient_id = \"totem-1\"\nclient_secret = {{ file = {:?} }}\nkey = \"totem@provedor.example\"\n\
         name = \"PROVEDOR\"\ncity = \"BELEM\"\nbase_url = \"{base}/pix/v2\"\ntoken_url = \"{base}/oauth/token\"\n\
         {auth}\n{more}",
        secret.path(),
        base = server.base
    ))
    .unwrap()
}

pub fn driver(server: &Server) -> ApiPix {
    driver_with(server, "")
}

pub fn driver_with(server: &Server, more: &str) -> ApiPix {
    let patience =
        Patience { list: Duration::from_millis(700), token: Duration::from_millis(700), ..Patience::default() };
    api_pix::connect_with(settings(server, more), patience).unwrap()
}

pub fn order(cents: u64) -> PixOrder {
    PixOrder {
        txid: TXID.to_owned(),
        amount: Money::from_cents(cents),
        invoices: vec!["90".into(), "91".into()],
        erp_code: None,
    }
}

pub fn charge() -> PixCharge {
    PixCharge {
        provider: "banco".to_owned(),
        txid: TXID.to_owned(),
        payload: String::new(),
        confirmed_by: ConfirmedBy::Bank,
        expires_in_s: Some(300),
    }
}

pub fn route(method: &str) -> String {
    format!("{method} /pix/v2/cob/{TXID}")
}

/// A charge made at the given time, with these other fields.
pub fn cob(status: &str, made: &str, more: &str) -> String {
    format!(
        r#"{{"calendario":{{"criacao":"{made}","expiracao":360}},"txid":"{TXID}","revisao":0,"status":"{status}",
        "valor":{{"original":"337.05"}},"chave":"totem@provedor.example"{more}}}"#
    )
}

pub fn now() -> String {
    jiff::Timestamp::now().to_string()
}

pub fn pix(end_to_end: &str, amount: &str, more: &str) -> String {
    format!(
        r#"{{"endToEndId":"{end_to_end}","txid":"{TXID}","valor":{amount},"horario":"2026-11-22T15:30:00.123Z",
        "pagador":{{"nome":"MARIA DA SILVA","cpf":"52998224725"}},"infoPagador":"para Maria"{more}}}"#
    )
}
