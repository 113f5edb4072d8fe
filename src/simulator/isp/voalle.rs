//! Voalle (Elleven): a token by client credentials and a third secret, JSON in `{success, messages, response}`, and
//! payments that are accepted first and carried out a moment later, once for each `transactionId`.
//!
//! One port here, where the vendor has two (sign-in and everything else). Assumed: what is said of an unknown document,
//! the names of a contract's fields, and the values of a payment's status.

use std::io;

use serde_json::{Value, json};

use super::book::{Book, Kept, Transaction, WriteOffCall};
use super::desk::{Desk, Now, Office, copy};
use super::field::{iso, number_cents, phone, text};
use super::pay::{Verdict, examine, pay};
use crate::simulator::erp::bills::{charges, left_cents, reais};
use crate::simulator::erp::book::{Bill, State};
use crate::simulator::erp::pages;
use crate::simulator::erp::token::hex;
use crate::simulator::http::{Answer, Reply, Request, pairs};

const BASE: &str = "/external/integrations/thirdparty/";
const FORMS: [&str; 3] = ["CC", "CD", "PIX"];
const ACCOUNTS: [&str; 2] = ["001", "TOTEM"];

pub fn operation(request: &Request) -> &'static str {
    if request.path == "/connect/token" {
        return "token";
    }
    match *steps(request).as_slice() {
        ["people", "txid", _] => "customer",
        ["contract", "getpaged"] => "contracts",
        ["getopentitlesbytxid" | "gettitlesbytxid", _] => "bills",
        ["GetBillet", _] => "pdf",
        ["billings", "registerpix"] => "pix",
        ["receivepayment"] => "write_off",
        ["consultpayment"] => "write_off_status",
        ["contracts", "unlock", _] => "unlock",
        _ => "other",
    }
}

fn steps(request: &Request) -> Vec<&str> {
    request.path.strip_prefix(BASE).map(|rest| rest.split('/').collect()).unwrap_or_default()
}

fn yes(response: &Value) -> Answer {
    Answer::json(200, &json!({"success": true, "messages": null, "response": response, "dataResponseType": "success"}))
}

fn no(why: &str) -> Answer {
    let messages = json!([{"message": why, "code": 300, "type": "Error"}]);
    Answer::json(200, &json!({"success": false, "messages": messages, "response": null}))
}

pub fn serve(desk: &Desk, office: &mut Office, request: &Request, now: &Now) -> io::Result<Reply> {
    let operation = operation(request);
    if operation == "token" && request.method == "POST" {
        return sign_in(desk, office, request, now).map(Reply::Whole);
    }
    if operation == "other" {
        office.book.complain(format!("{} {}: no such path", request.method, request.path));
        let outside = !request.path.starts_with("/external/");
        return Ok(Reply::Whole(if outside { pages::login() } else { pages::error(404) }));
    }
    if !office.knows_bearer(request.header("Authorization"), now) {
        return Ok(Reply::Whole(Answer::new(401, "text/plain", "").with("WWW-Authenticate", "Bearer")));
    }
    let posts = ["contracts", "pix", "write_off", "unlock"].contains(&operation);
    if request.method != if posts { "POST" } else { "GET" } {
        office.book.complain(format!("{} {}: wrong method", request.method, request.path));
        return Ok(Reply::Whole(pages::error(405)));
    }
    let body: Value = if posts && operation != "pix" {
        match serde_json::from_slice(&request.body) {
            Ok(body) => body,
            Err(_) => return Ok(Reply::Whole(Answer::json(400, &json!({"title": "Bad Request"})))),
        }
    } else {
        Value::Null
    };
    let steps = steps(request);
    let last = steps.last().copied().unwrap_or("");
    let answer = match operation {
        "customer" => person(office, last),
        "contracts" => contracts(office, &body),
        "bills" => titles(office, last, steps.first() == Some(&"getopentitlesbytxid"), now)?,
        "pdf" => match last.parse().ok().and_then(|id| office.book.bill(id)) {
            Some(bill) if bill.state == State::Open => {
                Answer::new(200, "application/pdf", copy(office, bill, now.today))
            }
            _ => no("Título não encontrado."),
        },
        "pix" => match request.asked("receivableId").and_then(|id| id.parse().ok()) {
            None => no("Título não encontrado."),
            Some(id) => match office.pix(id, true, now)? {
                Some(code) => yes(&json!({"registerId": id, "qrCode": code, "hybridBillet": true})),
                None => no("Não foi possível gerar o PIX."),
            },
        },
        "write_off" => {
            let (call, id) = (noted(&body, now), uuid()?);
            let key = call.key.clone();
            let carry_out =
                |book: &mut Book, call: &mut WriteOffCall| accept(book, &body, call, &id, now, desk.processing_ms);
            return Ok(pay(office, call, carry_out, "Código da conta bancária inválido.", |verdict, book| {
                said(verdict, book, key.as_deref())
            }));
        }
        "write_off_status" => status(office, request.asked("syngwtransactionid").unwrap_or("")),
        _ => unlock(&mut office.book, last, now),
    };
    Ok(Reply::Whole(answer))
}

