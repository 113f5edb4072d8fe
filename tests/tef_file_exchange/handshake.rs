//! Requests, acknowledgements and answers: in time, late, torn, strange, or never.

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use totem::domain::Money;
use totem::tef::file_exchange::{self, DialectName, Settings};
use totem::tef::{Error, SaleOutcome, Tef};

use crate::manager::*;

#[test]
fn a_manager_that_acknowledges_is_there() {
    let place = Place::new();
    let manager = approving(&place, APPROVED);
    assert_eq!(place.driver().check(), Ok(()));
    let id = manager.seen()[0].id().to_owned();
    assert_eq!(
        manager.seen()[0].text,
        format!(
            "000-000 = ATV\r\n001-000 = {id}\r\n733-000 = 225\r\n735-000 = TOTEM ISP\r\n736-000 = v1.0\r\n\
             738-000 = 000000000000\r\n999-999 = 0\r\n"
        )
    );
}

#[test]
fn a_silent_manager_is_told_of_in_time_and_never_finds_the_request_later() {
    let place = Place::new();
    let mut driver = place.hasty_driver();
    let begun = Instant::now();
    assert!(matches!(driver.check(), Err(Error::Silent(_))));
    assert!(begun.elapsed() >= Duration::from_millis(1_000));
    assert!(begun.elapsed() < Duration::from_secs(5));
    assert!(names(&place.request()).is_empty());

    assert!(matches!(sell(&mut driver), SaleOutcome::NotStarted(Error::Silent(_))));
    assert!(names(&place.request()).is_empty());
}

#[test]
fn a_late_acknowledgement_in_time_is_one() {
    let place = Place::new();
    let _manager = Manager::start_strict(&place, |request, desk| {
        desk.take();
        sleep(Duration::from_millis(700));
        desk.acknowledge(request);
    });
    assert_eq!(place.driver().check(), Ok(()));
}

#[test]
fn an_acknowledgement_of_another_request_or_a_torn_one_is_none() {
    let place = Place::new();
    let _manager = Manager::start_strict(&place, |request, desk| {
        desk.take();
        desk.put("intpos.sts", format!("000-000 = ATV\r\n001-000 = {}9\r\n999-999 = 0\r\n", request.id()));
        sleep(Duration::from_millis(50));
        desk.put("intpos.sts", format!("000-000 = ATV\r\n001-000 = {}\r\n999-9", request.id()));
        sleep(Duration::from_millis(50));
        desk.put("intpos.sts", format!("000-000 = CNF\r\n001-000 = {}\r\n999-999 = 0\r\n", request.id()));
    });
    assert!(matches!(place.hasty_driver().check(), Err(Error::Silent(_))));
}

#[test]
fn an_approved_sale_is_told_whole() {
    let place = Place::new();
    let manager = approving(&place, APPROVED);
    let mut customer = Customer::default();
    let sale = approved(place.driver().sell(&order(), &mut customer));

    assert_eq!(customer.shown, [("Siga as instruções no pinpad".to_owned(), false)]);
    assert_eq!((sale.coupon, sale.amount), (4711, Money::from_cents(8990)));
    assert_eq!((sale.network.as_str(), sale.nsu.as_str()), ("REDE DEMO", "000123456"));
    assert_eq!((sale.authorization.as_str(), sale.finalization.as_str()), ("A1B2C3", "7A0C11FE99"));
    assert_eq!(sale.last4, "1234");
    assert_eq!(sale.customer_copy, ["REDE DEMO - VIA CLIENTE", "VISA ************1234", "VALOR R$ 89,90  AUT A1B2C3"]);
    assert_eq!(sale.merchant_copy, ["VIA LOJISTA ..."]);
    assert!(sale.must_be_finalized);

    let seen = manager.seen();
    assert_eq!(seen.iter().map(Request::command).collect::<Vec<_>>(), ["ATV", "CRT"]);
    let id = seen[1].id();
    assert_eq!(
        seen[1].text,
        format!(
            "000-000 = CRT\r\n001-000 = {id}\r\n002-000 = 4711\r\n003-000 = 8990\r\n004-000 = 0\r\n\
             706-000 = 156\r\n716-000 = MINHA EMPRESA\r\n717-000 = 260304101500\r\n731-000 = 1\r\n732-000 = 1\r\n\
             733-000 = 225\r\n735-000 = TOTEM ISP\r\n736-000 = v1.0\r\n738-000 = 000000000000\r\n\
             749-000 = 1\r\n999-999 = 0\r\n"
        )
    );
    assert!(names(&place.request()).is_empty());
    assert!(names(&place.response()).is_empty());
}

