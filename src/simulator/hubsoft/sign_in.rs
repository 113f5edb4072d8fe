//! Signing in: the OAuth2 password grant as a JSON body, and the bearer token on every call.

use std::io;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::book::Book;
use crate::simulator::http::{Answer, Request};

/// What the stand-in asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub client_id: String,
    pub client_secret: String,
    pub username: String,
    pub password: String,
}

impl Credentials {
    fn open(&self, body: &Value) -> bool {
        let is = |name: &str, wanted: &str| body.get(name).and_then(Value::as_str) == Some(wanted);
        is("grant_type", "password")
            && is("client_id", &self.client_id)
            && is("client_secret", &self.client_secret)
            && is("username", &self.username)
            && is("password", &self.password)
    }
}

/// A token that was handed out.
#[derive(Clone, Serialize, Deserialize)]
pub struct Token {
    pub text: String,
    pub expires_ms: i64,
}

/// `POST /oauth/token`.
pub fn grant(
    credentials: &Credentials,
    book: &mut Book,
    request: &Request,
    now_ms: i64,
    life_s: i64,
) -> io::Result<Answer> {
    let is_json = request.header("Content-Type").unwrap_or("").to_ascii_lowercase().starts_with("application/json");
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    if !is_json || !credentials.open(&body) {
        let words = "The user credentials were incorrect.";
        let refusal = json!({"error": "invalid_credentials", "error_description": words, "message": words});
        return Ok(Answer::json(401, &refusal));
    }
    book.tokens.retain(|token| token.expires_ms > now_ms);
    book.tokens_given += 1;
    let text = format!("{}.{}.{}", hex(12)?, hex(24)?, hex(24)?);
    book.tokens.push(Token { text: text.clone(), expires_ms: now_ms.saturating_add(life_s * 1000) });
    let granted = json!({
        "token_type": "Bearer",
        "expires_in": life_s,
        "access_token": text,
        "refresh_token": format!("def50200{}", hex(24)?),
    });
    Ok(Answer::json(200, &granted))
}

/// The refusal of a call that carries no live token.
pub fn refusal_of(book: &Book, request: &Request, now_ms: i64) -> Option<Answer> {
    let sent = request.header("Authorization").and_then(|header| header.strip_prefix("Bearer "));
    let known = sent.is_some_and(|sent| book.tokens.iter().any(|it| it.text == sent && it.expires_ms > now_ms));
    (!known).then(|| Answer::json(401, &json!({"error": "Unauthenticated."})))
}

fn hex(bytes: usize) -> io::Result<String> {
    let mut noise = vec![0; bytes];
    getrandom::fill(&mut noise).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(noise.iter().map(|byte| format!("{byte:02x}")).collect())
}
