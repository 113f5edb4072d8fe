//! Reads amounts: from text as people and ERPs write it, and from the text of a JSON number. Never through a float.

use super::{Money, MoneyError};

const MOST_CENTS: u64 = 999_999_999_999;
const MOST_DIGITS: i64 = 12;

impl Money {
    /// Reads `1234.56`, `1234,56`, `1.234,56`, `1,234.56`, `R$ 1.234,5` and `10`. Of two separators the last is the
    /// decimal one; a single separator with three digits behind it is refused, because it may be either.
    pub fn parse_text(text: &str) -> Result<Money, MoneyError> {
        let text = text.trim();
        let number = text.strip_prefix("R$").unwrap_or(text).trim_start();
        if [text, number].iter().any(|part| part.starts_with(['-', '\u{2212}'])) {
            return Err(MoneyError::Negative);
        }
        if number.is_empty() {
            return Err(MoneyError::Empty);
        }
        let separators: Vec<char> = number.chars().filter(|c| !c.is_ascii_digit()).collect();
        if separators.iter().any(|c| !matches!(c, '.' | ',')) {
            return Err(MoneyError::Shape);
        }
        match separators.as_slice() {
            [] => exact(number, ""),
            [only] => {
                let (whole, cents) = number.split_once(*only).ok_or(MoneyError::Shape)?;
                match (whole.len(), cents.len()) {
                    (_, 0) => Err(MoneyError::Shape),
                    (1..=3, 3) => Err(MoneyError::Ambiguous),
                    _ => exact(whole, cents),
                }
            }
            [thousands, .., last] if thousands == last => exact(&ungrouped(number, *thousands)?, ""),
            [thousands, .., last] => {
                let (whole, cents) = number.rsplit_once(*last).ok_or(MoneyError::Shape)?;
                if cents.is_empty() {
                    return Err(MoneyError::Shape);
                }
                exact(&ungrouped(whole, *thousands)?, cents)
            }
        }
    }

    /// Reads the text of a JSON number with at most two decimals; `1.005` is refused.
    pub fn from_decimal_exact(number: &str) -> Result<Money, MoneyError> {
        let decimal = Decimal::read(number)?;
        if decimal.exponent != 0 {
            return Err(MoneyError::Shape);
        }
        let money = exact(decimal.whole, decimal.fraction)?;
        if decimal.negative && !money.is_zero() { Err(MoneyError::Negative) } else { Ok(money) }
    }

    /// Reads the text of a JSON number and rounds half away from zero to cents: charges come as `6.3196`, and what a
    /// subtraction of floats left over as `2.8e-14`.
    pub fn from_decimal_rounded(number: &str) -> Result<Money, MoneyError> {
        let decimal = Decimal::read(number)?;
        let money = decimal.rounded()?;
        if decimal.negative && !money.is_zero() { Err(MoneyError::Negative) } else { Ok(money) }
    }
}

fn exact(whole: &str, fraction: &str) -> Result<Money, MoneyError> {
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(MoneyError::Shape);
    }
    if fraction.len() > 2 {
        return Err(MoneyError::Fraction);
    }
    let cents = format!("{whole}{fraction:0<2}").parse().map_err(|_| MoneyError::TooLarge)?;
    within_limit(cents)
}

fn within_limit(cents: u64) -> Result<Money, MoneyError> {
    if cents > MOST_CENTS { Err(MoneyError::TooLarge) } else { Ok(Money::from_cents(cents)) }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn ungrouped(whole: &str, thousands: char) -> Result<String, MoneyError> {
    let mut groups = whole.split(thousands);
    let first = groups.next().filter(|group| (1..=3).contains(&group.len())).ok_or(MoneyError::Shape)?;
    groups.try_fold(first.to_owned(), |digits, group| {
        if group.len() == 3 && all_digits(group) { Ok(digits + group) } else { Err(MoneyError::Shape) }
    })
}

/// The parts of a JSON number.
struct Decimal<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    exponent: i64,
}

