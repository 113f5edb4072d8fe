//! Papers of the counter's other services: the protocol of something that was asked for, a statement of account, and
//! the year's settlement.

use jiff::civil::{Date, DateTime};

use super::parts::{beneficiary, day, help, known, moment, pair, text};
use super::{Block, Document, Emphasis};
use crate::domain::Money;
use crate::domain::receipt::Beneficiary;
use crate::domain::service::PaidBill;

/// So many letters of a text that somebody typed or an ERP said go on a slip.
const TEXT_LETTERS: usize = 1_000;

/// What the customer keeps of a service: a ticket, an unlock on trust, a changed due day.
#[derive(Clone, PartialEq, Eq)]
pub struct ProtocolSlip {
    pub beneficiary: Beneficiary,
    /// What was asked for: "Abertura de chamado".
    pub title: String,
    /// As it may be shown: "Maria S.".
    pub customer: String,
    /// The ERP's, where it gave one.
    pub protocol: Option<String>,
    /// Local date and time.
    pub at: DateTime,
    /// What there is to know, label and value: "Assunto", "Liberado até".
    pub details: Vec<(String, String)>,
    /// The ERP's words, or what happens next.
    pub says: String,
    /// Nobody knows whether it was done.
    pub is_unknown: bool,
}

#[must_use]
pub fn protocol_slip(slip: &ProtocolSlip) -> Document {
    let mut blocks = vec![Block::Title(slip.title.clone()), Block::Space];
    blocks.extend(beneficiary(&slip.beneficiary));
    blocks.push(Block::Rule);
    if let Some(protocol) = slip.protocol.as_deref().filter(|protocol| !protocol.trim().is_empty()) {
        blocks.push(text("Protocolo", Emphasis::Plain));
        blocks.push(text(protocol, Emphasis::Large));
        blocks.push(Block::Rule);
    }
    blocks.extend(known("Cliente", &slip.customer));
    blocks.extend(slip.details.iter().filter_map(|(label, value)| known(label, value)));
    blocks.push(pair("Data e hora", &moment(slip.at), Emphasis::Plain));
    if slip.is_unknown {
        blocks.push(Block::Rule);
        blocks.push(text("Ainda não sabemos se o pedido foi feito. Confira antes de pedir de novo.", Emphasis::Strong));
    }
    if !slip.says.trim().is_empty() {
        blocks.push(Block::Rule);
        blocks.push(text(&slip.says.chars().take(TEXT_LETTERS).collect::<String>(), Emphasis::Plain));
    }
    blocks.push(Block::Rule);
    blocks.push(text("Guarde este papel.", Emphasis::Plain));
    blocks.extend(help(&slip.beneficiary));
    Document { name: "protocol_slip", blocks }
}

impl std::fmt::Debug for ProtocolSlip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ProtocolSlip")
            .field("title", &self.title)
            .field("protocol", &self.protocol)
            .finish_non_exhaustive()
    }
}

/// What was paid, and what is still open. Every amount is what the ERP said.
#[derive(Clone, PartialEq, Eq)]
pub struct Statement {
    pub beneficiary: Beneficiary,
    pub customer: String,
    pub at: DateTime,
    /// Newest first.
    pub paid: Vec<PaidBill>,
    /// The oldest first: what it is for, when it is or was due, and what it is today, where that is known.
    pub open: Vec<(String, Date, Option<Money>)>,
}

