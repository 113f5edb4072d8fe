//! Kills while a technician gives a sale back at the panel.

use serde_json::json;

use super::trade::Trade;
use super::{begins, killed_at};

/// What `totem journal` says of this totem.
pub fn journal(trade: &Trade, what: &str) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_totem"));
    let done = command.args(["journal", "--state"]).arg(trade.path("totem")).arg(what).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// A technician gives a sale back at the panel and the plug is pulled: before the TEF approved, after it and before the
/// totem heard, with the approval on record, and with its confirmation on the way. Given back exactly where the journal
/// holds the approval; the bill's write-off stays one.
fn killed_while_a_sale_is_given_back(trade: &Trade, answers: &[&str], hold: impl Fn(&str)) {
    let mut given_back = 0;
    for (bill, place) in (5000..).zip(["reversal_started", "unheard", "reversal_approved", "unconfirmed"]) {
        let mut technician = trade.totem();
        let paid = begins(&mut technician, trade, bill, false, format!("given back, killed at {place}"));
        technician.until_that("the write-off", |shown| shown["write_off"] == "settled");
        technician.leaves();
        technician.opens_the_panel();
        technician.opens_the_last_receipt();
        hold(place);
        technician.gives_it_back();
        for answer in answers.iter().filter(|_| place != "reversal_started") {
            technician.until_that("a question", |shown| shown["prompt"].is_object());
            technician.does(json!({"do": "answer", "value": answer}));
        }
        let before = paid.sales_before + 1;
        match place {
            "unheard" => trade.until_books("the host's approval", |trade| trade.sales().len() > before),
            "unconfirmed" => killed_at(&mut technician.totem, "reversal_approved"),
            fact => killed_at(&mut technician.totem, fact),
        }
        technician.totem.kill();
        hold("nowhere");
        let mut again = trade.totem();
        trade.until_books("an end of everything", |trade| !trade.sales().iter().any(|state| state == "open"));
        again.until("identify");
        again.goes_for_good();
        let stands = trade.sales();
        assert_eq!(stands[paid.sales_before], "confirmed", "{place}: {stands:?}");
        let backs = &stands[before..];
        match place {
            "reversal_started" | "unheard" => {
                assert!(backs.iter().all(|state| state == "undone"), "{place}: {stands:?}");
            }
            _ => assert_eq!(backs, ["confirmed"], "{place}: {stands:?}"),
        }
        given_back += backs.iter().filter(|state| *state == "confirmed").count();
        assert_eq!(trade.write_offs(bill), [true], "{place}");
    }
    assert_eq!(given_back, 2);
    trade.books_are_clean();
}

#[test]
fn a_kill_while_a_technician_gives_a_sale_back_leaves_it_given_back_or_not() {
    let trade = Trade::open().with_a_technician();
    killed_while_a_sale_is_given_back(&trade, &[], |place| {
        trade.order_tef(&match place {
            "reversal_started" | "unheard" => json!({"on": ["CNC"], "hold": true}),
            "unconfirmed" => json!({"on": ["CNF"], "lost": true}),
            _ => json!({}),
        });
    });
}

#[test]
fn a_kill_while_a_technician_gives_a_sale_back_through_clisitef_leaves_it_given_back_or_not() {
    let trade = Trade::with_clisitef().with_a_technician();
    // the supervisor's code, and yes
    killed_while_a_sale_is_given_back(&trade, &["1234", "1"], |place| {
        trade.order_clisitef(match place {
            "unheard" => json!({"hold": "copy"}),
            "unconfirmed" => json!({"hold": "finish"}),
            _ => json!({}),
        });
    });
}
