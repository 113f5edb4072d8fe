//! The five stand-ins, asked by requests written by hand from what is known of each vendor: never by the driver.

mod others;

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

fn rbx() -> Standin {
    standin(Product::Rbx).signed("authentication_key: demonstracao\r\n")
}

fn rpc(rbx: &Standin, body: &Value) -> Value {
    rbx.json("POST", "/routerbox/ws_json/ws_json.php", body).json()
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
