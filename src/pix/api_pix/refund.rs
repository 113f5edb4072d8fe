//! Gives money back (devolução). Only a person decides that; the totem itself gives back nothing but its own tries.

use reqwest::{Method, Url};
use serde::{Deserialize, Serialize};

use super::ApiPix;
use super::cob::money;
use super::problem::Problem;
use super::session::{Right, Unanswered};
use crate::domain::{Money, PixBack, PixReceipt};
use crate::http::{Answer, Lost, below};
use crate::pix::Error;
use crate::pix::text::Text;

/// A devolução as the bank tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// Ours.
    pub id: String,
    /// The bank's, `D…`, where it tells.
    pub return_id: Option<String>,
    pub amount: Option<Money>,
    /// `EM_PROCESSAMENTO`, `DEVOLVIDO`, `NAO_REALIZADO`.
    pub status: String,
    /// The bank's word on a refund that did not happen.
    pub why: Option<String>,
}

impl Refund {
    fn outcome(self) -> PixBack {
        match self.status.as_str() {
            "DEVOLVIDO" => PixBack::Done { return_id: self.return_id },
            "NAO_REALIZADO" => PixBack::Refused { why: self.why.unwrap_or(self.status) },
            _ => PixBack::Pending,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    #[serde(default)]
    rtr_id: Text,
    #[serde(default)]
    valor: Text,
    #[serde(default)]
    status: Text,
    #[serde(default)]
    motivo: Text,
}

#[derive(Serialize)]
struct Wanted {
    valor: String,
}

impl ApiPix {
    /// The whole of a Pix. What was made under this id before is found first: a bank may judge a second request anew.
    pub(super) async fn devolve(&self, receipt: &PixReceipt, id: &str) -> Result<PixBack, Error> {
        if let Some(made) = self.refund_status(&receipt.end_to_end, id).await? {
            return Ok(made.outcome());
        }
        match self.refund(&receipt.end_to_end, id, receipt.amount).await {
            Ok(refund) => Ok(refund.outcome()),
            // a refusal counts only where the bank knows of no such devolução
            Err(Error::Refused(why)) => {
                let made = self.refund_status(&receipt.end_to_end, id).await?;
                Ok(made.map_or(PixBack::Refused { why }, Refund::outcome))
            }
            Err(other) => Err(other),
        }
    }

    /// Asks for a devolução. The same id is one devolução however often it is asked for: a lost answer is looked up.
    pub async fn refund(&self, end_to_end: &str, id: &str, amount: Money) -> Result<Refund, Error> {
        let url = self.devolucao(end_to_end, id)?;
        let body = serde_json::to_string(&Wanted { valor: amount.to_decimal() })
            .map_err(|error| Error::Garbled(error.to_string()))?;
        let sent = self.session.call(Right::Refund, "PUT devolucao", Method::PUT, &url, Some(body)).await;
        match sent {
            Ok(answer) if answer.is_success() => told(id, &answer),
            Ok(answer) if matches!(answer.status, 400 | 409 | 422) => {
                let refusal = Error::Refused(Problem::of(&answer).to_string());
                self.refund_status(end_to_end, id).await?.ok_or(refusal)
            }
            // it may have been made all the same
            Ok(answer) if answer.status >= 500 => Err(Error::Unreachable(format!("HTTP {}", answer.status))),
            Ok(answer) => Err(Error::Refused(Problem::of(&answer).to_string())),
            Err(lost @ Unanswered::Lost(Lost::NoAnswer(_))) => {
                self.refund_status(end_to_end, id).await?.ok_or_else(|| lost.into())
            }
            Err(other) => Err(other.into()),
        }
    }

    /// What became of a devolução; nothing where the bank knows none of that id.
    pub async fn refund_status(&self, end_to_end: &str, id: &str) -> Result<Option<Refund>, Error> {
        let url = self.devolucao(end_to_end, id)?;
        let answer = self.session.call(Right::Refund, "GET devolucao", Method::GET, &url, None).await?;
        match answer.status {
            200..300 => told(id, &answer).map(Some),
            404 => Ok(None),
            _ => Err(Error::Refused(Problem::of(&answer).to_string())),
        }
    }

    fn devolucao(&self, end_to_end: &str, id: &str) -> Result<Url, Error> {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if end_to_end.len() != 32 || !end_to_end.starts_with('E') || !plain(end_to_end) {
            return Err(Error::Refused("an end-to-end id is E and 31 letters and digits".to_owned()));
        }
        if !(1..=35).contains(&id.len()) || !plain(id) {
            return Err(Error::Refused("the id of a refund is 1 to 35 letters and digits".to_owned()));
        }
        Ok(below(&self.session.bank.base, &["pix", end_to_end, "devolucao", id]))
    }
}

fn told(id: &str, answer: &Answer) -> Result<Refund, Error> {
    let told: Told =
        serde_json::from_slice(&answer.body).map_err(|_| Error::Garbled("no devolução in it".to_owned()))?;
    let own = |text: &Text| text.as_str().map(str::to_owned);
    Ok(Refund {
        id: id.to_owned(),
        return_id: own(&told.rtr_id),
        amount: told.valor.as_str().map(|text| money(text, "valor")).transpose()?,
        status: own(&told.status).ok_or_else(|| Error::Garbled("a devolução without its status".to_owned()))?,
        why: own(&told.motivo),
    })
}
