//! Lists of more than fifty bills.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use totem::domain::InvoiceState;
use totem::erp::{Erp, Error, Words};

use crate::server::{Reply, Server, says};
use crate::{BILLS, CPF, CUSTOMER, bill, driver, tax_id};

fn row(id: usize, due: Date) -> String {
    format!(r#"{{"id_fatura":{id},"valor":99.9,"data_vencimento":"{}"}}"#, due.strftime("%d/%m/%Y"))
}

fn page(rows: impl Iterator<Item = (usize, Date)>) -> Reply {
    let rows: Vec<String> = rows.map(|(id, due)| row(id, due)).collect();
    says(format!(r#"{{"status":"success","faturas":[{}]}}"#, rows.join(",")))
}

/// Two bills fall due on each day.
fn due(id: usize) -> Date {
    date(2030, 1, 1).saturating_add(i64::try_from(id / 2).unwrap().days())
}

fn server() -> Server {
    let server = Server::start();
    let customer = format!(r#"{{"clientes":[{{"codigo_cliente":1162,"cpf_cnpj":"{CPF}"}}]}}"#);
    server.on(CUSTOMER, [says(customer)]);
    server
}

#[tokio::test]
async fn a_customer_with_a_hundred_and_twenty_bills_gets_each_of_them_once() {
    let server = server();
    let pages = [0..50, 48..98, 96..120].map(|ids| page(ids.map(|id| (id, due(id)))));
    server.on(BILLS, pages);
    let account = driver(&server, "").account(&tax_id(CPF)).await.unwrap().unwrap();
    let ids: Vec<usize> = account.invoices.iter().map(|invoice| invoice.id.0.parse().unwrap()).collect();
    assert_eq!(ids, (0..120).collect::<Vec<_>>());
    let asked = server.seen_at(BILLS);
    assert!(!asked[0].contains("data_inicio"));
    for (asked, last) in [(&asked[1], 49), (&asked[2], 97)] {
        assert!(asked.contains(&format!("data_inicio={}&data_fim=", due(last))), "{asked}");
    }
}

#[tokio::test]
async fn a_list_that_cannot_be_walked_whole_is_no_list() {
    let why = |why: &str| Err(Error::Garbled { operation: "cliente/financeiro", why: why.to_owned() });
    let one_day = || page((0..50).map(|id| (id, due(0))));
    let unsorted = || page((0..50).rev().map(|id| (id, due(id))));
    let endless = (0..61).map(|at| page((at * 49..at * 49 + 50).map(|id| (id, due(2 * id)))));
    let stranger = says(r#"{"faturas":[{"id_fatura":1,"cliente":{"codigo_cliente":9}}]}"#);
    for (pages, expected) in [
        (vec![one_day(), one_day()], why("more bills on one day than it lists at a time")),
        (vec![unsorted()], why("the bills are not in the order that was asked for")),
        (endless.collect(), why("the list has no end")),
        (vec![stranger], why("bills of another customer")),
    ] {
        let server = server();
        server.on(BILLS, pages.clone());
        assert_eq!(driver(&server, "").account(&tax_id(CPF)).await.map(drop), expected);
        server.on(BILLS, pages);
        assert_eq!(driver(&server, "").invoice(&bill("999999")).await.map(drop), expected, "no bill counts as gone");
    }
}

#[tokio::test]
async fn a_bill_of_the_list_is_read_again_by_its_own_day() {
    let server = server();
    server.on(BILLS, [page((0..3).map(|id| (id, due(id))))]);
    let driver = driver(&server, "");
    driver.account(&tax_id(CPF)).await.unwrap();
    assert!(matches!(driver.invoice(&bill("2")).await, Ok(InvoiceState::Open(_))));
    let asked = server.seen_at(BILLS).pop().unwrap();
    assert!(asked.contains("data_inicio=2030-01-02&data_fim=2030-01-02"), "{asked}");
    // the provider has moved its due date: it is found among all of them
    server.on(BILLS, [page(std::iter::empty()), page([(2, due(8))].into_iter())]);
    let Ok(InvoiceState::Open(moved)) = driver.invoice(&bill("2")).await else { panic!("open") };
    assert_eq!(moved.due, due(8));
}

#[tokio::test]
async fn a_bill_that_stands_there_twice_is_believed_only_where_both_say_the_same() {
    let server = Server::start();
    let open = row(1, due(0));
    let paid = open.replace("}", r#","data_pagamento":"01/01/2030"}"#);
    server.on(BILLS, [says(format!(r#"{{"faturas":[{open},{paid}]}}"#))]);
    let why = "the bill stands there both open and paid".to_owned();
    let garbled = Err(Error::Garbled { operation: "cliente/financeiro", why });
    assert_eq!(driver(&server, "").invoice(&bill("1")).await, garbled);
}

#[tokio::test]
async fn a_list_that_is_empty_in_words_is_empty_and_a_customer_not_found_is_no_list() {
    let server = server();
    server.on(BILLS, [says(r#"{"status":"error","msg":"Nenhuma fatura encontrada","errors":[]}"#)]);
    assert_eq!(driver(&server, "").invoice(&bill("1")).await, Ok(InvoiceState::Withdrawn));
    server.on(BILLS, [says(r#"{"status":"error","msg":"Cliente não encontrado","errors":[]}"#)]);
    let words = Words::of("Cliente não encontrado");
    let refused = Err(Error::Denied { operation: "cliente/financeiro", status: 200, words });
    assert_eq!(driver(&server, "").invoice(&bill("1")).await, refused);
}
