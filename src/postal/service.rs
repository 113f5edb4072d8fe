//! The public services of Brazil: ViaCEP and OpenCEP have one set of names, BrasilAPI another. Both are understood.

use std::time::Duration;

use reqwest::header::HeaderMap;
use reqwest::{Method, Url};
use serde::Deserialize;

use super::{Error, Postal, Reply, Settings, Unfit};
use crate::domain::joining::Place;
use crate::http::{Client, Lost, Partner, Patience, Request};

const OPERATION: &str = "cep";
const AT_MOST: usize = 64 * 1024;
/// Somebody stands there and could type it meanwhile.
const WITHIN: Duration = Duration::from_secs(4);

pub struct Service {
    http: Client,
    template: String,
}

/// What is in the other set is absent.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Found {
    #[serde(alias = "street")]
    logradouro: Option<String>,
    #[serde(alias = "neighborhood")]
    bairro: Option<String>,
    #[serde(alias = "city")]
    localidade: Option<String>,
    #[serde(alias = "state")]
    uf: Option<String>,
}

impl Service {
    pub fn connect(settings: &Settings) -> Result<Service, Unfit> {
        if !settings.url.contains("{cep}") {
            return Err(Unfit::NoPlace);
        }
        let patience =
            Patience { connect: Duration::from_secs(2), list: WITHIN, all_tries: WITHIN, ..Patience::default() };
        let base = settings.url.replace("{cep}", "00000000");
        let http = Client::to(&Partner {
            name: "CEP",
            base: &base,
            allow_plain_http: settings.allow_plain_http,
            patience,
            identity: None,
            authorities: None,
        })?;
        Ok(Service { http, template: settings.url.clone() })
    }

    async fn ask(&self, cep: &str) -> Result<Option<Place>, Error> {
        if cep.len() != 8 || !cep.bytes().all(|digit| digit.is_ascii_digit()) {
            return Ok(None);
        }
        let url = self.template.replace("{cep}", cep);
        let url: Url = url.parse().map_err(|_| Error::Unreachable("the address is none".to_owned()))?;
        let headers = HeaderMap::new();
        let request = Request {
            operation: OPERATION,
            method: Method::GET,
            url,
            headers,
            body: None,
            within: WITHIN,
            at_most: AT_MOST,
        };
        let answer = self.http.read(&request).await.map_err(lost)?;
        match answer.status {
            404 => return Ok(None),
            200..=299 => {}
            status => return Err(Error::Unreachable(format!("HTTP {status}"))),
        }
        // serde's own text may repeat the answer
        let found: Found =
            serde_json::from_slice(&answer.body).map_err(|_| Error::Garbled("no JSON of ours".into()))?;
        Ok(place(found))
    }
}

fn lost(lost: Lost) -> Error {
    match lost {
        Lost::TooLarge { .. } | Lost::Redirected => Error::Garbled("too much, or from elsewhere".to_owned()),
        Lost::Down(status) => Error::Unreachable(format!("HTTP {status}")),
        Lost::Untrusted(why) => Error::Unreachable(why.to_string()),
        Lost::NotSent(why) | Lost::NoAnswer(why) => Error::Unreachable(why),
    }
}

/// ViaCEP says that there is no such CEP by an object without a place.
fn place(found: Found) -> Option<Place> {
    let tidy = |text: Option<String>| text.unwrap_or_default().trim().chars().take(100).collect::<String>();
    let (city, state) = (tidy(found.localidade), tidy(found.uf).to_uppercase());
    let is_state = state.len() == 2 && state.bytes().all(|letter| letter.is_ascii_uppercase());
    (is_state && !city.is_empty()).then(|| Place {
        street: tidy(found.logradouro),
        district: tidy(found.bairro),
        city,
        state,
    })
}

impl Postal for Service {
    fn find<'a>(&'a self, cep: &'a str) -> Reply<'a> {
        Box::pin(self.ask(cep))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Place> {
        place(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn both_sets_of_names_are_understood() {
        let of_via_cep = r#"{"cep":"01001-000","logradouro":"Praça da Sé","complemento":"lado ímpar","bairro":"Sé",
            "localidade":"São Paulo","uf":"SP","ibge":"3550308","gia":"1004","ddd":"11","siafi":"7107"}"#;
        let of_brasil_api = r#"{"cep":"01001000","state":"SP","city":"São Paulo","neighborhood":"Sé",
            "street":"Praça da Sé","service":"open-cep"}"#;
        assert_eq!(read(of_via_cep).map(|place| place.street), Some("Praça da Sé".to_owned()));
        assert!(read(of_via_cep) == read(of_brasil_api));
    }

    #[test]
    fn a_town_of_one_cep_has_no_street_and_an_unknown_cep_is_nowhere() {
        let town = read(r#"{"logradouro":"","bairro":"","localidade":"Cidade Exemplo","uf":"mg"}"#).unwrap();
        assert_eq!((town.street.as_str(), town.state.as_str()), ("", "MG"));
        for nowhere in [r#"{"erro": true}"#, r#"{"erro": "true"}"#, r#"{"uf":"Minas","localidade":"X"}"#, "{}"] {
            assert!(read(nowhere).is_none(), "{nowhere}");
        }
    }
}
