use jiff::civil::date;
use totem::domain::service::{Catalog, Change, Channel, ContactKind, NewTicket};
use totem::domain::{ContractId, CustomerId};
use totem::erp::{Capability, Changes, Erp, Error, Support};

use crate::server::{Reply, Server, says};
use crate::write_off::write_off;
use crate::{CPF, ROWS, bill, cpf, driver, fixture};

const METHODS: &str = "GET /ws/financeiro/formas_pagamento";
const ACCOUNTS: &str = "GET /ws/financeiro/contas_financeiras/forma_pagamento/2";
const BRANDS: &str = "GET /ws/financeiro/bandeiras_cartao";
const DUE_DAYS: &str = "GET /ws/area/cliente/vencimentos/ativos?isPrePago=n";
const PERSON: &str = "GET /ws/area/cliente/81593";
const ALL: &str = "GET /ws/financeiro/faturas/52998224725/todas";
const UNLOCK: &str = "PUT /ws/comercial/contrato/habilitar_confianca";
const OPEN_TICKET: &str = "POST /ws/comercial/atendimentos/cadastrar";
const TICKETS: &str = "GET /ws/integracao/omnichannel/atendimentos/cliente/81593";
const EMAIL: &str = "POST /ws/financeiro/faturas/abertas/81593/enviar";
const SMS: &str = "POST /ws/integracao/omnichannel/fatura/linha_digitavel/enviar";

fn maria() -> CustomerId {
    "81593".into()
}

fn ticket() -> NewTicket {
    NewTicket {
        contract: "1283367".into(),
        kind: Some("1".to_owned()),
        subject: "Sem conexão".to_owned(),
        text: "desde ontem".to_owned(),
        name: String::new(),
        phone: String::new(),
    }
}

fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").unwrap().1
}

