//! What the types of the rooms ask of the reader, noted down: from this the schema is made, and no room knows of it.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// Every element of a list.
pub const ITEM: &str = "[]";
/// Every key of a table that takes any.
pub const ANY_KEY: &str = "*";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Integer,
    Number,
    Flag,
    Words(&'static [&'static str]),
    List,
    Tuple(usize),
    Struct(&'static [&'static str]),
    Map,
    Secret,
    Option,
    /// Whatever is there: its type in the words of a JSON Schema.
    Any(&'static str),
}

/// By the keys that lead to a value: what it was asked to be, in that order.
pub type Book = BTreeMap<Vec<String>, Vec<Kind>>;

#[derive(Clone)]
pub struct Asked<'a> {
    pub book: &'a RefCell<Book>,
    pub path: Vec<String>,
}

impl Asked<'_> {
    pub fn below(&self, key: &str) -> Self {
        let path = self.path.iter().cloned().chain([key.to_owned()]).collect();
        Asked { book: self.book, path }
    }

    pub fn note(&self, kind: Kind) {
        let mut book = self.book.borrow_mut();
        let kinds = book.entry(self.path.clone()).or_default();
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
}
