//! The configuration in force, value by value, with the place that each comes from. Secrets are only named.

use std::path::{Path, PathBuf};

use super::error::{Error, Mistake, Place};
use super::layers::Layers;
use super::reader::{ITEM, Kind};
use super::secrets::Declared;
use super::shipped::Shipped;
use super::tree::{Node, Step, Value, shown};
use super::{Config, check};
use crate::domain::TaxId;
use crate::domain::tax_id::TaxIdKind;

/// Everything there is to say of a configuration: all that is wrong, and what it says.
pub struct Survey {
    path: PathBuf,
    layers: Layers,
    /// Nothing where there is a mistake.
    pub config: Option<Config>,
    pub mistakes: Vec<Mistake>,
    /// Credentials that were left alone, by their names. With one of them the configuration is for nobody to run.
    pub unread: Vec<String>,
}

/// One value, and who said so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// With dots.
    pub key: String,
    /// As TOML; what may be a secret is not shown.
    pub value: String,
    /// Nothing: it is what holds where nobody says anything.
    pub place: Option<Place>,
}

/// Reads everything, and goes on where something is wrong.
pub fn survey(path: &Path) -> Result<Survey, Error> {
    examined(Layers::of(path)?, path, Vec::new())
}

/// The same for whoever is not the service: systemd gives its credentials to nobody else, and a process that has none
/// cannot say whether they are right.
pub fn survey_from_outside(path: &Path) -> Result<Survey, Error> {
    let layers = Layers::of(path)?;
    let unread = if has_credentials() { Vec::new() } else { credentials(&layers) };
    examined(layers, path, unread)
}

fn examined(layers: Layers, path: &Path, unread: Vec<(Vec<Step>, String)>) -> Result<Survey, Error> {
    let (places, unread): (Vec<_>, Vec<_>) = unread.into_iter().unzip();
    let check::Checked { config, mistakes } = check::check(&layers, &places);
    Ok(Survey { path: path.to_owned(), layers, config, mistakes, unread })
}

/// systemd 257 gives `ExecReload=` a folder with nothing in it.
fn has_credentials() -> bool {
    let folder = std::env::var_os("CREDENTIALS_DIRECTORY");
    folder.and_then(|folder| std::fs::read_dir(folder).ok()).is_some_and(|mut entries| entries.next().is_some())
}

/// `{ credential = "…" }` and nothing beside it: where, and its name.
fn credentials(layers: &Layers) -> Vec<(Vec<Step>, String)> {
    let one = |(path, node): (Vec<Step>, &Node)| match (path.split_last(), &node.value) {
        (Some((Step::Key(key), above)), Value::Text(name)) if key == "credential" => {
            let is_alone =
                matches!(layers.tree.get(above).map(|node| &node.value), Some(Value::Table(all)) if all.len() == 1);
            is_alone.then(|| (above.to_vec(), name.clone()))
        }
        _ => None,
    };
    layers.tree.leaves().into_iter().filter_map(one).collect()
}

impl Survey {
    /// The configuration, or everything that is wrong with it.
    pub fn sound(self) -> Result<Config, Error> {
        let Survey { path, config, mistakes, .. } = self;
        config.ok_or(Error::Mistakes { path, mistakes })
    }

    /// The hosts of all addresses that are written, each once.
    #[must_use]
    pub fn hosts(&self) -> Vec<String> {
        let mut hosts: Vec<String> = self.written_routes().map(|(host, _)| host).collect();
        hosts.sort();
        hosts.dedup();
        hosts
    }

    /// Hosts with their ports: of all addresses that are written, and of the banks that only a preset names.
    #[must_use]
    pub fn routes(&self) -> Vec<(String, u16)> {
        let banks = self.config.iter().flat_map(|config| &config.pix.bank);
        let mut routes: Vec<(String, u16)> =
            self.written_routes().chain(banks.filter_map(crate::pix::api_pix::Settings::route)).collect();
        routes.sort();
        routes.dedup();
        routes
    }

    fn written_routes(&self) -> impl Iterator<Item = (String, u16)> {
        self.layers.tree.leaves().into_iter().filter_map(|(_, node)| match &node.value {
            Value::Text(text) => route(text),
            _ => None,
        })
    }

    /// Where each secret is: a file, or a credential of systemd.
    #[must_use]
    pub fn secrets(&self) -> Vec<String> {
        let place = |path: &[Step], node: &Node| match (path.last(), &node.value) {
            (Some(Step::Key(key)), Value::Text(text)) if key == "file" => Some(text.clone()),
            (Some(Step::Key(key)), Value::Text(text)) if key == "credential" => Some(format!("credencial {text}")),
            _ => None,
        };
        self.layers.tree.leaves().iter().filter_map(|(path, node)| place(path, node)).collect()
    }

