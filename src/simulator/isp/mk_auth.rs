//! MK-Auth: a token (a bare JWT) for HTTP Basic at `/api/`, customers by login, titles by uuid, every value a string, and
//! a token that has run out told as `{"error":{"text":"JWT invalido"}}` at status 200.
//!
//! Assumed: the answers to `receber` and `editar` beyond `status` and `mensagem`, and what a paid title's row says.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::book::{Book, WriteOffCall};
use super::desk::{Desk, Now, Office};
use super::field::{cents, decimal, in_uuid, phone, text, uuid};
use super::pay::{Verdict, examine, pay, settle};
use crate::simulator::erp::bills::left_cents;
use crate::simulator::erp::book::{Bill, Customer, State};
use crate::simulator::erp::pages;
use crate::simulator::erp::token::hex;
use crate::simulator::http::{Answer, Reply, Request};

/// Marks in uuids: a customer's, a title's.
const CUSTOMER: u16 = 1;
const TITLE: u16 = 2;
const FORMS: [&str; 4] = ["dinheiro", "cartao", "pix", "boleto"];

pub fn operation(request: &Request) -> &'static str {
    match *steps(request).as_slice() {
        ["api"] => "token",
        ["api", "cliente", "listar" | "show", _] => "customer",
        ["api", "titulo", "aberto" | "vencido", _] => "bills",
        ["api", "titulo", "show", _] => "bill",
        ["api", "titulo", "receber"] => "write_off",
        ["api", "cliente", "editar"] => "unlock",
        _ => "other",
    }
}

fn steps(request: &Request) -> Vec<&str> {
    request.path.trim_matches('/').split('/').collect()
}

fn nothing() -> Answer {
    Answer::json(200, &json!({"mensagem": "Registro não encontrado"}))
}

fn no(why: &str) -> Answer {
    Answer::json(200, &json!({"status": "erro", "mensagem": why}))
}

pub fn serve(desk: &Desk, office: &mut Office, request: &Request, now: &Now) -> io::Result<Reply> {
    let operation = operation(request);
    let changes = matches!(operation, "write_off" | "unlock");
    let method = if changes { "PUT" } else { "GET" };
    if operation == "other" || request.method != method {
        office.book.complain(format!("{} {}: no such resource", request.method, request.path));
        return Ok(Reply::Whole(pages::login()));
    }
    if operation == "token" {
        if !desk.credentials.open(request.header("Authorization")) {
            // words at status 200, where a token was expected
            return Ok(Reply::Whole(Answer::new(200, "text/html; charset=utf-8", "Acesso nao autorizado")));
        }
        let token = token(now, desk.token_life_ms)?;
        office.issue(token.clone(), now.ms.saturating_add(desk.token_life_ms), now);
        return Ok(Reply::Whole(Answer::new(200, "text/html; charset=utf-8", token)));
    }
    if !office.knows_bearer(request.header("Authorization"), now) {
        return Ok(Reply::Whole(Answer::json(200, &json!({"error": {"text": "JWT invalido"}}))));
    }
    let steps = steps(request);
    let last = steps.last().copied().unwrap_or("");
    let body: Value = if method == "GET" {
        Value::Null
    } else {
        match serde_json::from_slice(&request.body) {
            Ok(body) => body,
            Err(_) => return Ok(Reply::Whole(no("JSON invalido"))),
        }
    };
    let answer = match operation {
        "customer" if steps.get(2) == Some(&"listar") => list(office, last),
        "customer" => match by_login(&office.book, last) {
            Some(customer) => Answer::json(200, &row(customer)),
            None => nothing(),
        },
        "bills" => titles(office, last, steps.get(2) == Some(&"vencido"), now)?,
        "bill" => match in_uuid(TITLE, last).filter(|id| office.book.bill(*id).is_some()) {
            Some(id) => Answer::json(200, &title(office, id, now)?),
            None => nothing(),
        },
        "write_off" => {
            let call = noted(&body, now);
            let order = "Coletor nao encontrado";
            return Ok(pay(
                office,
                call,
                |book, call| receive(book, &body, call, now),
                order,
                |verdict, _| said(verdict),
            ));
        }
        _ => edit(&mut office.book, &body, now),
    };
    Ok(Reply::Whole(answer))
}

