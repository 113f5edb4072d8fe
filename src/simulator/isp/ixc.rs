//! IXC Provedor: `/webservice/v1/<table>`, HTTP Basic, lists by `ixcsoft: listar`, every value a string, and business
//! errors as `{"type":"error","message":…}` at status 200.
//!
//! Assumed: the words of a repeated write-off, and 401 for a wrong token.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::book::{Book, Kept, Ticket, WriteOffCall};
use super::desk::{Desk, Now, Office, copy};
use super::field::{brazilian, cents, decimal, id, masked, phone, text};
use super::pay::{Verdict, examine, pay, settle};
use crate::simulator::erp::bills::{charges, due_cents, left_cents};
use crate::simulator::erp::book::{Bill, Contract, Customer, State};
use crate::simulator::erp::pages;
use crate::simulator::http::{Answer, Reply, Request};

const HTML: &str = "text/html; charset=UTF-8";
/// Ways of receiving that the cash desk knows (assumed letters but for D and C).
const METHODS: [&str; 6] = ["D", "C", "CD", "CC", "P", "B"];
/// Cash accounts (`conta_`) and their ledger entry (`id_conta`).
const ACCOUNTS: [(&str, &str); 3] = [("12", "1"), ("13", "2"), ("14", "3")];
const SUBJECTS: [(&str, &str); 2] = [("1", "SEM CONEXÃO"), ("2", "MUDANÇA DE ENDEREÇO")];
const BRANCH: &str = "1";

pub fn operation(request: &Request) -> &'static str {
    let listed = lists(request);
    let of = |field: &str| {
        serde_json::from_slice(&request.body)
            .is_ok_and(|body: Value| text(&body, "qtype").is_some_and(|it| it == field))
    };
    match table(request) {
        "cliente" if listed => "customer",
        "cliente_contrato" if listed => "contracts",
        "fn_areceber" if listed && of("fn_areceber.id") => "bill",
        "fn_areceber" if listed && of("fn_areceber.linha_digitavel") => "bill_by_line",
        "fn_areceber" if listed => "bills",
        "get_pix" => "pix",
        "get_boleto" => "pdf",
        "fn_areceber_recebimentos_baixas_novo" => "write_off",
        "desbloqueio_confianca" => "unlock",
        "su_ticket" | "su_oss_assunto" => "ticket",
        "contas" | "su_ticket_setor" if listed => "ticket",
        _ => "other",
    }
}

fn table(request: &Request) -> &str {
    request.path.strip_prefix("/webservice/v1/").unwrap_or("").trim_end_matches('/')
}

fn lists(request: &Request) -> bool {
    request.header("ixcsoft") == Some("listar")
}

fn error(message: &str) -> Answer {
    Answer::json(200, &json!({"type": "error", "message": message}))
}

pub fn serve(desk: &Desk, office: &mut Office, request: &Request, now: &Now) -> io::Result<Reply> {
    if !request.path.starts_with("/webservice/v1/") {
        office.book.complain(format!("{} {}: not the web service", request.method, request.path));
        return Ok(Reply::Whole(pages::login()));
    }
    if !desk.credentials.open(request.header("Authorization")) {
        let refusal = json!({"type": "error", "message": "Usuário ou token inválido"});
        return Ok(Reply::Whole(Answer::json(401, &refusal)));
    }
    let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
        office.book.complain(format!("{}: the body is no JSON", request.path));
        return Ok(Reply::Whole(error("JSON inválido")));
    };
    if let Some(fields) = body.as_object()
        && let Some((key, _)) = fields.iter().find(|(_, value)| !value.is_string())
    {
        office.book.complain(format!("{}: {key} is no string", request.path));
        return Ok(Reply::Whole(error(&format!("O campo {key} deve ser texto"))));
    }
    let answer = match (operation(request), request.method.as_str()) {
        ("customer" | "contracts" | "bills" | "bill" | "bill_by_line", "POST" | "GET") => {
            list(office, table(request), &body, now)
        }
        ("ticket", "POST" | "GET") if lists(request) => list(office, table(request), &body, now),
        ("pix", "POST") => pix(office, &body, now)?,
        ("pdf", "POST") => boleto(office, &body, now),
        ("write_off", "POST") => {
            return Ok(pay(
                office,
                noted(&body, now),
                |book, call| receive(book, &body, call, now),
                "Caixa fechado para a conta informada!",
                said,
            ));
        }
        ("unlock", "POST") => unlock(&mut office.book, &body, now),
        ("ticket", "POST") => ticket(&mut office.book, &body, now),
        _ => {
            office.book.complain(format!("{} {}: no such resource", request.method, request.path));
            error("Recurso não encontrado")
        }
    };
    Ok(Reply::Whole(answer))
}

