//! One call of a definition: what is sent, and what is done with its answer.

use reqwest::Method;

use super::jq::Expression;
use super::mistake::{Mistakes, Reader};
use super::template::{Mode, Template, Templates};
use super::tree::{Node, Value};

/// Names and templates of a query, a form or headers.
pub(super) type Fields = Vec<(String, Template)>;

/// The site's values as it wrote them, for paths that only the site knows.
pub(super) type Sites = std::collections::BTreeMap<String, Node>;

#[derive(Clone)]
pub(super) struct Call {
    /// What later templates and expressions call its answer.
    pub name: String,
    pub method: Method,
    /// The value that holds the base address, where it is not `base_url`.
    pub base: Option<String>,
    pub path: Template,
    pub query: Fields,
    pub headers: Fields,
    pub form: Option<Fields>,
    pub json: Option<Template>,
    /// Parameters that a site may have put elsewhere.
    pub fields: Fields,
    pub place: Placement,
    /// Whether the call is made at all.
    pub when: Option<Expression>,
    /// Once for each of these; `item` in its templates.
    pub each: Option<Expression>,
    pub each_at_most: usize,
    pub pages: Option<Pages>,
    /// Whether the answer says that there is nothing.
    pub none: Option<Expression>,
    /// What of the answer is kept.
    pub keep: Option<Expression>,
    /// Plain texts, and empty answers, that are answers too.
    pub accepts_text: bool,
    pub accepts_empty: bool,
    /// How often it is asked while what was sent is taken in and not done yet.
    pub asked_at_most: u64,
    pub judge: Judge,
}

/// Where the `fields` of a call are put.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Placement {
    #[default]
    Query,
    Form,
    /// An object of texts.
    Json,
}

/// What the answer to a change means. Whatever none of these says is unknown.
#[derive(Clone, Default)]
pub(super) struct Judge {
    pub applied: Option<Expression>,
    pub settled: Option<Expression>,
    /// The ERP's words where it refused; null, false or nothing else.
    pub rejected: Option<Expression>,
    /// Taken in, and to be asked about by the calls that follow.
    pub pending: Option<Expression>,
}

/// An answer that comes in pages.
#[derive(Clone)]
pub(super) struct Pages {
    pub first: u64,
    pub size: u64,
    pub items: Expression,
    /// Whether this page is the last; without it, one that is not full.
    pub last: Option<Expression>,
    pub at_most: u64,
}

/// Which judgements a call may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judged {
    Not,
    Change,
    WriteOff,
}

