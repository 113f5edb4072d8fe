//! The preset `smartbill`, filled in as a site would from its wiki, against the stand-in that was told the same names.

use totem::domain::{InvoiceState, Money, TaxId};
use totem::erp::{Capability, Erp, Support};

use crate::standin::StandIn;
use crate::{Site, driver};

const TOLD: &str = r#"{
  "header": "X-Chave", "token": "s3gredo",
  "paths": {"customer": "/v1/clientes", "contracts": "/v1/contratos", "charges": "/v1/cobrancas", "services": "/v1/servicos"},
  "parameters": {"document": "cpfCnpj", "customer": "codCliente", "state": "situacao"},
  "words": {"open": "ABERTA", "paid": "PAGA"},
  "fields": {"customer.id": "dados.codigo", "customer.name": "dados.razao", "customer.birth": "dados.nascimento",
    "contract.id": "num", "contract.plan": "plano.nome", "contract.state": "status",
    "charge.id": "numero", "charge.due": "venc", "charge.value": "valores.original", "charge.updated": "valores.hoje",
    "charge.paid_on": "pago_em", "charge.line": "linha", "service.id": "id", "service.name": "nome"}
}"#;

const SITE: &str = r#"
preset = "smartbill"
[values]
base_url = "http://ADDRESS/v1"
header_token = "X-Chave"
token = SECRET
path_obter_cliente = "/clientes"
param_documento = "cpfCnpj"
campo_cliente_id = "dados.codigo"
campo_cliente_nome = "dados.razao"
campo_cliente_nascimento = "dados.nascimento"
path_listar_cobrancas = "/cobrancas"
param_cliente = "codCliente"
param_situacao = "situacao"
situacao_aberta = "ABERTA"
situacao_paga = "PAGA"
campo_cobranca_id = "numero"
campo_cobranca_vencimento = "venc"
campo_cobranca_valor = "valores.original"
campo_cobranca_atualizado = "valores.hoje"
campo_cobranca_pagamento = "pago_em"
campo_cobranca_linha = "linha"
path_obter_contratos = "/contratos"
campo_contrato_id = "num"
campo_contrato_plano = "plano.nome"
campo_contrato_situacao = "status"
contrato_suspenso = "SUSPENSO"
path_obter_servicos = "/servicos"
campo_servico_id = "id"
campo_servico_nome = "nome"
"#;

#[tokio::test]
async fn a_site_that_fills_in_its_wiki_reads_customers_contracts_and_charges() {
    let site = Site::new();
    std::fs::write(site.path("told.json"), TOLD).unwrap();
    let erp_is_there = StandIn::start(&site, "smartbill", &["--told", &site.path("told.json")]);
    let erp = driver(&site.settings(&SITE.replace("ADDRESS", &erp_is_there.address)));

    let account = erp.account(&TaxId::parse("52998224725").unwrap()).await.unwrap().unwrap();
    assert_eq!(account.customer.name, "MARIA FICTÍCIA DA SILVA");
    assert_eq!(account.contracts[0].status, totem::domain::ContractStatus::Suspended);
    assert_eq!(account.invoices[0].original, Money::from_cents(31598));
    assert!(account.invoices[0].updated > Some(account.invoices[0].original) && account.invoices[0].boleto.is_some());
    assert_eq!(erp.factors(&account.customer.id).await.unwrap().birth, Some((18, 10)));
    let bill = totem::domain::BillRef { customer: account.customer.id, invoice: "90".into() };
    assert!(matches!(erp.invoice(&bill).await, Ok(InvoiceState::Open(_))));
    let many = erp.account(&TaxId::parse("00000000191").unwrap()).await.unwrap().unwrap();
    assert_eq!(many.invoices.len(), 200);
    let ana = erp.account(&TaxId::parse("12345678909").unwrap()).await.unwrap().unwrap();
    assert!(ana.invoices.is_empty());
    assert_eq!(erp.paid_bills(&ana.customer.id).await.unwrap().len(), 3);
    assert_eq!(erp.account(&TaxId::parse("98765432100").unwrap()).await, Ok(None));
    assert_eq!(erp.supports(Capability::WriteOff), Support::No, "the document has none");
    assert_eq!(erp.supports(Capability::Account), Support::Unverified);
    assert_eq!(erp_is_there.book()["errors"], serde_json::json!([]));
}

#[test]
fn nothing_of_this_erp_is_invented_so_everything_is_asked_of_the_site() {
    let shown = crate::wrong(&Site::new().settings("preset = \"smartbill\""));
    for name in [
        "base_url",
        "token",
        "header_token",
        "path_obter_cliente",
        "param_documento",
        "campo_cliente_id",
        "path_listar_cobrancas",
        "param_cliente",
        "param_situacao",
        "situacao_aberta",
        "campo_cobranca_id",
        "campo_cobranca_vencimento",
        "campo_cobranca_valor",
    ] {
        assert!(shown.contains(&format!("falta `{name}` em [erp.configured.values]: ")), "{name}: {shown}");
    }
}
