//! Each preset over answers in the vendor's own shape, as its public material shows them (people and figures invented,
//! but for RBX's, which are the printed ones): these owe nothing to the stand-ins.

use std::os::unix::fs::PermissionsExt;

use totem::domain::{BillRef, ContractStatus, InvoiceState, Money, TaxId, WriteOffOutcome};
use totem::erp::configured::{Configured, connect};
use totem::erp::{Erp, Error, WriteOff};

use crate::partner::{Ixc, MARIA, MkAuth, Preset, Rbx, Sgp, Voalle, charge_of_90, debit, settings, today};
use crate::server::{Reply, Server, says};

const JWT: &str = "eyJhbGciOiJIUzUxMiJ9.eyJleHAiOjk5OTk5OTk5OTl9.c2ln";
const THIRDPARTY: &str = "/external/integrations/thirdparty";

struct Recorded {
    server: Server,
    driver: Configured,
    preset: Preset,
    _dir: tempfile::TempDir,
}

fn recorded(preset: Preset) -> Recorded {
    let dir = tempfile::tempdir().unwrap();
    for name in ["secret", "syndata"] {
        let path = dir.path().join(name);
        std::fs::write(&path, "s3gredo").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let server = Server::start();
    let driver = connect(&settings(preset, &server.base, dir.path())).unwrap();
    Recorded { server, driver, preset, _dir: dir }
}

impl Recorded {
    fn on(&self, route: &str, names: &[&str]) -> &Recorded {
        let replies = names.iter().map(|name| says(self.fixture(name)));
        self.server.on(route, replies);
        self
    }

    fn fixture(&self, name: &str) -> String {
        let (root, preset) = (env!("CARGO_MANIFEST_DIR"), self.preset.name());
        let path = format!("{root}/tests/fixtures/{preset}/{name}.json");
        std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    async fn account(&self) -> totem::domain::Account {
        self.driver.account(&TaxId::parse(MARIA).unwrap()).await.unwrap().unwrap()
    }

    async fn look(&self, customer: &str, bill: &str) -> Result<InvoiceState, Error> {
        self.driver.invoice(&BillRef { customer: customer.into(), invoice: bill.into() }).await
    }

    async fn pay(&self, customer: &str, bill: &str) -> WriteOffOutcome {
        let bill = BillRef { customer: customer.into(), invoice: bill.into() };
        let write_off = WriteOff { bill, charge: charge_of_90(), on: today(), paid_by: debit() };
        self.driver.write_off(&write_off).await.unwrap()
    }
}

fn statuses(account: &totem::domain::Account) -> Vec<(&str, ContractStatus)> {
    account.contracts.iter().map(|contract| (contract.id.0.as_str(), contract.status.clone())).collect()
}

#[tokio::test]
async fn ixc_as_its_collection_shows_it() {
    let ixc = recorded(Ixc);
    ixc.on("POST /webservice/v1/cliente", &["cliente"])
        .on("POST /webservice/v1/cliente_contrato", &["cliente_contrato"])
        .on("POST /webservice/v1/fn_areceber", &["fn_areceber", "fn_areceber", "fn_areceber_recebido", "vazio"])
        .on("POST /webservice/v1/get_pix", &["get_pix", "erro"])
        .on("POST /webservice/v1/fn_areceber_recebimentos_baixas_novo", &["erro"]);
    let account = ixc.account().await;
    assert_eq!(account.customer.id.0, "2252", "of two records the one that is alive");
    assert_eq!(
        statuses(&account),
        [
            ("12", ContractStatus::Suspended),
            ("13", ContractStatus::OnTrust),
            ("14", ContractStatus::Cancelled),
            ("15", ContractStatus::Other("bloqueio manual".to_owned())),
        ]
    );
    assert_eq!(account.invoices.len(), 1, "one is hidden from the customer");
    assert_eq!(account.invoices[0].updated, Some(Money::from_cents(10340)));
    assert_eq!(account.invoices[0].number, "41333", "without a number of its own it is called by its id");
    let asked = &ixc.server.seen_at("POST /webservice/v1/cliente")[0];
    assert!(asked.contains("529.982.247-25") && asked.to_lowercase().contains("ixcsoft: listar"), "{asked}");

    assert!(matches!(ixc.look("2252", "41333").await, Ok(InvoiceState::Open(_))));
    let paid = InvoiceState::Paid { on: Some("2026-11-20".parse().unwrap()) };
    assert_eq!(ixc.look("2252", "41333").await, Ok(paid));
    assert_eq!(ixc.look("2252", "41333").await, Ok(InvoiceState::Withdrawn));
    let bill = BillRef { customer: "2252".into(), invoice: "41333".into() };
    let code = ixc.driver.pix_code(&bill).await.unwrap();
    assert!(code.unwrap().ends_with("64E4"), "of a charge that is no longer active the QR code counts");
    assert_eq!(ixc.driver.pix_code(&bill).await.unwrap(), None);
    let refused = WriteOffOutcome::Rejected { why: "Preencha o campo Conta!".to_owned() };
    assert_eq!(ixc.pay("2252", "41333").await, refused);
}

#[tokio::test]
async fn sgp_as_its_clients_show_it() {
    let sgp = recorded(Sgp);
    sgp.on("POST /api/ura/consultacliente/", &["consultacliente"])
        .on("POST /api/ura/titulos/", &["titulos", "titulos_pago"])
        .on("POST /api/banco/titulo/9001/baixar/", &["caixa_fechado"]);
    let account = sgp.account().await;
    assert_eq!(account.customer.id.0, "31");
    assert_eq!(statuses(&account), [("308", ContractStatus::Suspended), ("309", ContractStatus::Cancelled)]);
    assert_eq!(account.contracts[1].plan, "FIBRA 100 ANTIGA");
    assert_eq!(account.invoices[0].updated, Some(Money::from_cents(5117)), "a third decimal is rounded");
    assert_eq!(account.invoices[0].number, "9001");
    let form = &sgp.server.seen_at("POST /api/ura/titulos/")[0];
    assert!(form.contains("cliente_id=31") && form.contains("app=totem") && form.contains("token=s3gredo"), "{form}");
    let paid = InvoiceState::Paid { on: Some("2026-11-20".parse().unwrap()) };
    assert_eq!(sgp.look("31", "9001").await, Ok(paid));
    let refused = WriteOffOutcome::Rejected { why: "Caixa fechado".to_owned() };
    assert_eq!(sgp.pay("31", "9001").await, refused);
    sgp.server.on("POST /api/banco/titulo/9001/baixar/", [says("'Título 9001 baixado com sucesso'")]);
    assert_eq!(sgp.pay("31", "9001").await, WriteOffOutcome::Applied);
    for silence in [Reply::Says(200, Vec::new()), Reply::Says(204, Vec::new()), says("<html><body>ok</body></html>")] {
        sgp.server.on("POST /api/banco/titulo/9001/baixar/", [silence]);
        assert!(matches!(sgp.pay("31", "9001").await, WriteOffOutcome::Unknown { .. }));
    }
}

#[tokio::test]
async fn rbx_as_its_documentation_prints_it() {
    let (first, second) = ("POST /routerbox/ws/rbx_server_json.php", "POST /routerbox/ws_json/ws_json.php");
    let rbx = recorded(Rbx);
    rbx.on(first, &["consulta_clientes", "consulta_contratos_bloqueados"])
        .on(second, &["get_equipment_customer", "get_unpaid_document", "unpaid_required"]);
    let account = rbx.account().await;
    assert_eq!(account.customer.id.0, "330531");
    assert_eq!(
        statuses(&account),
        [("12345", ContractStatus::Other(String::new())), ("12346", ContractStatus::Suspended)],
        "another customer's contract is not shown"
    );
    let bill = &account.invoices[0];
    let charge = bill.charge_due(today()).unwrap();
    assert_eq!((charge.total().cents(), charge.fine.cents(), charge.interest.cents()), (11463, 221, 156));
    let asked = &rbx.server.seen_at(first)[0];
    assert!(asked.contains(r#""Filtro": "CNPJ_CNPF='52998224725'""#), "{asked}");
    assert!(rbx.server.seen_at(second)[0].contains("authentication_key: s3gredo"));

    let refused = rbx.look("330531", "11313347").await;
    assert!(matches!(&refused, Err(Error::Denied { words, .. }) if words.shown().contains("required")), "{refused:?}");
}

#[tokio::test]
async fn voalle_as_its_collection_shows_it() {
    let voalle = recorded(Voalle);
    voalle
        .on("POST /connect/token", &["token"])
        .on(&format!("GET {THIRDPARTY}/people/txid/52998224725"), &["people"])
        .on(&format!("POST {THIRDPARTY}/contract/getpaged"), &["contracts"])
        .on(&format!("GET {THIRDPARTY}/getopentitlesbytxid/52998224725"), &["titles"])
        .on(&format!("GET {THIRDPARTY}/gettitlesbytxid/52998224725"), &["titles"])
        .on(&format!("POST {THIRDPARTY}/receivepayment"), &["receivepayment", "recusa"]);
    let account = voalle.account().await;
    assert_eq!((account.customer.id.0.as_str(), account.contracts[0].id.0.as_str()), ("4521", "CTR-123"));
    let charge = account.invoices[0].charge_due(today()).unwrap();
    assert_eq!((charge.total().cents(), charge.fine.cents(), charge.interest.cents()), (126_789, 2469, 864));
    let form = &voalle.server.seen_at("POST /connect/token")[0];
    for part in ["grant_type=client_credentials", "scope=syngw", "client_id=totem", "syndata=s3gredo"] {
        assert!(form.contains(part), "{part}");
    }
    assert!(matches!(voalle.look("4521", "123123").await, Ok(InvoiceState::Open(_))));
    assert_eq!(voalle.look("4521", "123124").await, Ok(InvoiceState::Paid { on: None }));

    // what became of it cannot be asked: it may be done
    let accepted = voalle.pay("4521", "123123").await;
    assert!(matches!(accepted, WriteOffOutcome::Unknown { .. }), "{accepted:?}");
    let asked = format!("GET {THIRDPARTY}/consultpayment?syngwtransactionid=a1387044-7154-41df-9e72-ec75c842126b");
    assert!(voalle.server.times(&asked) >= 1, "{:?}", voalle.server.routes());
    let refused = WriteOffOutcome::Rejected { why: "Distância inválida.".to_owned() };
    assert_eq!(voalle.pay("4521", "123123").await, refused);
}

#[tokio::test]
async fn mk_auth_as_its_clients_show_it() {
    let mk_auth = recorded(MkAuth);
    mk_auth.server.on("GET /api/", [says(JWT)]);
    mk_auth
        .on("GET /api/cliente/listar/cpf_cnpj=52998224725", &["cliente_listar"])
        .on("GET /api/titulo/vencido/maria", &["nada"])
        .on("GET /api/titulo/aberto/maria", &["jwt_invalido", "titulos"])
        .on("GET /api/titulo/show/AE91D370-DFAB-41CF-81C9-CAEFD69F3AFA", &["titulo_show", "nada"]);
    let account = mk_auth.account().await;
    assert_eq!(account.customer.id.0, "AE91D370-DFAB-41CF-81C9-CAEFD69F3AFB", "a login may be a CPF and is not kept");
    assert_eq!(account.invoices[0].original, Money::from_cents(11000));
    assert_eq!(mk_auth.server.times("GET /api/"), 2, "signed in again when the token was refused at status 200");
    let (customer, bill) = (account.customer.id.0.as_str(), "AE91D370-DFAB-41CF-81C9-CAEFD69F3AFA");
    assert!(matches!(mk_auth.look(customer, bill).await, Ok(InvoiceState::Open(_))));
    assert_eq!(mk_auth.look(customer, bill).await, Ok(InvoiceState::Withdrawn));

    mk_auth.on("PUT /api/titulo/receber", &["jwt_invalido"]);
    let refused = mk_auth.pay(customer, bill).await;
    assert!(matches!(refused, WriteOffOutcome::Unknown { .. }), "not in the list of refusals: {refused:?}");
    mk_auth.server.on("GET /api/", [says("Acesso nao autorizado")]);
    let answer = recorded(MkAuth);
    answer.server.on("GET /api/", [says("Acesso nao autorizado")]);
    let answer = answer.driver.account(&TaxId::parse(MARIA).unwrap()).await;
    assert!(answer.is_err(), "words are no token: {answer:?}");
}
