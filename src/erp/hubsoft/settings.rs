//! What a site says of its HubSoft: address, sign-in, and the cash accounts that its write-offs go to.

use std::path::PathBuf;

use serde::Deserialize;

use crate::erp::site_table::{Fits, Method, Row};
use crate::secret::Secret;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address, such as `https://api.provedor.hubsoft.com.br`; the paths of the document are put below it.
    pub url: String,
    /// What the vendor gives an integration for the OAuth2 password grant; the user is always an e-mail address.
    pub client_id: String,
    pub client_secret: Secret,
    pub username: String,
    pub password: Secret,
    /// Where the token, good for thirty days, outlives a restart. Without it each start signs in again.
    #[serde(default)]
    pub token_file: Option<PathBuf>,
    /// Plain http to another machine. Password and customers' data then travel readable.
    #[serde(default)]
    pub allow_plain_http: bool,
    /// Follow a bill's `link` over plain http where it is on the ERP's own host: the document prints one.
    #[serde(default)]
    pub allow_plain_http_links: bool,
    /// Other hosts on which bills and notes lie, over https only.
    #[serde(default)]
    pub link_hosts: Vec<String>,
    /// Whether the ERP issues PIX codes: the document of 2020 knows none.
    #[serde(default = "yes")]
    pub pix: bool,
    /// For how many days a contract is unlocked on trust; the ERP's own default is one, and its rule has a limit.
    #[serde(default)]
    pub unlock_days: Option<u8>,
    /// Whether a ticket opened here also opens a service order in the field.
    #[serde(default)]
    pub open_service_order: bool,
    #[serde(default = "sao_paulo")]
    pub zone: String,
    /// How overdue bills are negotiated here; without it none are.
    #[serde(default)]
    pub negotiation: Option<Negotiation>,
    /// Which cash account and means of payment each kind of payment is written off to. Without rows nothing is.
    #[serde(default)]
    pub write_off: Vec<WriteOffRow>,
}

/// What a simulation has to be told. Whether it may be, and what it comes to, the ERP's own rules say.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Negotiation {
    /// Up to so many instalments are simulated.
    pub instalments: u8,
    /// In how many days the first of them is due.
    #[serde(default)]
    pub first_due_days: u16,
    /// Where the provider has no rules: the company, and the form of charge of the new bills.
    #[serde(default)]
    pub empresa: Option<u64>,
    #[serde(default)]
    pub forma_cobranca: Option<u64>,
}

fn yes() -> bool {
    true
}

fn sao_paulo() -> String {
    "America/Sao_Paulo".to_owned()
}

/// One row of the write-off table. The row that says most about a payment is taken; of two alike, the first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOffRow {
    pub method: Method,
    /// The acquirer's network as the TEF names it; any, where absent.
    #[serde(default)]
    pub network: Option<String>,
    /// The card's brand as the TEF names it; any, where absent.
    #[serde(default)]
    pub brand: Option<String>,
    /// From `GET /configuracao/caixa_financeiro`.
    pub id_caixa_financeiro: u64,
    /// The prefix of `GET /configuracao/meio_pagamento`: `pix`, `cartao_debito`, or one that the provider made.
    pub meio_pagamento: String,
}

impl Row for WriteOffRow {
    fn fits(&self) -> Fits<'_> {
        Fits { method: self.method, network: self.network.as_deref(), brand: self.brand.as_deref() }
    }
}
