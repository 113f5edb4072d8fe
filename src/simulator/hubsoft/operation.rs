//! The operations that the stand-in answers, told apart by method and path.

use super::Age;

/// The names by which the book counts calls and the control file means them.
pub const NAMES: [&str; 25] = [
    "token",
    "customer",
    "bills",
    "invoices",
    "tickets",
    "service_orders",
    "notes",
    "unlock",
    "ticket",
    "send_email",
    "send_sms",
    "send_push",
    "write_off",
    "accounts",
    "means",
    "ticket_kinds",
    "due_days",
    "plans",
    "prospect",
    "cities",
    "bill_pdf",
    "note_pdf",
    "simulate",
    "renegotiate",
    "unknown",
];

const API: &str = "/api/v1/integracao/";

/// Name, method, path below the API's root, and whether document 004 has it.
const ROUTES: [(&str, &str, &str, bool); 21] = [
    ("customer", "GET", "cliente", true),
    ("bills", "GET", "cliente/financeiro", true),
    ("invoices", "GET", "financeiro/fatura", false),
    ("tickets", "GET", "cliente/atendimento", true),
    ("service_orders", "GET", "cliente/ordem_servico", true),
    ("notes", "GET", "cliente/nota_fiscal", false),
    ("unlock", "POST", "cliente/desbloqueio_confianca", true),
    ("ticket", "POST", "atendimento", true),
    ("send_email", "POST", "cliente/financeiro/enviar_email", true),
    ("send_sms", "POST", "cliente/financeiro/enviar_sms", true),
    ("send_push", "POST", "cliente/financeiro/enviar_push", true),
    ("write_off", "POST", "financeiro/fatura/liquidar", false),
    ("accounts", "GET", "configuracao/caixa_financeiro", false),
    ("means", "GET", "configuracao/meio_pagamento", false),
    ("ticket_kinds", "GET", "configuracao/tipo_atendimento", false),
    ("due_days", "GET", "configuracao/vencimento", false),
    ("plans", "GET", "prospecto/create", true),
    ("prospect", "POST", "prospecto", true),
    ("cities", "GET", "endereco/cidade", true),
    ("simulate", "POST", "financeiro/renegociacao/simular", false),
    ("renegotiate", "POST", "financeiro/renegociacao/efetivar", false),
];

pub enum Route {
    Token,
    /// Signed in, by name.
    To(&'static str),
    /// A file that opens by its name alone: `bill_pdf` or `note_pdf`, and the id in it.
    File(&'static str, i64),
    /// The path exists for this method only.
    Only(&'static str),
    Nowhere,
}

impl Route {
    #[must_use]
    pub fn of(age: Age, method: &str, path: &str) -> Route {
        if path == "/oauth/token" {
            return if method == "POST" { Route::Token } else { Route::Only("POST") };
        }
        for (name, folder) in [("bill_pdf", "/pdf/fatura/"), ("note_pdf", "/pdf/nota/")] {
            if let Some(id) = path.strip_prefix(folder).and_then(|id| i64::from_str_radix(id, 16).ok()) {
                return if method == "GET" { Route::File(name, id) } else { Route::Only("GET") };
            }
        }
        let Some(below) = path.strip_prefix(API) else { return Route::Nowhere };
        let known = ROUTES.iter().find(|(_, _, path, of_2020)| *path == below && (*of_2020 || age == Age::Current));
        match known {
            Some((name, wanted, ..)) if *wanted == method => Route::To(name),
            Some((_, wanted, ..)) => Route::Only(wanted),
            None => Route::Nowhere,
        }
    }

    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Route::Token => "token",
            Route::To(name) | Route::File(name, _) => name,
            Route::Only(_) | Route::Nowhere => "unknown",
        }
    }
}
