//! Papers that go with a card: the TEF's own receipt, and the notice that a sale was undone.

use jiff::civil::DateTime;

use super::parts::{beneficiary, help, known, moment, pair, text};
use super::{Block, Document, Emphasis};
use crate::domain::Money;
use crate::domain::receipt::Beneficiary;

/// The TEF's text, a line an entry, exactly as it came. On the paper it may be 40 columns wide; wider is an overflow.
#[must_use]
pub fn tef_copy(lines: &[String]) -> Document {
    Document { name: "tef_copy", blocks: vec![Block::Verbatim(lines.to_vec())] }
}

/// A payment receipt with the TEF's customer copy below it, on one paper.
#[must_use]
pub fn with_tef_copy(mut receipt: Document, lines: &[String]) -> Document {
    if !lines.is_empty() {
        receipt.blocks.extend([Block::Rule, Block::Verbatim(lines.to_vec())]);
    }
    receipt
}

/// An approved card sale that was given back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndoneNotice {
    pub beneficiary: Beneficiary,
    pub protocol: String,
    /// Local date and time of the undoing.
    pub at: DateTime,
    pub network: String,
    pub nsu: String,
    pub amount: Money,
    /// The TEF has said that it is undone; before, nobody can say that the card is not charged.
    pub acknowledged: bool,
}

/// Tells the customer that the card was not charged, or that this was asked for, with all the card's issuer would ask for.
#[must_use]
pub fn undone_notice(notice: &UndoneNotice) -> Document {
    let (title, says, then, amount) = if notice.acknowledged {
        (
            "Transação TEF cancelada",
            "Seu cartão não foi cobrado.",
            "A fatura continua em aberto. Se o valor aparecer no seu cartão, guarde este papel.",
            "Valor cancelado",
        )
    } else {
        (
            "Pagamento não concluído",
            "Pedimos à operadora para desfazer a compra.",
            "A fatura continua em aberto. Se o valor aparecer no seu cartão, ele será devolvido. Guarde este papel.",
            "Valor a desfazer",
        )
    };
    let mut blocks = vec![
        Block::Title(title.to_owned()),
        Block::Space,
        text(says, Emphasis::Large),
        Block::Space,
        text(then, Emphasis::Plain),
        Block::Rule,
    ];
    blocks.extend(beneficiary(&notice.beneficiary));
    blocks.push(Block::Rule);
    blocks.push(pair(amount, &notice.amount.to_string(), Emphasis::Strong));
    for (label, value) in [("Rede", &notice.network), ("NSU", &notice.nsu), ("Protocolo", &notice.protocol)] {
        blocks.extend(known(label, value));
    }
    blocks.push(pair("Data e hora", &moment(notice.at), Emphasis::Plain));
    blocks.push(Block::Rule);
    blocks.push(text("Documento não fiscal.", Emphasis::Plain));
    blocks.extend(help(&notice.beneficiary));
    Document { name: "undone_notice", blocks }
}
