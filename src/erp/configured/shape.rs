//! The port's shapes, as a definition's `read` gives them in JSON. Keys that are not the port's are refused, so that a
//! misspelt one shows.

use jaq_json::Val;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use super::jq;
use crate::domain::joining::Offer;
use crate::domain::service::{
    AnnualSettlement, Consumption, Contact, ContactKind, FiscalNote, Named, PaidBill, Ticket, Unlocked,
};
use crate::domain::{
    Boleto, Contract, ContractId, ContractStatus, Invoice, InvoiceId, InvoiceState, Money, ReceiptHeads,
};
use crate::erp::scalar::{List, Scalar};
use crate::erp::text::{br_code, normalized};

/// How this ERP writes dates and amounts.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// Tried first, in this order; then what every ERP may write.
    pub dates: Vec<String>,
    pub decimals: Decimals,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Decimals {
    /// As the text shows; `1.234`, which may be either, cannot be read.
    #[default]
    Auto,
    Point,
    Comma,
}

/// Reads scalars the way this ERP writes them.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub reading: &'a Reading,
    pub zone: &'a TimeZone,
}

/// The key whose value cannot be read.
pub(super) type Unreadable = &'static str;

impl Reader<'_> {
    pub(super) fn date(&self, key: Unreadable, value: &Scalar) -> Result<Option<Date>, Unreadable> {
        let Some(text) = value.text() else { return Ok(None) };
        let told = self.reading.dates.iter().find_map(|format| Date::strptime(format, text).ok());
        match told {
            Some(date) => Ok(Some(date)),
            None => value.date(self.zone).map_err(|_| key),
        }
    }

    pub(super) fn money(&self, key: Unreadable, value: &Scalar) -> Result<Option<Money>, Unreadable> {
        let Some(text) = value.text() else { return Ok(None) };
        let plain = text.strip_prefix("R$").unwrap_or(text).trim();
        let read = match self.reading.decimals {
            _ if value.is_number() => Money::from_decimal_rounded(text),
            Decimals::Auto => Money::parse_text(text).or_else(|_| long_fraction(plain)),
            Decimals::Point => Money::from_decimal_rounded(&plain.replace(',', "")),
            Decimals::Comma => Money::from_decimal_rounded(&plain.replace('.', "").replace(',', ".")),
        };
        read.map(Some).map_err(|_| key)
    }
}

/// `6.3196` and `14,745733` in quotes: more than three decimals are no thousands.
fn long_fraction(text: &str) -> Result<Money, crate::domain::money::MoneyError> {
    let point = text.replace(',', ".");
    match point.split_once('.') {
        Some((_, fraction)) if fraction.len() > 3 && !fraction.contains('.') => Money::from_decimal_rounded(&point),
        _ => Err(crate::domain::money::MoneyError::Shape),
    }
}

/// What an expression gave, as a type of ours. The error names no value.
pub(super) fn shaped<T: DeserializeOwned>(value: &Val) -> Result<T, String> {
    let json = jq::to_json(value).map_err(|_| "its `read` gives too much".to_owned())?;
    serde_json::from_str(&json).map_err(|error| {
        let text = error.to_string();
        // of serde's texts only those about keys repeat nothing of the answer
        let about_keys = text.starts_with("unknown field") || text.starts_with("missing field");
        if about_keys {
            format!("its `read` gives another shape: {text}")
        } else {
            "its `read` gives another shape".to_owned()
        }
    })
}

