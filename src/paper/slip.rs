//! A boleto's second copy, laid out anew for narrow paper: the PIX code first, then the digits, then the bars.

use jiff::civil::Date;

use super::parts::{beneficiary, day, help, known, pair, text};
use super::{Block, Document, Emphasis};
use crate::domain::Money;
use crate::domain::receipt::Beneficiary;

/// What a boleto's copy needs. The amount is what the ERP said, never computed here.
#[derive(Clone, PartialEq, Eq)]
pub struct BoletoCopy {
    pub beneficiary: Beneficiary,
    /// As it may be shown: "Maria S.".
    pub payer: String,
    pub number: String,
    pub due: Date,
    pub amount: Money,
    /// The linha digitável in its fields, each of which stays whole on the paper.
    pub line_groups: Vec<String>,
    /// 44 digits.
    pub barcode: String,
    /// The copia-e-cola that the ERP issued for this bill.
    pub pix_payload: Option<String>,
}

/// The paper a customer can pay from, at home or in a bank.
#[must_use]
pub fn boleto_copy(boleto: &BoletoCopy) -> Document {
    let mut blocks = vec![Block::Title("2ª via do boleto".to_owned()), Block::Space];
    blocks.extend(beneficiary(&boleto.beneficiary));
    blocks.push(Block::Rule);
    blocks.extend(known("Pagador", &boleto.payer));
    blocks.extend(known("Fatura", &boleto.number));
    blocks.push(pair("Vencimento", &day(boleto.due), Emphasis::Strong));
    blocks.push(pair("Valor", &boleto.amount.to_string(), Emphasis::Large));
    let mut how = "Digite no aplicativo do seu banco:";
    if let Some(payload) = &boleto.pix_payload {
        blocks.push(Block::Rule);
        blocks.push(text("Pague com PIX", Emphasis::Large));
        blocks.push(text("No aplicativo do seu banco, escolha PIX e aponte a câmera.", Emphasis::Plain));
        blocks.push(Block::Qr(payload.clone()));
        how = "Ou digite no aplicativo do seu banco:";
    }
    blocks.push(Block::Rule);
    blocks.push(text(how, Emphasis::Plain));
    blocks.push(Block::Groups(boleto.line_groups.clone()));
    blocks.push(Block::Rule);
    blocks.push(text("Código de barras:", Emphasis::Plain));
    blocks.push(Block::Barcode(boleto.barcode.clone()));
    blocks.push(Block::Rule);
    blocks.push(text("Este documento não comprova pagamento.", Emphasis::Strong));
    blocks.extend(help(&boleto.beneficiary));
    Document { name: "boleto_copy", blocks }
}

impl std::fmt::Debug for BoletoCopy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BoletoCopy").field("number", &self.number).field("due", &self.due).finish_non_exhaustive()
    }
}