impl<'a> Decimal<'a> {
    fn read(number: &'a str) -> Result<Decimal<'a>, MoneyError> {
        if number.is_empty() {
            return Err(MoneyError::Empty);
        }
        let (negative, number) = match number.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, number),
        };
        let (mantissa, exponent) = match number.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().map_err(|_| MoneyError::Shape)?),
            None => (number, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return Err(MoneyError::Shape),
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return Err(MoneyError::Shape);
        }
        Ok(Decimal { negative, whole, fraction, exponent })
    }

    fn rounded(&self) -> Result<Money, MoneyError> {
        let digits = format!("{}{}", self.whole, self.fraction);
        let significant = digits.trim_start_matches('0');
        if significant.is_empty() {
            return Ok(Money::ZERO);
        }
        let size = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
        // how many of the significant digits are whole cents
        let kept = self.exponent.saturating_add(size(significant) - size(self.fraction) + 2);
        if kept > MOST_DIGITS {
            return Err(MoneyError::TooLarge);
        }
        let Ok(kept) = usize::try_from(kept) else {
            return Ok(Money::ZERO);
        };
        let digit = |at: usize| significant.as_bytes().get(at).map_or(0, |byte| u64::from(byte & 0x0f));
        let cents = (0..kept).fold(0, |cents, at| cents * 10 + digit(at));
        within_limit(cents + u64::from(digit(kept) >= 5))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_in_the_shapes_of_the_trade() {
        for (text, cents) in [
            ("119.9", 11990),
            ("119.90", 11990),
            ("R$ 1.234,56", 123_456),
            ("R$\u{a0}1.234,56", 123_456),
            ("R$1.234,5", 123_450),
            ("1234,56", 123_456),
            ("1,234.56", 123_456),
            ("1.234.567,89", 123_456_789),
            ("1.234.567", 123_456_700),
            (" 10 ", 1000),
            ("9999999999,99", MOST_CENTS),
        ] {
            assert_eq!(Money::parse_text(text), Ok(Money::from_cents(cents)), "{text}");
        }
    }

    #[test]
    fn a_text_that_may_mean_two_amounts_is_none() {
        for (text, error) in [
            ("1.234", MoneyError::Ambiguous),
            ("12,345", MoneyError::Ambiguous),
            ("1.005", MoneyError::Ambiguous),
            ("1234.567", MoneyError::Fraction),
            ("1.234,567", MoneyError::Fraction),
            ("12.34,56", MoneyError::Shape),
            ("1.2.3,4", MoneyError::Shape),
            ("1.234,56,78", MoneyError::Shape),
            ("10,", MoneyError::Shape),
            (",50", MoneyError::Shape),
            ("10 20", MoneyError::Shape),
            ("+10", MoneyError::Shape),
            ("R$ -1,00", MoneyError::Negative),
            ("-R$ 1,00", MoneyError::Negative),
            ("10000000000", MoneyError::TooLarge),
            ("99999999999999999999999", MoneyError::TooLarge),
        ] {
            assert_eq!(Money::parse_text(text), Err(error), "{text}");
        }
    }

    #[test]
    fn charges_with_many_decimals_round_half_away_from_zero() {
        for (number, cents) in [
            ("6.3196", 632),
            ("14.745733333333336", 1475),
            ("1.005", 101),
            ("1.004999", 100),
            ("0.995", 100),
            ("0.005", 1),
            ("0.0049", 0),
            ("1.0E2", 10000),
            ("1e-2", 1),
            ("5e-3", 1),
            ("2.842170943040401e-14", 0),
            ("-2.8e-14", 0),
            ("-0.0", 0),
            ("0e99", 0),
            ("119.9", 11990),
            ("9999999999.99", MOST_CENTS),
        ] {
            assert_eq!(Money::from_decimal_rounded(number), Ok(Money::from_cents(cents)), "{number}");
        }
        for (number, error) in [
            ("-0.01", MoneyError::Negative),
            ("9999999999.995", MoneyError::TooLarge),
            ("1e999999999999999999", MoneyError::TooLarge),
            ("1e9999999999999999999", MoneyError::Shape),
            ("", MoneyError::Empty),
            ("1.", MoneyError::Shape),
            (".5", MoneyError::Shape),
            ("NaN", MoneyError::Shape),
            ("1,5", MoneyError::Shape),
        ] {
            assert_eq!(Money::from_decimal_rounded(number), Err(error), "{number}");
        }
    }

    #[test]
    fn an_exact_amount_has_two_decimals_at_most() {
        assert_eq!(Money::from_decimal_exact("119.9"), Ok(Money::from_cents(11990)));
        assert_eq!(Money::from_decimal_exact("1.005"), Err(MoneyError::Fraction));
        assert_eq!(Money::from_decimal_exact("1e3"), Err(MoneyError::Shape));
        assert_eq!(Money::from_decimal_exact("-1"), Err(MoneyError::Negative));
    }

    proptest! {
        #[test]
        fn an_amount_reads_back_as_it_was_written(cents in 0..=MOST_CENTS) {
            let money = Money::from_cents(cents);
            prop_assert_eq!(Money::parse_text(&money.to_string()), Ok(money));
            prop_assert_eq!(Money::parse_text(&money.to_decimal()), Ok(money));
            prop_assert_eq!(Money::from_decimal_exact(&money.to_decimal()), Ok(money));
            prop_assert_eq!(Money::from_decimal_rounded(&money.to_decimal()), Ok(money));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[-R$ 0-9.,eE+]{0,24}") {
            for text in [text, near] {
                let _ = Money::parse_text(&text);
                let _ = Money::from_decimal_exact(&text);
                let _ = Money::from_decimal_rounded(&text);
            }
        }
    }
}
