use std::io::Write;
use std::sync::{Arc, Mutex};

use totem::erp::Erp;
use tracing_subscriber::fmt::MakeWriter;

use crate::server::{Reply, Server, says};
use crate::write_off::write_off;
use crate::{CPF, ROWS, bill, cpf, driver, fixture};

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
async fn the_log_tells_operations_and_never_a_person() {
    let log = Log::default();
    // for the whole process: what the other tests make the driver say is listened to as well
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).without_time().with_writer(log.clone()).init();
    let server = Server::start();
    let person = fixture("area_cliente_info.response.json").replace("12345678900", CPF);
    server
        .on("POST /ws/comercial/cliente/dados", [says(fixture("cliente_dados_por_cpf.completed.response.json"))])
        .on("GET /ws/financeiro/faturas/52998224725/todas", [Reply::HangsUp, says(format!("{{\"cpf\":\"{CPF}\""))])
        .on("GET /ws/area/cliente/81593", [says(person)])
        .on("PUT /ws/financeiro/faturas/pagar", [says(format!(r#"{{"error":"CPF {CPF} inválido"}}"#))])
        .on("GET /ws/financeiro/fatura/90/imprimir", [Reply::Redirects(302, format!("http://outro/{CPF}"))]);
    let driver = driver(&server, ROWS);
    let mut told = String::new();
    told += &format!("{:?}", driver.account(&cpf()).await);
    told += &format!("{:?}", driver.invoice(&bill("90")).await);
    told += &format!("{:?}", driver.pdf(&bill("90")).await);
    told += &format!("{:?}", driver.write_off(&write_off()).await);
    told += &String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for secret in [CPF, "CLIENTE TESTE", "TESTE TESTE", "s3nha", "czNuaGE", "eyJhbGci", "55555", "44444"] {
        assert!(!told.contains(secret), "{secret} in {told}");
    }
    for operation in
        ["cliente/dados", "faturas/todas", "area/cliente", "fatura/imprimir", "faturas/pagar", "duration_ms"]
    {
        assert!(told.contains(operation), "{operation} not in {told}");
    }
}
