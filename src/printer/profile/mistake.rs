//! A mistake in a profile: the file, the line itself, and what was expected.

use std::fmt;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    file: String,
    /// From 1.
    line: usize,
    column: usize,
    text: String,
    message: String,
}

impl Mistake {
    pub(super) fn of_toml(file: &str, text: &str, cause: &toml::de::Error) -> Mistake {
        let start = cause.span().map_or(0, |span| span.start);
        Mistake::at(file, text, start, in_portuguese(cause.message()))
    }

    /// At the line that sets the key (`serial.baud` inside its table), or at the end where nothing does.
    pub(super) fn at_key(file: &str, text: &str, key: &str, message: String) -> Mistake {
        let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
        let (mut here, mut offset) = (String::new(), 0);
        for line in text.split_inclusive('\n') {
            let bare = line.trim_start();
            if let Some(rest) = bare.strip_prefix('[') {
                rest.split(']').next().unwrap_or_default().trim().clone_into(&mut here);
                if here == key {
                    break;
                }
            } else if here == table && bare.split_once('=').is_some_and(|(left, _)| left.trim() == name) {
                return Mistake::at(file, text, offset + line.len() - bare.len(), message);
            }
            offset += line.len();
        }
        Mistake::at(file, text, offset, message)
    }

    /// A file that could not be read at all.
    pub(super) fn unreadable(file: &str, why: &str) -> Mistake {
        Mistake { file: file.to_owned(), line: 1, column: 1, text: String::new(), message: format!("não li: {why}") }
    }

    fn at(file: &str, text: &str, offset: usize, message: String) -> Mistake {
        let before = text.get(..offset.min(text.len())).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Mistake {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(start..).unwrap_or_default().chars().count() + 1,
            text: text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default().to_owned(),
            message,
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        if !self.text.trim().is_empty() {
            write!(f, " | {}", self.text.trim())?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistake {}

/// The reader's own words, in the technician's language.
fn in_portuguese(message: &str) -> String {
    let words: [(&str, &str); 8] = [
        ("unknown field ", "chave desconhecida "),
        ("unknown variant ", "valor desconhecido "),
        ("missing field ", "falta a chave "),
        ("duplicate key", "chave repetida"),
        ("invalid type: ", "tipo errado: "),
        ("invalid value: ", "valor errado: "),
        (", expected one of ", "; esperava uma destas: "),
        (", expected ", "; esperava "),
    ];
    words.iter().fold(message.to_owned(), |text, (english, portuguese)| text.replace(english, portuguese))
}
