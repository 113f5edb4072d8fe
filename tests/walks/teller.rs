//! `totem pix`: a technician at the bank, by hand.

use std::process::Output;

use serde_json::json;

use crate::trade::Trade;

const TXID: &str = "7978c0c97ea847e78e8849634473c1f1";

fn pix(trade: &Trade, arguments: &[&str]) -> Output {
    let config = trade.path("totem.toml");
    std::fs::write(&config, trade.configuration()).unwrap();
    let args = [&["pix", "--config", config.to_str().unwrap()], arguments].concat();
    std::process::Command::new(env!("CARGO_BIN_EXE_totem")).args(args).output().unwrap()
}

fn said(trade: &Trade, arguments: &[&str]) -> String {
    let output = pix(trade, arguments);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    let all = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(all).unwrap();
    assert!(!text.contains("demonstracao") && !text.contains("7d9f0335"), "{text}");
    text
}

fn refused(trade: &Trade, arguments: &[&str]) -> String {
    let output = pix(trade, arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn a_technician_charges_watches_and_gives_a_cent_back() {
    let trade = Trade::with_a_bank();
    let charge = ["charge", "--amount", "0.01", "--txid", TXID];
    let told = said(&trade, &charge);
    assert!(told.contains("provedor: banco") && told.contains(TXID) && told.contains("copia e cola: 000201"), "{told}");
    assert_eq!(said(&trade, &charge), told, "the same command again is the same charge");
    assert_eq!((trade.charges().len(), trade.charge().1["revision"].clone()), (1, json!(0)));
    let code = told.split("copia e cola: ").nth(1).unwrap().trim();
    assert!(said(&trade, &["decode", code]).contains("endereço: pix.example.com"));
    let told = said(&trade, &["status", TXID]);
    assert!(told.contains("situação: ATIVA") && told.contains("aguardando pagamento"), "{told}");
    assert!(refused(&trade, &["watch", TXID, "--for", "0"]).contains("ainda não foi pago"));

    trade.payer_pays();
    let id = trade.received().remove(0);
    let told = said(&trade, &["watch", TXID]);
    assert!(told.contains("resultado: pago") && told.contains(&id), "{told}");
    assert!(said(&trade, &["status", TXID]).contains("situação: CONCLUIDA"));

    let refund = ["refund", &id, "--amount", "0.01", "--reason", "teste de instalação", "--by", "Ana"];
    trade.order_bank(&json!({"lost_answer": {"for": "put_refund", "times": 1}}));
    let told = said(&trade, &refund);
    assert!(told.contains("EM_PROCESSAMENTO") || told.contains("DEVOLVIDO"), "{told}");
    said(&trade, &refund);
    trade.until_books("that it is given back", |trade| {
        trade.charge().1["pix"][0]["refunds"][0]["status"] == "DEVOLVIDO"
    });
    assert_eq!(trade.charge().1["pix"][0]["refunds"].as_array().unwrap().len(), 1, "given back once");
    assert!(said(&trade, &["status", TXID]).contains("devolvido"));
}

#[test]
fn what_a_technician_gets_wrong_is_said_plainly() {
    let mut trade = Trade::with_a_bank();
    assert!(refused(&trade, &["status", TXID]).contains("o banco não conhece esta cobrança"));
    assert!(refused(&trade, &["--provider", "outro", "status", TXID]).contains("nenhum provedor de PIX se chama"));
    assert!(refused(&trade, &["charge", "--amount", "0.01", "--txid", "curto"]).contains("26 to 35"));
    assert!(refused(&trade, &["charge", "--amount", "0"]).contains("nothing to pay"));
    assert!(refused(&trade, &["decode", "000201"]).contains("totem: "));
    trade.stop_bank();
    assert!(refused(&trade, &["status", TXID]).contains("cannot be reached"));
    assert_eq!(trade.charges().len(), 0);
    trade.configure("client.pem", "nowhere.pem");
    assert!(refused(&trade, &["status", TXID]).contains("nowhere.pem"));
}
