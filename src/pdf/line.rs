//! What the totem asks of the process that draws, and what that answers: a line of JSON and the bytes it announces.

use serde::{Deserialize, Serialize};

use super::{Error, Size};

/// `length` bytes of the PDF follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub length: usize,
    /// From 1.
    pub page: usize,
    /// Of four, from 1: drawn twice as large.
    pub part: Option<usize>,
    pub into: Size,
    pub read: Reads,
}

/// Off which pages the bars and digits of boletos are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reads {
    Nothing,
    /// The one that is drawn.
    Page,
    /// The first ones: the processor's time would not do for forty.
    Document,
}

/// `width` × `height` shades follow.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Reply {
    pub pages: usize,
    pub width: usize,
    pub height: usize,
    /// What bars say: 44 digits each, with right check digits.
    pub bars: Vec<String>,
    /// The same of every linha digitável in the text.
    pub lines: Vec<String>,
}

pub(super) type Answer = Result<Reply, Error>;
