//! The stand-in's boletos: a linha digitável by the FEBRABAN layout, made by a generator of its own.

use jiff::civil::{Date, date};

/// Day zero of the due-date factor.
const DAY_ZERO: Date = date(1997, 10, 7);

/// The 47 digits with the usual points and blanks, for a slip of bank 756 with that value and due date.
#[must_use]
pub fn line(bill: i64, cents: i64, due: Date) -> String {
    let free = format!("1{:04}{:02}{:07}{:08}{:03}", 9999, 1, 1_234_567, bill.rem_euclid(100_000_000), 1);
    let tail = format!("{:04}{:010}", factor(due), cents.rem_euclid(10_000_000_000));
    let check = general_check(&format!("7569{tail}{free}"));
    let (first, rest) = free.split_at(5);
    let (second, third) = rest.split_at(10);
    let fields: Vec<String> = [format!("7569{first}"), second.to_owned(), third.to_owned()]
        .iter()
        .map(|field| {
            let (left, right) = field.split_at(5);
            format!("{left}.{right}{}", field_check(field))
        })
        .collect();
    format!("{} {check} {tail}", fields.join(" "))
}

/// Days since 1997-10-07; 9999 (2025-02-21) is followed by 1000.
fn factor(due: Date) -> i32 {
    let days = (due - DAY_ZERO).get_days();
    (days - 1000).rem_euclid(9000) + 1000
}

fn digits(text: &str) -> impl DoubleEndedIterator<Item = u32> + '_ {
    text.chars().filter_map(|digit| digit.to_digit(10))
}

/// Modulus 10: weights 2, 1, 2, … from the right, the digits of each product added.
fn field_check(field: &str) -> u32 {
    let sum: u32 = digits(field)
        .rev()
        .zip([2, 1].iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .map(|it| it / 10 + it % 10)
        .sum();
    (10 - sum % 10) % 10
}

/// Modulus 11: weights 2 to 9 from the right over the 43 other digits; 0, 10 and 11 become 1.
fn general_check(rest: &str) -> u32 {
    let sum: u32 = digits(rest).rev().zip((2..=9).cycle()).map(|(digit, weight)| digit * weight).sum();
    match 11 - sum % 11 {
        10 | 11 => 1,
        check => check,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slips_of_the_documents_have_the_check_digits_this_generator_gives_them() {
        for (field, check) in
            [("756913166", 2), ("0100672610", 1), ("2721000001", 7), ("033993147", 9), ("5658020101", 2)]
        {
            assert_eq!(field_check(field), check, "{field}");
        }
        for (rest, check) in [
            ("7569733800000010001316601006726102721000001", 7),
            ("7569821700000012321316601006726102745542001", 8),
            ("0339715500000181709314764900000235658020101", 8),
        ] {
            assert_eq!(general_check(rest), check, "{rest}");
        }
    }

    #[test]
    fn the_due_date_factor_starts_again_after_9999() {
        for (due, expected) in [
            (date(2000, 7, 3), 1000),
            (date(2025, 2, 21), 9999),
            (date(2025, 2, 22), 1000),
            (date(2026, 11, 22), 1638),
            (date(2017, 11, 9), 7338),
        ] {
            assert_eq!(factor(due), expected, "{due}");
        }
    }
}
