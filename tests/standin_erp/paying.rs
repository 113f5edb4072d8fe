//! How a bill comes to be paid: written off by the totem, by PIX, at a bank, or elsewhere.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use totem::simulator::erp::{self, Pace};

use crate::wire::{Erp, erp, erp_with, find, options, talk, wait_until, write_off};

const SETTLED: &str = "A fatura informada já se encontra inteiramente quitada.";

fn with(field: &str, value: Value) -> Value {
    let mut body = write_off();
    body[field] = value;
    body
}

fn without(field: &str) -> Value {
    let mut body = write_off();
    body.as_object_mut().unwrap().remove(field);
    body
}

#[test]
fn a_write_off_settles_the_bill_everywhere_and_gives_the_customer_back() {
    let erp = erp();
    let answer = erp.pay(&write_off()).unwrap();
    assert_eq!((answer.status, answer.json()), (200, json!("SUCESSO")));

    let file = erp.get("/ws/comercial/cliente/81593/dados").json();
    assert_eq!(file["Faturas"], json!([]));
    assert_eq!(file["ExisteFaturaSemPagamento"], json!(false));
    assert_eq!(file["Contratos"][0]["StatusContrato"], json!("HABILITADO"));
    assert_eq!(erp.get("/ws/financeiro/faturas/cliente/81593").json(), json!([]));
    assert_eq!(erp.get("/ws/financeiro/fatura/aberta/90/linha_digitavel").json(), json!("FALHA"));
    let paid = find(&erp.get("/ws/financeiro/faturas/52998224725/todas").json()["Faturas"], "IDFatura", 90);
    assert_eq!(paid["DataPagamento"], json!("2026-11-22"));

    let bill = erp.bill(90);
    assert_eq!((&bill["state"], &bill["paid_by"]), (&json!("paid"), &json!("write_off")));
    let mut call = erp.book()["write_offs"][0].clone();
    assert!(call["at_ms"].take().as_i64().unwrap() > 1_700_000_000_000);
    assert_eq!(
        call,
        json!({
            "at_ms": null, "bill": 90, "account": 1, "method": 2, "brand": 1, "paid_cents": 31598,
            "fine_cents": 632, "interest_cents": 1475, "discount_cents": 0, "date": "22-11-2026", "partial": "0",
            "nsu": "55555", "authorization": "44444", "tid": "", "due_cents": 33705,
            "answer": "\"SUCESSO\"", "applied": true,
        })
    );
}

#[test]
fn a_repeated_write_off_is_told_that_the_bill_is_settled_and_changes_nothing() {
    let erp = erp();
    erp.pay(&write_off()).unwrap();
    let before = erp.bill(90);
    let again = erp.pay(&with("NSUCartao", json!("77777"))).unwrap();
    assert_eq!((again.status, again.json()), (200, json!({"error": SETTLED})));
    assert_eq!(erp.bill(90), before);
    assert_eq!(erp.applied(90), 1);
    assert_eq!(erp.book()["write_offs"].as_array().unwrap().len(), 2);
}

