//! Everything that is wrong with the configuration, found in one go: after each mistake the reader goes on as if
//! something fitting stood there.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::error::Mistake;
use super::layers::{Layers, overlap};
use super::reader::Reader;
use super::tree::{Node, Step, Value};
use super::wrong::{What, Wrong, nearest};
use super::{Config, MethodName};
use crate::erp::Erp;

/// A file with more mistakes than this is another sort of file.
const MOST: usize = 200;

/// What was read, and all that is wrong with it. A configuration with a mistake is for nobody to run.
pub(super) struct Checked {
    pub config: Option<Config>,
    pub mistakes: Vec<Mistake>,
}

/// Another file of ours, by its shape alone.
pub(super) fn read_whole<T: DeserializeOwned>(layers: &Layers) -> (Option<T>, Vec<Mistake>) {
    let mut search = Search::of(layers);
    let read = if layers.lost_a_header { None } else { search.read() };
    search.told.sort_by_key(|(at, _)| *at);
    let told = search.told.into_iter().map(|(_, mistake)| mistake);
    (read, layers.mistakes.iter().cloned().chain(told).collect())
}

/// `unread`: credentials that are not read; nothing can be said of them.
pub(super) fn check(layers: &Layers, unread: &[Vec<Step>]) -> Checked {
    let mut search = Search::of(layers);
    for path in unread {
        if let Some(node) = search.tree.get_mut(path) {
            node.value = Value::Unread;
            search.doubts.push(path.clone());
        }
    }
    let mut mistakes = layers.mistakes.clone();
    let config: Option<Config> = if layers.lost_a_header { None } else { search.read() };
    if !layers.lost_a_header {
        for (path, message) in super::secrets::misplaced(&layers.tree, &layers.declared()) {
            if !search.is_doubtful(&path) {
                search.tell(layers.whereabouts(&path), true, message.to_owned());
                search.doubts.push(path);
            }
        }
    }
    if let Some(config) = &config {
        search.judge(config);
    }
    search.told.sort_by_key(|(at, _)| *at);
    mistakes.extend(search.told.into_iter().map(|(_, mistake)| mistake));
    Checked { config: config.filter(|_| mistakes.is_empty()), mistakes }
}

struct Search<'a> {
    layers: &'a Layers,
    /// With something fitting in the place of each mistake.
    tree: Node,
    told: Vec<(usize, Mistake)>,
    /// What may look wrong only because of a mistake that was told already.
    doubts: Vec<Vec<Step>>,
    /// What was taken out, because nothing fitted there.
    gone: BTreeSet<Vec<Step>>,
}

