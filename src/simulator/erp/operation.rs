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
    ContractFile(i64),
    ChangeDueDay,
    Notifications,
    Profile,
    MayBeDigital(i64),
    Digital(i64),
    Pausable(i64),
    Pause,
    ResetPassword,
    Visits(i64),
    Slots(i64, String, String),
    MoveVisit,
    CancelVisit,
    RateVisit,
}

pub enum Route {
    To(Operation),
    /// The path exists for this method only.
    Only(&'static str),
    Nowhere,
}

impl Operation {
    /// The names by which the book counts calls and the control file means them.
    pub const NAMES: [&'static str; 35] = [
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
        "contract_file",
        "change_due_day",
        "notifications",
        "profile",
        "may_be_digital",
        "digital",
        "pausable",
        "pause",
        "reset_password",
        "visits",
        "slots",
        "move_visit",
        "cancel_visit",
        "rate_visit",
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
            Operation::ContractFile(_) => "contract_file",
            Operation::ChangeDueDay => "change_due_day",
            Operation::Notifications => "notifications",
            Operation::Profile => "profile",
            Operation::MayBeDigital(_) => "may_be_digital",
            Operation::Digital(_) => "digital",
            Operation::Pausable(_) => "pausable",
            Operation::Pause => "pause",
            Operation::ResetPassword => "reset_password",
            Operation::Visits(_) => "visits",
            Operation::Slots(..) => "slots",
            Operation::MoveVisit => "move_visit",
            Operation::CancelVisit => "cancel_visit",
            Operation::RateVisit => "rate_visit",
        }
    }

    fn method(&self) -> &'static str {
        match self {
            Operation::CustomerByDocument
            | Operation::Pix
            | Operation::OpenTicket
            | Operation::SendByEmail(_)
            | Operation::SendBySms
            | Operation::Profile
            | Operation::MayBeDigital(_)
            | Operation::Digital(_)
            | Operation::ResetPassword
            | Operation::RateVisit => "POST",
            Operation::RenewToken
            | Operation::WriteOff
            | Operation::TrustUnlock
            | Operation::ChangeDueDay
            | Operation::Notifications
            | Operation::Pause
            | Operation::MoveVisit
            | Operation::CancelVisit => "PUT",
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
                | Operation::Profile
                | Operation::MayBeDigital(_)
                | Operation::Digital(_)
                | Operation::ResetPassword
                | Operation::RateVisit
                | Operation::ChangeDueDay
                | Operation::Notifications
                | Operation::Pause
                | Operation::MoveVisit
                | Operation::CancelVisit
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
            ["comercial", "contratos", "modelo", id] => Operation::ContractFile(number(id)?),
            ["integracao", "omnichannel", "atendimentos", "cliente", id] => Operation::Tickets(number(id)?),
            ["integracao", "omnichannel", "fatura", "linha_digitavel", "enviar"] => Operation::SendBySms,
            ["financeiro", "faturas", "abertas", id, "enviar"] => Operation::SendByEmail(number(id)?),
            ["area", "cliente", "vencimentos", "ativos"] => Operation::DueDays,
            ["area", "cliente", "contrato", "alterar", "vencimento_contrato"] => Operation::ChangeDueDay,
            ["area", "cliente", "alterar", "configuracao", "notificacoes"] => Operation::Notifications,
            ["comercial", "alterarPerfil"] => Operation::Profile,
            ["comercial", "cliente", id, "verificar", "fatura_digital"] => Operation::MayBeDigital(number(id)?),
            ["comercial", "cliente", id, "alterar", "fatura_digital"] => Operation::Digital(number(id)?),
            ["comercial", "cliente", id, "lista", "contratos", "inativar", "temporariamente"] => {
                Operation::Pausable(number(id)?)
            }
            ["comercial", "contratos", "inativar", "temporariamente"] => Operation::Pause,
            ["comercial", "resetar_senha"] => Operation::ResetPassword,
            ["servicos", "agendamento", "atendimentos", "cliente", id] => Operation::Visits(number(id)?),
            [
                "integracao",
                "omnichannel",
                "agenda_tecnica",
                "configuracoes",
                "atendimento",
                id,
                "data",
                day,
                "turno",
                turn,
            ] => Operation::Slots(number(id)?, day.to_owned(), turn.to_owned()),
            ["integracao", "omnichannel", "agenda_tecnica", "configuracoes", "efetivar"] => Operation::MoveVisit,
            ["servicos", "agendamento", "agenda_tecnica", "configuracoes", "cancelar"] => Operation::CancelVisit,
            ["servicos", "agendamento", "atendimento", "atribuir_nota"] => Operation::RateVisit,
            _ => return None,
        })
    }
}

/// `[0-9]+`, as the document writes its path parameters.
fn number(text: &str) -> Option<i64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}
