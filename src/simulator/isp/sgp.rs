//! SGP (TSMX): forms with `app` and `token` in them, and whatever is no address of the API is the login page at status 200.
//!
//! Assumed: the words of a repeated write-off, 401 for a wrong token, and the answer of `pagamento/pix`.

use std::io;

use serde_json::{Value, json};

use super::Voice;
use super::book::{Book, Kept, WriteOffCall};
use super::desk::{Desk, Now, Office, copy};
use super::field::{cents, iso, phone};
use super::pay::{Verdict, examine, pay, settle};
use crate::simulator::erp::bills::{due_cents, left_cents, reais};
use crate::simulator::erp::book::{Bill, Contract, Customer, State};
use crate::simulator::erp::pages;
use crate::simulator::http::{Answer, Reply, Request, pairs};

const MOST: usize = 250;
const METHODS: [&str; 4] = ["DINHEIRO", "CARTAO", "DEBITO", "PIX"];
/// Cash desks (`ponto_recebimento`); without one it is the boleto's own.
const DESKS: [&str; 3] = ["1", "2", "3"];

struct Form(Vec<(String, String)>);

impl Form {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    fn id(&self, key: &str) -> Option<i64> {
        self.get(key)?.parse().ok()
    }
}

fn steps(request: &Request) -> Vec<&str> {
    request.path.trim_matches('/').split('/').collect()
}

pub fn operation(request: &Request) -> &'static str {
    let form = Form(pairs(&String::from_utf8_lossy(&request.body)));
    match *steps(request).as_slice() {
        ["api", "ura", "consultacliente"] => "customer",
        ["api", "ura", "titulos"] if form.get("titulo_id").is_some() => "bill",
        ["api", "ura", "titulos"] => "bills",
        ["api", "ura", "pagamento", "pix", _] => "pix",
        ["boleto", _] => "pdf",
        ["api", "banco", "titulo", _, "baixar"] => "write_off",
        ["api", "ura", "liberacaopromessa"] => "unlock",
        ["api", "ura", "chamado"] => "ticket",
        _ => "other",
    }
}

fn no(words: &str) -> Answer {
    Answer::json(200, &json!({"status": 0, "msg": words}))
}

pub fn serve(desk: &Desk, office: &mut Office, request: &Request, now: &Now) -> io::Result<Reply> {
    let operation = operation(request);
    let steps = steps(request);
    if operation == "pdf" && request.method == "GET" {
        let named = steps.last().and_then(|file| file.strip_suffix(".pdf")?.rsplit('-').next()?.parse().ok());
        let file = named.and_then(|id| office.book.bill(id)).map(|bill| copy(office, bill, now.today));
        let found = file.map(|file| Answer::new(200, "application/pdf", file));
        return Ok(Reply::Whole(found.unwrap_or_else(|| pages::error(404))));
    }
    // the trailing slash is part of an address: without it the framework shows the front door
    if operation == "other" || request.method != "POST" || !request.path.ends_with('/') {
        office.book.complain(format!("{} {}: no such address", request.method, request.path));
        return Ok(Reply::Whole(pages::login()));
    }
    let kind = request.header("Content-Type").unwrap_or("").to_ascii_lowercase();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        office.book.complain(format!("{}: no form", request.path));
        return Ok(Reply::Whole(Answer::json(415, &json!({"detail": "Unsupported media type"}))));
    }
    let form = Form(pairs(&String::from_utf8_lossy(&request.body)));
    let signed =
        form.get("app") == Some(&desk.credentials.user) && form.get("token") == Some(&desk.credentials.password);
    if !signed {
        return Ok(Reply::Whole(Answer::json(401, &json!({"detail": "Token ou app inválido"}))));
    }
    let answer = match operation {
        "customer" => customer(office, &form),
        "bills" | "bill" => titles(office, request, &form, now)?,
        "pix" => pix(office, steps.last().copied(), &form, now)?,
        "write_off" => {
            let call = noted(steps.get(3).and_then(|id| id.parse().ok()), &form, now);
            let words = |verdict: &Verdict, _: &Book| said(verdict, desk.voice);
            return Ok(pay(office, call, |book, call| receive(book, &form, call, now), "Caixa fechado", words));
        }
        "unlock" => unlock(&mut office.book, &form, now),
        _ => ticket(&mut office.book, &form, now),
    };
    Ok(Reply::Whole(answer))
}

