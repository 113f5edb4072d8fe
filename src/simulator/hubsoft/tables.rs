//! The tables of a provider: cash accounts, means of payment, ticket types, due days, plans.

use serde_json::{Value, json};

pub const ACCOUNTS: [(i64, &str); 3] = [(7, "CAIXA PIX"), (8, "CAIXA CARTAO"), (9, "CAIXA LOJA")];

pub const MEANS: [(&str, &str); 6] = [
    ("cartao_credito", "Cartão de Crédito"),
    ("cartao_debito", "Cartão de Débito"),
    ("dinheiro", "Dinheiro"),
    ("pix", "PIX"),
    ("transferencia_bancaria", "Transferência Bancária"),
    ("totem_matriz", "Totem Matriz"),
];

pub const TICKET_KINDS: [(i64, &str); 2] = [(1, "FINANCEIRO - TOTEM"), (44, "SUPORTE")];

/// Id, name, price in cents.
pub const PLANS: [(i64, &str, i64); 2] = [(1308, "PLANO 300 MEGA", 9990), (1330, "COMBO 500 MEGA E TV", 16_990)];

/// CEPs of towns that it knows: where it sells, where it sells nothing, and where a business unit sells too much.
pub const CEPS: [&str; 4] = ["35560000", "30140071", "30160010", "30190000"];
pub const NOTHING_SOLD: &str = "30160010";
pub const MUCH_SOLD: &str = "30190000";

#[must_use]
pub fn accounts() -> Value {
    ACCOUNTS.iter().map(|(id, name)| json!({"id_caixa_financeiro": id, "descricao": name})).collect()
}

#[must_use]
pub fn means() -> Value {
    MEANS.iter().map(|(prefix, name)| json!({"descricao": name, "prefixo": prefix})).collect()
}

#[must_use]
pub fn ticket_kinds() -> Value {
    TICKET_KINDS.iter().map(|(id, name)| json!({"id_tipo_atendimento": id, "descricao": name})).collect()
}

#[must_use]
pub fn due_days() -> Value {
    json!([
        {"id_vencimento": 22, "dia_vencimento": 5},
        {"id_vencimento": 61, "dia_vencimento": 10},
        {"id_vencimento": 90, "dia_vencimento": "ultimo_dia"},
    ])
}

#[must_use]
pub fn cities() -> Value {
    json!([
        {"id_cidade": 1393, "nome": "Cidade Exemplo", "uf": "MG", "ibge": "3103900", "bairros": [{"nome": "CENTRO"}]},
        {"id_cidade": 1400, "nome": "Santo Antônio do Exemplo", "uf": "MG", "ibge": "3160405", "bairros": []},
    ])
}

/// As the document prints them, mark and all.
#[must_use]
pub fn plans(cep: &str) -> Value {
    let more = (0..if cep == MUCH_SOLD { 198 } else { 0 }).map(|at| (2000 + at, format!("PLANO {at} MEGA"), 9990));
    let few = PLANS.iter().filter(|_| cep != NOTHING_SOLD).map(|(id, name, cents)| (*id, (*name).to_owned(), *cents));
    let plans = few.chain(more).map(|(id, name, cents)| {
        let price = cents as f64 / 100.0;
        json!({
            "id_servico": id,
            "descricao": name,
            "valor": price,
            "nome_radius": format!("HUBSOFT-SERVICE-{id}"),
            "display": format!("{name} - (R$ {price:.2}) (INATIVO)"),
            "velocidade_download": 307_200,
            "velocidade_upload": 153_600,
        })
    });
    plans.collect()
}
