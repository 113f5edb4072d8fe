//! Signing in: the grant, the token's life in memory and on disk, and refusals.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use totem::domain::InvoiceState;
use totem::erp::hubsoft::{HubSoft, connect};
use totem::erp::{Erp, Error};
use totem::http::SetUpError;

use crate::server::{Reply, Server, TOKEN_PATH, says};
use crate::{BILLS, bill, body, driver, fixture, settings};

const NONE: &str = r#"{"faturas":[]}"#;

fn granted(token: &str, life_s: &str) -> Reply {
    says(format!(r#"{{"token_type":"Bearer","expires_in":{life_s},"access_token":"{token}"}}"#))
}

async fn asks(driver: &HubSoft) {
    assert_eq!(driver.invoice(&bill("1")).await, Ok(InvoiceState::Withdrawn));
}

fn bearer(request: &str) -> &str {
    let head = request.lines().find_map(|line| line.strip_prefix("authorization: Bearer "));
    head.unwrap_or_else(|| panic!("{request}"))
}

#[tokio::test]
async fn the_grant_goes_out_as_the_document_prints_it() {
    let server = Server::start();
    server.on(BILLS, [says(NONE)]);
    asks(&driver(&server, "")).await;
    let sent = server.seen_at(TOKEN_PATH).remove(0);
    let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(value(body(&sent)), value(&fixture("oauth_token.request.json")));
    let asked = server.seen_at(BILLS).remove(0);
    assert!(asked.contains("\r\naccept: application/json\r\n"), "{asked}");
    assert_eq!(bearer(&asked), value(&fixture("oauth_token.response.json"))["access_token"]);
}

fn token_file(path: &Path) -> String {
    format!("token_file = \"{}\"", path.display())
}

#[tokio::test]
async fn a_token_outlives_a_restart_in_a_file_of_its_owner() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("hubsoft-token");
    let server = Server::start();
    server.on(BILLS, [says(NONE)]);
    for _ in 0..3 {
        asks(&driver(&server, &token_file(&path))).await;
    }
    assert_eq!(server.times(TOKEN_PATH), 1);
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    for spoilt in ["", "{\"access_token\":", "not a token"] {
        std::fs::write(&path, spoilt).unwrap();
        asks(&driver(&server, &token_file(&path))).await;
    }
    assert_eq!(server.times(TOKEN_PATH), 4, "a garbled file counts as none");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    asks(&driver(&server, &token_file(&path))).await;
    assert_eq!(server.times(TOKEN_PATH), 5, "a file that others may read is not trusted");
    asks(&driver(&server, "")).await;
    assert_eq!(server.times(TOKEN_PATH), 6, "without the setting each start signs in");
}

#[tokio::test]
async fn a_token_file_that_cannot_be_written_costs_a_sign_in_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "").unwrap();
    let server = Server::start();
    server.on(BILLS, [says(NONE)]);
    let driver = driver(&server, &token_file(&dir.path().join("file/token")));
    asks(&driver).await;
    asks(&driver).await;
    assert_eq!(server.times(TOKEN_PATH), 1);
}

#[tokio::test]
async fn a_kept_token_that_is_refused_is_replaced_once_also_in_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let more = token_file(&dir.path().join("hubsoft-token"));
    let server = Server::start();
    server.on(TOKEN_PATH, [granted("old", "2592000"), granted("new", "\"2592000\"")]);
    server.on(BILLS, [says(NONE), Reply::Says(401, b"{\"error\":\"Unauthenticated.\"}".to_vec()), says(NONE)]);
    asks(&driver(&server, &more)).await;
    asks(&driver(&server, &more)).await;
    asks(&driver(&server, &more)).await;
    let tokens: Vec<String> = server.seen_at(BILLS).iter().map(|request| bearer(request).to_owned()).collect();
    assert_eq!(tokens, ["old", "old", "new", "new"]);
    assert_eq!(server.times(TOKEN_PATH), 2);

    server.on(BILLS, [Reply::Says(401, Vec::new())]);
    let sign_in = Err(Error::SignIn("a fresh token is refused".to_owned()));
    assert_eq!(driver(&server, &more).invoice(&bill("1")).await, sign_in);
    assert!(!dir.path().join("hubsoft-token").exists(), "it is not tried again at the next start");
}

#[tokio::test]
async fn the_last_minute_of_a_token_is_not_used() {
    let server = Server::start();
    server.on(TOKEN_PATH, [granted("short", "60")]).on(BILLS, [says(NONE)]);
    let driver = driver(&server, "");
    asks(&driver).await;
    asks(&driver).await;
    assert_eq!(server.times(TOKEN_PATH), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_calls_at_once_ask_for_one_token() {
    let server = Server::start();
    let slow = Reply::Slow(Duration::from_millis(80), fixture("oauth_token.response.json").into());
    server.on(TOKEN_PATH, [slow]).on(BILLS, [says(NONE)]);
    let driver = Arc::new(driver(&server, ""));
    let calls = (0..20).map(|_| {
        let driver = Arc::clone(&driver);
        tokio::spawn(async move { asks(&driver).await })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
    assert_eq!(server.times(TOKEN_PATH), 1);
}

#[tokio::test]
async fn a_sign_in_that_fails_is_told_apart() {
    let sign_in = |why: &str| Error::SignIn(why.to_owned());
    let garbled = |why: &str| Error::Garbled { operation: "oauth/token", why: why.to_owned() };
    for (reply, expected) in [
        (Reply::Says(401, fixture("oauth_token.response.error_401.json").into()), sign_in("HTTP 401")),
        (
            says(r#"{"error":"invalid_client","message":"Client authentication failed"}"#),
            sign_in("Client authentication failed"),
        ),
        (Reply::Says(400, b"{}".to_vec()), sign_in("HTTP 400")),
        (says(fixture("oauth_token.response.document.txt")), garbled("it is not JSON")),
        (says("<html>"), garbled("it is HTML")),
        (says("{}"), garbled("unexpected JSON at line 1")),
        (says(r#"{"access_token":""}"#), garbled("no access_token")),
        (granted("a\\nb", "60"), sign_in("the token holds characters that no header can carry")),
    ] {
        let server = Server::start();
        server.on(TOKEN_PATH, [reply]);
        assert_eq!(driver(&server, "").invoice(&bill("1")).await, Err(expected));
        assert_eq!(server.times(BILLS), 0);
    }
}

#[test]
fn what_is_wrong_with_the_settings_is_said_before_anything_is_sent() {
    let of = |url: &str, more: &str| connect(settings(url, more)).map(drop);
    assert_eq!(of("http://api.provedor.exemplo", ""), Err(SetUpError::PlainHttp));
    assert_eq!(of("http://api.provedor.exemplo", "allow_plain_http = true"), Ok(()));
    assert_eq!(of("https://api", "zone = \"Brasil/Marte\""), Err(SetUpError::Zone("Brasil/Marte".to_owned())));
    assert!(matches!(of("api.provedor.exemplo", ""), Err(SetUpError::Address(_))));
}
