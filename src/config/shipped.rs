//! The file that we ship, `config/totem.toml`: every key with its default, and the words about it. It is read here
//! with its examples in force, so that schema, defaults and descriptions come from the one text that people read.

use serde::Deserialize;
use std::cell::RefCell;

use toml::de::DeTable;

use super::Config;
use super::reader::{Book, Kind, Reader};
use super::tree::{Node, Step, Value};
use super::wrong::What;

/// As it lies in `/usr/share/totem`.
pub const TEXT: &str = include_str!("../../config/totem.toml");

/// Further right than this a comment goes on with the one above it.
const COMMENTS: usize = 20;

pub(super) struct Shipped {
    /// With every example in force.
    text: String,
    pub tree: Node,
    /// What the rooms asked each key to be.
    pub book: Book,
}

impl Shipped {
    pub(super) fn read() -> Shipped {
        Shipped::of(TEXT)
    }

    pub(super) fn of(shipped: &str) -> Shipped {
        let text: String = shipped.lines().map(|line| format!("{}\n", in_force(line))).collect();
        let (table, _) = DeTable::parse_recoverable(&text);
        let mut tree = Node::of_table(table.get_ref(), 0);
        let book = RefCell::new(Book::new());
        // the examples' secrets are nowhere, and a key whose value is made from one is read without it
        for _ in 0..100 {
            match Config::deserialize(Reader::noting(&tree, &book)) {
                Ok(_) => break,
                Err(wrong) => match tree.get_mut(&wrong.path) {
                    Some(node) if node.value != Value::Anything => node.value = Value::Anything,
                    _ => tree.remove(&wrong.path),
                },
            }
        }
        Shipped { text, tree, book: book.into_inner() }
    }

    /// What stands behind a key, or behind the header of a table.
    pub(super) fn words(&self, node: &Node) -> Option<String> {
        let from = if matches!(node.value, Value::Table(_)) { node.key_at } else { node.end };
        let mut lines = self.text.get(from..)?.lines();
        let mut words = after_hash(lines.next()?)?.trim().to_owned();
        for line in lines {
            let bare = line.trim_start_matches(['#', ' ']);
            if !line.trim_start().starts_with('#') || line.len() - bare.len() < COMMENTS {
                break;
            }
            words += &format!(" {}", bare.trim());
        }
        Some(words).filter(|words| !words.is_empty())
    }

    /// Whether the file has to say it: without the key nothing is read.
    pub(super) fn is_needed(&self, table: &[Step], key: &str) -> bool {
        let mut without = self.tree.clone();
        without.remove(&table.iter().cloned().chain([Step::Key(key.to_owned())]).collect::<Vec<_>>());
        match Config::deserialize(Reader::of(&without)) {
            Ok(_) => false,
            Err(wrong) => matches!(wrong.what, What::Missing(missing) if missing == key) && wrong.path == table,
        }
    }

    pub(super) fn kinds(&self, path: &[String]) -> &[Kind] {
        self.book.get(path).map_or(&[], Vec::as_slice)
    }
}

/// The line as it is without the `#` before an example; other lines as they are.
fn in_force(line: &str) -> &str {
    let Some(example) = line.strip_prefix("# ") else { return line };
    let is_one = example.starts_with('[') || example.split_once('=').is_some_and(|(key, _)| is_key(key.trim()));
    if is_one && DeTable::parse(example).is_ok() { example } else { line }
}

fn is_key(text: &str) -> bool {
    let bare = text.trim_matches('"');
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

/// A comment at the end of a line whose values have been read, or of a header.
fn after_hash(line: &str) -> Option<&str> {
    line.split_once('#').map(|(_, words)| words)
}
