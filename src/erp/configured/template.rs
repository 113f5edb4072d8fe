//! The templates of a definition: minijinja, where every inserted value is written for the place it stands in. In JSON
//! it is a whole JSON value, in a path one percent-encoded piece, in a query, form or header plain text that is encoded
//! as a whole afterwards: no value can end what it was put into.

mod filters;

pub(super) use filters::with_punctuation as punctuated;

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Object, ObjectRepr, Value};
use minijinja::{Environment, ErrorKind, Output, State, UndefinedBehavior};

use super::mistake::{Mistakes, inside};
use super::tree::Node;

/// Instructions and output of one rendering: far more than any request needs.
const FUEL: u64 = 200_000;

/// Where a template's values are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Json,
    Path,
    Text,
}

/// All templates of one definition.
pub(super) struct Templates {
    json: Environment<'static>,
    path: Environment<'static>,
    text: Environment<'static>,
}

/// One template, by its name among the others.
#[derive(Debug, Clone)]
pub(super) struct Template {
    mode: Mode,
    name: String,
    /// The definition's key, for messages.
    pub key: String,
    pub source: String,
    pub node: Node,
}

/// Why a rendering failed, without any value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failed {
    pub line: Option<usize>,
    pub why: String,
}

impl Templates {
    pub(super) fn new() -> Templates {
        Templates { json: environment(json), path: environment(path), text: environment(text) }
    }

    /// Takes up what a node holds; what is wrong goes to the mistakes, with its place.
    pub(super) fn read(
        &mut self,
        key: &str,
        mode: Mode,
        node: &Node,
        source: &str,
        mistakes: &Mistakes,
    ) -> Option<Template> {
        let name = format!("{key}#{}", self.count());
        match self.of_mut(mode).add_template_owned(name.clone(), source.to_owned()) {
            Ok(()) => {
                let (key, source, node) = (key.to_owned(), source.to_owned(), node.clone());
                Some(Template { mode, name, key, source, node })
            }
            Err(error) => {
                let at = error.line().map_or(0, |line| line_start(source, line));
                let why = error.detail().unwrap_or("ele não pode ser lido").to_owned();
                mistakes.add(&inside(node, source, at), format!("`{key}` não é um modelo que se possa usar: {why}"));
                None
            }
        }
    }

    pub(super) fn render(&self, template: &Template, context: &Value) -> Result<String, Failed> {
        let failed = |error: &minijinja::Error| Failed { line: error.line(), why: reason(error) };
        let found = self.of(template.mode).get_template(&template.name).map_err(|error| failed(&error))?;
        let text = found.render(context.clone()).map_err(|error| failed(&error))?;
        let wrong = |why: &str| Failed { line: None, why: why.to_owned() };
        match template.mode {
            Mode::Json if serde_json::from_str::<serde::de::IgnoredAny>(&text).is_err() => {
                Err(wrong("o resultado não é JSON: cada {{ … }} já escreve o valor inteiro, com as aspas"))
            }
            Mode::Path if text.split('/').any(is_dots) => Err(wrong("um pedaço do caminho é só pontos")),
            _ => Ok(text),
        }
    }

    fn of(&self, mode: Mode) -> &Environment<'static> {
        match mode {
            Mode::Json => &self.json,
            Mode::Path => &self.path,
            Mode::Text => &self.text,
        }
    }

    fn of_mut(&mut self, mode: Mode) -> &mut Environment<'static> {
        match mode {
            Mode::Json => &mut self.json,
            Mode::Path => &mut self.path,
            Mode::Text => &mut self.text,
        }
    }

    fn count(&self) -> usize {
        [&self.json, &self.path, &self.text].iter().map(|environment| environment.templates().count()).sum()
    }
}

/// `.` and `..` would leave the place; percent-encoded they still do.
fn is_dots(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

pub(super) fn line_start(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

/// minijinja's own texts may repeat a value; only those about names are passed on.
fn reason(error: &minijinja::Error) -> String {
    let detail = error.detail().unwrap_or_default();
    match error.kind() {
        ErrorKind::UndefinedError => "ele usa um nome que não existe aqui".to_owned(),
        ErrorKind::UnknownFilter => format!("filtro desconhecido: {detail}"),
        ErrorKind::UnknownFunction => format!("função desconhecida: {detail}"),
        ErrorKind::UnknownTest => format!("teste desconhecido: {detail}"),
        ErrorKind::OutOfFuel => "ele não termina".to_owned(),
        ErrorKind::InvalidOperation if filters::is_ours(detail) => detail.to_owned(),
        kind => format!("ele não pode ser preenchido ({kind})"),
    }
}

type Formatter = fn(&mut Output<'_>, &State<'_, '_>, &Value) -> Result<(), minijinja::Error>;

fn environment(formatter: Formatter) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_formatter(move |output, state, value| formatter(output, state, value));
    for name in ["safe", "escape", "e", "debug", "pprint", "indent"] {
        environment.remove_filter(name);
    }
    environment.remove_global("debug");
    filters::add(&mut environment);
    environment
}

fn undefined() -> minijinja::Error {
    minijinja::Error::from(ErrorKind::UndefinedError)
}

fn json(output: &mut Output<'_>, _: &State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_undefined() {
        return Err(undefined());
    }
    let text = match value.downcast_object_ref::<Number>() {
        Some(Number(text)) => text.clone(),
        None => serde_json::to_string(value).map_err(|_| filters::wrong("um valor não pode ser escrito em JSON"))?,
    };
    output.write_str(&text).map_err(minijinja::Error::from)
}

fn text(output: &mut Output<'_>, _: &State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    output.write_str(&plain(value)?).map_err(minijinja::Error::from)
}

fn path(output: &mut Output<'_>, _: &State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let text = plain(value)?;
    if text.is_empty() {
        return Err(filters::wrong("um valor do caminho está vazio"));
    }
    output.write_str(&encoded(&text)).map_err(minijinja::Error::from)
}

/// A text, number, true or false; nothing for none.
pub(super) fn plain(value: &Value) -> Result<String, minijinja::Error> {
    use minijinja::value::ValueKind;
    if let Some(Number(text)) = value.downcast_object_ref::<Number>() {
        return Ok(text.clone());
    }
    if value.downcast_object_ref::<Anything>().is_some() {
        return Ok(Anything::TEXT.to_owned());
    }
    match value.kind() {
        ValueKind::Undefined => Err(undefined()),
        ValueKind::None => Ok(String::new()),
        ValueKind::String | ValueKind::Number | ValueKind::Bool => Ok(value.to_string()),
        _ => Err(filters::wrong("uma lista ou tabela não cabe num texto")),
    }
}

fn encoded(text: &str) -> String {
    use fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A number as it is to be written, digit by digit.
#[derive(Debug)]
pub(super) struct Number(pub String);

impl Object for Number {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Stands, while a definition is tried out, for what only an answer will tell: every part of it is there.
#[derive(Debug)]
pub(super) struct Anything;

impl Anything {
    const TEXT: &'static str = "1";

    pub(super) fn value() -> Value {
        Value::from_object(Anything)
    }
}

impl Object for Anything {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, _: &Value) -> Option<Value> {
        Some(Anything::value())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Empty
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Anything::TEXT)
    }
}

#[cfg(test)]
mod tests;
