//! Kills while a technician tries PIX with one cent: in the end nothing that came for it is kept, whatever the totem was
//! doing and whoever paid while it was dead. The bank's book judges.

use serde_json::{Value, json};

use super::trade::Trade;
use super::trade::customer::Customer;

const MOMENTS: [&str; 3] = ["unsynced", "unwitnessed", "synced"];
/// The facts of a try that is paid, in their order.
const PAID: [&str; 6] = [
    "pix_try_started",
    "pix_try_charged",
    "pix_try_paid",
    "pix_try_back_asked",
    "pix_try_back_heard",
    "pix_try_forgotten",
];
/// The facts of one that is left.
const LEFT: [&str; 2] = ["pix_try_left", "pix_try_ended"];

/// The panel of a totem that dies at this place, with a try begun.
fn begins(trade: &Trade, place: &str) -> Customer {
    let mut technician = trade.totem_in(&[("TOTEM_FAILPOINT", place.as_ref())]);
    technician.opens_the_panel();
    technician.chooses("pix");
    technician.until_page("pix");
    technician.chooses("try_pix");
    technician
}

fn code_is_shown(technician: &mut Customer) {
    technician.until_that("the code", |shown| shown["page"] == "pix_try" && shown["payload"].is_string());
}

/// The bank gives back as soon as it is asked.
fn pays(trade: &Trade, how: &str) {
    let (txid, _) = trade.charge();
    trade.payer(&json!({ how: [txid], "refund_takes_ms": 0 }));
}

fn dies(mut technician: Customer, place: &str) {
    use std::os::unix::process::ExitStatusExt;
    let status = technician.totem.ended(place);
    assert_eq!(status.signal(), Some(9), "{}", technician.totem.story(&format!("not killed at {place}")));
}

