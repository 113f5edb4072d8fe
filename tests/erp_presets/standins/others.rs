//! SGP, RBX, Voalle and MK-Auth in particular.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use totem::simulator::isp::{Product, Voice};

use super::{BASIC, THIRDPARTY, rbx, rpc, standin, standin_with};

#[test]
fn sgp_wants_a_form_with_a_slash_at_the_end() {
    let sgp = standin(Product::Sgp);
    assert!(sgp.form("/api/ura/titulos", "titulo_id=90").is_html());
    let json = sgp.ask("POST", "/api/ura/titulos/", "Content-Type: application/json\r\n", "{}").unwrap();
    assert_eq!(json.status, 415);
    assert_eq!(sgp.form("/api/ura/titulos/", "status=abertos").json()["status"], json!(0), "a filter is missing");
    assert_eq!(sgp.form("/api/ura/titulos/", "cpfcnpj=52998224725&limit=251").json()["status"], json!(0));
    let row = sgp.form("/api/ura/titulos/", "titulo_id=90").json()["titulos"][0].clone();
    assert_eq!(
        (&row["valor"], &row["valorCorrigido"], &row["status"]),
        (&json!(315.98), &json!(337.05), &json!("Gerado"))
    );
    let found = sgp.form("/api/ura/consultacliente/", "cpfcnpj=111.444.777-35").json();
    assert_eq!(found["contratos"].as_array().unwrap().len(), 4);
    assert_eq!(sgp.form("/api/ura/consultacliente/", "cpfcnpj=1").json()["contratos"], json!([]));
}

