//! A bill as one row of `cliente/financeiro` and of `financeiro/fatura`, which write the same bill with other types and
//! other names.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::envelope::lenient;
use crate::domain::service::PaidBill;
use crate::domain::{Boleto, ContractId, Invoice, InvoiceId, ReceiptHeads};
use crate::erp::scalar::{List, Scalar, Unreadable};
use crate::erp::text::{br_code, normalized};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct BillRow {
    id_fatura: Scalar,
    nosso_numero: Scalar,
    id_cliente_servico: Scalar,
    linha_digitavel: Scalar,
    codigo_barras: Scalar,
    link: Scalar,
    tipo_cobranca: Scalar,
    /// The original amount, as a number or as a string.
    valor: Scalar,
    valor_pago: Scalar,
    data_vencimento: Scalar,
    data_pagamento: Scalar,
    /// Not before the current API.
    quitado: Scalar,
    status: Scalar,
    pix_copia_cola: Scalar,
    /// The other list's spelling.
    pix_copia_e_cola: Scalar,
    #[serde(deserialize_with = "lenient")]
    detalhamento: Vec<Detail>,
    #[serde(deserialize_with = "lenient")]
    cliente: Owner,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    descricao: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Owner {
    codigo_cliente: Scalar,
    #[serde(deserialize_with = "lenient")]
    servico: Service,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Service {
    id_cliente_servico: Scalar,
    nome: Scalar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Open,
    Paid(Option<Date>),
    /// Taken back by the provider: nothing is owed for it any more.
    Withdrawn,
}

impl BillRow {
    pub(super) fn id(&self) -> Option<u64> {
        self.id_fatura.id()
    }

    /// Whether it says that it belongs to somebody else.
    pub(super) fn is_of_another(&self, customer: u64) -> bool {
        self.cliente.codigo_cliente.id().is_some_and(|owner| owner != customer)
    }

    pub(super) fn due(&self, zone: &TimeZone) -> Option<Date> {
        self.data_vencimento.date(zone).ok().flatten()
    }

    /// A list of pending bills may hold paid ones too: the document's example does.
    pub(super) fn standing(&self, zone: &TimeZone) -> Result<Standing, Unreadable> {
        let paid_on = self.data_pagamento.date(zone)?;
        let status = self.status.text().map(normalized).unwrap_or_default();
        let says_paid = self.quitado.is_yes() || ["pago", "paga", "quitado", "liquidado"].contains(&status.as_str());
        Ok(if paid_on.is_some() || says_paid {
            Standing::Paid(paid_on)
        } else if status.starts_with("cancelad") {
            Standing::Withdrawn
        } else {
            Standing::Open
        })
    }

    /// The bill in the trade's words, or the name of the field that cannot be read.
    pub(super) fn invoice(&self, zone: &TimeZone) -> Result<Invoice, &'static str> {
        let id = self.id().ok_or("id_fatura")?.to_string();
        let services = [&self.cliente.servico.id_cliente_servico, &self.id_cliente_servico];
        let contract = services.into_iter().find_map(Scalar::id).map(|id| ContractId(id.to_string()));
        Ok(Invoice {
            number: self.nosso_numero.text().map_or_else(|| id.clone(), str::to_owned),
            contracts: contract.into_iter().collect(),
            description: self.description(),
            due: self.data_vencimento.date(zone).ok().flatten().ok_or("data_vencimento")?,
            original: self.valor.money().map_err(|Unreadable| "valor")?.ok_or("valor")?,
            fine: None,
            interest: None,
            discount: None,
            updated: None,
            boleto: self.boleto(),
            pix: self.pix(),
            direct_debit: self.tipo_cobranca.text().is_some_and(|kind| normalized(kind).starts_with("debito")),
            identifier: None,
            receipt_heads: ReceiptHeads::default(),
            id: InvoiceId(id),
        })
    }

    /// A paid bill for the statement of account; nothing where it is not paid or cannot be read.
    pub(super) fn paid(&self, zone: &TimeZone) -> Option<PaidBill> {
        let Standing::Paid(paid_on) = self.standing(zone).ok()? else { return None };
        let amount = self.valor_pago.money().ok().flatten().or_else(|| self.valor.money().ok().flatten())?;
        Some(PaidBill {
            id: InvoiceId(self.id()?.to_string()),
            description: self.description(),
            due: self.due(zone),
            paid_on,
            amount,
        })
    }

    /// A linha whose check digits are wrong would be paid to nobody: it counts as none.
    pub(super) fn boleto(&self) -> Option<Boleto> {
        let line = self.linha_digitavel.text().or_else(|| self.codigo_barras.text())?;
        let invoice = self.id();
        Boleto::parse(line).map_err(|error| tracing::warn!(invoice, %error, "the ERP's linha digitavel is wrong")).ok()
    }

    pub(super) fn pix(&self) -> Option<String> {
        [&self.pix_copia_cola, &self.pix_copia_e_cola].into_iter().filter_map(Scalar::text).find_map(br_code)
    }

    pub(super) fn link(&self) -> Option<&str> {
        self.link.text()
    }

    /// "(+) Serviço (26/09/2017) até … | R$ 21.62" is shown as "Serviço (26/09/2017) até …".
    fn description(&self) -> String {
        let told = self.detalhamento.iter().find_map(|detail| detail.descricao.text());
        let told = told.or_else(|| self.cliente.servico.nome.text()).unwrap_or_default();
        let told = told.split(" | ").next().unwrap_or_default();
        told.trim_start_matches("(+)").trim().to_owned()
    }
}

/// The lists that hold bills.
#[derive(Deserialize)]
pub(super) struct Bills {
    pub(super) faturas: List<BillRow>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn row(json: &str) -> BillRow {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_bill_is_paid_by_its_date_by_its_mark_or_by_its_word() {
        let of = |json: &str| row(json).standing(&TimeZone::UTC);
        assert_eq!(of(r#"{"data_pagamento":"25/06/2018"}"#), Ok(Standing::Paid(Some(date(2018, 6, 25)))));
        assert_eq!(
            of(r#"{"data_pagamento":"2018-06-25","quitado":false}"#),
            Ok(Standing::Paid(Some(date(2018, 6, 25))))
        );
        for json in [r#"{"quitado":true}"#, r#"{"quitado":"sim"}"#, r#"{"status":"Pago"}"#] {
            assert_eq!(of(json), Ok(Standing::Paid(None)), "{json}");
        }
        for json in [r#"{"quitado":false,"status":"vencido"}"#, "{}", r#"{"status":"nao pago"}"#] {
            assert_eq!(of(json), Ok(Standing::Open), "{json}");
        }
        assert_eq!(of(r#"{"status":"cancelada"}"#), Ok(Standing::Withdrawn));
        assert_eq!(of(r#"{"data_pagamento":"ontem"}"#), Err(Unreadable));
    }

    #[test]
    fn a_part_of_a_wrong_type_leaves_the_rest_readable() {
        let bill =
            row(r#"{"id_fatura":"7","valor":"99.90","data_vencimento":"2026-01-10","cliente":[],"detalhamento":"x",
                "codigo_barras":"123","tipo_cobranca":"debito_conta_corrente"}"#);
        let invoice = bill.invoice(&TimeZone::UTC).unwrap();
        assert_eq!((invoice.number.as_str(), invoice.original.cents()), ("7", 9990));
        assert!(invoice.boleto.is_none() && invoice.direct_debit);
    }
}
