//! Element by element and key by key, for serde. What goes wrong inside learns here where that is.

use std::collections::{BTreeMap, btree_map};

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::asked::{self, Asked};
use super::{Reader, SPANNED};
use crate::config::tree::{Node, Step, Value};
use crate::config::wrong::Wrong;

/// `toml::Spanned` asks for its parts by these names.
const PARTS: [&str; 3] =
    ["$__serde_spanned_private_start", "$__serde_spanned_private_end", "$__serde_spanned_private_value"];

pub struct Items<'a> {
    items: &'a [Node],
    next: usize,
    asked: Option<Asked<'a>>,
}

impl<'a> Items<'a> {
    pub fn of(items: &'a [Node], asked: Option<Asked<'a>>) -> Items<'a> {
        Items { items, next: 0, asked: asked.map(|asked| asked.below(asked::ITEM)) }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        let Some(node) = self.items.get(self.next) else { return Ok(None) };
        let place = self.next;
        self.next += 1;
        let reader = Reader { node, asked: self.asked.clone() };
        seed.deserialize(reader).map(Some).map_err(|wrong| wrong.below(Step::Place(place)))
    }
}

/// The same value so many times.
pub struct Repeated<'a> {
    pub node: &'a Node,
    pub left: usize,
}

impl<'de> SeqAccess<'de> for Repeated<'_> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Wrong> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(Reader::of(self.node)).map(Some)
    }
}

pub struct Entries<'a> {
    entries: btree_map::Iter<'a, String, Node>,
    value: Option<(&'a String, &'a Node)>,
    asked: Option<Asked<'a>>,
    /// Any key may be there.
    free: bool,
}

impl<'a> Entries<'a> {
    pub fn of(table: &'a BTreeMap<String, Node>, asked: Option<Asked<'a>>, free: bool) -> Entries<'a> {
        Entries { entries: table.iter(), value: None, asked, free }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        self.value = self.entries.next();
        self.value.map(|(key, node)| seed.deserialize(Key { key, node })).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let Some((key, node)) = self.value.take() else { return seed.deserialize(().into_deserializer()) };
        let asked = self.asked.as_ref().map(|asked| asked.below(if self.free { asked::ANY_KEY } else { key }));
        seed.deserialize(Reader { node, asked }).map_err(|wrong| wrong.below(Step::Key(key.clone())))
    }
}

/// Every field of a struct that is not there.
pub struct Fields<'a> {
    pub node: &'a Node,
    pub names: &'static [&'static str],
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some((name, rest)) = self.names.split_first() else { return Ok(None) };
        self.names = rest;
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        seed.deserialize(Reader::of(self.node))
    }
}

/// A value, or the key before it, together with its place.
pub struct Spanned<'a> {
    node: &'a Node,
    key: Option<&'a str>,
    asked: Option<Asked<'a>>,
    told: usize,
}

impl<'a> Spanned<'a> {
    pub fn value(reader: Reader<'a>) -> Spanned<'a> {
        Spanned { node: reader.node, key: None, asked: reader.asked, told: 0 }
    }

    fn key(key: &'a str, node: &'a Node) -> Spanned<'a> {
        Spanned { node, key: Some(key), asked: None, told: 0 }
    }
}

impl<'de> MapAccess<'de> for Spanned<'_> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Wrong> {
        let Some(part) = PARTS.get(self.told) else { return Ok(None) };
        self.told += 1;
        // asked for as a text that outlives this reader
        seed.deserialize(BorrowedStrDeserializer::new(part)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let (start, end) = match self.key {
            Some(key) => (self.node.key_at, self.node.key_at + key.len()),
            None => (self.node.at, self.node.end),
        };
        match (self.told, self.key) {
            (1, _) => seed.deserialize(start.into_deserializer()),
            (2, _) => seed.deserialize(end.into_deserializer()),
            (_, Some(key)) => seed.deserialize(StrDeserializer::new(key)),
            (_, None) => seed.deserialize(Reader { node: self.node, asked: self.asked.take() }),
        }
    }
}

struct Key<'a> {
    key: &'a str,
    node: &'a Node,
}

impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_str(self.key)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        if name == SPANNED {
            return visitor.visit_map(Spanned::key(self.key, self.node));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        visitor.visit_enum(StrDeserializer::new(self.key))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map identifier ignored_any
    }
}

/// A word that takes a value: `{ word = value }`.
pub struct Variant<'a> {
    pub word: &'a str,
    pub node: &'a Node,
}

impl<'de> EnumAccess<'de> for Variant<'_> {
    type Error = Wrong;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Wrong> {
        Ok((seed.deserialize(StrDeserializer::new(self.word))?, self))
    }
}

impl Variant<'_> {
    fn inside(&self) -> impl Fn(Wrong) -> Wrong {
        let word = self.word.to_owned();
        move |wrong: Wrong| wrong.below(Step::Key(word.clone()))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_> {
    type Error = Wrong;

    fn unit_variant(self) -> Result<(), Wrong> {
        match &self.node.value {
            Value::Table(table) if table.is_empty() => Ok(()),
            other => {
                Err(serde::de::Error::custom(format!("esperava só a palavra \"{}\", e há {}", self.word, other.kind())))
            }
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Wrong> {
        let inside = self.inside();
        seed.deserialize(Reader::of(self.node)).map_err(inside)
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Wrong> {
        let inside = self.inside();
        Reader::of(self.node).deserialize_tuple(length, visitor).map_err(inside)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Wrong> {
        let inside = self.inside();
        Reader::of(self.node).deserialize_struct("", fields, visitor).map_err(inside)
    }
}
