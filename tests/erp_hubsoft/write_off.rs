use std::net::TcpListener;

use jiff::civil::date;
use totem::domain::{CardKind, Charge, InvoiceState, Money};
use totem::erp::hubsoft::connect_with;
use totem::erp::{Capability, Erp, Error, PaidBy, Support, WriteOff, WriteOffOutcome};

use crate::server::{Reply, Server, TOKEN_PATH, says};
use crate::{ACCOUNTS, BILLS, ROWS, bill, body, driver, fixture, patience, settings};

pub const PAY: &str = "POST /api/v1/integracao/financeiro/fatura/liquidar";

/// The vendor's example of a card with charges and a discount.
pub fn write_off() -> WriteOff {
    let charge = Charge {
        principal: Money::from_cents(9990),
        fine: Money::from_cents(200),
        interest: Money::from_cents(133),
        discount: Money::from_cents(200),
    };
    let paid_by = PaidBy::Card {
        kind: CardKind::Credit,
        network: "STONE".to_owned(),
        brand: "MASTERCARD".to_owned(),
        nsu: "55555".to_owned(),
        authorization: "44444".to_owned(),
    };
    WriteOff { bill: bill("500102"), charge, on: date(2026, 2, 10), paid_by }
}

/// A server of today, whose look-up is there.
fn current() -> Server {
    let server = Server::start();
    server.on(ACCOUNTS, [says(fixture("configuracao_caixa_financeiro.response.json"))]);
    server
}

fn done() -> Reply {
    says(fixture("fatura_liquidar.response.success.json"))
}

#[tokio::test]
async fn a_card_is_written_off_with_fine_and_interest_together_and_net_of_the_discount() {
    let server = current();
    server.on(PAY, [done()]);
    assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    let sent = server.seen_at(PAY).remove(0);
    assert_eq!(
        body(&sent),
        concat!(
            r#"{"id_fatura":500102,"id_caixa_financeiro":8,"meio_pagamento":"cartao_credito","#,
            r#""data_pagamento":"2026-02-10","valor_pago":101.23,"juros":3.33,"desconto":2.00}"#
        )
    );
    let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    let printed = value(&fixture("fatura_liquidar.request.cartao_com_juros_e_desconto.json"));
    for (field, sent) in value(body(&sent)).as_object().unwrap() {
        assert_eq!(*sent, printed[field], "{field}");
    }
    assert!(!sent.contains("55555") && !sent.contains("44444"), "the API has no place for them");
}

#[tokio::test]
async fn a_pix_without_charges_is_written_off_as_the_vendor_prints_it() {
    let server = current();
    server.on(PAY, [done()]);
    let charge = Charge { fine: Money::ZERO, interest: Money::ZERO, discount: Money::ZERO, ..write_off().charge };
    let paid_by = PaidBy::Pix { end_to_end: "E123".to_owned() };
    let pix = WriteOff { bill: bill("500101"), charge, paid_by, ..write_off() };
    assert_eq!(driver(&server, ROWS).write_off(&pix).await, Ok(WriteOffOutcome::Applied));
    let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
    let sent = server.seen_at(PAY).remove(0);
    assert_eq!(value(body(&sent)), value(&fixture("fatura_liquidar.request.pix.json")));
}

