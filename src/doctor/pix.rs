//! Each PIX provider: key, certificate, sign-in, permission to read, clock. Nothing is charged.

use jiff::Timestamp;

use crate::config::MethodName;
use crate::domain::ConfirmedBy;
use crate::domain::br_code::KeyKind;
use crate::erp::Capability;
use crate::pix::{Error, Health};

use super::{Finding, Patient, Reply, clock};

/// A new certificate takes a bank days.
const WARN_DAYS: i64 = 30;
const RENEW: &str = "renove no portal do banco e troque os arquivos antes disso";

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        if let Some(unasked) = patient.unasked("pix") {
            return vec![unasked];
        }
        let mut found = Vec::new();
        for provider in &patient.pix {
            let part = format!("pix {}", provider.name());
            found.extend(key(&part, &chosen_key(patient, provider.name())));
            match provider.health().await {
                Some(health) => found.extend(judge(&part, &health, Timestamp::now())),
                None => {
                    let issues = patient.erp.supports(Capability::PixCode).is_usable();
                    found.push(unasked(&part, provider.confirmed_by(), issues));
                }
            }
        }
        let is_offered = patient.config.journey.methods.contains(&MethodName::Pix);
        if is_offered && !patient.config.has_pix(patient.erp.as_ref()) {
            found.push(Finding::warning(
                "pix",
                "ninguém emite o código: a tela não oferece PIX",
                "acrescente [[pix.bank]] ou [pix.mercado_pago], ou ligue o PIX do ERP; sem PIX, diga as formas em journey.methods",
            ));
        } else if found.is_empty() {
            found.push(Finding::ok("pix", "não configurado"));
        }
        found
    })
}

fn chosen_key(patient: &Patient, provider: &str) -> Option<String> {
    let choices = &patient.config.pix;
    let bank = choices.bank.iter().find(|bank| bank.id() == provider).map(|bank| bank.key.clone());
    bank.or_else(|| choices.static_key.as_ref().filter(|_| provider == "static_key").map(|fixed| fixed.key.clone()))
}

/// The form of the key, and never the key: it may be somebody's CPF.
fn key(part: &str, key: &Option<String>) -> Option<Finding> {
    let part = format!("{part}: chave");
    let kind = match KeyKind::of(key.as_ref()?.trim()) {
        Some(KeyKind::Email) => "e-mail",
        Some(KeyKind::Cpf) => "CPF",
        Some(KeyKind::Cnpj) => "CNPJ",
        Some(KeyKind::Phone) => "telefone",
        Some(KeyKind::Random) => "aleatória",
        None => {
            return Some(Finding::error(
                part,
                "não tem a forma de uma chave PIX: o banco vai recusar cada cobrança",
                "e-mail e chave aleatória em minúsculas; CPF e CNPJ só com os caracteres; telefone com +55",
            ));
        }
    };
    Some(Finding::ok(part, format!("tem a forma de uma chave ({kind})")))
}

/// `issues`: this ERP issues codes, as far as its driver knows.
fn unasked(part: &str, confirmed_by: ConfirmedBy, issues: bool) -> Finding {
    match confirmed_by {
        ConfirmedBy::Erp if !issues => Finding::ok(part, "este ERP não emite códigos: nenhum virá dele"),
        ConfirmedBy::Person => Finding::warning(
            part,
            "chave fixa: ninguém além de uma pessoa com o extrato vê que foi pago",
            "use o código do ERP ou um banco com API Pix; esta é só o último recurso",
        ),
        ConfirmedBy::Erp | ConfirmedBy::Bank => Finding::ok(part, "o código é do ERP: vale o que vale o ERP"),
    }
}

fn judge(part: &str, health: &Health, now: Timestamp) -> Vec<Finding> {
    let mut found: Vec<Finding> =
        health.certificate_until.map(|until| certificate(part, until, now)).into_iter().collect();
    found.push(match &health.sign_in {
        Ok(()) => Finding::ok(format!("{part}: acesso"), "o banco responde e deu um token"),
        Err(error) => lost(&format!("{part}: acesso"), error),
    });
    found.extend(match &health.may_read {
        Some(Ok(())) => Some(Finding::ok(format!("{part}: permissão"), "cobranças podem ser lidas")),
        Some(Err(error)) => Some(lost(&format!("{part}: permissão"), error)),
        None => None,
    });
    found.extend(clock::against(part, health.ahead_s));
    found
}

fn certificate(part: &str, until: Timestamp, now: Timestamp) -> Finding {
    let part = format!("{part}: certificado");
    let day = until.strftime("%d/%m/%Y");
    let days = until.duration_since(now).as_hours().div_euclid(24);
    if days < 0 {
        Finding::error(part, format!("venceu em {day}: o banco não fala mais conosco"), RENEW)
    } else if days < WARN_DAYS {
        Finding::warning(part, format!("vence em {day}, daqui a {days} dias"), RENEW)
    } else {
        Finding::ok(part, format!("vale até {day}"))
    }
}

fn lost(part: &str, error: &Error) -> Finding {
    let (says, to_do) = match error {
        Error::Untrusted(distrust) => {
            let (says, to_do) = distrust.advice();
            return Finding::error(part, says, to_do);
        }
        Error::Unreachable(_) => ("não responde", "confira a rede e base_url e token_url na configuração"),
        Error::SignIn(_) => (
            "não aceita o nosso acesso",
            "confira client_id, client_secret, escopos e o certificado no portal do banco",
        ),
        Error::Refused(_) | Error::Over(_) => {
            ("recusa a consulta", "confira no portal do banco se a aplicação pode ler cobranças (cob.read)")
        }
        Error::Garbled(_) | Error::NoCode(_) | Error::BadCode(_) => {
            ("responde o que não se entende", "confira base_url e token_url: podem apontar para uma página")
        }
    };
    let why = match error {
        Error::Unreachable(why) | Error::SignIn(why) => super::words::in_portuguese(why),
        other => other.to_string(),
    };
    Finding::error(part, format!("{says} ({why})"), to_do)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::doctor::State;

    #[test]
    fn a_certificate_is_warned_of_thirty_days_before_it_ends() {
        let now: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        for (hours, state) in [
            (24 * 400, State::Ok),
            (24 * 30, State::Ok),
            (24 * 30 - 1, State::Warning),
            (0, State::Warning),
            (-1, State::Error),
        ] {
            let found = certificate("pix banco", now + SignedDuration::from_hours(hours), now);
            assert_eq!(found.state, state, "{found:?}");
        }
    }

    #[test]
    fn a_key_is_judged_by_its_form_and_shown_to_nobody() {
        for (text, state) in
            [("52998224725", State::Ok), ("totem@provedor.net.br", State::Ok), ("31 99999-0000", State::Error)]
        {
            let found = key("pix banco", &Some(text.to_owned())).unwrap();
            assert!(found.state == state && !format!("{found:?}").contains(text), "{found:?}");
        }
        assert_eq!(key("pix banco", &None), None);
    }
}
