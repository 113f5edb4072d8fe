//! The ERP: whether it answers and lets us in, and what it can do.

use crate::domain::TaxId;
use crate::erp::{Capability, Error, Support};

use super::{Finding, Patient, Reply, clock};

/// Nobody's: what the ERP says of it is not looked at.
const NOBODYS_CPF: &str = "00000000191";

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        if let Some(unasked) = patient.unasked("erp") {
            return vec![unasked];
        }
        let erp = &patient.erp;
        let part = format!("erp {}", erp.name());
        if let Err(error) = erp.discover().await {
            return vec![lost(&part, &error)];
        }
        let mut found = vec![match TaxId::parse(NOBODYS_CPF) {
            Ok(nobody) => match erp.account(&nobody).await {
                Ok(_) => Finding::ok(&part, "responde, aceita o nosso acesso e procura clientes"),
                Err(error) => lost(&part, &error),
            },
            Err(_) => return Vec::new(),
        }];
        found.extend(clock::against(&part, erp.ahead_s()));
        found.push(abilities(&part, |capability| erp.supports(capability)));
        found.extend(unverified(&part, |capability| erp.supports(capability)));
        found.extend(write_off(&part, patient, erp.supports(Capability::WriteOff)));
        found
    })
}

fn lost(part: &str, error: &Error) -> Finding {
    let (says, to_do) = match error {
        Error::Unreachable(_) => {
            ("não responde: ninguém é encontrado e nada é baixado", "confira rede, endereço e o ERP")
        }
        Error::SignIn(_) => {
            ("não aceita o nosso acesso", "confira usuário e senha, e se o acesso está liberado no ERP")
        }
        Error::Garbled { .. } => {
            ("responde o que não se entende", "confira o endereço: pode ser uma página, não a API")
        }
        Error::Refused { .. } | Error::Denied { .. } => {
            ("recusa o que o totem pede", "confira as permissões do usuário no ERP")
        }
        Error::Unsupported(_) => ("não sabe procurar clientes", "este ERP não serve para o totem"),
    };
    Finding::error(part, format!("{says}{}", reason(error)), to_do)
}

/// What the partner itself said, and what the library says of a connection that did not come about in our words.
fn reason(error: &Error) -> String {
    match error {
        Error::Unreachable(why) | Error::SignIn(why) => format!(" ({})", super::words::in_portuguese(why)),
        Error::Garbled { operation, why } | Error::Refused { operation, why } => format!(" ({operation}: {why})"),
        Error::Denied { operation, status, .. } => format!(" ({operation}: HTTP {status})"),
        Error::Unsupported(_) => String::new(),
    }
}

/// One line with all of it.
fn abilities(part: &str, supports: impl Fn(Capability) -> Support) -> Finding {
    let named = |wanted: Support| {
        let names: Vec<&str> = Capability::ALL.into_iter().filter(|one| supports(*one) == wanted).map(name).collect();
        if names.is_empty() { "nada".to_owned() } else { names.join(", ") }
    };
    let mut says = format!("faz: {}", named(Support::Yes));
    for (wanted, head) in [
        (Support::Unverified, "faz, nunca testado"),
        (Support::NeedsCustomerPassword, "só com a senha do cliente"),
        (Support::No, "não faz"),
    ] {
        says += &format!("; {head}: {}", named(wanted));
    }
    Finding::ok(format!("{part}: serviços"), says)
}

/// A definition that was never seen to work at the vendor's, and a write-off that was not.
fn unverified(part: &str, supports: impl Fn(Capability) -> Support) -> Option<Finding> {
    let is = |capability| supports(capability) == Support::Unverified;
    let what = match (is(Capability::Account), is(Capability::WriteOff)) {
        (true, _) => "a definição deste ERP",
        (false, true) => "a baixa neste ERP",
        (false, false) => return None,
    };
    Some(Finding::warning(
        format!("{part}: nunca testado"),
        format!("{what} nunca foi vista funcionar no servidor do fornecedor"),
        "comece com uma fatura só e uma pessoa ao lado, e confira a baixa no ERP",
    ))
}

