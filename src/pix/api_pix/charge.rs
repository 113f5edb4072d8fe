//! Makes a charge: the same request again until the bank has answered, and the code by whatever name it comes.

use std::time::Duration;

use reqwest::Method;
use tokio::time::sleep;

use super::ApiPix;
use super::cob::{Cob, MARGIN_S, NewAmount, NewCob, NewDebtor, NewLife};
use super::problem::Problem;
use super::session::{Right, Unanswered};
use super::settings::Kind;
use crate::domain::{BrCode, ConfirmedBy, InvoiceId, PixCharge, calendar};
use crate::http::{Answer, Lost, below};
use crate::pix::{Error, PixOrder};

const TRIES: u32 = 3;
/// A customer waits: a bank that wants longer silence has no code for them.
const WAIT_AT_MOST: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(500);
/// A charge just made may not be found for some seconds (seen at Itaú).
const LOOKS_FOR_CODE: u32 = 8;
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
/// `solicitacaoPagador`.
const LONGEST_REQUEST: usize = 140;

impl ApiPix {
    pub(super) async fn make_charge(&self, order: &PixOrder) -> Result<PixCharge, Error> {
        if !is_txid(&order.txid) {
            return Err(Error::Refused("a txid is 26 to 35 letters and digits".to_owned()));
        }
        if order.amount.is_zero() {
            return Err(Error::NoCode("there is nothing to pay".to_owned()));
        }
        let (calendario, devedor) = self.terms(order)?;
        let body = serde_json::to_string(&NewCob {
            calendario,
            devedor,
            valor: NewAmount { original: order.amount.to_decimal() },
            chave: self.settings.key.trim(),
            solicitacao_pagador: request(&order.invoices),
        })
        .map_err(|error| Error::Garbled(error.to_string()))?;
        let answer = self.put(&order.txid, &body).await?;
        let payload = match answer.status {
            200..300 => match Cob::read(&answer.body, &order.txid) {
                Ok(cob) if self.code_in(&cob).is_some() => self.checked(&cob, order)?,
                _ => self.found(order).await?,
            },
            // this txid is taken: by this very order, whose answer was lost
            400 | 409 | 422 => {
                let refusal = Error::Refused(Problem::of(&answer).to_string());
                match self.find(&order.txid).await.map_err(Error::from)? {
                    Some(found) if !found.cob.is_removed() => self.checked(&found.cob, order)?,
                    _ => return Err(refusal),
                }
            }
            _ => return Err(Error::Refused(Problem::of(&answer).to_string())),
        };
        Ok(self.charge_of(order, payload))
    }

    fn charge_of(&self, order: &PixOrder, payload: String) -> PixCharge {
        PixCharge {
            provider: self.session.bank.id.clone(),
            txid: order.txid.clone(),
            payload,
            confirmed_by: ConfirmedBy::Bank,
            expires_in_s: Some(self.settings.expires_in_s),
        }
    }

