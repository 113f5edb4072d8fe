//! `control.json`: how another process orders misbehaviour and events of the stand-in. Read again before each request.
//!
//! Every key but the settings holds an order, or an array of orders. An order is the bare value (`true`, a number,
//! a text), or `{"value": …, "for": "<operation>" or [..], "skip": n, "times": n, "id": …}`: it passes over the
//! first `skip` matching requests and meets the next `times`. What an order has met is kept in the book and forgotten
//! when its text changes or it is gone; a new `id` makes the same order new. What is not understood is in the book's
//! `errors`.
//!
//! - settings: `pix_pays_after_ms` (milliseconds, `null` = never), `error_status` (HTTP status of `{"error": …}`),
//!   `cancelling_undoes_a_move` (a visit that is cancelled is back where it was before it was moved);
//! - before anything is done: `down`, `redirect_to` (URL), `status` (number; an HTML page), `html` (a login page),
//!   `say` (that JSON), `slow_ms`, `token_expires_now`;
//! - done, but the answer suffers: `slow_answer_ms`, `truncate`, `garbage`, `empty`, `say_after` (that JSON instead),
//!   `huge` (bytes, or `true`: 100 MB);
//! - `write_off`, once signed in: `lost_request`, `internal_error`, `reject`, `html`, `empty` (not done), `lost_answer`,
//!   `internal_error_after`, `html_after`, `empty_after` (done);
//! - events, at once or just before the operation of `for`: `pay_now` and `settle_elsewhere` (bills), `reprice`
//!   (`{"value": {"90": cents}}`).

mod order;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde_json::{Map, Value};

pub use super::book::Order as Met;
pub use order::{Event, Instead, Order, Spoil, Trick};

/// The control file as last understood.
pub struct Control {
    path: PathBuf,
    /// The operations that an order may be for.
    names: &'static [&'static str],
    text: String,
    entries: Vec<Entry>,
    /// The outer `None`: not said.
    pub pix_pays_after_ms: Option<Option<i64>>,
    pub error_status: u16,
    /// Which of two readings of "Cancelar Reagendamento" this ERP has.
    pub cancelling_undoes_a_move: bool,
}

struct Entry {
    key: String,
    text: String,
    order: Order,
    only_for: Option<Vec<String>>,
    skip: u64,
    times: Option<u64>,
}

impl Entry {
    fn is_counted(&self) -> bool {
        self.skip > 0 || self.times.is_some()
    }

    fn is_for(&self, operation: Option<&str>) -> bool {
        match (&self.only_for, operation) {
            (None, _) => true,
            (Some(names), Some(operation)) => names.iter().any(|name| name == operation),
            (Some(_), None) => false,
        }
    }
}

