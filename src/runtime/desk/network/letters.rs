//! Papers to customers: where to, put into words, made into a file, and handed to whoever brings them.

use tokio::task::spawn_blocking;

use super::Partners;
use crate::courier::{Attachment, Delivery, Letter};
use crate::domain::service::ContactKind;
use crate::domain::{CustomerId, Pdf};
use crate::journey::Reach;
use crate::journey::step::SendBy;
use crate::paper::{self, Width};
use crate::runtime::core::registered;
use crate::runtime::letters::{Enclosed, Mail, NotBrought, PostDone, PostWork, Says};

impl Partners {
    pub(super) async fn post(&self, work: PostWork) -> PostDone {
        match work {
            PostWork::Look(customer) => PostDone::Seen(self.where_to(&customer).await),
            PostWork::Bring(mail) => PostDone::Brought(self.bring_mail(*mail).await),
        }
    }

    async fn where_to(&self, customer: &CustomerId) -> Option<Reach> {
        let contacts = self.erp.contacts(customer).await;
        let contacts =
            contacts.inspect_err(|error| tracing::warn!(%error, "the ERP did not give the contacts: no paper is sent"));
        let contacts = contacts.ok()?;
        Some(Reach { email: registered(&contacts, SendBy::Email), phone: registered(&contacts, SendBy::Sms) })
    }

    async fn bring_mail(&self, mail: Mail) -> Result<Delivery, NotBrought> {
        let Mail { to, language, says, paper } = mail;
        let (Some(courier), Some(words)) = (self.couriers.of(to.kind), &self.couriers.words) else {
            return Ok(Delivery::Down("there is no courier".to_owned()));
        };
        let letter = match (&says, to.kind) {
            (Says::Receipt(receipt), ContactKind::Phone) => Letter::of(String::new(), words.message(language, receipt)),
            (Says::Receipt(receipt), ContactKind::Email) => words.receipt(language, receipt),
            (Says::Document(title), _) => words.document(language, *title),
        };
        let papers = match paper {
            Some((name, enclosed)) => vec![Attachment::new(&name, made(enclosed).await?)?],
            None => Vec::new(),
        };
        Ok(courier.send(&to, &Letter { papers, ..letter }).await)
    }
}

async fn made(enclosed: Enclosed) -> Result<Pdf, NotBrought> {
    match enclosed {
        Enclosed::File(pdf) => Ok(pdf),
        Enclosed::Drawn(document, at) => {
            let drawn = spawn_blocking(move || paper::pdf(&document, &Width::MM80, at)).await;
            Ok(Pdf::new(drawn.map_err(|_| NotBrought::NotMade)??))
        }
    }
}
