//! The rest of the counter: the functions of document 002 by a definition of the site's own, and the services of the
//! preset `datacake`.

use totem::domain::InvoiceState;
use totem::domain::service::{Catalog, Change, ContactChange, ContactKind, NewTicket, Prospect};
use totem::erp::configured::Configured;
use totem::erp::{Erp, WriteOffOutcome};

use crate::server::{Server, says};
use crate::{Site, bill, body, cpf, driver, fixture, write_off};

/// The functions of document 002, each behind a path of its own.
const AUTOMATION: &str = r#"
name = "Automação (documento 002)"
[needs]
base_url = "o endereço"
[operation.info_cliente]
path = "/cliente/{{ document }}"
read = '{id: .codigo, name: .nome}'
[operation.listar_faturas]
method = "POST"
path = "/faturas"
json = '{"customer_document_number": {{ customer.document }}, "contract_id": ""}'
tells = ["linha_digitavel", "pix"]
read = '''
  def fatura: {id: .remote_id, number: .fatura, due: .vencimento, original: .valor_inicial, updated: (.valor_final | given),
    fine: (.multa | given), interest: (.juros | given), description: .historico, linha: (.linha_digitavel | given),
    pix: (.pix_code | given), identifier: (.identifier | given)};
  list | map(fatura)
'''
[operation.fatura_por_id]
method = "POST"
path = "/fatura"
json = '{"customer_bill_id": {{ bill.id }}, "customer_document_number": {{ customer.document }}}'
none = '. == []'
read = '''one | {id: .remote_id, due: .vencimento, original: .valor_inicial, updated: (.valor_final | given), identifier: (.identifier | given)}'''
[operation.pdf_boleto]
path = "/pdf/{{ bill.id }}"
read = '.base_64'
[operation.baixa_boleto]
method = "POST"
path = "/baixa"
json = '{"transaction": {{ payment.key | uuid }}, "boleto_id": {{ bill.id }}, "customer_document_number": {{ customer.document }}}'
applied = '.success == true'
rejected = 'if .success == false and (.api_response | tostring | test("HTTP 5") | not) then (.api_response | tostring) else null end'
[operation.contatos]
path = "/contatos/{{ customer.document }}"
read = 'map({kind: .type, value: .value})'
[operation.pendencia_interna]
path = "/pendencia/{{ customer.document }}"
read = '.'
[operation.listar_origens]
path = "/origens"
read = 'map({id: .code, name: .description})'
[operation.criar_pedido]
method = "POST"
path = "/pedido"
json = '{"order": {{ prospect.product }}, "message": {{ prospect.note }}}'
done = '(.remote_id | given) != null and .is_issue != true'
refused = '.remote_message // null'
read = '.remote_id'
"#;

