//! What the templates and expressions of one operation see: what was asked, the site's values, and the answers so far.

use std::collections::BTreeMap;

use jaq_json::Val;
use minijinja::value::Value;
use serde_json::{Map, Value as Json};

use super::jq::{self, Scene};
use super::template::Anything;
use crate::secret::Secret;

/// The site's values by name.
pub(super) type Values = BTreeMap<String, Given>;

/// One of the site's values. `Debug` shows none.
#[derive(Clone)]
pub(super) struct Given {
    pub text: Secret,
    /// Templates may send it; expressions do not see it.
    pub is_secret: bool,
}

#[derive(Clone)]
pub(super) struct Context {
    given: Map<String, Json>,
    today: String,
    steps: Vec<(String, Val)>,
    item: Option<Val>,
    page: Option<Page>,
    /// Only tried out: what answers will tell is not known yet.
    trial: bool,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Page {
    pub number: u64,
    pub offset: u64,
    pub size: u64,
}

impl Context {
    pub(super) fn new(given: Map<String, Json>, today: String) -> Context {
        Context { given, today, steps: Vec::new(), item: None, page: None, trial: false }
    }

    /// To try templates out, after calls of these names.
    pub(super) fn trial(given: Map<String, Json>, steps: &[&str]) -> Context {
        let steps = steps.iter().map(|name| ((*name).to_owned(), Val::Null)).collect();
        let page = Some(Page { number: 1, offset: 0, size: 50 });
        Context { given, today: "2026-01-31".to_owned(), steps, item: None, page, trial: true }
    }

    pub(super) fn step(&mut self, name: &str, kept: Val) {
        self.steps.push((name.to_owned(), kept));
    }

    pub(super) fn for_item(&self, item: Val) -> Context {
        Context { item: Some(item), ..self.clone() }
    }

    pub(super) fn on_page(&self, page: Page) -> Context {
        Context { page: Some(page), ..self.clone() }
    }

    /// For a template.
    pub(super) fn template(&self, values: &Values, token: Option<&Secret>) -> Value {
        let told = |val: &Val| if self.trial { Anything::value() } else { value(val) };
        let mut all: BTreeMap<String, Value> =
            self.given.iter().map(|(name, json)| (name.clone(), from_json(json))).collect();
        if self.trial
            && let Some(Json::Object(customer)) = self.given.get("customer")
        {
            let mut parts: BTreeMap<String, Value> =
                customer.iter().map(|(name, json)| (name.clone(), from_json(json))).collect();
            parts.insert("extra".to_owned(), Anything::value());
            all.insert("customer".to_owned(), Value::from(parts));
        }
        let sites = values.iter().map(|(name, given)| (name.clone(), Value::from(given.text.expose())));
        all.insert("values".to_owned(), Value::from(sites.collect::<BTreeMap<String, Value>>()));
        let steps = self.steps.iter().map(|(name, val)| (name.clone(), told(val)));
        all.insert("step".to_owned(), Value::from(steps.collect::<BTreeMap<String, Value>>()));
        all.insert("item".to_owned(), self.item.as_ref().map_or_else(|| told(&Val::Null), value));
        if let Some(Page { number, offset, size }) = self.page {
            for (name, number) in [("page", number), ("offset", offset), ("size", size)] {
                all.insert(name.to_owned(), Value::from(number));
            }
        }
        if let Some(token) = token {
            all.insert("token".to_owned(), Value::from(token.expose()));
        } else if self.trial {
            all.insert("token".to_owned(), Anything::value());
        }
        all.insert("today".to_owned(), Value::from(self.today.as_str()));
        Value::from(all)
    }

    /// For an expression, about an answer.
    pub(super) fn scene(&self, values: &Values, status: u16, text: &str, kind: &'static str) -> Scene {
        let mut given = self.given.clone();
        let open = values.iter().filter(|(_, given)| !given.is_secret);
        let sites = open.map(|(name, given)| (name.clone(), Json::from(given.text.expose())));
        given.insert("values".to_owned(), Json::Object(sites.collect()));
        let mut given = jq::from_json(&Json::Object(given).to_string());
        if let (Some(item), Val::Obj(parts)) = (&self.item, &mut given) {
            let parts = std::sync::Arc::make_mut(parts);
            parts.insert(Val::utf8_str(b"item".to_vec()), item.clone());
        }
        Scene {
            given,
            steps: jq::object(self.steps.iter().cloned()),
            status,
            text: text.to_owned(),
            kind,
            today: self.today.clone(),
        }
    }
}

fn value(val: &Val) -> Value {
    let json = jq::to_json(val).ok().and_then(|json| serde_json::from_str::<Json>(&json).ok());
    json.as_ref().map_or_else(|| Value::from(()), from_json)
}

fn from_json(json: &Json) -> Value {
    match json {
        Json::Null => Value::from(()),
        Json::Bool(flag) => Value::from(*flag),
        Json::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(whole), _) => Value::from(whole),
            (None, Some(whole)) => Value::from(whole),
            (None, None) => Value::from(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => Value::from(items.iter().map(from_json).collect::<Vec<_>>()),
        Json::Object(parts) => {
            Value::from(parts.iter().map(|(name, part)| (name.clone(), from_json(part))).collect::<BTreeMap<_, _>>())
        }
    }
}