/// Each Pix that came for this charge has gone back once, or none came and the charge cannot be paid.
fn nothing_is_kept(charge: &Value) -> bool {
    let pix = charge["pix"].as_array().unwrap();
    let went_back = |one: &Value| {
        let backs = one["refunds"].as_array().unwrap();
        backs.len() == 1 && backs[0]["status"] == "DEVOLVIDO" && backs[0]["amount_cents"] == one["amount_cents"]
    };
    if pix.is_empty() { charge["status"] == "REMOVIDA_PELO_USUARIO_RECEBEDOR" } else { pix.iter().all(went_back) }
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release build has no failpoints")]
fn a_kill_at_each_fact_of_a_pix_try_leaves_nothing_of_it_in_the_account() {
    let mut trade = Trade::with_a_bank();
    // the last look comes when everything else is done
    trade.configure("late_looks_s = [0.5, 1]", "late_looks_s = [0.3, 1]");
    let trade = trade.with_a_technician();
    let of = |facts: &[&'static str]| facts.iter().flat_map(|fact| MOMENTS.map(|moment| (moment, *fact))).collect();
    let (paid, left): (Vec<_>, Vec<_>) = (of(&PAID), of(&LEFT));
    let (mut charges, mut came) = (0, 0);
    for (moment, fact) in paid.into_iter().chain(left) {
        let place = format!("{moment}:{fact}");
        let mut technician = begins(&trade, &place);
        if !["pix_try_started", "pix_try_charged"].contains(&fact) {
            code_is_shown(&mut technician);
            if PAID.contains(&fact) {
                pays(&trade, "pay_now");
            } else {
                technician.taps("cancel");
            }
        }
        dies(technician, &place);
        // somebody pays while the totem is dead, where a code may have been seen and nobody has paid it yet
        let made = trade.charges().len() > charges;
        if made && trade.charge().1["pix"] == json!([]) {
            let late = if trade.charge().1["status"] == "ATIVA" { "pay_now" } else { "pay_late" };
            pays(&trade, late);
        }
        let mut again = trade.totem();
        let is_there = made || !(moment == "unsynced" && fact == "pix_try_started");
        charges += usize::from(is_there);
        trade.until_books(&format!("an end of the try killed at {place}"), |trade| {
            trade.charges().len() == charges && trade.charges().last().is_none_or(|(_, charge)| nothing_is_kept(charge))
        });
        // where the last look is on record, nothing is left to be done
        if is_there && !matches!((moment, fact), ("synced" | "unwitnessed", "pix_try_forgotten")) {
            let over = |log: &[String]| log.iter().any(|line| line.contains("a PIX try has come to its end"));
            again.totem.until_log("the end of the try", over);
        }
        again.until("identify");
        again.goes_for_good();
        came += usize::from(made);
    }
    assert_eq!(
        (trade.charges().len(), came),
        (23, 21),
        "each try has one charge, but for the one that was never begun"
    );
    for (txid, charge) in trade.charges() {
        assert!(nothing_is_kept(&charge), "{txid}: {charge}");
    }
    assert_eq!(trade.erp_book()["write_offs"], json!([]), "no bill hears of it");
    trade.bank_is_content();
    trade.books_are_clean();
}

/// A technician tries a card and the plug is pulled: at each fact, before the totem heard the approval, and with the undo
/// on its way. Whatever the host approved is undone, and the journal has an end of each try.
fn killed_while_a_card_is_tried(trade: &Trade, hold: impl Fn(&str)) {
    let at = |fact: &'static str| MOMENTS.map(|moment| format!("{moment}:{fact}"));
    let places = at("card_try_started").into_iter().chain(["unheard".to_owned()]).chain(at("card_try_ended"));
    for place in places.chain(["undone late".to_owned()]) {
        let before = trade.sales().len();
        let mut technician = trade.totem_in(&[("TOTEM_FAILPOINT", place.as_ref())]);
        technician.opens_the_panel();
        technician.chooses("cards");
        technician.until_page("cards");
        hold(&place);
        technician.chooses("try_card");
        match place.as_str() {
            "unheard" => {
                trade.until_books("the host's approval", |trade| trade.sales().len() > before);
                technician.totem.kill();
            }
            "undone late" => {
                let ended = |log: &[String]| log.iter().any(|line| line.contains("fact=\"card_try_ended\""));
                technician.totem.until_log("the end of the try", ended);
                technician.totem.kill();
            }
            _ => dies(technician, &place),
        }
        hold("nowhere");
        let mut again = trade.totem();
        trade.until_books("an end of everything", |trade| !trade.sales().iter().any(|state| state == "open"));
        again.until("identify");
        again.goes_for_good();
        let approved = usize::from(!place.ends_with("card_try_started"));
        assert_eq!(trade.sales().len(), before + approved, "{place}");
        assert!(trade.sales().iter().all(|state| state == "undone"), "{place}: {:?}", trade.sales());
    }
    let desk = super::panel::journal(trade, "desk");
    let many = |word: &str| desk.lines().filter(|line| line.contains(word)).count();
    assert_eq!((many("card_try_started"), many("card_try_ended")), (7, 7), "{desk}");
    assert!(super::panel::journal(trade, "list").contains("nenhum pagamento"));
    trade.books_are_clean();
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release build has no failpoints")]
fn a_kill_while_a_card_is_tried_leaves_nothing_charged() {
    let trade = Trade::open().with_a_technician();
    killed_while_a_card_is_tried(&trade, |place| {
        trade.order_tef(&match place {
            "unheard" => json!({"on": ["CRT"], "hold": true}),
            "undone late" => json!({"on": ["NCN"], "lost": true}),
            _ => json!({}),
        });
    });
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release build has no failpoints")]
fn a_kill_while_a_card_is_tried_through_clisitef_leaves_nothing_charged() {
    let trade = Trade::with_clisitef().with_a_technician();
    killed_while_a_card_is_tried(&trade, |place| {
        trade.order_clisitef(match place {
            "unheard" => json!({"hold": "copy"}),
            "undone late" => json!({"hold": "finish"}),
            _ => json!({}),
        });
    });
}
