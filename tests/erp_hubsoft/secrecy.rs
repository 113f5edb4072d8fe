use std::io::Write;
use std::sync::{Arc, Mutex};

use totem::domain::service::Channel;
use totem::erp::Erp;
use tracing_subscriber::fmt::MakeWriter;

use crate::server::{Reply, Server, says};
use crate::write_off::{PAY, write_off};
use crate::{ACCOUNTS, BILLS, CUSTOMER, ROWS, bill, driver, fixture, tax_id};

const CPF: &str = "11144477735";

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
async fn the_log_tells_operations_and_never_a_person_or_a_password() {
    let log = Log::default();
    // for the whole process: what the other tests make the driver say is listened to as well
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).without_time().with_writer(log.clone()).init();
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start();
    server
        .on(CUSTOMER, [says(fixture("cliente_consulta.response.json"))])
        .on(BILLS, [says(fixture("cliente_financeiro.response.json").replace("1162", "421")), Reply::HangsUp])
        .on(ACCOUNTS, [Reply::HangsUp])
        .on(PAY, [says(format!(r#"{{"status":"error","msg":"CPF {CPF} inválido"}}"#))]);
    let more = format!("token_file = \"{}/token\"\n{ROWS}", dir.path().display());
    let driver = driver(&server, &more);
    let mut told = String::new();
    told += &format!("{:?}", driver.account(&tax_id(CPF)).await.map(|account| account.map(|it| it.contracts)));
    told += &format!("{:?}", driver.factors(&"421".into()).await);
    told += &format!("{:?}", driver.contacts(&"421".into()).await);
    told += &format!("{:?}", driver.invoice(&bill("43653")).await);
    told += &format!("{:?}", driver.write_off(&write_off()).await);
    told += &format!("{:?}", driver.send_bill(&bill("1"), Channel::Email, Some("cliente5@example.com")).await);
    told += &format!("{:?}", crate::settings(&server.base, ""));
    told += &String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for secret in [
        CPF,
        "CLIENTE TESTE",
        "cliente5@example.com",
        "37900000001",
        "senha-teste",
        "test-client-secret",
        "login-teste",
        "RUA TESTE",
        "eyJ0eXAi",
        "def50200",
        "55555",
        "44444",
    ] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    for operation in ["oauth/token", "cliente/financeiro", "financeiro/fatura/liquidar", "duration_ms"] {
        assert!(told.contains(operation), "{operation} not in {told}");
    }
}
