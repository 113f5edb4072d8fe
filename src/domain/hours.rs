//! When the shop is open: spans of each weekday and days on which it stays closed, by the clock of the shop's own zone.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::Serialize;

/// How far ahead the next opening is looked for.
const AHEAD_DAYS: i64 = 400;
/// A clock that shows an earlier year has lost its battery: nobody is sent away because of it.
const CLOCK_IS_LOST: i16 = 2025;

/// From the first minute of the day to the last: `until` may be 1440, midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    pub from_min: u16,
    pub until_min: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    zone: TimeZone,
    /// Monday first; within a day in order, and none touches another.
    week: [Vec<Span>; 7],
    closed: BTreeSet<Date>,
}

/// When it opens again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Opens {
    /// By the shop's clock.
    pub at: DateTime,
    /// 0 is later today, 1 tomorrow.
    pub in_days: i32,
}

/// Why these are no opening hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    #[error("um horário é escrito assim: \"08:00-18:00\" (o fim pode ser 24:00)")]
    Shape,
    #[error("o fim vem antes do começo: o que passa da meia-noite é escrito em dois dias, até 24:00 e desde 00:00")]
    Backwards,
    #[error("dois horários deste dia se cruzam")]
    Overlap,
    #[error("nenhum dia tem horário: o totem nunca abriria")]
    Never,
}

impl Span {
    /// `08:00-18:00`
    pub fn parse(text: &str) -> Result<Span, HoursError> {
        let (from, until) = text.split_once('-').ok_or(HoursError::Shape)?;
        let (from_min, until_min) = (minute(from.trim())?, minute(until.trim())?);
        if from_min < until_min { Ok(Span { from_min, until_min }) } else { Err(HoursError::Backwards) }
    }

    fn has(self, minute: u16) -> bool {
        (self.from_min..self.until_min).contains(&minute)
    }
}

fn minute(text: &str) -> Result<u16, HoursError> {
    let (hour, minute) = text.split_once(':').ok_or(HoursError::Shape)?;
    let number = |digits: &str| {
        let sound = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|_| sound).ok_or(HoursError::Shape)
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let sound = minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
    if sound { Ok(hour * 60 + minute) } else { Err(HoursError::Shape) }
}

impl Hours {
    /// Spans from Monday to Sunday.
    pub fn new(zone: TimeZone, mut week: [Vec<Span>; 7], closed: BTreeSet<Date>) -> Result<Hours, HoursError> {
        for day in &mut week {
            day.sort();
            if day.iter().zip(day.iter().skip(1)).any(|(one, next)| next.from_min < one.until_min) {
                return Err(HoursError::Overlap);
            }
        }
        if week.iter().all(Vec::is_empty) { Err(HoursError::Never) } else { Ok(Hours { zone, week, closed }) }
    }

    fn local(&self, now: Timestamp) -> DateTime {
        self.zone.to_datetime(now)
    }

    fn spans(&self, day: Date) -> &[Span] {
        let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0);
        if self.closed.contains(&day) { &[] } else { self.week.get(place).map_or(&[], Vec::as_slice) }
    }

    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        let here = self.local(now);
        here.year() < CLOCK_IS_LOST || self.spans(here.date()).iter().any(|span| span.has(minute_of(here.time())))
    }

    /// The next opening after now, whether it is open now or not.
    #[must_use]
    pub fn opens(&self, now: Timestamp) -> Option<Opens> {
        let here = self.local(now);
        let today = here.date();
        (0..AHEAD_DAYS).find_map(|ahead| {
            let day = today.checked_add(ahead.days()).ok()?;
            let later = |span: &&Span| ahead > 0 || span.from_min > minute_of(here.time());
            let span = self.spans(day).iter().find(later)?;
            let at = day.at(hour_of(span.from_min), i8::try_from(span.from_min % 60).ok()?, 0, 0);
            Some(Opens { at, in_days: i32::try_from(ahead).ok()? })
        })
    }

    /// When what is to be said of it changes: it opens, it closes, or the day is over ("tomorrow" becomes "today").
    #[must_use]
    pub fn changes(&self, now: Timestamp) -> Option<Timestamp> {
        let here = self.local(now);
        let minute = minute_of(here.time());
        let edges = self.spans(here.date()).iter().flat_map(|span| [span.from_min, span.until_min]);
        let next = edges.filter(|edge| *edge > minute).min().unwrap_or(1_440);
        let midnight = here.date().at(0, 0, 0, 0);
        let edge = midnight.checked_add(SignedDuration::from_mins(i64::from(next))).ok()?;
        // where the clock is put forward over it, the first moment that there is
        let at = self.zone.to_ambiguous_timestamp(edge).compatible().ok()?;
        (at > now).then_some(at)
    }
}

fn minute_of(time: Time) -> u16 {
    u16::try_from(i32::from(time.hour()) * 60 + i32::from(time.minute())).unwrap_or(0)
}

