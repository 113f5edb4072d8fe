//! The bodies of cob and cobv: `CobSolicitada`, `CobVSolicitada` and their revisions.

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::{Check, Part};
use crate::simulator::bank::book::{Kind, Lifetime, Terms};

const LONGEST_LIFE_S: i64 = i32::MAX as i64;
const USUAL_LIFE_S: i64 = 86_400;
const USUAL_DAYS_AFTER_DUE: i64 = 30;

/// What the bank knows that a charge must agree with.
pub struct Rules<'a> {
    pub kind: Kind,
    /// The keys of this receiver.
    pub keys: &'a [String],
    /// No charge is due before the day it was created on.
    pub created_on: Date,
}

/// What a PATCH wants.
#[derive(Debug)]
pub enum Change {
    Removal,
    Revision(Terms),
}

/// Reads the body of PUT and POST. Nothing where it breaks the schema.
pub fn creation(check: &mut Check, body: &Value, rules: &Rules<'_>) -> Option<Terms> {
    let known = ["calendario", "devedor", "loc", "valor", "chave", "solicitacaoPagador", "infoAdicionais"];
    let part = check.object("", body, &known)?;
    let terms = terms(check, part, rules, None);
    terms.filter(|_| check.violations.is_empty())
}

/// Reads the body of PATCH. What it does not name stays as it was; a removal comes alone.
pub fn change(check: &mut Check, body: &Value, rules: &Rules<'_>, current: &Terms) -> Option<Change> {
    let known = ["status", "calendario", "devedor", "loc", "valor", "chave", "solicitacaoPagador", "infoAdicionais"];
    let part = check.object("", body, &known)?;
    if part.fields.is_empty() {
        check.refuse("", "nada a alterar", None);
    }
    if let Some(status) = part.get("status") {
        if status.as_str() != Some("REMOVIDA_PELO_USUARIO_RECEBEDOR") {
            check.refuse("status", "só pode ser REMOVIDA_PELO_USUARIO_RECEBEDOR", Some(status));
        }
        if part.fields.len() > 1 {
            check.refuse("status", "a remoção não acompanha outras alterações", Some(status));
        }
        return Some(Change::Removal).filter(|_| check.violations.is_empty());
    }
    let terms = terms(check, part, rules, Some(current));
    terms.map(Change::Revision).filter(|_| check.violations.is_empty())
}

fn terms(check: &mut Check, part: Part<'_>, rules: &Rules<'_>, current: Option<&Terms>) -> Option<Terms> {
    let request_to_payer = check.text(part, "solicitacaoPagador", 140);
    let additional_information = additional_information(check, part);
    if let Some(location) = part.get("loc") {
        check.refuse("loc.id", "o location referenciado inexiste", location.get("id"));
    }
    let key = key(check, part, rules.keys, current);
    let debtor = debtor(check, part, rules.kind, current.is_none());
    let lifetime = lifetime(check, part, rules, current);
    let (value, amount_cents) = value(check, part, rules.kind, lifetime, current)?;
    Some(Terms {
        amount_cents,
        key: key?,
        lifetime: lifetime?,
        debtor: debtor.or_else(|| current.and_then(|terms| terms.debtor.clone())),
        value,
        request_to_payer: request_to_payer.or_else(|| current.and_then(|terms| terms.request_to_payer.clone())),
        additional_information: additional_information
            .or_else(|| current.and_then(|terms| terms.additional_information.clone())),
    })
}

fn key(check: &mut Check, part: Part<'_>, keys: &[String], current: Option<&Terms>) -> Option<String> {
    let Some(terms) = current.filter(|_| part.get("chave").is_none()) else {
        let key = check.required_text(part, "chave", 77)?;
        if keys.contains(&key) {
            return Some(key);
        }
        check.refuse("chave", "corresponde a uma conta que não pertence a este usuário recebedor", part.get("chave"));
        return None;
    };
    Some(terms.key.clone())
}

fn debtor(check: &mut Check, part: Part<'_>, kind: Kind, creating: bool) -> Option<Value> {
    let Some(value) = part.get("devedor") else {
        if kind == Kind::Cobv && creating {
            check.refuse("devedor", "o campo é obrigatório", None);
        }
        return None;
    };
    let known: &[&str] = match kind {
        Kind::Cob => &["cpf", "cnpj", "nome"],
        Kind::Cobv => &["cpf", "cnpj", "nome", "email", "logradouro", "cidade", "uf", "cep"],
    };
    let debtor = check.object("devedor", value, known)?;
    check.required_text(debtor, "nome", 200);
    check.shaped(debtor, "cpf", r"\d{11}", |text| text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit()));
    check.shaped(debtor, "cnpj", "[0-9A-Z]{14}", |text| {
        text.len() == 14 && text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    });
    if debtor.get("cpf").is_some() == debtor.get("cnpj").is_some() {
        check.refuse("devedor", "deve ter exatamente um de cpf e cnpj", None);
    }
    if kind == Kind::Cobv {
        for name in ["email", "logradouro", "cidade", "uf", "cep"] {
            check.text(debtor, name, 200);
        }
    }
    Some(value.clone())
}

fn additional_information(check: &mut Check, part: Part<'_>) -> Option<Value> {
    let value = part.get("infoAdicionais")?;
    let Some(rows) = value.as_array() else {
        check.refuse("infoAdicionais", "não é uma lista", None);
        return None;
    };
    if rows.len() > 50 {
        check.refuse("infoAdicionais", "tem mais de 50 itens", None);
    }
    for row in rows {
        if let Some(row) = check.object("infoAdicionais", row, &["nome", "valor"]) {
            check.required_text(row, "nome", 50);
            check.required_text(row, "valor", 200);
        }
    }
    Some(value.clone())
}

