//! A JSON Schema of the configuration, so that an editor completes and checks it. Keys and types are what the reader is
//! asked for, defaults and words are those of the file that we ship.

use serde_json::{Map, Value as Json, json};

use serde::Deserialize;

use super::Config;
use super::reader::{ANY_KEY, ITEM, Kind, Reader};
use super::shipped::Shipped;
use super::tree::{Node, Step, Value};

/// Draft 7 is what editors read TOML with.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// The schema as it is committed: `config/totem.schema.json`.
#[must_use]
pub fn schema() -> String {
    let shipped = Shipped::read();
    let mut whole = object(&shipped, &[], &[]);
    if let Json::Object(map) = &mut whole {
        map.insert("$schema".to_owned(), json!(DIALECT));
        map.insert("title".to_owned(), json!("totem.toml"));
    }
    format!("{whole:#}\n")
}

/// Every key that a file can have, told with dots; elements of lists with `[]`.
#[must_use]
pub fn keys() -> Vec<String> {
    let shipped = Shipped::read();
    let mut all = Vec::new();
    for (path, kinds) in &shipped.book {
        for kind in kinds {
            if let Kind::Struct(fields) = kind {
                all.extend(fields.iter().map(|field| joined(path, field)));
            }
        }
    }
    all.sort();
    all
}

fn joined(path: &[String], field: &str) -> String {
    path.iter().map(String::as_str).chain([field]).collect::<Vec<_>>().join(".")
}

/// `asked`: the path in the reader's book. `at`: the same in the shipped file.
fn value(shipped: &Shipped, asked: &[String], at: &[Step]) -> Json {
    let kinds = shipped.kinds(asked);
    let said = kinds.iter().find(|kind| **kind != Kind::Option);
    match said {
        Some(Kind::Text) | None => json!({"type": "string"}),
        Some(Kind::Integer) => json!({"type": "integer"}),
        Some(Kind::Number) => json!({"type": "number"}),
        Some(Kind::Flag) => json!({"type": "boolean"}),
        Some(Kind::Words(words)) => json!({"type": "string", "enum": words}),
        Some(Kind::Tuple(length)) => {
            json!({"type": "array", "minItems": length, "maxItems": length, "items": item(shipped, asked, at)})
        }
        Some(Kind::List) => json!({"type": "array", "items": item(shipped, asked, at)}),
        Some(Kind::Struct(_)) => object(shipped, asked, at),
        Some(Kind::Map) => json!({"type": "object", "additionalProperties": any_key(shipped, asked)}),
        Some(Kind::Secret) => secret(),
        Some(Kind::Any(kind)) => json!({"type": kind}),
        Some(Kind::Option) => json!({}),
    }
}

fn item(shipped: &Shipped, asked: &[String], at: &[Step]) -> Json {
    value(shipped, &one_more(asked, ITEM), &at.iter().cloned().chain([Step::Place(0)]).collect::<Vec<_>>())
}

/// Of a table that takes any key: the types that its examples have, one of them or all.
fn any_key(shipped: &Shipped, asked: &[String]) -> Json {
    let inside = one_more(asked, ANY_KEY);
    let kinds = shipped.kinds(&inside);
    if kinds.iter().any(|kind| matches!(kind, Kind::Any(_))) {
        // a text, or the place of a secret
        return json!({"anyOf": [{"type": "string"}, secret()]});
    }
    value(shipped, &inside, &[])
}

fn secret() -> Json {
    let place = |key: &str, words: &str| {
        json!({
            "type": "object", "additionalProperties": false, "required": [key],
            "properties": {key: {"type": "string", "description": words}},
        })
    };
    json!({"oneOf": [
        place("file", "arquivo que só o dono lê (modo 0600)"),
        place("credential", "nome de uma credencial do systemd (LoadCredential)"),
    ]})
}

fn object(shipped: &Shipped, asked: &[String], at: &[Step]) -> Json {
    let fields = shipped.kinds(asked).iter().find_map(|kind| match kind {
        Kind::Struct(fields) => Some(*fields),
        _ => None,
    });
    let (mut properties, mut needed) = (Map::new(), Vec::new());
    for field in fields.unwrap_or_default() {
        let inner: Vec<Step> = at.iter().cloned().chain([Step::Key((*field).to_owned())]).collect();
        let path = one_more(asked, field);
        let mut described = value(shipped, &path, &inner);
        let is_needed = shipped.is_needed(at, field);
        if let (Json::Object(map), Some(node)) = (&mut described, shipped.tree.get(&inner)) {
            map.extend(shipped.words(node).map(|words| ("description".to_owned(), json!(words))));
            let is_usual = !is_needed && !shipped.kinds(&path).contains(&Kind::Option);
            map.extend(plain(node).filter(|_| is_usual).map(|usual| ("default".to_owned(), usual)));
        }
        if is_needed {
            needed.push(*field);
        }
        properties.insert((*field).to_owned(), described);
    }
    json!({"type": "object", "additionalProperties": false, "properties": properties, "required": needed})
}

fn one_more(path: &[String], key: &str) -> Vec<String> {
    path.iter().cloned().chain([key.to_owned()]).collect()
}

/// A value that can be a default: no table, and nothing that stands for a secret.
fn plain(node: &Node) -> Option<Json> {
    Some(match &node.value {
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(number),
        Value::Float(number) => json!(number),
        Value::Flag(flag) => json!(flag),
        Value::List(items) => Json::Array(items.iter().map(plain).collect::<Option<Vec<_>>>()?),
        Value::Table(_) | Value::Anything | Value::Unread => return None,
    })
}

/// Keys of the shipped file whose written default is not what holds without them. For a test: nothing else needs it.
#[must_use]
pub fn wrong_defaults() -> Vec<String> {
    wrong_in(&Shipped::read())
}

fn wrong_in(shipped: &Shipped) -> Vec<String> {
    let read = |tree: &Node| Config::deserialize(Reader::of(tree)).map(|config| format!("{config:?}"));
    let Ok(whole) = read(&shipped.tree) else { return vec!["config/totem.toml".to_owned()] };
    let mut wrong = Vec::new();
    for (path, node) in shipped.tree.leaves() {
        let asked: Vec<String> = path
            .iter()
            .map(|step| match step {
                Step::Key(key) => key.clone(),
                Step::Place(_) => ITEM.to_owned(),
            })
            .collect();
        let is_example = shipped.kinds(&asked).contains(&Kind::Option) || plain(node).is_none();
        let Some((Step::Key(key), table)) = path.split_last() else { continue };
        if is_example || shipped.kinds(&asked).is_empty() || shipped.is_needed(table, key) {
            continue;
        }
        let mut without = shipped.tree.clone();
        without.remove(&path);
        if read(&without).ok().as_ref() != Some(&whole) {
            wrong.push(asked.join("."));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SHIPPED;

    #[test]
    fn a_default_that_is_told_wrong_is_found() {
        for (right, wrong, key) in [
            ("job_deadline_s = 180", "job_deadline_s = 181", "printer.job_deadline_s"),
            ("# patience_s = 120", "# patience_s = 121", "tef.clisitef.patience_s"),
            ("warn_after_s = 45", "warn_after_s = 46", "journey.warn_after_s"),
        ] {
            assert!(SHIPPED.contains(right), "{right}");
            assert_eq!(wrong_in(&Shipped::of(&SHIPPED.replace(right, wrong))), [key]);
        }
    }
}
