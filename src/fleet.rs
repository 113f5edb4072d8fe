//! What an operator of hundreds of totems sees: one set of numbers, fetched by Prometheus or Zabbix from loopback, or
//! pushed as OTLP or over MQTT. It reads what the desk left in the meter, on threads of its own; nothing here can hold up a payment.

mod look;
mod metrics;
mod mqtt;
mod mqtt_settings;
mod otlp;
mod prometheus;
mod scrape;
mod spool;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Deserialize;

use crate::runtime::Meter;
use crate::secret::Secret;

pub use look::Sight;
pub use metrics::{Family, Kind, metrics};
pub use mqtt_settings::Mqtt;
pub use otlp::as_otlp;
pub use prometheus::as_text;

/// `[fleet]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where the numbers are given out in Prometheus' text format, `127.0.0.1:9464`; nowhere, where it is not set.
    pub metrics: Option<SocketAddr>,
    pub otlp: Option<Otlp>,
    pub mqtt: Option<Mqtt>,
}

/// `[fleet.otlp]`: a collector that takes OTLP over HTTP as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Otlp {
    /// Without `/v1/metrics`.
    pub url: String,
    #[serde(default)]
    pub allow_plain_http: bool,
    /// The whole `Authorization` header.
    #[serde(default)]
    pub authorization: Option<Secret>,
    #[serde(default = "every")]
    pub every_s: u32,
    /// What could not be sent is kept up to this size; the oldest goes first.
    #[serde(default = "spool_mb")]
    pub spool_mb: u32,
}

/// Where a collector takes metrics, below its address.
const PATH: &str = "/v1/metrics";

impl Otlp {
    fn check(&self) -> Result<(), Error> {
        let url = crate::http::address(&self.url, self.allow_plain_http)?;
        if url.path().trim_end_matches('/').ends_with(PATH) { Err(Error::OtlpPath) } else { Ok(()) }
    }
}

const fn every() -> u32 {
    60
}

const fn spool_mb() -> u32 {
    8
}

/// What does not change while the totem runs.
#[derive(Debug, Clone)]
pub struct About {
    pub totem: String,
    pub version: &'static str,
    /// Its free space is told, and what could not be sent is kept below it.
    pub state: PathBuf,
    /// The parts that this site has: of another none is told as down.
    pub parts: Vec<&'static str>,
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "fleet.metrics: {0} não é desta máquina: use 127.0.0.1 ou [::1]; quem busca de fora passa pelo agente local"
    )]
    NotLoopback(SocketAddr),
    #[error("fleet.metrics: {0} não pôde ser aberto: {1}")]
    Taken(SocketAddr, std::io::Error),
    #[error("fleet.otlp.url: {0}")]
    Otlp(#[from] crate::http::SetUpError),
    #[error("fleet.otlp.url: sem {PATH} no fim: o totem o acrescenta")]
    OtlpPath,
    #[error("fleet.otlp.authorization: há um caractere que um cabeçalho HTTP não aceita")]
    Authorization,
    #[error("fleet.mqtt.url: {0}")]
    MqttUrl(&'static str),
    #[error("fleet.mqtt.topic: de 1 a 200 letras, sem +, # nem $ no começo, e sem / nas pontas")]
    MqttTopic,
    #[error("fleet.mqtt.user: uma senha precisa de um usuário")]
    MqttUser,
    #[error("fleet.mqtt.ca: não consegui ler {0}: {1}")]
    MqttAuthorities(PathBuf, std::io::Error),
    #[error("fleet: {0}")]
    Thread(#[from] std::io::Error),
}

impl Settings {
    /// What is wrong with it, without opening anything.
    pub fn check(&self) -> Result<(), Error> {
        match self.metrics {
            Some(address) if !address.ip().is_loopback() => Err(Error::NotLoopback(address)),
            _ => {
                self.otlp.as_ref().map_or(Ok(()), Otlp::check)?;
                self.mqtt.as_ref().map_or(Ok(()), Mqtt::check)
            }
        }
    }
}

/// Begins to tell. It goes on until the program ends.
pub fn start(settings: &Settings, about: &About, meter: &Arc<Meter>) -> Result<(), Error> {
    settings.check()?;
    if let Some(address) = settings.metrics {
        let open = scrape::open(address, about.clone(), Arc::clone(meter)).map_err(|why| Error::Taken(address, why))?;
        tracing::info!(%open, "metrics are given out");
    }
    if let Some(collector) = &settings.otlp {
        otlp::start(collector, about.clone(), Arc::clone(meter))?;
    }
    if let Some(broker) = &settings.mqtt {
        mqtt::start(broker, about.clone(), Arc::clone(meter))?;
    }
    Ok(())
}

impl Error {
    /// The key that it is about.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Error::NotLoopback(_) | Error::Taken(..) => "fleet.metrics",
            Error::Otlp(_) | Error::OtlpPath => "fleet.otlp.url",
            Error::Authorization => "fleet.otlp.authorization",
            Error::MqttUrl(_) => "fleet.mqtt.url",
            Error::MqttTopic => "fleet.mqtt.topic",
            Error::MqttUser => "fleet.mqtt.user",
            Error::MqttAuthorities(..) => "fleet.mqtt.ca",
            Error::Thread(_) => "fleet",
        }
    }
}

#[cfg(test)]
mod tests;
