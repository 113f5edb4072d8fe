//! The shop's opening hours before the journey.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::super::*;
use super::visit::*;
use crate::domain::Hours;
use crate::domain::hours::Span;

/// Open every day from 08:00 to 18:00 in São Paulo; a visit begins at 09:00.
fn shop() -> Visit {
    let zone = TimeZone::get("America/Sao_Paulo").unwrap();
    let week = std::array::from_fn(|_| vec![Span::parse("08:00-18:00").unwrap()]);
    let hours = Hours::new(zone, week, BTreeSet::new()).unwrap();
    Visit::with(Settings { hours: Some(hours), service_pin: true, ..Settings::default() })
}

fn at(time: &str) -> jiff::Timestamp {
    format!("2026-11-20T{time}:00-03:00").parse().unwrap()
}

fn comes(visit: &mut Visit, time: &str) {
    visit.now = at(time);
    visit.on(Event::Time);
}

fn closed(visit: &mut Visit) -> step::Closed {
    match visit.view().step {
        Step::Closed(closed) => closed,
        other => panic!("{}", other.name()),
    }
}

#[test]
fn outside_the_hours_nobody_begins_and_the_screen_says_when_it_opens() {
    let mut visit = shop();
    assert_eq!(visit.view().step.name(), "identify");
    assert_eq!(visit.journey.next_deadline(visit.now), Some(at("18:00")));
    comes(&mut visit, "18:00");
    let shown = closed(&mut visit);
    assert_eq!((shown.code, shown.since), ("H1", None));
    let opens = shown.opens.unwrap();
    assert_eq!((opens.at.to_string().as_str(), opens.in_days), ("2026-11-21T08:00:00", 1));
    assert_eq!(visit.view().actions, ["service"]);
    visit.types(CPF);
    closed(&mut visit);
    // past midnight it opens today
    assert_eq!(visit.journey.next_deadline(visit.now), Some("2026-11-21T00:00:00-03:00".parse().unwrap()));
    visit.now = "2026-11-21T00:00:00-03:00".parse().unwrap();
    visit.on(Event::Time);
    assert_eq!(closed(&mut visit).opens.unwrap().in_days, 0);
    visit.now = "2026-11-21T08:00:00-03:00".parse().unwrap();
    visit.on(Event::Time);
    assert_eq!(visit.view().step.name(), "identify");
}

#[test]
fn whoever_has_begun_is_served_to_the_end() {
    let mut visit = shop();
    visit.now = at("17:59") + jiff::SignedDuration::from_secs(40);
    visit.types(&CPF[..4]);
    comes(&mut visit, "18:00");
    assert_eq!(visit.view().step.name(), "identify");
    visit.types(&CPF[4..]);
    assert_ne!(visit.view().step.name(), "closed");
    visit.does(Intent::Back).does(Intent::Clear);
    assert_eq!(closed(&mut visit).code, "H1");
}

#[test]
fn a_technician_gets_in_at_any_hour_and_what_they_closed_stays_closed() {
    let mut visit = shop();
    comes(&mut visit, "22:00");
    visit.does(Intent::Service);
    assert_eq!(visit.view().step.name(), "service_pin");
    visit.does(Intent::Back);
    assert_eq!(closed(&mut visit).code, "H1");
    visit.on(Event::OutOfService(ClosedWhy::OutOfService));
    assert_eq!(closed(&mut visit).code, "S1");
    visit.now = "2026-11-21T09:00:00-03:00".parse().unwrap();
    visit.on(Event::Time);
    assert_eq!(closed(&mut visit).code, "S1");
}
