//! The functions: what each takes, and what it gives.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::simulator::datacake::counter::{Language, object};
use crate::simulator::erp::book::{Bill, Book, Customer, State, Ticket, Unlock};
use crate::simulator::erp::{bills, pdf};
use crate::simulator::http::{Answer, Request};

const WHO: &str = "customer_document_number";

pub struct Functions {
    pub token: String,
    pub links: bool,
}

/// Path, name, what must be said, and what may be.
const FUNCTIONS: [(&str, &str, &[&str], &[&str]); 20] = [
    ("/informacoes_do_cliente", "customer", &[WHO], &[]),
    ("/listar_faturas", "open_bills", &[WHO], &["contract_id"]),
    ("/fatura", "bill", &["customer_bill_id", WHO], &[]),
    ("/pdf", "pdf", &["boleto_id"], &[]),
    ("/baixa", "write_off", &["transaction", "boleto_id", WHO], &[]),
    ("/contatos", "contacts", &[WHO], &[]),
    ("/pendencia", "pendency", &[WHO], &[]),
    ("/planos", "contracts", &[WHO], &[]),
    ("/planos_bloqueados", "blocked", &[WHO], &[]),
    ("/desbloqueio", "unlock", &[WHO, "contrato"], &[]),
    ("/notas", "notes", &[WHO], &[]),
    ("/nota_pdf", "note_pdf", &["nota"], &[]),
    ("/chamado", "ticket", &[WHO, "texto"], &[]),
    ("/revendedores", "resellers", &[], &[]),
    ("/produtos", "products", &[], &[]),
    ("/vencimentos", "due_days", &[], &[]),
    ("/origens", "origins", &[], &[]),
    ("/pedido", "order", &["order", "message"], &[]),
    ("/pedido_cliente", "order_for_customer", &["order", "message", WHO, "wda_user"], &[]),
    ("/lead", "lead", &["lead"], &[]),
];

type Asked = Map<String, Value>;

