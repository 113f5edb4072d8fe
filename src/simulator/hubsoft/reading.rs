//! The lists: customers, bills, tickets, fiscal notes, and the provider's tables.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::book::{Bill, Book, Customer, Ticket};
use super::desk::Now;
use super::listing::{of_customer, of_provider, reais};
use super::refusal::{Refusal, query, word};
use super::{Age, tables};
use crate::simulator::erp::book::State;
use crate::simulator::http::Request;

const CUSTOMER_TERMS: [&str; 8] =
    ["nome_razaosocial", "nome_fantasia", "cpf_cnpj", "codigo_cliente", "telefone", "login_radius", "ipv4", "mac"];
pub const ORDER: [&str; 2] = ["asc", "desc"];

pub fn success(key: &str, list: Value) -> Value {
    let mut answer = json!({"status": "success", "msg": "Dados consultados com sucesso"});
    if let Some(answer) = answer.as_object_mut() {
        answer.insert(key.into(), list);
    }
    answer
}

pub fn limit(request: &Request, usual: usize, most: usize) -> Result<usize, Refusal> {
    match request.asked("limit") {
        None => Ok(usual),
        Some(text) => {
            let limit = text.parse().ok().filter(|limit| (1..=most).contains(limit));
            limit.ok_or_else(|| Refusal::field("limit", "inválido"))
        }
    }
}

pub fn day(request: &Request, name: &str) -> Result<Option<Date>, Refusal> {
    let Some(text) = request.asked(name) else { return Ok(None) };
    let parsed = text.parse::<Date>().ok().filter(|_| text.len() == 10);
    parsed.map(Some).ok_or_else(|| Refusal::field(name, "inválido"))
}

pub fn customers(book: &Book, request: &Request) -> Result<Value, Refusal> {
    query(request, &["busca", "termo_busca"], &["limit", "cancelado", "ultima_conexao", "order_by", "order_type"])?;
    let by = word(request, "busca", &CUSTOMER_TERMS, "")?;
    let cancelled = word(request, "cancelado", &["sim", "nao"], "nao")? == "sim";
    let limit = limit(request, 5, 100)?;
    let term = request.asked("termo_busca").unwrap_or_default();
    // like the vendor's, a search by document also finds what only begins like it
    let fits = |customer: &&Customer| match by {
        "cpf_cnpj" => customer.cpf.starts_with(term),
        "codigo_cliente" => customer.code.to_string() == term,
        "telefone" => customer.phones.iter().any(|phone| phone == term),
        "nome_razaosocial" => customer.name.to_lowercase().contains(&term.to_lowercase()),
        _ => false,
    };
    let rows = book.customers.iter().filter(fits).take(limit).map(|customer| person(customer, cancelled));
    Ok(success("clientes", rows.collect()))
}

/// With the PPPoE account, which a caller must not keep.
fn person(customer: &Customer, cancelled: bool) -> Value {
    let services = customer.services.iter().filter(|service| cancelled || service.status != "cancelado");
    let services: Vec<Value> = services
        .map(|service| {
            json!({
                "id_cliente_servico": service.id,
                "numero_plano": 1,
                "nome": service.plan,
                "valor": reais(service.monthly_cents),
                "status": service.status.replace('_', " ").to_uppercase(),
                "status_prefixo": service.status,
                "tecnologia": "FIBRA",
                "login": format!("ficticio{}", service.id),
                "senha": format!("segredo-{}", service.id),
                "ultima_conexao": [],
                "pacotes": null,
            })
        })
        .collect();
    let phone = |index: usize| customer.phones.get(index).cloned().unwrap_or_default();
    json!({
        "id_cliente": customer.key,
        "codigo_cliente": customer.code,
        "nome_razaosocial": customer.name,
        "nome_fantasia": null,
        "tipo_pessoa": "pf",
        "cpf_cnpj": customer.cpf,
        "telefone_primario": phone(0),
        "telefone_secundario": phone(1),
        "telefone_terciario": "",
        "email_principal": customer.email,
        "email_secundario": null,
        "data_cadastro": "2017-08-05 00:00:00",
        "data_nascimento": format!("{} 00:00:00", customer.birth),
        "alerta": !customer.alerts.is_empty(),
        "alerta_mensagens": customer.alerts,
        "servicos": services,
    })
}

