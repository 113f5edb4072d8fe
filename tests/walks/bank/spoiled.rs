//! Every answer that a bank can spoil, one after another before the same totem: each payment ends as if nothing had been.

use serde_json::{Value, json};

use super::{code_is_shown, is_paid, journal};
use crate::trade::customer::Customer;
use crate::trade::{PEDRO, Trade};

/// From the bills to the code of exactly this one.
fn pays_next(customer: &mut Customer, bill: i64) {
    customer.pays(&PEDRO, bill, "pix");
    code_is_shown(customer);
}

#[test]
fn whatever_a_bank_answers_while_it_makes_a_charge_there_is_one_charge_and_one_payment() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    let put = |order: Value| json!({"value": order, "for": "put_cob", "times": 1});
    for (number, (what, orders)) in [
        ("its answer is lost after it took effect", json!({"lost_answer": put(json!(true))})),
        ("the request is lost", json!({"lost_request": put(json!(true))})),
        ("it says 401 to a token that was good a moment ago", json!({"unauthorized": put(json!(true))})),
        ("the token ends early", json!({"token_expires_now": put(json!(true))})),
        ("it is busy and says for how long", json!({"too_many": put(json!(1))})),
        ("it cannot serve for a moment", json!({"unavailable": put(json!(true))})),
        ("it fails inside", json!({"status": put(json!(500))})),
        ("it is slow", json!({"slow_ms": put(json!(1500))})),
        ("its answer is cut short", json!({"truncate": put(json!(true))})),
        ("its answer is empty", json!({"empty": put(json!(true))})),
        ("it answers 200 for 201", json!({"created_status": 200})),
        ("the charge is not found for a while", json!({"stale_after_put_ms": 1500, "garbage": put(json!(true))})),
    ]
    .into_iter()
    .enumerate()
    {
        let bill = 5000 + i64::try_from(number).unwrap();
        trade.order_bank(&orders);
        pays_next(&mut customer, bill);
        let charges = trade.charges();
        assert_eq!(charges.len(), number + 1, "{what}");
        assert_eq!(charges[number].1["revision"], 0, "the same request again is the same charge: {what}");
        trade.payer_pays();
        is_paid(&mut customer, what);
        customer.leaves();
        assert_eq!(trade.times_written_off(bill), 1, "{what}");
    }
    customer.goes_for_good();
    trade.bank_is_content();
}

#[test]
fn whatever_a_bank_answers_while_it_is_looked_at_the_payment_is_seen() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    let get = |order: Value| json!({"value": order, "for": "get_cob", "times": 2});
    for (number, (what, orders)) in [
        ("401", json!({"unauthorized": {"for": "get_cob", "times": 1}})),
        ("429 with a time", json!({"too_many": get(json!(1))})),
        ("503", json!({"unavailable": {"for": "get_cob", "times": 1}})),
        ("an inner failure", json!({"status": get(json!(500))})),
        ("slow", json!({"slow_ms": get(json!(1200))})),
        ("lost", json!({"lost_answer": get(json!(true))})),
        ("a login page", json!({"html": get(json!(true))})),
        ("garbage", json!({"garbage": get(json!(true))})),
        ("nothing", json!({"empty": get(json!(true))})),
        ("redirected", json!({"redirect_to": get(json!("https://outro.example/"))})),
        ("numbers as text", json!({"numbers_as_text": true, "unknown_fields": true})),
        ("amounts as numbers", json!({"amounts_as_numbers": true, "code_name": "brcode"})),
        ("no code, only a location", json!({"code_name": "absent"})),
        ("an own shape of errors", json!({"error_shape": "nome", "status": get(json!(400))})),
        ("a clock a day late", json!({"clock_off_s": -86_400})),
    ]
    .into_iter()
    .enumerate()
    {
        let bill = 5000 + i64::try_from(number).unwrap();
        trade.order_bank(&orders);
        pays_next(&mut customer, bill);
        let looks = trade.bank_calls("get_cob");
        trade.until_books("some looks", |trade| trade.bank_calls("get_cob") > looks + 2);
        let mut with_money = orders.clone();
        with_money["pay_now"] = json!(["*"]);
        trade.payer(&with_money);
        is_paid(&mut customer, what);
        customer.leaves();
        assert_eq!(trade.times_written_off(bill), 1, "{what}");
    }
    assert!(customer.goes_for_good().iter().any(|line| line.contains("clock and the bank's differ")));
    let told = journal(&trade, &["list", "--person"]);
    assert!(told.contains("nenhum pagamento precisa de uma pessoa"), "{told}");
}
