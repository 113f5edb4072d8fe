use std::net::TcpListener;

use jiff::civil::date;
use totem::domain::{CardKind, Charge, Money};
use totem::erp::webservice_cliente::connect_with;
use totem::erp::{Erp, Error, PaidBy, WriteOff, WriteOffOutcome};

use crate::server::{Reply, Server, TOKEN_PATH, says};
use crate::{ROWS, bill, driver, fixture, patience, settings};

pub const PAY: &str = "PUT /ws/financeiro/faturas/pagar";

/// The document's own example.
pub fn write_off() -> WriteOff {
    let charge = Charge {
        principal: Money::from_cents(31_598),
        fine: Money::from_cents(100),
        interest: Money::ZERO,
        discount: Money::ZERO,
    };
    let paid_by = PaidBy::Card {
        kind: CardKind::Debit,
        network: "STONE".to_owned(),
        brand: "MASTERCARD".to_owned(),
        nsu: "55555".to_owned(),
        authorization: "44444".to_owned(),
    };
    WriteOff { bill: bill("90"), charge, on: date(2020, 8, 4), paid_by }
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

#[tokio::test]
async fn a_write_off_goes_out_as_the_document_prints_it() {
    let server = Server::start();
    server.on(PAY, [says(fixture("faturas_pagar.response.success.json"))]);
    assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    let sent = server.seen_at(PAY).remove(0);
    assert_eq!(
        body(&sent),
        concat!(
            r#"{"IDFatura":90,"IDFormaPagamento":2,"IDContaFinanceira":1,"DataPagamento":"04-08-2020","#,
            r#""ValorMulta":1.00,"ValorJuros":0.00,"ValorDesconto":0.00,"ValorPago":315.98,"IDBandeiraCartao":1,"#,
            r#""CodigoAutorizacaoCartao":"44444","NSUCartao":"55555","TIDCartao":"","PagamentoParcial":"0"}"#
        )
    );
    let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    assert_eq!(value(body(&sent)), value(&fixture("faturas_pagar.request.json")), "same fields, same JSON types");
    assert!(sent.contains("\r\nauthorization: Basic ") && sent.contains("\r\ntoken: eyJ"), "{sent}");
}

#[tokio::test]
async fn the_site_says_whether_valor_pago_holds_the_charges() {
    let server = Server::start();
    server.on(PAY, [says("\"SUCESSO\"")]);
    let more = format!("valor_pago_includes_charges = true\n{ROWS}");
    let paid = Charge { interest: Money::from_cents(5), discount: Money::from_cents(2), ..write_off().charge };
    driver(&server, &more).write_off(&WriteOff { charge: paid, ..write_off() }).await.unwrap();
    let sent = server.seen_at(PAY).remove(0);
    let parts = r#""ValorMulta":1.00,"ValorJuros":0.05,"ValorDesconto":0.02,"ValorPago":317.01,"#;
    assert!(body(&sent).contains(parts), "{}", body(&sent));
}

#[tokio::test]
async fn a_pix_is_written_off_without_card_fields() {
    let server = Server::start();
    server.on(PAY, [says("\"SUCESSO\"")]);
    let paid_by = PaidBy::Pix { end_to_end: "E123".to_owned() };
    driver(&server, ROWS).write_off(&WriteOff { paid_by, ..write_off() }).await.unwrap();
    let sent = server.seen_at(PAY).remove(0);
    assert!(body(&sent).starts_with(r#"{"IDFatura":90,"IDFormaPagamento":5,"IDContaFinanceira":9,"#));
    assert!(!body(&sent).contains("Cartao"), "{}", body(&sent));
}

#[tokio::test]
async fn a_payment_without_a_row_is_refused_before_anything_is_sent() {
    let server = Server::start();
    let rejected = driver(&server, "").write_off(&write_off()).await;
    let why = "no write_off row for method = \"debit\", network = \"STONE\", brand = \"MASTERCARD\"".to_owned();
    assert_eq!(rejected, Ok(WriteOffOutcome::Rejected { why }));
    let strange = WriteOff { bill: bill("9f-0"), ..write_off() };
    let why = "9f-0 is not one of this ERP's bill ids".to_owned();
    assert_eq!(driver(&server, ROWS).write_off(&strange).await, Ok(WriteOffOutcome::Rejected { why }));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn each_answer_of_the_document_has_its_meaning() {
    let unknown = |why: &str| WriteOffOutcome::Unknown { why: why.to_owned() };
    for (reply, expected) in [
        (says(fixture("faturas_pagar.response.already_paid.json")), WriteOffOutcome::AlreadySettled),
        (
            says(fixture("faturas_pagar.response.invalid_field.json")),
            WriteOffOutcome::Rejected { why: "(CAMPO ESPECÍFICO) inválido.".to_owned() },
        ),
        (says(fixture("faturas_pagar.response.internal_error.json")), unknown("HTTP 200: INTERNAL_SERVER_ERROR")),
        (says("<html>login</html>"), unknown("HTTP 200: an HTML page")),
        (says(""), unknown("HTTP 200: an empty answer")),
        (says("{\"error\": \"quit"), unknown("HTTP 200: an answer that cannot be read")),
        (Reply::Says(502, Vec::new()), unknown("HTTP 502: an empty answer")),
        (Reply::Says(503, Vec::new()), unknown("HTTP 503: an empty answer")),
        (Reply::Says(429, Vec::new()), unknown("HTTP 429: an empty answer")),
        (Reply::Redirects(307, "/ws/outro".to_owned()), unknown("HTTP 307: an empty answer")),
        (Reply::HangsUp, unknown("the connection was lost")),
        (Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n\"SUC".to_vec()), unknown("the connection was lost")),
        (Reply::Raw(b"nonsense\r\n\r\n".to_vec()), unknown("the connection was lost")),
        (Reply::Floods(100), unknown("an answer of more than 2097152 bytes")),
    ] {
        let server = Server::start();
        server.on(PAY, [reply]);
        assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, Ok(expected.clone()));
        assert_eq!(server.times(PAY), 1, "sent once: {expected:?}");
    }
}

#[tokio::test]
async fn a_write_off_without_an_answer_in_time_is_unknown_and_not_repeated() {
    let server = Server::start();
    server.on(PAY, [Reply::Hangs]);
    let mut patience = patience();
    patience.document = std::time::Duration::from_millis(200);
    let driver = connect_with(settings(&server.base, ROWS), patience).unwrap();
    let why = "no answer in time".to_owned();
    assert_eq!(driver.write_off(&write_off()).await, Ok(WriteOffOutcome::Unknown { why }));
    assert_eq!(server.times(PAY), 1);
}

#[tokio::test]
async fn only_a_connection_that_failed_is_certainly_not_executed() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let driver = connect_with(settings(&format!("http://{closed}"), ROWS), patience()).unwrap();
    assert_eq!(driver.write_off(&write_off()).await, Err(Error::Unreachable("no connection".to_owned())));
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_write_off_replayed_once() {
    let refused = || Reply::Says(401, Vec::new());
    let server = Server::start();
    server.on(TOKEN_PATH, [says(r#"{"token":"old"}"#), says(r#"{"token":"new"}"#)]);
    server.on(PAY, [refused(), says("\"SUCESSO\"")]);
    assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    let sent = server.seen_at(PAY);
    assert_eq!(sent.len(), 2);
    assert!(sent[0].contains("\r\ntoken: old\r\n") && sent[1].contains("\r\ntoken: new\r\n"));

    server.on(PAY, [refused()]);
    let sign_in = Err(Error::SignIn("a fresh token is refused".to_owned()));
    assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, sign_in);
    assert_eq!(server.times(PAY), 4);
}

#[tokio::test]
async fn a_token_refused_in_words_leaves_the_write_off_unknown_and_is_not_used_again() {
    let server = Server::start();
    server.on(PAY, [says(r#"{"error":"Token expirado"}"#), says("\"SUCESSO\"")]);
    let driver = driver(&server, ROWS);
    assert!(matches!(driver.write_off(&write_off()).await, Ok(WriteOffOutcome::Unknown { .. })));
    assert_eq!((server.times(PAY), server.times(TOKEN_PATH)), (1, 1));
    assert_eq!(driver.write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    assert_eq!((server.times(PAY), server.times(TOKEN_PATH)), (2, 2));
}

#[tokio::test]
async fn without_a_token_no_write_off_is_sent() {
    let server = Server::start();
    server.on(TOKEN_PATH, [Reply::Says(401, Vec::new())]);
    assert!(matches!(driver(&server, ROWS).write_off(&write_off()).await, Err(Error::SignIn(_))));
    server.on(TOKEN_PATH, [says("<html>")]);
    assert!(matches!(driver(&server, ROWS).write_off(&write_off()).await, Err(Error::Garbled { .. })));
    assert_eq!(server.times(PAY), 0);
}
