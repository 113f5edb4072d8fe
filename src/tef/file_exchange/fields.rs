//! The fields of one file, in the order in which they stand in it.

use std::fmt;

use crate::tef::masking::wipe;

/// A field's number and its sequence: `713-002` is the second line of the customer's copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct FieldId(pub u16, pub u16);

impl FieldId {
    pub const COMMAND: FieldId = FieldId(0, 0);
    pub const REQUEST: FieldId = FieldId(1, 0);
    pub const COUPON: FieldId = FieldId(2, 0);
    pub const AMOUNT: FieldId = FieldId(3, 0);
    pub const CURRENCY: FieldId = FieldId(4, 0);
    pub const STATUS: FieldId = FieldId(9, 0);
    pub const NETWORK: FieldId = FieldId(10, 0);
    pub const NETWORK_BRAND: FieldId = FieldId(10, 3);
    pub const NETWORK_LAST4: FieldId = FieldId(10, 5);
    pub const KIND: FieldId = FieldId(11, 0);
    pub const NSU: FieldId = FieldId(12, 0);
    pub const AUTHORIZATION: FieldId = FieldId(13, 0);
    pub const INSTALMENTS: FieldId = FieldId(18, 0);
    pub const DATE: FieldId = FieldId(22, 0);
    pub const TIME: FieldId = FieldId(23, 0);
    pub const FINALIZATION: FieldId = FieldId(27, 0);
    pub const OPERATOR_MESSAGE: FieldId = FieldId(30, 0);
    pub const CUSTOMER_MESSAGE: FieldId = FieldId(31, 0);
    pub const CARD_NAME: FieldId = FieldId(40, 0);
    pub const CAPABILITIES: FieldId = FieldId(706, 0);
    pub const COMPANY: FieldId = FieldId(716, 0);
    pub const REQUESTED_AT: FieldId = FieldId(717, 0);
    pub const NEEDS_FINALIZATION: FieldId = FieldId(729, 0);
    pub const CARD_TYPE: FieldId = FieldId(731, 0);
    pub const FINANCING: FieldId = FieldId(732, 0);
    pub const INTERFACE_VERSION: FieldId = FieldId(733, 0);
    pub const APPLICATION: FieldId = FieldId(735, 0);
    pub const APPLICATION_VERSION: FieldId = FieldId(736, 0);
    pub const CERTIFICATION: FieldId = FieldId(738, 0);
    pub const MASKED_PAN: FieldId = FieldId(740, 0);
    pub const STANDARD_CARD_NAME: FieldId = FieldId(748, 0);
    pub const PAYMENT_MODE: FieldId = FieldId(749, 0);
    pub const TRAILER: FieldId = FieldId(999, 999);
}

impl fmt::Display for FieldId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}-{:03}", self.0, self.1)
    }
}

/// Values hold one `char` a byte (Latin-1), exactly as they stood. The trailer is no field: writing adds it.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Fields(Vec<(FieldId, String)>);

impl Fields {
    pub fn push(&mut self, id: FieldId, value: impl Into<String>) {
        self.0.push((id, value.into()));
    }

    #[must_use]
    pub fn with(mut self, id: FieldId, value: impl Into<String>) -> Fields {
        self.push(id, value);
        self
    }

    /// The first value of a field, verbatim.
    pub fn get(&self, id: FieldId) -> Option<&str> {
        self.0.iter().find(|(field, _)| *field == id).map(|(_, value)| value.as_str())
    }

    /// The value without the blanks around it, where something is left.
    pub fn text(&self, id: FieldId) -> Option<&str> {
        self.get(id).map(str::trim).filter(|value| !value.is_empty())
    }

    pub fn number(&self, id: FieldId) -> Option<u64> {
        self.text(id)?.parse().ok()
    }

    /// The lines `group-001` and on, by their sequence.
    pub fn lines(&self, group: u16) -> Vec<&str> {
        let mut lines: Vec<_> = self
            .iter()
            .filter(|(field, _)| field.0 == group && field.1 > 0)
            .map(|(field, value)| (field.1, value))
            .collect();
        lines.sort_by_key(|(sequence, _)| *sequence);
        lines.into_iter().map(|(_, value)| value).collect()
    }

    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &str)> {
        self.0.iter().map(|(field, value)| (*field, value.as_str()))
    }
}

/// An answer may carry a card's number in any field, read by us or not.
impl Drop for Fields {
    fn drop(&mut self) {
        for (_, value) in &mut self.0 {
            wipe(&mut std::mem::take(value).into_bytes());
        }
    }
}

/// Ids and lengths: an answer may carry a card's number in any field.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (field, value)) in self.iter().enumerate() {
            let blank = if index == 0 { "" } else { " " };
            write!(f, "{blank}{field}:{}", value.chars().count())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_of_an_answer_shows_ids_and_lengths_and_no_value() {
        let fields = Fields::default().with(FieldId::MASKED_PAN, "4174020000007578").with(FieldId(741, 0), "MARIA");
        assert_eq!(format!("{fields:?}"), "740-000:16 741-000:5");
    }

    #[test]
    fn receipt_lines_come_in_their_sequence_whatever_the_order_in_the_file() {
        let fields = Fields::default().with(FieldId(713, 2), "b").with(FieldId(712, 0), "2").with(FieldId(713, 1), "a");
        assert_eq!(fields.lines(713), ["a", "b"]);
    }
}