fn hour_of(minute: u16) -> i8 {
    i8::try_from(minute / 60).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn zone() -> TimeZone {
        TimeZone::get("America/Sao_Paulo").unwrap()
    }

    fn spans(texts: &[&str]) -> Vec<Span> {
        texts.iter().map(|text| Span::parse(text).unwrap()).collect()
    }

    /// Monday to Friday with a break at noon, Saturday in the morning, closed on Christmas.
    fn shop() -> Hours {
        let day = || spans(&["13:30-18:00", "08:00-12:00"]);
        let week = [day(), day(), day(), day(), day(), spans(&["09:00-13:00"]), Vec::new()];
        Hours::new(zone(), week, [date(2026, 12, 25)].into()).unwrap()
    }

    fn at(day: Date, hour: i8, minute: i8) -> Timestamp {
        zone().to_timestamp(day.at(hour, minute, 0, 0)).unwrap()
    }

    #[test]
    fn it_is_open_from_the_first_minute_to_the_one_before_the_last() {
        let (shop, friday) = (shop(), date(2026, 11, 20));
        let open = |hour, minute| shop.is_open(at(friday, hour, minute));
        assert_eq!(
            [(7, 59), (8, 0), (11, 59), (12, 0), (13, 29), (13, 30), (17, 59), (18, 0)].map(|(h, m)| open(h, m)),
            [false, true, true, false, false, true, true, false]
        );
    }

    #[test]
    fn the_next_opening_skips_sunday_and_the_days_that_stay_closed() {
        let shop = shop();
        let opens = |day, hour, minute| shop.opens(at(day, hour, minute)).map(|opens| (opens.at, opens.in_days));
        let friday = date(2026, 11, 20);
        assert_eq!(opens(friday, 7, 0), Some((friday.at(8, 0, 0, 0), 0)));
        assert_eq!(opens(friday, 12, 0), Some((friday.at(13, 30, 0, 0), 0)));
        assert_eq!(opens(friday, 18, 0), Some((date(2026, 11, 21).at(9, 0, 0, 0), 1)));
        assert_eq!(opens(date(2026, 11, 21), 13, 0), Some((date(2026, 11, 23).at(8, 0, 0, 0), 2)));
        // Thursday evening, Christmas on Friday
        assert_eq!(opens(date(2026, 12, 24), 18, 0), Some((date(2026, 12, 26).at(9, 0, 0, 0), 2)));
    }

    #[test]
    fn the_last_moment_of_one_day_and_the_first_of_the_next_are_one_opening() {
        let all = || spans(&["00:00-24:00"]);
        let shop = Hours::new(zone(), std::array::from_fn(|_| all()), BTreeSet::new()).unwrap();
        let evening = at(date(2026, 11, 20), 23, 59);
        assert!(shop.is_open(evening));
        let midnight = shop.changes(evening).unwrap();
        assert_eq!((midnight, shop.is_open(midnight)), (at(date(2026, 11, 21), 0, 0), true));
    }

    #[test]
    fn a_clock_without_a_battery_closes_nobody_out() {
        assert!(shop().is_open("1970-01-01T03:00:00Z".parse().unwrap()));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for (text, why) in [
            ("8:00-18:00", HoursError::Shape),
            ("08:00", HoursError::Shape),
            ("08:60-18:00", HoursError::Shape),
            ("08:00-24:01", HoursError::Shape),
            ("+8:00-18:00", HoursError::Shape),
            ("18:00-08:00", HoursError::Backwards),
            ("08:00-08:00", HoursError::Backwards),
        ] {
            assert_eq!(Span::parse(text), Err(why), "{text}");
        }
        let mut week: [Vec<Span>; 7] = Default::default();
        assert_eq!(Hours::new(zone(), week.clone(), BTreeSet::new()), Err(HoursError::Never));
        week[0] = spans(&["08:00-12:00", "11:59-18:00"]);
        assert_eq!(Hours::new(zone(), week, BTreeSet::new()), Err(HoursError::Overlap));
    }

    proptest! {
        /// Whoever wakes at every change has seen every change.
        #[test]
        fn between_two_changes_nothing_changes(minute in 0i64..1_000_000, later in 0i64..2_000) {
            let shop = shop();
            let now = at(date(2025, 1, 1), 0, 0) + SignedDuration::from_mins(minute);
            let change = shop.changes(now).unwrap();
            prop_assert!(change > now);
            let between = now + SignedDuration::from_mins(later);
            if between < change {
                prop_assert_eq!(shop.is_open(between), shop.is_open(now));
                prop_assert_eq!(shop.opens(between), shop.opens(now));
            }
            // and what was promised comes true
            let opens = shop.opens(now).unwrap();
            prop_assert!(shop.is_open(zone().to_timestamp(opens.at).unwrap()));
        }
    }
}
