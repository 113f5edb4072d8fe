//! A clock that is set back while somebody stands there.

use jiff::SignedDuration;

use super::visit::*;

fn set_back(visit: &mut Visit) {
    let day = SignedDuration::from_hours(24);
    visit.journey.clock_set_back(day);
    visit.now -= day;
}

#[test]
fn a_customers_bills_do_not_stay_on_the_screen_for_as_long_as_the_clock_was_ahead() {
    let mut visit = Visit::identified(two_bills());
    visit.waits(30);
    set_back(&mut visit);
    visit.waits(15);
    assert_eq!(visit.step(), "still_there");
    set_back(&mut visit);
    visit.waits(20);
    assert_eq!(visit.step(), "identify");
}

#[test]
fn a_search_is_given_up_when_it_would_have_been() {
    let mut visit = Visit::begins();
    visit.types(CPF).types("1705");
    set_back(&mut visit);
    assert_eq!(visit.step(), "searching");
    assert_eq!(visit.waits(90).step(), "trouble");
}
