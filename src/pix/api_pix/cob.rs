//! A charge as the bank writes it (`Cob`, API Pix 2.9), and what it says of the money. Only named fields are read: who
//! paid is never among them.

use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::domain::tax_id::TaxIdKind;
use crate::domain::{BrCode, Money, PixReceipt};
use crate::pix::text::{Text, lenient};
use crate::pix::{Debtor, Error, PixState};

/// Beyond its life a charge may still be on its way from one bank to the other.
pub(super) const MARGIN_S: u32 = 60;
/// `validadeAposVencimento` where it is not told, API Pix.
const DAYS: i64 = 30;
/// A due date on a Saturday, at Carnival or on a city's holiday moves to the payer's next business day by itself: for so
/// long nobody can say that the charge has ended.
const ROLL_DAYS: i64 = 7;
/// `devedor.nome`.
const LONGEST_NAME: usize = 200;
/// `pixCopiaECola`, API Pix.
const LONGEST_CODE: usize = 512;
/// An end-to-end id has 32 letters and digits; some room for a bank that adds to it.
const ID_AT_MOST: usize = 64;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NewCob<'a> {
    pub calendario: NewLife,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub devedor: Option<NewDebtor<'a>>,
    pub valor: NewAmount,
    pub chave: &'a str,
    /// At most 140 letters.
    pub solicitacao_pagador: String,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum NewLife {
    Immediate {
        expiracao: u32,
    },
    #[serde(rename_all = "camelCase")]
    Due {
        data_de_vencimento: Date,
        validade_apos_vencimento: u32,
    },
}

#[derive(Serialize)]
pub(super) struct NewDebtor<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    cpf: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnpj: Option<&'a str>,
    /// At most 200 letters.
    nome: String,
}

