//! What is changed at the ERP beside money: unlocks, tickets, sendings, prospects.

use jiff::ToSpan;
use serde_json::{Map, Value, json};

use super::book::{Book, Prospect, Sent, Ticket, Unlock};
use super::desk::Now;
use super::reading;
use super::refusal::{Refusal, cents, fields, text, whole};
use super::{Age, tables};

/// The provider's own rule: no longer than this on trust.
const DAYS_AT_MOST: i64 = 3;

pub fn unlock(book: &mut Book, body: &Value, now: &Now) -> Result<Value, Refusal> {
    let fields = fields(body, &["id_cliente_servico"], &["dias_desbloqueio"])?;
    let service = whole(fields, "id_cliente_servico")?;
    let days = if fields.contains_key("dias_desbloqueio") { whole(fields, "dias_desbloqueio")? } else { 1 };
    let mut services = book.customers.iter_mut().flat_map(|customer| &mut customer.services);
    let found = services.find(|one| one.id == service).ok_or_else(|| Refusal::because("Serviço não encontrado"))?;
    if !found.status.starts_with("suspenso") || days > DAYS_AT_MOST {
        return Err(Refusal::because("Desbloqueio em confiança não permitido para este serviço"));
    }
    found.status = "habilitado_confianca".into();
    let until = now.today.saturating_add(days.days());
    book.unlocks.push(Unlock { service, until });
    let until = until.strftime("%d/%m/%Y");
    Ok(
        json!({"status": "success", "msg": format!("Desbloqueio em confiança realizado com sucesso até a data {until}")}),
    )
}

pub fn open_ticket(book: &mut Book, body: &Value, age: Age, now: &Now) -> Result<Value, Refusal> {
    let newer: &[&str] = if age == Age::Current { &["id_tipo_atendimento"] } else { &[] };
    let known = [&["email", "abrir_os"], newer].concat();
    let fields = fields(body, &["id_cliente_servico", "descricao", "nome", "telefone"], &known)?;
    let service = whole(fields, "id_cliente_servico")?;
    let phone = text(fields, "telefone")?;
    if !(10..=12).contains(&phone.len()) || !phone.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Refusal::field("telefone", "inválido"));
    }
    let opens_order = match fields.get("abrir_os") {
        None => false,
        Some(value) => value.as_bool().ok_or_else(|| Refusal::field("abrir_os", "inválido"))?,
    };
    let kind = if fields.contains_key("id_tipo_atendimento") {
        let kind = whole(fields, "id_tipo_atendimento")?;
        if !tables::TICKET_KINDS.iter().any(|(id, _)| *id == kind) {
            return Err(Refusal::field("id_tipo_atendimento", "inválido"));
        }
        Some(kind)
    } else {
        None
    };
    let customer = book.customer_of_service(service).ok_or_else(|| Refusal::because("Serviço não encontrado"))?.code;
    let id = 300 + book.tickets.len() as i64;
    let ticket = Ticket {
        id,
        protocol: format!("{}{id:07}", now.today.strftime("%Y%m%d")),
        customer,
        service,
        kind,
        text: text(fields, "descricao")?.to_owned(),
        name: text(fields, "nome")?.to_owned(),
        phone: phone.to_owned(),
        opens_order,
        opened: now.today,
    };
    let message = format!("Atendimento aberto com sucesso. Anote o protocolo: {}.", ticket.protocol);
    let answer = json!({"status": "success", "msg": message, "atendimento": reading::ticket(&ticket)});
    book.tickets.push(ticket);
    Ok(answer)
}

