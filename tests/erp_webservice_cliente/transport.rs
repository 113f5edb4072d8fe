use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use totem::erp::webservice_cliente::{connect, connect_with};
use totem::erp::{Erp, Error};
use totem::http::SetUpError;

use crate::server::{Reply, Server, TOKEN_PATH, says};
use crate::write_off::{PAY, write_off};
use crate::{ROWS, bill, cpf, driver, patience, settings};

const LINHA: &str = "GET /ws/financeiro/fatura/aberta/90/linha_digitavel";
const PDF: &str = "GET /ws/financeiro/fatura/90/imprimir";

fn none() -> Reply {
    says("\"FALHA\"")
}

#[tokio::test]
async fn a_read_that_did_not_get_through_is_tried_three_times() {
    for status in [429, 502, 503, 504] {
        let server = Server::start();
        let down = || Reply::Says(status, b"<html>".to_vec());
        server.on(LINHA, [down(), down(), none()]);
        assert_eq!(driver(&server, "").boleto(&bill("90")).await, Ok(None));
        assert_eq!(server.times(LINHA), 3);
        server.on(LINHA, [down()]);
        let unreachable = Error::Unreachable(format!("HTTP {status}"));
        assert_eq!(driver(&server, "").boleto(&bill("90")).await, Err(unreachable));
        assert_eq!(server.times(LINHA), 6);
    }
}

#[tokio::test]
async fn a_read_that_was_answered_or_broke_off_is_not_tried_again() {
    for reply in [Reply::Says(500, Vec::new()), Reply::Says(404, Vec::new()), Reply::HangsUp, says("<html>")] {
        let server = Server::start();
        server.on(LINHA, [reply]);
        assert!(driver(&server, "").boleto(&bill("90")).await.is_err());
        assert_eq!(server.times(LINHA), 1);
    }
}

#[tokio::test]
async fn the_pauses_between_tries_double_and_all_tries_together_end() {
    let server = Server::start();
    server.on(LINHA, [Reply::Says(503, Vec::new())]);
    let with = |before_retry, all_tries| {
        let patience = totem::http::Patience {
            before_retry: Duration::from_millis(before_retry),
            all_tries: Duration::from_millis(all_tries),
            ..patience()
        };
        connect_with(settings(&server.base, ""), patience).unwrap()
    };
    let started = Instant::now();
    with(60, 5000).boleto(&bill("90")).await.unwrap_err();
    assert!(started.elapsed() >= Duration::from_millis(60 + 120));
    assert_eq!(server.times(LINHA), 3);
    with(2_000, 5_000).boleto(&bill("90")).await.unwrap_err();
    assert_eq!(server.times(LINHA), 5, "a third try would begin too late");
}

#[tokio::test]
async fn a_read_without_an_answer_in_time_is_given_up() {
    let server = Server::start();
    server.on(LINHA, [Reply::Hangs]);
    let patience = totem::http::Patience { list: Duration::from_millis(150), ..patience() };
    let driver = connect_with(settings(&server.base, ""), patience).unwrap();
    assert_eq!(driver.boleto(&bill("90")).await, Err(Error::Unreachable("no answer in time".to_owned())));
    assert_eq!(server.times(LINHA), 1);
}

#[tokio::test]
async fn five_calls_in_vain_and_the_sixth_is_not_made() {
    let server = Server::start();
    server.on(LINHA, [Reply::HangsUp]).on(PAY, [says("\"SUCESSO\"")]);
    let patience = totem::http::Patience { breaker: Duration::from_millis(6_000), ..patience() };
    let driver = connect_with(settings(&server.base, ROWS), patience).unwrap();
    for _ in 0..5 {
        driver.boleto(&bill("90")).await.unwrap_err();
    }
    let left_alone = || Error::Unreachable("it failed repeatedly and is left alone for a while".to_owned());
    for _ in 0..3 {
        assert_eq!(driver.boleto(&bill("90")).await, Err(left_alone()));
        assert_eq!(driver.write_off(&write_off()).await, Err(left_alone()), "certainly not executed");
    }
    assert_eq!((server.times(LINHA), server.times(PAY)), (5, 0));
    // asking while it is open does not keep it open
    tokio::time::sleep(Duration::from_millis(6_100)).await;
    server.on(LINHA, [none()]);
    assert_eq!(driver.boleto(&bill("90")).await, Ok(None));
}

