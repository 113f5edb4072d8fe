//! "Ordem de Serviço": the list of 4.11.

use serde_json::{Value, json};

use super::book::{Book, ServiceOrder};
use super::reading::{ORDER, day, limit, success};
use super::refusal::{Refusal, query, word};
use crate::simulator::http::Request;

const TERMS: [&str; 4] = ["codigo_cliente", "cpf_cnpj", "id_cliente_servico", "numero_ordem_servico"];

pub fn list(book: &Book, request: &Request) -> Result<Value, Refusal> {
    query(
        request,
        &["busca"],
        &["termo_busca", "limit", "status", "order_by", "order_type", "data_inicio", "data_fim"],
    )?;
    let by = word(request, "busca", &TERMS, "")?;
    let status = word(request, "status", &["pendente", "aguardando_agendamento", "finalizado"], "")?;
    let by_begin =
        word(request, "order_by", &["data_cadastro", "data_inicio_programado"], "data_cadastro")? != "data_cadastro";
    let descending = word(request, "order_type", &ORDER, "desc")? == "desc";
    let limit = limit(request, 20, 50)?;
    let (from, to) = (day(request, "data_inicio")?, day(request, "data_fim")?);
    let term = request.asked("termo_busca").unwrap_or_default();
    let fits = |order: &&ServiceOrder| match by {
        "codigo_cliente" => order.customer.to_string() == term,
        "id_cliente_servico" => order.service.to_string() == term,
        "numero_ordem_servico" => number(order) == term,
        _ => book.customers.iter().any(|customer| customer.code == order.customer && customer.cpf == term),
    };
    let mut found: Vec<&ServiceOrder> = book
        .service_orders
        .iter()
        .filter(fits)
        .filter(|order| status.is_empty() || order.status == status)
        .filter(|order| from.is_none_or(|from| order.noted >= from) && to.is_none_or(|to| order.noted <= to))
        .collect();
    found.sort_by_key(|order| if by_begin { order.from.date() } else { order.noted });
    if descending {
        found.reverse();
    }
    Ok(success("ordens_servico", found.into_iter().take(limit).map(shown).collect()))
}

fn number(order: &ServiceOrder) -> String {
    (order.id - 17).to_string()
}

fn shown(order: &ServiceOrder) -> Value {
    let time = |at: jiff::civil::DateTime| at.strftime("%d/%m/%Y %H:%M:%S").to_string();
    let is_over = order.status == "finalizado";
    json!({
        "id_ordem_servico": order.id,
        "numero_ordem_servico": number(order),
        "data_cadastro": time(order.noted.at(15, 26, 28, 0)),
        "tipo": order.kind,
        "data_inicio_programado": time(order.from),
        "data_termino_programado": time(order.to),
        "data_inicio_executado": is_over.then(|| time(order.from)),
        "data_termino_executado": is_over.then(|| time(order.to)),
        "descricao_abertura": "cliente reclama de conexão lenta",
        "descricao_servico": null,
        "descricao_fechamento": null,
        "usuario_abertura": "Master",
        "usuario_fechamento": null,
        "status": order.status,
        "status_fechamento": is_over.then_some("concluido"),
        "atendimento": order.protocol.as_ref().map(|protocol| json!({
            "protocolo": protocol,
            "id_atendimento": 60,
            "tipo_atendimento": "TÉCNICO - CONEXÃO LENTA",
        })),
        "cliente": {"codigo_cliente": order.customer},
        "servico": {"numero_plano": 1, "status_prefixo": "servico_habilitado"},
    })
}
