//! What papers have in common: the head, pairs that appear only where something is known, dates.

use jiff::civil::{Date, DateTime};

use super::{Block, Emphasis};
use crate::domain::receipt::Beneficiary;

/// Who is paid, as the head of every paper.
pub fn beneficiary(beneficiary: &Beneficiary) -> Vec<Block> {
    let tax_id = match beneficiary.tax_id.trim() {
        "" => String::new(),
        number => format!("{} {number}", tax_id_label(number)),
    };
    let is_known = !beneficiary.brand.trim().is_empty();
    let name = if is_known { Emphasis::Plain } else { Emphasis::Strong };
    let lines = [
        (&beneficiary.brand, Emphasis::Strong),
        (&beneficiary.name, name),
        (&tax_id, Emphasis::Plain),
        (&beneficiary.address, Emphasis::Plain),
    ];
    lines.into_iter().filter(|(line, _)| !line.trim().is_empty()).map(|(line, emphasis)| text(line, emphasis)).collect()
}

pub fn help(beneficiary: &Beneficiary) -> Option<Block> {
    let phone = beneficiary.help_phone.trim();
    (!phone.is_empty()).then(|| text(&format!("Dúvidas? Ligue {phone}."), Emphasis::Plain))
}

pub fn text(line: &str, emphasis: Emphasis) -> Block {
    Block::Text { text: line.to_owned(), emphasis }
}

pub fn pair(label: &str, value: &str, emphasis: Emphasis) -> Block {
    Block::Pair { label: label.to_owned(), value: value.to_owned(), emphasis }
}

/// A pair, unless nothing is known.
pub fn known(label: &str, value: &str) -> Option<Block> {
    (!value.trim().is_empty()).then(|| pair(label, value, Emphasis::Plain))
}

pub fn tax_id_label(number: &str) -> &'static str {
    if number.contains('/') { "CNPJ" } else { "CPF" }
}

pub fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

pub fn moment(at: DateTime) -> String {
    at.strftime("%d/%m/%Y %H:%M:%S").to_string()
}
