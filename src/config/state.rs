//! Where the journal lives, read from a configuration of which nothing else need be right: whoever updates a totem or looks
//! for money that is owed asks also while the file has a mistake, and has none of its secrets.

use std::path::{Path, PathBuf};

use super::error::{Error, Mistake};
use super::file::default_state;
use super::layers::Layers;
use super::tree::{Step, Value};

const KEYS: [&str; 3] = ["name", "state", "language"];

/// `totem.state` as the layers have it. Where nothing says it, and a mistake may be why, nobody guesses.
pub fn state(path: &Path) -> Result<PathBuf, Error> {
    of(&Layers::leniently(path)?).map_err(|mistake| Error::Mistakes { path: path.to_owned(), mistakes: vec![mistake] })
}

fn of(layers: &Layers) -> Result<PathBuf, Mistake> {
    let key = |name: &str| Step::Key(name.to_owned());
    let (table, place) = ([key("totem")], [key("totem"), key("state")]);
    if let Some(node) = layers.tree.get(&place) {
        return match &node.value {
            Value::Text(text) if !text.trim().is_empty() => Ok(PathBuf::from(text)),
            _ => Err(layers.mistake(node.key_at, false, "`state`: esperava um texto entre aspas".to_owned())),
        };
    }
    let is_about_it = |mistake: &&Mistake| layers.lost_a_header || mistake.text.contains("state");
    if let Some(mistake) = layers.mistakes.iter().find(is_about_it) {
        return Err(mistake.clone());
    }
    let unknown = match layers.tree.get(&table).map(|node| &node.value) {
        Some(Value::Table(table)) => table.iter().find(|(key, _)| !KEYS.contains(&key.as_str())),
        _ => {
            let at = layers.whereabouts(&table);
            return Err(layers.mistake(at, false, "falta a tabela [totem]: não se sabe onde está o diário".to_owned()));
        }
    };
    match unknown {
        Some((key, node)) => {
            let message = format!("chave desconhecida `{key}` em [totem]: não se sabe onde está o diário");
            Err(layers.mistake(node.key_at, false, message))
        }
        None => Ok(default_state()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<PathBuf, String> {
        of(&Layers::of_text(text, Path::new("totem.toml"))).map_err(|mistake| mistake.to_string())
    }

    #[test]
    fn the_journal_is_found_whatever_else_is_wrong() {
        let written = Ok(PathBuf::from("/data/totem"));
        for rest in [
            "",
            "[erp.hubsoft]\npassword = { credential = \"totem.erp\" }",
            "[printer]\nbauds = 9600",
            "[printer]\nbaud = ",
            "[printer\nbaud = 9600",
            "[journey]\nmethods = [\"pix\"",
        ] {
            assert_eq!(read(&format!("[totem]\nnome = \"x\"\nstate = \"/data/totem\"\n{rest}")), written, "{rest}");
            let usual = read(&format!("[totem]\nname = \"x\"\n{rest}"));
            let is_lost = rest.contains("[printer\n") || rest.contains("[\"pix\"");
            assert_eq!(usual.is_err(), is_lost, "{rest}: {usual:?}");
        }
    }

    #[test]
    fn nobody_guesses_where_a_mistake_may_have_hidden_it() {
        for text in [
            "[totem]\nname = \"x\"\nestate = \"/data/totem\"",
            "[totem]\nname = \"x\"\nstate = 5",
            "[totm]\nname = \"x\"\nstate = \"/data/totem\"",
            "",
        ] {
            assert!(read(text).is_err(), "{text}: {:?}", read(text));
        }
    }
}
