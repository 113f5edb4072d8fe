use proptest::prelude::*;
use tokio::runtime::Runtime;
use totem::domain::service::{Catalog, Change};
use totem::erp::{Erp, WriteOffOutcome};

use crate::server::{Reply, Server, TOKEN_PATH, says};
use crate::write_off::{PAY, write_off};
use crate::{ACCOUNTS, BILLS, CPF, CUSTOMER, ROWS, bill, driver, tax_id};

/// Every operation, with one answer to all of them.
fn ask_everything(reply: &Reply) {
    let server = Server::start();
    let root = "/api/v1/integracao";
    for route in [CUSTOMER, BILLS, ACCOUNTS, PAY] {
        server.on(route, [reply.clone()]);
    }
    for path in ["cliente/atendimento", "cliente/nota_fiscal", "financeiro/fatura", "configuracao/vencimento"] {
        server.on(&format!("GET {root}/{path}"), [reply.clone()]);
    }
    server.on(&format!("POST {root}/cliente/desbloqueio_confianca"), [reply.clone()]);
    Runtime::new().unwrap().block_on(async {
        // five failures in a row would shut the way: a driver each
        let new = || driver(&server, ROWS);
        let _ = new().account(&tax_id(CPF)).await;
        let _ = new().invoice(&bill("90")).await;
        let _ = new().boleto(&bill("90")).await;
        let _ = new().pix_code(&bill("90")).await;
        let _ = new().paid_bills(&"1162".into()).await;
        let _ = new().factors(&"1162".into()).await;
        let _ = new().contacts(&"1162".into()).await;
        let _ = new().tickets(&"1162".into()).await;
        let _ = new().fiscal_notes(&"1162".into()).await;
        let _ = new().catalog(Catalog::DueDays, None).await;
        let _ = new().lookups().await;
        let _ = new().discover().await;
        let said = |what: &str| match &reply {
            Reply::Says(200..=299, body) => String::from_utf8_lossy(body).contains(what),
            _ => false,
        };
        let unlocked = new().unlock_on_trust(&"1".into(), &"1".into()).await;
        assert!(!matches!(unlocked, Ok(Change::Done(_))) || said("{"));
        let applied = matches!(new().write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
        assert!(!applied || said("id_recibo"));
        server.on(TOKEN_PATH, [reply.clone()]);
        let _ = new().account(&tax_id(CPF)).await;
    });
}

/// Values of wrong types under the names that are read.
fn odd_json() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("-1e400".to_owned()),
        Just("9223372036854775808".to_owned()),
        Just("\"\\ud800\"".to_owned()),
        Just("\"31/02/2020\"".to_owned()),
        Just("[[],{},null,\"a\"]".to_owned()),
        Just("{\"codigo_cliente\":[]}".to_owned()),
        any::<f64>().prop_map(|number| format!("{number:?}")),
        any::<i64>().prop_map(|number| number.to_string()),
        ".{0,12}".prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    let key = prop::sample::select(vec![
        "id_fatura",
        "valor",
        "data_vencimento",
        "data_pagamento",
        "linha_digitavel",
        "pix_copia_cola",
        "cliente",
        "detalhamento",
        "codigo_cliente",
        "cpf_cnpj",
        "data_nascimento",
        "telefone_primario",
        "alerta_mensagens",
        "servicos",
        "status",
        "msg",
        "errors",
        "recibo",
        "access_token",
        "expires_in",
    ]);
    let object = prop::collection::btree_map(key, value, 0..8).prop_map(|fields| {
        let fields: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    });
    prop::collection::vec(object, 0..4).prop_map(|rows| {
        let rows = rows.join(",");
        format!(r#"{{"faturas":[{rows}],"clientes":[{rows}],"atendimentos":[{rows}],"recibo":{{}},"nfes":[{rows}]}}"#)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

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
