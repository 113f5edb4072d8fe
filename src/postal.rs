//! Postal: where a CEP is, asked of a public service that a site may name. Whoever gets no answer types the address.

mod service;

use std::future::Future;
use std::pin::Pin;

use serde::Deserialize;

use crate::domain::joining::Place;
use crate::http::SetUpError;

pub use service::Service;

/// An answer that is on its way.
pub type Reply<'a> = Pin<Box<dyn Future<Output = Result<Option<Place>, Error>> + Send + 'a>>;

/// Why it is not known whether there is such a CEP.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("the CEP service cannot be reached: {0}")]
    Unreachable(String),
    #[error("the CEP service's answer cannot be read: {0}")]
    Garbled(String),
}

pub trait Postal: Send + Sync {
    /// Eight digits; nothing where there is no such CEP.
    fn find<'a>(&'a self, cep: &'a str) -> Reply<'a>;
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// With `{cep}` where its eight digits stand.
    pub url: String,
    #[serde(default)]
    pub allow_plain_http: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("o endereço precisa de {{cep}} onde vai o CEP, como \"https://viacep.com.br/ws/{{cep}}/json/\"")]
    NoPlace,
    #[error(transparent)]
    SetUp(#[from] SetUpError),
}
