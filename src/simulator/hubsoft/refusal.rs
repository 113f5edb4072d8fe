//! How this ERP says no: HTTP 200 with `status: error`. And the strictness of the stand-in: what neither document knows is
//! refused, and stands in the book.

use serde_json::{Map, Value, json};

use crate::simulator::http::Request;

/// The text of `msg`, the texts of `errors`, and whether the caller broke a document's rule.
pub struct Refusal {
    pub message: String,
    pub errors: Vec<String>,
    pub breach: bool,
}

impl Refusal {
    /// A business answer.
    pub fn because(message: impl Into<String>) -> Refusal {
        Refusal { message: message.into(), errors: Vec::new(), breach: false }
    }

    /// What the documents do not allow.
    pub fn field(name: &str, fault: &str) -> Refusal {
        Refusal {
            message: "Favor preencher os campos obrigatórios de acordo com as especificações".into(),
            errors: vec![format!("O campo {name} é {fault}.")],
            breach: true,
        }
    }

    #[must_use]
    pub fn body(&self) -> Value {
        json!({"status": "error", "msg": self.message, "errors": self.errors})
    }
}

/// The parameters of a query: all of `needed`, and of others none but `known`.
pub fn query(request: &Request, needed: &[&str], known: &[&str]) -> Result<(), Refusal> {
    if let Some(missing) = needed.iter().find(|name| request.asked(name).is_none_or(str::is_empty)) {
        return Err(Refusal::field(missing, "obrigatório"));
    }
    let strange = request.query.iter().find(|(name, _)| ![needed, known].concat().contains(&name.as_str()));
    strange.map_or(Ok(()), |(name, _)| Err(Refusal::field(name, "desconhecido")))
}

/// One of some words, or the default.
pub fn word<'a>(request: &'a Request, name: &str, words: &[&'a str], usual: &'a str) -> Result<&'a str, Refusal> {
    match request.asked(name) {
        None => Ok(usual),
        Some(said) => words.iter().find(|word| **word == said).copied().ok_or_else(|| Refusal::field(name, "inválido")),
    }
}

/// A JSON body's fields: all of `needed`, and of others none but `known`.
pub fn fields<'a>(body: &'a Value, needed: &[&str], known: &[&str]) -> Result<&'a Map<String, Value>, Refusal> {
    let fields = body.as_object().ok_or_else(|| Refusal::because("O corpo não é um objeto JSON"))?;
    if let Some(missing) = needed.iter().find(|name| fields.get(**name).is_none_or(Value::is_null)) {
        return Err(Refusal::field(missing, "obrigatório"));
    }
    let strange = fields.keys().find(|name| ![needed, known].concat().contains(&name.as_str()));
    strange.map_or(Ok(fields), |name| Err(Refusal::field(name, "desconhecido")))
}

/// A whole number above zero, as a number or in a string: the document prints both.
pub fn whole(fields: &Map<String, Value>, name: &str) -> Result<i64, Refusal> {
    let value = fields.get(name);
    let number = value.and_then(|value| value.as_i64().or_else(|| value.as_str()?.parse().ok()));
    number.filter(|number| *number > 0).ok_or_else(|| Refusal::field(name, "inválido"))
}

pub fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<&'a str, Refusal> {
    let text = fields.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    text.ok_or_else(|| Refusal::field(name, "inválido"))
}

/// An amount in cents: a JSON number with at most two decimals, not negative.
#[must_use]
pub fn cents(value: &Value) -> Option<i64> {
    let text = value.as_number()?.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let part = if part == "0" { "" } else { part };
    if part.len() > 2 || text.contains(['e', 'E', '-']) {
        return None;
    }
    format!("{whole}{part:0<2}").parse().ok()
}
