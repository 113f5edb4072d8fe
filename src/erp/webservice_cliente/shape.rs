//! The shapes an answer's body comes in, whatever its status says: bare words with and without quotes, `error` or
//! `erro`, `{"resposta"}`, `{"data","status"}`, plain documents, and what is none of these.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::erp::Error;
use crate::erp::scalar::Scalar;
use crate::erp::text::{WORDLESS, normalized};
use crate::http::Answer;

const WORD_AT_MOST: usize = 300;

#[derive(PartialEq, Eq)]
pub(super) enum Shape {
    Empty,
    Html,
    /// Neither JSON nor a short plain text.
    Broken,
    /// `"SUCESSO"`, `SUCESSO`, `{"resposta":"SUCESSO"}`, `{"data":"SUCESSO","status":"OK"}`.
    Word(String),
    /// The text of `error` or `erro`.
    Error(String),
    /// The JSON of an object or a list, taken out of `data` or `resposta`.
    Document(String),
}

#[derive(Deserialize)]
struct Envelope {
    error: Option<Box<RawValue>>,
    erro: Option<Box<RawValue>>,
    #[serde(rename = "Erro")]
    capital_erro: Option<Box<RawValue>>,
    data: Option<Box<RawValue>>,
    resposta: Option<Box<RawValue>>,
}

impl Shape {
    pub(super) fn of(body: &[u8]) -> Shape {
        let text = decoded(body);
        let text = text.trim_start_matches('\u{feff}').trim();
        match text.bytes().next() {
            None => Shape::Empty,
            Some(b'<') => Shape::Html,
            Some(b'"') => serde_json::from_str::<String>(text).map_or(Shape::Broken, |word| Shape::word(&word)),
            Some(b'{') => serde_json::from_str::<Envelope>(text).map_or(Shape::Broken, |envelope| envelope.shape(text)),
            Some(b'[') => {
                serde_json::from_str::<&RawValue>(text).map_or(Shape::Broken, |_| Shape::Document(text.to_owned()))
            }
            Some(_) if text == "null" => Shape::Empty,
            Some(_) if text.len() <= WORD_AT_MOST && !text.chars().any(char::is_control) => Shape::word(text),
            Some(_) => Shape::Broken,
        }
    }

    fn word(text: &str) -> Shape {
        match text.trim() {
            "" => Shape::Empty,
            word => Shape::Word(word.to_owned()),
        }
    }
}

impl Envelope {
    fn shape(self, whole: &str) -> Shape {
        let said = [self.error, self.erro, self.capital_erro].into_iter().flatten().find(|raw| !says_nothing(raw));
        if let Some(raw) = said {
            return Shape::Error(Scalar::from_raw(&raw).text().unwrap_or(WORDLESS).to_owned());
        }
        let Some(inner) = [self.data, self.resposta].into_iter().flatten().find(|raw| !says_nothing(raw)) else {
            return Shape::Document(whole.to_owned());
        };
        match Scalar::from_raw(&inner).text() {
            Some(word) => Shape::Word(word.to_owned()),
            None => Shape::Document(inner.get().to_owned()),
        }
    }
}

fn says_nothing(raw: &RawValue) -> bool {
    matches!(raw.get(), "null" | "false" | "\"\"")
}

/// UTF-8, or else Latin-1: an old server says neither.
fn decoded(body: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(body).map_or_else(|_| body.iter().map(|&byte| char::from(byte)).collect(), Cow::Borrowed)
}

/// An answer to a read that can be used.
pub(super) enum Said {
    Word(String),
    Document(String),
}

