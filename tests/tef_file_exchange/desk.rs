//! What a technician asks of the manager: a sale given back, and its menu.

use jiff::civil::date;
use totem::domain::{CardSale, Money};
use totem::tef::{Cancellation, Error, SaleOutcome, Tef};

use crate::manager::*;

/// A manager that answers CRT, CNC and ADM, each with its own text.
fn serving(place: &Place, cancelled: &str, menu: &str) -> Manager {
    let (cancelled, menu) = (cancelled.to_owned(), menu.to_owned());
    Manager::start(place, move |request, desk| {
        desk.accept(request);
        match request.command() {
            "CRT" => desk.respond(request, APPROVED),
            "CNC" => desk.respond(request, &cancelled),
            "ADM" => desk.respond(request, &menu),
            _ => {}
        }
    })
}

fn on_receipt(sale: CardSale) -> Cancellation {
    let at = date(2026, 3, 5).at(9, 0, 0, 0);
    Cancellation { sale: CardSale { at: Some(date(2026, 3, 4).at(10, 15, 33, 0)), ..sale }, at }
}

/// The sale of `APPROVED`, given back under other ids.
fn given_back() -> String {
    APPROVED.replace("000123456", "000123999").replace("7A0C11FE99", "9D0C11FE99")
}

#[test]
fn a_confirmed_sale_is_given_back_and_the_giving_back_is_confirmed() {
    let place = Place::new();
    let manager = serving(&place, &given_back(), "");
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    driver.release(&sale).unwrap();
    driver.confirm(&sale).unwrap();

    let back = approved(driver.cancel(&on_receipt(sale), &mut Customer::default()));
    assert_eq!((back.nsu.as_str(), back.amount), ("000123999", Money::from_cents(8990)));
    assert_eq!(driver.pending(), Ok(vec![back.clone()]), "until it is confirmed or undone it waits as a sale does");
    driver.confirm(&back).unwrap();
    driver.release(&back).unwrap();
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert_eq!(manager.commands(), ["CRT", "CNF", "CNC", "CNF"]);
    let asked = manager.seen().into_iter().find(|request| request.command() == "CNC").unwrap();
    assert_eq!((asked.field("012-000"), asked.field("022-000")), (Some("000123456"), Some("04032026")));
    assert_eq!(asked.field("002-000"), None, "it is no sale of this coupon");
}

#[test]
fn a_giving_back_that_a_power_cut_left_open_is_found_and_can_be_undone() {
    let place = Place::new();
    let manager = serving(&place, &given_back(), "");
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    driver.release(&sale).unwrap();
    driver.confirm(&sale).unwrap();
    let back = approved(driver.cancel(&on_receipt(sale), &mut Customer::default()));
    drop(driver);

    let mut driver = place.driver();
    assert_eq!(driver.pending(), Ok(vec![back.clone()]));
    driver.undo(&back).unwrap();
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert_eq!(manager.commands().last().map(String::as_str), Some("NCN"));
}

#[test]
fn a_refused_giving_back_leaves_nothing_behind() {
    let place = Place::new();
    let manager = serving(&place, "009-000 = P8\n030-000 = TRANSACAO JA CANCELADA\n", "");
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    driver.release(&sale).unwrap();
    driver.confirm(&sale).unwrap();
    let outcome = driver.cancel(&on_receipt(sale), &mut Customer::default());
    assert_eq!(outcome, SaleOutcome::Declined { message: "TRANSACAO JA CANCELADA".into() });
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert_eq!(manager.commands(), ["CRT", "CNF", "CNC"]);
}

#[test]
fn a_sale_without_date_or_nsu_is_not_asked_for() {
    let place = Place::new();
    let manager = serving(&place, "", "");
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver));
    driver.release(&sale).unwrap();
    driver.confirm(&sale).unwrap();
    let undated = Cancellation { sale: CardSale { at: None, ..sale.clone() }, ..on_receipt(sale) };
    let outcome = driver.cancel(&undated, &mut Customer::default());
    assert!(matches!(outcome, SaleOutcome::NotStarted(Error::Unsupported(_))), "{outcome:?}");
    assert_eq!(manager.commands(), ["CRT", "CNF"]);
}

#[test]
fn a_reprint_from_the_menu_is_no_transaction() {
    let place = Place::new();
    let menu = "009-000 = 0\n030-000 = REIMPRESSAO\n729-000 = 1\n712-000 = 1\n713-001 = \"SEGUNDA VIA\"\n";
    let manager = serving(&place, "", menu);
    let mut driver = place.driver();
    let shown = approved(driver.administer(date(2026, 3, 5).at(9, 0, 0, 0), &mut Customer::default()));
    assert_eq!(shown.customer_copy, ["SEGUNDA VIA"]);
    assert!(!shown.must_be_finalized);
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert_eq!(manager.commands(), ["ADM"]);
}
