//! The contract's own file, and its acceptance. Call #41 and "Baixar PDF do modelo do contrato".
//!
//! "Confirmar aceite do contrato" is a GET that signs a contract: it is asked for in one place only, and never again.

use super::changes_answer::{quietly, status_ok};
use super::counter_answer::{change, kind};
use super::{WebServiceCliente, contract_id};
use crate::domain::ContractId;
use crate::domain::changes::Carried;
use crate::domain::service::Change;
use crate::erp::Error;

const FILE: &str = "contratos/modelo";
const ACCEPT: &str = "contratos/aceite";

impl WebServiceCliente {
    /// The document has this file by two calls; the other one wants the subscriber's password.
    pub(super) async fn fetch_contract(&self, contract: &ContractId) -> Result<Vec<u8>, Error> {
        let id = contract_id(FILE, contract)?.to_string();
        self.fetch_file(FILE, &["ws", "comercial", "contratos", "modelo", &id]).await
    }

    /// #41.
    pub(super) async fn ask_to_accept(&self, contract: &ContractId) -> Result<Change<Carried>, Error> {
        let id = contract_id(ACCEPT, contract)?.to_string();
        let request = self.session.request(ACCEPT, &["ws", "comercial", "contratos", "aceite", &id]);
        let sent = self.change_by(ACCEPT, request).await?;
        let outcome = quietly(change(&sent, status_ok), &sent);
        tracing::info!(contract = id, outcome = kind(&outcome), "a contract's acceptance");
        Ok(outcome)
    }
}
