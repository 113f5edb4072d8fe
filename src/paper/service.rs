//! The papers of the counter's other services: a protocol to keep, and a statement of what was paid.

use jiff::civil::{Date, DateTime};

use super::parts::{beneficiary, day, help, known, moment, pair, text};
use super::{Block, Document, Emphasis};
use crate::domain::Money;
use crate::domain::receipt::Beneficiary;

/// What was asked of the provider, and what became of it.
#[derive(Clone, PartialEq, Eq)]
pub struct ProtocolSlip {
    pub beneficiary: Beneficiary,
    pub totem: String,
    /// Local.
    pub at: DateTime,
    /// As it may be shown: "Maria S.".
    pub customer: String,
    pub title: &'static str,
    /// Otherwise nobody knows yet.
    pub done: bool,
    pub protocol: Option<String>,
    pub until: Option<Date>,
}

#[must_use]
pub fn protocol_slip(slip: &ProtocolSlip) -> Document {
    let mut blocks = vec![Block::Title(slip.title.to_owned()), Block::Space];
    blocks.extend(beneficiary(&slip.beneficiary));
    blocks.push(Block::Rule);
    blocks.extend(known("Cliente", &slip.customer));
    blocks.push(pair("Data", &moment(slip.at), Emphasis::Plain));
    blocks.extend(known("Totem", &slip.totem));
    if let Some(protocol) = &slip.protocol {
        blocks.push(Block::Rule);
        blocks.push(text("Protocolo do provedor:", Emphasis::Plain));
        blocks.push(text(protocol, Emphasis::Large));
    }
    if let Some(until) = slip.until {
        blocks.push(pair("Liberado até", &day(until), Emphasis::Strong));
        blocks.push(text("As contas em aberto continuam valendo.", Emphasis::Plain));
    }
    if !slip.done {
        blocks.push(Block::Rule);
        blocks.push(text("Ainda não confirmado.", Emphasis::Large));
        blocks.push(text("O pedido pode ter sido feito ou não. Confirme antes de pedir de novo.", Emphasis::Plain));
    }
    blocks.extend(help(&slip.beneficiary));
    Document { name: "protocol_slip", blocks }
}

pub struct PaidRow {
    pub text: String,
    pub due: Option<Date>,
    pub paid_on: Option<Date>,
    pub amount: Money,
}

/// Bills that the provider's system shows as paid, newest first.
pub struct PaidStatement {
    pub beneficiary: Beneficiary,
    pub totem: String,
    /// Local.
    pub at: DateTime,
    /// As it may be shown: "Maria S.".
    pub customer: String,
    pub bills: Vec<PaidRow>,
}

#[must_use]
pub fn paid_statement(statement: &PaidStatement) -> Document {
    let mut blocks = vec![Block::Title("Contas pagas".to_owned()), Block::Space];
    blocks.extend(beneficiary(&statement.beneficiary));
    blocks.push(Block::Rule);
    blocks.extend(known("Cliente", &statement.customer));
    blocks.push(pair("Consulta", &moment(statement.at), Emphasis::Plain));
    blocks.extend(known("Totem", &statement.totem));
    for bill in &statement.bills {
        blocks.push(Block::Rule);
        blocks.push(text(&bill.text, Emphasis::Plain));
        blocks.extend(bill.due.map(|due| pair("Vencimento", &day(due), Emphasis::Plain)));
        let paid = bill.paid_on.map_or_else(|| "Pago".to_owned(), |on| format!("Pago em {}", day(on)));
        blocks.push(pair(&paid, &bill.amount.to_string(), Emphasis::Strong));
    }
    blocks.push(Block::Rule);
    blocks.push(text("Consulta ao sistema do provedor. Não é recibo.", Emphasis::Plain));
    blocks.extend(help(&statement.beneficiary));
    Document { name: "paid_statement", blocks }
}
