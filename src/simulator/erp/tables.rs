//! The tables a write-off refers to: payment methods, financial accounts, card brands.

use serde_json::{Value, json};

/// The method and account ids that a totem's configuration names for one way of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub method: i64,
    pub account: i64,
}

pub const DEBIT: Posting = Posting { method: 2, account: 1 };
pub const CREDIT: Posting = Posting { method: 3, account: 2 };
pub const PIX: Posting = Posting { method: 5, account: 34 };

const METHODS: [(i64, &str, bool, bool, bool); 5] = [
    (1, "BOLETO", false, false, false),
    (2, "CARTAO DEBITO", true, false, true),
    (3, "CARTAO CREDITO", true, false, false),
    (4, "DEPOSITO", false, false, false),
    (5, "PIX", false, true, false),
];

/// Method, account, bank, description, in use.
const ACCOUNTS: [(i64, i64, &str, &str, bool); 9] = [
    (1, 31, "CAIXA ECONOMICA", "CEF 280637", true),
    (1, 32, "BANCO DO BRASIL", "BANCO DO BRASIL - OPERA SERVIÇOS", true),
    (1, 33, "BRADESCO", "BRADESCO CITY10", true),
    (2, 1, "STONE", "TOTEM CARTAO DEBITO", true),
    (2, 7, "STONE", "TOTEM CARTAO DEBITO ANTIGA", false),
    (3, 2, "STONE", "TOTEM CARTAO CREDITO", true),
    (3, 8, "CIELO", "LOJA CARTAO CREDITO", true),
    (4, 31, "CAIXA ECONOMICA", "CEF 280637", true),
    (5, 34, "BANCO DO BRASIL", "TOTEM PIX", true),
];

/// Id, brand, acquirer.
const BRANDS: [(i64, &str, &str); 10] = [
    (1, "VISA", "STONE"),
    (2, "VISA", "CIELO"),
    (3, "MASTERCARD", "STONE"),
    (4, "MASTERCARD", "CIELO"),
    (5, "ELO", "STONE"),
    (6, "ELO", "CIELO"),
    (7, "HIPERCARD", "STONE"),
    (8, "HIPERCARD", "CIELO"),
    (9, "AMERICAN EXPRESS", "STONE"),
    (10, "AMERICAN EXPRESS", "CIELO"),
];

#[must_use]
pub fn is_method(id: i64) -> bool {
    METHODS.iter().any(|(method, ..)| *method == id)
}

#[must_use]
pub fn is_brand(id: i64) -> bool {
    BRANDS.iter().any(|(brand, ..)| *brand == id)
}

/// Whether money can be posted to the account, and by that method where one is given.
#[must_use]
pub fn takes(account: i64, method: Option<i64>) -> bool {
    ACCOUNTS.iter().any(|(by, id, _, _, used)| *id == account && *used && method.is_none_or(|method| *by == method))
}

pub fn methods() -> Value {
    METHODS
        .iter()
        .map(|(id, name, card, transfer, debit)| {
            json!({
                "id": id,
                "descricao": name,
                "isCartao": card,
                "isDinheiro": false,
                "isTransferencia": transfer,
                "debito": debit,
            })
        })
        .collect()
}

pub fn accounts(method: i64) -> Value {
    let rows = ACCOUNTS
        .iter()
        .filter(|(by, ..)| *by == method)
        .map(|(_, id, bank, name, used)| json!({"ativo": used, "banco": bank, "id": id, "descricao": name}));
    or_failure(rows.collect())
}

pub fn brands(acquirer: Option<&str>) -> Value {
    let rows = BRANDS.iter().filter(|(_, _, by)| acquirer.is_none_or(|acquirer| acquirer == *by)).map(
        |(id, name, acquirer)| {
            json!({
                "id": id,
                "descricao": name,
                "idEmpresa": 1,
                "nomeEmpresa": "LAFAIETE",
                "codigoCreditoSap": "8",
                "codigoDebitoSap": "8",
                "adquirente": acquirer,
            })
        },
    );
    or_failure(rows.collect())
}

fn or_failure(rows: Vec<Value>) -> Value {
    if rows.is_empty() { json!("FALHA") } else { Value::Array(rows) }
}
