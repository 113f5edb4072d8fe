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
    pub place: Place,
    /// The line as it stands, without what may be a secret.
    pub text: String,
    pub message: String,
}

/// Where something in the configuration was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Line and column from 1, the column in characters.
    File { path: PathBuf, line: usize, column: usize },
    /// An environment variable.
    Variable(String),
}

impl Place {
    pub(super) fn is_on_the_line_of(&self, other: &Place) -> bool {
        match (self, other) {
            (Place::File { path, line, .. }, Place::File { path: other, line: at, .. }) => path == other && line == at,
            _ => self == other,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::File { path, line, column } => write!(f, "{}:{line}:{column}", path.display()),
            Place::Variable(name) => write!(f, "variável {name}"),
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        match &self.place {
            Place::File { column, .. } if !self.text.trim().is_empty() => {
                write!(f, "\n    | {}\n    | {:>column$}", self.text, '^')
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable { path, why } => write!(f, "não consegui ler {}: {why}", path.display()),
            Error::Mistakes { mistakes, .. } => {
                for mistake in mistakes {
                    writeln!(f, "{mistake}")?;
                }
                write!(f, "nada foi iniciado: corrija o arquivo e tente de novo")
            }
        }
    }
}

impl std::error::Error for Error {}
