//! The names of operations and what can be said of them, for scripts and for a technician.

use totem::erp::{Capability, Support};

/// The name for scripts, and what a technician reads.
pub fn operation(capability: Capability) -> (&'static str, &'static str) {
    match capability {
        Capability::Account => ("account", "cliente, contratos e faturas por CPF ou CNPJ"),
        Capability::Factors => ("factors", "segundo fator: nascimento ou telefone"),
        Capability::Invoice => ("invoice", "reler uma fatura"),
        Capability::Boleto => ("boleto", "linha digitável"),
        Capability::PixCode => ("pix_code", "código PIX do ERP"),
        Capability::Pdf => ("pdf", "fatura em PDF"),
        Capability::WriteOff => ("write_off", "baixa"),
        Capability::PaidBills => ("paid_bills", "faturas pagas"),
        Capability::Contacts => ("contacts", "telefones e e-mail"),
        Capability::Pendency => ("pendency", "pendências"),
        Capability::TrustUnlock => ("trust_unlock", "desbloqueio em confiança"),
        Capability::BillByCode => ("bill_by_code", "fatura pelo código lido"),
        Capability::FiscalNotes => ("fiscal_notes", "notas fiscais"),
        Capability::FiscalNotePdf => ("fiscal_note_pdf", "nota fiscal em PDF"),
        Capability::AnnualSettlements => ("annual_settlements", "quitações anuais"),
        Capability::AnnualSettlementPdf => ("annual_settlement_pdf", "quitação anual em PDF"),
        Capability::OpenTicket => ("open_ticket", "abrir atendimento"),
        Capability::Tickets => ("tickets", "listar atendimentos"),
        Capability::SendByEmail => ("send_by_email", "enviar fatura por e-mail"),
        Capability::SendBySms => ("send_by_sms", "enviar fatura por SMS"),
        Capability::SendByPush => ("send_by_push", "enviar fatura por notificação"),
        Capability::ChangeContacts => ("change_contacts", "mudar telefone ou e-mail"),
        Capability::Products => ("products", "planos à venda"),
        Capability::Resellers => ("resellers", "revendedores"),
        Capability::DueDays => ("due_days", "dias de vencimento"),
        Capability::Origins => ("origins", "origens comerciais"),
        Capability::TicketKinds => ("ticket_kinds", "tipos de atendimento"),
        Capability::Departments => ("departments", "departamentos"),
        Capability::Cities => ("cities", "cidades"),
        Capability::Prospect => ("prospect", "cadastrar prospecto"),
        Capability::Lead => ("lead", "cadastrar lead"),
        Capability::Order => ("order", "pedido de quem não é cliente"),
        Capability::OrderForCustomer => ("order_for_customer", "pedido de quem já é cliente"),
        Capability::ActivateContract => ("activate_contract", "ativar contrato"),
        Capability::DeactivateContract => ("deactivate_contract", "desativar contrato"),
        Capability::SuspendContract => ("suspend_contract", "suspender contrato"),
        Capability::CancelContract => ("cancel_contract", "cancelar contrato"),
        Capability::RemoveCustomer => ("remove_customer", "remover cliente"),
        Capability::Consumption => ("consumption", "consumos"),
        Capability::AddConsumption => ("add_consumption", "adicionar consumo"),
        Capability::AlterConsumption => ("alter_consumption", "alterar consumo"),
        Capability::RemoveConsumption => ("remove_consumption", "remover consumo"),
        Capability::Lookups => ("lookups", "listas de ids para a configuração"),
        Capability::ChangeDueDay => ("change_due_day", "mudar o dia de vencimento"),
        Capability::Notifications => ("notifications", "avisos ligados ou desligados"),
        Capability::DigitalInvoice => ("digital_invoice", "fatura digital"),
        Capability::Negotiation => ("negotiation", "negociar contas vencidas"),
        Capability::Visits => ("visits", "visitas técnicas"),
        Capability::MoveVisit => ("move_visit", "remarcar visita"),
        Capability::CancelVisit => ("cancel_visit", "cancelar visita"),
        Capability::RateVisit => ("rate_visit", "avaliar visita"),
        Capability::PauseContract => ("pause_contract", "pausar contrato por um tempo"),
        Capability::ResetAppPassword => ("reset_app_password", "nova senha do aplicativo por SMS"),
        Capability::ContractPdf => ("contract_pdf", "contrato em PDF"),
        Capability::AcceptContract => ("accept_contract", "aceite do contrato"),
        Capability::CorrectProfile => ("correct_profile", "corrigir nome ou endereço"),
    }
}

/// The same of its state; an ERP that was not reached confirms nothing.
pub fn state(support: Support, reached: bool) -> (&'static str, &'static str) {
    match support {
        Support::No => ("no", "não"),
        Support::NeedsCustomerPassword => ("customer_password", "só com a senha do cliente"),
        Support::Yes | Support::Unverified if !reached => ("not_reached", "não alcançado"),
        Support::Yes => ("yes", "sim"),
        Support::Unverified => ("unverified", "não verificado"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_operations_have_one_name() {
        let names: BTreeSet<_> = Capability::ALL.into_iter().map(operation).map(|(script, _)| script).collect();
        let words: BTreeSet<_> = Capability::ALL.into_iter().map(operation).map(|(_, words)| words).collect();
        assert_eq!((names.len(), words.len()), (Capability::ALL.len(), Capability::ALL.len()));
    }

    #[test]
    fn what_was_not_reached_is_not_called_working_and_a_no_stays_a_no() {
        assert_eq!(state(Support::Yes, true).0, "yes");
        assert_eq!(state(Support::Yes, false).0, "not_reached");
        assert_eq!(state(Support::Unverified, false).0, "not_reached");
        assert_eq!(state(Support::No, false).0, "no");
    }
}
