//! TOML with the place of every key and value, and one layer laid over another.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value, and where it stands in the text that `Layers` keeps: all layers one behind the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub value: Value,
    pub key_at: usize,
    pub at: usize,
    pub end: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Flag(bool),
    List(Vec<Node>),
    Table(BTreeMap<String, Node>),
    /// Stands where there is a mistake, or nothing: whatever the reader asks for, this is. Only the search for further
    /// mistakes goes on with it, never a totem.
    Anything,
    /// A secret that is not read here.
    Unread,
}

/// From the root to a value. An element of a list has its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Key(String),
    Place(usize),
}

impl Node {
    pub(super) fn empty() -> Node {
        Node { value: Value::Table(BTreeMap::new()), key_at: 0, at: 0, end: 0 }
    }

    pub(super) fn anything(at: usize) -> Node {
        Node { value: Value::Anything, key_at: at, at, end: at }
    }

    /// A parsed text whose first byte has the number `base`.
    pub(super) fn of_table(table: &DeTable<'_>, base: usize) -> Node {
        Node { value: Value::Table(entries(table, base)), key_at: base, at: base, end: base }
    }

    pub(super) fn of_value(value: &Spanned<DeValue<'_>>, key_at: usize, base: usize) -> Node {
        let span = value.span();
        let inner = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Value::Integer(number),
                // larger than anything that a key takes
                Err(_) => Value::Float(f64::INFINITY),
            },
            DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
            DeValue::Boolean(flag) => Value::Flag(*flag),
            DeValue::Datetime(moment) => Value::Text(moment.to_string()),
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| Node::of_value(item, base + item.span().start, base)).collect())
            }
            DeValue::Table(table) => Value::Table(entries(table, base)),
        };
        Node { value: inner, key_at, at: base + span.start, end: base + span.end }
    }

    /// Lays `over` over this one: tables key by key, anything else as a whole.
    pub(super) fn lay(&mut self, over: Node) {
        match (&mut self.value, over.value) {
            (Value::Table(under), Value::Table(upper)) => {
                for (key, node) in upper {
                    match under.get_mut(&key) {
                        Some(there) => there.lay(node),
                        None => {
                            under.insert(key, node);
                        }
                    }
                }
                // what is missing in a table is looked for where it was written last
                (self.key_at, self.at, self.end) = (over.key_at, over.at, over.end);
            }
            (_, value) => *self = Node { value, ..over },
        }
    }

    pub(super) fn get(&self, path: &[Step]) -> Option<&Node> {
        path.iter().try_fold(self, |node, step| match (&node.value, step) {
            (Value::Table(table), Step::Key(key)) => table.get(key),
            (Value::List(items), Step::Place(place)) => items.get(*place),
            _ => None,
        })
    }

    pub(super) fn get_mut(&mut self, path: &[Step]) -> Option<&mut Node> {
        path.iter().try_fold(self, |node, step| match (&mut node.value, step) {
            (Value::Table(table), Step::Key(key)) => table.get_mut(key),
            (Value::List(items), Step::Place(place)) => items.get_mut(*place),
            _ => None,
        })
    }

    pub(super) fn remove(&mut self, path: &[Step]) {
        let Some((last, above)) = path.split_last() else { return };
        match (self.get_mut(above).map(|node| &mut node.value), last) {
            (Some(Value::Table(table)), Step::Key(key)) => {
                table.remove(key);
            }
            (Some(Value::List(items)), Step::Place(place)) if *place < items.len() => {
                items.remove(*place);
            }
            _ => {}
        }
    }

    /// Every value that is no table, with its path.
    pub(super) fn leaves(&self) -> Vec<(Vec<Step>, &Node)> {
        let mut found = Vec::new();
        self.gather(&mut Vec::new(), &mut found);
        found
    }

    fn gather<'a>(&'a self, path: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, &'a Node)>) {
        let mut below = |step: Step, node: &'a Node| {
            path.push(step);
            node.gather(path, found);
            path.pop();
        };
        match &self.value {
            Value::Table(table) => table.iter().for_each(|(key, node)| below(Step::Key(key.clone()), node)),
            Value::List(items) if items.iter().any(|item| matches!(item.value, Value::Table(_))) => {
                items.iter().enumerate().for_each(|(place, node)| below(Step::Place(place), node));
            }
            _ => found.push((path.clone(), self)),
        }
    }
}

fn entries(table: &DeTable<'_>, base: usize) -> BTreeMap<String, Node> {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        (name.to_string(), Node::of_value(value, base + key.span().start, base))
    };
    table.iter().map(entry).collect()
}

/// As a technician writes it: `pix.bank[2].key`, the first of a list being 1.
pub(super) fn shown(path: &[Step]) -> String {
    path.iter().fold(String::new(), |text, step| match step {
        Step::Key(key) if text.is_empty() => key.clone(),
        Step::Key(key) => format!("{text}.{key}"),
        Step::Place(place) => format!("{text}[{}]", place + 1),
    })
}

/// The keys alone, for what holds of every element of a list.
pub(super) fn keys(path: &[Step]) -> Vec<&str> {
    path.iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Place(_) => None,
        })
        .collect()
}
