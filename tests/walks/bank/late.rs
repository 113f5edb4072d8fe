//! Money that nobody waits for any more: late, twice, or of another amount.

use serde_json::{Value, json};

use super::{code_is_shown, is_paid, journal};
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

pub const NOBODY: &str = "nenhum pagamento precisa de uma pessoa";

const NOTHING_OPEN: &str = "nenhum pagamento em aberto";

/// The looks at a code that has ended go on for longer than any test waits.
fn with_long_looks() -> Trade {
    let mut trade = Trade::with_a_bank();
    trade.configure(SHORT_LOOKS, &long_looks());
    trade
}

pub const SHORT_LOOKS: &str = "late_looks_s = [0.5, 1]";

fn long_looks() -> String {
    let looks: Vec<String> = (1..=300).map(|count| format!("{:.1}", f64::from(count) / 2.0)).collect();
    format!("late_looks_s = [{}]", looks.join(", "))
}

/// The next totem, for which it is time for the last look at every code: it closes what is settled.
pub fn looks_a_last_time(trade: &Trade) {
    let back = trade.totem();
    trade.until_books("the end of all payments", |trade| journal(trade, &["list", "--open"]).contains(NOTHING_OPEN));
    back.goes_for_good();
}

/// The customer gives the code back, and the bank has taken it back.
fn gives_the_code_up(trade: &Trade, customer: &mut Customer) {
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(customer);
    customer.taps("cancel");
    customer.until("invoices");
    customer.totem.until_log("the end of the code", |log| log.iter().any(|line| line.contains("\"pix_ended\"")));
    assert_eq!(trade.charge().1["status"], "REMOVIDA_PELO_USUARIO_RECEBEDOR");
}

/// `R$ 1.234,56`, as the lists write it.
fn reais(cents: &Value) -> String {
    let cents = cents.as_u64().unwrap();
    let (mut whole, mut rest) = (String::new(), cents / 100);
    while rest >= 1000 {
        whole = format!(".{:03}{whole}", rest % 1000);
        rest /= 1000;
    }
    format!("R$ {rest}{whole},{:02}", cents % 100)
}

/// The day of a Pix as the ERP is told of it, where the bank's clock is off by so much.
fn day_of(pix: &Value, clock_off_s: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(pix["at_ms"].as_i64().unwrap() + clock_off_s * 1000).unwrap();
    at.in_tz("America/Sao_Paulo").unwrap().strftime("%d-%m-%Y").to_string()
}

fn person_has(trade: &Trade, text: &str) -> String {
    trade.until_books("the person's list", |trade| journal(trade, &["list", "--person"]).contains(text));
    journal(trade, &["list", "--person"])
}

#[test]
fn money_that_comes_when_the_code_is_long_off_the_screen_is_written_off_once_with_its_own_date() {
    let mut trade = with_long_looks();
    let mut customer = trade.totem();
    gives_the_code_up(&trade, &mut customer);
    customer.leaves();
    // paid a day ago by the bank's clock: that day is the payment's
    const A_DAY: i64 = 86_400;
    trade.payer(&json!({"pay_late": ["*"], "clock_off_s": -A_DAY}));
    trade.until_books("the write-off of late money", |trade| trade.write_offs(90) == [true]);
    let settled = |log: &[String]| log.iter().any(|line| line.contains("fact=\"write_off_settled\""));
    customer.totem.until_log("that the write-off is known here", settled);
    let pix = trade.charge().1["pix"][0].clone();
    let call = trade.erp_book()["write_offs"][0].clone();
    assert_eq!((&call["date"], &call["method"]), (&json!(day_of(&pix, -A_DAY)), &json!(5)), "{pix}");
    assert!(journal(&trade, &["list", "--person"]).contains(NOBODY));
    let list = journal(&trade, &["list"]);
    let told = journal(&trade, &["show", list.split_whitespace().next().unwrap()]);
    assert!(told.contains("pago e baixado") && told.contains(&trade.received()[0]), "{told}");
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("money came late")), "{log:?}");
    trade.configure(&long_looks(), SHORT_LOOKS);
    let looks = trade.bank_calls("get_cob");
    looks_a_last_time(&trade);
    assert!(trade.bank_calls("get_cob") > looks, "the bank was asked once more");
    assert_eq!((trade.write_offs(90), trade.charges().len()), (vec![true], 1));
    trade.bank_is_content();
    trade.books_are_clean();
}

