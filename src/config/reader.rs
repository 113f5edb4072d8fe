//! Reads the merged layers into the types of every room, and says by its path what does not fit.
//!
//! Written here because a reader of text knows one file, and a value may come from any of the layers.

mod access;
mod asked;

use std::cell::RefCell;

use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Error as _, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::tree::{Node, Value};
use super::wrong::{What, Wrong};
use access::{Entries, Fields, Items, Repeated, Spanned, Variant};
use asked::Asked;
pub use asked::{ANY_KEY, Book, ITEM, Kind};

/// `toml::Spanned` asks for itself by this name.
const SPANNED: &str = "$__serde_spanned_private_Spanned";

/// `crate::secret::Secret` asks for itself by this name.
const SECRET: &str = "Secret";

/// A value to read, and where it is noted what was asked for, if anybody wants to know.
#[derive(Clone)]
pub struct Reader<'a> {
    node: &'a Node,
    asked: Option<Asked<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(node: &'a Node) -> Reader<'a> {
        Reader { node, asked: None }
    }

    /// Notes in the book what every value was asked to be.
    pub(super) fn noting(node: &'a Node, book: &'a RefCell<Book>) -> Reader<'a> {
        Reader { node, asked: Some(Asked { book, path: Vec::new() }) }
    }

    fn is_anything(&self) -> bool {
        self.node.value == Value::Anything
    }

    fn note(&self, kind: Kind) {
        if let Some(asked) = &self.asked {
            asked.note(kind);
        }
    }

    /// What is read inside is nobody's business.
    fn silent(self) -> Reader<'a> {
        Reader { asked: None, ..self }
    }
}

macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            self.note(Kind::Integer);
            // 1 is a sound value for most
            if self.is_anything() { visitor.visit_u64(1) } else { self.silent().deserialize_any(visitor) }
        }
    )*};
}

macro_rules! floats {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            self.note(Kind::Number);
            if self.is_anything() { visitor.visit_f64(1.0) } else { self.silent().deserialize_any(visitor) }
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
            self.note(Kind::Text);
            if self.is_anything() { visitor.visit_str("x") } else { self.silent().deserialize_any(visitor) }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.note(Kind::Any(self.node.value.json_type()));
        match &self.node.value {
            Value::Text(text) => visitor.visit_str(text),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Flag(flag) => visitor.visit_bool(*flag),
            Value::List(items) => visitor.visit_seq(Items::of(items, None)),
            Value::Table(table) => visitor.visit_map(Entries::of(table, None, false)),
            Value::Anything | Value::Unread => visitor.visit_unit(),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16 deserialize_u32
        deserialize_u64
    }
    floats! { deserialize_f32 deserialize_f64 }
    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.note(Kind::Flag);
        if self.is_anything() { visitor.visit_bool(false) } else { self.silent().deserialize_any(visitor) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.note(Kind::Option);
        if self.is_anything() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        if name != SECRET {
            return visitor.visit_newtype_struct(self);
        }
        self.note(Kind::Secret);
        visitor.visit_newtype_struct(self.silent()).map_err(|wrong| Wrong { secret: true, ..wrong })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.note(Kind::List);
        match &self.node.value {
            Value::Anything => visitor.visit_seq(Repeated { node: self.node, left: 0 }),
            Value::List(items) => visitor.visit_seq(Items::of(items, self.asked)),
            _ => self.silent().deserialize_any(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Wrong> {
        self.note(Kind::Tuple(length));
        match &self.node.value {
            Value::Anything => visitor.visit_seq(Repeated { node: self.node, left: length }),
            Value::List(items) if items.len() > length => {
                Err(Wrong::invalid_length(items.len(), &format!("an array of length {length}").as_str()))
            }
            Value::List(items) => visitor.visit_seq(Items::of(items, self.asked)),
            _ => self.silent().deserialize_any(visitor),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.note(Kind::Map);
        match &self.node.value {
            Value::Anything => visitor.visit_map(Fields { node: self.node, names: &[] }),
            Value::Table(table) => visitor.visit_map(Entries::of(table, self.asked, true)),
            _ => self.silent().deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        if name == SPANNED {
            return visitor.visit_map(Spanned::value(self));
        }
        self.note(Kind::Struct(fields));
        match &self.node.value {
            Value::Anything => visitor.visit_map(Fields { node: self.node, names: fields }),
            Value::Table(table) => visitor.visit_map(Entries::of(table, self.asked, false)),
            // serde would take a list for a struct, field by field
            Value::List(_) => Err(Wrong::invalid_type(Unexpected::Seq, &"a map")),
            _ => self.silent().deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.note(Kind::Words(words));
        match &self.node.value {
            Value::Text(word) => visitor.visit_enum(StrDeserializer::new(word)),
            Value::Anything => visitor.visit_enum(StrDeserializer::new(words.first().copied().unwrap_or_default())),
            Value::Table(table) if table.len() == 1 => match table.iter().next() {
                Some((word, node)) => visitor.visit_enum(Variant { word, node }),
                None => Err(Wrong::custom("uma tabela vazia")),
            },
            other => {
                let list = words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(", ");
                let wanted = format!("uma destas palavras: {list}");
                Err(Wrong::new(What::Kind { found: other.kind().to_owned(), wanted }))
            }
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 bytes byte_buf unit unit_struct }
}

impl Value {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "um texto",
            Value::Integer(_) => "um número inteiro",
            Value::Float(_) => "um número",
            Value::Flag(_) => "true ou false",
            Value::List(_) => "uma lista",
            Value::Table(_) => "uma tabela",
            Value::Anything | Value::Unread => "nada",
        }
    }

    /// The same in the words of a JSON Schema.
    fn json_type(&self) -> &'static str {
        match self {
            Value::Text(_) => "string",
            Value::Integer(_) => "integer",
            Value::Float(_) => "number",
            Value::Flag(_) => "boolean",
            Value::List(_) => "array",
            Value::Table(_) | Value::Anything | Value::Unread => "object",
        }
    }
}
