//! Check digits of boletos. Texts are ASCII digits.

/// How the check digits of an arrecadação are made (position 3).
#[derive(Clone, Copy)]
pub(super) enum Modulus {
    Ten,
    Eleven,
}

impl Modulus {
    /// 6 and 7 stand for modulus 10, 8 and 9 for modulus 11.
    pub(super) fn of(value_kind: &str) -> Modulus {
        if matches!(value_kind, "8" | "9") { Modulus::Eleven } else { Modulus::Ten }
    }

    pub(super) fn check_digit(self, digits: &str) -> u32 {
        match self {
            Modulus::Ten => modulus_10(digits),
            // the layout of arrecadação knows a check digit 0, bank slips do not
            Modulus::Eleven => match modulus_11_rest(digits) {
                0 | 1 => 0,
                rest => 11 - rest,
            },
        }
    }
}

/// Weights 2, 1, 2, … from the right; the digits of each product are added.
pub(super) fn modulus_10(digits: &str) -> u32 {
    let sum: u32 = values(digits)
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|product| product / 10 + product % 10)
        .sum();
    (10 - sum % 10) % 10
}

/// The general check digit of a bank slip, over the 43 other digits of the bars: 1 to 9.
pub(super) fn general(digits: &str) -> u32 {
    match modulus_11_rest(digits) {
        0 | 1 => 1,
        rest => 11 - rest,
    }
}

/// Weights 2 to 9 from the right, over and over.
fn modulus_11_rest(digits: &str) -> u32 {
    values(digits).zip((2..=9).cycle()).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
}

fn values(digits: &str) -> impl Iterator<Item = u32> {
    digits.bytes().rev().map(|byte| u32::from(byte & 0x0f))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_the_layout() {
        assert_eq!(Modulus::Ten.check_digit("01230067896"), 3);
        assert_eq!(Modulus::Eleven.check_digit("01230067896"), 0);
    }
}
