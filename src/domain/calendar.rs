//! Dates of the trade: business days of Brazilian banks, what "overdue" means, and the clock of São Paulo.

mod read;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{self, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

pub use read::{DateError, date_of_epoch_ms, parse_date};

/// Moves instants with a clock that is set back by so much.
pub fn set_back<'a>(instants: impl IntoIterator<Item = &'a mut Timestamp>, by: SignedDuration) {
    for at in instants {
        *at = at.checked_sub(by).unwrap_or(*at);
    }
}

/// Whether a bill due on `due` is late on `today`: a due date that is no business day moves to the next one
/// (Lei 7.089/1983, art. 1).
#[must_use]
pub fn is_overdue(due: Date, today: Date) -> bool {
    today > next_business_day(due)
}

/// The day itself where banks work on it, else the next one on which they do.
#[must_use]
pub fn next_business_day(date: Date) -> Date {
    date.series(1.day()).find(|day| is_business_day(*day)).unwrap_or(date)
}

/// National holidays only; a state's or a city's are unknown here. Ash Wednesday, 24 and 31 December count as
/// business days.
#[must_use]
pub fn is_business_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_bank_holiday(date)
}

/// The national days on which banks are closed: the fixed ones, and those counted from Easter.
#[must_use]
pub fn is_bank_holiday(date: Date) -> bool {
    match (date.month(), date.day()) {
        (1, 1) | (4, 21) | (5, 1) | (9, 7) | (10, 12) | (11, 2 | 15) | (12, 25) => true,
        // Consciência Negra is national since Lei 14.759/2023
        (11, 20) => date.year() >= 2024,
        // Carnival's Monday and Tuesday, Good Friday, Corpus Christi
        _ => easter(date.year())
            .and_then(|easter| easter.until(date).ok())
            .is_some_and(|since| matches!(since.get_days(), -48 | -47 | -2 | 60)),
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let golden = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (b % 4) + 2 * (c / 4) - golden - c % 4).rem_euclid(7);
    let late = (a + 11 * golden + 22 * weekday) / 451;
    let day = golden + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?).ok()
}

/// What the clock on the wall shows, with the summer times of the past.
#[must_use]
pub fn sao_paulo(instant: Timestamp) -> DateTime {
    let zone = TimeZone::get("America/Sao_Paulo").unwrap_or_else(|_| TimeZone::fixed(tz::offset(-3)));
    zone.to_datetime(instant)
}

#[must_use]
pub fn sao_paulo_date(instant: Timestamp) -> Date {
    sao_paulo(instant).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bill_due_on_a_saturday_is_on_time_on_monday() {
        assert!(!is_overdue(date(2018, 11, 10), date(2018, 11, 12)));
        assert!(is_overdue(date(2018, 11, 10), date(2018, 11, 13)));
        assert!(!is_overdue(date(2026, 11, 23), date(2026, 11, 23)));
        assert!(is_overdue(date(2026, 11, 23), date(2026, 11, 24)));
    }

    #[test]
    fn carnival_moves_a_due_date_to_ash_wednesday() {
        assert_eq!(next_business_day(date(2026, 2, 14)), date(2026, 2, 18));
    }

    #[test]
    fn summer_time_is_remembered() {
        let noon = |day: &str| sao_paulo(format!("{day}T12:00:00Z").parse().unwrap()).hour();
        assert_eq!((noon("2018-11-03"), noon("2018-11-05"), noon("2026-11-22")), (9, 10, 9));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_trap() {
        assert!(!is_overdue(Date::MAX, Date::MAX));
        assert!(is_overdue(Date::MIN, Date::MAX));
    }

    proptest! {
        #[test]
        fn grace_ends_on_a_business_day_within_a_week(days in 0i32..80_000) {
            let due = date(1990, 1, 1).checked_add(days.days()).unwrap();
            let until = next_business_day(due);
            prop_assert!(is_business_day(until) && until >= due);
            prop_assert!(due.until(until).unwrap().get_days() <= 6);
            prop_assert!(!is_overdue(due, until) && is_overdue(due, until.tomorrow().unwrap()));
        }
    }
}
