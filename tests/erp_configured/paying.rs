//! Write-offs: what goes out, and what each answer means.

use totem::erp::{Erp, Error, PaidBy, WriteOff, WriteOffOutcome};

use crate::calls::{BASE, DEBIT, with_rows};
use crate::server::{Reply, Server, says};
use crate::{Site, driver, parts, write_off};

const PAY: &str = r#"
[operation.baixa_boleto]
method = "POST"
path = "/baixa/{{ bill.id }}"
json = '''
{"id": {{ payment.key | uuid }}, "valor": {{ charge.total | number }}, "data": {{ paid_on | date("%d/%m/%Y") }},
 "nsu": {{ paid_by.nsu }}{% if paid_by.method != "pix" %}, "cartao": true{% endif %}}
'''
applied = '.ok == true'
settled = '.msg | plain | contains("quitada")'
rejected = 'if .ok == false then .msg else null end'
pending = '.aceito == true'
[[operation.baixa_boleto.then]]
name = "consulta"
path = "/consulta/{{ step.main.protocolo }}"
applied = '.situacao == "PAGO"'
rejected = 'if .situacao == "NEGADO" then "negado" else null end'
"#;

#[tokio::test]
async fn a_write_off_says_what_it_was_told_and_the_same_payment_always_has_the_same_key() {
    let server = Server::start();
    server.on("POST /baixa/90", [says(r#"{"ok":true}"#)]);
    let erp = with_rows(&server, PAY, &format!("{DEBIT}[[write_off]]\nmethod = \"pix\"\n"));
    assert_eq!(erp.write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    erp.write_off(&write_off()).await.unwrap();
    let pix = WriteOff { paid_by: PaidBy::Pix { end_to_end: "E1".to_owned() }, ..write_off() };
    erp.write_off(&pix).await.unwrap();
    let sent: Vec<serde_json::Value> =
        server.seen().iter().map(|request| serde_json::from_str(parts(request).1).unwrap()).collect();
    assert_eq!(sent[0]["valor"].to_string(), "337.05");
    assert_eq!(
        (&sent[0]["data"], &sent[0]["nsu"], &sent[0]["cartao"]),
        (&"04/08/2026".into(), &"123456".into(), &true.into())
    );
    assert_eq!(sent[0]["id"], sent[1]["id"]);
    assert_ne!(sent[0]["id"], sent[2]["id"]);
    assert!(sent[2].get("cartao").is_none() && sent[2]["nsu"].is_null());
    let credit = PaidBy::Card {
        kind: totem::domain::CardKind::Credit,
        network: String::new(),
        brand: String::new(),
        nsu: String::new(),
        authorization: String::new(),
    };
    let outcome = erp.write_off(&WriteOff { paid_by: credit, ..write_off() }).await.unwrap();
    assert!(matches!(outcome, WriteOffOutcome::Rejected { why } if why.contains("method = \"credit\"")));
}

#[tokio::test]
async fn whatever_the_definition_does_not_know_is_unknown() {
    use WriteOffOutcome::{AlreadySettled, Applied, Rejected};
    let rejected = |why: &str| Some(Rejected { why: why.to_owned() });
    for (answer, look, expected) in [
        (says(r#"{"ok":true}"#), None, Some(Applied)),
        (
            Reply::Says(422, r#"{"ok":false,"msg":"A fatura já encontra-se QUITADA"}"#.into()),
            None,
            Some(AlreadySettled),
        ),
        (says(r#"{"ok":false,"msg":"Caixa fechado"}"#), None, rejected("Caixa fechado")),
        (Reply::Says(400, r#"{"ok":false,"msg":"Caixa fechado"}"#.into()), None, rejected("Caixa fechado")),
        (Reply::Says(404, r#"{"ok":true}"#.into()), None, None),
        (Reply::Says(429, r#"{"ok":false,"msg":"x"}"#.into()), None, None),
        (Reply::Says(503, r#"{"ok":true}"#.into()), None, None),
        (Reply::Says(204, Vec::new()), None, None),
        (says("[]"), None, None),
        (says("ok"), None, None),
        (says(r#"{"ok":"true"}"#), None, None),
        (Reply::HangsUp, None, None),
        (Reply::Redirects(302, "/login".to_owned()), None, None),
        (says(r#"{"aceito":true,"protocolo":"p1"}"#), Some(says(r#"{"situacao":"PAGO"}"#)), Some(Applied)),
        (says(r#"{"aceito":true,"protocolo":"p1"}"#), Some(says(r#"{"situacao":"NEGADO"}"#)), rejected("negado")),
        (says(r#"{"aceito":true,"protocolo":"p1"}"#), Some(says(r#"{"situacao":"FILA"}"#)), None),
        (says(r#"{"aceito":true,"protocolo":"p1"}"#), Some(Reply::Says(404, b"{}".to_vec())), None),
        (says(r#"{"aceito":true,"protocolo":"p1"}"#), Some(Reply::HangsUp), None),
    ] {
        let server = Server::start();
        server.on("POST /baixa/90", [answer]);
        server.on("GET /consulta/p1", look);
        let outcome = with_rows(&server, PAY, DEBIT).write_off(&write_off()).await.unwrap();
        match expected {
            Some(expected) => assert_eq!(outcome, expected),
            None => assert!(matches!(outcome, WriteOffOutcome::Unknown { .. }), "{outcome:?}"),
        }
        assert_eq!(server.times("POST /baixa/90"), 1, "sent once");
    }
}

#[tokio::test]
async fn a_write_off_that_was_certainly_not_sent_is_an_error() {
    let before = PAY.replace(
        "[[operation.baixa_boleto.then]]",
        "[[operation.baixa_boleto.before]]\nname = \"titulo\"\npath = \"/titulo\"\n[[operation.baixa_boleto.then]]",
    );
    let server = Server::start();
    server.on("GET /titulo", [Reply::Says(500, b"{}".to_vec())]);
    let erp = with_rows(&server, &before, DEBIT);
    assert!(erp.write_off(&write_off()).await.is_err());
    assert_eq!(server.times("POST /baixa/90"), 0);
    let nobody = Server::start();
    let base = nobody.base.clone();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let values = format!("[values]\nbase_url = \"http://{free}\"\ntoken = SECRET\n{DEBIT}");
    let erp = driver(&Site::new().with(&format!("{BASE}{PAY}"), &values));
    assert!(matches!(erp.write_off(&write_off()).await, Err(Error::Unreachable(_))), "{base}");
}
