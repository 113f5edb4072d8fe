//! HubSoft: the API of today, and that of 2020, which has no write-off and no PIX.

use serde_json::Value;

use super::forms::{with_amounts, with_dates, with_ids_as_text};
use super::{Booked, Subject, twins};
use crate::scene::Place;

pub const CURRENT: Subject = Subject {
    name: "HubSoft",
    stand_in: &["hubsoft"],
    secret: "demonstracao",
    tables,
    is_sign_in: |asked| asked.is("POST", "/oauth/token"),
    is_write_off: |asked| asked.is("POST", "/financeiro/fatura/liquidar"),
    bad_row: Some(("id_caixa_financeiro = 8\n", "id_caixa_financeiro = 999\n")),
    forms: &[
        ("yyyy-MM-dd", |body| with_dates(body, |day| format!("\"{day}\""))),
        ("amounts as text", |body| with_amounts(body, |amount| format!("\"{amount}\""))),
        ("ids as text", with_ids_as_text),
    ],
    book: "erp.json",
    open_bills: |book, cpf| {
        let customer = book["customers"].as_array().unwrap().iter().find(|one| one["cpf"] == cpf).unwrap();
        let bills = book["bills"].as_array().unwrap().iter();
        let open = bills.filter(|bill| bill["customer"] == customer["code"] && bill["state"] == "open");
        open.map(|bill| Booked {
            id: bill["id"].to_string(),
            due: bill["due"].as_str().unwrap().to_owned(),
            cents: bill["value_cents"].as_u64().unwrap(),
        })
        .collect()
    },
    times_written_off: |book: &Value, bill| {
        let calls = book["write_offs"].as_array().unwrap().iter();
        calls.filter(|call| call["bill"].as_i64() == bill.parse().ok() && call["applied"] == true).count()
    },
    twin: Some(|body| twins::of_list(body, &["clientes"], "codigo_cliente")),
    lacks: &[],
};

pub const OF_2020: Subject = Subject {
    name: "HubSoft 2020",
    stand_in: &["hubsoft", "--server", "2020"],
    tables: |place| tables(place).replace("allow_plain_http_links", "pix = false\nallow_plain_http_links"),
    ..CURRENT
};

fn tables(place: &Place<'_>) -> String {
    let client = place.another_secret("client-secret", "segredo-da-demonstracao");
    format!(
        "[erp.hubsoft]\nurl = \"{}\"\nclient_id = \"3\"\nclient_secret = {{ file = \"{}\" }}\n\
         username = \"totem@provedor.exemplo\"\npassword = {{ file = \"{}\" }}\nallow_plain_http_links = true\n\n\
         [[erp.hubsoft.write_off]]\nmethod = \"debit\"\nid_caixa_financeiro = 8\nmeio_pagamento = \"cartao_debito\"\n",
        place.base,
        client.display(),
        place.secret.display()
    )
}
