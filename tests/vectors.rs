//! Every entry of `tests/vectors/*.json`: made from the published layouts and official examples, good and bad.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use totem::domain::boleto::BoletoKind;
use totem::domain::br_code::{BrCodeKind, Initiation, Target, fold};
use totem::domain::calendar::{
    date_of_epoch_ms, is_bank_holiday, is_business_day, is_overdue, next_business_day, parse_date, sao_paulo_date,
};
use totem::domain::tax_id::TaxIdKind;
use totem::domain::{Boleto, BrCode, Invoice, Money, TaxId};

fn vectors(file: &str) -> Value {
    let path = format!("{}/tests/vectors/{file}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The entries of one list, whose number is known: none is skipped silently.
fn entries<'a>(file: &'a Value, list: &str, count: usize) -> &'a [Value] {
    let entries = file[list].as_array().unwrap();
    assert_eq!(entries.len(), count, "{list}");
    entries
}

/// The lists of a file, so that a new one is not overlooked.
fn lists(file: &Value) -> Vec<&str> {
    file.as_object().unwrap().keys().map(String::as_str).filter(|key| *key != "meta").collect()
}

fn text<'a>(entry: &'a Value, key: &str) -> &'a str {
    entry[key].as_str().unwrap_or_else(|| panic!("{key} in {entry}"))
}

fn date(entry: &Value, key: &str) -> Option<Date> {
    entry[key].as_str().map(|day| day.parse().unwrap())
}

fn cents(entry: &Value, key: &str) -> Option<Money> {
    entry[key].as_u64().map(Money::from_cents)
}

#[test]
fn boletos() {
    let file = vectors("boleto");
    assert_eq!(lists(&file), ["input_shapes", "spec_examples", "vectors"]);
    let (valid, invalid): (Vec<_>, Vec<_>) = entries(&file, "vectors", 68).iter().partition(|v| v["valid"] == true);
    assert_eq!((valid.len(), invalid.len()), (53, 15));
    for entry in valid {
        valid_boleto(entry);
    }
    for entry in invalid {
        let input = text(entry, "input");
        if entry["form"] == "pair" {
            let pair: Value = serde_json::from_str(input).unwrap();
            let [line, bars] = ["line", "barcode"].map(|key| Boleto::parse(text(&pair, key)).unwrap());
            assert_ne!(line, bars, "{entry}");
        }
        assert!(Boleto::parse(input).is_err(), "{entry}");
    }
    for entry in entries(&file, "input_shapes", 2) {
        assert_eq!(Boleto::parse(text(entry, "input")).unwrap().line(), text(entry, "line"));
    }
    for (list, value_kind) in [("mod10", 6), ("mod11_arrecadacao", 8)] {
        for example in entries(&file["spec_examples"], list, 1) {
            let block = text(example, "input");
            let bars = |check: u8| format!("84{value_kind}{check}0000000{block}0000000000000000000000");
            let slip = (0..=9).find_map(|check| Boleto::parse(&bars(check)).ok()).unwrap();
            assert_eq!(slip.groups()[1], format!("{block}-{}", example["dv"]));
        }
    }
}

fn valid_boleto(entry: &Value) {
    let boleto = Boleto::parse(text(entry, "line")).unwrap_or_else(|error| panic!("{error}: {entry}"));
    assert_eq!(Boleto::parse(text(entry, "barcode")), Ok(boleto.clone()), "{entry}");
    assert_eq!(Boleto::parse(text(entry, "line_formatted")), Ok(boleto.clone()), "{entry}");
    assert_eq!(boleto.barcode(), text(entry, "barcode"));
    assert_eq!(boleto.line(), text(entry, "line"));
    assert_eq!(boleto.line_formatted(), text(entry, "line_formatted"));
    assert_eq!(boleto.value(), cents(entry, "value_cents"), "{entry}");
    assert_eq!(boleto.bank(), entry["bank"].as_str(), "{entry}");
    assert_eq!(boleto.segment().map(|segment| segment.code().to_string()).as_deref(), entry["segment"].as_str());
    let kind = if entry["kind"] == "cobranca" { BoletoKind::Cobranca } else { BoletoKind::Arrecadacao };
    assert_eq!(boleto.kind(), kind, "{entry}");
    let reference = date(entry, "reference_date").unwrap_or(Date::constant(2026, 11, 22));
    assert_eq!(boleto.due(reference), date(entry, "due"), "{entry}");
    let due = date(entry, "due");
    let payable = due.and_then(|due| boleto.payable_value_near(reference, due));
    assert_eq!(payable, due.and(boleto.value()), "{entry}");
}