/// Signed with noise: a client cannot check it, and the book knows what it gave.
fn token(now: &Now, life_ms: i64) -> io::Result<String> {
    let (from, to) = (now.ms / 1000, (now.ms + life_ms) / 1000);
    let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"HS512"}"#);
    let claims = URL_SAFE_NO_PAD.encode(format!(r#"{{"iat":{from},"exp":{to},"jti":"{}"}}"#, hex(8)?));
    Ok(format!("{head}.{claims}.{}", URL_SAFE_NO_PAD.encode(hex(32)?)))
}

fn login(customer: &Customer) -> String {
    format!("cliente{}", customer.id)
}

/// Titles and customers are found by login, and by document too.
fn by_login<'a>(book: &'a Book, wanted: &str) -> Option<&'a Customer> {
    book.customers.iter().find(|it| login(it) == wanted || it.cpf == wanted)
}

/// One account is one contract: the first that is alive.
fn row(customer: &Customer) -> Value {
    let contract = customer.contracts.iter().find(|it| it.status != "CANCELADO");
    let status = contract.map_or("", |it| it.status.as_str());
    let yes = |is: bool| if is { "sim" } else { "nao" };
    json!({
        "id": customer.id.to_string(), "uuid_cliente": uuid(CUSTOMER, customer.id), "login": login(customer),
        "nome": customer.name, "cpf_cnpj": customer.cpf, "nascimento": customer.birth.strftime("%d/%m/%Y").to_string(),
        "celular": phone(&customer.mobile), "fone": customer.landline.as_deref().map(phone).unwrap_or_default(),
        "plano": contract.map_or("", |it| it.plan.as_str()), "cli_ativado": "s", "senha": "segredo",
        "bloqueado": yes(status.starts_with("SUSPENSO")), "observacao": yes(status == "HABILITADO EM CONFIANCA"),
        "endereco": "RUA INVENTADA",
    })
}

/// `campo=valor`, joined by `&`.
fn list(office: &mut Office, filter: &str) -> Answer {
    let mut document = None;
    for (name, value) in crate::simulator::http::pairs(filter) {
        match name.as_str() {
            "cpf_cnpj" => document = Some(value),
            "pagina" | "limite" => {}
            _ => {
                office.book.complain(format!("cliente/listar: no such filter {name}"));
                return no("Filtro invalido");
            }
        }
    }
    let found: Vec<Value> = office
        .book
        .customers
        .iter()
        .filter(|it| document.as_ref().is_none_or(|wanted| *wanted == it.cpf))
        .map(row)
        .collect();
    if found.is_empty() {
        return nothing();
    }
    Answer::json(200, &json!({"total_registros": found.len(), "clientes": found}))
}

fn titles(office: &mut Office, wanted: &str, overdue: bool, now: &Now) -> io::Result<Answer> {
    let Some(customer) = by_login(&office.book, wanted).map(|it| it.id) else { return Ok(nothing()) };
    let of = |bill: &&Bill| bill.state == State::Open && (bill.due < now.today) == overdue;
    let ids: Vec<i64> = office.book.bills_of(customer).filter(of).map(|bill| bill.id).collect();
    if ids.is_empty() {
        return Ok(nothing());
    }
    let mut rows = Vec::new();
    for id in ids {
        rows.push(title(office, id, now)?);
    }
    Ok(Answer::json(200, &json!({"Total": rows.len(), "titulos": rows})))
}