impl Search<'_> {
    fn of(layers: &Layers) -> Search<'_> {
        Search { layers, tree: layers.tree.clone(), told: Vec::new(), doubts: Vec::new(), gone: BTreeSet::new() }
    }

    fn tell(&mut self, at: usize, hidden: bool, message: String) {
        let mistake = self.layers.mistake(at, hidden, message);
        // on a line that is no TOML nothing else can be said
        if self.layers.mistakes.iter().any(|told| told.place.is_on_the_line_of(&mistake.place)) {
            return;
        }
        if !self.told.iter().any(|(_, told)| *told == mistake) {
            self.told.push((at, mistake));
        }
    }

    /// Whatever the element of a list.
    fn is_doubtful(&self, path: &[Step]) -> bool {
        self.doubts.iter().any(|doubt| overlap(doubt, path))
    }

    /// The value itself, or the table around it, was told already.
    fn is_told(&self, path: &[Step]) -> bool {
        self.doubts.iter().any(|doubt| path.starts_with(doubt))
    }

    fn read<T: DeserializeOwned>(&mut self) -> Option<T> {
        for _ in 0..MOST {
            match T::deserialize(Reader::of(&self.tree)) {
                Ok(config) => return Some(config),
                Err(wrong) => self.mend(&wrong)?,
            }
        }
        None
    }

    /// Tells a mistake and puts something fitting in its place; nothing where that cannot be done.
    fn mend(&mut self, wrong: &Wrong) -> Option<()> {
        match &wrong.what {
            What::UnknownKey { key, known } => {
                let path = below(&wrong.path, key);
                let at = self.layers.whereabouts(&path);
                self.tell(at, wrong.secret, wrong.sentence());
                // what it was meant to be is not missing
                self.doubts.push(below(&wrong.path, nearest(key, known).unwrap_or(key)));
                self.tree.remove(&path);
            }
            What::Missing(key) => {
                let path = below(&wrong.path, key);
                if self.gone.contains(&path) {
                    return self.replace(&wrong.path);
                }
                if !self.is_told(&path) {
                    self.tell(self.layers.whereabouts(&wrong.path), false, wrong.sentence());
                }
                self.doubts.push(path);
                if let Value::Table(table) = &mut self.tree.get_mut(&wrong.path)?.value {
                    table.insert((*key).to_owned(), Node::anything(0));
                }
            }
            What::Twice(_) | What::UnknownWord { .. } | What::Kind { .. } | What::Other(_) => {
                let node = self.tree.get(&wrong.path)?;
                if node.value != Value::Anything && !self.is_told(&wrong.path) {
                    let (at, message) = (node.at, wrong.sentence());
                    let named = wrong.path.iter().rev().find_map(|step| match step {
                        Step::Key(key) => Some(format!("`{key}`: {message}")),
                        Step::Place(_) => None,
                    });
                    let words = matches!(wrong.what, What::Kind { .. }).then_some(named).flatten();
                    self.tell(at, wrong.secret, words.unwrap_or(message));
                }
                return self.replace(&wrong.path);
            }
        }
        Some(())
    }

    /// Anything there; if that was tried already, nothing; if it is needed, the same with the table around it.
    fn replace(&mut self, path: &[Step]) -> Option<()> {
        self.doubts.push(path.to_vec());
        let node = self.tree.get_mut(path)?;
        if node.value == Value::Anything {
            if path.is_empty() {
                return None;
            }
            self.gone.insert(path.to_vec());
            self.tree.remove(path);
        } else {
            node.value = Value::Anything;
        }
        Some(())
    }

    /// What no shape can show. What may only follow from a mistake above is not told.
    fn judge(&mut self, config: &Config) {
        for (key, message) in config.mistakes().into_iter().chain(config.mistakes_of_devices()) {
            let path = self.layers.path(key);
            let about = tables(&message);
            let is_doubtful = about.iter().any(|table| self.is_doubtful(&self.layers.path(table)));
            if !is_doubtful && !self.is_doubtful(&path) {
                self.tell(self.layers.whereabouts(&path), false, message);
            }
        }
        for (path, message) in config.pix.mistakes_of_banks() {
            if !self.is_doubtful(&path) {
                // somebody's CPF may be a key
                let is_key = path.last() == Some(&Step::Key("key".to_owned()));
                self.tell(self.layers.whereabouts(&path), is_key, message);
            }
        }
        self.judge_erp(config);
    }

    fn judge_erp(&mut self, config: &Config) {
        let [driver] = config.erp.chosen()[..] else { return };
        let path = self.layers.path(driver);
        if self.is_doubtful(&path) {
            return;
        }
        let definition = config.mistakes_of_definition();
        match config.erp.connect().as_deref() {
            _ if !definition.is_empty() => {}
            Ok(erp) => self.judge_pix(config, erp),
            Err(why) => {
                let url = below(&path, "url");
                self.tell(self.layers.whereabouts(&url), false, format!("o ERP não pode ser chamado assim: {why}"));
            }
        }
        for place in config.erp.rows_alike() {
            let row: Vec<Step> = self.layers.path(&format!("{driver}.write_off"));
            let row: Vec<Step> = row.into_iter().chain([Step::Place(place), Step::Key("method".to_owned())]).collect();
            let message = "já há uma linha de baixa para o mesmo method, network e brand: esta nunca valeria; tire uma";
            self.tell(self.layers.whereabouts(&row), false, message.to_owned());
        }
        for mistake in definition {
            // 0: of the table as a whole
            let at = mistake.offset.filter(|at| *at > 0).unwrap_or_else(|| self.layers.whereabouts(&path));
            self.tell(at, false, mistake.message);
        }
    }
}

impl Search<'_> {
    /// Where nobody names the methods, PIX is there as far as somebody issues it; who names it wants it.
    fn judge_pix(&mut self, config: &Config, erp: &dyn Erp) {
        let methods = self.layers.path("journey.methods");
        let is_named = self.layers.tree.get(&methods).is_some() && config.journey.methods.contains(&MethodName::Pix);
        // that nothing at all is chosen was told
        let is_chosen = config.pix.erp_code;
        if is_named
            && is_chosen
            && !config.has_pix(erp)
            && !self.is_doubtful(&methods)
            && !self.is_doubtful(&self.layers.path("pix"))
        {
            let message = format!(
                "\"pix\" está na tela e ninguém emite o código: o ERP \"{}\" não o emite assim. Acrescente \
                 [[pix.bank]], [pix.mercado_pago] ou [pix.static_key], ligue o PIX do ERP (pix = true), ou tire \"pix\"",
                erp.name()
            );
            self.tell(self.layers.whereabouts(&methods), false, message);
        }
    }
}

fn below(path: &[Step], key: &str) -> Vec<Step> {
    path.iter().cloned().chain([Step::Key(key.to_owned())]).collect()
}

/// The tables that a sentence names in brackets.
fn tables(message: &str) -> Vec<&str> {
    let is_name =
        |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || b"_.".contains(&byte));
    // text outside brackets has blanks, capitals or commas
    message.split(['[', ']']).filter(is_name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_names_its_tables() {
        assert_eq!(
            tables("acrescente [[erp.hubsoft.write_off]] ou [tef.clisitef], não [x y]"),
            ["erp.hubsoft.write_off", "tef.clisitef"]
        );
    }
}
