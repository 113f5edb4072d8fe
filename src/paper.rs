//! What is put on paper, on the screen and into a file: one description for all of them.

pub mod bitmap;
pub mod document;
pub mod itf;
pub mod qr;

pub use bitmap::Bitmap;
pub use document::{Block, Document, Emphasis};