impl Call {
    /// Reads the keys of a call out of a table that may hold others; the caller finishes the table.
    pub(super) fn read(
        name: &str,
        reader: &Reader<'_>,
        judged: Judged,
        pagable: bool,
        sites: &Sites,
        templates: &mut Templates,
    ) -> Option<Call> {
        let mistakes = reader.mistakes;
        let method = method(reader);
        let base = reader.text("base").map(|(_, name)| name.to_owned());
        let path = match reader.text("path_from") {
            Some((node, name)) => match sites.get(name) {
                Some(site) => site.text().and_then(|text| path_template(site, text, mistakes, templates)),
                None => {
                    mistakes.add(&node.at, format!("`path_from`: o valor `{name}` não existe"));
                    None
                }
            },
            None => {
                let path = reader.needed("path", "o caminho abaixo do endereço, como \"/clientes/{{ customer.id }}\"");
                path.and_then(|(node, text)| path_template(node, text, mistakes, templates))
            }
        };
        let fields = |key: &'static str, templates: &mut Templates| {
            let entries = reader.entries(key);
            let read = entries.into_iter().filter_map(|(name, node)| {
                let text = match &node.value {
                    Value::Text(text) | Value::Number(text) => text.clone(),
                    Value::Flag(flag) => flag.to_string(),
                    other => {
                        mistakes.add(&node.at, format!("`{key}.{name}` deve ser um texto, e é {}", other.kind()));
                        return None;
                    }
                };
                let sent = sent_name(name, node, sites, mistakes)?;
                Some((sent, templates.read(&format!("{key}.{name}"), Mode::Text, node, &text, mistakes)?))
            });
            read.collect::<Fields>()
        };
        let query = fields("query", templates);
        let headers = fields("headers", templates);
        for (name, _) in headers.iter().filter(|(name, _)| reqwest::header::HeaderName::try_from(name).is_err()) {
            mistakes.add(reader.at, format!("`{name}` não pode ser o nome de um cabeçalho"));
        }
        let placed = fields("fields", templates);
        let place = match reader.text("place") {
            None | Some((_, "query")) => Placement::Query,
            Some((_, "form")) => Placement::Form,
            Some((_, "json")) => Placement::Json,
            Some((node, other)) => {
                mistakes.add(&node.at, format!("`place` é query, form ou json, e não `{other}`"));
                Placement::Query
            }
        };
        let form = reader.node("form").is_some().then(|| fields("form", templates));
        let json =
            reader.text("json").and_then(|(node, text)| templates.read("json", Mode::Json, node, text, mistakes));
        if let (Some(_), Some(_)) = (&form, &json) {
            mistakes.add(reader.at, "uma chamada leva `form` ou `json`, não os dois");
        }
        let expression = |key: &'static str| {
            let (node, text) = reader.text(key)?;
            Expression::read(key, node, text, mistakes)
        };
        let judge = match judged {
            Judged::Not => Judge::default(),
            Judged::Change => {
                Judge { applied: expression("done"), rejected: expression("refused"), ..Judge::default() }
            }
            Judged::WriteOff => Judge {
                applied: expression("applied"),
                settled: expression("settled"),
                rejected: expression("rejected"),
                pending: expression("pending"),
            },
        };
        let pages = if pagable { reader.table("pages").and_then(|table| Pages::read(&table)) } else { None };
        Some(Call {
            name: name.to_owned(),
            method,
            base,
            path: path?,
            query,
            headers,
            form,
            json,
            fields: placed,
            place,
            when: expression("when"),
            each: expression("each"),
            each_at_most: usize::try_from(reader.number("each_at_most", 20, 1..=200)).unwrap_or(20),
            pages,
            none: expression("none"),
            keep: expression("keep"),
            accepts_text: reader.flag("accepts_text"),
            accepts_empty: reader.flag("accepts_empty"),
            asked_at_most: match judged {
                Judged::WriteOff => reader.number("asked_at_most", 1, 1..=10),
                Judged::Not | Judged::Change => 1,
            },
            judge,
        })
    }

    /// Every template, for trying it out.
    pub(super) fn templates(&self) -> impl Iterator<Item = &Template> {
        let fields = self.query.iter().chain(&self.headers).chain(&self.fields).chain(self.form.iter().flatten());
        fields.map(|(_, template)| template).chain([&self.path]).chain(&self.json)
    }

    /// Every expression, for looking into it.
    pub(super) fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let judge = &self.judge;
        [
            &self.when,
            &self.each,
            &self.none,
            &self.keep,
            &judge.applied,
            &judge.settled,
            &judge.rejected,
            &judge.pending,
        ]
        .into_iter()
        .flatten()
        .chain(self.pages.iter().flat_map(|pages| std::iter::once(&pages.items).chain(&pages.last)))
    }
}

impl Pages {
    fn read(reader: &Reader<'_>) -> Option<Pages> {
        let expression = |key: &'static str| {
            let (node, text) = reader.text(key)?;
            Expression::read(key, node, text, reader.mistakes)
        };
        reader.needed("items", "a expressão jq que dá a lista de uma página");
        let pages = Pages {
            first: reader.number("first", 1, 0..=1),
            size: reader.number("size", 50, 1..=1000),
            items: expression("items")?,
            last: expression("last"),
            at_most: reader.number("at_most", 20, 1..=200),
        };
        reader.finish();
        Some(pages)
    }
}

/// The name that a parameter, field or header is sent under: its key, or what the value named by `$key` holds.
pub(super) fn sent_name(key: &str, node: &Node, sites: &Sites, mistakes: &Mistakes) -> Option<String> {
    let Some(value) = key.strip_prefix('$') else { return Some(key.to_owned()) };
    let name = sites.get(value).and_then(Node::text).filter(|name| !name.is_empty());
    if name.is_none() {
        mistakes.add(&node.key_at, format!("`{key}`: o nome deste parâmetro vem do valor `{value}`, que não há"));
    }
    name.map(str::to_owned)
}

fn method(reader: &Reader<'_>) -> Method {
    let Some((node, text)) = reader.text("method") else { return Method::GET };
    match text {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        other => {
            reader.mistakes.add(&node.at, format!("`method` é GET, POST, PUT, PATCH ou DELETE, e não `{other}`"));
            Method::GET
        }
    }
}

fn path_template(node: &Node, text: &str, mistakes: &Mistakes, templates: &mut Templates) -> Option<Template> {
    if !text.starts_with('/') {
        mistakes.add(&node.at, "`path` começa com /: é o caminho abaixo do endereço de [erp.configured.values]");
        return None;
    }
    if literal(text).contains(['?', '#']) {
        mistakes.add(&node.at, "`path` não leva ? nem #: ponha os parâmetros na tabela `query`");
        return None;
    }
    templates.read("path", Mode::Path, node, text, mistakes)
}

/// A template without what is filled in.
fn literal(text: &str) -> String {
    let mut literal = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        literal.push_str(before);
        let end = if after.starts_with('{') { "}}" } else { "%}" };
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    literal.push_str(rest);
    literal
}
