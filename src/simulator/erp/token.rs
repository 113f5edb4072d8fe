//! Signing in: HTTP Basic on every call, and the `Token` header that "Gerar Token" hands out.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::book::Book;

/// User and password that the stand-in asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

impl Credentials {
    /// Whether the `Authorization` header carries them.
    #[must_use]
    pub fn open(&self, header: Option<&str>) -> bool {
        let sent = header.and_then(|value| value.split_once(' '));
        let Some((_, sent)) = sent.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic")) else { return false };
        let expected = format!("{}:{}", self.user, self.password);
        STANDARD.decode(sent.trim()).is_ok_and(|bytes| bytes == expected.as_bytes())
    }
}

/// A token that was handed out.
#[derive(Clone, Serialize, Deserialize)]
pub struct Token {
    pub text: String,
    pub expires_ms: i64,
    pub renewals: u64,
}

/// Hands out a token good for `life_ms`, with the claims of the document's example: times in epoch milliseconds.
/// The signature is random: a client cannot check it, and the book knows what it gave.
pub fn issue(book: &mut Book, now_ms: i64, life_ms: i64, renewals: u64) -> io::Result<String> {
    book.tokens.retain(|token| token.expires_ms > now_ms);
    book.tokens_given += 1;
    let expires_ms = now_ms.saturating_add(life_ms);
    let claims = format!(
        r#"{{"sub":"{}","iss":"WebService","ren":{renewals},"exp":{expires_ms},"iat":{now_ms},"jti":{},"qtdRen":0}}"#,
        hex(16)?,
        book.tokens_given
    );
    let signature = URL_SAFE_NO_PAD.encode(random(32)?);
    let text =
        format!("{}.{}.{signature}", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#), URL_SAFE_NO_PAD.encode(claims));
    book.tokens.push(Token { text: text.clone(), expires_ms, renewals });
    Ok(text)
}

/// The live token of the `Token` header.
#[must_use]
pub fn recognise<'a>(book: &'a Book, header: Option<&str>, now_ms: i64) -> Option<&'a Token> {
    let sent = header?;
    book.tokens.iter().find(|token| token.text == sent && token.expires_ms > now_ms)
}

/// That many random bytes as lower-case hexadecimal digits.
pub fn hex(bytes: usize) -> io::Result<String> {
    Ok(random(bytes)?.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn random(bytes: usize) -> io::Result<Vec<u8>> {
    let mut noise = vec![0; bytes];
    getrandom::fill(&mut noise).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(noise)
}