fn sign_in(desk: &Desk, office: &mut Office, request: &Request, now: &Now) -> io::Result<Answer> {
    let form = pairs(&String::from_utf8_lossy(&request.body));
    let is = |key: &str, wanted: &str| form.iter().any(|(name, value)| name == key && value == wanted);
    let refused = |error: &str| Ok(Answer::json(400, &json!({"error": error})));
    if !is("grant_type", "client_credentials") {
        return refused("unsupported_grant_type");
    }
    if !is("scope", "syngw") {
        return refused("invalid_scope");
    }
    if !is("client_id", &desk.credentials.user) || !is("client_secret", &desk.credentials.password) {
        return refused("invalid_client");
    }
    if !is("syndata", &desk.syndata) {
        return refused("invalid_grant");
    }
    let token = hex(24)?;
    office.issue(token.clone(), now.ms.saturating_add(desk.token_life_ms), now);
    let life = desk.token_life_ms / 1000;
    Ok(Answer::json(200, &json!({"access_token": token, "expires_in": life, "token_type": "Bearer", "scope": "syngw"})))
}

fn person(office: &Office, document: &str) -> Answer {
    let Some(found) = office.book.by_document(document) else { return no("Pessoa não encontrada.") };
    yes(&json!({
        "id": found.id, "name": found.name, "name2": "", "txId": found.cpf, "status": 1,
        "email": format!("cliente{}@example.com", found.id), "birthDate": format!("{}T00:00:00", found.birth),
        "phone": found.landline.as_deref().map(phone).unwrap_or_default(), "cellPhone": phone(&found.mobile),
        "mainAddress": {"street": "RUA INVENTADA", "number": "1"}, "titles": [],
    }))
}

fn contracts(office: &Office, body: &Value) -> Answer {
    let page = body.get("page").and_then(Value::as_u64);
    let size = body.get("pageSize").and_then(Value::as_u64);
    let (Some(page), Some(size @ 1..=1000)) = (page, size) else { return no("Paginação inválida.") };
    let Some(customer) = text(body, "txId").and_then(|document| office.book.by_document(document)) else {
        return yes(&json!({"data": [], "totalRecords": 0, "page": page}));
    };
    let active = body.get("onlyActiveContracts").and_then(Value::as_bool).unwrap_or(false);
    let wanted = customer.contracts.iter().filter(|it| !active || it.status != "CANCELADO");
    let rows: Vec<Value> = wanted
        .map(|it| {
            let status = match it.status.as_str() {
                "SUSPENSO" | "SUSPENSO PARCIALMENTE" => "Bloqueio Financeiro",
                "HABILITADO EM CONFIANCA" => "Liberado em Confiança",
                "CANCELADO" => "Cancelado",
                _ => "Normal",
            };
            let number = it.id.to_string();
            json!({"id": it.id, "contractNumber": number, "description": it.plan, "statusDescription": status})
        })
        .collect();
    let (from, total) = ((page.max(1) - 1) * size, rows.len());
    let shown: Vec<Value> =
        (0_u64..).zip(rows).filter(|(at, _)| (from..from + size).contains(at)).map(|it| it.1).collect();
    yes(&json!({"data": shown, "totalRecords": total, "page": page}))
}

fn titles(office: &mut Office, document: &str, open_only: bool, now: &Now) -> io::Result<Answer> {
    let Some(customer) = office.book.by_document(document).map(|it| it.id) else {
        return Ok(no("Pessoa não encontrada."));
    };
    let all = office.book.bills_of(customer).filter(|bill| !open_only || bill.state == State::Open);
    let ids: Vec<i64> = all.map(|bill| bill.id).collect();
    let mut rows = Vec::new();
    for id in ids {
        let code = office.pix(id, false, now)?.unwrap_or_default();
        let line = office.line(id, now.today).unwrap_or_default();
        if let Some(bill) = office.book.bill(id) {
            rows.push(title(bill, open_only, &line, &code, now));
        }
    }
    Ok(yes(&Value::Array(rows)))
}

