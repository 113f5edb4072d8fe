//! What document 001 lets a customer change: due day, messages, digital invoice, a pause, the profile, the app's
//! password. Every field is taken as strictly as the document prints it.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::book::{Book, Customer, DueDayChange, Notified, Pause, ProfileRequest, State};
use super::write_off::date;

/// Id, day, first and last day that its bills count, in use.
const DUE_DAYS: [(i64, i64, i64, i64, bool); 3] = [(2, 5, 6, 5, true), (4, 10, 11, 10, true), (6, 25, 26, 25, false)];
/// The app's password of every customer here.
const APP_PASSWORD: &str = "senha-do-app";
const PAUSE_AT_MOST: i64 = 120;
/// The fields of a contract in a profile.
const ADDRESS: [&str; 9] = [
    "Plano",
    "CodContrato",
    "TipoEndereco",
    "TipoLogradouro",
    "Logradouro",
    "Numero",
    "Complemento",
    "Bairro",
    "Cidade",
];

fn integer(body: &Value, key: &str) -> Option<i64> {
    body.get(key).and_then(Value::as_i64)
}

fn invalid(field: &str) -> Value {
    json!({"error": format!("{field} inválido.")})
}

fn only(body: &Value, known: &[&str]) -> bool {
    body.as_object().is_some_and(|body| body.keys().all(|key| known.contains(&key.as_str())))
}

pub fn due_days(prepaid: bool) -> Value {
    let rows = DUE_DAYS.iter().map(|(id, day, from, to, active)| {
        json!({
            "id": id,
            "dia": day,
            "diaFaturamentoInicial": from,
            "diaFaturamentoFinal": to,
            "ativo": active,
            "prePago": prepaid,
            "faturaMesmoMesVencimento": true,
        })
    });
    json!({"data": rows.collect::<Vec<_>>(), "status": "OK"})
}

/// "Alteração de Dia de Vencimento de Contratos".
pub fn change_due_day(book: &mut Book, body: &Value) -> Value {
    if !only(body, &["idContrato", "idVencimentoAtual", "idVencimentoNovo"]) {
        book.complain("change_due_day: an unknown field");
    }
    let (from, to) = (integer(body, "idVencimentoAtual"), integer(body, "idVencimentoNovo"));
    let contracts = book.customers.iter_mut().flat_map(|customer| &mut customer.contracts);
    let contract = contracts.into_iter().find(|own| Some(own.id) == integer(body, "idContrato"));
    let Some(contract) = contract else { return invalid("idContrato") };
    let Some(from) = from.filter(|id| *id == contract.due_day) else { return invalid("idVencimentoAtual") };
    let active = |id: &i64| DUE_DAYS.iter().any(|(day, .., active)| day == id && *active);
    let Some(to) = to.filter(|id| *id != from && active(id)) else { return invalid("idVencimentoNovo") };
    contract.due_day = to;
    let contract = contract.id;
    book.due_day_changes.push(DueDayChange { contract, from, to });
    let said = format!(
        "A data de vencimento foi alterada do ID '{from}' para o ID '{to}' no(s) contrato(s) selecionado(s) com sucesso."
    );
    json!({"data": said, "status": "OK"})
}

/// "Habilitar/desabilitar notificações de cliente": the document's field is idAtendimento, and its answer speaks of a
/// customer's id.
pub fn notifications(book: &mut Book, body: &Value) -> Value {
    if !only(body, &["idAtendimento", "recebeNotificacoes"]) {
        book.complain("notifications: an unknown field");
    }
    let customer = integer(body, "idAtendimento").filter(|id| book.customer(*id).is_some());
    let Some(customer) = customer else { return invalid("idAtendimento") };
    let Some(on) = body.get("recebeNotificacoes").and_then(Value::as_bool) else {
        return invalid("recebeNotificacoes");
    };
    book.notified.push(Notified { customer, on });
    let said = format!(
        "O campo que define o recebimento de notificações do cliente de ID '{customer}' foi atualizado com sucesso."
    );
    json!({"data": said, "status": "OK"})
}

fn signs_in(customer: Option<&Customer>, body: &Value) -> bool {
    let text = |key| body.get(key).and_then(Value::as_str);
    customer.is_some_and(|own| text("usuario") == Some(&own.cpf) && text("senha") == Some(APP_PASSWORD))
}

