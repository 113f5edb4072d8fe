//! Gives a Pix back: a person's decision, written into the journal before the bank is asked and after it has answered.
//! What has begun so is asked for again under the same id, and is one refund.

use std::path::Path;

use jiff::Timestamp;
use totem::domain::{Money, PaymentId};
use totem::journal::{Journal, JournalKey};
use totem::payment::{Entry, Fact, Payment};
use totem::pix::Error;
use totem::pix::api_pix::{ApiPix, Refund};

use super::show;
use crate::cli::journal::words;

/// The bank's word for one that did not happen.
const NOT_MADE: &str = "NAO_REALIZADO";

pub struct Wanted {
    pub end_to_end: String,
    pub amount: Money,
    pub by: String,
    pub reason: String,
    pub id: String,
}

/// Of a payment in the journal of `state`; where no totem ever kept one, as `outside`.
pub async fn refund(bank: &ApiPix, state: &Path, wanted: &Wanted) -> Result<(), String> {
    if !state.join("journal.db").is_file() {
        return outside(bank, wanted).await;
    }
    let mut record = Record::open(state, wanted)?;
    record.write(Fact::RefundStarted {
        id: wanted.id.clone(),
        end_to_end: wanted.end_to_end.clone(),
        amount: wanted.amount,
        by: wanted.by.clone(),
        reason: wanted.reason.clone(),
    })?;
    let id = wanted.id.clone();
    match ask(bank, wanted, record.asked_before).await {
        Ok(refund) => {
            let Refund { return_id, status, why, .. } = refund.clone();
            record.write(Fact::RefundAnswered { id, status, return_id, why })?;
            said(&refund, wanted)
        }
        Err(NotGiven::Refused(why)) => {
            let status = NOT_MADE.to_owned();
            record.write(Fact::RefundAnswered { id, status, return_id: None, why: Some(why.clone()) })?;
            Err(format!("o banco não devolveu: {why}"))
        }
        Err(NotGiven::Unknown(why)) => {
            record.write(Fact::RefundUnknown { id, why: why.clone() })?;
            Err(format!(
                "não se sabe se o banco devolveu ({why}). Repita o mesmo comando: é a mesma devolução, nada volta duas vezes"
            ))
        }
    }
}

/// Of a Pix that no payment of this totem knows: a test charge. Only the log tells of it.
pub async fn outside(bank: &ApiPix, wanted: &Wanted) -> Result<(), String> {
    let asked = bank.refund(&wanted.end_to_end, &wanted.id, wanted.amount).await;
    let status = asked.as_ref().map_or("unknown or refused", |refund| refund.status.as_str());
    tracing::info!(
        end_to_end = wanted.end_to_end,
        id = wanted.id,
        cents = wanted.amount.cents(),
        by = wanted.by,
        reason = wanted.reason,
        status,
        "a person asked for a refund outside the journal"
    );
    said(&asked.map_err(|error| error.to_string())?, wanted)
}

/// What the bank said. One that did not happen is no success, and its id is used up.
fn said(refund: &Refund, wanted: &Wanted) -> Result<(), String> {
    show::refund(refund, &wanted.end_to_end)?;
    if refund.status == NOT_MADE {
        return Err("o banco não devolveu. Para pedir de novo, repita o comando com outro --id".to_owned());
    }
    Ok(())
}

enum NotGiven {
    /// Certainly not made.
    Refused(String),
    Unknown(String),
}

async fn ask(bank: &ApiPix, wanted: &Wanted, asked_before: bool) -> Result<Refund, NotGiven> {
    let unknown = |error: Error| NotGiven::Unknown(error.to_string());
    if asked_before && let Some(made) = bank.refund_status(&wanted.end_to_end, &wanted.id).await.map_err(unknown)? {
        return Ok(made);
    }
    match bank.refund(&wanted.end_to_end, &wanted.id, wanted.amount).await {
        Ok(refund) => Ok(refund),
        Err(error @ Error::SignIn(_)) => Err(NotGiven::Refused(error.to_string())),
        // a refusal counts only where the bank knows of no such refund
        Err(error @ Error::Refused(_)) => match bank.refund_status(&wanted.end_to_end, &wanted.id).await {
            Ok(Some(made)) => Ok(made),
            Ok(None) => Err(NotGiven::Refused(error.to_string())),
            Err(_) => Err(unknown(error)),
        },
        Err(error) => Err(unknown(error)),
    }
}

/// The payment in the journal, which only this process writes.
struct Record {
    journal: Journal,
    payment: PaymentId,
    asked_before: bool,
}

impl Record {
    fn open(state: &Path, wanted: &Wanted) -> Result<Record, String> {
        let in_words = |error: totem::journal::Error| words::journal_error(&error);
        crate::cli::owner::may_write(state)?;
        let key = JournalKey::load(state).map_err(in_words)?;
        let journal = Journal::open(&state.join("journal.db"), &key).map_err(in_words)?;
        let mut found: Option<Payment> = None;
        let walked: Result<(), ()> = journal
            .each(|entries| {
                found = Payment::from_entries(entries).filter(|payment| payment.knows_pix(&wanted.end_to_end));
                if found.is_some() { Err(()) } else { Ok(()) }
            })
            .map_err(in_words)?;
        let Some(payment) = found.filter(|_| walked.is_err()) else {
            return Err(format!(
                "o PIX {} não é de nenhum pagamento deste diário: confira o EndToEndId em totem journal show; para uma \
                 cobrança de teste use --outside",
                wanted.end_to_end
            ));
        };
        let known = payment.refunds.iter().find(|known| known.id == wanted.id);
        if known.is_some_and(|it| (&it.end_to_end, it.amount) != (&wanted.end_to_end, wanted.amount)) {
            return Err(format!(
                "a devolução {} já foi pedida de outro PIX ou com outro valor: use outro --id",
                wanted.id
            ));
        }
        let came = payment.pix_amount(&wanted.end_to_end).unwrap_or_default();
        let gone = payment.given_back(&wanted.end_to_end, &wanted.id);
        if gone + wanted.amount > came {
            return Err(format!(
                "chegaram {came} por este PIX e {gone} já foram devolvidos ou pedidos: não dá para devolver {}",
                wanted.amount
            ));
        }
        let asked_before = known.is_some();
        Ok(Record { journal, payment: payment.id, asked_before })
    }

    fn write(&mut self, fact: Fact) -> Result<(), String> {
        let entry = Entry { payment: self.payment, at: Timestamp::now(), fact };
        self.journal.append(&[entry]).map_err(|error| words::journal_error(&error))
    }
}
