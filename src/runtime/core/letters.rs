//! Papers on their way to customers: made of what the journal and the screen hold, counted against whoever would use the
//! site's mail server as a cannon, and told of without an address.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Core;
use super::tally::Tally;
use crate::courier::Delivery;
use crate::domain::service::ContactKind;
use crate::journey::step::{DocumentTitle, LetterNews};
use crate::journey::{Attempt, Event, Outgoing, Paper, PrintJob};
use crate::paper;
use crate::runtime::call::Call;
use crate::runtime::letters::{Enclosed, Mail, NotBrought, PostDone, PostWork, Says};

/// To one person in an hour. All together are as many as codes, and are counted beside them: whoever has papers sent
/// keeps nobody from showing who they are.
const PER_PERSON: usize = 10;

#[derive(Default)]
pub struct Letters {
    tally: Tally,
    /// What is on its way, and by which way.
    out: BTreeMap<Attempt, &'static str>,
}

impl Letters {
    /// Nobody waits for it, but nothing cuts it off.
    pub fn are_out(&self) -> bool {
        !self.out.is_empty()
    }
}

impl Core {
    pub(super) fn send_letter(&mut self, attempt: Attempt, outgoing: Outgoing, now: Timestamp) {
        let whose = vec![self.hash(&outgoing.who)];
        if !self.letters.tally.notes(whose, PER_PERSON, self.codes.per_totem(), now) {
            tracing::warn!("no paper is sent: there were too many in this hour");
            return self.events.push(Event::LetterSent(attempt, LetterNews::TooMany));
        }
        let way = match outgoing.to.kind {
            ContactKind::Email => "email",
            ContactKind::Phone => "sms",
        };
        let Some(mail) = self.mail(outgoing, now) else {
            tracing::warn!(by = way, "a paper cannot be made and is not sent");
            return self.events.push(Event::LetterSent(attempt, LetterNews::Refused));
        };
        self.letters.tally.gives(now);
        self.letters.out.insert(attempt, way);
        self.calls.push(Call::Post { attempt, work: PostWork::Bring(Box::new(mail)) });
    }

    fn mail(&mut self, Outgoing { to, paper, who: _ }: Outgoing, now: Timestamp) -> Option<Mail> {
        let language = self.journey.language();
        let as_large = self.journey.is_accessible();
        let drawn =
            |document: paper::Document, at| Enclosed::Drawn(if as_large { document.enlarged() } else { document }, at);
        let (says, name, enclosed) = match paper {
            Paper::Receipt { payment, copy } => {
                let (receipt, document) = self.receipt(payment, copy, now)?;
                let (name, at) = (format!("comprovante-{}", receipt.protocol), receipt.at);
                (Says::Receipt(Box::new(receipt)), name, drawn(document, at))
            }
            Paper::Document { title, pdf } => (Says::Document(title), file_name(title).to_owned(), Enclosed::File(pdf)),
            Paper::YearSettled(settled) => {
                let (name, at) = (format!("quitacao-anual-{}", settled.year), settled.at);
                let document = self.document(&PrintJob::YearSettled(settled), now)?;
                (Says::Document(DocumentTitle::AnnualSettlement), name, drawn(document, at))
            }
        };
        let paper = (to.kind == ContactKind::Email).then(|| (format!("{name}.pdf"), enclosed));
        Some(Mail { to, language, says, paper })
    }

    pub(super) fn post_done(&mut self, attempt: Attempt, done: PostDone) {
        let result = match done {
            PostDone::Seen(reach) => return self.events.push(Event::Reached(attempt, reach)),
            PostDone::Brought(result) => result,
        };
        let Some(by) = self.letters.out.remove(&attempt) else { return };
        let (news, how) = match result {
            Ok(Delivery::Sent) => {
                tracing::info!(by, "a paper was sent to a customer");
                (LetterNews::Sent, "sent")
            }
            Ok(Delivery::Unknown(why)) => {
                tracing::warn!(by, why, "nobody knows whether a paper was sent");
                (LetterNews::Unknown, "unknown")
            }
            Ok(Delivery::Refused(why)) => {
                tracing::warn!(by, why, "a paper was refused");
                (LetterNews::Refused, "refused")
            }
            Ok(Delivery::Down(why)) => {
                tracing::warn!(by, why, "a paper was not sent");
                (LetterNews::Refused, "down")
            }
            Err(error @ NotBrought::TooLarge(_)) => {
                tracing::warn!(by, %error, "a paper is too large to be sent");
                (LetterNews::TooLarge, "too_large")
            }
            Err(error) => {
                tracing::warn!(by, %error, "a paper was not sent");
                (LetterNews::Refused, "not_made")
            }
        };
        self.gauge.letter(by, how);
        self.events.push(Event::LetterSent(attempt, news));
    }
}

fn file_name(title: DocumentTitle) -> &'static str {
    match title {
        DocumentTitle::Bill => "conta",
        DocumentTitle::FiscalNote => "nota-fiscal",
        DocumentTitle::AnnualSettlement => "quitacao-anual",
        DocumentTitle::Contract => "contrato",
    }
}

#[cfg(test)]
mod tests;
