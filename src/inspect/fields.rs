//! What a valid value holds, as `totem inspect` prints it.

use jiff::civil::Date;
use serde::Serialize;

use crate::domain;
use crate::domain::boleto::BoletoKind;
use crate::domain::br_code::{BrCodeKind, Target};
use crate::domain::tax_id::TaxIdKind;

#[derive(Serialize)]
pub(super) struct Boleto {
    kind: BoletoKind,
    line: String,
    barcode: String,
    bank: Option<String>,
    value_cents: Option<domain::Money>,
    due: Option<Date>,
    /// The digit in the bars of an arrecadação.
    segment: Option<char>,
}

impl Boleto {
    pub(super) fn of(boleto: &domain::Boleto, reference: Date) -> Boleto {
        Boleto {
            kind: boleto.kind(),
            line: boleto.line(),
            barcode: boleto.barcode().to_owned(),
            bank: boleto.bank().map(str::to_owned),
            value_cents: boleto.value(),
            due: boleto.due(reference),
            segment: boleto.segment().map(domain::boleto::Segment::code),
        }
    }
}

#[derive(Serialize)]
pub(super) struct BrCode {
    kind: BrCodeKind,
    #[serde(flatten)]
    place: Place,
    amount_cents: Option<domain::Money>,
    name: String,
    city: String,
    txid: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    Key(String),
    Location(String),
}

impl BrCode {
    pub(super) fn of(code: domain::BrCode) -> BrCode {
        BrCode {
            kind: code.kind(),
            place: match code.target {
                Target::Key { key, .. } => Place::Key(key),
                Target::Location(location) => Place::Location(location),
            },
            amount_cents: code.amount,
            name: code.name,
            city: code.city,
            txid: code.txid,
        }
    }
}

#[derive(Serialize)]
pub(super) struct TaxId {
    kind: &'static str,
    normalized: String,
    masked: String,
}

impl TaxId {
    pub(super) fn of(id: &domain::TaxId) -> TaxId {
        TaxId {
            kind: match id.kind() {
                TaxIdKind::Cpf => "cpf",
                TaxIdKind::Cnpj => "cnpj",
            },
            normalized: id.plain().to_owned(),
            masked: id.masked(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct Money {
    pub(super) cents: domain::Money,
}
