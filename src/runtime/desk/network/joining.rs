//! What somebody who becomes a customer asks, and of whom.

use super::Partners;
use super::serving::ended;
use crate::domain::joining::{JoinAsk, JoinBy, JoinTold, Joins};
use crate::domain::service::Catalog;
use crate::erp::{Capability, Erp, Error};

/// How somebody becomes a customer, where the ERP can do it by now.
pub fn joins(erp: &dyn Erp) -> Option<Joins> {
    let capability = |by| match by {
        JoinBy::Prospect => Capability::Prospect,
        JoinBy::Order => Capability::Order,
        JoinBy::Lead => Capability::Lead,
    };
    erp.joins().filter(|joins| erp.supports(capability(joins.by)).is_usable())
}

pub fn orders(erp: &dyn Erp) -> Option<Joins> {
    erp.orders().filter(|_| erp.supports(Capability::OrderForCustomer).is_usable())
}

impl Partners {
    pub(super) async fn join(&self, ask: JoinAsk) -> Result<JoinTold, Error> {
        Ok(match ask {
            JoinAsk::Address { cep } => {
                let found = match &self.postal {
                    Some(postal) => postal.find(&cep).await,
                    None => Ok(None),
                };
                JoinTold::Address(found.unwrap_or_else(|error| {
                    tracing::warn!(%error, "the address of a CEP is typed");
                    None
                }))
            }
            JoinAsk::Offers { cep } => match self.erp.offers(cep.as_deref()).await {
                Err(Error::Denied { words, .. }) => JoinTold::NotServed { why: words.shown() },
                // ours are no words for a customer
                Err(Error::Refused { .. }) => JoinTold::NotServed { why: String::new() },
                offers => JoinTold::Offers(offers?),
            },
            JoinAsk::DueDays => JoinTold::DueDays(match self.erp.catalog(Catalog::DueDays, None).await {
                // found out since the form was begun: the provider sets the day then
                Err(Error::Unsupported(_)) => Vec::new(),
                days => days?,
            }),
            JoinAsk::Register { by, prospect } => JoinTold::Registered(ended(match by {
                JoinBy::Prospect => self.erp.register_prospect(&prospect).await,
                JoinBy::Order => self.erp.order(None, &prospect).await,
                JoinBy::Lead => self.erp.register_lead(&prospect).await,
            })?),
            JoinAsk::Order { customer, prospect } => {
                JoinTold::Registered(ended(self.erp.order(Some(&customer), &prospect).await)?)
            }
        })
    }
}