#[tokio::test]
async fn a_404_switches_an_operation_off_and_a_server_that_is_down_switches_nothing_off() {
    let server = Server::start();
    server.on(METHODS, [says("[]")]).on(DUE_DAYS, [Reply::Says(404, b"<html>".to_vec())]);
    let driver = driver(&server, ROWS);
    assert_eq!(driver.supports(Capability::DueDays), Support::Yes, "before anybody has asked");
    driver.discover().await.unwrap();
    assert_eq!(
        [Capability::Lookups, Capability::DueDays, Capability::WriteOff].map(|what| driver.supports(what)),
        [Support::Yes, Support::No, Support::Yes]
    );
    server.on(DUE_DAYS, [Reply::HangsUp]);
    assert!(matches!(driver.discover().await, Err(Error::Unreachable(_))));
    assert_eq!(driver.supports(Capability::DueDays), Support::No, "what was known stays known");
    server.on(METHODS, [Reply::HangsUp]);
    assert!(driver.discover().await.is_err());
    assert_eq!(driver.supports(Capability::Lookups), Support::Yes, "no answer is no proof");
    server.on(METHODS, [says("[]")]).on(DUE_DAYS, [says(r#"{"data":[],"status":"OK"}"#)]);
    driver.discover().await.unwrap();
    assert_eq!(driver.supports(Capability::DueDays), Support::Yes, "a server that was brought up to date");
}

#[tokio::test]
async fn what_needs_the_customers_own_password_is_said_and_not_asked_for() {
    let server = Server::start();
    let driver = driver(&server, ROWS);
    for what in [Capability::FiscalNotes, Capability::AnnualSettlements, Capability::TicketKinds] {
        assert_eq!(driver.supports(what), Support::NeedsCustomerPassword);
        assert!(!driver.supports(what).is_usable());
    }
    assert_eq!(driver.fiscal_notes(&maria()).await, Err(Error::Unsupported(Capability::FiscalNotes)));
    assert_eq!(driver.catalog(Catalog::TicketKinds, None).await, Err(Error::Unsupported(Capability::TicketKinds)));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_write_off_tables_lists_come_with_the_keys_of_its_rows() {
    let server = Server::start();
    server
        .on(METHODS, [says(r#"[{"id":2,"descricao":"CARTAO DEBITO"},{"id":"9","descricao":"DEPOSITO"}]"#)])
        .on(ACCOUNTS, [says(
            r#"[{"ativo":true,"banco":"STONE","id":1,"descricao":"TOTEM"},{"ativo":false,"id":7,"descricao":"ANTIGA"}]"#,
        )])
        .on("GET /ws/financeiro/contas_financeiras/forma_pagamento/9", [says("\"FALHA\"")])
        .on(BRANDS, [says(r#"[{"id":3,"descricao":"MASTERCARD","adquirente":"STONE"}]"#)]);
    let lookups = driver(&server, ROWS).lookups().await.unwrap();
    let told: Vec<_> = lookups
        .iter()
        .flat_map(|lookup| {
            lookup.entries.iter().map(|entry| (lookup.key.as_str(), entry.id.as_str(), entry.name.as_str()))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("id_forma_pagamento", "2", "CARTAO DEBITO"),
            ("id_forma_pagamento", "9", "DEPOSITO"),
            ("id_conta_financeira", "1", "TOTEM · STONE"),
            ("id_bandeira", "3", "MASTERCARD · STONE"),
        ]
    );
    server.on(BRANDS, [says("\"FALHA\"")]);
    assert!(driver(&server, ROWS).lookups().await.unwrap().last().unwrap().entries.is_empty(), "FALHA is none");
    server.on(METHODS, [says("<html>")]);
    assert!(matches!(driver(&server, ROWS).lookups().await, Err(Error::Garbled { .. })));
}

#[tokio::test]
async fn paid_bills_come_newest_first_and_overdue_ones_are_held_against_the_customer() {
    let server = Server::start();
    let rows = r#"{"ClienteEncontrato":true,"Faturas":[
        {"IDFatura":1,"nroDocumento":"A","Valor":75.0,"Vencimento":"2020-08-01","DataPagamento":"2020-07-08"},
        {"IDFatura":2,"nroDocumento":"B","Valor":80.5,"Vencimento":"2020-09-01","DataPagamento":"09/09/2020"},
        {"IDFatura":3,"nroDocumento":"C","Valor":80.5,"Vencimento":"2020-03-09"},
        {"IDFatura":4,"nroDocumento":"D","Valor":80.5,"Vencimento":"2921-03-09"}]}"#;
    server
        .on(PERSON, [says(fixture("area_cliente_info.response.json").replace("12345678900", CPF))])
        .on(ALL, [says(rows)]);
    let driver = driver(&server, "");
    let paid = driver.paid_bills(&maria()).await.unwrap();
    let told: Vec<_> = paid.iter().map(|bill| (bill.id.0.as_str(), bill.paid_on, bill.amount.cents())).collect();
    assert_eq!(told, [("2", Some(date(2020, 9, 9)), 8050), ("1", Some(date(2020, 7, 8)), 7500)]);
    assert_eq!(driver.pendency(&maria()).await.unwrap(), ["Fatura C vencida em 09/03/2020"]);
}

#[tokio::test]
async fn contacts_are_phones_and_an_address_and_never_fillers() {
    let server = Server::start();
    let person = fixture("area_cliente_info.response.json").replace("8888888888", "31 98888-7777");
    server.on(PERSON, [says(person)]);
    let contacts = driver(&server, "").contacts(&maria()).await.unwrap();
    let told: Vec<_> = contacts.iter().map(|contact| (contact.kind, contact.value.as_str())).collect();
    assert_eq!(told, [(ContactKind::Phone, "31 98888-7777"), (ContactKind::Email, "teste.teste@teste.teste")]);
}

#[tokio::test]
async fn an_unlock_says_until_when_and_goes_out_as_the_document_prints_it() {
    let server = Server::start();
    server.on(UNLOCK, [says(r#"{"dataFim": "20/04/2020", "resposta": "SUCESSO"}"#), says(r#"{"resposta": "FALHA"}"#)]);
    let driver = driver(&server, "");
    let contract = ContractId::from("1283321");
    let Ok(Change::Done(unlocked)) = driver.unlock_on_trust(&maria(), &contract).await else { panic!("not done") };
    assert_eq!(unlocked.until, Some(date(2020, 4, 20)));
    assert_eq!(body(&server.seen_at(UNLOCK)[0]), r#"{"idContrato":1283321}"#);
    let refused = driver.unlock_on_trust(&maria(), &contract).await;
    assert_eq!(refused, Ok(Change::Refused { why: String::new() }));
    let nonsense = driver.unlock_on_trust(&maria(), &ContractId::from("../1")).await;
    assert!(matches!(nonsense, Err(Error::Refused { .. })), "{nonsense:?}");
}

#[tokio::test]
async fn a_ticket_gives_its_protocol_and_stands_in_the_list() {
    let server = Server::start();
    server.on(OPEN_TICKET, [says(r#"{"numeroProtocolo":"2020070719330228","status":"CREATED"}"#)]).on(
        TICKETS,
        [
            says(
                r#"{"data":[{"numeroProtocolo":"2020062411000854","statusAtendimento":"SOLUCIONADO","dataAbertura":
            1593007210000,"descricaoTipoAtendimento":"ALTERAÇÃO DE VENCIMENTO"},{"idAtendimento":1}],"status":"OK"}"#,
            ),
            says(r#"{"data":null,"status":"NOT_FOUND"}"#),
        ],
    );
    let driver = driver(&server, "");
    let opened = driver.open_ticket(&maria(), &ticket()).await;
    assert_eq!(opened, Ok(Change::Done("2020070719330228".to_owned())));
    assert_eq!(
        body(&server.seen_at(OPEN_TICKET)[0]),
        r#"{"idContrato":1283367,"descricao":"Sem conexão\ndesde ontem","idTipoAtendimento":1}"#
    );
    let tickets = driver.tickets(&maria()).await.unwrap();
    let [one] = tickets.as_slice() else { panic!("{tickets:?}") };
    assert_eq!((one.protocol.as_str(), one.status.as_str()), ("2020062411000854", "SOLUCIONADO"));
    assert_eq!(one.opened, Some(date(2020, 6, 24)));
    assert_eq!(driver.tickets(&maria()).await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_bill_is_sent_to_the_registered_address_and_to_no_other() {
    let server = Server::start();
    server.on(EMAIL, [says("\"SUCESSO\"")]).on(SMS, [says(r#"{"data":"enviado","status":"OK"}"#)]);
    let driver = driver(&server, "");
    assert_eq!(driver.send_bill(&bill("90"), Channel::Email, None).await, Ok(Change::Done(())));
    assert_eq!(driver.send_bill(&bill("90"), Channel::Sms, None).await, Ok(Change::Done(())));
    assert_eq!(body(&server.seen_at(EMAIL)[0]), r#"{"idsFaturas":[90]}"#);
    assert_eq!(body(&server.seen_at(SMS)[0]), r#"{"idFatura":90}"#);
    let other = driver.send_bill(&bill("90"), Channel::Email, Some("x@example.com")).await;
    assert!(matches!(other, Ok(Change::Refused { .. })), "{other:?}");
    assert_eq!(server.times(EMAIL), 1);
    let push = driver.send_bill(&bill("90"), Channel::Push, None).await;
    assert_eq!(push, Err(Error::Unsupported(Capability::SendByPush)));
}

#[tokio::test]
async fn due_days_are_those_in_use() {
    let server = Server::start();
    server.on(DUE_DAYS, [says(
        r#"{"data":[{"id":2,"dia":5,"ativo":true},{"id":4,"dia":10},{"id":6,"dia":25,"ativo":false}],"status":"OK"}"#,
    )]);
    let days = driver(&server, "").catalog(Catalog::DueDays, None).await.unwrap();
    let told: Vec<_> = days.iter().map(|day| (day.id.as_str(), day.name.as_str())).collect();
    assert_eq!(told, [("2", "5"), ("4", "10")]);
}

/// Whether it is unknown what a change came to.
async fn unknown_to(driver: &totem::erp::webservice_cliente::WebServiceCliente, route: &str) -> bool {
    let contract = ContractId::from("1283321");
    match route {
        UNLOCK => {
            let outcome = driver.unlock_on_trust(&maria(), &contract).await;
            matches!(outcome, Ok(Change::Unknown { .. }))
        }
        OPEN_TICKET => matches!(driver.open_ticket(&maria(), &ticket()).await, Ok(Change::Unknown { .. })),
        EMAIL => {
            matches!(driver.send_bill(&bill("90"), Channel::Email, None).await, Ok(Change::Unknown { .. }))
        }
        _ => matches!(driver.send_bill(&bill("90"), Channel::Sms, None).await, Ok(Change::Unknown { .. })),
    }
}

#[tokio::test]
async fn a_change_without_a_plain_answer_is_unknown_and_never_sent_again() {
    for route in [UNLOCK, OPEN_TICKET, EMAIL, SMS] {
        for reply in [
            Reply::HangsUp,
            Reply::Says(500, Vec::new()),
            Reply::Says(503, Vec::new()),
            Reply::Redirects(302, "/login".to_owned()),
            says("<html>SUCESSO</html>"),
            says(""),
            says(r#"{"error":"INTERNAL_SERVER_ERROR"}"#),
            says(r#"{"resposta":"#),
        ] {
            let server = Server::start();
            server.on(route, [reply]);
            assert!(unknown_to(&driver(&server, ""), route).await, "{route}");
            assert_eq!(server.times(route), 1, "{route}");
        }
    }
}

#[tokio::test]
async fn a_change_whose_token_is_refused_goes_out_with_a_fresh_one_and_only_then() {
    let server = Server::start();
    server.on(EMAIL, [Reply::Says(401, Vec::new()), says("\"SUCESSO\"")]);
    assert_eq!(driver(&server, "").send_bill(&bill("90"), Channel::Email, None).await, Ok(Change::Done(())));
    assert_eq!(server.times(EMAIL), 2);
}

#[tokio::test]
async fn a_contract_is_never_accepted_by_asking_for_something_else() {
    let server = Server::start();
    server
        .on(PERSON, [says(fixture("area_cliente_info.response.json").replace("12345678900", CPF))])
        .on("POST /ws/comercial/cliente/dados", [says(fixture("cliente_dados_por_cpf.completed.response.json"))])
        .on(ALL, [says(fixture("faturas_todas.response.json"))])
        .on(METHODS, [says(r#"[{"id":2,"descricao":"CARTAO DEBITO"}]"#)]);
    let driver = driver(&server, &format!("pix = true\n{ROWS}"));
    let (customer, contract, ninety) = (maria(), ContractId::from("1283321"), bill("90"));
    let _ = driver.discover().await;
    let _ = driver.account(&cpf()).await;
    let _ = driver.factors(&customer).await;
    let _ = driver.invoice(&ninety).await;
    let _ = driver.boleto(&ninety).await;
    let _ = driver.pix_code(&ninety).await;
    let _ = driver.pdf(&ninety).await;
    let _ = driver.write_off(&write_off()).await;
    let _ = driver.lookups().await;
    let _ = driver.paid_bills(&customer).await;
    let _ = driver.contacts(&customer).await;
    let _ = driver.pendency(&customer).await;
    let _ = driver.unlock_on_trust(&customer, &contract).await;
    let _ = driver.open_ticket(&customer, &ticket()).await;
    let _ = driver.tickets(&customer).await;
    let _ = driver.send_bill(&ninety, Channel::Email, None).await;
    let _ = driver.send_bill(&ninety, Channel::Sms, None).await;
    let _ = driver.catalog(Catalog::DueDays, None).await;
    let _ = driver.contract_pdf(&customer, &contract).await;
    let routes = server.routes();
    assert!(routes.len() >= 18, "everything was asked: {routes:?}");
    assert!(!routes.iter().any(|route| route.contains("aceite")), "{routes:?}");
}

#[tokio::test]
async fn a_contract_is_accepted_by_one_call_whatever_its_answer() {
    const ACCEPT: &str = "GET /ws/comercial/contratos/aceite/1283321";
    let (customer, contract) = (maria(), ContractId::from("1283321"));
    let printed = |name: &str| says(fixture(&format!("contratos_aceite.response.{name}.json")));
    for (answer, expected) in [
        (printed("ok"), "done"),
        // it failed inside: whether the contract was changed nobody knows
        (printed("error"), "unknown"),
        (says(r#"{"error":"Contrato inexistente"}"#), "refused"),
        (says("<html>login</html>"), "unknown"),
        (says(""), "unknown"),
        (Reply::Says(503, Vec::new()), "unknown"),
    ] {
        let server = Server::start();
        server.on(ACCEPT, [answer]);
        let told = match driver(&server, "").accept_contract(&customer, &contract).await {
            Ok(Change::Done(_)) => "done",
            Ok(Change::Refused { .. }) => "refused",
            Ok(Change::Unknown { .. }) => "unknown",
            Err(error) => panic!("{error}"),
        };
        assert_eq!((told, server.times(ACCEPT)), (expected, 1));
    }
}
