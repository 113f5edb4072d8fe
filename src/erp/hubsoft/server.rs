//! What this site's server can do: a server of 2020 answers 404 where a current one has the look-ups that came with the
//! write-off.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;

use super::HubSoft;
use super::envelope::hear;
use crate::domain::service::Named;
use crate::erp::scalar::{List, Scalar};
use crate::erp::{Capability, Error, Lookup, Place};
use crate::http::Answer;

pub(super) const CASH_ACCOUNTS: &str = "configuracao/caixa_financeiro";
pub(super) const MEANS: &str = "configuracao/meio_pagamento";
pub(super) const TICKET_KINDS: &str = "configuracao/tipo_atendimento";
pub(super) const DUE_DAYS: &str = "configuracao/vencimento";

/// Which operations have answered, and which are not there. What was never heard of is taken to be there.
#[derive(Default)]
pub(super) struct Server(Mutex<BTreeMap<&'static str, bool>>);

impl Server {
    fn heard(&self) -> MutexGuard<'_, BTreeMap<&'static str, bool>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(&self, operation: &'static str, is_there: bool) {
        self.heard().insert(operation, is_there);
    }

    pub(super) fn lacks(&self, operation: &str) -> bool {
        self.heard().get(operation) == Some(&false)
    }

    fn is_unknown(&self, operation: &str) -> bool {
        !self.heard().contains_key(operation)
    }
}

#[derive(Deserialize)]
struct CashAccounts {
    caixas_financeiro: List<CashAccount>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CashAccount {
    id_caixa_financeiro: Scalar,
    descricao: Scalar,
}

#[derive(Deserialize)]
struct MeansOfPayment {
    meios_pagamento: List<Means>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Means {
    prefixo: Scalar,
    descricao: Scalar,
}

impl HubSoft {
    /// Asks for the look-ups: one that is not there switches off what came with it. No answer changes nothing.
    pub(super) async fn look_at_the_server(&self) -> Result<(), Error> {
        for operation in [CASH_ACCOUNTS, TICKET_KINDS, DUE_DAYS] {
            match self.configuration(operation).await {
                Ok(_)
                | Err(Error::Unsupported(_) | Error::Refused { .. } | Error::Denied { .. } | Error::Garbled { .. }) => {
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether the write-off is certainly not there. A server that was never asked is asked now, and believed only
    /// where it answers.
    pub(super) async fn has_no_write_off(&self) -> bool {
        if self.server.is_unknown(CASH_ACCOUNTS) {
            let _ = self.configuration(CASH_ACCOUNTS).await;
        }
        self.server.lacks(CASH_ACCOUNTS)
    }

    pub(super) async fn read_lookups(&self) -> Result<Vec<Lookup>, Error> {
        let accounts: CashAccounts = hear(CASH_ACCOUNTS, &self.configuration(CASH_ACCOUNTS).await?)?;
        let means: MeansOfPayment = hear(MEANS, &self.configuration(MEANS).await?)?;
        let accounts =
            accounts.caixas_financeiro.0.iter().filter_map(|account| {
                named(account.id_caixa_financeiro.id().map(|id| id.to_string()), &account.descricao)
            });
        let means = means.meios_pagamento.0.iter();
        let means = means.filter_map(|means| named(means.prefixo.text().map(str::to_owned), &means.descricao));
        Ok(vec![
            Lookup { key: "id_caixa_financeiro".to_owned(), place: Place::Row, of: None, entries: accounts.collect() },
            Lookup { key: "meio_pagamento".to_owned(), place: Place::Row, of: None, entries: means.collect() },
        ])
    }

    /// One of the current API's lists; `Unsupported` on a server that does not have it.
    pub(super) async fn configuration(&self, operation: &'static str) -> Result<Answer, Error> {
        let path: Vec<&str> = operation.split('/').collect();
        let answer = self.session.read(self.session.get(operation, &path, &[])).await?;
        if answer.status == 404 {
            if !self.server.lacks(operation) {
                tracing::warn!(operation, "this server does not have it: what depends on it is switched off");
            }
            self.server.note(operation, false);
            return Err(Error::Unsupported(match operation {
                TICKET_KINDS => Capability::TicketKinds,
                DUE_DAYS => Capability::DueDays,
                _ => Capability::Lookups,
            }));
        }
        // a login page says nothing about what the server can do
        hear::<serde::de::IgnoredAny>(operation, &answer)?;
        self.server.note(operation, true);
        Ok(answer)
    }
}

pub(super) fn named(id: Option<String>, name: &Scalar) -> Option<Named> {
    let id = id?;
    Some(Named { name: name.text().map_or_else(|| id.clone(), str::to_owned), id })
}
