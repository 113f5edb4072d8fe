//! The words of document 003: its parameters, its fields, all of them texts, and nothing else taken in.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::counter::{Language, object};
use super::papers;
use super::{Parameters, joining};
use crate::simulator::erp::bills;
use crate::simulator::erp::book::{Bill, Book, Customer, ProfileRequest, State};
use crate::simulator::http::{Answer, Request};

pub struct Contract {
    pub parameters: Parameters,
    pub token: String,
}

/// Method, path, name, and the parameters that must be there.
const PATHS: [(&str, &str, &str, &[&str]); 15] = [
    ("GET", "/cliente", "customer", &["cnpj_cpf"]),
    ("GET", "/faturas", "open_bills", &["document"]),
    ("GET", "/contratos", "contracts", &["document"]),
    ("GET", "/instalacoes", "installations", &["document", "id_cliente"]),
    ("GET", "/extratos", "statement", &["document", "id_cliente"]),
    ("GET", "/notas", "notes", &["document", "id_cliente"]),
    ("GET", "/quitacao", "settlements", &["document", "id_cliente"]),
    ("GET", "/produtos", "products", &[]),
    ("POST", "/habilitacao", "unlock", &["id_cliente", "id_servico"]),
    ("POST", "/atendimento", "ticket", &["id_cliente", "id_servico", "assunto", "mensagem"]),
    ("POST", "/baixa", "write_off", &["id_cliente", "id_fatura"]),
    ("GET", "/vencimentos", "due_days", &[]),
    ("POST", "/prospecto", "prospect", &["nome", "cnpj_cpf"]),
    ("POST", "/lead", "lead", &["nome", "documento", "telefone"]),
    ("PUT", "/editar", "edit", &["id_cliente"]),
];

/// What may be there beside.
const OPTIONAL: [(&str, &[&str]); 4] = [
    ("edit", &["telefone_celular", "email"]),
    (
        "lead",
        &[
            "email",
            "endereco",
            "numero",
            "bairro",
            "cidade",
            "estado",
            "CEP",
            "cobertura",
            "latitude",
            "longitude",
            "revendedor",
            "id_revendedor",
            "extra_data",
        ],
    ),
    ("open_bills", &["id_contrato"]),
    ("ticket", &["id_tipo_de_atendimento", "id_departamento", "id_funcionario", "email", "telefone", "anexo"]),
];

type Asked = Map<String, Value>;

impl Contract {
    /// The parameters; a refusal where one is missing, of another type, or not the document's.
    fn asked(&self, operation: &str, request: &Request, book: &mut Book) -> Result<Asked, Answer> {
        let in_body = request.method != "GET" || self.parameters == Parameters::Body;
        let asked = if in_body {
            let needs = PATHS.iter().any(|(_, _, name, needed)| *name == operation && !needed.is_empty());
            object(request).or_else(|| (!needs).then(Map::new))
        } else {
            Some(request.query.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect())
        };
        let Some(asked) = asked else { return Err(refusal(book, operation, "a JSON object was expected")) };
        let needed =
            PATHS.iter().find(|(_, _, name, _)| *name == operation).map_or(&[][..], |(_, _, _, needed)| needed);
        let optional = OPTIONAL.iter().find(|(name, _)| *name == operation).map_or(&[][..], |(_, optional)| optional);
        if let Some(name) = needed.iter().find(|name| !asked.get(**name).is_some_and(is_given)) {
            return Err(refusal(book, operation, &format!("{name} is missing")));
        }
        // its fields are many, and looked at where it is written down
        if operation == "prospect" {
            return Ok(asked);
        }
        if let Some(name) =
            asked.keys().find(|name| !needed.contains(&name.as_str()) && !optional.contains(&name.as_str()))
        {
            return Err(refusal(book, operation, &format!("{name} is not in the document")));
        }
        Ok(asked)
    }
}

fn is_given(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.is_empty())
}

fn refusal(book: &mut Book, operation: &str, why: &str) -> Answer {
    book.complain(format!("{operation}: {why}"));
    Answer::json(400, &json!({"status": "erro", "mensagem": why}))
}

