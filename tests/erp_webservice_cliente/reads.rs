use jiff::civil::date;
use totem::domain::{ContractStatus, CustomerId, Factors, Invoice, InvoiceState, Money};
use totem::erp::{Capability, Erp, Error, Support, Words};

use crate::server::{Reply, Server, says};
use crate::{CPF, bill, cpf, driver, fixture, settings};

const CUSTOMER: &str = "POST /ws/comercial/cliente/dados";
const CUSTOMER_BY_ID: &str = "GET /ws/comercial/cliente/81593/dados";
const PERSON: &str = "GET /ws/area/cliente/81593";
const ALL: &str = "GET /ws/financeiro/faturas/52998224725/todas";
const LINHA: &str = "GET /ws/financeiro/fatura/aberta/90/linha_digitavel";
const PIX: &str = "POST /ws/financeiro/pix/buscar";
const PDF: &str = "GET /ws/financeiro/fatura/90/imprimir";

/// What #4 says of the customer whose CPF the tests use.
fn person() -> String {
    fixture("area_cliente_info.response.json").replace("12345678900", CPF)
}

fn cents(amount: Option<Money>) -> Option<u64> {
    amount.map(Money::cents)
}

async fn invoices(server: &Server) -> Vec<Invoice> {
    driver(server, "").account(&cpf()).await.unwrap().unwrap().invoices
}

#[tokio::test]
async fn a_customer_comes_with_contracts_and_open_bills() {
    let server = Server::start();
    server
        .on(CUSTOMER, [says(fixture("cliente_dados_por_cpf.completed.response.json"))])
        .on(ALL, [says(fixture("faturas_todas.response.json"))]);
    let account = driver(&server, "").account(&cpf()).await.unwrap().unwrap();
    assert_eq!(account.customer.id.0, "81593");
    assert_eq!(account.customer.name, "CLIENTE TESTE");
    assert_eq!(account.customer.tax_id, cpf());
    let contracts: Vec<_> = account.contracts.iter().map(|c| (c.id.0.as_str(), c.plan.as_str(), &c.status)).collect();
    assert_eq!(
        contracts,
        [
            ("1283299", "FIBRA RES 10MBPS FRANQUIA 360GB", &ContractStatus::Active),
            ("1283303", "LOCACAO DE EQUIPAMENTOS", &ContractStatus::OnTrust),
        ]
    );
    let [invoice] = account.invoices.as_slice() else { panic!("{:?}", account.invoices) };
    assert_eq!((invoice.id.0.as_str(), invoice.number.as_str()), ("90", "0320283295"));
    assert_eq!(invoice.description, "FIBRA RES 10MBPS FRANQUIA 360GB + LOCACAO DE EQUIPAMENTOS");
    assert_eq!(invoice.original.cents(), 31_598);
    assert_eq!(invoice.due, date(2021, 3, 9));
    assert!(!invoice.direct_debit);
}

#[tokio::test]
async fn charges_that_the_customers_own_list_gives_as_zero_come_from_the_list_of_all_bills() {
    let server = Server::start();
    server
        .on(CUSTOMER, [says(fixture("cliente_dados_por_cpf.completed.response.json"))])
        .on(ALL, [says(fixture("faturas_todas.response.json"))]);
    let invoice = invoices(&server).await.remove(0);
    assert_eq!((cents(invoice.fine), cents(invoice.interest)), (Some(632), Some(1475)));
    assert_eq!(invoice.charge_due(date(2026, 11, 22)).unwrap().total().cents(), 31_598 + 632 + 1475);
}

#[tokio::test]
async fn a_row_cut_short_is_completed_and_one_that_stays_unknown_is_left_out() {
    let server = Server::start();
    server
        .on(CUSTOMER, [says(fixture("cliente_dados_por_cpf.response.json"))])
        .on(ALL, [says(fixture("faturas_todas.response.json"))]);
    let invoice = invoices(&server).await.remove(0);
    assert_eq!((invoice.due, invoice.original.cents()), (date(2020, 3, 9), 31_598));
    server.on(ALL, [Reply::Says(404, Vec::new())]);
    assert!(invoices(&server).await.is_empty(), "nobody is asked to pay an amount that is not known");
}

