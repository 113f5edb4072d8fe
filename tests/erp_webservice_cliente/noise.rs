use proptest::prelude::*;
use tokio::runtime::Runtime;
use totem::erp::{Erp, WriteOffOutcome};

use crate::server::{Reply, Server, says};
use crate::write_off::{PAY, write_off};
use crate::{CPF, ROWS, bill, cpf, driver, fixture};

const CUSTOMER: &str = "POST /ws/comercial/cliente/dados";
const PERSON: &str = "GET /ws/area/cliente/81593";
const ALL: &str = "GET /ws/financeiro/faturas/52998224725/todas";

/// Every operation, with one answer to all of them.
fn ask_everything(reply: &Reply) {
    let server = Server::start();
    for route in [CUSTOMER, ALL, PAY, "POST /ws/financeiro/pix/buscar", "GET /ws/financeiro/fatura/90/imprimir"] {
        server.on(route, [reply.clone()]);
    }
    server.on("GET /ws/financeiro/fatura/aberta/90/linha_digitavel", [reply.clone()]);
    server.on(PERSON, [says(fixture("area_cliente_info.response.json").replace("12345678900", CPF))]);
    Runtime::new().unwrap().block_on(async {
        // five failures in a row would shut the way: a driver each
        let new = || driver(&server, &format!("pix = true\n{ROWS}"));
        let _ = new().account(&cpf()).await;
        let _ = new().invoice(&bill("90")).await;
        let _ = new().boleto(&bill("90")).await;
        let _ = new().pix_code(&bill("90")).await;
        let pdf = new().pdf(&bill("90")).await;
        assert!(pdf.is_err() || pdf.is_ok_and(|pdf| pdf.starts_with(b"%PDF-")));
        let applied = matches!(new().write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
        let said = |body: &[u8]| String::from_utf8_lossy(body).to_uppercase().contains("SUCESSO");
        assert!(!applied || matches!(&reply, Reply::Says(200..=299, body) if said(body)));
        server.on(PERSON, [reply.clone()]);
        let _ = new().factors(&"81593".into()).await;
    });
}

/// Values of wrong types under the names that are read.
fn odd_json() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1e400".to_owned()),
        Just("1.0E-400".to_owned()),
        Just("9223372036854775808".to_owned()),
        Just("-62135596800001".to_owned()),
        Just("\"\\ud800\"".to_owned()),
        Just("\"31/02/2020\"".to_owned()),
        Just("[[],{},null,\"a\"]".to_owned()),
        Just("{\"IDContrato\":[]}".to_owned()),
        any::<f64>().prop_map(|number| format!("{number:?}")),
        any::<i64>().prop_map(|number| number.to_string()),
        ".{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    let key = prop::sample::select(vec![
        "IDFatura",
        "Valor",
        "ValorMulta",
        "ValorJuros",
        "Vencimento",
        "VencimentoFormatado",
        "DataPagamento",
        "idsContratos",
        "Contratos",
        "nroBoleto",
        "DebitoAutomatico",
        "cpf",
        "dataNascimento",
        "telefoneMovel",
        "error",
        "resposta",
        "data",
        "token",
    ]);
    let object = prop::collection::btree_map(key, value, 0..8).prop_map(|fields| {
        let fields: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    });
    prop::collection::vec(object, 0..4).prop_map(|rows| {
        format!(r#"{{"ClienteEncontrato":true,"IDCliente":81593,"Contratos":[],"Faturas":[{}]}}"#, rows.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_whatever_makes_the_driver_panic(status in 100u16..600, body in prop::collection::vec(any::<u8>(), 0..300)) {
        ask_everything(&Reply::Says(status, body));
    }

    #[test]
    fn no_bytes_on_the_wire_make_the_driver_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        ask_everything(&Reply::Raw(bytes));
    }

    #[test]
    fn no_wrong_type_makes_the_driver_panic(body in odd_json()) {
        ask_everything(&says(body));
    }
}
