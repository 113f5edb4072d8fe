//! What no definition moves: nothing is read out of an empty answer, nobody is guessed, what is under way is asked after.

use totem::domain::InvoiceState;
use totem::domain::service::{Change, ContactKind, NewTicket, Prospect};
use totem::erp::{Capability, Erp, Error, Place, Support, WriteOffOutcome};

use crate::calls::{DEBIT, with_rows};
use crate::server::{Reply, Server, says};
use crate::standin::StandIn;
use crate::{Site, bill, cpf, driver, write_off};

const WHO: &str = "GET /cliente/52998224725";
const BILLS: &str = "GET /faturas?cliente=81593";

#[tokio::test]
async fn an_empty_2xx_is_neither_nobody_nor_nothing_owed_whatever_the_definition_says() {
    let greedy =
        "[override.operation.info_cliente]\nnone = 'true'\n[override.operation.listar_faturas]\nnone = '. == null'\n";
    for empty in [Reply::Says(200, Vec::new()), Reply::Says(204, Vec::new()), says("null"), says("  \n")] {
        let server = Server::start();
        server.on(WHO, [empty.clone()]);
        let erp = with_rows(&server, "", greedy);
        assert!(matches!(erp.account(&cpf()).await, Err(Error::Garbled { .. })), "nobody");
        let server = Server::start();
        server.on(WHO, [says(r#"{"id":81593,"nome":"MARIA"}"#)]).on(BILLS, [empty]);
        let erp = with_rows(&server, "", "[override.operation.listar_faturas]\nnone = '. == null'\n");
        assert!(matches!(erp.account(&cpf()).await, Err(Error::Garbled { .. })), "nothing owed");
    }
    let server = Server::start();
    server.on(WHO, [Reply::Says(404, Vec::new())]);
    assert_eq!(with_rows(&server, "", greedy).account(&cpf()).await, Ok(None), "an empty 404 says it by its number");
}

#[tokio::test]
async fn of_several_customers_of_one_cpf_nobody_is_served_and_a_stranger_is_none() {
    let list = "[override.operation.info_cliente]\nread = 'every | map({id: .id, name: .nome, document: .doc})'\n";
    let ours = r#"{"id":81593,"nome":"MARIA","doc":"529.982.247-25"}"#;
    let stranger = r#"{"id":7,"nome":"OUTRO","doc":"111.444.777-35"}"#;
    let twin = r#"{"id":81594,"nome":"MARIA","doc":"529.982.247-25"}"#;
    let told = |rows: &[&str]| {
        let server = Server::start();
        server.on(WHO, [says(format!("[{}]", rows.join(",")))]).on(BILLS, [says("[]")]);
        let erp = with_rows(&server, "", list);
        async move { (erp.account(&cpf()).await, server) }
    };
    let (found, _server) = told(&[stranger, ours, ours]).await;
    assert_eq!(found.unwrap().unwrap().customer.id.0, "81593");
    let (found, server) = told(&[ours, twin]).await;
    let Err(Error::Refused { why, .. }) = found else { panic!("{found:?}") };
    assert!(why.starts_with("2 customers") && !why.contains("MARIA"), "{why}");
    assert_eq!(server.times(BILLS), 0, "nobody's bills were asked for");
    let (found, _server) = told(&[stranger]).await;
    assert!(matches!(found, Err(Error::Garbled { .. })), "an ERP that ignores the filter: {found:?}");
    assert_eq!(told(&[]).await.0, Ok(None));
}

const ACCEPTED: &str = r#"
[operation.baixa_boleto]
method = "POST"
path = "/baixa"
pending = '.aceita'
rejected = '.erro // null'
[[operation.baixa_boleto.then]]
name = "consulta"
path = "/consulta"
asked_at_most = 4
applied = '.estado == "feita"'
pending = '.estado == "na fila"'
rejected = 'if .estado == "erro" then .mensagem else null end'
"#;

#[tokio::test]
async fn what_was_only_taken_in_is_asked_after_for_a_while_and_sent_once() {
    let queued = || says(r#"{"estado":"na fila"}"#);
    let done = || says(r#"{"estado":"feita"}"#);
    let error = || says(r#"{"estado":"erro","mensagem":"conta encerrada"}"#);
    for (answers, expected, asked) in [
        (vec![done()], "Applied", 1),
        (vec![queued(), queued(), done()], "Applied", 3),
        (vec![queued(), error()], "Rejected", 2),
        (vec![queued(), says(r#"{"estado":"?"}"#)], "Unknown", 2),
        (vec![queued(), Reply::Says(200, Vec::new())], "Unknown", 2),
        (vec![queued()], "Unknown", 4),
    ] {
        let server = Server::start();
        server.on("POST /baixa", [says(r#"{"aceita":true}"#)]).on("GET /consulta", answers);
        let erp = with_rows(&server, ACCEPTED, DEBIT);
        let outcome = format!("{:?}", erp.write_off(&write_off()).await.unwrap());
        assert!(outcome.starts_with(expected), "{outcome}, not {expected}");
        assert_eq!((server.times("POST /baixa"), server.times("GET /consulta")), (1, asked), "{outcome}");
    }
}

#[tokio::test]
async fn a_bill_that_is_in_no_list_was_taken_back_where_paid_ones_are_told_and_is_only_gone_where_not() {
    let by_id = "[operation.fatura_por_id]\npath = \"/fatura/{{ bill.id }}\"\nnone = '. == {}'\nread = '{id: .id}'\n";
    let tells = format!("{by_id}tells = [\"paid\"]\n");
    for (definition, expected) in [(by_id, InvoiceState::Gone), (tells.as_str(), InvoiceState::Withdrawn)] {
        let server = Server::start();
        server.on("GET /fatura/90", [says("{}")]);
        assert_eq!(with_rows(&server, definition, "").invoice(&bill("90")).await, Ok(expected));
    }
}

const LISTS: &str = r#"
[row_needs]
conta = { is = "a conta", default = "" }
[operation.listar_contas]
path = "/contas"
fills = "conta"
read = 'map({id: .c, name: .n})'
[operation.listar_departamentos]
path = "/setores"
fills = "setor"
read = 'map({id: .c, name: .n})'
[operation.listar_origens]
path = "/origens"
read = 'map({id: .c, name: .n})'
"#;

#[tokio::test]
async fn the_lists_of_a_told_erp_say_which_key_takes_one_of_their_ids() {
    let needs = "setor = { is = \"o setor\", optional = true }\n";
    let definition = crate::calls::BASE.replace("[needs]\n", &format!("[needs]\n{needs}"));
    let server = Server::start();
    let values = format!("[values]\nbase_url = \"{}\"\ntoken = SECRET\n", server.base);
    let erp = driver(&Site::new().with(&format!("{definition}{LISTS}"), &values));
    assert_eq!(erp.supports(Capability::Lookups), Support::Yes);
    server
        .on("GET /contas", [says(r#"[{"c":12,"n":"CAIXA DO TOTEM"}]"#)])
        .on("GET /setores", [says(r#"[{"c":"3","n":"FINANCEIRO"}]"#)])
        .on("GET /origens", [Reply::Says(500, b"down".to_vec())]);
    let lists = erp.lookups().await.unwrap();
    let told: Vec<_> = lists.iter().map(|list| (list.key.as_str(), list.place, list.entries[0].id.as_str())).collect();
    assert_eq!(
        told,
        [("values.conta", Place::Row, "12"), ("setor", Place::Values, "3")],
        "one that is down is left out"
    );
    let shown = crate::wrong(
        &Site::new().with(&format!("{definition}{}", LISTS.replace("fills = \"conta\"", "fills = \"caixa\"")), &values),
    );
    assert!(shown.contains("`fills = \"caixa\"`: não há `caixa` em [row_needs] nem em [needs]"), "{shown}");
}

#[tokio::test]
async fn the_functions_of_document_002_are_spoken_to_the_last_with_links_and_base64() {
    const VALUES: &str = include_str!("../fixtures/datacake_automacao/values.toml");
    for options in [&["--token", "s3gredo"][..], &["--token", "s3gredo", "--links"]] {
        let site = Site::new();
        let partner = StandIn::start(&site, "automation", options);
        let values = format!("[values]\nbase_url = \"http://{}\"\n{VALUES}{DEBIT}", partner.address);
        let erp = driver(&site.settings(&format!("preset = \"datacake_automacao\"\n{values}")));
        let account = erp.account(&cpf()).await.unwrap().unwrap();
        let (customer, contract) = (account.customer.id, account.contracts[0].id.clone());
        assert_eq!(account.contracts[0].status, totem::domain::ContractStatus::Suspended);
        let bill = totem::domain::BillRef { customer: customer.clone(), invoice: account.invoices[0].id.clone() };
        assert!(erp.pdf(&bill).await.unwrap().starts_with(b"%PDF-"), "{options:?}");
        let asked_for_base64 = partner.book()["calls"]["pdf"].as_u64().unwrap_or(0);
        assert_eq!(asked_for_base64, u64::from(options.len() == 2), "the function serves only a bill without a link");
        assert!(matches!(erp.invoice(&bill).await, Ok(InvoiceState::Open(_))));
        let contacts = erp.contacts(&customer).await.unwrap();
        assert_eq!((contacts[0].kind, contacts[1].kind), (ContactKind::Email, ContactKind::Phone));
        assert_eq!(erp.pendency(&customer).await.unwrap().len(), 1);
        assert!(matches!(erp.unlock_on_trust(&customer, &contract).await, Ok(Change::Done(_))));
        assert!(matches!(erp.unlock_on_trust(&customer, &contract).await, Ok(Change::Refused { .. })));
        let ticket = NewTicket {
            contract,
            kind: None,
            subject: "Sem conexão".to_owned(),
            text: "desde ontem".to_owned(),
            name: "Maria S.".to_owned(),
            phone: "31900001234".to_owned(),
        };
        assert_eq!(erp.open_ticket(&customer, &ticket).await, Ok(Change::Done("2026000123".to_owned())));
        let wish =
            Prospect { product: Some("7".to_owned()), name: "PESSOA INVENTADA".to_owned(), ..Prospect::default() };
        assert_eq!(erp.order(None, &wish).await, Ok(Change::Done(Some("77".to_owned()))));
        assert_eq!(erp.order(Some(&customer), &wish).await, Ok(Change::Done(Some("78".to_owned()))));
        assert_eq!(erp.register_lead(&wish).await, Ok(Change::Done(None)));
        let lists = erp.lookups().await.unwrap();
        let keys: Vec<&str> = lists.iter().map(|list| list.key.as_str()).collect();
        assert_eq!(keys, ["listar_produtos", "listar_revendedores", "listar_vencimentos", "listar_origens"]);
        let payment = totem::erp::WriteOff { bill: bill.clone(), ..write_off() };
        assert_eq!(erp.write_off(&payment).await, Ok(WriteOffOutcome::Applied));
        assert_eq!(erp.write_off(&payment).await, Ok(WriteOffOutcome::AlreadySettled));
        assert_eq!(erp.invoice(&bill).await, Ok(InvoiceState::Gone));
        assert_eq!(partner.book()["errors"], serde_json::json!([]));
    }
}

#[tokio::test]
async fn a_lead_that_the_answer_does_not_take_is_not_told_as_taken() {
    const VALUES: &str = include_str!("../fixtures/datacake_automacao/values.toml");
    for (answer, expected) in [
        ("{}", "done"),
        (r#"{"id":7,"status":"ok"}"#, "done"),
        (r#"{"success":false,"message":"sem cobertura"}"#, "refused"),
        (r#"{"status":"erro","mensagem":"CPF inválido"}"#, "refused"),
        (r#"{"status":"processando"}"#, "unknown"),
        (r#"{"erro":"falta um campo"}"#, "unknown"),
        ("[]", "unknown"),
        ("\"ok\"", "unknown"),
    ] {
        let server = Server::start();
        server.on("POST /lead", [says(answer)]);
        let values = format!("preset = \"datacake_automacao\"\n[values]\nbase_url = \"{}\"\n{VALUES}", server.base);
        let erp = driver(&Site::new().settings(&values));
        let wish = Prospect { name: "PESSOA INVENTADA".to_owned(), ..Prospect::default() };
        let told = match erp.register_lead(&wish).await.unwrap() {
            Change::Done(_) => "done",
            Change::Refused { .. } => "refused",
            Change::Unknown { .. } => "unknown",
        };
        assert_eq!(told, expected, "{answer}");
    }
}
