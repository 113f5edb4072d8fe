//! Whether the journal is what was written, and what money in it waits.

use jiff::Timestamp;

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
        let open = book.open_payments().map_or_else(|error| unusable(&error), |open| waiting(&outcomes(&open)));
        let doubted = book.doubted().map_or(0, |doubted| doubted.len());
        let doubted = (doubted > 0).then(|| {
            let says =
                format!("{doubted} fatura(s) com boleto ou PDF que não confere com o sistema, à espera de uma pessoa");
            Finding::warning(DOCUMENTS, says, "veja quais e o que fazer: totem journal list --person")
        });
        let now = Timestamp::now();
        let tries = book.pix_tries().map_or(0, |tries| tries.iter().filter(|it| !it.needs(now).is_empty()).count());
        let tried = (tries > 0).then(|| {
            let says = format!("{tries} teste(s) de PIX cujo dinheiro espera uma pessoa");
            Finding::warning(TRIES, says, "veja quais e o que fazer: totem journal list --person")
        });
        [verified, open].into_iter().chain(doubted).chain(tried).collect()
    })
}

fn outcomes(open: &[crate::journal::Account]) -> Vec<Outcome> {
    open.iter().filter_map(|(_, entries)| Payment::from_entries(entries)).map(|payment| payment.outcome()).collect()
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
    Finding::error(PART, format!("{says} ({error})"), to_do)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

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
}
