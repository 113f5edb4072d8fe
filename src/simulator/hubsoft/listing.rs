//! What bills look like in the two lists: `valor` stays the original amount, and the linha digitável of an overdue bill is
//! issued again with fine and interest.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::Age;
use super::book::{Bill, Book, Customer};
use crate::simulator::br_code;
use crate::simulator::erp::book::State;
use crate::simulator::erp::{pdf, slip};

/// 2 % once and 1 % a month of thirty days, as bill 43653 of the document has it.
#[must_use]
pub fn due_cents(bill: &Bill, on: Date) -> i64 {
    let days = i64::from((on - bill.due).get_days()).max(0);
    if days == 0 {
        return bill.value_cents;
    }
    // rounded once, half up: 10.00 after 637 days is 12.32
    bill.value_cents + (bill.value_cents * (6000 + 100 * days) + 150_000) / 300_000
}

fn line(bill: &Bill, today: Date) -> Option<String> {
    let open = bill.has_line && bill.state == State::Open;
    open.then(|| slip::line(bill.id, due_cents(bill, today), bill.due.max(today)))
}

fn pix(bill: &Bill) -> Option<String> {
    let open = bill.has_pix && bill.state == State::Open;
    open.then(|| {
        let location = format!("pix.example.com/qr/v2/cobv/{:032x}", bill.id);
        br_code::dynamic(&location, "PROVEDOR FICTICIO LTDA", "BELO HORIZONTE")
    })
}

/// A row of `cliente/financeiro`: amounts are numbers, dates dd/MM/yyyy.
#[must_use]
pub fn of_customer(book: &Book, bill: &Bill, age: Age, host: &str, today: Date) -> Value {
    let owner = book.customers.iter().find(|customer| customer.code == bill.customer);
    let (paid_on, paid_cents) = paid(bill);
    let mut row = Map::new();
    let mut put = |key: &str, value: Value| row.insert(key.into(), value);
    put("id_fatura", json!(bill.id));
    put("nosso_numero", json!(bill.number));
    put("nosso_numero_dv", Value::Null);
    put("linha_digitavel", json!(line(bill, today)));
    put("codigo_barras", Value::Null);
    put("link", json!(bill.has_line.then(|| format!("http://{host}/pdf/fatura/{:x}", bill.id))));
    put("tipo_cobranca", json!(if bill.automatic_debit { "debito_conta_corrente" } else { "boleto_bancario" }));
    put("valor", json!(reais(bill.value_cents)));
    put("data_vencimento", json!(bill.due.strftime("%d/%m/%Y").to_string()));
    put("data_pagamento", json!(paid_on.map(|day| day.strftime("%d/%m/%Y").to_string())));
    put(
        "detalhamento",
        json!([{
            "descricao": format!("(+) Serviço de Comunicação Multimídia | R$ {:.2}", reais(bill.value_cents)),
            "valor": reais(bill.value_cents),
        }]),
    );
    put("cliente", json!(owner.map(|owner| short(owner, bill.service, age))));
    if age == Age::Current {
        let late = bill.state == State::Open && bill.due < today;
        put("valor_pago", json!(paid_cents.map(reais)));
        put("quitado", json!(paid_on.is_some()));
        put(
            "status",
            json!(if paid_on.is_some() {
                "pago"
            } else if late {
                "vencido"
            } else {
                "aguardando"
            }),
        );
        put("pix_copia_cola", json!(pix(bill)));
    }
    Value::Object(row)
}

/// A row of `financeiro/fatura`: amounts are strings, dates ISO, and the code has another name.
#[must_use]
pub fn of_provider(bill: &Bill, host: &str, with_pix: bool, today: Date) -> Value {
    let (paid_on, paid_cents) = paid(bill);
    let money = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
    let mut row = json!({
        "id_fatura": bill.id,
        "id_cliente_servico": bill.service,
        "nosso_numero": bill.number,
        "data_vencimento": bill.due.to_string(),
        "data_pagamento": paid_on.map(|day| day.to_string()),
        "valor": money(bill.value_cents),
        "valor_pago": paid_cents.map(money),
        "linha_digitavel": line(bill, today),
        "link": format!("http://{host}/pdf/fatura/{:x}", bill.id),
    });
    if with_pix && let Some(row) = row.as_object_mut() {
        row.insert("pix_copia_e_cola".into(), json!(pix(bill)));
    }
    row
}

/// The bill as a PDF file.
#[must_use]
pub fn copy(bill: &Bill, today: Date) -> Vec<u8> {
    let cents = due_cents(bill, today);
    pdf::page(&[
        format!("FATURA {}", bill.id),
        format!("Vencimento {}", bill.due.strftime("%d/%m/%Y")),
        format!("Valor R$ {},{:02}", cents / 100, cents % 100),
        line(bill, today).unwrap_or_else(|| "Sem linha digitavel".into()),
    ])
}

fn short(customer: &Customer, service: Option<i64>, age: Age) -> Value {
    let mut shown = json!({
        "codigo_cliente": customer.code,
        "nome_razaosocial": customer.name,
        "cpf_cnpj": customer.cpf,
    });
    let service = customer.services.iter().find(|one| Some(one.id) == service);
    if age == Age::Current
        && let (Some(service), Some(shown)) = (service, shown.as_object_mut())
    {
        shown.insert(
            "servico".into(),
            json!({"id_cliente_servico": service.id, "nome": service.plan, "status_prefixo": service.status}),
        );
    }
    shown
}

fn paid(bill: &Bill) -> (Option<Date>, Option<i64>) {
    match bill.state {
        State::Open => (None, None),
        State::Paid { paid_on, paid_cents, .. } => (Some(paid_on), Some(paid_cents)),
    }
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
    fn the_overdue_bill_of_the_document_comes_to_what_its_linha_says() {
        let bill = Bill {
            id: 43653,
            customer: 1162,
            service: None,
            value_cents: 1000,
            due: date(2018, 7, 10),
            number: "274554".into(),
            automatic_debit: false,
            has_line: true,
            has_pix: false,
            pix_listed_at_ms: None,
            state: State::Open,
        };
        assert_eq!(due_cents(&bill, date(2020, 4, 6)), 1232);
        assert_eq!(due_cents(&bill, date(2018, 7, 10)), 1000);
    }
}
