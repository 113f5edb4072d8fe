use totem::domain::{Money, PixBack, PixReceipt};
use totem::pix::mercado_pago::{MercadoPago, Settings, connect};
use totem::pix::{PixProvider, PixState};

use crate::server::{Reply, Server, says};
use crate::{TXID, order};

const PAYMENT: &str = "/v1/payments/20359978";

fn driver(server: &Server) -> MercadoPago {
    connect(Settings {
        access_token: "APP_USR-s3gr3d0".into(),
        payer_email: "totem@provedor.example".to_owned(),
        expires_in_s: 300,
        base_url: server.base.clone(),
    })
    .unwrap()
}

fn payment(status: &str, more: &str) -> String {
    format!(
        r#"{{"id":20359978,"status":"{status}","transaction_amount":337.05,"transaction_amount_refunded":0,
        "point_of_interaction":{{"type":"PIX","transaction_data":{{"qr_code":"00020126","qr_code_base64":"iVBOR"}}}},
        "payer":{{"email":"maria@example.com"}}{more}}}"#
    )
}

#[tokio::test]
async fn a_payment_is_made_once_under_our_txid_and_known_by_its_number() {
    let server = Server::start();
    server.on("POST /v1/payments", [Reply::HangsUp, says(201, payment("pending", ""))]);
    let charged = driver(&server).charge(&order(33_705)).await.unwrap();
    assert_eq!((charged.txid.as_str(), charged.payload.as_str()), ("20359978", "00020126"));
    let seen = server.seen("POST /v1/payments");
    assert_eq!(seen[0], seen[1]);
    assert!(seen[0].contains(&format!("x-idempotency-key: {TXID}")), "{}", seen[0]);
    assert!(seen[0].contains("authorization: Bearer APP_USR-s3gr3d0"));
    assert!(
        seen[0].contains(r#"{"transaction_amount":337.05,"description":"Fatura 90, 91","payment_method_id":"pix""#)
    );
}

#[tokio::test]
async fn a_payment_that_is_paid_before_its_code_was_shown_is_another_customers() {
    for over in ["approved", "refunded", "cancelled"] {
        let server = Server::start();
        server.on("POST /v1/payments", [says(200, payment(over, ""))]);
        let refused = driver(&server).charge(&order(33_705)).await;
        assert!(matches!(refused, Err(totem::pix::Error::Over(_))), "{over}: {refused:?}");
    }
}

#[tokio::test]
async fn what_mercado_pago_says_of_the_money() {
    let paid = |cents: u64| PixState::Paid {
        amount: Money::from_cents(cents),
        end_to_end: "20359978".to_owned(),
        at: "2026-11-22T15:30:00Z".parse().unwrap(),
        others: Vec::new(),
    };
    let dated = r#","date_approved":"2026-11-22T12:30:00.000-03:00""#;
    let approved = r#","date_approved":"2026-11-22T12:30:00.000-03:00","transaction_details":{"transaction_id":"E1"}"#;
    for (told, state) in [
        (payment("pending", ""), PixState::Waiting),
        (payment("in_process", ""), PixState::Waiting),
        (payment("approved", dated), paid(33_705)),
        // the end-to-end id comes later, or by another name: it is the same Pix
        (payment("approved", approved), paid(33_705)),
        (payment("approved", dated).replace("00020126\"", "00020126\",\"e2e_id\":\"E2\""), paid(33_705)),
        (payment("refunded", approved).replace("refunded\":0", "refunded\":337.05"), paid(0)),
        (payment("cancelled", ""), PixState::Ended),
    ] {
        let server = Server::start();
        server.on(&format!("GET {PAYMENT}"), [says(200, told.clone())]);
        server.on(&format!("PUT {PAYMENT}"), [says(400, "{}")]);
        let charge = totem::domain::PixCharge { txid: "20359978".to_owned(), ..crate::charge() };
        let driver = driver(&server);
        assert_eq!(driver.look(&charge).await, Ok(state.clone()), "{told}");
        match driver.remove(&charge).await {
            Ok(removed) => assert_eq!(removed, state),
            Err(_) => assert_eq!(state, PixState::Waiting),
        }
    }
}

const REFUNDS: &str = "POST /v1/payments/20359978/refunds";

fn refunded(cents: &str) -> String {
    payment("approved", "").replace("refunded\":0", &format!("refunded\":{cents}"))
}

async fn gives_back(server: &Server) -> Result<PixBack, totem::pix::Error> {
    let charge = totem::domain::PixCharge { txid: "20359978".to_owned(), ..crate::charge() };
    let at = "2026-11-22T15:30:00Z".parse().unwrap();
    let receipt = PixReceipt { end_to_end: "E1".to_owned(), amount: Money::from_cents(33_705), at };
    let driver = driver(server);
    assert!(driver.gives_back());
    driver.give_back(&charge, &receipt, "d1").await
}

#[tokio::test]
async fn a_refund_is_believed_when_the_payment_says_that_it_went_back() {
    for (told, after, back) in [
        ("approved", "337.05", PixBack::Done { return_id: Some("77".to_owned()) }),
        ("approved", "0", PixBack::Pending),
        ("in_process", "0", PixBack::Pending),
        ("rejected", "0", PixBack::Refused { why: "rejected".to_owned() }),
    ] {
        let server = Server::start();
        server.on(REFUNDS, [says(201, format!(r#"{{"id":77,"payment_id":20359978,"status":"{told}"}}"#))]);
        server.on(&format!("GET {PAYMENT}"), [says(200, refunded("0")), says(200, refunded(after))]);
        assert_eq!(gives_back(&server).await, Ok(back), "{told}, {after}");
        let asked = &server.seen(REFUNDS)[0];
        assert!(asked.contains("x-idempotency-key: d1") && asked.ends_with(r#"{"amount":337.05}"#), "{asked}");
    }
}

#[tokio::test]
async fn a_refund_whose_answer_was_lost_is_found_in_the_payment_and_not_made_twice() {
    let server = Server::start();
    server.on(&format!("GET {PAYMENT}"), [says(200, refunded("337.05"))]);
    assert_eq!(gives_back(&server).await, Ok(PixBack::Done { return_id: None }));
    assert_eq!(server.times(REFUNDS), 0);
    let server = Server::start();
    server.on(&format!("GET {PAYMENT}"), [says(200, refunded("0"))]).on(REFUNDS, [Reply::HangsUp]);
    assert!(matches!(gives_back(&server).await, Err(totem::pix::Error::Unreachable(_))));
    // one that is refused, and was made all the same
    let server = Server::start();
    server.on(&format!("GET {PAYMENT}"), [says(200, refunded("0")), says(200, refunded("337.05"))]);
    server.on(REFUNDS, [says(400, "{}")]);
    assert_eq!(gives_back(&server).await, Ok(PixBack::Done { return_id: None }));
    let server = Server::start();
    server.on(&format!("GET {PAYMENT}"), [says(200, refunded("0"))]).on(REFUNDS, [says(400, "{}")]);
    assert!(matches!(gives_back(&server).await, Ok(PixBack::Refused { .. })));
}
