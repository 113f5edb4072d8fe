//! Other people's PDFs: drawn page by page in a process of its own with little memory and little time, so that whatever
//! is in one costs the customer a sentence and the totem nothing. A boleto's bars are read off before it is shown.

mod bars;
mod digits;
mod draw;
mod host;
mod line;
mod reader;

pub use host::serve;
pub use reader::Reader;

/// A PDF of an ERP is some pages; more bytes than this are a mistake or an attack.
pub const BYTES_MOST: usize = 8 * 1024 * 1024;
/// A year of bills, each on a page, and some to spare.
pub const PAGES_MOST: usize = 40;

/// The box that a page is drawn into, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Size {
    pub width: usize,
    pub height: usize,
}

impl Size {
    /// The width of the screen that the design is made for, and an A4's height to it.
    pub const SCREEN: Size = Size { width: 1080, height: 1528 };
    /// Two hundred dots an inch of an A4: a little more than a receipt printer's.
    pub const PRINT: Size = Size { width: 1654, height: 2340 };
}

/// Why there is no picture of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Error {
    #[error("it is no PDF, or a broken one")]
    NoPdf,
    #[error("it wants a password")]
    Locked,
    #[error("it has more than {BYTES_MOST} bytes")]
    TooLarge,
    #[error("it has no pages")]
    Empty,
    #[error("it has more than {PAGES_MOST} pages")]
    TooManyPages,
    #[error("it has no such page")]
    NoSuchPage,
    #[error("the page's size makes no sense")]
    NoSuchSize,
    /// The process ended before it had drawn: out of memory, out of stack, out of processor time.
    #[error("drawing it took more than a page may")]
    TooMuch,
    #[error("drawing it took too long")]
    TooLong,
    #[error("the process that draws could not be started")]
    NotStarted,
}