    /// How long it can be paid, and by whom it is owed where that must be told.
    fn terms<'a>(&self, order: &'a PixOrder) -> Result<(NewLife, Option<NewDebtor<'a>>), Error> {
        match self.settings.charge {
            Kind::Cob => Ok((NewLife::Immediate { expiracao: self.settings.expires_in_s + MARGIN_S }, None)),
            Kind::Cobv => {
                let nobody =
                    || Error::NoCode("a charge with a due date names the debtor, and none is known".to_owned());
                let debtor = order.debtor.as_ref().ok_or_else(nobody)?;
                let data_de_vencimento = calendar::sao_paulo_date(self.session.now());
                Ok((NewLife::Due { data_de_vencimento, validade_apos_vencimento: 0 }, Some(NewDebtor::of(debtor))))
            }
        }
    }

    /// The same txid and body again: the bank takes it for one charge.
    async fn put(&self, txid: &str, body: &str) -> Result<Answer, Error> {
        let kind = self.settings.charge;
        let url = below(&self.session.bank.base, &[kind.path(), txid]);
        let operation = if kind == Kind::Cob { "PUT cob" } else { "PUT cobv" };
        let mut tries = 1;
        loop {
            let sent = self.session.call(Right::Charge, operation, Method::PUT, &url, Some(body.to_owned())).await;
            let pause = match &sent {
                Ok(answer) if matches!(answer.status, 500 | 408) => BETWEEN_TRIES,
                Err(Unanswered::Lost(Lost::NotSent(_) | Lost::NoAnswer(_))) => BETWEEN_TRIES,
                Err(Unanswered::Busy { wait }) if *wait <= WAIT_AT_MOST => *wait,
                _ => return Ok(sent?),
            };
            if tries == TRIES {
                return Ok(sent?);
            }
            tries += 1;
            sleep(pause).await;
        }
    }

    /// The charge was taken, and its code did not come with the answer.
    async fn found(&self, order: &PixOrder) -> Result<String, Error> {
        for _ in 0..LOOKS_FOR_CODE {
            let found = self.find(&order.txid).await.map_err(Error::from)?;
            match found {
                Some(found) if self.code_in(&found.cob).is_some() || found.cob.is_done() => {
                    return self.checked(&found.cob, order);
                }
                Some(_) => break,
                None => sleep(BETWEEN_LOOKS).await,
            }
        }
        Err(Error::BadCode("the bank made a charge and gave neither code nor location".to_owned()))
    }

    fn code_in(&self, cob: &Cob) -> Option<Result<String, Error>> {
        let verbatim = cob.code().map(|code| Ok(code.to_owned()));
        verbatim.or_else(|| cob.built_code(&self.settings.name, &self.settings.city))
    }

    /// The code of a charge that asks for what was ordered. The bank's own code is shown as it came; a flaw in it is for
    /// the log.
    fn checked(&self, cob: &Cob, order: &PixOrder) -> Result<String, Error> {
        if cob.is_done() || cob.has_money() {
            return Err(Error::Over(Box::new(self.charge_of(order, String::new()))));
        }
        if cob.amount()?.is_some_and(|amount| amount != order.amount) {
            return Err(Error::BadCode("the bank's charge is for another amount".to_owned()));
        }
        let code = match self.code_in(cob) {
            Some(code) => code?,
            None => return Err(Error::BadCode("the bank gave neither code nor location".to_owned())),
        };
        let txid = &order.txid;
        match BrCode::parse(&code) {
            Err(flaw) => {
                tracing::warn!(txid, %flaw, "the bank's PIX code is not a right BR Code; it is shown as it came");
            }
            Ok(read) if read.amount.is_some_and(|amount| amount != order.amount) => {
                tracing::warn!(txid, "the bank's PIX code names another amount than the charge's");
            }
            Ok(_) => {}
        }
        Ok(code)
    }
}

/// API Pix, `txid` of `cob`.
pub(super) fn is_txid(txid: &str) -> bool {
    (26..=35).contains(&txid.len()) && txid.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What the payer reads.
fn request(invoices: &[InvoiceId]) -> String {
    let ids: Vec<&str> = invoices.iter().map(|invoice| invoice.0.as_str()).collect();
    let whole = format!("{} {}", if ids.len() == 1 { "Fatura" } else { "Faturas" }, ids.join(", "));
    if whole.chars().count() <= LONGEST_REQUEST { whole } else { format!("{} faturas", ids.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_payer_reads_which_bills_are_paid() {
        let ids = |count: usize| (0..count).map(|n| InvoiceId(format!("10000{n:03}"))).collect::<Vec<_>>();
        assert_eq!(request(&ids(1)), "Fatura 10000000");
        assert_eq!(request(&ids(2)), "Faturas 10000000, 10000001");
        assert_eq!(request(&ids(40)), "40 faturas");
    }
}
