//! The layers of the configuration, one over the other: what the maker of the machine ships, the site's file, its
//! fragments in their order, and the environment.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use super::error::{Error, Mistake, Place};
use super::secrets::Declared;
use super::tree::{Node, Step, Value, keys};

/// The site's own file, where nothing else is said.
pub const USUAL: &str = "/etc/totem/totem.toml";
/// Beneath the site's own file, on a machine that came with one.
const OF_THE_MAKER: &str = "/usr/lib/totem/oem.toml";
/// Beside the site's file: fragments of others, in the order of their names.
const FRAGMENTS: &str = "conf.d";
const PREFIX: &str = "TOTEM__";

/// One text among those that make up the configuration.
#[derive(Debug, Clone)]
struct Layer {
    name: Name,
    text: String,
    /// The number of its first byte.
    base: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Name {
    File(PathBuf),
    Variable(String),
}

/// All texts, and the tree that they make together.
#[derive(Debug, Clone)]
pub(super) struct Layers {
    layers: Vec<Layer>,
    /// Among them, the site's own file.
    site: usize,
    pub tree: Node,
    /// Texts that are no TOML.
    pub mistakes: Vec<Mistake>,
    /// A header of a table cannot be read: what stands below it is taken for another table's.
    pub lost_a_header: bool,
}

impl Layers {
    /// The machine's: everything that counts where this is the site's file.
    pub(super) fn of(site: &Path) -> Result<Layers, Error> {
        Layers::gathered(site, false)
    }

    /// The same for whoever needs little of it: letters in another encoding stand for something else.
    pub(super) fn leniently(site: &Path) -> Result<Layers, Error> {
        Layers::gathered(site, true)
    }

    fn gathered(site: &Path, leniently: bool) -> Result<Layers, Error> {
        let mut layers = Layers::none();
        if site == Path::new(USUAL) && Path::new(OF_THE_MAKER).exists() {
            layers.add_file(Path::new(OF_THE_MAKER), leniently)?;
        }
        layers.site = layers.layers.len();
        layers.add_file(site, leniently)?;
        for fragment in fragments(site)? {
            layers.add_file(&fragment, leniently)?;
        }
        for (name, value) in std::env::vars_os() {
            layers.add_variable(&name, value);
        }
        Ok(layers)
    }

    /// Of a single text.
    pub(super) fn of_text(text: &str, path: &Path) -> Layers {
        let mut layers = Layers::none();
        layers.add(Name::File(path.to_owned()), text);
        layers
    }

    fn none() -> Layers {
        Layers { layers: Vec::new(), site: 0, tree: Node::empty(), mistakes: Vec::new(), lost_a_header: false }
    }

    fn add_file(&mut self, path: &Path, leniently: bool) -> Result<(), Error> {
        let unread = |why: std::io::Error| Error::Unreadable { path: path.to_owned(), why: why.to_string() };
        let mut bytes = std::fs::read(path).map_err(unread)?;
        if leniently {
            bytes = String::from_utf8_lossy(&bytes).into_owned().into_bytes();
        }
        let text = String::from_utf8(bytes).map_err(|wrong| {
            let line = wrong.as_bytes().iter().take(wrong.utf8_error().valid_up_to()).filter(|byte| **byte == b'\n');
            let why = format!("a linha {} não está em UTF-8: grave o arquivo com essa codificação", line.count() + 1);
            Error::Unreadable { path: path.to_owned(), why }
        })?;
        self.add(Name::File(path.to_owned()), text.trim_start_matches('\u{feff}'));
        Ok(())
    }

    fn add(&mut self, name: Name, text: &str) {
        let base = self.layers.last().map_or(0, |last| last.base + last.text.len() + 1);
        self.layers.push(Layer { name, text: text.to_owned(), base });
        let (table, wrong) = DeTable::parse_recoverable(text);
        let mut lines = Vec::new();
        for error in wrong {
            // what follows a list without an end is read as its elements
            let is_list = error.message().contains("array");
            let at = base + error.span().map_or(0, |span| span.start);
            let mistake = self.mistake(at, false, super::syntax::sentence(error.message()));
            // one slip makes the reader stumble several times, on its line or on all that follow
            let is_again = self.mistakes.last().is_some_and(|last| last.message == mistake.message);
            if let Place::File { line, .. } = mistake.place
                && !lines.contains(&line)
                && !is_again
            {
                lines.push(line);
                self.lost_a_header |= is_list || mistake.text.trim_start().starts_with('[');
                self.mistakes.push(mistake);
            }
            if is_list {
                break;
            }
        }
        self.tree.lay(Node::of_table(table.get_ref(), base));
    }

