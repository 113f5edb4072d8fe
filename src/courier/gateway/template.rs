//! A text with `{names}` in it, and what stands for them.

use serde_json::Value;

/// Words and places, in turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Words(String),
    Place(String),
}

impl Template {
    /// What is in braces and no name stays as it is written.
    pub fn of(text: &str) -> Template {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let name = after.split_once('}').filter(|(name, _)| is_name(name));
            let Some((name, behind)) = name else {
                parts.push(Part::Words(format!("{before}{{")));
                rest = after;
                continue;
            };
            parts.push(Part::Words(before.to_owned()));
            parts.push(Part::Place(name.to_owned()));
            rest = behind;
        }
        parts.push(Part::Words(rest.to_owned()));
        Template(parts)
    }

    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Place(name) => Some(name.as_str()),
            Part::Words(_) => None,
        })
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Every text of a JSON value, names of fields aside.
pub fn texts(json: &Value) -> Vec<&str> {
    match json {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// What stands for each name.
pub struct Filled<'a>(&'a [(&'a str, &'a str)]);

impl<'a> Filled<'a> {
    pub fn new(known: &'a [(&'a str, &'a str)]) -> Filled<'a> {
        Filled(known)
    }

    pub fn fill(&self, template: &Template) -> String {
        let mut text = String::new();
        for part in &template.0 {
            text.push_str(match part {
                Part::Words(words) => words,
                Part::Place(name) => self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value),
            });
        }
        text
    }

    /// In every text of a JSON value, so that nothing in a text can end it.
    pub fn fill_all(&self, json: &Value) -> Value {
        match json {
            Value::String(text) => Value::String(self.fill(&Template::of(text))),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.fill_all(item)).collect()),
            Value::Object(fields) => {
                Value::Object(fields.iter().map(|(name, value)| (name.clone(), self.fill_all(value))).collect())
            }
            other => other.clone(),
        }
    }
}