#[test]
fn of_many_write_offs_at_the_same_moment_one_is_carried_out() {
    let erp = erp();
    let request = erp.request("PUT", "/ws/financeiro/faturas/pagar", &write_off().to_string());
    let address = erp.address();
    let answers: Vec<_> = thread::scope(|scope| {
        let calls: Vec<_> = (0..16).map(|_| scope.spawn(|| talk(address, &request).unwrap().json())).collect();
        calls.into_iter().map(|call| call.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|answer| **answer == json!("SUCESSO")).count(), 1);
    assert_eq!(answers.iter().filter(|answer| **answer == json!({"error": SETTLED})).count(), 15);
    assert_eq!(erp.applied(90), 1);
}

#[test]
fn a_wrong_field_is_named_and_nothing_is_done() {
    let erp = erp();
    for (field, body) in [
        ("IDFatura", with("IDFatura", json!("90"))),
        ("IDFatura", with("IDFatura", json!(90.5))),
        ("IDFatura", with("IDFatura", json!(777_777))),
        ("IDFatura", json!([])),
        ("IDContaFinanceira", with("IDContaFinanceira", json!("1"))),
        ("IDContaFinanceira", with("IDContaFinanceira", json!(999))),
        ("IDContaFinanceira", with("IDContaFinanceira", json!(7))), // no longer in use
        ("IDContaFinanceira", with("IDContaFinanceira", json!(2))), // of another method
        ("IDContaFinanceira", without("IDContaFinanceira")),
        ("IDFormaPagamento", with("IDFormaPagamento", json!("2"))),
        ("IDFormaPagamento", with("IDFormaPagamento", json!(99))),
        ("ValorPago", with("ValorPago", json!("315.98"))),
        ("ValorPago", with("ValorPago", json!(-315.98))),
        ("ValorPago", with("ValorPago", json!(300.0))),
        ("ValorPago", without("ValorPago")),
        ("ValorMulta", with("ValorMulta", Value::Null)),
        ("ValorJuros", without("ValorJuros")),
        ("ValorDesconto", without("ValorDesconto")),
        ("DataPagamento", with("DataPagamento", json!("2026-11-22"))),
        ("DataPagamento", with("DataPagamento", json!("22/11/2026"))),
        ("DataPagamento", with("DataPagamento", json!("1-11-2026"))),
        ("DataPagamento", with("DataPagamento", json!("31-11-2026"))),
        ("DataPagamento", with("DataPagamento", json!("22-11-2999"))),
        ("PagamentoParcial", with("PagamentoParcial", json!(0))),
        ("PagamentoParcial", with("PagamentoParcial", json!(false))),
        ("PagamentoParcial", with("PagamentoParcial", json!("2"))),
        ("IDBandeiraCartao", with("IDBandeiraCartao", json!("1"))),
        ("IDBandeiraCartao", with("IDBandeiraCartao", json!(99))),
        ("NSUCartao", with("NSUCartao", json!(55555))),
        ("CodigoAutorizacaoCartao", with("CodigoAutorizacaoCartao", json!(44444))),
        ("TIDCartao", with("TIDCartao", json!(1))),
    ] {
        let answer = erp.pay(&body).unwrap();
        assert_eq!((answer.status, answer.json()), (200, json!({"error": format!("{field} inválido.")})), "{body}");
    }
    assert_eq!(erp.applied(90), 0);
    assert_eq!(erp.bill(90)["state"], json!("open"));
}

#[test]
fn what_is_not_mandatory_may_be_missing() {
    let erp = erp();
    let mut body = write_off();
    for field in ["IDFormaPagamento", "CodigoAutorizacaoCartao", "TIDCartao", "NSUCartao", "IDBandeiraCartao"] {
        body.as_object_mut().unwrap().remove(field);
    }
    assert_eq!(erp.pay(&body).unwrap().json(), json!("SUCESSO"));
}

#[test]
fn a_whole_payment_may_hold_the_charges_or_not() {
    for paid in [315.98, 337.05] {
        let erp = erp();
        assert_eq!(erp.pay(&with("ValorPago", json!(paid))).unwrap().json(), json!("SUCESSO"), "{paid}");
    }
}

#[test]
fn a_partial_payment_leaves_a_rest_and_is_carried_out_as_often_as_it_is_sent() {
    let erp = erp();
    let mut part = with("PagamentoParcial", json!("1"));
    part["ValorPago"] = json!(100.0);
    for left in [215.98, 115.98, 15.98] {
        assert_eq!(erp.pay(&part).unwrap().json(), json!("SUCESSO"));
        assert_eq!(erp.get("/ws/comercial/cliente/81593/dados").json()["Faturas"][0]["Valor"], json!(left));
    }
    assert_eq!(erp.pay(&part).unwrap().json(), json!("SUCESSO"));
    assert_eq!(erp.pay(&part).unwrap().json(), json!({"error": SETTLED}));
    assert_eq!(erp.applied(90), 4);
}

#[test]
fn a_customer_who_still_owes_stays_suspended() {
    let erp = erp();
    let overdue = [1224, 1225, 1226, 1227, 1228, 1229];
    let phone =
        |erp: &Erp| erp.get("/ws/comercial/cliente/81594/dados").json()["Contratos"][2]["StatusContrato"].clone();
    erp.control(&json!({"pay_now": &overdue[1..]}));
    assert_eq!(phone(&erp), json!("SUSPENSO"));
    erp.control(&json!({"pay_now": ["1224"]}));
    assert_eq!(phone(&erp), json!("HABILITADO"));
    let cancelled = erp.get("/ws/comercial/cliente/81594/dados").json()["Contratos"][3]["StatusContrato"].clone();
    assert_eq!(cancelled, json!("CANCELADO"));
}

fn ask_pix(erp: &Erp, bill: i64, customer: i64) -> Value {
    let body = json!({"idFatura": bill, "idCliente": customer, "nomeCliente": "MARIA FICTÍCIA DA SILVA",
                      "documentoCliente": "52998224725", "tipoDocumentoCliente": "CPF"});
    erp.send("POST", "/ws/financeiro/pix/buscar", &body).json()
}

#[test]
fn a_pix_code_is_a_dynamic_one_with_a_right_checksum_and_stays_the_same() {
    let erp = erp();
    let answer = ask_pix(&erp, 90, 81593);
    let code = answer["resposta"].as_str().unwrap();
    assert!(code.starts_with("000201010212268"), "{code}");
    assert!(code.contains("0014br.gov.bcb.pix25") && code.contains("pix.example.com/qr/v2/cobv/"));
    let (covered, sum) = code.split_at(code.len() - 4);
    assert!(covered.ends_with("62070503***6304"));
    assert_eq!(sum, format!("{:04X}", crc(covered)));
    let ids: Vec<&str> = objects(covered.strip_suffix("6304").unwrap()).iter().map(|(id, _)| *id).collect();
    assert_eq!(ids, ["00", "01", "26", "52", "53", "58", "59", "60", "62"]);

    assert_eq!(ask_pix(&erp, 90, 81593), answer);
    assert_ne!(ask_pix(&erp, 1224, 81594), answer);
}

/// Bit by bit as in the definition: polynomial 1021, start FFFF.
fn crc(text: &str) -> u16 {
    let mut sum = 0xFFFF_u32;
    for byte in text.bytes() {
        for bit in (0..8).rev() {
            let top = (sum >> 15) & 1;
            sum = (sum << 1) & 0xFFFF;
            if top != u32::from(byte >> bit) & 1 {
                sum ^= 0x1021;
            }
        }
    }
    u16::try_from(sum).unwrap()
}

fn objects(mut text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    while !text.is_empty() {
        let length: usize = text[2..4].parse().unwrap();
        found.push((&text[..2], &text[4..4 + length]));
        text = &text[4 + length..];
    }
    found
}

#[test]
fn a_pix_that_cannot_be_given_is_refused_in_words() {
    let erp = erp();
    assert_eq!(ask_pix(&erp, 777_777, 81593), json!({"error": "idFatura inválido."}));
    assert_eq!(ask_pix(&erp, 90, 81594), json!({"error": "idCliente inválido."}));
    let stranger = json!({"idFatura": 90, "idCliente": 81593, "documentoCliente": "11122233396"});
    let answer = erp.send("POST", "/ws/financeiro/pix/buscar", &stranger);
    assert_eq!(answer.json(), json!({"error": "documentoCliente inválido."}));
    assert_eq!(ask_pix(&erp, 1229, 81594), json!({"resposta": ""}));
    assert_eq!(ask_pix(&erp, 1200, 81594), json!({"error": SETTLED}));
}

#[test]
fn a_pix_is_paid_some_time_after_its_code_was_asked_for() {
    let erp = erp();
    erp.control(&json!({"pix_pays_after_ms": 5000}));
    let asked = Instant::now();
    ask_pix(&erp, 90, 81593);
    assert_eq!(erp.get("/ws/financeiro/faturas/cliente/81593").json().as_array().unwrap().len(), 1);
    assert!(asked.elapsed() < Duration::from_millis(5000), "too slow a machine to see it unpaid");
    wait_until(|| erp.bill(90)["state"] == json!("paid"));
    assert!(asked.elapsed() >= Duration::from_millis(5000));
    let bill = erp.bill(90);
    assert_eq!((&bill["paid_by"], &bill["paid_cents"]), (&json!("pix"), &json!(33705)));
    let row = find(&erp.get("/ws/financeiro/faturas/52998224725/todas").json()["Faturas"], "IDFatura", 90);
    assert_eq!(row["DataPagamento"], json!("2026-11-22"));
    assert_eq!(
        erp.get("/ws/comercial/cliente/81593/dados").json()["Contratos"][0]["StatusContrato"],
        json!("HABILITADO")
    );
}

#[test]
fn at_a_fast_pace_a_pix_is_paid_by_the_next_look() {
    let erp = erp_with(|options| options.pace = Pace::Fast);
    assert!(ask_pix(&erp, 90, 81593)["resposta"].is_string());
    assert_eq!(erp.get("/ws/financeiro/faturas/cliente/81593").json(), json!([]));
}

#[test]
fn at_a_normal_pace_a_pix_is_paid_after_eight_seconds() {
    let mut erp = erp();
    ask_pix(&erp, 90, 81593);
    for (seconds_ago, state) in [(4, "open"), (8, "paid")] {
        erp.running.stop();
        let mut book = erp.book();
        let asked_at_ms = &mut book["pix"][0]["asked_at_ms"];
        *asked_at_ms = json!(asked_at_ms.as_i64().unwrap() - 4000);
        fs::write(erp.folder.path().join("erp.json"), book.to_string()).unwrap();
        erp.running = erp::start(options(erp.folder.path())).unwrap();
        erp.get("/ws/financeiro/faturas/cliente/81593");
        assert_eq!(erp.bill(90)["state"], json!(state), "{seconds_ago} s");
    }
}

#[test]
fn a_pix_that_nobody_pays_stays_open() {
    let erp = erp_with(|options| options.pace = Pace::Fast);
    erp.control(&json!({"pix_pays_after_ms": null}));
    ask_pix(&erp, 90, 81593);
    thread::sleep(Duration::from_millis(500));
    assert_eq!(erp.bill(90)["state"], json!("open"));
}

#[test]
fn a_bill_can_be_paid_at_a_bank_or_elsewhere_while_nobody_asks() {
    let erp = erp();
    erp.control(&json!({"pay_now": ["90"], "settle_elsewhere": [1224]}));
    wait_until(|| erp.bill(90)["paid_by"] == json!("bank") && erp.bill(1224)["paid_by"] == json!("elsewhere"));
    assert_eq!(erp.pay(&write_off()).unwrap().json(), json!({"error": SETTLED}));
}

#[test]
fn a_bill_can_be_settled_elsewhere_between_the_last_look_and_the_write_off() {
    let erp = erp();
    erp.control(&json!({"settle_elsewhere": {"value": [90], "for": "write_off"}}));
    assert_eq!(erp.get("/ws/financeiro/faturas/cliente/81593").json().as_array().unwrap().len(), 1);
    assert_eq!(erp.pay(&write_off()).unwrap().json(), json!({"error": SETTLED}));
    assert_eq!(erp.applied(90), 0);
    assert_eq!(erp.bill(90)["paid_by"], json!("elsewhere"));
}

#[test]
fn a_bill_can_change_its_value_between_the_last_look_and_the_write_off() {
    let erp = erp();
    erp.control(&json!({"reprice": {"value": {"90": 40000}, "for": "write_off"}}));
    assert_eq!(erp.get("/ws/comercial/cliente/81593/dados").json()["Faturas"][0]["Valor"], json!(315.98));
    assert_eq!(erp.pay(&write_off()).unwrap().json(), json!({"error": "ValorPago inválido."}));
    assert_eq!(erp.get("/ws/comercial/cliente/81593/dados").json()["Faturas"][0]["Valor"], json!(400.0));
}
