//! Becoming a customer in the words of document 003: products, due days, prospects and leads.

use serde_json::{Map, Value, json};

use crate::simulator::erp::book::Book;
use crate::simulator::http::Answer;

/// What must be there of a prospect, and what must be a text; the document prints nothing but texts.
const NEEDED: [&str; 11] = [
    "nome",
    "tipo_pessoa",
    "cnpj_cpf",
    "cep",
    "endereco_instalação",
    "numero_instalação",
    "bairro_instalação",
    "cidade_instalação",
    "uf_instalação",
    "telefone",
    "id_vencimento",
];
const TEXTS: [&str; 8] = [
    "razão_social",
    "data_nascimento",
    "id_revendedor",
    "id_origem",
    "complemento_instalação",
    "celular",
    "email",
    "obs",
];

pub fn products() -> Value {
    let product = |id: &str, name: &str, about: &str, price: &str| json!({"id_servico": id, "nome": name, "descricao": about, "valor": price, "obs": ""});
    json!([
        product("1", "FIBRA 300 MB", "", "99.90"),
        product("2", "COMBO 600 MB", "600 MB, TV com 80 canais e telefone; 1º mês grátis", "149.90"),
    ])
}

pub fn due_days() -> Value {
    json!({"vencimentos": [
        {"id_vencimento": "5", "data": "dia 5", "obs": ""}, {"id_vencimento": "9", "data": "dia 20", "obs": ""},
    ]})
}

fn refusal(book: &mut Book, why: &str) -> Answer {
    book.complain(format!("prospect: {why}"));
    Answer::json(400, &json!({"status": "erro", "mensagem": why}))
}

/// A person who is in the book already is refused: there is no id then.
pub fn prospect(book: &mut Book, asked: &Map<String, Value>) -> Answer {
    let given = |name: &str| asked.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    if let Some(missing) = NEEDED.into_iter().find(|name| given(name).is_none()) {
        return refusal(book, &format!("{missing} is missing"));
    }
    let known = |name: &str| NEEDED.contains(&name) || TEXTS.contains(&name) || ["servicos", "anexos"].contains(&name);
    if let Some(strange) = asked.keys().find(|name| !known(name)) {
        return refusal(book, &format!("{strange} is not in the document"));
    }
    if let Some(other) = TEXTS.into_iter().find(|name| asked.get(*name).is_some_and(|value| !value.is_string())) {
        return refusal(book, &format!("{other} is no text"));
    }
    let document = given("cnpj_cpf").unwrap_or_default().to_owned();
    match (given("tipo_pessoa"), document.len()) {
        (Some("F"), 11) | (Some("J"), 14) => {}
        _ => return refusal(book, "tipo_pessoa does not fit cnpj_cpf"),
    }
    let services = asked.get("servicos").and_then(Value::as_array).map(Vec::as_slice);
    let Some([service]) = services else { return refusal(book, "one service was expected") };
    let on_sale = products()
        .as_array()
        .is_some_and(|all| all.iter().any(|one| one.get("id_servico") == service.get("id_servico")));
    if !on_sale {
        return refusal(book, "no such service");
    }
    let twin = book.joined.iter().any(|one| one.get("cnpj_cpf").and_then(Value::as_str) == Some(document.as_str()));
    if twin || book.customer_by_document(&document).is_some() {
        return Answer::json(200, &json!({"id_prospecto": "", "obs": "CPF já cadastrado"}));
    }
    book.joined.push(Value::Object(asked.clone()));
    Answer::json(200, &json!({"id_prospecto": (700 + book.joined.len()).to_string(), "obs": ""}))
}

pub fn lead(book: &mut Book, asked: &Map<String, Value>) -> Answer {
    book.joined.push(Value::Object(asked.clone()));
    Answer::json(200, &json!({"id_lead": (900 + book.joined.len()).to_string(), "obs": ""}))
}
