//! Whether the journal is what was written, and what money in it waits.

use jiff::{SignedDuration, Timestamp};

use crate::journal::{Book, Error, JournalKey};
use crate::payment::{Outcome, Payment};

use super::{Finding, Patient, Reply};

const PART: &str = "diário";
const OPEN: &str = "diário: pagamentos";
const DOCUMENTS: &str = "diário: documentos";
const TRIES: &str = "diário: testes de PIX";

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        let state = &patient.config.totem.state;
        let path = state.join("journal.db");
        if !path.exists() {
            return vec![Finding::ok(PART, format!("ainda não existe em {}: começa na primeira vez", state.display()))];
        }
        let book = JournalKey::load(state).and_then(|key| Book::open(&path, &key));
        let book = match book {
            Ok(book) => book,
            Err(error) => return vec![unusable(&error)],
        };
        let verified = match book.verify() {
            Ok(found) => Finding::ok(PART, format!("íntegro: {} fatos, {} pagamentos", found.facts, found.payments)),
            Err(error) => unusable(&error),
        };
        let now = Timestamp::now();
        let open = match book.open_payments() {
            Ok(open) => {
                let payments: Vec<Payment> =
                    open.iter().filter_map(|(_, entries)| Payment::from_entries(entries)).collect();
                let outcomes: Vec<Outcome> = payments.iter().map(Payment::outcome).collect();
                let patience = patient.config.payment.call_person_after_min;
                let names = patient.config.pix_names();
                [Some(waiting(&outcomes)), unclear(&payments, patience, now), orphans(&payments, &names)]
                    .into_iter()
                    .flatten()
                    .collect()
            }
            Err(error) => vec![unusable(&error)],
        };
        let doubted = book.doubted().map_or(0, |doubted| doubted.len());
        let doubted = (doubted > 0).then(|| {
            let says =
                format!("{doubted} fatura(s) com boleto ou PDF que não confere com o sistema, à espera de uma pessoa");
            Finding::warning(DOCUMENTS, says, "veja quais e o que fazer: totem journal list --person")
        });
        let tries = book.pix_tries().map_or(0, |tries| tries.iter().filter(|it| !it.needs(now).is_empty()).count());
        let tried = (tries > 0).then(|| {
            let says = format!("{tries} teste(s) de PIX cujo dinheiro espera uma pessoa");
            Finding::warning(TRIES, says, "veja quais e o que fazer: totem journal list --person")
        });
        [verified].into_iter().chain(open).chain(doubted).chain(tried).collect()
    })
}

/// Those of which nobody has known for too long whether the customer was charged. A code that was only shown waits for
/// nobody.
fn unclear(payments: &[Payment], patience_min: u32, now: Timestamp) -> Option<Finding> {
    let is_too_long = |payment: &&Payment| {
        payment.outcome() == Outcome::Confirming
            && now.duration_since(payment.waiting_since) > SignedDuration::from_mins(i64::from(patience_min))
    };
    let long: Vec<String> = payments.iter().filter(is_too_long).map(|payment| payment.id.to_string()).collect();
    (!long.is_empty()).then(|| {
        Finding::warning(
            "diário: sem desfecho",
            format!("há mais de {patience_min} min não se sabe se foi pago: {}", long.join(", ")),
            "o totem está aberto? veja cada um com totem journal show; não cobre de novo antes de saber",
        )
    })
}

/// Charges that may still be paid, at a provider that the configuration does not name any more: nobody looks at them.
fn orphans(payments: &[Payment], names: &[&str]) -> Option<Finding> {
    let lost = payments.iter().filter_map(|payment| {
        let charge = payment.code_to_ask_about()?;
        (!names.contains(&charge.provider.as_str())).then(|| format!("{} ({})", payment.id, charge.provider))
    });
    let lost: Vec<String> = lost.collect();
    (!lost.is_empty()).then(|| {
        Finding::warning(
            "diário: cobranças sem provedor",
            format!("o provedor saiu da configuração e ninguém vê se são pagas: {}", lost.join(", ")),
            "volte a tabela desse provedor até elas vencerem, ou confira no extrato do banco",
        )
    })
}

fn waiting(outcomes: &[Outcome]) -> Finding {
    let count = |which: fn(&&Outcome) -> bool| outcomes.iter().filter(which).count();
    let person = count(|outcome| matches!(outcome, Outcome::Person(_)));
    let owed = count(|outcome| matches!(outcome, Outcome::Owed));
    let says = format!("{} em aberto, {owed} sem baixa no ERP, {person} à espera de uma pessoa", outcomes.len());
    if person > 0 {
        Finding::warning(OPEN, says, "veja o que fazer com cada um: totem journal list --person")
    } else if owed > 0 {
        Finding::warning(
            OPEN,
            says,
            "o totem continua tentando; se não anda: totem journal list --open, e confira o ERP",
        )
    } else {
        Finding::ok(OPEN, says)
    }
}

