//! Refusals: RFC 7807 as the API Pix has it, and the shapes that banks use instead.

use serde::Deserialize;
use serde_json::{Value, json};

use super::noise;
use crate::simulator::http::Answer;

/// What was refused and why; how it is written is up to [`Shape`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub status: u16,
    /// The last part of `type`.
    pub kind: &'static str,
    pub detail: String,
    pub violations: Vec<Violation>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub reason: String,
    pub property: String,
    pub value: String,
}

/// How this bank writes its errors.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// `{type, title, status, detail, correlationId, violacoes}` as `application/problem+json`
    #[default]
    Problem,
    /// `{nome, mensagem}`
    Nome,
    /// `{erros: [{codigo, mensagem, ocorrencia}]}`
    Erros,
    /// `{statusCode, error, message}`
    StatusCode,
    /// No body at all
    Empty,
}

impl Problem {
    pub fn new(status: u16, kind: &'static str, detail: impl Into<String>) -> Problem {
        Problem { status, kind, detail: detail.into(), violations: Vec::new() }
    }

    /// The problem that the API has for a status, for refusals on order.
    pub fn on_order(status: u16) -> Problem {
        let kind = match status {
            401 | 403 => "AcessoNegado",
            404 => "NaoEncontrado",
            410 => "PermanentementeRemovido",
            503 => "ServicoIndisponivel",
            504 => "IndisponibilidadePorTempoEsgotado",
            500.. => "ErroInternoDoServidor",
            _ => "RequisicaoInvalida",
        };
        Problem::new(status, kind, "Recusado por ordem.")
    }

    fn title(&self) -> &'static str {
        match self.status {
            400 => "Requisição inválida.",
            401 => "Não autorizado.",
            403 => "Acesso Negado",
            404 => "Não Encontrado",
            429 => "Muitas requisições.",
            503 => "Serviço Indisponível",
            504 => "Tempo Esgotado",
            _ => "Erro",
        }
    }

    pub fn answer(&self, shape: Shape) -> Answer {
        let violations: Vec<Value> = self
            .violations
            .iter()
            .map(|it| json!({"razao": it.reason, "propriedade": it.property, "valor": it.value}))
            .collect();
        let body = match shape {
            Shape::Problem => {
                let mut body = json!({
                    "type": format!("https://pix.bcb.gov.br/api/v2/error/{}", self.kind),
                    "title": self.title(),
                    "status": self.status,
                    "detail": self.detail,
                    "correlationId": noise::hex(16),
                });
                if let Some(body) = body.as_object_mut().filter(|_| !violations.is_empty()) {
                    body.insert("violacoes".to_owned(), Value::Array(violations));
                }
                return Answer::new(self.status, "application/problem+json", body.to_string());
            }
            Shape::Nome => json!({"nome": snake(self.kind), "mensagem": self.detail}),
            Shape::Erros => json!({"erros": [{
                "codigo": format!("{}0001", self.status),
                "versao": "1",
                "mensagem": self.detail,
                "ocorrencia": noise::hex(10),
            }]}),
            Shape::StatusCode => json!({"statusCode": self.status, "error": self.title(), "message": self.detail}),
            Shape::Empty => return Answer::new(self.status, "text/plain", ""),
        };
        Answer::json(self.status, &body)
    }
}

fn snake(kind: &str) -> String {
    let mut text = String::with_capacity(kind.len() + 4);
    for letter in kind.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}