fn customer(office: &Office, form: &Form) -> Answer {
    let found = form.get("cpfcnpj").and_then(|document| {
        let digits: String = document.chars().filter(char::is_ascii_digit).collect();
        office.book.by_document(&digits)
    });
    let Some(customer) = found else {
        return Answer::json(200, &json!({"msg": "Cliente não encontrado", "contratos": []}));
    };
    let contracts: Vec<Value> = customer.contracts.iter().map(|it| contract(office, customer, it)).collect();
    Answer::json(200, &json!({"msg": "", "contratos": contracts}))
}

fn contract(office: &Office, owner: &Customer, it: &Contract) -> Value {
    let (status, display) = match it.status.as_str() {
        "SUSPENSO" => (4, "Suspenso"),
        "SUSPENSO PARCIALMENTE" => (7, "Ativo V. Reduzida"),
        "CANCELADO" => (3, "Cancelado"),
        // an unlock on trust is an active contract
        _ => (1, "Ativo"),
    };
    let open = office.book.bills_of(owner.id).filter(|bill| bill.state == State::Open).count();
    json!({
        "contratoId": it.id, "clienteId": owner.id, "razaoSocial": owner.name, "cpfCnpj": owner.cpf,
        "telefones": [phone(&owner.mobile)], "emails": [format!("cliente{}@example.com", owner.id)],
        "contratoStatus": status, "contratoStatusDisplay": display, "planointernet": it.plan,
        "contratoCentralLogin": owner.cpf, "contratoCentralSenha": "segredo",
        "contratoTitulosAReceber": open, "endereco_logradouro": "RUA INVENTADA",
    })
}

/// Of one document, contract, customer or bill; `status` chooses, and a page holds 250 at most.
fn titles(office: &mut Office, request: &Request, form: &Form, now: &Now) -> io::Result<Answer> {
    let limit = form.get("limit").map_or(Some(100), |limit| limit.parse().ok());
    let offset = form.get("offset").map_or(Some(0), |offset| offset.parse::<usize>().ok());
    let (Some(limit @ 1..=MOST), Some(offset)) = (limit, offset) else {
        return Ok(no("Parâmetro limit ou offset inválido"));
    };
    let keys = ["titulo_id", "cliente_id", "cpfcnpj", "contrato"];
    if keys.iter().all(|key| form.get(key).is_none()) {
        return Ok(no("Informe um dos filtros obrigatórios"));
    }
    let owner = form.get("cpfcnpj").map(|document| office.book.by_document(document).map_or(-1, |it| it.id));
    let wanted = |bill: &&Bill| {
        let state = match form.get("status") {
            Some("abertos") => bill.state == State::Open,
            Some("pagos") => bill.state != State::Open,
            Some("cancelados") => false,
            _ => true,
        };
        state
            && owner.is_none_or(|owner| owner == bill.customer)
            && form.get("cliente_id").is_none_or(|id| id == bill.customer.to_string())
            && form.get("titulo_id").is_none_or(|id| id == bill.id.to_string())
            && form.id("contrato").is_none_or(|id| bill.contracts.contains(&id))
    };
    let ids: Vec<i64> = office.book.bills.iter().filter(wanted).map(|bill| bill.id).collect();
    let mut rows = Vec::new();
    for id in ids.iter().skip(offset).take(limit) {
        rows.push(title(office, request, *id, now)?);
    }
    let pages = json!({"offset": offset, "limit": limit, "parcial": rows.len(), "total": ids.len()});
    Ok(Answer::json(200, &json!({"paginacao": pages, "titulos": rows})))
}

fn title(office: &mut Office, request: &Request, id: i64, now: &Now) -> io::Result<Value> {
    let code = office.pix(id, false, now)?;
    let line = office.line(id, now.today);
    let Some(bill) = office.book.bill(id) else { return Ok(Value::Null) };
    let link = format!("http://{}/boleto/{}-{id}.pdf", request.header("Host").unwrap_or(""), bill.document_number);
    let (status, number, paid_on, paid) = match bill.state {
        State::Open => ("Gerado", 1, Value::Null, Value::Null),
        State::Paid { paid_on, paid_cents, .. } => ("Pago", 2, json!(paid_on.to_string()), json!(reais(paid_cents))),
    };
    let corrected = if bill.tells_charges { due_cents(bill, now.today) } else { left_cents(bill) };
    Ok(json!({
        "id": id, "clienteContrato": bill.contracts.first(), "numeroDocumento": bill.document_number,
        "nossoNumero": bill.slip_number, "valor": reais(bill.value_cents), "valorCorrigido": reais(corrected),
        "dataVencimento": bill.due.to_string(), "dataPagamento": paid_on, "valorPago": paid, "status": status,
        "statusid": number, "linhaDigitavel": line.unwrap_or_default(), "codigoPix": code.unwrap_or_default(),
        "link": link, "demonstrativo": format!("Mensalidade {}", bill.due.strftime("%m/%Y")),
    }))
}

