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
    TrustUnlock,
    OpenTicket,
    Tickets(i64),
    SendByEmail(i64),
    SendBySms,
    DueDays,
    /// A GET that signs a contract for the customer.
    AcceptContract(i64),
}

pub enum Route {
    To(Operation),
    /// The path exists for this method only.
    Only(&'static str),
    Nowhere,
}

impl Operation {
    /// The names by which the book counts calls and the control file means them.
    pub const NAMES: [&'static str; 21] = [
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
        "trust_unlock",
        "open_ticket",
        "tickets",
        "send_by_email",
        "send_by_sms",
        "due_days",
        "accept_contract",
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
            Operation::TrustUnlock => "trust_unlock",
            Operation::OpenTicket => "open_ticket",
            Operation::Tickets(_) => "tickets",
            Operation::SendByEmail(_) => "send_by_email",
            Operation::SendBySms => "send_by_sms",
            Operation::DueDays => "due_days",
            Operation::AcceptContract(_) => "accept_contract",
        }
    }

    fn method(&self) -> &'static str {
        match self {
            Operation::CustomerByDocument
            | Operation::Pix
            | Operation::OpenTicket
            | Operation::SendByEmail(_)
            | Operation::SendBySms => "POST",
            Operation::RenewToken | Operation::WriteOff | Operation::TrustUnlock => "PUT",
            _ => "GET",
        }
    }

    /// Whether a JSON body comes with it.
    #[must_use]
    pub fn has_body(&self) -> bool {
        matches!(
            self,
            Operation::CustomerByDocument
                | Operation::Pix
                | Operation::WriteOff
                | Operation::TrustUnlock
                | Operation::OpenTicket
                | Operation::SendByEmail(_)
                | Operation::SendBySms
        )
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
            ["comercial", "contrato", "habilitar_confianca"] => Operation::TrustUnlock,
            ["comercial", "atendimentos", "cadastrar"] => Operation::OpenTicket,
            ["comercial", "contratos", "aceite", id] => Operation::AcceptContract(number(id)?),
            ["integracao", "omnichannel", "atendimentos", "cliente", id] => Operation::Tickets(number(id)?),
            ["integracao", "omnichannel", "fatura", "linha_digitavel", "enviar"] => Operation::SendBySms,
            ["financeiro", "faturas", "abertas", id, "enviar"] => Operation::SendByEmail(number(id)?),
            ["area", "cliente", "vencimentos", "ativos"] => Operation::DueDays,
            _ => return None,
        })
    }
}

/// `[0-9]+`, as the document writes its path parameters.
fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
