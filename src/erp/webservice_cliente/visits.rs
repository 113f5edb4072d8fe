//! Technicians' visits: call #42, and the marks that a customer gives.
//!
//! The document's example of the free dates is lost. Read are the id that "efetivar" names, and a date.

use jiff::civil::Date;
use reqwest::Method as Verb;
use serde::{Deserialize, Serialize};

use super::changes::accepted_change;
use super::shape::hear_document;
use super::{WebServiceCliente, customer_id, garbled};
use crate::domain::CustomerId;
use crate::domain::changes::{Carried, DayPart, Slot, Visit};
use crate::domain::service::Change;
use crate::erp::Error;
use crate::erp::scalar::{List, Scalar};
use crate::erp::text::normalized;

const BOOKED: &str = "agendamento/atendimentos/cliente";
const TICKETS: &str = "atendimentos/cliente";
const SLOTS: &str = "agenda_tecnica/configuracoes/atendimento";
const MOVE: &str = "agenda_tecnica/configuracoes/efetivar";
const CANCEL: &str = "agenda_tecnica/configuracoes/cancelar";
const RATE: &str = "atendimento/atribuir_nota";
/// So many of the last visits can be rated.
const RATED_AT_MOST: usize = 10;

#[derive(Default, Deserialize)]
#[serde(default)]
struct VisitRow {
    #[serde(rename = "idAtendimento")]
    id: Scalar,
    #[serde(rename = "numeroProtocolo")]
    protocol: Scalar,
    #[serde(rename = "statusAtendimento")]
    status: Scalar,
    #[serde(rename = "dataAgendamentoVisita")]
    on: Scalar,
    #[serde(rename = "gerouVisita")]
    was_made: Scalar,
    turno: Scalar,
    /// The envelope's, where there is no list in it.
    #[serde(rename = "status")]
    word: Scalar,
    #[serde(rename = "descricaoTipoAtendimento")]
    about: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct SlotRow {
    #[serde(rename = "idItemConfiguracaoAgendaTecnica")]
    item: Scalar,
    id: Scalar,
    data: Scalar,
    dia: Scalar,
}

#[derive(Serialize)]
struct Moved {
    #[serde(rename = "idAtendimento")]
    visit: u64,
    #[serde(rename = "idItemConfiguracaoAgendaTecnica")]
    slot: u64,
}

#[derive(Serialize)]
struct Cancelled {
    #[serde(rename = "idAtendimento")]
    visit: u64,
}

#[derive(Serialize)]
struct Marks {
    #[serde(rename = "idAtendimento")]
    visit: u64,
    #[serde(rename = "notaTecnico")]
    technician: f64,
    #[serde(rename = "notaResolucao")]
    solution: f64,
}

fn number(operation: &'static str, id: &str) -> Result<u64, Error> {
    let why = || Error::Refused { operation, why: "the visit's id is not a number".to_owned() };
    id.parse().map_err(|_| why())
}

fn part_of(turn: &str) -> Option<DayPart> {
    match normalized(turn).as_str() {
        "manha" => Some(DayPart::Morning),
        "tarde" => Some(DayPart::Afternoon),
        _ => None,
    }
}

impl WebServiceCliente {
    /// An answer that lists nothing that can be known by an id is no list: no visit is gone because of it.
    async fn booked_visits(&self, customer: &str) -> Result<Vec<VisitRow>, Error> {
        let path = ["ws", "servicos", "agendamento", "atendimentos", "cliente", customer];
        let rows: List<VisitRow> =
            hear_document(BOOKED, &self.session.read(self.session.request(BOOKED, &path)).await?)?;
        let is_empty = |row: &VisitRow| row.word.text().is_some_and(|word| normalized(word) == "not found");
        match rows.0.as_slice() {
            [row] if row.id.is_absent() && is_empty(row) => Ok(Vec::new()),
            rows if rows.iter().any(|row| row.id.id().is_none()) => Err(garbled(BOOKED, "a visit without its id")),
            _ => Ok(rows.0),
        }
    }

