//! From a linha digitável or the digits of the bars to 44 digits whose check digits all hold.

use super::check::{self, Modulus};
use super::{ISPB_ONLY, Segment};

/// Why a text is no boleto.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BoletoError {
    #[error("only digits, points, hyphens and blanks belong in a boleto")]
    Character,
    #[error("a line has 47 digits, or 48 where it begins with 8, and a bar code 44: these are {0}")]
    Length(usize),
    /// Counted from 1, as printed.
    #[error("the check digit of field {0} is wrong")]
    Field(usize),
    #[error("the general check digit is wrong")]
    General,
    #[error("the currency is not real")]
    Currency,
    /// Also what a value above R$ 99.999.999,99 would look like that spills over into the factor's place.
    #[error("there is no due-date factor from 0001 to 0999")]
    Factor,
    #[error("no such segment of arrecadação")]
    Segment,
    #[error("no such kind of value in an arrecadação")]
    ValueKind,
}

pub(super) fn barcode(text: &str) -> Result<String, BoletoError> {
    let digits = digits(text)?;
    match (digits.starts_with('8'), digits.len()) {
        (true, 48) => utility_bars(&digits),
        (false, 47) => slip_bars(&digits),
        (true, 44) => checked_utility(digits),
        (false, 44) => checked_slip(digits),
        (_, length) => Err(BoletoError::Length(length)),
    }
}

fn digits(text: &str) -> Result<String, BoletoError> {
    let text = text.trim();
    if text.starts_with(['.', '-']) || text.ends_with(['.', '-']) {
        return Err(BoletoError::Character);
    }
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { Ok(digits) } else { Err(BoletoError::Character) }
}

fn part(digits: &str, from: usize, to: usize) -> &str {
    digits.get(from..to).unwrap_or_default()
}

/// Whether the last digit is the check digit of those before it.
fn ends_in_check(field: &str, check: impl Fn(&str) -> u32) -> bool {
    let (body, given) = field.split_at_checked(field.len().saturating_sub(1)).unwrap_or_default();
    given == check(body).to_string()
}

fn slip_bars(line: &str) -> Result<String, BoletoError> {
    for (index, (from, to)) in [(0, 10), (10, 21), (21, 32)].into_iter().enumerate() {
        if !ends_in_check(part(line, from, to), check::modulus_10) {
            return Err(BoletoError::Field(index + 1));
        }
    }
    checked_slip(
        [(0, 4), (32, 33), (33, 47), (4, 9), (10, 20), (21, 31)].map(|(from, to)| part(line, from, to)).concat(),
    )
}

fn checked_slip(bars: String) -> Result<String, BoletoError> {
    let (bank, currency, factor) = (part(&bars, 0, 3), part(&bars, 3, 4), part(&bars, 5, 9));
    let currency_wanted = if bank == ISPB_ONLY { "0" } else { "9" };
    if currency != currency_wanted {
        return Err(BoletoError::Currency);
    }
    if !general_holds(&bars, 4, check::general) {
        return Err(BoletoError::General);
    }
    let undated = factor == "0000";
    if !undated && (bank == ISPB_ONLY || factor.starts_with('0')) {
        return Err(BoletoError::Factor);
    }
    Ok(bars)
}

fn utility_bars(line: &str) -> Result<String, BoletoError> {
    let modulus = utility_modulus(line)?;
    let blocks = [(0, 12), (12, 24), (24, 36), (36, 48)].map(|(from, to)| part(line, from, to));
    for (index, block) in blocks.into_iter().enumerate() {
        if !ends_in_check(block, |digits| modulus.check_digit(digits)) {
            return Err(BoletoError::Field(index + 1));
        }
    }
    checked_utility(blocks.map(|block| part(block, 0, 11)).concat())
}

fn checked_utility(bars: String) -> Result<String, BoletoError> {
    let modulus = utility_modulus(&bars)?;
    if general_holds(&bars, 3, |digits| modulus.check_digit(digits)) { Ok(bars) } else { Err(BoletoError::General) }
}

fn utility_modulus(digits: &str) -> Result<Modulus, BoletoError> {
    let mut kinds = digits.chars().skip(1);
    kinds.next().and_then(Segment::of).ok_or(BoletoError::Segment)?;
    match part(digits, 2, 3) {
        kind @ ("6" | "7" | "8" | "9") => Ok(Modulus::of(kind)),
        _ => Err(BoletoError::ValueKind),
    }
}

fn general_holds(bars: &str, place: usize, check: impl Fn(&str) -> u32) -> bool {
    let others = format!("{}{}", part(bars, 0, place), part(bars, place + 1, bars.len()));
    part(bars, place, place + 1) == check(&others).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARS: &str = "75697733800000010001316601006726102721000001";

    #[test]
    fn each_refusal_says_why() {
        let replaced = |from: usize, to: usize, with: &str| format!("{}{with}{}", &BARS[..from], &BARS[to..]);
        for (text, error) in [
            (String::new(), BoletoError::Length(0)),
            (BARS[1..].to_owned(), BoletoError::Length(43)),
            (format!("{BARS} Pague até 10/11"), BoletoError::Character),
            (format!("-{BARS}"), BoletoError::Character),
            (replaced(3, 4, "8"), BoletoError::Currency),
            (replaced(0, 3, "988"), BoletoError::Currency),
            (replaced(18, 19, "1"), BoletoError::General),
            ("75691316620100672610127210000018773380000001000".to_owned(), BoletoError::Field(3)),
            ("88660000000650006639218397534685206758421544".to_owned(), BoletoError::Segment),
            ("84500000000650006639218397534685206758421544".to_owned(), BoletoError::ValueKind),
        ] {
            assert_eq!(barcode(&text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_value_that_spills_into_the_factor_is_refused() {
        let body = "01230000001000131660100672610272100000";
        let digits = format!("7569{body}1");
        let bars = format!("7569{}{body}1", check::general(&digits));
        assert_eq!(checked_slip(bars), Err(BoletoError::Factor));
    }
}