/// Money that the totem takes and nobody writes off is the worst that a site can be set to.
fn write_off(part: &str, patient: &Patient, support: Support) -> Option<Finding> {
    let takes_money = patient.config.tef.is_there()
        || !patient.config.pix.bank.is_empty()
        || patient.config.pix.mercado_pago.is_some();
    (support == Support::No && takes_money).then(|| {
        Finding::error(
            format!("{part}: baixa"),
            "o totem recebe e este ERP não dá baixa: cada pagamento fica para uma pessoa",
            "libere a baixa no ERP, ou ofereça só o que o próprio ERP emite",
        )
    })
}

fn name(capability: Capability) -> &'static str {
    match capability {
        Capability::Account => "cliente e contas",
        Capability::Factors => "segundo fator",
        Capability::Invoice => "uma conta de novo",
        Capability::Boleto => "boleto",
        Capability::PixCode => "código PIX",
        Capability::Pdf => "PDF da conta",
        Capability::WriteOff => "baixa",
        Capability::PaidBills => "contas pagas",
        Capability::Contacts => "contatos",
        Capability::Pendency => "pendências",
        Capability::TrustUnlock => "desbloqueio de confiança",
        Capability::FiscalNotes => "notas fiscais",
        Capability::BillByCode => "conta pelo código lido",
        Capability::FiscalNotePdf => "PDF da nota fiscal",
        Capability::AnnualSettlements => "quitação anual",
        Capability::AnnualSettlementPdf => "PDF da quitação anual",
        Capability::OpenTicket => "abrir chamado",
        Capability::Tickets => "chamados",
        Capability::SendByEmail => "enviar por e-mail",
        Capability::SendBySms => "enviar por SMS",
        Capability::SendByPush => "enviar ao aplicativo",
        Capability::ChangeContacts => "mudar contatos",
        Capability::Products => "planos",
        Capability::Resellers => "revendas",
        Capability::DueDays => "dias de vencimento",
        Capability::Origins => "origens",
        Capability::TicketKinds => "tipos de chamado",
        Capability::Departments => "setores",
        Capability::Cities => "cidades",
        Capability::Prospect => "interessado",
        Capability::Lead => "lead",
        Capability::Order => "pedido",
        Capability::OrderForCustomer => "pedido de cliente",
        Capability::ActivateContract => "ativar contrato",
        Capability::DeactivateContract => "desativar contrato",
        Capability::SuspendContract => "suspender contrato",
        Capability::CancelContract => "cancelar contrato",
        Capability::RemoveCustomer => "remover cliente",
        Capability::Consumption => "consumos",
        Capability::AddConsumption => "adicionar consumo",
        Capability::AlterConsumption => "alterar consumo",
        Capability::RemoveConsumption => "remover consumo",
        Capability::Lookups => "tabelas da baixa",
        Capability::ChangeDueDay => "mudar o dia de vencimento",
        Capability::Notifications => "avisos ligados ou desligados",
        Capability::DigitalInvoice => "fatura digital",
        Capability::Negotiation => "negociar contas vencidas",
        Capability::Visits => "visitas técnicas",
        Capability::MoveVisit => "remarcar visita",
        Capability::CancelVisit => "cancelar visita",
        Capability::RateVisit => "avaliar visita",
        Capability::PauseContract => "pausar contrato por um tempo",
        Capability::ResetAppPassword => "nova senha do aplicativo por SMS",
        Capability::ContractPdf => "contrato em PDF",
        Capability::AcceptContract => "aceite do contrato",
        Capability::CorrectProfile => "corrigir nome ou endereço",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ability_stands_in_the_line_once_under_what_it_is() {
        let found = abilities("erp", |capability| match capability {
            Capability::Account => Support::Yes,
            Capability::PixCode => Support::Unverified,
            _ => Support::No,
        });
        assert!(found.says.starts_with("faz: cliente e contas; faz, nunca testado: código PIX; só com"), "{found:?}");
        for capability in Capability::ALL {
            assert!(found.says.contains(name(capability)), "{capability:?}");
        }
    }

    #[test]
    fn what_was_never_tried_at_the_vendors_is_a_warning() {
        let all = |support: Support| move |_: Capability| support;
        let told = unverified("erp", all(Support::Unverified)).unwrap();
        assert!(
            told.says.starts_with("a definição deste ERP") && told.state == crate::doctor::State::Warning,
            "{told:?}"
        );
        let told =
            unverified("erp", |one| if one == Capability::WriteOff { Support::Unverified } else { Support::Yes });
        assert!(told.unwrap().says.starts_with("a baixa neste ERP"));
        assert_eq!(unverified("erp", all(Support::Yes)), None);
    }
}
