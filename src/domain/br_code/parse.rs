//! Reads a BR Code. A flaw that makes it unpayable or ambiguous is an error; one that payers live with is not.

use super::crc::crc16;
use super::tlv::Objects;
use super::{BrCode, BrCodeError, Flaw, GUI, Initiation, LONGEST, LONGEST_AMOUNT, NO_TXID, REAL, Target, rule};
use crate::domain::Money;

impl BrCode {
    /// Reads a copia-e-cola. Blanks around it are no part of it.
    pub fn parse(text: &str) -> Result<BrCode, BrCodeError> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(Flaw::TooLong(LONGEST).of("00"));
        }
        let top = Objects::read(text, "")?;
        checked_ends(text, &top)?;
        let initiation = match top.get("01") {
            None => None,
            Some("11") => Some(Initiation::Reusable),
            Some("12") => Some(Initiation::SingleUse),
            Some(_) => return Err(top.flaw("01", Flaw::Value("is neither 11 nor 12"))),
        };
        let target = target(&top)?;
        let recurrence = recurrence(&top)?;
        if let (Target::Location(location), Some((number, recurrence))) = (&target, &recurrence) {
            rule::same_host(location, recurrence).map_err(|flaw| flaw.of(&format!("{number}-25")))?;
        }
        expect(&top, "53", |value| value == REAL, "the currency is not 986, the real")?;
        expect(&top, "58", |value| value == "BR", "the country is not BR")?;
        Ok(BrCode {
            amount: amount(&top, &target)?,
            target,
            recurrence: recurrence.map(|(_, location)| location.to_owned()),
            initiation,
            category: category(&top)?,
            name: line_of_text(&top, "59")?,
            city: line_of_text(&top, "60")?,
            postal_code: top.get("61").map(str::to_owned),
            txid: txid(&top)?,
        })
    }
}

/// The code begins with its version and ends with its checksum.
fn checked_ends(text: &str, top: &Objects<'_>) -> Result<(), BrCodeError> {
    match top.first() {
        Some(("00", "01")) => {}
        Some(("00", _)) => return Err(top.flaw("00", Flaw::Value("the version is not 01"))),
        Some(_) if top.get("00").is_some() => return Err(top.flaw("00", Flaw::Misplaced)),
        _ => return Err(top.flaw("00", Flaw::Missing)),
    }
    let given = top.need("63")?;
    if top.last() != Some(("63", given)) {
        return Err(top.flaw("63", Flaw::Misplaced));
    }
    let covered = text.as_bytes().get(..text.len() - given.len()).unwrap_or_default();
    if given.eq_ignore_ascii_case(&format!("{:04X}", crc16(covered))) {
        Ok(())
    } else {
        Err(top.flaw("63", Flaw::Checksum))
    }
}

fn expect(
    objects: &Objects<'_>,
    number: &str,
    holds: impl Fn(&str) -> bool,
    otherwise: &'static str,
) -> Result<(), BrCodeError> {
    let value = objects.need(number)?;
    if holds(value) { Ok(()) } else { Err(objects.flaw(number, Flaw::Value(otherwise))) }
}

fn is_pix(template: &Objects<'_>) -> bool {
    template.get("00").is_some_and(|gui| gui.eq_ignore_ascii_case(GUI))
}

/// The one PIX template among 26 to 51; others belong to other arrangements.
fn target(top: &Objects<'_>) -> Result<Target, BrCodeError> {
    let mut pix = None;
    for (number, value) in top.between("26", "51") {
        let template = Objects::read(value, number)?;
        if is_pix(&template) && pix.replace(template).is_some() {
            return Err(top.flaw(number, Flaw::Repeated));
        }
    }
    let pix = pix.ok_or_else(|| top.flaw("26", Flaw::Missing))?;
    match (pix.get("01"), pix.get("25")) {
        (Some(key), None) => {
            rule::key(key).map_err(|flaw| pix.flaw("01", flaw))?;
            let text = |number| pix.get(number).map(str::to_owned);
            Ok(Target::Key { key: key.to_owned(), info: text("02"), cash_ispb: text("03") })
        }
        (None, Some(location)) => {
            rule::location(location).map_err(|flaw| pix.flaw("25", flaw))?;
            Ok(Target::Location(location.to_owned()))
        }
        (Some(_), Some(_)) => Err(pix.flaw("25", Flaw::Value("stands beside a key"))),
        (None, None) => Err(pix.flaw("01", Flaw::Missing)),
    }
}

/// The PIX template among 80 to 99, with its number. Templates of others may be of any shape.
fn recurrence<'a>(top: &Objects<'a>) -> Result<Option<(&'a str, &'a str)>, BrCodeError> {
    let mut found = None;
    for (number, value) in top.between("80", "99") {
        let Some(template) = Objects::read(value, number).ok().filter(is_pix) else {
            continue;
        };
        let location = template.need("25")?;
        rule::location(location).map_err(|flaw| template.flaw("25", flaw))?;
        if found.replace((number, location)).is_some() {
            return Err(top.flaw(number, Flaw::Repeated));
        }
    }
    Ok(found)
}

fn category(top: &Objects<'_>) -> Result<u16, BrCodeError> {
    let digits = top.need("52")?;
    let category = if digits.len() == 4 && all_digits(digits) { digits.parse().ok() } else { None };
    category.ok_or_else(|| top.flaw("52", Flaw::Value("the category is not four digits")))
}

fn amount(top: &Objects<'_>, target: &Target) -> Result<Option<Money>, BrCodeError> {
    let Some(text) = top.get("54") else {
        return Ok(None);
    };
    let amount = cents(text).ok_or_else(|| {
        top.flaw("54", Flaw::Value("the amount is not digits with at most two decimals after a point"))
    })?;
    match target {
        Target::Key { cash_ispb: None, .. } if amount.is_zero() => {
            Err(top.flaw("54", Flaw::Value("the amount is zero")))
        }
        _ => Ok(Some(amount)),
    }
}

fn cents(text: &str) -> Option<Money> {
    if text.len() > LONGEST_AMOUNT {
        return None;
    }
    let (whole, decimals) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    if whole.is_empty() || decimals.len() > 2 || !all_digits(whole) || !all_digits(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok().map(Money::from_cents)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn line_of_text(top: &Objects<'_>, number: &str) -> Result<String, BrCodeError> {
    let text = top.need(number)?;
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err(top.flaw(number, Flaw::Value("is blank or holds control characters")));
    }
    Ok(text.to_owned())
}

fn txid(top: &Objects<'_>) -> Result<Option<String>, BrCodeError> {
    let Some(value) = top.get("62") else {
        return Ok(None);
    };
    let additional = Objects::read(value, "62")?;
    match additional.get("05") {
        None | Some(NO_TXID) => Ok(None),
        Some(txid) if rule::printable(txid) => Ok(Some(txid.to_owned())),
        Some(_) => Err(additional.flaw("05", Flaw::Value("a txid has no blanks, accents or control characters"))),
    }
}
