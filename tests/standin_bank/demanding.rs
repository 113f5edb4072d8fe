//! What the schema rejects, the bank rejects, and writes down.

use serde_json::{Value, json};

use crate::wire::{KEY, TXID, bank, bank_with, charge, removal, request, talk, with, without};

#[test]
fn every_rule_of_the_request_is_held() {
    let row = |name: &str, value: &str| json!({"nome": name, "valor": value});
    let many: Vec<Value> = (0..51).map(|_| row("a", "b")).collect();
    let table = [
        ("cob.calendario", without(charge(), "/calendario")),
        ("cob.calendario", with(charge(), "/calendario", json!([]))),
        ("cob.calendario.expiracao", with(charge(), "/calendario/expiracao", json!(0))),
        ("cob.calendario.expiracao", with(charge(), "/calendario/expiracao", json!(-1))),
        ("cob.calendario.expiracao", with(charge(), "/calendario/expiracao", json!("360"))),
        ("cob.calendario.expiracao", with(charge(), "/calendario/expiracao", json!(360.5))),
        ("cob.calendario.expiracao", with(charge(), "/calendario/expiracao", json!(2_147_483_648_i64))),
        ("cob.valor", without(charge(), "/valor")),
        ("cob.valor.original", without(charge(), "/valor/original")),
        ("cob.valor.original", with(charge(), "/valor/original", json!(37.0))),
        ("cob.valor.original", with(charge(), "/valor/original", json!("37"))),
        ("cob.valor.original", with(charge(), "/valor/original", json!("37.0"))),
        ("cob.valor.original", with(charge(), "/valor/original", json!("37,00"))),
        ("cob.valor.original", with(charge(), "/valor/original", json!("0.00"))),
        ("cob.valor.original", with(charge(), "/valor/original", json!("00000000001.00"))),
        ("cob.valor.original", with(charge(), "/valor/original", json!("-1.00"))),
        ("cob.valor.original", with(charge(), "/valor/original", json!("R$ 37.00"))),
        ("cob.valor.modalidadeAlteracao", with(charge(), "/valor/modalidadeAlteracao", json!(2))),
        ("cob.chave", without(charge(), "/chave")),
        ("cob.chave", with(charge(), "/chave", json!("a".repeat(78)))),
        ("cob.chave", with(charge(), "/chave", json!("+5531999990000"))),
        ("cob.chave", with(charge(), "/chave", json!(KEY.to_uppercase()))),
        ("cob.solicitacaoPagador", with(charge(), "/solicitacaoPagador", json!("a".repeat(141)))),
        ("cob.solicitacaoPagador", with(charge(), "/solicitacaoPagador", json!(null))),
        ("cob.devedor", with(charge(), "/devedor", json!({"nome": "Francisco"}))),
        ("cob.devedor", with(charge(), "/devedor/cnpj", json!("12345678000195"))),
        ("cob.devedor", with(charge(), "/devedor", json!("12345678909"))),
        ("cob.devedor.nome", without(charge(), "/devedor/nome")),
        ("cob.devedor.nome", with(charge(), "/devedor/nome", json!("a".repeat(201)))),
        ("cob.devedor.cpf", with(charge(), "/devedor/cpf", json!("123.456.789-09"))),
        ("cob.devedor.cpf", with(charge(), "/devedor/cpf", json!(12_345_678_909_i64))),
        ("cob.devedor.cnpj", with(charge(), "/devedor", json!({"nome": "Loja", "cnpj": "12abc34501de35"}))),
        ("cob.infoAdicionais", with(charge(), "/infoAdicionais", json!(many))),
        ("cob.infoAdicionais", with(charge(), "/infoAdicionais", json!({}))),
        ("cob.infoAdicionais.nome", with(charge(), "/infoAdicionais", json!([row(&"a".repeat(51), "b")]))),
        ("cob.infoAdicionais.valor", with(charge(), "/infoAdicionais", json!([row("a", &"b".repeat(201))]))),
        ("cob.infoAdicionais.valor", with(charge(), "/infoAdicionais", json!([{"nome": "a"}]))),
        ("cob.loc.id", with(charge(), "/loc", json!({"id": 7}))),
        ("cob", json!([])),
    ];
    let bank = bank();
    for (property, body) in table {
        let before = bank.errors().len();
        let answer = bank.put(TXID, &body);
        assert_eq!((answer.status, answer.problem().as_str()), (400, "CobOperacaoInvalida"), "{body}");
        let problem = answer.json();
        assert_eq!(problem["status"], json!(400));
        for name in ["title", "detail", "correlationId"] {
            assert!(problem[name].is_string(), "{name}: {problem}");
        }
        let violations = problem["violacoes"].as_array().unwrap();
        assert_eq!(violations.len(), 1, "{body}: {problem}");
        assert_eq!(violations[0]["propriedade"], json!(property), "{body}: {problem}");
        assert!(violations[0]["razao"].is_string() && violations[0]["valor"].is_string());
        let noted = bank.errors()[before..].to_vec();
        assert!(noted.len() == 1 && noted[0].contains(&format!("{property}: ")), "{noted:?}");
    }
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 404, "nothing of it was carried out");
    assert_eq!(bank.book()["charges"], json!({}));
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let bank = bank();
    let answer = bank.put(TXID, &json!({"valor": {"original": "0.00"}, "calendario": {"expiracao": 0}})).json();
    let mut told: Vec<&str> =
        answer["violacoes"].as_array().unwrap().iter().map(|it| it["propriedade"].as_str().unwrap()).collect();
    told.sort_unstable();
    assert_eq!(told, ["cob.calendario.expiracao", "cob.chave", "cob.valor.original"]);
}