#[test]
fn a_refusal_and_a_customer_who_gives_up_leave_nothing_behind() {
    for (answer, outcome) in [
        (
            "009-000 = 51\n030-000 = SALDO INSUFICIENTE\n",
            SaleOutcome::Declined { message: "SALDO INSUFICIENTE".into() },
        ),
        (
            "009-000 = FF\n030-000 = OPERACAO CANCELADA\n",
            SaleOutcome::Cancelled { message: "OPERACAO CANCELADA".into() },
        ),
    ] {
        let place = Place::new();
        let manager = approving(&place, answer);
        let mut driver = place.driver();
        assert_eq!(sell(&mut driver), outcome);
        assert_eq!(driver.pending(), Ok(Vec::new()));
        assert_eq!(manager.commands(), ["CRT"]);
        assert_eq!(names(&place.state()), ["counter", "lock"]);
        assert!(names(&place.response()).is_empty());
    }
}

#[test]
fn a_torn_answer_is_waited_for_until_it_is_whole() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        desk.accept(request);
        let whole = answer(request, APPROVED);
        for end in [10, whole.len() / 2, whole.len() - 3] {
            fs::write(desk.response("intpos.001"), &whole[..end]).unwrap();
            sleep(Duration::from_millis(40));
        }
        desk.respond(request, APPROVED);
    });
    approved(sell(&mut place.driver()));
}

#[test]
fn an_answer_to_something_else_is_not_ours() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        desk.accept(request);
        desk.put(
            "intpos.001",
            format!("000-000 = CRT\r\n001-000 = {}0\r\n009-000 = 51\r\n999-999 = 0\r\n", request.id()),
        );
        sleep(Duration::from_millis(40));
        desk.put(
            "intpos.001",
            format!("000-000 = CNC\r\n001-000 = {}\r\n009-000 = 51\r\n999-999 = 0\r\n", request.id()),
        );
        sleep(Duration::from_millis(40));
        desk.respond(request, APPROVED);
    });
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    driver.release(&sale).unwrap();
    assert_eq!(driver.pending(), Ok(Vec::new()));
}

#[test]
fn an_approved_answer_to_something_else_is_kept_to_be_undone() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        desk.accept(request);
        if request.command() == "CRT" {
            let other = APPROVED.replace("7A0C11FE99", "OUTRA").replace("002-000 = 4711", "002-000 = 4000");
            desk.put("intpos.001", format!("000-000 = CRT\r\n001-000 = 7\r\n{}999-999 = 0\r\n", crlf(&other)));
            sleep(Duration::from_millis(200));
            desk.respond(request, "009-000 = 51\n");
        }
    });
    let mut driver = place.driver();
    assert!(matches!(sell(&mut driver), SaleOutcome::Declined { .. }));
    let pending = driver.pending().unwrap();
    assert_eq!(
        pending.iter().map(|sale| (sale.coupon, sale.finalization.as_str())).collect::<Vec<_>>(),
        [(4000, "OUTRA")]
    );
}

#[test]
fn an_answer_that_comes_before_its_acknowledgement_counts() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        desk.take();
        desk.respond(request, APPROVED);
        sleep(Duration::from_millis(50));
        desk.acknowledge(request);
    });
    let mut driver = place.driver();
    approved(sell(&mut driver));
    until("the acknowledgement", || names(&place.response()).iter().any(|name| name == "intpos.sts"));
    assert_eq!(driver.check(), Ok(()));
    assert!(names(&place.response()).is_empty());
}

#[test]
fn names_are_matched_in_any_case() {
    let place = Place::new();
    let _manager = Manager::start_strict(&place, |request, desk| {
        desk.take();
        desk.put("INTPOS.STS", acknowledgement(request));
        if request.command() == "CRT" {
            desk.put("IntPos.001", answer(request, APPROVED));
        }
    });
    approved(sell(&mut place.driver()));
    assert!(names(&place.response()).is_empty());
}

#[test]
fn files_that_vanish_under_our_eyes_do_no_harm() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        desk.accept(request);
        for _ in 0..200 {
            fs::write(desk.response("intpos.001"), "000-000 = CRT\r\n").unwrap();
            let _ = fs::remove_file(desk.response("intpos.001"));
        }
        desk.respond(request, APPROVED);
    });
    let settings = Settings { poll_ms: 0, ..place.settings() };
    approved(sell(&mut file_exchange::connect(settings).unwrap()));
}

