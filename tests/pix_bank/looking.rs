use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use totem::domain::{Money, PixReceipt};
use totem::pix::{Error, PixProvider, PixState};

use crate::server::{Reply, Server, says, says_with};
use crate::{E2E, TXID, charge, cob, driver, now, pix, route};

const OTHER: &str = "E87654321202611221531abcdefghijk";

fn paid(cents: u64, end_to_end: &str) -> PixState {
    PixState::Paid {
        amount: Money::from_cents(cents),
        end_to_end: end_to_end.to_owned(),
        at: "2026-11-22T15:30:00.123Z".parse().unwrap(),
        others: Vec::new(),
    }
}

/// Of the charge's amount, and another one that nobody asked for.
fn doubled() -> PixState {
    let at = "2026-11-22T15:30:00.123Z".parse().unwrap();
    let others = vec![PixReceipt { end_to_end: OTHER.to_owned(), amount: Money::from_cents(1_000), at }];
    PixState::Paid { amount: Money::from_cents(33_705), end_to_end: E2E.to_owned(), at, others }
}

fn ago(seconds: i64) -> String {
    Timestamp::now().checked_sub(SignedDuration::from_secs(seconds)).unwrap().to_string()
}

#[tokio::test]
async fn what_each_status_says_of_the_money() {
    let came = |amount: &str, more: &str| format!(r#","pix":[{}]"#, pix(E2E, amount, more));
    let two = format!(r#","pix":[{},{}]"#, pix(OTHER, "\"10.00\"", ""), pix(E2E, "\"337.05\"", ""));
    let twice = format!(r#","pix":[{},{}]"#, pix(E2E, "\"337.05\"", ""), pix(E2E, "\"337.05\"", ""));
    let returned =
        |status: &str| format!(r#","devolucoes":[{{"id":"1","rtrId":"D1","valor":"37.05","status":"{status}"}}]"#);
    for (told, state) in [
        (cob("ATIVA", &now(), ""), PixState::Waiting),
        (cob("ATIVA", &now(), r#","pix":null,"novo":[1,{"a":null}]"#), PixState::Waiting),
        (cob("EM_ANALISE", &now(), ""), PixState::Waiting),
        (cob("CONCLUIDA", &now(), &came("\"337.05\"", "")), paid(33_705, E2E)),
        (cob("CONCLUIDA", &now(), &came("337.05", "")), paid(33_705, E2E)),
        (cob("CONCLUIDA", &now(), &came("\"337.06\"", "")), paid(33_706, E2E)),
        (cob("CONCLUIDA", &now(), &came("\"1.00\"", "")), paid(100, E2E)),
        (cob("CONCLUIDA", &now(), &two), doubled()),
        (cob("CONCLUIDA", &now(), &twice), paid(33_705, E2E)),
        (cob("CONCLUIDA", &now(), &came("\"337.05\"", &returned("DEVOLVIDO"))), paid(30_000, E2E)),
        (cob("CONCLUIDA", &now(), &came("\"337.05\"", &returned("EM_PROCESSAMENTO"))), paid(30_000, E2E)),
        (cob("CONCLUIDA", &now(), &came("\"337.05\"", &returned("NAO_REALIZADO"))), paid(33_705, E2E)),
        (cob("REMOVIDA_PELO_USUARIO_RECEBEDOR", &now(), ""), PixState::Ended),
        (cob("REMOVIDO_PELO_PSP", &now(), ""), PixState::Ended),
        (cob("REMOVIDA_PELO_PSP", &now(), &came("\"337.05\"", "")), paid(33_705, E2E)),
        (cob("ATIVA", &ago(360), ""), PixState::Waiting),
        (cob("ATIVA", &ago(430), ""), PixState::Ended),
        (cob("ATIVA", &ago(430), "").replace("360", "\"360\""), PixState::Ended),
        (cob("ATIVA", &ago(430), &came("\"337.05\"", "")), paid(33_705, E2E)),
        (cob("CONCLUIDA", &ago(9_999), &came("\"337.05\"", "")), paid(33_705, E2E)),
    ] {
        let server = Server::start();
        server.on(&route("GET"), [says(200, told.clone())]);
        assert_eq!(driver(&server).look(&charge()).await, Ok(state), "{told}");
    }
}

#[tokio::test]
async fn an_answer_that_says_less_than_it_must_is_never_paid() {
    for told in [
        cob("CONCLUIDA", &now(), ""),
        cob("CONCLUIDA", &now(), r#","pix":[{"valor":"337.05"}]"#),
        cob("CONCLUIDA", &now(), &format!(r#","pix":[{}]"#, pix(E2E, "\"337.055\"", ""))),
        cob("CONCLUIDA", &now(), &format!(r#","pix":[{}]"#, pix(E2E, "\"-337.05\"", ""))),
        cob("CONCLUIDA", &now(), &format!(r#","pix":[{}]"#, pix("E1\\u001b[2J", "\"337.05\"", ""))),
        cob("CONCLUIDA", &now(), &format!(r#","pix":[{}]"#, pix(E2E, "\"337.05\"", ""))).replace(TXID, &"a".repeat(32)),
        "<html>".to_owned(),
        String::new(),
    ] {
        let server = Server::start();
        server.on(&route("GET"), [says(200, told.clone())]);
        assert!(matches!(driver(&server).look(&charge()).await, Err(Error::Garbled(_))), "{told}");
    }
}

#[tokio::test]
async fn a_charge_ends_by_the_banks_clock_and_not_by_ours() {
    let server = Server::start();
    // the charge was made five minutes before the bank's now, which is a year before ours
    let made = cob("ATIVA", "2025-11-22T12:00:00Z", "");
    server.on(&route("GET"), [says_with(200, "Date: Sat, 22 Nov 2025 12:05:00 GMT\r\n", made)]);
    let driver = driver(&server);
    assert_eq!(driver.look(&charge()).await, Ok(PixState::Waiting));
    assert!(driver.health().await.unwrap().ahead_s.unwrap() > 3_600);
}

#[tokio::test]
async fn a_charge_that_the_bank_does_not_find_yet_is_waited_for() {
    let server = Server::start();
    server.on(&route("GET"), [says(404, "{}"), says(404, "<html>"), says(200, cob("ATIVA", &now(), ""))]);
    let driver = driver(&server);
    for _ in 0..3 {
        assert_eq!(driver.look(&charge()).await, Ok(PixState::Waiting));
    }
}

#[tokio::test]
async fn a_bank_that_asks_to_be_left_alone_is() {
    for status in [429, 503] {
        let server = Server::start();
        let busy = says_with(status, "Retry-After: 4\r\n", "");
        server.on(&route("GET"), [busy, says(200, cob("ATIVA", &now(), ""))]);
        let driver = driver(&server);
        for _ in 0..5 {
            assert_eq!(driver.look(&charge()).await, Ok(PixState::Waiting));
        }
        assert!(matches!(driver.remove(&charge()).await, Err(Error::Unreachable(_))));
        assert_eq!((server.times(&route("GET")), server.times(&route("PATCH"))), (1, 0));
        tokio::time::sleep(Duration::from_millis(4_050)).await;
        assert_eq!(driver.look(&charge()).await, Ok(PixState::Waiting));
        assert_eq!(server.times(&route("GET")), 2);
    }
}

#[tokio::test]
async fn silence_is_an_error_and_not_an_answer() {
    let server = Server::start();
    server.on(&route("GET"), [Reply::HangsUp, Reply::Late(Duration::from_secs(2)), says(500, ""), says(403, "")]);
    let driver = driver(&server);
    for _ in 0..4 {
        driver.look(&charge()).await.unwrap_err();
    }
}

#[tokio::test]
async fn a_customer_who_leaves_takes_the_charge_back() {
    let server = Server::start();
    server.on(&route("PATCH"), [says(200, cob("REMOVIDA_PELO_USUARIO_RECEBEDOR", &now(), ""))]);
    assert_eq!(driver(&server).remove(&charge()).await, Ok(PixState::Ended));
    assert!(server.seen(&route("PATCH"))[0].ends_with(r#"{"status":"REMOVIDA_PELO_USUARIO_RECEBEDOR"}"#));
    assert_eq!(server.times(&route("GET")), 0);
}

#[tokio::test]
async fn a_charge_that_cannot_be_taken_back_was_probably_just_paid() {
    let server = Server::start();
    let paid_now = cob("CONCLUIDA", &now(), &format!(r#","pix":[{}]"#, pix(E2E, "\"337.05\"", "")));
    server.on(&route("PATCH"), [says(400, "{}")]).on(&route("GET"), [says(200, paid_now)]);
    assert_eq!(driver(&server).remove(&charge()).await, Ok(paid(33_705, E2E)));
}

#[tokio::test]
async fn a_removal_that_nobody_can_confirm_is_asked_for_again() {
    for (patch, get) in [
        (says(400, "{}"), says(200, cob("ATIVA", &now(), ""))),
        (says(404, "{}"), says(404, "{}")),
        (says(200, "<html>"), says(200, cob("ATIVA", &now(), ""))),
        (Reply::HangsUp, says(200, cob("ATIVA", &now(), ""))),
    ] {
        let server = Server::start();
        server.on(&route("PATCH"), [patch]).on(&route("GET"), [get]);
        driver(&server).remove(&charge()).await.unwrap_err();
    }
    // an expired charge cannot be removed at some banks, and has ended all the same
    let server = Server::start();
    server.on(&route("PATCH"), [says(400, "{}")]).on(&route("GET"), [says(200, cob("ATIVA", &ago(500), ""))]);
    assert_eq!(driver(&server).remove(&charge()).await, Ok(PixState::Ended));
}

#[tokio::test]
async fn a_technician_sees_every_pix_of_a_charge_and_no_payer() {
    let server = Server::start();
    let two = format!(r#","pix":[{},{}]"#, pix(E2E, "\"337.05\"", ""), pix(OTHER, "\"337.05\"", ""));
    server.on(&route("GET"), [says(200, cob("CONCLUIDA", &now(), &two))]);
    let account = driver(&server).account(TXID).await.unwrap().unwrap();
    assert_eq!(account.status, "CONCLUIDA");
    let ids: Vec<&str> = account.received.iter().map(|one| one.end_to_end.as_str()).collect();
    assert_eq!(ids, [E2E, OTHER]);
    assert!(!format!("{account:?}").contains("MARIA") && !format!("{account:?}").contains("52998224725"));
}