/// "Verificar se o cliente pode alterar para fatura digital".
pub fn may_be_digital(book: &Book, customer: i64, body: &Value) -> Value {
    if !signs_in(book.customer(customer), body) {
        return json!({"error": "Usuário ou senha inválidos."});
    }
    json!(if book.digital.contains(&customer) { "NOT_ACCEPTABLE" } else { "ACCEPTED" })
}

/// "Alterar forma de cobrança para fatura digital".
pub fn digital(book: &mut Book, customer: i64, body: &Value) -> Value {
    if !signs_in(book.customer(customer), body) {
        return json!({"error": "Usuário ou senha inválidos."});
    }
    if book.digital.contains(&customer) {
        return json!({"Status": "NOT MODIFIED", "Mensagem": "Não foi possivel alterar para Fatura Digital!"});
    }
    book.digital.push(customer);
    let contracts: Vec<i64> =
        book.customer(customer).into_iter().flat_map(|own| own.contracts.iter().map(|one| one.id)).collect();
    json!({"Status": "OK", "Contratos": contracts, "Mensagem": "Foi alterado para Fatura Digital!"})
}

/// "Listar contratos para inativação temporária".
pub fn pausable(book: &Book, customer: i64, today: Date) -> Value {
    let yes = |is: bool| if is { "SIM" } else { "NAO" };
    let owes = book.bills_of(customer).any(|bill| bill.state == State::Open && bill.due < today);
    let contracts = book.customer(customer).into_iter().flat_map(|own| &own.contracts);
    contracts
        .filter(|own| own.status == "HABILITADO")
        .map(|own| {
            json!({
                "tecnologia": "FIBRA",
                "possuiPendenciaFinanceira": yes(owes),
                "valor": super::bills::reais(own.monthly_cents),
                "plano": own.plan,
                "inativadoMenosUmAno": yes(book.pauses.iter().any(|pause| pause.contract == own.id)),
                "idContrato": own.id,
                "status": own.status,
            })
        })
        .collect()
}

/// "Inativar contratos temporariamente".
pub fn pause(book: &mut Book, body: &Value, today: Date) -> Value {
    let contract = integer(body, "idContrato").filter(|id| book.owner_of(*id).is_some());
    let from = body.get("dataInicio").and_then(Value::as_str).and_then(date).filter(|from| *from >= today);
    let days = integer(body, "quantidadeDias").filter(|days| (1..=PAUSE_AT_MOST).contains(days));
    let (Some(contract), Some(from), Some(days)) = (contract, from, days) else { return json!("FALHA") };
    if book.pauses.iter().any(|pause| pause.contract == contract) {
        return json!("FALHA");
    }
    book.pauses.push(Pause { contract, from, days });
    json!("SUCESSO")
}

/// "Alterar perfil": texts only. What comes back where it worked is no JSON.
pub fn profile(book: &mut Book, body: &Value) -> Result<&'static str, Value> {
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let texts = body.as_object().is_some_and(|body| {
        body.iter().all(|(key, value)| value.is_string() || key == "Contratos" && value.is_array())
    });
    let customer = text("IDCliente").and_then(|id| id.parse().ok()).filter(|id| book.customer(*id).is_some());
    let (Some(customer), true) = (customer, texts) else { return Err(json!("Exceção na execução do método")) };
    let contracts = body.get("Contratos").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_theirs = |row: &Value| {
        let id = row.get("CodContrato").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let city = row.get("Cidade").and_then(Value::as_str).is_some_and(|city| !city.is_empty());
        only(row, &ADDRESS) && city && id.and_then(|id| book.owner_of(id)).is_some_and(|owner| owner.id == customer)
    };
    if !contracts.iter().all(is_theirs) {
        return Err(json!("Exceção na execução do método"));
    }
    let asked = ProfileRequest {
        customer,
        name: text("NomeCompleto"),
        email: text("Email"),
        mobile: text("Celular"),
        contracts,
    };
    book.profile_requests.push(asked);
    Ok("{\n      \"A solicitacao foi enviada ao setor responsavel, que realizara as\n     atualizacoes dos dados!\"\n}")
}

/// "Resetar senha do App", the one that sends an SMS.
pub fn reset_password(book: &mut Book, body: &Value) -> Value {
    let cpf = body.get("usuario").and_then(Value::as_str).unwrap_or_default();
    let Some(customer) = book.customer_by_document(cpf).map(|customer| customer.id) else {
        return json!({"error": "Nao foi possivel encontrar um cliente com esses dados de acesso"});
    };
    book.password_resets.push(customer);
    let said = "Senha resetada com sucesso, foi enviado um SMS com a nova senha para o telefone cadastrado.";
    json!({"Success": said})
}