impl<'a> NewDebtor<'a> {
    pub fn of(debtor: &'a Debtor) -> NewDebtor<'a> {
        let number = debtor.tax_id.plain();
        let (cpf, cnpj) = match debtor.tax_id.kind() {
            TaxIdKind::Cpf => (Some(number), None),
            TaxIdKind::Cnpj => (None, Some(number)),
        };
        NewDebtor { cpf, cnpj, nome: debtor.name.chars().take(LONGEST_NAME).collect() }
    }
}

#[derive(Serialize)]
pub(super) struct NewAmount {
    pub original: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Cob {
    txid: Text,
    status: Text,
    #[serde(deserialize_with = "lenient")]
    calendario: Life,
    #[serde(deserialize_with = "lenient")]
    valor: Amount,
    location: Text,
    #[serde(deserialize_with = "lenient")]
    loc: Location,
    #[serde(rename = "pixCopiaECola")]
    pix_copia_e_cola: Text,
    /// What Sicoob once called it.
    brcode: Text,
    /// What Banco do Brasil's test calls it.
    #[serde(rename = "textoImagemQRcode")]
    texto_imagem_qrcode: Text,
    pix: Option<Vec<Pix>>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Life {
    criacao: Text,
    expiracao: Text,
    data_de_vencimento: Text,
    validade_apos_vencimento: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Amount {
    original: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Location {
    location: Text,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Pix {
    end_to_end_id: Text,
    valor: Text,
    horario: Text,
    devolucoes: Option<Vec<Devolucao>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Devolucao {
    valor: Text,
    status: Text,
}

/// One Pix that came in for a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub end_to_end: String,
    pub amount: Money,
    /// Given back, or on its way back.
    pub returned: Money,
    pub at: Timestamp,
}

impl Received {
    fn kept(&self) -> Money {
        self.amount.checked_sub(self.returned).unwrap_or_default()
    }
}

impl Cob {
    /// The charge that was asked for: another one's money would be taken for its own.
    pub fn read(body: &[u8], txid: &str) -> Result<Cob, Error> {
        let cob: Cob = serde_json::from_slice(body).map_err(|_| Error::Garbled("no charge in it".to_owned()))?;
        if cob.txid.as_str().is_some_and(|told| !told.eq_ignore_ascii_case(txid)) {
            return Err(Error::Garbled("another charge than was asked for".to_owned()));
        }
        Ok(cob)
    }

    pub fn status(&self) -> &str {
        self.status.as_str().unwrap_or_default()
    }

    /// What was asked for.
    pub fn amount(&self) -> Result<Option<Money>, Error> {
        self.valor.original.as_str().map(|text| money(text, "valor.original")).transpose()
    }

    /// The code, by any of its names.
    pub fn code(&self) -> Option<&str> {
        [&self.pix_copia_e_cola, &self.brcode, &self.texto_imagem_qrcode]
            .into_iter()
            .filter_map(Text::as_str)
            .find(|code| code.chars().count() <= LONGEST_CODE && !code.chars().any(char::is_control))
    }

    /// A dynamic code made from where the bank keeps the charge.
    pub fn built_code(&self, name: &str, city: &str) -> Option<Result<String, Error>> {
        let location = self.location.as_str().or(self.loc.location.as_str())?;
        let location = location.strip_prefix("https://").unwrap_or(location);
        let code = BrCode::to_location(location, name, city).payload();
        Some(code.map_err(|flaw| Error::BadCode(flaw.to_string())))
    }

    pub fn is_done(&self) -> bool {
        self.status().eq_ignore_ascii_case("CONCLUIDA")
    }

    /// Whether any Pix came in.
    pub fn has_money(&self) -> bool {
        self.pix.as_ref().is_some_and(|pix| !pix.is_empty())
    }

    /// `REMOVIDA_…`, or as the specification's prose writes it, `REMOVIDO_…`.
    pub fn is_removed(&self) -> bool {
        self.status().to_ascii_uppercase().starts_with("REMOVID")
    }

    /// When it can no longer be paid, where the bank tells when it was made.
    pub fn ends(&self) -> Option<Timestamp> {
        let life = &self.calendario;
        if let Some(due) = life.data_de_vencimento.as_str() {
            let days: i64 = life.validade_apos_vencimento.as_str().and_then(|days| days.parse().ok()).unwrap_or(DAYS);
            let days = Span::new().try_days(days.checked_add(ROLL_DAYS)?).ok()?;
            let last = due.parse::<Date>().ok()?.checked_add(days).ok()?;
            return last.at(23, 59, 59, 0).in_tz("America/Sao_Paulo").ok().map(|end| end.timestamp());
        }
        let made: Timestamp = life.criacao.as_str()?.parse().ok()?;
        let life: u32 = life.expiracao.as_str()?.parse().ok()?;
        made.checked_add(SignedDuration::from_secs(i64::from(life))).ok()
    }

    /// All that came in. `now` stands where the bank tells no time.
    pub fn received(&self, now: Timestamp) -> Result<Vec<Received>, Error> {
        let mut all: Vec<Received> = Vec::new();
        for pix in self.pix.iter().flatten() {
            let one = pix.received(now)?;
            // told twice is received once
            if !all.iter().any(|known| known.end_to_end == one.end_to_end) {
                all.push(one);
            }
        }
        Ok(all)
    }

    /// What the charge says, `now` by the bank's clock. Money outweighs every status: a charge that has ended and was
    /// paid is paid. Expiry is not a status of the API.
    pub fn state(&self, now: Timestamp) -> Result<PixState, Error> {
        let received = self.received(now)?;
        let late = SignedDuration::from_secs(i64::from(MARGIN_S));
        let has_expired = self.ends().and_then(|ends| ends.checked_add(late).ok()).is_some_and(|end| now > end);
        let has_ended = self.is_removed() || (has_expired && !self.is_done());
        if !self.is_done() && !has_ended {
            return Ok(PixState::Waiting);
        }
        let asked = self.amount()?;
        let fits = |one: &&Received| asked == Some(one.kept());
        let covers = |one: &&Received| asked.is_some_and(|asked| one.kept() >= asked);
        let first = received.iter().find(fits).or_else(|| received.iter().find(covers)).or(received.first());
        let Some(first) = first else {
            return if has_ended {
                Ok(PixState::Ended)
            } else {
                Err(Error::Garbled("CONCLUIDA, and no Pix in it".to_owned()))
            };
        };
        let others: Vec<PixReceipt> = received
            .iter()
            .filter(|one| one.end_to_end != first.end_to_end && !one.kept().is_zero())
            .map(|one| PixReceipt { end_to_end: one.end_to_end.clone(), amount: one.kept(), at: one.at })
            .collect();
        if !others.is_empty() {
            let ids: Vec<&str> = received.iter().map(|one| one.end_to_end.as_str()).collect();
            tracing::warn!(?ids, "more than one Pix came for one charge");
        }
        Ok(PixState::Paid { amount: first.kept(), end_to_end: first.end_to_end.clone(), at: first.at, others })
    }
}

impl Pix {
    fn received(&self, now: Timestamp) -> Result<Received, Error> {
        let is_id = |id: &&str| id.len() <= ID_AT_MOST && id.bytes().all(|byte| byte.is_ascii_graphic());
        let end_to_end = self.end_to_end_id.as_str().filter(is_id);
        let end_to_end = end_to_end.ok_or_else(|| Error::Garbled("a Pix without its id".to_owned()))?;
        let amount = self.valor.as_str().ok_or_else(|| Error::Garbled("a Pix without its amount".to_owned()))?;
        let mut returned = Money::ZERO;
        for back in self.devolucoes.iter().flatten() {
            if back.status.as_str() != Some("NAO_REALIZADO") {
                returned = returned + money(back.valor.as_str().unwrap_or_default(), "devolucoes")?;
            }
        }
        Ok(Received {
            end_to_end: end_to_end.to_owned(),
            amount: money(amount, "pix.valor")?,
            returned,
            at: self.horario.as_str().and_then(|at| at.parse().ok()).unwrap_or(now),
        })
    }
}

pub(super) fn money(text: &str, field: &str) -> Result<Money, Error> {
    Money::from_decimal_exact(text).map_err(|flaw| Error::Garbled(format!("{field}: {flaw}")))
}
