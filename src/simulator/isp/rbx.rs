//! RBX (RBXSoft): two addresses, each taking JSON whose one key names the method. The second version wants the header
//! `authentication_key`; customers are only in the first, which wants the key in the body and a filter in SQL.
//!
//! Assumed: the words for a document that is paid or not found, the code of a wrong key, and the first version's phone
//! and birth fields.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::book::{Book, Kept, WriteOffCall};
use super::desk::{Desk, Now, Office, copy};
use super::field::{id, iso, number_cents, text};
use super::pay::{Verdict, examine, pay, settle};
use crate::simulator::erp::bills::{charges, left_cents, reais};
use crate::simulator::erp::book::{Bill, State};
use crate::simulator::erp::pages;
use crate::simulator::http::{Answer, Reply, Request};

const FIRST: &str = "/routerbox/ws/rbx_server_json.php";
const SECOND: &str = "/routerbox/ws_json/ws_json.php";
const BRANDS: [&str; 6] = ["visa", "master", "elo", "amex", "hipercard", "diners"];
const ACCOUNTS: [i64; 2] = [1, 34];
const HISTORIC: i64 = 65874;

fn asked(request: &Request) -> Option<(String, Value)> {
    let body: Map<String, Value> = serde_json::from_slice(&request.body).ok()?;
    let mut methods = body.into_iter();
    let one = methods.next()?;
    methods.next().is_none().then_some(one)
}

pub fn operation(request: &Request) -> &'static str {
    match asked(request).as_ref().map_or("", |(method, _)| method.as_str()) {
        "ConsultaClientes" => "customer",
        "get_equipment_customer" | "ConsultaContratosBloqueados" => "contracts",
        "get_unpaid_document" => "bills",
        "get_barcode" => "line",
        "get_pix_copia_cola" => "pix",
        "get_banking_billet" => "pdf",
        "document_payment" => "write_off",
        "contract_unblock" => "unlock",
        "AtendimentoCadastro" => "ticket",
        _ => "other",
    }
}

fn yes(result: &Value) -> Answer {
    Answer::json(200, &json!({"status": 1, "error_code": 0, "error_description": "", "result": result}))
}

fn no(code: i64, why: &str) -> Answer {
    Answer::json(200, &json!({"status": 0, "error_code": code, "error_description": why, "result": ""}))
}

pub fn serve(desk: &Desk, office: &mut Office, request: &Request, now: &Now) -> io::Result<Reply> {
    let first = request.path == FIRST;
    if !(first || request.path == SECOND) || request.method != "POST" {
        office.book.complain(format!("{} {}: no such address", request.method, request.path));
        let outside = !request.path.starts_with("/routerbox/ws");
        return Ok(Reply::Whole(if outside { pages::login() } else { pages::error(404) }));
    }
    let Some((method, body)) = asked(request) else {
        office.book.complain(format!("{}: not one method in JSON", request.path));
        return Ok(Reply::Whole(no(2, "Invalid JSON!")));
    };
    let key = if first {
        body.get("Autenticacao").and_then(|it| text(it, "ChaveIntegracao"))
    } else {
        request.header("authentication_key")
    };
    if key != Some(&desk.credentials.password) {
        return Ok(Reply::Whole(no(1, "Invalid authentication key!")));
    }
    let of_first =
        ["ConsultaClientes", "ConsultaContratosBloqueados", "AtendimentoCadastro"].contains(&method.as_str());
    if first != of_first {
        office.book.complain(format!("{method} is not in {}", request.path));
        return Ok(Reply::Whole(no(2, "Method not found!")));
    }
    let answer = match method.as_str() {
        "ConsultaClientes" => customer(office, &body),
        "ConsultaContratosBloqueados" => blocked(office),
        "get_equipment_customer" => equipment(office, &body),
        "get_unpaid_document" => unpaid(office, &body, now),
        "get_barcode" => match ours(office, &body, "banking_billet_id").and_then(|id| office.line(id, now.today)) {
            Some(line) => yes(&json!(line)),
            None => no(7, "Banking billet not found!"),
        },
        "get_pix_copia_cola" => match ours(office, &body, "banking_billet_id") {
            None => no(7, "Banking billet not found!"),
            Some(id) => match office.pix(id, true, now)? {
                Some(code) => yes(&json!(code)),
                None => no(16, "O boleto bancário não tem a informação Pix Copia e Cola!"),
            },
        },
        "get_banking_billet" => billet(office, request, &body, now),
        "document_payment" => {
            let call = noted(&body, now);
            let order = "The payment_account_id is invalid!";
            return Ok(pay(
                office,
                call,
                |book, call| receive(book, &body, call, now),
                order,
                |verdict, _| said(verdict),
            ));
        }
        "contract_unblock" => unblock(&mut office.book, &body, now),
        "AtendimentoCadastro" => ticket(&mut office.book, &body, now),
        _ => {
            office.book.complain(format!("no such method: {method}"));
            no(2, "Method not found!")
        }
    };
    Ok(Reply::Whole(answer))
}

