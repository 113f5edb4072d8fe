//! A page that shows a technician whether printer, accents, bars and codes come out as they should.

use jiff::civil::DateTime;

use super::parts::{beneficiary, moment, pair, text};
use super::{Block, Document, Emphasis};
use crate::domain::receipt::Beneficiary;

/// Every kind of block that other papers are made of. The code and the bars are of no bill.
#[must_use]
pub fn test_page(of: &Beneficiary, totem: &str, at: DateTime) -> Document {
    let mut blocks = vec![Block::Title("Página de teste".to_owned()), Block::Space];
    blocks.extend(beneficiary(of));
    blocks.push(Block::Rule);
    blocks.push(pair("Totem", totem, Emphasis::Plain));
    blocks.push(pair("Impresso em", &moment(at), Emphasis::Plain));
    blocks.push(text("Acentos: á à â ã ç é ê í ó ô õ ú ü Á Ç É Ã", Emphasis::Plain));
    blocks.push(text("Forte", Emphasis::Strong));
    blocks.push(text("Grande", Emphasis::Large));
    blocks.push(Block::Rule);
    blocks.push(Block::Qr("TESTE DE IMPRESSAO".to_owned()));
    blocks.push(Block::Barcode("00000000000000000000000000000000000000000000".to_owned()));
    blocks.push(text("Isto não é um comprovante.", Emphasis::Strong));
    Document { name: "test_page", blocks }
}
