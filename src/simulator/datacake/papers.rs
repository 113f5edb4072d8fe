//! The papers of document 003: fiscal notes and the yearly settlement, each with a link, or without one.
//!
//! This house writes a note for every bill, and settles the years before this one of whoever owes nothing of them.

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::simulator::erp::book::{Book, Customer, State};
use crate::simulator::erp::{pages, pdf};
use crate::simulator::http::Answer;

/// Where the links lead.
pub const FOLDER: &str = "/arquivos/";
/// Settled years go back so far; of the oldest there is no file any more.
const YEARS: i16 = 3;

/// Every seventh note has no file.
fn note_has_file(bill: i64) -> bool {
    bill % 7 != 0
}

pub fn notes(book: &Book, customer: &Customer, host: &str) -> Vec<Value> {
    let rows = book.bills_of(customer.id).map(|bill| {
        let link =
            if note_has_file(bill.id) { format!("http://{host}{FOLDER}nota/{}", bill.id) } else { String::new() };
        json!({
            "id_nota": bill.id.to_string(), "id_tipo_nota": "21", "numero_nota": format!("{:09}", bill.id),
            "valor": format!("{}.{:02}", bill.value_cents / 100, bill.value_cents % 100), "protocolo": "",
            "data_lancamento": bill.due.strftime("%d/%m/%Y").to_string(), "identificacao": "SCM",
            "url_nota_fiscal": link,
        })
    });
    rows.collect()
}

pub fn settlements(book: &Book, customer: &Customer, host: &str, today: Date) -> Vec<Value> {
    let is_settled = |year: i16| {
        let mut theirs = book.bills_of(customer.id).filter(|bill| bill.due.year() <= year);
        theirs.all(|bill| matches!(bill.state, State::Paid { .. }))
    };
    let years = (1..=YEARS).map(|back| today.year() - back).filter(|year| is_settled(*year));
    let row = |year: i16| {
        let link = if today.year() - year < YEARS {
            format!("http://{host}{FOLDER}quitacao/{}-{year}", customer.id)
        } else {
            String::new()
        };
        let id = format!("{}-{year}", customer.id);
        json!({"id_quitacao": id, "ano": year.to_string(), "valor": "0.00", "url_arquivo": link})
    };
    years.map(row).collect()
}

pub fn file(book: &Book, path: &str) -> Answer {
    let name = path.strip_prefix(FOLDER).unwrap_or_default();
    let note = name.strip_prefix("nota/").and_then(|id| id.parse().ok()).and_then(|id| book.bill(id));
    let page = if let Some(bill) = note.filter(|bill| note_has_file(bill.id)) {
        pdf::page(&[format!("NOTA FISCAL {:09}", bill.id), format!("Emissao {}", bill.due.strftime("%d/%m/%Y"))])
    } else if let Some(of) = name.strip_prefix("quitacao/") {
        pdf::page(&["DECLARACAO DE QUITACAO ANUAL DE DEBITOS".to_owned(), of.to_owned()])
    } else {
        return pages::error(404);
    };
    Answer::new(200, "application/pdf", page)
}
