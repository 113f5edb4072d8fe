//! What the answers to a customer's changes say: each of these calls has words of its own.

use serde::Deserialize;

use super::session::Sent;
use super::shape::{Shape, is_internal};
use crate::domain::changes::Carried;
use crate::domain::service::Change;
use crate::erp::scalar::Scalar;
use crate::erp::text::normalized;
use crate::http::Answer;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Words {
    #[serde(rename = "Status")]
    status: Scalar,
    #[serde(rename = "Success")]
    success: Scalar,
    /// With it the document speaks of a change that went half-way.
    #[serde(rename = "Motivo")]
    reason: Scalar,
    #[serde(rename = "Erro")]
    error: Scalar,
    data: Scalar,
}

fn words(answer: &Answer) -> Words {
    serde_json::from_slice(&answer.body).unwrap_or_default()
}

/// "ACCEPTED", which comes with quotes or without.
pub(super) fn says_accepted(word: &str) -> bool {
    normalized(word) == "accepted"
}

/// The success that is no JSON: `{ "A solicitacao foi enviada ao setor responsavel, …" }`.
pub(super) fn is_taken_note_of(answer: &Answer) -> bool {
    let text = String::from_utf8_lossy(&answer.body);
    text.trim_start().starts_with(['{', '"']) && normalized(&text).contains("solicitacao foi enviada")
}

/// `{"Success": "Senha resetada com sucesso, foi enviado um SMS …"}`. Whatever else is in it is not read.
pub(super) fn is_sent_by_sms(answer: &Answer) -> bool {
    words(answer).success.text().is_some_and(|text| normalized(text).contains("sms"))
}

/// `{"Status": "OK", "Mensagem": …}`, with an accepted contract or a digital invoice.
pub(super) fn status_ok(answer: &Answer) -> Option<Carried> {
    let told = words(answer);
    let is_ok = told.error.is_absent() && told.status.text().is_some_and(|status| normalized(status) == "ok");
    is_ok.then(Carried::default)
}

/// Whether the sentence of the answer names this customer.
pub(super) fn tells_of(answer: &Answer, customer: u64) -> bool {
    let told = words(answer);
    let text = told.data.text().unwrap_or_default();
    let named = text.split(|letter: char| !letter.is_ascii_digit()).any(|number| number == customer.to_string());
    if !named {
        tracing::error!(
            "the answer to a change of notifications names another customer: see notifications in the file"
        );
    }
    named
}

/// The document's words for "no change" are refusals, and what went half-way is nobody's to call one.
pub(super) fn quietly<T>(change: Change<T>, sent: &Sent) -> Change<T> {
    let Sent::Answered(answer) = sent else { return change };
    let told = words(answer);
    match change {
        Change::Refused { .. } if !told.reason.is_absent() => {
            Change::Unknown { why: "it reports that it went half-way".to_owned() }
        }
        Change::Refused { .. } if told.status.text().is_some_and(is_internal) => {
            Change::Unknown { why: "it reports an internal error".to_owned() }
        }
        Change::Unknown { .. } if answer.is_success() && says_unchanged(&told, &answer.body) => {
            Change::Refused { why: String::new() }
        }
        other => other,
    }
}

fn says_unchanged(told: &Words, body: &[u8]) -> bool {
    let is_no = |text: &str| matches!(normalized(text).as_str(), "not modified" | "not acceptable");
    let word = matches!(Shape::of(body), Shape::Word(word) if is_no(&word));
    word || told.status.text().is_some_and(is_no)
}

#[cfg(test)]
mod tests {
    use super::super::counter_answer::{change, kind};
    use super::*;

    fn told(body: &str, done: impl FnOnce(&Answer) -> Option<Carried>) -> &'static str {
        let sent = Sent::Answered(Answer { status: 200, body: body.as_bytes().to_vec(), ..Answer::default() });
        kind(&quietly(change(&sent, done), &sent))
    }

    #[test]
    fn a_request_was_taken_note_of_by_a_text_that_is_no_json() {
        let note = |answer: &Answer| is_taken_note_of(answer).then(Carried::default);
        let printed =
            include_str!("../../../tests/fixtures/webservice_cliente/alterar_perfil.response.success.invalid.txt");
        assert_eq!(told(printed, note), "done");
        for body in ["\"Exceção na execução do método\"", "", "<html>solicitacao foi enviada</html>", "{}"] {
            assert_eq!(told(body, note), "unknown", "{body}");
        }
    }

    #[test]
    fn a_password_that_may_have_been_changed_is_not_called_unchanged() {
        let sms = |answer: &Answer| is_sent_by_sms(answer).then(Carried::default);
        for (body, expected) in [
            (r#"{"Success":"Senha resetada com sucesso, foi enviado um SMS com a nova senha."}"#, "done"),
            (r#"{"error":"Nao foi possivel encontrar um cliente com esses dados de acesso"}"#, "refused"),
            (r#"{"error":"Não foi possivel reseta a senha.","Motivo":"Ocorreu um erro ao enviar o SMS"}"#, "unknown"),
            (r#"{"Successo":"Senha resetada","Senha":"020202"}"#, "unknown"),
        ] {
            assert_eq!(told(body, sms), expected, "{body}");
        }
    }

    #[test]
    fn a_digital_invoice_that_changed_no_contract_is_refused() {
        for (body, expected) in [
            (r#"{"Status":"OK","Contratos":[355568],"Mensagem":"Foi alterado para Fatura Digital!"}"#, "done"),
            (r#"{"Status":"NOT MODIFIED","Mensagem":"Não foi possivel"}"#, "refused"),
            (r#"{"Status":"INTERNAL SERVER ERROR","Erro":"x","Mensagem":"Não foi possível"}"#, "unknown"),
            ("\"NOT_MODIFIED\"", "refused"),
            ("", "unknown"),
        ] {
            assert_eq!(told(body, status_ok), expected, "{body}");
        }
    }

    #[test]
    fn messages_of_another_customer_are_not_what_was_asked_for() {
        let answer = |id: &str| Answer {
            status: 200,
            body: format!(r#"{{"data":"O campo do cliente de ID '{id}' foi atualizado.","status":"OK"}}"#).into_bytes(),
            ..Answer::default()
        };
        assert!(tells_of(&answer("81593"), 81593));
        assert!(!tells_of(&answer("815"), 81593) && !tells_of(&answer("181593"), 81593));
    }
}
