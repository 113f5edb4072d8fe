//! What this site's server has, and the lists that its write-off table is filled from: calls #17, #18, #19 and #36.

use std::sync::PoisonError;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::WebServiceCliente;
use super::shape::hear_document;
use crate::domain::service::Named;
use crate::erp::scalar::{List, Scalar};
use crate::erp::{Capability, Error, Lookup, Place};
use crate::http::Request;

const METHODS: &str = "formas_pagamento";
const ACCOUNTS: &str = "contas_financeiras";
const BRANDS: &str = "bandeiras_cartao";
const DUE_DAYS: &str = "vencimentos/ativos";
const NOT_FOUND: u16 = 404;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    descricao: Scalar,
    banco: Scalar,
    ativo: Scalar,
    adquirente: Scalar,
    dia: Scalar,
}

impl Row {
    fn is_in_use(&self) -> bool {
        self.ativo.is_absent() || self.ativo.is_yes()
    }

    /// Its id and the texts that tell it from its neighbours.
    fn named(&self, texts: &[&Scalar]) -> Option<Named> {
        let name: Vec<&str> = texts.iter().filter_map(|text| text.text()).collect();
        Some(Named { id: self.id.id()?.to_string(), name: name.join(" · ") })
    }
}

impl WebServiceCliente {
    /// Signs in and looks at one harmless list of each optional group: a 404 says that this server is older than the
    /// document, and anything else that it may have it.
    pub(super) async fn find_out(&self) -> Result<(), Error> {
        for (capability, request) in
            [(Capability::Lookups, self.methods_request()), (Capability::DueDays, self.due_days_request())]
        {
            let answer = self.session.read(request).await?;
            let mut missing = self.missing.write().unwrap_or_else(PoisonError::into_inner);
            if answer.status == NOT_FOUND {
                missing.insert(capability);
            } else {
                missing.remove(&capability);
            }
        }
        Ok(())
    }

    pub(super) async fn find_lookups(&self) -> Result<Vec<Lookup>, Error> {
        let rows: Vec<Row> = self.rows(METHODS, self.methods_request()).await?;
        let methods: Vec<Named> = rows.iter().filter_map(|row| row.named(&[&row.descricao])).collect();
        let mut lookups = vec![Lookup {
            key: "id_forma_pagamento".to_owned(),
            place: Place::Row,
            of: None,
            entries: methods.clone(),
        }];
        for method in methods {
            let path = ["ws", "financeiro", "contas_financeiras", "forma_pagamento", &method.id];
            let rows: Vec<Row> = self.rows(ACCOUNTS, self.session.request(ACCOUNTS, &path)).await?;
            let in_use = rows.iter().filter(|row| row.is_in_use());
            let entries: Vec<Named> = in_use.filter_map(|row| row.named(&[&row.descricao, &row.banco])).collect();
            if !entries.is_empty() {
                let of = format!("id_forma_pagamento = {} ({})", method.id, method.name);
                lookups.push(Lookup {
                    key: "id_conta_financeira".to_owned(),
                    place: Place::Row,
                    of: Some(of),
                    entries,
                });
            }
        }
        let request = self.session.request(BRANDS, &["ws", "financeiro", "bandeiras_cartao"]);
        let rows: Vec<Row> = self.rows(BRANDS, request).await?;
        let entries = rows.iter().filter_map(|row| row.named(&[&row.descricao, &row.adquirente])).collect();
        lookups.push(Lookup { key: "id_bandeira".to_owned(), place: Place::Row, of: None, entries });
        Ok(lookups)
    }

    /// #36, of customers who pay after the month.
    pub(super) async fn find_due_days(&self) -> Result<Vec<Named>, Error> {
        let rows: Vec<Row> = self.rows(DUE_DAYS, self.due_days_request()).await?;
        Ok(rows.iter().filter(|row| row.is_in_use()).filter_map(|row| row.named(&[&row.dia])).collect())
    }

    fn methods_request(&self) -> Request {
        self.session.request(METHODS, &["ws", "financeiro", "formas_pagamento"])
    }

    pub(super) fn due_days_request(&self) -> Request {
        let mut request = self.session.request(DUE_DAYS, &["ws", "area", "cliente", "vencimentos", "ativos"]);
        request.url.query_pairs_mut().append_pair("isPrePago", "n");
        request
    }

    /// A list; "FALHA" is how this ERP says that it has none.
    pub(super) async fn rows<T: DeserializeOwned>(
        &self,
        operation: &'static str,
        request: Request,
    ) -> Result<Vec<T>, Error> {
        match hear_document::<List<T>>(operation, &self.session.read(request).await?) {
            Ok(list) => Ok(list.0),
            Err(Error::Denied { words, .. }) if words.normalized() == "falha" => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_that_is_not_in_use_takes_no_money() {
        let rows: List<Row> = serde_json::from_str(
            r#"[{"ativo":true,"id":31,"descricao":"CEF 280637","banco":"CAIXA"},{"ativo":false,"id":7},{"id":"8"}]"#,
        )
        .unwrap();
        let ids: Vec<_> = rows.0.iter().filter(|row| row.is_in_use()).filter_map(|row| row.id.id()).collect();
        assert_eq!(ids, [31, 8]);
        let named = rows.0[0].named(&[&rows.0[0].descricao, &rows.0[0].banco]).unwrap();
        assert_eq!((named.id.as_str(), named.name.as_str()), ("31", "CEF 280637 · CAIXA"));
    }
}
