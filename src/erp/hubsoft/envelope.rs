//! The envelope of every answer, `{status, msg, errors}`: business errors come in HTTP 200, and the vendor's own pages
//! print the status `suscess`. A read is a success where it holds what was asked for; a change, where it says so.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::garbled;
use super::session::Sent;
use crate::domain::service::Change;
use crate::erp::Error;
use crate::erp::scalar::{List, Scalar};
use crate::erp::text::{WORDLESS, normalized, shown};
use crate::http::Answer;

/// The document's words for what was done, and for what was not.
const DONE: [&str; 2] = ["success", "suscess"];
const NOT_DONE: [&str; 7] = ["error", "erro", "false", "fail", "failed", "failure", "falha"];

pub(super) enum Shape<'a> {
    Empty,
    Html,
    Broken,
    /// The ERP's no. `crashed` where it shows an exception instead of a rule: then nobody knows how far it got.
    Refusal {
        words: String,
        crashed: bool,
    },
    Document(&'a str),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    status: Scalar,
    msg: Scalar,
    message: Scalar,
    error: Scalar,
    errors: Option<Box<RawValue>>,
    exception: Scalar,
    file: Scalar,
    line: Scalar,
}

impl Shape<'_> {
    pub(super) fn of(body: &[u8]) -> Shape<'_> {
        let Ok(text) = std::str::from_utf8(body) else { return Shape::Broken };
        let text = text.trim_start_matches('\u{feff}').trim();
        match text.bytes().next() {
            None => Shape::Empty,
            Some(b'<') => Shape::Html,
            Some(b'{') => serde_json::from_str::<Envelope>(text).map_or(Shape::Broken, |envelope| envelope.shape(text)),
            Some(_) => Shape::Broken,
        }
    }

    pub(super) fn what(&self) -> &'static str {
        match self {
            Shape::Empty => "it is empty",
            Shape::Html => "it is HTML",
            Shape::Broken => "it is not JSON",
            Shape::Refusal { .. } => "a refusal",
            Shape::Document(_) => "unexpected JSON",
        }
    }
}

impl Envelope {
    fn shape(self, whole: &str) -> Shape<'_> {
        let is_error = match self.status.text() {
            Some(_) => self.says(&NOT_DONE),
            // the framework below the API has an envelope of its own
            None => !self.error.is_absent() || !self.exception.is_absent(),
        };
        if !is_error {
            return Shape::Document(whole);
        }
        let crashed = [&self.exception, &self.file, &self.line].iter().any(|part| !part.is_absent());
        Shape::Refusal { words: self.words(), crashed }
    }

    fn says(&self, words: &[&str]) -> bool {
        self.status.text().map(normalized).is_some_and(|status| words.contains(&status.as_str()))
    }

    fn words(&self) -> String {
        let said = [&self.msg, &self.message, &self.error].into_iter().find_map(Scalar::text).map(str::to_owned);
        let details = self.errors.as_deref().map(details).unwrap_or_default();
        let words: Vec<String> = said.into_iter().chain(details).collect();
        if words.is_empty() { WORDLESS.to_owned() } else { words.join(" ") }
    }
}

/// `errors` is a list of sentences, or of lists by field.
fn details(errors: &RawValue) -> Vec<String> {
    let texts = |list: List<Scalar>| list.0.into_iter().filter_map(|text| text.text().map(str::to_owned));
    if let Ok(fields) = serde_json::from_str::<BTreeMap<String, List<Scalar>>>(errors.get()) {
        return fields.into_values().flat_map(texts).collect();
    }
    serde_json::from_str::<List<Scalar>>(errors.get()).map(|list| texts(list).collect()).unwrap_or_default()
}

/// Takes an answer to a read as a document of the type asked for.
pub(super) fn hear<T: DeserializeOwned>(operation: &'static str, answer: &Answer) -> Result<T, Error> {
    let shape = Shape::of(&answer.body);
    match answer.status {
        200..=299 => {}
        401 | 403 => return Err(Error::SignIn(format!("HTTP {}", answer.status))),
        500.. => return Err(Error::Unreachable(format!("HTTP {}", answer.status))),
        status => return Err(Error::Refused { operation, why: format!("HTTP {status}") }),
    }
    match shape {
        Shape::Refusal { crashed: true, .. } => Err(Error::Unreachable("it reports an internal error".to_owned())),
        Shape::Refusal { words, .. } => Err(Error::denied(operation, answer.status, &words)),
        // serde's own texts repeat values of the answer
        Shape::Document(json) => serde_json::from_str(json)
            .map_err(|error| garbled(operation, &format!("unexpected JSON at line {}", error.line()))),
        shape => Err(garbled(operation, shape.what())),
    }
}

