//! What customers and their contracts look like in the answers of document 001.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::bills::{detailed, reais};
use super::book::{Book, Customer, State};

/// Days that limit which open bills are listed, both included.
#[derive(Default)]
pub struct Window {
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Window {
    fn holds(&self, due: Date) -> bool {
        self.from.is_none_or(|from| due >= from) && self.to.is_none_or(|to| due <= to)
    }
}

/// "Buscar dados de cliente, contrato e fatura", by CPF or by id.
pub fn file(book: &Book, customer: Option<&Customer>, window: &Window, today: Date) -> Value {
    let Some(customer) = customer else { return json!({"ClienteEncontrato": false}) };
    let open: Vec<_> = book.bills_of(customer.id).filter(|bill| bill.state == State::Open).collect();
    let listed: Vec<Value> =
        open.iter().filter(|bill| window.holds(bill.due)).map(|bill| detailed(bill, today)).collect();
    let contracts: Vec<Value> = customer
        .contracts
        .iter()
        .map(|contract| {
            json!({
                "ValorContrato": reais(contract.monthly_cents),
                "StatusContrato": contract.status,
                "IDContrato": contract.id,
                "DescricaoPlano": contract.plan,
                "TipoContrato": "RESIDENCIAL",
                "TipoTecnologia": contract.technology,
                "IDVencimento": contract.due_day,
            })
        })
        .collect();
    json!({
        "TipoPessoa": "PessoaFisica",
        "ClienteEncontrato": true,
        "NomeCliente": customer.name,
        "ExisteFaturaSemPagamento": !open.is_empty(),
        "IDCliente": customer.id,
        "Contratos": contracts,
        "ExisteAtendimentoAberto": false,
        "Faturas": listed,
    })
}

/// "Informações de Cliente". The birth date is midnight in São Paulo by the zone's history; where that midnight was
/// skipped, the first instant of the day. The PPPoE account is what a caller must not keep.
pub fn contact(customer: Option<&Customer>, zone: &TimeZone) -> Value {
    let Some(customer) = customer else {
        return json!({"error": "O idCliente informado não pertence a nenhum cliente cadastrado no sistema."});
    };
    let contracts: Vec<Value> = customer
        .contracts
        .iter()
        .map(|contract| {
            json!({
                "descricaoPlano": contract.plan,
                "id": contract.id,
                "status": contract.status,
                "usuarioPPPoE": format!("ficticio{}", contract.id),
                "senhaPPPoE": format!("segredo-{}", contract.id),
            })
        })
        .collect();
    let midnight = customer.birth.to_datetime(Time::midnight());
    let birth = zone.to_ambiguous_zoned(midnight).compatible().map(|day| day.timestamp().as_millisecond());
    json!({
        "data": {
            "telefoneFixo": customer.landline,
            "rg": "11111111",
            "telefoneMovel": customer.mobile,
            "cpf": customer.cpf,
            "nome": customer.name,
            "contratos": contracts,
            "dataNascimento": birth.ok(),
            "email": format!("cliente{}@example.com", customer.id),
            "nomeMae": "PESSOA INVENTADA",
        },
        "status": "OK",
    })
}
