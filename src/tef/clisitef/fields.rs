//! The fields of the library that the totem reads. The text of any other stays in the library's process.

/// Whether the process that holds the library may tell the field's text.
pub(super) fn is_told(field: i32) -> bool {
    TOLD.contains(&field)
}

pub(super) const MODALITY: i32 = 100;
pub(super) const DATE_TIME: i32 = 105;
pub(super) const WALLET: i32 = 107;
pub(super) const CUSTOMER_COPY: i32 = 121;
pub(super) const MERCHANT_COPY: i32 = 122;
pub(super) const CHANGE: i32 = 130;
pub(super) const BRAND: i32 = 132;
pub(super) const SITEF_NSU: i32 = 133;
pub(super) const HOST_NSU: i32 = 134;
pub(super) const AUTHORIZATION: i32 = 135;
pub(super) const INSTITUTION: i32 = 156;
pub(super) const PENDING_DOCUMENT: i32 = 160;
pub(super) const PENDING_DATE: i32 = 163;
pub(super) const PENDING_TIME: i32 = 164;
pub(super) const PENDING_COUNT: i32 = 210;
pub(super) const PENDING_FUNCTION: i32 = 211;
pub(super) const SUPERVISOR: i32 = 500;
pub(super) const MONEY_WANTED: i32 = 504;
pub(super) const INSTALMENTS: i32 = 505;
pub(super) const CODE: i32 = 584;
pub(super) const LAST4: i32 = 1190;
pub(super) const PENDING_AMOUNT: i32 = 1319;
pub(super) const HOST_RESPONSE: i32 = 2010;
pub(super) const DISCOUNT: i32 = 4029;
pub(super) const COMMUNICATION_ERROR: i32 = 4100;

/// Events, told by their number alone.
pub(super) const WAITING_FOR_CARD: [i32; 2] = [5000, 5017];
pub(super) const CONNECTING: [i32; 2] = [5007, 5008];
pub(super) const CONFIRM_CANCEL: i32 = 5013;
pub(super) const WAITING_FOR_PIN: [i32; 2] = [5001, 5018];
pub(super) const CHIP: i32 = 5019;
pub(super) const SIGNATURE: i32 = 5074;

const TOLD: [i32; 23] = [
    MODALITY,
    DATE_TIME,
    WALLET,
    CUSTOMER_COPY,
    MERCHANT_COPY,
    CHANGE,
    BRAND,
    SITEF_NSU,
    HOST_NSU,
    AUTHORIZATION,
    INSTITUTION,
    PENDING_DOCUMENT,
    161,
    PENDING_DATE,
    PENDING_TIME,
    PENDING_COUNT,
    PENDING_FUNCTION,
    CODE,
    LAST4,
    PENDING_AMOUNT,
    HOST_RESPONSE,
    DISCOUNT,
    COMMUNICATION_ERROR,
];

/// Typed card, its expiry and its code; supervisor; documents; pre-dates; what is to be cancelled or printed again.
pub(super) fn is_nobodys_here(field: i32) -> bool {
    matches!(field, SUPERVISOR | 501 | 502 | 506 | 511..=516 | 150..=153 | 1002 | 1003 | 2015)
}

/// A text with every number that may be a card's reduced to its last four digits: thirteen to nineteen digits that
/// begin and check as cards' do.
pub(super) fn masked(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars().chain(['\0']) {
        if letter.is_ascii_digit() {
            run.push(letter);
            continue;
        }
        if is_card_number(&run) {
            let (hidden, last) = run.split_at(run.len() - 4);
            shown.extend(hidden.chars().map(|_| '*'));
            shown.push_str(last);
        } else {
            shown.push_str(&run);
        }
        run.clear();
        if letter != '\0' {
            shown.push(letter);
        }
    }
    shown
}

fn is_card_number(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0') << (place % 2);
            digit / 10 + digit % 10
        })
        .sum();
    (13..=19).contains(&digits.len()) && digits.starts_with(['3', '4', '5', '6']) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_in_a_text_keeps_only_its_last_four_digits() {
        assert_eq!(masked("CARTAO 4111111111111111 OK"), "CARTAO ************1111 OK");
        assert_eq!(masked("4111111111111111=2912"), "************1111=2912");
        assert_eq!(masked("NSU 411111111111111 EC 000012345678901"), "NSU 411111111111111 EC 000012345678901");
        assert_eq!(masked("R$ 89,90\nAUT 123456"), "R$ 89,90\nAUT 123456");
    }

    #[test]
    fn what_a_card_says_is_told_by_no_field() {
        for field in [136, 150, 151, 152, 153, 512, 513, 514, 1002, 1003, 2015, -1, 0, 9999] {
            assert!(!is_told(field), "{field}");
        }
    }
}