fn pix(office: &mut Office, bill: Option<&str>, form: &Form, now: &Now) -> io::Result<Answer> {
    let bill = bill.and_then(|id| id.parse().ok()).and_then(|id| office.book.bill(id));
    let theirs = bill.filter(|bill| form.id("contrato").is_some_and(|contract| bill.contracts.contains(&contract)));
    let Some(id) = theirs.map(|bill| bill.id) else { return Ok(no("Título não encontrado")) };
    Ok(match office.pix(id, true, now)? {
        Some(code) => Answer::json(200, &json!({"status": 1, "codigoPix": code})),
        None => no("Não foi possível gerar o PIX"),
    })
}

fn noted(bill: Option<i64>, form: &Form, now: &Now) -> WriteOffCall {
    let own = |key: &str| form.get(key).map(str::to_owned);
    WriteOffCall {
        at_ms: now.ms,
        bill,
        paid_cents: form.get("valor_pago").and_then(cents),
        discount_cents: form.get("desconto").and_then(cents),
        date: own("data_pagamento"),
        method: own("forma_pagamento"),
        account: own("ponto_recebimento"),
        comment: own("observacao"),
        ..WriteOffCall::default()
    }
}

fn receive(book: &mut Book, form: &Form, call: &mut WriteOffCall, now: &Now) -> Verdict {
    let refused = |why: &str| Verdict::Refused(why.to_owned());
    let on = form.get("data_pagamento").and_then(iso);
    let (bill, left, on) = match examine(book, call, on, now) {
        Ok(found) => found,
        Err(verdict) => return verdict,
    };
    if form.get("forma_pagamento").is_some_and(|method| !METHODS.contains(&method)) {
        return refused("Forma de pagamento inválida");
    }
    if form.get("ponto_recebimento").is_some_and(|desk| !DESKS.contains(&desk)) {
        return refused("Ponto de recebimento inválido");
    }
    match call.paid_cents {
        None => refused("Informe o valor pago"),
        Some(paid) if paid + call.discount_cents.unwrap_or(0) < left => {
            refused("Valor pago menor que o valor do título")
        }
        Some(_) => settle(book, call, bill, on),
    }
}

fn said(verdict: &Verdict, voice: Voice) -> Answer {
    match (verdict, voice) {
        (Verdict::Done, Voice::Json) => Answer::json(200, &json!({"status": 1, "msg": "Título baixado com sucesso"})),
        (Verdict::Done, Voice::Text) => Answer::new(200, "text/plain; charset=utf-8", "'Título baixado com sucesso'"),
        (Verdict::Done, Voice::Empty) => Answer::new(200, "text/html; charset=utf-8", ""),
        (Verdict::Done, Voice::NoContent) => Answer::new(204, "text/html; charset=utf-8", ""),
        (Verdict::AlreadySettled, _) => no("Título já se encontra pago"),
        (Verdict::Refused(why), _) => no(why),
    }
}

fn unlock(book: &mut Book, form: &Form, now: &Now) -> Answer {
    let contract = form.id("contrato").unwrap_or(-1);
    let refusal =
        |why: &str| Answer::json(200, &json!({"status": 2, "liberado": false, "contratoId": contract, "msg": why}));
    match book.unlock(contract, now.ms, now.today) {
        Ok(until) => Answer::json(
            200,
            &json!({
                "status": 1, "liberado": true, "liberado_dias": 3, "data_promessa": until.to_string(),
                "protocolo": format!("{}{contract}", now.today.strftime("%y%m%d")), "contratoId": contract,
                "msg": "Liberação efetuada com sucesso",
            }),
        ),
        Err(Kept::NotBlocked) => refusal("Contrato não está suspenso"),
        Err(Kept::AlreadyOnTrust) => refusal("Liberação já utilizada neste período"),
        Err(Kept::Unknown) => refusal("Contrato não encontrado"),
    }
}

fn ticket(book: &mut Book, form: &Form, now: &Now) -> Answer {
    let (Some(contract), Some(text)) = (form.id("contrato"), form.get("conteudo")) else {
        return no("Informe contrato e conteudo");
    };
    let Some(customer) = book.owner_of(contract).map(|(customer, _)| customer.id) else {
        return no("Contrato não encontrado");
    };
    let protocol = book.open_ticket(customer, Some(contract), "Chamado", text, now.today);
    let done = json!({"status": 1, "protocolo": protocol, "contratoId": contract, "msg": "Chamado aberto com sucesso"});
    Answer::json(200, &done)
}