/// A page of a table: one condition in `qtype`, `oper`, `query`, and more of them in `grid_param`.
fn list(office: &mut Office, table: &str, body: &Value, now: &Now) -> Answer {
    let fields = ["qtype", "query", "oper", "page", "rp", "sortname", "sortorder"];
    if let Some(missing) = fields.iter().find(|key| text(body, key).is_none()) {
        office.book.complain(format!("{table}: {missing} is missing"));
        return error(&format!("Parâmetro {missing} não informado"));
    }
    let of = |key: &str| text(body, key).unwrap_or("");
    let mut conditions = vec![(of("qtype").to_owned(), of("oper").to_owned(), of("query").to_owned())];
    if let Some(more) = text(body, "grid_param").filter(|more| !more.is_empty()) {
        let Ok(Value::Array(more)) = serde_json::from_str::<Value>(more) else {
            office.book.complain(format!("{table}: grid_param is no JSON array in a string"));
            return error("grid_param inválido");
        };
        conditions.extend(more.iter().map(|it| {
            let of = |key: &str| text(it, key).unwrap_or("").to_owned();
            (of("TB"), of("OP"), of("P"))
        }));
    }
    let (Ok(page), Ok(size)) = (of("page").parse::<usize>(), of("rp").parse::<usize>()) else {
        return error("Paginação inválida");
    };
    let rows: Vec<Map<String, Value>> = rows(office, table, now);
    let mut found = Vec::new();
    for row in rows {
        let mut fits = true;
        for (field, oper, wanted) in &conditions {
            let Some(value) = field.strip_prefix(&format!("{table}.")).and_then(|name| row.get(name)) else {
                office.book.complain(format!("{table}: no such field {field}"));
                return error(&format!("Campo {field} não existe"));
            };
            let value = value.as_str().unwrap_or("");
            fits &= match oper.as_str() {
                "=" => value == wanted,
                "!=" => value != wanted,
                "L" => value.contains(wanted.as_str()),
                ">" => value > wanted.as_str(),
                ">=" => value >= wanted.as_str(),
                "<" => value < wanted.as_str(),
                "<=" => value <= wanted.as_str(),
                _ => return error("Operador inválido"),
            };
        }
        if fits {
            found.push(Value::Object(row));
        }
    }
    let total = found.len().to_string();
    let shown: Vec<Value> = found.into_iter().skip(page.saturating_sub(1) * size).take(size).collect();
    if shown.is_empty() {
        // an empty page has no `registros`
        return Answer::json(200, &json!({"page": of("page"), "total": total}));
    }
    Answer::json(200, &json!({"page": of("page"), "total": total, "registros": shown}))
}

fn rows(office: &Office, table: &str, now: &Now) -> Vec<Map<String, Value>> {
    let book = &office.book;
    let all = match table {
        "cliente" => book.customers.iter().map(customer).collect(),
        "cliente_contrato" => {
            book.customers.iter().flat_map(|it| it.contracts.iter().map(|of| contract(it, of))).collect()
        }
        "fn_areceber" => book.bills.iter().map(|it| bill(office, it, now)).collect(),
        "su_oss_assunto" => {
            SUBJECTS.iter().map(|(id, words)| json!({"id": id, "assunto": words, "ativo": "S"})).collect()
        }
        "contas" => ACCOUNTS
            .iter()
            .map(|(id, _)| json!({"id": id, "conta": format!("CAIXA {id}"), "tipo_conta": "C"}))
            .collect(),
        "su_ticket_setor" => vec![json!({"id": "1", "setor": "FINANCEIRO", "ativo": "S"})],
        _ => book.tickets.iter().map(ticket_row).collect::<Vec<Value>>(),
    };
    all.into_iter().filter_map(|row| if let Value::Object(row) = row { Some(row) } else { None }).collect()
}

fn ticket_row(it: &Ticket) -> Value {
    json!({
        "id": it.protocol, "protocolo": it.protocol, "id_cliente": it.customer.to_string(), "titulo": it.subject,
        "su_status": "N", "data_criacao": format!("{} 10:00:00", it.opened),
    })
}

