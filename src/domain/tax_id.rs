//! CPF and CNPJ (also with letters, IN RFB 2.229/2024).

use std::fmt;

/// A CPF or CNPJ whose check digits are right. `Debug` and `masked` never show it whole.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxId(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaxIdKind {
    Cpf,
    Cnpj,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaxIdError {
    #[error("a CPF has 11 characters and a CNPJ 14")]
    Length,
    #[error("only digits, and letters in a CNPJ's first twelve places")]
    Character,
    #[error("all digits are the same")]
    Repeated,
    #[error("the check digits are wrong")]
    CheckDigits,
}

const CPF_LENGTH: usize = 11;
const CNPJ_LENGTH: usize = 14;

impl TaxId {
    /// Reads a CPF or CNPJ with or without its punctuation (`.`, `-`, `/` and blanks, between characters only).
    /// Other characters are refused, not dropped.
    pub fn parse(text: &str) -> Result<TaxId, TaxIdError> {
        let text = text.trim();
        let punctuation = |c: char| matches!(c, '.' | '-' | '/') || c.is_whitespace();
        if text.starts_with(punctuation) || text.ends_with(punctuation) {
            return Err(TaxIdError::Character);
        }
        let plain: String = text.chars().filter(|c| !punctuation(*c)).map(|c| c.to_ascii_uppercase()).collect();
        let allowed: fn(usize, char) -> bool = match plain.chars().count() {
            CPF_LENGTH => |_, c| c.is_ascii_digit(),
            CNPJ_LENGTH => |place, c| c.is_ascii_digit() || (place < CNPJ_LENGTH - 2 && c.is_ascii_uppercase()),
            _ => return Err(TaxIdError::Length),
        };
        if !plain.chars().enumerate().all(|(place, c)| allowed(place, c)) {
            return Err(TaxIdError::Character);
        }
        let mut values = plain.bytes();
        let first = values.next();
        if values.all(|byte| Some(byte) == first) {
            return Err(TaxIdError::Repeated);
        }
        if check_digits_hold(&plain) { Ok(TaxId(plain)) } else { Err(TaxIdError::CheckDigits) }
    }

    /// Reads a CPF or CNPJ that was sent as a number and so lost its leading zeros: as a CPF where it can be one.
    pub fn from_number(number: u64) -> Result<TaxId, TaxIdError> {
        TaxId::parse(&format!("{number:0CPF_LENGTH$}"))
            .or_else(|as_cpf| TaxId::parse(&format!("{number:0CNPJ_LENGTH$}")).map_err(|_| as_cpf))
    }

    #[must_use]
    pub fn kind(&self) -> TaxIdKind {
        if self.0.len() == CPF_LENGTH { TaxIdKind::Cpf } else { TaxIdKind::Cnpj }
    }

    /// The characters without punctuation. For the wire only.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.0
    }

    /// The last four characters, for a receipt and the journal.
    #[must_use]
    pub fn tail(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(4)..).unwrap_or_default()
    }

    /// `***.***.*89-01`, `**.***.***/**01-35`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (before, check) = self.tail().split_at_checked(2).unwrap_or_default();
        match self.kind() {
            TaxIdKind::Cpf => format!("***.***.*{before}-{check}"),
            TaxIdKind::Cnpj => format!("**.***.***/**{before}-{check}"),
        }
    }
}

impl fmt::Debug for TaxId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

/// Both check digits, of a CPF or a CNPJ: a letter counts as its ASCII code minus 48.
fn check_digits_hold(plain: &str) -> bool {
    let highest_weight = if plain.len() == CPF_LENGTH { 11 } else { 9 };
    let mut values: Vec<u32> = plain.bytes().map(|byte| u32::from(byte.saturating_sub(b'0'))).collect();
    let (Some(second), Some(first)) = (values.pop(), values.pop()) else {
        return false;
    };
    if check_digit(&values, highest_weight) != first {
        return false;
    }
    values.push(first);
    check_digit(&values, highest_weight) == second
}

/// Modulus 11 with weights from 2 upwards, counted from the right and starting again after the highest.
fn check_digit(values: &[u32], highest_weight: u32) -> u32 {
    let sum: u32 = values.iter().rev().zip((2..=highest_weight).cycle()).map(|(value, weight)| value * weight).sum();
    match sum % 11 {
        0 | 1 => 0,
        rest => 11 - rest,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mask_shows_the_last_four_characters() {
        let cpf = TaxId::parse("123.456.789-09").unwrap();
        assert_eq!((cpf.kind(), cpf.masked().as_str()), (TaxIdKind::Cpf, "***.***.*89-09"));
        let cnpj = TaxId::parse("12.abc.345/01de-35").unwrap();
        assert_eq!((cnpj.kind(), cnpj.masked().as_str()), (TaxIdKind::Cnpj, "**.***.***/**DE-35"));
        assert_eq!((cnpj.plain(), format!("{cnpj:?}")), ("12ABC34501DE35", cnpj.masked()));
    }

    #[test]
    fn each_refusal_says_why() {
        for (text, error) in [
            ("", TaxIdError::Length),
            ("529982247", TaxIdError::Length),
            ("191", TaxIdError::Length),
            ("-52998224725", TaxIdError::Character),
            ("52998224725-", TaxIdError::Character),
            ("529_982_247_25", TaxIdError::Character),
            ("5299822472A", TaxIdError::Character),
            ("12ABC34501DEA5", TaxIdError::Character),
            ("１２３４５６７８９０９", TaxIdError::Character),
            ("11111111111", TaxIdError::Repeated),
            ("111.111.111-11", TaxIdError::Repeated),
            ("99999999999999", TaxIdError::Repeated),
            ("52998224726", TaxIdError::CheckDigits),
        ] {
            assert_eq!(TaxId::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn a_number_gets_its_leading_zeros_back() {
        assert_eq!(TaxId::from_number(191).unwrap().plain(), "00000000191");
        assert_eq!(TaxId::from_number(11_222_333_000_181).unwrap().plain(), "11222333000181");
        assert_eq!(TaxId::from_number(192), Err(TaxIdError::CheckDigits));
        assert_eq!(TaxId::from_number(u64::MAX), Err(TaxIdError::Length));
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[-0-9A-Za-z./ ]{0,20}") {
            let _ = TaxId::parse(&text);
            let _ = TaxId::parse(&near);
        }

        #[test]
        fn nine_digits_have_exactly_one_pair_of_check_digits(base in "[0-9]{9}") {
            prop_assume!(base.bytes().any(|digit| Some(&digit) != base.as_bytes().first()));
            let valid = (0..100).filter(|check| TaxId::parse(&format!("{base}{check:02}")).is_ok()).count();
            prop_assert_eq!(valid, 1);
        }

        #[test]
        fn punctuation_changes_nothing(base in "[0-9A-Z]{12}") {
            let valid = (0..100).find_map(|check| TaxId::parse(&format!("{base}{check:02}")).ok()).unwrap();
            let p = valid.plain();
            let text = format!("{}.{}.{}/{}-{}", &p[..2], &p[2..5], &p[5..8], &p[8..12], &p[12..]);
            prop_assert_eq!(TaxId::parse(&text.to_lowercase()), Ok(valid));
        }
    }
}
