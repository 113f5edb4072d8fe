//! The operations of document 001: who may ask, what is asked, and the answer in the document's shape.

use std::io;

use serde_json::{Value, json};

use super::book::{Book, PixCharge, State};
use super::control::Trick;
use super::customers::Window;
use super::desk::{Desk, Now, Office};
use super::operation::Operation;
use super::write_off::{self, Verdict};
use super::{bills, changes, counter, customers, pages, tables, token, visits};
use crate::simulator::http::{Answer, Reply, Request};

/// Answers a request that has come through: signs it in, reads it, and does what it asks.
pub fn serve(
    desk: &Desk,
    office: &mut Office,
    operation: &Operation,
    request: &Request,
    now: &Now,
) -> io::Result<Reply> {
    let read = sign_in(desk, &office.book, operation, request, now)
        .and_then(|renewals| Ok((renewals, read_body(operation, request)?)));
    let (renewals, body) = match read {
        Ok(read) => read,
        Err(refusal) => return Ok(Reply::Whole(refusal)),
    };
    let book = &mut office.book;
    let value = match operation {
        Operation::Token => json!({"token": token::issue(book, now.ms, desk.token_life_ms, 0)?}),
        Operation::RenewToken => json!({"token": token::issue(book, now.ms, desk.token_life_ms, renewals + 1)?}),
        Operation::CustomerByDocument => match (body.get("cpfcnpj").and_then(Value::as_str), window(request)) {
            (None, _) => invalid("cpfcnpj"),
            (_, Err(field)) => invalid(field),
            (Some(cpf), Ok(window)) => customers::file(book, book.customer_by_document(cpf), &window, now.today),
        },
        Operation::CustomerById(id) => match window(request) {
            Err(field) => invalid(field),
            Ok(window) => customers::file(book, book.customer(*id), &window, now.today),
        },
        Operation::Contact(id) => customers::contact(book.customer(*id), &desk.zone),
        Operation::OpenBills(id) => {
            book.bills_of(*id).filter(|bill| bill.state == State::Open).map(bills::short).collect()
        }
        Operation::AllBills(document) => match book.customer_by_document(document) {
            None => json!({"ClienteEncontrato": false, "Faturas": []}),
            Some(customer) => {
                let rows: Vec<_> = book.bills_of(customer.id).map(|bill| bills::in_history(bill, now.today)).collect();
                json!({"ClienteEncontrato": true, "Faturas": rows})
            }
        },
        Operation::BoletoLine(id) => json!(bills::line(book, *id, now.today).as_deref().unwrap_or("FALHA")),
        Operation::BoletoPdf(id) => match bills::copy(book, *id, now.today) {
            Some(file) => return Ok(Reply::Whole(Answer::new(200, "application/pdf", file))),
            None => json!("FALHA"),
        },
        Operation::WriteOff => return Ok(pay(office, &body, now)),
        Operation::Brands => tables::brands(request.asked("adquirente")),
        Operation::Methods => tables::methods(),
        Operation::Accounts(method) => tables::accounts(*method),
        Operation::Pix => find_pix(book, &body, now.ms)?,
        Operation::TrustUnlock => counter::unlock(book, &body, now.today),
        Operation::OpenTicket => counter::open_ticket(book, &body, now),
        Operation::Tickets(customer) => counter::tickets(book, *customer, &desk.zone),
        Operation::SendByEmail(customer) => counter::send_by_email(book, *customer, &body),
        Operation::SendBySms => counter::send_by_sms(book, &body),
        Operation::DueDays => match request.asked("isPrePago") {
            Some(kind @ ("s" | "n")) => changes::due_days(kind == "s"),
            _ => invalid("isPrePago"),
        },
        Operation::AcceptContract(contract) => counter::accept(book, *contract),
        Operation::ContractFile(contract) => match counter::contract_file(book, *contract) {
            Some(file) => return Ok(Reply::Whole(Answer::new(200, "application/pdf", file))),
            None => json!("FALHA"),
        },
        Operation::ChangeDueDay => changes::change_due_day(book, &body),
        Operation::Notifications => changes::notifications(book, &body),
        Operation::Profile => match changes::profile(book, &body) {
            Ok(text) => return Ok(Reply::Whole(Answer::new(200, "application/json", text))),
            Err(said) => said,
        },
        Operation::MayBeDigital(customer) => changes::may_be_digital(book, *customer, &body),
        Operation::Digital(customer) => changes::digital(book, *customer, &body),
        Operation::Pausable(customer) => changes::pausable(book, *customer, now.today),
        Operation::Pause => changes::pause(book, &body, now.today),
        Operation::ResetPassword => changes::reset_password(book, &body),
        Operation::Visits(customer) => visits::booked(book, *customer, &desk.zone),
        Operation::Slots(visit, day, turn) => {
            visits::slots(book, *visit, day, turn, request.asked("qtdeDiasLimite"), &desk.zone)
        }
        Operation::MoveVisit => visits::reschedule(book, &body, now.today),
        Operation::CancelVisit => visits::cancel(book, &body, office.control.cancelling_undoes_a_move),
        Operation::RateVisit => visits::rate(book, &body),
    };
    Ok(Reply::Whole(Answer::json(200, &value)))
}

