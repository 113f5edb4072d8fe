//! What is wrong with a definition, and where: file, line and column, as a technician reads it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::tree::{Node, Place, Value};

/// Everything that is wrong, in the order in which it was found.
#[derive(Default)]
pub(super) struct Mistakes(RefCell<Vec<(Place, String)>>);

/// One mistake, as the configuration tells it: where in the site's own file, and a sentence. One that stands in
/// another file begins with that place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// In bytes, where the mistake stands in the site's own file.
    pub offset: Option<usize>,
    pub message: String,
}

impl Mistakes {
    pub(super) fn add(&self, place: &Place, message: impl Into<String>) {
        self.0.borrow_mut().push((place.clone(), message.into()));
    }

    /// The same sentence about the same place is told once.
    pub(super) fn add_once(&self, place: &Place, message: String) {
        let told = self.0.borrow().iter().any(|(at, told)| *told == message && at.offset == place.offset);
        if !told {
            self.add(place, message);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    pub(super) fn told(self) -> Vec<Mistake> {
        let tell = |(place, message): (Place, String)| match &place.file {
            None => Mistake { offset: Some(place.offset), message },
            Some(file) => {
                let (line, column) = line_and_column(&file.text, place.offset);
                Mistake { offset: None, message: format!("{}:{line}:{column}: {message}", file.name) }
            }
        };
        self.0.into_inner().into_iter().map(tell).collect()
    }
}

/// From 1, the column in characters.
pub(super) fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset.min(text.len())).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before.get(start..).unwrap_or_default().chars().count() + 1)
}

/// The place of a byte inside a text that a node holds, where the file has it letter by letter; else the text's own.
pub(super) fn inside(node: &Node, text: &str, offset: usize) -> Place {
    let begins = node.at.file.as_ref().and_then(|file| file.text.get(node.at.offset..)?.find(text));
    match begins {
        Some(begins) => Place { file: node.at.file.clone(), offset: node.at.offset + begins + offset },
        None => node.at.clone(),
    }
}

/// Reads one table key by key; what nobody asked for is a mistake.
pub(super) struct Reader<'a> {
    pub table: &'a BTreeMap<String, Node>,
    pub at: &'a Place,
    pub mistakes: &'a Mistakes,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Reader<'a> {
    /// Nothing where the node is no table, which is a mistake too.
    pub(super) fn of(node: &'a Node, mistakes: &'a Mistakes) -> Option<Reader<'a>> {
        match &node.value {
            Value::Table(table) => Some(Reader { table, at: &node.key_at, mistakes, asked: RefCell::default() }),
            other => {
                mistakes.add(&node.at, format!("esperava uma tabela, e há {}", other.kind()));
                None
            }
        }
    }

    pub(super) fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    pub(super) fn text(&self, key: &'static str) -> Option<(&'a Node, &'a str)> {
        let node = self.node(key)?;
        match &node.value {
            Value::Text(text) => Some((node, text)),
            other => {
                self.mistakes.add(&node.at, format!("`{key}` deve ser um texto, e é {}", other.kind()));
                None
            }
        }
    }

    pub(super) fn needed(&self, key: &'static str, what: &str) -> Option<(&'a Node, &'a str)> {
        if self.node(key).is_none() {
            self.mistakes.add(self.at, format!("falta a chave `{key}`: {what}"));
        }
        self.text(key)
    }

    pub(super) fn flag(&self, key: &'static str) -> bool {
        match self.node(key).map(|node| (node, &node.value)) {
            Some((_, Value::Flag(flag))) => *flag,
            Some((node, other)) => {
                self.mistakes.add(&node.at, format!("`{key}` deve ser true ou false, e é {}", other.kind()));
                false
            }
            None => false,
        }
    }

    /// A whole number between two limits.
    pub(super) fn number(&self, key: &'static str, usual: u64, limits: std::ops::RangeInclusive<u64>) -> u64 {
        let Some(node) = self.node(key) else { return usual };
        let read = match &node.value {
            Value::Number(text) => text.parse().ok().filter(|number| limits.contains(number)),
            _ => None,
        };
        read.unwrap_or_else(|| {
            let (least, most) = (limits.start(), limits.end());
            self.mistakes.add(&node.at, format!("`{key}` deve ser um número inteiro de {least} a {most}"));
            usual
        })
    }

    pub(super) fn table(&self, key: &'static str) -> Option<Reader<'a>> {
        Reader::of(self.node(key)?, self.mistakes)
    }

    pub(super) fn list(&self, key: &'static str) -> &'a [Node] {
        match self.node(key).map(|node| (node, &node.value)) {
            Some((_, Value::List(items))) => items,
            Some((node, other)) => {
                self.mistakes.add(&node.at, format!("`{key}` deve ser uma lista, e é {}", other.kind()));
                &[]
            }
            None => &[],
        }
    }

    /// A list of texts.
    pub(super) fn texts(&self, key: &'static str) -> Vec<(&'a Node, &'a str)> {
        let texts = self.list(key).iter().filter_map(|node| match &node.value {
            Value::Text(text) => Some((node, text.as_str())),
            other => {
                self.mistakes.add(&node.at, format!("`{key}` é uma lista de textos, e há {}", other.kind()));
                None
            }
        });
        texts.collect()
    }

    /// A table of free keys.
    pub(super) fn entries(&self, key: &'static str) -> Vec<(&'a str, &'a Node)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        match &node.value {
            Value::Table(table) => table.iter().map(|(name, node)| (name.as_str(), node)).collect(),
            other => {
                self.mistakes.add(&node.at, format!("`{key}` deve ser uma tabela, e é {}", other.kind()));
                Vec::new()
            }
        }
    }

    /// Complains of every key that was not asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, node) in self.table.iter().filter(|(key, _)| !asked.contains(key.as_str())) {
            let known = asked.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            self.mistakes.add(&node.key_at, format!("chave desconhecida `{key}`; esperava uma destas: {known}"));
        }
    }
}
