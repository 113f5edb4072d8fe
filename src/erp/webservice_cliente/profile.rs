//! What a customer has corrected in the provider's file: contacts, name, a contract's address. Call #38, which is a request
//! to the provider's staff. Every value in it is a text, and what is not sent stays.

use reqwest::Method as Verb;
use serde::Serialize;

use super::changes_answer::is_taken_note_of;
use super::{WebServiceCliente, contract_id, customer_id, json};
use crate::domain::CustomerId;
use crate::domain::changes::{Carried, Correction};
use crate::domain::service::{Change, ContactChange};
use crate::erp::Error;

const PROFILE: &str = "alterarPerfil";

#[derive(Default, Serialize)]
struct Profile<'a> {
    #[serde(rename = "IDCliente")]
    customer: String,
    #[serde(rename = "NomeCompleto")]
    name: &'a str,
    #[serde(rename = "Email", skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(rename = "Celular", skip_serializing_if = "Option::is_none")]
    mobile: Option<&'a str>,
    #[serde(rename = "Contratos", skip_serializing_if = "Option::is_none")]
    contracts: Option<[AddressOf<'a>; 1]>,
}

#[derive(Serialize)]
struct AddressOf<'a> {
    #[serde(rename = "CodContrato")]
    contract: String,
    #[serde(rename = "Logradouro")]
    street: &'a str,
    #[serde(rename = "Numero")]
    number: &'a str,
    #[serde(rename = "Complemento")]
    complement: &'a str,
    #[serde(rename = "Bairro")]
    district: &'a str,
    #[serde(rename = "Cidade")]
    city: &'a str,
}

impl WebServiceCliente {
    pub(super) async fn ask_profile(&self, customer: &CustomerId, change: &ContactChange) -> Result<Change<()>, Error> {
        let id = customer_id(PROFILE, customer)?;
        let person = self.person(id).await?;
        let profile = Profile {
            name: person.name(),
            email: change.email.as_deref(),
            mobile: change.phone.as_deref(),
            ..Profile::of(id)
        };
        Ok(match self.send_profile(&profile).await? {
            Change::Done(_) => Change::Done(()),
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        })
    }

    /// The document's name for a kind of street stands apart; what the customer typed is not taken apart to guess it.
    pub(super) async fn ask_correction(
        &self,
        customer: &CustomerId,
        correction: &Correction,
    ) -> Result<Change<Carried>, Error> {
        let id = customer_id(PROFILE, customer)?;
        match correction {
            Correction::Name(name) => self.send_profile(&Profile { name, ..Profile::of(id) }).await,
            Correction::Address { contract, street, number, complement, district, city } => {
                let contract = contract_id(PROFILE, contract)?.to_string();
                let person = self.person(id).await?;
                let address = AddressOf { contract, street, number, complement, district, city };
                self.send_profile(&Profile { name: person.name(), contracts: Some([address]), ..Profile::of(id) }).await
            }
        }
    }

    async fn send_profile(&self, profile: &Profile<'_>) -> Result<Change<Carried>, Error> {
        let path = ["ws", "comercial", "alterarPerfil"];
        let done = Carried { is_a_request: true, ..Carried::default() };
        self.carry_out(PROFILE, Verb::POST, &path, json(PROFILE, profile)?, |answer| {
            is_taken_note_of(answer).then_some(done)
        })
        .await
    }
}

impl Profile<'_> {
    fn of(customer: u64) -> Self {
        Profile { customer: customer.to_string(), ..Profile::default() }
    }
}
