//! OAuth 2 client credentials (RFC 6749, 4.4), with tokens bound to the client's certificate (RFC 8705).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::book::{Book, Now, Token};
use super::noise;
use super::problem::Problem;
use crate::simulator::http::{Answer, Request, pairs};

pub const SCOPES: [&str; 6] = ["cob.write", "cob.read", "cobv.write", "cobv.read", "pix.write", "pix.read"];

/// How a client says who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Style {
    /// HTTP Basic, and the rest as a form
    BasicForm,
    /// HTTP Basic, and the rest as JSON
    BasicJson,
    /// Id and secret in the form
    FormSecret,
    /// The id in the form; the certificate is secret enough
    FormIdOnly,
}

/// The one client of this bank.
#[derive(Clone)]
pub struct Client {
    pub id: String,
    pub secret: String,
    pub style: Style,
    pub token_life_s: u32,
}

impl Client {
    /// Answers `POST /oauth/token`.
    pub fn give(&self, book: &mut Book, request: &Request, as_text: bool, now: &Now) -> Answer {
        match self.consider(book, request) {
            Ok(scopes) => {
                book.tokens.retain(|token| token.expires_ms > now.ms);
                book.tokens_given += 1;
                let text = noise::hex(32);
                let scope = scopes.join(" ");
                book.tokens.push(Token {
                    text: text.clone(),
                    expires_ms: now.ms.saturating_add(i64::from(self.token_life_s) * 1000),
                    scopes,
                    certificate: request.certificate.clone(),
                });
                let life = if as_text { json!(self.token_life_s.to_string()) } else { json!(self.token_life_s) };
                let body = json!({"access_token": text, "token_type": "Bearer", "expires_in": life, "scope": scope});
                Answer::json(200, &body).with("Cache-Control", "no-store")
            }
            Err((status, error, why)) => {
                book.complain(format!("POST {}: {error}: {why}", request.path));
                let answer = Answer::json(status, &json!({"error": error, "error_description": why}));
                if status == 401 { answer.with("WWW-Authenticate", "Basic realm=\"bank\"") } else { answer }
            }
        }
    }

    fn consider(&self, book: &mut Book, request: &Request) -> Result<Vec<String>, (u16, &'static str, &'static str)> {
        let invalid = |why| (400, "invalid_request", why);
        let kind = request.header("content-type").unwrap_or("").to_ascii_lowercase();
        let fields: Map<String, Value> = if self.style == Style::BasicJson {
            if !kind.starts_with("application/json") {
                return Err(invalid("the body is to be JSON"));
            }
            serde_json::from_slice(&request.body).map_err(|_| invalid("the body is no JSON object"))?
        } else {
            if !kind.starts_with("application/x-www-form-urlencoded") {
                return Err(invalid("the body is to be a form"));
            }
            let form = pairs(&String::from_utf8_lossy(&request.body));
            form.into_iter().map(|(name, value)| (name, Value::String(value))).collect()
        };
        let field = |name: &str| fields.get(name).and_then(Value::as_str);
        let basic = matches!(self.style, Style::BasicForm | Style::BasicJson);
        for name in fields.keys() {
            let known = match name.as_str() {
                "grant_type" | "scope" => true,
                "client_id" => !basic,
                "client_secret" => self.style == Style::FormSecret,
                _ => false,
            };
            if !known {
                book.complain(format!("POST {}: {name} has no place in the body", request.path));
            }
        }
        let known = match self.style {
            Style::BasicForm | Style::BasicJson => self.shown_in(request.header("authorization")),
            Style::FormSecret => field("client_id") == Some(&self.id) && field("client_secret") == Some(&self.secret),
            Style::FormIdOnly => field("client_id") == Some(&self.id),
        };
        if !known {
            return Err((401, "invalid_client", "unknown client, or not shown in the way of this bank"));
        }
        match field("grant_type").or_else(|| request.asked("grant_type")) {
            Some("client_credentials") => {}
            Some(_) => return Err((400, "unsupported_grant_type", "only client_credentials")),
            None => return Err(invalid("grant_type is missing")),
        }
        let Some(wanted) = field("scope").filter(|scope| !scope.is_empty()) else {
            return Ok(SCOPES.map(str::to_owned).to_vec());
        };
        let wanted: Vec<String> = wanted.split(' ').map(str::to_owned).collect();
        if wanted.iter().all(|scope| SCOPES.contains(&scope.as_str())) {
            Ok(wanted)
        } else {
            Err((400, "invalid_scope", "no such scope"))
        }
    }

    fn shown_in(&self, header: Option<&str>) -> bool {
        let sent = header.and_then(|value| value.split_once(' '));
        let Some((_, sent)) = sent.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic")) else { return false };
        let expected = format!("{}:{}", self.id, self.secret);
        STANDARD.decode(sent.trim()).is_ok_and(|bytes| bytes == expected.as_bytes())
    }
}

/// Whether the request may do what needs `scope`.
pub fn admit(book: &mut Book, request: &Request, scope: &str, now: &Now) -> Result<(), Problem> {
    let unknown = |detail| Err(Problem::new(401, "AcessoNegado", detail));
    let sent = request.header("authorization").and_then(|value| value.split_once(' '));
    let Some((_, sent)) = sent.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
        book.complain(format!("{} {}: no bearer token", request.method, request.path));
        return unknown("Sem token.");
    };
    let Some(token) = book.tokens.iter().find(|token| token.text == sent.trim() && token.expires_ms > now.ms) else {
        return unknown("Token desconhecido ou vencido.");
    };
    if token.certificate != request.certificate {
        book.complain(format!("{} {}: the token belongs to another certificate", request.method, request.path));
        return unknown("O token pertence a outro certificado.");
    }
    if !token.scopes.iter().any(|given| given == scope) {
        return Err(Problem::new(403, "AcessoNegado", format!("O token não tem o escopo {scope}.")));
    }
    Ok(())
}
