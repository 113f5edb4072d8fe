//! `control.json`: how another process orders misbehaviour and events of the bank. Read again before each request.
//!
//! Every key but the settings holds an order, or an array of orders. An order is the bare value (`true`, a number, a
//! text, a list), or `{"value": …, "for": "<operation>" or [..], "skip": n, "times": n, "id": …}`: it passes over the
//! first `skip` matching requests and meets the next `times`. What an order has met is kept in the book and forgotten
//! when its text changes or it is gone; a new `id` makes the same order new. What is not understood is in the book's
//! `errors`. The operations are `route.rs`, the settings are in [`Settings`].
//!
//! - before anything is done: `down` (hangs up on whoever connects), `lost_request`, `html` (a login page), `redirect_to`
//!   (URL), `status` (number), `unauthorized` (401), `too_many` (429) and `unavailable` (503), the last two with `true`, or
//!   with what `Retry-After` is to say; `slow_ms`, `token_expires_now`;
//! - done, but the answer suffers: `lost_answer`, `slow_answer_ms`, `truncate`, `garbage`, `empty`, `huge` (bytes, or
//!   `true`: 100 MB);
//! - `pay_during_patch`: the charge that a PATCH names is paid just before it;
//! - events, at once or just before the operation of `for`; charges are a list of txids, and `["*"]` is every one:
//!   `pay_now` (what is active and has not expired), `pay_late` (whatever has no money yet), `pay_twice` (until it has two
//!   Pix), `pay_amount` (`{"<txid>": cents}`), `expire` (stays ATIVA), `remove` (by the bank).

mod order;
mod settings;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use serde_json::{Map, Value};

use super::book::Met;
use super::route::Operation;
pub use order::{Charges, Event, Instead, Order, Payment, Spoil};
pub use settings::{CodeName, Settings};

/// The control file as last understood.
pub struct Control {
    path: PathBuf,
    text: String,
    entries: Vec<Entry>,
    pub settings: Settings,
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
    pub fn new(path: PathBuf) -> Control {
        Control { path, text: String::new(), entries: Vec::new(), settings: Settings::default() }
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
            return self.adopt(Map::new());
        }
        match serde_json::from_str(&self.text) {
            Ok(orders) => self.adopt(orders),
            Err(error) => vec![format!("control.json: {error}")],
        }
    }

    fn adopt(&mut self, orders: Map<String, Value>) -> Vec<String> {
        let mut errors = Vec::new();
        let mut settings = Map::new();
        self.entries.clear();
        for (name, value) in orders {
            let understood = match &value {
                _ if Settings::has(&name) => {
                    Settings::understands(&name, &value) && {
                        settings.insert(name.clone(), value);
                        true
                    }
                }
                Value::Null | Value::Bool(false) => true,
                Value::Array(several) if !several.is_empty() && several.iter().all(Value::is_object) => {
                    several.iter().enumerate().all(|(index, order)| self.add(&name, index, order))
                }
                value => self.add(&name, 0, value),
            };
            if !understood {
                errors.push(format!("control.json: {name} is not understood"));
            }
        }
        self.settings = serde_json::from_value(Value::Object(settings)).unwrap_or_default();
        errors
    }

    fn add(&mut self, name: &str, index: usize, value: &Value) -> bool {
        let entry = entry(name, index, value);
        let understood = entry.is_some();
        self.entries.extend(entry);
        understood
    }

    /// Forgets the count of orders that are gone or were changed.
    pub fn tidy(&self, met: &mut BTreeMap<String, Met>) {
        met.retain(|key, met| self.entries.iter().any(|entry| entry.key == *key && entry.text == met.text));
    }

    /// The orders that this request meets. `None` is a connection that has not said yet what it wants: only `down` is
    /// for it.
    pub fn meet(&self, operation: Option<&str>, met: &mut BTreeMap<String, Met>) -> Vec<Order> {
        let mut due = Vec::new();
        for entry in self.entries.iter().filter(|entry| entry.is_for(operation)) {
            let for_connections = entry.order == Order::Instead(Instead::Deaf) && entry.only_for.is_none();
            if for_connections != operation.is_none() {
                continue;
            }
            if entry.is_counted() {
                let so_far = met.entry(entry.key.clone()).or_insert(Met { text: entry.text.clone(), met: 0 });
                if entry.times.is_some_and(|times| so_far.met >= entry.skip.saturating_add(times)) {
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

    /// Events that wait for no request.
    pub fn events(&self) -> Vec<Event> {
        let waiting = |entry: &&Entry| entry.only_for.is_none() && !entry.is_counted();
        let events = self.entries.iter().filter(waiting).filter_map(|entry| match &entry.order {
            Order::Event(event) => Some(event.clone()),
            _ => None,
        });
        events.collect()
    }
}

fn entry(name: &str, index: usize, value: &Value) -> Option<Entry> {
    let key = format!("{name}#{index}");
    let text = value.to_string();
    let plain = |order| Entry { key: key.clone(), text: text.clone(), order, only_for: None, skip: 0, times: None };
    const WORDS: [&str; 5] = ["value", "for", "skip", "times", "id"];
    let Some(object) = value.as_object().filter(|object| object.keys().all(|key| WORDS.contains(&key.as_str()))) else {
        return Order::read(name, value).map(plain);
    };
    let only_for = match object.get("for") {
        None => None,
        Some(Value::Array(names)) => Some(names.iter().map(operation_name).collect::<Option<Vec<_>>>()?),
        Some(name) => Some(vec![operation_name(name)?]),
    };
    let count = |key: &str| object.get(key).map_or(Some(None), |value| value.as_u64().map(Some));
    Some(Entry {
        only_for,
        skip: count("skip")?.unwrap_or(0),
        times: count("times")?,
        ..plain(Order::read(name, object.get("value").unwrap_or(&Value::Bool(true)))?)
    })
}

fn operation_name(value: &Value) -> Option<String> {
    value.as_str().filter(|name| Operation::NAMES.contains(name)).map(str::to_owned)
}