#[tokio::test]
async fn a_bill_that_is_not_overdue_needs_no_second_question() {
    let server = Server::start();
    let future = fixture("cliente_dados_por_cpf.completed.response.json").replace("2021-03-09", "2921-03-09");
    server.on(CUSTOMER, [says(future)]);
    let invoice = invoices(&server).await.remove(0);
    assert_eq!(invoice.charge_due(date(2026, 11, 22)).unwrap().total().cents(), 31_598);
    assert_eq!(server.routes(), ["GET /ws/auth/token/gerar", CUSTOMER]);
}

#[tokio::test]
async fn an_overdue_bill_whose_charges_nobody_tells_has_no_amount() {
    let server = Server::start();
    let row = r#"{"IDFatura":"90","Valor":"75,00","VencimentoFormatado":"09/03/2020","nroBoleto":35}"#;
    server.on(CUSTOMER, [says(format!(r#"{{"IDCliente":"81593","Faturas":[{row}]}}"#))]);
    server.on(ALL, [says(r#"{"ClienteEncontrato":true,"Faturas":[]}"#)]);
    let invoice = invoices(&server).await.remove(0);
    assert_eq!((invoice.number.as_str(), invoice.original.cents()), ("35", 7500));
    assert_eq!(invoice.charge_due(date(2026, 11, 22)), None);
}

#[tokio::test]
async fn the_same_bill_is_read_from_every_list_that_writes_it_otherwise() {
    let wrapped = |rows: &str| format!(r#"{{"ClienteEncontrato":true,"IDCliente":1,"Faturas":{rows}}}"#);
    let rows_of = |name: &str, key: &str| {
        let whole: serde_json::Value = serde_json::from_str(&fixture(name)).unwrap();
        wrapped(&if key.is_empty() { whole.to_string() } else { whole[key].to_string() })
    };
    for (body, expected) in [
        (
            rows_of("faturas_abertas_por_cliente.response.json", ""),
            vec![("89", "89", 11_240), ("8", "8", 10_990), ("9", "9", 10_990)],
        ),
        (rows_of("faturas_cliente_por_usuario.response.json", "Faturas"), vec![("8768696", "8768696", 12_500)]),
        (
            rows_of("app_logar_completo.response.json", "faturas"),
            vec![("25", "0008177049", 9000), ("26", "0008177048", 15_000)],
        ),
        (rows_of("contrato_dados.response.json", "Faturas"), vec![("90", "0320283295", 31_598)]),
        (
            rows_of("faturas_todas.response.json", "Faturas"),
            vec![("90", "0320283295", 31_598), ("1224", "0820283350", 7500)],
        ),
        (wrapped(r#"{"IDFatura":7,"Valor":1.0,"Vencimento":"2020-01-01"}"#), vec![("7", "7", 100)]),
        (wrapped("null"), vec![]),
    ] {
        let server = Server::start();
        server.on(CUSTOMER, [says(body.clone())]);
        let invoices = invoices(&server).await;
        let told: Vec<_> = invoices.iter().map(|i| (i.id.0.as_str(), i.number.as_str(), i.original.cents())).collect();
        assert_eq!(told, expected, "{body}");
        assert!(invoices.iter().all(|invoice| !invoice.direct_debit), "\"FALSE\" is no direct debit");
    }
}

#[tokio::test]
async fn a_customer_the_erp_does_not_know_is_nobody() {
    for body in [
        r#"{"ClienteEncontrato":false}"#,
        r#"{"ClienteEncontrado":"false","Faturas":[]}"#,
        r#"{"error":"Cliente não encontrado"}"#,
        r#"{"erro":"Cliente nao encontrato."}"#,
        r#"{"error":"Nao foi possivel encontrar um cliente com esses dados de acesso"}"#,
    ] {
        let server = Server::start();
        server.on(CUSTOMER, [says(body)]);
        assert_eq!(driver(&server, "").account(&cpf()).await, Ok(None), "{body}");
    }
}

#[tokio::test]
async fn an_answer_that_is_none_is_told_apart_from_an_unknown_customer() {
    let garbled = |why: &str| Error::Garbled { operation: "cliente/dados", why: why.to_owned() };
    let refused = |why: &str| Error::Refused { operation: "cliente/dados", why: why.to_owned() };
    let down = |why: &str| Error::Unreachable(why.to_owned());
    for (status, body, expected) in [
        (200, "", garbled("it is empty")),
        (200, "<html>login</html>", garbled("it is HTML")),
        (200, "{\"ClienteEncontrato\": tru", garbled("it is not JSON")),
        (200, &fixture("alterar_perfil.response.success.invalid.txt"), garbled("it is not JSON")),
        (200, "{}", garbled("no IDCliente")),
        (200, r#"{"IDCliente":1,"ExisteFaturaSemPagamento":true}"#, garbled("open bills, and no list of them")),
        (200, r#"{"IDCliente":1,"Faturas":"nenhuma"}"#, garbled("unexpected JSON at line 1")),
        (200, "\"FALHA\"", Error::Denied { operation: "cliente/dados", status: 200, words: Words::of("FALHA") }),
        (404, "<html>", refused("HTTP 404")),
        (406, "", refused("HTTP 406")),
        (200, r#"{"error":"INTERNAL_SERVER_ERROR"}"#, down("it reports an internal error")),
        (200, "\"INTERNAL_SERVER_ERROR\"", down("it reports an internal error")),
        (500, "<html>", down("HTTP 500")),
        (403, "", Error::SignIn("HTTP 403".to_owned())),
    ] {
        let server = Server::start();
        server.on(CUSTOMER, [Reply::Says(status, body.into())]);
        assert_eq!(driver(&server, "").account(&cpf()).await, Err(expected), "{status} {body}");
    }
}

#[tokio::test]
async fn a_customer_with_two_hundred_bills_gets_them_all() {
    let server = Server::start();
    let row = |id: u32| format!(r#"{{"IDFatura":{id},"Valor":99.9,"Vencimento":"2020-01-10"}}"#);
    let charged = |id: u32| format!(r#"{{"IDFatura":{id},"ValorMulta":1.998,"ValorJuros":0.333}}"#);
    let list = |row: &dyn Fn(u32) -> String| (1..=200).map(row).collect::<Vec<_>>().join(",");
    server.on(CUSTOMER, [says(format!(r#"{{"IDCliente":1,"Faturas":[{}]}}"#, list(&row)))]);
    server.on(ALL, [says(format!(r#"{{"ClienteEncontrato":true,"Faturas":[{}]}}"#, list(&charged)))]);
    let invoices = invoices(&server).await;
    assert_eq!(invoices.len(), 200);
    assert!(invoices.iter().all(|i| (cents(i.fine), cents(i.interest)) == (Some(200), Some(33))));
}

#[tokio::test]
async fn one_bill_is_open_paid_or_gone() {
    let paid = r#"{"DataPagamento":"2020-07-08","IDFatura":"91","Valor":75.0,"Vencimento":"2020-12-08"}"#;
    let all = fixture("faturas_todas.response.json").replacen("\"Faturas\": [", &format!("\"Faturas\": [{paid},"), 1);
    let server = Server::start();
    server.on(PERSON, [says(person())]).on(ALL, [says(all)]);
    let driver = driver(&server, "");
    let InvoiceState::Open(open) = driver.invoice(&bill("90")).await.unwrap() else { panic!("open") };
    assert_eq!((cents(open.fine), cents(open.interest), open.original.cents()), (Some(632), Some(1475), 31_598));
    assert_eq!(driver.invoice(&bill("91")).await, Ok(InvoiceState::Paid { on: Some(date(2020, 7, 8)) }));
    assert_eq!(driver.invoice(&bill("92")).await, Ok(InvoiceState::Withdrawn));
    assert_eq!(server.routes()[1..3], [PERSON.to_owned(), ALL.to_owned()]);
}

#[tokio::test]
async fn a_list_that_cannot_be_trusted_says_nothing_about_a_bill() {
    let why = |why: &str| Err(Error::Garbled { operation: "faturas/todas", why: why.to_owned() });
    let row = |more: &str| format!(r#"{{"IDFatura":90,"Valor":75.0,"Vencimento":"2020-12-08"{more}}}"#);
    let (open, paid) = (row(""), row(r#","DataPagamento":"08-07-2020""#));
    for (body, expected) in [
        (r#"{"ClienteEncontrato":true}"#.to_owned(), why("no list of bills")),
        (
            r#"{"ClienteEncontrato":false,"Faturas":[]}"#.to_owned(),
            why("it does not know a customer that it has just told of"),
        ),
        (format!(r#"{{"Faturas":[{open},{paid}]}}"#), why("the bill stands there both open and paid")),
        (format!(r#"{{"Faturas":[{}]}}"#, row(r#","DataPagamento":"ontem""#)), why("DataPagamento")),
        (r#"{"Faturas":[{"IDFatura":90,"Valor":"x","Vencimento":"2020-12-08"}]}"#.to_owned(), why("Valor")),
        (format!(r#"{{"Faturas":[{}]}}"#, row(r#","DataPagamento":null"#)), Ok("open")),
        (format!(r#"{{"Faturas":[{paid}]}}"#), Ok("paid")),
    ] {
        let server = Server::start();
        server.on(PERSON, [says(person())]).on(ALL, [says(body.clone())]);
        let told = driver(&server, "").invoice(&bill("90")).await.map(|state| match state {
            InvoiceState::Open(_) => "open",
            InvoiceState::Paid { .. } => "paid",
            InvoiceState::Gone => "gone",
            InvoiceState::Withdrawn => "withdrawn",
        });
        assert_eq!(told, expected, "{body}");
    }
}

#[tokio::test]
async fn a_company_whose_document_the_erp_does_not_tell_is_asked_for_by_its_id() {
    let server = Server::start();
    server
        .on(PERSON, [says(r#"{"data":{"nome":"EMPRESA","cpf":null},"status":"OK"}"#)])
        .on(CUSTOMER_BY_ID, [says(fixture("cliente_dados_por_cpf.completed.response.json"))]);
    let driver = driver(&server, "");
    assert!(matches!(driver.invoice(&bill("90")).await, Ok(InvoiceState::Open(_))));
    assert_eq!(driver.invoice(&bill("91")).await, Ok(InvoiceState::Gone), "this list has only open ones");
}

#[tokio::test]
async fn the_second_factor_is_a_birthday_of_the_zone_or_the_end_of_a_phone() {
    let server = Server::start();
    let person = fixture("area_cliente_info.response.json");
    let summer = person.replace("656218800000", "599623200000").replace("9999999999", "3133331234");
    server.on(PERSON, [says(person), says(summer)]);
    let driver = driver(&server, "");
    let customer = CustomerId::from("81593");
    let untold = Factors { birth: Some((18, 10)), phones_last4: Vec::new() };
    assert_eq!(driver.factors(&customer).await, Ok(untold), "9999999999 is no phone");
    let told = Factors { birth: Some((1, 1)), phones_last4: vec!["1234".to_owned()] };
    assert_eq!(driver.factors(&customer).await, Ok(told));
}

#[tokio::test]
async fn a_linha_with_right_check_digits_is_a_boleto() {
    let line = "03399.31479 64900.000239 56580.201012 8 71550000018170";
    let digits: String = line.chars().filter(char::is_ascii_digit).collect();
    let wrong = digits.replacen("03399", "03398", 1);
    for (body, expected) in [
        (format!("\"{line}\""), true),
        (digits.clone(), true),
        (fixture("fatura_linha_digitavel.response.json"), true),
        (fixture("fatura_aberta_linha_digitavel.response.failure.json"), false),
        ("FALHA".to_owned(), false),
        (format!("\"{wrong}\""), false),
        ("\"nada\"".to_owned(), false),
    ] {
        let server = Server::start();
        server.on(LINHA, [says(body.clone())]);
        let boleto = driver(&server, "").boleto(&bill("90")).await.unwrap();
        assert_eq!(boleto.map(|boleto| boleto.line()), expected.then(|| digits.clone()), "{body}");
    }
}

#[tokio::test]
async fn a_pix_code_is_found_wherever_the_answer_keeps_it() {
    let code = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";
    let cut = code.trim_end_matches("1D3D");
    for (body, expected) in [
        (format!(r#"{{"resposta":"{code}"}}"#), Ok(Some(code.to_owned()))),
        (format!(r#"{{"resposta":{{"id":1,"imagem":"iVBOR","copiaECola":"{code}"}}}}"#), Ok(Some(code.to_owned()))),
        (format!(r#"{{"resposta":[{{"emv":"{code}"}}]}}"#), Ok(Some(code.to_owned()))),
        (format!("\"{code}\""), Ok(Some(code.to_owned()))),
        (format!(r#"{{"resposta":"{cut}"}}"#), Ok(None)),
        (r#"{"resposta":{"id":1}}"#.to_owned(), Ok(None)),
        ("\"FALHA\"".to_owned(), Ok(None)),
        (
            r#"{"error":"sem pix"}"#.to_owned(),
            Err(Error::Denied { operation: "pix/buscar", status: 200, words: Words::of("sem pix") }),
        ),
    ] {
        let server = Server::start();
        server.on(PERSON, [says(person())]).on(PIX, [says(body.clone())]);
        assert_eq!(driver(&server, "pix = true").pix_code(&bill("90")).await, expected, "{body}");
        let asked = server.seen_at(PIX).remove(0);
        let wanted = r#"{"idFatura":90,"idCliente":81593,"nomeCliente":"TESTE TESTE","documentoCliente":"52998224725","tipoDocumentoCliente":"CPF"}"#;
        assert_eq!(asked.split("\r\n\r\n").nth(1), Some(wanted));
    }
}

#[tokio::test]
async fn a_pdf_is_a_pdf_or_an_error() {
    let garbled = |why: &str| Err(Error::Garbled { operation: "fatura/imprimir", why: why.to_owned() });
    for (status, body, expected) in [
        (200, "%PDF-1.4 \u{0}", Ok(b"%PDF-1.4 \0".to_vec())),
        (200, "<html>", garbled("it is HTML")),
        (200, "", garbled("it is empty")),
        (200, "{}", garbled("it is not a PDF")),
        (200, "\"FALHA\"", Err(Error::Denied { operation: "fatura/imprimir", status: 200, words: Words::of("FALHA") })),
        (404, "%PDF-", Err(Error::Refused { operation: "fatura/imprimir", why: "HTTP 404".to_owned() })),
    ] {
        let server = Server::start();
        server.on(PDF, [Reply::Says(status, body.into())]);
        assert_eq!(driver(&server, "").pdf(&bill("90")).await, expected, "{body}");
    }
}

#[tokio::test]
async fn the_menu_knows_what_this_erp_can_do() {
    let of = |more: &str| {
        let driver = totem::erp::webservice_cliente::connect(settings("https://erp.invalid", more)).unwrap();
        [Capability::Account, Capability::Pdf, Capability::PixCode, Capability::WriteOff]
            .map(|what| driver.supports(what))
    };
    assert_eq!(of(""), [Support::Yes, Support::Yes, Support::No, Support::No]);
    assert_eq!(
        of(&format!("pix = true\n{}", crate::ROWS)),
        [Support::Yes, Support::Yes, Support::Unverified, Support::Yes]
    );
    let without = driver(&Server::start(), "");
    assert_eq!(without.pix_code(&bill("90")).await, Err(Error::Unsupported(Capability::PixCode)));
}

#[tokio::test]
async fn an_id_that_this_erp_never_gave_is_not_put_into_a_path() {
    let server = Server::start();
    let driver = driver(&server, "");
    let why = "the bill's id is not a number".to_owned();
    assert_eq!(
        driver.boleto(&bill("../90")).await,
        Err(Error::Refused { operation: "fatura/aberta/linha_digitavel", why })
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_document_goes_out_as_the_document_prints_it() {
    let server = Server::start();
    server.on(CUSTOMER, [says(r#"{"ClienteEncontrato":false}"#)]);
    driver(&server, "").account(&cpf()).await.unwrap();
    let token = token();
    assert_eq!(
        server.seen(),
        [
            format!(
                "GET /ws/auth/token/gerar HTTP/1.1\r\nauthorization: Basic dG90ZW06czNuaGE=\r\naccept: */*\r\nhost: 127.0.0.1:{}\r\n\r\n",
                server.port()
            ),
            format!(
                "{CUSTOMER} HTTP/1.1\r\nauthorization: Basic dG90ZW06czNuaGE=\r\ntoken: {token}\r\ncontent-type: application/json\r\naccept: */*\r\nhost: 127.0.0.1:{}\r\ncontent-length: 25\r\n\r\n{{\"cpfcnpj\":\"52998224725\"}}",
                server.port()
            ),
        ]
    );
}

fn token() -> String {
    let given: serde_json::Value = serde_json::from_str(&fixture("auth_token_gerar.response.json")).unwrap();
    given["token"].as_str().unwrap().to_owned()
}