/// Takes an answer to a read as what it says, or as the error it is.
pub(super) fn hear(operation: &'static str, answer: &Answer) -> Result<Said, Error> {
    let garbled = |why: &str| Err(Error::Garbled { operation, why: why.to_owned() });
    let shape = Shape::of(&answer.body);
    if let Shape::Error(text) = &shape {
        return Err(if is_internal(text) {
            Error::Unreachable("it reports an internal error".to_owned())
        } else {
            Error::denied(operation, answer.status, text)
        });
    }
    match answer.status {
        200..=299 => {}
        401 | 403 => return Err(Error::SignIn(format!("HTTP {}", answer.status))),
        500.. => return Err(Error::Unreachable(format!("HTTP {}", answer.status))),
        status => return Err(Error::Refused { operation, why: format!("HTTP {status}") }),
    }
    match shape {
        Shape::Word(word) => Ok(Said::Word(word)),
        Shape::Document(json) => Ok(Said::Document(json)),
        Shape::Empty => garbled("it is empty"),
        Shape::Html => garbled("it is HTML"),
        Shape::Broken | Shape::Error(_) => garbled("it is not JSON"),
    }
}

/// Takes an answer to a read as a document of the type asked for.
pub(super) fn hear_document<T: serde::de::DeserializeOwned>(
    operation: &'static str,
    answer: &Answer,
) -> Result<T, Error> {
    match hear(operation, answer)? {
        // serde's own texts repeat values of the answer
        Said::Document(json) => serde_json::from_str(&json)
            .map_err(|error| Error::Garbled { operation, why: format!("unexpected JSON at line {}", error.line()) }),
        Said::Word(word) if is_internal(&word) => Err(Error::Unreachable("it reports an internal error".to_owned())),
        Said::Word(word) => Err(Error::denied(operation, answer.status, &word)),
    }
}

/// `INTERNAL_SERVER_ERROR`, `Internal Server Error`.
pub(super) fn is_internal(text: &str) -> bool {
    normalized(text).contains("internal server error")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_bytes_have_a_shape(body in prop::collection::vec(any::<u8>(), 0..400)) {
            told(&body);
        }

        #[test]
        fn a_document_is_json(body in "[\\[{\"]([\\[\\]{}:,\"a0]|null|data|resposta|error){0,40}") {
            if let Shape::Document(json) = Shape::of(body.as_bytes()) {
                prop_assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
            }
        }
    }

    fn told(body: &[u8]) -> String {
        match Shape::of(body) {
            Shape::Empty => "empty".to_owned(),
            Shape::Html => "html".to_owned(),
            Shape::Broken => "broken".to_owned(),
            Shape::Word(word) => format!("word {word}"),
            Shape::Error(text) => format!("error {text}"),
            Shape::Document(json) => format!("document {json}"),
        }
    }

    #[test]
    fn every_shape_of_the_document_is_known() {
        for (body, expected) in [
            ("\"SUCESSO\"", "word SUCESSO"),
            ("SUCESSO\r\n", "word SUCESSO"),
            ("{\"resposta\":\"SUCESSO\", \"dataFim\":\"01/01/2026\"}", "word SUCESSO"),
            ("{\"data\":\"feito\",\"status\":\"OK\"}", "word feito"),
            ("{\"data\":{\"a\":1},\"status\":\"OK\"}", "document {\"a\":1}"),
            ("{\"resposta\":{\"a\":1}}", "document {\"a\":1}"),
            ("{\"data\":null,\"status\":\"NOT_FOUND\"}", "document {\"data\":null,\"status\":\"NOT_FOUND\"}"),
            ("{\"error\":\"quitada\"}", "error quitada"),
            ("{\"erro\":\"quitada\"}", "error quitada"),
            ("{\"Erro\":\"quitada\"}", "error quitada"),
            ("{\"error\":{\"code\":1}}", "error an error without a text"),
            ("{\"error\":null,\"a\":1}", "document {\"error\":null,\"a\":1}"),
            ("\u{feff}[1]", "document [1]"),
            ("[1", "broken"),
            ("{\"token\":", "broken"),
            ("{ \"A solicitacao foi enviada\" }", "broken"),
            ("\"SUCESSO", "broken"),
            ("<html>", "html"),
            ("  \n", "empty"),
            ("\"\"", "empty"),
            ("null", "empty"),
        ] {
            assert_eq!(told(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn latin_1_is_read_where_it_is_not_utf_8() {
        assert_eq!(told(b"{\"error\":\"(CAMPO) inv\xe1lido\"}"), "error (CAMPO) inválido");
        assert_eq!(told(&[0, 1, 2, 0xff]), "broken");
    }
}
