//! Charges as the specification has them: created, revised, removed, read.

use serde_json::{Value, json};

use crate::wire::{KEY, TXID, bank, charge, removal, with, without};

#[test]
fn a_new_charge_is_told_with_everything_a_kiosk_needs() {
    let bank = bank();
    let answer = bank.put(TXID, &charge());
    assert_eq!((answer.status, answer.header("Content-Type")), (201, Some("application/json")));
    let told = answer.json();
    assert_eq!(told["txid"], json!(TXID));
    assert_eq!((&told["status"], &told["revisao"]), (&json!("ATIVA"), &json!(0)));
    assert_eq!(told["calendario"]["expiracao"], json!(360));
    assert!(told["calendario"]["criacao"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok());
    assert_eq!((&told["valor"], &told["chave"]), (&json!({"original": "37.00"}), &json!(KEY)));
    assert_eq!(told["devedor"], charge()["devedor"]);
    assert_eq!(told["solicitacaoPagador"], json!("Fatura 4711"));
    let location = told["location"].as_str().unwrap();
    assert!(location.len() <= 77 && !location.contains("://") && location.contains("/cob/"), "{location}");
    let loc = &told["loc"];
    assert_eq!((&loc["location"], &loc["tipoCob"], &loc["id"]), (&json!(location), &json!("cob"), &json!(1)));
    assert_eq!(told.get("pix"), None);
    assert_eq!(bank.read(TXID), told, "and is read the same");
    assert_eq!(bank.errors(), Vec::<String>::new());
    let written = bank.book()["charges"][TXID].clone();
    assert_eq!((&written["status"], &written["revision"]), (&json!("ATIVA"), &json!(0)));
    assert_eq!((&written["amount_cents"], &written["key"]), (&json!(3700), &json!(KEY)));
    assert_eq!((&written["expires_s"], &written["reads"]), (&json!(360), &json!(1)));
}

/// CRC-16/CCITT-FALSE, bit by bit.
fn check_digits(text: &str) -> String {
    let mut crc: u16 = 0xFFFF;
    for byte in text.bytes() {
        for bit in (0..8).rev() {
            let carry = (crc >> 15) ^ u16::from(byte >> bit & 1);
            crc <<= 1;
            if carry == 1 {
                crc ^= 0x1021;
            }
        }
    }
    format!("{crc:04X}")
}

#[test]
fn the_code_is_a_dynamic_br_code_of_its_location() {
    assert_eq!(check_digits("123456789"), "29B1");
    let bank = bank();
    let told = bank.put(TXID, &charge()).json();
    let code = told["pixCopiaECola"].as_str().unwrap();
    let location = told["location"].as_str().unwrap();
    let (payload, crc) = code.split_at(code.len() - 4);
    assert_eq!(crc, check_digits(payload));
    assert!(payload.starts_with("00020101021226") && payload.ends_with("62070503***6304"), "{code}");
    assert!(payload.contains(&format!("0014br.gov.bcb.pix25{}{location}5204", location.len())), "{code}");
    assert!(code.len() <= 512 && code.is_ascii());
}

#[test]
fn the_smallest_and_the_fullest_charge_are_both_accepted() {
    let bank = bank();
    let least = json!({"calendario": {}, "valor": {"original": "0.01"}, "chave": KEY});
    let told = bank.put("abcdefghijklmnopqrstuvwxyz", &least);
    assert_eq!(told.status, 201, "{}", told.text());
    assert_eq!(told.json()["calendario"]["expiracao"], json!(86400));
    let rows: Vec<Value> = (0..50).map(|_| json!({"nome": "ç".repeat(50), "valor": "ã".repeat(200)})).collect();
    let most = json!({
        "calendario": {"expiracao": 2_147_483_647},
        "devedor": {"cnpj": "12ABC34501DE35", "nome": "Loja Ç"},
        "valor": {"original": "9999999999.99", "modalidadeAlteracao": 0},
        "chave": KEY,
        "solicitacaoPagador": "é".repeat(140),
        "infoAdicionais": rows,
    });
    let told = bank.put("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345678", &most);
    assert_eq!(told.status, 201, "{}", told.text());
    assert_eq!(told.json()["infoAdicionais"], most["infoAdicionais"]);
    assert_eq!(bank.errors(), Vec::<String>::new());
}

#[test]
fn the_same_charge_put_again_is_the_same_charge() {
    let bank = bank();
    let first = bank.put(TXID, &charge()).json();
    let again = bank.put(TXID, &charge());
    assert_eq!((again.status, again.json()), (201, first));
    assert_eq!(bank.book()["charges"].as_object().unwrap().len(), 1);
}

#[test]
fn another_amount_for_the_same_txid_is_a_revision_and_the_old_one_can_still_be_read() {
    let bank = bank();
    let first = bank.put(TXID, &charge()).json();
    let second = bank.put(TXID, &with(charge(), "/valor/original", json!("41.50"))).json();
    assert_eq!((&second["revisao"], &second["valor"]["original"]), (&json!(1), &json!("41.50")));
    assert_eq!((&second["location"], &second["calendario"]), (&first["location"], &first["calendario"]));
    let third = bank.patch(TXID, &json!({"valor": {"original": "40.00"}, "solicitacaoPagador": "Fatura 12"}));
    assert_eq!(third.status, 200, "{}", third.text());
    assert_eq!((&third.json()["revisao"], &third.json()["solicitacaoPagador"]), (&json!(2), &json!("Fatura 12")));
    assert_eq!(third.json()["devedor"], charge()["devedor"], "what a PATCH does not name stays");
    for (revision, amount) in [(0, "37.00"), (1, "41.50"), (2, "40.00")] {
        let old = bank.get(&format!("/cob/{TXID}?revisao={revision}")).json();
        assert_eq!((&old["revisao"], &old["valor"]["original"]), (&json!(revision), &json!(amount)));
    }
    for wrong in ["3", "-1", "x"] {
        let answer = bank.get(&format!("/cob/{TXID}?revisao={wrong}"));
        assert_eq!((answer.status, answer.problem().as_str()), (400, "CobConsultaInvalida"));
    }
}

#[test]
fn a_removed_charge_is_never_active_again_and_its_txid_never_free() {
    let bank = bank();
    bank.put(TXID, &charge());
    let removed = bank.patch(TXID, &removal());
    assert_eq!((removed.status, &removed.json()["status"]), (200, &json!("REMOVIDA_PELO_USUARIO_RECEBEDOR")));
    assert_eq!(removed.json()["revisao"], json!(1));
    for answer in [bank.put(TXID, &charge()), bank.patch(TXID, &removal()), bank.patch(TXID, &json!({"chave": KEY}))] {
        assert_eq!((answer.status, answer.problem().as_str()), (400, "CobOperacaoInvalida"));
    }
    assert_eq!(bank.read(TXID)["status"], json!("REMOVIDA_PELO_USUARIO_RECEBEDOR"));
    let due = json!({
        "calendario": {"dataDeVencimento": "2099-12-31"},
        "devedor": {"cpf": "12345678909", "nome": "Francisco"},
        "valor": {"original": "1.00"},
        "chave": KEY,
    });
    let other = bank.send("PUT", &format!("/cobv/{TXID}"), &due);
    assert_eq!((other.status, other.problem().as_str()), (400, "CobVOperacaoInvalida"));
    assert_eq!(bank.errors(), Vec::<String>::new(), "none of this breaks the schema");
}

#[test]
fn the_bank_can_choose_the_txid() {
    let bank = bank();
    let told = bank.send("POST", "/cob", &charge());
    let txid = told.json()["txid"].as_str().unwrap().to_owned();
    assert_eq!((told.status, txid.len()), (201, 32));
    assert_eq!(bank.read(&txid)["valor"]["original"], json!("37.00"));
}

#[test]
fn a_charge_that_nobody_made_is_not_found() {
    let bank = bank();
    for path in ["/cob/", "/cobv/"] {
        for (method, body) in [("GET", Value::Null), ("PATCH", removal())] {
            let answer = bank.send(method, &format!("{path}{TXID}"), &body);
            let kind = if path == "/cob/" { "CobNaoEncontrado" } else { "CobVNaoEncontrada" };
            assert_eq!((answer.status, answer.problem().as_str()), (404, kind));
        }
    }
    assert_eq!(bank.errors(), Vec::<String>::new());
}

#[test]
fn a_charge_with_a_due_date_tells_debtor_receiver_and_its_terms() {
    let bank = bank();
    let body = json!({
        "calendario": {"dataDeVencimento": "2099-12-31", "validadeAposVencimento": 10},
        "devedor": {"cpf": "12345678909", "nome": "Francisco da Silva", "cidade": "Recife", "uf": "PE", "cep": "70011750",
                    "logradouro": "Rua 15", "email": "f@example.com"},
        "valor": {"original": "123.45", "multa": {"modalidade": 2, "valorPerc": "15.00"},
                  "juros": {"modalidade": 2, "valorPerc": "2.00"},
                  "abatimento": {"modalidade": 1, "valorPerc": "5.00"},
                  "desconto": {"modalidade": 1, "descontoDataFixa": [{"data": "2099-11-30", "valorPerc": "30.00"}]}},
        "chave": KEY,
    });
    let path = format!("/cobv/{TXID}");
    let answer = bank.send("PUT", &path, &body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let told = answer.json();
    assert_eq!(told["valor"], body["valor"]);
    assert_eq!(told["devedor"], body["devedor"]);
    assert_eq!(told["calendario"]["dataDeVencimento"], json!("2099-12-31"));
    assert_eq!(told["calendario"]["validadeAposVencimento"], json!(10));
    assert!(told["recebedor"]["nome"].is_string() && told["recebedor"]["cnpj"].is_string());
    assert!(told["location"].as_str().unwrap().contains("/cobv/"));
    assert_eq!(told["loc"]["tipoCob"], json!("cobv"));
    assert_eq!(bank.get(&path).json(), told);
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 404, "it is no cob");
    let usual = without(body, "/calendario/validadeAposVencimento");
    let revised = bank.send("PUT", &path, &usual).json();
    assert_eq!((&revised["calendario"]["validadeAposVencimento"], &revised["revisao"]), (&json!(30), &json!(1)));
    let removed = bank.send("PATCH", &path, &removal());
    assert_eq!((removed.status, &removed.json()["status"]), (200, &json!("REMOVIDA_PELO_USUARIO_RECEBEDOR")));
    assert_eq!(bank.errors(), Vec::<String>::new());
}