/// The filter is a piece of SQL: only the one comparison that is needed is understood, and no quote within it.
fn customer(office: &mut Office, body: &Value) -> Answer {
    let filter = text(body, "Filtro").unwrap_or("");
    let compared = filter.strip_prefix("CNPJ_CNPF='").or_else(|| filter.strip_prefix("CNPJ_CNPF = '"));
    let document = compared.and_then(|rest| rest.strip_suffix('\''));
    let Some(document) = document.filter(|it| it.bytes().all(|byte| byte.is_ascii_alphanumeric())) else {
        office.book.complain("ConsultaClientes: a filter that is not one comparison");
        return no(5, "Erro na consulta!");
    };
    let Some(found) = office.book.by_document(document) else { return no(6, "Nenhum registro encontrado!") };
    yes(&json!([{
        "Codigo": found.id.to_string(), "Tipo": "F", "CNPJ_CNPF": found.cpf, "Nome": found.name, "Sigla": "",
        "Grupo": "1", "Situacao": "A", "Endereco": "RUA INVENTADA", "Numero": "1", "Bairro": "CENTRO",
        "TelCelular": found.mobile, "TelResidencial": found.landline.clone().unwrap_or_default(),
        "DataNascimento": found.birth.to_string(), "Email": format!("cliente{}@example.com", found.id),
    }]))
}

fn blocked(office: &Office) -> Answer {
    let rows = office.book.customers.iter().flat_map(|customer| {
        let blocked = customer.contracts.iter().filter(|it| it.status.starts_with("SUSPENSO"));
        blocked.map(|it| json!({"Cliente_Codigo": customer.id.to_string(), "Contrato_Numero": it.id.to_string()}))
    });
    yes(&rows.collect())
}

/// One device a contract.
fn equipment(office: &Office, body: &Value) -> Answer {
    let Some(customer) = id(body, "customer_id").and_then(|id| office.book.customer(id)) else {
        return no(3, "The field customer_id is invalid!");
    };
    if text(body, "equipment_status").is_some_and(|status| status != "active") {
        return no(8, "The field equipment_status is invalid!");
    }
    let rows = customer.contracts.iter().filter(|it| it.status != "CANCELADO").map(|it| {
        json!({
            "id": format!("9{}", it.id), "customer_id": customer.id.to_string(), "contract_id": it.id.to_string(),
            "source": "C", "serial": "SN0001", "status": "active",
        })
    });
    yes(&rows.collect())
}

fn unpaid(office: &mut Office, body: &Value, now: &Now) -> Answer {
    let Some(customer) = body.get("customer_id") else { return no(3, "The field customer_id is required!") };
    let Some(customer) = customer.as_i64().filter(|id| office.book.customer(*id).is_some()) else {
        return no(4, "The field customer_id is invalid!");
    };
    let open = office.book.bills_of(customer).filter(|bill| bill.state == State::Open);
    let rows = open.map(|bill| {
        let late = charges(bill, now.today);
        let fine = (bill.value_cents * 2 + 50) / 100;
        let fine = if late.cents == 0 || !bill.tells_charges { 0 } else { fine };
        let interest = if bill.tells_charges { late.cents - fine } else { 0 };
        json!({
            "id": bill.id, "account_number": 3, "due_date": bill.due.to_string(), "document_number": bill.id + 10_000,
            "bank_number": bill.id, "charge_type": "with registry",
            "historic": format!("Mensalidade {}", bill.due.strftime("%m/%Y")), "comments": "", "source": "Billing",
            "bank": 756, "value_init": reais(left_cents(bill)), "value_interest": reais(interest),
            "value_fine": reais(fine), "value_discount": 0,
            "value_up": reais(left_cents(bill) + fine + interest), "contracts": bill.contracts,
            "address": {"street": "RUA INVENTADA", "number": 1},
        })
    });
    yes(&rows.collect())
}

/// An open document of that id.
fn ours(office: &Office, body: &Value, key: &str) -> Option<i64> {
    let id = body.get(key).and_then(Value::as_i64)?;
    office.book.bill(id).filter(|bill| bill.state == State::Open).map(|bill| bill.id)
}

fn billet(office: &Office, request: &Request, body: &Value, now: &Now) -> Answer {
    let found: Option<&Bill> = ours(office, body, "document_id").and_then(|id| office.book.bill(id));
    let Some(bill) = found else {
        return no(5, "Não foi encontrado um documento em aberto com o document_id informado!");
    };
    let host = request.header("Host").unwrap_or("");
    yes(&json!({
        "banking_billet_link": format!("http://{host}/routerbox/tmp/boleto_{}.pdf", bill.id),
        "banking_billet_available": 15, "banking_billet_base64": STANDARD.encode(copy(office, bill, now.today)),
    }))
}

