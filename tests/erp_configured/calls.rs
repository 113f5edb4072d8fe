//! What goes out and what is made of the answers: sign-in, several calls, pages, papers, write-offs.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use totem::domain::{InvoiceState, Money};
use totem::erp::configured::Configured;
use totem::erp::{Capability, Erp, Error, Support};

use crate::server::{Reply, Server, says};
use crate::{Site, bill, body, cpf, driver};

/// The smallest ERP there can be; each test adds to it.
pub const BASE: &str = r#"
name = "Meu ERP"
[needs]
base_url = "o endereço"
token = { is = "o token", secret = true }
[operation.info_cliente]
path = "/cliente/{{ document }}"
none = '$status == 404'
read = '{id: .id, name: .nome, phones: [.fone // empty], extra: {login: .login}}'
[operation.listar_faturas]
path = "/faturas"
query = { cliente = "{{ customer.id }}" }
read = 'list | map({id: .id, due: .venc, original: .valor, fine: .multa, pix: .pix})'
"#;

fn connected(server: &Server, more: &str) -> Configured {
    with_rows(server, more, "")
}

pub fn with_rows(server: &Server, more: &str, rows: &str) -> Configured {
    let values = format!("[values]\nbase_url = \"{}\"\ntoken = SECRET\n{rows}", server.base);
    driver(&Site::new().with(&format!("{BASE}{more}"), &values))
}

pub const DEBIT: &str = "[[write_off]]\nmethod = \"debit\"\n";

