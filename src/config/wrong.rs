//! What the reader of the configuration met that it cannot take, before anybody knows in which file it stands.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use super::tree::Step;

/// What is wrong at the end of a path, or with a key below it.
#[derive(Debug)]
pub struct Wrong {
    pub path: Vec<Step>,
    pub what: What,
    /// It stands where a secret belongs: the line is not shown.
    pub secret: bool,
}

#[derive(Debug)]
pub enum What {
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    UnknownWord {
        word: String,
        known: &'static [&'static str],
    },
    Missing(&'static str),
    Twice(&'static str),
    /// What is there, and what belongs there.
    Kind {
        found: String,
        wanted: String,
    },
    Other(String),
}

impl Wrong {
    pub(super) fn new(what: What) -> Wrong {
        Wrong { path: Vec::new(), what, secret: false }
    }

    /// The same, seen from one table or list further out.
    pub(super) fn below(mut self, step: Step) -> Wrong {
        self.path.insert(0, step);
        self
    }

    /// As a sentence, with the nearest word where one is near.
    pub(super) fn sentence(&self) -> String {
        match &self.what {
            What::UnknownKey { key, known } => unknown("chave desconhecida", key, known),
            What::UnknownWord { word, known } => unknown("valor desconhecido", word, known),
            What::Missing(key) if self.path.is_empty() => format!("falta a tabela [{key}]"),
            What::Missing(key) => format!("falta a chave `{key}` em [{}]", super::tree::keys(&self.path).join(".")),
            What::Twice(key) => format!("a chave `{key}` está duas vezes"),
            What::Kind { found, wanted } => format!("esperava {wanted}, e há {found}"),
            What::Other(message) if message == "invalid socket address syntax" => {
                "não é um endereço desta máquina: escreva números, como \"127.0.0.1:9464\"".to_owned()
            }
            What::Other(message) => message.clone(),
        }
    }
}

fn unknown(what: &str, word: &str, known: &[&str]) -> String {
    let near = nearest(word, known).map(|near| format!("; quis dizer `{near}`?")).unwrap_or_default();
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match known {
        [] => format!("{what} `{word}`; aqui não há nenhuma"),
        _ => format!("{what} `{word}`{near}; esperava uma destas: {list}"),
    }
}

/// The known word that somebody may have meant: few letters differ, or one is the beginning of the other.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase().replace('-', "_");
    let far = |name: &&&str| {
        let begins = word.len() >= 4 && (name.starts_with(&word) || word.starts_with(**name));
        if begins { 1 } else { distance(&word, &name.replace('-', "_")) }
    };
    let best = known.iter().min_by_key(far)?;
    let most = match word.chars().count() {
        0..=2 => 0,
        3..=5 => 2,
        6..=9 => 3,
        _ => 4,
    };
    (far(&best) <= most).then_some(*best)
}

/// How many letters must be put in, taken out, changed, or swapped with their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.to_lowercase().chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = None;
    for (row, letter) in one.chars().enumerate() {
        let mut now = vec![row + 1];
        for (column, wanted) in other.iter().enumerate() {
            let at = |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let mut least = (at(&last, column) + usize::from(letter != *wanted))
                .min(at(&last, column + 1) + 1)
                .min(at(&now, column) + 1);
            let swapped = column > 0 && previous == Some(*wanted) && other.get(column - 1) == Some(&letter);
            if swapped {
                least = least.min(at(&before_last, column - 1) + 1);
            }
            now.push(least);
        }
        before_last = std::mem::replace(&mut last, now);
        previous = Some(letter);
    }
    last.last().copied().unwrap_or(0)
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Wrong {}

impl Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Wrong {
        Wrong::new(What::Other(message.to_string()))
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Wrong {
        Wrong::new(What::UnknownKey { key: key.to_owned(), known })
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Wrong {
        Wrong::new(What::UnknownWord { word: word.to_owned(), known })
    }

    fn missing_field(key: &'static str) -> Wrong {
        Wrong::new(What::Missing(key))
    }

    fn duplicate_field(key: &'static str) -> Wrong {
        Wrong::new(What::Twice(key))
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Wrong {
        Wrong::new(What::Kind { found: kind(found).to_owned(), wanted: in_portuguese(&wanted.to_string()) })
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Wrong {
        let found = match found {
            Unexpected::Signed(number) => number.to_string(),
            Unexpected::Unsigned(number) => number.to_string(),
            other => kind(other).to_owned(),
        };
        Wrong::new(What::Kind { found, wanted: in_portuguese(&wanted.to_string()) })
    }

    fn invalid_length(length: usize, wanted: &dyn Expected) -> Wrong {
        let found = if length == 1 { "1 valor".to_owned() } else { format!("{length} valores") };
        Wrong::new(What::Kind { found, wanted: in_portuguese(&wanted.to_string()) })
    }
}

/// What a value is, and never the value: it may be a secret in the wrong place.
fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "true ou false",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "um número inteiro",
        Unexpected::Float(_) => "um número com vírgula, ou grande demais",
        Unexpected::Char(_) | Unexpected::Str(_) => "um texto",
        Unexpected::Seq => "uma lista",
        Unexpected::Map => "uma tabela",
        _ => "outra coisa",
    }
}

/// The libraries' own words for what belongs there.
fn in_portuguese(wanted: &str) -> String {
    let limits = |least: &str, most: String| format!("um número inteiro de {least} a {most}");
    match wanted {
        "a string" | "path string" | "a character" => "um texto entre aspas".to_owned(),
        "a boolean" => "true ou false, sem aspas".to_owned(),
        "u8" => limits("0", u8::MAX.to_string()),
        "u16" => limits("0", u16::MAX.to_string()),
        "u32" => limits("0", u32::MAX.to_string()),
        "u64" | "usize" => "um número inteiro, sem aspas, de 0 para cima".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "um número inteiro, sem aspas".to_owned(),
        "f32" | "f64" => "um número, sem aspas".to_owned(),
        "a sequence" => "uma lista, como [ … ]".to_owned(),
        "a map" => "uma tabela".to_owned(),
        other => match other.strip_prefix("an array of length ") {
            Some(length) => format!("uma lista de {length} valores"),
            None if other.starts_with("struct ") => "uma tabela".to_owned(),
            None if other.starts_with("an array") || other.starts_with("tuple") => "uma lista".to_owned(),
            None => other.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_one_that_somebody_may_have_meant() {
        let keys = ["baud", "flow", "columns", "code_page", "cut_feed", "port"];
        for (typed, meant) in [
            ("bauds", Some("baud")),
            ("colums", Some("columns")),
            ("code-page", Some("code_page")),
            ("pagecode", None),
            ("prot", Some("port")),
            ("Flow", Some("flow")),
            ("xyz", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, &keys), meant, "{typed}");
        }
        assert_eq!(nearest("debito", &["pix", "debit", "credit"]), Some("debit"));
    }
}