fn lifetime(check: &mut Check, part: Part<'_>, rules: &Rules<'_>, current: Option<&Terms>) -> Option<Lifetime> {
    let Some(value) = part.get("calendario") else {
        if current.is_none() {
            check.refuse("calendario", "o campo é obrigatório", None);
        }
        return current.map(|terms| terms.lifetime);
    };
    if rules.kind == Kind::Cob {
        let calendar = check.object("calendario", value, &["expiracao"])?;
        let told = check.integer(calendar, "expiracao", 1, LONGEST_LIFE_S);
        let expires_s = if calendar.get("expiracao").is_some() { told? } else { USUAL_LIFE_S };
        return Some(Lifetime::Immediate { expires_s });
    }
    let calendar = check.object("calendario", value, &["dataDeVencimento", "validadeAposVencimento"])?;
    let days = check.integer(calendar, "validadeAposVencimento", 0, i64::from(i32::MAX));
    let days_after_due = if calendar.get("validadeAposVencimento").is_some() { days? } else { USUAL_DAYS_AFTER_DUE };
    check.required_text(calendar, "dataDeVencimento", 10);
    let due = check.date(calendar, "dataDeVencimento")?;
    if due < rules.created_on {
        let told = calendar.get("dataDeVencimento");
        check.refuse("calendario.dataDeVencimento", "é anterior à criação da cobrança", told);
    }
    Some(Lifetime::Due { due, days_after_due })
}

/// `valor` and its cents; in a revision, what it names over what there was.
fn value(
    check: &mut Check,
    part: Part<'_>,
    kind: Kind,
    lifetime: Option<Lifetime>,
    current: Option<&Terms>,
) -> Option<(Value, i64)> {
    let Some(sent) = part.get("valor") else {
        if current.is_none() {
            check.refuse("valor", "o campo é obrigatório", None);
        }
        return current.map(|terms| (terms.value.clone(), terms.amount_cents));
    };
    let known: &[&str] = match kind {
        Kind::Cob => &["original", "modalidadeAlteracao"],
        Kind::Cobv => &["original", "multa", "juros", "abatimento", "desconto"],
    };
    let part = check.object("valor", sent, known)?;
    match kind {
        Kind::Cob => {
            check.integer(part, "modalidadeAlteracao", 0, 1);
        }
        Kind::Cobv => {
            charges(check, part);
            discount(check, part, lifetime);
        }
    }
    let cents = match current.filter(|_| part.get("original").is_none()) {
        Some(terms) => terms.amount_cents,
        None => check.positive_money(part, "original")?,
    };
    let before = current.and_then(|terms| terms.value.as_object());
    let mut whole: Map<String, Value> = before.cloned().unwrap_or_default();
    whole.extend(part.fields.iter().map(|(name, value)| (name.clone(), value.clone())));
    Some((Value::Object(whole), cents))
}

fn charges(check: &mut Check, part: Part<'_>) {
    for (name, path, modes) in
        [("multa", "valor.multa", 2), ("juros", "valor.juros", 8), ("abatimento", "valor.abatimento", 2)]
    {
        let Some(value) = part.get(name) else { continue };
        let Some(part) = check.object(path, value, &["modalidade", "valorPerc"]) else { continue };
        if part.get("modalidade").is_none() || part.get("valorPerc").is_none() {
            check.refuse(path, "modalidade e valorPerc são obrigatórios", Some(value));
        }
        check.integer(part, "modalidade", 1, modes);
        check.money(part, "valorPerc");
    }
}

fn discount(check: &mut Check, part: Part<'_>, lifetime: Option<Lifetime>) {
    const PATH: &str = "valor.desconto";
    let Some(value) = part.get("desconto") else { return };
    let Some(part) = check.object(PATH, value, &["modalidade", "valorPerc", "descontoDataFixa"]) else { return };
    if part.get("modalidade").is_none() {
        check.refuse("valor.desconto.modalidade", "o campo é obrigatório", None);
    }
    let mode = check.integer(part, "modalidade", 1, 6);
    check.money(part, "valorPerc");
    let by_date = mode.is_some_and(|mode| mode <= 2);
    if mode.is_some()
        && (part.get("valorPerc").is_some() == by_date || part.get("descontoDataFixa").is_some() != by_date)
    {
        check.refuse(PATH, "descontoDataFixa é das modalidades 1 e 2, valorPerc das de 3 a 6", Some(value));
    }
    let Some(dates) = part.get("descontoDataFixa") else { return };
    let rows = dates.as_array().map(Vec::as_slice).unwrap_or_default();
    if !(1..=3).contains(&rows.len()) {
        check.refuse("valor.desconto.descontoDataFixa", "deve ter de 1 a 3 itens", None);
    }
    for row in rows {
        let Some(row) = check.object("valor.desconto.descontoDataFixa", row, &["data", "valorPerc"]) else { continue };
        check.required_text(row, "valorPerc", 13);
        check.money(row, "valorPerc");
        check.required_text(row, "data", 10);
        let until = check.date(row, "data");
        if let (Some(until), Some(Lifetime::Due { due, .. })) = (until, lifetime)
            && until > due
        {
            check.refuse("valor.desconto.descontoDataFixa.data", "é posterior ao vencimento", row.get("data"));
        }
    }
}
