//! What is changed beside money: each asked for once, and never repeated.

use jiff::civil::{date, time};
use totem::domain::changes::DayPart;
use totem::domain::service::{Change, Channel, NewTicket, Prospect};
use totem::erp::{Changes, Erp};

use crate::server::{Reply, Server, says};
use crate::{bill, body, driver, fixture};

const UNLOCK: &str = "POST /api/v1/integracao/cliente/desbloqueio_confianca";
const TICKET: &str = "POST /api/v1/integracao/atendimento";
const TICKETS: &str = "GET /api/v1/integracao/cliente/atendimento";
const ORDERS: &str = "GET /api/v1/integracao/cliente/ordem_servico";
const EMAIL: &str = "POST /api/v1/integracao/cliente/financeiro/enviar_email";
const SMS: &str = "POST /api/v1/integracao/cliente/financeiro/enviar_sms";
const PUSH: &str = "POST /api/v1/integracao/cliente/financeiro/enviar_push";
const PROSPECT: &str = "POST /api/v1/integracao/prospecto";

fn ticket() -> NewTicket {
    NewTicket {
        contract: "11000".into(),
        kind: None,
        subject: "Sem acesso".to_owned(),
        text: "desde segunda-feira".to_owned(),
        name: "Nome Inventado".to_owned(),
        phone: "(37) 90000-0005".to_owned(),
    }
}

fn prospect() -> Prospect {
    Prospect {
        name: "Empresa XPTO LTDA".to_owned(),
        tax_id: "11222333000181".to_owned(),
        phone: "(37) 0000-0001".to_owned(),
        cep: "35560-000".to_owned(),
        street: "Praça Getúlio Vargas".to_owned(),
        number: "77".to_owned(),
        district: "Centro".to_owned(),
        product: Some("1".to_owned()),
        price: Some(totem::domain::Money::from_cents(10_000)),
        ..Prospect::default()
    }
}

fn sent(server: &Server, route: &str) -> serde_json::Value {
    serde_json::from_str(body(&server.seen_at(route).pop().unwrap())).unwrap()
}

