//! WebService Cliente (document 001).

use super::forms::{epoch, with_amounts, with_dates, with_ids_as_text};
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
    twin: None,
    lacks: &[(
        "two customers of one CPF: nobody's bills are shown",
        "document 001 answers a CPF with one object of one IDCliente: it has no room for a second customer",
    )],
};

fn tables(place: &Place<'_>) -> String {
    format!(
        "[erp.webservice_cliente]\nurl = \"{}\"\nuser = \"totem\"\npassword = {{ file = \"{}\" }}\npix = true\n\n\
         [[erp.webservice_cliente.write_off]]\nmethod = \"debit\"\nid_forma_pagamento = 2\nid_conta_financeira = 1\n",
        place.base,
        place.secret.display()
    )
}