#[must_use]
pub fn statement(statement: &Statement) -> Document {
    let mut blocks = vec![Block::Title("Extrato da conta".to_owned()), Block::Space];
    blocks.extend(beneficiary(&statement.beneficiary));
    blocks.push(Block::Rule);
    blocks.extend(known("Cliente", &statement.customer));
    blocks.push(pair("Emitido em", &moment(statement.at), Emphasis::Plain));
    blocks.push(Block::Rule);
    blocks.push(text("Em aberto", Emphasis::Strong));
    if statement.open.is_empty() {
        blocks.push(text("Nenhuma fatura em aberto.", Emphasis::Plain));
    }
    for (what, due, amount) in &statement.open {
        blocks.push(Block::Space);
        blocks.extend((!what.trim().is_empty()).then(|| text(what, Emphasis::Plain)));
        let amount = amount.map_or_else(|| "valor no boleto".to_owned(), |amount| amount.to_string());
        blocks.push(pair(&format!("Vence em {}", day(*due)), &amount, Emphasis::Plain));
    }
    blocks.push(Block::Rule);
    blocks.push(text("Pagas", Emphasis::Strong));
    if statement.paid.is_empty() {
        blocks.push(text("Nenhum pagamento encontrado.", Emphasis::Plain));
    }
    for bill in &statement.paid {
        blocks.push(Block::Space);
        blocks.extend((!bill.description.trim().is_empty()).then(|| text(&bill.description, Emphasis::Plain)));
        blocks.extend(bill.due.map(|due| pair("Vencimento", &day(due), Emphasis::Plain)));
        let paid = bill.paid_on.map_or_else(|| "Paga".to_owned(), |on| format!("Paga em {}", day(on)));
        blocks.push(pair(&paid, &bill.amount.to_string(), Emphasis::Plain));
    }
    blocks.push(Block::Rule);
    blocks.push(text("Conforme o sistema do provedor nesta data. Documento não fiscal.", Emphasis::Plain));
    blocks.extend(help(&statement.beneficiary));
    Document { name: "statement", blocks }
}

impl std::fmt::Debug for Statement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Statement")
            .field("paid", &self.paid.len())
            .field("open", &self.open.len())
            .finish_non_exhaustive()
    }
}

/// The yearly statement that nothing of a year is owed (Lei 12.007/2009), where the provider's system says so.
#[derive(Clone, PartialEq, Eq)]
pub struct YearSettled {
    pub beneficiary: Beneficiary,
    pub customer: String,
    /// Masked, as it may be shown.
    pub tax_id: String,
    pub year: i16,
    pub at: DateTime,
}

#[must_use]
pub fn year_settled(settled: &YearSettled) -> Document {
    let mut blocks = vec![Block::Title("Quitação anual de débitos".to_owned()), Block::Space];
    blocks.extend(beneficiary(&settled.beneficiary));
    blocks.push(Block::Rule);
    blocks.extend(known("Cliente", &settled.customer));
    blocks.extend(known("Documento", &settled.tax_id));
    blocks.push(pair("Ano", &settled.year.to_string(), Emphasis::Large));
    blocks.push(Block::Rule);
    let year = settled.year;
    let says = format!(
        "O sistema do provedor registra como quitados os débitos deste cliente referentes ao ano de {year} \
         (Lei 12.007/2009). A declaração completa pode ser pedida no atendimento."
    );
    blocks.push(text(&says, Emphasis::Plain));
    blocks.push(pair("Emitido em", &moment(settled.at), Emphasis::Plain));
    blocks.push(Block::Rule);
    blocks.extend(help(&settled.beneficiary));
    Document { name: "year_settled", blocks }
}

impl std::fmt::Debug for YearSettled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("YearSettled").field("year", &self.year).finish_non_exhaustive()
    }
}

/// What a technician takes along: what the totem says of itself, in sections of labels and values.
#[must_use]
pub fn report(of: &Beneficiary, totem: &str, at: DateTime, sections: &[(String, Vec<(String, String)>)]) -> Document {
    let mut blocks = vec![Block::Title("Relatório do totem".to_owned()), Block::Space];
    blocks.extend(beneficiary(of));
    blocks.extend(known("Totem", totem));
    blocks.push(pair("Emitido em", &moment(at), Emphasis::Plain));
    for (title, lines) in sections {
        blocks.push(Block::Rule);
        blocks.push(text(title, Emphasis::Strong));
        blocks.extend(lines.iter().map(|(label, value)| pair(label, value, Emphasis::Plain)));
    }
    blocks.push(Block::Rule);
    blocks.push(text("Isto não é um comprovante.", Emphasis::Strong));
    Document { name: "report", blocks }
}
