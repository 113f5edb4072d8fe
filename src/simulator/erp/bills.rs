//! What bills look like in the answers of document 001, and what fine and interest they have come to.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::book::{Bill, Book, State};
use super::{pdf, slip};
use crate::simulator::br_code;

/// 2 % once, and 1 % a month, simple, by the day of 30.
pub struct Charges {
    /// In reais, unrounded, as the ERP shows them.
    pub fine: f64,
    pub interest: f64,
    /// Each rounded half up on its own.
    pub cents: i64,
}

#[must_use]
pub fn charges(bill: &Bill, on: Date) -> Charges {
    let days = i64::from((on - bill.due).get_days()).max(0);
    if days == 0 {
        return Charges { fine: 0.0, interest: 0.0, cents: 0 };
    }
    let value = reais(bill.value_cents);
    let fine_cents = (bill.value_cents * 2 + 50) / 100;
    let interest_cents = (bill.value_cents * days + 1500) / 3000;
    Charges { fine: value * 0.02, interest: value * days as f64 * 0.01 / 30.0, cents: fine_cents + interest_cents }
}

/// The value less what partial payments brought.
#[must_use]
pub fn left_cents(bill: &Bill) -> i64 {
    bill.value_cents - bill.received_cents
}

/// What settles the bill on that day.
#[must_use]
pub fn due_cents(bill: &Bill, on: Date) -> i64 {
    left_cents(bill) + charges(bill, on).cents
}

/// A row of "Buscar dados de cliente, contrato e fatura".
pub fn detailed(bill: &Bill, today: Date) -> Value {
    let mut row = Map::new();
    row.insert("idsContratos".into(), json!(bill.contracts));
    row.insert("DebitoAutomatico".into(), json!(bill.automatic_debit));
    row.insert("CodigoCliente".into(), json!(bill.customer));
    row.insert("IDFatura".into(), json!(bill.id));
    row.insert("nroBoleto".into(), json!(bill.slip_number));
    row.insert("Valor".into(), json!(reais(left_cents(bill))));
    row.insert("nroDocumento".into(), json!(bill.document_number));
    row.insert("Vencimento".into(), json!(bill.due.to_string()));
    if bill.state == State::Open && bill.tells_charges {
        let charges = charges(bill, today);
        row.insert("ValorMulta".into(), json!(charges.fine));
        row.insert("ValorJuros".into(), json!(charges.interest));
    }
    Value::Object(row)
}

/// A row of "Buscar todas as faturas de um cliente": the one list that shows what was paid, and when.
pub fn in_history(bill: &Bill, today: Date) -> Value {
    let mut row = detailed(bill, today);
    if let Some(row) = row.as_object_mut() {
        row.insert("VencimentoFormatado".into(), json!(bill.due.strftime("%d/%m/%Y").to_string()));
        if let State::Paid { paid_on, .. } = bill.state {
            row.insert("DataPagamento".into(), json!(paid_on.to_string()));
        }
    }
    row
}

/// A row of "Buscar faturas em aberto por cliente".
pub fn short(bill: &Bill) -> Value {
    json!({
        "VencimentoFormatado": bill.due.strftime("%d/%m/%Y").to_string(),
        "CodigoCliente": bill.customer,
        "IDFatura": bill.id,
        "Valor": reais(left_cents(bill)),
        "Contratos": bill.contracts,
    })
}

/// The linha digitável of an open bill. An overdue one is issued again: today's date, and the amount with charges.
#[must_use]
pub fn line(book: &Book, id: i64, today: Date) -> Option<String> {
    let bill = book.bill(id).filter(|bill| bill.has_line && bill.state == State::Open)?;
    Some(slip::line(bill.id, due_cents(bill, today), bill.due.max(today)))
}

/// The second copy of a bill as a PDF file.
#[must_use]
pub fn copy(book: &Book, id: i64, today: Date) -> Option<Vec<u8>> {
    let bill = book.bill(id)?;
    let cents = due_cents(bill, today);
    Some(pdf::page(&[
        format!("SEGUNDA VIA DA FATURA {id}"),
        format!("Documento {}   Nosso numero {}", bill.document_number, bill.slip_number),
        format!("Vencimento {}", bill.due.strftime("%d/%m/%Y")),
        format!("Valor R$ {},{:02}", cents / 100, cents % 100),
        line(book, id, today).unwrap_or_else(|| "Sem linha digitavel".into()),
    ]))
}

/// The copia-e-cola of the charge that is named by `token`.
#[must_use]
pub fn pix_code(token: &str) -> String {
    br_code::dynamic(&format!("pix.example.com/qr/v2/cobv/{token}"), "PROVEDOR FICTICIO LTDA", "BELO HORIZONTE")
}

#[must_use]
pub fn reais(cents: i64) -> f64 {
    cents as f64 / 100.0
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_overdue_bill_of_the_document_has_the_charges_it_prints() {
        let bill = Bill {
            id: 90,
            customer: 81593,
            contracts: vec![1_283_322, 1_283_321],
            value_cents: 31598,
            due: date(2020, 3, 9),
            slip_number: "00000085425P".into(),
            document_number: "0320283295".into(),
            automatic_debit: false,
            tells_charges: true,
            has_line: true,
            has_pix: true,
            received_cents: 0,
            state: State::Open,
        };
        let row = in_history(&bill, date(2020, 7, 27));
        let printed = json!({
            "VencimentoFormatado": "09/03/2020",
            "ValorMulta": 6.3196,
            "Valor": 315.98,
            "idsContratos": [1_283_322, 1_283_321],
            "DebitoAutomatico": false,
            "CodigoCliente": 81593,
            "IDFatura": 90,
            "ValorJuros": 14.745733333333336,
            "nroBoleto": "00000085425P",
            "nroDocumento": "0320283295",
            "Vencimento": "2020-03-09",
        });
        assert_eq!(row.to_string(), printed.to_string());
        assert_eq!(due_cents(&bill, date(2020, 7, 27)), 31598 + 632 + 1475);
    }
}
