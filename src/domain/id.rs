//! Names that others gave: the ERP's ids are text, because one ERP sends numbers and another sends UUIDs.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id! {
    /// The ERP's own id of a customer.
    CustomerId
}
text_id! {
    /// The ERP's own id of a contract.
    ContractId
}
text_id! {
    /// The ERP's own id of a bill.
    InvoiceId
}

/// What an ERP needs to find one bill again, also after a restart: no CPF is kept for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BillRef {
    pub customer: CustomerId,
    pub invoice: InvoiceId,
}

/// Our own number of a payment: date and running number as one integer (`2611220001`), never given twice.
///
/// It is the protocol the customer reads, the TEF's fiscal document number (field 002, up to 12 digits) and the
/// root of every other id that is sent outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PaymentId(pub u64);

impl PaymentId {
    /// The number that follows `last`, on or after the given day.
    #[must_use]
    pub fn after(last: Option<PaymentId>, day: jiff::civil::Date) -> PaymentId {
        let (year, month, date) = (day.year() % 100, day.month(), day.day());
        let number = |part: i64| u64::try_from(part).unwrap_or(0);
        let first = ((number(year.into()) * 100 + number(month.into())) * 100 + number(date.into())) * 10_000 + 1;
        PaymentId(last.map_or(first, |last| first.max(last.0 + 1)))
    }

    /// The number of a protocol as it is printed (`261122-0001`) or spoken (`2611220001`).
    #[must_use]
    pub fn parse(protocol: &str) -> Option<PaymentId> {
        let protocol = protocol.trim();
        let (day, number) = match protocol.split_once('-') {
            Some(parts) => parts,
            None => protocol.split_at_checked(protocol.len().checked_sub(4)?)?,
        };
        let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
        let shaped = (5..=12).contains(&day.len()) && number.len() == 4 && digits(day) && digits(number);
        shaped.then(|| format!("{day}{number}").parse().ok()).flatten().map(PaymentId)
    }

    /// As the customer and the technician read it: `261122-0001`.
    #[must_use]
    pub fn protocol(self) -> String {
        format!("{:06}-{:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

impl fmt::Display for PaymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.protocol())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_number_is_never_given_twice() {
        let first = PaymentId::after(None, date(2026, 11, 22));
        assert_eq!(first.protocol(), "261122-0001");
        assert_eq!(PaymentId::after(Some(first), date(2026, 11, 22)).protocol(), "261122-0002");
        assert_eq!(PaymentId::after(Some(first), date(2026, 11, 23)).protocol(), "261123-0001");
        // a clock that jumped back does not bring old numbers back
        assert_eq!(PaymentId::after(Some(first), date(2020, 1, 1)).protocol(), "261122-0002");
    }

    #[test]
    fn a_protocol_is_read_as_it_is_printed_and_as_it_is_spoken() {
        for text in ["261122-0001", "2611220001", " 261122-0001\n"] {
            assert_eq!(PaymentId::parse(text), Some(PaymentId(2_611_220_001)), "{text:?}");
        }
        for text in ["", "-", "1", "0001", "261122-001", "261122-00011", "2611-22-0001", "26112x-0001", "261122-000é"]
        {
            assert_eq!(PaymentId::parse(text), None, "{text:?}");
        }
        let first = PaymentId::after(None, date(2001, 2, 3));
        assert_eq!(PaymentId::parse(&first.protocol()), Some(first));
    }
}
