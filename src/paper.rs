//! What is put on paper, on the screen and into a file: one description for all of them.

pub mod document;

pub use document::{Block, Document, Emphasis};
