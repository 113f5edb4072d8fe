//! The five stand-ins, asked by requests written by hand from what is known of each vendor: never by the driver.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;
use totem::simulator::isp::{self, Options, Product, Running};

const TODAY: &str = "2026-11-22";
/// "totem:demonstracao"
const BASIC: &str = "Authorization: Basic dG90ZW06ZGVtb25zdHJhY2Fv\r\n";
const THIRDPARTY: &str = "/external/integrations/thirdparty";

struct Standin {
    running: Running,
    folder: TempDir,
    headers: String,
}

struct Answered {
    status: u16,
    body: Vec<u8>,
}

impl Answered {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    fn is_html(&self) -> bool {
        self.text().starts_with("<!DOCTYPE html>")
    }
}

fn standin(product: Product) -> Standin {
    standin_with(product, |_| {})
}

fn standin_with(product: Product, change: impl FnOnce(&mut Options)) -> Standin {
    let folder = tempfile::tempdir().unwrap();
    let mut options = Options { today: Some(TODAY.parse().unwrap()), ..Options::new(folder.path().to_owned()) };
    change(&mut options);
    let running = isp::start(product, options).unwrap();
    Standin { running, folder, headers: String::new() }
}

impl Standin {
    fn signed(mut self, headers: impl Into<String>) -> Standin {
        self.headers = headers.into();
        self
    }

    fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> Option<Answered> {
        let mut stream = TcpStream::connect(self.running.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let length = body.len();
        let own = &self.headers;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: erp.example\r\nConnection: close\r\nContent-Length: {length}\r\n{own}{headers}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let status = String::from_utf8_lossy(&bytes[9..12]).parse().unwrap();
        Some(Answered { status, body: bytes[end + 4..].to_vec() })
    }

    fn json(&self, method: &str, path: &str, body: &Value) -> Answered {
        let sent = if method == "GET" { String::new() } else { body.to_string() };
        self.ask(method, path, "Content-Type: application/json\r\n", &sent).unwrap()
    }

    fn list(&self, table: &str, body: &Value) -> Value {
        let headers = "Content-Type: application/json\r\nixcsoft: listar\r\n";
        self.ask("POST", &format!("/webservice/v1/{table}"), headers, &body.to_string()).unwrap().json()
    }

    fn form(&self, path: &str, fields: &str) -> Answered {
        let body = format!("app=totem&token=demonstracao&{fields}");
        self.ask("POST", path, "Content-Type: application/x-www-form-urlencoded\r\n", &body).unwrap()
    }

    fn order(&self, orders: &Value) {
        let path = self.folder.path().join("control.json");
        std::fs::write(path.with_extension("draft"), orders.to_string()).unwrap();
        std::fs::rename(path.with_extension("draft"), path).unwrap();
    }

    fn book(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.folder.path().join("erp.json")).unwrap()).unwrap()
    }

    fn bill(&self, id: i64) -> Value {
        let book = self.book();
        book["bills"].as_array().unwrap().iter().find(|bill| bill["id"] == id).cloned().unwrap()
    }

    /// Whether each call for the bill was carried out.
    fn write_offs(&self, id: i64) -> Vec<bool> {
        let book = self.book();
        let calls = book["write_offs"].as_array().unwrap().iter().filter(|call| call["bill"] == id);
        calls.map(|call| call["applied"] == true).collect()
    }
}

fn query(table: &str, field: &str, value: &str) -> Value {
    json!({
        "qtype": format!("{table}.{field}"), "query": value, "oper": "=", "page": "1", "rp": "50",
        "sortname": format!("{table}.id"), "sortorder": "asc",
    })
}

fn ixc() -> Standin {
    standin(Product::Ixc).signed(BASIC)
}

/// 315,98 overdue since 140 days: 6,32 fine and 14,75 interest.
fn ixc_payment() -> Value {
    json!({
        "filial_id": "1", "id_receber": "90", "conta_": "12", "id_conta": "1", "tipo_recebimento": "CD",
        "data": "22/11/2026", "valor_parcela": "315.98", "vdesconto": "0.00", "vacrescimo": "21.07",
        "credito": "337.05", "debito": "337.05", "valor_total_recebido": "337.05", "historico": "NSU 1",
        "tipo_r": "T", "previsao": "N", "tipo_lanc": "R", "documento": "1",
    })
}

