//! A document: what it says, in order, without saying how wide the paper is.

use crate::domain::PageImage;

/// How a line stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Emphasis {
    #[default]
    Plain,
    Strong,
    /// Twice as wide and high.
    Large,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Centred and large.
    Title(String),
    /// A paragraph, wrapped between words.
    Text {
        text: String,
        emphasis: Emphasis,
    },
    /// A label at the left and its value at the right.
    Pair {
        label: String,
        value: String,
        emphasis: Emphasis,
    },
    /// Lines of somebody else's text (a TEF receipt, at most 40 columns), neither wrapped nor changed.
    Verbatim(Vec<String>),
    /// Digits in groups that must not be broken inside, large.
    Groups(Vec<String>),
    /// A QR code of this text.
    Qr(String),
    /// The 44 digits of a boleto, Interleaved 2 of 5, turned 90 degrees.
    Barcode(String),
    /// A page of somebody else's document, drawn: in bands, turned where it is wider than a receipt.
    Page(PageImage),
    Rule,
    Space,
}

/// One paper, from its head to the cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is, for the log and the name of a picture: `payment_receipt`, `boleto_copy`, …
    pub name: &'static str,
    pub blocks: Vec<Block>,
}
