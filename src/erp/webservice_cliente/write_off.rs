//! The write-off (baixa) on the wire: `PUT /ws/financeiro/faturas/pagar`, and what its answers mean.

use reqwest::Method as Verb;
use serde::Serialize;
use serde_json::value::RawValue;

use super::session::Sent;
use super::settings::WriteOffRow;
use super::shape::{Shape, is_internal};
use super::{WebServiceCliente, garbled, invoice_id};
use crate::domain::Money;
use crate::erp::text::{normalized, repeated};
use crate::erp::{Error, PaidBy, WriteOff, WriteOffOutcome, site_table};
use crate::http::{Answer, Body, Request};

const WRITE_OFF: &str = "faturas/pagar";
const WHOLE_PAYMENT: &str = "0";

/// The body, in the document's order and types: ids and amounts are JSON numbers, the rest strings.
#[derive(Serialize)]
struct Pagar<'a> {
    #[serde(rename = "IDFatura")]
    invoice: u64,
    #[serde(rename = "IDFormaPagamento")]
    method: u64,
    #[serde(rename = "IDContaFinanceira")]
    account: u64,
    #[serde(rename = "DataPagamento")]
    on: String,
    #[serde(rename = "ValorMulta")]
    fine: Box<RawValue>,
    #[serde(rename = "ValorJuros")]
    interest: Box<RawValue>,
    #[serde(rename = "ValorDesconto")]
    discount: Box<RawValue>,
    #[serde(rename = "ValorPago")]
    paid: Box<RawValue>,
    #[serde(rename = "IDBandeiraCartao", skip_serializing_if = "Option::is_none")]
    brand: Option<u64>,
    #[serde(rename = "CodigoAutorizacaoCartao", skip_serializing_if = "Option::is_none")]
    authorization: Option<&'a str>,
    #[serde(rename = "NSUCartao", skip_serializing_if = "Option::is_none")]
    nsu: Option<&'a str>,
    #[serde(rename = "TIDCartao", skip_serializing_if = "Option::is_none")]
    tid: Option<&'a str>,
    #[serde(rename = "PagamentoParcial")]
    partial: &'static str,
}

impl WebServiceCliente {
    /// #16.
    pub(super) async fn send_write_off(&self, write_off: &WriteOff) -> Result<WriteOffOutcome, Error> {
        let rejected = |why: String| Ok(WriteOffOutcome::Rejected { why });
        let row = match site_table::lookup(&self.settings.write_off, &write_off.paid_by) {
            Ok(row) => row,
            Err(missing) => return rejected(missing.to_string()),
        };
        let Ok(invoice) = invoice_id(WRITE_OFF, &write_off.bill) else {
            return rejected(format!("{} is not one of this ERP's bill ids", write_off.bill.invoice));
        };
        let body = body(invoice, write_off, row, self.settings.valor_pago_includes_charges);
        let request = Request {
            method: Verb::PUT,
            body: Some(Body::Json(body.map_err(|error| garbled(WRITE_OFF, &error.to_string()))?)),
            within: self.session.document_patience(),
            ..self.session.request(WRITE_OFF, &["ws", "financeiro", "faturas", "pagar"])
        };
        let outcome = match self.session.send_once(request).await? {
            Sent::Answered(answer) => outcome(&answer),
            Sent::NoAnswer(why) => WriteOffOutcome::Unknown { why },
        };
        tracing::info!(invoice = %write_off.bill.invoice, outcome = outcome.name(), "write-off");
        Ok(outcome)
    }
}

fn body(
    invoice: u64,
    write_off: &WriteOff,
    row: &WriteOffRow,
    paid_includes_charges: bool,
) -> Result<String, serde_json::Error> {
    let charge = &write_off.charge;
    let (nsu, authorization) = match &write_off.paid_by {
        PaidBy::Card { nsu, authorization, .. } => (Some(nsu.as_str()), Some(authorization.as_str())),
        PaidBy::Pix { .. } => (None, None),
    };
    serde_json::to_string(&Pagar {
        invoice,
        method: row.id_forma_pagamento,
        account: row.id_conta_financeira,
        on: write_off.on.strftime("%d-%m-%Y").to_string(),
        fine: amount(charge.fine)?,
        interest: amount(charge.interest)?,
        discount: amount(charge.discount)?,
        paid: amount(if paid_includes_charges { charge.total() } else { charge.principal })?,
        brand: row.id_bandeira,
        authorization,
        nsu,
        tid: nsu.map(|_| ""),
        partial: WHOLE_PAYMENT,
    })
}

