//! What the stand-in was told of its own wire, and how it answers with it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::office::Consumption;
use crate::simulator::datacake::counter::Language;
use crate::simulator::erp::bills;
use crate::simulator::erp::book::{Book, State};
use crate::simulator::http::{Answer, Request};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// The header and what must stand in it.
    header: String,
    token: String,
    /// The name of an operation to where it is; `{id}` stands for what it is about.
    paths: BTreeMap<String, String>,
    /// `document`, `customer`, `state`, … to what each is called.
    pub(super) parameters: BTreeMap<String, String>,
    /// `open` and `paid` to the filter's words, `done` and `refused` to those of a change.
    pub(super) words: BTreeMap<String, String>,
    /// `customer.id`, `charge.due`, … to the field's place, with dots.
    fields: BTreeMap<String, String>,
    #[serde(skip)]
    pub(super) consumptions: Mutex<Vec<Consumption>>,
}

/// The operations of the document by name, each with its verb there.
const OPERATIONS: [(&str, &str); 16] = [
    ("customer", "GET"),
    ("customer_add", "POST"),
    ("customer_alter", "POST"),
    ("customer_remove", "DELETE"),
    ("services", "GET"),
    ("contracts", "GET"),
    ("contract_add", "POST"),
    ("activate", "POST"),
    ("deactivate", "POST"),
    ("suspend", "POST"),
    ("cancel", "POST"),
    ("consumptions", "GET"),
    ("consumption_add", "POST"),
    ("consumption_alter", "PUT"),
    ("consumption_remove", "DELETE"),
    ("charges", "GET"),
];

impl Told {
    pub(super) fn parameter<'r>(&self, request: &'r Request, name: &str) -> Option<&'r str> {
        request.asked(self.parameters.get(name)?)
    }

    /// An object with each value at the place that it was told.
    pub(super) fn placed(&self, values: &[(&str, Value)]) -> Value {
        let mut object = Map::new();
        for (name, value) in values {
            let Some(place) = self.fields.get(*name) else { continue };
            let parts: Vec<&str> = place.split('.').collect();
            put(&mut object, &parts, value.clone());
        }
        Value::Object(object)
    }

    fn charges(&self, request: &Request, book: &mut Book, today: Date) -> Answer {
        let customer = self.parameter(request, "customer").and_then(|id| id.parse::<i64>().ok());
        let wanted = self.parameter(request, "state").unwrap_or_default().to_owned();
        let word = |name: &str| self.words.get(name).cloned().unwrap_or_default();
        let is_open = wanted == word("open");
        let Some(customer) = customer.filter(|_| is_open || wanted == word("paid")) else {
            book.complain("charges: the filter is not understood");
            return Answer::json(400, &json!({"message": "invalid filter"}));
        };
        let rows = book.bills_of(customer).filter(|bill| (bill.state == State::Open) == is_open).map(|bill| {
            let paid_on = match bill.state {
                State::Paid { paid_on, .. } => Value::from(paid_on.to_string()),
                State::Open => Value::Null,
            };
            let line = bills::line(book, bill.id, today).map_or(Value::Null, Value::from);
            self.placed(&[
                ("charge.id", json!(bill.id)),
                ("charge.due", json!(bill.due.to_string())),
                ("charge.value", json!(bills::reais(bill.value_cents))),
                ("charge.updated", json!(bills::reais(bills::due_cents(bill, today)))),
                ("charge.paid_on", paid_on),
                ("charge.line", line),
                ("charge.pix", json!(bill.has_pix.then(|| bills::pix_code(&format!("{:032}", bill.id))))),
            ])
        });
        Answer::json(200, &json!({"total": 0, "items": rows.collect::<Vec<_>>()}))
    }
}

fn put(object: &mut Map<String, Value>, place: &[&str], value: Value) {
    let Some((first, rest)) = place.split_first() else { return };
    if rest.is_empty() {
        object.insert((*first).to_owned(), value);
    } else if let Value::Object(inner) = object.entry((*first).to_owned()).or_insert_with(|| json!({})) {
        put(inner, rest, value);
    }
}

const fn names() -> [&'static str; OPERATIONS.len()] {
    let mut names = [""; OPERATIONS.len()];
    let mut at = 0;
    while at < names.len() {
        #[allow(clippy::indexing_slicing, reason = "evaluated when the program is built")]
        {
            names[at] = OPERATIONS[at].0;
        }
        at += 1;
    }
    names
}

/// What stands where the path that was told has `{id}`; empty where it has none. Nothing where it is another path.
fn about(told: &str, asked: &str) -> Option<String> {
    let Some((before, after)) = told.split_once("{id}") else { return (told == asked).then(String::new) };
    let id = asked.strip_prefix(before)?.strip_suffix(after)?;
    (!id.is_empty() && !id.contains('/')).then(|| id.to_owned())
}

impl Language for Told {
    fn names(&self) -> &'static [&'static str] {
        const NAMES: [&str; OPERATIONS.len()] = names();
        &NAMES
    }

    fn operation(&self, request: &Request) -> Option<&'static str> {
        let of = |name: &str| self.paths.get(name).is_some_and(|path| about(path, &request.path).is_some());
        let mut known = OPERATIONS.into_iter().filter(|(_, verb)| *verb == request.method);
        known.find(|(name, _)| of(name)).map(|(name, _)| name)
    }

    fn sign_in(&self, request: &Request) -> Option<Answer> {
        let is_known = request.header(&self.header) == Some(self.token.as_str());
        (!is_known).then(|| Answer::json(401, &json!({"message": "unauthorized"})))
    }

    fn answer(&self, operation: &'static str, request: &Request, book: &mut Book, today: Date) -> Answer {
        match operation {
            "customer" => {
                let document = self.parameter(request, "document").unwrap_or_default();
                match book.customer_by_document(document) {
                    None => Answer::json(404, &json!({"message": "not found"})),
                    Some(customer) => Answer::json(
                        200,
                        &self.placed(&[
                            ("customer.id", json!(customer.id)),
                            ("customer.name", json!(customer.name)),
                            ("customer.birth", json!(customer.birth.to_string())),
                        ]),
                    ),
                }
            }
            "contracts" => {
                let customer = self.parameter(request, "customer").and_then(|id| id.parse::<i64>().ok());
                let contracts = customer.and_then(|id| book.customer(id)).map(|customer| &customer.contracts);
                let rows = contracts.into_iter().flatten().map(|contract| {
                    self.placed(&[
                        ("contract.id", json!(contract.id)),
                        ("contract.plan", json!(contract.plan)),
                        ("contract.state", json!(contract.status)),
                    ])
                });
                Answer::json(200, &json!({"items": rows.collect::<Vec<_>>()}))
            }
            "charges" => self.charges(request, book, today),
            "services" => Answer::json(
                200,
                &Value::from(vec![self.placed(&[("service.id", json!(7)), ("service.name", json!("FIBRA"))])]),
            ),
            office => {
                let id = self.paths.get(office).and_then(|path| about(path, &request.path)).unwrap_or_default();
                self.office(office, &id, request, book, today)
            }
        }
    }

    fn written_off(&self, _: &Request, book: &mut Book) -> Result<i64, Answer> {
        book.complain("write_off: the document has none");
        Err(self.rejected())
    }

    fn settled(&self, _: bool) -> Answer {
        self.rejected()
    }

    fn rejected(&self) -> Answer {
        Answer::json(404, &json!({"message": "not found"}))
    }

    fn internal_error(&self) -> Answer {
        Answer::json(500, &json!({"message": "error"}))
    }
}