/// The value is the original one: fine and interest are only in the linha and in the PIX.
fn title(office: &mut Office, id: i64, now: &Now) -> io::Result<Value> {
    let code = office.pix(id, false, now)?;
    let line = office.line(id, now.today);
    let Some(bill) = office.book.bill(id) else { return Ok(Value::Null) };
    let owner = office.book.customer(bill.customer).map(login).unwrap_or_default();
    let (status, paid_on, paid) = match bill.state {
        State::Open if bill.due < now.today => ("vencido", Value::Null, Value::Null),
        State::Open => ("aberto", Value::Null, Value::Null),
        State::Paid { paid_on, paid_cents, .. } => {
            ("pago", json!(format!("{paid_on} 10:00:00")), json!(decimal(paid_cents)))
        }
    };
    Ok(json!({
        "id": id.to_string(), "titulo": id.to_string(), "uuid": uuid(TITLE, id), "uuid_lanc": uuid(TITLE, id),
        "login": owner, "datavenc": format!("{} 00:00:00", bill.due), "valor": decimal(left_cents(bill)),
        "status": status, "datapag": paid_on, "valorpag": paid, "nossonum": bill.slip_number, "url": null,
        "linhadig": line.unwrap_or_default(), "pix": code.unwrap_or_default(), "pix_link": "", "tipo": "mensalidade",
        "descricao": format!("Mensalidade {}", bill.due.strftime("%m/%Y")),
    }))
}

fn noted(body: &Value, now: &Now) -> WriteOffCall {
    let own = |key: &str| text(body, key).map(str::to_owned);
    WriteOffCall {
        at_ms: now.ms,
        bill: text(body, "uuid").and_then(|uuid| in_uuid(TITLE, uuid)),
        paid_cents: text(body, "valor").and_then(cents),
        date: Some(now.today.to_string()),
        method: own("forma"),
        account: own("coletor"),
        ..WriteOffCall::default()
    }
}

/// There is no date: a title is received on the day it is told.
fn receive(book: &mut Book, body: &Value, call: &mut WriteOffCall, now: &Now) -> Verdict {
    let refused = |why: &str| Verdict::Refused(why.to_owned());
    let (bill, left, on) = match examine(book, call, Some(now.today), now) {
        Ok(found) => found,
        Err(verdict) => return verdict,
    };
    if text(body, "coletor").is_none_or(str::is_empty) {
        return refused("Coletor nao informado");
    }
    if !text(body, "forma").is_some_and(|form| FORMS.contains(&form)) {
        return refused("Forma de pagamento invalida");
    }
    if call.paid_cents.is_none_or(|paid| paid < left) {
        return refused("Valor invalido");
    }
    settle(book, call, bill, on)
}

fn said(verdict: &Verdict) -> Answer {
    match verdict {
        Verdict::Done => Answer::json(200, &json!({"status": "sucesso", "mensagem": "Titulo recebido com sucesso"})),
        Verdict::AlreadySettled => no("Titulo ja foi pago"),
        Verdict::Refused(why) => no(why),
    }
}

/// The unlock on trust is an edit of the customer: a mark and the time at which it ends.
fn edit(book: &mut Book, body: &Value, now: &Now) -> Answer {
    let told = body
        .as_object()
        .is_some_and(|body| body.keys().all(|key| ["uuid", "observacao", "data_desbloq"].contains(&key.as_str())));
    let until = text(body, "data_desbloq")
        .and_then(|time| time.split_once(' '))
        .is_some_and(|(date, time)| super::field::iso(date).is_some_and(|date| date >= now.today) && time.len() == 8);
    if !told || !until || text(body, "observacao") != Some("sim") {
        return no("Campos invalidos");
    }
    let customer = text(body, "uuid").and_then(|uuid| in_uuid(CUSTOMER, uuid)).and_then(|id| book.customer(id));
    let contract = customer.and_then(|it| it.contracts.iter().find(|it| it.status != "CANCELADO")).map(|it| it.id);
    let Some(contract) = contract else { return nothing() };
    // the field takes any value at any time: whether a block was lifted is not told
    let _ = book.unlock(contract, now.ms, now.today);
    Answer::json(200, &json!({"status": "sucesso", "mensagem": "Registro alterado com sucesso"}))
}