pub fn bills(book: &mut Book, request: &Request, age: Age, now: &Now) -> Result<Value, Refusal> {
    query(
        request,
        &["busca", "termo_busca"],
        &["limit", "apenas_pendente", "order_by", "order_type", "data_inicio", "data_fim"],
    )?;
    let by = word(request, "busca", &["cpf_cnpj", "codigo_cliente", "id_cliente_servico"], "")?;
    let pending = word(request, "apenas_pendente", &["sim", "nao"], "sim")? == "sim";
    let order_by = word(request, "order_by", &["data_vencimento", "data_pagamento", "valor"], "data_vencimento")?;
    let descending = word(request, "order_type", &ORDER, "asc")? == "desc";
    let limit = limit(request, 20, 50)?;
    let (from, to) = (day(request, "data_inicio")?, day(request, "data_fim")?);
    let term = request.asked("termo_busca").unwrap_or_default();
    let is_theirs = |bill: &Bill| owns(book, bill, by, term);
    let mut found: Vec<&Bill> = book
        .bills
        .iter()
        .filter(|bill| is_theirs(bill) && (!pending || bill.state == State::Open))
        .filter(|bill| from.is_none_or(|from| bill.due >= from) && to.is_none_or(|to| bill.due <= to))
        .collect();
    found.sort_by_key(|bill| match (order_by, bill.state) {
        ("valor", _) => (bill.value_cents, bill.due),
        ("data_pagamento", State::Paid { paid_on, .. }) => (0, paid_on),
        ("data_pagamento", State::Open) => (1, bill.due),
        _ => (0, bill.due),
    });
    if descending {
        found.reverse();
    }
    found.truncate(limit);
    let host = request.header("Host").unwrap_or("127.0.0.1");
    let rows = found.iter().map(|bill| of_customer(book, bill, age, host, now.today)).collect();
    let listed: Vec<i64> = found.iter().map(|bill| bill.id).collect();
    for bill in book.bills.iter_mut().filter(|bill| bill.has_pix && listed.contains(&bill.id)) {
        bill.pix_listed_at_ms.get_or_insert(now.ms);
    }
    Ok(success("faturas", rows))
}

fn owns(book: &Book, bill: &Bill, by: &str, term: &str) -> bool {
    let owner = book.customers.iter().find(|customer| customer.code == bill.customer);
    match by {
        "codigo_cliente" => bill.customer.to_string() == term,
        "id_cliente_servico" => bill.service.is_some_and(|service| service.to_string() == term),
        "cpf_cnpj" => owner.is_some_and(|owner| owner.cpf == term),
        "id_cliente" => owner.is_some_and(|owner| owner.key.to_string() == term),
        "id_fatura" => bill.id.to_string() == term,
        _ => false,
    }
}

pub fn invoices(book: &Book, request: &Request, now: &Now) -> Result<Value, Refusal> {
    query(
        request,
        &[],
        &["busca", "termo_busca", "tipo_data", "data_inicio", "data_fim", "exibir_pix_copia_cola", "tipo_resultado"],
    )?;
    let terms = ["id_cliente", "codigo_cliente", "cpf_cnpj", "id_cliente_servico", "id_fatura"];
    let by = word(request, "busca", &terms, "")?;
    let with_pix = word(request, "exibir_pix_copia_cola", &["sim", "nao"], "nao")? == "sim";
    // whoever sends no dates sees ten days
    let from = day(request, "data_inicio")?.unwrap_or_else(|| now.today.saturating_sub(10.days()));
    let to = day(request, "data_fim")?.unwrap_or(now.today);
    let term = request.asked("termo_busca").unwrap_or_default();
    let found = book.bills.iter().filter(|bill| by.is_empty() || owns(book, bill, by, term));
    let host = request.header("Host").unwrap_or("127.0.0.1");
    let rows: Vec<Value> = found
        .filter(|bill| (from..=to).contains(&bill.due))
        .map(|bill| of_provider(bill, host, with_pix, now.today))
        .collect();
    Ok(success("faturas", json!(rows)))
}

pub fn tickets(book: &Book, request: &Request) -> Result<Value, Refusal> {
    query(
        request,
        &["busca", "termo_busca"],
        &["limit", "apenas_pendente", "order_by", "order_type", "data_inicio", "data_fim"],
    )?;
    let by = word(request, "busca", &["codigo_cliente", "cpf_cnpj", "id_cliente_servico", "protocolo"], "")?;
    let descending = word(request, "order_type", &ORDER, "asc")? == "desc";
    let limit = limit(request, 20, 50)?;
    let term = request.asked("termo_busca").unwrap_or_default();
    let fits = |ticket: &&Ticket| match by {
        "codigo_cliente" => ticket.customer.to_string() == term,
        "id_cliente_servico" => ticket.service.to_string() == term,
        "protocolo" => ticket.protocol == term,
        _ => book.customers.iter().any(|customer| customer.code == ticket.customer && customer.cpf == term),
    };
    let mut found: Vec<&Ticket> = book.tickets.iter().filter(fits).collect();
    if descending {
        found.reverse();
    }
    Ok(success("atendimentos", found.into_iter().take(limit).map(ticket).collect()))
}