fn unusable(error: &Error) -> Finding {
    let (says, to_do) = match error {
        Error::Broken { .. } => (
            "não está como foi escrito: o totem não aceita pagamentos",
            "guarde uma cópia da pasta inteira e acerte à mão o que estava em aberto (totem journal list --open)",
        ),
        Error::Corrupt { .. } => (
            "o arquivo está danificado: o totem não aceita pagamentos",
            "guarde uma cópia da pasta inteira, teste o disco e volte a última cópia de segurança",
        ),
        Error::Newer { .. } => ("foi escrito por um totem mais novo", "instale aquela versão de novo"),
        Error::OtherKey { .. } | Error::Key { .. } => {
            ("a chave (journal.key) não está lá ou não é a dele", "ponha de volta a chave que pertence a este diário")
        }
        Error::NotAJournal { .. } => ("o arquivo não é um diário do totem", "confira totem.state na configuração"),
        Error::Full { .. } => ("o disco está cheio", "libere espaço e abra o totem de novo"),
        _ => ("não pode ser lido", "confira o disco, a montagem e o dono da pasta"),
    };
    Finding::error(PART, format!("{says}{}", cause(error)), to_do)
}

/// What the disk or the journal itself gives as the reason, and which file it is about.
fn cause(error: &Error) -> String {
    match error {
        Error::Broken { path, at_row, .. } => format!(" ({}, no fato {at_row})", path.display()),
        Error::Corrupt { path, cause } | Error::ReadOnly { path, cause } | Error::Disk { path, cause } => {
            format!(" ({}: {cause})", path.display())
        }
        Error::Key { path, .. } | Error::OtherKey { path } | Error::NotAJournal { path } | Error::Full { path } => {
            format!(" ({})", path.display())
        }
        Error::Newer { path, what } => format!(" ({}: {what})", path.display()),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::doctor::State;
    use crate::domain::{CardKind, ConfirmedBy, PaymentId, PixCharge};
    use crate::payment::{Entry, Fact, Method, Payer};

    #[test]
    fn money_that_waits_for_a_person_or_for_the_erp_is_told() {
        for (outcomes, state, word) in [
            (vec![], State::Ok, "0 em aberto"),
            (vec![Outcome::Confirming], State::Ok, "1 em aberto"),
            (vec![Outcome::Owed, Outcome::Confirming], State::Warning, "1 sem baixa"),
        ] {
            let found = waiting(&outcomes);
            assert!(found.state == state && found.says.contains(word), "{found:?}");
        }
    }

    fn story(method: Method, facts: Vec<Fact>, at: Timestamp) -> Payment {
        let payer = Payer {
            customer: "77".into(),
            short_name: "Maria S.".into(),
            tax_id_hash: "00".into(),
            tax_id_masked: "***.***.*47-25".into(),
        };
        let opened = Fact::Opened { payer, items: Vec::new(), method, local: date(2026, 11, 22).at(10, 0, 0, 0) };
        let id = PaymentId::parse("261122-0001").unwrap();
        let facts = std::iter::once(opened).chain(facts);
        let entries: Vec<Entry> = facts.map(|fact| Entry { payment: id, at, fact }).collect();
        Payment::from_entries(&entries).unwrap()
    }

    #[test]
    fn a_payment_without_an_outcome_for_too_long_is_told_by_its_protocol() {
        let begun: Timestamp = "2026-11-22T12:00:00Z".parse().unwrap();
        let card = Method::Card { kind: CardKind::Debit, instalments: 1 };
        let payments = [story(card, vec![Fact::CardStarted], begun)];
        let after = |minutes: i64| unclear(&payments, 60, begun + SignedDuration::from_mins(minutes));
        assert_eq!(after(60), None);
        let found = after(61).unwrap();
        assert!(found.state == State::Warning && found.says.contains("261122-0001"), "{found:?}");
    }

    #[test]
    fn a_charge_whose_provider_is_gone_from_the_configuration_is_told() {
        let charge = PixCharge {
            provider: "sicoob".into(),
            txid: "a".repeat(32),
            payload: "0002".into(),
            confirmed_by: ConfirmedBy::Bank,
            expires_in_s: Some(300),
        };
        let shown = vec![Fact::PixStarted { txid: charge.txid.clone() }, Fact::PixCharged { charge }];
        let over = shown.iter().cloned().chain([Fact::PixEnded]).collect();
        for facts in [shown, over] {
            let payments = [story(Method::Pix, facts, Timestamp::UNIX_EPOCH)];
            assert_eq!(orphans(&payments, &["erp_code", "sicoob"]), None);
            let found = orphans(&payments, &["erp_code", "itau"]).unwrap();
            assert!(found.state == State::Warning && found.says.contains("261122-0001 (sicoob)"), "{found:?}");
        }
    }
}
