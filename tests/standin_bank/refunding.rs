//! Money given back, and lists of what came in.

use serde_json::{Value, json};

use crate::wire::{TXID, bank, bank_with, charge};

#[test]
fn a_refund_is_being_processed_and_then_done() {
    let bank = bank_with(|options| options.refund_takes_ms = 0);
    let pix = bank.paid(TXID);
    let path = format!("/pix/{pix}/devolucao/D1");
    let asked = bank.send("PUT", &path, &json!({"valor": "7.00", "descricao": "em dobro"}));
    assert_eq!(asked.status, 201, "{}", asked.text());
    let told = asked.json();
    assert_eq!((&told["status"], &told["valor"]), (&json!("EM_PROCESSAMENTO"), &json!("7.00")));
    let id = told["rtrId"].as_str().unwrap();
    assert!(id.len() == 32 && id.starts_with('D') && id.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
    assert!(told["horario"]["solicitacao"].is_string() && told["horario"].get("liquidacao").is_none());
    let done = bank.get(&path).json();
    assert_eq!((&done["status"], &done["rtrId"]), (&json!("DEVOLVIDO"), &told["rtrId"]));
    assert!(done["horario"]["liquidacao"].is_string());
    let read = bank.read(TXID);
    assert_eq!((&read["status"], &read["pix"][0]["devolucoes"]), (&json!("CONCLUIDA"), &json!([done])));
    let written = &bank.book()["charges"][TXID]["pix"][0]["refunds"][0];
    assert_eq!((&written["id"], &written["amount_cents"]), (&json!("D1"), &json!(700)));
}

#[test]
fn no_more_is_given_back_than_came_in_and_no_id_serves_twice() {
    let bank = bank();
    let pix = bank.paid(TXID);
    let refund = |id: &str, body: Value| bank.send("PUT", &format!("/pix/{pix}/devolucao/{id}"), &body);
    assert_eq!(refund("a", json!({"valor": "30.00"})).status, 201);
    for (id, body) in [
        ("a", json!({"valor": "30.00"})),
        ("b", json!({"valor": "7.01"})),
        ("b", json!({"valor": "0.00"})),
        ("b", json!({"valor": 7})),
        ("b", json!({})),
        ("b", json!({"valor": "1.00", "descricao": "a".repeat(141)})),
        ("b", json!({"valor": "1.00", "natureza": "OUTRA"})),
        ("b-c", json!({"valor": "1.00"})),
        ("abcdefghijklmnopqrstuvwxyzabcdefghij", json!({"valor": "1.00"})),
    ] {
        let answer = refund(id, body.clone());
        assert_eq!((answer.status, answer.problem().as_str()), (400, "PixDevolucaoInvalida"), "{id} {body}");
    }
    assert_eq!(refund("c", json!({"valor": "7.00", "natureza": "ORIGINAL"})).status, 201);
    assert_eq!(bank.book()["charges"][TXID]["pix"][0]["refunds"].as_array().unwrap().len(), 2);
    assert_eq!(bank.errors().len(), 7, "the two that keep to the schema are not noted: {:?}", bank.errors());
}

#[test]
fn a_refund_that_fails_leaves_the_money_to_be_given_back_again() {
    let bank = bank_with(|options| options.refund_takes_ms = 0);
    let pix = bank.paid(TXID);
    bank.control(&json!({"refund_fails": true}));
    bank.send("PUT", &format!("/pix/{pix}/devolucao/a"), &json!({"valor": "37.00"}));
    let failed = bank.get(&format!("/pix/{pix}/devolucao/a")).json();
    assert_eq!(failed["status"], json!("NAO_REALIZADO"));
    assert!(failed["motivo"].is_string());
    bank.control(&json!({"refund_takes_ms": 600_000}));
    assert_eq!(bank.send("PUT", &format!("/pix/{pix}/devolucao/b"), &json!({"valor": "37.00"})).status, 201);
    assert_eq!(bank.get(&format!("/pix/{pix}/devolucao/b")).json()["status"], json!("EM_PROCESSAMENTO"));
}

#[test]
fn money_and_refunds_that_are_not_there_are_not_found() {
    let bank = bank();
    let pix = bank.paid(TXID);
    let nobody = "E9999900420261122120000000000000";
    for (method, path, kind) in [
        ("GET", format!("/pix/{nobody}"), "PixNaoEncontrado"),
        ("PUT", format!("/pix/{nobody}/devolucao/a"), "PixNaoEncontrado"),
        ("GET", format!("/pix/{pix}/devolucao/a"), "PixDevolucaoNaoEncontrada"),
    ] {
        let body = if method == "PUT" { json!({"valor": "1.00"}) } else { Value::Null };
        let answer = bank.send(method, &path, &body);
        assert_eq!((answer.status, answer.problem()), (404, kind.to_owned()), "{method} {path}");
    }
}

#[test]
fn what_came_in_can_be_listed_by_time_and_charge_in_pages() {
    let bank = bank();
    let txids: Vec<String> = (0..3).map(|number| format!("{number}").repeat(32)).collect();
    for txid in &txids {
        bank.put(txid, &charge());
    }
    bank.control(&json!({"pay_now": ["*"]}));
    let all = bank.get("/pix?inicio=2020-01-01T00:00:00Z&fim=2099-01-01T00%3A00%3A00-03%3A00").json();
    assert_eq!(all["pix"].as_array().unwrap().len(), 3);
    assert_eq!(
        all["parametros"]["paginacao"],
        json!({"paginaAtual": 0, "itensPorPagina": 100, "quantidadeDePaginas": 1, "quantidadeTotalDeItens": 3})
    );
    let period = "inicio=2020-01-01T00:00:00Z&fim=2099-01-01T00:00:00Z";
    let page = bank.get(&format!("/pix?{period}&paginacao.itensPorPagina=2&paginacao.paginaAtual=1")).json();
    assert_eq!(page["pix"], json!([all["pix"][2]]));
    assert_eq!(page["parametros"]["paginacao"]["quantidadeDePaginas"], json!(2));
    let one = bank.get(&format!("/pix?{period}&txid={}", txids[1])).json();
    assert_eq!((&one["pix"][0]["txid"], one["pix"].as_array().unwrap().len()), (&json!(txids[1]), 1));
    let before = bank.get("/pix?inicio=2020-01-01T00:00:00Z&fim=2020-01-02T00:00:00Z").json();
    assert_eq!(before["pix"], json!([]));
    assert_eq!(bank.errors(), Vec::<String>::new());
    for query in ["", "?inicio=2020-01-01&fim=2099-01-01", "?inicio=2099-01-01T00:00:00Z&fim=2020-01-01T00:00:00Z"] {
        let answer = bank.get(&format!("/pix{query}"));
        assert_eq!((answer.status, answer.problem().as_str()), (400, "PixConsultaInvalida"), "{query}");
    }
    assert_eq!(bank.get(&format!("/pix?{period}&paginacao.itensPorPagina=1001")).status, 400);
}
