//! The write-off (baixa) on the wire: `POST /financeiro/fatura/liquidar`, and what its answers mean. The API takes
//! neither NSU nor authorisation nor brand.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::envelope::Shape;
use super::session::Sent;
use super::settings::WriteOffRow;
use super::{HubSoft, garbled, number};
use crate::domain::Money;
use crate::erp::scalar::Scalar;
use crate::erp::text::{normalized, repeated};
use crate::erp::{Error, WriteOff, WriteOffOutcome, site_table};
use crate::http::Answer;

const WRITE_OFF: &str = "financeiro/fatura/liquidar";

/// Ids and amounts are JSON numbers. `valor_pago` is net: the API only records `desconto`, and `juros` holds fine and
/// interest together.
#[derive(Serialize)]
struct Liquidar<'a> {
    id_fatura: u64,
    id_caixa_financeiro: u64,
    meio_pagamento: &'a str,
    data_pagamento: String,
    valor_pago: Box<RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    juros: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    desconto: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Done {
    recibo: Receipt,
}

#[derive(Deserialize)]
struct Receipt {
    id_recibo: Scalar,
}

impl HubSoft {
    pub(super) async fn send_write_off(&self, write_off: &WriteOff) -> Result<WriteOffOutcome, Error> {
        let rejected = |why: String| Ok(WriteOffOutcome::Rejected { why });
        let row = match site_table::lookup(&self.settings.write_off, &write_off.paid_by) {
            Ok(row) => row,
            Err(missing) => return rejected(missing.to_string()),
        };
        let Ok(invoice) = number(WRITE_OFF, "bill", &write_off.bill.invoice.0) else {
            return rejected(format!("{} is not one of this ERP's bill ids", write_off.bill.invoice));
        };
        if self.has_no_write_off().await {
            return rejected(
                "this HubSoft server has no financeiro/fatura/liquidar: write the bill off by hand".to_owned(),
            );
        }
        let body = body(invoice, write_off, row).map_err(|error| garbled(WRITE_OFF, &error.to_string()))?;
        let request = self.session.post(WRITE_OFF, &["financeiro", "fatura", "liquidar"], body);
        let outcome = match self.session.send_once(request).await? {
            Sent::Answered(answer) => outcome(&answer),
            Sent::NoAnswer(why) => WriteOffOutcome::Unknown { why },
        };
        tracing::info!(invoice = %write_off.bill.invoice, outcome = outcome.name(), "write-off");
        Ok(outcome)
    }
}

fn body(invoice: u64, write_off: &WriteOff, row: &WriteOffRow) -> Result<String, serde_json::Error> {
    let charge = &write_off.charge;
    let late = charge.fine + charge.interest;
    serde_json::to_string(&Liquidar {
        id_fatura: invoice,
        id_caixa_financeiro: row.id_caixa_financeiro,
        meio_pagamento: &row.meio_pagamento,
        data_pagamento: write_off.on.to_string(),
        valor_pago: amount(charge.total())?,
        juros: if late.is_zero() { None } else { Some(amount(late)?) },
        desconto: if charge.discount.is_zero() { None } else { Some(amount(charge.discount)?) },
    })
}

fn amount(money: Money) -> Result<Box<RawValue>, serde_json::Error> {
    RawValue::from_string(money.to_decimal())
}

/// What an answer says was done. A success without its receipt is looked into like any other answer that says nothing.
fn outcome(answer: &Answer) -> WriteOffOutcome {
    let unknown = |what: &str| WriteOffOutcome::Unknown { why: format!("HTTP {}: {what}", answer.status) };
    match Shape::of(&answer.body) {
        Shape::Document(json) if answer.is_success() => match serde_json::from_str::<Done>(json) {
            Ok(done) if !done.recibo.id_recibo.is_absent() => WriteOffOutcome::Applied,
            _ => unknown("no receipt in it"),
        },
        // the framework's own validation has no `status` and no `error`
        Shape::Document(json) if answer.status == 422 && json.contains("\"errors\"") => {
            WriteOffOutcome::Rejected { why: "HTTP 422: a field is not accepted".to_owned() }
        }
        Shape::Refusal { words, crashed: false } => said(answer.status, &words),
        Shape::Refusal { .. } => unknown("it reports an internal error"),
        shape => unknown(shape.what()),
    }
}

fn said(status: u16, text: &str) -> WriteOffOutcome {
    let words = normalized(text);
    if words.contains("quitada") && !is_denied(&words) {
        WriteOffOutcome::AlreadySettled
    } else if matches!(status, 200..=299 | 400..=499) && names_a_fault(&words) {
        WriteOffOutcome::Rejected { why: repeated(text) }
    } else {
        WriteOffOutcome::Unknown { why: format!("HTTP {status}: {}", repeated(text)) }
    }
}

/// "não pode ser quitada" settles nothing.
fn is_denied(words: &str) -> bool {
    words.split_whitespace().any(|word| word == "nao")
}

fn names_a_fault(words: &str) -> bool {
    let faults =
        ["invalid", "obrigatori", "nao encontrad", "nao informad", "nao pertence", "nao existe", "favor preencher"];
    faults.iter().any(|fault| words.contains(fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_receipt_is_done_and_only_a_named_fault_is_refused() {
        let of = |status: u16, body: &str| match outcome(&Answer { status, body: body.into(), ..Answer::default() }) {
            WriteOffOutcome::Applied => "applied",
            WriteOffOutcome::AlreadySettled => "settled",
            WriteOffOutcome::Rejected { .. } => "rejected",
            WriteOffOutcome::Unknown { .. } => "unknown",
        };
        let quitada = r#"{"status":"error","msg":"A fatura de ID 1 já encontra-se quitada com data de pagamento em 10/02/2026","errors":[]}"#;
        let faulty = r#"{"status":"error","msg":"Favor preencher os campos obrigatórios","errors":["O campo id_caixa_financeiro é obrigatório."]}"#;
        for (status, body, expected) in [
            (200, r#"{"status":"success","recibo":{"id_recibo":9001}}"#, "applied"),
            (200, r#"{"status":"suscess","recibo":{"id_recibo":"9001"}}"#, "applied"),
            (200, r#"{"status":"success","msg":"Liquidação efetuada com sucesso"}"#, "unknown"),
            (200, r#"{"status":"success","recibo":{"id_recibo":null}}"#, "unknown"),
            (200, r#"{"status":"success","recibo":[]}"#, "unknown"),
            (500, r#"{"status":"success","recibo":{"id_recibo":9001}}"#, "unknown"),
            (200, quitada, "settled"),
            (400, quitada, "settled"),
            (200, r#"{"status":"error","msg":"A fatura não pode ser quitada"}"#, "unknown"),
            (200, faulty, "rejected"),
            (422, faulty, "rejected"),
            (422, r#"{"message":"The given data was invalid.","errors":{"valor_pago":["…"]}}"#, "rejected"),
            (500, faulty, "unknown"),
            (200, r#"{"status":"error","msg":"campo inválido","file":"/a.php","line":3}"#, "unknown"),
            (200, r#"{"status":"error","msg":"Tente novamente"}"#, "unknown"),
            (200, "{}", "unknown"),
            (200, "", "unknown"),
            (204, "", "unknown"),
            (200, "<html>success</html>", "unknown"),
            (404, "<html>", "unknown"),
            (200, r#"{"status":"success","recibo":{"id_rec"#, "unknown"),
            (503, "", "unknown"),
        ] {
            assert_eq!(of(status, body), expected, "{status} {body}");
        }
    }
}
