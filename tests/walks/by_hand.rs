//! A site whose ERP takes no write-off: a person makes it, and everybody is told so.

use serde_json::json;

use crate::trade::{MARIA, Trade};

fn told(log: &[String], fact: &str) -> usize {
    log.iter().filter(|line| line.contains(&format!("fact=\"{fact}\""))).count()
}

fn by_hand() -> Trade {
    let mut trade = Trade::open();
    let erp = "[erp.webservice_cliente]";
    trade.configure(erp, &format!("[payment]\nwrite_off = \"by_hand\"\n\n{erp}"));
    trade
}

#[test]
fn a_person_is_called_the_customer_is_told_and_the_bill_is_held_until_the_erp_shows_it_paid() {
    let trade = by_hand();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    assert_eq!(customer.until("paid")["write_off"], "by_hand");
    customer.totem.until_log("that a person is called", |log| told(log, "person_called") == 1);
    customer.taps("more");
    let bills = customer.until("invoices");
    assert_eq!(bills["invoices"][0]["state"], "settling", "nobody pays it twice: {bills}");
    customer.leaves();
    customer.goes_for_good();
    let papers = trade.papers();
    assert!(papers.iter().any(|paper| paper.contains("atendimento")), "{papers:?}");

    // a restart asks for nothing anew, and still holds the bill
    let mut again = trade.totem();
    let bills = again.identifies(&MARIA);
    assert_eq!(bills["invoices"][0]["state"], "settling", "{bills}");
    again.leaves();
    trade.order_erp(&json!({"settle_elsewhere": [90]}));
    again.totem.until_log("the end", |log| told(log, "write_off_settled") == 1 && told(log, "closed") == 1);
    let log = again.goes_for_good();
    assert_eq!((told(&log, "person_called"), told(&log, "ticket_started")), (0, 0));
    assert_eq!((trade.calls("write_off"), trade.sales()), (0, vec!["confirmed".to_owned()]));
    trade.books_are_clean();
}