fn text(asked: &Asked, name: &str) -> String {
    asked.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn reais(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn refusal(book: &mut Book, operation: &str, why: &str) -> Answer {
    book.complain(format!("{operation}: {why}"));
    Answer::json(400, &json!({"error": why}))
}

fn is_given(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.is_empty(),
        Value::Object(parts) => !parts.is_empty(),
        _ => false,
    }
}

impl Functions {
    /// The inputs; a refusal where one is missing, or is not the document's.
    fn asked(operation: &str, request: &Request, book: &mut Book) -> Result<Asked, Answer> {
        let Some(asked) = object(request) else { return Err(refusal(book, operation, "a JSON object was expected")) };
        let function = FUNCTIONS.iter().find(|(_, name, ..)| *name == operation);
        let (needed, optional) = function.map_or((&[][..], &[][..]), |(_, _, needed, optional)| (*needed, *optional));
        // a message may be empty: there is nothing to say
        let is_there = |name: &&str| asked.get(*name).is_some_and(|value| is_given(value) || *name == "message");
        if let Some(name) = needed.iter().find(|name| !is_there(name)) {
            return Err(refusal(book, operation, &format!("{name} is missing")));
        }
        let is_known = |name: &str| needed.contains(&name) || optional.contains(&name);
        match asked.keys().find(|name| !is_known(name)) {
            Some(name) => Err(refusal(book, operation, &format!("{name} is not in the document"))),
            None => Ok(asked),
        }
    }

    fn row(&self, book: &Book, customer: &Customer, bill: &Bill, request: &Request, today: Date) -> Value {
        let days = i64::from((today - bill.due).get_days()).max(0);
        let (fine, interest) = if days == 0 {
            (0, 0)
        } else {
            ((bill.value_cents * 2 + 50) / 100, (bill.value_cents * days + 1500) / 3000)
        };
        let told = |text: String| if bill.tells_charges { text } else { String::new() };
        let host = request.header("Host").unwrap_or_default();
        json!({
            "document_number": customer.cpf, "fatura": bill.document_number, "nome_cliente": customer.name,
            "valor_inicial": reais(bill.value_cents), "valor_final": told(reais(bills::due_cents(bill, today))),
            "juros": told(reais(interest)), "multa": told(reais(fine)), "emissao": bill.due.strftime("%d/%m/%Y").to_string(),
            "vencimento": bill.due.strftime("%d/%m/%Y").to_string(), "historico": "Plano Exemplo",
            "link_boleto": if self.links { format!("http://{host}/arquivos/{}", bill.id) } else { String::new() },
            "linha_digitavel": bills::line(book, bill.id, today).unwrap_or_default(),
            "code_fatura": format!("{}-{}", bill.id, customer.cpf), "identifier": "carteira-1",
            "remote_id": bill.id.to_string(),
            "pix_code": if bill.has_pix { bills::pix_code(&format!("{:032}", bill.id)) } else { String::new() },
        })
    }

    fn open_bills(&self, book: &Book, customer: &Customer, asked: &Asked, request: &Request, today: Date) -> Value {
        let (one, contract) = (text(asked, "customer_bill_id"), text(asked, "contract_id"));
        let is_wanted = |bill: &&Bill| {
            (one.is_empty() || bill.id.to_string() == one)
                && (contract.is_empty() || bill.contracts.iter().any(|id| id.to_string() == contract))
        };
        let open = book.bills_of(customer.id).filter(|bill| bill.state == State::Open).filter(is_wanted);
        open.map(|bill| self.row(book, customer, bill, request, today)).collect()
    }

    fn about(&self, operation: &str, customer: &Customer, book: &Book) -> Answer {
        let of = |customer: &Customer, wanted: fn(&str) -> bool| {
            let contracts = customer.contracts.iter().filter(|contract| wanted(&contract.status));
            contracts.map(|contract| json!({"id": contract.id.to_string(), "plano": contract.plan})).collect::<Value>()
        };
        let owes = book.bills_of(customer.id).any(|bill| bill.state == State::Open);
        Answer::json(
            200,
            &match operation {
                "customer" => json!({
                    "codigo": customer.id.to_string(), "nome": customer.name, "celular": customer.mobile,
                    "nascimento": customer.birth.strftime("%d/%m/%Y").to_string(),
                }),
                "contacts" => json!([
                    {"type": "email", "value": format!("cliente{}@example.com", customer.id)},
                    {"type": "phone", "value": customer.mobile},
                ]),
                "pendency" if owes => json!(["há faturas em aberto"]),
                "pendency" => json!([]),
                "contracts" => of(customer, |_| true),
                _ => of(customer, |status| status.starts_with("SUSPENSO")),
            },
        )
    }
}

impl Language for Functions {
    fn names(&self) -> &'static [&'static str] {
        &[
            "customer",
            "open_bills",
            "bill",
            "pdf",
            "write_off",
            "contacts",
            "pendency",
            "notes",
            "note_pdf",
            "contracts",
            "blocked",
            "unlock",
            "ticket",
            "resellers",
            "products",
            "due_days",
            "origins",
            "order",
            "order_for_customer",
            "lead",
            "file",
        ]
    }

    fn operation(&self, request: &Request) -> Option<&'static str> {
        if request.method == "GET" && self.links && request.path.starts_with("/arquivos/") {
            return Some("file");
        }
        let function = FUNCTIONS.iter().find(|(path, ..)| request.method == "POST" && *path == request.path);
        function.map(|(_, name, ..)| *name)
    }

    fn sign_in(&self, request: &Request) -> Option<Answer> {
        let expected = format!("Bearer {}", self.token);
        let is_known = request.header("Authorization") == Some(expected.as_str());
        (!is_known).then(|| Answer::json(401, &json!({"error": "token"})))
    }

    fn answer(&self, operation: &'static str, request: &Request, book: &mut Book, today: Date) -> Answer {
        let file = |book: &Book, id: &str| id.parse().ok().and_then(|id| bills::copy(book, id, today));
        if operation == "file" {
            let id = request.path.strip_prefix("/arquivos/").unwrap_or_default();
            return file(book, id)
                .map_or(Answer::json(404, &json!({})), |pdf| Answer::new(200, "application/pdf", pdf));
        }
        let asked = match Functions::asked(operation, request, book) {
            Ok(asked) => asked,
            Err(refusal) => return refusal,
        };
        let customer = book.customer_by_document(&text(&asked, WHO));
        match (operation, customer) {
            ("open_bills" | "bill", Some(customer)) => {
                Answer::json(200, &self.open_bills(book, customer, &asked, request, today))
            }
            ("pdf", _) => match file(book, &text(&asked, "boleto_id")) {
                Some(pdf) => Answer::json(200, &json!({"base_64": STANDARD.encode(pdf)})),
                None => Answer::json(200, &json!({"base_64": ""})),
            },
            ("unlock", Some(customer)) => {
                let (customer, contract) = (customer.id, text(&asked, "contrato").parse().unwrap_or(0));
                Answer::json(200, &json!({"liberado": unlocked(book, customer, contract, today)}))
            }
            ("notes", Some(customer)) => Answer::json(200, &notes(book, customer)),
            ("note_pdf", _) => Answer::json(200, &note_pdf(book, &text(&asked, "nota"))),
            ("ticket", Some(customer)) => {
                let (customer, contracts) = (customer.id, customer.contracts.first().map(|contract| contract.id));
                Answer::json(200, &opened(book, customer, contracts.unwrap_or(0), text(&asked, "texto"), today))
            }
            ("resellers", _) => {
                Answer::json(200, &json!([{"code": "1", "name": "Loja Centro", "taxvat": "", "email": ""}]))
            }
            ("products", _) => Answer::json(
                200,
                &json!([{"codigo": "7", "nome": "FIBRA 300 MB"}, {"codigo": "8", "nome": "FIBRA 600 MB"}]),
            ),
            ("due_days", _) => Answer::json(200, &json!([{"code": "1", "name": "5"}, {"code": "2", "name": "10"}])),
            ("origins", _) => Answer::json(200, &json!([{"code": "3", "description": "Totem"}])),
            ("order", _) => {
                let twin = book.joined.iter().any(|one| one.get("order") == asked.get("order"));
                book.joined.push(Value::Object(asked));
                Answer::json(
                    200,
                    &if twin {
                        json!({"remote_id": "", "remote_message": "Pedido repetido", "is_issue": false})
                    } else {
                        json!({"remote_id": "77", "remote_message": "", "is_issue": false})
                    },
                )
            }
            ("order_for_customer", Some(customer)) => {
                if text(&asked, "wda_user") != customer.id.to_string() {
                    return refusal(book, operation, "wda_user is another customer");
                }
                book.joined.push(Value::Object(asked));
                Answer::json(200, &json!({"remote_id": "78"}))
            }
            ("lead", _) => {
                book.joined.push(Value::Object(asked));
                Answer::json(200, &json!({}))
            }
            ("customer", None) => Answer::json(200, &json!({})),
            ("customer" | "contacts" | "pendency" | "contracts" | "blocked", Some(customer)) => {
                self.about(operation, customer, book)
            }
            _ => Answer::json(200, &json!([])),
        }
    }

    fn written_off(&self, request: &Request, book: &mut Book) -> Result<i64, Answer> {
        let asked = Functions::asked("write_off", request, book)?;
        let owner = book.customer_by_document(&text(&asked, WHO)).map(|customer| customer.id);
        let bill = text(&asked, "boleto_id").parse().ok().and_then(|id| book.bill(id));
        match bill.filter(|bill| Some(bill.customer) == owner).map(|bill| bill.id) {
            Some(id) => Ok(id),
            None => Err(refusal(book, "write_off", "boleto_id is none of this customer's")),
        }
    }

    fn settled(&self, is_new: bool) -> Answer {
        Answer::json(
            200,
            &if is_new {
                json!({"success": true, "api_response": {"status": "ok"}})
            } else {
                json!({"success": false, "api_response": "A fatura já se encontra quitada."})
            },
        )
    }

    fn rejected(&self) -> Answer {
        Answer::json(200, &json!({"success": false, "api_response": "Caixa fechado"}))
    }

    fn internal_error(&self) -> Answer {
        Answer::json(200, &json!({"success": false, "api_response": "HTTP 500"}))
    }
}

