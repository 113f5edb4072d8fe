//! What a totem finds when it starts again after the power went, at every point of a sale.

use std::fs;
use std::sync::mpsc;

use totem::domain::CardSale;
use totem::tef::{Error, SaleOutcome, Tef};

use crate::manager::*;

/// What a totem starting on this disk is told, with a manager that is there and idle.
fn found_on(disk: &Place) -> Vec<CardSale> {
    let mut driver = disk.driver();
    let _manager = approving(disk, APPROVED);
    driver.pending().unwrap()
}

/// The disks of a sale's crash points: before its request, with it unseen, taken, and answered.
fn crash_points() -> [Place; 4] {
    let place = Place::new();
    let (send, disks) = mpsc::channel();
    let (request, response, state) = (place.request(), place.response(), place.state());
    let copy = move || {
        let copy = Place::new();
        fs::create_dir_all(copy.state()).unwrap();
        for (from, to) in [(&request, copy.request()), (&response, copy.response()), (&state, copy.state())] {
            for name in names(from) {
                fs::copy(from.join(&name), to.join(&name)).unwrap();
            }
        }
        copy
    };
    let manager = Manager::start_strict(&place, move |request, desk| {
        send.send(copy()).unwrap();
        desk.accept(request);
        if request.command() == "CRT" {
            while !names(&desk.response("")).is_empty() {
                std::thread::yield_now();
            }
            send.send(copy()).unwrap();
            fs::write(desk.response("intpos.part"), answer(request, APPROVED)).unwrap();
            let answered = copy();
            fs::rename(answered.response().join("intpos.part"), answered.response().join("intpos.001")).unwrap();
            send.send(answered).unwrap();
            fs::rename(desk.response("intpos.part"), desk.response("intpos.001")).unwrap();
        }
    });
    approved(sell(&mut place.driver()));
    drop(manager);
    let disks: Vec<_> = disks.into_iter().collect();
    disks.try_into().unwrap_or_else(|_| panic!("four points"))
}

#[test]
fn a_totem_that_died_anywhere_in_a_sale_finds_what_became_of_it() {
    let [before, unseen, taken, answered] = crash_points();

    assert_eq!(found_on(&before), []);

    let half = Place::new();
    fs::create_dir(half.state()).unwrap();
    fs::copy(unseen.state().join("in-flight.json"), half.state().join("in-flight.json")).unwrap();
    fs::write(half.request().join("intpos.tmp"), "000-000 = CRT\r\n001-0").unwrap();
    assert_eq!(found_on(&half), []);
    assert!(names(&half.request()).is_empty());

    assert_eq!(names(&unseen.request()), ["intpos.001"]);
    let mut driver = unseen.driver();
    let manager = approving(&unseen, APPROVED);
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert!(manager.commands().is_empty(), "an old request must never be executed");
    drop(manager);

    assert_eq!(names(&taken.request()), [""; 0]);
    assert_eq!(found_on(&taken), []);

    let found = found_on(&answered);
    assert_eq!(found.iter().map(|sale| (sale.coupon, sale.nsu.as_str())).collect::<Vec<_>>(), [(4711, "000123456")]);
    assert!(names(&answered.response()).is_empty());
    assert_eq!(found_on(&answered), found, "dying again in the recovery changes nothing");
}

#[test]
fn with_a_silent_manager_nobody_can_say_that_nothing_is_pending() {
    let [_, _, taken, answered] = crash_points();
    for disk in [taken, answered] {
        assert!(matches!(disk.hasty_driver().pending(), Err(Error::Silent(_))));
        assert!(matches!(sell(&mut disk.hasty_driver()), SaleOutcome::NotStarted(Error::Silent(_))));
    }
}

#[test]
fn an_approved_sale_is_found_until_the_journal_holds_it() {
    let place = Place::new();
    let _manager = approving(&place, APPROVED);
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    drop(driver);

    let mut driver = place.driver();
    assert_eq!(driver.pending(), Ok(vec![sale.clone()]));
    assert_eq!(sell(&mut driver), SaleOutcome::PendingFirst(Box::new(sale.clone())), "one at a time");
    driver.release(&sale).unwrap();
    driver.release(&sale).unwrap();
    drop(driver);
    assert_eq!(place.driver().pending(), Ok(Vec::new()));
}

#[test]
fn an_undone_sale_is_found_no_more() {
    let place = Place::new();
    let _manager = approving(&place, APPROVED);
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    driver.undo(&sale).unwrap();
    assert_eq!(driver.pending(), Ok(Vec::new()));
}

#[test]
fn an_answer_after_we_gave_up_is_found_with_its_coupon() {
    let place = Place::new();
    let late = APPROVED.replace("002-000 = 4711\n", "");
    let mut unanswered = None;
    let _manager = Manager::start_strict(&place, move |request, desk| {
        if let Some(sale) = unanswered.take() {
            desk.respond(&sale, &late);
        }
        desk.accept(request);
        if request.command() == "CRT" {
            unanswered = Some(request.clone());
        }
    });
    let mut driver = place.hasty_driver();
    assert!(matches!(sell(&mut driver), SaleOutcome::Unknown { .. }));
    let found = driver.pending().unwrap();
    assert_eq!(found.iter().map(|sale| sale.coupon).collect::<Vec<_>>(), [4711]);
}

