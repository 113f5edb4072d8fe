//! TOML with the place of every value, and one definition laid over another.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// A file that a definition came from. The site's own configuration has no name here: whoever reads it knows it.
#[derive(Debug)]
pub(super) struct File {
    pub name: String,
    pub text: String,
}

/// Where something stands: in a named file, or in the site's configuration.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub file: Option<Arc<File>>,
    pub offset: usize,
}

/// A value with its own place and that of its key.
#[derive(Debug, Clone)]
pub struct Node {
    pub(super) value: Value,
    pub(super) key_at: Place,
    pub(super) at: Place,
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    /// As it was written.
    Number(String),
    Flag(bool),
    List(Vec<Node>),
    Table(BTreeMap<String, Node>),
}

impl Value {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "um texto",
            Value::Number(_) => "um número",
            Value::Flag(_) => "true ou false",
            Value::List(_) => "uma lista",
            Value::Table(_) => "uma tabela",
        }
    }
}

impl Node {
    /// Reads a whole file.
    pub(super) fn read(name: &str, text: &str) -> Result<Node, toml::de::Error> {
        let raw: Raw = toml::from_str(text)?;
        let file = Arc::new(File { name: name.to_owned(), text: text.to_owned() });
        Ok(raw.placed(Some(&file), 0, 0))
    }

    pub(super) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Lays `over` over this one: tables key by key, anything else as a whole.
    pub(super) fn overlaid(self, over: Node) -> Node {
        match (self.value, over.value) {
            (Value::Table(mut under), Value::Table(upper)) => {
                for (key, node) in upper {
                    let node = match under.remove(&key) {
                        Some(there) => there.overlaid(node),
                        None => node,
                    };
                    under.insert(key, node);
                }
                // a mistake of the whole table is told where the definition stands
                Node { value: Value::Table(under), key_at: self.key_at, at: self.at }
            }
            (_, value) => Node { value, key_at: over.key_at, at: over.at },
        }
    }
}

/// As the site's configuration holds it: the places are those of that file.
impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Node, D::Error> {
        let raw = Spanned::<Raw>::deserialize(deserializer)?;
        let at = raw.span().start;
        Ok(raw.into_inner().placed(None, at, at))
    }
}

enum Raw {
    Text(String),
    Number(String),
    Flag(bool),
    List(Vec<Spanned<Raw>>),
    Table(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl Raw {
    fn placed(self, file: Option<&Arc<File>>, key_at: usize, at: usize) -> Node {
        let place = |offset| Place { file: file.cloned(), offset };
        let value = match self {
            Raw::Text(text) => Value::Text(text),
            Raw::Number(text) => Value::Number(text),
            Raw::Flag(flag) => Value::Flag(flag),
            Raw::List(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| {
                        let at = item.span().start;
                        item.into_inner().placed(file, at, at)
                    })
                    .collect(),
            ),
            Raw::Table(entries) => Value::Table(
                entries
                    .into_iter()
                    .map(|(key, item)| {
                        let (key_at, at) = (key.span().start, item.span().start);
                        (key.into_inner(), item.into_inner().placed(file, key_at, at))
                    })
                    .collect(),
            ),
        };
        Node { value, key_at: place(key_at), at: place(at) }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("um texto, um número, true ou false, uma lista ou uma tabela")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_bool<E: serde::de::Error>(self, flag: bool) -> Result<Raw, E> {
        Ok(Raw::Flag(flag))
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Raw, E> {
        Ok(Raw::Number(number.to_string()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key::<Spanned<String>>()? {
            entries.push((key, map.next_value()?));
        }
        Ok(Raw::Table(entries))
    }
}
