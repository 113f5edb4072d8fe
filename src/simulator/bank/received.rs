//! Money received: read by its end-to-end id or by time, and given back.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::book::{Book, Pix, Refund, RefundStatus};
use super::desk::{Desk, Given};
use super::payer::transaction_id;
use super::problem::Problem;
use super::schema::refund::wanted;
use super::schema::{Check, is_name};
use super::show::View;
use crate::simulator::http::{Answer, Request};

/// A Pix can be given back for ninety days.
const WINDOW_MS: i64 = 90 * 24 * 3600 * 1000;

/// `GET /pix/{e2eid}`
pub fn read(book: &Book, view: &View<'_>, end_to_end_id: &str) -> Given {
    let found = book.pix(end_to_end_id).filter(|(_, pix)| view.has_arrived(pix));
    let (txid, pix) = found.ok_or_else(not_found)?;
    Ok(Answer::json(200, &view.pix(txid, pix)))
}

/// `GET /pix?inicio&fim`, with `txid` and the pages of the specification.
pub fn list(book: &mut Book, view: &View<'_>, request: &Request) -> Given {
    let mut refuse = |why: &str| {
        book.complain(format!("GET {}: {why}", request.path));
        Problem::new(400, "PixConsultaInvalida", why)
    };
    let time = |name: &str| request.asked(name).and_then(|text| text.parse::<Timestamp>().ok());
    let (Some(from), Some(until)) = (time("inicio"), time("fim")) else {
        return Err(refuse("inicio e fim são obrigatórios e respeitam a RFC 3339"));
    };
    if until < from {
        return Err(refuse("fim é anterior a inicio"));
    }
    let number = |name: &str, usual: usize| request.asked(name).map_or(Some(usual), |text| text.parse().ok());
    let page = number("paginacao.paginaAtual", 0);
    let size = number("paginacao.itensPorPagina", 100).filter(|size| (1..=1000).contains(size));
    let (Some(page), Some(size)) = (page, size) else { return Err(refuse("a paginação não respeita o schema")) };

    let mut found: Vec<(&str, &Pix)> = book
        .charges
        .iter()
        .filter(|(txid, _)| request.asked("txid").is_none_or(|wanted| wanted == *txid))
        .flat_map(|(txid, charge)| charge.pix.iter().map(move |pix| (txid.as_str(), pix)))
        .filter(|(_, pix)| view.has_arrived(pix))
        .filter(|(_, pix)| (from.as_millisecond()..=until.as_millisecond()).contains(&pix.at_ms))
        .collect();
    found.sort_by_key(|(_, pix)| (pix.at_ms, &pix.end_to_end_id));
    let shown: Vec<Value> =
        found.iter().skip(page.saturating_mul(size)).take(size).map(|(txid, pix)| view.pix(txid, pix)).collect();
    let pages = json!({
        "paginaAtual": page,
        "itensPorPagina": size,
        "quantidadeDePaginas": found.len().div_ceil(size).max(1),
        "quantidadeTotalDeItens": found.len(),
    });
    let asked = json!({"inicio": request.asked("inicio"), "fim": request.asked("fim"), "paginacao": pages});
    Ok(Answer::json(200, &json!({"parametros": asked, "pix": shown})))
}

/// `PUT /pix/{e2eid}/devolucao/{id}`. An id that was used once for this Pix is refused, whatever it was used for.
pub fn refund(
    desk: &Desk,
    book: &mut Book,
    view: &View<'_>,
    (end_to_end_id, id): (&str, &str),
    request: &Request,
) -> Given {
    let mut check = Check::of("devolucao");
    if !is_name(id, 1, 35) {
        check.refuse("id", "não respeita [a-zA-Z0-9]{1,35}", Some(&Value::from(id)));
    }
    let body = desk.body(book, request)?;
    let wanted = wanted(&mut check, &body);
    desk.note(book, request, &check);
    let invalid = |detail: &str| Problem::new(400, "PixDevolucaoInvalida", detail);
    let Some(wanted) = wanted.filter(|_| check.violations.is_empty()) else {
        let problem = invalid("A requisição de devolução não respeita o schema.");
        return Err(Problem { violations: check.violations, ..problem });
    };
    let pix = book.pix_mut(end_to_end_id).ok_or_else(not_found)?;
    if pix.refunds.iter().any(|refund| refund.id == id) {
        return Err(invalid("O id já foi utilizado por outra requisição de devolução."));
    }
    let given_back: i64 = pix
        .refunds
        .iter()
        .filter(|refund| refund.status != RefundStatus::NaoRealizado)
        .map(|refund| refund.amount_cents)
        .sum();
    if given_back.saturating_add(wanted.amount_cents) > pix.amount_cents {
        return Err(invalid("A devolução excederia o valor do pix originário."));
    }
    if view.now.ms > pix.at_ms.saturating_add(WINDOW_MS) {
        return Err(invalid("A janela de 90 dias para devoluções já passou."));
    }
    let refund = Refund {
        id: id.to_owned(),
        return_id: transaction_id('D', &view.now),
        amount_cents: wanted.amount_cents,
        nature: wanted.nature,
        description: wanted.description,
        asked_ms: view.now.ms,
        settled_ms: None,
        status: RefundStatus::EmProcessamento,
    };
    let body = view.refund(&refund);
    pix.refunds.push(refund);
    Ok(Answer::json(view.settings.created_status.unwrap_or(201), &body))
}

/// `GET /pix/{e2eid}/devolucao/{id}`
pub fn read_refund(book: &Book, view: &View<'_>, end_to_end_id: &str, id: &str) -> Given {
    let refund = book.pix(end_to_end_id).and_then(|(_, pix)| pix.refunds.iter().find(|refund| refund.id == id));
    let refund = refund.ok_or_else(|| {
        Problem::new(404, "PixDevolucaoNaoEncontrada", "Devolução não encontrada para o e2eid informado.")
    })?;
    Ok(Answer::json(200, &view.refund(refund)))
}

fn not_found() -> Problem {
    Problem::new(404, "PixNaoEncontrado", "Pix não encontrado para o e2eid informado.")
}