fn customer(it: &Customer) -> Value {
    json!({
        "id": it.id.to_string(), "razao": it.name, "fantasia": "", "tipo_pessoa": "F", "ativo": "S",
        "cnpj_cpf": masked(&it.cpf), "data_nascimento": it.birth.to_string(),
        "telefone_celular": phone(&it.mobile), "fone": it.landline.as_deref().map(phone).unwrap_or_default(),
        "email": format!("cliente{}@example.com", it.id), "endereco": "RUA INVENTADA", "senha": "segredo",
    })
}

fn contract(owner: &Customer, it: &Contract) -> Value {
    let (status, access) = match it.status.as_str() {
        "SUSPENSO" => ("A", "CA"),
        "SUSPENSO PARCIALMENTE" => ("A", "FA"),
        "HABILITADO EM CONFIANCA" => ("A", "A"),
        "CANCELADO" => ("I", "D"),
        _ => ("A", "A"),
    };
    let trust = if it.status == "HABILITADO EM CONFIANCA" { "S" } else { "N" };
    json!({
        "id": it.id.to_string(), "id_cliente": owner.id.to_string(), "contrato": it.plan, "status": status,
        "status_internet": access, "desbloqueio_confianca_ativo": trust, "endereco": "RUA INVENTADA",
    })
}

fn bill(office: &Office, it: &Bill, now: &Now) -> Value {
    let (status, open, paid_on, paid) = match it.state {
        State::Open if it.tells_charges => ("A", due_cents(it, now.today), String::new(), 0),
        State::Open => ("A", left_cents(it), String::new(), 0),
        State::Paid { paid_on, paid_cents, .. } => ("R", 0, paid_on.to_string(), paid_cents),
    };
    json!({
        "id": it.id.to_string(), "id_cliente": it.customer.to_string(),
        "id_contrato": it.contracts.first().map(ToString::to_string).unwrap_or_default(),
        "status": status, "liberado": "S", "valor": decimal(it.value_cents), "valor_aberto": decimal(open),
        "valor_recebido": decimal(paid), "pagamento_valor": decimal(paid), "pagamento_data": paid_on,
        "data_vencimento": it.due.to_string(), "documento": it.document_number, "nn_boleto": it.slip_number,
        "linha_digitavel": office.line(it.id, now.today).unwrap_or_default(),
        "obs": format!("Mensalidade {}", it.due.strftime("%m/%Y")), "filial_id": BRANCH, "gateway_link": "",
    })
}

fn pix(office: &mut Office, body: &Value, now: &Now) -> io::Result<Answer> {
    let Some(bill) = id(body, "id_areceber") else { return Ok(error("Informe o id_areceber")) };
    Ok(match office.pix(bill, true, now)? {
        None => error("Não foi possível gerar o PIX para o título informado"),
        Some(code) => Answer::json(
            200,
            &json!({
                "type": "success", "message": "PIX gerado",
                "pix": {
                    "qrCode": {"qrcode": code, "imagemQrcode": ""},
                    "dadosPix": {"pixCopiaECola": code, "status": "ATIVA"},
                },
            }),
        ),
    })
}

fn boleto(office: &mut Office, body: &Value, now: &Now) -> Answer {
    let fields = ["juro", "multa", "atualiza_boleto"];
    if text(body, "tipo_boleto") != Some("arquivo") || fields.iter().any(|key| text(body, key).is_none()) {
        office.book.complain("get_boleto: tipo_boleto, juro, multa or atualiza_boleto is wrong".to_owned());
        return error("Parâmetros inválidos");
    }
    let found = id(body, "boletos").and_then(|id| office.book.bill(id)).filter(|it| it.state == State::Open);
    let Some(bill) = found else { return error("Nenhum boleto encontrado") };
    let file = copy(office, bill, now.today);
    match text(body, "base64") {
        Some("S") => Answer::new(200, HTML, STANDARD.encode(file)),
        _ => Answer::new(200, "application/pdf", file),
    }
}

fn noted(body: &Value, now: &Now) -> WriteOffCall {
    let money = |key: &str| text(body, key).filter(|it| !it.is_empty()).and_then(cents);
    let own = |key: &str| text(body, key).map(str::to_owned);
    WriteOffCall {
        at_ms: now.ms,
        bill: id(body, "id_receber"),
        paid_cents: money("valor_total_recebido"),
        extra_cents: money("vacrescimo"),
        discount_cents: money("vdesconto"),
        date: own("data"),
        method: own("tipo_recebimento"),
        account: own("conta_"),
        comment: own("historico"),
        ..WriteOffCall::default()
    }
}