#[tokio::test]
async fn an_answer_between_failures_keeps_the_way_open() {
    let server = Server::start();
    let fails = || Reply::HangsUp;
    server.on(LINHA, [fails(), fails(), fails(), fails(), none(), fails(), fails(), fails(), fails(), none()]);
    let driver = driver(&server, "");
    for _ in 0..9 {
        let _ = driver.boleto(&bill("90")).await;
    }
    assert_eq!(driver.boleto(&bill("90")).await, Ok(None));
}

#[tokio::test]
async fn no_redirect_leads_to_another_machine() {
    let (server, elsewhere) = (Server::start(), Server::start());
    elsewhere.on("GET /linha", [none()]);
    let garbled = Error::Garbled { operation: "fatura/aberta/linha_digitavel", why: "redirected elsewhere".to_owned() };
    for to in [format!("{}/linha", elsewhere.base), "https://127.0.0.1/linha".to_owned()] {
        server.on(LINHA, [Reply::Redirects(302, to)]);
        assert_eq!(driver(&server, "").boleto(&bill("90")).await, Err(garbled.clone()));
    }
    assert!(elsewhere.seen().is_empty(), "neither password nor token leave");
    server.on(LINHA, [Reply::Redirects(302, "/linha".to_owned())]).on("GET /linha", [none()]);
    assert_eq!(driver(&server, "").boleto(&bill("90")).await, Ok(None), "the same machine may move a path");
    server.on("GET /linha", [Reply::Redirects(302, "/linha".to_owned())]);
    assert_eq!(driver(&server, "").boleto(&bill("90")).await, Err(garbled), "in a circle");
}

