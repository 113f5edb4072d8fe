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
/// Of the sale that is given back.
pub(super) const AMOUNT_OF_SALE: i32 = 146;
pub(super) const DATE_OF_SALE: i32 = 515;
pub(super) const NUMBER_OF_SALE: i32 = 516;
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

/// What only a card says, or its holder's secret: nobody types it here, not even a technician.
pub(super) fn is_of_a_card(field: i32) -> bool {
    matches!(field, 512..=514 | 150..=153 | 1002 | 1003 | 2015)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_card_says_is_told_by_no_field() {
        for field in [136, 150, 151, 152, 153, 512, 513, 514, 1002, 1003, 2015, -1, 0, 9999] {
            assert!(!is_told(field), "{field}");
        }
    }
}