fn customer(server: &Server) {
    server.on(
        "GET /cliente/52998224725",
        [says(r#"{"id":81593,"nome":"MARIA","login":"maria@x","fone":"(31) 90000-1234"}"#)],
    );
    server.on("GET /faturas?cliente=81593", [says(r#"[{"id":90,"venc":"09/03/2026","valor":315.98,"multa":6.3196}]"#)]);
}

#[tokio::test]
async fn numbers_ids_and_dates_are_read_as_the_erp_writes_them() {
    let server = Server::start();
    customer(&server);
    let account = connected(&server, "").account(&cpf()).await.unwrap().unwrap();
    let [invoice] = account.invoices.as_slice() else { panic!("one bill") };
    assert_eq!(
        (invoice.id.0.as_str(), invoice.original, invoice.fine),
        ("90", Money::from_cents(31598), Some(Money::from_cents(632)))
    );
    assert_eq!(invoice.due, jiff::civil::date(2026, 3, 9));
}

#[tokio::test]
async fn a_site_that_writes_amounts_and_dates_otherwise_says_so_once() {
    let server = Server::start();
    customer(&server);
    server.on(
        "GET /faturas?cliente=81593",
        [says(r#"[{"id":"90","venc":"03/09/2026","valor":"1.234","multa":"0,00"}]"#)],
    );
    let definition =
        BASE.replacen("name = \"Meu ERP\"", "name = \"Meu ERP\"\ndecimal = \"comma\"\ndates = [\"%m/%d/%Y\"]", 1);
    let values = format!("[values]\nbase_url = \"{}\"\ntoken = SECRET\n", server.base);
    let account = driver(&Site::new().with(&definition, &values)).account(&cpf()).await.unwrap().unwrap();
    assert_eq!(account.invoices[0].original, Money::from_cents(123_400));
    assert_eq!(account.invoices[0].due, jiff::civil::date(2026, 3, 9));
    let auto = connected(&server, "").account(&cpf()).await.unwrap().unwrap();
    assert!(auto.invoices.is_empty(), "what may mean two amounts is asked of nobody");
}

#[tokio::test]
async fn nobody_is_nobody_and_garbage_is_garbage() {
    for (reply, expected) in [
        (Reply::Says(404, b"{}".to_vec()), None),
        (Reply::Says(200, b"<html>login</html>".to_vec()), Some("HTML")),
        (Reply::Says(200, b"".to_vec()), Some("empty")),
        (Reply::Says(200, b"Fatal error".to_vec()), Some("not JSON")),
        (Reply::Says(200, b"{\"id\":".to_vec()), Some("neither JSON nor a text")),
        (Reply::Says(200, vec![b'['; 100_000]), Some("neither JSON nor a text")),
        (Reply::Says(200, b"{}".to_vec()), Some("no id of the customer")),
        (Reply::Says(200, br#"{"id":"529.982.247-25"}"#.to_vec()), Some("may not be kept")),
        (Reply::Says(200, br#"{"id":[7]}"#.to_vec()), Some("no id of the customer")),
        (Reply::Says(200, br#"[1]"#.to_vec()), Some("does not fit")),
        (Reply::Says(500, b"{}".to_vec()), Some("HTTP 500")),
        (Reply::Says(403, b"{}".to_vec()), Some("sign-in")),
        (Reply::Says(418, b"{}".to_vec()), Some("HTTP 418")),
    ] {
        let server = Server::start();
        server.on("GET /cliente/52998224725", [reply]);
        match (connected(&server, "").account(&cpf()).await, expected) {
            (Ok(None), None) => {}
            (Err(error), Some(told)) => {
                let shown = error.to_string();
                assert!(shown.contains(told) && !shown.contains("52998224725"), "{shown}");
            }
            (other, expected) => panic!("{expected:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_refusal_at_200_is_one_where_the_definition_knows_its_words() {
    let server = Server::start();
    server.on(
        "GET /cliente/52998224725",
        [says(r#"{"type":"error","message":"IP 10.20.30.40 não liberado para 52998224725"}"#)],
    );
    let more = "[answers]\nrefused = 'if .type? == \"error\" then .message else null end'\n";
    let error = connected(&server, more).account(&cpf()).await.unwrap_err();
    assert!(matches!(&error, Error::Denied { words, .. } if words.shown().contains("não liberado")), "{error}");
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("liberado") && !text.contains("52998224725"), "what the log may have: {text}");
    }
}

#[tokio::test]
async fn each_way_to_sign_in_sends_what_it_says() {
    for (sign_in, wanted) in [
        ("kind = \"none\"", ""),
        ("kind = \"header\"\nheaders = { X-Token = \"a {{ values.token }}\" }", "x-token: a s3gredo"),
        ("kind = \"header\"\nquery = { key = \"{{ values.token }}\" }", "&key=s3gredo http"),
        (
            "kind = \"basic\"\nuser = \"totem\"\npassword = \"{{ values.token }}\"",
            "authorization: basic dg90zw06cznncmvkbw==",
        ),
        ("kind = \"bearer\"\ntoken = \"{{ values.token }}\"", "authorization: bearer s3gredo"),
    ] {
        let server = Server::start();
        customer(&server);
        server.on("GET /faturas?cliente=81593&key=s3gredo", [says("[]")]);
        server.on("GET /cliente/52998224725?key=s3gredo", [says(r#"{"id":81593}"#)]);
        let erp = connected(&server, &format!("[sign_in]\n{sign_in}\n"));
        erp.account(&cpf()).await.unwrap();
        let last = server.seen().pop().unwrap().to_lowercase();
        assert!(last.contains(wanted), "{sign_in}\n{last}");
    }
}

#[tokio::test]
async fn tokens_are_had_renewed_once_and_shared() {
    for (sign_in, route, asked, answer) in [
        (
            "kind = \"oauth2_password\"\npath = \"/oauth/token\"\nclient_id = \"c&1\"\nclient_secret = \"{{ values.token }}\"\nuser = \"u\"\npassword = \"{{ values.token }}\"",
            "POST /oauth/token",
            "grant_type=password&username=u&password=s3gredo&client_id=c%261&client_secret=s3gredo",
            r#"{"access_token":"T1","expires_in":3600}"#,
        ),
        (
            "kind = \"oauth2_client\"\npath = \"/oauth/token\"\nclient_id = \"c\"\nclient_secret = \"{{ values.token }}\"\ncredentials = \"basic\"\nscope = \"syngw\"\ntoken_form = { syndata = \"x\" }",
            "POST /oauth/token",
            "grant_type=client_credentials&scope=syngw&syndata=x",
            r#"{"access_token":"T1"}"#,
        ),
        (
            "kind = \"login\"\ntoken = '.jwt'\nlife_s = 600\n[sign_in.call]\nmethod = \"POST\"\npath = \"/entrar\"\njson = '{\"senha\": {{ values.token }}}'",
            "POST /entrar",
            r#"{"senha": "s3gredo"}"#,
            r#"{"jwt":"T1"}"#,
        ),
    ] {
        let server = Server::start();
        customer(&server);
        server.on(route, [says(answer), says(answer.replace("T1", "T2"))]);
        let found = r#"{"id":81593,"nome":"MARIA"}"#;
        server.on("GET /cliente/52998224725", [says(found), Reply::Says(401, b"{}".to_vec()), says(found)]);
        let erp = connected(&server, &format!("[sign_in]\n{sign_in}\n"));
        erp.account(&cpf()).await.unwrap();
        erp.account(&cpf()).await.unwrap();
        assert_eq!(body(&server, route), asked);
        assert_eq!(server.times(route), 2, "{:?}", server.routes());
        let last = server.seen().pop().unwrap().to_lowercase();
        assert!(last.contains("authorization: bearer t2"), "{last}");
    }
}

#[tokio::test]
async fn a_fresh_token_that_is_refused_ends_it() {
    let server = Server::start();
    server.on("POST /oauth/token", [says(r#"{"access_token":"T1"}"#)]);
    server.on("GET /cliente/52998224725", [Reply::Says(401, b"{}".to_vec())]);
    let sign_in =
        "[sign_in]\nkind = \"oauth2_client\"\npath = \"/oauth/token\"\nclient_id = \"c\"\nclient_secret = \"s\"\n";
    let erp = connected(&server, sign_in);
    assert!(matches!(erp.account(&cpf()).await, Err(Error::SignIn(_))));
    assert_eq!((server.times("POST /oauth/token"), server.times("GET /cliente/52998224725")), (2, 2));
    server.on("POST /oauth/token", [Reply::Says(400, b"{\"error\":\"invalid_client\"}".to_vec())]);
    assert!(matches!(erp.account(&cpf()).await, Err(Error::SignIn(_))));
}

const PAGED: &str = r#"
[operation.faturas_pagas]
path = "/pagas"
query = { p = "{{ page }}", de = "{{ offset }}" }
pages = { items = '.itens', size = 2, at_most = 3 }
read = 'map({id: .id, paid_on: "2026-01-02", amount: 1})'
"#;

#[tokio::test]
async fn pages_are_read_to_the_one_that_is_not_full_and_never_without_end() {
    let page = |ids: &[u32]| {
        let items: Vec<String> = ids.iter().map(|id| format!("{{\"id\":{id}}}")).collect();
        says(format!("{{\"itens\":[{}]}}", items.join(",")))
    };
    let server = Server::start();
    let erp = connected(&server, PAGED);
    let count = async || erp.paid_bills(&"81593".into()).await.map(|bills| bills.len());
    server.on("GET /pagas?de=0&p=1", [page(&[1, 2])]);
    server.on("GET /pagas?de=2&p=2", [page(&[3])]);
    assert_eq!(count().await, Ok(3));
    server.on("GET /pagas?de=2&p=2", [page(&[])]);
    assert_eq!(count().await, Ok(2));
    server.on("GET /pagas?de=2&p=2", [page(&[1, 2])]);
    assert_eq!(count().await, Ok(2), "a server that gives the first page again is not asked for ever");
    server.on("GET /pagas?de=2&p=2", [page(&[3, 4])]);
    server.on("GET /pagas?de=4&p=3", [page(&[5, 6])]);
    assert!(matches!(count().await, Err(Error::Garbled { why, .. }) if why.contains("more than 3 pages")));
    server.on("GET /pagas?de=2&p=2", [says("{}")]);
    assert!(matches!(count().await, Err(Error::Garbled { .. })), "a page without its list is no empty page");
}

const STEPS: &str = r#"
[operation.linha_digitavel]
method = "POST"
path = "/linha"
json = '{"boleto": {{ step.boleto.id | number }}, "login": {{ customer.extra.login }}}'
read = '.linha'
[[operation.linha_digitavel.before]]
name = "boleto"
path = "/boletos/{{ bill.id }}"
keep = '.[0]'
[operation.contatos]
path = "/logins"
keep = '.logins'
read = '$step.fone | map({kind: "phone", value: .answer.n})'
[[operation.contatos.then]]
name = "fone"
path = "/fone/{{ item }}"
each = '.[]'
each_at_most = 3
none = '.n == "nada"'
"#;

#[tokio::test]
async fn an_operation_of_several_calls_hands_on_what_it_learnt() {
    let server = Server::start();
    customer(&server);
    server.on("GET /boletos/90", [says(r#"[{"id": 12345678901234567890}]"#)]);
    server.on("POST /linha", [says(r#"{"linha":"75693.16628 01006.726101 12721.000011 1 81890000033705"}"#)]);
    let erp = connected(&server, STEPS);
    erp.account(&cpf()).await.unwrap();
    assert!(erp.boleto(&bill("90")).await.unwrap().is_some());
    let sent = body(&server, "POST /linha");
    assert!(sent.contains(r#""login": "maria@x""#), "{sent}");
    server.on("GET /logins", [says(r#"{"logins":["a/b","c"]}"#)]);
    server.on("GET /fone/a%2Fb", [says(r#"{"n":"31900001234"}"#)]);
    server.on("GET /fone/c", [says(r#"{"n":"31900005678"}"#)]);
    assert_eq!(erp.contacts(&"81593".into()).await.unwrap().len(), 2);
    server.on("GET /logins", [says(r#"{"logins":["1","2","3","4"]}"#)]);
    assert!(erp.contacts(&"81593".into()).await.is_err(), "more calls than the definition allows");
}

#[tokio::test]
async fn a_customer_that_is_forgotten_is_asked_for_by_id_where_the_definition_says_how() {
    let by_id = "[operation.cliente_por_id]\npath = \"/id/{{ customer.id }}\"\nread = '{id: .id, login: .login} | {id, extra: {login}}'\n";
    let server = Server::start();
    server.on("GET /boletos/90", [says(r#"[{"id": 7}]"#)]);
    server.on("POST /linha", [says(r#"{"linha":null}"#)]);
    server.on("GET /id/81593", [says(r#"{"id":81593,"login":"maria@x"}"#)]);
    let erp = connected(&server, &format!("{STEPS}{by_id}"));
    assert_eq!(erp.boleto(&bill("90")).await, Ok(None));
    erp.boleto(&bill("90")).await.unwrap();
    assert_eq!(server.times("GET /id/81593"), 1, "and then remembered");
    let other = connected(&server, &format!("{STEPS}{by_id}"));
    server.on("GET /id/81593", [says(r#"{"id":1,"login":"x"}"#)]);
    assert!(other.boleto(&bill("90")).await.unwrap_err().to_string().contains("another customer"));
}

const PDF: &str = "[operation.pdf_boleto]\npath = \"/pdf/{{ bill.id }}\"\nread = '.link // .base64'\n";

#[tokio::test]
async fn a_paper_comes_as_itself_as_base64_or_behind_a_link_and_nothing_else_is_one() {
    let pdf = b"%PDF-1.4 boleto".to_vec();
    let packed = BASE64_STANDARD.encode(&pdf);
    let server = Server::start();
    server.on("GET /arquivo.pdf", [says(pdf.clone())]);
    server.on("GET /outro.pdf", [says("<html>")]);
    let erp = connected(&server, PDF);
    for (answer, good) in [
        (pdf.clone(), true),
        (format!("{{\"base64\":\"{packed}\"}}").into_bytes(), true),
        (format!("{{\"base64\":\"data:application/pdf;base64,{packed}\"}}").into_bytes(), true),
        (format!("{{\"link\":\"{}/arquivo.pdf\"}}", server.base).into_bytes(), true),
        (format!("{{\"link\":\"{}/outro.pdf\"}}", server.base).into_bytes(), false),
        (b"{\"link\":\"http://outro.exemplo.net.br/a.pdf\"}".to_vec(), false),
        (b"{\"link\":\"file:///etc/passwd\"}".to_vec(), false),
        (b"{\"base64\":\"aGVsbG8=\"}".to_vec(), false),
        (b"{\"link\":null}".to_vec(), false),
        (b"<html>".to_vec(), false),
    ] {
        server.on("GET /pdf/90", [says(answer.clone())]);
        let paper = erp.pdf(&bill("90")).await;
        assert_eq!(
            paper.as_ref().is_ok_and(|paper| *paper == pdf),
            good,
            "{}: {paper:?}",
            String::from_utf8_lossy(&answer)
        );
    }
    server.on("GET /pdf/90", [Reply::Floods(400)]);
    assert!(erp.pdf(&bill("90")).await.is_err());
    assert!(server.chunks_sent() < 400, "no more is read than a paper may have");
}

#[tokio::test]
async fn the_menu_shows_what_the_definition_has() {
    let server = Server::start();
    let erp = connected(&server, PDF);
    for (capability, expected) in [
        (Capability::Pdf, Support::Yes),
        (Capability::Account, Support::Yes),
        (Capability::Boleto, Support::No),
        (Capability::Factors, Support::No),
        (Capability::WriteOff, Support::No),
        (Capability::Tickets, Support::No),
    ] {
        assert_eq!(erp.supports(capability), expected, "{capability:?}");
    }
    let unverified = connected(&server, &format!("{PDF}unverified = true\n"));
    assert_eq!(unverified.supports(Capability::Pdf), Support::Unverified);
    assert_eq!(erp.tickets(&"1".into()).await, Err(Error::Unsupported(Capability::Tickets)));
}

#[tokio::test]
async fn neither_errors_nor_debug_show_a_cpf_a_name_or_a_secret() {
    let server = Server::start();
    customer(&server);
    server.on("GET /faturas?cliente=81593", [says(r#"{"nome":"MARIA","cpf":"52998224725"}"#)]);
    let site = Site::new();
    let values = format!("[values]\nbase_url = \"{}\"\ntoken = SECRET\n", server.base);
    let settings = site.with(BASE, &values);
    let error = driver(&settings).account(&cpf()).await.unwrap_err();
    for shown in [format!("{settings:?}"), error.to_string(), format!("{error:?}")] {
        assert!(!shown.contains("52998224725") && !shown.contains("MARIA") && !shown.contains("s3gredo"), "{shown}");
    }
}

#[tokio::test]
async fn a_bill_keeps_no_cpf_wherever_the_erp_wrote_one() {
    let server = Server::start();
    customer(&server);
    let bills = r#"[{"id":90,"venc":"2026-03-09","valor":10,"desc":"Fatura de 529.982.247-25","n":"90-52998224725"}]"#;
    server.on("GET /faturas?cliente=81593", [says(bills)]);
    let definition = BASE.replace("fine: .multa", "description: .desc, number: .n");
    let values = format!("[values]\nbase_url = \"{}\"\ntoken = SECRET\n", server.base);
    let erp = driver(&Site::new().with(&definition, &values));
    let account = erp.account(&cpf()).await.unwrap().unwrap();
    let InvoiceState::Open(again) = erp.invoice(&bill("90")).await.unwrap() else { panic!("open") };
    for invoice in [&account.invoices[0], &*again] {
        let kept = format!("{} {}", invoice.number, invoice.description);
        assert!(!kept.contains("52998224725") && !kept.contains("529.982.247-25"), "{kept}");
        assert!(kept.contains("47-25"), "{kept}");
    }
}