/// The status stands only in the list of all.
fn title(bill: &Bill, open_only: bool, line: &str, code: &str, now: &Now) -> Value {
    let late = charges(bill, now.today);
    let known = bill.tells_charges && late.cents > 0;
    let fine = if known { (bill.value_cents * 2 + 50) / 100 } else { 0 };
    let interest = if known { late.cents - fine } else { 0 };
    let status = match bill.state {
        _ if open_only => Value::Null,
        State::Paid { .. } => json!("Paga"),
        State::Open if bill.due < now.today => json!("Vencida"),
        State::Open => json!("Em aberto"),
    };
    let midnight = |date: jiff::civil::Date| format!("{date}T00:00:00");
    let mut row = json!({
        "id": bill.id,
        "billet": {
            "bankTitleNumber": bill.slip_number, "barcode": null, "typefulLine": line, "pixQRCode": code,
            "title": format!("FAT{}", bill.id), "issueDate": midnight(bill.due), "expirationDate": midnight(bill.due),
            "processingDate": midnight(bill.due),
            "amount": {
                "value": reais(left_cents(bill)), "finalValue": reais(left_cents(bill) + fine + interest),
                "discount": 0.0, "fine": reais(fine), "interest": reais(interest),
            },
        },
        "client": {"name": "PESSOA INVENTADA"}, "companyPlace": null, "bank": null, "collectionType": null,
    });
    if let (Some(row), false) = (row.as_object_mut(), status.is_null()) {
        row.insert("status".into(), status);
    }
    row
}

fn noted(body: &Value, now: &Now) -> WriteOffCall {
    let own = |key: &str| text(body, key).map(str::to_owned);
    WriteOffCall {
        at_ms: now.ms,
        bill: body.get("financialReceivableTitleId").and_then(Value::as_i64),
        paid_cents: body.get("paidAmount").and_then(number_cents),
        date: own("ReceiptDate"),
        method: own("PaymentFormCode"),
        account: own("BankAccountCode"),
        comment: own("message"),
        key: own("transactionId").map(|key| key.to_ascii_lowercase()),
        ..WriteOffCall::default()
    }
}

/// A known key is the payment that it named before, whatever else is said. A new one waits its turn.
fn accept(book: &mut Book, body: &Value, call: &mut WriteOffCall, id: &str, now: &Now, wait_ms: i64) -> Verdict {
    let refused = |why: &str| Verdict::Refused(why.to_owned());
    let Some(key) = call.key.clone().filter(|key| is_guid(key)) else { return refused("TransactionId inválido.") };
    if book.transactions.iter().any(|known| known.key == key) {
        return Verdict::Done;
    }
    let on = text(body, "ReceiptDate").and_then(iso);
    let (_, left, _) = match examine(book, call, on, now) {
        Ok(found) => found,
        Err(verdict) => return verdict,
    };
    if text(body, "ClientPaidDate").and_then(iso).is_none_or(|paid| paid > now.latest) {
        return refused("ClientPaidDate inválida.");
    }
    if !text(body, "PaymentFormCode").is_some_and(|code| FORMS.contains(&code)) {
        return refused("Código da forma de pagamento inválido.");
    }
    if !text(body, "BankAccountCode").is_some_and(|code| ACCOUNTS.contains(&code)) {
        return refused("Código da conta bancária inválido.");
    }
    if call.paid_cents.is_none_or(|paid| paid < left) {
        return refused("Valor pago inferior ao valor do título.");
    }
    let ready_at_ms = now.ms.saturating_add(wait_ms);
    let call = call.clone();
    book.transactions.push(Transaction { key, id: id.to_owned(), call, ready_at_ms, outcome: String::new() });
    Verdict::Done
}

fn is_guid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [8, 4, 4, 4, 12] && parts.concat().bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn uuid() -> io::Result<String> {
    let digits = hex(16)?;
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("");
    Ok(format!("{}-{}-4{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32)))
}

/// The gateway's own id of the payment of that key, the first time as every other time.
fn said(verdict: &Verdict, book: &Book, key: Option<&str>) -> Answer {
    match verdict {
        Verdict::Done => {
            let known = book.transactions.iter().find(|it| Some(it.key.as_str()) == key);
            yes(&json!({"synGwTransactionId": known.map(|it| it.id.clone())}))
        }
        Verdict::AlreadySettled => no("O título informado já está baixado."),
        Verdict::Refused(why) => no(why),
    }
}

fn status(office: &Office, id: &str) -> Answer {
    let Some(found) = office.book.transactions.iter().find(|it| it.id == id) else {
        return no("Transação não encontrada.");
    };
    let (value, label, message) = match found.outcome.as_str() {
        "" => (1, "Pendente", ""),
        "processed" => (2, "Processado", "Recebimento efetuado"),
        _ => (3, "Erro", "O título já está baixado"),
    };
    yes(&json!({
        "integratorTransactionId": found.key, "status": {"value": value, "label": label},
        "processed": if value == 1 { "" } else { "2026-01-01T00:00:00" }, "message": message,
    }))
}

fn unlock(book: &mut Book, number: &str, now: &Now) -> Answer {
    match number.parse().map_or(Err(Kept::Unknown), |id| book.unlock(id, now.ms, now.today)) {
        Ok(_) => yes(&json!({})),
        Err(Kept::NotBlocked) => no("O contrato não está bloqueado."),
        Err(Kept::AlreadyOnTrust) => no("O contrato já foi desbloqueado neste período."),
        Err(Kept::Unknown) => no("Contrato não encontrado."),
    }
}