fn noted(body: &Value, now: &Now) -> WriteOffCall {
    let number = |key: &str| body.get(key).and_then(Value::as_i64);
    let money = |key: &str| body.get(key).and_then(number_cents);
    let own = |key: &str| text(body, key).map(str::to_owned);
    let receipt = body.get("payment_receipt");
    let extra = [money("payment_interest_amount"), money("payment_fine_amount")];
    WriteOffCall {
        at_ms: now.ms,
        bill: number("document_id"),
        extra_cents: extra.iter().any(Option::is_some).then(|| extra.iter().flatten().sum()),
        discount_cents: money("payment_discount_amount"),
        date: own("payment_date"),
        method: own("payment_type"),
        account: number("payment_account_id").map(|id| id.to_string()),
        brand: own("card_brand"),
        instalments: number("payment_installments"),
        nsu: receipt.and_then(|it| it.get("document_number")).map(ToString::to_string),
        authorization: receipt.and_then(|it| text(it, "authorization_number")).map(str::to_owned),
        comment: own("payment_comment"),
        ..WriteOffCall::default()
    }
}

fn receive(book: &mut Book, body: &Value, call: &mut WriteOffCall, now: &Now) -> Verdict {
    let refused = |field: &str| Verdict::Refused(format!("The field {field} is invalid!"));
    let integer = |key: &str| body.get(key).and_then(Value::as_i64);
    let (bill, left, on) = match examine(book, call, text(body, "payment_date").and_then(iso), now) {
        Ok(found) => found,
        Err(verdict) => return verdict,
    };
    if integer("document_historic_id") != Some(HISTORIC) {
        return refused("document_historic_id");
    }
    for part in ["discount", "interest", "fine"] {
        let (kind, amount) = (format!("payment_{part}_type"), format!("payment_{part}_amount"));
        // shares of the value are left to people at a counter
        if text(body, &kind) != Some("V") || body.get(&amount).and_then(number_cents).is_none() {
            return refused(&amount);
        }
    }
    if body.get("unblock_customer").and_then(Value::as_bool).is_none() {
        return refused("unblock_customer");
    }
    let card = match text(body, "payment_type") {
        Some("money") => false,
        Some("credit_card_machine" | "debit_card_machine") => true,
        _ => return refused("payment_type"),
    };
    if card {
        let receipt = body.get("payment_receipt");
        let nsu = receipt.and_then(|it| it.get("document_number")).and_then(Value::as_i64);
        if !text(body, "card_brand").is_some_and(|brand| BRANDS.contains(&brand)) {
            return refused("card_brand");
        }
        if nsu.is_none() || call.authorization.as_deref().is_none_or(str::is_empty) {
            return refused("payment_receipt");
        }
        let credit = text(body, "payment_type") == Some("credit_card_machine");
        if credit && !integer("payment_installments").is_some_and(|count| (1..=24).contains(&count)) {
            return refused("payment_installments");
        }
    } else if !integer("payment_account_id").is_some_and(|id| ACCOUNTS.contains(&id)) {
        return refused("payment_account_id");
    }
    let late = book.bill(bill).map_or(0, |bill| charges(bill, now.latest).cents);
    let extra = call.extra_cents.unwrap_or(0);
    if extra > late + 2 || call.discount_cents.is_some_and(|discount| discount > left) {
        return refused("payment_fine_amount");
    }
    call.paid_cents = Some(left + extra - call.discount_cents.unwrap_or(0));
    settle(book, call, bill, on)
}

fn said(verdict: &Verdict) -> Answer {
    match verdict {
        Verdict::Done => yes(&json!("Payment successfully made")),
        Verdict::AlreadySettled => no(15, "The document_id is already paid!"),
        Verdict::Refused(why) => no(21, why),
    }
}

fn unblock(book: &mut Book, body: &Value, now: &Now) -> Answer {
    let both = body.get("customer_id").and_then(Value::as_i64).zip(body.get("contract_id").and_then(Value::as_i64));
    let Some((customer, contract)) = both else { return no(3, "The field contract_id is required!") };
    if book.owner_of(contract).is_none_or(|(owner, _)| owner.id != customer) {
        return no(14, "The contract_id does not exists or not belongs to the customer_id!");
    }
    match book.unlock(contract, now.ms, now.today) {
        Ok(_) => yes(&json!("Successfully blocked uncontract")),
        Err(Kept::Unknown | Kept::NotBlocked | Kept::AlreadyOnTrust) => {
            no(10, "Invalid contract_id status. Must be Blocked!")
        }
    }
}

fn ticket(book: &mut Book, body: &Value, now: &Now) -> Answer {
    let Some(told) = body.get("DadosAtendimento") else { return no(3, "DadosAtendimento é obrigatório!") };
    let customer = id(told, "Cliente").filter(|id| book.customer(*id).is_some());
    let (Some(customer), Some(subject)) = (customer, text(told, "Assunto")) else {
        return no(4, "Cliente ou Assunto inválido!");
    };
    let protocol = book.open_ticket(customer, None, subject, text(told, "Ocorrencia").unwrap_or(""), now.today);
    yes(&json!({"NumeroAtendimento": protocol}))
}
