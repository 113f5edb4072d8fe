//! The lines between the totem and the process that holds the library: one order, one reply, JSON.
//!
//! What a card or a customer says is in the texts, so neither side has a `Debug` that shows one.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::key::Key;

#[derive(Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(super) enum Order {
    /// Loads the library, once a process; `lock` keeps a second process out.
    Open {
        library: PathBuf,
        lock: PathBuf,
        global_symbols: bool,
    },
    Configure {
        address: String,
        store: String,
        terminal: String,
        parameters: String,
    },
    Start {
        function: i32,
        amount: String,
        key: Key,
        operator: String,
        parameters: String,
    },
    /// One step of the interactive loop.
    Continue {
        with: i32,
        answer: Option<String>,
    },
    /// Confirms or undoes.
    Finish {
        confirm: bool,
        key: Key,
    },
    /// Sends what waits in the library's own queue.
    Flush,
    Presence,
    /// Who library and pinpad are.
    About,
    IdleText {
        text: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Reply {
    /// With the optional functions that this library does not have.
    Opened {
        without: Vec<String>,
    },
    /// The function's own number.
    Returned {
        code: i32,
    },
    Turn(Turn),
    Told {
        pairs: Vec<(String, String)>,
    },
    /// The function returns nothing.
    Done,
    /// This library does not have the function.
    Absent,
    Failed {
        why: String,
    },
}

/// What the library wants at one step of its loop, or its end.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Turn {
    pub result: i32,
    pub command: i32,
    pub field: i32,
    pub min: i16,
    pub max: i16,
    /// Of the text in the library's buffer, in bytes.
    pub length: usize,
    /// Left out where nobody needs it: it may be a card's.
    pub text: Option<String>,
}

impl Turn {
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }
}

impl std::fmt::Debug for Turn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Turn { result, command, field, min, max, length, .. } = self;
        write!(f, "{result}, command {command}, field {field} ({min} to {max}), {length} bytes")
    }
}
