//! What a customer gets beside bills, without a password of theirs: paid bills, what is held against them, the unlock on
//! trust, tickets, and bills sent to them. Calls #2, #10, #21, #23, #25, #31 and #32.
//!
//! A call that changes something is sent once.

use reqwest::Method as Verb;
use serde::{Deserialize, Serialize};

use super::changes_answer::quietly;
use super::counter_answer::{self, change};
use super::session::Sent;
use super::shape::hear_document;
use super::{PERSON, WebServiceCliente, contract_id, customer_id, garbled, invoice_id, json};
use crate::domain::calendar::is_overdue;
use crate::domain::service::{Change, Channel, NewTicket, PaidBill, Ticket, Unlocked};
use crate::domain::{BillRef, ContractId, CustomerId};
use crate::erp::scalar::{List, Scalar, Unreadable};
use crate::erp::{Capability, Error};
use crate::http::{Body, Request};

const ALL_BILLS: &str = "faturas/todas";
const UNLOCK: &str = "contrato/habilitar_confianca";
const OPEN_TICKET: &str = "atendimentos/cadastrar";
const TICKETS: &str = "atendimentos/cliente";
const SEND_EMAIL: &str = "faturas/abertas/enviar";
const SEND_SMS: &str = "linha_digitavel/enviar";

#[derive(Serialize)]
struct OfContract {
    #[serde(rename = "idContrato")]
    contract: u64,
}

#[derive(Serialize)]
struct TicketWanted<'a> {
    #[serde(rename = "idContrato")]
    contract: u64,
    descricao: &'a str,
    #[serde(rename = "idTipoAtendimento", skip_serializing_if = "Option::is_none")]
    kind: Option<u64>,
}

#[derive(Serialize)]
struct BillsToSend {
    #[serde(rename = "idsFaturas")]
    bills: [u64; 1],
}

#[derive(Serialize)]
struct BillToSend {
    #[serde(rename = "idFatura")]
    bill: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TicketRow {
    #[serde(rename = "numeroProtocolo")]
    protocol: Scalar,
    #[serde(rename = "descricaoTipoAtendimento")]
    subject: Scalar,
    #[serde(rename = "statusAtendimento")]
    status: Scalar,
    #[serde(rename = "dataAbertura")]
    opened: Scalar,
}

impl WebServiceCliente {
    /// The paid rows of #10, newest first.
    pub(super) async fn find_paid_bills(&self, customer: &CustomerId) -> Result<Vec<PaidBill>, Error> {
        let person = self.person(customer_id(PERSON, customer)?).await?;
        let document = person.document().ok_or_else(|| garbled(PERSON, "no cpf"))?;
        let mut paid = Vec::new();
        for row in self.all_bills(&document).await? {
            let on = row.paid_on(&self.zone).map_err(|Unreadable| garbled(ALL_BILLS, "DataPagamento"))?;
            if on.is_none() {
                continue;
            }
            match row.invoice(&self.zone, |_| String::new()) {
                Ok(bill) => paid.push(PaidBill {
                    description: bill.number,
                    id: bill.id,
                    due: Some(bill.due),
                    paid_on: on,
                    amount: bill.original,
                }),
                Err(field) => tracing::warn!(field, "a paid bill cannot be read and is left out"),
            }
        }
        paid.sort_by_key(|bill| std::cmp::Reverse(bill.paid_on));
        Ok(paid)
    }

    /// The overdue bills of #10, or of #2 where the ERP does not tell the document, in words.
    pub(super) async fn find_pendency(&self, customer: &CustomerId) -> Result<Vec<String>, Error> {
        let customer = customer_id(PERSON, customer)?;
        let rows = match self.person(customer).await?.document() {
            Some(document) => self.all_bills(&document).await?,
            None => self.open_bills(customer).await?,
        };
        let today = self.today();
        let open = rows.iter().filter(|row| !row.is_paid(&self.zone).unwrap_or(false));
        let overdue = open.filter_map(|row| {
            let due = row.due(&self.zone).ok().flatten().filter(|due| is_overdue(*due, today))?;
            let number = row.invoice(&self.zone, |_| String::new()).map(|bill| bill.number).ok()?;
            Some(format!("Fatura {number} vencida em {}", due.strftime("%d/%m/%Y")))
        });
        Ok(overdue.collect())
    }