/// A note for every bill.
fn notes(book: &Book, customer: &Customer) -> Value {
    let rows = book.bills_of(customer.id).map(|bill| {
        let emitted = bill.due.strftime("%d/%m/%Y").to_string();
        json!({"codigo": bill.id, "numero": bill.document_number, "emitida": emitted, "total": reais(bill.value_cents)})
    });
    rows.collect()
}

fn note_pdf(book: &Book, id: &str) -> Value {
    let bill = id.parse().ok().and_then(|id| book.bill(id));
    let file = bill.map(|bill| STANDARD.encode(pdf::page(&[format!("NOTA FISCAL {}", bill.document_number)])));
    json!({"arquivo": file.unwrap_or_default()})
}

fn opened(book: &mut Book, customer: i64, contract: i64, text: String, today: Date) -> Value {
    let id = 123 + i64::try_from(book.tickets.len()).unwrap_or(0);
    let protocol = format!("{}{id:06}", today.year());
    let told = json!({"protocolo": protocol});
    book.tickets.push(Ticket { id, protocol, customer, contract, kind: None, text, opened_ms: 0 });
    told
}

fn unlocked(book: &mut Book, customer: i64, contract: i64, today: Date) -> bool {
    let customers = book.customers.iter_mut().filter(|one| one.id == customer);
    let mut contracts = customers.flat_map(|one| &mut one.contracts).filter(|one| one.id == contract);
    match contracts.find(|contract| contract.status.starts_with("SUSPENSO")) {
        Some(contract) => {
            contract.status = "HABILITADO EM CONFIANCA".into();
            let contract = contract.id;
            book.unlocks.push(Unlock { contract, until: today.saturating_add(3.days()) });
            true
        }
        None => false,
    }
}