impl Control {
    #[must_use]
    pub fn new(path: PathBuf, names: &'static [&'static str]) -> Control {
        Control {
            path,
            names,
            text: String::new(),
            entries: Vec::new(),
            pix_pays_after_ms: None,
            error_status: 200,
            cancelling_undoes_a_move: false,
        }
    }

    /// Reads the file again; gives what it does not understand, once for each new text. A file that is no JSON (half
    /// written) leaves the last reading in force, one that is gone orders nothing.
    pub fn refresh(&mut self) -> Vec<String> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(_) => return Vec::new(),
        };
        if text == self.text {
            return Vec::new();
        }
        self.text = text;
        if self.text.trim().is_empty() {
            self.adopt(Map::new())
        } else {
            match serde_json::from_str(&self.text) {
                Ok(orders) => self.adopt(orders),
                Err(error) => vec![format!("control.json: {error}")],
            }
        }
    }

    fn adopt(&mut self, orders: Map<String, Value>) -> Vec<String> {
        let mut errors = Vec::new();
        self.entries.clear();
        self.pix_pays_after_ms = None;
        self.error_status = 200;
        self.cancelling_undoes_a_move = false;
        for (name, value) in orders {
            let understood = match (name.as_str(), &value) {
                ("pix_pays_after_ms", _) => {
                    self.pix_pays_after_ms = Some(value.as_i64());
                    value.is_null() || value.is_i64()
                }
                ("error_status", _) => match value.as_u64().and_then(|status| u16::try_from(status).ok()) {
                    Some(status) => {
                        self.error_status = status;
                        true
                    }
                    None => false,
                },
                (_, Value::Null | Value::Bool(false)) => true,
                ("cancelling_undoes_a_move", _) => {
                    self.cancelling_undoes_a_move = value == Value::Bool(true);
                    self.cancelling_undoes_a_move
                }
                (_, Value::Array(several)) if several.iter().all(Value::is_object) => {
                    several.iter().enumerate().all(|(index, order)| self.add(&name, index, order))
                }
                _ => self.add(&name, 0, &value),
            };
            if !understood {
                errors.push(format!("control.json: {name} is not understood"));
            }
        }
        errors
    }

    fn add(&mut self, name: &str, index: usize, value: &Value) -> bool {
        let entry = entry(self.names, name, index, value);
        let understood = entry.is_some();
        self.entries.extend(entry);
        understood
    }

    /// Forgets the count of orders that are gone or were changed.
    pub fn tidy(&self, met: &mut BTreeMap<String, Met>) {
        met.retain(|key, met| self.entries.iter().any(|entry| entry.key == *key && entry.text == met.text));
    }

    /// The orders that this request meets, but for those that single out a signed-in write-off. `None` is a
    /// connection that has not said yet what it wants.
    pub fn meet(&self, operation: Option<&str>, met: &mut BTreeMap<String, Met>) -> Vec<Order> {
        self.take(operation, met, |order| match order {
            Order::WriteOff(_) => false,
            Order::Instead(Instead::HangUp) => true,
            _ => operation.is_some(),
        })
    }

    /// What happens to the write-off that has just signed in.
    pub fn trick(&self, met: &mut BTreeMap<String, Met>) -> Option<Trick> {
        let tricks = self.take(Some("write_off"), met, |order| matches!(order, Order::WriteOff(_)));
        tricks.into_iter().find_map(|order| if let Order::WriteOff(trick) = order { Some(trick) } else { None })
    }

    /// Events that wait for no request.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.entries.iter().filter(|entry| entry.only_for.is_none() && !entry.is_counted()).filter_map(|entry| {
            match &entry.order {
                Order::Event(event) => Some(event),
                _ => None,
            }
        })
    }

    fn take(
        &self,
        operation: Option<&str>,
        met: &mut BTreeMap<String, Met>,
        wanted: impl Fn(&Order) -> bool,
    ) -> Vec<Order> {
        let mut due = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.is_for(operation) && wanted(&entry.order)) {
            if entry.is_counted() {
                let so_far = met.entry(entry.key.clone()).or_insert(Met { text: entry.text.clone(), met: 0 });
                let over = entry.times.is_some_and(|times| so_far.met >= entry.skip.saturating_add(times));
                if over {
                    continue;
                }
                so_far.met += 1;
                if so_far.met <= entry.skip {
                    continue;
                }
            }
            due.push(entry.order.clone());
        }
        due
    }
}

fn entry(names: &[&str], name: &str, index: usize, value: &Value) -> Option<Entry> {
    let key = format!("{name}#{index}");
    let text = value.to_string();
    let plain = |order| Entry { key: key.clone(), text: text.clone(), order, only_for: None, skip: 0, times: None };
    let Some(object) = value.as_object() else { return Order::read(name, value).map(plain) };
    if object.keys().any(|key| !["value", "for", "skip", "times", "id"].contains(&key.as_str())) {
        return None;
    }
    let only_for = match object.get("for") {
        None => None,
        Some(Value::Array(several)) => {
            Some(several.iter().map(|name| operation_name(names, name)).collect::<Option<Vec<_>>>()?)
        }
        Some(name) => Some(vec![operation_name(names, name)?]),
    };
    let count = |key: &str| object.get(key).map_or(Some(None), |value| value.as_u64().map(Some));
    Some(Entry {
        only_for,
        skip: count("skip")?.unwrap_or(0),
        times: count("times")?,
        ..plain(Order::read(name, object.get("value").unwrap_or(&Value::Bool(true)))?)
    })
}

fn operation_name(names: &[&str], value: &Value) -> Option<String> {
    value.as_str().filter(|name| names.contains(name)).map(str::to_owned)
}
