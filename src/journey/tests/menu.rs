//! What the ERP can do, and what is on the menu.

use super::super::*;
use super::visit::*;

/// The methods on the screen.
fn offered(visit: &mut Visit) -> Vec<String> {
    let Step::Method(shown) = visit.view().step else { panic!("not at the methods") };
    shown.options.into_iter().map(|option| option.id).collect()
}

fn at_method_with(abilities: Abilities) -> Visit {
    let mut visit = Visit::begins();
    visit.on(Event::Abilities(abilities)).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Pay).prepared(vec![two_bills().remove(0)]);
    visit
}

#[test]
fn what_the_erp_cannot_do_is_not_on_the_menu() {
    let all = Abilities::default();
    for (abilities, expected) in [
        (all, vec!["pix", "debit", "credit", "boleto"]),
        (Abilities { boleto: false, ..all }, vec!["pix", "debit", "credit"]),
        (Abilities { pix_code: false, ..all }, vec!["debit", "credit", "boleto"]),
        (Abilities { write_off: false, ..all }, vec!["pix", "boleto"]),
    ] {
        assert_eq!(offered(&mut at_method_with(abilities)), expected, "{abilities:?}");
    }
}

#[test]
fn a_bank_of_ours_makes_codes_without_the_erp_and_needs_its_write_off() {
    let offered = Offered { pix_single_bill: false, pix_is_ours: true, ..Settings::default().offered };
    let all = Abilities::default();
    assert!(offered.with(Abilities { pix_code: false, ..all }).pix);
    assert!(offered.with(Abilities { write_off: false, ..all }).pix, "the ERP's own code needs no write-off of ours");
    assert!(!offered.with(Abilities { write_off: false, pix_code: false, ..all }).pix);
    let static_key = Offered { pix_is_ours: false, ..offered };
    assert!(static_key.with(Abilities { pix_code: false, write_off: false, ..all }).pix);
}

#[test]
fn with_nothing_left_to_pay_with_nobody_is_led_to_an_empty_screen() {
    let nothing = Abilities { boleto: false, pix_code: false, write_off: false, ..Abilities::default() };
    let mut visit = Visit::begins();
    visit.on(Event::Abilities(nothing)).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    assert_eq!(visit.step(), "invoices");
    assert!(!visit.view().actions.contains(&"pay"), "{:?}", visit.view().actions);
    visit.does(Intent::Pay);
    assert_eq!(visit.step(), "invoices");
}

#[test]
fn what_the_erp_can_do_does_not_change_under_a_customers_hands() {
    let mut visit = Visit::at_method();
    visit.on(Event::Abilities(Abilities { boleto: false, ..Abilities::default() }));
    assert!(offered(&mut visit).contains(&"boleto".to_owned()));
    visit.does(Intent::Leave).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(two_bills())))) });
    visit.does(Intent::Pay).prepared(vec![two_bills().remove(0)]);
    assert!(!offered(&mut visit).contains(&"boleto".to_owned()));
}