    /// Those to come, and of those made the last ones, which can be rated.
    pub(super) async fn find_visits(&self, customer: &CustomerId) -> Result<Vec<Visit>, Error> {
        let id = customer_id(BOOKED, customer)?.to_string();
        let booked = self.booked_visits(&id).await?;
        let path = ["ws", "integracao", "omnichannel", "atendimentos", "cliente", &id];
        let all: List<VisitRow> =
            hear_document(TICKETS, &self.session.read(self.session.request(TICKETS, &path)).await?)?;
        let made = all.0.iter().filter(|row| {
            row.was_made.is_yes() && row.status.text().is_some_and(|status| normalized(status) == "solucionado")
        });
        let mut visits: Vec<Visit> = booked.iter().filter_map(|row| self.visit(row, false)).collect();
        visits.extend(made.filter_map(|row| self.visit(row, true)).take(RATED_AT_MOST));
        Ok(visits)
    }

    fn visit(&self, row: &VisitRow, is_over: bool) -> Option<Visit> {
        let text = |scalar: &Scalar| scalar.text().unwrap_or_default().to_owned();
        Some(Visit {
            id: row.id.id()?.to_string(),
            protocol: text(&row.protocol),
            about: text(&row.about),
            on: row.on.date(&self.zone).ok().flatten(),
            part: row.turno.text().and_then(part_of),
            is_over,
        })
    }

    /// Mornings and afternoons from tomorrow on, for as many days as the site says.
    pub(super) async fn find_slots(&self, visit: &str) -> Result<Vec<Slot>, Error> {
        let visit = number(SLOTS, visit)?.to_string();
        let from = self.today().tomorrow().unwrap_or(Date::MAX).strftime("%d%m%Y").to_string();
        let mut slots = Vec::new();
        for (turn, part) in [("MANHA", DayPart::Morning), ("TARDE", DayPart::Afternoon)] {
            let omnichannel = ["ws", "integracao", "omnichannel", "agenda_tecnica", "configuracoes", "atendimento"];
            let path = [&omnichannel[..], &[visit.as_str(), "data", &from, "turno", turn]].concat();
            let mut request = self.session.request(SLOTS, &path);
            request.url.query_pairs_mut().append_pair("qtdeDiasLimite", &self.settings.visit_days.to_string());
            for row in self.rows::<SlotRow>(SLOTS, request).await? {
                let id = row.item.id().or_else(|| row.id.id());
                let on = [&row.data, &row.dia].into_iter().find_map(|day| day.date(&self.zone).ok().flatten());
                match (id, on) {
                    (Some(id), Some(on)) => slots.push(Slot { id: id.to_string(), on, part }),
                    _ => tracing::warn!("a free date without an id or a day is left out"),
                }
            }
        }
        slots.sort_by_key(|slot| (slot.on, slot.part != DayPart::Morning));
        Ok(slots)
    }

    pub(super) async fn ask_move(&self, visit: &str, slot: &Slot) -> Result<Change<Carried>, Error> {
        let body = Moved { visit: number(MOVE, visit)?, slot: number(MOVE, &slot.id)? };
        let path = ["ws", "integracao", "omnichannel", "agenda_tecnica", "configuracoes", "efetivar"];
        self.carry_out(MOVE, Verb::PUT, &path, super::json(MOVE, &body)?, accepted_change).await
    }

    /// The document calls it the cancelling of a rescheduling: whether the visit is gone or back on its day before, the list
    /// tells.
    pub(super) async fn ask_cancel(&self, visit: &str) -> Result<Change<Carried>, Error> {
        let body = Cancelled { visit: number(CANCEL, visit)? };
        let path = ["ws", "servicos", "agendamento", "agenda_tecnica", "configuracoes", "cancelar"];
        self.carry_out(CANCEL, Verb::PUT, &path, super::json(CANCEL, &body)?, accepted_change).await
    }

    pub(super) async fn ask_rating(&self, visit: &str, technician: u8, solution: u8) -> Result<Change<Carried>, Error> {
        let (technician, solution) = (f64::from(technician), f64::from(solution));
        let body = Marks { visit: number(RATE, visit)?, technician, solution };
        let path = ["ws", "servicos", "agendamento", "atendimento", "atribuir_nota"];
        self.carry_out(RATE, Verb::POST, &path, super::json(RATE, &body)?, accepted_change).await
    }
}
