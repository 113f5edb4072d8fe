use std::io::Write;
use std::sync::{Arc, Mutex};

use totem::pix::{Error, PixProvider, PixState};
use tracing_subscriber::fmt::MakeWriter;

use crate::server::{Reply, Server, TOKEN, says};
use crate::{E2E, charge, cob, driver, driver_with, now, order, pix, route, settings};

#[tokio::test]
async fn every_bank_is_asked_for_a_token_in_its_own_way() {
    let basic = "authorization: Basic dG90ZW0tMTpzM2dyM2Qw";
    for (auth, line, has_basic, body) in [
        ("basic_form", "POST /oauth/token ", true, "grant_type=client_credentials&scope=cob.read+cob.write"),
        (
            "basic_json",
            "POST /oauth/token ",
            true,
            r#"{"grant_type":"client_credentials","scope":"cob.read cob.write"}"#,
        ),
        (
            "form_secret",
            "POST /oauth/token ",
            false,
            "grant_type=client_credentials&client_id=totem-1&client_secret=s3gr3d0&scope=cob.read+cob.write",
        ),
        (
            "form_id_only",
            "POST /oauth/token ",
            false,
            "grant_type=client_credentials&client_id=totem-1&scope=cob.read+cob.write",
        ),
        (
            "query_grant",
            "POST /oauth/token?grant_type=client_credentials ",
            false,
            "client_id=totem-1&client_secret=s3gr3d0&scope=cob.read+cob.write",
        ),
    ] {
        let server = Server::start();
        let more = format!(
            "auth = \"{auth}\"\nscopes = [\"cob.read\", \"cob.write\"]\nheaders = {{ client_id = \"{{client_id}}\", \
             x-correlationID = \"{{uuid}}\" }}\nquery = {{ gw-dev-app-key = \"chave do app\" }}"
        );
        server.on(&route("GET"), [says(200, cob("ATIVA", &now(), ""))]);
        assert_eq!(driver_with(&server, &more).look(&charge()).await, Ok(PixState::Waiting), "{auth}");
        let asked = &server.seen(TOKEN)[0];
        assert!(asked.starts_with(line) && asked.ends_with(&format!("\r\n\r\n{body}")), "{auth}: {asked}");
        assert_eq!(asked.contains(basic), has_basic, "{auth}: {asked}");
        let looked = &server.seen(&route("GET"))[0];
        assert!(looked.starts_with(&format!("{}?gw-dev-app-key=chave+do+app ", route("GET"))), "{looked}");
        assert!(looked.contains("authorization: Bearer tok-1"), "{looked}");
        assert!(looked.contains("client_id: totem-1") && looked.contains("x-correlationid: "), "{looked}");
    }
}

#[tokio::test]
async fn one_token_serves_all_and_a_refused_one_is_renewed_once() {
    let server = Server::start();
    let token = |name: &str| says(200, format!(r#"{{"access_token":"{name}","expires_in":"3600"}}"#));
    server.on(TOKEN, [token("old"), token("new")]);
    let waiting = || says(200, cob("ATIVA", &now(), ""));
    server.on(&route("GET"), [waiting(), waiting(), says(401, ""), waiting()]);
    let driver = driver(&server);
    let charge = charge();
    let (one, other) = tokio::join!(driver.look(&charge), driver.look(&charge));
    assert_eq!((one, other), (Ok(PixState::Waiting), Ok(PixState::Waiting)));
    assert_eq!(server.times(TOKEN), 1);
    assert_eq!(driver.look(&charge).await, Ok(PixState::Waiting));
    assert_eq!(server.times(TOKEN), 2);
    assert!(server.seen(&route("GET"))[3].contains("Bearer new"));
}

#[tokio::test]
async fn a_token_is_renewed_before_its_life_ends() {
    let server = Server::start();
    // the last minute of a life is not used, so this one is over at once
    server.on(TOKEN, [says(200, r#"{"access_token":"brief","expires_in":60}"#)]);
    server.on(&route("GET"), [says(200, cob("ATIVA", &now(), ""))]);
    let driver = driver(&server);
    driver.look(&charge()).await.unwrap();
    driver.look(&charge()).await.unwrap();
    assert_eq!(server.times(TOKEN), 2);
}

#[tokio::test]
async fn a_refused_sign_in_is_said_as_such() {
    let server = Server::start();
    server.on(TOKEN, [says(401, r#"{"error":"invalid_client","error_description":"s3gr3d0"}"#)]);
    let told = driver(&server).look(&charge()).await.unwrap_err();
    assert_eq!(told, Error::SignIn("HTTP 401: invalid_client".to_owned()));
    let server = Server::start();
    server.on(&route("GET"), [says(401, "")]);
    assert!(matches!(driver(&server).look(&charge()).await, Err(Error::SignIn(_))));
    assert_eq!(server.times(&route("GET")), 2);
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_tells_operations_and_never_a_payer_a_token_or_a_secret() {
    let log = Log::default();
    // for the whole process: what the other tests make the driver say is listened to as well
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).without_time().with_writer(log.clone()).init();
    let server = Server::start();
    let two = format!(r#","pix":[{},{}]"#, pix(E2E, "\"1.00\"", ""), pix(&E2E.replace('b', "c"), "\"1.00\"", ""));
    server
        .on(&route("PUT"), [says(400, r#"{"nome":"x","detail":"52998224725","mensagem":"MARIA DA SILVA"}"#)])
        .on(&route("GET"), [says(200, cob("CONCLUIDA", &now(), &two)), Reply::HangsUp])
        .on(&route("PATCH"), [says(400, "MARIA DA SILVA")]);
    let driver = driver(&server);
    let mut told = format!("{:?}", settings(&server, ""));
    told += &format!("{:?}", driver.look(&charge()).await);
    told += &format!("{:?}", driver.charge(&order(33_705)).await);
    told += &format!("{:?}", driver.remove(&charge()).await);
    told += &String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for secret in ["MARIA", "52998224725", "tok-1", "s3gr3d0", "dG90ZW0tMTpzM2dyM2Qw", "totem@provedor.example"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    for operation in ["PUT cob", "GET cob", "PATCH cob", "oauth/token", "more than one Pix"] {
        assert!(told.contains(operation), "{operation} not in {told}");
    }
}
