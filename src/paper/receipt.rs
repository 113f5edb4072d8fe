//! The proof of payment that the customer takes home.

use super::parts::{beneficiary, day, help, known, moment, pair, tax_id_label, text};
use super::{Block, Document, Emphasis};
use crate::domain::receipt::{Means, ReceiptItem, WriteOffState};
use crate::domain::{CardKind, CardSale, Receipt};

/// A head is some lines: an ERP that sends a whole contract gets no metre of paper.
const HEAD_LINES: usize = 12;
const HEAD_LETTERS: usize = 200;

/// The receipt of one payment, however many bills it paid.
#[must_use]
pub fn payment_receipt(receipt: &Receipt) -> Document {
    let mut blocks = vec![Block::Title(match receipt.given_back {
        Some(_) => "Pagamento estornado".to_owned(),
        None => "Comprovante de pagamento".to_owned(),
    })];
    if let Some(at) = receipt.copy {
        blocks.push(Block::Title("2ª via".to_owned()));
        blocks.push(text(&at.strftime("Reimpressão %d/%m %H:%M").to_string(), Emphasis::Strong));
    }
    blocks.push(Block::Space);
    // what the ERP wants said stands first, line by line as it wrote it
    for head in &receipt.heads {
        blocks.extend(head.lines().map(str::trim).filter(|line| !line.is_empty()).take(HEAD_LINES).map(heading));
        blocks.push(Block::Rule);
    }
    blocks.extend(beneficiary(&receipt.beneficiary));
    blocks.push(Block::Rule);
    blocks.extend(known("Pagador", &receipt.payer));
    blocks.extend(known(tax_id_label(&receipt.payer_tax_id), &receipt.payer_tax_id));
    let paid_exactly = receipt.received.is_none() && receipt.given_back.is_none();
    for item in &receipt.items {
        blocks.push(Block::Rule);
        blocks.extend(bill(item, paid_exactly));
    }
    blocks.push(Block::Rule);
    match receipt.received {
        None => blocks.push(pair("Total", &receipt.total.to_string(), Emphasis::Large)),
        Some(came) => {
            blocks.push(pair("Valor pedido", &receipt.total.to_string(), Emphasis::Plain));
            blocks.push(pair("Valor recebido", &came.to_string(), Emphasis::Large));
        }
    }
    blocks.push(Block::Space);
    blocks.extend(match &receipt.means {
        Means::Card(sale) => card(sale),
        Means::Pix { end_to_end, txid } => pix(end_to_end.as_deref(), txid.as_deref()),
    });
    blocks.push(Block::Rule);
    blocks.push(pair("Data e hora", &moment(receipt.at), Emphasis::Plain));
    blocks.extend(known("Protocolo", &receipt.protocol));
    blocks.extend(known("Totem", &receipt.totem));
    blocks.push(Block::Rule);
    blocks.extend(outcome(receipt));
    blocks.push(text("Documento não fiscal.", Emphasis::Plain));
    blocks.extend(help(&receipt.beneficiary));
    Document { name: "payment_receipt", blocks }
}

fn heading(line: &str) -> Block {
    text(&line.chars().take(HEAD_LETTERS).collect::<String>(), Emphasis::Plain)
}

fn bill(item: &ReceiptItem, is_paid: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !item.description.trim().is_empty() {
        blocks.push(text(&item.description, Emphasis::Strong));
    }
    blocks.extend(known("Fatura", &item.number));
    blocks.push(pair("Vencimento", &day(item.due), Emphasis::Plain));
    blocks.push(pair("Valor original", &item.charge.principal.to_string(), Emphasis::Plain));
    for (label, amount) in [("Multa", item.charge.fine), ("Juros", item.charge.interest)] {
        if !amount.is_zero() {
            blocks.push(pair(label, &amount.to_string(), Emphasis::Plain));
        }
    }
    if !item.charge.discount.is_zero() {
        blocks.push(pair("Desconto", &format!("- {}", item.charge.discount), Emphasis::Plain));
    }
    let says = if is_paid { "Valor pago" } else { "Valor da fatura" };
    blocks.push(pair(says, &item.charge.total().to_string(), Emphasis::Strong));
    blocks
}

fn card(sale: &CardSale) -> Vec<Block> {
    let kind = match (sale.kind, sale.instalments) {
        (CardKind::Voucher, _) => "Cartão de benefícios".to_owned(),
        (CardKind::Debit, _) => "Cartão de débito".to_owned(),
        (CardKind::Wallet, _) => "PIX ou carteira digital".to_owned(),
        (CardKind::Credit, 0 | 1) => "Cartão de crédito à vista".to_owned(),
        (CardKind::Credit, times) => format!("Cartão de crédito em {times} parcelas"),
    };
    let last4 = match sale.last4.trim() {
        "" => String::new(),
        digits => format!("**** {digits}"),
    };
    let mut blocks = vec![pair("Forma", &kind, Emphasis::Plain)];
    for (label, value) in [
        ("Bandeira", sale.brand.as_str()),
        ("Cartão", &last4),
        ("Rede", &sale.network),
        ("NSU", &sale.nsu),
        ("Autorização", &sale.authorization),
    ] {
        blocks.extend(known(label, value));
    }
    blocks
}

fn pix(end_to_end: Option<&str>, txid: Option<&str>) -> Vec<Block> {
    let mut blocks = vec![pair("Forma", "PIX", Emphasis::Plain)];
    blocks.extend(known("ID da transação", end_to_end.unwrap_or_default()));
    blocks.extend(known("Código da cobrança", txid.unwrap_or_default()));
    blocks
}

/// What became of the bills, and of money that went back or is not what was asked: never that a bill is paid by it.
fn outcome(receipt: &Receipt) -> Vec<Block> {
    if let Some(back) = receipt.given_back {
        let says = format!("ESTORNADO em {}: {} voltam para o cartão.", moment(back.at), back.amount);
        return vec![text(&says, Emphasis::Strong), text("Este papel não comprova pagamento.", Emphasis::Strong)];
    }
    let says = match receipt.received {
        Some(_) => "O valor recebido não é o pedido. Guarde este papel e fale com o atendimento.",
        None => state(receipt.write_off, receipt.items.len()),
    };
    vec![text(says, Emphasis::Strong)]
}

fn state(state: WriteOffState, bills: usize) -> &'static str {
    match (state, bills) {
        (WriteOffState::Settled, 0 | 1) => "Fatura paga e baixada.",
        (WriteOffState::Settled, _) => "Faturas pagas e baixadas.",
        (WriteOffState::Owed, _) => "Pagamento recebido. Baixa em processamento.",
        (WriteOffState::ByHand, _) => "Pagamento recebido. A baixa será feita pelo atendimento.",
        (WriteOffState::ByErp, _) => "Pagamento recebido. A baixa é feita pelo banco.",
    }
}
