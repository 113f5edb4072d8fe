//! A definition is tried out before anything is sent: every address, and every template with all that may be at hand.

use serde_json::{Map, Value as Json};

use super::{Definition, Operation};
use crate::erp::configured::context::Context;
use crate::erp::configured::mistake::{Mistakes, Reader, inside};
use crate::erp::configured::operation::Op;
use crate::erp::configured::settings::Settings;
use crate::erp::configured::template::{Template, line_start};
use crate::erp::configured::tree::Value;

impl Definition {
    /// Every address of the site, before anything is sent there.
    pub(super) fn check_bases(&self, settings: &Settings, reader: &Reader<'_>) {
        let calls = self
            .operations
            .values()
            .flat_map(Operation::calls)
            .chain(self.sign_in.login.as_ref().map(|login| &login.call));
        let mut names: Vec<&str> = calls.filter_map(|call| call.base.as_deref()).chain(["base_url"]).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            match self.values.get(name) {
                None => reader.mistakes.add(reader.at, format!("`base = \"{name}\"`: esse valor não está em [needs]")),
                Some(given) => {
                    if let Err(error) = crate::http::address(given.text.expose(), settings.allow_plain_http) {
                        let given = settings.values.as_ref().and_then(|node| match &node.value {
                            Value::Table(table) => Some(&table.get(name)?.at),
                            _ => None,
                        });
                        reader.mistakes.add(given.unwrap_or(reader.at), format!("`{name}`: {error}"));
                    }
                }
            }
        }
    }

    /// Fills in every template with what may be at hand.
    pub(super) fn try_out(&self, mistakes: &Mistakes) {
        let login = self.sign_in.login.iter();
        for login in login {
            let context = Context::trial(Map::new(), &[]);
            let basic = login.basic.iter().flat_map(|(user, password)| [user, password]);
            for template in login.call.templates().chain(basic) {
                self.try_template(template, &context, mistakes);
            }
        }
        let context = Context::trial(Map::new(), &[]);
        let fields = [&self.sign_in.headers, &self.sign_in.query, &self.sign_in.form];
        for (_, template) in fields.iter().flat_map(|fields| fields.iter()) {
            self.try_template(template, &context, mistakes);
        }
        for operation in self.operations.values() {
            for mut given in operation.op.samples() {
                let paid = given.get("paid_by").and_then(|paid_by| paid_by.get("method")).cloned();
                for row in &self.rows {
                    if operation.op == Op::WriteOff {
                        if row.get("method").is_some_and(|method| paid.as_ref() != Some(method)) {
                            continue;
                        }
                        given.insert("row".to_owned(), Json::Object(row.clone()));
                    }
                    let mut steps: Vec<&str> = Vec::new();
                    for call in operation.calls() {
                        let context = Context::trial(given.clone(), &steps);
                        for template in call.templates() {
                            self.try_template(template, &context, mistakes);
                        }
                        steps.push(&call.name);
                    }
                    if operation.op != Op::WriteOff {
                        break;
                    }
                }
            }
        }
    }

    fn try_template(&self, template: &Template, context: &Context, mistakes: &Mistakes) {
        if let Err(failed) = self.templates.render(template, &context.template(&self.values, None)) {
            let at = failed.line.map_or(0, |line| line_start(&template.source, line));
            mistakes
                .add_once(&inside(&template.node, &template.source, at), format!("`{}`: {}", template.key, failed.why));
        }
    }
}
