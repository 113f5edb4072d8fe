//! The stand-in, spoken to letter by letter: strict about the documents, and obedient to its control file.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use totem::simulator::hubsoft::{Age, Options, Running, start};

struct Bare {
    dir: tempfile::TempDir,
    running: Running,
    token: String,
}

struct Answered {
    status: u16,
    body: Vec<u8>,
}

impl Answered {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    fn says_error(&self) -> bool {
        self.status == 200 && self.json()["status"] == "error"
    }
}

fn bare(server: Age) -> Bare {
    let dir = tempfile::tempdir().unwrap();
    let today = Some("2026-11-24".parse().unwrap());
    let running = start(Options { server, today, ..Options::new(dir.path().to_owned()) }).unwrap();
    let mut bare = Bare { dir, running, token: String::new() };
    let grant = json!({
        "grant_type": "password",
        "client_id": "3",
        "client_secret": "segredo-da-demonstracao",
        "username": "totem@provedor.exemplo",
        "password": "demonstracao",
    });
    let granted = bare.send("/oauth/token", &grant).unwrap().json();
    assert_eq!((&granted["expires_in"], &granted["token_type"]), (&json!(2_592_000), &json!("Bearer")));
    bare.token = granted["access_token"].as_str().unwrap().to_owned();
    bare
}

impl Bare {
    /// `None` where the other side hung up without a whole answer.
    fn talk(&self, method: &str, target: &str, body: &str) -> Option<Answered> {
        let mut stream = TcpStream::connect(self.running.address()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let (token, length) = (&self.token, body.len());
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: erp\r\nAccept: application/json\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let length: usize = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")?.parse().ok())?;
        let body = bytes[end..].to_vec();
        (body.len() == length).then(|| Answered { status: head[9..12].parse().unwrap(), body })
    }

    fn get(&self, path: &str) -> Option<Answered> {
        self.talk("GET", &format!("/api/v1/integracao/{path}"), "")
    }

    fn send(&self, target: &str, body: &Value) -> Option<Answered> {
        let target = if target.starts_with('/') { target.to_owned() } else { format!("/api/v1/integracao/{target}") };
        self.talk("POST", &target, &body.to_string())
    }

    fn order(&self, orders: &Value) {
        totem::simulator::state::order(self.dir.path(), orders).unwrap();
    }

    fn book(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.dir.path().join("erp.json")).unwrap()).unwrap()
    }
}

/// What bill 90 comes to on that day: 315.98 with 2 % and 140 days of 1 % a month.
fn liquidation() -> Value {
    json!({
        "id_fatura": 90,
        "id_caixa_financeiro": 8,
        "meio_pagamento": "cartao_debito",
        "data_pagamento": "2026-11-24",
        "valor_pago": 337.05,
        "juros": 21.07,
    })
}

const BILLS: &str = "cliente/financeiro?busca=codigo_cliente&termo_busca=81593";

#[test]
fn whoever_carries_no_live_token_is_turned_away() {
    let mut erp = bare(Age::Current);
    assert_eq!(erp.get(BILLS).unwrap().status, 200);
    erp.token = "falso".to_owned();
    let refused = erp.get(BILLS).unwrap();
    assert_eq!((refused.status, refused.json()), (401, json!({"error": "Unauthenticated."})));
    let wrong = json!({"grant_type": "password", "client_id": "3"});
    assert_eq!(erp.send("/oauth/token", &wrong).unwrap().json()["error"], "invalid_credentials");
}

#[test]
fn what_the_documents_do_not_know_is_refused_and_stands_in_the_book() {
    let erp = bare(Age::Current);
    for path in [
        "cliente/financeiro?busca=codigo_cliente",
        "cliente/financeiro?busca=codigo_cliente&termo_busca=81593&limit=51",
        "cliente/financeiro?busca=codigo_cliente&termo_busca=81593&pagina=2",
        "cliente/financeiro?busca=nome&termo_busca=81593",
        "cliente/financeiro?busca=codigo_cliente&termo_busca=81593&data_inicio=24/11/2026",
        "cliente?busca=cpf_cnpj&termo_busca=52998224725&cancelado=true",
        "cliente/nota_fiscal?busca=id_cliente&termo_busca=181594&data_inicio=2026-01-01&data_fim=2026-11-24",
    ] {
        assert!(erp.get(path).unwrap().says_error(), "{path}");
    }
    let change = |key: &str, value: Value| {
        let mut body = liquidation();
        body[key] = value;
        body
    };
    for body in [
        change("id_fatura", json!("90")),
        change("id_caixa_financeiro", json!(1)),
        change("meio_pagamento", json!("transferencia")),
        change("data_pagamento", json!("24/11/2026")),
        change("data_pagamento", json!("2999-01-01")),
        change("valor_pago", json!(337.055)),
        change("valor_pago", json!(315.98)),
        change("valor_pago", json!("337,05")),
        change("nsu", json!("55555")),
        change("id_fatura", Value::Null),
    ] {
        assert!(erp.send("financeiro/fatura/liquidar", &body).unwrap().says_error(), "{body}");
    }
    let unknown = erp.send("financeiro/fatura/liquidar", &change("id_fatura", json!(7))).unwrap();
    assert!(unknown.says_error());
    for (path, body) in [
        ("cliente/financeiro/enviar_sms", json!({"id_fatura": "90", "email_adicional": ["11988887777"]})),
        ("cliente/financeiro/enviar_sms", json!({"id_fatura": "90", "telefone_adicional": ["123"]})),
        ("cliente/desbloqueio_confianca", json!({"id_cliente_servico": 0})),
        ("atendimento", json!({"id_cliente_servico": "1283321", "descricao": "x", "nome": "y", "telefone": "(31) 9"})),
        ("prospecto", json!({"cep": "35560000"})),
    ] {
        assert!(erp.send(path, &body).unwrap().says_error(), "{path} {body}");
    }
    let book = erp.book();
    assert_eq!(book["receipts"], json!([]));
    assert_eq!((book["errors"].as_array().unwrap().len(), &book["sent"]), (22, &json!([])));
}

