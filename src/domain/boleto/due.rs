//! The due-date factor: four digits that count days since 1997-10-07, from 1000 to 9999 and then again from 1000.

use jiff::ToSpan;
use jiff::civil::{Date, date};

const CYCLE: i32 = 9000;
const FIRST_FACTOR: i32 = 1000;
const FIRST_DUE: Date = date(2000, 7, 3);

/// How far from the reference a due date may lie, in days; what lies outside is taken only for want of a better
/// reading (the window published with Comunicado FEBRABAN 082/2012).
const BEFORE: i32 = -3000;
const AFTER: i32 = 5500;

/// The reading of a factor that fits a reference date; nothing for 0000.
pub(super) fn near(factor: u16, reference: Date) -> Option<Date> {
    let first = i32::from(factor).checked_sub(FIRST_FACTOR).filter(|days| *days >= 0)?;
    let wanted = FIRST_DUE.until(reference).ok()?.get_days();
    let cycle = (wanted - first).div_euclid(CYCLE).max(0);
    let distance = |days: i32| match days - wanted {
        within @ BEFORE..=AFTER => (false, within.abs()),
        outside => (true, outside.abs()),
    };
    [cycle, cycle + 1]
        .map(|cycle| first + cycle * CYCLE)
        .into_iter()
        .filter_map(|days| Some((distance(days), FIRST_DUE.checked_add(days.days()).ok()?)))
        .min()
        .map(|(_, due)| due)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_factor_starts_again_on_22_february_2025() {
        let today = date(2026, 11, 22);
        assert_eq!(near(9999, today), Some(date(2025, 2, 21)));
        assert_eq!(near(1000, today), Some(date(2025, 2, 22)));
        assert_eq!(near(1000, date(2000, 7, 1)), Some(date(2000, 7, 3)));
        assert_eq!(near(1000, date(1990, 1, 1)), Some(date(2000, 7, 3)));
        assert_eq!(near(0, today), None);
        assert_eq!(near(999, today), None);
    }

    #[test]
    fn outside_the_window_the_nearest_reading_counts() {
        assert_eq!(near(7155, date(2026, 11, 22)), Some(date(2017, 5, 10)));
        assert_eq!(near(7155, Date::MAX).map(|due| due < Date::MAX), Some(true));
        assert_eq!(near(7155, Date::MIN), Some(date(2017, 5, 10)));
    }

    proptest! {
        #[test]
        fn a_due_date_near_its_reference_is_found_again(days in 0i32..40_000, off in BEFORE..=AFTER) {
            let due = FIRST_DUE.checked_add(days.days()).unwrap();
            let reference = due.checked_sub(off.days()).unwrap();
            let factor = u16::try_from(days % CYCLE + FIRST_FACTOR).unwrap();
            prop_assert_eq!(near(factor, reference), Some(due));
        }
    }
}