#[test]
fn ixc_finds_a_cpf_only_in_its_mask_and_writes_every_value_as_text() {
    let ixc = ixc();
    let found = ixc.list("cliente", &query("cliente", "cnpj_cpf", "529.982.247-25"));
    assert_eq!((&found["total"], &found["registros"][0]["id"]), (&json!("1"), &json!("81593")));
    let bare = ixc.list("cliente", &query("cliente", "cnpj_cpf", "52998224725"));
    assert_eq!(bare, json!({"page": "1", "total": "0"}));
    let mut open = query("fn_areceber", "id_cliente", "81594");
    open["grid_param"] = json!(r#"[{"TB":"fn_areceber.status","OP":"=","P":"A"}]"#);
    let rows = ixc.list("fn_areceber", &open);
    assert_eq!(rows["total"], json!("12"));
    for row in rows["registros"].as_array().unwrap() {
        assert!(row.as_object().unwrap().values().all(Value::is_string), "{row}");
    }
    let unheard = ixc.list("fn_areceber", &query("fn_areceber", "id_client", "81594"));
    assert_eq!(unheard["type"], json!("error"));
    assert_eq!(ixc.book()["errors"], json!(["fn_areceber: no such field fn_areceber.id_client"]));
}

#[test]
fn ixc_gives_two_hundred_bills_page_by_page() {
    let ixc = ixc();
    let mut seen = Vec::new();
    for page in 1..=5 {
        let mut body = query("fn_areceber", "id_cliente", "81596");
        body["page"] = json!(page.to_string());
        let rows = ixc.list("fn_areceber", &body);
        assert_eq!(rows["total"], json!("200"));
        let ids = rows["registros"].as_array().into_iter().flatten().map(|row| row["id"].as_str().unwrap().to_owned());
        seen.extend(ids);
    }
    seen.dedup();
    assert_eq!(seen.len(), 200);
}

#[test]
fn ixc_takes_a_payment_whose_parts_add_up_and_takes_it_once() {
    let ixc = ixc();
    let path = "/webservice/v1/fn_areceber_recebimentos_baixas_novo";
    for (field, wrong) in [
        ("valor_total_recebido", "337.06"),
        ("credito", "0.00"),
        ("conta_", "99"),
        ("data", "2026-11-22"),
        ("tipo_recebimento", "X"),
        ("vacrescimo", "500.00"),
        ("historico", ""),
    ] {
        let mut body = ixc_payment();
        body[field] = json!(wrong);
        assert_eq!(ixc.json("POST", path, &body).json()["type"], json!("error"), "{field}");
    }
    let mut number = ixc_payment();
    number["id_receber"] = json!(90);
    assert_eq!(ixc.json("POST", path, &number).json()["message"], json!("O campo id_receber deve ser texto"));
    assert_eq!(ixc.bill(90)["state"], json!("open"));

    assert_eq!(ixc.json("POST", path, &ixc_payment()).json()["type"], json!("success"));
    let again = ixc.json("POST", path, &ixc_payment());
    assert_eq!((again.status, again.json()["type"].clone()), (200, json!("error")));
    assert_eq!(ixc.write_offs(90).iter().filter(|applied| **applied).count(), 1);
    assert_eq!(ixc.bill(90)["paid_cents"], json!(33705));
    let row = &ixc.list("fn_areceber", &query("fn_areceber", "id", "90"))["registros"][0];
    assert_eq!((&row["status"], &row["pagamento_data"]), (&json!("R"), &json!(TODAY)));
}

#[test]
fn ixc_gives_the_boleto_as_bare_base64_and_the_pix_two_levels_down() {
    let ixc = ixc();
    let asked = json!({
        "boletos": "90", "juro": "S", "multa": "S", "atualiza_boleto": "S", "tipo_boleto": "arquivo", "base64": "S",
    });
    let file = ixc.json("POST", "/webservice/v1/get_boleto", &asked);
    assert!(STANDARD.decode(&file.body).unwrap().starts_with(b"%PDF-"));
    let pix = ixc.json("POST", "/webservice/v1/get_pix", &json!({"id_areceber": "90"})).json();
    assert!(pix["pix"]["qrCode"]["qrcode"].as_str().unwrap().starts_with("000201"));
    let none = ixc.json("POST", "/webservice/v1/get_pix", &json!({"id_areceber": "1229"})).json();
    assert_eq!(none["type"], json!("error"));
}

#[test]
fn ixc_unlocks_a_blocked_contract_once_and_answers_by_code_otherwise() {
    let ixc = ixc();
    let unlock = |id: &str| ixc.json("POST", "/webservice/v1/desbloqueio_confianca", &json!({"id": id})).json();
    assert_eq!(unlock("1283321")["tipo"], json!("sucesso"));
    for (contract, code) in [("1283321", "107"), ("1283299", "106"), ("7", "109")] {
        assert_eq!(unlock(contract)["codigo"], json!(code), "{contract}");
    }
    assert_eq!(ixc.book()["unlocks"].as_array().unwrap().len(), 1);
}

#[test]
fn who_has_no_right_gets_nothing_in_any_of_the_five() {
    let ixc = standin(Product::Ixc);
    assert_eq!(ixc.json("POST", "/webservice/v1/get_pix", &json!({"id_areceber": "90"})).status, 401);
    let sgp = standin(Product::Sgp);
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let sent = sgp.ask("POST", "/api/ura/titulos/", form, "app=totem&token=x&titulo_id=90").unwrap();
    assert_eq!(sent.status, 401);
    let rbx = standin(Product::Rbx);
    let sent = rbx.json("POST", "/routerbox/ws_json/ws_json.php", &json!({"get_barcode": {"banking_billet_id": 90}}));
    assert_eq!((sent.status, sent.json()["status"].clone()), (200, json!(0)));
    let voalle = standin(Product::Voalle);
    assert_eq!(voalle.json("GET", &format!("{THIRDPARTY}/people/txid/52998224725"), &Value::Null).status, 401);
    let mk_auth = standin(Product::MkAuth);
    let sent = mk_auth.json("GET", "/api/titulo/aberto/cliente81593", &Value::Null);
    assert_eq!((sent.status, sent.json()), (200, json!({"error": {"text": "JWT invalido"}})));
    let token = mk_auth.ask("GET", "/api/", "Authorization: Basic eDp5\r\n", "").unwrap();
    assert_eq!((token.status, token.text()), (200, "Acesso nao autorizado".to_owned()));
}

#[test]
fn a_wrong_address_shows_a_login_page_at_status_200() {
    for product in [Product::Ixc, Product::Sgp, Product::Rbx, Product::Voalle, Product::MkAuth] {
        let standin = standin(product);
        let page = standin.json("POST", "/sistema/faturas", &json!({}));
        assert!(page.status == 200 && page.is_html(), "{product:?}");
        assert_eq!(standin.book()["errors"].as_array().unwrap().len(), 1, "{product:?}");
    }
}

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
    use totem::simulator::isp::Voice;
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

fn rbx() -> Standin {
    standin(Product::Rbx).signed("authentication_key: demonstracao\r\n")
}

fn rpc(rbx: &Standin, body: &Value) -> Value {
    rbx.json("POST", "/routerbox/ws_json/ws_json.php", body).json()
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

#[test]
fn each_of_the_five_misbehaves_as_it_is_told() {
    let rbx = rbx();
    let ask = || rpc(&rbx, &json!({"get_unpaid_document": {"customer_id": 81593}}));
    rbx.order(&json!({"settle_elsewhere": [90]}));
    let deadline = Instant::now() + Duration::from_secs(10);
    while ask()["result"] != json!([]) {
        assert!(Instant::now() < deadline);
    }
    rbx.order(&json!({"html": {"value": true, "for": "bills", "times": 1}}));
    let html =
        rbx.json("POST", "/routerbox/ws_json/ws_json.php", &json!({"get_unpaid_document": {"customer_id": 81593}}));
    assert!(html.is_html());
    assert_eq!(ask()["status"], json!(1));
    rbx.order(&json!({"down": {"value": true, "for": "bills"}}));
    let body = json!({"get_unpaid_document": {"customer_id": 81593}}).to_string();
    assert!(rbx.ask("POST", "/routerbox/ws_json/ws_json.php", "", &body).is_none());
    rbx.order(&json!({"write_off": "lost_anser"}));
    ask();
    assert!(rbx.book()["errors"].to_string().contains("write_off is not understood"));
}
