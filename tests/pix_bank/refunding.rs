use totem::domain::{Money, PixBack, PixReceipt};
use totem::pix::{Error, PixProvider};

use crate::server::{Reply, Server, TOKEN, says};
use crate::{E2E, charge, driver, driver_with};

const ID: &str = "a1b2c3";

fn route(method: &str) -> String {
    format!("{method} /pix/v2/pix/{E2E}/devolucao/{ID}")
}

fn told(status: &str) -> String {
    format!(
        r#"{{"id":"{ID}","rtrId":"D12345678202611221600abcdefghijk","valor":"37.05","horario":{{}},"status":"{status}"}}"#
    )
}

#[tokio::test]
async fn a_refund_carries_the_exact_amount_and_the_right_to_give_back() {
    let server = Server::start();
    server.on(&route("PUT"), [says(201, told("EM_PROCESSAMENTO"))]);
    let driver = driver_with(&server, "scopes = [\"cob.read\", \"pix.read\"]");
    let refund = driver.refund(E2E, ID, Money::from_cents(3_705)).await.unwrap();
    assert_eq!((refund.status.as_str(), refund.amount), ("EM_PROCESSAMENTO", Some(Money::from_cents(3_705))));
    assert!(server.seen(&route("PUT"))[0].ends_with(r#"{"valor":"37.05"}"#));
    assert!(server.seen(TOKEN)[0].ends_with("scope=cob.read+pix.read+pix.write"));
}

#[tokio::test]
async fn a_refund_whose_answer_was_lost_is_looked_up_and_not_made_twice() {
    for first in [Reply::HangsUp, says(400, "{}")] {
        let server = Server::start();
        server.on(&route("PUT"), [first]).on(&route("GET"), [says(200, told("DEVOLVIDO"))]);
        let refund = driver(&server).refund(E2E, ID, Money::from_cents(3_705)).await.unwrap();
        assert_eq!(refund.status, "DEVOLVIDO");
        assert_eq!(server.times(&route("PUT")), 1);
    }
}

#[tokio::test]
async fn a_refused_refund_and_ids_that_are_none_are_said_as_such() {
    let server = Server::start();
    server.on(&route("PUT"), [says(400, "{}")]);
    let driver = driver(&server);
    let amount = Money::from_cents(1);
    assert!(matches!(driver.refund(E2E, ID, amount).await, Err(Error::Refused(_))));
    for (end_to_end, id) in [("E1", ID), (E2E, ""), (E2E, "a/b"), (E2E, &"a".repeat(36))] {
        assert!(matches!(driver.refund(end_to_end, id, amount).await, Err(Error::Refused(_))));
    }
    assert_eq!(server.times(&route("PUT")), 1);
}

#[tokio::test]
async fn what_a_try_brought_goes_back_once_and_only_the_banks_word_counts() {
    let at = "2026-11-22T15:30:00Z".parse().unwrap();
    let receipt = PixReceipt { end_to_end: E2E.to_owned(), amount: Money::from_cents(3_705), at };
    let done = || PixBack::Done { return_id: Some("D12345678202611221600abcdefghijk".to_owned()) };
    for (known, put, heard) in [
        // asked before, and not heard
        (vec![says(200, told("DEVOLVIDO"))], None, Ok(done())),
        (vec![says(404, "{}")], Some(says(201, told("EM_PROCESSAMENTO"))), Ok(PixBack::Pending)),
        (vec![says(404, "{}")], Some(says(201, told("DEVOLVIDO"))), Ok(done())),
        (vec![says(404, "{}"), says(200, told("DEVOLVIDO"))], Some(Reply::HangsUp), Ok(done())),
    ] {
        let server = Server::start();
        server.on(&route("GET"), known);
        if let Some(put) = put {
            server.on(&route("PUT"), [put]);
        }
        assert_eq!(driver(&server).give_back(&charge(), &receipt, ID).await, heard);
    }
    let server = Server::start();
    server.on(&route("GET"), [says(404, "{}")]).on(&route("PUT"), [says(400, "{}")]);
    assert!(matches!(driver(&server).give_back(&charge(), &receipt, ID).await, Ok(PixBack::Refused { .. })));
    // it may have been made all the same
    let server = Server::start();
    server.on(&route("GET"), [says(404, "{}")]).on(&route("PUT"), [says(500, "{}")]);
    assert!(matches!(driver(&server).give_back(&charge(), &receipt, ID).await, Err(Error::Unreachable(_))));
}
