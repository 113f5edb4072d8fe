//! A bank that answers in its own way: other names, other types, another clock, yesterday's news.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::wire::{TXID, bank, bank_with, charge, eventually, removal};

#[test]
fn a_new_charge_can_be_unknown_for_a_while() {
    let bank = bank();
    bank.control(&json!({"stale_after_put_ms": 600_000}));
    assert_eq!(bank.put(TXID, &charge()).status, 201);
    let answer = bank.get(&format!("/cob/{TXID}"));
    assert_eq!((answer.status, answer.problem().as_str()), (404, "CobNaoEncontrado"));
    bank.control(&json!({"stale_after_put_ms": 300}));
    eventually("found", || bank.get(&format!("/cob/{TXID}")).status == 200);
    assert!(bank.book()["charges"][TXID]["reads"].as_u64().unwrap() >= 2);
}

#[test]
fn a_paid_charge_can_be_read_as_ativa_for_a_while_though_it_can_not_be_removed() {
    let bank = bank();
    bank.control(&json!({"stale_after_payment_ms": 600_000, "pay_now": [TXID]}));
    bank.put(TXID, &charge());
    let stale = bank.read(TXID);
    assert_eq!((&stale["status"], stale.get("pix")), (&json!("ATIVA"), None));
    assert_eq!(bank.book()["charges"][TXID]["status"], json!("CONCLUIDA"));
    let pix = bank.book()["charges"][TXID]["pix"][0]["end_to_end_id"].as_str().unwrap().to_owned();
    assert_eq!(bank.get(&format!("/pix/{pix}")).status, 404);
    assert_eq!(bank.patch(TXID, &removal()).status, 400, "the core knows");
    bank.control(&json!({"stale_after_payment_ms": 300}));
    eventually("seen", || bank.read(TXID)["status"] == json!("CONCLUIDA"));
    assert_eq!(bank.read(TXID)["pix"][0]["endToEndId"], json!(pix));
}

#[test]
fn the_clock_of_a_bank_can_be_off_in_all_that_it_says() {
    let bank = bank();
    let now = jiff::Timestamp::now().as_second();
    for off in [-7200, 0, 86_400] {
        bank.control(&json!({"clock_off_s": off}));
        let answer = bank.put(TXID, &charge());
        let created: jiff::Timestamp = answer.json()["calendario"]["criacao"].as_str().unwrap().parse().unwrap();
        assert!((created.as_second() - now - off).abs() < 60, "{off}: {created}");
        let date = jiff::fmt::rfc2822::parse(answer.header("Date").unwrap()).unwrap();
        assert!((date.timestamp().as_second() - now - off).abs() < 60, "{off}: {date}");
    }
    bank.control(&json!({"clock_off_s": 86_400, "pay_now": [TXID]}));
    let paid: jiff::Timestamp = bank.read(TXID)["pix"][0]["horario"].as_str().unwrap().parse().unwrap();
    assert!((paid.as_second() - now - 86_400).abs() < 60, "paid though its clock says it has expired");
}

#[test]
fn numbers_can_come_as_text_and_amounts_as_numbers() {
    let bank = bank();
    bank.control(&json!({"numbers_as_text": true}));
    let told = bank.put(TXID, &charge()).json();
    assert_eq!((&told["calendario"]["expiracao"], &told["revisao"]), (&json!("360"), &json!("0")));
    assert_eq!((&told["loc"]["id"], &told["valor"]["original"]), (&json!("1"), &json!("37.00")));
    bank.control(&json!({"amounts_as_numbers": true, "pay_now": [TXID]}));
    let read = bank.read(TXID);
    assert_eq!((&read["valor"]["original"], &read["pix"][0]["valor"]), (&json!(37.0), &json!(37.0)));
}

#[test]
fn the_code_can_have_another_name_or_none_or_be_wrong() {
    let bank = bank();
    let code = bank.put(TXID, &charge()).json()["pixCopiaECola"].clone();
    for name in ["pixCopiaECola", "brcode", "textoImagemQRcode", "absent"] {
        bank.control(&json!({"code_name": name}));
        let told = bank.read(TXID);
        for other in ["pixCopiaECola", "brcode", "textoImagemQRcode"] {
            assert_eq!(told.get(other), Some(&code).filter(|_| other == name), "{name} {other}");
        }
        assert!(told["location"].is_string());
    }
    bank.control(&json!({"damaged_code": true}));
    let (whole, damaged) = (code.as_str().unwrap(), bank.read(TXID)["pixCopiaECola"].as_str().unwrap().to_owned());
    let digits = whole.len() - 1;
    assert_eq!(whole[..digits], damaged[..digits]);
    assert_ne!(whole[digits..], damaged[digits..]);
}

#[test]
fn errors_can_have_the_shapes_that_banks_have_used() {
    let bank = bank();
    let ask = |shape: &str| {
        bank.control(&json!({"error_shape": shape}));
        bank.get(&format!("/cob/{TXID}"))
    };
    let names = |value: &Value| {
        let mut names: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        names.sort_unstable();
        names
    };
    let nome = ask("nome");
    assert_eq!((nome.status, nome.header("Content-Type")), (404, Some("application/json")));
    assert_eq!(names(&nome.json()), ["mensagem", "nome"]);
    assert_eq!(nome.json()["nome"], json!("cob_nao_encontrado"));
    let erros = ask("erros").json();
    assert_eq!(names(&erros), ["erros"]);
    assert!(erros["erros"][0]["codigo"].is_string() && erros["erros"][0]["mensagem"].is_string());
    assert_eq!(names(&ask("status_code").json()), ["error", "message", "statusCode"]);
    assert_eq!((ask("empty").status, ask("empty").body), (404, vec![]));
    assert_eq!(ask("problem").problem(), "CobNaoEncontrado");
}

#[test]
fn other_success_codes_new_fields_and_new_states_are_allowed_to_a_bank() {
    let bank = bank();
    bank.control(
        &json!({"created_status": 200, "changed_status": 201, "unknown_fields": true, "status_as": "EM_ANALISE"}),
    );
    let told = bank.put(TXID, &charge());
    assert_eq!((told.status, &told.json()["status"]), (200, &json!("EM_ANALISE")));
    assert!(told.json()["campoNovo"].is_object());
    assert_eq!(bank.patch(TXID, &removal()).status, 201);
    bank.control(&json!({"removed_as_prose": true}));
    assert_eq!(bank.read(TXID)["status"], json!("REMOVIDO_PELO_USUARIO_RECEBEDOR"));
}

#[test]
fn what_a_bank_does_with_time_outlives_it() {
    let mut bank = bank_with(|options| options.pays_after_ms = Some(400));
    bank.put(TXID, &charge());
    bank.running.stop();
    thread::sleep(Duration::from_millis(450));
    let mut options = totem::simulator::bank::Options::new(bank.folder.path().to_owned());
    options.pays_after_ms = Some(400);
    bank.running = totem::simulator::bank::start(options).unwrap();
    assert_eq!(bank.read(TXID)["status"], json!("CONCLUIDA"), "the token is still good and the charge is paid");
}
