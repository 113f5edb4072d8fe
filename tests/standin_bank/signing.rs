//! Tokens: how they are asked for, how long they live, what they are good for.

use std::thread;
use std::time::Duration;

use serde_json::json;
use totem::simulator::bank::Style;

use crate::wire::{BASIC, FORM, TXID, bank, bank_with, charge, request, talk, token_request};

const JSON: &str = "Content-Type: application/json\r\n";
const GRANT: &str = "grant_type=client_credentials";

#[test]
fn a_token_says_what_it_is_good_for_and_how_long() {
    let bank = bank();
    let answer = talk(bank.address(), &token_request(&format!("{GRANT}&scope=cob.read+cob.write"))).unwrap();
    assert_eq!((answer.status, answer.header("Cache-Control")), (200, Some("no-store")));
    let told = answer.json();
    assert_eq!((&told["token_type"], &told["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(told["scope"], json!("cob.read cob.write"));
    assert!(told["access_token"].as_str().unwrap().len() >= 32);
    bank.control(&json!({"numbers_as_text": true}));
    let told = talk(bank.address(), &token_request(GRANT)).unwrap().json();
    assert_eq!(told["expires_in"], json!("3600"));
    assert_eq!((&bank.book()["tokens_given"], &bank.book()["calls"]["token"]), (&json!(3), &json!(3)));
}

#[test]
fn each_bank_wants_its_client_to_be_shown_in_one_way() {
    let id = "client_id=totem";
    let secret = "client_secret=demonstracao";
    let basic_form = (format!("{BASIC}{FORM}"), GRANT.to_owned());
    let basic_json = (format!("{BASIC}{JSON}"), json!({"grant_type": "client_credentials"}).to_string());
    let form_secret = (FORM.to_owned(), format!("{GRANT}&{id}&{secret}"));
    let form_id = (FORM.to_owned(), format!("{GRANT}&{id}&scope=cob.read"));
    for (style, taken, refused) in [
        (Style::BasicForm, &basic_form, [&basic_json, &form_secret, &form_id]),
        (Style::BasicJson, &basic_json, [&basic_form, &form_secret, &form_id]),
        (Style::FormSecret, &form_secret, [&basic_form, &basic_json, &form_id]),
        (Style::FormIdOnly, &form_id, [&basic_form, &basic_json, &basic_json]),
    ] {
        let bank = bank_with(|options| options.token_auth = style);
        let ask = |(headers, body): &(String, String)| {
            talk(bank.address(), &request("POST", "/oauth/token", headers, body)).unwrap()
        };
        let before = bank.errors().len();
        assert_eq!(ask(taken).status, 200, "{style:?}");
        assert_eq!(bank.errors().len(), before, "{style:?}");
        for other in refused {
            let answer = ask(other);
            assert!([400, 401].contains(&answer.status), "{style:?} {other:?}");
            assert!(answer.json()["error"].is_string());
        }
        assert!(bank.errors().len() >= before + 3);
    }
    let bank = bank_with(|options| options.token_auth = Style::FormIdOnly);
    let before = bank.errors().len();
    let answer = talk(bank.address(), &request("POST", "/oauth/token", &form_secret.0, &form_secret.1)).unwrap();
    assert_eq!((answer.status, bank.errors().len()), (200, before + 1), "a secret that nobody asked for is noted");
}

#[test]
fn a_grant_may_stand_in_the_address() {
    let bank = bank_with(|options| options.token_auth = Style::FormSecret);
    let body = "client_id=totem&client_secret=demonstracao";
    let answer = talk(bank.address(), &request("POST", &format!("/oauth/token?{GRANT}"), FORM, body)).unwrap();
    assert_eq!(answer.status, 200);
}

#[test]
fn nobody_gets_a_token_for_the_wrong_reasons() {
    let bank = bank();
    let wrong = BASIC.replace("dG90ZW06ZGVtb25zdHJhY2Fv", "dG90ZW06ZXJyYWRh");
    for (headers, body, status, error) in [
        (format!("{wrong}{FORM}"), GRANT, 401, "invalid_client"),
        (FORM.to_owned(), GRANT, 401, "invalid_client"),
        (format!("{BASIC}{FORM}"), "grant_type=password", 400, "unsupported_grant_type"),
        (format!("{BASIC}{FORM}"), "", 400, "invalid_request"),
        (BASIC.to_owned(), GRANT, 400, "invalid_request"),
        (format!("{BASIC}{FORM}"), "grant_type=client_credentials&scope=cob.read+all", 400, "invalid_scope"),
    ] {
        let answer = talk(bank.address(), &request("POST", "/oauth/token", &headers, body)).unwrap();
        assert_eq!((answer.status, &answer.json()["error"]), (status, &json!(error)), "{headers} {body}");
    }
    assert_eq!(bank.errors().len(), 6);
    assert!(!bank.errors().concat().contains("demonstracao"));
    assert_eq!(bank.book()["tokens_given"], json!(1));
}

#[test]
fn without_a_live_token_there_is_nothing() {
    let mut bank = bank_with(|options| options.token_life_s = 2);
    assert_eq!(bank.put(TXID, &charge()).status, 201);
    thread::sleep(Duration::from_millis(2100));
    let answer = bank.get(&format!("/cob/{TXID}"));
    assert_eq!((answer.status, answer.problem().as_str()), (401, "AcessoNegado"));
    assert_eq!(answer.header("WWW-Authenticate"), Some("Bearer error=\"invalid_token\""));
    bank.token = crate::wire::sign_in(bank.address());
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 200);
    let bare = talk(bank.address(), &request("GET", &format!("/v2/cob/{TXID}"), BASIC, "")).unwrap();
    assert_eq!(bare.status, 401);
    assert!(bank.errors().last().unwrap().ends_with("no bearer token"));
    bank.control(&json!({"token_expires_now": {"times": 1}}));
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 401);
    bank.token = crate::wire::sign_in(bank.address());
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 200);
}

#[test]
fn a_token_is_good_only_for_what_was_asked() {
    let mut bank = bank();
    bank.put(TXID, &charge());
    let told = talk(bank.address(), &token_request(&format!("{GRANT}&scope=cob.read"))).unwrap().json();
    bank.token = told["access_token"].as_str().unwrap().to_owned();
    assert_eq!(bank.get(&format!("/cob/{TXID}")).status, 200);
    for (method, path, body) in [
        ("PUT", format!("/cob/{TXID}"), charge()),
        ("POST", "/cob".to_owned(), charge()),
        ("PATCH", format!("/cob/{TXID}"), crate::wire::removal()),
        ("GET", format!("/cobv/{TXID}"), json!(null)),
        ("GET", "/pix".to_owned(), json!(null)),
        ("PUT", "/pix/E1/devolucao/a".to_owned(), json!({"valor": "1.00"})),
    ] {
        let answer = bank.send(method, &path, &body);
        assert_eq!((answer.status, answer.problem().as_str()), (403, "AcessoNegado"), "{method} {path}");
    }
}
