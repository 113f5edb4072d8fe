//! Reads dates in the shapes that ERPs write. Day comes before month, years have four digits.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use super::sao_paulo_date;

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("there is no date")]
    Empty,
    #[error("not one of yyyy-MM-dd, dd/MM/yyyy, dd-MM-yyyy, ddMMyyyy, a date-time or epoch milliseconds")]
    Shape,
    #[error("no such day")]
    NoSuchDay,
}

/// What comes before is a year of two digits, or `ddMMyyyy` misread.
const FIRST_YEAR: i16 = 1900;

/// Reads `yyyy-MM-dd`, `dd/MM/yyyy`, `dd-MM-yyyy` (each also with a time behind it), `ddMMyyyy`, RFC 3339, and epoch
/// milliseconds of 12 or 13 digits. A zone or an instant is brought to São Paulo before the day is taken; a time
/// without zone is local. `0000-00-00` and its like are no date.
pub fn parse_date(text: &str) -> Result<Option<Date>, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let millis = text.strip_prefix('-').unwrap_or(text);
    if matches!(millis.len(), 12 | 13) && is_number(millis) {
        return date_of_epoch_ms(text.parse().map_err(|_| DateError::Shape)?).map(Some);
    }
    let (day, time) = split_day(text).ok_or(DateError::Shape)?;
    if day == (0, 0, 0) {
        return Ok(None);
    }
    let (year, month, day) = day;
    let date = Date::new(year, month, day).map_err(|_| DateError::NoSuchDay)?;
    let date = if time.is_empty() { date } else { local_date(&format!("{date}{time}"))? };
    in_this_age(date).map(Some)
}

/// The day in São Paulo of an instant in milliseconds since 1970.
pub fn date_of_epoch_ms(millis: i64) -> Result<Date, DateError> {
    let instant = Timestamp::from_millisecond(millis).map_err(|_| DateError::NoSuchDay)?;
    in_this_age(sao_paulo_date(instant))
}

fn in_this_age(date: Date) -> Result<Date, DateError> {
    if date.year() < FIRST_YEAR { Err(DateError::NoSuchDay) } else { Ok(date) }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Year, month and day, and what stands behind them.
fn split_day(text: &str) -> Option<((i16, i8, i8), &str)> {
    if text.len() == 8 && is_number(text) {
        return Some((numbers(text.get(4..)?, text.get(2..4)?, text.get(..2)?)?, ""));
    }
    let (head, time) = text.split_at_checked(10)?;
    let parts = if head.contains('/') { head.split('/') } else { head.split('-') }.collect::<Vec<_>>();
    let [first, month, last] = parts.as_slice() else {
        return None;
    };
    match (first.len(), month.len(), last.len()) {
        (4, 2, 2) if !head.contains('/') => Some((numbers(first, month, last)?, time)),
        (2, 2, 4) => Some((numbers(last, month, first)?, time)),
        _ => None,
    }
}

fn numbers(year: &str, month: &str, day: &str) -> Option<(i16, i8, i8)> {
    let all_digits = [year, month, day].iter().all(|part| is_number(part));
    if all_digits { Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)) } else { None }
}

fn local_date(text: &str) -> Result<Date, DateError> {
    let instant = text.parse::<Timestamp>().map(sao_paulo_date);
    instant.or_else(|_| text.parse::<DateTime>().map(DateTime::date)).map_err(|_| DateError::Shape)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_shapes_of_the_documents() {
        for text in [
            "2026-11-22",
            "22/11/2026",
            "22-11-2026",
            "22112026",
            "2026-11-22 12:52:12",
            "2026-11-22T12:52:12",
            "22/11/2026 23:59",
            "2026-11-22T03:00:00Z",
            "2026-11-22T03:00:00.000+0000",
            "2026-11-22T23:30:00-03:00",
            "2026-11-23T02:30:00+00:00",
            "1795316400000",
        ] {
            assert_eq!(parse_date(text), Ok(Some(date(2026, 11, 22))), "{text}");
        }
        assert_eq!(parse_date("-315619200000"), Ok(Some(date(1959, 12, 31))));
    }

    #[test]
    fn zeros_are_no_date() {
        for text in ["0000-00-00", "00/00/0000", "00-00-0000", "00000000", "0000-00-00 00:00:00"] {
            assert_eq!(parse_date(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn what_could_mean_another_day_is_refused() {
        for (text, error) in [
            ("10/10/17", DateError::Shape),
            ("2026-1-5", DateError::Shape),
            ("2026/11/22", DateError::Shape),
            ("11/22/2026", DateError::NoSuchDay),
            ("20121105", DateError::NoSuchDay),
            ("10/10/0017", DateError::NoSuchDay),
            ("29/02/2026", DateError::NoSuchDay),
            ("1621016934", DateError::Shape),
            ("2026-11-22 noon", DateError::Shape),
            ("2026-11-2é", DateError::Shape),
            ("null", DateError::Shape),
            ("  ", DateError::Empty),
        ] {
            assert_eq!(parse_date(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_date_reads_back_from_every_shape(millis in -2_208_900_000_000i64..4_102_444_800_000) {
            let day = date_of_epoch_ms(millis).unwrap();
            for shape in ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d%m%Y", "%d/%m/%Y 23:59:59"] {
                prop_assert_eq!(parse_date(&day.strftime(shape).to_string()), Ok(Some(day)));
            }
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[-0-9/T:Z+. é]{0,24}") {
            let _ = parse_date(&text);
            let _ = parse_date(&near);
        }
    }
}