#[test]
fn a_leftover_answer_is_examined_before_it_is_removed() {
    let head = "000-000 = CRT\n001-000 = 5\n";
    for (name, leftover, found) in [
        ("approved", format!("{head}{APPROVED}999-999 = 0\n"), 1),
        ("approved, mixed case", format!("{head}{APPROVED}999-999 = 0\n"), 1),
        ("approved and final", format!("{head}{}999-999 = 0\n", APPROVED.replace("729-000 = 2", "729-000 = 1")), 1),
        ("approved, torn", format!("{head}{APPROVED}"), 1),
        ("cancellation to finalise", format!("000-000 = CNC\n001-000 = 5\n{APPROVED}999-999 = 0\n"), 1),
        ("report", "000-000 = ADM\n001-000 = 5\n009-000 = 0\n729-000 = 1\n028-000 = 9\n999-999 = 0\n".into(), 0),
        ("given up", format!("{head}009-000 = FF\n999-999 = 0\n"), 0),
        ("given up, old", format!("{head}009-000 = 101\n999-999 = 0\n"), 0),
        ("refused", format!("{head}009-000 = 51\n027-000 = 1\n999-999 = 0\n"), 0),
        ("garbage", "\u{0}\u{1}<html>not found</html>".into(), 0),
        ("empty", String::new(), 0),
    ] {
        let place = Place::new();
        let file = if name.ends_with("mixed case") { "IntPos.001" } else { "intpos.001" };
        fs::write(place.response().join(file), crlf(&leftover)).unwrap();
        assert_eq!(found_on(&place).len(), found, "{name}");
        assert!(names(&place.response()).is_empty(), "{name}");
    }
}

#[test]
fn a_leftover_approval_comes_before_the_next_customer() {
    let place = Place::new();
    let leftover = format!("000-000 = CRT\n001-000 = 5\n{}999-999 = 0\n", APPROVED.replace("4711", "4000"));
    fs::write(place.response().join("intpos.001"), crlf(&leftover)).unwrap();
    let manager = approving(&place, APPROVED);
    let mut driver = place.driver();
    let SaleOutcome::PendingFirst(older) = sell(&mut driver) else { panic!() };
    assert_eq!(older.coupon, 4000);
    assert!(manager.commands().is_empty());
    driver.undo(&older).unwrap();
    approved(sell(&mut driver));
    assert_eq!(manager.commands(), ["NCN", "CRT"]);
}

#[test]
fn a_manager_that_clears_its_folder_when_asked_takes_no_approval_with_it() {
    let place = Place::new();
    let leftover = format!("000-000 = CRT\n001-000 = 5\n{APPROVED}999-999 = 0\n");
    fs::write(place.response().join("intpos.001"), crlf(&leftover)).unwrap();
    let _manager = Manager::start_strict(&place, |request, desk| {
        fs::remove_file(desk.response("intpos.001")).unwrap();
        desk.accept(request);
    });
    assert_eq!(place.driver().pending().unwrap().len(), 1);
}

#[test]
fn leftover_requests_are_removed_and_never_executed() {
    let place = Place::new();
    for name in ["intpos.tmp", "intpos.001", "INTPOS.001"] {
        fs::write(place.request().join(name), "000-000 = CRT\r\n001-000 = 5\r\n003-000 = 1\r\n999-999 = 0\r\n")
            .unwrap();
    }
    fs::write(place.response().join("intpos.sts"), "000-000 = CRT\r\n001-000 = 5\r\n999-999 = 0\r\n").unwrap();
    assert!(matches!(place.hasty_driver().check(), Err(Error::Silent(_))));
    assert!(names(&place.request()).is_empty());
    assert!(names(&place.response()).is_empty());
}

#[test]
fn request_numbers_are_not_given_again_after_a_restart_nor_when_the_counter_is_lost() {
    let place = Place::new();
    let manager = approving(&place, APPROVED);
    fs::create_dir(place.state()).unwrap();
    fs::write(place.state().join("counter"), "1000").unwrap();
    for _ in 0..3 {
        place.driver().check().unwrap();
    }
    fs::write(place.state().join("counter"), "gar\0bage").unwrap();
    place.driver().check().unwrap();
    fs::write(place.state().join("counter"), "9999999999").unwrap();
    place.driver().check().unwrap();

    let ids: Vec<u64> = manager.seen().iter().map(|request| request.id().parse().unwrap()).collect();
    assert_eq!(ids[..3], [1001, 1002, 1003]);
    let seconds_of_2026 = 1_767_225_600;
    assert!(ids[3] > seconds_of_2026 && ids[3] <= 9_999_999_999, "{ids:?}");
    assert_eq!(ids[4], 1, "ten digits are all that fit");
}
