//! What a site says of its WebService Cliente: address, sign-in, and the accounts that its write-offs go to.

use serde::Deserialize;

use crate::erp::site_table::{Fits, Method, Row};
use crate::secret::Secret;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Base address, such as `https://erp.provedor.net.br`; the paths of the document are put below it.
    pub url: String,
    /// User and password of the HTTP Basic sign-in that every call carries beside its token.
    pub user: String,
    pub password: Secret,
    /// Plain http to another machine. Password and customers' data then travel readable.
    #[serde(default)]
    pub allow_plain_http: bool,
    /// Ask for PIX codes at `/ws/financeiro/pix/buscar`, which the document does not name. Try it at the site first.
    #[serde(default)]
    pub pix: bool,
    /// Whether `ValorPago` is all that was received, or the bill's own value with fine, interest and discount beside it,
    /// as in the document's example. To be settled with the provider by a first real write-off.
    #[serde(default)]
    pub valor_pago_includes_charges: bool,
    /// The ERP's time zone: it gives dates as its own midnight.
    #[serde(default = "sao_paulo")]
    pub zone: String,
    /// Offer what needs the subscriber's own password: it is asked for, sent once and kept nowhere.
    #[serde(default)]
    pub customer_password: bool,
    /// The name under which the id of a customer goes where messages are switched on and off: the document prints
    /// `idAtendimento` and answers with a customer's id. Without it that is not offered. Try it at the site first.
    #[serde(default)]
    pub notifications: Option<NotificationsId>,
    /// For how many days, from tomorrow on, free dates for a visit are asked for.
    #[serde(default = "two_weeks")]
    pub visit_days: u16,
    /// Which account, method and brand of the ERP each kind of payment is written off to. Without rows nothing is.
    #[serde(default)]
    pub write_off: Vec<WriteOffRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum NotificationsId {
    #[serde(rename = "idCliente")]
    IdCliente,
    #[serde(rename = "idAtendimento")]
    IdAtendimento,
}

fn two_weeks() -> u16 {
    14
}

fn sao_paulo() -> String {
    "America/Sao_Paulo".to_owned()
}

/// One row of the write-off table. The row that says most about a payment is taken; of two alike, the first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOffRow {
    pub method: Method,
    /// The acquirer's network as the TEF names it; any, where absent.
    #[serde(default)]
    pub network: Option<String>,
    /// The card's brand as the TEF names it; any, where absent.
    #[serde(default)]
    pub brand: Option<String>,
    /// From `GET /ws/financeiro/formas_pagamento`.
    pub id_forma_pagamento: u64,
    /// From `GET /ws/financeiro/contas_financeiras/forma_pagamento/{id}`.
    pub id_conta_financeira: u64,
    /// From `GET /ws/financeiro/bandeiras_cartao`.
    #[serde(default)]
    pub id_bandeira: Option<u64>,
}

impl Row for WriteOffRow {
    fn fits(&self) -> Fits<'_> {
        Fits { method: self.method, network: self.network.as_deref(), brand: self.brand.as_deref() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::CardKind;
    use crate::erp::PaidBy;
    use crate::erp::site_table::{self, Coverage, lookup};

    fn settings(rows: &str) -> Result<Settings, toml::de::Error> {
        let password = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(password.path(), "s3nha").unwrap();
        let place = password.path().display();
        toml::from_str(&format!("url = \"https://erp\"\nuser = \"totem\"\npassword = {{ file = \"{place}\" }}\n{rows}"))
    }

    fn card(kind: CardKind, network: &str, brand: &str) -> PaidBy {
        let (network, brand) = (network.to_owned(), brand.to_owned());
        PaidBy::Card { kind, network, brand, nsu: "1".to_owned(), authorization: "2".to_owned() }
    }

    const TABLE: &str = r#"
        write_off = [
          { method = "debit", id_forma_pagamento = 2, id_conta_financeira = 31 },
          { method = "debit", network = "STONE", id_forma_pagamento = 2, id_conta_financeira = 32 },
          { method = "debit", brand = "Elo", id_forma_pagamento = 2, id_conta_financeira = 33, id_bandeira = 7 },
          { method = "debit", brand = "ELO", network = "Stone", id_forma_pagamento = 2, id_conta_financeira = 34 },
          { method = "credit", brand = "VISA", id_forma_pagamento = 3, id_conta_financeira = 35 },
          { method = "credit", brand = "visa", id_forma_pagamento = 3, id_conta_financeira = 36 },
        ]
    "#;

    #[test]
    fn the_row_that_says_most_about_a_payment_is_taken() {
        let rows = settings(TABLE).unwrap().write_off;
        for (paid_by, account) in [
            (card(CardKind::Debit, "REDE", "VISA"), 31),
            (card(CardKind::Debit, " stone ", "VISA"), 32),
            (card(CardKind::Debit, "REDE", "ELO"), 33),
            (card(CardKind::Debit, "STONE", "elo"), 34),
            (card(CardKind::Credit, "STONE", "Visa"), 35),
        ] {
            assert_eq!(lookup(&rows, &paid_by).unwrap().id_conta_financeira, account, "{paid_by:?}");
        }
    }

    #[test]
    fn a_payment_without_a_row_is_named() {
        let rows = settings(TABLE).unwrap().write_off;
        let missing = lookup(&rows, &card(CardKind::Credit, "REDE", "ELO")).unwrap_err().to_string();
        assert_eq!(missing, "no write_off row for method = \"credit\", network = \"REDE\", brand = \"ELO\"");
        let pix = PaidBy::Pix { end_to_end: "E1".to_owned() };
        assert!(lookup(&rows, &pix).unwrap_err().to_string().contains("method = \"pix\""));
    }

    #[test]
    fn what_the_table_covers_is_known_before_anybody_pays() {
        let covered = site_table::covered(&settings(TABLE).unwrap().write_off);
        assert_eq!(covered, BTreeMap::from([(Method::Credit, Coverage::OnlyNamed), (Method::Debit, Coverage::Every)]));
        assert!(site_table::covered(&settings("").unwrap().write_off).is_empty());
    }

    #[test]
    fn a_misspelt_key_is_refused_and_the_password_is_not_shown() {
        assert!(settings("pixx = true").is_err());
        assert!(
            settings("write_off = [{ method = \"cash\", id_forma_pagamento = 1, id_conta_financeira = 1 }]").is_err()
        );
        let settings = settings("").unwrap();
        assert_eq!(settings.zone, "America/Sao_Paulo");
        assert!(!format!("{settings:?}").contains("s3nha"));
    }
}
