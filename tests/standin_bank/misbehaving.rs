//! The control file: what can be ordered to go wrong, and what is true afterwards.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::wire::{TXID, bank, charge, connect, read_answer, removal, sign_in};

#[test]
fn a_lost_answer_took_effect_and_a_lost_request_did_not() {
    for (order, done) in [("lost_answer", true), ("lost_request", false)] {
        let bank = bank();
        let once = |operation: &str| bank.control(&json!({order: {"for": operation, "times": 1}}));
        once("put_cob");
        assert_eq!(bank.try_send("PUT", &format!("/cob/{TXID}"), &charge()), None, "{order}");
        assert_eq!(bank.book()["charges"].get(TXID).is_some(), done, "{order}");
        assert_eq!(bank.book()["calls"]["put_cob"], json!(1), "{order}: it did arrive");
        assert_eq!(bank.put(TXID, &charge()).status, 201, "{order}: and can be sent again");
        assert_eq!(bank.book()["charges"][TXID]["revision"], json!(0));

        once("patch_cob");
        assert_eq!(bank.try_send("PATCH", &format!("/cob/{TXID}"), &removal()), None);
        let status = if done { "REMOVIDA_PELO_USUARIO_RECEBEDOR" } else { "ATIVA" };
        assert_eq!(bank.read(TXID)["status"], json!(status), "{order}");
    }
}

#[test]
fn refusals_come_on_order_as_often_as_ordered() {
    let bank = bank();
    bank.put(TXID, &charge());
    for (orders, status, kind, after) in [
        (json!({"unauthorized": {"times": 1}}), 401, "AcessoNegado", None),
        (json!({"too_many": {"value": 2, "times": 1}}), 429, "RequisicaoInvalida", Some("2")),
        (json!({"too_many": {"times": 1}}), 429, "RequisicaoInvalida", None),
        (json!({"unavailable": {"value": 5, "times": 1}}), 503, "ServicoIndisponivel", Some("5")),
        (
            json!({"unavailable": {"value": "Wed, 21 Oct 2026 07:28:00 GMT", "times": 1}}),
            503,
            "ServicoIndisponivel",
            Some("Wed, 21 Oct 2026 07:28:00 GMT"),
        ),
        (json!({"status": {"value": 403, "times": 1}}), 403, "AcessoNegado", None),
        (json!({"status": {"value": 500, "times": 1}}), 500, "ErroInternoDoServidor", None),
        (json!({"status": {"value": 504, "times": 1}}), 504, "IndisponibilidadePorTempoEsgotado", None),
    ] {
        bank.control(&orders);
        let answer = bank.get(&format!("/cob/{TXID}"));
        assert_eq!((answer.status, answer.problem().as_str(), answer.header("Retry-After")), (status, kind, after));
        assert_eq!(answer.json()["status"], json!(status));
        assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 200, "{orders}: once");
    }
    bank.control(&json!({"status": [{"value": 503, "for": "get_cob", "times": 1}, {"value": 500, "for": "token"}]}));
    assert_eq!(bank.put(TXID, &charge()).status, 201, "only what was meant");
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 503);
    assert_eq!(sign_in(bank.address()), "");
}

#[test]
fn a_bank_can_be_slow_before_and_after() {
    for order in ["slow_ms", "slow_answer_ms"] {
        let bank = bank();
        bank.control(&json!({order: {"value": 400, "times": 1}}));
        let begun = Instant::now();
        assert_eq!(bank.put(TXID, &charge()).status, 201);
        assert!(begun.elapsed() >= Duration::from_millis(400), "{order}");
        assert_eq!(bank.read(TXID)["status"], json!("ATIVA"));
    }
}

#[test]
fn answers_can_come_as_anything_but_an_answer() {
    let bank = bank();
    bank.put(TXID, &charge());
    let path = format!("/cob/{TXID}");
    let ask = |orders: Value| {
        bank.control(&orders);
        bank.try_send("GET", &path, &Value::Null)
    };
    assert_eq!(ask(json!({"truncate": true})), None, "half a body");
    let garbage = ask(json!({"garbage": true})).unwrap();
    assert!(garbage.status == 200 && serde_json::from_slice::<Value>(&garbage.body).is_err());
    assert_eq!(ask(json!({"empty": true})).unwrap().body, b"");
    assert_eq!(ask(json!({"huge": 3_000_000})).unwrap().body.len(), 3_000_000);
    let html = ask(json!({"html": true})).unwrap();
    assert_eq!((html.status, html.text().starts_with("<!DOCTYPE html>")), (200, true));
    let moved = ask(json!({"redirect_to": "https://example.com/"})).unwrap();
    assert_eq!((moved.status, moved.header("Location")), (302, Some("https://example.com/")));
    assert_eq!(ask(json!({})).unwrap().status, 200);
}

#[test]
fn an_answer_that_was_spoilt_took_effect() {
    let bank = bank();
    for (number, order) in ["truncate", "garbage", "empty", "huge"].into_iter().enumerate() {
        let txid = number.to_string().repeat(32);
        let value = if order == "huge" { json!(10_000) } else { json!(true) };
        bank.control(&json!({order: {"value": value, "times": 1}}));
        bank.try_send("PUT", &format!("/cob/{txid}"), &charge());
        assert_eq!(bank.read(&txid)["status"], json!("ATIVA"), "{order}");
    }
}

#[test]
fn a_bank_that_is_down_hangs_up_on_everybody_and_does_nothing() {
    let bank = bank();
    bank.control(&json!({"down": true}));
    assert_eq!(bank.try_send("PUT", &format!("/cob/{TXID}"), &charge()), None);
    let mut stream = connect(bank.address());
    assert_eq!(read_answer(&mut stream), None);
    assert_eq!(bank.book()["charges"], json!({}));
    bank.control(&json!({}));
    assert_eq!(bank.put(TXID, &charge()).status, 201);
}

#[test]
fn an_order_that_makes_no_sense_is_noted_and_the_others_hold() {
    let bank = bank();
    bank.control(&json!({
        "slo": 1, "status": "503", "unauthorized": {"times": 1, "tims": 2}, "pay_now": TXID, "error_shape": "soap",
        "stale_after_put_ms": -1, "lost_answer": {"for": "put_cobs"}, "numbers_as_text": true,
    }));
    assert_eq!(bank.put(TXID, &charge()).json()["revisao"], json!("0"));
    let errors = bank.errors();
    for name in ["slo", "status", "unauthorized", "pay_now", "error_shape", "stale_after_put_ms", "lost_answer"] {
        assert!(errors.contains(&format!("control.json: {name} is not understood")), "{name}: {errors:?}");
    }
    assert_eq!(errors.len(), 7);
}
