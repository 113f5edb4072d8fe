//! The operations of document 001 that the stand-in answers, told apart by method and path.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    Token,
    RenewToken,
    CustomerByDocument,
    CustomerById(i64),
    Contact(i64),
    OpenBills(i64),
    AllBills(String),
    BoletoLine(i64),
    BoletoPdf(i64),
    WriteOff,
    Brands,
    Methods,
    Accounts(i64),
    Pix,
}

pub enum Route {
    To(Operation),
    /// The path exists for this method only.
    Only(&'static str),
    Nowhere,
}

impl Operation {
    /// The names by which the book counts calls and the control file means them.
    pub const NAMES: [&'static str; 14] = [
        "token",
        "renew_token",
        "customer_by_document",
        "customer_by_id",
        "contact",
        "open_bills",
        "all_bills",
        "boleto_line",
        "boleto_pdf",
        "write_off",
        "brands",
        "methods",
        "accounts",
        "pix",
    ];

    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Operation::Token => "token",
            Operation::RenewToken => "renew_token",
            Operation::CustomerByDocument => "customer_by_document",
            Operation::CustomerById(_) => "customer_by_id",
            Operation::Contact(_) => "contact",
            Operation::OpenBills(_) => "open_bills",
            Operation::AllBills(_) => "all_bills",
            Operation::BoletoLine(_) => "boleto_line",
            Operation::BoletoPdf(_) => "boleto_pdf",
            Operation::WriteOff => "write_off",
            Operation::Brands => "brands",
            Operation::Methods => "methods",
            Operation::Accounts(_) => "accounts",
            Operation::Pix => "pix",
        }
    }

    fn method(&self) -> &'static str {
        match self {
            Operation::CustomerByDocument | Operation::Pix => "POST",
            Operation::RenewToken | Operation::WriteOff => "PUT",
            _ => "GET",
        }
    }

    /// Whether a JSON body comes with it.
    #[must_use]
    pub fn has_body(&self) -> bool {
        matches!(self, Operation::CustomerByDocument | Operation::Pix | Operation::WriteOff)
    }

    #[must_use]
    pub fn route(method: &str, path: &str) -> Route {
        match Operation::at(path) {
            None => Route::Nowhere,
            Some(operation) if operation.method() == method => Route::To(operation),
            Some(operation) => Route::Only(operation.method()),
        }
    }

    fn at(path: &str) -> Option<Operation> {
        let steps: Vec<&str> = path.strip_prefix("/ws/")?.split('/').collect();
        Some(match *steps.as_slice() {
            ["auth", "token", "gerar"] => Operation::Token,
            ["auth", "token", "renovar"] => Operation::RenewToken,
            ["comercial", "cliente", "dados"] => Operation::CustomerByDocument,
            ["comercial", "cliente", id, "dados"] => Operation::CustomerById(number(id)?),
            ["area", "cliente", id] => Operation::Contact(number(id)?),
            ["financeiro", "faturas", "pagar"] => Operation::WriteOff,
            ["financeiro", "faturas", "cliente", id] => Operation::OpenBills(number(id)?),
            ["financeiro", "faturas", document, "todas"] => Operation::AllBills(document.to_owned()),
            ["financeiro", "fatura", "aberta", id, "linha_digitavel"] => Operation::BoletoLine(number(id)?),
            ["financeiro", "fatura", id, "imprimir"] => Operation::BoletoPdf(number(id)?),
            ["financeiro", "bandeiras_cartao"] => Operation::Brands,
            ["financeiro", "formas_pagamento"] => Operation::Methods,
            ["financeiro", "contas_financeiras", "forma_pagamento", id] => Operation::Accounts(number(id)?),
            ["financeiro", "pix", "buscar"] => Operation::Pix,
            _ => return None,
        })
    }
}

/// `[0-9]+`, as the document writes its path parameters.
fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
