//! Overdue bills that become new ones: `financeiro/renegociacao`, simulated first and then made on the same terms. The
//! rules and every amount are the ERP's; the site says how many instalments are tried and when the first is due.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::envelope::{changed, hear};
use super::settings::Negotiation;
use super::{HubSoft, json, number};
use crate::domain::changes::{Carried, Instalment, Offer, Visit};
use crate::domain::service::Change;
use crate::domain::{CustomerId, InvoiceId, Money};
use crate::erp::scalar::{List, Scalar};
use crate::erp::{Capability, Changes, Error, Reply};

pub(super) const NEGOTIATION: &str = "financeiro/renegociacao";
const SIMULATE: &str = "financeiro/renegociacao/simular";
const CARRY_OUT: &str = "financeiro/renegociacao/efetivar";

#[derive(Serialize)]
struct Terms {
    vencimento: String,
    faturas: &'static str,
    quantidade_parcelas: usize,
    ids_faturas: Vec<u64>,
    tipo_dados_cliente: &'static str,
    dados_cliente: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    empresa: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forma_cobranca: Option<u64>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Simulated {
    regra_utilizada: Scalar,
    faturas_que_foram_geradas: Option<List<Part>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Part {
    parcela: Scalar,
    valor: Scalar,
    data_vencimento: Scalar,
}

impl HubSoft {
    fn terms_of(
        &self,
        settings: &Negotiation,
        customer: &CustomerId,
        bills: &[InvoiceId],
        parts: usize,
        first: Date,
    ) -> Result<Terms, Error> {
        let ids: Result<Vec<u64>, Error> = bills.iter().map(|bill| number(NEGOTIATION, "bill", &bill.0)).collect();
        Ok(Terms {
            vencimento: first.to_string(),
            faturas: "definir_faturas",
            quantidade_parcelas: parts,
            ids_faturas: ids?,
            tipo_dados_cliente: "codigo_cliente",
            dados_cliente: number(NEGOTIATION, "customer", &customer.0)?,
            empresa: settings.empresa,
            forma_cobranca: settings.forma_cobranca,
        })
    }

    fn negotiation(&self) -> Result<&Negotiation, Error> {
        self.settings.negotiation.as_ref().ok_or(Error::Unsupported(Capability::Negotiation))
    }

    /// One simulation for each number of instalments; what the ERP's rules refuse is no offer.
    async fn simulate(&self, customer: &CustomerId, bills: &[InvoiceId]) -> Result<Vec<Offer>, Error> {
        let settings = self.negotiation()?;
        let first = self.today().saturating_add(i32::from(settings.first_due_days).days());
        let mut offers = Vec::new();
        if bills.is_empty() {
            return Ok(offers);
        }
        for parts in 1..=usize::from(settings.instalments) {
            let terms = self.terms_of(settings, customer, bills, parts, first)?;
            let path = ["financeiro", "renegociacao", "simular"];
            let answer = self.session.read(self.session.post(SIMULATE, &path, json(SIMULATE, &terms)?)).await?;
            if answer.status == 404 {
                self.server.note(NEGOTIATION, false);
                return Err(Error::Unsupported(Capability::Negotiation));
            }
            match hear::<Simulated>(SIMULATE, &answer) {
                Ok(simulated) => offers.extend(self.offer(&simulated, bills, parts)),
                Err(Error::Denied { .. }) => tracing::info!(parts, "no negotiation in so many instalments"),
                Err(error) => return Err(error),
            }
        }
        Ok(offers)
    }

    /// The new bills, the first due first; nothing where one of them cannot be read.
    fn parts(&self, told: &Simulated) -> Option<Vec<Instalment>> {
        let rows = &told.faturas_que_foram_geradas.as_ref()?.0;
        let part = |row: &Part| {
            let amount = row.valor.money().ok().flatten().filter(|amount| *amount != Money::ZERO)?;
            Some(Instalment { amount, due: row.data_vencimento.date(&self.zone).ok().flatten()? })
        };
        let mut parts = rows.iter().map(part).collect::<Option<Vec<Instalment>>>()?;
        parts.sort_by_key(|one| (one.due, one.amount));
        (!parts.is_empty() && rows.iter().any(|row| !row.parcela.is_absent())).then_some(parts)
    }

    /// An offer in another number of instalments than was asked for, or in amounts that cannot be read, is none.
    fn offer(&self, simulated: &Simulated, bills: &[InvoiceId], parts: usize) -> Option<Offer> {
        let Some(instalments) = self.parts(simulated).filter(|told| told.len() == parts) else {
            tracing::warn!(parts, "a simulated negotiation cannot be read and is left out");
            return None;
        };
        Some(Offer {
            id: parts.to_string(),
            bills: bills.to_vec(),
            rule: simulated.regra_utilizada.text().map(str::to_owned),
            // the answer tells the sum only
            fine: None,
            interest: None,
            discount: None,
            instalments,
        })
    }

    async fn send_negotiation(&self, customer: &CustomerId, offer: &Offer) -> Result<Change<Carried>, Error> {
        let settings = self.negotiation()?;
        let why = || Error::Refused { operation: CARRY_OUT, why: "an offer without instalments".to_owned() };
        let first = offer.instalments.first().map(|one| one.due).ok_or_else(why)?;
        let terms = self.terms_of(settings, customer, &offer.bills, offer.instalments.len(), first)?;
        let path = ["financeiro", "renegociacao", "efetivar"];
        let sent = self.session.send_once(self.session.post(CARRY_OUT, &path, json(CARRY_OUT, &terms)?)).await?;
        Ok(match changed(&sent) {
            // the new bills are what shows that there is an agreement
            Change::Done(json) => match serde_json::from_str(&json).ok().and_then(|made| self.parts(&made)) {
                Some(made) if made == offer.instalments => Change::Done(Carried::default()),
                Some(made) => Change::Done(Carried { otherwise: Some(made), ..Carried::default() }),
                None => Change::Unknown { why: "an answer without the new bills".to_owned() },
            },
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        })
    }
}

impl Changes for HubSoft {
    fn terms<'a>(&'a self, customer: &'a CustomerId, bills: &'a [InvoiceId]) -> Reply<'a, Vec<Offer>> {
        Box::pin(self.simulate(customer, bills))
    }

