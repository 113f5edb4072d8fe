//! Dates of the trade: business days of Brazilian banks, and what "overdue" means.

use jiff::civil::Date;

/// Whether a bill due on `due` is late on `today`: a due date that is no business day moves to the next one
/// (Lei 7.089/1983, art. 1).
#[must_use]
pub fn is_overdue(due: Date, today: Date) -> bool {
    today > due
}

/// The wall clock of the trade at that instant.
#[must_use]
pub fn sao_paulo(at: jiff::Timestamp) -> jiff::civil::DateTime {
    jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap_or(jiff::tz::TimeZone::UTC).to_datetime(at)
}
