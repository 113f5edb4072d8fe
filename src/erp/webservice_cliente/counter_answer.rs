//! What the answer to a call that changes something says was done. Whatever the document does not name is unknown.

use jiff::tz::TimeZone;
use serde::Deserialize;

use super::session::Sent;
use super::shape::{Shape, is_internal};
use crate::domain::service::{Change, Unlocked};
use crate::erp::scalar::Scalar;
use crate::erp::text::{normalized, shown};
use crate::http::Answer;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    #[serde(rename = "dataFim")]
    until: Scalar,
    resposta: Scalar,
    #[serde(rename = "numeroProtocolo")]
    protocol: Scalar,
    status: Scalar,
}

fn told(answer: &Answer) -> Option<Told> {
    serde_json::from_slice(&answer.body).ok()
}

fn says(scalar: &Scalar, word: &str) -> bool {
    scalar.text().is_some_and(|text| normalized(text) == word)
}

/// `done` reads what a good answer gives; the rest is the same for every such call.
pub(super) fn change<T>(sent: &Sent, done: impl FnOnce(&Answer) -> Option<T>) -> Change<T> {
    let answer = match sent {
        Sent::Answered(answer) => answer,
        Sent::NoAnswer(why) => return Change::Unknown { why: why.clone() },
    };
    let unknown = |what: &str| Change::Unknown { why: format!("HTTP {}: {what}", answer.status) };
    if answer.is_success()
        && let Some(given) = done(answer)
    {
        return Change::Done(given);
    }
    match Shape::of(&answer.body) {
        Shape::Error(text) if is_internal(&text) || answer.status >= 500 => unknown("an error that is no refusal"),
        Shape::Error(text) => Change::Refused { why: shown(&text) },
        Shape::Word(word) if answer.is_success() && normalized(&word) == "falha" => {
            Change::Refused { why: String::new() }
        }
        Shape::Word(_) => unknown("a word that the document does not know"),
        Shape::Empty => unknown("an empty answer"),
        Shape::Html => unknown("an HTML page"),
        Shape::Broken | Shape::Document(_) => unknown("an answer that cannot be read"),
    }
}

/// `{"dataFim":"20/04/2020","resposta":"SUCESSO"}`
pub(super) fn unlocked(answer: &Answer, zone: &TimeZone) -> Option<Unlocked> {
    let told = told(answer).filter(|told| says(&told.resposta, "sucesso"))?;
    let message = told.resposta.text().unwrap_or_default().to_owned();
    Some(Unlocked { until: told.until.date(zone).ok().flatten(), message })
}

/// `{"numeroProtocolo":"2020070719330228","status":"CREATED"}`
pub(super) fn opened(answer: &Answer) -> Option<String> {
    let told = told(answer).filter(|told| says(&told.status, "created"))?;
    told.protocol.text().map(str::to_owned)
}

/// `"SUCESSO"`, or `{"data":"…","status":"OK"}`.
pub(super) fn accepted(answer: &Answer) -> Option<()> {
    let says_ok = told(answer).is_some_and(|told| says(&told.status, "ok"));
    let word = matches!(Shape::of(&answer.body), Shape::Word(word) if normalized(&word) == "sucesso");
    (says_ok || word).then_some(())
}

/// For the log: what was done, without what it was about.
pub(super) fn kind<T>(change: &Change<T>) -> &'static str {
    match change {
        Change::Done(_) => "done",
        Change::Refused { .. } => "refused",
        Change::Unknown { .. } => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> Sent {
        Sent::Answered(Answer { status, body: body.as_bytes().to_vec(), ..Answer::default() })
    }

    #[test]
    fn only_what_the_document_prints_is_done_and_only_a_plain_no_is_refused() {
        for (status, body, expected) in [
            (200, r#"{"dataFim":"20/04/2020","resposta":"SUCESSO"}"#, "done"),
            (200, r#"{"resposta":"sucesso"}"#, "done"),
            (200, r#"{"resposta":"FALHA"}"#, "refused"),
            (406, r#"{"error":"contrato inválido"}"#, "refused"),
            (500, r#"{"error":"contrato inválido"}"#, "unknown"),
            (200, r#"{"error":"INTERNAL_SERVER_ERROR"}"#, "unknown"),
            (500, r#"{"dataFim":"20/04/2020","resposta":"SUCESSO"}"#, "unknown"),
            (200, "", "unknown"),
            (200, "<html>SUCESSO</html>", "unknown"),
            (200, r#"{"dataFim":"20/04"#, "unknown"),
            (200, "{}", "unknown"),
        ] {
            let outcome = change(&answered(status, body), |answer| unlocked(answer, &TimeZone::UTC));
            assert_eq!(kind(&outcome), expected, "{status} {body}");
        }
        let lost = change(&Sent::NoAnswer("no answer in time".to_owned()), accepted);
        assert_eq!(kind(&lost), "unknown");
    }

    #[test]
    fn a_ticket_without_a_protocol_is_not_known_to_be_open() {
        let outcome = |body: &str| change(&answered(200, body), opened);
        let protocol = "2020070719330228".to_owned();
        assert_eq!(
            outcome(r#"{"numeroProtocolo":"2020070719330228","status":"CREATED"}"#),
            Change::Done(protocol.clone())
        );
        assert_eq!(outcome(r#"{"numeroProtocolo":2020070719330228,"status":"CREATED"}"#), Change::Done(protocol));
        assert_eq!(kind(&outcome(r#"{"status":"CREATED"}"#)), "unknown");
    }

    #[test]
    fn a_message_is_accepted_in_either_of_the_documents_words() {
        for (body, expected) in [
            ("\"SUCESSO\"", "done"),
            (r#"{"data":"SMS enviado com sucesso.","status":"OK"}"#, "done"),
            ("\"FALHA\"", "refused"),
            (r#"{"data":"x","status":"NOT_FOUND"}"#, "unknown"),
        ] {
            assert_eq!(kind(&change(&answered(200, body), accepted)), expected, "{body}");
        }
    }
}