#[test]
fn money_that_comes_late_for_a_bill_that_was_paid_by_card_meanwhile_is_a_refund() {
    let trade = with_long_looks();
    let mut customer = trade.totem();
    gives_the_code_up(&trade, &mut customer);
    customer.taps("pay");
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.leaves();
    trade.payer(&json!({"pay_late": ["*"]}));
    is_a_refund(&trade);
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    assert_eq!(trade.erp_book()["write_offs"][0]["method"], 2, "the card's");
    trade.bank_is_content();
    trade.books_are_clean();
}

#[test]
fn money_that_comes_late_for_a_bill_that_was_paid_elsewhere_meanwhile_is_a_refund() {
    let trade = with_long_looks();
    let mut customer = trade.totem();
    gives_the_code_up(&trade, &mut customer);
    customer.leaves();
    trade.order_erp(&json!({"settle_elsewhere": [90]}));
    trade.payer(&json!({"pay_late": ["*"]}));
    is_a_refund(&trade);
    customer.goes_for_good();
    assert_eq!((trade.write_offs(90), trade.paid_by(90).as_deref()), (vec![], Some("elsewhere")));
    trade.bank_is_content();
    trade.books_are_clean();
}

/// The person's list names the money, its id, the bill, and what to do.
fn is_a_refund(trade: &Trade) {
    let id = trade.received().remove(0);
    let list = person_has(trade, &format!("totem pix refund {id} "));
    let amount = reais(&trade.charge().1["pix"][0]["amount_cents"]);
    for text in ["a fatura já estava paga por outro meio", &format!("devolva {amount}"), "fatura 90", "EndToEndId"] {
        assert!(list.contains(text), "{text} is not in {list}");
    }
}

#[test]
fn money_of_another_amount_is_told_to_nobody_as_paid_and_the_list_says_how_much_came() {
    for more in [-100, 100] {
        let trade = Trade::with_a_bank();
        let mut customer = trade.totem();
        customer.pays(&MARIA, 90, "pix");
        let asked = code_is_shown(&mut customer)["amount_cents"].clone();
        trade.payer(&json!({"wrong_amount": more, "pay_now": ["*"]}));
        let confirming = customer.until("confirming");
        assert!(confirming["protocol"].as_str().is_some_and(|protocol| !protocol.is_empty()), "{confirming}");
        customer.leaves();
        let came = trade.charge().1["pix"][0]["amount_cents"].clone();
        assert_eq!(came.as_i64().unwrap() - asked.as_i64().unwrap(), more);
        let list = person_has(&trade, &trade.received()[0]);
        let sentence = format!("chegaram {} em vez de {}", reais(&came), reais(&asked));
        assert!(list.contains(&sentence) && list.contains("fatura 90"), "{sentence}: {list}");
        customer.goes_for_good();
        // neither now nor by the totem that comes after
        let back = trade.totem();
        back.goes_for_good();
        assert_eq!((trade.write_offs(90), trade.paid_by(90)), (vec![], None));
        assert!(journal(&trade, &["list", "--person"]).contains(&sentence));
        trade.bank_is_content();
    }
}

#[test]
fn two_pix_on_one_charge_write_the_bill_off_once_and_the_second_is_a_persons_with_its_own_id() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    trade.payer(&json!({"pay_twice": ["*"]}));
    is_paid(&mut customer, "the bill is paid, whatever came beside");
    customer.leaves();
    the_second_waits_for_a_person(&trade);
    customer.goes_for_good();
    assert_eq!((trade.write_offs(90), trade.received().len()), (vec![true], 2));
    trade.bank_is_content();
    trade.books_are_clean();
}

/// Gives the ids of both.
pub fn the_second_waits_for_a_person(trade: &Trade) -> (String, String) {
    let [first, second]: [String; 2] = trade.received().try_into().unwrap();
    let list = person_has(trade, &format!("totem pix refund {second} "));
    assert!(list.contains("chegou mais de um PIX pela mesma cobrança"), "{list}");
    assert!(!list.contains(&format!("refund {first}")), "the first paid the bill: {list}");
    (first, second)
}
