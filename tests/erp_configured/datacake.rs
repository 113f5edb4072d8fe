//! The preset `datacake`, over the examples of document 003.

use totem::domain::{InvoiceState, Money};
use totem::erp::{Capability, Erp, Error, Support, WriteOffOutcome};

use crate::server::{Reply, Server, says};
use crate::{Site, bill, body, cpf, driver, fixture, write_off};

const VALUES: &str = r#"
preset = "datacake"
[values]
base_url = "BASE/api/"
token = SECRET
path_info_cliente = "/cliente"
path_listar_faturas = "/faturas"
path_contratos = "/contratos/{{ customer.document }}"
path_extratos = "/extratos"
path_baixa = "/baixa"
[override.operation.planos.fields]
document = ""
[[write_off]]
method = "debit"
"#;

fn connected(server: &Server) -> totem::erp::configured::Configured {
    driver(&Site::new().settings(&VALUES.replace("BASE", &server.base)))
}

fn customer(server: &Server) {
    server.on("GET /api/cliente?cnpj_cpf=52998224725", [says(fixture("cliente_info.sample.response.json"))]);
    let contracts = fixture("contratos_cliente.sample.response.json");
    server.on("GET /api/contratos/52998224725", [says(format!("{{ {contracts} }}"))]);
    let bills = fixture("faturas_abertas.sample.response.json");
    server.on("GET /api/faturas?document=52998224725", [says(format!("{{ \"faturas\": {bills} }}"))]);
}

#[tokio::test]
async fn a_customer_is_found_with_contracts_bills_and_what_the_receipt_begins_with() {
    let server = Server::start();
    customer(&server);
    let erp = connected(&server);
    let account = erp.account(&cpf()).await.unwrap().unwrap();
    assert_eq!((account.customer.id.0.as_str(), account.customer.name.as_str()), ("81593", "CLIENTE TESTE"));
    let contracts: Vec<&str> = account.contracts.iter().map(|contract| contract.id.0.as_str()).collect();
    assert_eq!(contracts, ["1283299", "1283303"]);
    let [invoice] = account.invoices.as_slice() else { panic!("one bill") };
    assert_eq!(invoice.updated, Some(Money::from_cents(33705)));
    assert_eq!((invoice.fine, invoice.interest), (Some(Money::from_cents(632)), Some(Money::from_cents(1475))));
    assert_eq!(invoice.number, "90", "code_fatura holds the CPF");
    assert_eq!(invoice.contracts, ["1283299".into()]);
    assert!(invoice.boleto.is_some());
    assert_eq!(invoice.receipt_heads.card.as_deref(), Some("PROVEDOR X\nCNPJ 00.000.000/0001-00"));
    assert_eq!(invoice.receipt_heads.pix, None);
    assert_eq!(erp.factors(&account.customer.id).await.unwrap().birth, Some((15, 3)));
    let head = server.seen_at("GET /api/faturas?document=52998224725")[0].to_lowercase();
    assert!(head.contains("authorization: bearer s3gredo"), "{head}");
}

#[tokio::test]
async fn a_bill_that_left_the_open_list_is_paid_where_the_statement_says_so_and_withdrawn_where_it_does_not() {
    let server = Server::start();
    customer(&server);
    let statement = "GET /api/extratos?document=52998224725&id_cliente=81593";
    server.on(statement, [says(r#"[{"id_nota":"91","data_baixa":"04/08/2026","valor":"10,00"}]"#)]);
    let erp = connected(&server);
    erp.account(&cpf()).await.unwrap();
    assert!(matches!(erp.invoice(&bill("90")).await, Ok(InvoiceState::Open(_))));
    let paid = erp.invoice(&bill("91")).await.unwrap();
    assert_eq!(paid, InvoiceState::Paid { on: Some(jiff::civil::date(2026, 8, 4)) });
    assert_eq!(erp.invoice(&bill("92")).await, Ok(InvoiceState::Withdrawn));
}

#[tokio::test]
async fn after_a_restart_a_bill_cannot_be_read_until_the_customer_comes_back_and_the_write_off_still_goes_out() {
    let server = Server::start();
    customer(&server);
    server.on("POST /api/baixa", [says(fixture("baixa_fatura.sample.response.json"))]);
    let erp = connected(&server);
    let unread = erp.invoice(&bill("90")).await.unwrap_err();
    assert!(matches!(&unread, Error::Refused { why, .. } if why.contains("comes back")), "{unread}");
    assert_eq!(erp.write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    assert_eq!(body(&server, "POST /api/baixa"), r#"{"id_cliente":"81593","id_fatura":"90"}"#);
    erp.account(&cpf()).await.unwrap();
    assert!(erp.invoice(&bill("90")).await.is_ok());
}

#[tokio::test]
async fn only_the_words_that_the_site_knows_settle_a_write_off() {
    use WriteOffOutcome::{AlreadySettled, Applied};
    for (answer, expected) in [
        (says(r#"{"status":"Sucesso"}"#), Some(Applied)),
        (says(r#"{"status":true}"#), Some(Applied)),
        (says(r#"{"status":"quitada"}"#), Some(AlreadySettled)),
        (says(r#"{"status":"talvez"}"#), None),
        (says("{}"), None),
        (says(""), None),
        (says("<html>ok</html>"), None),
        (says("sucesso"), None),
        (Reply::Says(500, br#"{"status":"ok"}"#.to_vec()), None),
        (Reply::Says(201, br#"{"status":"ok"}"#.to_vec()), Some(Applied)),
        (Reply::Says(400, br#"{"status":"ok"}"#.to_vec()), None),
        (Reply::HangsUp, None),
    ] {
        let server = Server::start();
        server.on("POST /api/baixa", [answer]);
        let outcome = connected(&server).write_off(&write_off()).await.unwrap();
        match expected {
            Some(expected) => assert_eq!(outcome, expected),
            None => assert!(matches!(outcome, WriteOffOutcome::Unknown { .. }), "{outcome:?}"),
        }
        assert_eq!(server.times("POST /api/baixa"), 1, "sent once");
    }
    let server = Server::start();
    server.on("POST /api/baixa", [says(r#"{"status":"erro","mensagem":"fatura 123456 não existe"}"#)]);
    let outcome = connected(&server).write_off(&write_off()).await.unwrap();
    assert_eq!(outcome, WriteOffOutcome::Rejected { why: "fatura ****** não existe".to_owned() });
}

#[tokio::test]
async fn what_the_site_gives_no_path_for_is_not_offered() {
    let server = Server::start();
    let erp = connected(&server);
    for (capability, expected) in [
        (Capability::Account, Support::Unverified),
        (Capability::WriteOff, Support::Unverified),
        (Capability::Boleto, Support::Unverified),
        (Capability::PaidBills, Support::Unverified),
        (Capability::FiscalNotes, Support::No),
        (Capability::Lead, Support::No),
        (Capability::Pdf, Support::No),
    ] {
        assert_eq!(erp.supports(capability), expected, "{capability:?}");
    }
}