/// The parts must add up, and what counts in the cash desk must be nothing: `credito` equals `debito`.
fn receive(book: &mut Book, body: &Value, call: &mut WriteOffCall, now: &Now) -> Verdict {
    let refused = |field: &str| Verdict::Refused(format!("O campo {field} é inválido!"));
    for field in ["filial_id", "id_receber", "conta_", "id_conta", "tipo_recebimento", "data", "historico", "previsao"]
    {
        if text(body, field).is_none_or(str::is_empty) {
            return refused(field);
        }
    }
    let (bill, left, on) = match examine(book, call, text(body, "data").and_then(brazilian), now) {
        Ok(found) => found,
        Err(verdict) => return verdict,
    };
    let is = |key: &str, wanted: &str| text(body, key) == Some(wanted);
    if !is("filial_id", BRANCH) {
        return refused("filial_id");
    }
    if !ACCOUNTS.iter().any(|(account, entry)| is("conta_", account) && is("id_conta", entry)) {
        return refused("conta_");
    }
    if !METHODS.iter().any(|method| is("tipo_recebimento", method)) {
        return refused("tipo_recebimento");
    }
    if !is("tipo_lanc", "R") || !is("tipo_r", "T") {
        return refused("tipo_lanc");
    }
    let money = |key: &str| text(body, key).and_then(cents);
    let part = money("valor_parcela").filter(|part| *part == left);
    let (Some(part), Some(total)) = (part, call.paid_cents) else { return refused("valor_parcela") };
    let sum = part + call.extra_cents.unwrap_or(0) - call.discount_cents.unwrap_or(0);
    let owed = charges_are_fair(book, bill, call, now);
    if sum != total || !owed || money("credito") != Some(total) || money("debito") != Some(total) {
        return refused("valor_total_recebido");
    }
    settle(book, call, bill, on)
}

/// Nobody pays more on top than the bill has come to by then.
fn charges_are_fair(book: &Book, bill: i64, call: &WriteOffCall, now: &Now) -> bool {
    let most = book.bill(bill).map_or(0, |bill| charges(bill, now.latest).cents);
    call.extra_cents.unwrap_or(0) <= most + 2
}

fn said(verdict: &Verdict, book: &Book) -> Answer {
    match verdict {
        Verdict::Done => {
            let number = (book.write_offs.len() + 1).to_string();
            Answer::json(200, &json!({"type": "success", "message": "Registro inserido com sucesso!", "id": number}))
        }
        Verdict::AlreadySettled => error("Título já recebido, não é possível efetuar a baixa!"),
        Verdict::Refused(why) => error(why),
    }
}

fn unlock(book: &mut Book, body: &Value, now: &Now) -> Answer {
    let refusal = |code: &str, why: &str| {
        Answer::json(200, &json!({"codigo": code, "tipo": "erro", "type": "error", "mensagem": why, "message": why}))
    };
    match id(body, "id").map(|id| book.unlock(id, now.ms, now.today)) {
        Some(Ok(_)) => {
            let words = "Contrato desbloqueado com sucesso!";
            let done = json!({"tipo": "sucesso", "type": "success", "mensagem": words, "message": words});
            Answer::json(200, &done)
        }
        Some(Err(Kept::NotBlocked)) => refusal("106", "Contrato não está bloqueado!"),
        Some(Err(Kept::AlreadyOnTrust)) => refusal("107", "Desbloqueio de confiança já utilizado!"),
        Some(Err(Kept::Unknown)) | None => refusal("109", "Contrato não encontrado!"),
    }
}

fn ticket(book: &mut Book, body: &Value, now: &Now) -> Answer {
    for field in
        ["tipo", "id_cliente", "titulo", "menssagem", "id_assunto", "id_ticket_setor", "prioridade", "su_status"]
    {
        if text(body, field).is_none_or(str::is_empty) {
            return error(&format!("O campo {field} é obrigatório!"));
        }
    }
    let Some(customer) = id(body, "id_cliente").filter(|id| book.customer(*id).is_some()) else {
        return error("Cliente não encontrado!");
    };
    if !SUBJECTS.iter().any(|(id, _)| text(body, "id_assunto") == Some(id)) {
        return error("Assunto não encontrado!");
    }
    let of = |key: &str| text(body, key).unwrap_or("");
    let protocol = book.open_ticket(customer, id(body, "id_contrato"), of("titulo"), of("menssagem"), now.today);
    let done = json!({"type": "success", "message": "Registro inserido com sucesso!", "id": protocol});
    Answer::json(200, &done)
}