    /// #21.
    pub(super) async fn ask_unlock(&self, contract: &ContractId) -> Result<Change<Unlocked>, Error> {
        let contract = contract_id(UNLOCK, contract)?;
        let path = ["ws", "comercial", "contrato", "habilitar_confianca"];
        let sent = self.change(UNLOCK, Verb::PUT, &path, json(UNLOCK, &OfContract { contract })?).await?;
        let outcome = quietly(change(&sent, |answer| counter_answer::unlocked(answer, &self.zone)), &sent);
        tracing::info!(contract, outcome = counter_answer::kind(&outcome), "unlock on trust");
        Ok(outcome)
    }

    /// #23.
    pub(super) async fn ask_ticket(&self, ticket: &NewTicket) -> Result<Change<String>, Error> {
        let contract = contract_id(OPEN_TICKET, &ticket.contract)?;
        let kind = ticket.kind.as_deref().map(|kind| {
            let why = || Error::Refused { operation: OPEN_TICKET, why: "the ticket's type is not a number".to_owned() };
            kind.parse().map_err(|_| why())
        });
        let text = match (ticket.subject.trim(), ticket.text.trim()) {
            ("", text) => text.to_owned(),
            (subject, "") => subject.to_owned(),
            (subject, text) => format!("{subject}\n{text}"),
        };
        let wanted = TicketWanted { contract, descricao: &text, kind: kind.transpose()? };
        let path = ["ws", "comercial", "atendimentos", "cadastrar"];
        let sent = self.change(OPEN_TICKET, Verb::POST, &path, json(OPEN_TICKET, &wanted)?).await?;
        let outcome = quietly(change(&sent, counter_answer::opened), &sent);
        tracing::info!(contract, outcome = counter_answer::kind(&outcome), "ticket");
        Ok(outcome)
    }

    /// #25.
    pub(super) async fn find_tickets(&self, customer: &CustomerId) -> Result<Vec<Ticket>, Error> {
        let id = customer_id(TICKETS, customer)?.to_string();
        let path = ["ws", "integracao", "omnichannel", "atendimentos", "cliente", &id];
        let answer = self.session.read(self.session.request(TICKETS, &path)).await?;
        let rows: List<TicketRow> = hear_document(TICKETS, &answer)?;
        let text = |scalar: &Scalar| scalar.text().unwrap_or_default().to_owned();
        let told = rows.0.iter().filter(|row| !row.protocol.is_absent());
        Ok(told
            .map(|row| Ticket {
                protocol: text(&row.protocol),
                subject: text(&row.subject),
                status: text(&row.status),
                opened: row.opened.date(&self.zone).ok().flatten(),
            })
            .collect())
    }

    /// #31 and #32. This ERP sends to the registered address and to no other.
    pub(super) async fn ask_to_send(&self, bill: &BillRef, by: Channel, to: Option<&str>) -> Result<Change<()>, Error> {
        let (operation, capability) = match by {
            Channel::Email => (SEND_EMAIL, Capability::SendByEmail),
            Channel::Sms => (SEND_SMS, Capability::SendBySms),
            Channel::Push => return Err(Error::Unsupported(Capability::SendByPush)),
        };
        if to.is_some() {
            tracing::info!(?capability, "this ERP sends only to the registered address");
            return Ok(Change::Refused { why: "o provedor só envia para o contato do cadastro".to_owned() });
        }
        let invoice = invoice_id(operation, bill)?;
        let customer = customer_id(operation, &bill.customer)?.to_string();
        let sent = match by {
            Channel::Email => {
                let path = ["ws", "financeiro", "faturas", "abertas", &customer, "enviar"];
                self.change(operation, Verb::POST, &path, json(operation, &BillsToSend { bills: [invoice] })?).await?
            }
            _ => {
                let path = ["ws", "integracao", "omnichannel", "fatura", "linha_digitavel", "enviar"];
                self.change(operation, Verb::POST, &path, json(operation, &BillToSend { bill: invoice })?).await?
            }
        };
        let outcome = change(&sent, counter_answer::accepted);
        tracing::info!(invoice, operation, outcome = counter_answer::kind(&outcome), "bill sent to the customer");
        Ok(outcome)
    }

    pub(super) async fn change(
        &self,
        operation: &'static str,
        method: Verb,
        path: &[&str],
        body: String,
    ) -> Result<Sent, Error> {
        let request = Request { method, body: Some(Body::Json(body)), ..self.session.request(operation, path) };
        self.change_by(operation, request).await
    }

    /// The same, of a request that is made already.
    pub(super) async fn change_by(&self, operation: &'static str, request: Request) -> Result<Sent, Error> {
        let request = Request { within: self.session.document_patience(), ..request };
        let sent = self.session.send_once(request).await?;
        if let Sent::NoAnswer(why) = &sent {
            tracing::warn!(operation, why, "sent, and nobody knows what came of it");
        }
        Ok(sent)
    }
}