#[tokio::test]
async fn an_unlock_on_trust_tells_until_when_in_its_sentence() {
    let server = Server::start();
    server.on(UNLOCK, [says(fixture("cliente_desbloqueio_confianca.response.json"))]);
    let unlock = driver(&server, "unlock_days = 1").unlock_on_trust(&"1".into(), &"11000".into()).await;
    let Ok(Change::Done(unlocked)) = unlock else { panic!("{unlock:?}") };
    assert_eq!(unlocked.until, Some(date(2018, 11, 26)));
    assert_eq!(sent(&server, UNLOCK), serde_json::json!({"id_cliente_servico": "11000", "dias_desbloqueio": "1"}));

    server.on(UNLOCK, [says(r#"{"status":"success","msg":"feito"}"#)]);
    let unlock = driver(&server, "").unlock_on_trust(&"1".into(), &"11000".into()).await.unwrap();
    assert!(matches!(unlock, Change::Done(unlocked) if unlocked.until.is_none()), "no date is no harm");
    assert_eq!(sent(&server, UNLOCK), serde_json::json!({"id_cliente_servico": "11000"}));

    server.on(UNLOCK, [says(fixture("cliente_desbloqueio_confianca.response.error.json"))]);
    let why = "Desbloqueio em confiança não permitido para este serviço".to_owned();
    assert_eq!(driver(&server, "").unlock_on_trust(&"1".into(), &"11000".into()).await, Ok(Change::Refused { why }));
}

#[tokio::test]
async fn what_nobody_knows_is_unknown_and_not_asked_for_again() {
    for reply in [
        Reply::HangsUp,
        Reply::Says(500, Vec::new()),
        Reply::Says(503, Vec::new()),
        says("<html>"),
        says(""),
        says(r#"{"status":"error","msg":"x","file":"/a.php","line":1}"#),
    ] {
        let server = Server::start();
        for route in [UNLOCK, TICKET, EMAIL, PROSPECT] {
            server.on(route, [reply.clone()]);
        }
        // five failures in a row would shut the way: a driver each
        let new = || driver(&server, "");
        let unlock = new().unlock_on_trust(&"1".into(), &"11000".into()).await;
        assert!(matches!(unlock, Ok(Change::Unknown { .. })), "{unlock:?}");
        assert!(matches!(new().open_ticket(&"1".into(), &ticket()).await, Ok(Change::Unknown { .. })));
        assert!(matches!(new().send_bill(&bill("1"), Channel::Email, None).await, Ok(Change::Unknown { .. })));
        assert!(matches!(new().register_prospect(&prospect()).await, Ok(Change::Unknown { .. })));
        for route in [UNLOCK, TICKET, EMAIL, PROSPECT] {
            assert_eq!(server.times(route), 1, "{route}");
        }
    }
}

#[tokio::test]
async fn a_ticket_gives_its_protocol() {
    let server = Server::start();
    server.on(TICKET, [says(fixture("atendimento_novo.response.json"))]);
    let driver = driver(&server, "");
    let opened = driver.open_ticket(&"1".into(), &ticket()).await;
    assert_eq!(opened, Ok(Change::Done("201811161058216".to_owned())));
    assert_eq!(
        sent(&server, TICKET),
        serde_json::json!({
            "id_cliente_servico": "11000",
            "descricao": "Sem acesso: desde segunda-feira",
            "nome": "Nome Inventado",
            "telefone": "37900000005",
            "abrir_os": false,
        })
    );
    let typed = NewTicket { kind: Some("44".to_owned()), ..ticket() };
    driver.open_ticket(&"1".into(), &typed).await.unwrap();
    assert_eq!(sent(&server, TICKET)["id_tipo_atendimento"], "44");
    let short = NewTicket { phone: "9999".to_owned(), ..ticket() };
    assert!(matches!(driver.open_ticket(&"1".into(), &short).await, Ok(Change::Refused { .. })));
    assert_eq!(server.times(TICKET), 2, "a phone that the ERP would refuse is not sent");
}

#[tokio::test]
async fn tickets_are_listed_with_protocol_subject_and_state() {
    let server = Server::start();
    server.on(TICKETS, [says(fixture("cliente_atendimento.response.json"))]);
    let tickets = driver(&server, "").tickets(&"1099".into()).await.unwrap();
    assert_eq!(tickets.len(), 3);
    let first = &tickets[0];
    assert_eq!(
        (first.protocol.as_str(), first.subject.as_str(), first.status.as_str(), first.opened),
        ("201806191505251", "TÉCNICO - QUEDAS DE CONEXÃO", "Pendente", Some(date(2018, 6, 19)))
    );
    server.on(TICKETS, [says(r#"{"status":"error","msg":"Nenhum atendimento encontrado"}"#)]);
    assert_eq!(driver(&server, "").tickets(&"1099".into()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn service_orders_to_come_are_visits_and_a_day_that_nobody_agreed_is_none() {
    let server = Server::start();
    let printed = fixture("cliente_ordem_servico.response.json");
    server.on(ORDERS, [says(printed.clone())]);
    let visits = driver(&server, "").visits(&"1188".into()).await.unwrap();
    let told: Vec<_> =
        visits.iter().map(|one| (one.id.as_str(), one.protocol.as_str(), one.about.as_str(), one.on)).collect();
    assert_eq!(
        told,
        [("78", "201804121526287", "TÉCNICO - CONEXÃO LENTA", None), ("208", "191", "INSTALAÇÃO", None)],
        "what was made is not told, and no day before it was agreed"
    );
    server.on(ORDERS, [says(printed.replace("aguardando_agendamento", "pendente"))]);
    let visits = driver(&server, "").visits(&"1188".into()).await.unwrap();
    let hours = DayPart::Hours { from: time(15, 0, 0, 0), to: time(16, 0, 0, 0) };
    assert_eq!((visits[1].on, visits[1].part), (Some(date(2018, 8, 14)), Some(hours)));
    // it ends before it begins: the day is told, and no hours
    assert_eq!((visits[0].on, visits[0].part), (Some(date(2018, 5, 2)), None));
    server.on(ORDERS, [says(r#"{"status":"error","msg":"Nenhuma ordem de serviço encontrada"}"#)]);
    assert_eq!(driver(&server, "").visits(&"1188".into()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_bill_is_sent_by_each_channel_under_its_own_name() {
    let server = Server::start();
    server
        .on(EMAIL, [says(fixture("cliente_financeiro_enviar_email.response.json"))])
        .on(SMS, [says(fixture("cliente_financeiro_enviar_sms.response.json"))])
        .on(PUSH, [says(fixture("cliente_financeiro_enviar_push.response.json"))]);
    let driver = driver(&server, "");
    for (by, to, route, expected) in [
        (
            Channel::Email,
            Some("email1@example.com"),
            EMAIL,
            r#"{"id_fatura":"11000","email_adicional":["email1@example.com"]}"#,
        ),
        (Channel::Email, None, EMAIL, r#"{"id_fatura":"11000"}"#),
        (Channel::Sms, Some("(11) 98888-7777"), SMS, r#"{"id_fatura":"11000","telefone_adicional":["11988887777"]}"#),
        (Channel::Push, None, PUSH, r#"{"id_fatura":"11000"}"#),
    ] {
        assert_eq!(driver.send_bill(&bill("11000"), by, to).await, Ok(Change::Done(())));
        assert_eq!(body(&server.seen_at(route).pop().unwrap()), expected);
    }
    let asked = server.seen().len();
    for (by, to) in [(Channel::Email, "ninguem"), (Channel::Sms, "8888")] {
        assert!(matches!(driver.send_bill(&bill("1"), by, Some(to)).await, Ok(Change::Refused { .. })));
    }
    assert_eq!(server.seen().len(), asked);
}

#[tokio::test]
async fn somebody_new_is_registered_as_the_document_prints_it() {
    let server = Server::start();
    server.on(PROSPECT, [says(fixture("prospecto_cadastrar.response.success.json"))]);
    let driver = driver(&server, "");
    assert_eq!(driver.register_prospect(&prospect()).await, Ok(Change::Done(Some("100".to_owned()))));
    let mut printed: serde_json::Value = serde_json::from_str(&fixture("prospecto_cadastrar.request.json")).unwrap();
    printed["servico"]["valor"] = serde_json::json!(100.0);
    assert_eq!(sent(&server, PROSPECT), printed);
    let odd = Prospect { number: "12 A".to_owned(), tax_id: "52998224725".to_owned(), ..prospect() };
    driver.register_prospect(&odd).await.unwrap();
    let odd = sent(&server, PROSPECT);
    assert_eq!((odd["numero"].as_str(), odd["tipo_pessoa"].as_str()), (Some("12 A"), Some("pf")));
}

#[tokio::test]
async fn a_price_that_is_not_known_is_looked_up_where_the_plan_is_sold() {
    let server = Server::start();
    server
        .on(
            "GET /api/v1/integracao/prospecto/create?cep=35560000",
            [says(fixture("prospecto_create.response.planos.json"))],
        )
        .on(PROSPECT, [says(fixture("prospecto_cadastrar.response.success.json"))]);
    let driver = driver(&server, "");
    let offers = driver.offers(Some("35560000")).await.unwrap();
    let combo = offers.iter().find(|offer| offer.id == "1330").unwrap();
    assert_eq!((combo.price, combo.about.as_str()), (Some(totem::domain::Money::from_cents(25_490)), "20/4 Mbit/s"));
    let wants = |plan: &str| Prospect { product: Some(plan.to_owned()), price: None, ..prospect() };
    driver.register_prospect(&wants("1308")).await.unwrap();
    assert_eq!(sent(&server, PROSPECT)["servico"], serde_json::json!({"id_servico": 1308, "valor": 129.9}));
    let unsold = driver.register_prospect(&wants("7")).await;
    assert!(matches!(unsold, Ok(Change::Refused { .. })), "{unsold:?}");
    let nameless = Prospect { name: String::new(), ..prospect() };
    let why = "falta o nome".to_owned();
    assert_eq!(driver.register_prospect(&nameless).await, Ok(Change::Refused { why }));
    assert_eq!(server.times(PROSPECT), 1);
}

#[tokio::test]
async fn a_document_that_is_registered_already_does_not_betray_whose_it_is() {
    let server = Server::start();
    server.on(PROSPECT, [says(fixture("prospecto_cadastrar.response.error.json"))]);
    let why = "este CPF ou CNPJ já foi cadastrado".to_owned();
    assert_eq!(driver(&server, "").register_prospect(&prospect()).await, Ok(Change::Refused { why }));
}
