//! The names of all facts this program knows, as serde gives them: a journal that holds another one is a newer totem's.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Visitor};

use crate::domain::DeskFact;
use crate::payment::Fact;

/// `opened`, `card_started`, …
pub(super) fn known() -> Vec<&'static str> {
    [names_of::<Fact>(), names_of::<DeskFact>()].concat()
}

fn names_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    match T::deserialize(Variants) {
        Err(Names(names)) => names,
        Ok(_) => &[],
    }
}

/// Reads nothing: it answers the question for an enum with the names it was asked to look for.
struct Variants;

#[derive(Debug)]
struct Names(&'static [&'static str]);

impl fmt::Display for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {:?}", self.0)
    }
}

impl std::error::Error for Names {}

impl de::Error for Names {
    fn custom<T: fmt::Display>(_: T) -> Names {
        Names(&[])
    }
}

impl<'de> Deserializer<'de> for Variants {
    type Error = Names;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Names> {
        Err(Names(&[]))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Names> {
        Err(Names(variants))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_are_known_by_the_names_they_are_written_with() {
        assert_eq!(known().first(), Some(&"opened"));
        assert_eq!(names_of::<Fact>().last(), Some(&"closed"));
        assert_eq!(serde_json::to_string(&Fact::Closed).unwrap(), "\"closed\"");
        assert!(known().contains(&DeskFact::PanelRefused.name()));
    }

    #[test]
    fn no_two_facts_have_one_name() {
        let names: std::collections::BTreeSet<_> = known().into_iter().collect();
        assert_eq!(names.len(), known().len());
    }
}