fn text(asked: &Asked, name: &str) -> String {
    asked.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// "Edit customer": usually only the contacts are sent.
fn edit(book: &mut Book, asked: &Asked) -> Answer {
    let given = |name: &str| asked.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let id = given("id_cliente").and_then(|id| id.parse().ok()).filter(|id| book.customer(*id).is_some());
    let (email, mobile) = (given("email"), given("telefone_celular"));
    let Some(customer) = id.filter(|_| email.is_some() || mobile.is_some()) else {
        return Answer::json(200, &json!({"status": "erro", "obs": "nada a mudar"}));
    };
    book.profile_requests.push(ProfileRequest { customer, email, mobile, ..ProfileRequest::default() });
    Answer::json(200, &json!({"status": "ok"}))
}

/// A list as the document prints it, which is not JSON.
fn as_printed(rows: &[Value]) -> Answer {
    Answer::new(200, "application/json", format!("{{ {} }}", Value::from(rows)))
}

fn reais(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl Language for Contract {
    fn names(&self) -> &'static [&'static str] {
        &[
            "customer",
            "open_bills",
            "contracts",
            "installations",
            "statement",
            "notes",
            "settlements",
            "file",
            "products",
            "unlock",
            "ticket",
            "write_off",
            "due_days",
            "prospect",
            "lead",
            "edit",
        ]
    }

    fn operation(&self, request: &Request) -> Option<&'static str> {
        if request.method == "GET" && request.path.starts_with(papers::FOLDER) {
            return Some("file");
        }
        let path = PATHS.iter().find(|(method, path, ..)| *method == request.method && *path == request.path);
        path.map(|(_, _, name, _)| *name)
    }

    fn sign_in(&self, request: &Request) -> Option<Answer> {
        let expected = format!("Bearer {}", self.token);
        // a link opens by its name alone
        let is_known =
            request.path.starts_with(papers::FOLDER) || request.header("Authorization") == Some(expected.as_str());
        (!is_known).then(|| Answer::json(401, &json!({"status": "erro", "mensagem": "token"})))
    }

    fn answer(&self, operation: &'static str, request: &Request, book: &mut Book, today: Date) -> Answer {
        if operation == "file" {
            return papers::file(book, &request.path);
        }
        let asked = match self.asked(operation, request, book) {
            Ok(asked) => asked,
            Err(refusal) => return refusal,
        };
        let document = text(&asked, if operation == "customer" { "cnpj_cpf" } else { "document" });
        let customer = book.customer_by_document(&document);
        match (operation, customer) {
            ("customer", Some(customer)) => Answer::json(200, &info(customer)),
            ("customer", None) => Answer::json(404, &json!({"mensagem": "cliente não encontrado"})),
            ("edit", _) => edit(book, &asked),
            ("open_bills", Some(customer)) => {
                Answer::json(200, &open_bills(book, customer, &text(&asked, "id_contrato"), today))
            }
            ("contracts", Some(customer)) => as_printed(&contracts(customer)),
            ("installations", Some(customer)) => Answer::json(200, &json!({"instalacoes": installations(customer)})),
            ("statement", Some(customer)) => Answer::json(200, &json!({"extratos": statement(book, customer)})),
            ("notes", Some(customer)) => {
                let host = request.header("Host").unwrap_or_default();
                Answer::json(200, &json!({"notas": papers::notes(book, customer, host)}))
            }
            ("settlements", Some(customer)) => {
                let host = request.header("Host").unwrap_or_default();
                as_printed(&papers::settlements(book, customer, host, today))
            }
            ("products", _) => Answer::json(200, &joining::products()),
            ("due_days", _) => Answer::json(200, &joining::due_days()),
            ("prospect", _) => joining::prospect(book, &asked),
            ("lead", _) => joining::lead(book, &asked),
            ("unlock", _) => Answer::json(200, &json!({"status": unlock(book, &asked)})),
            ("ticket", _) => Answer::json(200, &json!({"id_atendiemnto": "2026000123", "obs": ""})),
            _ => Answer::json(200, &json!([])),
        }
    }

    fn written_off(&self, request: &Request, book: &mut Book) -> Result<i64, Answer> {
        let asked = self.asked("write_off", request, book)?;
        let number = |name: &str| text(&asked, name).parse::<i64>().ok();
        let bill = number("id_fatura").and_then(|id| book.bill(id));
        match bill.filter(|bill| Some(bill.customer) == number("id_cliente")).map(|bill| bill.id) {
            Some(id) => Ok(id),
            None => Err(refusal(book, "write_off", "fatura não encontrada")),
        }
    }

    fn settled(&self, is_new: bool) -> Answer {
        Answer::json(200, &json!({"status": if is_new { "ok" } else { "quitada" }}))
    }

    fn rejected(&self) -> Answer {
        Answer::json(200, &json!({"status": "recusado", "mensagem": "baixa bloqueada"}))
    }

    fn internal_error(&self) -> Answer {
        Answer::json(500, &json!({"status": "erro"}))
    }
}