#[test]
fn a_txid_is_26_to_35_letters_and_digits() {
    let bank = bank();
    for (txid, status) in [
        ("a".repeat(25), 400),
        ("a".repeat(26), 201),
        ("Z9".repeat(16), 201),
        ("a".repeat(35), 201),
        ("a".repeat(36), 400),
        (format!("{}-", "a".repeat(30)), 400),
        (format!("{}%20", "a".repeat(30)), 400),
        ("7978c0c9-7ea8-47e7-8e88-49634473c1f1".to_owned(), 400),
    ] {
        let answer = bank.put(&txid, &charge());
        assert_eq!(answer.status, status, "{txid}");
        if status == 400 {
            assert_eq!(answer.json()["violacoes"][0]["propriedade"], json!("cob.txid"));
        }
    }
    let before = bank.errors().len();
    assert_eq!(bank.get("/cob/short").status, 404);
    assert_eq!(bank.errors().len(), before + 1, "a read of what cannot exist is a mistake of the caller");
}

#[test]
fn a_property_that_the_schema_does_not_have_is_ignored_and_noted() {
    let bank = bank();
    let body = with(with(charge(), "/txid", json!(TXID)), "/valor/moeda", json!("BRL"));
    assert_eq!(bank.put(TXID, &body).status, 201);
    let body = with(charge(), "/devedor/email", json!("f@example.com"));
    assert_eq!(bank.put(TXID, &body).status, 201);
    let errors = bank.errors();
    assert_eq!(errors.len(), 3, "{errors:?}");
    for name in ["cob.txid", "cob.valor.moeda", "cob.devedor.email"] {
        assert!(errors.iter().any(|error| error.ends_with(&format!("{name} is unknown to the schema"))), "{errors:?}");
    }
}

#[test]
fn a_patch_is_a_removal_alone_or_fields_that_may_change() {
    let bank = bank();
    bank.put(TXID, &charge());
    for (property, body) in [
        ("cob", json!({})),
        ("cob.status", json!({"status": "CONCLUIDA"})),
        ("cob.status", json!({"status": "REMOVIDO_PELO_USUARIO_RECEBEDOR"})),
        ("cob.status", with(removal(), "/valor", json!({"original": "1.00"}))),
        ("cob.valor.original", json!({"valor": {"original": "1"}})),
        ("cob.calendario.expiracao", json!({"calendario": {"expiracao": 0}})),
        ("cob.chave", json!({"chave": "outra"})),
    ] {
        let answer = bank.patch(TXID, &body);
        assert_eq!((answer.status, answer.problem().as_str()), (400, "CobOperacaoInvalida"), "{body}");
        assert_eq!(answer.json()["violacoes"][0]["propriedade"], json!(property), "{body}");
    }
    let read = bank.read(TXID);
    assert_eq!((&read["status"], &read["revisao"]), (&json!("ATIVA"), &json!(0)));
}

