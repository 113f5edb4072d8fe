//! Charges, Pix and refunds as this bank writes them: the schema, bent as the control file orders.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::book::{Charge, Kind, Lifetime, Now, Pix, Refund, RefundStatus, Status, Terms};
use super::control::{CodeName, Settings};
use crate::simulator::br_code;

const RECEIVER: &str = "PROVEDOR FICTICIO LTDA";
const CITY: &str = "BELO HORIZONTE";

/// How things look at this bank at this moment.
pub struct View<'a> {
    pub settings: &'a Settings,
    pub now: Now,
}

impl View<'_> {
    /// A charge as of a revision; `pix` is told to readers only.
    pub fn charge(&self, txid: &str, charge: &Charge, revision: u32, terms: &Terms, with_pix: bool) -> Value {
        let mut body = Map::new();
        let mut put = |name: &str, value: Value| {
            body.insert(name.to_owned(), value);
        };
        let created = self.time(charge.created_ms);
        put(
            "calendario",
            match terms.lifetime {
                Lifetime::Immediate { expires_s } => json!({"criacao": created, "expiracao": self.number(expires_s)}),
                Lifetime::Due { due, days_after_due } => json!({
                    "criacao": created,
                    "dataDeVencimento": due.to_string(),
                    "validadeAposVencimento": self.number(days_after_due),
                }),
            },
        );
        put("txid", json!(txid));
        put("revisao", self.number(revision));
        put(
            "loc",
            json!({
                "id": self.number(charge.location_id),
                "txid": txid,
                "location": charge.location,
                "tipoCob": charge.kind.name(),
                "criacao": created,
            }),
        );
        put("location", json!(charge.location));
        put("status", json!(self.status(charge)));
        put("valor", self.value(terms));
        put("chave", json!(terms.key));
        if let Some(debtor) = &terms.debtor {
            put("devedor", debtor.clone());
        }
        if let Some(request) = &terms.request_to_payer {
            put("solicitacaoPagador", json!(request));
        }
        if let Some(information) = &terms.additional_information {
            put("infoAdicionais", information.clone());
        }
        if charge.kind == Kind::Cobv {
            put("recebedor", json!({"nome": RECEIVER, "cidade": CITY, "uf": "MG", "cnpj": "12ABC34501DE35"}));
        }
        if let Some(name) = self.code_name() {
            put(name, json!(self.code(charge)));
        }
        let received: Vec<Value> = self.visible(charge).map(|pix| self.pix(txid, pix)).collect();
        if with_pix && !received.is_empty() {
            put("pix", Value::Array(received));
        }
        if self.settings.unknown_fields {
            put("campoNovo", json!({"versao": 3, "lista": [null, {"a": true}]}));
        }
        Value::Object(body)
    }

    pub fn pix(&self, txid: &str, pix: &Pix) -> Value {
        let mut body = json!({
            "endToEndId": pix.end_to_end_id,
            "txid": txid,
            "valor": self.amount(pix.amount_cents),
            "componentesValor": {"original": {"valor": self.amount(pix.amount_cents)}},
            "horario": self.time(pix.at_ms),
            "infoPagador": "pago no aplicativo",
        });
        if let Some(body) = body.as_object_mut().filter(|_| !pix.refunds.is_empty()) {
            let refunds = pix.refunds.iter().map(|refund| self.refund(refund)).collect();
            body.insert("devolucoes".to_owned(), Value::Array(refunds));
        }
        body
    }

    pub fn refund(&self, refund: &Refund) -> Value {
        let mut times = json!({"solicitacao": self.time(refund.asked_ms)});
        if let (Some(settled), Some(times)) = (refund.settled_ms, times.as_object_mut()) {
            times.insert("liquidacao".to_owned(), self.time(settled));
        }
        let mut body = json!({
            "id": refund.id,
            "rtrId": refund.return_id,
            "valor": self.amount(refund.amount_cents),
            "natureza": refund.nature,
            "horario": times,
            "status": refund.status,
        });
        if let Some(body) = body.as_object_mut() {
            if let Some(description) = &refund.description {
                body.insert("descricao".to_owned(), json!(description));
            }
            if refund.status == RefundStatus::NaoRealizado {
                body.insert("motivo".to_owned(), json!("Conta do pagador encerrada."));
            }
        }
        body
    }

    /// Whether readers can see the charge at all.
    pub fn is_known(&self, charge: &Charge) -> bool {
        self.has_passed(charge.registered_ms, self.settings.stale_after_put_ms)
    }

    /// Whether readers can see the money.
    pub fn has_arrived(&self, pix: &Pix) -> bool {
        self.has_passed(pix.at_ms, self.settings.stale_after_payment_ms)
    }

    fn visible<'b>(&'b self, charge: &'b Charge) -> impl Iterator<Item = &'b Pix> {
        charge.pix.iter().filter(|pix| self.has_arrived(pix))
    }

    fn has_passed(&self, since_ms: i64, wait_ms: u64) -> bool {
        self.now.ms >= since_ms.saturating_add(i64::try_from(wait_ms).unwrap_or(i64::MAX))
    }

    fn status(&self, charge: &Charge) -> String {
        if let Some(other) = &self.settings.status_as {
            return other.clone();
        }
        let unseen = charge.status == Status::Concluida && self.visible(charge).next().is_none();
        let status = if unseen { Status::Ativa } else { charge.status };
        let name = match status {
            Status::Ativa => "ATIVA",
            Status::Concluida => "CONCLUIDA",
            Status::RemovidaPeloUsuarioRecebedor => "REMOVIDA_PELO_USUARIO_RECEBEDOR",
            Status::RemovidaPeloPsp => "REMOVIDA_PELO_PSP",
        };
        if self.settings.removed_as_prose { name.replace("REMOVIDA", "REMOVIDO") } else { name.to_owned() }
    }

    fn code_name(&self) -> Option<&'static str> {
        match self.settings.code_name {
            CodeName::PixCopiaECola => Some("pixCopiaECola"),
            CodeName::Brcode => Some("brcode"),
            CodeName::TextoImagemQrcode => Some("textoImagemQRcode"),
            CodeName::Absent => None,
        }
    }

    fn code(&self, charge: &Charge) -> String {
        let mut code = br_code::dynamic(&charge.location, RECEIVER, CITY);
        if self.settings.damaged_code {
            let last = code.pop();
            code.push(if last == Some('0') { '1' } else { '0' });
        }
        code
    }

    fn value(&self, terms: &Terms) -> Value {
        let mut value = terms.value.clone();
        if let Some(value) = value.as_object_mut() {
            value.insert("original".to_owned(), self.amount(terms.amount_cents));
        }
        value
    }

    fn amount(&self, cents: i64) -> Value {
        let text = format!("{}.{:02}", cents / 100, cents % 100);
        match text.parse::<f64>() {
            Ok(number) if self.settings.amounts_as_numbers => json!(number),
            _ => json!(text),
        }
    }

    fn number(&self, number: impl Into<i128>) -> Value {
        let number: i128 = number.into();
        match i64::try_from(number) {
            Ok(number) if !self.settings.numbers_as_text => json!(number),
            _ => json!(number.to_string()),
        }
    }

    /// RFC 3339 with milliseconds, by the bank's own clock.
    pub fn time(&self, ms: i64) -> Value {
        json!(self.clock(ms).strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
    }

    /// The `Date` of an answer, by the bank's own clock.
    pub fn date(&self) -> String {
        self.clock(self.now.ms).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    fn clock(&self, ms: i64) -> Timestamp {
        let ahead = self.settings.clock_off_s.saturating_mul(1000);
        Timestamp::from_millisecond(ms.saturating_add(ahead)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}