pub fn send(book: &mut Book, name: &str, body: &Value) -> Result<Value, Refusal> {
    let (by, key) = match name {
        "send_email" => ("email", Some("email_adicional")),
        "send_sms" => ("sms", Some("telefone_adicional")),
        _ => ("push", None),
    };
    let fields = fields(body, &["id_fatura"], key.as_slice())?;
    let bill = whole(fields, "id_fatura")?;
    let to = key.map_or_else(|| Ok(Vec::new()), |key| addresses(fields, key))?;
    let is_phone = |phone: &String| matches!(phone.len(), 10 | 11) && phone.bytes().all(|digit| digit.is_ascii_digit());
    if by == "sms" && !to.iter().all(is_phone) {
        return Err(Refusal::field("telefone_adicional", "inválido"));
    }
    if book.bill(bill).is_none() {
        return Err(Refusal::because("Fatura não encontrada"));
    }
    book.sent.push(Sent { bill, by: by.into(), to });
    let message = "As faturas foram adicionadas para serem disparadas. Dentro de alguns minutos o cliente irá receber";
    Ok(json!({"status": "success", "msg": message, "job": {"tries": 1, "faturas": [{"id_fatura": bill}]}}))
}

fn addresses(fields: &Map<String, Value>, key: &str) -> Result<Vec<String>, Refusal> {
    let Some(value) = fields.get(key) else { return Ok(Vec::new()) };
    let list = value.as_array().ok_or_else(|| Refusal::field(key, "inválido"))?;
    let texts = list.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
    texts.ok_or_else(|| Refusal::field(key, "inválido"))
}

pub fn prospect(book: &mut Book, body: &Value) -> Result<Value, Refusal> {
    let needed =
        ["cep", "servico", "nome_razaosocial", "cpf_cnpj", "telefone", "tipo_pessoa", "bairro", "endereco", "numero"];
    let known = fields(body, &needed, &["email", "observacao"])?;
    let wanted = fields(known.get("servico").unwrap_or(&Value::Null), &["id_servico", "valor"], &[])?;
    let (plan, price) = (whole(wanted, "id_servico")?, wanted.get("valor").and_then(cents));
    let price = price.ok_or_else(|| Refusal::field("servico.valor", "inválido"))?;
    let of_many = (2000..2198).contains(&plan) && price == 9990;
    if !of_many && !tables::PLANS.iter().any(|(id, _, cents)| *id == plan && *cents == price) {
        return Err(Refusal::field("servico", "inválido"));
    }
    let document = text(known, "cpf_cnpj")?.to_owned();
    match (text(known, "tipo_pessoa")?, document.len()) {
        ("pf", 11) | ("pj", 14) => {}
        _ => return Err(Refusal::field("tipo_pessoa", "inválido")),
    }
    if let Some(twin) = book.prospects.iter().find(|prospect| prospect.document == document) {
        let message = format!("O CPF/CNPJ já foi cadastrado antes no prospecto {}", twin.name);
        return Err(Refusal::because(message));
    }
    let digits = |name: &str, lengths: &[usize]| {
        let said = text(known, name)?;
        let is_right = lengths.contains(&said.len()) && said.bytes().all(|digit| digit.is_ascii_digit());
        if is_right { Ok(said.to_owned()) } else { Err(Refusal::field(name, "inválido")) }
    };
    let (cep, phone) = (digits("cep", &[8])?, digits("telefone", &[10, 11])?);
    // a number as the document has it, or a text where the house has none
    let number = match known.get("numero") {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) if text.parse::<u64>().is_err() && !text.is_empty() => text.clone(),
        _ => return Err(Refusal::field("numero", "inválido")),
    };
    let address = vec![text(known, "endereco")?.to_owned(), number, text(known, "bairro")?.to_owned(), cep];
    let maybe = |name: &str| known.contains_key(name).then(|| text(known, name).map(str::to_owned)).transpose();
    let (email, note) = (maybe("email")?, maybe("observacao")?);
    let id = 100 + book.prospects.len() as i64;
    let name = text(known, "nome_razaosocial")?.to_owned();
    book.prospects.push(Prospect { id, document, name, plan, price_cents: price, address, phone, email, note });
    Ok(json!({"status": "success", "msg": "Prospecto adicionado com sucesso", "prospecto": {"id_prospecto": id}}))
}
