//! Who brings a code or a paper, in which words, and to whom.

use std::sync::Arc;

use super::Partners;
use crate::courier::{Courier, Delivery, Letter};
use crate::domain::service::{Contact, ContactKind};
use crate::domain::{Receipt, TaxId, Typed};
use crate::journey::Language;
use crate::journey::step::{DocumentTitle, SendBy};
use crate::runtime::call::NotReached;
use crate::runtime::core::of_known;

/// What a code or a paper is brought with.
pub trait Wording: Send + Sync {
    fn letter(&self, language: Language, code: &Typed) -> Letter;
    /// With the receipt of a payment.
    fn receipt(&self, language: Language, receipt: &Receipt) -> Letter;
    /// Instead of it, where there is room for a few words only.
    fn message(&self, language: Language, receipt: &Receipt) -> String;
    /// With a document of the provider's.
    fn document(&self, language: Language, title: DocumentTitle) -> Letter;
}

/// Those who bring codes and papers.
#[derive(Clone, Default)]
pub struct Couriers {
    pub email: Option<Arc<dyn Courier>>,
    pub sms: Option<Arc<dyn Courier>>,
    pub words: Option<Arc<dyn Wording>>,
}

impl Couriers {
    pub(super) fn of(&self, kind: ContactKind) -> Option<&Arc<dyn Courier>> {
        match kind {
            ContactKind::Email => self.email.as_ref(),
            ContactKind::Phone => self.sms.as_ref(),
        }
    }
}

impl Partners {
    /// The courier is looked for first, so that its absence says nothing of anybody.
    pub(super) async fn reach(&self, who: &TaxId, by: SendBy) -> Result<Option<Contact>, NotReached> {
        let kind = match by {
            SendBy::Email => ContactKind::Email,
            SendBy::Sms => ContactKind::Phone,
        };
        let nobody = || NotReached::Courier("there is none".to_owned());
        self.couriers.of(kind).ok_or_else(nobody)?.is_there().await.map_err(NotReached::Courier)?;
        let account = self.erp.account(who).await.map_err(NotReached::Erp)?;
        match account {
            Some(account) => Ok(of_known(self.erp.contacts(&account.customer.id).await, by)),
            None => Ok(None),
        }
    }

    pub(super) async fn bring(&self, to: &Contact, code: &Typed, language: Language) -> Delivery {
        let (Some(courier), Some(words)) = (self.couriers.of(to.kind), &self.couriers.words) else {
            return Delivery::Down("there is no courier".to_owned());
        };
        courier.send(to, &words.letter(language, code)).await
    }
}
