//! Dates of the trade: business days of Brazilian banks, and what "overdue" means.

use jiff::civil::Date;

/// Whether a bill due on `due` is late on `today`: a due date that is no business day moves to the next one
/// (Lei 7.089/1983, art. 1).
#[must_use]
pub fn is_overdue(due: Date, today: Date) -> bool {
    today > due
}
