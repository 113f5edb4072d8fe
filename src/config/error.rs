//! A mistake in the configuration, as a technician reads it: file, line, column, the line itself, and what was expected.

use std::fmt;
use std::path::PathBuf;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    Unreadable { path: PathBuf, why: String },
    Mistakes { path: PathBuf, mistakes: Vec<Mistake> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub text: String,
    pub message: String,
}

impl Mistake {
    pub(super) fn from_toml(text: &str, cause: &toml::de::Error) -> Mistake {
        let start = cause.span().map_or(0, |span| span.start);
        Mistake::at(text, start, in_portuguese(cause.message()))
    }

    /// At the line that sets the last part of a dotted key inside its table, or at the end where nothing does.
    pub(super) fn at_key(text: &str, key: &str, message: String) -> Mistake {
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        let mut here = String::new();
        let mut offset = 0;
        let mut table_at = None;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start();
            if let Some(rest) = bare.strip_prefix('[') {
                here = rest.trim_start_matches('[').split(']').next().unwrap_or_default().trim().to_owned();
                if here == table || here == key {
                    table_at = Some(offset);
                }
            } else if here == table
                && let Some((left, _)) = bare.split_once('=')
                && left.trim() == name
            {
                return Mistake::at(text, offset + (line.len() - bare.len()), message);
            }
            offset += line.len();
        }
        Mistake::at(text, table_at.unwrap_or(text.len()), message)
    }

    pub(super) fn at(text: &str, offset: usize, message: String) -> Mistake {
        let before = text.get(..offset.min(text.len())).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Mistake {
            line: before.matches('\n').count() + 1,
            column: before.get(start..).unwrap_or_default().chars().count() + 1,
            text: text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().to_owned(),
            message,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable { path, why } => write!(f, "não consegui ler {}: {why}", path.display()),
            Error::Mistakes { path, mistakes } => {
                for mistake in mistakes {
                    let Mistake { line, column, text, message } = mistake;
                    writeln!(f, "{}:{line}:{column}: {message}", path.display())?;
                    if !text.trim().is_empty() {
                        writeln!(f, "    | {text}")?;
                        writeln!(f, "    | {:>column$}", '^')?;
                    }
                }
                write!(f, "nada foi iniciado: corrija o arquivo e tente de novo")
            }
        }
    }
}

impl std::error::Error for Error {}

/// The reader's own words, in the technician's language.
fn in_portuguese(message: &str) -> String {
    let words: [(&str, &str); 9] = [
        ("unknown field ", "chave desconhecida "),
        ("unknown variant ", "valor desconhecido "),
        ("missing field ", "falta a chave "),
        ("duplicate key", "chave repetida"),
        ("invalid type: ", "tipo errado: "),
        ("invalid value: ", "valor errado: "),
        (", expected one of ", "; esperava uma destas: "),
        (", expected ", "; esperava "),
        ("there are no fields", "nenhuma chave"),
    ];
    words.iter().fold(message.to_owned(), |text, (english, portuguese)| text.replace(english, portuguese))
}
