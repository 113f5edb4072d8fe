//! What a definition leaves open, and what the site says to it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::value::{Error as ValueError, MapDeserializer};
use serde_json::{Map, Value as Json};

use crate::erp::configured::call::Sites;
use crate::erp::configured::context::{Given, Values};
use crate::erp::configured::mistake::{Mistakes, Reader};
use crate::erp::configured::settings::Settings;
use crate::erp::configured::tree::{Node, Place, Value};
use crate::secret::Secret;

/// One thing that a definition leaves open to the site.
pub(super) struct Need<'a> {
    pub(super) is: &'a str,
    default: Option<(&'a Node, &'a str)>,
    secret: bool,
    optional: bool,
}

pub(super) type Needs<'a> = BTreeMap<&'a str, Need<'a>>;

/// The value whose absence leaves an operation out, where it is one that a site need not give.
pub(super) fn left_open<'a>(node: &'a Node, needs: &Needs<'_>, values: &Values) -> Option<&'a str> {
    let Value::Table(table) = &node.value else { return None };
    let named = table.get("path_from").or_else(|| table.get("if_value")).and_then(Node::text);
    named.filter(|name| needs.contains_key(name) && !values.contains_key(*name))
}

/// The site's values as it wrote them, and the definition's own where it wrote none.
pub(super) fn sites(settings: &Settings, needs: &Needs<'_>) -> Sites {
    let defaults = needs.iter().filter_map(|(name, need)| Some(((*name).to_owned(), need.default?.0.clone())));
    let mut sites: Sites = defaults.collect();
    if let Some(Value::Table(table)) = settings.values.as_ref().map(|node| &node.value) {
        sites.extend(table.clone());
    }
    sites
}

pub(super) fn needs<'a>(reader: &Reader<'a>, key: &'static str) -> Needs<'a> {
    let mut needs = BTreeMap::new();
    for (name, node) in reader.entries(key) {
        match &node.value {
            Value::Text(is) => {
                needs.insert(name, Need { is, default: None, secret: false, optional: false });
            }
            _ => {
                let Some(table) = Reader::of(node, reader.mistakes) else { continue };
                let is = table.needed("is", "a frase que diz ao técnico o que é").map_or("", |(_, is)| is);
                let default = table.text("default");
                let (secret, optional) = (table.flag("secret"), table.flag("optional"));
                table.finish();
                needs.insert(name, Need { is, default, secret, optional });
            }
        }
    }
    needs
}

pub(super) fn values(reader: &Reader<'_>, needs: &Needs<'_>, settings: &Settings, mistakes: &Mistakes) -> Values {
    if !needs.contains_key("base_url") {
        mistakes.add(reader.at, "falta `base_url` em [needs]: o endereço do ERP vem sempre de [erp.configured.values]");
    }
    let empty = BTreeMap::new();
    let (given, at) = match settings.values.as_ref().map(|node| (&node.value, &node.key_at)) {
        Some((Value::Table(table), at)) => (table, at.clone()),
        Some((other, at)) => {
            mistakes.add(at, format!("`values` deve ser uma tabela, e é {}", other.kind()));
            (&empty, at.clone())
        }
        None => (
            &empty,
            settings
                .preset
                .as_ref()
                .or(settings.definition.as_ref())
                .map_or(Place { file: None, offset: 0 }, |node| node.key_at.clone()),
        ),
    };
    for (name, node) in given.iter().filter(|(name, _)| !needs.contains_key(name.as_str())) {
        let known = needs.keys().copied().collect::<Vec<_>>().join(", ");
        mistakes.add(&node.key_at, format!("esta definição não pede `{name}`; ela pede: {known}"));
    }
    let mut values = Values::new();
    for (name, need) in needs {
        let text = match given.get(*name) {
            Some(node) => value(node, need, mistakes),
            None => match need.default {
                Some((_, default)) => Some(Secret::from(default)),
                None if need.optional => None,
                None => {
                    mistakes.add(&at, format!("falta `{name}` em [erp.configured.values]: {}", need.is));
                    None
                }
            },
        };
        if let Some(text) = text {
            values.insert((*name).to_owned(), Given { text, is_secret: need.secret });
        }
    }
    values
}

fn value(node: &Node, need: &Need<'_>, mistakes: &Mistakes) -> Option<Secret> {
    match &node.value {
        Value::Table(table) => {
            let entries = table.iter().filter_map(|(key, node)| Some((key.as_str(), node.text()?)));
            let secret = Secret::deserialize(MapDeserializer::<_, ValueError>::new(entries));
            secret.map_err(|why| mistakes.add(&node.at, why.to_string())).ok()
        }
        Value::List(_) => {
            mistakes.add(&node.at, "um valor é um texto, um número, true ou false");
            None
        }
        _ if need.secret => {
            mistakes
                .add(&node.at, "um segredo não fica neste arquivo: escreva { file = \"…\" } ou { credential = \"…\" }");
            None
        }
        Value::Text(text) | Value::Number(text) => Some(Secret::from(text.as_str())),
        Value::Flag(flag) => Some(Secret::from(flag.to_string())),
    }
}

pub(super) fn rows(reader: &Reader<'_>, settings: &Settings, mistakes: &Mistakes) -> Vec<Map<String, Json>> {
    let needs = needs(reader, "row_needs");
    let read = settings.write_off.iter().map(|row| {
        let at = Place { file: None, offset: row.span().start };
        // a template that writes PIX and cards differently is tried out with what a row is for
        let mut named = Map::from_iter([("method".to_owned(), Json::from(row.get_ref().method.to_string()))]);
        let empty = BTreeMap::new();
        let given = match row.get_ref().values.as_ref().map(|node| &node.value) {
            Some(Value::Table(table)) => table,
            _ => &empty,
        };
        for (name, node) in given {
            if !needs.contains_key(name.as_str()) {
                let known = needs.keys().copied().collect::<Vec<_>>().join(", ");
                let known = if known.is_empty() { "nenhum valor".to_owned() } else { known };
                mistakes.add(
                    &node.key_at,
                    format!("esta definição não pede `{name}` na linha de baixa; ela pede: {known}"),
                );
            }
        }
        for (name, need) in &needs {
            let text = match given.get(*name).map(|node| &node.value) {
                Some(Value::Text(text) | Value::Number(text)) => Some(text.as_str()),
                _ => need.default.map(|(_, default)| default),
            };
            match text {
                Some(text) => {
                    named.insert((*name).to_owned(), Json::from(text));
                }
                None => mistakes.add(&at, format!("falta `{name}` em `values` desta linha de baixa: {}", need.is)),
            }
        }
        named
    });
    let rows: Vec<_> = read.collect();
    if rows.is_empty() && settings.write_off.is_empty() {
        // so that templates can be tried out before the site has a row
        let sample = needs.keys().map(|name| ((*name).to_owned(), Json::from("1"))).collect();
        return vec![sample];
    }
    rows
}
