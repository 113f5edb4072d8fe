//! Answers a request that has come through: signs it in, reads it, and does what it asks.

use std::io;

use serde_json::Value;

use super::desk::{Desk, Now, Office};
use super::operation::Route;
use super::refusal::Refusal;
use super::{changing, liquidate, listing, orders, reading, renegotiate, sign_in};
use crate::simulator::erp::{pages, pdf};
use crate::simulator::http::{Answer, Reply, Request};

pub fn serve(desk: &Desk, office: &mut Office, route: &Route, request: &Request, now: &Now) -> io::Result<Reply> {
    let book = &mut office.book;
    let name = match route {
        Route::Token => {
            let answer = sign_in::grant(&desk.credentials, book, request, now.ms, desk.token_life_s)?;
            return Ok(Reply::Whole(answer));
        }
        Route::File(name, id) => return Ok(Reply::Whole(file(office, name, *id, now))),
        Route::To(name) => *name,
        Route::Only(_) | Route::Nowhere => return Ok(Reply::Whole(pages::error(404))),
    };
    if let Some(refusal) = sign_in::refusal_of(book, request, now.ms) {
        return Ok(Reply::Whole(refusal));
    }
    let accepts = request.header("Accept").unwrap_or("");
    if accepts != "application/json" {
        book.complain(format!("{name}: Accept is {accepts:?}, the document sends application/json"));
    }
    let body = if request.method == "POST" { read_body(request) } else { Ok(Value::Null) };
    let answer = match body {
        Err(refusal) => Err(refusal),
        Ok(body) if name == "write_off" => return Ok(liquidate::liquidate(office, &body, now)),
        Ok(body) => match name {
            "customer" => reading::customers(book, request),
            "bills" => reading::bills(book, request, desk.age, now),
            "invoices" => reading::invoices(book, request, now),
            "tickets" => reading::tickets(book, request),
            "service_orders" => orders::list(book, request),
            "notes" => reading::notes(book, request, now),
            "plans" => reading::plans(request),
            "unlock" => changing::unlock(book, &body, now),
            "ticket" => changing::open_ticket(book, &body, desk.age, now),
            "send_email" | "send_sms" | "send_push" => changing::send(book, name, &body),
            "prospect" => changing::prospect(book, &body),
            "simulate" => renegotiate::simulate(book, &body, now),
            "renegotiate" => renegotiate::carry_out(book, &body, now),
            table => reading::table(table, request),
        },
    };
    let value = answer.unwrap_or_else(|refusal| {
        if refusal.breach {
            book.complain(format!("{name}: {}", refusal.errors.join(" ")));
        }
        refusal.body()
    });
    let is_error = value.get("status").and_then(Value::as_str) == Some("error");
    Ok(Reply::Whole(Answer::json(if is_error { office.control.error_status } else { 200 }, &value)))
}

fn read_body(request: &Request) -> Result<Value, Refusal> {
    let kind = request.header("Content-Type").unwrap_or("").to_ascii_lowercase();
    let body = serde_json::from_slice(&request.body).ok().filter(|_| kind.starts_with("application/json"));
    body.ok_or_else(|| Refusal { breach: true, ..Refusal::because("O corpo não é um JSON") })
}

/// Files open by their name alone.
fn file(office: &mut Office, name: &str, id: i64, now: &Now) -> Answer {
    let bytes = match name {
        "bill_pdf" => office.book.bill(id).map(|bill| listing::copy(bill, now.today)),
        _ => office.book.notes.iter().find(|note| note.id == id).map(|note| {
            pdf::page(&[
                format!("NOTA FISCAL {}", note.number),
                format!("Emissao {}", note.issued.strftime("%d/%m/%Y")),
            ])
        }),
    };
    bytes.map_or_else(|| pages::error(404), |bytes| Answer::new(200, "application/pdf", bytes))
}