#[tokio::test]
async fn each_answer_has_its_meaning_and_is_asked_for_once() {
    let unknown = |why: &str| WriteOffOutcome::Unknown { why: why.to_owned() };
    let rejected = "Favor preencher os campos obrigatórios de acordo com as especificações \
                    O campo id_caixa_financeiro é obrigatório."
        .chars()
        .take(120)
        .collect();
    for (reply, expected) in [
        (says(fixture("fatura_liquidar.response.already_paid.json")), WriteOffOutcome::AlreadySettled),
        (says(fixture("generic.response.validation_error.json")), WriteOffOutcome::Rejected { why: rejected }),
        (says(r#"{"status":"success","msg":"ok"}"#), unknown("HTTP 200: no receipt in it")),
        (says("<html>login</html>"), unknown("HTTP 200: it is HTML")),
        (says(""), unknown("HTTP 200: it is empty")),
        (says(r#"{"status":"succ"#), unknown("HTTP 200: it is not JSON")),
        (Reply::Says(500, br#"{"message":"Server Error"}"#.to_vec()), unknown("HTTP 500: unexpected JSON")),
        (Reply::Says(502, Vec::new()), unknown("HTTP 502: it is empty")),
        (Reply::Says(503, Vec::new()), unknown("HTTP 503: it is empty")),
        (Reply::Says(429, Vec::new()), unknown("HTTP 429: it is empty")),
        (Reply::Redirects(307, "/outro".to_owned()), unknown("HTTP 307: it is empty")),
        (Reply::HangsUp, unknown("the connection was lost")),
        (
            Reply::Raw(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"st".to_vec()),
            unknown("the connection was lost"),
        ),
    ] {
        let server = current();
        server.on(PAY, [reply]);
        assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, Ok(expected.clone()));
        assert_eq!(server.times(PAY), 1, "sent once: {expected:?}");
    }
}

#[tokio::test]
async fn a_write_off_without_an_answer_in_time_is_unknown_and_not_repeated() {
    let server = current();
    server.on(PAY, [Reply::Hangs]);
    let mut patience = patience();
    patience.document = std::time::Duration::from_millis(200);
    let driver = connect_with(settings(&server.base, ROWS), patience).unwrap();
    let why = "no answer in time".to_owned();
    assert_eq!(driver.write_off(&write_off()).await, Ok(WriteOffOutcome::Unknown { why }));
    assert_eq!(server.times(PAY), 1);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_write_off_replayed_once() {
    let refused = || Reply::Says(401, Vec::new());
    let server = current();
    let granted = |token: &str| says(format!(r#"{{"access_token":"{token}","expires_in":600}}"#));
    server.on(TOKEN_PATH, [granted("old"), granted("new")]).on(PAY, [refused(), done()]);
    assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    let sent = server.seen_at(PAY);
    assert_eq!(sent.len(), 2);
    assert!(sent[0].contains("authorization: Bearer old\r\n") && sent[1].contains("authorization: Bearer new\r\n"));
    server.on(PAY, [refused()]);
    let sign_in = Err(Error::SignIn("a fresh token is refused".to_owned()));
    assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, sign_in);
    assert_eq!(server.times(PAY), 4);
}

#[tokio::test]
async fn what_cannot_be_written_off_is_refused_before_anything_is_sent() {
    let server = current();
    let why = "no write_off row for method = \"credit\", network = \"STONE\", brand = \"MASTERCARD\"".to_owned();
    assert_eq!(driver(&server, "").write_off(&write_off()).await, Ok(WriteOffOutcome::Rejected { why }));
    let strange = WriteOff { bill: bill("9f-0"), ..write_off() };
    let why = "9f-0 is not one of this ERP's bill ids".to_owned();
    assert_eq!(driver(&server, ROWS).write_off(&strange).await, Ok(WriteOffOutcome::Rejected { why }));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_server_of_2020_is_found_out_before_the_write_off_and_a_person_is_told() {
    let server = Server::start();
    server.on(ACCOUNTS, [Reply::Says(404, b"<html>".to_vec())]).on(PAY, [done()]);
    let driver = driver(&server, ROWS);
    for _ in 0..2 {
        let Ok(WriteOffOutcome::Rejected { why }) = driver.write_off(&write_off()).await else { panic!("rejected") };
        assert!(why.contains("no financeiro/fatura/liquidar"), "{why}");
    }
    assert_eq!((server.times(PAY), server.times(ACCOUNTS)), (0, 1));
    assert_eq!(driver.supports(Capability::WriteOff), Support::No);
}

#[tokio::test]
async fn a_look_up_without_an_answer_does_not_keep_the_write_off_back() {
    for reply in [Reply::HangsUp, Reply::Says(500, Vec::new()), says("<html>"), Reply::Says(403, Vec::new())] {
        let server = Server::start();
        server.on(ACCOUNTS, [reply]).on(PAY, [done()]);
        assert_eq!(driver(&server, ROWS).write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    }
}

#[tokio::test]
async fn only_a_connection_that_failed_is_certainly_not_executed() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let driver = connect_with(settings(&format!("http://{closed}"), ROWS), patience()).unwrap();
    assert_eq!(driver.write_off(&write_off()).await, Err(Error::Unreachable("no connection".to_owned())));
}

#[tokio::test]
async fn a_bill_that_vanishes_is_told_as_withdrawn_and_never_as_paid_before_a_write_off_and_after_it() {
    let server = current();
    server.on(PAY, [Reply::HangsUp, done()]).on(BILLS, [says(r#"{"status":"success","faturas":[]}"#)]);
    let driver = driver(&server, ROWS);
    let bill = write_off().bill;
    for taken_back in [r#"{"faturas":[]}"#, r#"{"faturas":[{"id_fatura":500102,"status":"cancelada"}]}"#] {
        server.on(BILLS, [says(taken_back)]);
        assert_eq!(driver.invoice(&bill).await, Ok(InvoiceState::Withdrawn), "{taken_back}");
    }
    assert!(matches!(driver.write_off(&write_off()).await, Ok(WriteOffOutcome::Unknown { .. })));
    // another process knows of no write-off, and says the same: what it means is decided by the facts of the payment
    let restarted = crate::driver(&server, ROWS);
    assert_eq!(restarted.invoice(&bill).await, Ok(InvoiceState::Withdrawn));
}
