use totem::domain::Money;
use totem::pix::Error;

use crate::server::{Reply, Server, TOKEN, says};
use crate::{E2E, driver, driver_with};

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
