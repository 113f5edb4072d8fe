//! Charges: created, revised, removed and read.

use jiff::Timestamp;
use serde_json::Value;

use super::book::{Book, Charge, Kind, Now, Status, Terms};
use super::desk::{Desk, Given};
use super::noise;
use super::problem::Problem;
use super::schema::charge::{Change, Rules, change, creation};
use super::schema::{Check, is_name};
use super::show::View;
use crate::simulator::http::{Answer, Request};

/// `PUT /cob/{txid}` and `PUT /cobv/{txid}`: a new charge, or a revision of one that is active. The same again changes
/// nothing. Whatever the txid was once used for, it is never free again.
pub fn create(desk: &Desk, book: &mut Book, view: &View<'_>, kind: Kind, txid: &str, request: &Request) -> Given {
    let mut check = Check::of(kind.name());
    if !is_name(txid, 26, 35) {
        check.refuse("txid", "não respeita [a-zA-Z0-9]{26,35}", Some(&Value::from(txid)));
    }
    let created_on = book.charges.get(txid).map_or(view.now.today, |charge| desk.day_of(charge.created_ms));
    let sent = desk.body(book, request)?;
    let terms = creation(&mut check, &sent, &Rules { kind, keys: &desk.keys, created_on });
    desk.note(book, request, &check);
    let Some(terms) = terms else { return Err(broken(kind, check)) };
    match book.charges.get_mut(txid) {
        Some(charge) if charge.kind != kind || charge.status != Status::Ativa => Err(not_active(kind)),
        Some(charge) => {
            if charge.terms != terms {
                charge.revise(terms);
            }
            Ok(created(view, txid, charge))
        }
        None => {
            let charge = open(book, kind, terms, &view.now);
            let answer = created(view, txid, &charge);
            book.charges.insert(txid.to_owned(), charge);
            Ok(answer)
        }
    }
}

/// `POST /cob`: the bank chooses the txid.
pub fn create_unnamed(desk: &Desk, book: &mut Book, view: &View<'_>, request: &Request) -> Given {
    let txid = noise::hex(16);
    create(desk, book, view, Kind::Cob, &txid, request)
}

/// `PATCH`: while it is active, and by the fields of `CobRevisada` only.
pub fn revise(desk: &Desk, book: &mut Book, view: &View<'_>, kind: Kind, txid: &str, request: &Request) -> Given {
    let sent = desk.body(book, request)?;
    let Some(charge) = book.charges.get(txid).filter(|charge| charge.kind == kind) else {
        return Err(not_found(book, kind, txid, request));
    };
    let mut check = Check::of(kind.name());
    let rules = Rules { kind, keys: &desk.keys, created_on: desk.day_of(charge.created_ms) };
    let wanted = change(&mut check, &sent, &rules, &charge.terms);
    desk.note(book, request, &check);
    let Some(wanted) = wanted else { return Err(broken(kind, check)) };
    let Some(charge) = book.charges.get_mut(txid).filter(|charge| charge.status == Status::Ativa) else {
        return Err(not_active(kind));
    };
    match wanted {
        Change::Removal => {
            charge.revise(charge.terms.clone());
            charge.status = Status::RemovidaPeloUsuarioRecebedor;
        }
        Change::Revision(terms) => charge.revise(terms),
    }
    let body = view.charge(txid, charge, charge.revision, &charge.terms, false);
    Ok(Answer::json(view.settings.changed_status.unwrap_or(200), &body))
}

/// `GET`, of the current revision or of the one that `revisao` names.
pub fn read(book: &mut Book, view: &View<'_>, kind: Kind, txid: &str, request: &Request) -> Given {
    let Some(charge) = book.charges.get_mut(txid).filter(|charge| charge.kind == kind) else {
        return Err(not_found(book, kind, txid, request));
    };
    charge.reads += 1;
    if !view.is_known(charge) {
        return Err(unknown(kind));
    }
    let revision = match request.asked("revisao") {
        None => Some(charge.revision),
        Some(text) => text.parse().ok(),
    };
    let Some((revision, terms)) = revision.and_then(|number| Some((number, charge.terms_of(number)?))) else {
        let kind = if kind == Kind::Cob { "CobConsultaInvalida" } else { "CobVConsultaInvalida" };
        return Err(Problem::new(400, kind, "O parâmetro revisao corresponde a uma revisão inexistente."));
    };
    Ok(Answer::json(200, &view.charge(txid, charge, revision, terms, true)))
}

fn open(book: &Book, kind: Kind, terms: Terms, now: &Now) -> Charge {
    let number = book.charges.len() as u64 + 1;
    Charge {
        kind,
        revision: 0,
        status: Status::Ativa,
        terms,
        earlier: Vec::new(),
        location_id: number,
        location: format!("pix.example.com/qr/v2/{}/{}", kind.name(), noise::hex(16)),
        created_ms: now.ms,
        registered_ms: now.ms,
        reads: 0,
        pix: Vec::new(),
    }
}

fn created(view: &View<'_>, txid: &str, charge: &Charge) -> Answer {
    let body = view.charge(txid, charge, charge.revision, &charge.terms, false);
    Answer::json(view.settings.created_status.unwrap_or(201), &body)
        .with("Location", format!("{}/{}/{txid}", super::route::API, charge.kind.name()))
}

fn broken(kind: Kind, check: Check) -> Problem {
    let detail = "A requisição não respeita o schema ou está semanticamente errada.";
    Problem { violations: check.violations, ..Problem::new(400, invalid(kind), detail) }
}

fn not_active(kind: Kind) -> Problem {
    let detail = "A cobrança já existe, não está no status ATIVA, e a presente requisição busca alterá-la.";
    Problem::new(400, invalid(kind), detail)
}

fn invalid(kind: Kind) -> &'static str {
    match kind {
        Kind::Cob => "CobOperacaoInvalida",
        Kind::Cobv => "CobVOperacaoInvalida",
    }
}

fn not_found(book: &mut Book, kind: Kind, txid: &str, request: &Request) -> Problem {
    if !is_name(txid, 26, 35) {
        book.complain(format!("{} {}: no txid", request.method, request.path));
    }
    unknown(kind)
}

fn unknown(kind: Kind) -> Problem {
    let name = if kind == Kind::Cob { "CobNaoEncontrado" } else { "CobVNaoEncontrada" };
    Problem::new(404, name, "Cobrança não encontrada para o txid informado.")
}

impl Desk {
    fn day_of(&self, ms: i64) -> jiff::civil::Date {
        let time = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
        time.to_zoned(self.zone.clone()).date()
    }
}
