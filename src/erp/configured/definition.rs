//! A definition, read: preset or file, with the site's own words laid over it, checked whole before anything is sent.

mod fills;
mod needs;
mod trial;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

pub(super) use fills::Fills;
use fills::Keys;

use super::call::{Call, Judged, Sites};
use super::context::Values;
use super::jq::Expression;
use super::mistake::{Mistake, Mistakes, Reader};
use super::operation::{Kind, Op};
use super::preset;
use super::settings::Settings;
use super::shape::{Decimals, Reading};
use super::sign_in::SignIn;
use super::template::Templates;
use super::tree::{Node, Place, Value};

pub(super) struct Definition {
    pub name: String,
    /// Never seen to work at the vendor's.
    pub unverified: bool,
    pub zone: String,
    pub reading: Reading,
    pub values: Values,
    pub sign_in: SignIn,
    /// The ERP's words where an answer to a read is a refusal.
    pub refused: Option<Expression>,
    pub operations: BTreeMap<Op, Operation>,
    pub templates: Templates,
    /// What each row of the site's write-off table names, in its order.
    pub rows: Vec<Map<String, Json>>,
}

pub(super) struct Operation {
    pub op: Op,
    pub unverified: bool,
    pub before: Vec<Call>,
    pub main: Call,
    pub then: Vec<Call>,
    pub read: Option<Expression>,
    /// Whether it tells what the second factor is compared with.
    pub tells_factors: bool,
    pub tells_line: bool,
    pub tells_pix: bool,
    /// Whether it calls a paid bill paid: one that it has not is then not paid.
    pub tells_paid: bool,
    /// Which key of the site's configuration takes one of the ids that it lists.
    pub fills: Option<Fills>,
    /// Whether it cannot be asked without what the totem holds in memory only.
    pub needs_memory: bool,
}

impl Operation {
    /// Whether one of its templates takes this in.
    pub(super) fn takes(&self, name: &str) -> bool {
        self.calls().flat_map(Call::templates).any(|template| template.source.contains(name))
    }

    pub(super) fn calls(&self) -> impl Iterator<Item = &Call> {
        self.before.iter().chain([&self.main]).chain(&self.then)
    }
}

impl Definition {
    pub(super) fn read(settings: &Settings) -> Result<Definition, Vec<Mistake>> {
        let mistakes = Mistakes::default();
        let definition = tree(settings, &mistakes).and_then(|tree| whole(&tree, settings, &mistakes));
        match definition {
            Some(definition) if mistakes.is_empty() => Ok(definition),
            _ => Err(mistakes.told()),
        }
    }
}

/// The definition's own file with the site's words over it.
fn tree(settings: &Settings, mistakes: &Mistakes) -> Option<Node> {
    let (choice, name, text) = match (&settings.preset, &settings.definition) {
        (Some(node), None) => {
            let name = node.text().unwrap_or_default();
            let Some((file, text)) = preset::named(name) else {
                let known = preset::NAMES.join(", ");
                mistakes.add(&node.at, format!("não há preset `{name}`; há: {known}"));
                return None;
            };
            (node, file, text.to_owned())
        }
        (None, Some(node)) => {
            let path = node.text().unwrap_or_default();
            match std::fs::read_to_string(path) {
                Ok(text) => (node, path.to_owned(), text),
                Err(why) => {
                    mistakes.add(&node.at, format!("não consegui ler {path}: {why}"));
                    return None;
                }
            }
        }
        (Some(_), Some(node)) => {
            mistakes.add(
                &node.key_at,
                "`preset` ou `definition`: um dos dois; para mudar um preset use [erp.configured.override]",
            );
            return None;
        }
        (None, None) => {
            let place = settings.values.as_ref().map_or(Place { file: None, offset: 0 }, |node| node.key_at.clone());
            mistakes.add(&place, "falta `preset` ou `definition` em [erp.configured]");
            return None;
        }
    };
    match Node::read(&name, &text) {
        Ok(node) => Some(match settings.overlay.clone() {
            Some(over) => node.overlaid(over),
            None => node,
        }),
        Err(error) => {
            let offset = error.span().map_or(0, |span| span.start);
            let (line, column) = super::mistake::line_and_column(&text, offset);
            mistakes.add(&choice.at, format!("{name}:{line}:{column}: {}", error.message()));
            None
        }
    }
}