    /// `TOTEM__PRINTER__BAUD=9600`. The value is TOML, or a text without its quotes.
    fn add_variable(&mut self, name: &OsString, value: OsString) {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { return };
        let base = self.layers.last().map_or(0, |last| last.base + last.text.len() + 1);
        let path: Vec<String> = name[PREFIX.len()..].split("__").map(str::to_lowercase).collect();
        let text = value.into_string();
        let layer = Layer { name: Name::Variable(name.to_owned()), text: text.clone().unwrap_or_default(), base };
        self.layers.push(layer);
        let Ok(text) = text else {
            return self.mistakes.push(self.mistake(base, true, "o valor não está em UTF-8".to_owned()));
        };
        if path.iter().any(String::is_empty) {
            let message = "o nome deve ser TOTEM__TABELA__CHAVE, como TOTEM__PRINTER__BAUD".to_owned();
            return self.mistakes.push(self.mistake(base, true, message));
        }
        let literal = Node { value: Value::Text(text.clone()), key_at: base, at: base, end: base + text.len() };
        let node = DeValue::parse(&text).map_or(literal, |value| Node::of_value(&value, base, base));
        let whole = path.into_iter().rev().fold(node, |inner, key| Node {
            value: Value::Table([(key, inner)].into()),
            key_at: base,
            at: base,
            end: base,
        });
        self.tree.lay(whole);
    }

    /// The files among them.
    pub(super) fn files(&self) -> Vec<PathBuf> {
        let file = |layer: &Layer| match &layer.name {
            Name::File(path) => Some(path.clone()),
            Name::Variable(_) => None,
        };
        self.layers.iter().filter_map(file).collect()
    }

    /// What the definition that is named here says of the site's values.
    pub(super) fn declared(&self) -> Declared {
        Declared::of(&self.tree)
    }

    fn layer(&self, at: usize) -> Option<&Layer> {
        self.layers.iter().rev().find(|layer| layer.base <= at)
    }

    pub(super) fn place(&self, at: usize) -> Place {
        match self.layer(at) {
            Some(Layer { name: Name::File(path), text, base }) => {
                let before = text.get(..(at - base).min(text.len())).unwrap_or(text);
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                let column = before.get(start..).unwrap_or_default().chars().count() + 1;
                Place::File { path: path.clone(), line: before.matches('\n').count() + 1, column }
            }
            Some(Layer { name: Name::Variable(name), .. }) => Place::Variable(name.clone()),
            None => Place::Variable(String::new()),
        }
    }

    /// `hidden`: what stands on that line may be a secret.
    pub(super) fn mistake(&self, at: usize, hidden: bool, message: String) -> Mistake {
        let line = self.layer(at).map(|layer| {
            let text = layer.text.as_str();
            let before = text.get(..(at - layer.base).min(text.len())).unwrap_or(text);
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            (layer.base + start, text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default())
        });
        let (start, line) = line.unwrap_or_default();
        let leaves = self.tree.leaves();
        let there = leaves.iter().filter(|(_, node)| node.key_at <= start + line.len() && node.end >= start);
        let said = self.declared().says_of(there.map(|(path, node)| (path.as_slice(), *node)));
        let text = super::secrets::without_secrets(line, hidden, said);
        Mistake { place: self.place(at), text, message }
    }

    /// Where a path is written, or else the table that it belongs to, or else the end of the site's file.
    pub(super) fn whereabouts(&self, path: &[Step]) -> usize {
        let written = (1..=path.len()).rev().filter_map(|length| self.tree.get(path.get(..length)?));
        match written.map(|node| node.key_at).next() {
            Some(at) => at,
            None => self.layers.get(self.site).map_or(0, |site| site.base + site.text.len()),
        }
    }

    /// The path of a key told with dots; in a list of tables the first that has it.
    pub(super) fn path(&self, dotted: &str) -> Vec<Step> {
        let mut path: Vec<Step> = Vec::new();
        for key in dotted.split('.') {
            if let Some(Value::List(items)) = self.tree.get(&path).map(|node| &node.value) {
                let has = |item: &Node| matches!(&item.value, Value::Table(table) if table.contains_key(key));
                path.push(Step::Place(items.iter().position(has).unwrap_or(0)));
            }
            path.push(Step::Key(key.to_owned()));
        }
        path
    }

    /// Values that are written somewhere, with their keys told with dots, and where.
    pub(super) fn written(&self) -> Vec<(String, &Node, Place)> {
        let told = |(path, node): (Vec<Step>, _)| {
            let node: &Node = node;
            (super::tree::shown(&path), node, self.place(node.key_at))
        };
        self.tree.leaves().into_iter().map(told).collect()
    }
}

fn fragments(site: &Path) -> Result<Vec<PathBuf>, Error> {
    let folder = site.parent().unwrap_or(Path::new(".")).join(FRAGMENTS);
    let unread = |why: std::io::Error| Error::Unreadable { path: folder.clone(), why: why.to_string() };
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(why) => return Err(unread(why)),
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(unread)?.path();
        let is_hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        if !is_hidden && path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether two keys are the same, or one is in the other.
pub(super) fn overlap(one: &[Step], other: &[Step]) -> bool {
    keys(one).iter().zip(keys(other)).all(|(one, other)| *one == other)
}