/// What an answer says of a change that was asked for once; the answer's JSON where it says that it was done. One that says
/// neither may mean anything: `{}`, "processando".
pub(super) fn changed(sent: &Sent) -> Change<String> {
    let answer = match sent {
        Sent::NoAnswer(why) => return Change::Unknown { why: why.clone() },
        Sent::Answered(answer) => answer,
    };
    match Shape::of(&answer.body) {
        Shape::Document(json) if answer.is_success() && says_done(json) => Change::Done(json.to_owned()),
        Shape::Refusal { words, crashed: false } if matches!(answer.status, 200..=299 | 400..=499) => {
            Change::Refused { why: shown(&words) }
        }
        shape => Change::Unknown { why: format!("HTTP {}: {}", answer.status, shape.what()) },
    }
}

fn says_done(json: &str) -> bool {
    serde_json::from_str::<Envelope>(json).is_ok_and(|envelope| envelope.says(&DONE))
}

/// An empty list in words: "Nenhum registro encontrado". That something was not found is no empty list.
pub(super) fn says_none_found(error: &Error) -> bool {
    let Error::Denied { words, .. } = error else { return false };
    let words = words.normalized();
    words.contains("nenhum") && words.contains("encontrad")
}

/// "Cliente não encontrado".
pub(super) fn says_not_found(error: &Error) -> bool {
    let Error::Denied { words, .. } = error else { return false };
    words.normalized().contains("nao encontrad")
}

/// A part that may be of another type than it should: it then counts as absent, and the rest is read.
pub(super) fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(body: &str) -> Option<(String, bool)> {
        match Shape::of(body.as_bytes()) {
            Shape::Refusal { words, crashed } => Some((words, crashed)),
            _ => None,
        }
    }

    #[test]
    fn a_refusal_is_known_by_its_status_and_repeated_with_its_details() {
        for (body, words, crashed) in [
            (r#"{"status":"error","msg":"CEP não informado."}"#, "CEP não informado.", false),
            (r#"{"status":"ERROR","msg":"a","errors":["b","c"]}"#, "a b c", false),
            (r#"{"message":"m","error":"e","errors":{"x":["y"]}}"#, "m y", false),
            (r#"{"status":"error","msg":"SQL","code":0,"file":"/a.php","line":7}"#, "SQL", true),
            (r#"{"exception":"E","message":"Server Error"}"#, "Server Error", true),
            (r#"{"status":"erro","msg":"Cliente bloqueado"}"#, "Cliente bloqueado", false),
            (r#"{"status":false,"msg":"não"}"#, "não", false),
            (r#"{"status":"error"}"#, "an error without a text", false),
        ] {
            assert_eq!(refusal(body), Some((words.to_owned(), crashed)), "{body}");
        }
        for body in [r#"{"status":"suscess"}"#, r#"{"status":"success","errors":[]}"#, "{}", "[]", "", "<p>", "nada"] {
            assert_eq!(refusal(body), None, "{body}");
        }
    }

    #[test]
    fn only_a_change_that_says_so_was_done() {
        let kind = |status: u16, body: &str| match changed(&Sent::Answered(Answer {
            status,
            body: body.into(),
            ..Answer::default()
        })) {
            Change::Done(_) => "done",
            Change::Refused { .. } => "refused",
            Change::Unknown { .. } => "unknown",
        };
        for (status, body, expected) in [
            (200, r#"{"status":"success"}"#, "done"),
            (200, r#"{"status":"suscess","msg":"feito"}"#, "done"),
            (500, r#"{"status":"success"}"#, "unknown"),
            (200, "{}", "unknown"),
            (200, r#"{"msg":"feito"}"#, "unknown"),
            (200, r#"{"status":"processando","msg":"Enviado para a fila"}"#, "unknown"),
            (200, r#"{"status":null}"#, "unknown"),
            (200, r#"{"status":"erro","msg":"Cliente bloqueado para renegociacao"}"#, "refused"),
            (200, r#"{"status":"Falha"}"#, "refused"),
            (200, r#"{"status":false}"#, "refused"),
            (422, r#"{"status":"error","msg":"x"}"#, "refused"),
            (500, r#"{"status":"error","msg":"x"}"#, "unknown"),
            (200, r#"{"status":"error","exception":"E"}"#, "unknown"),
        ] {
            assert_eq!(kind(status, body), expected, "{status} {body}");
        }
    }
}
