//! A bill as one row of the ERP's lists: the same bill is written with other keys in other calls.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::domain::calendar::is_overdue;
use crate::domain::{ContractId, Invoice, InvoiceId, Money, ReceiptHeads};
use crate::erp::scalar::{List, Scalar, Unreadable};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct BillRow {
    #[serde(rename = "IDFatura")]
    id: Scalar,
    #[serde(rename = "id")]
    short_id: Scalar,
    #[serde(rename = "nroDocumento")]
    document_number: Scalar,
    #[serde(rename = "nroBoleto")]
    boleto_number: Scalar,
    #[serde(rename = "Valor")]
    value: Scalar,
    #[serde(rename = "ValorMulta")]
    fine: Scalar,
    #[serde(rename = "ValorJuros")]
    interest: Scalar,
    #[serde(rename = "Vencimento")]
    due: Scalar,
    #[serde(rename = "VencimentoFormatado")]
    formatted_due: Scalar,
    #[serde(rename = "DataPagamento")]
    paid_on: Scalar,
    #[serde(rename = "idsContratos")]
    contract_ids: Option<List<ContractKey>>,
    #[serde(rename = "Contratos")]
    contracts: Option<List<ContractKey>>,
    #[serde(rename = "DebitoAutomatico")]
    direct_debit: Scalar,
    #[serde(rename = "DebitoAutomaico")]
    misspelt_direct_debit: Scalar,
}

impl BillRow {
    pub(super) fn id(&self) -> Option<u64> {
        self.id.id().or_else(|| self.short_id.id())
    }

    pub(super) fn is_paid(&self, zone: &TimeZone) -> Result<bool, Unreadable> {
        self.paid_on(zone).map(|day| day.is_some())
    }

    /// The day it was paid; nothing while it is open.
    pub(super) fn paid_on(&self, zone: &TimeZone) -> Result<Option<Date>, Unreadable> {
        self.paid_on.date(zone)
    }

    /// Whether the list of all bills may know what this row does not tell: its value or due date, or the charges of an
    /// overdue bill, which some calls leave out and others give as zero.
    pub(super) fn needs_completion(&self, zone: &TimeZone, today: Date) -> bool {
        let no_charges = self.charge(&self.fine).is_none_or(|fine| fine.is_zero())
            && self.charge(&self.interest).is_none_or(|interest| interest.is_zero());
        match self.due(zone) {
            Ok(Some(due)) => self.value.is_absent() || (no_charges && is_overdue(due, today)),
            _ => true,
        }
    }

    /// Takes over what another row of the same bill tells and this one does not, and its charges where it has any.
    pub(super) fn complete_from(&mut self, other: BillRow) {
        let fill = |mine: &mut Scalar, theirs: Scalar| {
            if mine.is_absent() {
                *mine = theirs;
            }
        };
        for (mine, theirs) in [(&mut self.fine, other.fine), (&mut self.interest, other.interest)] {
            if !theirs.is_absent() {
                *mine = theirs;
            }
        }
        fill(&mut self.document_number, other.document_number);
        fill(&mut self.boleto_number, other.boleto_number);
        fill(&mut self.value, other.value);
        fill(&mut self.due, other.due);
        fill(&mut self.formatted_due, other.formatted_due);
        fill(&mut self.paid_on, other.paid_on);
        self.contract_ids = self.contract_ids.take().or(other.contract_ids);
    }

    /// The bill in the trade's words, or the name of the field that cannot be read.
    pub(super) fn invoice(
        &self,
        zone: &TimeZone,
        describe: impl FnOnce(&[ContractId]) -> String,
    ) -> Result<Invoice, &'static str> {
        let id = self.id().ok_or("IDFatura")?.to_string();
        let number = [&self.document_number, &self.boleto_number].into_iter().find_map(Scalar::text);
        let contracts: Vec<ContractId> = [&self.contract_ids, &self.contracts]
            .into_iter()
            .flatten()
            .flat_map(|list| &list.0)
            .filter_map(|key| key.0.clone())
            .collect();
        Ok(Invoice {
            number: number.map_or_else(|| id.clone(), str::to_owned),
            id: InvoiceId(id),
            description: describe(&contracts),
            contracts,
            due: self.due(zone).map_err(|Unreadable| "Vencimento")?.ok_or("Vencimento")?,
            original: self.value.money().map_err(|Unreadable| "Valor")?.ok_or("Valor")?,
            fine: self.fine.money().map_err(|Unreadable| "ValorMulta")?,
            interest: self.interest.money().map_err(|Unreadable| "ValorJuros")?,
            discount: None,
            updated: None,
            boleto: None,
            pix: None,
            direct_debit: self.direct_debit.is_yes() || self.misspelt_direct_debit.is_yes(),
            identifier: None,
            receipt_heads: ReceiptHeads::default(),
        })
    }

    pub(super) fn due(&self, zone: &TimeZone) -> Result<Option<Date>, Unreadable> {
        match self.due.date(zone)? {
            Some(due) => Ok(Some(due)),
            None => self.formatted_due.date(zone),
        }
    }

    fn charge(&self, scalar: &Scalar) -> Option<Money> {
        scalar.money().ok().flatten()
    }
}

/// A bill's contract: an id, or an object that holds one.
struct ContractKey(Option<ContractId>);

impl<'de> Deserialize<'de> for ContractKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<ContractKey, D::Error> {
        let raw = Box::<serde_json::value::RawValue>::deserialize(deserializer)?;
        let id = if raw.get().starts_with('{') {
            serde_json::from_str::<ContractRow>(raw.get()).ok().and_then(|row| row.id())
        } else {
            Scalar::from_raw(&raw).id().map(|id| ContractId(id.to_string()))
        };
        Ok(ContractKey(id))
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ContractRow {
    #[serde(rename = "IDContrato")]
    id: Scalar,
    #[serde(rename = "CodContrato")]
    code: Scalar,
    #[serde(rename = "id")]
    short_id: Scalar,
    #[serde(rename = "DescricaoPlano")]
    pub(super) plan: Scalar,
    #[serde(rename = "StatusContrato")]
    pub(super) status: Scalar,
}

impl ContractRow {
    pub(super) fn id(&self) -> Option<ContractId> {
        [&self.id, &self.code, &self.short_id].into_iter().find_map(Scalar::id).map(|id| ContractId(id.to_string()))
    }
}