fn whole(tree: &Node, settings: &Settings, mistakes: &Mistakes) -> Option<Definition> {
    let reader = Reader::of(tree, mistakes)?;
    let mut templates = Templates::new();
    let name = reader.needed("name", "o nome do ERP, para o registro");
    let unverified = reader.flag("unverified");
    let zone = reader.text("zone").map_or("America/Sao_Paulo", |(_, zone)| zone).to_owned();
    let needs = needs::needs(&reader, "needs");
    let values = needs::values(&reader, &needs, settings, mistakes);
    let sites = needs::sites(settings, &needs);
    let rows = needs::rows(&reader, settings, mistakes);
    let reading = reading(&reader);
    let sign_in = match reader.table("sign_in") {
        Some(table) => SignIn::read(&table, &sites, &mut templates),
        None => Some(SignIn::nothing()),
    };
    let answers = reader.table("answers");
    let refused = answers.as_ref().and_then(|table| {
        let (node, text) = table.needed("refused", "a expressão jq que dá as palavras de uma recusa, ou null")?;
        Expression::read("refused", node, text, mistakes)
    });
    if let Some(table) = &answers {
        table.finish();
    }
    let keys = Keys::of(&reader, &needs, &values);
    let mut operations = BTreeMap::new();
    for (name, node) in reader.entries("operation") {
        let Some(op) = Op::named(name) else {
            let known = Op::ALL.iter().map(|op| op.name()).collect::<Vec<_>>().join(", ");
            mistakes.add(&node.key_at, format!("operação desconhecida `{name}`; há: {known}"));
            continue;
        };
        if let Some(missing) = needs::left_open(node, &needs, &values) {
            tracing::info!(operation = op.name(), value = missing, "left out: the site gives no such value");
            continue;
        }
        if let Some(operation) = operation(op, node, mistakes, &sites, &keys, &mut templates) {
            operations.insert(op, operation);
        }
    }
    reader.finish();
    let is_named = |name: &str| {
        reader.table.get("operation").is_some_and(|node| match &node.value {
            Value::Table(table) => table.contains_key(name),
            _ => false,
        })
    };
    for op in [Op::Customer, Op::Bills].iter().filter(|op| !is_named(op.name())) {
        mistakes.add(reader.at, format!("falta a operação [operation.{}]: sem ela não há o que mostrar", op.name()));
    }
    if let Some(row) = settings.write_off.first().filter(|_| !operations.contains_key(&Op::WriteOff)) {
        let place = Place { file: None, offset: row.span().start };
        let why = match is_named(Op::WriteOff.name()) {
            true => "a baixa desta definição ficou de fora: falta em [erp.configured.values] o caminho dela",
            false => "este ERP não tem baixa: tire as linhas, e ofereça só o PIX e o boleto do ERP",
        };
        mistakes.add(&place, format!("[[erp.configured.write_off]]: {why}"));
    }
    let definition = Definition {
        name: name?.1.to_owned(),
        unverified,
        zone,
        reading,
        values,
        sign_in: sign_in?,
        refused,
        operations,
        templates,
        rows,
    };
    if mistakes.is_empty() {
        definition.check_bases(settings, &reader);
        definition.try_out(mistakes);
    }
    Some(definition)
}

fn reading(reader: &Reader<'_>) -> Reading {
    let mut dates = Vec::new();
    for (node, format) in reader.texts("dates") {
        if jiff::fmt::strtime::format(format, jiff::civil::date(2026, 1, 31)).is_err() {
            reader.mistakes.add(&node.at, format!("`{format}` não é um formato de data, como %d/%m/%Y"));
        }
        dates.push(format.to_owned());
    }
    let decimals = match reader.text("decimal") {
        None | Some((_, "auto")) => Decimals::Auto,
        Some((_, "point")) => Decimals::Point,
        Some((_, "comma")) => Decimals::Comma,
        Some((node, other)) => {
            reader.mistakes.add(&node.at, format!("`decimal` é auto, point ou comma, e não `{other}`"));
            Decimals::Auto
        }
    };
    Reading { dates, decimals }
}