#[test]
fn br_codes_are_written_and_read_to_the_byte() {
    let file = vectors("brcode");
    assert_eq!(lists(&file), ["normalisation", "parse_only", "vectors"]);
    for entry in entries(&file, "vectors", 21) {
        let code = built(&entry["fields"]);
        assert_eq!(code.payload().as_deref(), Ok(text(entry, "payload")), "{entry}");
        assert_eq!(BrCode::parse(text(entry, "payload")), Ok(code.clone()), "{entry}");
        let kind = match text(entry, "type") {
            "static" => BrCodeKind::Static,
            "dynamic" => BrCodeKind::Dynamic,
            _ => BrCodeKind::Composite,
        };
        assert_eq!(code.kind(), kind, "{entry}");
    }
    for entry in entries(&file, "parse_only", 1) {
        let code = BrCode::parse(text(entry, "payload")).unwrap();
        assert_eq!(code.amount, Some(Money::from_cents(12345)));
        assert_eq!((code.name.as_str(), code.city.as_str()), ("NOME DO RECEBEDOR", "BRASILIA"));
        assert_eq!((code.postal_code.as_deref(), code.txid.as_deref()), (Some("70074900"), Some("RP12345678-2019")));
        assert!(code.payload().is_err(), "a hyphen in the txid is read, never written");
    }
    for entry in entries(&file, "normalisation", 6) {
        let most = usize::try_from(entry["max"].as_u64().unwrap()).unwrap();
        assert_eq!(fold(text(entry, "input"), most), text(entry, "output"));
    }
}

