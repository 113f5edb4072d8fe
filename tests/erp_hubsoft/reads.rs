use jiff::civil::date;
use totem::domain::service::{Catalog, ContactKind};
use totem::domain::{ContractStatus, CustomerId, Factors, Invoice, InvoiceState};
use totem::erp::{Capability, Erp, Error, Support, Words};

use crate::server::{Reply, Server, says};
use crate::{ACCOUNTS, BILLS, CPF, CUSTOMER, ROWS, bill, driver, fixture, tax_id};

const NO_BILLS: &str = r#"{"status":"success","msg":"","faturas":[]}"#;

/// A server that knows one customer, with that code, and these bills.
fn with_bills(code: u32, bills: &str) -> Server {
    let server = Server::start();
    let customer = format!(r#"{{"status":"success","clientes":[{{"codigo_cliente":{code},"cpf_cnpj":"{CPF}"}}]}}"#);
    server.on(CUSTOMER, [says(customer)]).on(BILLS, [says(bills)]);
    server
}

async fn invoices(server: &Server) -> Vec<Invoice> {
    driver(server, "").account(&tax_id(CPF)).await.unwrap().unwrap().invoices
}

#[tokio::test]
async fn the_customer_is_found_by_document_with_services_and_what_the_provider_wants_read() {
    let server = Server::start();
    server.on(CUSTOMER, [says(fixture("cliente_consulta.response.json"))]).on(BILLS, [says(NO_BILLS)]);
    let account = driver(&server, "").account(&tax_id("11144477735")).await.unwrap().unwrap();
    assert_eq!((account.customer.id.0.as_str(), account.customer.name.as_str()), ("421", "CLIENTE TESTE CINCO"));
    let contracts: Vec<_> = account.contracts.iter().map(|c| (c.id.0.as_str(), c.plan.as_str(), &c.status)).collect();
    assert_eq!(contracts, [("11201", "4M", &ContractStatus::Active)]);
    assert!(account.alerts.len() == 2 && account.alerts[0].starts_with("Existe um rompimento"));
    assert_eq!(
        server.routes()[1..],
        [
            format!("{CUSTOMER}?busca=cpf_cnpj&termo_busca=11144477735&limit=100&cancelado=sim"),
            format!(
                "{BILLS}?busca=codigo_cliente&termo_busca=421&limit=50&apenas_pendente=sim\
                 &order_by=data_vencimento&order_type=asc"
            ),
        ]
    );
}

#[tokio::test]
async fn a_document_that_only_begins_alike_is_another_customer() {
    let server = Server::start();
    server.on(CUSTOMER, [says(fixture("cliente_consulta.response.json"))]).on(BILLS, [says(NO_BILLS)]);
    assert_eq!(driver(&server, "").account(&tax_id("12345678909")).await, Ok(None));
    assert_eq!(server.times(BILLS), 0);
}

#[tokio::test]
async fn of_two_customers_with_one_document_the_one_with_a_service_is_served() {
    let server = Server::start();
    let row = |code: u32, status: &str| {
        format!(
            r#"{{"codigo_cliente":{code},"cpf_cnpj":"529.982.247-25","servicos":[{{"id_cliente_servico":{code},"status_prefixo":"{status}"}}]}}"#
        )
    };
    let rows = [row(1, "cancelado"), row(2, "suspenso_debito")].join(",");
    server.on(CUSTOMER, [says(format!(r#"{{"clientes":[{rows}]}}"#))]).on(BILLS, [says(NO_BILLS)]);
    let account = driver(&server, "").account(&tax_id(CPF)).await.unwrap().unwrap();
    assert_eq!(account.customer.id.0, "2");
}

#[tokio::test]
async fn the_linha_of_an_overdue_bill_says_what_is_owed_and_valor_what_it_once_was() {
    let server = with_bills(1162, &fixture("cliente_financeiro.response.json"));
    let invoices = invoices(&server).await;
    let ids: Vec<_> = invoices.iter().map(|invoice| invoice.id.0.as_str()).collect();
    assert_eq!(ids, ["43653"], "paid ones stand among the pending");
    let bill = &invoices[0];
    assert_eq!((bill.number.as_str(), bill.description.as_str()), ("274554", "COBRANÇA DE TESTE VENCIDA"));
    assert_eq!((bill.original.cents(), bill.due), (1000, date(2018, 7, 10)));
    let charge = bill.charge_due(date(2020, 4, 6)).unwrap();
    assert_eq!((charge.principal.cents(), charge.total().cents()), (1000, 1232));
    assert_eq!(bill.charge_due(date(2020, 4, 7)), None, "the linha is past its own date: nobody knows the amount");
}

#[tokio::test]
async fn a_current_server_tells_contract_and_pix_code_of_each_bill() {
    let server = with_bills(4321, &fixture("cliente_financeiro.response.com_pix.json"));
    let invoices = invoices(&server).await;
    let ids: Vec<_> = invoices.iter().map(|i| (i.id.0.as_str(), i.pix.is_some())).collect();
    assert_eq!(ids, [("500101", true), ("500102", false)], "500090 is paid");
    assert_eq!(invoices[0].contracts, ["777".into()]);
    assert_eq!(invoices[1].charge_due(date(2026, 2, 20)).unwrap().total().cents(), 10_323);
}

#[tokio::test]
async fn the_same_bill_may_come_with_a_string_an_iso_date_and_the_vendors_spelling() {
    let body = fixture("financeiro_fatura.response.simplificado.json").replace("\"success\"", "\"suscess\"");
    let server = with_bills(4321, &body);
    let invoices = invoices(&server).await;
    assert_eq!((invoices[0].original.cents(), invoices[0].due), (9990, date(2026, 1, 10)));
    assert_eq!(invoices[0].contracts, ["777".into()]);
    let server = with_bills(4321, &fixture("cliente_financeiro.response.status_typo.json"));
    assert!(self::invoices(&server).await.is_empty());
}

#[tokio::test]
async fn a_bill_that_cannot_be_read_is_left_out_and_the_others_stay() {
    let good = r#"{"id_fatura":1,"valor":10,"data_vencimento":"10/07/2030"}"#;
    let bad = [
        r#"{"id_fatura":2,"valor":"x","data_vencimento":"10/07/2030"}"#,
        r#"{"id_fatura":3,"valor":10,"data_vencimento":null}"#,
        r#"{"valor":10,"data_vencimento":"10/07/2030"}"#,
        r#"{"id_fatura":4,"valor":10,"data_vencimento":"10/07/2030","data_pagamento":"ontem"}"#,
    ];
    let server = with_bills(1, &format!(r#"{{"faturas":[{good},{}]}}"#, bad.join(",")));
    let ids: Vec<String> = invoices(&server).await.into_iter().map(|invoice| invoice.id.0).collect();
    assert_eq!(ids, ["1"]);
}

#[tokio::test]
async fn one_bill_is_open_paid_or_gone() {
    let server = Server::start();
    server.on(BILLS, [says(fixture("cliente_financeiro.response.json"))]);
    let driver = driver(&server, "");
    let InvoiceState::Open(open) = driver.invoice(&bill("43653")).await.unwrap() else { panic!("open") };
    assert_eq!((open.original.cents(), open.boleto.is_some()), (1000, true));
    assert_eq!(driver.invoice(&bill("36403")).await, Ok(InvoiceState::Paid { on: Some(date(2018, 6, 25)) }));
    assert_eq!(driver.invoice(&bill("99")).await, Ok(InvoiceState::Withdrawn));
    assert!(server.routes()[1].contains("apenas_pendente=nao"), "paid ones are looked at too");
    let refused = |why: &str| Err(Error::Refused { operation: "cliente/financeiro", why: why.to_owned() });
    assert_eq!(driver.invoice(&bill("../43653")).await, refused("the bill's id is not a number"));
}

#[tokio::test]
async fn what_is_paid_is_a_statement_newest_first() {
    let server = Server::start();
    server.on(BILLS, [says(fixture("cliente_financeiro.response.json"))]);
    let paid = driver(&server, "").paid_bills(&"1162".into()).await.unwrap();
    let told: Vec<_> = paid.iter().map(|bill| (bill.id.0.as_str(), bill.paid_on, bill.amount.cents())).collect();
    assert_eq!(told, [("36403", Some(date(2018, 6, 25)), 1000), ("36397", Some(date(2017, 7, 31)), 5495)]);
    assert_eq!(
        paid[1].description,
        "Serviço de Comunicação e Multimídia (26/09/2017) até (09/10/2017) - 13 dias (proporcional)"
    );
}

#[tokio::test]
async fn an_unknown_customer_is_nobody_and_no_answer_is_not() {
    let garbled = |why: &str| Err(Error::Garbled { operation: "cliente", why: why.to_owned() });
    let down = |why: &str| Err(Error::Unreachable(why.to_owned()));
    let refused = |why: &str| Err(Error::Refused { operation: "cliente", why: why.to_owned() });
    let denied = |words: &str| Err(Error::Denied { operation: "cliente", status: 200, words: Words::of(words) });
    for (status, body, expected) in [
        (200, r#"{"status":"success","clientes":[]}"#, Ok(None)),
        (200, r#"{"status":"error","msg":"Nenhum cliente encontrado","errors":[]}"#, Ok(None)),
        (200, r#"{"status":"error","msg":"Cliente não encontrado"}"#, Ok(None)),
        (200, r#"{"status":"error","msg":"Parâmetro busca inválido"}"#, denied("Parâmetro busca inválido")),
        (200, r#"{"status":"error","msg":"SQLSTATE","file":"/x.php","line":9}"#, down("it reports an internal error")),
        (200, r#"{"status":"success"}"#, garbled("unexpected JSON at line 1")),
        (200, r#"{"clientes":[{"cpf_cnpj":"52998224725"}]}"#, garbled("no codigo_cliente")),
        (200, "", garbled("it is empty")),
        (200, "<html>login</html>", garbled("it is HTML")),
        (200, r#"{"clientes": [{"cod"#, garbled("it is not JSON")),
        (500, r#"{"message":"Server Error"}"#, down("HTTP 500")),
        (403, "", Err(Error::SignIn("HTTP 403".to_owned()))),
        (404, "<html>", refused("HTTP 404")),
    ] {
        let server = Server::start();
        server.on(CUSTOMER, [Reply::Says(status, body.into())]);
        assert_eq!(driver(&server, "").account(&tax_id(CPF)).await, expected, "{status} {body}");
    }
}

#[tokio::test]
async fn the_second_factor_and_the_contacts_are_those_of_the_customer_asked_for() {
    let server = Server::start();
    server.on(CUSTOMER, [says(fixture("cliente_consulta.response.json").replacen("1969-12-31", "1990-10-18", 1))]);
    let driver = driver(&server, "");
    let told = Factors { birth: Some((18, 10)), phones_last4: vec!["0001".to_owned()] };
    assert_eq!(driver.factors(&"421".into()).await, Ok(told));
    let untold = Factors { birth: None, phones_last4: vec!["0002".to_owned(), "0003".to_owned()] };
    assert_eq!(driver.factors(&"422".into()).await, Ok(untold), "1969-12-31 is nobody's birthday");
    let contacts = driver.contacts(&"421".into()).await.unwrap();
    let shown: Vec<_> = contacts.iter().map(|contact| (contact.kind, contact.value.as_str())).collect();
    assert_eq!(shown, [(ContactKind::Email, "cliente5@example.com"), (ContactKind::Phone, "37900000001")]);
    assert!(driver.factors(&CustomerId::from("7")).await.is_err());
    assert!(server.routes()[1].contains("busca=codigo_cliente&termo_busca=421"));
}

/// The static example of the Banco Central's manual.
const RIGHT_PIX: &str = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";

#[tokio::test]
async fn a_pix_code_that_is_cut_short_is_none() {
    let cut = RIGHT_PIX.trim_end_matches("1D3D");
    let list = fixture("cliente_financeiro.response.com_pix.json");
    let list = list.replace("62070503***63046C1E", "62070503***6304");
    let server = with_bills(4321, &list);
    let invoices = "GET /api/v1/integracao/financeiro/fatura";
    let other = fixture("financeiro_fatura.response.simplificado.json");
    server
        .on(invoices, [says(other.replace(r#""pix_copia_e_cola": null"#, &format!(r#""pix_copia_e_cola": "{cut}""#)))]);
    let driver = driver(&server, "");
    for invoice in ["500101", "500102"] {
        let wanted = totem::domain::BillRef { customer: "4321".into(), invoice: invoice.into() };
        assert_eq!(driver.pix_code(&wanted).await, Ok(None), "{invoice}");
    }
}

#[tokio::test]
async fn a_pix_code_is_found_under_both_spellings() {
    let invoices = "GET /api/v1/integracao/financeiro/fatura";
    let wanted = totem::domain::BillRef { customer: "4321".into(), invoice: "500102".into() };
    let server = with_bills(4321, &fixture("cliente_financeiro.response.com_pix.json"));
    let code = RIGHT_PIX;
    let other = fixture("financeiro_fatura.response.simplificado.json");
    let other = other.replace(r#""pix_copia_e_cola": null"#, &format!(r#""pix_copia_e_cola": "{code}""#));
    server.on(invoices, [says(other)]);
    let driver = driver(&server, "");
    assert_eq!(driver.pix_code(&wanted).await, Ok(Some(code.to_owned())));
    let asked = server.seen_at(invoices).remove(0);
    assert!(asked.contains("data_inicio=2026-01-10&data_fim=2026-01-10&exibir_pix_copia_cola=sim"), "{asked}");
    let in_the_list = totem::domain::BillRef { invoice: "500101".into(), ..wanted.clone() };
    assert!(driver.pix_code(&in_the_list).await.unwrap().unwrap().starts_with("000201"));

    server.on(invoices, [Reply::Says(404, b"<html>".to_vec())]);
    for _ in 0..2 {
        assert_eq!(driver.pix_code(&wanted).await, Ok(None));
    }
    assert_eq!(server.times(invoices), 2, "a list that is not there is not asked for again");
    let without = crate::driver(&server, "pix = false");
    assert_eq!(without.supports(Capability::PixCode), Support::No);
    assert_eq!(without.pix_code(&wanted).await, Err(Error::Unsupported(Capability::PixCode)));
}

#[tokio::test]
async fn a_file_is_a_pdf_from_the_erps_own_house() {
    let refused = |why: &str| Err(Error::Refused { operation: "pdf/fatura", why: why.to_owned() });
    let garbled = |why: &str| Err(Error::Garbled { operation: "pdf/fatura", why: why.to_owned() });
    let server = Server::start();
    let at = |link: &str| says(format!(r#"{{"faturas":[{{"id_fatura":1,"link":{link}}}]}}"#));
    let own = format!("\"{}/pdf/fatura/TXpZ\"", server.base);
    for (link, status, body, expected) in [
        (own.as_str(), 200, "%PDF-1.4", Ok(b"%PDF-1.4".to_vec())),
        (own.as_str(), 200, "<html>", garbled("it is HTML")),
        (own.as_str(), 200, "{}", garbled("unexpected JSON")),
        (own.as_str(), 404, "%PDF-", refused("HTTP 404")),
        ("null", 200, "%PDF-", refused("the ERP has no file of this bill")),
        ("\"http://mal.exemplo/pdf/1\"", 200, "%PDF-", refused("the link leads over plain http to another host")),
        (
            "\"https://mal.exemplo/pdf/1\"",
            200,
            "%PDF-",
            refused("the link leads to another host: name it in link_hosts if it is to be trusted"),
        ),
        (
            "\"http://127.0.0.1:1/pdf/1\"",
            200,
            "%PDF-",
            refused("the link is plain http: say allow_plain_http_links = true to follow it"),
        ),
    ] {
        server.on(BILLS, [at(link)]).on("GET /pdf/fatura/TXpZ", [Reply::Says(status, body.into())]);
        assert_eq!(driver(&server, "").pdf(&bill("1")).await, expected, "{link} {body}");
    }
    for fetched in server.seen_at("GET /pdf/fatura/TXpZ") {
        assert!(!fetched.to_lowercase().contains("authorization"), "the token stays at home: {fetched}");
    }
}

#[tokio::test]
async fn the_look_ups_fill_the_sites_table() {
    let server = Server::start();
    server.on(ACCOUNTS, [says(fixture("configuracao_caixa_financeiro.response.json"))]).on(
        "GET /api/v1/integracao/configuracao/meio_pagamento",
        [says(fixture("configuracao_meio_pagamento.response.json"))],
    );
    let lookups = driver(&server, ROWS).lookups().await.unwrap();
    let keys: Vec<_> = lookups.iter().map(|list| (list.key.clone(), list.entries.len())).collect();
    assert_eq!(keys, [("id_caixa_financeiro".to_owned(), 2), ("meio_pagamento".to_owned(), 6)]);
    assert_eq!((lookups[0].entries[0].id.as_str(), lookups[0].entries[0].name.as_str()), ("7", "CAIXA PIX"));
    assert_eq!(lookups[1].entries[5].id, "totem_matriz");
}

#[tokio::test]
async fn a_server_of_2020_is_known_by_what_it_does_not_have_and_a_silent_one_is_not() {
    let of = |driver: &totem::erp::hubsoft::HubSoft| {
        [Capability::WriteOff, Capability::Lookups, Capability::FiscalNotes].map(|what| driver.supports(what))
    };
    let (yes, no) = ([Support::Yes; 3], [Support::No; 3]);
    let list = || says(fixture("configuracao_caixa_financeiro.response.json"));
    for (reply, told) in [
        (list(), yes),
        (Reply::Says(404, b"<html>".to_vec()), no),
        (Reply::HangsUp, yes),
        (Reply::Says(500, Vec::new()), yes),
        (says("<html>login</html>"), yes),
        (says(r#"{"status":"error","msg":"sem permissão"}"#), yes),
    ] {
        let server = Server::start();
        server.on(ACCOUNTS, [reply]);
        let driver = driver(&server, ROWS);
        assert_eq!(of(&driver), yes, "before anybody asked");
        let _ = driver.discover().await;
        assert_eq!(of(&driver), told);
        server.on(ACCOUNTS, [list()]);
        let _ = driver.discover().await;
        assert_eq!(of(&driver), yes, "the provider has updated its server");
    }
    assert_eq!(driver(&Server::start(), "").supports(Capability::WriteOff), Support::No, "no row, no write-off");
    assert_eq!(driver(&Server::start(), "").supports(Capability::AnnualSettlements), Support::No);
}

#[tokio::test]
async fn fiscal_notes_of_three_lists_come_without_the_cancelled_ones() {
    const NOTES: &str = "GET /api/v1/integracao/cliente/nota_fiscal";
    let server = Server::start();
    let link = format!("{}/nf/3001.pdf", server.base);
    let notes = fixture("cliente_nota_fiscal.response.json");
    let notes = notes.replace("https://api.example.hubsoft.com.br/nf/3001.pdf", &link);
    server
        .on(CUSTOMER, [says(r#"{"clientes":[{"id_cliente":888,"codigo_cliente":1162}]}"#)])
        .on(
            NOTES,
            [says(notes.clone()), says(notes.replace("\"cancelado\": false", "\"cancelado\": true")), says("{}")],
        )
        .on("GET /nf/3001.pdf", [says("%PDF-1.4")]);
    let driver = driver(&server, "");
    let told = driver.fiscal_notes(&"1162".into()).await.unwrap();
    let told: Vec<_> = told.iter().map(|note| (note.id.as_str(), note.number.as_str(), note.has_pdf)).collect();
    assert_eq!(told, [("nfse-106", "1489", false), ("nf-3001", "12", true)]);
    assert_eq!(server.times(NOTES), 3, "sixty days a call");
    assert!(server.seen_at(NOTES)[0].contains("busca=id_cliente&termo_busca=888&data_inicio="));
    server.on(NOTES, [says(notes)]);
    assert_eq!(driver.fiscal_note_pdf(&"1162".into(), "nf-3001").await, Ok(b"%PDF-1.4".to_vec()));
    assert!(driver.fiscal_note_pdf(&"1162".into(), "nfse-106").await.is_err());
    server.on(NOTES, [Reply::Says(404, Vec::new())]);
    let missing = Err(Error::Unsupported(Capability::FiscalNotes));
    assert_eq!(driver.fiscal_notes(&"1162".into()).await, missing);
    assert_eq!(driver.supports(Capability::FiscalNotes), Support::No);
}

#[tokio::test]
async fn the_lists_of_the_forms_are_shown_without_the_offices_marks() {
    let server = Server::start();
    server
        .on(
            "GET /api/v1/integracao/prospecto/create?cep=35560000",
            [says(fixture("prospecto_create.response.planos.json"))],
        )
        .on(
            "GET /api/v1/integracao/configuracao/tipo_atendimento",
            [says(fixture("configuracao_tipo_atendimento.response.json"))],
        )
        .on(
            "GET /api/v1/integracao/configuracao/vencimento",
            [says(
                r#"{"vencimentos":[{"id_vencimento":22,"dia_vencimento":1},{"id_vencimento":9,"dia_vencimento":"ultimo_dia"}]}"#,
            )],
        );
    let driver = driver(&server, "");
    let shown = |list: Vec<totem::domain::service::Named>| {
        list.into_iter().map(|entry| (entry.id, entry.name)).collect::<Vec<_>>()
    };
    let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
    let plans = shown(driver.catalog(Catalog::Products, Some("35560-000")).await.unwrap());
    assert_eq!(plans[1], pair("1308", "PLANO 10 MBPS + IP FIXO"));
    assert_eq!(shown(driver.catalog(Catalog::TicketKinds, None).await.unwrap()), [pair("1", "FINANCEIRO - TOTEM")]);
    assert_eq!(
        shown(driver.catalog(Catalog::DueDays, None).await.unwrap()),
        [pair("22", "dia 1"), pair("9", "último dia do mês")]
    );
    assert!(driver.catalog(Catalog::Products, None).await.is_err(), "the ERP sells by CEP");
    assert_eq!(driver.catalog(Catalog::Resellers, None).await, Err(Error::Unsupported(Capability::Resellers)));
}
