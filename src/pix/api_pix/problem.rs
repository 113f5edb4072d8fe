//! Why a bank refuses, in the few words that are safe to log: the name of the error and the fields that are wrong, never
//! the bank's sentences, which repeat what was sent.

use std::fmt;

use serde::Deserialize;

use crate::http::Answer;
use crate::pix::text::{Text, lenient};

const WORD_AT_MOST: usize = 60;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    status: u16,
    words: Vec<String>,
}

/// RFC 7807 with `violacoes`, and what single banks say instead: `nome`, `codigo`, `erros[]`, OAuth's `error`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    r#type: Text,
    nome: Text,
    codigo: Text,
    error: Text,
    #[serde(deserialize_with = "lenient")]
    violacoes: Vec<Violation>,
    #[serde(deserialize_with = "lenient")]
    erros: Vec<Own>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Violation {
    propriedade: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Own {
    codigo: Text,
}

impl Problem {
    pub fn of(answer: &Answer) -> Problem {
        let said: Said = serde_json::from_slice(&answer.body).unwrap_or_default();
        let kind = said.r#type.as_str().and_then(|kind| kind.rsplit('/').next());
        let names = [kind, said.nome.as_str(), said.codigo.as_str(), said.error.as_str()];
        let own = said.erros.iter().map(|own| own.codigo.as_str());
        let fields = said.violacoes.iter().map(|violation| violation.propriedade.as_str());
        let words = names.into_iter().chain(own).chain(fields).flatten().filter(|word| is_name(word));
        Problem { status: answer.status, words: words.take(8).map(str::to_owned).collect() }
    }
}

/// A name of an error or a field, not a number that may be somebody's.
fn is_name(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-[]".contains(&byte);
    (1..=WORD_AT_MOST).contains(&word.len()) && digits < 8 && word.bytes().all(plain)
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {}", self.status)?;
        if self.words.is_empty() { Ok(()) } else { write!(f, ": {}", self.words.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_banks_refusal_is_named_without_its_sentences() {
        for (body, told) in [
            (
                r#"{"type":"https://pix.bcb.gov.br/api/v2/error/CobOperacaoInvalida","title":"x","status":400,
                 "detail":"CPF 52998224725","violacoes":[{"razao":"52998224725","propriedade":"cob.valor.original"}]}"#,
                "HTTP 400: CobOperacaoInvalida, cob.valor.original",
            ),
            (r#"{"nome":"valor_invalido","mensagem":"Maria da Silva"}"#, "HTTP 400: valor_invalido"),
            (r#"{"erros":[{"codigo":"4769515","mensagem":"x","ocorrencia":"y"}]}"#, "HTTP 400: 4769515"),
            (r#"{"statusCode":400,"error":"Bad Request","message":"x"}"#, "HTTP 400"),
            (r#"{"error":"invalid_client"}"#, "HTTP 400: invalid_client"),
            (r#"{"nome":"52998224725"}"#, "HTTP 400"),
            (r#"{"violacoes":3,"nome":"a"}"#, "HTTP 400: a"),
            ("<html>", "HTTP 400"),
        ] {
            let answer = Answer { status: 400, body: body.as_bytes().to_vec(), ..Answer::default() };
            assert_eq!(Problem::of(&answer).to_string(), told, "{body}");
        }
    }
}