pub fn ticket(ticket: &Ticket) -> Value {
    let kind = tables::TICKET_KINDS.iter().find(|(id, _)| Some(*id) == ticket.kind).map_or("SAC", |(_, name)| name);
    json!({
        "id_atendimento": ticket.id,
        "protocolo": ticket.protocol,
        "descricao_abertura": format!("{} | ATENDIMENTO ABERTO VIA API", ticket.text),
        "descricao_fechamento": null,
        "tipo_atendimento": kind,
        "data_cadastro": ticket.opened.strftime("%d/%m/%Y").to_string(),
        "data_fechamento": null,
        "status_fechamento": null,
        "status": "Aguardando Análise",
        "ordens_servico": [],
    })
}

pub fn notes(book: &Book, request: &Request, now: &Now) -> Result<Value, Refusal> {
    query(request, &["busca", "termo_busca"], &["data_inicio", "data_fim"])?;
    word(request, "busca", &["id_cliente"], "")?;
    let term = request.asked("termo_busca").unwrap_or_default();
    let customer = book.customers.iter().find(|customer| customer.key.to_string() == term);
    let customer = customer.ok_or_else(|| Refusal::because("Cliente não encontrado"))?;
    let to = day(request, "data_fim")?.unwrap_or(now.today);
    let from = day(request, "data_inicio")?.unwrap_or_else(|| to.saturating_sub(30.days()));
    if (to - from).get_days() > 60 {
        return Err(Refusal::field("data_fim", "inválido: o intervalo máximo é de 60 dias"));
    }
    let host = request.header("Host").unwrap_or("127.0.0.1");
    let theirs = book.notes.iter().filter(|note| note.customer == customer.key && (from..=to).contains(&note.issued));
    let (of_service, of_telecom): (Vec<_>, Vec<_>) = theirs.partition(|note| note.is_service_note);
    let link =
        |id: i64, has_file: bool| if has_file { format!("http://{host}/pdf/nota/{id:x}") } else { String::new() };
    let of_telecom: Vec<Value> = of_telecom
        .into_iter()
        .map(|note| {
            json!({
                "id_nota_fiscal": note.id,
                "numero_nota": note.number,
                "serie_nota": "U",
                "valor": format!("{}", reais(note.value_cents)),
                "data_emissao_br": note.issued.strftime("%d/%m/%Y").to_string(),
                "cancelado": false,
                "link": link(note.id, note.has_file),
            })
        })
        .collect();
    let of_service: Vec<Value> = of_service
        .into_iter()
        .map(|note| {
            json!({
                "id_nfse": note.id,
                "numero": note.number,
                "valor": format!("{}", reais(note.value_cents)),
                "link_pdf": link(note.id, note.has_file),
                "status": "autorizado",
                "data_cadastro_br": format!("{} 10:22", note.issued.strftime("%d/%m/%Y")),
            })
        })
        .collect();
    Ok(json!({
        "status": "success",
        "msg": "Dados carregados com sucesso",
        "notas_fiscais": of_telecom,
        "nfes": [],
        "nfses": of_service,
    }))
}

pub fn table(name: &str, request: &Request) -> Result<Value, Refusal> {
    query(request, &[], &[])?;
    Ok(match name {
        "accounts" => success("caixas_financeiro", tables::accounts()),
        "means" => success("meios_pagamento", tables::means()),
        "ticket_kinds" => success("tipos_atendimento", tables::ticket_kinds()),
        "due_days" => success("vencimentos", tables::due_days()),
        _ => success("cidades", tables::cities()),
    })
}

pub fn plans(request: &Request) -> Result<Value, Refusal> {
    let Some(cep) = request.asked("cep") else { return Err(Refusal::because("CEP não informado.")) };
    query(request, &["cep"], &[])?;
    if !tables::CEPS.contains(&cep) {
        return Err(Refusal::because("Nenhuma cidade foi encontrada com esse CEP."));
    }
    Ok(success("servicos", tables::plans(cep)))
}
