//! What the document names beyond reading: customers, contracts and consumption changed by the provider.

use std::sync::PoisonError;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::told::Told;
use crate::simulator::datacake::counter::object;
use crate::simulator::erp::book::{Book, Contract, Customer};
use crate::simulator::http::{Answer, Request};

pub struct Consumption {
    id: i64,
    contract: i64,
    description: String,
    quantity: String,
    value: String,
    on: Date,
}

impl Told {
    pub(super) fn office(&self, operation: &str, id: &str, request: &Request, book: &mut Book, today: Date) -> Answer {
        let number = id.parse::<i64>().ok();
        match operation {
            "customer_add" => self.add_customer(request, book),
            "customer_alter" => {
                let phone = self.said(request, "phone");
                let customer = book.customers.iter_mut().find(|one| Some(one.id) == number);
                match (customer, phone, self.said(request, "email")) {
                    (Some(_), None, None) | (None, ..) => self.no(book, "customer_alter: nothing to change, or nobody"),
                    (Some(customer), phone, _) => {
                        customer.mobile = phone.unwrap_or_else(|| customer.mobile.clone());
                        self.yes(&[])
                    }
                }
            }
            "customer_remove" => {
                let owes = number.is_some_and(|id| book.bills_of(id).next().is_some());
                let before = book.customers.len();
                book.customers.retain(|one| owes || Some(one.id) != number);
                if book.customers.len() < before { self.yes(&[]) } else { self.refused() }
            }
            "contract_add" => self.add_contract(request, book),
            "consumptions" => self.consumptions(request, book),
            "consumption_add" | "consumption_alter" => self.count(number, request, book, today),
            "consumption_remove" => {
                let mut all = self.consumptions.lock().unwrap_or_else(PoisonError::into_inner);
                let before = all.len();
                all.retain(|one| Some(one.id) != number);
                if all.len() < before { self.yes(&[]) } else { self.refused() }
            }
            act => {
                let contracts = book.customers.iter_mut().flat_map(|one| &mut one.contracts);
                let Some(contract) = contracts.into_iter().find(|one| Some(one.id) == number) else {
                    return self.no(book, &format!("{act}: no such contract"));
                };
                let status = match act {
                    "activate" => "HABILITADO",
                    "deactivate" => "DESATIVADO",
                    "suspend" => "SUSPENSO",
                    _ => "CANCELADO",
                };
                if contract.status == status {
                    return self.refused();
                }
                contract.status = status.into();
                self.yes(&[])
            }
        }
    }

    /// A field of the body, by the name that it was told.
    fn said(&self, request: &Request, name: &str) -> Option<String> {
        let body = object(request)?;
        let value = body.get(self.parameters.get(name)?)?.as_str()?;
        (!value.is_empty()).then(|| value.to_owned())
    }

    fn word(&self, name: &str) -> Value {
        json!(self.words.get(name))
    }

    fn yes(&self, more: &[(&str, Value)]) -> Answer {
        Answer::json(200, &self.placed(&[&[("result", self.word("done"))], more].concat()))
    }

    fn refused(&self) -> Answer {
        Answer::json(200, &self.placed(&[("result", self.word("refused"))]))
    }

    fn no(&self, book: &mut Book, why: &str) -> Answer {
        book.complain(why);
        Answer::json(400, &json!({"message": why}))
    }

    fn add_customer(&self, request: &Request, book: &mut Book) -> Answer {
        let (name, cpf) = (self.said(request, "name"), self.said(request, "new_document"));
        let (Some(name), Some(cpf), Some(mobile)) = (name, cpf, self.said(request, "new_phone")) else {
            return self.no(book, "customer_add: name, document or phone is missing");
        };
        if book.customer_by_document(&cpf).is_some() {
            return self.refused();
        }
        let id = book.customers.iter().map(|one| one.id).max().unwrap_or(0) + 1;
        let birth = Date::constant(1990, 1, 1);
        book.customers.push(Customer { id, name, cpf, birth, mobile, landline: None, contracts: Vec::new() });
        self.yes(&[("new_customer.id", json!(id))])
    }

    fn add_contract(&self, request: &Request, book: &mut Book) -> Answer {
        let service = self.said(request, "service");
        let owner = self.said(request, "contract_customer").and_then(|id| id.parse::<i64>().ok());
        let id = book.customers.iter().flat_map(|one| &one.contracts).map(|one| one.id).max().unwrap_or(0) + 1;
        let owner = book.customers.iter_mut().find(|one| Some(one.id) == owner);
        let (Some(owner), Some("7")) = (owner, service.as_deref()) else {
            return self.no(book, "contract_add: no such customer or service");
        };
        let (plan, status) = ("FIBRA".to_owned(), "HABILITADO".to_owned());
        owner.contracts.push(Contract {
            id,
            plan,
            technology: "FIBRA".into(),
            status,
            monthly_cents: 9990,
            due_day: 4,
        });
        self.yes(&[("new_contract.id", json!(id))])
    }

    fn consumptions(&self, request: &Request, book: &mut Book) -> Answer {
        let contract = self.parameter(request, "consumption_contract").and_then(|id| id.parse::<i64>().ok());
        let Some(contract) = contract else { return self.no(book, "consumptions: no contract") };
        let all = self.consumptions.lock().unwrap_or_else(PoisonError::into_inner);
        let rows = all.iter().filter(|one| one.contract == contract).map(|one| {
            self.placed(&[
                ("consumption.id", json!(one.id)),
                ("consumption.description", json!(one.description)),
                ("consumption.quantity", json!(one.quantity)),
                ("consumption.value", json!(one.value)),
                ("consumption.on", json!(one.on.to_string())),
            ])
        });
        Answer::json(200, &json!({"items": rows.collect::<Vec<_>>()}))
    }

    /// Adds one, or alters the one of that id.
    fn count(&self, id: Option<i64>, request: &Request, book: &mut Book, on: Date) -> Answer {
        let contract = self.said(request, "consumption_contract").and_then(|id| id.parse::<i64>().ok());
        let said = |name: &str| self.said(request, name);
        let (Some(contract), Some(description)) = (contract, said("consumption_description")) else {
            return self.no(book, "consumption: contract or description is missing");
        };
        let (Some(quantity), Some(value)) = (said("consumption_quantity"), said("consumption_value")) else {
            return self.no(book, "consumption: quantity or value is missing");
        };
        let mut all = self.consumptions.lock().unwrap_or_else(PoisonError::into_inner);
        let next = all.iter().map(|one| one.id).max().unwrap_or(0) + 1;
        let one = Consumption { id: id.unwrap_or(next), contract, description, quantity, value, on };
        let new = one.id;
        match (id, all.iter().position(|known| Some(known.id) == id)) {
            (None, _) => all.push(one),
            (Some(_), Some(at)) => {
                all.remove(at);
                all.push(one);
            }
            (Some(_), None) => return self.refused(),
        }
        self.yes(&[("consumption.id", json!(new))])
    }
}
