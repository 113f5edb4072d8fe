//! Technicians' visits, which are called service orders here. The document lists them; the calls that move one are in no
//! document with what they take.

use jiff::civil::DateTime;
use serde::Deserialize;

use super::envelope::{hear, says_none_found};
use super::{HubSoft, number};
use crate::domain::CustomerId;
use crate::domain::changes::{DayPart, Visit};
use crate::erp::Error;
use crate::erp::scalar::{List, Scalar};

const ORDERS: &str = "cliente/ordem_servico";

/// No day is agreed yet, whatever dates stand beside it.
const TO_BE_AGREED: &str = "aguardando_agendamento";
const OVER: &str = "finalizado";

#[derive(Deserialize)]
struct Orders {
    ordens_servico: List<OrderRow>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OrderRow {
    id_ordem_servico: Scalar,
    numero_ordem_servico: Scalar,
    tipo: Scalar,
    status: Scalar,
    data_inicio_programado: Scalar,
    data_termino_programado: Scalar,
    atendimento: Option<TicketOf>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TicketOf {
    protocolo: Scalar,
    tipo_atendimento: Scalar,
}

impl HubSoft {
    /// Those to come, the soonest first; none that was made can be rated here.
    pub(super) async fn find_visits(&self, customer: &CustomerId) -> Result<Vec<Visit>, Error> {
        let code = number(ORDERS, "customer", &customer.0)?.to_string();
        let query = [
            ("busca", "codigo_cliente"),
            ("termo_busca", code.as_str()),
            ("limit", "50"),
            ("order_by", "data_cadastro"),
            ("order_type", "desc"),
        ];
        let request = self.session.get(ORDERS, &["cliente", "ordem_servico"], &query);
        let rows = match hear::<Orders>(ORDERS, &self.session.read(request).await?) {
            Err(error) if says_none_found(&error) => Vec::new(),
            orders => orders?.ordens_servico.0,
        };
        let to_come = rows.iter().filter_map(OrderRow::visit).filter(|visit| !visit.is_over);
        let mut visits: Vec<Visit> = to_come.collect();
        visits.sort_by_key(|visit| (visit.on.is_none(), visit.on));
        Ok(visits)
    }
}

impl OrderRow {
    fn visit(&self) -> Option<Visit> {
        let ticket = self.atendimento.as_ref();
        let about = ticket.and_then(|ticket| ticket.tipo_atendimento.text()).or_else(|| self.tipo.text());
        let protocol = ticket.and_then(|ticket| ticket.protocolo.text()).or_else(|| self.numero_ordem_servico.text());
        let status = self.status.text().unwrap_or_default();
        let from = moment(&self.data_inicio_programado).filter(|_| status != TO_BE_AGREED);
        let to = moment(&self.data_termino_programado);
        let hours = from.zip(to).filter(|(from, to)| from.date() == to.date() && from < to);
        Some(Visit {
            id: self.id_ordem_servico.id()?.to_string(),
            protocol: protocol.unwrap_or_default().to_owned(),
            about: about.unwrap_or_default().to_owned(),
            on: from.map(DateTime::date),
            part: hours.map(|(from, to)| DayPart::Hours { from: from.time(), to: to.time() }),
            is_over: status == OVER,
        })
    }
}

/// `02/05/2018 10:00:00`.
fn moment(scalar: &Scalar) -> Option<DateTime> {
    DateTime::strptime("%d/%m/%Y %H:%M:%S", scalar.text()?).ok()
}