/// How often the token that opens this call was renewed; `gerar` asks for none.
fn sign_in(desk: &Desk, book: &Book, operation: &Operation, request: &Request, now: &Now) -> Result<u64, Answer> {
    let refusal = Answer::json(401, &json!("UNAUTHORIZED"));
    if !desk.credentials.open(request.header("Authorization")) {
        return Err(refusal.with("WWW-Authenticate", "Basic realm=\"webservice\""));
    }
    if *operation == Operation::Token {
        return Ok(0);
    }
    token::recognise(book, request.header("Token"), now.ms).map(|token| token.renewals).ok_or(refusal)
}

fn read_body(operation: &Operation, request: &Request) -> Result<Value, Answer> {
    if !operation.has_body() {
        return Ok(Value::Null);
    }
    let kind = request.header("Content-Type").unwrap_or("").to_ascii_lowercase();
    if !kind.starts_with("application/json") {
        return Err(Answer::json(415, &json!("UNSUPPORTED_MEDIA_TYPE")));
    }
    serde_json::from_slice(&request.body).map_err(|_| Answer::json(400, &json!("BAD_REQUEST")))
}

/// "Pagar fatura", with what the control file has in store for it.
fn pay(office: &mut Office, body: &Value, now: &Now) -> Reply {
    let Office { book, control, .. } = office;
    let trick = control.trick(&mut book.orders);
    let mut call = write_off::noted(body, now.ms);
    let done = match trick {
        None | Some(Trick::LoseAnswer) => true,
        Some(Trick::LoseRequest | Trick::Reject) => false,
        Some(Trick::InternalError { done } | Trick::Html { done } | Trick::Empty { done }) => done,
    };
    let verdict = if done {
        write_off::carry_out(book, body, &mut call, now.latest)
    } else {
        Verdict::Invalid("IDContaFinanceira")
    };
    let json = |value: Value| {
        let status = if value.is_object() { control.error_status } else { 200 };
        Reply::Whole(Answer::json(status, &value))
    };
    let reply = match trick {
        None | Some(Trick::Reject) => json(verdict.body()),
        Some(Trick::LoseRequest | Trick::LoseAnswer) => Reply::Silence,
        Some(Trick::InternalError { .. }) => json(json!({"error": "INTERNAL_SERVER_ERROR"})),
        Some(Trick::Html { .. }) => Reply::Whole(pages::login()),
        Some(Trick::Empty { .. }) => Reply::Whole(Answer::new(200, "application/json", "")),
    };
    if let Reply::Whole(answer) = &reply {
        call.answer = Some(String::from_utf8_lossy(&answer.body).into_owned());
    }
    book.write_offs.push(call);
    reply
}

/// `pix/buscar` (erp.md 5.2): the same code for a bill however often it is asked for.
fn find_pix(book: &mut Book, body: &Value, now_ms: i64) -> io::Result<Value> {
    let integer = |key: &str| body.get(key).and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok()));
    let Some(bill) = integer("idFatura").and_then(|id| book.bill(id)) else { return Ok(invalid("idFatura")) };
    if integer("idCliente") != Some(bill.customer) {
        return Ok(invalid("idCliente"));
    }
    let document = body.get("documentoCliente").filter(|document| !document.is_null());
    if document.is_some_and(|document| document.as_str().and_then(|cpf| book.customer_by_document(cpf)).is_none()) {
        return Ok(invalid("documentoCliente"));
    }
    if bill.state != State::Open {
        return Ok(Verdict::AlreadySettled.body());
    }
    if !bill.has_pix {
        return Ok(json!({"resposta": ""}));
    }
    let id = bill.id;
    if let Some(charge) = book.pix.iter().find(|charge| charge.bill == id) {
        return Ok(json!({"resposta": bills::pix_code(&charge.token)}));
    }
    let token = token::hex(16)?;
    let code = bills::pix_code(&token);
    book.pix.push(PixCharge { bill: id, token, asked_at_ms: now_ms });
    Ok(json!({"resposta": code}))
}

fn window(request: &Request) -> Result<Window, &'static str> {
    let day = |name| match request.asked(name) {
        None => Ok(None),
        Some(text) => write_off::date(text).map(Some).ok_or(name),
    };
    Ok(Window { from: day("dataInicioVencFatura")?, to: day("dataFimVencFatura")? })
}

fn invalid(field: &'static str) -> Value {
    Verdict::Invalid(field).body()
}
