//! Overdue bills become new ones, by one rule: at once without fine and interest, in up to four instalments with five per
//! cent on top, in more not at all. Simulated, nothing is changed.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::book::{Bill, Book, Negotiated};
use super::desk::Now;
use super::listing::{due_cents, reais};
use super::refusal::{Refusal, fields, text, whole};
use crate::simulator::erp::book::State;

const INSTALMENTS_AT_MOST: i64 = 4;
const FIRST_DUE_DAYS: i32 = 30;
const NEEDED: [&str; 6] =
    ["vencimento", "faturas", "quantidade_parcelas", "ids_faturas", "tipo_dados_cliente", "dados_cliente"];

struct Terms {
    customer: i64,
    bills: Vec<i64>,
    parts: Vec<(i64, Date)>,
}

fn read(book: &Book, body: &Value, now: &Now) -> Result<Terms, Refusal> {
    let fields = fields(body, &NEEDED, &["empresa", "forma_cobranca", "observacao"])?;
    let first = text(fields, "vencimento")?;
    let first = first.parse::<Date>().ok().filter(|_| first.len() == 10);
    let last = now.today.saturating_add(FIRST_DUE_DAYS.days());
    let first = first.filter(|day| (now.today..=last).contains(day));
    let first = first.ok_or_else(|| Refusal::field("vencimento", "inválido"))?;
    if text(fields, "faturas")? != "definir_faturas" {
        return Err(Refusal::field("faturas", "inválido"));
    }
    if text(fields, "tipo_dados_cliente")? != "codigo_cliente" {
        return Err(Refusal::field("tipo_dados_cliente", "inválido"));
    }
    let customer = whole(fields, "dados_cliente")?;
    let ids = fields.get("ids_faturas").and_then(Value::as_array).filter(|ids| !ids.is_empty());
    let ids: Option<Vec<i64>> = ids.and_then(|ids| ids.iter().map(Value::as_i64).collect());
    let bills = ids.ok_or_else(|| Refusal::field("ids_faturas", "inválido"))?;
    let is_fit = |bill: &Bill| bill.customer == customer && bill.state == State::Open && bill.due < now.today;
    let found: Vec<&Bill> = bills.iter().filter_map(|id| book.bill(*id)).filter(|bill| is_fit(bill)).collect();
    if found.len() != bills.len() {
        return Err(Refusal::because("Há faturas que não podem ser renegociadas"));
    }
    let count = whole(fields, "quantidade_parcelas")?;
    if count > INSTALMENTS_AT_MOST {
        return Err(Refusal::because("Nenhuma Regra de Renegociação permite esta quantidade de parcelas"));
    }
    let total: i64 = if count == 1 {
        found.iter().map(|bill| bill.value_cents).sum()
    } else {
        found.iter().map(|bill| due_cents(bill, now.today)).sum::<i64>() * 105 / 100
    };
    let each = total / count;
    let parts = (0..count).map(|place| {
        let rest = if place + 1 == count { total - each * count } else { 0 };
        (each + rest, first.saturating_add(i32::try_from(place).unwrap_or(0).months()))
    });
    Ok(Terms { customer, bills, parts: parts.collect() })
}

fn told(terms: &Terms, now: &Now) -> Value {
    let count = terms.parts.len();
    let total: i64 = terms.parts.iter().map(|(cents, _)| cents).sum();
    let day = now.today.strftime("%d/%m/%Y").to_string();
    let parts = terms.parts.iter().enumerate().map(|(place, (cents, due))| {
        json!({
            "parcela": place + 1,
            "totalParcelas": count,
            "valor": reais(*cents),
            "data_vencimento": due.to_string(),
            "data_base": now.today.to_string(),
            "descricao": format!("Ref. Negociação em {day}. Parcela ({}/{count})", place + 1),
        })
    });
    json!({
        "status": "success",
        "msg": format!("Renegociação efetuada com sucesso, no valor de R$ {},{:02}", total / 100, total % 100),
        "regra_utilizada": "Regra de Renegociação Padrão",
        "faturas_que_foram_geradas": parts.collect::<Vec<_>>(),
    })
}

pub fn simulate(book: &Book, body: &Value, now: &Now) -> Result<Value, Refusal> {
    read(book, body, now).map(|terms| told(&terms, now))
}

pub fn carry_out(book: &mut Book, body: &Value, now: &Now) -> Result<Value, Refusal> {
    let terms = read(book, body, now)?;
    let answer = told(&terms, now);
    let mut made = Vec::new();
    for (cents, due) in &terms.parts {
        let id = 9001 + i64::try_from(book.bills.iter().filter(|bill| bill.id > 9000).count()).unwrap_or(0);
        let service = terms.bills.first().and_then(|id| book.bill(*id)).and_then(|bill| bill.service);
        book.bills.push(Bill {
            id,
            customer: terms.customer,
            service,
            value_cents: *cents,
            due: *due,
            number: (270_000 + id).to_string(),
            automatic_debit: false,
            has_line: true,
            has_pix: true,
            pix_listed_at_ms: None,
            state: State::Open,
        });
        made.push(id);
    }
    // what was renegotiated stands in no list any more
    book.bills.retain(|bill| !terms.bills.contains(&bill.id));
    book.negotiations.push(Negotiated { customer: terms.customer, bills: terms.bills, made });
    Ok(answer)
}