async fn automation(server: &Server) -> Configured {
    let values = format!("[values]\nbase_url = \"{}\"\n[[write_off]]\nmethod = \"debit\"\n", server.base);
    let erp = driver(&Site::new().with(AUTOMATION, &values));
    server.on("GET /cliente/52998224725", [says(r#"{"codigo":"81593","nome":"CLIENTE TESTE"}"#)]);
    server.on("POST /faturas", [says(fixture("listar_faturas.sample.response.json"))]);
    let account = erp.account(&cpf()).await.unwrap().unwrap();
    assert_eq!(account.invoices.len(), 2);
    assert_eq!(account.invoices[0].identifier.as_deref(), Some("carteira-1"));
    assert!(account.invoices[1].pix.is_some() && account.invoices[0].boleto.is_some());
    erp
}

#[tokio::test]
async fn the_functions_of_document_002_serve_a_totem() {
    let server = Server::start();
    let erp = automation(&server).await;
    let one = r#"[{"remote_id":"90","vencimento":"2020-03-09","valor_inicial":"315.98","valor_final":"337.05"}]"#;
    server.on("POST /fatura", [says(one), says("[]")]);
    assert!(matches!(erp.invoice(&bill("90")).await, Ok(InvoiceState::Open(_))));
    assert_eq!(erp.invoice(&bill("90")).await, Ok(InvoiceState::Gone));
    server.on("GET /contatos/52998224725", [says(fixture("contatos_cliente.sample.response.json"))]);
    let contacts = erp.contacts(&"81593".into()).await.unwrap();
    assert_eq!((contacts[0].kind, contacts[1].kind), (ContactKind::Email, ContactKind::Phone));
    server.on("GET /pendencia/52998224725", [says("[\"mensagem de pendencia interna\"]"), says("[]")]);
    assert_eq!(erp.pendency(&"81593".into()).await, Ok(vec!["mensagem de pendencia interna".to_owned()]));
    assert_eq!(erp.pendency(&"81593".into()).await, Ok(vec![]));
    server.on("GET /origens", [says(r#"[{"code":1,"description":"Loja"}]"#)]);
    assert_eq!(erp.catalog(Catalog::Origins, None).await.unwrap()[0].name, "Loja");
    server.on(
        "POST /pedido",
        [says(r#"{"remote_id":"7","is_issue":false}"#), says(r#"{"remote_id":"","remote_message":"sem cobertura"}"#)],
    );
    let prospect = Prospect { product: Some("1".to_owned()), note: "diz \"sim\"".to_owned(), ..Prospect::default() };
    assert_eq!(erp.order(None, &prospect).await, Ok(Change::Done(Some("7".to_owned()))));
    assert_eq!(body(&server, "POST /pedido"), r#"{"order": "1", "message": "diz \"sim\""}"#);
    assert_eq!(erp.order(None, &prospect).await, Ok(Change::Refused { why: "sem cobertura".to_owned() }));
}

#[tokio::test]
async fn the_write_off_of_document_002_is_done_by_success_and_a_failure_of_the_server_behind_it_is_unknown() {
    let server = Server::start();
    let erp = automation(&server).await;
    let answers =
        ["success", "failure"].map(|case| says(fixture(&format!("baixa_boleto.sample.response.{case}.json"))));
    server.on("POST /baixa", answers.into_iter().chain([says(r#"{"success":false,"api_response":"caixa fechado"}"#)]));
    assert_eq!(erp.write_off(&write_off()).await, Ok(WriteOffOutcome::Applied));
    assert!(matches!(erp.write_off(&write_off()).await, Ok(WriteOffOutcome::Unknown { .. })));
    assert_eq!(erp.write_off(&write_off()).await, Ok(WriteOffOutcome::Rejected { why: "caixa fechado".to_owned() }));
}

#[tokio::test]
async fn a_write_off_that_needs_a_forgotten_cpf_is_not_sent() {
    let server = Server::start();
    let values = format!("[values]\nbase_url = \"{}\"\n[[write_off]]\nmethod = \"debit\"\n", server.base);
    let erp = driver(&Site::new().with(AUTOMATION, &values));
    assert!(erp.write_off(&write_off()).await.unwrap_err().to_string().contains("comes back"));
    assert_eq!(server.routes(), Vec::<String>::new());
}

const DATACAKE: &str = r#"
preset = "datacake"
[values]
base_url = "BASE"
token = SECRET
path_info_cliente = "/cliente"
path_listar_faturas = "/faturas"
path_notas = "/notas"
path_quitacao = "/quitacao"
path_desbloqueio = "/habilitacao"
path_atendimento = "/atendimento"
path_editar_cliente = "/editar"
path_prospecto = "/prospecto"
path_lead = "/lead"
path_produtos = "/produtos"
[override.operation.listar_notas_fiscais]
place = "json"
"#;

async fn datacake(server: &Server) -> Configured {
    let erp = driver(&Site::new().settings(&DATACAKE.replace("BASE", &server.base)));
    server.on("GET /cliente?cnpj_cpf=52998224725", [says(fixture("cliente_info.sample.response.json"))]);
    server.on("GET /faturas?document=52998224725", [says("{ [ ] }")]);
    assert!(erp.account(&cpf()).await.unwrap().unwrap().invoices.is_empty());
    erp
}

#[tokio::test]
async fn the_services_of_document_003_are_asked_in_its_words() {
    let server = Server::start();
    let erp = datacake(&server).await;
    let customer = "81593".into();
    let link = format!("{}/nota.pdf", server.base);
    let notes = format!(
        r#"{{ [ {{"id_nota":"5","numero_nota":"77","valor":"99,90","data_lancamento":"01/07/2026","url_nota_fiscal":"{link}"}} ] }}"#
    );
    server.on("GET /notas", [says(notes)]);
    server.on("GET /nota.pdf", [says("%PDF-1.4 nota")]);
    let notes = erp.fiscal_notes(&customer).await.unwrap();
    assert_eq!((notes[0].number.as_str(), notes[0].has_pdf), ("77", true));
    assert_eq!(body(&server, "GET /notas"), r#"{"document":"52998224725","id_cliente":"81593"}"#, "a GET with a body");
    assert_eq!(erp.fiscal_note_pdf(&customer, "5").await.unwrap(), b"%PDF-1.4 nota");
    assert!(erp.fiscal_note_pdf(&customer, "6").await.is_err());
    server.on(
        "GET /quitacao?document=52998224725&id_cliente=81593",
        [says(r#"{"x":[{"id_quitacao":"1","ano":"2025","url_arquivo":""}]}"#)],
    );
    let settled = erp.annual_settlements(&customer).await.unwrap();
    assert_eq!((settled[0].year, settled[0].has_pdf), (2025, false));
    server.on(
        "POST /habilitacao",
        [says(fixture("habilitacao_provisoria.sample.response.json")), says(r#"{"status":"talvez"}"#)],
    );
    assert!(matches!(erp.unlock_on_trust(&customer, &"1283299".into()).await, Ok(Change::Done(_))));
    assert!(matches!(erp.unlock_on_trust(&customer, &"1283299".into()).await, Ok(Change::Unknown { .. })));
    server.on("POST /atendimento", [says(r#"{"id_atendiemnto":"2026","obs":""}"#)]);
    let ticket = NewTicket {
        contract: "1283299".into(),
        kind: None,
        subject: "Lento".to_owned(),
        text: "\"x\"".to_owned(),
        name: "MARIA".to_owned(),
        phone: String::new(),
    };
    assert_eq!(erp.open_ticket(&customer, &ticket).await, Ok(Change::Done("2026".to_owned())));
    assert_eq!(
        body(&server, "POST /atendimento"),
        r#"{"assunto":"Lento","id_cliente":"81593","id_servico":"1283299","mensagem":"\"x\""}"#
    );
    server.on("PUT /editar", [says(r#"{"status":"ok"}"#)]);
    let change = ContactChange { phone: None, email: Some("maria@example.com".to_owned()) };
    assert_eq!(erp.change_contacts(&customer, &change).await, Ok(Change::Done(())));
    assert_eq!(body(&server, "PUT /editar"), r#"{"email":"maria@example.com","id_cliente":"81593"}"#);
    server.on("POST /prospecto", [says(r#"{"id_prospecto":"9","obs":""}"#)]);
    let prospect = Prospect {
        name: "MARIA".to_owned(),
        tax_id: "52998224725".to_owned(),
        product: Some("1".to_owned()),
        ..Prospect::default()
    };
    assert_eq!(erp.register_prospect(&prospect).await, Ok(Change::Done(Some("9".to_owned()))));
    let sent: serde_json::Value = serde_json::from_str(&body(&server, "POST /prospecto")).unwrap();
    assert_eq!((&sent["tipo_pessoa"], &sent["servicos"][0]["id_servico"]), (&"F".into(), &"1".into()));
    server.on("POST /lead", [says(r#"{"obs":"sem id"}"#)]);
    assert!(matches!(erp.register_lead(&prospect).await, Ok(Change::Unknown { .. })));
    server.on(
        "GET /produtos",
        [says(r#"[{"id_servico":"1","nome":"FIBRA","descricao":"com TV","valor":"99.90"},{"nome":"sem id"}]"#)],
    );
    assert_eq!(erp.catalog(Catalog::Products, None).await.unwrap().len(), 1);
    let offers = erp.offers(None).await.unwrap();
    let [fibra] = offers.as_slice() else { panic!("{offers:?}") };
    assert_eq!((fibra.price, fibra.about.as_str()), (Some(totem::domain::Money::from_cents(9_990)), "com TV"));
    let joins = erp.joins().unwrap();
    assert!(joins.address && joins.city && joins.birth && joins.product, "{joins:?}");
    assert!(!joins.due_day, "the site gives no path of a list to choose a day from");
}
