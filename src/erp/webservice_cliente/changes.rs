//! What a customer changes: due day, contacts, messages, digital invoice, a pause, the app's password. Calls #2, #36 to
//! #40 and "Habilitar/desabilitar notificações". Visits are next door.
//!
//! "Resetar senha" of `area/cliente` answers with the new password in clear: nothing here calls it.

use jiff::civil::Date;
use reqwest::Method as Verb;
use serde::{Deserialize, Serialize};

use super::changes_answer::{is_sent_by_sms, quietly, says_accepted, status_ok, tells_of};
use super::counter_answer::{accepted, change};
use super::settings::NotificationsId;
use super::shape::{Said, hear, hear_document};
use super::{PERSON, WebServiceCliente, contract_id, customer_id, garbled, json};
use crate::domain::changes::{Carried, Correction, DueDay, DueDays, Offer, Pausable, Slot, Visit};
use crate::domain::service::Change;
use crate::domain::{ContractId, CustomerId, InvoiceId, Typed};
use crate::erp::scalar::{List, Scalar};
use crate::erp::{Capability, Changes, Error, Reply};
use crate::http::{Body, Request};

const CUSTOMER_BY_ID: &str = "cliente/{id}/dados";
const DUE_DAYS: &str = "vencimentos/ativos";
const CHANGE_DUE_DAY: &str = "alterar/vencimento_contrato";
const NOTIFICATIONS: &str = "alterar/configuracao/notificacoes";
const MAY_BE_DIGITAL: &str = "verificar/fatura_digital";
const DIGITAL: &str = "alterar/fatura_digital";
const PAUSABLE: &str = "lista/contratos/inativar/temporariamente";
const PAUSE: &str = "contratos/inativar/temporariamente";
const PASSWORD: &str = "comercial/resetar_senha";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Terms {
    #[serde(rename = "Contratos")]
    contracts: Option<List<TermsRow>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TermsRow {
    #[serde(rename = "IDContrato")]
    id: Scalar,
    #[serde(rename = "IDVencimento")]
    due_day: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DayRow {
    id: Scalar,
    dia: Scalar,
    ativo: Scalar,
    #[serde(rename = "diaFaturamentoInicial")]
    billed_from: Scalar,
    #[serde(rename = "diaFaturamentoFinal")]
    billed_to: Scalar,
    #[serde(rename = "faturaMesmoMesVencimento")]
    same_month: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct PauseRow {
    #[serde(rename = "idContrato")]
    id: Scalar,
    plano: Scalar,
    #[serde(rename = "possuiPendenciaFinanceira")]
    owes: Scalar,
    #[serde(rename = "inativadoMenosUmAno")]
    rested: Scalar,
}

#[derive(Serialize)]
struct NewDueDay {
    #[serde(rename = "idContrato")]
    contract: u64,
    #[serde(rename = "idVencimentoAtual")]
    from: u64,
    #[serde(rename = "idVencimentoNovo")]
    to: u64,
}

#[derive(Serialize)]
struct NewPause {
    #[serde(rename = "idContrato")]
    contract: u64,
    #[serde(rename = "dataInicio")]
    from: String,
    #[serde(rename = "quantidadeDias")]
    days: u16,
}

#[derive(Serialize)]
struct Subscriber<'a> {
    usuario: &'a str,
    senha: &'a str,
}

#[derive(Serialize)]
struct Named<'a> {
    usuario: &'a str,
}

impl WebServiceCliente {
    /// #2 for the day that it has, #36 for those that there are.
    async fn find_days(&self, customer: &CustomerId, contract: &ContractId) -> Result<DueDays, Error> {
        let wanted = contract_id(CUSTOMER_BY_ID, contract)?;
        let id = customer_id(CUSTOMER_BY_ID, customer)?.to_string();
        let request = self.session.request(CUSTOMER_BY_ID, &["ws", "comercial", "cliente", &id, "dados"]);
        let terms: Terms = hear_document(CUSTOMER_BY_ID, &self.session.read(request).await?)?;
        let contracts = terms.contracts.ok_or_else(|| garbled(CUSTOMER_BY_ID, "no Contratos"))?;
        let own = contracts.0.iter().find(|row| row.id.id() == Some(wanted));
        let current = own.and_then(|row| row.due_day.id()).map(|id| id.to_string());
        let rows: Vec<DayRow> = self.rows(DUE_DAYS, self.due_days_request()).await?;
        let in_use = rows.iter().filter(|row| row.ativo.is_absent() || row.ativo.is_yes());
        let days = in_use.filter_map(|row| {
            let day = |scalar: &Scalar| scalar.id().and_then(|day| u8::try_from(day).ok());
            Some(DueDay {
                id: row.id.id()?.to_string(),
                day: row.dia.text()?.to_owned(),
                billed: day(&row.billed_from).zip(day(&row.billed_to)),
                same_month: (!row.same_month.is_absent()).then(|| row.same_month.is_yes()),
            })
        });
        Ok(DueDays { contract: contract.clone(), current, days: days.collect() })
    }

    async fn ask_due_day(&self, contract: &ContractId, from: &str, to: &str) -> Result<Change<Carried>, Error> {
        let id = |id: &str| {
            let why = || Error::Refused { operation: CHANGE_DUE_DAY, why: "a due day's id is not a number".to_owned() };
            id.parse().map_err(|_| why())
        };
        let body = NewDueDay { contract: contract_id(CHANGE_DUE_DAY, contract)?, from: id(from)?, to: id(to)? };
        let path = ["ws", "area", "cliente", "contrato", "alterar", "vencimento_contrato"];
        self.carry_out(CHANGE_DUE_DAY, Verb::PUT, &path, json(CHANGE_DUE_DAY, &body)?, accepted_change).await
    }

    /// Whose messages these are, the answer says: another customer's would be a mistake of the site's setting.
    async fn ask_notifications(&self, customer: &CustomerId, on: bool) -> Result<Change<Carried>, Error> {
        let id = customer_id(NOTIFICATIONS, customer)?;
        let Some(field) = self.settings.notifications else {
            return Err(Error::Unsupported(Capability::Notifications));
        };
        let field = match field {
            NotificationsId::IdCliente => "idCliente",
            NotificationsId::IdAtendimento => "idAtendimento",
        };
        let body = serde_json::json!({ field: id, "recebeNotificacoes": on }).to_string();
        let path = ["ws", "area", "cliente", "alterar", "configuracao", "notificacoes"];
        self.carry_out(NOTIFICATIONS, Verb::PUT, &path, body, |answer| {
            accepted(answer).filter(|()| tells_of(answer, id)).map(|()| Carried::default())
        })
        .await
    }

    /// Asked first whether it may be: the document has both calls.
    async fn ask_digital(&self, customer: &CustomerId, password: &Typed) -> Result<Change<Carried>, Error> {
        if !self.settings.customer_password {
            return Err(Error::Unsupported(Capability::DigitalInvoice));
        }
        let id = customer_id(DIGITAL, customer)?;
        let document = self.person(id).await?.document().ok_or_else(|| garbled(PERSON, "no cpf"))?;
        let body = json(DIGITAL, &Subscriber { usuario: &document, senha: password.expose() })?;
        let id = id.to_string();
        let path = |what| ["ws", "comercial", "cliente", &id, what, "fatura_digital"];
        let request = Request {
            method: Verb::POST,
            body: Some(Body::Json(body.clone())),
            ..self.session.request(MAY_BE_DIGITAL, &path("verificar"))
        };
        match hear(MAY_BE_DIGITAL, &self.session.read(request).await?) {
            Ok(Said::Word(word)) if says_accepted(&word) => {}
            // a wrong password, or a rule of the provider's
            Ok(_) | Err(Error::Refused { .. }) => return Ok(Change::Refused { why: String::new() }),
            Err(Error::Denied { words, .. }) => return Ok(Change::Refused { why: words.shown() }),
            Err(error) => return Err(error),
        }
        self.carry_out(DIGITAL, Verb::POST, &path("alterar"), body, status_ok).await
    }

    async fn find_pausable(&self, customer: &CustomerId) -> Result<Vec<Pausable>, Error> {
        let id = customer_id(PAUSABLE, customer)?.to_string();
        let path = ["ws", "comercial", "cliente", &id, "lista", "contratos", "inativar", "temporariamente"];
        let rows: Vec<PauseRow> = self.rows(PAUSABLE, self.session.request(PAUSABLE, &path)).await?;
        let contracts = rows.iter().filter_map(|row| {
            Some(Pausable {
                contract: ContractId(row.id.id()?.to_string()),
                plan: row.plano.text().unwrap_or_default().to_owned(),
                owes: row.owes.is_yes(),
                rested: row.rested.is_yes(),
            })
        });
        Ok(contracts.collect())
    }

    async fn ask_pause(&self, contract: &ContractId, from: Date, days: u16) -> Result<Change<Carried>, Error> {
        let body =
            NewPause { contract: contract_id(PAUSE, contract)?, from: from.strftime("%d-%m-%Y").to_string(), days };
        let path = ["ws", "comercial", "contratos", "inativar", "temporariamente"];
        self.carry_out(PAUSE, Verb::PUT, &path, json(PAUSE, &body)?, accepted_change).await
    }

    /// The one of the two calls that sends the password by SMS and tells nothing of it.
    async fn ask_password(&self, customer: &CustomerId) -> Result<Change<Carried>, Error> {
        let person = self.person(customer_id(PASSWORD, customer)?).await?;
        let document = person.document().ok_or_else(|| garbled(PERSON, "no cpf"))?;
        let path = ["ws", "comercial", "resetar_senha"];
        let body = json(PASSWORD, &Named { usuario: &document })?;
        self.carry_out(PASSWORD, Verb::POST, &path, body, |answer| is_sent_by_sms(answer).then(Carried::default)).await
    }

    pub(super) async fn carry_out(
        &self,
        operation: &'static str,
        method: Verb,
        path: &[&str],
        body: String,
        done: impl FnOnce(&crate::http::Answer) -> Option<Carried>,
    ) -> Result<Change<Carried>, Error> {
        let sent = self.change(operation, method, path, body).await?;
        let outcome = quietly(change(&sent, done), &sent);
        tracing::info!(operation, outcome = super::counter_answer::kind(&outcome), "a customer's change");
        Ok(outcome)
    }
}

pub(super) fn accepted_change(answer: &crate::http::Answer) -> Option<Carried> {
    accepted(answer).map(|()| Carried::default())
}

impl Changes for WebServiceCliente {
    fn only_asks(&self, capability: Capability) -> bool {
        matches!(capability, Capability::ChangeContacts | Capability::CorrectProfile)
    }

    fn due_days<'a>(&'a self, customer: &'a CustomerId, contract: &'a ContractId) -> Reply<'a, DueDays> {
        Box::pin(self.find_days(customer, contract))
    }

    fn change_due_day<'a>(
        &'a self,
        _customer: &'a CustomerId,
        contract: &'a ContractId,
        from: &'a str,
        to: &'a str,
    ) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_due_day(contract, from, to))
    }

    fn set_notifications<'a>(&'a self, customer: &'a CustomerId, on: bool) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_notifications(customer, on))
    }

    fn digital_invoice<'a>(&'a self, customer: &'a CustomerId, password: &'a Typed) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_digital(customer, password))
    }

    fn terms<'a>(&'a self, _customer: &'a CustomerId, _bills: &'a [InvoiceId]) -> Reply<'a, Vec<Offer>> {
        // "Realizar negociação" takes the instalments from the caller: nothing here would be the ERP's own
        crate::erp::unsupported(Capability::Negotiation)
    }

    fn visits<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Visit>> {
        Box::pin(self.find_visits(customer))
    }

    fn slots<'a>(&'a self, _customer: &'a CustomerId, visit: &'a str) -> Reply<'a, Vec<Slot>> {
        Box::pin(self.find_slots(visit))
    }

    fn move_visit<'a>(
        &'a self,
        _customer: &'a CustomerId,
        visit: &'a str,
        slot: &'a Slot,
    ) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_move(visit, slot))
    }

    fn cancel_visit<'a>(&'a self, _customer: &'a CustomerId, visit: &'a str) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_cancel(visit))
    }

    fn rate_visit<'a>(
        &'a self,
        _customer: &'a CustomerId,
        visit: &'a str,
        technician: u8,
        solution: u8,
    ) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_rating(visit, technician, solution))
    }

    fn pausable<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Pausable>> {
        Box::pin(self.find_pausable(customer))
    }

    fn pause_contract<'a>(
        &'a self,
        _customer: &'a CustomerId,
        contract: &'a ContractId,
        from: Date,
        days: u16,
    ) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_pause(contract, from, days))
    }

    fn reset_app_password<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_password(customer))
    }

    fn contract_pdf<'a>(&'a self, _customer: &'a CustomerId, contract: &'a ContractId) -> Reply<'a, Vec<u8>> {
        Box::pin(self.fetch_contract(contract))
    }

    fn accept_contract<'a>(
        &'a self,
        _customer: &'a CustomerId,
        contract: &'a ContractId,
    ) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_to_accept(contract))
    }

    fn correct_profile<'a>(
        &'a self,
        customer: &'a CustomerId,
        correction: &'a Correction,
    ) -> Reply<'a, Change<Carried>> {
        Box::pin(self.ask_correction(customer, correction))
    }
}
