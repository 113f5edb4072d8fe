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
    /// Lines of somebody else's text (a TEF receipt, mostly of 40 columns), neither wrapped nor changed: all of them in the
    /// narrower font, where the normal one has no room for the widest.
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

/// Large letters in a line of the narrowest paper.
const LARGE_COLUMNS: usize = 16;

impl Block {
    /// The same in letters twice as large, where it may be: other people's text keeps its columns, and a word that the
    /// narrowest paper could not hold so large stays whole.
    fn enlarged(self) -> Vec<Block> {
        let fits = |text: &str| text.split(' ').all(|word| word.chars().count() <= LARGE_COLUMNS);
        match self {
            Block::Text { text, .. } if fits(&text) => vec![Block::Text { text, emphasis: Emphasis::Large }],
            Block::Text { text, .. } => vec![Block::Text { text, emphasis: Emphasis::Strong }],
            Block::Pair { label, value, .. } if fits(&value) => {
                vec![Block::Pair { label, value, emphasis: Emphasis::Large }]
            }
            Block::Pair { label, value, .. } => vec![
                Block::Text { text: label, emphasis: Emphasis::Large },
                Block::Text { text: value, emphasis: Emphasis::Strong },
            ],
            other => vec![other],
        }
    }
}

impl Document {
    /// For a printer that draws no pictures: without bars, and without the line that announces them.
    #[must_use]
    pub fn without_bars(&self) -> Document {
        let mut blocks: Vec<Block> = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            match block {
                Block::Barcode(_) => {
                    blocks.pop_if(|last| matches!(last, Block::Text { text, .. } if text.ends_with(':')));
                }
                Block::Rule if matches!(blocks.last(), Some(Block::Rule)) => {}
                other => blocks.push(other.clone()),
            }
        }
        Document { name: self.name, blocks }
    }

    /// For eyes that see little: everything that can be is as large as the title.
    #[must_use]
    pub fn enlarged(self) -> Document {
        Document { blocks: self.blocks.into_iter().flat_map(Block::enlarged).collect(), ..self }
    }
}

/// One paper, from its head to the cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is, for the log and the name of a picture: `payment_receipt`, `boleto_copy`, …
    pub name: &'static str,
    pub blocks: Vec<Block>,
}