fn built(fields: &Value) -> BrCode {
    let known = ["key", "url", "name", "city", "amount", "txid", "info", "pim", "mcc", "rec_url"];
    assert!(fields.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{fields}");
    let owned = |key: &str| fields[key].as_str().map(str::to_owned);
    let target = match owned("url") {
        Some(location) => Target::Location(location),
        None => Target::Key { key: owned("key").unwrap(), info: owned("info"), cash_ispb: None },
    };
    BrCode {
        target,
        recurrence: owned("rec_url"),
        initiation: owned("pim").map(|_| Initiation::SingleUse),
        category: owned("mcc").map_or(0, |category| category.parse().unwrap()),
        amount: owned("amount").map(|amount| Money::from_decimal_exact(&amount).unwrap()),
        txid: owned("txid"),
        ..BrCode::to_key("", text(fields, "name"), text(fields, "city"))
    }
}

#[test]
fn br_codes_that_nobody_should_pay_are_refused() {
    let file = vectors("brcode_bad");
    assert_eq!(lists(&file), ["accept", "bad"]);
    // the manual leaves these open; a totem shows no code for nothing and none that leads nowhere
    let refused_though_open = ["amount-zero", "url-no-path"];
    let mut tolerated = 0;
    for entry in entries(&file, "bad", 27) {
        let read = BrCode::parse(text(entry, "payload"));
        if entry["must_reject"] == true || refused_though_open.contains(&text(entry, "id")) {
            assert!(read.is_err(), "{entry}");
        } else {
            let code = read.unwrap_or_else(|error| panic!("{error}: {entry}"));
            assert!(code.payload().is_err(), "read, but never written: {entry}");
            tolerated += 1;
        }
    }
    assert_eq!(tolerated, 4);
    for entry in entries(&file, "accept", 2) {
        assert!(BrCode::parse(text(entry, "payload")).is_ok(), "{entry}");
    }
}

#[test]
fn tax_ids() {
    let file = vectors("cpf_cnpj");
    assert_eq!(lists(&file), ["detect", "vectors", "worked_example"]);
    for entry in entries(&file, "vectors", 42) {
        let read = TaxId::parse(text(entry, "input"));
        assert_eq!(read.is_ok(), entry["valid"] == true, "{entry}");
        let Ok(id) = read else { continue };
        assert_eq!(id.plain(), text(entry, "normalized"));
        assert_eq!(id.kind() == TaxIdKind::Cpf, entry["kind"] == "cpf");
        assert_eq!(id.masked(), hidden(text(entry, "masked")), "{entry}");
        assert_eq!(TaxId::parse(text(entry, "masked")), Ok(id));
    }
    for entry in entries(&file, "detect", 4) {
        let kind = TaxId::parse(text(entry, "input")).ok().map(|id| id.kind());
        let expected = match text(entry, "as_") {
            "cpf" => Some(TaxIdKind::Cpf),
            "cnpj" => Some(TaxIdKind::Cnpj),
            _ => None,
        };
        assert_eq!(kind, expected, "{entry}");
    }
    let example = &file["worked_example"];
    let whole = format!("{}{}{}", text(example, "base"), example["dv1"], example["dv2"]);
    assert!(TaxId::parse(&whole).is_ok());
}

/// Stars for all but the last four characters that count.
fn hidden(formatted: &str) -> String {
    let mut left = 4;
    let mut shown: Vec<char> = formatted.chars().collect();
    for c in shown.iter_mut().rev().filter(|c| c.is_ascii_alphanumeric()) {
        if left == 0 {
            *c = '*';
        } else {
            left -= 1;
        }
    }
    shown.into_iter().collect()
}

#[test]
fn money() {
    let file = vectors("money_dates");
    for entry in entries(&file, "money_text", 5) {
        assert_eq!(Money::parse_text(text(entry, "input")).ok(), cents(entry, "cents"), "{entry}");
    }
    for entry in entries(&file, "money_number", 5) {
        let number = entry["input"].to_string();
        assert_eq!(Money::from_decimal_exact(&number).ok(), cents(entry, "cents"), "{entry}");
        assert!(Money::from_decimal_rounded(&number).is_ok(), "{entry}");
    }
    for entry in entries(&file, "money_bad", 7) {
        assert!(Money::parse_text(text(entry, "input")).is_err(), "{entry}");
    }
    for entry in entries(&file, "format", 8) {
        assert_eq!(cents(entry, "cents").unwrap().to_string(), text(entry, "pt_br"));
    }
}

#[test]
fn dates() {
    let file = vectors("money_dates");
    assert_eq!(lists(&file).len(), 10);
    for entry in entries(&file, "dates", 5) {
        assert_eq!(parse_date(text(entry, "input")), Ok(date(entry, "date")), "{entry}");
    }
    for entry in entries(&file, "dates_bad", 4) {
        assert!(parse_date(text(entry, "input")).is_err(), "{entry}");
    }
    for entry in entries(&file, "instants", 3) {
        let millis = entry["input"].as_i64().unwrap();
        let day = date(entry, "date_sao_paulo");
        assert_eq!(date_of_epoch_ms(millis).ok(), day, "{entry}");
        assert_eq!(parse_date(&millis.to_string()), Ok(day), "{entry}");
        let instant: Timestamp = text(entry, "utc").parse().unwrap();
        assert_eq!(Some(sao_paulo_date(instant)), day, "{entry}");
    }
}

#[test]
fn bank_holidays_and_business_days() {
    let file = vectors("money_dates");
    let years = file["holidays"].as_object().unwrap();
    assert_eq!(years.len(), 7);
    for (year, holidays) in years {
        let listed: Vec<Date> = holidays.as_array().unwrap().iter().map(|entry| date(entry, "date").unwrap()).collect();
        let first: Date = format!("{year}-01-01").parse().unwrap();
        let closed: Vec<Date> = first
            .series(jiff::Span::new().days(1))
            .take_while(|day| day.year() == first.year())
            .filter(|day| is_bank_holiday(*day))
            .collect();
        assert_eq!(closed, listed, "{year}");
        assert!(listed.iter().all(|day| !is_business_day(*day)));
    }
    for entry in entries(&file, "business_days", 10) {
        let due = date(entry, "due").unwrap();
        let until = date(entry, "payable_without_charges_until").unwrap();
        assert_eq!(next_business_day(due), until, "{entry}");
        assert!(!is_overdue(due, until) && is_overdue(due, until.tomorrow().unwrap()), "{entry}");
        assert_eq!(due.strftime("%a").to_string(), text(entry, "weekday"));
    }
}

#[test]
fn charges_of_late_bills() {
    let file = vectors("money_dates");
    for entry in entries(&file, "charges", 4) {
        let [due, paid, effective] = ["due", "paid", "effective_due"].map(|key| date(entry, key).unwrap());
        let [value, fine, interest, total] =
            ["value", "multa", "juros", "total"].map(|key| Money::from_decimal_exact(text(entry, key)).unwrap());
        let untold = bill(due, value);
        let late = entry["days_late"] != 0;
        assert_eq!(u64::from(untold.overdue_days(paid)), entry["days_late"].as_u64().unwrap(), "{entry}");
        assert_eq!(is_overdue(due, paid), late, "{entry}");
        assert_eq!(next_business_day(due), effective, "{entry}");
        let told = Invoice { fine: Some(fine), interest: Some(interest), ..untold.clone() };
        assert_eq!(told.charge_due(paid).unwrap().total(), total, "{entry}");
        assert_eq!(untold.charge_due(paid).map(|charge| charge.total()), (!late).then_some(value), "{entry}");
    }
}

fn bill(due: Date, original: Money) -> Invoice {
    Invoice {
        id: "1".into(),
        number: String::new(),
        contracts: Vec::new(),
        description: String::new(),
        due,
        original,
        fine: None,
        interest: None,
        discount: None,
        updated: None,
        boleto: None,
        pix: None,
        direct_debit: false,
        identifier: None,
        receipt_heads: totem::domain::ReceiptHeads::default(),
    }
}
