//! What document 001 lets a customer have beside bills, without a password of theirs: the unlock on trust, tickets, bills
//! sent by e-mail and SMS, and the acceptance of a contract.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::book::{Book, Sent, State, Ticket, Unlock};
use super::desk::Now;
use super::{pdf, visits};

const UNLOCKED_DAYS: i32 = 5;

fn done(is: bool) -> Value {
    json!(if is { "SUCESSO" } else { "FALHA" })
}

fn integer(body: &Value, key: &str) -> Option<i64> {
    body.get(key).and_then(Value::as_i64)
}

/// "Habilitar contrato em confiança": only what is suspended comes back, and says until when.
pub fn unlock(book: &mut Book, body: &Value, today: Date) -> Value {
    let id = integer(body, "idContrato");
    let contracts = book.customers.iter_mut().flat_map(|customer| &mut customer.contracts);
    let suspended = contracts.into_iter().find(|own| Some(own.id) == id && own.status.starts_with("SUSPENSO"));
    let Some(contract) = suspended else { return json!({"resposta": "FALHA"}) };
    contract.status = "HABILITADO EM CONFIANCA".into();
    let until = today.saturating_add(UNLOCKED_DAYS.days());
    let contract = contract.id;
    book.unlocks.push(Unlock { contract, until });
    json!({"dataFim": until.strftime("%d/%m/%Y").to_string(), "resposta": "SUCESSO"})
}

/// "Abrir atendimento pelo contrato". Optional ids are integers or absent.
pub fn open_ticket(book: &mut Book, body: &Value, now: &Now) -> Value {
    let owner = integer(body, "idContrato").and_then(|id| Some((id, book.owner_of(id)?.id)));
    let Some((contract, customer)) = owner else { return json!({"error": "idContrato inválido."}) };
    let text = body.get("descricao").and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let Some(text) = text else { return json!({"error": "descricao inválido."}) };
    for key in ["idTipoAtendimento", "idCentroCustoOrigem", "idCentroCustoDestino"] {
        if body.get(key).is_some_and(|value| !value.is_i64()) {
            return json!({"error": format!("{key} inválido.")});
        }
    }
    let id = 3414 + i64::try_from(book.tickets.len()).unwrap_or(0);
    let protocol = format!("{}{id:08}", now.today.strftime("%Y%m%d"));
    book.tickets.push(Ticket {
        id,
        protocol: protocol.clone(),
        customer,
        contract,
        kind: integer(body, "idTipoAtendimento"),
        text: text.to_owned(),
        opened_ms: now.ms,
    });
    json!({"numeroProtocolo": protocol, "status": "CREATED"})
}

pub fn tickets(book: &Book, customer: i64, zone: &TimeZone) -> Value {
    let mut rows: Vec<Value> = book
        .tickets
        .iter()
        .filter(|ticket| ticket.customer == customer)
        .map(|ticket| {
            json!({
                "idAtendimento": ticket.id,
                "numeroProtocolo": ticket.protocol,
                "statusAtendimento": "PENDENTE",
                "dataAbertura": ticket.opened_ms,
                "dataAgendamentoVisita": null,
                "gerouVisita": false,
                "turno": null,
                "idTipoAtendimento": ticket.kind.unwrap_or(1),
                "descricaoTipoAtendimento": "SUPORTE",
                "tipoServico": "SUPORTE",
                "idContrato": ticket.contract,
                "statusContrato": "HABILITADO",
            })
        })
        .collect();
    let visits = book.visits.iter().filter(|visit| visit.customer == customer);
    rows.extend(visits.map(|visit| visits::row(visit, zone)));
    json!({"data": rows, "status": "OK"})
}

/// "Enviar faturas em aberto para o e-mail do cliente": all of the list, or nothing.
pub fn send_by_email(book: &mut Book, customer: i64, body: &Value) -> Value {
    let listed = body.get("idsFaturas").and_then(Value::as_array);
    let ids: Option<Vec<i64>> = listed.and_then(|ids| ids.iter().map(Value::as_i64).collect());
    let open = |id: &i64| book.bill(*id).is_some_and(|bill| bill.customer == customer && bill.state == State::Open);
    let Some(ids) = ids.filter(|ids| !ids.is_empty() && ids.iter().all(open)) else { return done(false) };
    book.sent.extend(ids.into_iter().map(|bill| Sent { bill, by: "email".into() }));
    done(true)
}

/// "Enviar Linha Digitável da Fatura por SMS": the document's example is lost, its neighbours answer `data` and `status`.
pub fn send_by_sms(book: &mut Book, body: &Value) -> Value {
    let open = integer(body, "idFatura").filter(|id| book.bill(*id).is_some_and(|bill| bill.state == State::Open));
    let Some(bill) = open else { return json!({"error": "idFatura inválido."}) };
    book.sent.push(Sent { bill, by: "sms".into() });
    json!({"data": "SMS enviado com sucesso.", "status": "OK"})
}

/// "Aceite de contrato" is a GET, and changes the contract.
pub fn accept(book: &mut Book, contract: i64) -> Value {
    if book.owner_of(contract).is_none() {
        return json!({"Status": "INTERNAL_SERVER_ERROR", "Mensagem": "Não foi possível realizar o aceite."});
    }
    book.accepted.push(contract);
    json!({"Status": "OK", "Mensagem": "Aceite realizado com sucesso."})
}

/// "Baixar PDF do modelo do contrato": three pages, so that there is something to read.
pub fn contract_file(book: &Book, contract: i64) -> Option<Vec<u8>> {
    book.owner_of(contract)?;
    let page = |number: u8| {
        (1..=30).map(move |clause| {
            format!("CONTRATO {contract}   CLAUSULA {number}.{clause}: servico de acesso a internet")
        })
    };
    Some(pdf::pages(&[page(1).collect(), page(2).collect(), page(3).collect()]))
}