/// A list whose entries are looked at one by one: one that is wrong does not hide the others.
pub(super) fn entries(value: &Val) -> Result<Vec<Box<RawValue>>, String> {
    match value {
        Val::Arr(_) => shaped(value),
        _ => Err("its `read` gives no list".to_owned()),
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CustomerRow {
    pub id: Scalar,
    pub name: Scalar,
    pub document: Scalar,
    pub birth: Scalar,
    pub phones: Option<List<Scalar>>,
    pub contracts: Option<Vec<ContractRow>>,
    pub alerts: Option<List<Scalar>>,
    pub extra: Option<Box<RawValue>>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ContractRow {
    id: Scalar,
    plan: Scalar,
    status: Scalar,
}

impl ContractRow {
    pub(super) fn contract(&self) -> Option<Contract> {
        let status = self.status.text().unwrap_or_default();
        Some(Contract {
            id: ContractId(self.id.text()?.to_owned()),
            plan: self.plan.text().unwrap_or_default().to_owned(),
            status: match normalized(status).as_str() {
                "active" => ContractStatus::Active,
                "suspended" => ContractStatus::Suspended,
                "on trust" => ContractStatus::OnTrust,
                "cancelled" => ContractStatus::Cancelled,
                _ => ContractStatus::Other(status.to_owned()),
            },
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ConsumptionRow {
    id: Scalar,
    description: Scalar,
    quantity: Scalar,
    amount: Scalar,
    on: Scalar,
}

impl ConsumptionRow {
    pub(super) fn consumption(&self, reader: Reader<'_>) -> Result<Consumption, Unreadable> {
        let text = |value: &Scalar| value.text().unwrap_or_default().to_owned();
        Ok(Consumption {
            id: self.id.text().ok_or("id")?.to_owned(),
            description: text(&self.description),
            quantity: text(&self.quantity),
            amount: reader.money("amount", &self.amount)?,
            on: reader.date("on", &self.on)?,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BillRow {
    id: Scalar,
    /// Whose it is, where it was found by its code.
    customer: Scalar,
    /// `open`, `paid`, or `gone` for one that was taken back; open, where it is not said.
    state: Scalar,
    paid_on: Scalar,
    number: Scalar,
    contracts: Option<List<Scalar>>,
    description: Scalar,
    due: Scalar,
    original: Scalar,
    fine: Scalar,
    interest: Scalar,
    discount: Scalar,
    updated: Scalar,
    linha: Scalar,
    pix: Scalar,
    direct_debit: Scalar,
    identifier: Scalar,
    receipt_head_card: Scalar,
    receipt_head_pix: Scalar,
}

impl BillRow {
    pub(super) fn id(&self) -> Option<&str> {
        self.id.text()
    }

    pub(super) fn customer(&self) -> Option<&str> {
        self.customer.text()
    }

    pub(super) fn state(&self, reader: Reader<'_>) -> Result<InvoiceState, Unreadable> {
        match self.state.text() {
            Some("paid") => Ok(InvoiceState::Paid { on: reader.date("paid_on", &self.paid_on)? }),
            Some("open") | None => Ok(InvoiceState::Open(Box::new(self.invoice(reader)?))),
            Some("gone") => Ok(InvoiceState::Withdrawn),
            Some(_) => Err("state"),
        }
    }

    pub(super) fn invoice(&self, reader: Reader<'_>) -> Result<Invoice, Unreadable> {
        let owned = |value: &Scalar| value.text().map(str::to_owned);
        let id = owned(&self.id).ok_or("id")?;
        let contracts = self.contracts.iter().flat_map(|list| &list.0).filter_map(Scalar::text);
        Ok(Invoice {
            number: owned(&self.number).unwrap_or_else(|| id.clone()),
            id: InvoiceId(id),
            contracts: contracts.map(ContractId::from).collect(),
            description: owned(&self.description).unwrap_or_default(),
            due: reader.date("due", &self.due)?.ok_or("due")?,
            original: reader.money("original", &self.original)?.ok_or("original")?,
            fine: reader.money("fine", &self.fine)?,
            interest: reader.money("interest", &self.interest)?,
            discount: reader.money("discount", &self.discount)?,
            updated: reader.money("updated", &self.updated)?,
            boleto: self.linha.text().and_then(boleto),
            pix: self.pix.text().and_then(br_code),
            direct_debit: self.direct_debit.is_yes(),
            identifier: owned(&self.identifier),
            receipt_heads: ReceiptHeads { card: owned(&self.receipt_head_card), pix: owned(&self.receipt_head_pix) },
        })
    }
}

/// A linha whose check digits are wrong would be paid to nobody: it counts as none.
pub(super) fn boleto(linha: &str) -> Option<Boleto> {
    Boleto::parse(linha).map_err(|error| tracing::warn!(%error, "the ERP's linha digitavel is wrong")).ok()
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PaidRow {
    id: Scalar,
    description: Scalar,
    due: Scalar,
    paid_on: Scalar,
    amount: Scalar,
}

impl PaidRow {
    pub(super) fn is_of(&self, id: &str) -> bool {
        self.id.text() == Some(id)
    }

    pub(super) fn paid_on(&self, reader: Reader<'_>) -> Result<Option<Date>, Unreadable> {
        reader.date("paid_on", &self.paid_on)
    }

    pub(super) fn bill(&self, reader: Reader<'_>) -> Result<PaidBill, Unreadable> {
        Ok(PaidBill {
            id: InvoiceId(self.id.text().ok_or("id")?.to_owned()),
            description: self.description.text().unwrap_or_default().to_owned(),
            due: reader.date("due", &self.due)?,
            paid_on: self.paid_on(reader)?,
            amount: reader.money("amount", &self.amount)?.ok_or("amount")?,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct ContactRow {
    kind: Scalar,
    value: Scalar,
}

impl ContactRow {
    pub(super) fn contact(&self) -> Result<Contact, Unreadable> {
        let kind = match self.kind.text() {
            Some("email") => ContactKind::Email,
            Some("phone") => ContactKind::Phone,
            _ => return Err("kind"),
        };
        Ok(Contact { kind, value: self.value.text().ok_or("value")?.to_owned() })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct NamedRow {
    id: Scalar,
    name: Scalar,
    /// Of a product: what it costs a month, and what it includes.
    price: Scalar,
    about: Scalar,
}

impl NamedRow {
    pub(super) fn named(&self) -> Result<Named, Unreadable> {
        let id = self.id.text().ok_or("id")?.to_owned();
        Ok(Named { name: self.name.text().map_or_else(|| id.clone(), str::to_owned), id })
    }

    pub(super) fn offer(&self, reader: Reader<'_>) -> Result<Offer, Unreadable> {
        let price = reader.money("price", &self.price)?;
        let about = self.about.text().unwrap_or_default().to_owned();
        Ok(Offer { price, about, ..Offer::from(self.named()?) })
    }
}

/// A paper in a list: a fiscal note or an annual settlement. `pdf` is a link or base64, where the list has it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct PaperRow {
    id: Scalar,
    number: Scalar,
    issued: Scalar,
    amount: Scalar,
    year: Scalar,
    pub pdf: Scalar,
}

impl PaperRow {
    pub(super) fn is_of(&self, id: &str) -> bool {
        self.id.text() == Some(id)
    }

    pub(super) fn note(&self, reader: Reader<'_>, has_pdf: bool) -> Result<FiscalNote, Unreadable> {
        let id = self.id.text().ok_or("id")?.to_owned();
        Ok(FiscalNote {
            number: self.number.text().map_or_else(|| id.clone(), str::to_owned),
            id,
            issued: reader.date("issued", &self.issued)?,
            amount: reader.money("amount", &self.amount)?,
            has_pdf: has_pdf || !self.pdf.is_absent(),
        })
    }

    pub(super) fn settlement(&self, has_pdf: bool) -> Result<AnnualSettlement, Unreadable> {
        Ok(AnnualSettlement {
            id: self.id.text().ok_or("id")?.to_owned(),
            year: self.year.text().and_then(|year| year.parse().ok()).ok_or("year")?,
            has_pdf: has_pdf || !self.pdf.is_absent(),
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct TicketRow {
    protocol: Scalar,
    subject: Scalar,
    status: Scalar,
    opened: Scalar,
}

impl TicketRow {
    pub(super) fn ticket(&self, reader: Reader<'_>) -> Result<Ticket, Unreadable> {
        let owned = |value: &Scalar| value.text().unwrap_or_default().to_owned();
        Ok(Ticket {
            protocol: self.protocol.text().ok_or("protocol")?.to_owned(),
            subject: owned(&self.subject),
            status: owned(&self.status),
            opened: reader.date("opened", &self.opened)?,
        })
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct UnlockedRow {
    until: Scalar,
    message: Scalar,
}

impl UnlockedRow {
    /// It was done; a date that cannot be read takes nothing from that.
    pub(super) fn unlocked(&self, reader: Reader<'_>) -> Unlocked {
        let until = reader.date("until", &self.until).unwrap_or_default();
        Unlocked { until, message: self.message.text().unwrap_or_default().to_owned() }
    }
}