    fn negotiate<'a>(&'a self, customer: &'a CustomerId, offer: &'a Offer) -> Reply<'a, Change<Carried>> {
        Box::pin(self.send_negotiation(customer, offer))
    }

    fn visits<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Vec<Visit>> {
        Box::pin(self.find_visits(customer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erp::hubsoft::connect;

    fn driver() -> HubSoft {
        let secret = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(secret.path(), "s3gredo").unwrap();
        let place = secret.path().display();
        let settings = format!(
            "url = \"https://erp\"\nclient_id = \"3\"\nclient_secret = {{ file = \"{place}\" }}\nusername = \"a@b\"\n\
             password = {{ file = \"{place}\" }}\nnegotiation = {{ instalments = 3 }}"
        );
        connect(toml::from_str(&settings).unwrap()).unwrap()
    }

    fn offered(rows: &str, parts: usize) -> Option<Offer> {
        let answer = format!(r#"{{"status":"success","regra_utilizada":"Padrão","faturas_que_foram_geradas":{rows}}}"#);
        driver().offer(&serde_json::from_str(&answer).unwrap(), &["90".into()], parts)
    }

    #[test]
    fn an_offer_has_the_erps_amounts_and_days_to_the_cent() {
        let rows = r#"[{"parcela":2,"totalParcelas":2,"valor":51.19,"data_vencimento":"2025-07-17"},
            {"parcela":1,"totalParcelas":2,"valor":51.18,"data_vencimento":"2025-06-17"}]"#;
        let offer = offered(rows, 2).unwrap();
        let parts: Vec<_> = offer.instalments.iter().map(|one| (one.amount.cents(), one.due.to_string())).collect();
        assert_eq!(parts, [(5118, "2025-06-17".to_owned()), (5119, "2025-07-17".to_owned())]);
        assert_eq!((offer.total().cents(), offer.rule.as_deref(), offer.id.as_str()), (10_237, Some("Padrão"), "2"));
    }

    #[test]
    fn what_cannot_be_read_whole_is_no_offer() {
        let row = r#"{"parcela":1,"valor":51.18,"data_vencimento":"2025-06-17"}"#;
        for (rows, parts) in [
            ("[]".to_owned(), 1),
            (format!("[{row}]"), 2),
            (format!("[{row},{row}]"), 1),
            (r#"[{"parcela":1,"valor":0,"data_vencimento":"2025-06-17"}]"#.to_owned(), 1),
            (r#"[{"parcela":1,"valor":51.18}]"#.to_owned(), 1),
            (r#"[{"parcela":1,"valor":"x","data_vencimento":"2025-06-17"}]"#.to_owned(), 1),
            ("null".to_owned(), 1),
        ] {
            assert_eq!(offered(&rows, parts), None, "{rows}");
        }
    }
}
