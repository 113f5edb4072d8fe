//! What is put on paper, on the screen and into a file: one description for all of them.

pub mod bitmap;
pub mod card;
pub mod code;
pub mod document;
pub mod itf;
pub mod layout;
mod page;
mod parts;
pub mod pdf;
pub mod qr;
pub mod receipt;
pub mod render;
pub mod sheet;
pub mod slip;
pub mod statement;
pub mod test_page;
pub mod text;

pub use bitmap::Bitmap;
pub use card::{UndoneNotice, tef_copy, undone_notice, with_tef_copy};
pub use code::{PixSlip, pix_code};
pub use document::{Block, Document, Emphasis};
pub use layout::layout;
pub use pdf::{NoPdf, pdf};
pub use receipt::payment_receipt;
pub use render::render;
pub use sheet::{Overflow, Part, Place, Row, Sheet, Width};
pub use slip::{BoletoCopy, boleto_copy};
pub use statement::{ProtocolSlip, Statement, YearSettled, protocol_slip, report, statement, year_settled};
pub use test_page::test_page;
