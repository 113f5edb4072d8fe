//! Secrets that stand where they do not belong: found, refused, and never shown.

use super::tree::{Node, Step, Value};

/// Words at the end of a key that holds a secret.
const NAMES: [&str; 12] = [
    "password",
    "passwd",
    "passphrase",
    "senha",
    "secret",
    "segredo",
    "token",
    "api_key",
    "apikey",
    "access_key",
    "private_key",
    "authorization",
];

const TO_DO: &str = "parece um segredo, e um segredo não fica neste arquivo: escreva { file = \"…\" } ou \
                     { credential = \"…\" } numa chave que os aceita";

/// The values that look like one, with a sentence.
pub(super) fn misplaced(tree: &Node) -> Vec<(Vec<Step>, &'static str)> {
    let is_one = |path: &[Step], node: &Node| {
        let Some(Step::Key(key)) = path.last() else { return false };
        match &node.value {
            Value::Text(text) => names_one(key) && is_literal(text) || looks_like_one(text),
            Value::List(items) => {
                items.iter().any(|item| matches!(&item.value, Value::Text(text) if looks_like_one(text)))
            }
            _ => false,
        }
    };
    let leaves = tree.leaves().into_iter();
    leaves.filter(|(path, node)| is_one(path, node)).map(|(path, _)| (path, TO_DO)).collect()
}

/// At the beginning of a key that says where something stands, as a preset's `header_token` says in which header.
const PLACES: [&str; 4] = ["header_", "campo_", "param_", "path_"];

fn names_one(key: &str) -> bool {
    let key = key.to_lowercase().replace('-', "_");
    NAMES.iter().any(|name| key.ends_with(name)) && !PLACES.iter().any(|place| key.starts_with(place))
}

/// A path, a template or a number's name is no secret.
fn is_literal(text: &str) -> bool {
    let is_template = text.contains("{{") || text.contains("{%") || is_place(text);
    !text.is_empty() && !text.starts_with('/') && !is_template
}

/// `{token}` by itself or behind one word, as in `Bearer {token}`: the name of a secret that stands elsewhere.
fn is_place(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or(text);
    let name = last.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    text.matches(' ').count() < 2 && name.is_some_and(is_name)
}

fn looks_like_one(text: &str) -> bool {
    let text = text.trim();
    let signs_in = ["Bearer ", "bearer ", "Basic ", "basic "].iter().any(|how| {
        text.strip_prefix(how).is_some_and(|rest| rest.trim().len() >= 8 && is_literal(rest) && !rest.contains(' '))
    });
    let is_jwt = text.starts_with("eyJ") && text.matches('.').count() == 2;
    signs_in || is_jwt || text.contains("-----BEGIN") || has_password(text)
}

/// `https://user:password@host`
fn has_password(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.and_then(|host| host.rsplit_once('@')).is_some_and(|(user, _)| user.contains(':'))
}

/// A line to show: with dots for what stands after the `=` where that is, or may be, a secret.
pub(super) fn without_secrets(line: &str, hidden: bool) -> String {
    let Some((key, value)) = line.split_once('=') else { return line.to_owned() };
    // a place of a secret may be shown
    let is_place = value.trim_start().starts_with('{') && !hidden;
    let suspect = value.split(['"', '\'']).any(looks_like_one);
    if hidden || suspect || (names_one(key.trim()) && !is_place) { format!("{key}= …") } else { line.to_owned() }
}

/// The same of a value by itself.
pub(super) fn may_be_shown(key: &str, text: &str) -> bool {
    !(names_one(key) && is_literal(text) || looks_like_one(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_secret_is_one() {
        for (text, is_one) in [
            ("Bearer 8f7d6c5b4a39281", true),
            ("Bearer {{ token }}", false),
            ("Bearer {access_token}", false),
            ("Bearer 8f7d6c5b{token}", true),
            ("eyJhbGciOi.eyJzdWIi.c2lnbmF0dXJl", true),
            ("-----BEGIN PRIVATE KEY-----", true),
            ("https://totem:s3nha@erp.example", true),
            ("https://erp.example/a@b:c", false),
            ("Rua das Flores, 100", false),
        ] {
            assert_eq!(looks_like_one(text), is_one, "{text}");
        }
    }

    #[test]
    fn a_line_is_shown_without_its_secret() {
        for (line, shown) in [
            ("password = \"s3nha\"", "password = …"),
            ("password = { file = \"/etc/totem/erp-senha\" }", "password = { file = \"/etc/totem/erp-senha\" }"),
            ("headers = { a = \"Bearer 0123456789\" }", "headers = …"),
            ("baud = 9600", "baud = 9600"),
            ("header_token = \"X-Chave\"", "header_token = \"X-Chave\""),
        ] {
            assert_eq!(without_secrets(line, false), shown);
        }
        assert_eq!(without_secrets("name = \"x\"", true), "name = …");
    }
}
