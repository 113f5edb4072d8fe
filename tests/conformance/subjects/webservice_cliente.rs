//! WebService Cliente (document 001).

use jiff::civil::Date;
use serde_json::Value;

use super::{Booked, Subject};
use crate::scene::Place;

pub const SUBJECT: Subject = Subject {
    name: "WebService Cliente",
    stand_in: &["erp", "--pace", "fast"],
    secret: "demonstracao",
    tables,
    is_sign_in: |asked| asked.is("GET", "/ws/auth/token/gerar"),
    is_write_off: |asked| asked.is("PUT", "/ws/financeiro/faturas/pagar") && asked.body.contains("IDFatura"),
    bad_row: Some(("id_conta_financeira = 1\n", "id_conta_financeira = 7\n")),
    forms: &[
        ("dd/MM/yyyy", |body| with_dates(body, |day| format!("\"{}\"", day.strftime("%d/%m/%Y")))),
        ("dd-MM-yyyy", |body| with_dates(body, |day| format!("\"{}\"", day.strftime("%d-%m-%Y")))),
        ("ddMMyyyy", |body| with_dates(body, |day| format!("\"{}\"", day.strftime("%d%m%Y")))),
        ("epoch milliseconds", |body| with_dates(body, epoch)),
        ("amounts as text", |body| with_amounts(body, |amount| format!("\"{amount}\""))),
        ("amounts with a comma", |body| with_amounts(body, |amount| format!("\"{}\"", amount.replace('.', ",")))),
        ("ids as text", with_ids_as_text),
    ],
    book: "erp.json",
    open_bills: |book, cpf| {
        let customer = book["customers"].as_array().unwrap().iter().find(|one| one["cpf"] == cpf).unwrap();
        let bills = book["bills"].as_array().unwrap().iter();
        let open = bills.filter(|bill| bill["customer"] == customer["id"] && bill["state"] == "open");
        open.map(|bill| Booked {
            id: bill["id"].to_string(),
            due: bill["due"].as_str().unwrap().to_owned(),
            cents: bill["value_cents"].as_u64().unwrap(),
        })
        .collect()
    },
    times_written_off: |book, bill| {
        let calls = book["write_offs"].as_array().unwrap().iter();
        calls.filter(|call| call["bill"].as_i64() == bill.parse().ok() && call["applied"] == true).count()
    },
};

fn tables(place: &Place<'_>) -> String {
    format!(
        "[erp.webservice_cliente]\nurl = \"{}\"\nuser = \"totem\"\npassword = {{ file = \"{}\" }}\npix = true\n\n\
         [[erp.webservice_cliente.write_off]]\nmethod = \"debit\"\nid_forma_pagamento = 2\nid_conta_financeira = 1\n",
        place.base,
        place.secret.display()
    )
}

/// Every `"yyyy-MM-dd"` written in another way.
fn with_dates(body: &str, write: impl Fn(Date) -> String) -> String {
    let mut parts = body.split('"');
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut inside = true;
    for part in parts {
        match part.parse::<Date>() {
            Ok(day) if inside && part.len() == 10 => {
                text.push_str(&write(day));
            }
            _ if inside => text.push_str(&format!("\"{part}\"")),
            _ => text.push_str(part),
        }
        inside = !inside;
    }
    text
}

fn epoch(day: Date) -> String {
    let zone = jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap();
    day.to_zoned(zone).unwrap().timestamp().as_millisecond().to_string()
}

/// Every number with at most two decimals written in another way; what has more is a charge that nobody writes as text.
fn with_amounts(body: &str, write: impl Fn(&str) -> String) -> String {
    let whole: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    changed(&whole, &|number| {
        let is_amount = number.split_once('.').is_some_and(|(_, cents)| cents.len() <= 2);
        is_amount.then(|| write(number))
    })
}

fn with_ids_as_text(body: &str) -> String {
    let whole: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    changed(&whole, &|number| (!number.contains('.')).then(|| format!("\"{number}\"")))
}

fn changed(value: &Value, change: &dyn Fn(&str) -> Option<String>) -> String {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            change(&text).unwrap_or(text)
        }
        Value::Array(several) => {
            format!("[{}]", several.iter().map(|one| changed(one, change)).collect::<Vec<_>>().join(","))
        }
        Value::Object(fields) => {
            let fields =
                fields.iter().map(|(key, one)| format!("{}:{}", Value::from(key.as_str()), changed(one, change)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
