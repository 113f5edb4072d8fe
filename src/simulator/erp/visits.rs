//! Technicians' visits as document 001 has them: booked ones, free dates, moved, cancelled, rated. The document's example
//! of the free dates is lost: these rows hold the id that "efetivar" wants, and a day.

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::book::{Book, Visit, VisitState};

const TURNS: [&str; 2] = ["MANHA", "TARDE"];
const MARK_MOST: f64 = 10.0;

fn invalid(field: &str) -> Value {
    json!({"error": format!("{field} inválido.")})
}

fn midnight(day: Date, zone: &TimeZone) -> Option<i64> {
    let day = zone.to_ambiguous_zoned(day.to_datetime(Time::midnight())).compatible().ok()?;
    Some(day.timestamp().as_millisecond())
}

/// A row of the visits, and of all of a customer's tickets.
pub fn row(visit: &Visit, zone: &TimeZone) -> Value {
    json!({
        "idAtendimento": visit.id,
        "numeroProtocolo": visit.protocol,
        "statusAtendimento": if visit.state == VisitState::Made { "SOLUCIONADO" } else { "VISITA AGENDADA" },
        "dataAbertura": 1_592_845_423_000_i64,
        "dataAgendamentoVisita": visit.on.and_then(|day| midnight(day, zone)),
        "gerouVisita": visit.state == VisitState::Made || visit.on.is_some(),
        "turno": visit.turn,
        "idTipoAtendimento": 18,
        "descricaoTipoAtendimento": visit.about,
        "tipoServico": "SUPORTE",
        "idContrato": visit.contract,
        "statusContrato": "HABILITADO",
        "idTecnicoVisita": 10019,
    })
}

pub fn booked(book: &Book, customer: i64, zone: &TimeZone) -> Value {
    let visits = book.visits.iter().filter(|visit| visit.customer == customer && visit.state == VisitState::Booked);
    json!({"data": visits.map(|visit| row(visit, zone)).collect::<Vec<_>>(), "status": "OK"})
}

/// The id of a half-day: its date and its turn.
fn slot(day: Date, turn: usize) -> i64 {
    let (year, month, date) = (i64::from(day.year()), i64::from(day.month()), i64::from(day.day()));
    ((year * 100 + month) * 100 + date) * 10 + turn as i64 + 1
}

fn slot_of(id: i64) -> Option<(Date, &'static str)> {
    let turn = TURNS.get(usize::try_from(id % 10 - 1).ok()?)?;
    let day = id / 10;
    let part = |value: i64| i8::try_from(value).ok();
    let day = Date::new(i16::try_from(day / 10_000).ok()?, part(day / 100 % 100)?, part(day % 100)?).ok()?;
    Some((day, turn))
}

/// From `ddMMyyyy` on, for so many days: working days on which nobody has that turn yet.
pub fn slots(book: &Book, visit: i64, from: &str, turn: &str, days: Option<&str>, zone: &TimeZone) -> Value {
    let is_booked = book.visits.iter().any(|one| one.id == visit && one.state == VisitState::Booked);
    let part = |from: usize, to: usize, text: &str| text.get(from..to)?.parse::<i16>().ok();
    let day = part(4, 8, from).zip(part(2, 4, from)).zip(part(0, 2, from));
    let day = day.and_then(|((year, month), day)| Date::new(year, month as i8, day as i8).ok());
    let turn = TURNS.iter().position(|known| *known == turn);
    let (Some(day), Some(turn), true) = (day, turn, is_booked) else { return invalid("idAtendimento") };
    let limit = days.and_then(|days| days.parse().ok()).filter(|days| (0..=365).contains(days)).unwrap_or(7);
    let rows = (0..limit).filter_map(|ahead: i32| {
        let on = day.saturating_add(ahead.days());
        let taken = book.visits.iter().any(|one| one.on == Some(on) && one.turn.as_deref() == TURNS.get(turn).copied());
        let works = !matches!(on.weekday(), Weekday::Saturday | Weekday::Sunday);
        (works && !taken).then(|| {
            json!({"idItemConfiguracaoAgendaTecnica": slot(on, turn), "data": midnight(on, zone), "turno": TURNS.get(turn)})
        })
    });
    let rows: Vec<Value> = rows.collect();
    if rows.is_empty() { json!("FALHA") } else { json!({"data": rows, "status": "OK"}) }
}

fn find<'a>(book: &'a mut Book, body: &Value, state: VisitState) -> Option<&'a mut Visit> {
    let id = body.get("idAtendimento").and_then(Value::as_i64);
    book.visits.iter_mut().find(|visit| Some(visit.id) == id && visit.state == state)
}

/// "Efetivação do Reagendamento de Visitas Técnicas".
pub fn reschedule(book: &mut Book, body: &Value, today: Date) -> Value {
    let wanted = body.get("idItemConfiguracaoAgendaTecnica").and_then(Value::as_i64).and_then(slot_of);
    let free = wanted.filter(|(on, turn)| {
        *on > today && !book.visits.iter().any(|one| one.on == Some(*on) && one.turn.as_deref() == Some(*turn))
    });
    let Some(visit) = find(book, body, VisitState::Booked) else { return invalid("idAtendimento") };
    let Some((on, turn)) = free else { return invalid("idItemConfiguracaoAgendaTecnica") };
    visit.before = Some((visit.on, visit.turn.take()));
    (visit.on, visit.turn) = (Some(on), Some(turn.to_owned()));
    visit.moves += 1;
    let id = visit.id;
    let said = format!(
        "Reagendamento da visita técnica do tipo de serviço 'SUPORTE' do atendimento de ID '{id}' realizado com sucesso."
    );
    json!({"data": said, "status": "OK"})
}

/// "Cancelar Reagendamento de Visitas Técnicas". The document does not say what is left: no visit at all, or, as its words
/// have it (`undoes`), the visit on its day before.
pub fn cancel(book: &mut Book, body: &Value, undoes: bool) -> Value {
    let Some(visit) = find(book, body, VisitState::Booked) else { return invalid("idAtendimento") };
    if !undoes {
        visit.state = VisitState::Cancelled;
    } else if let Some((on, turn)) = visit.before.take() {
        (visit.on, visit.turn) = (on, turn);
    }
    let id = visit.id;
    let said = format!(
        "Reagendamento da visita técnica do tipo de serviço 'SUPORTE' do atendimento de ID '{id}' cancelado com sucesso."
    );
    json!({"data": said, "status": "OK"})
}

/// "Atribuição de Notas em Atendimentos": two numbers with a point, once.
pub fn rate(book: &mut Book, body: &Value) -> Value {
    let mark = |key: &str| body.get(key).filter(|mark| mark.is_f64()).and_then(Value::as_f64);
    let known = |mark: &f64| (0.0..=MARK_MOST).contains(mark);
    let Some(technician) = mark("notaTecnico").filter(known) else { return invalid("notaTecnico") };
    let Some(solution) = mark("notaResolucao").filter(known) else { return invalid("notaResolucao") };
    let Some(visit) = find(book, body, VisitState::Made) else { return invalid("idAtendimento") };
    if visit.marks.is_some() {
        return json!({"error": "O atendimento já foi avaliado."});
    }
    visit.marks = Some([technician, solution]);
    json!({"data": "Notas atribuídas com sucesso.", "status": "OK"})
}
