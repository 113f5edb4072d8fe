use totem::domain::br_code::BrCodeKind;
use totem::domain::{BrCode, ConfirmedBy, TaxId};
use totem::pix::{Debtor, Error, PixOrder, PixProvider, PixState};

use crate::server::{Reply, Server, says, says_with};
use crate::{E2E, LOCATION, TXID, charge, cob, driver, driver_with, now, order, pix, route};

fn code() -> String {
    BrCode::to_location(LOCATION, "PROVEDOR", "BELEM").payload().unwrap()
}

fn made(more: &str) -> String {
    cob("ATIVA", &now(), more)
}

#[tokio::test]
async fn a_charge_carries_our_txid_the_exact_amount_and_a_life_longer_than_the_screen() {
    let server = Server::start();
    let code = code();
    server.on(&route("PUT"), [says(201, made(&format!(r#","pixCopiaECola":"{code}""#)))]);
    let charged = driver(&server).charge(&order(33_705)).await.unwrap();
    assert_eq!((charged.provider.as_str(), charged.txid.as_str(), charged.payload), ("banco", TXID, code));
    assert_eq!((charged.confirmed_by, charged.expires_in_s), (ConfirmedBy::Bank, Some(300)));
    let sent = &server.seen(&route("PUT"))[0];
    let body = sent.split("\r\n\r\n").nth(1).unwrap();
    assert_eq!(
        body,
        r#"{"calendario":{"expiracao":360},"valor":{"original":"337.05"},"chave":"totem@provedor.example","solicitacaoPagador":"Faturas 90, 91"}"#
    );
}

#[tokio::test]
async fn the_code_is_taken_by_whatever_name_the_bank_gives_it() {
    let code = code();
    for (more, payload) in [
        (format!(r#","pixCopiaECola":"{code}","location":"{LOCATION}""#), code.as_str()),
        (format!(r#","brcode":"{code}""#), code.as_str()),
        (format!(r#","textoImagemQRcode":"{code}""#), code.as_str()),
        (format!(r#","location":"{LOCATION}""#), code.as_str()),
        (format!(r#","loc":{{"id":"789","location":"https://{LOCATION}","tipoCob":"cob"}}"#), code.as_str()),
        (r#","pixCopiaECola":"não é um BR Code, mas é do banco""#.to_owned(), "não é um BR Code, mas é do banco"),
    ] {
        for status in [200, 201, 202] {
            let server = Server::start();
            server.on(&route("PUT"), [says(status, made(&more))]);
            let charged = driver(&server).charge(&order(33_705)).await.unwrap();
            assert_eq!(charged.payload, payload, "{more}");
        }
    }
    assert_eq!(BrCode::parse(&code).unwrap().kind(), BrCodeKind::Dynamic);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_with_the_same_txid_and_body() {
    let server = Server::start();
    let answer = says(200, made(&format!(r#","location":"{LOCATION}","revisao":1"#)).replace(r#""revisao":0,"#, ""));
    server.on(&route("PUT"), [Reply::HangsUp, Reply::Late(std::time::Duration::from_secs(2)), answer]);
    assert_eq!(driver(&server).charge(&order(33_705)).await.unwrap().payload, code());
    let seen = server.seen(&route("PUT"));
    assert_eq!(seen.len(), 3);
    assert!(seen.windows(2).all(|two| two[0] == two[1]));
}

#[tokio::test]
async fn a_bank_that_asks_for_a_second_of_patience_gets_it() {
    let server = Server::start();
    let busy = says_with(429, "Retry-After: 1\r\n", "");
    server.on(&route("PUT"), [busy, says(201, made(&format!(r#","location":"{LOCATION}""#)))]);
    let begun = std::time::Instant::now();
    driver(&server).charge(&order(33_705)).await.unwrap();
    assert!(begun.elapsed() >= std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn a_charge_that_exists_already_is_shown_while_it_is_unpaid_and_never_once_it_is_paid() {
    let refusal = r#"{"type":"https://pix.bcb.gov.br/api/v2/error/CobOperacaoInvalida","status":400}"#;
    let taken = |found: String| {
        let server = Server::start();
        server.on(&route("PUT"), [Reply::HangsUp, says(400, refusal)]).on(&route("GET"), [says(200, found)]);
        server
    };
    let server = taken(made(&format!(r#","location":"{LOCATION}""#)));
    assert_eq!(driver(&server).charge(&order(33_705)).await.unwrap().payload, code());
    // nobody has seen its code yet: whoever paid it is another customer
    let money = format!(r#","location":"{LOCATION}","pix":[{}]"#, pix(E2E, "\"337.05\"", ""));
    for status in ["CONCLUIDA", "ATIVA"] {
        let server = taken(cob(status, &now(), &money));
        assert!(matches!(driver(&server).charge(&order(33_705)).await, Err(Error::Over(_))), "{status}");
    }
    let server = Server::start();
    server.on(&route("PUT"), [says(200, cob("CONCLUIDA", &now(), &money))]);
    assert!(matches!(driver(&server).charge(&order(33_705)).await, Err(Error::Over(_))));
}

#[tokio::test]
async fn a_code_that_comes_only_with_a_later_look_is_waited_for() {
    let server = Server::start();
    server
        .on(&route("PUT"), [says(201, made(""))])
        .on(&route("GET"), [says(404, "{}"), says(200, made(&format!(r#","location":"{LOCATION}""#)))]);
    assert_eq!(driver(&server).charge(&order(33_705)).await.unwrap().payload, code());
}

#[tokio::test]
async fn a_charge_for_another_amount_is_never_shown() {
    let server = Server::start();
    server.on(&route("PUT"), [says(201, made(&format!(r#","location":"{LOCATION}""#)))]);
    assert!(matches!(driver(&server).charge(&order(33_706)).await, Err(Error::BadCode(_))));
}

#[tokio::test]
async fn what_the_bank_refuses_is_named_and_not_repeated() {
    let server = Server::start();
    let refusal = r#"{"type":"https://pix.bcb.gov.br/api/v2/error/CobOperacaoInvalida","title":"x","status":400,
        "detail":"chave de MARIA","violacoes":[{"razao":"x","propriedade":"cob.chave","valor":"y"}]}"#;
    server.on(&route("PUT"), [says(400, refusal)]);
    let told = driver(&server).charge(&order(33_705)).await.unwrap_err().to_string();
    assert_eq!(told, "the PIX provider refuses: HTTP 400: CobOperacaoInvalida, cob.chave");
    assert_eq!(server.times(&route("PUT")), 1);
}

#[tokio::test]
async fn a_txid_that_the_api_does_not_know_is_not_sent() {
    let server = Server::start();
    for txid in ["curto", "7978c0c97ea847e78e8849634473c1f1-", "../../outra/7978c0c97ea847e78e88"] {
        let order = totem::pix::PixOrder { txid: txid.to_owned(), ..order(100) };
        assert!(matches!(driver(&server).charge(&order).await, Err(Error::Refused(_))), "{txid}");
    }
    assert_eq!(charge().txid.len(), 32);
}

#[tokio::test]
async fn a_charge_with_a_due_date_holds_what_the_schema_asks_for_and_nothing_of_the_screen() {
    let server = Server::start();
    let place = format!("/pix/v2/cobv/{TXID}");
    let made = format!(
        r#"{{"calendario":{{"criacao":"{}","dataDeVencimento":"2026-11-22","validadeAposVencimento":0}},"txid":"{TXID}",
        "revisao":0,"status":"ATIVA","loc":{{"id":1,"location":"{LOCATION}","tipoCob":"cobv"}},
        "valor":{{"original":"337.05"}},"chave":"totem@provedor.example"}}"#,
        now()
    );
    server.on(&format!("PUT {place}"), [says(201, made.clone())]).on(&format!("GET {place}"), [says(200, made)]);
    let driver = driver_with(&server, "charge = \"cobv\"");
    assert!(matches!(driver.charge(&order(33_705)).await, Err(Error::NoCode(_))), "nobody to name");
    let debtor = Debtor { name: "MARIA DA SILVA".to_owned(), tax_id: TaxId::parse("52998224725").unwrap() };
    let named = PixOrder { debtor: Some(debtor), ..order(33_705) };
    assert!(!format!("{named:?}").contains("MARIA") && !format!("{named:?}").contains("52998224725"));
    let charge = driver.charge(&named).await.unwrap();
    assert!(charge.payload.contains(LOCATION), "built from its location: {}", charge.payload);
    let sent = server.seen(&format!("PUT {place}")).remove(0);
    let body: serde_json::Value = serde_json::from_str(sent.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    let today = jiff::Timestamp::now().in_tz("America/Sao_Paulo").unwrap().date().to_string();
    assert_eq!(body["calendario"], serde_json::json!({"dataDeVencimento": today, "validadeAposVencimento": 0}));
    assert_eq!(body["devedor"], serde_json::json!({"cpf": "52998224725", "nome": "MARIA DA SILVA"}));
    assert_eq!(body["valor"], serde_json::json!({"original": "337.05"}));
    assert_eq!(driver.look(&charge).await, Ok(PixState::Waiting));
}