#[test]
fn a_sale_the_manager_never_took_was_never_begun() {
    let place = Place::new();
    let _manager = Manager::start(&place, |_, _| {});
    let mut driver = place.hasty_driver();
    assert!(matches!(sell(&mut driver), SaleOutcome::NotStarted(Error::Silent(_))));
    assert!(names(&place.request()).is_empty());
    assert_eq!(names(&place.state()), ["counter", "lock"]);
}

#[test]
fn a_sale_taken_without_a_word_is_unknown_not_failed() {
    let place = Place::new();
    let _manager = Manager::start(&place, |_, desk| desk.take());
    assert!(matches!(sell(&mut place.hasty_driver()), SaleOutcome::Unknown { .. }));
}

#[test]
fn a_sale_acknowledged_and_never_answered_is_unknown() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| desk.accept(request));
    assert!(matches!(sell(&mut place.hasty_driver()), SaleOutcome::Unknown { .. }));
}

#[test]
fn a_sale_taken_without_acknowledgement_may_still_be_approved() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        desk.take();
        sleep(Duration::from_millis(1_500));
        desk.respond(request, APPROVED);
    });
    let settings = Settings { sts_timeout_ms: 1_000, ..place.settings() };
    approved(sell(&mut file_exchange::connect(settings).unwrap()));
}

#[test]
fn a_manager_that_read_the_request_just_before_it_was_withdrawn_is_still_heard() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        while desk.has_request() {
            sleep(Duration::from_millis(1));
        }
        desk.acknowledge(request);
        sleep(Duration::from_millis(800));
        desk.respond(request, APPROVED);
    });
    let settings = Settings { sts_timeout_ms: 1_000, poll_ms: 500, ..place.settings() };
    approved(sell(&mut file_exchange::connect(settings).unwrap()));
}

#[test]
fn a_dialect_is_configuration() {
    for (dialect, written, amount) in
        [(DialectName::ClienteSitef, "IntPos.001", "89,90"), (DialectName::TefDial, "intpos.001", "8990")]
    {
        let place = Place::new();
        let folder = place.request();
        let manager = Manager::start(&place, move |request, desk| {
            assert_eq!(names(&folder), [written]);
            desk.accept(request);
            desk.respond(
                request,
                &format!(
                    "003-000 = {amount}\n009-000 = 0\n010-000 = REDE\n012-000 = 6\n027-000 = 061616000606\n\
                     028-000 = 2\n029-001 = \"AMEX\"\n029-002 =\n"
                ),
            );
        });
        let mut driver = file_exchange::connect(Settings { dialect, ..place.settings() }).unwrap();
        let sale = approved(sell(&mut driver));
        assert_eq!(sale.customer_copy, ["AMEX", ""]);
        let id = manager.seen()[1].id().to_owned();
        assert_eq!(
            manager.seen()[1].text,
            format!(
                "000-000 = CRT\r\n001-000 = {id}\r\n002-000 = 4711\r\n003-000 = {amount}\r\n004-000 = 0\r\n\
                 999-999 = 0\r\n"
            )
        );
    }
}

#[test]
fn every_byte_of_a_receipt_reaches_the_paper() {
    let place = Place::new();
    let _manager = Manager::start(&place, |request, desk| {
        desk.accept(request);
        let mut bytes = answer(request, "003-000 = 8990\n009-000 = 0\n010-000 = REDE\n012-000 = 1\n027-000 = 1\n")
            .replace("999-999 = 0\r\n", "")
            .into_bytes();
        bytes.extend_from_slice(b"712-000 = 1\r\n713-001 = \"TRANSA\xC7\xC3O \x80\xFF\"\r\n999-999 = 0\r\n");
        desk.put("intpos.001", bytes);
    });
    assert_eq!(approved(sell(&mut place.driver())).customer_copy, ["TRANSA\u{C7}\u{C3}O \u{80}\u{FF}"]);
}

#[test]
fn receipts_of_five_hundred_lines_and_of_none_are_taken() {
    let ids = "003-000 = 8990\n009-000 = 0\n010-000 = REDE\n012-000 = 1\n027-000 = 1\n729-000 = 2\n";
    for count in [500, 0] {
        let place = Place::new();
        let lines: String = (1..=count).map(|n| format!("713-{n:03} = \"linha {n}\"\n")).collect();
        let _manager = approving(&place, &format!("{ids}712-000 = {count}\n{lines}"));
        let sale = approved(sell(&mut place.driver()));
        assert_eq!(sale.customer_copy.len(), count);
        assert_eq!(sale.customer_copy.last().map(String::as_str), (count > 0).then_some("linha 500"));
    }
}