#[tokio::test]
async fn a_huge_body_is_refused_before_it_has_come() {
    let server = Server::start();
    let hundred_mb = 1600;
    server.on(LINHA, [Reply::Floods(hundred_mb)]).on(PDF, [Reply::Floods(hundred_mb)]);
    let too_large = |operation, at_most: u32| Error::Garbled { operation, why: format!("more than {at_most} bytes") };
    let driver = driver(&server, "");
    assert_eq!(driver.boleto(&bill("90")).await, Err(too_large("fatura/aberta/linha_digitavel", 2_097_152)));
    assert_eq!(driver.pdf(&bill("90")).await, Err(too_large("fatura/imprimir", 10_485_760)));
    assert!(server.chunks_sent() < hundred_mb / 2, "{} chunks", server.chunks_sent());

    let announced = b"HTTP/1.1 200 OK\r\ncontent-length: 3000000\r\n\r\n".to_vec();
    server.on(LINHA, [Reply::Raw(announced)]);
    assert_eq!(driver.boleto(&bill("90")).await, Err(too_large("fatura/aberta/linha_digitavel", 2_097_152)));
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_read_replayed() {
    let server = Server::start();
    for refusal in [Reply::Says(401, b"<html>".to_vec()), says(r#"{"error":"Token inválido"}"#)] {
        server.on(TOKEN_PATH, [says(r#"{"token":"old"}"#), says(r#"{"token":"new"}"#)]);
        server.on(LINHA, [refusal.clone(), none()]);
        assert_eq!(driver(&server, "").boleto(&bill("90")).await, Ok(None));
        let last = server.seen_at(LINHA).pop().unwrap();
        assert!(last.contains("\r\ntoken: new\r\n"), "{last}");

        server.on(LINHA, [refusal]);
        let sign_in = Err(Error::SignIn("a fresh token is refused".to_owned()));
        assert_eq!(driver(&server, "").boleto(&bill("90")).await, sign_in);
    }
    assert_eq!(server.times(LINHA), 8);
}

#[tokio::test]
async fn a_token_is_kept_for_its_life_and_no_longer() {
    let server = Server::start();
    server.on(LINHA, [none()]);
    let kept = driver(&server, "");
    for _ in 0..3 {
        kept.boleto(&bill("90")).await.unwrap();
    }
    assert_eq!(server.times(TOKEN_PATH), 1, "an hour of life, though exp is years ago by our clock");
    // {"exp":60000,"iat":0} with milliseconds would be a minute; the margin leaves nothing of it
    server.on(TOKEN_PATH, [says(r#"{"token":"e30.eyJleHAiOjE1NzU2NDAxODI2NDgsImlhdCI6MTU3NTY0MDEyMjY0OH0.c2ln"}"#)]);
    let short = driver(&server, "");
    for _ in 0..3 {
        short.boleto(&bill("90")).await.unwrap();
    }
    assert_eq!(server.times(TOKEN_PATH), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_calls_at_once_ask_for_one_token() {
    let server = Server::start();
    let slow = |token: &str| Reply::Slow(Duration::from_millis(80), format!(r#"{{"token":"{token}"}}"#).into());
    server.on(TOKEN_PATH, [slow("one")]).on(LINHA, [none()]);
    let driver = Arc::new(driver(&server, ""));
    let calls = (0..20).map(|_| {
        let driver = Arc::clone(&driver);
        tokio::spawn(async move { driver.boleto(&bill("90")).await })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), Ok(None));
    }
    assert_eq!((server.times(TOKEN_PATH), server.times(LINHA)), (1, 20));
}

#[tokio::test]
async fn a_password_that_is_wrong_is_a_matter_of_sign_in() {
    let sign_in = |why: &str| Error::SignIn(why.to_owned());
    let garbled = |why: &str| Error::Garbled { operation: "auth/token/gerar", why: why.to_owned() };
    for (reply, expected) in [
        (Reply::Says(401, Vec::new()), sign_in("HTTP 401")),
        (says(r#"{"error":"Usuário inativo"}"#), sign_in("Usuário inativo")),
        (says("{}"), garbled("no token in it")),
        (says("\"FALHA\""), garbled("no token in it")),
        (says("<html>"), garbled("it is HTML")),
        (says("{\"token\":\"a\\nb\"}"), sign_in("it holds characters that no header can carry")),
    ] {
        let server = Server::start();
        server.on(TOKEN_PATH, [reply]);
        assert_eq!(driver(&server, "").account(&cpf()).await, Err(expected));
    }
    let server = Server::start();
    server.on(TOKEN_PATH, [says("\"e30.e30.c2ln\"")]).on(LINHA, [none()]);
    assert_eq!(driver(&server, "").boleto(&bill("90")).await, Ok(None), "a bare token is one too");
}

#[tokio::test]
async fn an_erp_that_is_not_there_is_unreachable() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let driver = connect_with(settings(&format!("http://{closed}"), ""), patience()).unwrap();
    assert_eq!(driver.account(&cpf()).await, Err(Error::Unreachable("no connection".to_owned())));
}

#[test]
fn what_is_wrong_with_the_settings_is_said_before_anything_is_sent() {
    let of = |url: &str, more: &str| connect(settings(url, more)).map(drop);
    assert_eq!(of("http://erp.provedor.net.br", ""), Err(SetUpError::PlainHttp));
    assert_eq!(of("http://erp.provedor.net.br", "allow_plain_http = true"), Ok(()));
    assert_eq!(
        of("https://erp", "zone = \"Brasil/Belo_Horizonte\""),
        Err(SetUpError::Zone("Brasil/Belo_Horizonte".to_owned()))
    );
    assert!(matches!(of("erp.provedor.net.br", ""), Err(SetUpError::Address(_))));
}
