//! Which key of the site's configuration takes an id of a list, so that a technician can be told what to paste where.

use std::collections::BTreeSet;

use super::needs::Needs;
use crate::erp::configured::context::Values;
use crate::erp::configured::mistake::{Mistakes, Reader};
use crate::erp::configured::operation::Op;
use crate::erp::configured::tree::{Node, Value};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::erp::configured) enum Fills {
    /// `values` of a row of the write-off table.
    Row(String),
    /// `[erp.configured.values]`.
    Value(String),
}

/// What a definition leaves open, by name.
pub(super) struct Keys<'a> {
    rows: BTreeSet<&'a str>,
    values: BTreeSet<&'a str>,
    needs: &'a Needs<'a>,
    given: &'a Values,
}

impl<'a> Keys<'a> {
    pub(super) fn of(reader: &Reader<'a>, needs: &'a Needs<'a>, given: &'a Values) -> Keys<'a> {
        let rows = match reader.table.get("row_needs").map(|node| &node.value) {
            Some(Value::Table(table)) => table.keys().map(String::as_str).collect(),
            _ => BTreeSet::new(),
        };
        Keys { rows, values: needs.keys().copied().collect(), needs, given }
    }

    /// A value that an operation, once it is there, cannot do without.
    pub(super) fn require(&self, op: Op, name: &str, node: &Node, mistakes: &Mistakes) {
        match self.needs.get(name) {
            None => mistakes.add(&node.at, format!("`requires`: não há `{name}` em [needs]")),
            Some(need) if !self.given.contains_key(name) => mistakes.add(
                &node.at,
                format!("falta `{name}` em [erp.configured.values], que [operation.{}] pede: {}", op.name(), need.is),
            ),
            Some(_) => {}
        }
    }
}

impl Fills {
    pub(super) fn read(op: Op, reader: &Reader<'_>, keys: &Keys<'_>) -> Option<Fills> {
        let Some((node, name)) = reader.text("fills") else {
            if op.fills_a_row() && reader.node("fills").is_none() {
                let what = "a chave de [row_needs] ou de [needs] que leva um destes ids";
                reader.mistakes.add(reader.at, format!("falta `fills` em [operation.{}]: {what}", op.name()));
            }
            return None;
        };
        if keys.rows.contains(name) {
            return Some(Fills::Row(name.to_owned()));
        }
        if keys.values.contains(name) {
            return Some(Fills::Value(name.to_owned()));
        }
        reader.mistakes.add(&node.at, format!("`fills = \"{name}\"`: não há `{name}` em [row_needs] nem em [needs]"));
        None
    }
}
