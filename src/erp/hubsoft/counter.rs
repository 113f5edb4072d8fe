//! What a clerk does beside taking money: the unlock on trust, tickets, and sending a bill. Each is sent once.

use serde::{Deserialize, Serialize};

use super::envelope::{changed, hear, says_none_found};
use super::{HubSoft, json, number};
use crate::domain::service::{Change, Channel, NewTicket, Ticket, Unlocked};
use crate::domain::{BillRef, ContractId, CustomerId, calendar};
use crate::erp::Error;
use crate::erp::scalar::{List, Scalar};

const UNLOCK: &str = "cliente/desbloqueio_confianca";
const TICKET: &str = "atendimento";
const TICKETS: &str = "cliente/atendimento";
const SEND: &str = "cliente/financeiro/enviar";

/// Ids go out as the document prints them, as strings.
#[derive(Serialize)]
struct Unlock {
    id_cliente_servico: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    dias_desbloqueio: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Said {
    msg: Scalar,
}

#[derive(Serialize)]
struct Asked<'a> {
    id_cliente_servico: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_tipo_atendimento: Option<&'a str>,
    descricao: String,
    nome: &'a str,
    telefone: &'a str,
    abrir_os: bool,
}

#[derive(Deserialize)]
struct Opened {
    atendimento: TicketRow,
}

#[derive(Deserialize)]
struct Tickets {
    atendimentos: List<TicketRow>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TicketRow {
    protocolo: Scalar,
    tipo_atendimento: Scalar,
    descricao_abertura: Scalar,
    status: Scalar,
    status_fechamento: Scalar,
    data_cadastro: Scalar,
}

#[derive(Serialize)]
struct Sending<'a> {
    id_fatura: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_adicional: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    telefone_adicional: Option<[&'a str; 1]>,
}

impl HubSoft {
    /// Until when, the answer tells in its text only.
    pub(super) async fn send_unlock(&self, contract: &ContractId) -> Result<Change<Unlocked>, Error> {
        let body = Unlock {
            id_cliente_servico: number(UNLOCK, "contract", &contract.0)?.to_string(),
            dias_desbloqueio: self.settings.unlock_days.map(|days| days.to_string()),
        };
        let request = self.session.post(UNLOCK, &["cliente", "desbloqueio_confianca"], json(UNLOCK, &body)?);
        Ok(match changed(&self.session.send_once(request).await?) {
            Change::Done(json) => {
                let said: Said = serde_json::from_str(&json).unwrap_or_default();
                let message = said.msg.text().unwrap_or_default().to_owned();
                Change::Done(Unlocked { until: date_in(&message), message })
            }
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        })
    }

    pub(super) async fn send_ticket(&self, ticket: &NewTicket) -> Result<Change<String>, Error> {
        let phone: String = ticket.phone.chars().filter(char::is_ascii_digit).collect();
        if !(10..=12).contains(&phone.len()) {
            let why = "o telefone precisa do DDD e de 8 ou 9 dígitos".to_owned();
            return Ok(Change::Refused { why });
        }
        let parts = [ticket.subject.trim(), ticket.text.trim()];
        let body = Asked {
            id_cliente_servico: number(TICKET, "contract", &ticket.contract.0)?.to_string(),
            id_tipo_atendimento: ticket.kind.as_deref(),
            descricao: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": "),
            nome: &ticket.name,
            telefone: &phone,
            abrir_os: self.settings.open_service_order,
        };
        let request = self.session.post(TICKET, &["atendimento"], json(TICKET, &body)?);
        Ok(match changed(&self.session.send_once(request).await?) {
            Change::Done(json) => {
                let opened = serde_json::from_str::<Opened>(&json).ok();
                match opened.and_then(|opened| opened.atendimento.protocolo.text().map(str::to_owned)) {
                    Some(protocol) => Change::Done(protocol),
                    None => Change::Unknown { why: "an answer without a protocol".to_owned() },
                }
            }
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        })
    }

    /// Open and closed ones, newest first.
    pub(super) async fn find_tickets(&self, customer: &CustomerId) -> Result<Vec<Ticket>, Error> {
        let code = number(TICKETS, "customer", &customer.0)?.to_string();
        let query = [
            ("busca", "codigo_cliente"),
            ("termo_busca", code.as_str()),
            ("limit", "50"),
            ("apenas_pendente", "nao"),
            ("order_by", "data_cadastro"),
            ("order_type", "desc"),
        ];
        let request = self.session.get(TICKETS, &["cliente", "atendimento"], &query);
        let rows = match hear::<Tickets>(TICKETS, &self.session.read(request).await?) {
            Err(error) if says_none_found(&error) => Vec::new(),
            tickets => tickets?.atendimentos.0,
        };
        let tickets = rows.iter().filter_map(|row| {
            let subject = row.tipo_atendimento.text().or_else(|| row.descricao_abertura.text());
            let status = row.status_fechamento.text().or_else(|| row.status.text());
            Some(Ticket {
                protocol: row.protocolo.text()?.to_owned(),
                subject: subject.unwrap_or_default().to_owned(),
                status: status.unwrap_or_default().to_owned(),
                opened: row.data_cadastro.date(&self.zone).ok().flatten(),
            })
        });
        Ok(tickets.collect())
    }

    pub(super) async fn ask_to_send(&self, bill: &BillRef, by: Channel, to: Option<&str>) -> Result<Change<()>, Error> {
        let digits: String = to.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        let refused = |why: &str| Ok(Change::Refused { why: why.to_owned() });
        let mut body = Sending {
            id_fatura: number(SEND, "bill", &bill.invoice.0)?.to_string(),
            email_adicional: None,
            telefone_adicional: None,
        };
        let channel = match by {
            Channel::Email => {
                if to.is_some_and(|to| !to.contains('@')) {
                    return refused("este não é um endereço de e-mail");
                }
                body.email_adicional = to.map(|to| [to]);
                "enviar_email"
            }
            Channel::Sms => {
                if to.is_some() && !matches!(digits.len(), 10 | 11) {
                    return refused("o telefone precisa do DDD e de 8 ou 9 dígitos");
                }
                body.telefone_adicional = to.map(|_| [digits.as_str()]);
                "enviar_sms"
            }
            Channel::Push => "enviar_push",
        };
        let request = self.session.post(SEND, &["cliente", "financeiro", channel], json(SEND, &body)?);
        Ok(match changed(&self.session.send_once(request).await?) {
            Change::Done(_) => Change::Done(()),
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        })
    }
}

/// The first `dd/MM/yyyy` of a sentence.
fn date_in(text: &str) -> Option<jiff::civil::Date> {
    let words = text.split(|letter: char| letter.is_whitespace() || matches!(letter, '.' | ',' | ';' | '!'));
    words
        .filter(|word| word.len() == 10 && word.contains('/'))
        .find_map(|word| calendar::parse_date(word).ok().flatten())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_end_of_an_unlock_is_read_from_its_sentence() {
        for (text, expected) in [
            ("Desbloqueio em confiança realizado com sucesso até a data 26/11/2018", Some(date(2018, 11, 26))),
            ("liberado até 01/02/2027.", Some(date(2027, 2, 1))),
            ("liberado até 31/02/2027", None),
            ("liberado", None),
            ("", None),
        ] {
            assert_eq!(date_in(text), expected, "{text}");
        }
    }
}
