//! What is put on paper, on the screen and into a file: one description for all of them.

pub mod bitmap;
pub mod card;
pub mod code;
pub mod document;
pub mod itf;
pub mod layout;
mod parts;
pub mod qr;
pub mod receipt;
pub mod render;
pub mod service;
pub mod sheet;
pub mod slip;
pub mod test_page;
pub mod text;

pub use bitmap::Bitmap;
pub use card::{UndoneNotice, tef_copy, undone_notice, with_tef_copy};
pub use code::{PixSlip, pix_code};
pub use document::{Block, Document, Emphasis};
pub use layout::layout;
pub use receipt::payment_receipt;
pub use render::render;
pub use service::{PaidRow, PaidStatement, ProtocolSlip, paid_statement, protocol_slip};
pub use sheet::{Overflow, Part, Place, Row, Sheet, Width};
pub use slip::{BoletoCopy, boleto_copy};
pub use test_page::test_page;