fn info(customer: &Customer) -> Value {
    let contract = customer.contracts.first().map(|contract| contract.id.to_string()).unwrap_or_default();
    json!({
        "nome_completo": customer.name, "aniversario": customer.birth.strftime("%d/%m/%Y").to_string(),
        "data_registro": "05/08/2017", "ativo": "S", "id_remoto": customer.id.to_string(), "id_contrato": contract,
        "rua_endereco": "RUA INVENTADA", "numero_endereco": "102", "cep_endereco": "36402157",
        "cidade_endereco": "CIDADE EXEMPLO", "complemento_endereco": "", "bairro_endereco": "CENTRO",
        "estado_endereco": "MG",
    })
}

fn open_bills(book: &Book, customer: &Customer, contract: &str, today: Date) -> Value {
    let mine = book.bills_of(customer.id).filter(|bill| bill.state == State::Open);
    let rows = mine.filter(|bill| contract.is_empty() || bill.contracts.iter().any(|id| id.to_string() == contract));
    rows.map(|bill| open_bill(book, customer, bill, today)).collect()
}

fn open_bill(book: &Book, customer: &Customer, bill: &Bill, today: Date) -> Value {
    let days = i64::from((today - bill.due).get_days()).max(0);
    let (fine, interest) =
        if days == 0 { (0, 0) } else { ((bill.value_cents * 2 + 50) / 100, (bill.value_cents * days + 1500) / 3000) };
    let told = |text: String| if bill.tells_charges { text } else { String::new() };
    let contracts: Vec<String> = bill.contracts.iter().map(i64::to_string).collect();
    json!({
        "id_fatura": bill.id.to_string(), "code_fatura": format!("{}-{}", bill.id, customer.cpf),
        "nome_cliente": customer.name, "document_number": customer.cpf, "remote_id": customer.id.to_string(),
        "valor_inicial": reais(bill.value_cents), "valor_atual": told(reais(bills::due_cents(bill, today))),
        "juros": told(reais(interest)), "multa": told(reais(fine)), "desconto": told("0.00".to_owned()),
        "emissao": bill.due.strftime("%d/%m/%Y").to_string(), "vencimento": bill.due.strftime("%d/%m/%Y").to_string(),
        "historico": "Mensalidade Plano Exemplo", "bank_code": "756",
        "linha_digitavel": bills::line(book, bill.id, today).unwrap_or_default(), "integration_id": "1",
        "identifier": "carteira-1",
        "pix_code": if bill.has_pix { bills::pix_code(&format!("{:032}", bill.id)) } else { String::new() },
        "contract_id": contracts,
        "bill_receipt": "PROVEDOR FICTICIO\nCONVENIO CARTAO 4321", "bill_pix_receipt": "PROVEDOR FICTICIO\nCONVENIO PIX 1234",
    })
}

fn contracts(customer: &Customer) -> Vec<Value> {
    let row = |id: i64, name: &str| json!({"remote_id": id.to_string(), "contract_name": name});
    customer.contracts.iter().map(|contract| row(contract.id, &contract.plan)).collect()
}

fn installations(customer: &Customer) -> Vec<Value> {
    let rows = customer.contracts.iter().map(|contract| {
        json!({
            "id_servico": contract.id.to_string(), "nome": contract.plan, "situacao": contract.status, "obs": "",
            "valor": reais(contract.monthly_cents), "numero_plano": "1", "endereco": "RUA INVENTADA, 102",
        })
    });
    rows.collect()
}

/// `valor` is what was received, `saldo` what the bill was.
fn statement(book: &Book, customer: &Customer) -> Vec<Value> {
    let rows = book.bills_of(customer.id).map(|bill| {
        let (paid_on, received) = match bill.state {
            State::Open => (String::new(), String::new()),
            State::Paid { paid_on, paid_cents, .. } => (paid_on.strftime("%d/%m/%Y").to_string(), reais(paid_cents)),
        };
        json!({
            "id_nota": bill.id.to_string(), "data_lancamento": "", "data_vencimento": bill.due.strftime("%d/%m/%Y").to_string(),
            "data_baixa": paid_on, "historico": "Mensalidade", "valor": received, "saldo": reais(bill.value_cents),
            "cobranca": "Boleto",
        })
    });
    rows.collect()
}

fn unlock(book: &mut Book, asked: &Asked) -> &'static str {
    let number = |name: &str| text(asked, name).parse::<i64>().ok();
    let (customer, service) = (number("id_cliente"), number("id_servico"));
    let customers = book.customers.iter_mut().filter(|one| Some(one.id) == customer);
    let mut contracts = customers.flat_map(|one| &mut one.contracts).filter(|one| Some(one.id) == service);
    match contracts.find(|contract| contract.status.starts_with("SUSPENSO")) {
        Some(contract) => {
            contract.status = "HABILITADO EM CONFIANCA".into();
            "ativo"
        }
        None => "recusado",
    }
}
