//! Secrets that stand where they do not belong: found, refused, and never shown.

use std::sync::LazyLock;

use super::tree::{Node, Step, Value, keys};
use crate::erp::configured::secrecy::{self, Secrecy};

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

/// What the ERP's definition says of the values that it leaves to the site: whether each is a secret. Where it says so,
/// nobody guesses by a key's name.
#[derive(Debug, Clone, Default)]
pub(super) struct Declared(Secrecy);

const VALUES: [&str; 3] = ["erp", "configured", "values"];

impl Declared {
    pub(super) fn of(tree: &Node) -> Declared {
        let below = |key: &str| {
            let path: Vec<Step> = ["erp", "configured", key].map(|key| Step::Key(key.to_owned())).into();
            tree.get(&path).map(|node| &node.value)
        };
        let text = |key: &str| match below(key) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let mut says = secrecy::of(text("preset"), text("definition"));
        // the site's own words about a value stand over the definition's
        if let Some(Value::Table(over)) = below("override")
            && let Some(Value::Table(needs)) = over.get("needs").map(|node| &node.value)
        {
            for (name, node) in needs {
                let flag = match &node.value {
                    Value::Table(words) => words.get("secret").map(|flag| flag.value != Value::Flag(false)),
                    _ => Some(false),
                };
                let said = says.entry(name.clone()).or_default();
                *said = flag.unwrap_or(*said);
            }
        }
        Declared(says)
    }

    /// Nothing where no definition speaks of it.
    fn says(&self, path: &[Step]) -> Option<bool> {
        match (path.len(), keys(path).as_slice()) {
            (4, [above @ .., name]) if above == VALUES => self.0.get(*name).copied(),
            _ => None,
        }
    }

    /// Whether one of these values, written on one line, is a secret; nothing where no definition speaks of any.
    pub(super) fn says_of<'a>(&self, written: impl Iterator<Item = (&'a [Step], &'a Node)>) -> Option<bool> {
        let literal = |node: &Node| !matches!(node.value, Value::Table(_));
        let told = written.filter_map(|(path, node)| Some(self.says(path)? && literal(node)));
        told.reduce(|one, other| one || other)
    }

    /// Whether a value, told with its whole key, may be shown.
    pub(super) fn may_be_shown(&self, key: &str, text: &str) -> bool {
        let (above, name) = key.rsplit_once('.').unwrap_or(("", key));
        let said = (above == VALUES.join(".")).then(|| self.0.get(name)).flatten();
        let is_one = said.copied().unwrap_or_else(|| names_one(name) && is_literal(text));
        !is_one && !looks_like_one(text)
    }
}

/// The values that look like one, with a sentence. What a definition calls a secret is told by whoever reads it.
pub(super) fn misplaced(tree: &Node, declared: &Declared) -> Vec<(Vec<Step>, &'static str)> {
    let is_one = |path: &[Step], node: &Node| {
        let Some(Step::Key(key)) = path.last() else { return false };
        let said = declared.says(path);
        match &node.value {
            _ if said == Some(true) => false,
            Value::Text(text) => said.is_none() && names_one(key) && is_literal(text) || looks_like_one(text),
            Value::List(items) => {
                items.iter().any(|item| matches!(&item.value, Value::Text(text) if looks_like_one(text)))
            }
            _ => false,
        }
    };
    let leaves = tree.leaves().into_iter();
    leaves.filter(|(path, node)| is_one(path, node)).map(|(path, _)| (path, TO_DO)).collect()
}

/// A guess, but for what a preset names.
fn names_one(key: &str) -> bool {
    static OF_PRESETS: LazyLock<Secrecy> = LazyLock::new(secrecy::of_presets);
    if let Some(is_secret) = OF_PRESETS.get(key) {
        return *is_secret;
    }
    let key = key.to_lowercase().replace('-', "_");
    NAMES.iter().any(|name| key.ends_with(name))
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

/// A line to show: with dots for what stands after the `=` where that is, or may be, a secret. `said` is what a
/// definition says of the values that are written there.
pub(super) fn without_secrets(line: &str, hidden: bool, said: Option<bool>) -> String {
    let Some((key, value)) = line.split_once('=') else { return line.to_owned() };
    // a place of a secret may be shown
    let is_place = value.trim_start().starts_with('{') && !hidden;
    let suspect = value.split(['"', '\'']).any(looks_like_one);
    let name = key.rsplit('.').next().unwrap_or_default().trim();
    let is_one = said.unwrap_or_else(|| names_one(name) && !is_place);
    if hidden || suspect || is_one { format!("{key}= …") } else { line.to_owned() }
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
            ("chave = \"s3nha", "chave = …"),
            ("values.syndata = \"s3nha\"", "values.syndata = …"),
            ("minha_senha = \"s3nha\"", "minha_senha = …"),
        ] {
            assert_eq!(without_secrets(line, false, None), shown);
        }
        assert_eq!(without_secrets("name = \"x\"", true, None), "name = …");
        assert_eq!(without_secrets("header_token = \"x\"", false, Some(true)), "header_token = …");
    }
}
