//! Who the customer is: `GET /cliente`, by document or by code, with services as contracts.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::envelope::{hear, lenient, says_none_found, says_not_found};
use super::{HubSoft, garbled, number};
use crate::domain::service::{Contact, ContactKind};
use crate::domain::{Account, Contract, ContractId, ContractStatus, Customer, CustomerId, Factors, TaxId};
use crate::erp::Error;
use crate::erp::scalar::{List, Scalar};
use crate::erp::text::{ambiguous, normalized};

const CUSTOMER: &str = "cliente";
const LAST: usize = 4;
/// A registered phone has eight digits at least; less is a note.
const PHONE_AT_LEAST: usize = 8;
/// Day zero of the server's clock, as its zone shows it: it stands where nobody ever entered a birthday.
const NO_BIRTHDAYS: [Date; 2] = [date(1969, 12, 31), date(1970, 1, 1)];

#[derive(Deserialize)]
struct Customers {
    clientes: List<CustomerRow>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct CustomerRow {
    id_cliente: Scalar,
    codigo_cliente: Scalar,
    nome_razaosocial: Scalar,
    cpf_cnpj: Scalar,
    telefone_primario: Scalar,
    telefone_secundario: Scalar,
    telefone_terciario: Scalar,
    email_principal: Scalar,
    email_secundario: Scalar,
    data_nascimento: Scalar,
    #[serde(deserialize_with = "lenient")]
    alerta_mensagens: Vec<Scalar>,
    #[serde(deserialize_with = "lenient")]
    servicos: Vec<ServiceRow>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ServiceRow {
    id_cliente_servico: Scalar,
    nome: Scalar,
    status: Scalar,
    status_prefixo: Scalar,
}

impl HubSoft {
    pub(super) async fn find_account(&self, who: &TaxId) -> Result<Option<Account>, Error> {
        let rows = self.customers("cpf_cnpj", who.plain()).await?;
        let mut same: Vec<CustomerRow> = rows.into_iter().filter(|row| row.document() == who.plain()).collect();
        // a register that was closed does not make the one in use ambiguous
        if same.iter().any(CustomerRow::has_service) {
            same.retain(CustomerRow::has_service);
        }
        let mut codes = BTreeSet::new();
        same.retain(|row| codes.insert(row.codigo_cliente.id()));
        if same.len() > 1 {
            return Err(Error::Refused { operation: CUSTOMER, why: ambiguous(same.len()) });
        }
        let Some(row) = same.into_iter().next() else { return Ok(None) };
        let code = row.codigo_cliente.id().ok_or_else(|| garbled(CUSTOMER, "no codigo_cliente"))?;
        let customer = Customer {
            id: CustomerId(code.to_string()),
            name: row.nome_razaosocial.text().unwrap_or_default().to_owned(),
            tax_id: who.clone(),
        };
        let invoices = self.open_bills(code).await?;
        Ok(Some(Account { customer, contracts: row.contracts(), invoices, alerts: row.alerts() }))
    }

    pub(super) async fn person(&self, customer: &CustomerId) -> Result<CustomerRow, Error> {
        let code = number(CUSTOMER, "customer", &customer.0)?;
        let rows = self.customers("codigo_cliente", &code.to_string()).await?;
        let row = rows.into_iter().find(|row| row.codigo_cliente.id() == Some(code));
        row.ok_or_else(|| garbled(CUSTOMER, "it does not know a customer that it has just told of"))
    }

    /// Also those whose services are all cancelled: they may owe their last bills.
    async fn customers(&self, by: &str, term: &str) -> Result<Vec<CustomerRow>, Error> {
        let query = [("busca", by), ("termo_busca", term), ("limit", "100"), ("cancelado", "sim")];
        let request = self.session.get(CUSTOMER, &["cliente"], &query);
        match hear::<Customers>(CUSTOMER, &self.session.read(request).await?) {
            Err(error) if says_none_found(&error) || says_not_found(&error) => Ok(Vec::new()),
            customers => Ok(customers?.clientes.0),
        }
    }
}

impl CustomerRow {
    /// The primary key that the list of fiscal notes wants.
    pub(super) fn key(&self) -> Option<u64> {
        self.id_cliente.id()
    }

    fn document(&self) -> String {
        self.cpf_cnpj.text().unwrap_or_default().chars().filter(char::is_ascii_alphanumeric).collect()
    }

    fn has_service(&self) -> bool {
        self.servicos.iter().any(|service| service.contract_status() != ContractStatus::Cancelled)
    }

    fn contracts(&self) -> Vec<Contract> {
        let contracts = self.servicos.iter().filter_map(|service| {
            Some(Contract {
                id: ContractId(service.id_cliente_servico.id()?.to_string()),
                plan: service.nome.text().unwrap_or_default().to_owned(),
                status: service.contract_status(),
            })
        });
        contracts.collect()
    }

    fn alerts(&self) -> Vec<String> {
        self.alerta_mensagens.iter().filter_map(Scalar::text).map(str::to_owned).collect()
    }

    fn phones(&self) -> impl Iterator<Item = &str> {
        let phones = [&self.telefone_primario, &self.telefone_secundario, &self.telefone_terciario];
        phones.into_iter().filter_map(Scalar::text).filter(|phone| is_phone(phone))
    }

    pub(super) fn factors(&self, zone: &TimeZone) -> Factors {
        let birth = self.data_nascimento.date(zone).ok().flatten().filter(|day| !NO_BIRTHDAYS.contains(day));
        let part = |number: i8| u8::try_from(number).ok();
        let mut phones_last4: Vec<String> = Vec::new();
        for last in self.phones().filter_map(last_digits) {
            if !phones_last4.contains(&last) {
                phones_last4.push(last);
            }
        }
        Factors { birth: birth.and_then(|day| Some((part(day.day())?, part(day.month())?))), phones_last4 }
    }

    pub(super) fn contacts(&self) -> Vec<Contact> {
        let mails = [&self.email_principal, &self.email_secundario].into_iter().filter_map(Scalar::text);
        let mails = mails.filter(|mail| mail.contains('@')).map(|mail| (ContactKind::Email, mail));
        let mut contacts: Vec<Contact> = Vec::new();
        for (kind, value) in mails.chain(self.phones().map(|phone| (ContactKind::Phone, phone))) {
            let contact = Contact { kind, value: value.to_owned() };
            if !contacts.contains(&contact) {
                contacts.push(contact);
            }
        }
        contacts
    }
}

impl ServiceRow {
    fn contract_status(&self) -> ContractStatus {
        let prefix = self.status_prefixo.text().or_else(|| self.status.text()).map(normalized).unwrap_or_default();
        if prefix.contains("confianca") {
            ContractStatus::OnTrust
        } else if prefix.starts_with("suspenso") {
            ContractStatus::Suspended
        } else if prefix.starts_with("cancelado") {
            ContractStatus::Cancelled
        } else if prefix == "servico habilitado" {
            ContractStatus::Active
        } else {
            let shown = self.status.text().or_else(|| self.status_prefixo.text()).unwrap_or_default();
            ContractStatus::Other(shown.to_owned())
        }
    }
}

/// A number of one digit repeated is what is typed where there is no phone: no proof of who somebody is.
fn is_phone(phone: &str) -> bool {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    digits.len() >= PHONE_AT_LEAST && digits.iter().any(|digit| Some(digit) != digits.first())
}

fn last_digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    digits.get(digits.len().checked_sub(LAST)?..).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(json: &str) -> CustomerRow {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_birthday_that_nobody_entered_proves_nothing() {
        let birth = |day: &str| row(&format!(r#"{{"data_nascimento":"{day}"}}"#)).factors(&TimeZone::UTC).birth;
        assert_eq!(birth("1990-10-18 00:00:00"), Some((18, 10)));
        assert_eq!(birth("18/10/1990"), Some((18, 10)));
        for none in ["1969-12-31 04:00:00", "1970-01-01", "0000-00-00", "ontem", ""] {
            assert_eq!(birth(none), None, "{none}");
        }
    }

    #[test]
    fn phones_are_told_once_and_fillers_never() {
        let person = row(
            r#"{"telefone_primario":"(37) 90000-0001","telefone_secundario":"37900000001","telefone_terciario":"9999999999",
                "email_principal":"cliente5@example.com","email_secundario":"nenhum"}"#,
        );
        assert_eq!(person.factors(&TimeZone::UTC).phones_last4, ["0001"]);
        let kinds: Vec<ContactKind> = person.contacts().iter().map(|contact| contact.kind).collect();
        assert_eq!(kinds, [ContactKind::Email, ContactKind::Phone, ContactKind::Phone]);
    }

    #[test]
    fn a_service_is_suspended_for_whatever_reason_and_an_unknown_word_stays() {
        let of = |prefix: &str| {
            let json = format!(
                r#"{{"servicos":[{{"id_cliente_servico":1,"status":"Aguardando Instalação","status_prefixo":"{prefix}"}}]}}"#
            );
            row(&json).contracts().remove(0).status
        };
        assert_eq!(of("servico_habilitado"), ContractStatus::Active);
        assert_eq!(of("suspenso_debito"), ContractStatus::Suspended);
        assert_eq!(of("suspenso_pedido_cliente"), ContractStatus::Suspended);
        assert_eq!(of("habilitado_confianca"), ContractStatus::OnTrust);
        assert_eq!(of("cancelado"), ContractStatus::Cancelled);
        assert_eq!(of("aguardando_instalacao"), ContractStatus::Other("Aguardando Instalação".to_owned()));
    }
}