#[test]
fn a_bill_is_liquidated_once_and_the_second_answer_is_the_vendors() {
    let erp = bare(Age::Current);
    let done = erp.send("financeiro/fatura/liquidar", &liquidation()).unwrap().json();
    assert_eq!((&done["status"], &done["recibo"]["valor_pago"]), (&json!("success"), &json!(337.05)));
    let again = erp.send("financeiro/fatura/liquidar", &liquidation()).unwrap().json();
    assert_eq!(again["msg"], "A fatura de ID 90 já encontra-se quitada com data de pagamento em 24/11/2026");
    let row = erp.get(&format!("{BILLS}&apenas_pendente=nao")).unwrap().json()["faturas"][0].clone();
    assert_eq!((&row["data_pagamento"], &row["quitado"]), (&json!("24/11/2026"), &json!(true)));
    let applied: Vec<Value> =
        erp.book()["write_offs"].as_array().unwrap().iter().map(|call| call["applied"].clone()).collect();
    assert_eq!(applied, [json!(true), json!(false)]);
}

#[test]
fn a_server_of_2020_has_neither_write_off_nor_look_ups_nor_pix() {
    let erp = bare(Age::Of2020);
    assert_eq!(erp.send("financeiro/fatura/liquidar", &liquidation()).unwrap().status, 404);
    for path in ["configuracao/caixa_financeiro", "financeiro/fatura", "cliente/nota_fiscal?busca=id_cliente"] {
        assert_eq!(erp.get(path).unwrap().status, 404, "{path}");
    }
    let row = erp.get(BILLS).unwrap().json()["faturas"][0].clone();
    assert!(row.get("pix_copia_cola").is_none() && row.get("quitado").is_none(), "{row}");
    assert_eq!(erp.book()["write_offs"], json!([]));
}

#[test]
fn the_control_file_orders_every_sort_of_trouble() {
    let erp = bare(Age::Current);
    for (orders, status, begins) in [
        (json!({"status": 500}), 500, "<!DOCTYPE"),
        (json!({"html": true}), 200, "<!DOCTYPE"),
        (json!({"empty": {"for": "bills"}}), 200, ""),
        (json!({"token_expires_now": {"times": 1}}), 401, "{\"error\""),
    ] {
        erp.order(&orders);
        let answer = erp.get(BILLS).unwrap();
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!((answer.status, body.starts_with(begins)), (status, true), "{orders} {body}");
        assert!(!begins.is_empty() || body.is_empty());
    }
    let erp = bare(Age::Current);
    for orders in [json!({"down": true}), json!({"truncate": {"for": "bills"}})] {
        erp.order(&orders);
        assert!(erp.get(BILLS).is_none(), "{orders}");
    }
    for (trick, applied) in [("lost_request", false), ("lost_answer", true)] {
        let erp = bare(Age::Current);
        erp.order(&json!({"write_off": trick}));
        assert!(erp.send("financeiro/fatura/liquidar", &liquidation()).is_none(), "{trick}");
        assert_eq!(erp.book()["write_offs"][0]["applied"], applied, "{trick}");
    }
    let erp = bare(Age::Current);
    erp.order(&json!({"slow_ms": {"value": 150, "for": "bills"}, "what_is_this": true}));
    let begun = std::time::Instant::now();
    assert_eq!(erp.get(BILLS).unwrap().status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(150));
    assert_eq!(erp.book()["errors"], json!(["control.json: what_is_this is not understood"]));
    erp.order(&json!({"pix_pays_after_ms": 0}));
    erp.get(BILLS).unwrap();
    assert_eq!(erp.book()["bills"][0]["paid_by"], "pix", "a code that was listed is paid");
}

#[test]
fn the_book_outlives_the_stand_in_and_has_one_keeper() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options::new(dir.path().to_owned());
    let mut first = start(options.clone()).unwrap();
    assert!(start(options.clone()).is_err(), "one at a time");
    first.stop();
    let before = std::fs::read(dir.path().join("erp.json")).unwrap();
    let mut second = start(options.clone()).unwrap();
    second.stop();
    assert_eq!(std::fs::read(dir.path().join("erp.json")).unwrap(), before);
    std::fs::write(dir.path().join("erp.json"), "{").unwrap();
    assert!(start(options).is_err(), "a damaged book is never taken for an empty one");
}