#[test]
fn sgp_says_that_a_bill_is_written_off_in_four_ways() {
    for (voice, status, body) in [
        (Voice::Json, 200, r#"{"msg":"Título baixado com sucesso","status":1}"#),
        (Voice::Text, 200, "'Título baixado com sucesso'"),
        (Voice::Empty, 200, ""),
        (Voice::NoContent, 204, ""),
    ] {
        let sgp = standin_with(Product::Sgp, |options| options.write_off_answer = voice);
        let paid = "data_pagamento=2026-11-22&valor_pago=337.05&forma_pagamento=CARTAO&ponto_recebimento=1";
        let path = "/api/banco/titulo/90/baixar/";
        for wrong in ["CARTAO", "2026-11-22", "337.05"] {
            let sent = sgp.form(path, &paid.replace(wrong, "0.01")).json();
            assert_eq!(sent["status"], json!(0), "{wrong}");
        }
        let sent = sgp.form(path, paid);
        assert_eq!((sent.status, sent.text().as_str()), (status, body));
        let again = sgp.form(path, paid).json();
        assert_eq!(again, json!({"status": 0, "msg": "Título já se encontra pago"}));
        assert_eq!(sgp.write_offs(90), [false, false, false, true, false]);
        assert_eq!(sgp.form("/api/ura/titulos/", "titulo_id=90").json()["titulos"][0]["status"], json!("Pago"));
    }
}

#[test]
fn rbx_takes_a_document_number_in_its_filter_and_no_other_sql() {
    let rbx = standin(Product::Rbx);
    let ask = |filter: &str| {
        let body = json!({"ConsultaClientes": {"Autenticacao": {"ChaveIntegracao": "demonstracao"}, "Filtro": filter}});
        rbx.json("POST", "/routerbox/ws/rbx_server_json.php", &body).json()
    };
    assert_eq!(ask("CNPJ_CNPF='52998224725'")["result"][0]["Codigo"], json!("81593"));
    assert_eq!(ask("CNPJ_CNPF='39053344705'")["status"], json!(0));
    assert_eq!(ask("CNPJ_CNPF='' OR '1'='1'")["error_code"], json!(5));
    assert_eq!(rbx.book()["errors"].as_array().unwrap().len(), 1);
}

#[test]
fn rbx_takes_a_card_with_its_slip_and_says_yes_once() {
    let rbx = rbx();
    let paid = json!({
        "payment_type": "credit_card_machine", "document_id": 90, "document_historic_id": 65874,
        "payment_date": "2026-11-22", "payment_discount_type": "V", "payment_discount_amount": 0,
        "payment_interest_type": "V", "payment_interest_amount": 14.75, "payment_fine_type": "V",
        "payment_fine_amount": 6.32, "payment_comment": "totem", "unblock_customer": true, "payment_installments": 1,
        "card_brand": "visa", "payment_receipt": {"document_number": 123_456, "authorization_number": "ABC123"},
    });
    for (field, wrong) in [
        ("card_brand", json!("VISA")),
        ("payment_installments", json!(0)),
        ("payment_receipt", json!({"document_number": "123456", "authorization_number": "ABC123"})),
        ("document_historic_id", json!(1)),
        ("payment_fine_amount", json!(99.0)),
        ("payment_date", json!("22/11/2026")),
        ("unblock_customer", Value::Null),
    ] {
        let mut body = paid.clone();
        body[field] = wrong;
        assert_eq!(rpc(&rbx, &json!({"document_payment": body}))["status"], json!(0), "{field}");
    }
    assert_eq!(rpc(&rbx, &json!({"document_payment": paid}))["status"], json!(1));
    let again = rpc(&rbx, &json!({"document_payment": paid}));
    assert_eq!(again["error_description"], json!("The document_id is already paid!"));
    assert_eq!(rbx.write_offs(90).iter().filter(|applied| **applied).count(), 1);
    let call =
        rbx.book()["write_offs"].as_array().unwrap().iter().find(|call| call["applied"] == true).cloned().unwrap();
    assert_eq!((&call["nsu"], &call["paid_cents"]), (&json!("123456"), &json!(33705)));
    let unpaid = rpc(&rbx, &json!({"get_unpaid_document": {"customer_id": 81593}}));
    assert_eq!(unpaid["result"], json!([]));
}

#[test]
fn voalle_signs_in_with_three_secrets_for_as_long_as_it_says() {
    let voalle = standin_with(Product::Voalle, |options| options.token_life_s = 1);
    let ask = |form: &str| {
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        voalle.ask("POST", "/connect/token", kind, form).unwrap()
    };
    let good = "grant_type=client_credentials&scope=syngw&client_id=totem&client_secret=demonstracao&syndata=sindicato";
    for wrong in ["client_credentials", "syngw", "demonstracao", "sindicato"] {
        assert_eq!(ask(&good.replace(wrong, "x")).status, 400, "{wrong}");
    }
    let given = ask(good).json();
    assert_eq!(given["expires_in"], json!(1));
    let bearer = format!("Authorization: Bearer {}\r\n", given["access_token"].as_str().unwrap());
    let person = format!("{THIRDPARTY}/people/txid/52998224725");
    assert_eq!(voalle.ask("GET", &person, &bearer, "").unwrap().json()["response"]["id"], json!(81593));
    let expired = Instant::now() + Duration::from_secs(10);
    while voalle.ask("GET", &person, &bearer, "").unwrap().status != 401 {
        assert!(Instant::now() < expired);
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn voalle_accepts_a_payment_first_and_carries_it_out_once_for_each_key() {
    let voalle = standin_with(Product::Voalle, |options| options.processing_ms = 400);
    let form = "grant_type=client_credentials&scope=syngw&client_id=totem&client_secret=demonstracao&syndata=sindicato";
    let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
    let token = voalle.ask("POST", "/connect/token", kind, form).unwrap().json();
    let bearer = format!("Authorization: Bearer {}\r\n", token["access_token"].as_str().unwrap());
    let voalle = voalle.signed(bearer);
    let paid = json!({
        "transactionId": "550E8400-e29b-41d4-a716-446655440000", "financialReceivableTitleId": 90,
        "paidAmount": 337.05, "message": "totem", "BankAccountCode": "001", "PaymentFormCode": "CC",
        "ReceiptDate": "2026-11-22", "ClientPaidDate": "2026-11-22",
    });
    let pay = |body: &Value| voalle.json("POST", &format!("{THIRDPARTY}/receivepayment"), body).json();
    for (field, wrong) in [
        ("transactionId", json!("1")),
        ("paidAmount", json!(1.0)),
        ("PaymentFormCode", json!("DEBITO")),
        ("ReceiptDate", json!("22/11/2026")),
    ] {
        let mut body = paid.clone();
        body[field] = wrong;
        assert_eq!(pay(&body)["success"], json!(false), "{field}");
    }
    let first = pay(&paid);
    assert_eq!(voalle.bill(90)["state"], json!("open"), "accepted is not carried out");
    assert_eq!(pay(&paid), first, "the same key is the same payment");
    let id = first["response"]["synGwTransactionId"].as_str().unwrap();
    let status = || voalle.json("GET", &format!("{THIRDPARTY}/consultpayment?syngwtransactionid={id}"), &Value::Null);
    let deadline = Instant::now() + Duration::from_secs(10);
    while status().json()["response"]["status"]["label"] == json!("Pendente") {
        assert!(Instant::now() < deadline);
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(status().json()["response"]["status"]["label"], json!("Processado"));
    assert_eq!(voalle.bill(90)["paid_by"], json!("write_off"));
    assert_eq!(voalle.write_offs(90).iter().filter(|applied| **applied).count(), 1);
    let all = voalle.json("GET", &format!("{THIRDPARTY}/gettitlesbytxid/52998224725"), &Value::Null).json();
    assert_eq!(all["response"][0]["status"], json!("Paga"));
    let other = json!({"transactionId": "650e8400-e29b-41d4-a716-446655440000"});
    let mut second = paid.clone();
    second["transactionId"] = other["transactionId"].clone();
    assert_eq!(pay(&second)["messages"][0]["message"], json!("O título informado já está baixado."));
}

#[test]
fn mk_auth_hands_out_a_bare_jwt_and_keeps_what_is_due_apart_from_what_is_late() {
    let mk_auth = standin(Product::MkAuth);
    let token = mk_auth.ask("GET", "/api/", BASIC, "").unwrap().text();
    assert_eq!(token.split('.').count(), 3);
    let mk_auth = mk_auth.signed(format!("Authorization: Bearer {token}\r\n"));
    let get = |path: &str| mk_auth.json("GET", path, &Value::Null).json();
    let found = get("/api/cliente/listar/cpf_cnpj=11144477735");
    assert_eq!(found["clientes"][0]["login"], json!("cliente81594"));
    assert_eq!(get("/api/cliente/listar/cpf_cnpj=39053344705"), json!({"mensagem": "Registro não encontrado"}));
    let (late, due) = (get("/api/titulo/vencido/cliente81594"), get("/api/titulo/aberto/cliente81594"));
    assert_eq!((&late["Total"], &due["Total"]), (&json!(6), &json!(6)));
    assert_eq!(get("/api/titulo/aberto/cliente81595"), json!({"mensagem": "Registro não encontrado"}));
    let title = &late["titulos"][0];
    let uuid = title["uuid"].as_str().unwrap();
    assert_eq!(get(&format!("/api/titulo/show/{uuid}"))["status"], json!("vencido"));

    let paid = json!({"uuid": uuid, "coletor": "totem", "forma": "cartao", "valor": "200.00"});
    assert_eq!(mk_auth.json("PUT", "/api/titulo/receber", &paid).json()["status"], json!("sucesso"));
    assert_eq!(mk_auth.json("PUT", "/api/titulo/receber", &paid).json()["mensagem"], json!("Titulo ja foi pago"));
    assert_eq!(get(&format!("/api/titulo/show/{uuid}"))["status"], json!("pago"));
    assert_eq!(mk_auth.write_offs(1224), [true, false]);
}