fn amount(money: Money) -> Result<Box<RawValue>, serde_json::Error> {
    RawValue::from_string(money.to_decimal())
}

/// What an answer says was done. Whatever the document does not name is unknown.
fn outcome(answer: &Answer) -> WriteOffOutcome {
    match Shape::of(&answer.body) {
        Shape::Word(word) if answer.is_success() && normalized(&word) == "sucesso" => WriteOffOutcome::Applied,
        Shape::Word(text) | Shape::Error(text) => said(answer.status, &text),
        Shape::Empty => unknown(answer.status, "an empty answer"),
        Shape::Html => unknown(answer.status, "an HTML page"),
        Shape::Broken | Shape::Document(_) => unknown(answer.status, "an answer that cannot be read"),
    }
}

fn said(status: u16, text: &str) -> WriteOffOutcome {
    let words = normalized(text);
    if words.contains("quitada") && !is_denied(&words) {
        WriteOffOutcome::AlreadySettled
    } else if matches!(status, 200..=299 | 400..=499) && !is_internal(text) && names_a_fault(&words) {
        WriteOffOutcome::Rejected { why: repeated(text) }
    } else {
        unknown(status, &repeated(text))
    }
}

/// "não pode ser quitada" settles nothing.
fn is_denied(words: &str) -> bool {
    words.split_whitespace().any(|word| word == "nao")
}

fn names_a_fault(words: &str) -> bool {
    ["invalid", "obrigatori", "nao encontrad", "nao informad", "nao pertence"].iter().any(|fault| words.contains(fault))
}

fn unknown(status: u16, what: &str) -> WriteOffOutcome {
    WriteOffOutcome::Unknown { why: format!("HTTP {status}: {what}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    enum Done {
        Applied,
        Settled,
        Rejected,
        Unknown,
    }

    fn done(status: u16, body: &str) -> Done {
        match outcome(&Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() }) {
            WriteOffOutcome::Applied => Done::Applied,
            WriteOffOutcome::AlreadySettled => Done::Settled,
            WriteOffOutcome::Rejected { .. } => Done::Rejected,
            WriteOffOutcome::Unknown { .. } => Done::Unknown,
        }
    }

    #[test]
    fn only_what_the_document_names_counts_as_done_or_refused() {
        let settled = r#"{"error": "A fatura informada já se encontra inteiramente quitada."}"#;
        let invalid = r#"{"error": "(CAMPO ESPECÍFICO) inválido."}"#;
        for (status, body, expected) in [
            (200, "\"SUCESSO\"", Done::Applied),
            (200, "SUCESSO", Done::Applied),
            (201, r#"{"resposta":"Sucesso"}"#, Done::Applied),
            (500, "\"SUCESSO\"", Done::Unknown),
            (200, settled, Done::Settled),
            (406, settled, Done::Settled),
            (200, "{\"erro\": \"Fatura JA QUITADA\"}", Done::Settled),
            (200, "\"Fatura já quitada\"", Done::Settled),
            (200, r#"{"error": "A fatura não pode ser quitada."}"#, Done::Unknown),
            (200, invalid, Done::Rejected),
            (400, invalid, Done::Rejected),
            (500, invalid, Done::Unknown),
            (200, r#"{"error": "IDContaFinanceira é obrigatório"}"#, Done::Rejected),
            (200, r#"{"error": "INTERNAL_SERVER_ERROR"}"#, Done::Unknown),
            (500, r#"{"error": "Internal Server Error: campo inválido"}"#, Done::Unknown),
            (200, r#"{"error": "tente mais tarde"}"#, Done::Unknown),
            (200, "\"FALHA\"", Done::Unknown),
            (200, "", Done::Unknown),
            (204, "", Done::Unknown),
            (200, "<html>SUCESSO</html>", Done::Unknown),
            (200, "{\"error\": \"quit", Done::Unknown),
            (302, "", Done::Unknown),
            (503, "", Done::Unknown),
            (200, "[]", Done::Unknown),
            (200, "{}", Done::Unknown),
        ] {
            assert_eq!(done(status, body), expected, "{status} {body}");
        }
    }
}