fn operation(
    op: Op,
    node: &Node,
    mistakes: &Mistakes,
    sites: &Sites,
    keys: &Keys<'_>,
    templates: &mut Templates,
) -> Option<Operation> {
    let reader = Reader::of(node, mistakes)?;
    let judged = match op.kind() {
        Kind::Read | Kind::Pdf => Judged::Not,
        Kind::Change => Judged::Change,
        Kind::WriteOff => Judged::WriteOff,
    };
    let expression = |key: &'static str| {
        let (node, text) = reader.text(key)?;
        Expression::read(key, node, text, mistakes)
    };
    let mut steps = |key: &'static str, judged: Judged| {
        let nodes = reader.list(key).iter();
        let calls = nodes.filter_map(|node| {
            let table = Reader::of(node, mistakes)?;
            let name = table.needed("name", "como os modelos seguintes chamam a resposta: `step.nome`");
            let call = Call::read(name?.1, &table, judged, true, sites, templates);
            table.finish();
            call
        });
        calls.collect::<Vec<_>>()
    };
    let (before, then) = (steps("before", Judged::Not), steps("then", judged));
    let main = Call::read("main", &reader, judged, op.kind() == Kind::Read, sites, templates);
    let read = expression("read");
    let unverified = reader.flag("unverified");
    reader.text("if_value");
    for (node, name) in reader.texts("requires") {
        keys.require(op, name, node, mistakes);
    }
    let tells: Vec<&str> = if matches!(op, Op::Customer | Op::Bills | Op::Bill | Op::CustomerById | Op::BillByCode) {
        reader
            .texts("tells")
            .into_iter()
            .map(|(node, text)| {
                if !["second_factor", "linha_digitavel", "pix", "paid"].contains(&text) {
                    let known = "`tells` tem second_factor, linha_digitavel, pix ou paid";
                    mistakes.add(&node.at, format!("{known}, e não `{text}`"));
                }
                text
            })
            .collect()
    } else {
        Vec::new()
    };
    let fills = if op.is_list() { Fills::read(op, &reader, keys) } else { None };
    match op.kind() {
        Kind::Read if read.is_none() && reader.node("read").is_none() => {
            mistakes.add(
                &node.key_at,
                format!("falta `read` em [operation.{}]: a expressão jq que dá a resposta", op.name()),
            );
        }
        Kind::Change if reader.node("done").is_none() => {
            mistakes.add(
                &node.key_at,
                format!("falta `done` em [operation.{}]: a expressão jq que diz que foi feito", op.name()),
            );
        }
        Kind::WriteOff if reader.node("applied").is_none() && reader.list("then").is_empty() => {
            mistakes.add(
                &node.key_at,
                format!("falta `applied` em [operation.{}]: a expressão jq que diz que a baixa foi feita", op.name()),
            );
        }
        _ => {}
    }
    reader.finish();
    let mut operation = Operation {
        op,
        unverified,
        before,
        main: main?,
        then,
        read,
        tells_factors: tells.contains(&"second_factor"),
        tells_line: tells.contains(&"linha_digitavel"),
        tells_pix: tells.contains(&"pix"),
        tells_paid: tells.contains(&"paid"),
        fills,
        needs_memory: false,
    };
    operation.needs_memory = op != Op::CustomerById && asks_for_memory(&operation);
    Some(operation)
}

fn asks_for_memory(operation: &Operation) -> bool {
    let held = ["customer.document", "customer.name", "customer.extra"];
    let templates = operation.calls().flat_map(Call::templates).map(|template| &template.source);
    let expressions = operation.calls().flat_map(Call::expressions).chain(&operation.read).map(|one| &one.source);
    templates.chain(expressions).any(|source| held.iter().any(|name| source.contains(name)))
}
