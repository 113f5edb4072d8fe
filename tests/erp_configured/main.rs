//! The configured driver against a scripted server: definitions that work, and definitions that are refused.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test's helpers fail as tests do")]

mod by_code;
mod calls;
mod datacake;
mod paying;
mod refused;
mod server;
mod services;
mod smartbill;
mod standin;
mod told;

use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use jiff::civil::date;
use totem::domain::{BillRef, CardKind, Charge, Money, TaxId};
use totem::erp::configured::{Configured, Settings, connect_with, mistakes};
use totem::erp::{PaidBy, WriteOff};
use totem::http::Patience;

use server::Server;

pub const CPF: &str = "52998224725";

/// A folder with what a site keeps beside its configuration.
pub struct Site {
    dir: tempfile::TempDir,
}

impl Site {
    #[allow(clippy::new_without_default, reason = "it makes a folder")]
    pub fn new() -> Site {
        let dir = tempfile::tempdir().unwrap();
        let secret = dir.path().join("secret");
        std::fs::write(&secret, "s3gredo").unwrap();
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).unwrap();
        Site { dir }
    }

    pub fn path(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    /// Writes a definition of the site's own and gives its path.
    pub fn definition(&self, text: &str) -> String {
        let path = self.path("meu-erp.toml");
        std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
        path
    }

    /// `[erp.configured]` as a site writes it; `SECRET` stands for the place of a secret.
    pub fn settings(&self, text: &str) -> Settings {
        let place = format!("{{ file = \"{}\" }}", self.path("secret"));
        toml::from_str(&text.replace("SECRET", &place)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// A definition with its values.
    pub fn with(&self, definition: &str, values: &str) -> Settings {
        let path = self.definition(definition);
        self.settings(&format!("definition = \"{path}\"\n{values}"))
    }
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

pub fn driver(settings: &Settings) -> Configured {
    connect_with(settings, patience()).unwrap_or_else(|error| panic!("{error}"))
}

/// What is wrong with a definition, in one text.
pub fn wrong(settings: &Settings) -> String {
    mistakes(settings).into_iter().map(|mistake| mistake.message).collect::<Vec<_>>().join("\n")
}

pub fn fixture(name: &str) -> String {
    let path = format!("{}/tests/fixtures/datacake/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn cpf() -> TaxId {
    TaxId::parse(CPF).unwrap()
}

pub fn bill(invoice: &str) -> BillRef {
    BillRef { customer: "81593".into(), invoice: invoice.into() }
}

pub fn write_off() -> WriteOff {
    let charge = Charge {
        principal: Money::from_cents(31598),
        fine: Money::from_cents(632),
        interest: Money::from_cents(1475),
        discount: Money::ZERO,
    };
    WriteOff { bill: bill("90"), charge, on: date(2026, 8, 4), paid_by: card() }
}

pub fn card() -> PaidBy {
    PaidBy::Card {
        kind: CardKind::Debit,
        network: "STONE".to_owned(),
        brand: "VISA".to_owned(),
        nsu: "123456".to_owned(),
        authorization: "654321".to_owned(),
    }
}

/// The head and the body of a request.
pub fn parts(request: &str) -> (&str, &str) {
    request.split_once("\r\n\r\n").unwrap()
}

pub fn body(server: &Server, route: &str) -> String {
    parts(&server.seen_at(route)[0]).1.to_owned()
}
