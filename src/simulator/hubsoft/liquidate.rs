//! `POST /financeiro/fatura/liquidar`: reads the fields strictly, settles the bill at most once, and remembers every call.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::book::{Book, Receipt, WriteOffCall};
use super::desk::{Now, Office};
use super::listing::{due_cents, reais};
use super::refusal::{Refusal, cents, fields};
use super::tables;
use crate::simulator::erp::book::{State, Way};
use crate::simulator::erp::control::Trick;
use crate::simulator::erp::pages;
use crate::simulator::http::{Answer, Reply};

const NEEDED: [&str; 4] = ["id_fatura", "id_caixa_financeiro", "data_pagamento", "valor_pago"];
const KNOWN: [&str; 5] = ["data_credito", "juros", "meio_pagamento", "tarifa", "desconto"];

/// With what the control file has in store for it.
pub fn liquidate(office: &mut Office, body: &Value, now: &Now) -> Reply {
    let Office { book, control, .. } = office;
    let trick = control.trick(&mut book.orders);
    let mut call = noted(body, now.ms);
    let done = match trick {
        None | Some(Trick::LoseAnswer) => true,
        Some(Trick::LoseRequest | Trick::Reject) => false,
        Some(Trick::InternalError { done } | Trick::Html { done } | Trick::Empty { done }) => done,
    };
    let verdict = if done {
        carry_out(book, body, &mut call, now)
    } else {
        Err(Refusal { breach: false, ..Refusal::field("id_caixa_financeiro", "inválido") })
    };
    if let Err(Refusal { breach: true, errors, .. }) = &verdict {
        book.complain(format!("write_off: {}", errors.join(" ")));
    }
    let reply = match trick {
        None | Some(Trick::Reject) => {
            let (status, value) = match &verdict {
                Ok(receipt) => (200, done_body(receipt)),
                Err(refusal) => (control.error_status, refusal.body()),
            };
            Reply::Whole(Answer::json(status, &value))
        }
        Some(Trick::LoseRequest | Trick::LoseAnswer) => Reply::Silence,
        Some(Trick::InternalError { .. }) => Reply::Whole(Answer::json(500, &json!({"message": "Server Error"}))),
        Some(Trick::Html { .. }) => Reply::Whole(pages::login()),
        Some(Trick::Empty { .. }) => Reply::Whole(Answer::new(200, "application/json", "")),
    };
    if let Reply::Whole(answer) = &reply {
        call.answer = Some(String::from_utf8_lossy(&answer.body).into_owned());
    }
    book.write_offs.push(call);
    reply
}

fn done_body(receipt: &Receipt) -> Value {
    json!({
        "status": "success",
        "msg": "Liquidação efetuada com sucesso",
        "recibo": {
            "id_recibo": receipt.id,
            "numero_recibo": format!("{:013x}", receipt.id),
            "data_pagamento": receipt.on.to_string(),
            "data_credito": receipt.on.to_string(),
            "valor_pago": reais(receipt.paid_cents),
            "tarifa": 0,
        },
    })
}

/// What was asked for, as far as it can be read, for the book.
fn noted(body: &Value, now_ms: i64) -> WriteOffCall {
    let integer = |key: &str| body.get(key).and_then(Value::as_i64);
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let money = |key: &str| body.get(key).and_then(cents);
    WriteOffCall {
        at_ms: now_ms,
        bill: integer("id_fatura"),
        account: integer("id_caixa_financeiro"),
        means: text("meio_pagamento"),
        paid_cents: money("valor_pago"),
        charges_cents: money("juros"),
        discount_cents: money("desconto"),
        date: text("data_pagamento"),
        ..WriteOffCall::default()
    }
}

fn carry_out(book: &mut Book, body: &Value, call: &mut WriteOffCall, now: &Now) -> Result<Receipt, Refusal> {
    let known = fields(body, &NEEDED, &KNOWN)?;
    // the current documentation has integers here, not strings
    let integer = |name: &str| known.get(name).and_then(Value::as_i64).ok_or_else(|| Refusal::field(name, "inválido"));
    let (id, account) = (integer("id_fatura")?, integer("id_caixa_financeiro")?);
    let paid = money(known, "valor_pago")?.ok_or_else(|| Refusal::field("valor_pago", "inválido"))?;
    let charges = money(known, "juros")?.unwrap_or(0);
    let discount = money(known, "desconto")?.unwrap_or(0);
    money(known, "tarifa")?;
    let on = day(known, "data_pagamento")?.filter(|on| *on <= now.latest);
    let on = on.ok_or_else(|| Refusal::field("data_pagamento", "inválido"))?;
    day(known, "data_credito")?;
    let means = known.get("meio_pagamento").map_or(Some("dinheiro"), Value::as_str);
    let means = means.filter(|means| tables::MEANS.iter().any(|(prefix, _)| prefix == means));
    let means = means.ok_or_else(|| Refusal::field("meio_pagamento", "inválido"))?;
    if !tables::ACCOUNTS.iter().any(|(known, _)| *known == account) {
        return Err(Refusal::field("id_caixa_financeiro", "inválido"));
    }
    let bill = book.bill(id).ok_or_else(|| Refusal::because("Fatura não encontrada"))?;
    call.due_cents = Some(due_cents(bill, on));
    if let State::Paid { paid_on, .. } = bill.state {
        let on = paid_on.strftime("%d/%m/%Y");
        let message = format!("A fatura de ID {id} já encontra-se quitada com data de pagamento em {on}");
        return Err(Refusal::because(message));
    }
    // the discount is only recorded: what was paid is already net of it
    if paid != bill.value_cents + charges - discount {
        return Err(Refusal::field("valor_pago", "inválido"));
    }
    call.applied = book.settle(id, Way::WriteOff, paid, on);
    let receipt =
        Receipt { id: 9001 + book.receipts.len() as i64, bill: id, account, means: means.into(), paid_cents: paid, on };
    book.receipts.push(receipt.clone());
    Ok(receipt)
}

fn money(fields: &Map<String, Value>, name: &str) -> Result<Option<i64>, Refusal> {
    let Some(value) = fields.get(name) else { return Ok(None) };
    cents(value).map(Some).ok_or_else(|| Refusal::field(name, "inválido"))
}

fn day(fields: &Map<String, Value>, name: &str) -> Result<Option<Date>, Refusal> {
    let Some(value) = fields.get(name) else { return Ok(None) };
    let day = value.as_str().filter(|text| text.len() == 10).and_then(|text| text.parse().ok());
    day.map(Some).ok_or_else(|| Refusal::field(name, "inválido"))
}
