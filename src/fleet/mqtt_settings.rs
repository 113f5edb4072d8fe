//! `[fleet.mqtt]`: which broker is told, how it knows the totem, and under which topic.

use std::path::PathBuf;

use reqwest::Url;
use serde::Deserialize;

use super::Error;
use crate::secret::Secret;

/// Certificates of the whole world's authorities, on Debian.
const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";
const TOPIC_AT_MOST: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mqtt {
    /// `mqtts://broker:8883`, or `mqtt://127.0.0.1:1883`.
    pub url: String,
    /// Plain MQTT to another machine, with whatever password.
    #[serde(default)]
    pub allow_plain: bool,
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub password: Option<Secret>,
    /// The only authorities that are believed, in PEM; the machine's own, where it is not set.
    #[serde(default)]
    pub ca: Option<PathBuf>,
    /// What stands before `/online`, `/state` and `/metrics`; `totem/` and the totem's name, where it is not set.
    #[serde(default)]
    pub topic: Option<String>,
    #[serde(default = "super::every")]
    pub every_s: u32,
}

/// Where the broker is.
#[derive(Debug, PartialEq, Eq)]
pub struct Broker {
    pub host: String,
    pub port: u16,
    pub is_secure: bool,
}

impl Mqtt {
    /// What is wrong with it, without opening anything.
    pub fn check(&self) -> Result<(), Error> {
        self.broker()?;
        match &self.topic {
            Some(topic) if !is_fit(topic) => Err(Error::MqttTopic),
            _ if self.password.is_some() && self.user.is_none() => Err(Error::MqttUser),
            _ => Ok(()),
        }
    }

    pub fn broker(&self) -> Result<Broker, Error> {
        let unfit = Error::MqttUrl;
        let url = Url::parse(self.url.trim()).map_err(|_| unfit("não é um endereço como mqtts://broker:8883"))?;
        let is_secure = match url.scheme() {
            "mqtts" => true,
            "mqtt" => false,
            _ => return Err(unfit("tem de começar com mqtts:// ou mqtt://")),
        };
        if !url.username().is_empty() || url.password().is_some() {
            return Err(unfit("usuário e senha têm chaves próprias: user e password"));
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(unfit("só máquina e porta: o tópico tem uma chave própria"));
        }
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty() {
            return Err(unfit("falta a máquina"));
        }
        let stays_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
        if !is_secure && !stays_here && !self.allow_plain {
            return Err(unfit("mqtt:// para outra máquina anda sem cifra: use mqtts://, ou allow_plain = true"));
        }
        let port = url.port().unwrap_or(if is_secure { 8883 } else { 1883 });
        Ok(Broker { host, port, is_secure })
    }

    /// Under what everything of this totem stands.
    pub fn topic_of(&self, totem: &str) -> String {
        self.topic.clone().unwrap_or_else(|| {
            let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
            format!("totem/{}", totem.chars().map(plain).take(TOPIC_AT_MOST).collect::<String>())
        })
    }

    pub fn authorities(&self) -> Result<Vec<u8>, Error> {
        let path = self.ca.clone().unwrap_or_else(|| AUTHORITIES.into());
        std::fs::read(&path).map_err(|why| Error::MqttAuthorities(path, why))
    }
}

/// No wildcard, nothing that a broker keeps for itself, and nothing that is not seen.
fn is_fit(topic: &str) -> bool {
    (1..=TOPIC_AT_MOST).contains(&topic.len())
        && !topic.starts_with(['$', '/'])
        && !topic.ends_with('/')
        && !topic.chars().any(|letter| matches!(letter, '+' | '#') || letter.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mqtt(lines: &str) -> Mqtt {
        toml::from_str(lines).unwrap()
    }

    #[test]
    fn plain_mqtt_stays_on_this_machine() {
        for (url, host, port, is_secure) in [
            ("mqtts://broker.exemplo.com.br", "broker.exemplo.com.br", 8883, true),
            ("mqtts://broker.exemplo.com.br:18883/", "broker.exemplo.com.br", 18883, true),
            ("mqtt://127.0.0.1", "127.0.0.1", 1883, false),
            ("mqtt://[::1]:1884", "::1", 1884, false),
        ] {
            let broker = mqtt(&format!("url = \"{url}\"")).broker().unwrap();
            assert_eq!(broker, Broker { host: host.to_owned(), port, is_secure }, "{url}");
        }
        for url in [
            "mqtt://broker.exemplo.com.br",
            "http://127.0.0.1",
            "mqtts://user:word@broker",
            "mqtts://broker/topico",
            "broker:1883",
            "mqtts://",
            "",
        ] {
            let refused = mqtt(&format!("url = \"{url}\"")).check();
            assert!(matches!(refused, Err(Error::MqttUrl(_))), "{url}: {refused:?}");
        }
        assert!(mqtt("url = \"mqtt://broker.exemplo.com.br\"\nallow_plain = true").check().is_ok());
    }

    #[test]
    fn a_topic_is_one_place_and_made_of_the_name_where_none_is_given() {
        let given = |topic: &str| mqtt(&format!("url = \"mqtt://localhost\"\ntopic = \"{topic}\""));
        for topic in ["", "lojas/+/1", "lojas/#", "$SYS/1", "/loja", "loja/", "a\\u0007b"] {
            assert!(matches!(given(topic).check(), Err(Error::MqttTopic)), "{topic}");
        }
        assert_eq!(given("lojas/1").topic_of("X"), "lojas/1");
        assert_eq!(mqtt("url = \"mqtt://localhost\"").topic_of("Loja São José/1 +#"), "totem/loja-s-o-jos--1---");
    }
}