    /// The files that a totem has to be able to read: the layers, and the secrets.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let secrets = self.secrets().into_iter().map(PathBuf::from).filter(|path| path.is_absolute());
        self.layers.files().into_iter().chain(secrets).collect()
    }

    /// All values in force, in the order of their keys.
    #[must_use]
    pub fn origins(&self) -> Vec<Origin> {
        let declared = self.layers.declared();
        let written = self.layers.written().into_iter();
        let mut all: Vec<Origin> = written
            .filter(|(key, _, _)| !key.is_empty())
            .map(|(key, node, place)| Origin { value: told(node, &key, &declared), key, place: Some(place) })
            .collect();
        let shipped = Shipped::read();
        let mut usual = Vec::new();
        self.usual(&shipped, &[], &[], &[], &mut usual);
        all.extend(usual);
        all.sort_by(|one, other| one.key.cmp(&other.key));
        all
    }

    /// Defaults of the tables that are there. `asked` and `at` lead to the same in the shipped file, `here` in this one.
    fn usual(&self, shipped: &Shipped, asked: &[String], at: &[Step], here: &[Step], all: &mut Vec<Origin>) {
        let Some(fields) = shipped.kinds(asked).iter().find_map(|kind| match kind {
            Kind::Struct(fields) => Some(*fields),
            _ => None,
        }) else {
            return;
        };
        let table = self.layers.tree.get(here);
        if table.is_none() && shipped.kinds(asked).contains(&Kind::Option) {
            return;
        }
        for field in fields {
            let with = |path: &[Step], step: Step| path.iter().cloned().chain([step]).collect::<Vec<_>>();
            let key = Step::Key((*field).to_owned());
            let (at, here) = (with(at, key.clone()), with(here, key));
            let asked: Vec<String> = asked.iter().cloned().chain([(*field).to_owned()]).collect();
            let kinds = shipped.kinds(&asked);
            if kinds.iter().any(|kind| matches!(kind, Kind::Struct(_))) {
                self.usual(shipped, &asked, &at, &here, all);
                continue;
            }
            let of_items: Vec<String> = asked.iter().cloned().chain([ITEM.to_owned()]).collect();
            match self.layers.tree.get(&here).map(|node| &node.value) {
                Some(Value::List(items)) => {
                    for place in 0..items.len() {
                        let (at, here) = (with(&at, Step::Place(0)), with(&here, Step::Place(place)));
                        self.usual(shipped, &of_items, &at, &here, all);
                    }
                }
                Some(_) => {}
                None => {
                    let is_free = kinds.iter().any(|kind| matches!(kind, Kind::Option | Kind::Map | Kind::Secret));
                    let is_table = !shipped.kinds(&of_items).is_empty()
                        && shipped.kinds(&of_items).iter().any(|kind| matches!(kind, Kind::Struct(_)));
                    if let Some(node) = shipped.tree.get(&at)
                        && !is_free
                        && !is_table
                        && node.value != Value::Anything
                    {
                        all.push(Origin {
                            key: shown(&here),
                            value: told(node, field, &Declared::default()),
                            place: None,
                        });
                    }
                }
            }
        }
    }
}

fn route(text: &str) -> Option<(String, u16)> {
    let (usual, rest) = match text.strip_prefix("https://") {
        Some(rest) => (443, rest),
        None => (80, text.strip_prefix("http://")?),
    };
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    (!host.is_empty()).then(|| (host.to_owned(), port.parse().unwrap_or(usual)))
}

/// A value as TOML. Somebody's CPF is covered, and a secret is not there.
fn told(node: &Node, key: &str, declared: &Declared) -> String {
    let list = |items: &[Node]| items.iter().map(|item| told(item, key, declared)).collect::<Vec<_>>().join(", ");
    match &node.value {
        Value::Text(text) if !declared.may_be_shown(key, text) => "\"…\"".to_owned(),
        Value::Text(text) => match TaxId::parse(text) {
            Ok(who) if who.kind() == TaxIdKind::Cpf => format!("{:?}", who.masked()),
            _ => toml::Value::String(text.clone()).to_string(),
        },
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => format!("[{}]", list(items)),
        Value::Table(table) => {
            let inside: Vec<String> =
                table.iter().map(|(key, node)| format!("{key} = {}", told(node, key, declared))).collect();
            format!("{{ {} }}", inside.join(", "))
        }
        Value::Anything | Value::Unread => String::new(),
    }
}