#[test]
fn a_due_date_charge_has_rules_of_its_own() {
    let due = json!({
        "calendario": {"dataDeVencimento": "2099-12-31", "validadeAposVencimento": 0},
        "devedor": {"cpf": "12345678909", "nome": "Francisco"},
        "valor": {"original": "100.00"},
        "chave": KEY,
    });
    let terms = |name: &str, value: Value| with(due.clone(), &format!("/valor/{name}"), value);
    let dated = json!([{"data": "2099-12-31", "valorPerc": "1.00"}]);
    let bank = bank();
    for (property, body) in [
        ("cobv.devedor", without(due.clone(), "/devedor")),
        ("cobv.calendario.dataDeVencimento", with(due.clone(), "/calendario", json!({"expiracao": 3600}))),
        ("cobv.calendario.dataDeVencimento", with(due.clone(), "/calendario/dataDeVencimento", json!("31/12/2099"))),
        ("cobv.calendario.dataDeVencimento", with(due.clone(), "/calendario/dataDeVencimento", json!("2099-02-30"))),
        ("cobv.calendario.dataDeVencimento", with(due.clone(), "/calendario/dataDeVencimento", json!("2020-01-01"))),
        ("cobv.calendario.validadeAposVencimento", with(due.clone(), "/calendario/validadeAposVencimento", json!(-1))),
        ("cobv.valor.multa.modalidade", terms("multa", json!({"modalidade": 3, "valorPerc": "2.00"}))),
        ("cobv.valor.multa", terms("multa", json!({"modalidade": 1}))),
        ("cobv.valor.juros.modalidade", terms("juros", json!({"modalidade": 9, "valorPerc": "2.00"}))),
        ("cobv.valor.juros.valorPerc", terms("juros", json!({"modalidade": 8, "valorPerc": 2}))),
        ("cobv.valor.abatimento.modalidade", terms("abatimento", json!({"modalidade": 0, "valorPerc": "2.00"}))),
        ("cobv.valor.desconto.modalidade", terms("desconto", json!({"modalidade": 7, "valorPerc": "2.00"}))),
        ("cobv.valor.desconto", terms("desconto", json!({"modalidade": 1, "valorPerc": "2.00"}))),
        ("cobv.valor.desconto", terms("desconto", json!({"modalidade": 3, "descontoDataFixa": dated}))),
        ("cobv.valor.desconto.descontoDataFixa", terms("desconto", json!({"modalidade": 2, "descontoDataFixa": []}))),
        (
            "cobv.valor.desconto.descontoDataFixa.data",
            terms(
                "desconto",
                json!({"modalidade": 2, "descontoDataFixa": [{"data": "2100-01-01", "valorPerc": "1.00"}]}),
            ),
        ),
    ] {
        let answer = bank.send("PUT", &format!("/cobv/{TXID}"), &body);
        assert_eq!((answer.status, answer.problem().as_str()), (400, "CobVOperacaoInvalida"), "{body}");
        assert_eq!(answer.json()["violacoes"][0]["propriedade"], json!(property), "{body}");
    }
    assert_eq!(bank.book()["charges"], json!({}));
    assert_eq!(bank.send("PUT", &format!("/cobv/{TXID}"), &due).status, 201);
}

#[test]
fn a_body_must_be_json_and_say_so() {
    let bank = bank();
    let bearer = format!("Authorization: Bearer {}\r\n", bank.token);
    let path = format!("/v2/cob/{TXID}");
    let body = charge().to_string();
    for (headers, body) in [
        (bearer.clone(), body.clone()),
        (format!("{bearer}Content-Type: text/json\r\n"), body.clone()),
        (format!("{bearer}Content-Type: application/json\r\n"), body[..body.len() - 1].to_owned()),
        (format!("{bearer}Content-Type: application/json\r\n"), String::new()),
    ] {
        let answer = talk(bank.address(), &request("PUT", &path, &headers, &body)).unwrap();
        assert_eq!((answer.status, answer.problem().as_str()), (400, "RequisicaoInvalida"), "{headers}");
    }
    assert_eq!(bank.errors().len(), 4);
    let headers = format!("{bearer}content-type: Application/JSON; charset=utf-8\r\n");
    assert_eq!(talk(bank.address(), &request("PUT", &path, &headers, &body)).unwrap().status, 201);
}

#[test]
fn a_bank_can_want_a_header_and_a_query_of_its_own() {
    let bank = bank_with(|options| {
        options.headers = vec!["client_id=abc".parse().unwrap(), "x-correlationID".parse().unwrap()];
        options.queries = vec!["gw-dev-app-key=key".parse().unwrap()];
    });
    let bearer = format!("Authorization: Bearer {}\r\n", bank.token);
    let all = format!("{bearer}client_id: abc\r\nx-correlationID: 1\r\n");
    let ask = |headers: &str, query: &str| {
        talk(bank.address(), &request("GET", &format!("/v2/cob/{TXID}{query}"), headers, "")).unwrap().status
    };
    assert_eq!(ask(&all, "?gw-dev-app-key=key"), 404);
    assert_eq!(bank.errors(), Vec::<String>::new());
    assert_eq!(ask(&all, ""), 400);
    assert_eq!(ask(&all, "?gw-dev-app-key=other"), 400);
    assert_eq!(ask(&format!("{bearer}client_id: abc\r\n"), "?gw-dev-app-key=key"), 400);
    assert_eq!(ask(&all.replace("abc", "abd"), "?gw-dev-app-key=key"), 400);
    assert_eq!(bank.errors().len(), 4);
    assert_eq!(ask(&all, "?gw-dev-app-key=key&outra=1"), 404);
    assert!(bank.errors()[4].ends_with("the query outra is unknown"));
}
